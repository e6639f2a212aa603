"""Files embedded in a PDF: the XML of Order-X, or the documents of a portfolio."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..document import Finding
from ..reader import TooLarge
from ..source import EMBEDDED, Source
from .names import clean

if TYPE_CHECKING:
    from ..unpack import Limits

STRUCTURED = ("ubl", "cii", "cxml", "xml", "edifact", "x12")


def members(source: Source, limits: Limits) -> Iterator[Source | Finding]:
    """Structured files inside; of a portfolio (a PDF that is only a cover) every file.

    A PDF that cannot be opened has no members: what is wrong with it is for its reader to say.

    :raises TooLarge: more files or bytes than allowed
    """
    import pymupdf

    try:
        document = pymupdf.open(stream=source.content, filetype="pdf")
    except (RuntimeError, ValueError):
        return
    with document:
        if document.needs_pass:
            return
        count = document.embfile_count()
        if count > limits.sources:
            raise TooLarge(limit="sources", value=limits.sources)
        portfolio = document.xref_get_key(document.pdf_catalog(), "Collection")[0] != "null"
        for index in range(count):
            member = _member(document, index, limits)
            if portfolio or member.kind in STRUCTURED:
                yield member


def _member(document: Any, index: int, limits: Limits) -> Source:
    info = document.embfile_info(index)
    for size in (info.get("size"), info.get("length")):
        if (size or 0) > limits.size:
            raise TooLarge(limit="size", value=limits.size)
    content = document.embfile_get(index)
    name = clean(info.get("ufilename") or info.get("filename") or info.get("name"))
    return Source(name, content, role=EMBEDDED)
