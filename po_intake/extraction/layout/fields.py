"""Labels in front of values, in lines that are no rows: "Menge: 5 Stk   Preis: 3,20 EUR".

The labels are those that head columns elsewhere; words that no list knows are labels by a colon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from .header import CODES, kind_of
from .lexicon import LONGEST_PHRASE, Lexicon
from .lines import Box, Line, overlap
from .page import Word
from .shapes import SEPARATORS
from .text import has_digit, squash

FIGURED = (
    "pos",
    "quantity",
    "price",
    "amount",
    "discount",
    "per",
    "tax",
    "date",
    "barcode",
    *CODES,
)
"""A figure behind a label of these kinds is its value, even without a colon between them."""
COUNTED = ("pos", "description", *CODES)
"""What may be counted in front of its name: "Position 1: Bolt", "Item 2"."""
WHAT = ("description", *CODES, "barcode")
SURELY = ("quantity", "price", "amount")
COUNT = re.compile(r"^#?\d{1,3}[.):]?$")
LONGEST = 4
"""Most words of a label that no list knows."""
ALIGNED = 4.0
BELOW = 1.6
"""A value stands at most so many heights below its label."""


@dataclass(eq=False)
class Field:
    """A label and the words of its value; ``kind`` is the one of a column head, or ``unknown``."""

    kind: str
    label: list[Word]
    value: list[Word]

    @cached_property
    def key(self) -> str:
        return squash("".join(word.text for word in self.label))


@dataclass(eq=False)
class Strip:
    """A printed line, or the part of it in one of several columns of blocks.

    :param line: the words of the part
    :param printed: the whole line
    :param lane: number of the column of blocks, from 0
    :param free: what stands under no label
    """

    line: Line
    printed: Line
    lane: int = 0
    fields: list[Field] = field(default_factory=list)
    free: list[Box] = field(default_factory=list)

    @property
    def bare(self) -> bool:
        """Is it nothing but text, without labels or values?"""
        return bool(self.free) and not self.fields

    @property
    def keys(self) -> set[str]:
        return {item.key for item in self.fields}


@dataclass(eq=False)
class Record:
    """The strips of one item, from top to bottom; ``free`` are its texts under no label."""

    strips: list[Strip]
    fields: list[Field] = field(init=False)
    free: list[Box] = field(init=False)

    def __post_init__(self) -> None:
        self.fields = [item for strip in self.strips for item in strip.fields]
        self.free = [box for strip in self.strips for box in strip.free]

    @property
    def kinds(self) -> set[str]:
        """What its labels name, with figures behind those that need them."""
        return {
            item.kind
            for item in self.fields
            if has_figures(item.value) or (item.value and item.kind not in SURELY)
        }

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(item.key for item in self.fields)

    @property
    def tells(self) -> bool:
        """Does it say what is ordered, and how many or at least for how much?"""
        much = self.kinds & set(SURELY)
        return ("quantity" in much or len(much) > 1) and bool(self.kinds & set(WHAT) or self.free)


def has_figures(value: Sequence[Word]) -> bool:
    """Is there a digit in a value?"""
    return any(has_digit(word.text) for word in value)


def read_strips(parts: Sequence[tuple[Line, Line, int]], words: Lexicon) -> list[Strip]:
    """The fields of lines that follow each other.

    :param parts: the words of a line in a lane, the whole line, and the lane
    """
    strips = [_strip(Strip(line, printed, lane), words) for line, printed, lane in parts]
    for strip, below in zip(strips, strips[1:]):
        step = below.line.middle - strip.line.middle
        if strip.lane == below.lane and 0 < step < BELOW * strip.line.height:
            _take_below(strip, below)
    return strips


def _strip(strip: Strip, words: Lexicon) -> Strip:
    for segment in strip.line.segments:
        for kind, label, value in _cut(segment.words, words):
            last = strip.fields[-1] if strip.fields else None
            if label:
                strip.fields.append(Field(kind, label, value))
            elif last and not strip.free and (not last.value or _is_unit(last, value, words)):
                last.value += value
            elif value:
                strip.free.append(Box(value))
    return strip


def _is_unit(item: Field, value: Sequence[Word], words: Lexicon) -> bool:
    """Is it the unit of a quantity, a little further on?"""
    key = squash("".join(word.text for word in value))
    return item.kind == "quantity" and words.means("word", key, "unit")


def _take_below(strip: Strip, below: Strip) -> None:
    """Give labels without a value what stands under them in the next line."""
    for item in strip.fields:
        if item.value or below.fields:
            continue
        box = Box(item.label)
        under = [
            part for part in below.free if overlap(part, box) > 0 or abs(part.x0 - box.x0) < ALIGNED
        ]
        if under:
            item.value = list(under[0].words)
            below.free.remove(under[0])


def _cut(printed: Sequence[Word], words: Lexicon) -> Iterator[tuple[str, list[Word], list[Word]]]:
    """``(kind, label, value)`` of the pieces of a segment; the first may have no label."""
    kind, label, start, at = "", [], 0, 0
    while at < len(printed):
        size, found = _label_at(printed, at, words)
        if not size:
            at += 1
            continue
        if at:
            yield kind, label, _value(printed[start:at])
        kind, label = found, list(printed[at : at + size])
        at = start = at + size
        if found == "pos" and at < len(printed) and COUNT.match(printed[at].text):
            # "Position 1: Bolt": what follows the number is the name
            yield kind, label, _value(printed[at : at + 1])
            kind, label = "", []
            at = start = at + 1
    if label or start < len(printed):
        yield kind, label, _value(printed[start:])


def _value(printed: Sequence[Word]) -> list[Word]:
    """Words without the signs that part one field from the next."""
    value = list(printed)
    while value and value[0].text in (*SEPARATORS, ":", "="):
        value.pop(0)
    while value and value[-1].text in SEPARATORS:
        value.pop()
    if value and value[-1].text[-1:] in ",;:":
        value[-1] = value[-1]._replace(text=value[-1].text[:-1])
    return [word for word in value if word.text]


def _label_at(printed: Sequence[Word], at: int, words: Lexicon) -> tuple[int, str]:
    """How many words from a place on are a label, and its kind; 0 where none begins."""
    texts = [word.text for word in printed[at : at + LONGEST_PHRASE]]
    if texts[0] in SEPARATORS:
        return 0, ""
    parted = not at or printed[at - 1].text in SEPARATORS or printed[at - 1].text[-1:] in ",;"
    for size, _key in words.starts(texts, "column"):
        part, rest = printed[at : at + size], printed[at + size :]
        if any(word.text.endswith(":") or word.text in SEPARATORS for word in part[:-1]):
            continue
        kind = kind_of(part, words)
        if not kind:
            continue
        if part[-1].text.endswith(":"):
            return size, kind
        if rest and rest[0].text == ":":
            return size + 1, kind
        if not at and kind in COUNTED and rest and COUNT.match(rest[0].text):
            return size, "pos"
        if parted and rest and kind in FIGURED and has_digit(rest[0].text[:2]):
            return size, kind
        if not at and not rest:
            return size, kind
    return _unknown_label(texts[: LONGEST if parted else 1])


def _unknown_label(texts: Sequence[str]) -> tuple[int, str]:
    """Words up to a colon, if there are few and none has a digit."""
    for size, text in enumerate(texts, 1):
        if has_digit(text) or text in SEPARATORS:
            break
        if text.endswith(":") and len(text) > 1:
            return size, "unknown"
        if size < len(texts) and texts[size] == ":":
            return size + 1, "unknown"
    return 0, ""
