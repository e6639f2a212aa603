"""Orders in Excel, OpenDocument and CSV files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..document import ORDER_CHANGE, PURCHASE_ORDER, Evidence, OrderDocument
from ..layout.address import ends_with_place
from ..layout.classify import MARKS
from ..layout.lexicon import Lexicon, lexicon
from ..layout.text import has_digit, squash
from ..reader import Hints
from ..source import SHEETS, Source
from . import heads, ordered, parties, tables, typeset
from .tables import Row, Rows
from .typeset import Cell, Typesetter

TOP = 15  # rows above the items in which a number may stand
# Values of the whole order that flat files repeat on every row, by the word lists' label keys.
REPEATED = (
    "number",
    "order_date",
    "requested_date",
    "currency",
    "customer_no",
    "supplier_no",
    "revision",
    "payment",
    "incoterm",
    "contact",
    "phone",
    "email",
    "vat",
    "our_order",
)
DELIVERY = ("delivery_name", "delivery_street", "delivery_zip", "delivery_city")
"""An address over several columns, by the same keys."""


class SpreadsheetReader:
    """Sets each sheet on a page of its own and lets the layout engine read it."""

    code = "spreadsheet"
    cost = 20
    sandboxed = True

    def can_read(self, source: Source) -> bool:
        """Is it a spreadsheet, or a table of plain text?"""
        return source.kind in (*SHEETS, "encrypted")

    def read(self, source: Source, hints: Hints) -> tuple[OrderDocument, ...]:
        """The orders in it: one, or one for each sheet or order number that has items.

        :raises ReaderError: it cannot be opened, is locked, too large or empty
        """
        from ..layout.engine import read_pages

        found: list[OrderDocument] = []
        sheets = [ordered.tidied(rows) for rows in tables.sheets(source)]
        if len(sheets) == 1:
            sheets = [ordered.headed(sheets[0])]
        for group in _groups(sheets):
            pages = [_set(rows) for rows in group]
            documents = typeset.read(pages, lambda set_: read_pages(set_, hints), self.code)
            grid = [row for rows in group for row in rows]
            documents = tuple(titled(item, grid, self.code) for item in documents)
            found += [parties.apply(item, grid, hints, self.code) for item in documents]
        return tuple(found)


def _groups(sheets: Sequence[Rows]) -> list[list[Rows]]:
    """Sheets of one order together: covers belong to the first one with items, prose to none."""
    words = lexicon()
    sheets = _joined(sheets, words)
    orders = [
        part
        for rows in sheets
        if heads.find(rows, words) is not None
        for part in unfold(rows, words)
    ]
    rest = [rows for rows in sheets if heads.find(rows, words) is None]
    if not orders:
        return [list(sheets)]
    covers = [rows for rows in rest if ordered.is_cover(rows, words)]
    return [[*covers, orders[0]], *([part] for part in orders[1:])]


def _joined(sheets: Sequence[Rows], words: Lexicon) -> list[Rows]:
    """The sheets; a table that goes on on the next sheet, under the same head alone, in one."""
    result: list[Rows] = []
    for rows in sheets:
        at = heads.find(rows, words)
        before = result[-1] if result else []
        head = (
            heads.find(before, words) if at is not None and not any(map(any, rows[:at])) else None
        )
        # two bare lists may be two orders
        if head and any(map(any, before[:head])) and heads.same(rows[at], before[head]):
            end = _end(before, head)
            result[-1] = [*before[:end], *rows[at + 1 :], [], *before[end:]]
        else:
            result.append(rows)
    return result


def unfold(rows: Rows, words: Lexicon) -> list[Rows]:
    """Undo files that repeat the order's own values on every row.

    Such columns become label and value above the table; rows of several order numbers become
    several tables.
    """
    at = heads.find(rows, words)
    if at is None:
        return [rows]
    head = rows[at]
    end = next((index for index in range(at + 1, len(rows)) if not any(rows[index])), len(rows))
    items = rows[at + 1 : end]
    constant = [
        column
        for column, cell in enumerate(head)
        if cell and _is_repeated(cell.text, column, items, words)
    ]
    if not constant or len(items) < 1:
        return [rows]
    numbers = [column for column in constant if _label(head[column], words) == "number"]
    result = []
    for group in _by_value(items, numbers[0] if numbers else None):
        same = [column for column in constant if len({_text(row, column) for row in group}) == 1]
        named = {_fact(head[column], words): column for column in reversed(same)}
        place = [named.pop(kind) for kind in DELIVERY if kind in named]
        facts: Rows = [[head[column], group[0][column]] for column in same if column not in place]
        facts = [fact for fact in facts if fact[1]]
        facts += _delivery(head, group[0], place)
        table = [_without(row, same) for row in (head, *group)]
        result.append([*rows[:at], *facts, [], *table, *rows[end:]])
    return result


def _delivery(head: Row, row: Row, columns: Sequence[int]) -> Rows:
    """An address as the lines of a block: in one cell, or name or street, code and town."""
    cells = [cell for column in columns for cell in [row[column]] if cell]
    label = head[columns[0]] if columns else None
    if label and len(cells) == 1 and ends_with_place(cells[0].text):
        return [[], [Cell("Ship to", label.place, label.text), cells[0]], []]
    if len(cells) not in (len(DELIVERY) - 1, len(DELIVERY)) or label is None:
        return []
    first, *street, code, town = cells
    if not has_digit(code.text) or has_digit(town.text):
        return []
    place = Cell(f"{code.text} {town.text}", town.place)
    below: Rows = [[None, cell] for cell in (*street, place)]
    return [[], [Cell("Ship to", label.place, label.text), first], *below, []]


def _is_repeated(text: str, column: int, items: Rows, words: Lexicon) -> bool:
    """Does this column hold a value of the whole order?"""
    key = squash(text)
    labels = [kind for kind in words.kinds("label", key) if kind in (*REPEATED, *DELIVERY)]
    labels += [kind for kind in words.kinds("party", key) if kind in ("buyer", "delivery")]
    kinds = [kind for kind in heads.kinds(text, words) if kind != "ignore"]
    values = {_text(row, column) for row in items}
    if not labels or "" in values:
        return False
    # "Date" and "Reference" head columns of items as well: then only if all rows agree
    return not kinds or (len(values) == 1 and len(items) > 1)


def _label(cell: Cell | None, words: Lexicon) -> str | None:
    kinds = words.kinds("label", squash(cell.text)) if cell else []
    return kinds[0] if kinds else None


def _fact(cell: Cell | None, words: Lexicon) -> str | None:
    """What a column says of the whole order; "Deliver to" heads the name of a delivery address."""
    party = words.kinds("party", squash(cell.text)) if cell else []
    return "delivery_name" if "delivery" in party else _label(cell, words)


def _by_value(items: Rows, column: int | None) -> Iterable[Rows]:
    groups: dict[str, Rows] = {}
    for row in items:
        groups.setdefault(_text(row, column) if column is not None else "", []).append(row)
    return groups.values()


def _text(row: Row, column: int) -> str:
    cell = row[column] if column < len(row) else None
    return cell.text if cell else ""


def _without(row: Row, columns: Sequence[int]) -> Row:
    return [cell for index, cell in enumerate(row) if index not in columns]


def titled(document: OrderDocument, rows: Rows, reader: str) -> OrderDocument:
    """With the number that stands beside the title, or beside "No." on top of the sheet.

    On a vendor's own form the buyer's number stands under "your order".
    """
    words = lexicon()
    if document.number or document.document_type not in (PURCHASE_ORDER, ORDER_CHANGE):
        return document
    at = heads.find(rows, words)
    for row in rows[: min(at if at is not None else TOP, TOP)]:
        filled = [cell for cell in row if cell]
        for label, value in zip(filled, filled[1:], strict=False):
            key = squash(label.text)
            named = key in MARKS or words.means("label", key, "our_order")
            titled = len(filled) == 2 and key in words.type
            if (named or titled) and _is_number(value.text):
                place = Evidence(text=value.text, reader=reader, place=value.place)
                evidence = {**document.evidence, "number": place}
                return replace(document, number=value.text, evidence=evidence)
    return document


def _is_number(text: str) -> bool:
    return any(char.isdigit() for char in text) and len(text.split()) == 1


# setting ---------------------------------------------------------------------------------


def _set(rows: Rows) -> Typesetter:
    """One sheet as a page; text in front of and behind the table is set block by block."""
    page, words = Typesetter(), lexicon()
    at = heads.find(rows, words)
    end = _end(rows, at) if at is not None else len(rows)
    start = at if at is not None else len(rows)
    for block in _blocks(rows[:start]):
        page.table(_stacked(block, words), gap=0.1)
        page.skip()
    if at is not None:
        items, sums = heads.parted(heads.clarified(rows[at:end]))
        page.table(items, gap=0.6)
        page.skip()
        page.table(sums, gap=0.1)
        page.skip()
    for block in _blocks(rows[end:]):
        page.table(_stacked(block, words), gap=0.1)
        page.skip()
    return page


def _end(rows: Rows, at: int) -> int:
    """The index after the last row of the table: where rows are empty or have little left."""
    for index in range(at + 1, len(rows)):
        if not any(rows[index]):
            return index
    return len(rows)


def _blocks(rows: Rows) -> list[Rows]:
    """Rows between empty rows."""
    blocks: list[Rows] = [[]]
    for row in rows:
        if any(row):
            blocks[-1].append(row)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _stacked(block: Rows, words: Lexicon) -> Rows:
    """An address that runs along a row, behind its label, is set as the lines of a block."""
    result: Rows = []
    for row in block:
        filled = [cell for cell in row if cell]
        party = bool(filled) and squash(filled[0].text) in words.party
        if party and len(filled) > 2:
            result.append([filled[0], filled[1]])
            result += [[None, cell] for cell in filled[2:]]
        else:
            result.append(row)
    return result
