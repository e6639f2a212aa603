"""Orders in Word files (.docx)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from ..containers import archive
from ..document import OrderDocument
from ..reader import BrokenSource, EmptySource, Hints, ReaderError
from ..source import Source
from ..unpack import Limits
from . import flow, freeform, mentions, parties, typeset, unseen, xml
from .typeset import Typesetter

_PARTS = re.compile(r"word/(header|document|footer)\d*\.xml")
_ORDER = ("header", "document", "footer")


class DocxReader:
    """Sets the paragraphs and tables on one page and lets the layout engine read it."""

    code = "docx"
    cost = 20
    sandboxed = True

    def can_read(self, source: Source) -> bool:
        """Is it a Word file?"""
        return source.kind == "docx"

    def read(self, source: Source, hints: Hints) -> tuple[OrderDocument, ...]:
        """The orders in it.

        :raises ReaderError: broken, too large or without text
        """
        from ..layout.engine import read_pages

        page, blocks = Typesetter(), []
        for part in flows(source):
            flow.set_blocks(part, page)
            page.skip()
            blocks += part
        if not page.words:
            raise EmptySource
        found = typeset.read([page], lambda pages: read_pages(pages, hints), self.code)
        written = flow.lines(blocks)
        if not any(document.lines for document in found):
            found = freeform.add(found, written, "", self.code)
        found = tuple(
            mentions.add(item, written, "", self.code, hints.date, letter=True) for item in found
        )
        grid, head = flow.grid(blocks), parties.letterhead(blocks, hints)
        found = tuple(
            parties.apply(item, grid, hints, self.code, () if item.partner.zip else head)
            for item in found
        )
        parts = (xml.parse(content).element for _name, content in _parts(source.content))
        return unseen.told(found, " ".join(map(unseen.text_of_runs, parts)))


def flows(source: Source) -> Iterator[list[flow.Block]]:
    """The heads, the text and the feet of the file.

    :raises ReaderError: broken or too large
    """
    for name, content in _parts(source.content):
        yield flow.word(xml.parse(content).element, name)


def _parts(content: bytes) -> list[tuple[str, bytes]]:
    """Heads, text and feet, in this order; heads that repeat are taken once."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            archive.check(file.infolist(), Limits())
            names = [name for name in file.namelist() if _PARTS.fullmatch(name)]
            names.sort(key=lambda name: (_ORDER.index(_kind(name)), name))
            parts = {file.read(name): name for name in names}
    except (ReaderError, MemoryError):
        raise
    except Exception as error:  # a broken archive raises anything
        raise BrokenSource(f"{type(error).__name__}: {error}"[:200]) from error
    return [(_kind(name), data) for data, name in parts.items()]


def _kind(name: str) -> str:
    match = _PARTS.fullmatch(name)
    return match.group(1) if match else ""
