"""Files embedded in a PDF: the XML of Order-X, or the documents of a portfolio."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from ..document import Finding
from ..reader import TooLarge
from ..source import EMBEDDED, STRUCTURED, Source
from .names import clean

if TYPE_CHECKING:
    from ..unpack import Limits

PAGES = 20  # on which attachments are looked for
_ATTACHMENT = 17  # PDF_ANNOT_FILE_ATTACHMENT


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
        portfolio = document.xref_get_key(document.pdf_catalog(), "Collection")[0] != "null"
        seen: set[bytes] = set()
        for count, (info, read) in enumerate(_files(document)):
            if count >= limits.sources:
                raise TooLarge(limit="sources", value=limits.sources)
            member = _member(info, read, limits)
            known = member.content in seen
            seen.add(member.content)
            if not known and (portfolio or member.kind in STRUCTURED):
                yield member


def _files(document: Any) -> Iterator[tuple[dict[str, Any], Callable[[], bytes]]]:
    """All embedded files, each with how to read it; one may be named in several places."""
    for index in range(document.embfile_count()):
        yield document.embfile_info(index), partial(document.embfile_get, index)
    for page in islice(document, PAGES):
        for note in page.annots(types=[_ATTACHMENT]):
            yield note.file_info, note.get_file
    # associated files need no name in the directory that the library lists
    _kind, value = document.xref_get_key(document.pdf_catalog(), "AF")
    if _kind == "xref":
        value = document.xref_object(int(value.split()[0]))
    for number in map(int, re.findall(r"(\d+) 0 R", value)):
        _kind, stream = document.xref_get_key(number, "EF/F")
        if _kind == "xref":
            _kind, name = document.xref_get_key(number, "UF")
            target = int(stream.split()[0])
            info = {"name": name, "length": len(document.xref_stream_raw(target) or b"")}
            yield info, partial(document.xref_stream, target)


def _member(info: dict[str, Any], read: Callable[[], bytes], limits: Limits) -> Source:
    for size in (info.get("size"), info.get("length")):
        if (size or 0) > limits.size:
            raise TooLarge(limit="size", value=limits.size)
    name = clean(info.get("ufilename") or info.get("filename") or info.get("name"))
    return Source(name, read() or b"", role=EMBEDDED)
