"""What the pages of a file repeat, and where one page holds several orders."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .anchors import is_total
from .classify import find_number, find_title
from .header import Header
from .labels import Labels
from .lexicon import Lexicon
from .lines import Box, Line
from .text import has_digit

PAGE_NUMBER = re.compile(
    r"(?:\b[^\W\d_]{2,8}\.?:?\s*)?\d{1,3}\s*(?:/|[^\W\d_]{1,3})\s*\d{1,3}$|^[^\W\d_]{2,8}\.?:?\s*\d{1,3}$"
)
FIGURES = 12
"""A page of fewer figures may be repeated for a reason."""
SUMS = ("net", "tax", "gross", "subtotal")


def without_copies(lines: dict[int, list[Line]]) -> list[int]:
    """Numbers of the pages that do not repeat the figures of an earlier page.

    The same order is often printed twice into one file, for two desks.
    """
    if len(lines) == 1:
        return list(lines)
    seen: set[tuple[str, ...]] = set()
    kept = []
    for number in sorted(lines):
        figures = _figures(lines[number])
        if len(figures) >= FIGURES and figures in seen:
            continue
        seen.add(figures)
        kept.append(number)
    return kept


def _figures(lines: Sequence[Line]) -> tuple[str, ...]:
    """All words with digits, except the number of the page."""
    figures: list[str] = []
    for segment in (segment for line in lines for segment in line.segments):
        found = [word.text for word in segment.words if has_digit(word.text)]
        if found and not _is_page_number(segment):
            figures += found
    return tuple(sorted(figures))


def _is_page_number(segment: Box) -> bool:
    last = segment.words[-1].text[-1]
    return last.isdigit() and len(segment.words) <= 4 and bool(PAGE_NUMBER.fullmatch(segment.text))


def orders_of_page(
    lines: list[Line], headers: Sequence[Header], words: Lexicon, language: str | None
) -> list[list[Line]]:
    """The lines of a page, cut where another order with a number of its own starts."""
    cuts = [0]
    for above, below in zip(headers, headers[1:]):
        cut = _cut(lines, above.lines[-1].index + 1, below.lines[0].index, words, language)
        if cut is None:
            continue
        first = _number(lines[cuts[-1] : cut], words, language)
        second = _number(lines[cut : below.lines[0].index], words, language)
        if first and second and first != second:
            cuts.append(cut)
    if len(cuts) == 1:
        return [lines]
    return [
        [Line(line.words, index=at, gap=line.gap) for at, line in enumerate(lines[start:end])]
        for start, end in zip(cuts, [*cuts[1:], len(lines)])
    ]


def _cut(
    lines: Sequence[Line], start: int, end: int, words: Lexicon, language: str | None
) -> int | None:
    """Where the next order starts: at the widest gap between the last sum and its title."""
    title = find_title(lines[start:end], words, language)
    if title is None:
        return None
    last = next(index for index in range(start, end) if title.box.words[0] in lines[index].words)
    sums = [index for index in range(start, last) if is_total(lines[index], words) in SUMS]
    return max(
        range(sums[-1] + 1 if sums else start + 1, last + 1),
        key=lambda index: lines[index].middle - lines[index - 1].middle,
        default=None,
    )


def _number(lines: Sequence[Line], words: Lexicon, language: str | None) -> str | None:
    title = find_title(lines, words, language)
    kind = title.kind if title else "purchase_order"
    found = find_number(title, kind, Labels(lines, words, language))
    return found[0] if found else None
