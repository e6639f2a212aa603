"""Item tables whose head nobody knows: found by their rows, in which figures multiply.

Quantity times price is the amount, in whatever language the columns are named. Rows in which
three figures that stand under each other do so are items; what stands above the first is the head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from ..normalize import balanced, decimal_mark, to_decimal
from .columns import GROUP
from .header import Head, Header, heads_of, is_data
from .lexicon import Lexicon
from .lines import Box, Line
from .looks import MONEY
from .page import Word

NUMBER = re.compile(r"^\W{0,3}(?:[A-Z]{2,3})?\W{0,2}\d[\d.,'\u2019]*(?:\W{0,3}|[A-Z]{3})$")
THOUSANDS = re.compile(r"^\W?\d{1,3}$")
TOUCHING = 0.4
"""Groups of thousands stand nearer to each other than this share of their height."""
FEWEST = 3
"""A row of fewer figures has no quantity, price and amount."""
MOST_FIGURES = 10
"""Of longer rows the last so many are tried."""
AMONG_LAST = 3
"""The amount is one of so many figures at the end of a row."""
SAMPLE = 12
"""So many rows are compared with all others."""
ABOVE = 5
"""The head stands at most so many lines above the figures of the first item."""
STACKED = 1.45
"""Lines of one head follow each other within so many heights."""
BASES = (Decimal(1), Decimal(10), Decimal(100), Decimal(1000))
NOTHING, HUNDRED = Decimal(0), Decimal(100)


class Figure(NamedTuple):
    """A printed number of a row."""

    text: str
    x0: float
    x1: float
    percent: bool = False

    def under(self, other: Figure | Box) -> bool:
        return min(self.x1, other.x1) > max(self.x0, other.x0)


class Product(NamedTuple):
    """Three figures of a line of which the last is the product of the others.

    :param telling: neither factor is one
    """

    line: Line
    figures: tuple[Figure, Figure, Figure]
    telling: bool

    def like(self, other: Product) -> bool:
        return all(one.under(two) for one, two in zip(self.figures, other.figures))


def find_bodies(
    lines: Sequence[Line], before: Sequence[Header], words: Lexicon, language: str | None
) -> list[Header]:
    """The heads of the item tables of a page, whatever they say; none where nothing multiplies.

    :param before: the heads of earlier pages: a page without these heads goes on with their table
    """
    if before:
        bands = _alike(lines, before[0].lines)
        return [heads_of(band, max(band, key=_width), words, language) for band in bands]
    products = [list(_products(line)) for line in lines]
    rows = _rows([found for found in products if found])
    telling = sum(row.telling for row in rows)
    if not telling:
        return []
    band = head_above(lines, rows[0].line, rows[0].figures)
    if band:
        bands = _alike(lines, band)
        return [heads_of(band, max(band, key=_width), words, language) for band in bands]
    return [bare_head(rows[0].line)] if telling > 1 else []


# ---------------------------------------------------------------------------------- rows
def _rows(products: Sequence[Sequence[Product]]) -> list[Product]:
    """The rows whose products stand under each other; the largest such group."""
    best: list[Product] = []
    for one in (product for found in products[:SAMPLE] for product in found):
        alike = [next((other for other in found if one.like(other)), None) for found in products]
        rows = [row for row in alike if row]
        if _worth(rows) > _worth(best):
            best = rows
    return best


def _worth(rows: Sequence[Product]) -> tuple[int, int]:
    return sum(row.telling for row in rows), len(rows)


def _products(line: Line) -> Iterator[Product]:
    """The products among the figures of a line that has a text, too."""
    if line.figures < FEWEST or not any(_is_text(word.text) for word in line.words):
        return
    figures = _figures(line)[-MOST_FIGURES:]
    for amount in figures[-AMONG_LAST:]:
        if amount.percent or not MONEY.search(amount.text):
            continue
        before = [figure for figure in figures if figure.x1 <= amount.x0]
        for left, right in combinations([one for one in before if not one.percent], 2):
            others = [one for one in before if one not in (left, right)]
            factors = _multiply(left, right, amount, others)
            if factors:
                yield Product(line, (left, right, amount), 1 not in factors)


def _is_text(text: str) -> bool:
    return sum(map(str.isalnum, text)) > 2 and not NUMBER.match(text)


def _figures(line: Line) -> list[Figure]:
    """The numbers of a line, thousands parted by blanks joined."""
    result: list[Figure] = []
    last: Word | None = None
    for word, behind in zip(line.words, [*line.words[1:], None]):
        if not NUMBER.match(word.text):
            continue
        percent = "%" in word.text or (behind is not None and behind.text[:1] == "%")
        near = last is not None and word.x0 - last.x1 < TOUCHING * (word.y1 - word.y0)
        if near and GROUP.match(word.text) and THOUSANDS.match(last.text):
            before = result.pop()
            result.append(Figure(f"{before.text} {word.text}", before.x0, word.x1, percent))
        else:
            result.append(Figure(word.text, word.x0, word.x1, percent))
        last = word
    return result


def _multiply(
    left: Figure, right: Figure, amount: Figure, others: Sequence[Figure]
) -> tuple[Decimal, Decimal] | None:
    """The two factors if their product is the amount, perhaps less a discount or per 100."""
    for mark in [decimal_mark(amount.text)] if decimal_mark(amount.text) else ",.":
        total = to_decimal(amount.text, mark)
        one, two = to_decimal(left.text, mark), to_decimal(right.text, mark)
        if not (total and one and two):
            continue
        values = [to_decimal(figure.text, mark) for figure in others]
        for basis in [BASES[0], *(value for value in values if value in BASES[1:])]:
            for less in [NOTHING, *(value for value in values if value and 0 < value < HUNDRED)]:
                if balanced(one, two, less, basis, total):
                    return one, two
    return None


# ---------------------------------------------------------------------------------- heads
def head_above(
    lines: Sequence[Line], row: Line, columns: Sequence[Box | Figure], least: int = 3
) -> list[Line]:
    """The lines above the first row of a table that name its columns.

    :param columns: cells of the row; two must have names over them
    :param least: so many names stand in a head
    """
    first = row.index
    for index in range(first - 1, max(first - 1 - ABOVE, -1), -1):
        if _names(lines[index], columns, least):
            break
    else:
        return []
    top = bottom = index
    while bottom + 1 < first and _stacked(lines[bottom], lines[bottom + 1]):
        bottom += 1
    while top and bottom - top < 2 and _stacked(lines[top - 1], lines[top]):
        top -= 1
    return list(lines[top : bottom + 1])


def _names(line: Line, columns: Sequence[Box | Figure], least: int) -> bool:
    """Does a line without figures have words over these columns, and elsewhere?"""
    boxes = [Figure(part.text, part.x0, part.x1) for part in line.segments]
    over = [any(box.under(column) for box in boxes) for column in columns]
    return len(boxes) >= least and sum(over) >= 2 and not is_data(line)


def _stacked(above: Line, below: Line) -> bool:
    step = below.middle - above.middle
    return (
        step < STACKED * max(above.height, below.height)
        and not is_data(above)
        and not is_data(below)
    )


def _width(line: Line) -> int:
    return len(line.segments)


def _alike(lines: Sequence[Line], band: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """All places of a page where the lines of a head stand; none where they have no words."""
    keys = [line.key for line in band]
    for index in range(len(lines) - len(band) if any(keys) else 0):
        found = lines[index : index + len(band)]
        if [line.key for line in found] == keys:
            yield found


def bare_head(line: Line) -> Header:
    """Heads without words, over a table that has none.

    :param line: its first row
    """
    heads = [
        Word("", part.x0, line.y0 - line.height, part.x1, line.y0, line.page)
        for part in line.segments
    ]
    above = Line(heads, index=line.index - 1, gap=line.gap)
    return Header(tuple(Head("unknown", Box([word])) for word in heads), (above,), 0.0)
