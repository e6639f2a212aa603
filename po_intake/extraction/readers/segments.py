"""EDIFACT and X12 cut into segments: two syntaxes, one shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..reader import BrokenSource, TooLarge

MOST = 200_000  # segments of one interchange
# Level of the syntax identifier (0001) -> character set; A, B and C are parts of the default.
CHARSETS = {
    "D": "iso8859-2",
    "E": "iso8859-5",
    "F": "iso8859-7",
    "G": "iso8859-3",
    "H": "iso8859-4",
    "I": "iso8859-6",
    "J": "iso8859-8",
    "K": "iso8859-9",
}


@dataclass(frozen=True)
class Segment:
    """One segment: elements of components, and its position in the file, from 1.

    Elements and components that are left out read as empty text.
    """

    tag: str
    elements: tuple[tuple[str, ...], ...]
    position: int
    separator: str = ":"

    def at(self, element: int, component: int = 0) -> str:
        """A component, both counted from 0 after the tag."""
        if element < len(self.elements) and component < len(self.elements[element]):
            return self.elements[element][component].strip()
        return ""

    def text(self, element: int) -> str:
        """An element of free text, in which the separator of components is a plain character."""
        if element < len(self.elements):
            return self.separator.join(self.elements[element]).strip()
        return ""

    @property
    def place(self) -> str:
        """Where it stands, like ``LIN[17]``: the tag and the position in the file."""
        return f"{self.tag}[{self.position}]"


def edifact(content: bytes) -> list[Segment]:
    """Segments of an EDIFACT interchange, by its own separators (UNA) and character set (UNB).

    :raises BrokenSource: no segments
    """
    text = content.decode(_charset(content), "replace").lstrip("\ufeff \t\r\n")
    component, element, release, end = ":", "+", "?", "'"
    if text.startswith("UNA"):
        component, element, release, end = text[3], text[4], text[6], text[8]
        text = text[9:]
    segments = []
    for position, raw in enumerate(_cut(text, end, release), 1):
        if position > MOST:
            raise TooLarge(limit="segments", value=MOST)
        parts = [
            tuple(_plain(item, release) for item in _cut(part, component, release))
            for part in _cut(raw.strip("\r\n\t "), element, release)
        ]
        if parts and parts[0] and parts[0][0]:
            segments.append(Segment(parts[0][0].upper(), tuple(parts[1:]), position))
    if not segments:
        raise BrokenSource(reason="segments")
    return segments


def x12(content: bytes) -> list[Segment]:
    """Segments of an X12 interchange, by the separators that its ISA segment shows.

    :raises BrokenSource: the ISA segment is too short
    """
    text = content.decode("utf-8" if _is_utf8(content) else "latin-1").lstrip("\ufeff \t\r\n")
    element = text[3:4]
    head = text.split(element, 16)
    if len(head) < 17 or len(head[16]) < 2:
        raise BrokenSource(reason="ISA")
    component, end = head[16][0], head[16][1]
    segments = []
    for position, raw in enumerate(text.split(end), 1):
        if position > MOST:
            raise TooLarge(limit="segments", value=MOST)
        parts = raw.strip("\r\n\t ").split(element)
        if parts[0]:
            values = tuple(tuple(part.split(component)) for part in parts[1:])
            segments.append(Segment(parts[0].upper(), values, position, component))
    return segments


def messages(segments: list[Segment], head: str, tail: str) -> Iterator[list[Segment]]:
    """Runs of segments from ``head`` to ``tail``, both included; a missing tail ends nothing."""
    current: list[Segment] = []
    for segment in segments:
        if segment.tag == head:
            if current:
                yield current
            current = [segment]
        elif current:
            current.append(segment)
            if segment.tag == tail:
                yield current
                current = []
    if current:
        yield current


def _cut(text: str, separator: str, release: str) -> list[str]:
    """Split at separators that are not released; the release characters stay."""
    if not release.strip() or release not in text:
        return text.split(separator)
    pattern = f"(?:{re.escape(release)}.|[^{re.escape(separator + release)}])*"
    parts, position = [], 0
    for match in re.finditer(pattern, text, re.DOTALL):
        if match.start() < position:
            continue
        parts.append(match.group())
        position = match.end() + 1
        if match.end() >= len(text):
            break
    return parts


def _plain(text: str, release: str) -> str:
    if not release.strip() or release not in text:
        return text
    return re.sub(re.escape(release) + "(.)", r"\1", text, flags=re.DOTALL)


def _charset(content: bytes) -> str:
    match = re.search(rb"UNB.UNO([A-Z])", content[:200])
    level = match.group(1).decode() if match else ""
    if level in ("W", "X", "Y") or _is_utf8(content):
        return "utf-8"
    return CHARSETS.get(level, "cp1252")


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
