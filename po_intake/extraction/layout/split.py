"""Which pages of a file belong to one document."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..document import PURCHASE_ORDER
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
    read_labels: Callable[[Sequence[Line]], Labels]

    @cached_property
    def top(self) -> list[Line]:
        """The lines above the first item table; all, where there is none."""
        return self.lines[: self.headers[0].lines[0].index] if self.headers else self.lines

    @cached_property
    def free(self) -> list[Line]:
        """The lines that are no head of an item table."""
        taken = {line.index for header in self.headers for line in header.lines}
        return [line for line in self.lines if line.index not in taken]

    @cached_property
    def order_number(self) -> str | None:
        """The number of the document, squashed; only asked for where pages must be told apart.

        It mostly stands above the table, so the whole page is looked through only then.
        """
        kind = self.title.kind if self.title else PURCHASE_ORDER
        for lines in (self.top, self.free):
            found = find_number(self.title, kind, self.read_labels(lines))
            if found:
                return squash(found[0])
        return None

    @cached_property
    def is_terms(self) -> bool:
        """Is it a page of numbered paragraphs, as terms are, without any items?"""
        if self.headers:
            return False
        numbered = sum(
            bool(PARAGRAPH.match(segment.text)) for line in self.lines for segment in line.segments
        )
        return numbered >= 4 and self.order_number is None


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
        number = sheet.order_number if sheet.headers else None
        starts = number is not None
        # second pages that print another number than the first are rare, but exist
        new = starts and current is not None and number != current and sheet.title is not None
        if not groups or new:
            groups.append([])
        groups[-1].append(sheet)
        if starts:
            current = number
    return groups
