"""Files and text of an internet mail (RFC 5322 with MIME)."""

from __future__ import annotations

import email
import email.header
import email.policy
import email.utils
from collections.abc import Iterator
from email.message import Message
from typing import TYPE_CHECKING

from ..document import WARNING, Finding
from ..source import Mail, Source, decode
from . import conversation, pictures
from .names import clean

if TYPE_CHECKING:
    from ..unpack import Limits

# Parts that are never a document: signatures, receipts, visiting cards, invitations.
IGNORED = (
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
    "message/delivery-status",
    "message/disposition-notification",
    "text/calendar",
    "text/vcard",
    "text/x-vcard",
    "text/css",
)


def members(source: Source, limits: Limits) -> Iterator[Source | Finding | Mail]:
    """The envelope, attachments and attached mails, then the text that its writer wrote.

    The text is one source of role ``body``; see :mod:`.conversation` for what is cut away.
    """
    # compat32 never raises on broken headers, the newer policies do
    message = email.message_from_bytes(source.content, policy=email.policy.compat32)
    mail = envelope(message)
    yield mail
    plain: list[str] = []
    rich: list[str] = []
    attached: list[Source] = []
    count = 0
    for part in _leaves(message):
        count += 1
        if count > limits.parts:
            finding = {"source": source.name, "limit": "parts", "value": limits.parts}
            yield Finding("too_large", WARNING, finding)
            break
        kind = part.get_content_type()
        if kind in IGNORED:
            continue
        if kind in ("text/plain", "text/html") and not _is_attachment(part):
            text = decode(_payload(part), _charset(part))
            (rich if kind == "text/html" else plain).append(text)
        else:
            attached.append(_file(part, count, mail))
    html = "\n".join(rich)
    body = conversation.body("\n".join(plain), html, mail, source.name)
    yield from conversation.of_writer(
        (item for item in attached if not pictures.is_decoration(item, html)), body
    )


def envelope(message: Message) -> Mail:
    """Sender, subject and day of a mail, decoded."""
    name, address = email.utils.parseaddr(header(message, "From") or header(message, "Sender"))
    try:
        date = email.utils.parsedate_to_datetime(str(message.get("Date", ""))).date().isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        date = None
    return Mail(
        sender=address.strip().lower() or None,
        sender_name=name.strip() or None,
        subject=header(message, "Subject")[:500].strip() or None,
        date=date,
        bulk="List-Unsubscribe" in message
        or header(message, "Precedence").lower() in ("bulk", "auto_reply")
        or header(message, "Auto-Submitted").lower().startswith("auto-replied"),
    )


def header(message: Message, name: str) -> str:
    """A header's text, with encoded words decoded; as it stands where they are broken."""
    value = str(message.get(name, "") or "")
    try:
        return str(email.header.make_header(email.header.decode_header(value)))
    except (ValueError, LookupError, email.errors.HeaderParseError):
        return value


def _leaves(message: Message) -> Iterator[Message]:
    """Parts without parts, and attached mails whole; no recursion, nesting is hostile."""
    stack = [message]
    while stack:
        part = stack.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            stack.extend(reversed(part.get_payload()))
        else:
            yield part


def _payload(part: Message) -> bytes:
    if part.is_multipart():  # message/rfc822: the mail itself
        inner = part.get_payload()
        return b"\n".join(item.as_bytes() for item in inner[:1])
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (LookupError, ValueError):
        return None


def _is_attachment(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _file(part: Message, number: int, mail: Mail) -> Source:
    try:
        name = str(email.header.make_header(email.header.decode_header(part.get_filename() or "")))
    except (ValueError, LookupError, email.errors.HeaderParseError):
        name = ""
    kind = part.get_content_type()
    default = "mail.eml" if kind == "message/rfc822" else f"attachment-{number}"
    cid = str(part.get("Content-ID", "")).strip("<> \t")
    return Source(
        name=clean(name, default),
        content=_payload(part),
        mimetype=f"{kind}; cid={cid}" if cid else kind,
        mail=mail,
    )
