"""Table body -> items: lines are grouped around the row that holds the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .anchors import POSITION, Row, find_anchors, is_anchor, is_total, row_of, starts_block
from .columns import Grid, grids, refit
from .conditions import Condition, discount_of, find_conditions
from .header import CODES, Header
from .lexicon import Lexicon
from .lines import Line
from .roles import with_roles
from .text import has_digit

SAME_PLACE = 1.5
"""Points by which a head on the next page may be off."""
NEAR = 1.6
"""Lines of one item follow each other within this many heights."""
HYPHENS = "-/._"
"""A code that ends so goes on in the next line."""
SHORTEST_NAME = 4
"""Letters of a sub-heading; fewer may be the end of a code."""
OF_TWO = 1.5
"""The same for a line further below two items than their distance by this factor."""
FAR_BELOW = 2.4
"""A line further below an item than this many usual steps is no part of it."""


@dataclass
class Item:
    """The rows of one item; ``anchor`` holds its numbers."""

    rows: list[Row] = field(default_factory=list)
    anchor: Row | None = None
    condition: Condition | None = None


@dataclass
class Table:
    """A piece of an item table on one page."""

    header: Header | None
    grids: list[Grid]
    items: list[Item] = field(default_factory=list)
    leading: list[Row] = field(default_factory=list)
    headings: list[Row] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    skipped: list[Line] = field(default_factory=list)
    ends: dict[int, Line] = field(default_factory=dict)
    """The last line of the conditions under a line, by the line's id."""


def read_table(
    header: Header, below: Sequence[Line], words: Lexicon, before: Table | None = None
) -> Table:
    """The items under a table head.

    :param below: the lines of the page under the head, up to the next head
    :param before: the piece of the table above; under the same head it has the same columns
    """
    conditions = find_conditions(below)
    ends, below = _without(conditions, below)
    if before and before.header and _is_repeated(header, before.header):
        choices = before.grids
    else:
        choices = _grids(header, _until_totals(below, words), words)
    table = Table(header, choices, ends=ends)
    _fill(table, below, words)
    _lessen(table, conditions)
    return table


def _is_repeated(header: Header, other: Header) -> bool:
    """Are these the same heads in the same places, as on the next page of a table?"""
    return len(header.heads) == len(other.heads) and all(
        head.box.key == known.box.key and abs(head.box.x0 - known.box.x0) < SAME_PLACE
        for head, known in zip(header.heads, other.heads)
    )


def _grids(header: Header, body: Sequence[Line], words: Lexicon) -> list[Grid]:
    """The columns under a head and what they hold."""
    choices = grids(header, body)
    if len(choices) == 1:
        return [with_roles(choices[0], body, words)]
    rows = [row_of(line, choices) for line in body]
    result = []
    for grid in choices:
        own = [row.line for row in rows if row.grid is grid]
        result.append(with_roles(refit(grid, own), own, words))
    return result


def _without(
    conditions: Sequence[Condition], lines: Sequence[Line]
) -> tuple[dict[int, Line], Sequence[Line]]:
    """The lines without conditions, and where the conditions under a line end."""
    taken = {id(line) for condition in conditions for line in condition.lines}
    ends: dict[int, Line] = {}
    kept: list[Line] = []
    for line in lines:
        if id(line) not in taken:
            kept.append(line)
        elif kept:
            ends[id(kept[-1])] = line
    return ends, kept


def _lessen(table: Table, conditions: Sequence[Condition]) -> None:
    """Give each item the discount that is printed under it."""
    by_line = {id(condition.above): condition for condition in conditions}
    for item in table.items if by_line else ():
        for row in item.rows:
            item.condition = item.condition or by_line.get(id(row.line))
        if item.condition:
            table.lines += item.condition.lines


def read_on(before: Table, lines: Sequence[Line], words: Lexicon) -> Table:
    """A table that goes on on the next page without a head.

    :param before: the piece of the table on an earlier page
    """
    grids, start = before.grids, _text_start(before)
    conditions = find_conditions(lines)
    ends, lines = _without(conditions, lines)
    table = Table(None, grids, ends=ends)
    rows = [row_of(line, grids) for line in lines]
    first = next((index for index, row in enumerate(rows) if is_anchor(row, grids, words, True)), 0)
    # what stands apart above the first item is the head of the page
    while first:
        gap, size = lines[first].middle - lines[first - 1].middle, lines[first].height
        if gap > NEAR * size and (gap > FAR_BELOW * size or not _is_text(rows[first - 1], start)):
            break
        first -= 1
    _fill(table, lines[first:], words, strict=True)
    _lessen(table, conditions)
    return table


