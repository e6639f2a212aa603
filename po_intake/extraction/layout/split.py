"""Which pages of a file belong to one document."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from .classify import Title, find_number
from .header import Header
from .labels import Labels
from .lines import Line
from .text import squash

PARAGRAPH = re.compile(r"^(?:§\s*)?\d{1,2}(?:\.\d{1,2})?[.)]?\s+[^\W\d_]{2,}.*\s\S+\s\S+")


@dataclass
class Sheet:
    """What is known of one page before documents are told apart."""

    number: int
    lines: list[Line]
    headers: list[Header]
    title: Title | None
    read_labels: Callable[[], Labels]

    @cached_property
    def labels(self) -> Labels:
        """The labels of this page; only asked for where pages must be told apart."""
        return self.read_labels()


def is_terms(sheet: Sheet) -> bool:
    """Is it a page of numbered paragraphs, as terms are, without any items?"""
    if sheet.headers:
        return False
    numbered = sum(
        bool(PARAGRAPH.match(segment.text)) for line in sheet.lines for segment in line.segments
    )
    return numbered >= 4 and _number(sheet) is None


def split(sheets: Sequence[Sheet]) -> list[list[Sheet]]:
    """Pages by document, in their order.

    A new document starts on a page with an item table whose number differs from the one before.
    Pages without a number (a covering letter, terms, second pages) go with their neighbours.
    """
    if not any(sheet.headers and sheet.title for sheet in sheets[1:]):
        return [list(sheets)]
    groups: list[list[Sheet]] = []
    current: str | None = None
    for sheet in sheets:
        # only a page with a table starts an order
        number = _number(sheet) if sheet.headers else None
        starts = number is not None
        # second pages that print another number than the first are rare, but exist
        new = starts and current is not None and number != current and sheet.title is not None
        if not groups or new:
            groups.append([])
        groups[-1].append(sheet)
        if starts:
            current = number
    return groups


def _number(sheet: Sheet) -> str | None:
    kind = sheet.title.kind if sheet.title else "purchase_order"
    found = find_number(sheet.title, kind, sheet.labels)
    return squash(found[0]) if found else None
