"""What a document is, by its title, and the number that stands with the title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from ..document import ORDER_CHANGE, ORDER_CONFIRMATION, OTHER, PURCHASE_ORDER
from .address import ends_in_zip
from .label import Label
from .labels import Labels
from .lexicon import LONGEST_PHRASE, Lexicon, months
from .lines import Box, Line, overlap
from .page import Word
from .shapes import MARKS, SERIES, code_of, number_of
from .text import has_digit, squash

DATE_WORDS = {"z", "from"}
"""In front of a date behind a title, besides the word lists' ways to say "of"."""
ORDINAL = re.compile(r"\d(?:\.|st|nd|rd|th|e|ère|er|de|a|ª|º|°)$")
"""In front of the title of a reminder: "2. Mahnung"."""
COUNT = re.compile(r"\d{1,2}$")
"""On an order change, so short a number counts the changes."""
YEAR = re.compile(r"20[1-4]\d$")
LARGER = 1.1
"""Titles are mostly larger than this, in shares of the usual height."""
WEAK = 1.3
"""Below this rank a title is only a label or a word in a text."""


@dataclass(frozen=True)
class Title:
    """A phrase that says what a document is.

    :param rank: how much it looks like the title
    :param rest: the words behind the phrase
    """

    kind: str
    box: Box
    rest: Sequence[Word]
    rank: float