def carry_over(above: Table, below: Table) -> None:
    """Give the last item of a page the lines of its text that stand on top of the next one."""
    start = _text_start(above)
    while below.leading and above.lines[-1].page < below.leading[0].line.page:
        if not _is_text(below.leading[0], start):
            break
        above.items[-1].rows.append(below.leading.pop(0))


def _text_start(table: Table) -> float | None:
    """Where the texts of the last item begin."""
    starts = [text[0].x0 for row in table.items[-1].rows if (text := row.get("description"))]
    return starts[-1] if starts else None


def _is_text(row: Row, start: float | None) -> bool:
    """Is it nothing but text, that begins where other texts do?"""
    text = row.get("description")
    return (
        start is not None
        and len(text) == len(row.line.words)
        and abs(text[0].x0 - start) < SAME_PLACE
    )


def _until_totals(lines: Sequence[Line], words: Lexicon) -> Sequence[Line]:
    for index, line in enumerate(lines):
        if index and is_total(line, words) in ("net", "tax", "gross", "subtotal"):
            return lines[:index]
    return lines


def _fill(table: Table, lines: Sequence[Line], words: Lexicon, strict: bool = False) -> None:
    rows = [row_of(line, table.grids) for line in lines]
    for row in rows:
        row.end = table.ends.get(id(row.line))
    anchors = find_anchors(rows, table.grids, words, strict)
    if not anchors:
        return
    end = _end(rows, anchors, words)
    rows = rows[:end]
    _group(table, rows, anchors, words)
    skipped = {id(line) for line in table.skipped}
    table.lines = [row.line for row in rows if id(row.line) not in skipped]


