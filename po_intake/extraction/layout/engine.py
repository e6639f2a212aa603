"""Pages of words -> order documents: the way through the steps."""

from __future__ import annotations

from collections.abc import Sequence

from ..document import OTHER, OrderDocument
from ..reader import Hints
from .bodies import find_bodies
from .build import build
from .classify import decide_type, find_title
from .draft import Draft
from .extras import add_extras
from .header import Header, find_headers
from .labels import Labels
from .learned import recall
from .lexicon import Lexicon, languages, lexicon
from .lines import Line, page_lines
from .lists import find_list
from .page import Page
from .parts import orders_of_page, without_copies
from .records import find_records
from .rows import Table, carry_over, read_on, read_table
from .sidebars import sidebar_first
from .split import Sheet, split
from .text import squash

READER = "layout"


def read_pages(
    pages: Sequence[Page],
    hints: Hints,
    reader: str = READER,
    papers: bool = False,
    kind: str | None = None,
) -> tuple[OrderDocument, ...]:
    """The order documents on these pages, in their order.

    :param reader: code for the evidence, of whoever found the words
    :param papers: the pages are papers as people print them, not a file's or a mail's bare table
    :param kind: what the pages are known to be, if their title does not say it
    """
    words = lexicon()
    lines = {page.number: page_lines(page) for page in pages if page.words}
    if not lines:
        return ()
    language = _language(lines, hints)
    sheets: list[Sheet] = []
    for number in without_copies(lines):
        ordered = sidebar_first(lines[number], words, language)
        sheets += _sheets(number, ordered, sheets, words, language)
    return tuple(
        _document(group, words, language, hints, reader, papers, kind) for group in split(sheets)
    )


def _language(lines: dict[int, list[Line]], hints: Hints) -> str | None:
    """The language most words of the first pages are frequent in."""
    keys = {
        squash(word.text)
        for number in sorted(lines)[:3]
        for line in lines[number]
        for word in line.words
    }
    votes = languages(keys)
    usual = (hints.locale or "")[:2]
    # sorted, so that the same paper reads the same in every process
    best = max(sorted(votes), key=lambda item: (votes[item], item == usual), default=usual)
    return best or None


def _sheets(
    number: int,
    lines: list[Line],
    before: Sequence[Sheet],
    words: Lexicon,
    language: str | None,
) -> list[Sheet]:
    """A page as one sheet, or as several where it holds several orders."""
    headers = find_headers(lines, words, language)
    if not headers:
        above = [header for sheet in before for header in sheet.headers]
        headers = find_bodies(lines, above, words, language)
    parts = orders_of_page(lines, headers, words, language) if len(headers) > 1 else [lines]
    if len(parts) == 1:
        return [_sheet(number, lines, headers, words, language)]
    return [
        _sheet(number, part, find_headers(part, words, language), words, language) for part in parts
    ]


def _sheet(
    number: int,
    lines: list[Line],
    headers: list[Header],
    words: Lexicon,
    language: str | None,
) -> Sheet:
    sheet = Sheet(number, lines, headers, None, lambda some: Labels(some, words, language))
    sheet.title = find_title(sheet.top or sheet.free, words, language)
    return sheet


def _document(
    sheets: list[Sheet],
    words: Lexicon,
    language: str | None,
    hints: Hints,
    reader: str,
    papers: bool,
    known: str | None,
) -> OrderDocument:
    tables = _tables(sheets, words)
    titles = [sheet.title for sheet in sheets if sheet.title]
    title = max(
        titles, key=lambda item: item.rank - 0.5 * (item.box.page - sheets[0].number), default=None
    )
    if not (title and title.kind == OTHER):
        tables = _without_table(tables, sheets, words, language, papers)
    inside = {id(line) for table in tables for line in table.lines}
    inside |= {id(line) for sheet in sheets for head in sheet.headers for line in head.lines}
    outside = [
        line
        for index, sheet in enumerate(sheets)
        for line in sheet.lines
        if id(line) not in inside and not (index and sheet.is_terms)
    ]
    labels = Labels(outside, words, language)
    has_items = any(table.items for table in tables)
    kind = known or decide_type(title, labels, has_items, papers)
    if kind == OTHER or not (has_items or title or known):
        draft = Draft(reader)
        if title and title.kind == OTHER:
            draft.place("document_type", title.box.words)
        return OrderDocument(document_type=OTHER, language=language, evidence=draft.evidence)
    document = build(kind, title, tables, outside, labels, words, language, hints, reader)
    printed = [line for sheet in sheets for line in sheet.lines]
    return add_extras(recall(printed, document, hints), printed, hints, reader)


def _tables(sheets: list[Sheet], words: Lexicon) -> list[Table]:
    """The pieces of the item table, page by page."""
    tables: list[Table] = []
    for sheet in sheets:
        lines = sheet.lines
        if not sheet.headers:
            if tables and not sheet.is_terms:
                piece = read_on(tables[-1], lines, words)
                if piece.items:
                    carry_over(tables[-1], piece)
                    tables.append(piece)
            continue
        for index, header in enumerate(sheet.headers):
            first = header.lines[-1].index + 1
            last = len(lines)
            if index + 1 < len(sheet.headers):
                last = sheet.headers[index + 1].lines[0].index
            piece = read_table(header, lines[first:last], words, tables[-1] if tables else None)
            if piece.items:
                if tables:
                    carry_over(tables[-1], piece)
                tables.append(piece)
    return tables


def _without_table(
    tables: list[Table], sheets: list[Sheet], words: Lexicon, language: str | None, papers: bool
) -> list[Table]:
    """The items; where no table holds them all, those in blocks of labels, else those in a list."""
    if tables and not (_one_each(tables) or _unnamed(tables)):
        return tables
    pages = [sheet for sheet in sheets if not sheet.is_terms]
    blocks = find_records([sheet.lines for sheet in pages], words)
    if tables:
        items, found = (sum(len(table.items) for table in some) for some in (tables, blocks))
        return blocks if found == (len(tables) if _one_each(tables) else items) else tables
    if blocks or not papers:
        return blocks
    for sheet in pages:
        headers = find_list(sheet.lines, words, language)
        if headers:
            sheet.headers = headers
            return _tables(sheets, words)
    return []


def _unnamed(tables: Sequence[Table]) -> bool:
    """Is the table one whose head nobody knows?"""
    header = tables[0].header
    return header is not None and all(head.kind == "unknown" for head in header.heads)


def _one_each(tables: Sequence[Table]) -> bool:
    """Does the same head stand over each item, or its two rows, as labels do in blocks?"""
    heads = {
        tuple(head.box.key for head in table.header.heads) if table.header else ()
        for table in tables
    }
    return len(tables) > 1 and len(heads) == 1 and all(len(table.items) < 3 for table in tables)
