"""Complete e-mails with fixed ids, dates and boundaries."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

TO = "orders@demo.example"
TYPES = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".xml": "application/xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Mail:
    """A mail to write. ``sent`` is local time, ``zone`` its offset from UTC in hours.

    ``files`` are (name, content); ``logo`` is an image shown inside the signature.
    """

    name: str
    sender: str
    address: str
    subject: str
    text: str
    sent: datetime
    zone: int = 1
    to_name: str = "Larkfield Supply Orders"
    to: str = TO
    files: tuple[tuple[str, bytes], ...] = ()
    logo: bytes = b""
    html: str = ""


def compose(mail: Mail) -> bytes:
    """The mail as it travels: CRLF, text and HTML body, then the attachments."""
    message = EmailMessage(policy=SMTP)
    local, _at, domain = mail.address.partition("@")
    message["From"] = Address(mail.sender, local, domain)
    message["To"] = Address(mail.to_name, *mail.to.split("@"))
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(
        mail.sent.replace(tzinfo=timezone(timedelta(hours=mail.zone)))
    )
    token = hashlib.sha256(mail.name.encode()).hexdigest()[:20]
    message["Message-ID"] = f"<{token}@{domain}>"
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(_html(mail, token, domain), subtype="html", cte="quoted-printable")
    if mail.logo:
        message.get_payload()[1].add_related(
            mail.logo, "image", "png", cid=f"<logo.{token}@{domain}>", filename="image001.png",
            disposition="inline",
        )  # fmt: skip
    for name, content in mail.files:
        kind, _slash, subtype = TYPES[name[name.rindex(".") :]].partition("/")
        message.add_attachment(content, kind, subtype, filename=name)
    _fix_boundaries(message, token)
    return message.as_bytes()


def _html(mail: Mail, token: str, domain: str) -> str:
    paragraphs = mail.html or "".join(
        f"<p>{escape(part).replace(chr(10), '<br>')}</p>"
        for part in re.split(r"\n\n+", mail.text.strip())
    )
    logo = f'<p><img src="cid:logo.{token}@{domain}" width="160" alt=""></p>' if mail.logo else ""
    style = "font-family: Calibri, Arial, sans-serif; font-size: 11pt; color: #222"
    return f'<html><body style="{style}">{paragraphs}{logo}</body></html>\n'


def _fix_boundaries(message: EmailMessage, token: str) -> None:
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{number}_{token}")
