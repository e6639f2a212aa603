"""Orders written into a mail, as text or as an HTML table; also attached text and HTML files."""

from __future__ import annotations

import re

from ..document import OrderDocument
from ..layout.lexicon import LONGEST_PHRASE, lexicon
from ..layout.text import squash
from ..reader import EmptySource, Hints, TooLarge
from ..source import Source
from . import flow, freeform, typeset
from .typeset import Cell, Typesetter

LINES = 20_000
_PREFIX = re.compile(r"^\s*(?:(?:fwd?|wg|tr|doorst|rv|re|aw|antw|i|r|odp|enc)\s*:\s*)+", re.I)


class MailBodyReader:
    """Sets the text on one page and lets the layout engine read it.

    The subject stands above the text like a title. What stands under the closing words, the
    signature, is set as the head of a letter: both say who writes.
    """

    code = "mail_body"
    cost = 20
    sandboxed = True

    def can_read(self, source: Source) -> bool:
        """Is it text or HTML?"""
        return source.kind in ("text", "html")

    def read(self, source: Source, hints: Hints) -> tuple[OrderDocument, ...]:
        """The orders in the text.

        :raises ReaderError: too large or without text
        """
        from ..layout.engine import read_pages

        blocks = flow.html(source.text) if source.kind == "html" else _lines(source.text)
        if len(blocks) > LINES:
            raise TooLarge(limit="lines", value=LINES)
        subject = _PREFIX.sub("", (source.mail.subject if source.mail else None) or "")
        page, text = _set(blocks, subject)
        if not page.words:
            raise EmptySource
        found = typeset.read([page], lambda pages: read_pages(pages, hints), self.code)
        if any(document.lines for document in found):
            return found
        return freeform.add(found, text, subject, self.code)


def _lines(text: str) -> list[flow.Block]:
    rows = text.replace("\xa0", " ").splitlines()
    return [flow.Line(row.rstrip(), f"line {number}") for number, row in enumerate(rows, 1)]


def _set(blocks: list[flow.Block], subject: str) -> tuple[Typesetter, list[Cell]]:
    """The page, and the lines above the signature."""
    page = Typesetter()
    written = [block.text if isinstance(block, Cell) else "\t" for block in blocks]
    text, signature = _split(written)
    flow.set_blocks(blocks[signature:], page)
    page.skip()
    page.paragraph(subject, "Subject")
    page.skip()
    flow.set_blocks(blocks[:text], page)
    return page, [block for block in blocks[:text] if isinstance(block, Cell)]


def _split(lines: list[str]) -> tuple[int, int]:
    """Where the text ends and the signature begins: at the last closing words."""
    stops = [index for index, line in enumerate(lines) if _closes(line)]
    if not stops:
        return len(lines), len(lines)
    last = stops[-1]
    signature = [line for line in lines[last + 1 :] if line.strip()]
    # a table or a long text under the greeting is no signature
    if not signature or len(signature) > 25 or "\t" in signature:
        return len(lines), len(lines)
    return last, last + 1


def _closes(line: str) -> bool:
    """Are these the words that end a letter?"""
    words = line.split()
    if not 1 <= len(words) <= LONGEST_PHRASE:
        return False
    return "stop" in lexicon().kinds("word", squash(line))
