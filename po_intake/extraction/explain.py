"""A picture of each page with the boxes of what was read, for people who debug a layout."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from . import mupdf
from .document import Evidence, OrderDocument
from .reader import Hints
from .source import Source

if TYPE_CHECKING:
    import pymupdf

ZOOM = 3.0
"""Pixels for each point; 216 dots per inch."""
SIDE = 6000
"""Pixels of a picture's longer side at most."""
PAGES = 60
SURE, DOUBTFUL = 0.95, 0.8
GREEN, AMBER, RED = (0.0, 0.55, 0.2), (0.85, 0.5, 0.0), (0.85, 0.0, 0.1)


@dataclass(frozen=True)
class Painter:
    """Paints what was read onto the pages it was read from.

    Called like a reader, so that the hostile bytes are drawn in the child process as well; it
    answers no documents but leaves files ``<stem>-<page>.png`` in the folder.

    :param evidence: of each document in the source
    :param folder: absolute path of an existing folder
    """

    evidence: tuple[Mapping[str, Evidence], ...]
    folder: str
    stem: str
    code: str = "explain"
    cost: int = 0
    sandboxed: bool = True

    def can_read(self, source: Source) -> bool:
        """Only PDFs and pictures have pages that can be shown."""
        return source.kind in mupdf.KINDS

    def read(self, source: Source, hints: Hints) -> tuple[OrderDocument, ...]:
        """Write the pictures.

        :raises ReaderError: the pages cannot be opened
        """
        with mupdf.opened(source.content, source.kind) as file:
            for number in range(1, min(file.page_count, PAGES) + 1):
                picture = _painted(file[number - 1], number, self.evidence)
                picture.save(str(Path(self.folder) / f"{self.stem}-{number}.png"))
        return ()


def stem(source: Source) -> str:
    """The start of the pictures' names: that of the file and enough of its digest."""
    name = re.sub(r"[^\w-]+", "_", source.name.rpartition(".")[0] or source.name)
    return f"{name[:80]}-{source.digest[:8]}"


def _painted(
    page: pymupdf.Page, number: int, evidence: tuple[Mapping[str, Evidence], ...]
) -> pymupdf.Pixmap:
    """The page as shown, with its boxes; each is coloured by how sure its value is."""
    import pymupdf

    zoom = min(ZOOM, SIDE / max(page.rect.width, page.rect.height, 1))
    matrix = pymupdf.Matrix(zoom, zoom)
    with pymupdf.open() as sheet:
        # a fresh sheet knows no rotation, which the boxes do not know either
        canvas = sheet.new_page(width=page.rect.width, height=page.rect.height)
        canvas.insert_image(canvas.rect, pixmap=page.get_pixmap(matrix=matrix, alpha=False))
        size = max(3.4, page.rect.height / 220)
        for index, document in enumerate(evidence):
            for path, item in document.items():
                if item.page == number and item.bbox:
                    label = path if len(evidence) == 1 else f"{index}: {path}"
                    _box(canvas, item, f"{label} {item.confidence:.2f}", size)
        return canvas.get_pixmap(matrix=matrix, alpha=False)


def _box(canvas: pymupdf.Page, item: Evidence, label: str, size: float) -> None:
    import pymupdf

    sure = item.confidence
    colour = GREEN if sure >= SURE else AMBER if sure >= DOUBTFUL else RED
    rect = pymupdf.Rect(item.bbox)
    canvas.draw_rect(rect + (-1, -1, 1, 1), color=colour, width=0.7)
    canvas.insert_text((rect.x0, rect.y0 - 1.5), label, fontsize=size, color=colour)
