"""One label, and what the words around it make of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .lines import Box
from .page import Word
from .shapes import COMPANY, EMAIL
from .text import has_digit

SHORT = 3
"""Phrases of so few letters count in the document's language only."""
LONGEST_HINT = 8


@dataclass(eq=False)
class Label:
    """A known phrase in front of a value.

    ``kinds`` are keys of the word lists' label section, the likeliest first; ``rest`` are the
    words that follow it in the same segment.
    """

    kinds: tuple[str, ...]
    parties: tuple[str, ...]
    box: Box
    rest: list[Word]
    segment: Box
    colon: bool = False


def starts_name(key: str, parties: Sequence[str], rest: Sequence[Word]) -> bool:
    """ "Van" may introduce the buyer, but "Van Hattem" is a name, and so is "Société Nouvelle"."""
    if len(key) <= SHORT:
        return True
    text = " ".join(word.text for word in rest)
    plain = rest[-1].text[-1:] == "&" or not (COMPANY.search(text) or has_digit(text))
    return plain and not set(parties) & {"delivery", "invoice"}


def hint_size(printed: Sequence[Word]) -> int:
    """How many words in brackets explain a label: "(please quote)", "(DD/MM/YYYY)"."""
    if not printed or not printed[0].text.startswith("("):
        return 0
    for size, word in enumerate(printed[:LONGEST_HINT], 1):
        if has_digit(word.text):
            return 0
        if word.text.rstrip(":").endswith(")"):
            return size
    # the brackets may be closed on the next line
    return len(printed) if len(printed) <= LONGEST_HINT else 0


def without_colon(segment: Box) -> Box:
    """A colon may be printed in front of the value, in a column of its own."""
    if len(segment.words) > 1 and segment.words[0].text == ":":
        return Box(segment.words[1:])
    return segment


def starts_number(label: Label | None) -> bool:
    """ "Order 26-955, our customer no. K59990" names two numbers."""
    return bool(
        label
        and label.rest
        and has_digit(label.rest[0].text)
        and set(label.kinds) & {"customer_no", "supplier_no", "our_order"}
    )


def is_subject(first: Label | None, word: Word, label: Label | None) -> bool:
    """ "Subject: Order no. 44/2026" says the number behind a label that wants nothing itself."""
    if not (first and first.colon and first.rest and "other" in first.kinds and label):
        return False
    return word is first.rest[0] and label.kinds[:1] == ("number",) and len(label.box.words) > 1


def starts_contact(label: Label) -> bool:
    """Phone and mail follow each other without any separator in letterheads."""
    kinds = set(label.kinds)
    if "email" in kinds:
        return bool(EMAIL.match(label.rest[0].text)) if label.rest else False
    if kinds & {"phone", "fax", "vat"}:
        return bool(label.rest and re.match(r"^[+(\d]|^[A-Z]{2}[\w.\-]*\d", label.rest[0].text))
    return False
