"""Tables that people type into plain text: with tabs, with bars, or as labelled values."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..layout.lexicon import Lexicon, lexicon
from ..layout.text import squash, without_currency
from .flow import Block, Line, Table
from .typeset import Cell

_RULE = re.compile(r"^[\s|:+=_\u2500-\u257f-]*$")
_BETWEEN = re.compile(r"\s*[,;|]\s+|\s{2,}(?=\S)")
_CODES = ("code", "code_own", "code_your", "code_supplier", "code_customer", "barcode")
_STARTS = ("pos", "description", "quantity", *_CODES)
_ITEM = (*_STARTS, "unit", "price", "per", "amount", "discount", "date")

Rows = list["tuple[Cell | None, ...]"]


def recast(lines: Sequence[Line]) -> list[Block]:
    """The lines, with those that make a table as a table."""
    blocks: list[Block] = []
    position = 0
    while position < len(lines):
        for find in (_barred, _tabbed, _valued):
            rows, after = find(lines, position)
            if rows:
                blocks.append(Table(tuple(rows)))
                position = after
                break
        else:
            blocks.append(lines[position])
            position += 1
    return blocks


def _barred(lines: Sequence[Line], start: int) -> tuple[Rows, int]:
    """Rows with ``|`` between their cells, and rules between the rows."""
    rows: Rows = []
    position = start
    while position < len(lines):
        line = lines[position]
        text = line.text.strip()
        if _RULE.match(text) and text and (rows or "|" in text or "+" in text):
            position += 1
            continue
        if text.count("|") < 2:
            break
        rows.append(_cells(text.strip("|").split("|"), line.place))
        position += 1
    return (rows, position) if len(rows) > 1 else ([], start)


def _tabbed(lines: Sequence[Line], start: int) -> tuple[Rows, int]:
    """Rows with tabs between their cells; several tabs are one where they only align."""
    end = start
    while end < len(lines) and "\t" in lines[end].text.strip():
        end += 1
    if end - start < 2:
        return [], start
    single = [line.text.strip("\r\n ").split("\t") for line in lines[start:end]]
    if len({len(cells) for cells in single}) > 1:
        single = [re.split(r"\t+", line.text.strip()) for line in lines[start:end]]
    places = [line.place for line in lines[start:end]]
    return [_cells(cells, place) for cells, place in zip(single, places, strict=True)], end


def _valued(lines: Sequence[Line], start: int) -> tuple[Rows, int]:
    """Items as blocks of ``label: value``, one block for each item."""
    words = lexicon()
    heads: dict[str, Cell] = {}
    items: list[dict[str, Cell]] = []
    position = end = start
    while position < len(lines):
        line = lines[position]
        position += 1
        if not line.text.strip():
            continue
        values = _values(line, words)
        if not values or (not items and values[0][0] not in _STARTS):
            break
        for kind, label, value in values:
            if not items or kind in items[-1]:
                items.append({})
            heads.setdefault(kind, label)
            items[-1][kind] = value
        end = position
    whole = [item for item in items if "quantity" in item and len(item) > 1]
    if not whole or len(whole) < len(items) or not {*heads} & {"description", *_CODES}:
        return [], start
    rows: Rows = [tuple(heads.values())]
    rows += [tuple(item.get(kind) for kind in heads) for item in items]
    return rows, end


def _values(line: Line, words: Lexicon) -> list[tuple[str, Cell, Cell]]:
    """``(kind, label, value)`` of each label of a line; none where one is unknown."""
    parts = _BETWEEN.split(line.text.strip())
    found = [_value(part, line.place, words) for part in parts]
    if len(parts) > 1 and not all(kind for kind, _label, _value in found):
        found = [_value(line.text, line.place, words)]
    return [(kind, label, value) for kind, label, value in found if kind]


def _value(text: str, place: str, words: Lexicon) -> tuple[str | None, Cell, Cell]:
    label, colon, value = text.strip().partition(":")
    key = squash(re.sub(r"^[-*•\s]+", "", label))
    kinds = words.kinds("column", key) or words.kinds("column", without_currency(key))
    kind = next((kind for kind in kinds if kind in _ITEM), None)
    if not colon or not value.strip() or len(label.split()) > 4:
        kind = None
    if kind == "pos" and not value.strip().isdigit():
        kind = "code"  # "Item: 4711-B"
    head = "Item no." if kind == "code" else label.strip()
    return kind, Cell(head, place), Cell(value.strip(), place)


def _cells(texts: Sequence[str], place: str) -> tuple[Cell | None, ...]:
    return tuple(Cell(text.strip(), place) if text.strip() else None for text in texts)
