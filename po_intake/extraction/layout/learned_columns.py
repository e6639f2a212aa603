"""Columns that a person's correction teaches: which head stands above which value of the lines.

Codes, units and texts are taken as they stand; numbers and dates by the document's own habit, and
only where they do not contradict the amounts of the lines.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from ..document import Evidence, OrderDocument, OrderLine
from ..normalize import find_dates, number_tokens, to_decimal
from . import learned_places as places
from .bands import bands
from .columns import grids
from .draft import Draft
from .header import find_headers
from .lexicon import lexicon, months
from .lines import Line
from .page import Word
from .text import squash, tidy

READER = "learned"
SURE = 0.9
"""Confidence in what a rule finds: below what a reader finds by a label that it knows."""
CODES = ("lines.partner_code", "lines.our_code")
NUMBERS = ("lines.quantity", "lines.price_unit")
TEXTS = ("lines.description", "lines.uom")
COLUMNS = (*CODES, *NUMBERS, *TEXTS, "lines.requested_date")
ENOUGH = 0.8
"""Share of the lines that must have a value in the column."""

Cells = list[list[tuple[str, list[Word]]]]
Column = dict[int, tuple[Any, list[Word]]]


def cells(lines: Sequence[Line], document: OrderDocument) -> Cells:
    """For each line of the order ``(squashed head, words)`` of the cells in its rows."""
    items = bands(document)
    result: Cells = [[] for _band in items]
    for number in sorted({line.page for line in lines}):
        page = [line for line in lines if line.page == number]
        for header in find_headers(page, lexicon(), document.language):
            below = [line for line in page if line.y0 >= header.lines[-1].middle]
            for grid in grids(header, below):
                for index, band in enumerate(items):
                    if band is None or band.page != number:
                        continue
                    following = items[index + 1] if index + 1 < len(items) else None
                    last = band.bottom + 2
                    if following and following.page == number:
                        last = following.top
                    for line in below:
                        if band.top - 2 <= line.middle < last:
                            row = zip(grid.heads, grid.cells(line))
                            result[index] += [(head.box.key, cell) for head, cell in row if cell]
    return result


def head_of(
    lines: Sequence[Line], document: OrderDocument, path: str, values: Mapping[str, str]
) -> str:
    """The head above the corrected values; empty where nothing tells it.

    :param values: index of the line, as text -> its value as text
    """
    table = cells(lines, document)
    read = _reader(path, document)
    votes: list[str] = []
    for index, value in values.items():
        if index.isdigit() and int(index) < len(table) and value:
            wanted = _comparable(path, value)
            heads = [head for head, words in table[int(index)] if _same(read(words), wanted)]
            votes += [head for head in heads[:1] if head]
    return max(votes, key=votes.count) if votes else ""


def column(table: Cells, head: str, path: str, document: OrderDocument) -> Column:
    """The values under a head by line; nothing unless nearly every line has one."""
    read = _reader(path, document)
    result: Column = {}
    for index, row in enumerate(table):
        stacked = [words for above, words in row if above == head]
        for at, words in enumerate(stacked):
            text = words[-1].text
            if path in CODES and text.endswith("-") and at + 1 < len(stacked):  # wrapped
                words = [*words, *stacked[at + 1]]
            value = read(words)
            if value is not None:
                result[index] = (value, words)
                break
    return result if len(result) >= ENOUGH * len(table) else {}


def with_columns(document: OrderDocument, columns: Mapping[str, Column]) -> OrderDocument:
    """The document with the values of learned columns, each with its evidence."""
    for path in (path for path in columns if path not in CODES):
        document = _with_values(document, path.partition(".")[2], columns[path])
    codes = {path: found for path, found in columns.items() if path in CODES}
    return _with_codes(document, codes)


def evidence(printed: Sequence[Word]) -> Evidence:
    """Where these words stand."""
    draft = Draft(READER)
    draft.place("", printed, SURE)
    return draft.evidence[""]


# values of cells


def _reader(path: str, document: OrderDocument) -> Callable[[Sequence[Word]], Any]:
    """How the words of a cell are read; what is no such value gives ``None``."""
    if path in NUMBERS:
        mark = _mark(document)
        return lambda words: _number(words, mark)
    if path == "lines.requested_date":
        return _day
    return _code if path in CODES else _text


def _code(words: Sequence[Word]) -> str | None:
    # what wraps at a hyphen goes on without a blank
    text = " ".join(word.text for word in words)
    for left, right in zip(words, words[1:]):
        if left.text.endswith("-") and right.y0 > left.y0 + 2:
            text = text.replace(f"{left.text} {right.text}", left.text + right.text)
    return text if places.is_code(text) else None


def _text(words: Sequence[Word]) -> str | None:
    return tidy(" ".join(word.text for word in words)) or None


def _number(words: Sequence[Word], mark: str) -> Decimal | None:
    tokens = number_tokens(" ".join(word.text for word in words))
    return to_decimal(tokens[0], mark) if len(tokens) == 1 else None


def _day(words: Sequence[Word]) -> date | None:
    found = find_dates(" ".join(word.text for word in words), months())
    return found[0].value("dmy") if found and not found[0].open else None


def _mark(document: OrderDocument) -> str:
    """The decimal mark that gives the amounts that were read."""
    votes = {",": 0, ".": 0}
    for index, line in enumerate(document.lines):
        for name in ("price_subtotal", "price_unit", "quantity"):
            place = document.evidence.get(f"lines.{index}.{name}")
            for mark in votes if place else ():
                tokens = number_tokens(place.text) if place else []
                votes[mark] += any(
                    to_decimal(token, mark) == getattr(line, name) for token in tokens
                )
    return max(votes, key=lambda mark: votes[mark])


def _comparable(path: str, value: str) -> Any:
    if path in NUMBERS:
        return Decimal(value)
    return date.fromisoformat(value) if path == "lines.requested_date" else squash(value)


def _same(found: Any, wanted: Any) -> bool:
    return squash(found) == wanted if isinstance(found, str) else found == wanted


# into the document


def _balanced(lines: Sequence[OrderLine]) -> int:
    """How many lines are quantity x price less discount."""
    count = 0
    for line in lines:
        if line.quantity is None or line.price_unit is None or line.price_subtotal is None:
            continue
        amount = line.quantity * line.price_unit * (100 - (line.discount or Decimal(0))) / 100
        count += abs(amount - line.price_subtotal) <= Decimal("0.011")
    return count


def _with_values(document: OrderDocument, name: str, found: Column) -> OrderDocument:
    lines, places_ = list(document.lines), dict(document.evidence)
    for index, (value, words) in found.items():
        if getattr(lines[index], name) != value:
            lines[index] = replace(lines[index], **{name: value})
            places_[f"lines.{index}.{name}"] = evidence(words)
    if _balanced(lines) < _balanced(document.lines):
        return document
    return replace(document, lines=tuple(lines), evidence=places_)


def _with_codes(document: OrderDocument, columns: Mapping[str, Column]) -> OrderDocument:
    """The lines with their codes; a code that moved no longer stands where it was."""
    lines, places_ = list(document.lines), dict(document.evidence)
    for path, found in columns.items():
        name = path.partition(".")[2]
        other = "our_code" if name == "partner_code" else "partner_code"
        for index, (text, words) in found.items():
            known = (getattr(lines[index], name), getattr(lines[index], other))
            # a code wrapped in its cell was read as a whole
            whole = [code for code in known if code and squash(code).startswith(squash(text))]
            text = max([text, *whole], key=len)
            line = replace(lines[index], **{name: text})
            places_[f"lines.{index}.{name}"] = evidence(words)
            moved = squash(getattr(line, other) or "") == squash(text)
            if moved and index not in columns.get(f"lines.{other}", {}):
                line = replace(line, **{other: None})
                places_.pop(f"lines.{index}.{other}", None)
            lines[index] = line
    return replace(document, lines=tuple(lines), evidence=places_)
