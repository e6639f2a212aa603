"""The sums under an item table: net, charges, tax, total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..normalize import CURRENCIES
from .lexicon import LONGEST_PHRASE, Lexicon
from .lines import Box, Line, beside, overlap
from .page import Word
from .text import has_digit, squash, without_rates

AMOUNT = re.compile(
    r"^[^\w]{0,3}(?:[A-Z]{3}|US)?[^\w]{0,2}-?\d[\d.,'\u2019\u00a0\u202f]*(?:[^\w%]{0,3}|[A-Z]{3})$"
)
EXTRA = ("charge", "allowance")
NET, GROSS = "net", "gross"
BEHIND = 2
"""Words behind an amount that say more of a sum than its name."""
FAR = 460.0
"""Most points between the name of a sum and the sum."""


@dataclass(frozen=True)
class Sum:
    """One printed sum. ``kind`` is a key of the word lists' total section."""

    kind: str
    name: str
    amount: str
    words: tuple[Word, ...]


def find_sums(lines: Sequence[Line], words: Lexicon) -> list[Sum]:
    """All sums of these lines, from top to bottom.

    :param lines: of the document without its item tables
    """
    segments = [
        piece for line in lines for segment in line.segments for piece in _pieces(segment, words)
    ]
    named = [(segment, _named(segment, words)) for segment in segments]
    labels = [(segment, *name) for segment, name in named if name]
    pages: dict[int, list[Box]] = {}
    for segment in segments:
        pages.setdefault(segment.page, []).append(segment)
    result = []
    for segment, kind, size in labels:
        others = [other for other, _kind, _size in labels if other is not segment]
        amount = _amount(segment, kind, size, pages[segment.page], others)
        if amount:
            name = " ".join(word.text for word in segment.words[:size]).strip(" :")
            text = " ".join(word.text for word in amount)
            if kind == GROSS and amount[-1] in segment.words:
                behind = segment.words[segment.words.index(amount[-1]) + 1 :][:BEHIND]
                kind = tax_said([word.text for word in behind], words) or kind
            result.append(Sum(kind, name, text, (*segment.words[:size], *amount)))
    taken = {item.words[-1] for item in result if item.kind not in EXTRA}
    # "Free delivery" beside the amounts under other names has no amount of its own
    return [item for item in result if item.kind not in EXTRA or item.words[-1] not in taken]


def _pieces(segment: Box, words: Lexicon) -> list[Box]:
    """A segment, cut where another sum follows an amount: "Net 10.00, VAT 2.00, total 12.00"."""
    printed = segment.words
    cuts = [
        index
        for index in range(1, len(printed))
        if len(printed) > 3
        and _is_amount(printed[index - 1].text)
        and "%" not in printed[index - 1].text
        and printed[index].text[:1].isalpha()
        and not _says_more(printed[index:], words)
        and sum_kind(printed[index:], words)
    ]
    ends = [*cuts, len(printed)]
    return [Box(printed[start:end]) for start, end in zip([0, *cuts], ends)] if cuts else [segment]


def _says_more(behind: Sequence[Word], words: Lexicon) -> bool:
    """Do the last words behind an amount only say whether tax is in it: "EUR netto"?"""
    texts = [word.text for word in behind]
    return len(texts) <= BEHIND and tax_said(texts, words) is not None


def sum_kinds(printed: Sequence[Word], words: Lexicon) -> tuple[list[str], int]:
    """``(kinds, words)`` of the longest name of a sum at the start of some words."""
    return kinds_of(tuple(word.text for word in printed[:LONGEST_PHRASE]), words)


@lru_cache(maxsize=4096)
def kinds_of(texts: tuple[str, ...], words: Lexicon) -> tuple[list[str], int]:
    """``(kinds, words)`` of the longest name of a sum at the start of some texts."""
    for size, key in words.starts(without_rates(texts), "total"):
        if size > 1 and _is_amount(texts[size - 1]):
            continue
        kinds = words.kinds("total", key)
        if kinds:
            return kinds, size
    return [], 0


