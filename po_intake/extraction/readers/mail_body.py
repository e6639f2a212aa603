"""Orders written into a mail, as text or as an HTML table; also attached text and HTML files."""

from __future__ import annotations

import re

from ..document import OrderDocument
from ..layout.lexicon import LONGEST_PHRASE, lexicon
from ..layout.text import squash
from ..reader import EmptySource, Hints, TooLarge
from ..source import Source
from . import flow, freeform, mentions, parties, recast, remarks, typeset, unseen
from .typeset import Cell, Typesetter

LINES = 20_000
LONGEST = 25  # lines of a signature
_PREFIX = re.compile(r"^\s*(?:(?:fwd?|wg|tr|doorst|rv|re|aw|antw|i|r|odp|enc)\s*:\s*)+", re.I)
_REPLY = re.compile(r"^\s*(?:re|aw|antw|antwort|r[ée]p|odp|res|sv|r)\s*:", re.I)
_GREETING = re.compile(
    r"\b(regards|best wishes|cheers|all the best|many thanks|bien à vous|buon lavoro|"
    r"buona giornata|bom trabalho|wyrazami szacunku|mfg|mvg|"
    r"sincerely|faithfully|gr[uü](?:ß|ss)e?n?|hochachtungsvoll|groet(?:en)?|hoogachtend|"
    r"salutations|cordialement|sentiments|saluti|cordialità|saludos?|atentamente|"
    r"cumprimentos|atenciosamente|pozdraw\w+|poważaniem)\b"
    r"|^(?:thanks|thank you|thx|danke|merci|bedankt|dank je wel|gracias|grazie|obrigad[oa]|"
    r"dziękuję)(?: (?:again|you|in advance|im voraus|schön|d'avance|alvast|mille|z góry))?"
    r"[,.!]*\s*$",
    re.I,
)


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
        written_subject = (source.mail.subject if source.mail else None) or ""
        subject = _PREFIX.sub("", written_subject)
        text, signature = _split(blocks)
        # the subject of a reply names what is answered
        answers = bool(_REPLY.match(written_subject))
        page = _set(blocks[:text], blocks[signature:], "" if answers else subject)
        if not page.words:
            raise EmptySource
        found = typeset.read([page], lambda pages: read_pages(pages, hints), self.code)
        # what goes to a whole list offers, it does not order
        bulk = bool(source.mail and source.mail.bulk)
        written = flow.lines(blocks[:text])
        if not bulk and not any(document.lines for document in found):
            found = freeform.add(found, written, subject, self.code, answers, hints.date)
        found = tuple(
            mentions.add(document, written, "" if answers else subject, self.code, hints.date)
            for document in found
        )
        signed = [block for block in blocks[signature:] if isinstance(block, Cell)]
        writer = source.mail.sender_name if source.mail else None
        grid = flow.grid(blocks[:text])
        found = tuple(
            parties.apply(document, grid, hints, self.code, signed, writer) for document in found
        )
        found = tuple(remarks.add(document, blocks[:text], self.code) for document in found)
        return unseen.told(found, flow.left_out(source.text)) if source.kind == "html" else found


def _lines(text: str) -> list[flow.Block]:
    rows = text.replace("\xa0", " ").splitlines()
    lines = [flow.Line(row.rstrip(), f"line {number}") for number, row in enumerate(rows, 1)]
    return recast.recast(lines)


def _set(text: list[flow.Block], signature: list[flow.Block], subject: str) -> Typesetter:
    page = Typesetter()
    flow.set_blocks(signature, page)
    page.skip()
    page.paragraph(subject, "Subject")
    page.skip()
    flow.set_blocks(text, page)
    return page


def _split(blocks: list[flow.Block]) -> tuple[int, int]:
    """Where the text ends and the signature begins: at the last closing words."""
    stops = [
        index
        for index, block in enumerate(blocks)
        if isinstance(block, Cell) and _closes(block.text)
    ]
    if not stops:
        return len(blocks), len(blocks)
    last = stops[-1]
    # "Hi Jo, thanks!" closes nothing
    if sum(not _is_blank(block) for block in blocks[:last]) < 2:
        return len(blocks), len(blocks)
    signature = [block for block in blocks[last + 1 :] if not _is_blank(block)]
    # a long text under the greeting is no signature
    if not signature or len(signature) > LONGEST:
        return len(blocks), len(blocks)
    if any(isinstance(block, flow.Table) and len(block.rows[0]) > 4 for block in signature):
        return len(blocks), len(blocks)
    return last, last + 1


def _is_blank(block: flow.Block) -> bool:
    return isinstance(block, Cell) and not block.text.strip()


def _closes(line: str) -> bool:
    """Are these the words that end a letter?"""
    if line.strip() in ("--", "__"):
        return True
    words = line.split()
    if not 1 <= len(words) <= LONGEST_PHRASE or any(char.isdigit() for char in line):
        return False
    return bool(_GREETING.search(line)) or "stop" in lexicon().kinds("word", squash(line))
