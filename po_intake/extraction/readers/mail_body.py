"""Orders written into a mail, as text or as an HTML table; also attached text and HTML files."""

from __future__ import annotations

import re

from ..document import OrderDocument
from ..layout.lexicon import LONGEST_PHRASE, lexicon
from ..layout.text import squash
from ..reader import EmptySource, Hints, TooLarge
from ..source import Source
from . import flow, typeset
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

        page = Typesetter()
        subject = _PREFIX.sub("", (source.mail.subject if source.mail else None) or "")
        if source.kind == "html":
            _set_html(source, subject, page)
        else:
            _set_text(source, subject, page)
        if not page.words:
            raise EmptySource
        return typeset.read([page], lambda pages: read_pages(pages, hints), self.code)


def _set_text(source: Source, subject: str, page: Typesetter) -> None:
    lines = [(line.rstrip(), f"line {number}") for number, line in _numbered(source.text)]
    text, signature = _split([line for line, _place in lines])
    for line, place in lines[signature:]:
        page.line(line, place)
    page.skip()
    page.paragraph(subject, "Subject")
    page.skip()
    for line, place in lines[:text]:
        page.line(line, place)


def _numbered(text: str) -> list[tuple[int, str]]:
    lines = text.replace("\xa0", " ").splitlines()
    if len(lines) > LINES:
        raise TooLarge(limit="lines", value=LINES)
    return list(enumerate(lines, 1))


def _set_html(source: Source, subject: str, page: Typesetter) -> None:
    blocks = flow.html(source.text)
    if len(blocks) > LINES:
        raise TooLarge(limit="lines", value=LINES)
    text, signature = _split([item.text if isinstance(item, Cell) else "\t" for item in blocks])
    flow.set_blocks(blocks[signature:], page)
    page.skip()
    page.paragraph(subject, "Subject")
    page.skip()
    flow.set_blocks(blocks[:text], page)


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
