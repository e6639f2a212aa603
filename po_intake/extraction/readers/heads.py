"""Heads of item tables that say less than their columns do.

"Item" may head positions, codes or descriptions, "Artikel" codes or descriptions. Where the cells
of a column are known exactly, they tell which; such a head is then written so that it can be
understood in one way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..layout.lexicon import LONGEST_PHRASE, Lexicon, lexicon
from ..layout.text import squash, without_currency
from .typeset import Cell

Row = Sequence["Cell | None"]

PIECES = frozenset(
    "pcs pieces stuck stueck stk stuks pezzi pz sztuk szt uds unidades pecas".split()
)
CODES = ("code", "code_own", "code_your", "code_supplier", "code_customer")
_CODE = re.compile(r"^(?=.*\d)[\w./+-]{3,30}$")


def kinds(text: str, words: Lexicon) -> list[str]:
    """What a cell can mean as the head of a column."""
    key = squash(text)
    found = words.kinds("column", key) or words.kinds("column", without_currency(key))
    return found or (["quantity"] if _is_counted(key, words) else [])


def _names_fact(text: str, words: Lexicon) -> bool:
    """Does a cell name a value of the whole order, which flat files repeat on every row?"""
    key = squash(text)
    return not kinds(text, words) and (words.knows("label", key) or words.knows("party", key))


def _is_counted(key: str, words: Lexicon) -> bool:
    """Is it a unit of pieces, which people write above quantities: "Pcs", "Stück"?"""
    return key in PIECES and "unit" in words.kinds("word", key)


def find(rows: Sequence[Row], words: Lexicon, least: int = 2) -> int | None:
    """Index of the row that names the columns of the items; ``None`` if there is none.

    :param least: so many different columns must be named
    """
    best, best_score = None, least - 1
    for index, row in enumerate(rows[:200]):
        filled = [cell for cell in row if cell and not _names_fact(cell.text, words)]
        named = [found for cell in filled for found in [kinds(cell.text, words)] if found]
        meant = {kind for found in named for kind in found} - {"ignore"}
        if not meant & {"quantity", "amount", "price"} or len(named) < len(filled) / 2:
            continue
        if len(named) > best_score and len(meant) >= least:
            best, best_score = index, len(named)
    return best


def same(row: Row, head: Row) -> bool:
    """Does a row repeat the head of its table?"""
    texts = [squash(cell.text) for cell in row if cell]
    return len(texts) > 1 and texts == [squash(cell.text) for cell in head if cell]


def clarified(rows: Sequence[Row]) -> list[Row]:
    """The rows of a table, with heads that the cells below make clear."""
    words = lexicon()
    at = find(rows, words)
    if at is None:
        return list(rows)
    below = rows[at + 1 :]
    head = list(rows[at])
    meant = [kinds(cell.text, words) if cell else [] for cell in head]
    described = any("description" in found for found in meant)
    for column, (cell, found) in enumerate(zip(head, meant, strict=True)):
        if cell is None or not found:
            continue
        if not words.kinds("column", squash(cell.text)) and _is_counted(squash(cell.text), words):
            head[column] = Cell("Qty", cell.place, cell.text)
            continue
        texts = [row[column].text for row in below if column < len(row) and row[column]]
        if not texts:
            continue
        wordy = sum(len(text.split()) > 1 for text in texts) * 2 > len(texts)
        coded = sum(bool(_CODE.match(text)) for text in texts) * 2 > len(texts)
        counted = all(re.fullmatch(r"\d{1,5}[.)]?", text) for text in texts)
        if not described and wordy and (found[0] == "pos" or set(found) & set(CODES)):
            head[column] = Cell("Description", cell.place, cell.text)
            described = True
        elif "pos" in found and coded and not (counted and _rises(texts)):
            head[column] = Cell("Item no.", cell.place, cell.text)
    return [*rows[:at], head, *below]


def parted(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The items, and the sums that stand in the same table below them."""
    words = lexicon()
    at = find(rows, words)
    if at is None:
        return list(rows), []
    for index in range(at + 2, len(rows)):
        if all(_is_sum(row, words) for row in rows[index:] if any(row)):
            sums = [[cell for cell in row if cell] for row in rows[index:]]
            # once freight at 7.50 is 7.50: the name and the amount say it all
            return list(rows[:index]), [[row[0], row[-1]] for row in sums if row]
    return list(rows), []


def _is_sum(row: Row, words: Lexicon) -> bool:
    """A name of a sum or charge, and hardly more than its amount."""
    filled = [cell for cell in row if cell]
    if not 2 <= len(filled) <= 3:
        return False
    parts = filled[0].text.split()
    return any(
        words.knows("total", squash("".join(parts[:size])))
        for size in range(min(len(parts), LONGEST_PHRASE), 0, -1)
    )


def _rises(texts: Sequence[str]) -> bool:
    numbers = [int(re.sub(r"\D", "", text)) for text in texts]
    return all(left < right for left, right in zip(numbers, numbers[1:], strict=False))
