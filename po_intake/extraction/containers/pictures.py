"""Tells a picture that is a document from the logo of a signature."""

from __future__ import annotations

import re

from ..source import Source

KINDS = ("png", "jpeg", "gif", "bmp", "webp", "svg")
# Pixels. No order can be read in a picture of 120,000 (400 x 300). A page of 72 dots per inch has
# 500,000; smaller pictures that are placed in the text are logos and banners.
TINY = 120_000
SMALL = 450_000


def is_decoration(source: Source, html: str = "") -> bool:
    """Is this a logo or a spacer? By its size in pixels and whether the text places it."""
    if source.kind not in KINDS:
        return False
    if source.kind == "svg":
        return True
    pixels = area(source.content)
    cid = content_id(source)
    placed = bool(cid) and f"cid:{cid}" in html
    if pixels is None:
        return placed and len(source.content) < 50_000
    return pixels < (SMALL if placed else TINY)


def content_id(source: Source) -> str | None:
    """The name by which the text of the mail places the picture."""
    match = re.search(r"cid=(\S+)", source.mimetype)
    return match.group(1) if match else None


def area(content: bytes) -> int | None:
    """Width x height as the file's own header says; ``None`` if it does not say.

    >>> area(b"GIF89a" + bytes([10, 0, 20, 0]))
    200
    """
    if content.startswith(b"\x89PNG") and len(content) >= 24:
        return _product(content[16:20], content[20:24])
    if content.startswith(b"GIF8") and len(content) >= 10:
        return int.from_bytes(content[6:8], "little") * int.from_bytes(content[8:10], "little")
    if content.startswith(b"\xff\xd8"):
        return _jpeg_area(content)
    return None


def _jpeg_area(content: bytes) -> int | None:
    position = 2
    while position + 9 < len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return _product(
                content[position + 5 : position + 7], content[position + 7 : position + 9]
            )
        position += 2 + int.from_bytes(content[position + 2 : position + 4], "big")
    return None


def _product(height: bytes, width: bytes) -> int:
    return int.from_bytes(height, "big") * int.from_bytes(width, "big")
