"""The x-ranges of a table's columns, anchored at the words of its head."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from .fit import FEWEST, Span, cell_columns, fitted
from .header import CODES, NUMERIC, Head, Header, kind_of, stacked
from .lexicon import lexicon
from .lines import Box, Line, overlap
from .page import Word, split_word
from .text import has_digit

GROUP = re.compile(r"^\d{3}(?:[.,]\d+)?$")
THOUSANDS = re.compile(r"^-?\d{1,3}$")
SEAM = re.compile(r"\d(?=[A-Z\u00c0-\u00de][^\W\d_A-Z])|[^\W\d_]{3}(?=\d{8})|[.,]\d\d(?=\d)")
COUNTED = re.compile(r"^\d{1,5}[.)]?$")
CODE = re.compile(r"^(?=.*\d)[A-Za-z0-9][\w./-]{3,}$")
ROWS = 40
"""More rows show nothing new."""
SHORTEST = 5
"""A word of fewer letters is not made of two."""
HEAD_WEIGHT = 1.4
"""A border through a head costs as much as one through this many rows."""
ENDS_IN_NUMBER = (*NUMERIC, "unit", "date", "unknown", "ignore")
TEXTS = ("description", *CODES)
START_WEIGHT = 0.8
"""How much a common start of words draws a border, per row."""
TWO = 0.6
"""Two heads name two columns if this share of the rows has both."""
BLANK_WEIGHT = 0.5
"""A border through a blank between two words of a text costs this share of a word."""


@dataclass(frozen=True)
class Grid:
    """Columns from left to right; ``borders`` are the x between each and the next."""

    heads: tuple[Head, ...]
    borders: tuple[float, ...]
    _read: dict[Line, list[list[Word]]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        return tuple(head.kind for head in self.heads)

    def cells(self, line: Line) -> list[list[Word]]:
        """The words of a line by column; a text that runs over its column stays together."""
        if line not in self._read:
            self._read[line] = self._cells(line)
        return self._read[line]

    def _cells(self, line: Line) -> list[list[Word]]:
        result: list[list[Word]] = [[] for _ in self.heads]
        column = 0
        if len(line.segments) == 1 and len(self.borders) > 2 and line.x1 < self.borders[-1]:
            start = sum((line.words[0].x0 + line.words[0].x1) / 2 > x for x in self.borders)
            if self.kinds[start] in TEXTS:
                result[start] = list(line.words)
                return result
        for word in self._parted(line.words):
            middle = (word.x0 + word.x1) / 2
            while column < len(self.borders) and middle > self.borders[column]:
                column += 1
            result[column].append(word)
        self._mend(result)
        return result

    def _parted(self, printed: Sequence[Word]) -> list[Word]:
        """Words that run over a border are cut where digits meet letters near to it."""
        result: list[Word] = []
        for word in printed:
            text = word.text
            if len(text) < SHORTEST or not has_digit(text) or not SEAM.search(text):
                result.append(word)
                continue
            size = (word.x1 - word.x0) / len(text)
            border = next(
                (x for x in self.borders if word.x0 + 1.5 * size < x < word.x1 - 1.5 * size), None
            )
            cut = _seam(word, border, size) if border is not None else None
            result += split_word(word, cut) if cut else [word]
        return result

    def _mend(self, cells: list[list[Word]]) -> None:
        """Words on the wrong side of a border go back where they belong.

        A number in front of the unit is the quantity; the end of a long description is nearer to
        the description than to the number; thousands parted by a blank may reach over a border.
        """
        for index, kind in enumerate(self.kinds[:-1]):
            right = cells[index + 1]
            if kind not in NUMERIC and self.kinds[index + 1] in NUMERIC and cells[index]:
                cut = _overrun(cells[index][-1], right)
                cells[index], cells[index + 1] = [*cells[index], *right[:cut]], right[cut:]
                right = cells[index + 1]
            if kind == "quantity" and not cells[index] and self.kinds[index + 1] == "unit":
                if len(right) > 1 and right[0].text[:1].isdigit():
                    cells[index], cells[index + 1] = right[:1], right[1:]
            elif (
                self.kinds[index + 1] in NUMERIC
                and kind in ENDS_IN_NUMBER
                and all(cells[index : index + 2])
            ):
                last, first = cells[index][-1], right[0]
                near = first.x0 - last.x1 < 0.5 * (first.y1 - first.y0)
                if near and GROUP.match(first.text) and THOUSANDS.match(last.text):
                    cells[index], cells[index + 1] = cells[index][:-1], [last, *right]


def _overrun(last: Word, cell: Sequence[Word]) -> int:
    """How many words at the start of a cell belong to the text that ends with ``last``."""
    if len(cell) < 2:
        return 0
    gaps = [right.x0 - left.x1 for left, right in zip((last, *cell), cell)]
    widest = max(range(1, len(gaps)), key=lambda item: gaps[item])
    size = last.y1 - last.y0
    if GROUP.match(cell[widest].text) and THOUSANDS.match(cell[widest - 1].text):
        widest -= 1
    near = all(gap < 0.45 * size for gap in gaps[:widest])
    if not widest:
        return 0
    return widest if near and gaps[widest] > 1.3 * max(gaps[:widest]) else 0


def _seam(word: Word, border: float, size: float) -> int | None:
    """Where a word was made of two: the change from digits to letters nearest to a border."""
    cuts = [
        (abs(word.x0 + match.end() * size - border), match.end())
        for match in SEAM.finditer(word.text)
    ]
    distance, cut = min(cuts, default=(99.0, 0))
    return cut if distance < 4 * size else None


def grids(header: Header, rows: Sequence[Line]) -> list[Grid]:
    """The grid of a head over these rows; two where the head names the columns of two rows.

    Programs like SAP print one item in two lines and so two lines of heads, whose columns do not
    stand under each other.
    """
    upper, lower = _two_rows(header)
    if lower:
        return [_grid(upper, rows), _grid(lower, rows)]
    return [fit(header.heads, rows)]


def refit(grid: Grid, rows: Sequence[Line]) -> Grid:
    """A grid of several, as the cells of its own rows show it; itself where they show little."""
    heads = grid.heads
    return fit(heads, rows) if len(cell_columns(rows, heads)) >= FEWEST else grid


def fit(heads: Sequence[Head], rows: Sequence[Line]) -> Grid:
    """The grid of these heads, as the cells of these rows show it."""
    found = fitted(heads, rows, lambda left, right: _two_cells(left, right, rows))
    named = [stacked(head, lexicon()) for head, _span in found]
    return _with_codes_apart(_grid(named, rows, [span for _head, span in found]), rows)


def _with_codes_apart(grid: Grid, rows: Sequence[Line]) -> Grid:
    """The grid; with two columns where each position stands close to a code: "010 P17377"."""
    first = grid.heads[0]
    if first.kind != "pos" or "quantity" not in grid.kinds:
        return grid
    cells = [grid.cells(line)[0] for line in rows if line.figures >= 2][:ROWS]
    pairs = [cell for cell in cells if len(cell) == 2 and COUNTED.match(cell[0].text)]
    pairs = [pair for pair in pairs if CODE.match(pair[1].text)]
    if len(pairs) < max(2, TWO * sum(map(bool, cells))):
        return grid
    left, right = max(pos.x1 for pos, _code in pairs), min(code.x0 for _pos, code in pairs)
    if left >= right or any(code.x0 - right > 2 for _pos, code in pairs):
        return grid
    border = (left + right) / 2
    over = [word for word in first.box.words if (word.x0 + word.x1) / 2 > border]
    before = [word for word in first.box.words if word not in over]
    if not before or not over:
        return grid
    heads = Head("pos", Box(before)), Head(kind_of(over, lexicon()) or "unknown", Box(over))
    return Grid((*heads, *grid.heads[1:]), (border, *grid.borders))


def _two_cells(left: Head, right: Head, rows: Sequence[Line]) -> bool:
    """Do the rows show two cells under two heads: apart, and aligned as columns are?"""
    border = _grid([left, right], rows).borders[0]
    low, high = left.box.x0 - 5, right.box.x1 + 5
    filled = both = 0
    starts: list[float] = []
    for line in rows:
        if _weight(line) < 0.6:
            continue
        around = [word for word in line.words if word.x1 > low and word.x0 < high]
        behind = [word for word in around if (word.x0 + word.x1) / 2 > border]
        filled += len(behind) < len(around)
        if behind and len(behind) < len(around):
            slack = 0.5 * line.height
            both += not any(
                word.x0 < border - slack and word.x1 > border + slack for word in around
            )
            starts.append(behind[0].x0 if right.kind not in NUMERIC else 0.0)
    aligned = max((sum(abs(x - y) < 2 for y in starts) for x in starts), default=0)
    return min(both, aligned) >= TWO * filled > 0


def _two_rows(header: Header) -> tuple[Sequence[Head], Sequence[Head]]:
    if len(header.lines) < 2:
        return header.heads, ()
    cut = header.lines[0].middle + 0.5 * header.lines[0].height
    if not all(_flat(head) for head in header.heads):
        return header.heads, ()
    upper = [head for head in header.heads if head.box.middle < cut]
    lower = [head for head in header.heads if head not in upper]
    clash = sum(overlap(above.box, below.box) > 2 for above in upper for below in lower)
    known = [head for head in lower if head.kind not in ("unknown", "ignore")]
    if len(known) >= 2 and len(upper) >= 2 and (clash or _named_above(upper, lower)):
        return upper, lower
    return header.heads, ()


def _named_above(upper: Sequence[Head], lower: Sequence[Head]) -> bool:
    """Do the upper heads say what, and the lower ones how much?"""
    kinds = {head.kind for head in upper}
    figures = {head.kind for head in lower}
    return (
        bool(kinds & {"description", *CODES})
        and not kinds & set(NUMERIC)
        and not figures & {"description", *CODES}
        and "quantity" in figures
        and bool(figures & {"price", "amount"})
    )


def _flat(head: Head) -> bool:
    return head.box.y1 - head.box.y0 < 1.5 * head.box.height


class _Run(NamedTuple):
    """The words of a row, how much they count, and where each starts."""

    weight: float
    words: Sequence[Word]
    starts: Sequence[float]
    widest: float

    def near(self, low: float, high: float) -> Sequence[Word]:
        """The words that may reach into a stretch."""
        first = bisect_left(self.starts, low - self.widest)
        return self.words[first : bisect_left(self.starts, high, first)]


def _run(line: Line) -> _Run:
    words = line.words
    widest = max(word.x1 - word.x0 for word in words)
    return _Run(_weight(line), words, [word.x0 for word in words], widest)


def _grid(heads: Sequence[Head], rows: Sequence[Line], spans: Sequence[Span | None] = ()) -> Grid:
    """The columns of these heads.

    :param spans: where the cells under each head stand, as far as that is known
    """
    runs = [_run(line) for line in rows]
    ends = [*(head.box.x0 for head in heads[2:]), 1e9]
    cells = spans or [None] * len(heads)
    borders = [
        _border(left, right, end, runs, *between)
        for left, right, end, between in zip(heads, heads[1:], ends, zip(cells, cells[1:]))
    ]
    return Grid(tuple(heads), tuple(borders))


def _weight(line: Line) -> float:
    """Rows with several numbers show the columns; text in between shows little."""
    return 1.0 if line.figures >= 3 else 0.6 if line.figures == 2 else 0.15


def _border(
    left: Head,
    right: Head,
    end: float,
    rows: Sequence[_Run],
    before: Span | None = None,
    behind: Span | None = None,
) -> float:
    """The x between two heads that cuts the fewest words, in the middle of the widest blank.

    :param end: where the next head starts
    :param before: where the cells of the left column stand, if they show it
    :param behind: where those of the right column stand
    """
    low = sum(before) / 2 if before else left.center
    high = behind[0] + 1 if behind else right.center
    if high - low < 1:
        return (low + high) / 2
    covers = [(head.box.x0, head.box.x1, HEAD_WEIGHT) for head in (left, right)]
    for run in rows:
        last = None
        for _text, x0, y0, x1, y1, _page, _sure in run.near(low - 20, high + 20):
            if x1 <= low - 20:
                continue
            covers.append((x0, x1, run.weight))
            if last is not None and x0 - last < 0.4 * (y1 - y0):
                covers.append((last, x0, run.weight * BLANK_WEIGHT))
            last = x1
    changes: list[tuple[float, float]] = []
    for x0, x1, weight in covers:
        if x0 < high and x1 > low and x0 < x1:
            changes += (max(x0, low), weight), (min(x1, high), -weight)
    if right.kind not in NUMERIC and not behind:
        changes += _column_start(low, high, rows)
    gaps = _least_covered(low, high, changes)
    if len(gaps) > 1 and right.kind in NUMERIC and left.kind in ENDS_IN_NUMBER:
        filled = [_filled(gap, left.box.x0 - 10, end, rows) for gap in gaps]
        gaps = [gap for gap, count in zip(gaps, filled) if count == max(filled)]
    start, stop = max(gaps, key=lambda gap: gap[1] - gap[0])
    return (start + stop) / 2


def _filled(gap: tuple[float, float], low: float, high: float, rows: Sequence[_Run]) -> int:
    """How many rows have words on both sides of a border.

    Numbers to the right under heads to the left stand nearer to the next head than to their own.
    """
    middle = (gap[0] + gap[1]) / 2
    return sum(
        any(low < x < middle for x in run.starts) and any(middle < x < high for x in run.starts)
        for run in rows
        if run.weight >= 0.6
    )


def _column_start(low: float, high: float, rows: Sequence[_Run]) -> list[tuple[float, float]]:
    """Where most rows start a word at the same x, a column of text starts."""
    full = [run.starts for run in rows if run.weight >= 0.6]
    starts = Counter(round(x) for xs in full for x in xs if low < x < high)
    result = []
    for x, count in starts.items():
        if count >= 3 and count >= 0.7 * len(full):
            result += [(x - 1.6, -count * START_WEIGHT), (x - 0.4, count * START_WEIGHT)]
    return result


def _least_covered(
    low: float, high: float, changes: list[tuple[float, float]]
) -> list[tuple[float, float]]:
    """The stretches that the fewest words cover."""
    changes.sort()
    best: list[tuple[float, float]] = []
    best_depth, depth, at = 1e9, 0.0, low
    for x, change in [*changes, (high, 0.0)]:
        if x > at:
            if depth < best_depth - 1e-6:
                best, best_depth = [], depth
            if abs(depth - best_depth) <= 1e-6:
                if best and best[-1][1] == at:
                    best[-1] = (best[-1][0], x)
                else:
                    best.append((at, x))
            at = x
        depth += change
    return best or [(low, high)]


def numeric(kind: str) -> bool:
    """Do cells of this column hold numbers?"""
    return kind in NUMERIC
