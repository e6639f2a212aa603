"""A stripe of texts beside the item table: read on its own, not as part of the rows."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

from .header import find_headers, kind_of, names_columns
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


Part = tuple[Line, Sequence[Word]]
"""The words of a line that stand on one side of a gutter."""


class _Edges(NamedTuple):
    """A line, where each of its words begins, and how far the words up to each one reach."""

    line: Line
    starts: Sequence[float]
    ends: Sequence[float]


Cut = tuple[_Edges, int]
"""A line, and how many of its words stand left of a gutter."""


def sidebar_first(lines: Sequence[Line], words: Lexicon, language: str | None) -> list[Line]:
    """The lines of a page; those of a sidebar in front of the lines that stand beside it."""
    heads = {line.index for line in lines if names_columns(line, words)}
    for run in _gutters(lines) if heads else ():
        if heads.isdisjoint(edges.line.index for edges, _cut in run):
            continue
        sides = _sides(run)
        if not sides or not _has_texts(sides[0]):
            continue
        side, main = map(_lines, sides)
        if _is_sidebar(side, main, words, language):
            first, last = run[0][0].line.index, run[-1][0].line.index + 1
            ordered = [*lines[:first], *side, *main, *lines[last:]]
            return [
                Line(line.words, index=index, gap=line.gap) for index, line in enumerate(ordered)
            ]
    return list(lines)


def _gutters(lines: Sequence[Line]) -> Iterator[list[Cut]]:
    """Lines that follow each other and leave the same stripe blank, cut there."""
    page = [_edges(line) for line in lines]
    starts = Counter(round(part.x0) for line in lines for part in line.segments)
    for x, count in starts.most_common():
        if count < FEWEST:
            return
        cuts = [bisect_left(edges.starts, x - 1) for edges in page]
        blank = [not cut or edges.ends[cut - 1] <= x - GUTTER for edges, cut in zip(page, cuts)]
        for is_blank, run in groupby(range(len(page)), blank.__getitem__):
            found = list(run)
            if is_blank and len(found) > 2 * FEWEST:
                yield [(page[index], cuts[index]) for index in found]


def _edges(line: Line) -> _Edges:
    reach = accumulate([word.x1 for word in line.words], max)
    return _Edges(line, [word.x0 for word in line.words], list(reach))


def _sides(run: Sequence[Cut]) -> tuple[list[Part], list[Part]] | None:
    """What stands on the narrow side of a gutter, and on the other; None where none is narrow.

    Most gutters are those of tables, so the widths are taken before anything is cut.
    """
    left = [(edges, cut) for edges, cut in run if cut]
    right = [(edges, cut) for edges, cut in run if cut < len(edges.starts)]
    if not left or not right:
        return None
    width = max(one.ends[cut - 1] for one, cut in left) - min(one.starts[0] for one, _cut in left)
    other = max(one.ends[-1] for one, _cut in right) - min(one.starts[cut] for one, cut in right)
    if min(width, other) > WIDEST * (width + other):
        return None
    before = [(one.line, one.line.words[:cut]) for one, cut in left]
    behind = [(one.line, one.line.words[cut:]) for one, cut in right]
    return (before, behind) if width < other else (behind, before)


def _has_texts(side: Sequence[Part]) -> bool:
    """Are these lines enough, and at least half of them no mere figures?"""
    texts = sum(
        any(map(str.isalpha, "".join([word.text for word in part]))) for _line, part in side
    )
    return len(side) > FEWEST and 2 * texts >= len(side)


def _lines(parts: Sequence[Part]) -> list[Line]:
    return [Line(found, index=index, gap=line.gap) for index, (line, found) in enumerate(parts)]


def _is_sidebar(
    side: Sequence[Line], main: Sequence[Line], words: Lexicon, language: str | None
) -> bool:
    """Do these narrow texts begin above the rows of an item table and go on beside them?"""
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
