"""The x-ranges of a table's columns, anchored at the words of its head."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from .header import CODES, NUMERIC, Head, Header
from .lexicon import lexicon
from .lines import Box, Line, overlap
from .page import Word, split_word
from .text import has_digit, squash

GROUP = re.compile(r"^\d{3}(?:[.,]\d+)?$")
THOUSANDS = re.compile(r"^-?\d{1,3}$")
SEAM = re.compile(r"\d(?=[A-Z\u00c0-\u00de][^\W\d_A-Z])|[^\W\d_]{3}(?=\d{8})|[.,]\d\d(?=\d)")
SHORTEST = 5
"""A word of fewer letters is not made of two."""
HEAD_WEIGHT = 1.4
"""A border through a head costs as much as one through this many rows."""
ENDS_IN_NUMBER = (*NUMERIC, "unit", "date", "unknown", "ignore")
START_WEIGHT = 0.8
"""How much a common start of words draws a border, per row."""
NAMED = 0.6
"""A column holds names if this share of its cells does."""
WIDE = 0.45
"""A blank wider than this share of the height parts a quantity from its unit's column."""
BLANK_WEIGHT = 0.5
"""A border through a blank between two words of a text costs this share of a word."""


PAIRS = {"quantity": ("quantity", "unit"), "description": ("code", "description")}
"""Heads of two neighbours that read like one head of this kind."""


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
        """The words of a line by column."""
        if line not in self._read:
            self._read[line] = self._cells(line)
        return self._read[line]

    def _cells(self, line: Line) -> list[list[Word]]:
        result: list[list[Word]] = [[] for _ in self.heads]
        column = 0
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
            if len(word.text) < SHORTEST or not SEAM.search(word.text):
                result.append(word)
                continue
            size = (word.x1 - word.x0) / len(word.text)
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
    return [_with_description(_apart(_grid(header.heads, rows), rows), rows)]


def _apart(grid: Grid, rows: Sequence[Line]) -> Grid:
    """The grid with "Quantity Unit" or "Code Name" as two columns where the rows show two."""
    for index, head in enumerate(grid.heads):
        halves = _halves(head, grid.kinds)
        if halves is None:
            continue
        parted = _grid([*grid.heads[:index], *halves, *grid.heads[index + 1 :]], rows, grid)
        cells = [parted.cells(line)[index : index + 2] for line in rows if _weight(line) >= 1]
        filled = [pair for pair in cells if pair[0]]
        apart = sum(
            bool(right) and right[0].x0 - left[-1].x1 > WIDE * (right[0].y1 - right[0].y0)
            for left, right in filled
        )
        if filled and apart >= NAMED * len(filled):
            return parted
    return grid


def _halves(head: Head, known: Sequence[str]) -> tuple[Head, Head] | None:
    """The two heads that one head like "Quantity Unit" is made of."""
    kinds = PAIRS.get(head.kind)
    if not kinds or sum(kind in known for kind in kinds) > 1 or not _flat(head):
        return None
    printed = head.box.words
    for cut in range(1, len(printed)):
        keys = [squash("".join(w.text for w in part)) for part in (printed[:cut], printed[cut:])]
        if all(lexicon().means("column", key, kind) for key, kind in zip(keys, kinds)):
            return Head(kinds[0], Box(printed[:cut])), Head(kinds[1], Box(printed[cut:]))
    return None


def _with_description(grid: Grid, rows: Sequence[Line]) -> Grid:
    """The grid, with a column "Article" as its description where it holds names, not codes."""
    if "description" in grid.kinds:
        return grid
    full = [grid.cells(line) for line in rows if _weight(line) >= 0.6]
    for index, kind in enumerate(grid.kinds):
        filled = [cells[index] for cells in full if cells[index]] if kind == "code" else []
        named = sum(_is_name(cell) for cell in filled)
        if named and named >= NAMED * len(filled):
            heads = list(grid.heads)
            heads[index] = replace(heads[index], kind="description")
            return Grid(tuple(heads), grid.borders)
    return grid


def _is_name(cell: Sequence[Word]) -> bool:
    """Several words, the first without a digit: a code in front would have one."""
    return (
        len(cell) > 1
        and not has_digit(cell[0].text)
        and any(char.islower() for word in cell for char in word.text)
    )


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


def _grid(heads: Sequence[Head], rows: Sequence[Line], like: Grid | None = None) -> Grid:
    """The grid of these heads.

    :param like: a grid of the same rows: its borders between the same heads are taken over
    """
    known = dict(zip(_neighbours(like.heads), like.borders)) if like else {}
    runs = [_run(line) for line in rows]
    borders = [
        known[place] if place in known else _border(*place, runs) for place in _neighbours(heads)
    ]
    return Grid(tuple(heads), tuple(borders))


def _neighbours(heads: Sequence[Head]) -> Iterator[tuple[Head, Head, float]]:
    """Each head with the next one, and where the one after that starts."""
    return zip(heads, heads[1:], [*(head.box.x0 for head in heads[2:]), 1e9])


def _weight(line: Line) -> float:
    """Rows with several numbers show the columns; text in between shows little."""
    return 1.0 if line.figures >= 3 else 0.6 if line.figures == 2 else 0.15


def _border(left: Head, right: Head, end: float, rows: Sequence[_Run]) -> float:
    """The x between two heads that cuts the fewest words, in the middle of the widest blank.

    :param end: where the next head starts
    """
    low, high = left.center, right.center
    if high - low < 1:
        return (low + high) / 2
    covers = [(head.box.x0, head.box.x1, HEAD_WEIGHT) for head in (left, right)]
    for run in rows:
        before = None
        for _text, x0, y0, x1, y1, _page, _sure in run.near(low - 20, high + 20):
            if x1 <= low - 20:
                continue
            covers.append((x0, x1, run.weight))
            if before is not None and x0 - before < 0.4 * (y1 - y0):
                covers.append((before, x0, run.weight * BLANK_WEIGHT))
            before = x1
    changes: list[tuple[float, float]] = []
    for x0, x1, weight in covers:
        if x0 < high and x1 > low and x0 < x1:
            changes += (max(x0, low), weight), (min(x1, high), -weight)
    if right.kind not in NUMERIC:
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
