"""Finding a value by its neighbours on the page, and the neighbours of a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ..document import OrderDocument
from ..normalize import DateText, find_dates
from .classify import clean_number
from .lexicon import months
from .lines import Box, Line, overlap
from .page import Word
from .shapes import INCOTERM
from .text import has_digit, squash, tidy

if TYPE_CHECKING:
    from .learned import Rule

KINDS = {
    "number": "code",
    "our_order": "code",
    "partner.reference": "code",
    "revision": "code",
    "order_date": "date",
    "requested_date": "date",
    "payment_terms": "text",
    "incoterm": "text",
}
"""What can be learned of the head of an order, and what its value must look like."""
NEAR = 2.2
"""A label stands above a value by at most this many times the height of the larger one."""
LABEL = 5
"""Words of a label that count, the nearest ones."""


@dataclass(frozen=True)
class Spot:
    """A place where a corrected value is printed. See :class:`.learned.Rule`; the highest
    ``rank`` is the safest to know again."""

    left: str
    above: str
    words: int
    order: str
    rank: int
    box: Box

    def is_at(self, place: Mapping[str, Any] | None) -> bool:
        """Is it where a person pointed? ``place`` has ``page`` and ``bbox`` in points."""
        if not place or place.get("page") != self.box.page or not place.get("bbox"):
            return False
        x0, y0, x1, y1 = place["bbox"]
        return x0 < self.box.x1 and self.box.x0 < x1 and y0 < self.box.y1 and self.box.y0 < y1


def key(words: Sequence[Word]) -> str:
    """The words squashed into one."""
    return squash("".join(word.text for word in words))


def is_code(text: str) -> bool:
    """Can it be a number or code of anything? It has a digit, and is no sentence."""
    return has_digit(text) and len(text) <= 40 and len(text.split()) <= 4


def printed(lines: Sequence[Line], path: str, value: str) -> Iterator[Spot]:
    """Every place where the value is printed, in reading order."""
    kind = KINDS[path]
    for line in lines:
        spans = _date_spans(line, value) if kind == "date" else _text_spans(line, value)
        for start, end, order in spans:
            front, left = _front(line, start)
            box = Box(line.words[start:end])
            above = _above(lines, box)
            rest = _together(line, start)
            whole = kind == "text" and end - start == len(rest)
            colon = front.endswith(":")
            rank = 4 if left and colon else 2 if left else 1
            yield Spot(left, above, 0 if whole else end - start, order, rank, box)


def value(
    lines: Sequence[Line], rule: Rule, document: OrderDocument
) -> tuple[Any, list[Word]] | None:
    """``(value, words)`` where the rule points to, ``None`` for nothing or nonsense."""
    spots = list(_spots(lines, rule.left)) if rule.left else []
    if rule.above and not spots:
        spots = [
            (line, line.words.index(segment.words[0]))
            for line in lines
            for segment in line.segments
            if _above(lines, segment) == rule.above
        ]
    elif rule.above and len(spots) > 1:
        spots.sort(
            key=lambda spot: (
                _above(lines, Box(_together(*spot)[: rule.words or None])) != rule.above
            )
        )
    for line, start in spots:
        words = _together(line, start)
        while len(words) > 1 and not any(char.isalnum() for char in words[0].text):
            words = words[1:]  # "# 4711"
        found = _plausible(rule, words, document)
        if found:
            return found
    return None


def _plausible(
    rule: Rule, words: list[Word], document: OrderDocument
) -> tuple[Any, list[Word]] | None:
    kind = KINDS[rule.path]
    if kind == "date":
        day = _day(rule, " ".join(word.text for word in words))
        ordered = document.order_date if rule.path == "requested_date" else None
        if day is None or (ordered and day < ordered):
            return None
        return day, words[: rule.words or None]
    words = words[: rule.words or None]
    text = tidy(" ".join(word.text for word in words)).strip(" .;:,")
    if kind == "code":
        text = clean_number(text)
        return (text, words) if is_code(text) else None
    if rule.path == "incoterm" and not INCOTERM.search(text):
        return None
    return (text, words) if any(char.isalpha() for char in text) and len(text) <= 250 else None


def _day(rule: Rule, text: str) -> date | None:
    dates = find_dates(text, months())
    if not dates or (dates[0].open and not rule.order):
        return None
    return dates[0].value(rule.order or "dmy")


def _text_spans(line: Line, wanted: str) -> Iterator[tuple[int, int, str]]:
    target = squash(wanted)
    for start in range(len(line.words) if target else 0):
        text = ""
        for end in range(start, len(line.words)):
            piece = squash(line.words[end].text)
            text += piece
            if text == target and piece and squash(line.words[start].text):
                yield start, end + 1, ""
            if len(text) >= len(target):
                break


def _date_spans(line: Line, wanted: str) -> Iterator[tuple[int, int, str]]:
    ends, at = [], 0
    for word in line.words:
        at += len(word.text) + 1
        ends.append(at)
    for item in find_dates(line.text, months()):
        order = _order(item, wanted)
        if order is not None:
            start = sum(end <= item.start for end in ends)
            yield start, sum(end <= item.end - 1 for end in ends) + 1, order


def _order(item: DateText, wanted: str) -> str | None:
    """The order that makes the printed date the wanted one; empty where either does."""
    orders = [order for order in ("dmy", "mdy") if str(item.value(order)) == wanted]
    if not orders:
        return None
    return item.proves or (orders[0] if item.open else "")


def _together(line: Line, start: int) -> list[Word]:
    """The words from one on, up to the next wide blank."""
    return list(Line(line.words[start:], gap=line.gap).segments[0].words)


def _front(line: Line, start: int) -> tuple[str, str]:
    """``(text, squashed)`` of the label in front of a word; squashed empty if it is none."""
    before = list(line.words[:start])
    text = before[-1].text if before else ""
    while before and not squash(before[-1].text):
        before.pop()
    if not before:
        return "", ""
    words = Line(before, gap=line.gap).segments[-1].words[-LABEL:]
    return text, _label(key(words))


def _spots(lines: Sequence[Line], left: str) -> Iterator[tuple[Line, int]]:
    for line in lines:
        for start in range(1, len(line.words)):
            if squash(line.words[start].text) and _front(line, start)[1] == left:
                yield line, start


def _above(lines: Sequence[Line], box: Box) -> str:
    """The label right above, or nothing."""
    near = [
        segment
        for line in lines
        if line.page == box.page
        and 0 < box.middle - line.middle < NEAR * max(box.height, line.height)
        for segment in line.segments
        if overlap(segment, box) > 0 and box.middle - segment.middle > 0.5 * box.height
    ]
    nearest = max(near, key=lambda item: (round(item.middle), overlap(item, box)), default=None)
    return _label(key(nearest.words[-LABEL:])) if nearest else ""


def _label(text: str) -> str:
    """Labels have letters and no digits; what has digits is a value that changes."""
    return text if len(text) > 1 and text.isalpha() and len(text) <= 80 else ""
