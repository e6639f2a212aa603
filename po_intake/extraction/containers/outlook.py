"""Files and text of a mail that Outlook saved (.msg, [MS-OXMSG]).

A property is a stream named by its id and type; attachments and the mails in them are storages
of the same form.
"""

from __future__ import annotations

import datetime
import email
import email.policy
import io
import struct
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..document import WARNING, Finding
from ..reader import BrokenSource, NoReader
from ..source import Mail, Source, decode
from . import conversation, pictures, rfc822
from .names import clean

if TYPE_CHECKING:
    from ..unpack import Limits

_SUBJECT, _HEADERS, _BODY, _HTML = "0037", "007D", "1000", "1013"
_SENDER, _SENDER_NAME, _SENDER_SMTP = "0C1F", "0C1A", "5D01"
_DATA, _SHORT_NAME, _LONG_NAME, _CONTENT_ID, _MIME = "3701", "3704", "3707", "3712", "370E"
_SUBMITTED = 0x0039
_EPOCH = datetime.datetime(1601, 1, 1)


def members(source: Source, limits: Limits) -> Iterator[Source | Finding | Mail]:
    """The envelope, attachments and attached mails, then the text; as for internet mails.

    :raises BrokenSource: no readable compound file
    :raises NoReader: olefile is not installed
    """
    try:
        import olefile
    except ImportError as error:
        raise NoReader(reason="olefile") from error
    try:
        ole = olefile.OleFileIO(io.BytesIO(source.content))
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise BrokenSource(str(error)) from error
    with ole:
        yield _envelope(ole, [])
        yield from _message(ole, [], source.name, limits, 0)


def _message(
    ole: Any, path: list[str], container: str, limits: Limits, depth: int
) -> Iterator[Source | Finding]:
    mail = _envelope(ole, path)
    html = decode(_stream(ole, [*path, f"__substg1.0_{_HTML}0102"]) or b"")
    html = html or _text(ole, path, _HTML)
    attached: list[Source] = []
    for number, storage in enumerate(_attachments(ole, path)):
        if number >= limits.parts or depth >= limits.depth:
            limit = "depth" if depth >= limits.depth else "parts"
            yield Finding("too_large", WARNING, {"source": container, "limit": limit})
            break
        inner = [*storage, f"__substg1.0_{_DATA}000D"]
        name = _text(ole, storage, _LONG_NAME) or _text(ole, storage, _SHORT_NAME)
        name = clean(name, f"attachment-{number + 1}")
        if ole.exists(inner):
            nested = _message(ole, inner, name, limits, depth + 1)
            yield from (_passed_on(item, mail) for item in nested)
            continue
        kind, cid = _text(ole, storage, _MIME), _text(ole, storage, _CONTENT_ID)
        content = _stream(ole, [*storage, f"__substg1.0_{_DATA}0102"]) or b""
        mimetype = f"{kind}; cid={cid}" if cid else kind
        if content and kind not in rfc822.IGNORED:
            attached.append(Source(name, content, mimetype, container=container, mail=mail))
    body = conversation.body(_text(ole, path, _BODY), html, mail, container)
    yield from conversation.of_writer(
        (item for item in attached if not pictures.is_decoration(item, html)), body
    )


def _passed_on(item: Source | Finding, outer: Mail) -> Source | Finding:
    if isinstance(item, Finding) or not item.mail or item.mail.forwarder:
        return item
    return replace(item, mail=replace(item.mail, forwarder=outer.forwarder or outer.sender))


def _envelope(ole: Any, path: list[str]) -> Mail:
    headers = _text(ole, path, _HEADERS)
    message = email.message_from_string(headers, policy=email.policy.compat32)
    known = rfc822.envelope(message) if headers else Mail()
    address = _text(ole, path, _SENDER_SMTP) or _text(ole, path, _SENDER)
    return Mail(
        sender=known.sender or (address.lower() if "@" in address else None),
        sender_name=known.sender_name or _text(ole, path, _SENDER_NAME) or None,
        subject=known.subject or _text(ole, path, _SUBJECT)[:500] or None,
        date=known.date or _submitted(ole, path),
        bulk=known.bulk,
    )


def _attachments(ole: Any, path: list[str]) -> list[list[str]]:
    found = {
        tuple(entry[: len(path) + 1])
        for entry in ole.listdir(streams=True, storages=True)
        if entry[: len(path)] == path
        and len(entry) > len(path)
        and entry[len(path)].startswith("__attach_version1.0")
    }
    return [list(entry) for entry in sorted(found)]


def _stream(ole: Any, path: list[str]) -> bytes | None:
    return ole.openstream(path).read() if ole.exists(path) else None


def _text(ole: Any, path: list[str], tag: str) -> str:
    wide = _stream(ole, [*path, f"__substg1.0_{tag}001F"])
    if wide is not None:
        return wide.decode("utf-16-le", "replace").rstrip("\x00")
    return decode(_stream(ole, [*path, f"__substg1.0_{tag}001E"]) or b"").rstrip("\x00")


def _submitted(ole: Any, path: list[str]) -> str | None:
    """Day the mail was sent: a FILETIME among the fixed properties of 16 bytes each."""
    content = _stream(ole, [*path, "__properties_version1.0"]) or b""
    header = 24 if path else 32
    for start in range(header, len(content) - 15, 16):
        kind, tag = struct.unpack_from("<HH", content, start)
        if (kind, tag) == (0x0040, _SUBMITTED):
            ticks = struct.unpack_from("<Q", content, start + 8)[0]
            try:
                return (_EPOCH + datetime.timedelta(microseconds=ticks // 10)).date().isoformat()
            except OverflowError:
                return None
    return None
