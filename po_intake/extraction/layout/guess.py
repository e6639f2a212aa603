"""Columns whose heads no word list knows, by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..normalize import find_dates
from .columns import Grid
from .header import CODES, Head
from .lexicon import Lexicon, months
from .lines import Line
from .text import squash

POSITION = re.compile(r"^\d{1,6}(?:[.\-/]\d{1,4})*[.)]?$")
GTIN = re.compile(r"^\d{12,14}$")
CODE = re.compile(r"^(?=.*\d)[A-Z0-9][A-Z0-9./_-]{3,}$")
BASIS = re.compile(r"^(?:1|10|100|1[.,]?000|10[.,]?000)$")
NUMBER = re.compile(r"^\D{0,3}\d[\d.,' ]*\D{0,3}$")
COUNTED = re.compile(r"^\d[\d.,' ]*\s[^\W\d_]{1,8}\.?$")
MOST = 0.7
"""Share of the filled cells that must agree."""


def with_guesses(grid: Grid, rows: Sequence[Line], words: Lexicon) -> Grid:
    """The grid with kinds for unknown columns, where the content leaves no doubt."""
    doubtful = {"unknown", "pos"} & set(grid.kinds)
    twice = any(grid.kinds.count(kind) > 1 for kind in ("price", "description", "code"))
    if not doubtful and not twice:
        return grid
    columns: list[list[str]] = [[] for _head in grid.heads]
    for line in rows:
        if line.figures < 2:
            continue
        for column, cell in zip(columns, grid.cells(line)):
            if cell:
                column.append(" ".join(word.text for word in cell))
    heads = _code_for_name(_per_for_price(list(grid.heads), columns), columns)
    for index, head in enumerate(heads):
        if head.kind == "pos" and columns[index]:
            heads[index] = replace(head, kind=_no_position(columns[index], heads))
        elif head.kind == "unknown" and columns[index]:
            known = {item.kind for item in heads}
            kind = _kind(columns[index], index, known, words)
            heads[index] = replace(head, kind=kind or "unknown")
    return Grid(tuple(heads), grid.borders) if tuple(heads) != grid.heads else grid


def _no_position(cells: Sequence[str], heads: Sequence[Head]) -> str:
    """ "Item" and "No." may head positions, codes or descriptions."""
    known = {head.kind for head in heads}
    places = [cell.split()[0] for cell in cells if POSITION.match(cell.split()[0])]
    if len(places) >= 0.5 * len(cells):
        return "pos" if known & set(CODES) or _counts(places) else "code"
    codes = sum(bool(CODE.match(cell)) for cell in cells)
    if not known & set(CODES) and codes >= MOST * len(cells):
        return "code"
    texts = sum(len(cell) > 6 and any(char.isalpha() for char in cell) for cell in cells)
    if "description" not in known and texts >= MOST * len(cells):
        return "description"
    return "pos"


def _counts(places: Sequence[str]) -> bool:
    """Do they go up, or are they short? Codes of digits come in any order."""
    numbers = [tuple(int(part) for part in re.findall(r"\d+", place)) for place in places]
    return numbers == sorted(numbers) or max(len(place) for place in places) < 4


def _code_for_name(heads: list[Head], columns: Sequence[Sequence[str]]) -> list[Head]:
    """ "Product" beside "Description" heads codes."""
    names = [index for index, head in enumerate(heads) if head.kind == "description"]
    for index in names if len(names) > 1 else ():
        cells = columns[index]
        codes = sum(bool(CODE.match(cell)) for cell in cells)
        if cells and codes >= MOST * len(cells) and not {head.kind for head in heads} & set(CODES):
            heads[index] = replace(heads[index], kind="code")
            break
    return _name_for_code(heads, columns)


def _name_for_code(heads: list[Head], columns: Sequence[Sequence[str]]) -> list[Head]:
    """Of two columns of codes, like "Code" and "Article", one may hold the names."""
    codes = [index for index, head in enumerate(heads) if head.kind == "code"]
    if len(codes) > 1 and "description" not in {head.kind for head in heads}:
        for index in codes:
            cells = columns[index]
            texts = sum(" " in cell and not CODE.match(cell.split()[0]) for cell in cells)
            if cells and texts >= MOST * len(cells):
                heads[index] = replace(heads[index], kind="description")
                break
    return heads


def _per_for_price(heads: list[Head], columns: Sequence[Sequence[str]]) -> list[Head]:
    """ "Price unit" may mean the price of a unit, or the quantity the price is for."""
    prices = [index for index, head in enumerate(heads) if head.kind == "price"]
    for index in prices if len(prices) > 1 else ():
        cells = columns[index]
        if cells and all(BASIS.match(cell) for cell in cells):
            heads[index] = replace(heads[index], kind="per")
            break
    return heads


def _kind(cells: Sequence[str], index: int, known: set[str], words: Lexicon) -> str | None:
    def most(count: int) -> bool:
        return count >= MOST * len(cells)

    if index == 0 and "pos" not in known and most(sum(bool(POSITION.match(c)) for c in cells)):
        numbers = [int(re.sub(r"\D", "", cell)) for cell in cells if POSITION.match(cell)]
        return "pos" if numbers == sorted(set(numbers)) else None
    if "barcode" not in known and most(sum(bool(GTIN.match(cell)) for cell in cells)):
        return "barcode"
    if "unit" not in known and most(
        sum(words.means("word", squash(cell), "unit") for cell in cells)
    ):
        return "unit"
    if "date" not in known and most(sum(bool(find_dates(cell, months())) for cell in cells)):
        return "date"
    numbers = most(sum(bool(NUMBER.match(cell)) for cell in cells))
    if "quantity" not in known and "unit" not in known:
        if most(sum(bool(COUNTED.match(cell)) for cell in cells)) and known & {"price", "amount"}:
            return "quantity"
    for kind in ("quantity", "price", "amount"):
        if numbers and kind not in known and len(known & {"quantity", "price", "amount"}) >= 1:
            return kind
    if not known & set(CODES) and most(sum(bool(CODE.match(cell)) for cell in cells)):
        return "code"
    if "description" not in known and most(
        sum(len(cell) > 8 and any(char.isalpha() for char in cell) for cell in cells)
    ):
        return "description"
    return None
