"""HTML and Word as a flow of paragraphs and tables, ready to be set.

Cells of tables that only arrange others (every mail program writes such) are set one after the
other; tables of text are set as tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ..layout.lexicon import lexicon
from ..reader import BrokenSource, EmptySource
from . import heads, unseen
from .typeset import Cell, Typesetter

COLUMNS = 100

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_SILENT = frozenset(
    ["head", "style", "script", "template", "noscript", "object", "svg", "select", "option"]
)


@dataclass(frozen=True)
class Table:
    """Rows of cells; ``None`` where a cell is empty or covered by a wider one."""

    rows: tuple[tuple[Cell | None, ...], ...]


class Line(Cell):
    """A line of plain text, whose blanks mean something."""


Block = Cell | Table
"""A paragraph, a line, or a table."""


def set_blocks(blocks: Sequence[Block], page: Typesetter) -> None:
    """Set blocks below each other."""
    for block in blocks:
        if isinstance(block, Table):
            page.skip(0.5)
            items, sums = heads.parted(heads.clarified(block.rows))
            page.table(items)
            page.skip()
            page.table(sums, gap=0.1)
            page.skip(0.5)
        elif isinstance(block, Line):
            page.line(block.text, block.place)
        elif block.text:
            page.paragraph(block.text, block.place)
        else:
            page.skip(0.7)


def grid(blocks: Sequence[Block]) -> list[tuple[Cell | None, ...]]:
    """Blocks as rows: a paragraph has one row for each of its lines."""
    rows: list[tuple[Cell | None, ...]] = []
    for block in blocks:
        if isinstance(block, Table):
            rows += block.rows
        else:
            parts = block.text.splitlines()
            rows += [(Cell(part, block.place),) for part in parts] or [(None,)]
    return rows


def lines(blocks: Sequence[Block]) -> list[Cell]:
    """The text line by line; rows of tables whose columns nobody named are lines as well."""
    found: list[Cell] = []
    for block in blocks:
        if isinstance(block, Line):
            found.append(block)
        elif isinstance(block, Cell):
            found += [Cell(part, block.place) for part in block.text.splitlines() or [""]]
        elif heads.find(block.rows, lexicon()) is None:
            for row in block.rows:
                cells = [cell for cell in row if cell]
                found.append(Cell(" ".join(cell.text for cell in cells), cells[0].place))
    return found


def paragraphs(cells: Sequence[Cell]) -> list[int]:
    """Numbers of the lines that begin a paragraph; in plain text nothing tells."""
    return [
        number
        for number, (above, cell) in enumerate(pairwise(cells), 1)
        if not isinstance(cell, Line) and cell.place != above.place
    ]


def html(text: str) -> list[Block]:
    """The blocks of an HTML page.

    :raises BrokenSource: it is no HTML at all
    :raises EmptySource: it has no element
    """
    root = _parsed(text)
    return list(_Html(root).blocks(root))


def left_out(text: str) -> str:
    """What :func:`html` leaves out of a page because nobody sees it."""
    return unseen.text_of(_parsed(text))


def _parsed(text: str) -> Any:
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenSource(str(error)[:200]) from error
    if root is None:
        raise EmptySource
    unseen.inline(root)
    return root


class _Html:
    """Walks a page; text gathers until a block element ends the line."""

    def __init__(self, root: Any) -> None:
        self.tree = root.getroottree()
        self.gathered: list[str] = []
        self.place = ""

    def blocks(self, element: Any) -> Iterator[Block]:
        yield from self._walk(element, preformatted=False)
        yield from self._flush()

    def _walk(self, element: Any, preformatted: bool) -> Iterator[Block]:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _SILENT or unseen.is_unseen(element):
            return
        if tag == "table" and next(element.iterdescendants("table"), None) is None:
            yield from self._flush()
            rows = tuple(self._rows(element))
            if rows:
                yield Table(rows)
            return
        if tag == "br":
            self.gathered.append("\n")
        ends = tag in _BLOCKS or tag in ("td", "th")
        if ends:
            yield from self._flush()
            self.place = self.tree.getpath(element)
        preformatted = preformatted or tag == "pre"
        self._gather(element.text, preformatted)
        for child in element.iterchildren():
            yield from self._walk(child, preformatted)
            self._gather(child.tail, preformatted)
        if ends:
            yield from self._flush()
            if tag in ("p", "table", "h1", "h2", "h3", "ul", "hr"):
                yield Cell("", "")

    def _gather(self, text: str | None, preformatted: bool) -> None:
        if text:
            self.gathered.append(text if preformatted else " ".join(("", *text.split(), "")))

    def _flush(self) -> Iterator[Block]:
        text = _lines("".join(self.gathered))
        self.gathered = []
        for part in text.split("\n\n") if text else ():
            for line in part.split("\n"):
                yield Cell(line, self.place)
            yield Cell("", "")

    def _rows(self, table: Any) -> Iterator[tuple[Cell | None, ...]]:
        covered: dict[int, int] = {}  # column -> rows that a cell above still covers
        for row in table.iterdescendants("tr"):
            if unseen.is_unseen(row):
                continue
            cells: list[Cell | None] = []
            for cell in row.iterchildren("td", "th"):
                if len(cells) >= COLUMNS:
                    break
                while covered.get(len(cells), 0):
                    covered[len(cells)] -= 1
                    cells.append(None)
                text = _lines("".join(_texts(cell)))  # empty where hidden
                cells.append(Cell(text, self.tree.getpath(cell)) if text else None)
                wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
                for column in range(len(cells) - 1, len(cells) - 1 + wide):
                    if high > 1:
                        covered[column] = high - 1
                cells += [None] * (wide - 1)
            if any(cells):
                yield tuple(cells[:COLUMNS])


def _texts(element: Any) -> Iterator[str]:
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag in _SILENT or unseen.is_unseen(element):
        return
    if tag == "br" or tag in _BLOCKS:
        yield "\n"
    yield " ".join(("", *(element.text or "").split(), "")) if element.text else ""
    for child in element.iterchildren():
        yield from _texts(child)
        yield " ".join(("", *child.tail.split(), "")) if child.tail else ""
    if tag in _BLOCKS:
        yield "\n"


def _lines(text: str) -> str:
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return "\n".join(lines).strip("\n")


def _span(cell: Any, name: str) -> int:
    value = cell.get(name) or "1"
    return min(int(value), COLUMNS) if value.isdigit() and int(value) else 1


# Word ------------------------------------------------------------------------------------

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = ("del", "moveFrom", "instrText", "Fallback", "rPr", "pPr", "footnoteReference")


def word(root: Any, part: str) -> list[Block]:
    """The blocks of one part of a Word file; ``part`` names it in the places."""
    body = next(root.iterchildren(f"{_W}body"), root)
    return list(_word_blocks(body, part))


def _word_blocks(element: Any, part: str) -> Iterator[Block]:
    tabbed: list[tuple[Cell | None, ...]] = []
    for number, child in enumerate(element.iterchildren(), 1):
        name = str(child.tag).rpartition("}")[2]
        place = f"{part}/{name}[{number}]"
        if name == "p":
            text = _lines_with_tabs("".join(_runs(child)))
            if "\t" in text and "\n" not in text:
                # words at tab stops stand under each other like cells
                cells = (cell.strip() for cell in text.split("\t"))
                tabbed.append(tuple(Cell(cell, place) if cell else None for cell in cells))
                continue
            yield from _tabbed(tabbed)
            tabbed = []
            yield Cell(text.replace("\t", " "), place) if text else Cell("", "")
        else:
            yield from _tabbed(tabbed)
            tabbed = []
            if name == "tbl":
                yield from _word_table(child, place)
            elif name in ("sdt", "sdtContent", "ins", "smartTag", "customXml"):
                yield from _word_blocks(child, place)
    yield from _tabbed(tabbed)


def _tabbed(rows: list[tuple[Cell | None, ...]]) -> Iterator[Block]:
    if rows:
        yield Table(tuple(rows))


def _word_table(table: Any, place: str) -> Iterator[Block]:
    if next(table.iterdescendants(f"{_W}tbl"), None) is not None:
        for number, cell in enumerate(table.iterdescendants(f"{_W}tc"), 1):
            yield from _word_blocks(cell, f"{place}/tc[{number}]")
        return
    rows = []
    for number, row in enumerate(table.iterchildren(f"{_W}tr"), 1):
        cells: list[Cell | None] = []
        for cell in row.iterdescendants(f"{_W}tc"):
            at = f"{place}/tr[{number}]/tc[{len(cells) + 1}]"
            paragraphs = (
                _lines_with_tabs("".join(_runs(item))).replace("\t", " ")
                for item in cell.iterdescendants(f"{_W}p")
            )
            text = "\n".join(filter(None, paragraphs))
            cells.append(Cell(text, at) if text else None)
            span = next(cell.iterdescendants(f"{_W}gridSpan"), None)
            wide = int(span.get(f"{_W}val") or 1) if span is not None else 1
            cells += [None] * (min(wide, COLUMNS) - 1)
        rows.append(tuple(cells[:COLUMNS]))
    yield Table(tuple(row for row in rows if any(row)))


def _runs(element: Any) -> Iterator[str]:
    for child in element.iterchildren():
        name = str(child.tag).rpartition("}")[2]
        if name in _SKIPPED or (name == "r" and unseen.is_unseen_run(child)):
            continue
        if name == "t":
            yield child.text or ""
        elif name in ("tab", "ptab"):
            yield "\t"
        elif name in ("br", "cr"):
            yield "\n"
        elif name == "noBreakHyphen":
            yield "-"
        elif name == "p":  # of a text box
            yield "\n"
            yield from _runs(child)
            yield "\n"
        else:
            yield from _runs(child)


def _lines_with_tabs(text: str) -> str:
    lines = [" ".join(line.split(" ")).strip(" ") for line in text.replace("\xa0", " ").split("\n")]
    return "\n".join(line for line in lines if line.strip())
