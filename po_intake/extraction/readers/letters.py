"""Orders that people write as letters: sentences and lists on typed pages, without any table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ..document import ORDER_CHANGE, OTHER, PURCHASE_ORDER, Evidence, OrderDocument
from ..layout.engine import read_pages
from ..layout.lines import Line, page_lines
from ..layout.page import Page
from ..reader import Hints
from . import flow, freeform, mentions, phrases

COLUMN = "   "
"""Between texts that stand apart in a line."""
APART = 1.3
"""Paragraphs are further apart than lines, by this factor."""


def add(
    documents: Sequence[OrderDocument], pages: Sequence[Page], hints: Hints, reader: str
) -> tuple[OrderDocument, ...]:
    """The documents of a paper; one that orders in sentences with the items of its text."""
    if len(documents) != 1 or documents[0].lines:
        return tuple(documents)
    lines = [line for page in pages if page.words for line in page_lines(page)]
    cells = list(_paragraphs(lines))
    document = documents[0]
    if document.document_type == OTHER and _orders(document, cells):
        (document, *_rest) = read_pages(pages, hints, reader, kind=PURCHASE_ORDER)
    if document.document_type not in (PURCHASE_ORDER, ORDER_CHANGE):
        return tuple(documents)
    (found, *more) = freeform.add([document], cells, "", reader)
    if more or not found.lines:
        return tuple(documents)
    found = mentions.add(found, cells, "", reader, hints.date, letter=True)
    return (_placed(found, lines),)


def _paragraphs(lines: Sequence[Line]) -> Iterator[flow.Line]:
    """The texts of lines, parted by empty ones where blank paper parts them."""
    steps = sorted(
        below.middle - above.middle for above, below in pairwise(lines) if above.page == below.page
    )
    # of short paragraphs most lines stand apart
    apart = APART * steps[len(steps) // 4] if steps else 0.0
    for at, line in enumerate(lines):
        above = lines[at - 1]
        if at and (line.page != above.page or line.middle - above.middle > apart):
            yield flow.Line("", "")
        yield flow.Line(COLUMN.join(segment.text for segment in line.segments), str(at))


def _orders(document: OrderDocument, cells: Sequence[flow.Line]) -> bool:
    """Does a paper without any title number an order, and speak of nothing else?"""
    texts = [cell.text for cell in cells]
    return (
        "document_type" not in document.evidence
        and mentions.numbered(texts)
        and not phrases.declines("\n".join(texts))
    )


def _placed(document: OrderDocument, lines: Sequence[Line]) -> OrderDocument:
    """The document with places on the pages instead of numbers of lines."""
    evidence = {path: _on_page(item, lines) for path, item in document.evidence.items()}
    return replace(document, evidence=evidence)


def _on_page(item: Evidence, lines: Sequence[Line]) -> Evidence:
    if item.place is None or not item.place.isdigit():
        return item
    line = lines[int(item.place)]
    bbox = (round(line.x0, 1), round(line.y0, 1), round(line.x1, 1), round(line.y1, 1))
    return replace(item, page=line.page, bbox=bbox, place=None)
