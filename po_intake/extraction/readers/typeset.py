"""Sets text and tables that have no pages on a page, for the engine that reads words with boxes.

A spreadsheet, a mail and a Word file know their cells and paragraphs exactly; set with wide
blanks between columns they are the easiest of all layouts, and whatever the engine learns about
printed orders it knows about these as well. Afterwards every box is turned back into the place
that the value really has: a cell, a line, a paragraph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from ..document import Evidence, OrderDocument
from ..layout.page import Page, Word
from ..reader import TooLarge

HEIGHT = 9.0
PITCH = 12.0  # from line to line
CHAR = 5.0
BLANK = 2.5  # between two words of a text
GUTTER = 36.0  # between two columns
# A letter of plain text: wide, so that one blank parts words and two part columns.
WIDE = 12.0
OVERHANG = 9.0
MARGIN = 30.0
MOST = 60_000  # words of a page; an order of 500 lines has 10,000


@dataclass(frozen=True)
class Cell:
    """A text and the place where it stands, like ``Sheet1!C4``.

    :param printed: as people see it, where it differs from the text that is set
    """

    text: str
    place: str
    printed: str | None = None


class Typesetter:
    """One long page, filled from top to bottom.

    :raises TooLarge: more words than any order has
    """

    def __init__(self) -> None:
        self.words: list[Word] = []
        self.cells: list[Cell] = []  # the cell of each word
        self.y = MARGIN
        self.width = 595.0

    def skip(self, lines: float = 1.0) -> None:
        """Leave lines blank."""
        self.y += lines * PITCH

    def line(self, text: str, place: str) -> None:
        """A line of text whose blanks mean something: columns of a plain text mail."""
        cell = Cell(text, place)
        column = 0
        for part in text.expandtabs(8).split(" "):
            if part:
                x0 = MARGIN + column * WIDE
                self._word(part, x0, x0 + len(part) * WIDE + OVERHANG, self.y, cell)
            column += len(part) + 1
        self.y += PITCH

    def paragraph(self, text: str, place: str) -> None:
        """Text without columns, set line by line."""
        for part in text.splitlines() or [""]:
            self._run(part, MARGIN, self.y, Cell(text, place))
            self.y += PITCH

    def table(self, rows: Sequence[Sequence[Cell | None]], gap: float = 0.4) -> None:
        """Rows of cells, each column as wide as its widest cell; ``None`` is an empty cell.

        :param gap: blank between rows in lines, so that the lines of one row stand together
        """
        starts = self._starts(rows)
        for row in rows:
            height = 1
            for column, cell in enumerate(row):
                for number, part in enumerate(cell.text.splitlines() if cell else ()):
                    self._run(part, starts[column], self.y + number * PITCH, cell)
                    height = max(height, number + 1)
            self.y += (height + gap) * PITCH

    def page(self, number: int = 1) -> Page:
        """The page as set."""
        words = tuple(word._replace(page=number) for word in self.words)
        return Page(number, self.width + MARGIN, self.y + MARGIN, words)

    def _starts(self, rows: Sequence[Sequence[Cell | None]]) -> list[float]:
        widths = [0.0] * max((len(row) for row in rows), default=0)
        for row in rows:
            for column, cell in enumerate(row):
                # the last cell of a row may run on: a note under the table is no wide column
                if cell and (column + 1 < len(row) or column > 0):
                    lines = cell.text.splitlines()
                    widths[column] = max(widths[column], *(_width(part) for part in lines), 0.0)
        starts, x = [], MARGIN
        for width in widths:
            starts.append(x)
            x += (width or CHAR) + GUTTER
        return starts

    def _run(self, text: str, x: float, y: float, cell: Cell | None) -> None:
        for part in text.split():
            end = x + len(part) * CHAR
            self._word(part, x, end, y, cell)
            x = end + BLANK

    def _word(self, text: str, x0: float, x1: float, y: float, cell: Cell | None) -> None:
        if len(self.words) >= MOST:
            raise TooLarge(limit="words", value=MOST)
        self.words.append(Word(text, x0, y, x1, y + HEIGHT))
        self.cells.append(cell or Cell(text, ""))
        self.width = max(self.width, x1)


def _width(text: str) -> float:
    return sum(len(part) * CHAR + BLANK for part in text.split())


def replaced(document: OrderDocument, pages: Sequence[Typesetter], reader: str) -> OrderDocument:
    """The document with places instead of boxes in its evidence, under the reader's name."""
    evidence = {path: _placed(item, pages, reader) for path, item in document.evidence.items()}
    return replace(document, evidence=evidence)


def _placed(item: Evidence, pages: Sequence[Typesetter], reader: str) -> Evidence:
    if item.bbox is None or not item.page or item.page > len(pages):
        return replace(item, reader=reader)
    page = pages[item.page - 1]
    x0, y0, x1, y1 = item.bbox
    found = [
        cell
        for word, cell in zip(page.words, page.cells, strict=True)
        if x0 <= (word.x0 + word.x1) / 2 <= x1 and y0 <= (word.y0 + word.y1) / 2 <= y1
    ]
    places = list(dict.fromkeys(cell.place for cell in found if cell.place))
    printed = {cell.printed for cell in found}
    text = printed.pop() if len(printed) == 1 else None
    return replace(
        item,
        page=None,
        bbox=None,
        place=", ".join(places[:4]) or None,
        text=text or item.text,
        reader=reader,
    )


def read(
    pages: Iterable[Typesetter],
    engine: Callable[[Sequence[Page]], Iterable[OrderDocument]],
    reader: str,
) -> tuple[OrderDocument, ...]:
    """What the engine reads on pages that were set here, with their true places."""
    known = list(pages)
    documents = engine([page.page(number) for number, page in enumerate(known, 1)])
    return tuple(replaced(document, known, reader) for document in documents)