def find_title(lines: Sequence[Line], words: Lexicon, language: str | None) -> Title | None:
    """The likeliest title among these lines (of one page, or of a document)."""
    sizes = sorted(line.height for line in lines)
    usual = max(sizes[len(sizes) // 2], 1.0) if sizes else 10.0
    bottom = max((line.y1 for line in lines), default=1.0)
    best: Title | None = None
    for line in lines:
        for index, segment in enumerate(line.segments):
            title = _title(segment, words, language, usual, bottom)
            if title and index and _is_value(line.segments[index - 1], words):
                continue
            if title and len(line.segments) > 1 and segment.height < LARGER * usual:
                # in small print, beside something else, it is part of a label sooner
                title = replace(title, rank=title.rank - 0.5)
            if title and (best is None or title.rank > best.rank):
                best = title
    return best


def _title(
    segment: Box, words: Lexicon, language: str | None, usual: float, bottom: float
) -> Title | None:
    if len(segment.words) > 1 and ORDINAL.match(segment.words[0].text):
        title = _title(Box(segment.words[1:]), words, language, usual, bottom)
        # numbered headings of terms name orders and offers, too
        return title if title and title.kind == OTHER else None
    for size, key in words.starts([word.text for word in segment.words[:LONGEST_PHRASE]], "type"):
        kind = words.pick("type", key, language)
        if not kind:
            continue
        rest = segment.words[size:]
        # "ECF 2026/868": letters of a series in front of its number
        series = len(rest) == 2 and SERIES.fullmatch(rest[0].text) and has_digit(rest[1].text)
        plain = series or all(
            _is_number_part(word.text, words) or words.means("label", squash(word.text), "revision")
            for word in rest
        )
        large = segment.height / usual
        if not plain and large < 1.35:
            return None
        rank = 2.0 * min(large, 2.5) + 0.25 * size - 1.2 * segment.y0 / bottom
        if segment.words[size - 1].text.endswith(":") or (rest and squash(rest[0].text) in MARKS):
            rank -= 1.0
        if not plain:
            rank -= 1.0
        return Title(kind, Box(segment.words[:size]), rest, rank)
    return None


def _is_number_part(text: str, words: Lexicon) -> bool:
    """May the word stand behind a title: as number, date, or in front of one?"""
    key = squash(text)
    linking = words.means("part", key, "on", "date", "number") or key in DATE_WORDS
    return not key or key in MARKS or linking or key in months() or has_digit(text)


def _is_value(segment: Box, words: Lexicon) -> bool:
    """Does a label stand before the phrase ("Type: Quotation")?"""
    return words.knows("label", segment.key) and segment.text.endswith(":")


def decide_type(title: Title | None, labels: Labels, has_items: bool, papers: bool = False) -> str:
    """The document type; a table under no title at all is taken for an order.

    :param papers: the pages are papers as people print them: an order says so somewhere
    """
    if title:
        return title.kind
    for label in labels.found:
        if "number" in label.kinds:
            kind = type_of_label(label.box, labels.words, labels.language)
            if kind:
                return kind
    return PURCHASE_ORDER if has_items and not (papers and not _orders(labels)) else OTHER


def _orders(labels: Labels) -> bool:
    """Does any word or phrase outside the tables speak of an order?"""
    words = labels.words
    for segment in labels.segments:
        for start in range(len(segment.words)):
            part = segment.words[start : start + 3]
            for size in range(len(part), 0, -1):
                key = squash("".join(word.text for word in part[:size]))
                if words.means("type", key, PURCHASE_ORDER, ORDER_CHANGE):
                    return True
                if words.means("word", key, "ordering"):
                    return True
            if len(key) > 5 and _compound(key, words, labels.language) == PURCHASE_ORDER:
                return True
    return False


def type_of_label(box: Box, words: Lexicon, language: str | None) -> str | None:
    """What a label like "Quotation no." numbers, None for one like "Our reference"."""
    # a hint in brackets may name other papers: "(quote on invoices)"
    printed = list(takewhile(lambda word: not word.text.startswith("("), box.words))
    for size in range(len(printed), 0, -1):
        for start in range(len(printed) - size + 1):
            key = squash("".join(word.text for word in printed[start : start + size]))
            kind = words.pick("type", key, language)
            if kind:
                return kind
    return _compound(squash("".join(word.text for word in printed)), words, language)


def _compound(key: str, words: Lexicon, language: str | None) -> str | None:
    """Compound nouns: "Bestellnummer", "Offertenummer"."""
    best, length = None, 3
    for phrase in words.type:
        if len(phrase) > length and key.startswith(phrase):
            best, length = words.pick("type", phrase, language), len(phrase)
    return best


def find_number(
    title: Title | None, kind: str, labels: Labels, ours: bool = False
) -> tuple[str, list[Word]] | None:
    """The document's own number: by a label that says so, with the title, or under it."""
    wanted = _family(kind)
    named, general, orders = [], [], []
    for label, value in labels.values("number"):
        if ends_in_zip(value.text):
            # an address stands beside the end of a title that runs over two lines
            continue
        word = number_of(value.words)
        about = type_of_label(label.box, labels.words, labels.language)
        if not word:
            continue
        word = [*_kind_in_front(label, labels), *word]
        if about and _family(about) != wanted:
            # to a vendor the order that he confirms is his, too: "Our order no."
            if _family(about) == PURCHASE_ORDER and label.kinds[0] == "number":
                orders.append(word)
        elif about or len(label.box.words) > 1 or label.kinds[0] == "number":
            (named if about and len(label.box.key) > 2 else general).append(word)
        else:
            general.append(word)
    rest = (
        number_of([word for word in title.rest if squash(word.text) not in MARKS]) if title else []
    )
    below = _below_title(title, labels) if title and not rest else None
    # "Order form 2026": a year numbers an edition of the form sooner than an order
    named.sort(key=lambda words: bool(YEAR.match(clean_number(words[-1].text))))
    for words in (
        *named[:1],
        rest,
        [below] if below else [],
        *general[:1],
        *(orders[:1] if kind == ORDER_CONFIRMATION else ()),
    ):
        text = " ".join(clean_number(word.text) for word in words)
        if words and not (kind == "order_change" and COUNT.match(text)):
            return text, words
    return None


def _kind_in_front(label: Label, labels: Labels) -> Sequence[Word]:
    """Portuguese numbers begin with the letters of their kind, as in SAF-T: "ENC 2026/5694"."""
    first = label.rest[0].text if label.rest else ""
    named = SERIES.fullmatch(label.box.text) and re.fullmatch(r"\w+/\d+", first)
    return label.box.words if named and labels.language == "pt" else ()


def revision_of(title: Title, words: Lexicon) -> Word | None:
    """The revision in "Change to Purchase Order 4711, revision 2"."""
    for label, value in zip(title.rest, title.rest[1:]):
        if words.means("label", squash(label.text), "revision"):
            if re.fullmatch(r"[A-Z]?\d{1,3}[.,]?", value.text):
                return value
    return None


def clean_number(text: str) -> str:
    """A document number without the marks around it."""
    return text.strip().strip("#:,;()[]").strip()


def _family(kind: str) -> str:
    return PURCHASE_ORDER if kind in (PURCHASE_ORDER, "order_change") else kind


def _below_title(title: Title, labels: Labels) -> Word | None:
    """A number standing alone under the title, or at its right end."""
    if title.rank < WEAK:
        return None
    box = title.box
    for segment in labels.pages.get(box.page, []):
        step = segment.middle - box.middle
        near = 0.4 * box.height < step < 2.2 * box.height + 8
        aligned = (
            abs(segment.x0 - box.x0) < 6
            or abs(segment.x1 - box.x1) < 6
            or overlap(segment, box) > 0
        )
        if near and aligned and len(segment.words) <= 3 and not labels.is_label(segment):
            words = [word for word in segment.words if squash(word.text) not in MARKS]
            found = code_of(words)
            if found and len(words) == 1:
                return found
    return None
