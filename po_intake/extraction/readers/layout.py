"""Typed PDFs: the words of PyMuPDF into the layout engine."""

from __future__ import annotations

from dataclasses import dataclass

from ..reader import BrokenSource, EmptySource, EncryptedSource, NoText, TooLarge


@dataclass(frozen=True)
class LayoutReader:
    """Reads typed PDFs of any layout."""

    code: str = "layout"
    cost: int = 10
    sandboxed: bool = True
    max_pages: int = 60

    def can_read(self, source) -> bool:
        return source.kind == "pdf"

    def read(self, source, hints):
        import pymupdf

        from ..layout.engine import read_pages
        from ..layout.page import Page, Word

        try:
            pdf = pymupdf.open(stream=source.content, filetype="pdf")
        except Exception as error:
            raise BrokenSource(str(error)) from error
        with pdf:
            if pdf.needs_pass:
                raise EncryptedSource
            if not pdf.page_count:
                raise EmptySource
            if pdf.page_count > self.max_pages:
                raise TooLarge(limit="pages", value=pdf.page_count)
            pages = []
            for number, page in enumerate(pdf, 1):
                words = tuple(
                    Word(text, x0, y0, x1, y1, number)
                    for x0, y0, x1, y1, text, *_rest in page.get_text("words")
                )
                pages.append(Page(number, page.rect.width, page.rect.height, words))
        if not any(page.words for page in pages):
            raise NoText
        return read_pages(pages, hints)
