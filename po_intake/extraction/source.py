"""One thing to read: a file or a mail body, with its bytes, its name and what it really is."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from . import charset as charset_of

FILE = "file"
BODY = "body"
EMBEDDED = "embedded"

# Kinds of files that hold other files: they are unpacked, not read.
CONTAINERS = ("eml", "msg", "zip", "tnef")
STRUCTURED = ("ubl", "cii", "cxml", "xml", "edifact", "x12")
SHEETS = ("xlsx", "xls", "ods", "csv")
PICTURES = ("png", "jpeg", "tiff", "gif", "bmp", "webp")


@dataclass(frozen=True)
class Mail:
    """The envelope of the mail that brought a source.

    In a forwarded mail ``sender`` is the person who wrote it first and ``forwarder`` the address
    that passed it on: the one counts for matching, the other for trust.

    :param date: day of the Date header, ``YYYY-MM-DD``
    :param bulk: sent to a list, as newsletters are, or by itself, as absence notes are
    """

    sender: str | None = None
    sender_name: str | None = None
    subject: str | None = None
    date: str | None = None
    forwarder: str | None = None
    bulk: bool = False


@dataclass(frozen=True)
class Source:
    """Bytes that arrived.

    :param name: file name as sent; for display and as a weak hint only
    :param content: the bytes
    :param mimetype: as the sender declared it; the content decides (see :attr:`kind`)
    :param container: name of the mail, archive or PDF that it was found in
    :param role: ``file``, ``body`` (text of a mail) or ``embedded`` (inside a PDF)
    :param mail: envelope of the mail that brought it
    """

    name: str
    content: bytes
    mimetype: str = ""
    container: str | None = None
    role: str = FILE
    mail: Mail | None = None

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content, hexadecimal: the identity of a document."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def kind(self) -> str:
        """What the bytes are, like ``pdf``, ``xlsx``, ``ubl``; ``unknown`` or ``empty`` else.

        Told by magic numbers and the first kilobytes, with byte searches only: safe for hostile
        bytes. Name and declared type decide only between kinds of plain text.
        """
        return _kind(self)

    @property
    def text(self) -> str:
        """The content as text, see :func:`decode`."""
        return decode(self.content)

    @property
    def extension(self) -> str:
        """What stands behind the last dot of the name, lower case."""
        _stem, dot, extension = self.name.rpartition(".")
        return extension.lower() if dot else ""


_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode(content: bytes, charset: str | None = None) -> str:
    """Text of bytes: by byte order mark, UTF-8, declared charset, else the likeliest code page.

    Mail programs declare Latin-1 for whatever they send, and text that is valid UTF-8 beyond
    ASCII is nothing else: so the bytes are believed first. Never fails.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content.decode(name, "replace").lstrip("\ufeff")
    guessed = charset_of.guess(content)
    declared = None if guessed and _is_vague(charset) else charset
    # escape sequences and 16-bit text are ASCII or valid UTF-8 by chance
    sure = "utf-8" if guessed == "utf-8" and not content.isascii() else None
    for name in filter(None, (sure, declared, guessed, "cp1252")):
        try:
            return content.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("latin-1")


def _is_vague(charset: str | None) -> bool:
    """Is this what programs declare that do not know?"""
    return (charset or "").lower() in ("", "us-ascii", "ascii", "iso-8859-1", "latin-1")


# ---------------------------------------------------------------------------------------------
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"{\\rtf", "rtf"),
    (b"\x78\x9f\x3e\x22", "tnef"),
)
_ZIP_TYPES = (
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
)
_ZIP_PARTS = (
    (b"xl/workbook.xml", "xlsx"),
    (b"word/document.xml", "docx"),
    (b"[Content_Types].xml", "unknown"),
)
# Directory entries of the old Office container are UTF-16; a mail may hold a workbook, so it is
# asked for first.
_OLE_PARTS = (
    ("EncryptedPackage", "encrypted"),
    ("__properties_version1.0", "msg"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("WordDocument", "doc"),
)
_FRAGMENT = re.compile(r"<(head|body|table|div|p|span|meta|style|br|b|h\d)\b", re.I)
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_MAIL_HEADER = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{1,40}):(?:[ \t]|\r?\n[ \t])", re.M)
_EDIFACT = re.compile(rb"UNA.{6}\s*UN[BGH]|UN[BH]\+[A-Z0-9]", re.S)
_BLANK = b"\xef\xbb\xbf \t\r\n\x00"
_X12 = re.compile(rb"ISA([^A-Za-z0-9\s]).{100}\1?.{0,8}\s*GS\1", re.S)


