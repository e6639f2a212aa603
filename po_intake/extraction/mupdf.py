"""PDFs and pictures opened with MuPDF, with one answer to whatever is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reader import BrokenSource, EmptySource, EncryptedSource, TooLarge
from .source import PICTURES

if TYPE_CHECKING:
    import pymupdf

KINDS = ("pdf", *PICTURES)
"""Kinds of sources that have pages: see :attr:`.source.Source.kind`."""


def opened(content: bytes, kind: str, max_pages: int | None = None) -> pymupdf.Document:
    """The file, with one page at least; to be closed by the caller.

    :raises ReaderError: broken, encrypted, empty or more pages than allowed
    """
    import pymupdf

    pymupdf.TOOLS.mupdf_display_errors(False)
    try:
        file = pymupdf.open(stream=content, filetype="jpg" if kind == "jpeg" else kind)
    except MemoryError:
        raise
    except Exception as error:  # MuPDF raises its own kinds for every sort of damage
        raise BrokenSource(str(error)[:200]) from error
    try:
        if file.needs_pass:
            raise EncryptedSource
        if not file.page_count:
            raise EmptySource
        if max_pages is not None and file.page_count > max_pages:
            raise TooLarge(limit="pages", maximum=max_pages, value=file.page_count)
    except Exception:
        file.close()
        raise
    return file
