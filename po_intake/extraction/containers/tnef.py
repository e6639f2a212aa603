"""Files in a ``winmail.dat``, as Exchange sends them to those who never asked ([MS-OXTNEF])."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..document import Finding
from ..reader import BrokenSource, TooLarge
from ..source import Mail, Source
from .names import clean

if TYPE_CHECKING:
    from ..unpack import Limits

_BEGIN, _NAME, _DATA, _PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
# PidTagAttachLongFilename as text of one byte or two bytes a letter.
_LONG_NAMES = ((b"\x1f\x00\x07\x37", "utf-16-le"), (b"\x1e\x00\x07\x37", "cp1252"))


def members(source: Source, limits: Limits) -> Iterator[Source | Finding | Mail]:
    """The attachments; the text is in the mail around it as well.

    :raises BrokenSource: it ends within an attribute
    :raises TooLarge: more attributes than allowed
    """
    name, content, count = "", None, 0
    for kind, data in _attributes(source.content, limits):
        if kind == _BEGIN:
            if content is not None:
                yield Source(clean(name, f"attachment-{count}"), content)
            name, content, count = "", None, count + 1
        elif kind == _NAME:
            name = name or data.rstrip(b"\x00").decode("cp1252", "replace")
        elif kind == _PROPERTIES:
            name = _long_name(data) or name
        elif kind == _DATA:
            content = data
    if content is not None:
        yield Source(clean(name, f"attachment-{count}"), content)


def _attributes(content: bytes, limits: Limits) -> Iterator[tuple[int, bytes]]:
    position = 6  # signature and key
    for _count in range(limits.parts * 20):
        if position + 11 > len(content):
            return
        _level, kind, size = struct.unpack_from("<BII", content, position)
        start = position + 9
        if start + size > len(content):
            raise BrokenSource(reason="tnef")
        yield kind, content[start : start + size]
        position = start + size + 2  # a checksum follows
    raise TooLarge(limit="parts", value=limits.parts)


def _long_name(data: bytes) -> str:
    for tag, charset in _LONG_NAMES:
        at = data.find(tag)
        if at >= 0 and at + 12 <= len(data):
            size = struct.unpack_from("<I", data, at + 8)[0]
            return (
                data[at + 12 : at + 12 + min(size, 1000)].decode(charset, "replace").rstrip("\x00")
            )
    return ""
