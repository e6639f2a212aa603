"""Blocks of labels and values -> the table they make: labels as heads, each block as a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .anchors import Row
from .columns import Grid
from .fields import COUNT, Field, Record, Strip
from .header import CODES, Head, Header
from .lexicon import Lexicon
from .lines import Box, Line
from .looks import CODE, looks
from .page import Word
from .roles import with_roles
from .rows import Item, Table


def tables_of(records: Sequence[Record], orphans: Sequence[Strip], words: Lexicon) -> list[Table]:
    """The blocks as rows of a table, a piece of it for each page.

    :param orphans: lines with labels that are in no block: rows that nobody read
    """
    heads, cells = _cells(records, words)
    lines = [
        Line([word for cell in row for word in cell] or record.strips[0].line.words)
        for record, row in zip(records, cells)
    ]
    read = dict(zip(lines, cells))
    grid = Grid(with_roles(Grid(heads, (), read), lines, words).heads, (), read)
    header = Header(grid.heads, (), 0.0)
    tables: dict[int, Table] = {}
    for record, line in zip(records, lines):
        for strip in record.strips:
            table = tables.setdefault(strip.line.page, Table(header, [grid]))
            if all(strip.printed is not printed for printed in table.lines):
                table.lines.append(strip.printed)
        tables[record.strips[0].line.page].items.append(_item(record, line, grid))
    result = [tables[page] for page in sorted(tables)]
    for strip in orphans:
        values = {item.key: item.value for item in strip.fields}
        row = [values.get(head.box.key, []) for head in heads]
        result[0].leading.append(Row(strip.line, grid, row))
    return result


def _cells(
    records: Sequence[Record], words: Lexicon
) -> tuple[tuple[Head, ...], list[list[list[Word]]]]:
    """The labels of all blocks as heads, and the values of each block in their order."""
    labels: dict[str, Field] = {}
    for item in (item for record in records for item in record.fields):
        labels.setdefault(item.key, item)
    heads = [Head(item.kind, Box(item.label)) for item in labels.values()]
    found = [{item.key: item.value for item in record.fields} for record in records]
    rows = [[values.get(key, []) for key in labels] for values in found]
    if not any(head.kind == "description" for head in heads):
        for kind, column in _of_texts(records, heads, words):
            heads.append(Head(kind, _bare(column), sure=kind != "code"))
            for row, cell in zip(rows, column):
                row.append(cell)
    return tuple(heads), rows


def _bare(column: Sequence[Sequence[Word]]) -> Box:
    """A head without words, above the first cell of a column."""
    first = next(cell[0] for cell in column if cell)
    return Box([first._replace(text="", y0=2 * first.y0 - first.y1, y1=first.y0)])


def _of_texts(
    records: Sequence[Record], heads: Sequence[Head], words: Lexicon
) -> Iterator[tuple[str, list[list[Word]]]]:
    """What the first texts of each block say under no label: a count, a code, the name."""
    kinds = {head.kind for head in heads}
    while any(record.free for record in records):
        texts = [list(record.free.pop(0).words) if record.free else [] for record in records]
        filled = [text for text in texts if text]
        if "pos" not in kinds and all(COUNT.match(text[0].text) for text in filled):
            kinds.add("pos")
            yield "pos", [text[:1] for text in texts]
            texts = [text[1:] for text in texts]
            filled = [text for text in texts if text]
        coded = filled and all(len(text) > 1 and CODE.match(text[0].text) for text in filled)
        if coded and not kinds & {"code", *CODES[1:4]}:
            kinds.add("code")
            yield "code", [text[:1] for text in texts]
            texts = [text[1:] for text in texts]
        if not filled:
            continue
        look = looks([" ".join(word.text for word in text) for text in filled], 2, words)
        named = look["description"] >= look["code"]
        yield "description" if named else "unknown", texts
        if named:
            return


def _item(record: Record, line: Line, grid: Grid) -> Item:
    """A block as the rows of an item: its values, and each further text as a line of its own."""
    kinds = grid.kinds
    column = kinds.index("description") if "description" in kinds else len(kinds) - 1
    top = next(strip.line for strip in record.strips if strip.fields)
    anchor = Row(line, grid, grid.cells(line))
    rows = {True: [], False: []}
    for box in record.free:
        cells: list[list[Word]] = [[] for _kind in kinds]
        cells[column] = list(box.words)
        rows[(box.page, box.y0) < (top.page, top.y0)].append(Row(Line(box.words), grid, cells))
    return Item([*rows[True], anchor, *rows[False]], anchor)
