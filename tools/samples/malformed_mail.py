"""E-mails that no decent program sends."""

from __future__ import annotations

from collections.abc import Callable

HEAD = (
    "From: Dana Whitlock <dana.whitlock@pinecrestfab.example>\r\n"
    "To: orders@demo.example\r\n"
    "Subject: {subject}\r\n"
    "Date: Thu, 19 Nov 2026 10:00:00 -0800\r\n"
    "Message-ID: <{id}@pinecrestfab.example>\r\n"
    "MIME-Version: 1.0\r\n"
)
DEPTH = 400
PARTS = 3000


def _head(subject: str, key: str) -> bytes:
    return HEAD.format(subject=subject, id=key).encode()


def nested() -> bytes:
    """Mails within mails, 400 deep: more than a recursive parser survives."""
    layer = b"Content-Type: message/rfc822\r\n\r\nSubject: Fwd\r\n"
    core = b"Content-Type: text/plain\r\n\r\nPlease send 400 HB-M8X40-ZN.\r\n"
    return _head("Fwd: Fwd: Fwd: order", "nested") + layer * DEPTH + core


def nested_multiparts() -> bytes:
    """Multiparts within multiparts, 150 deep, none of which is ever closed."""
    layers = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (level, level)
        for level in range(150)
    )
    return _head("order", "multiparts") + layers + b"\r\nPlease send 400 HB-M8X40-ZN.\r\n"


def many_parts() -> bytes:
    """3,000 tiny HTML parts, which take a naive gateway minutes to join."""
    part = b"--b\r\nContent-Type: text/html\r\n\r\n<p>.</p>\r\n"
    head = _head("order", "parts") + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    return head + part * PARTS + b"--b--\r\n"


def latin_1_undeclared() -> bytes:
    """Raw 8-bit bytes in subject and body, and a character set that does not exist."""
    return (
        _head("Bestellung für Köln", "latin").decode().encode("latin-1")
        + b'Content-Type: text/plain; charset="x-nowhere-9"\r\n'
        + b"Content-Transfer-Encoding: 8bit\r\n\r\n"
        + "Grüße aus Köln, 400 Stück HB-M8X40-ZN\r\n".encode("latin-1")
    )


def evil_names() -> bytes:
    """Attachments whose names climb out of folders, turn direction and hide script."""
    names = [
        "../../../../etc/cron.d/order.pdf",
        "C:\\Windows\\system32\\order.pdf",
        "order\u202efdp.exe",
        "<img src=x onerror=alert(1)>.pdf",
        "order\x00.pdf",
        "o" * 300 + ".pdf",
    ]
    body = _head("order", "names") + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    for name in names:
        quoted = "".join(f"%{byte:02X}" for byte in name.encode())
        body += (
            b"--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
            b"Content-Disposition: attachment; filename*=utf-8''" + quoted.encode() + b"\r\n\r\n"
            b"JVBERi0xLjQK\r\n"
        )
    return body + b"--b--\r\n"


def headers_only() -> bytes:
    """A sender, an address, and nothing else."""
    return b"From: dana.whitlock@pinecrestfab.example\r\nTo: orders@demo.example\r\n"


MAILS: dict[str, Callable[[], bytes]] = {
    "nested_400.eml": nested,
    "nested_multiparts.eml": nested_multiparts,
    "many_parts.eml": many_parts,
    "latin_1_undeclared.eml": latin_1_undeclared,
    "evil_names.eml": evil_names,
    "headers_only.eml": headers_only,
}
