"""A stripe of texts beside the item table: read on its own, not as part of the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from .header import find_headers, kind_of
from .lexicon import Lexicon
from .lines import Line, beside
from .page import Word

GUTTER = 10.0
"""Points of blank paper that part a sidebar from the page."""
WIDEST = 0.4
"""A sidebar takes at most this share of the printed width."""
FEWEST = 3
"""Lines of a sidebar that stand above the rows; fewer may be anything."""
LEVEL = 0.05
"""Cells of a row differ in height by less than this share of it."""
COLUMN = 0.5, 0.8
"""Texts level with so many of the rows are a column: under what may be its head, or nothing."""


def sidebar_first(lines: Sequence[Line], words: Lexicon, language: str | None) -> list[Line]:
    """The lines of a page; those of a sidebar in front of the lines that stand beside it."""
    for run, x in _gutters(lines):
        left, right = _sides(run, x)
        for side, main in ((left, right), (right, left)):
            if _is_sidebar(side, main, words, language):
                first, last = run[0].index, run[-1].index + 1
                ordered = [*lines[:first], *side, *main, *lines[last:]]
                return [
                    Line(line.words, index=index, gap=line.gap)
                    for index, line in enumerate(ordered)
                ]
    return list(lines)


def _gutters(lines: Sequence[Line]) -> Iterator[tuple[list[Line], float]]:
    """Lines that follow each other and leave the same stripe blank, and the right end of it."""
    starts = Counter(round(part.x0) for line in lines for part in line.segments)
    for x, count in starts.most_common():
        if count < FEWEST:
            return
        for crossed, run in groupby(lines, partial(_crosses, x=x)):
            found = list(run)
            if not crossed and len(found) > 2 * FEWEST:
                yield found, x


def _crosses(line: Line, x: float) -> bool:
    return any(word.x0 < x - 1 and word.x1 > x - GUTTER for word in line.words)


def _sides(run: Sequence[Line], x: float) -> tuple[list[Line], list[Line]]:
    """The lines left and right of a gutter."""
    left = [(line, [word for word in line.words if word.x0 < x - 1]) for line in run]
    right = [(line, [word for word in line.words if word.x0 >= x - 1]) for line in run]
    return _lines(left), _lines(right)


def _lines(parts: Sequence[tuple[Line, list[Word]]]) -> list[Line]:
    filled = [(line, found) for line, found in parts if found]
    return [Line(found, index=index, gap=line.gap) for index, (line, found) in enumerate(filled)]


def _is_sidebar(
    side: Sequence[Line], main: Sequence[Line], words: Lexicon, language: str | None
) -> bool:
    """Are these narrow texts, that begin above the rows of an item table and go on beside them?"""
    if len(side) <= FEWEST or not main or _width(side) > WIDEST * (_width(side) + _width(main)):
        return False
    if 2 * sum(any(map(str.isalpha, line.text)) for line in side) < len(side):
        return False
    headers = find_headers(main, words, language)
    if not headers:
        return False
    head = headers[0].lines
    above = sum(line.middle < head[-1].y1 for line in side)
    if above < FEWEST or above == len(side):
        return False
    named = [part for line in side for part in line.segments if any(beside(part, h) for h in head)]
    if any(kind_of(part.words, words) for part in named):
        return False
    rows = [line for line in main[head[-1].index + 1 :] if line.figures >= 2]
    level = sum(any(_level(row, line) for line in side) for row in rows)
    return level <= COLUMN[0 if named else 1] * len(rows)


def _level(row: Line, line: Line) -> bool:
    return abs(row.middle - line.middle) < LEVEL * min(row.height, line.height)


def _width(lines: Sequence[Line]) -> float:
    return max(line.x1 for line in lines) - min(line.x0 for line in lines)