def _end(rows: Sequence[Row], anchors: Sequence[int], words: Lexicon) -> int:
    """The index after the last line that can belong to the last item."""
    last = anchors[-1]
    pitches = sorted(
        rows[after].line.middle - rows[before].line.middle
        for before, after in zip(anchors, anchors[1:])
    )
    single = all(after - before == 1 for before, after in zip(anchors, anchors[1:]))
    if single and pitches and last + 1 < len(rows):
        # where every item has one line, a line as far below as the next item would be is none
        gap = rows[last].down_to(rows[last + 1])
        if gap > (0.95 if len(anchors) > 2 else OF_TWO) * pitches[len(pitches) // 2]:
            return last + 1
    step = _step(rows[: last + 1])
    for index in range(last + 1, len(rows)):
        line, gap = rows[index].line, rows[index - 1].down_to(rows[index])
        total = is_total(line, words) and not _lessens(rows[index], words)
        if index == last + 1 and _names_goods(rows[index], rows[last], words):
            total = False
        if gap > FAR_BELOW * step or total or starts_block(rows[index], words):
            return index
    return len(rows)


def _names_goods(row: Row, anchor: Row, words: Lexicon) -> bool:
    """Is it the text of an item that only begins like a charge ("Packing tape")?"""
    text = anchor.get("description")
    return bool(text) and is_total(row.line, words) == "charge" and _is_text(row, text[0].x0)


def _step(rows: Sequence[Row]) -> float:
    steps = sorted(above.down_to(below) for above, below in zip(rows, rows[1:]))
    height = rows[0].line.height
    return max(steps[len(steps) // 4], 0.8 * height) if steps else 1.2 * height


def _group(table: Table, rows: list[Row], anchors: list[int], words: Lexicon) -> None:
    starts = _starts(rows, anchors)
    item = None
    for index, row in enumerate(rows):
        kind = is_total(row.line, words) if index not in anchors else None
        if kind in ("carry", "net", "tax", "gross", "subtotal", "allowance") and not (
            _lessens(row, words)
        ):
            table.skipped.append(row.line)
            continue
        if index in starts:
            item = Item()
            table.items.append(item)
        if item is None:
            table.leading.append(row)
            continue
        item.rows.append(row)
        if index in anchors and (item.anchor is None or _better(row, item.anchor)):
            item.anchor = row
    for item in table.items:
        _drop_heading(table, item)


def _lessens(row: Row, words: Lexicon) -> bool:
    """Is it the discount of an item, not of the whole order, which has an amount?"""
    return not row.get("amount") and discount_of(row.line, words) is not None


def _better(row: Row, anchor: Row) -> bool:
    return not anchor.get("quantity") and bool(row.get("quantity"))


def _starts(rows: list[Row], anchors: list[int]) -> set[int]:
    """Indexes of the lines with which items start."""
    numbered = [
        index
        for index, row in enumerate(rows)
        if POSITION.match(row.text("pos")) and len(row.get("pos")) == 1
    ]
    leads = [index for index in numbered if index not in anchors]
    if leads and len(numbered) >= 0.8 * len(anchors) and _each_has_anchor(numbered, anchors):
        return set(numbered)
    bottom = _is_bottom(rows, anchors)
    result = {
        after: _split(rows, before, after, bottom) for before, after in zip(anchors, anchors[1:])
    }
    centred = any(start < anchor for anchor, start in result.items())
    first = 0 if bottom else anchors[0] - _lead(rows, anchors[0], centred)
    return {first, *result.values()}


def _each_has_anchor(numbered: list[int], anchors: list[int]) -> bool:
    ends = [*numbered[1:], 10**9]
    return all(
        any(start <= anchor < end for anchor in anchors) for start, end in zip(numbered, ends)
    )


def _is_bottom(rows: list[Row], anchors: list[int]) -> bool:
    """Do the numbers stand in the last line of each item?"""
    return (
        anchors[0] > 0
        and anchors[-1] == len(rows) - 1
        and all(after - before > 1 for before, after in zip(anchors, anchors[1:]))
        and bool(rows[anchors[0] - 1].get("description", *CODES))
        and not rows[anchors[0]].get("description")
    )


def _lead(rows: list[Row], first: int, centred: bool) -> int:
    """How many lines above the first anchor belong to its item.

    :param centred: whether the numbers of other items stand in the middle of their lines
    """
    count = 0
    while count < first and _tight(rows[first - count - 1], rows[first - count]):
        count += 1
    if not (centred or count) or count == first:
        return count
    # what stands above the numbers of a centred item stands below them as well
    anchor = rows[first].line
    under = [row.line.middle - anchor.middle for row in rows[first + 1 : first + 5]]
    for lead in range(first, count, -1):
        top = rows[first - lead]
        plain = all(not row.get("quantity", "amount") for row in rows[first - lead : first])
        height = anchor.middle - top.line.middle
        if plain and lead < 5 and any(abs(height - depth) < 2 for depth in under):
            return lead
    return count


def _tight(above: Row, below: Row) -> bool:
    """Lines so close that they can only be parts of one cell, centred on the numbers' line."""
    return below.line.middle - above.line.middle < 0.9 * min(above.line.height, below.line.height)


def _split(rows: list[Row], before: int, after: int, bottom: bool) -> int:
    """Index at which the item of the second of two anchors starts."""
    if after == before + 1:
        return after
    if bottom:
        return before + 1
    gaps = [rows[index].down_to(rows[index + 1]) for index in range(before, after)]
    widest = max(gaps)
    if widest > 1.18 * min(gaps):
        last = max(index for index, gap in enumerate(gaps) if gap > 0.97 * widest)
        return before + last + 1
    return after


def _drop_heading(table: Table, item: Item) -> None:
    """A line of words only, far from the item or left of its text, is a sub-heading."""
    if item.anchor is None:
        return
    kept = []
    for row in item.rows:
        if row is not item.anchor and _is_heading(row, item.anchor):
            table.headings.append(row)
        else:
            kept.append(row)
    item.rows = kept


def _is_heading(row: Row, anchor: Row) -> bool:
    first = row.line.words[0]
    if len(row.line.segments) > 1:
        return False
    if row.grid.kinds[:1] != ("pos",):
        return _is_under_code(row, anchor)
    starts_left = first.x0 < row.grid.borders[0] and row.get("description")[:1] != [first]
    return starts_left and not has_digit(first.text)


def _is_under_code(row: Row, anchor: Row) -> bool:
    """Words alone under the codes of the first column; a code that goes on there has a digit."""
    above = anchor.cells[0][-1].text if anchor.cells[0] else ""
    return (
        row.grid is anchor.grid
        and row.grid.kinds[0] in CODES
        and bool(row.cells[0])
        and has_digit(above)
        and above[-1] not in HYPHENS
        and not has_digit(row.line.text)
        and len(row.line.key) >= SHORTEST_NAME
    )