def _kind(source: Source) -> str:
    content = source.content
    head = content[:4096].lstrip(_BLANK)
    if not head and not content.strip(_BLANK):
        return "empty"
    return (
        _binary_kind(content)
        or _markup_kind(source, decode(content[:8192]))
        or _message_kind(source, head)
        # printers and portals put their own words before the file
        or ("pdf" if b"%PDF-" in content[:1024] else None)
        or _text_kind(source)
        or "unknown"
    )


def _binary_kind(content: bytes) -> str | None:
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    if content[:2] == b"BM" and content[6:10] == b"\x00\x00\x00\x00":
        return "bmp"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"avif"):
        return "heic"
    if content[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zip_kind(content)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        parts = ((part.encode("utf-16-le"), kind) for part, kind in _OLE_PARTS)
        return next((kind for part, kind in parts if part in content), "unknown")
    return None


def _zip_kind(content: bytes) -> str:
    for declared, kind in _ZIP_TYPES:
        if content[30:].startswith(declared):
            return kind
    # only the archive's own directory: a workbook stored inside an archive has one as well
    end = content.rfind(b"PK\x05\x06")
    start = int.from_bytes(content[end + 16 : end + 20], "little") if end >= 0 else 0
    directory = content[start:end] if start < end else content
    return next((kind for part, kind in _ZIP_PARTS if part in directory), "zip")


def _markup_kind(source: Source, head: str) -> str | None:
    head = head.lstrip("\ufeff \t\r\n\x00")
    if not head.startswith("<"):
        return None
    bare = re.sub(r"<!--.*?(?:-->|\Z)", "", head, flags=re.S)
    match = _ROOT.search(bare)
    root = match.group(1).lower() if match else ""
    if root == "html" or re.match(r"\s*<!doctype\s+html", bare, re.I):
        return "html"
    if "urn:oasis:names:specification:ubl:schema:xsd:" in head:
        return "ubl"
    if "urn:un:unece:uncefact:data:" in head or "urn:ferd:" in head:
        return "cii"
    if root in ("cxml", "svg"):
        return root
    if head.startswith("<?xml") or "xmlns" in bare[:1000] or source.extension == "xml":
        return "xml"
    return "html" if _FRAGMENT.match(bare) else None


def _message_kind(source: Source, head: bytes) -> str | None:
    if _EDIFACT.match(head):
        return "edifact"
    if _X12.match(head):
        return "x12"
    block = re.split(rb"\r?\n\r?\n", head.removeprefix(b"From "), maxsplit=1)[0]
    names = {name.lower() for name in _MAIL_HEADER.findall(block)}
    strong = names & {b"message-id", b"mime-version", b"received", b"return-path", b"content-type"}
    weak = names & {b"from", b"to", b"subject", b"date", b"sender", b"cc"}
    declared = source.extension == "eml" or source.mimetype.lower() == "message/rfc822"
    starts = _MAIL_HEADER.match(block) or head.startswith(b"From ")
    if starts and weak and ((strong and len(strong | weak) > 2) or declared):
        return "eml"
    return None


def _text_kind(source: Source) -> str | None:
    sample = source.content[:65536]
    if sample[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        control = sum(sample.count(byte) for byte in map(bytes, zip(_CONTROL)))
        if control > len(sample) / 200:
            return None
    if source.role == BODY:
        return "text"
    lines = [line for line in decode(sample).splitlines()[:200] if line.strip()]
    if source.extension in ("csv", "tsv") or source.mimetype.lower() == "text/csv":
        return "csv"
    return "csv" if any(_is_table(lines, separator) for separator in ";\t|,") else "text"


_CONTROL = tuple(set(range(32)) - {9, 10, 12, 13, 27})


def _is_table(lines: list[str], separator: str) -> bool:
    """Do at least three lines have the same number of cells, and most lines some?

    Commas also stand in sentences, so a comma table needs more columns and no blank after it.
    """
    counts = Counter(line.count(separator) for line in lines)
    least = 3 if separator == "," else 2
    width, rows = max(
        ((count, rows) for count, rows in counts.items() if count >= least),
        key=lambda pair: pair[1],
        default=(0, 0),
    )
    if rows < (3 if len(lines) > 3 else 2) or rows < len(lines) / 4:
        return False
    spaced = sum(line.count(separator + " ") for line in lines if line.count(separator) == width)
    return separator != "," or spaced < rows * width / 2
