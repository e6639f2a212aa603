"""Values that a company prints or wants besides those of every order, by their printed labels.

Which labels to look for is said by the caller (:class:`~..reader.Hints`): a project number, a cost
centre, a drawing number. A label of the head has its value beside or below it; a label of the
lines is the head of a column, or stands with its value among the lines of an item.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..document import OrderDocument
from ..reader import Hints
from .bands import Band, bands
from .draft import Draft
from .labels import FAR
from .lines import Box, Line, overlap
from .page import Word, split_word
from .text import squash, tidy

SEPARATORS = {":", "=", "-", "–", "·", "|"}
LONGEST = 8  # words of a label
TEXT = 500  # characters of a value


def add_extras(
    document: OrderDocument, lines: Sequence[Line], hints: Hints, reader: str
) -> OrderDocument:
    """The document with what stands at the labels of ``hints``, each with its evidence.

    Evidence has the paths ``extra.<label>`` and ``lines.<index>.extra.<label>``.
    """
    if not (hints.labels or hints.line_labels) or not lines:
        return document
    draft = Draft(reader)
    extra = {}
    for label in hints.labels:
        words = next(_values(lines, label), None)
        if words:
            extra[label] = _text(words)
            draft.place(f"extra.{label}", words)
    items = [dict(line.extra) for line in document.lines]
    for label in hints.line_labels:
        for index, words in _of_items(document, lines, label).items():
            items[index][label] = _text(words)
            draft.place(f"lines.{index}.extra.{label}", words)
    return replace(
        document,
        extra={**document.extra, **extra},
        lines=tuple(
            replace(line, extra=found) for line, found in zip(document.lines, items, strict=True)
        ),
        evidence={**document.evidence, **draft.evidence},
    )


def _text(words: Sequence[Word]) -> str:
    return tidy(" ".join(word.text for word in words))[:TEXT]


def _values(lines: Sequence[Line], label: str) -> Iterator[list[Word]]:
    """The value at each place where the label is printed, in reading order."""
    for line, box, rest in _places(lines, label):
        beside, below = _beside(line, box), _below(lines, box)
        colon = box.words[-1].text.endswith(":")
        if below and beside and not colon and _is_row_of_heads(lines, beside):
            beside = []
        value = rest or beside or below
        if value:
            yield value


def _is_row_of_heads(lines: Sequence[Line], beside: Sequence[Word]) -> bool:
    """Is what stands beside a label another label, with its own value below?"""
    return bool(_below(lines, Box(beside)))


def _places(lines: Sequence[Line], label: str) -> Iterator[tuple[Line, Box, list[Word]]]:
    """Where a label is printed: its line, its box, and the words behind it in its segment."""
    key = squash(label)
    for line in lines if key else ():
        for segment in line.segments:
            words = [part for word in segment.words for part in _parted(word)]
            for start in range(len(words)):
                end = _end(words, start, key)
                if end:
                    yield line, Box(words[start:end]), _behind(words[end:])
                    break


def _parted(word: Word) -> list[Word]:
    """``Project:4711`` is a label and its value."""
    cut = word.text.find(":") + 1
    return split_word(word, cut) if 1 < cut < len(word.text) else [word]


def _end(words: Sequence[Word], start: int, key: str) -> int:
    """Where the phrase that starts at a word ends; 0 where it is another one."""
    text = ""
    for end in range(start, min(start + LONGEST, len(words))):
        text += words[end].text
        found = squash(text)
        if found == key:
            return end + 1
        if not key.startswith(found):
            break
    return 0


def _behind(words: Sequence[Word]) -> list[Word]:
    """The words behind a label, up to the next label: what ends with a colon is one."""
    rest = list(words)
    while rest and rest[0].text in SEPARATORS:
        rest.pop(0)
    stop = next((index for index, word in enumerate(rest) if word.text.endswith(":")), None)
    return rest[:stop] if stop is not None else rest


def _beside(line: Line, box: Box) -> list[Word]:
    near = [item for item in line.segments if item.x0 >= box.x1 - 1]
    nearest = min(near, key=lambda item: item.x0, default=None)
    if nearest is None or nearest.x0 - box.x1 > FAR or nearest.text.endswith(":"):
        return []
    return _behind(nearest.words)


def _below(lines: Sequence[Line], box: Box) -> list[Word]:
    near = [
        segment
        for line in lines
        if line.page == box.page and -2 < line.y0 - box.y1 < 1.8 * box.height
        for segment in line.segments
        if overlap(segment, box) > 0
    ]
    nearest = min(near, key=lambda item: (round(item.y0), abs(item.x0 - box.x0)), default=None)
    return [] if nearest is None or nearest.text.endswith(":") else list(nearest.words)


# the lines


def _of_items(document: OrderDocument, lines: Sequence[Line], label: str) -> dict[int, list[Word]]:
    """``{index of the item: words}`` under a head of this name, or behind it within the item."""
    places = bands(document)
    heads = [
        (line, box)
        for line, box, rest in _places(lines, label)
        if not rest and not any(band and _holds(band, line) for band in places)
    ]
    found: dict[int, list[Word]] = {}
    for index, band in enumerate(places):
        if band is None:
            continue
        later = places[index + 1] if index + 1 < len(places) else None
        inside = _inside(lines, band, later)
        words = next(_values(inside, label), None) or _under(heads, inside, band)
        if words:
            found[index] = words
    return found


def _holds(band: Band, line: Line) -> bool:
    return line.page == band.page and band.top <= line.middle <= band.bottom


def _inside(lines: Sequence[Line], band: Band, later: Band | None) -> list[Line]:
    """The printed lines of an item: down to the next one, or a little below the last."""
    end = band.bottom + 30
    if later and later.page == band.page and later.top > band.top:
        end = later.top - 1
    return [line for line in lines if line.page == band.page and band.top - 1 <= line.middle < end]


def _under(heads: Sequence[tuple[Line, Box]], inside: Sequence[Line], band: Band) -> list[Word]:
    """What stands in the column of the nearest head above an item."""
    above = [
        (line, box)
        for line, box in heads
        if line.page < band.page or (line.page == band.page and box.y1 <= band.top + 1)
    ]
    if not above:
        return []
    line, box = max(above, key=lambda item: (item[0].page, item[1].y0))
    left = max((part.x1 for part in line.segments if part.x1 <= box.x0 + 1), default=0.0)
    right = min((part.x0 for part in line.segments if part.x0 >= box.x1 - 1), default=1e9)
    for row in inside:
        for segment in row.segments:
            if overlap(segment, box) > 0 and segment.x0 > left - 1 and segment.x1 < right + 1:
                return list(segment.words)
    return []
