"""The rows of a worksheet's table that are ordered, without what people leave between them.

Order forms list everything a vendor sells, of which only rows with a quantity are ordered; blank
rows, headings and repeated heads stand between items.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..layout.lexicon import LONGEST_PHRASE, Lexicon, lexicon
from ..layout.text import squash
from . import heads, parties
from .heads import CODES
from .typeset import Cell

Row = list["Cell | None"]
Rows = list[Row]

BETWEEN = 3  # rows that may stand between two items of one table
LEAST, MOST = 2, 8  # columns of a table without a head
_ZERO = re.compile(r"[0.,\s-]*(?:[€$£]|EUR)?\s*")
_NUMBER = re.compile(r"-?\d[\d.,' ]*(?:\s*[^\W\d]{1,8}\.?)?")
_WHOLE = re.compile(r"\d{1,6}(?:[.,]0+)?")
_DECIMAL = re.compile(r"\d+[.,]\d{1,4}")
_CODE = re.compile(r"(?=.*\d)[\w./+-]{4,30}")


class Columns:
    """Where the columns of a table stand, by the kinds their heads can mean."""

    def __init__(self, head: Sequence[Cell | None], words: Lexicon) -> None:
        self.kinds = [heads.kinds(cell.text, words) if cell else [] for cell in head]

    def text(self, row: Sequence[Cell | None], *kinds: str) -> str:
        """The first filled cell of a row under such a head."""
        for column, found in enumerate(self.kinds):
            cell = row[column] if column < len(row) else None
            if cell and found and found[0] in kinds:
                return cell.text
        return ""

    def is_item(self, row: Sequence[Cell | None]) -> bool:
        """Is it a row with a quantity and something to order?"""
        goods = self.text(row, "description", *CODES, "barcode")
        return bool(goods and _NUMBER.fullmatch(self.text(row, "quantity").strip()))

    def is_left_out(self, row: Sequence[Cell | None]) -> bool:
        """Is it something that could be ordered, and is not?"""
        quantity, amount = self.text(row, "quantity"), self.text(row, "amount")
        offered = self.text(row, *CODES, "barcode", "price", "unit")
        empty = _ZERO.fullmatch(quantity) and _ZERO.fullmatch(amount)
        return bool(empty and offered and self.text(row, "description", *CODES))

    def is_heading(self, row: Sequence[Cell | None]) -> bool:
        """Is it a single text that is neither a name nor the rest of one?"""
        filled = [column for column, cell in enumerate(row) if cell]
        if len(filled) != 1 or filled[0] >= len(self.kinds):
            return False
        cell = row[filled[0]]
        return "description" not in self.kinds[filled[0]][:1] and not _NUMBER.fullmatch(cell.text)


def tidied(rows: Rows) -> Rows:
    """The sheet with its table in one piece, and only what is ordered in it."""
    words = lexicon()
    at = heads.find(rows, words)
    if at is None:
        return rows
    columns = Columns(rows[at], words)
    if not any("quantity" in found[:1] for found in columns.kinds):
        return rows
    end = _end(rows, at, columns, words)
    table = rows[at + 1 : end]
    kept = [row for row in table if any(row) and not columns.is_heading(row)]
    kept = [row for row in kept if not heads.same(row, rows[at])]
    ordered = [row for row in kept if not columns.is_left_out(row)]
    if any(columns.is_item(row) for row in ordered):
        kept = ordered
    return [*rows[: at + 1], *kept, *rows[end:]]


def _end(rows: Rows, at: int, columns: Columns, words: Lexicon) -> int:
    """The index behind the last row that belongs to the table, gaps and headings passed over."""
    end = at + 1
    for index in range(at + 1, len(rows)):
        row = rows[index]
        if not columns.is_item(row) and _is_fact(row, words):
            break
        if columns.is_item(row) or columns.is_left_out(row):
            if _is_sum(row, words):
                break
            end = index + 1
        elif any(row) and index == end and not _is_sum(row, words) and not columns.is_heading(row):
            end = index + 1
        elif index - end >= BETWEEN:
            break
    return end


def _is_fact(row: Row, words: Lexicon) -> bool:
    """Does a label stand in front of a value, as under the items of some forms?"""
    filled = [cell for cell in row if cell]
    return len(filled) == 2 and parties.is_label(filled[0], words)


def _is_sum(row: Row, words: Lexicon) -> bool:
    first = next((cell.text.split() for cell in row if cell), [])
    return any(
        words.knows("total", squash("".join(first[:size])))
        for size in range(min(len(first), LONGEST_PHRASE), 0, -1)
    )


def is_cover(rows: Rows, words: Lexicon) -> bool:
    """Does a sheet without items say anything about the order, in front of a value?"""
    return any(cell and parties.is_label(cell, words) for row in rows for cell in row)


def headed(rows: Rows) -> Rows:
    """A bare list of codes and quantities with the heads that its cells stand for.

    Only where every row has the same cells and they can be understood in one way.
    """
    filled = [row for row in rows if any(row)]
    shape = {tuple(cell is not None for cell in row) for row in filled}
    if len(filled) < 2 or len(shape) != 1 or heads.find(rows, lexicon(), 1) is not None:
        return rows
    wide = len(filled[0])
    texts = [[row[column].text for row in filled if row[column]] for column in range(wide)]
    names = [_meant(cells) if cells else None for cells in texts]
    known = [name for name in names if name]
    if not LEAST <= len(known) <= MOST or len(known) != len({*known}) or None in names:
        return rows
    if not {"Item no.", "Qty"} <= {*known}:
        return rows
    head = [Cell(name, cell.place) for name, cell in zip(names, filled[0]) if name and cell]
    return [head, *filled]


def _meant(texts: Sequence[str]) -> str | None:
    words = lexicon()
    if all("unit" in words.kinds("word", squash(text)) for text in texts):
        return "Unit"
    if all(_WHOLE.fullmatch(text) for text in texts):
        return "Qty"
    if all(_DECIMAL.fullmatch(text) for text in texts):
        return "Unit price"
    if all(_CODE.fullmatch(text) for text in texts) and len({*texts}) == len(texts):
        return "Item no."
    return "Description" if all(any(map(str.isalpha, text)) for text in texts) else None