def sum_kind(printed: Sequence[Word], words: Lexicon) -> tuple[str, int] | None:
    """The kind of the sum that some words start with, and how many words name it."""
    kinds, size = sum_kinds(printed, words)
    if not kinds:
        return None
    return max(set(kinds), key=lambda kind: (kinds.count(kind), kind)), size


def _named(segment: Box, words: Lexicon) -> tuple[str, int] | None:
    found = sum_kind(segment.words, words)
    if not found or is_longer_label(segment.words, found[1], words):
        return None
    rest = segment.words[found[1] :]
    others = [
        word
        for word in rest
        if any(char.isalpha() for char in word.text)
        and word.text.strip("().:").lower() not in CURRENCIES
        and not _is_amount(word.text)
    ]
    return found if len(others) <= 2 else None


def is_longer_label(printed: Sequence[Word], size: int, words: Lexicon) -> bool:
    """ "Delivery date" is no charge for delivery."""
    texts = [word.text for word in printed[:LONGEST_PHRASE]]
    name = squash("".join(texts[:size]))
    return any(
        longer > size and key != name and words.knows("label", key)
        for longer, key in words.starts(texts, "label")
        if not has_digit(key)
    )


def tax_said(texts: Sequence[str], words: Lexicon) -> str | None:
    """Do words say "net", "incl. VAT" or the like?"""
    named = [(text, squash(text)) for text in without_rates(list(texts)) if squash(text)]
    for at, (text, key) in enumerate(named):
        taxed = any(words.means("part", after, "tax") for _text, after in named[at + 1 : at + 3])
        if words.means("part", key, "net") or (taxed and _is_on_top(key, words)):
            return NET
        if words.means("part", key, "gross") or (taxed and words.means("part", key, "incl")):
            return GROSS
        if text[-1:] in ".;" and len(key) > 4:
            return None
    return None


def _is_on_top(key: str, words: Lexicon) -> bool:
    return words.means("part", key, "excl") or words.means("mail", key, "ontop")


def _is_amount(text: str) -> bool:
    return bool(AMOUNT.match(text))


def _amount(
    segment: Box, kind: str, size: int, page: Sequence[Box], others: Sequence[Box]
) -> list[Word] | None:
    """The words of the number that belongs to a name: behind it, beside it or below it."""
    own = last_number(segment.words[size:])
    right = [
        other
        for other in page
        if other.x0 >= segment.x1 - 1 and other is not segment and beside(segment, other)
    ]
    right.sort(key=lambda other: other.x0)
    best, edge = own, segment.x1
    for other in right:
        if other in others or other.x0 - edge > FAR:
            break
        found = last_number(other.words)
        if found:
            best = found
        edge = max(edge, other.x1)
    if best:
        return best
    if kind in EXTRA and not any(beside(segment, other) for other in others):
        return None
    below = [
        other
        for other in page
        if 0 < other.middle - segment.middle < 2.2 * max(segment.height, other.height)
        and other not in others
    ]
    under = [other for other in below if overlap(segment, other) > 0]
    if not under and any(beside(segment, other) for other in others):
        # in a row of boxes the amounts stand at their right ends, the names at the left ones
        end = min((other.x0 for other in right), default=segment.x1 + FAR)
        under = [other for other in below if segment.x0 <= other.x0 < end]
    nearest = min(under, key=lambda other: other.middle, default=None)
    return last_number(nearest.words) if nearest else None


def last_number(printed: Sequence[Word]) -> list[Word] | None:
    """The last amount of some words, with thousands parted by blanks; no percentages."""
    for index in range(len(printed) - 1, -1, -1):
        text = printed[index].text
        if not _is_amount(text):
            continue
        if text.endswith("%") or (index + 1 < len(printed) and printed[index + 1].text[:1] == "%"):
            continue
        start = index
        while (
            start
            and re.match(r"^\d{3}(?:[.,]|$)", printed[start].text)
            and re.match(r"^[^\w]?\d{1,3}$", printed[start - 1].text)
            and printed[start].x0 - printed[start - 1].x1
            < 0.7 * (printed[start].y1 - printed[start].y0)
        ):
            start -= 1
        return list(printed[start : index + 1])
    return None
