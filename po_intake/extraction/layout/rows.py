"""Table body -> items: lines are grouped around the row that holds the numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from .columns import Grid, grids
from .conditions import Condition, find_conditions
from .guess import with_guesses
from .header import CODES, Header
from .lexicon import LONGEST_PHRASE, Lexicon
from .lines import Line
from .page import Word
from .text import squash, without_rates

POSITION = re.compile(r"^\d{1,6}(?:[.\-/]\d{1,4})*[.)]?$")
QUANTITY = re.compile(
    r"^[^\w.,-]{0,2}-?\d[\d.,'\u2019]*(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?-?"
    r"(?:\s?[^\W\d_][\w.\u00b2\u00b3/ ]{0,14})?\.?$"
)
MONEY = re.compile(r"^\D{0,5}\d[\d.,' ]*(?:[.,]\d\d|$)")
NEAR = 1.6
"""Lines of one item follow each other within this many heights."""
FAR_BELOW = 2.4
"""A line further below an item than this many usual steps is no part of it."""


@dataclass
class Row:
    """One line of a table body with its words by column kind."""

    line: Line
    grid: Grid
    cells: list[list[Word]]

    def get(self, *kinds: str) -> list[Word]:
        """Words of the first filled column of one of these kinds."""
        for kind in kinds:
            for head, words in zip(self.grid.heads, self.cells):
                if head.kind == kind and words:
                    return words
        return []

    def text(self, *kinds: str) -> str:
        return " ".join(word.text for word in self.get(*kinds))


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


def read_table(header: Header, below: Sequence[Line], words: Lexicon) -> Table:
    """The items under a table head.

    :param below: the lines of the page under the head, up to the next head
    """
    conditions = find_conditions(below)
    below = _without(conditions, below)
    body = _until_totals(below, words)
    table = Table(header, [with_guesses(grid, body, words) for grid in grids(header, body)])
    _fill(table, below, words)
    _lessen(table, conditions)
    return table


def _without(conditions: Sequence[Condition], lines: Sequence[Line]) -> Sequence[Line]:
    taken = {id(line) for condition in conditions for line in condition.lines}
    return [line for line in lines if id(line) not in taken] if taken else lines


def _lessen(table: Table, conditions: Sequence[Condition]) -> None:
    """Give each item the discount that is printed under it."""
    by_line = {id(condition.above): condition for condition in conditions}
    for item in table.items if by_line else ():
        for row in item.rows:
            item.condition = item.condition or by_line.get(id(row.line))
        if item.condition:
            table.lines += item.condition.lines


def read_on(table_grids: list[Grid], lines: Sequence[Line], words: Lexicon) -> Table:
    """A table that goes on on the next page without a head."""
    table = Table(None, table_grids)
    conditions = find_conditions(lines)
    lines = _without(conditions, lines)
    rows = [_row(line, table_grids) for line in lines]
    first = next(
        (index for index, row in enumerate(rows) if _is_anchor(row, table_grids, words, True)), 0
    )
    # what stands apart above the first item is the head of the page
    while first and lines[first].middle - lines[first - 1].middle < NEAR * lines[first].height:
        first -= 1
    _fill(table, lines[first:], words, strict=True)
    _lessen(table, conditions)
    return table


def is_total(line: Line, words: Lexicon) -> str | None:
    """The kind of sum that a line prints, like ``net`` or ``carry``."""
    kinds = [total_kind(segment.words, words) for segment in line.segments]
    # "Delivery instructions" may stand beside the net total, and is no charge for delivery
    sums = [kind for kind in kinds if kind and kind != "charge"]
    return next(iter(sums or filter(None, kinds)), None)


def total_kind(printed: Sequence[Word], words: Lexicon) -> str | None:
    """What sum the first words name; the longest phrase wins."""
    return _total_kind(tuple(word.text for word in printed[:LONGEST_PHRASE]), words)


@lru_cache(maxsize=4096)
def _total_kind(texts: tuple[str, ...], words: Lexicon) -> str | None:
    for _size, key in words.starts(without_rates(texts), "total"):
        kinds = words.kinds("total", key)
        if kinds:
            return "carry" if "carry" in kinds and "charge" not in kinds else kinds[0]
    return None


def _until_totals(lines: Sequence[Line], words: Lexicon) -> Sequence[Line]:
    for index, line in enumerate(lines):
        if index and is_total(line, words) in ("net", "tax", "gross", "subtotal"):
            return lines[:index]
    return lines


def _fill(table: Table, lines: Sequence[Line], words: Lexicon, strict: bool = False) -> None:
    rows = [_row(line, table.grids) for line in lines]
    anchors = [
        index
        for index, row in enumerate(rows)
        if _is_anchor(row, table.grids, words, strict)
        and not (index and _is_row_of_sums(row, rows[index - 1], words))
    ]
    anchors = _after_sums(rows, _without_sums(rows, anchors, words), words)
    if not anchors:
        return
    end = _end(rows, anchors, words)
    rows = rows[:end]
    _group(table, rows, anchors, words)
    skipped = {id(line) for line in table.skipped}
    table.lines = [row.line for row in rows if id(row.line) not in skipped]


def _without_sums(rows: Sequence[Row], anchors: list[int], words: Lexicon) -> list[int]:
    """Amounts under the first sum are charges of the whole order, no items."""
    counted = [index for index in anchors if rows[index].get("quantity")]
    last = counted[-1] if counted else -1
    sums = ("net", "tax", "gross", "subtotal")
    end = next(
        (at for at in range(last + 1, len(rows)) if is_total(rows[at].line, words) in sums),
        len(rows),
    )
    return [index for index in anchors if index < end]


def _after_sums(rows: Sequence[Row], anchors: list[int], words: Lexicon) -> list[int]:
    """Anchors without the lines under the sums that only look like items."""
    if not anchors:
        return anchors
    numbered = POSITION.match(rows[anchors[0]].text("pos")) is not None
    kept: list[int] = []
    over = False
    for index in range(anchors[0], len(rows)):
        row = rows[index]
        over = over or is_total(row.line, words) in ("net", "tax", "gross")
        if index not in anchors:
            continue
        whole = bool(row.get("price")) and bool(row.get("amount")) and len(row.line.segments) > 3
        place = POSITION.match(row.text("pos")) if numbered else whole
        if not over or (place and not _starts_block(row, words)):
            kept.append(index)
    return kept


def _row(line: Line, choices: list[Grid]) -> Row:
    if len(choices) == 1:
        return Row(line, choices[0], choices[0].cells(line))
    options = [Row(line, grid, grid.cells(line)) for grid in choices]
    return max(options, key=_fits)


def _fits(row: Row) -> float:
    """How well the words of a line suit the columns of a grid."""
    score = 0.0
    for head, cell in zip(row.grid.heads, row.cells):
        if not cell:
            continue
        text = " ".join(word.text for word in cell)
        digits = any(char.isdigit() for char in text)
        if head.kind == "quantity":
            score += 1.0 if QUANTITY.match(_bare(text)) else -1.0
        elif head.kind in ("price", "amount"):
            score += 1.0 if MONEY.match(text) else -1.0
        elif head.kind == "pos":
            score += 1.0 if POSITION.match(text) else -1.0
        elif head.kind in CODES:
            score += 0.6 if digits and len(cell) <= 2 else -0.5
        elif head.kind == "description":
            score += 0.5 if not MONEY.search(text) else -0.5
    return score


def _bare(text: str) -> str:
    return re.sub(r"[€£$%]|\b(?:EUR|USD|GBP|CHF|PLN)\b", "", text).strip()


def _is_anchor(row: Row, choices: list[Grid], words: Lexicon, strict: bool) -> bool:
    """Does this line hold the numbers of an item?"""
    quantity = row.text("quantity")
    money = any(
        QUANTITY.match(_bare(text)) for text in (row.text("price"), row.text("amount")) if text
    )
    named = bool(row.get("description", *CODES, "pos"))
    counted = bool(quantity and QUANTITY.match(_bare(quantity)) and "%" not in quantity)
    priced = not quantity and money and named
    if not priced and not (counted and (named or money or len(choices) > 1)):
        return False
    if "%" in row.text("unit"):
        return False
    kind = is_total(row.line, words)
    if kind == "carry" or kind in ("net", "tax", "gross", "subtotal", "allowance"):
        return bool(counted and POSITION.match(row.text("pos")) and money)
    if not counted:
        return bool(row.get("amount")) and not strict and _priced(row, choices)
    whole = money and bool(row.get("price")) and bool(row.get("amount"))
    return not strict or whole or _full(row)


def _is_row_of_sums(row: Row, above: Row, words: Lexicon) -> bool:
    """Sums printed under their names, all in one line."""
    names = [total_kind(segment.words, words) for segment in above.line.segments]
    return sum(name is not None for name in names) >= 2 and not any(
        word.text.isalpha() and word.text.upper() != word.text for word in row.line.words
    )


def _priced(row: Row, choices: list[Grid]) -> bool:
    """A line with an amount but no quantity: a charge, or a table without quantities."""
    return bool(row.get("description", *CODES))


def _full(row: Row) -> bool:
    return sum(bool(cell) for cell in row.cells) >= min(4, len(row.cells))


def _end(rows: Sequence[Row], anchors: Sequence[int], words: Lexicon) -> int:
    """The index after the last line that can belong to the last item."""
    last = anchors[-1]
    pitches = sorted(
        rows[after].line.middle - rows[before].line.middle
        for before, after in zip(anchors, anchors[1:])
    )
    single = all(after - before == 1 for before, after in zip(anchors, anchors[1:]))
    if single and len(anchors) > 2 and last + 1 < len(rows):
        # where every item has one line, a line as far below as the next item would be is none
        gap = rows[last + 1].line.middle - rows[last].line.middle
        if gap > 0.95 * pitches[len(pitches) // 2]:
            return last + 1
    step = _step(rows[: last + 1])
    for index in range(last + 1, len(rows)):
        line, above = rows[index].line, rows[index - 1].line
        gap = line.middle - above.middle
        if gap > FAR_BELOW * step or is_total(line, words) or _starts_block(rows[index], words):
            return index
    return len(rows)


def _step(rows: Sequence[Row]) -> float:
    steps = sorted(below.line.middle - above.line.middle for above, below in zip(rows, rows[1:]))
    height = rows[0].line.height
    return max(steps[len(steps) // 4], 0.8 * height) if steps else 1.2 * height


def _starts_block(row: Row, words: Lexicon) -> bool:
    """Does a line under the table start something else: a label, an address, closing words?"""
    first = row.line.segments[0]
    for size in range(min(LONGEST_PHRASE, len(first.words)), 0, -1):
        key = squash("".join(word.text for word in first.words[:size]))
        if "stop" in words.kinds("word", key):
            return True
        party, label = key in words.party, key in words.label
        if (party or label) and (
            size == len(first.words) or first.words[size - 1].text[-1:] == ":"
        ):
            return not _names_item_value(key, words)
    return False


def _names_item_value(key: str, words: Lexicon) -> bool:
    return key in words.column and not words.means("column", key, "amount", "tax")


def _group(table: Table, rows: list[Row], anchors: list[int], words: Lexicon) -> None:
    starts = _starts(rows, anchors)
    item = None
    for index, row in enumerate(rows):
        kind = is_total(row.line, words) if index not in anchors else None
        if kind in ("carry", "net", "tax", "gross", "subtotal", "allowance"):
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
    gaps = [rows[index + 1].line.middle - rows[index].line.middle for index in range(before, after)]
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
    if row.grid.kinds[:1] != ("pos",) or len(row.line.segments) > 1:
        return False
    starts_left = first.x0 < row.grid.borders[0] and row.get("description")[:1] != [first]
    return starts_left and not any(char.isdigit() for char in first.text)
