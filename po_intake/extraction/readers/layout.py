"""Typed PDFs: their visible words go into the layout engine."""

from __future__ import annotations

from dataclasses import dataclass

from ..document import OrderDocument
from ..reader import Hints
from ..source import Source


@dataclass(frozen=True)
class LayoutReader:
    """Reads typed PDFs of any layout; for pages that are pictures see the reader ``ocr``."""

    code: str = "layout"
    cost: int = 10
    sandboxed: bool = True
    max_pages: int = 60

    def can_read(self, source: Source) -> bool:
        """PDF files, typed or not: whether there is text shows only inside."""
        return source.kind == "pdf"

    def read(self, source: Source, hints: Hints) -> tuple[OrderDocument, ...]:
        """The documents in the file.

        :raises ReaderError: broken, encrypted, empty, too many pages, or pictures only
        """
        from ..layout.engine import read_pages
        from ..layout.pdf import as_shown, read_pdf
        from . import letters

        sheets = read_pdf(source.content, self.max_pages)
        pages = [sheet.page for sheet in sheets]
        documents = read_pages(pages, hints, self.code, papers=True)
        documents = letters.add(documents, pages, hints, self.code)
        findings = tuple(finding for sheet in sheets for finding in sheet.findings)
        return tuple(as_shown(document.with_findings(*findings), sheets) for document in documents)
