"""What people see of a source: its pages as pictures with their words, or its text in rows.

The review page draws these, with the evidence upon them. Run in the child process, see
:meth:`.sandbox.Sandbox.view`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import mupdf
from .reader import BrokenSource
from .source import BODY, CONTAINERS, SHEETS, Source

if TYPE_CHECKING:
    import pymupdf

PAGES = 200
ROWS = 5000
SIDE = 3000  # pixels of a picture's longer side at most

Box = tuple[float, float, float, float]
Row = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class View:
    """``pages`` has the size of each page in points; ``rows`` has cells of ``(place, text)``.

    One of both is empty; both are where there is nothing that can be shown.
    """

    pages: tuple[tuple[float, float], ...] = ()
    rows: tuple[Row, ...] = ()


def view(source: Source) -> View:
    """How the source can be shown.

    :raises ReaderError: it cannot be opened
    """
    source = _inner(source)
    if source.kind in mupdf.KINDS:
        with _open(source) as file:
            sizes = [page.rect for page in file]
            return View(pages=tuple((rect.width, rect.height) for rect in sizes))
    return View(rows=tuple(_rows(source))[:ROWS])


def picture(source: Source, number: int, zoom: float) -> bytes:
    """PNG of one page.

    :param number: counts from 1
    :param zoom: pixels for each point
    :raises ReaderError: there is no such page
    """
    import pymupdf

    with _open(_inner(source)) as file:
        page = _page(file, number)
        zoom = min(zoom, SIDE / max(page.rect.width, page.rect.height, 1))
        pixels: bytes = page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), alpha=False).tobytes()
        return pixels


def words(source: Source, number: int) -> list[tuple[str, Box]]:
    """The typed words of one page with their boxes in points of the page as shown.

    :raises ReaderError: there is no such page
    """
    from .layout.pdf import visible_words

    with _open(_inner(source)) as file:
        return visible_words(_page(file, number), number)


def recognized(source: Source, number: int) -> list[tuple[str, Box]]:
    """The words of a page that is a picture, like :func:`words`. It takes seconds.

    :raises ReaderError: there is no such page, or no text recognition is installed
    """
    from .readers.ocr import recognized_words

    with _open(_inner(source)) as file:
        return recognized_words(_page(file, number), number)


def _inner(source: Source) -> Source:
    """The text of a mail; of other containers the first file that can be shown."""
    if source.kind not in CONTAINERS:
        return source
    from .unpack import unpack

    found = unpack(source).sources
    bodies = [item for item in found if item.role == BODY]
    return next(iter(bodies or found), source)


def _open(source: Source) -> pymupdf.Document:
    return mupdf.opened(source.content, source.kind, PAGES)


def _page(file: pymupdf.Document, number: int) -> Any:
    if not 1 <= number <= file.page_count:
        raise BrokenSource(f"no page {number}")
    return file[number - 1]


def _rows(source: Source) -> Iterator[Row]:
    from .readers import docx, flow, tables

    if source.kind in SHEETS:
        for sheet in tables.sheets(source):
            yield from (_cells(row) for row in sheet)
            yield ()
    elif source.kind == "docx":
        for blocks in docx.flows(source):
            yield from map(_cells, flow.grid(blocks))
    elif source.kind == "html":
        yield from map(_cells, flow.grid(flow.html(source.text)))
    elif source.kind not in ("unknown", "empty", "encrypted"):
        for number, line in enumerate(source.text.splitlines(), 1):
            yield ((f"line {number}", line.rstrip()[:1000]),)


def _cells(row: Sequence[Any]) -> Row:
    return tuple((cell.place, cell.printed or cell.text) if cell else ("", "") for cell in row)
