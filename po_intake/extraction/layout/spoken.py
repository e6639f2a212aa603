"""Sums that a sentence names: "Le montant total s'élève à 1 234,50 EUR HT."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .lexicon import LONGEST_PHRASE, Lexicon
from .text import has_digit, squash, without_rates
from .totals import GROSS, NET, kinds_of, tax_said

MONEY = re.compile(r"^[^\w]{0,3}(?:[A-Z]{3})?\d[\d.,'\u2019]*[.,]\d\d(?:[^\w%]{0,3}|[A-Z]{3}\W?)$")
GROUP = re.compile(r"^\d{3}(?:[.,]|$)")
THOUSANDS = re.compile(r"^[^\w]{0,2}\d{1,3}(?: \d{3})*$")
FAR = 9
"""Most words between the name of a sum and its amount."""
NEAR = 5
"""Words behind an amount that may say whether tax is in it."""


class Spoken(NamedTuple):
    """A sum: whether it is ``net`` or ``gross``, and which words of the text name it."""

    kind: str
    first: int
    start: int
    end: int


def spoken_sums(texts: Sequence[str], words: Lexicon) -> Iterator[Spoken]:
    """The sums of all goods that these words name in sentences.

    :param texts: the words of a paragraph
    """
    at = 0
    while at < len(texts):
        kind, size = _name(texts, at, words)
        amount = _amount(texts, at + size, words) if size else None
        if not amount:
            at += max(size, 1)
            continue
        start, end = amount
        said = tax_said(texts[end : end + NEAR], words) or tax_said(texts[at + size : start], words)
        yield Spoken(said or kind, at, start, end)
        at = end


def _name(texts: Sequence[str], at: int, words: Lexicon) -> tuple[str, int]:
    """What sum a phrase at this place names, and how many words it has; 0 where it names none."""
    if at and (MONEY.match(texts[at - 1]) or "" in without_rates(texts[at - 1 : at])):
        return "", 0  # it says more of the amount in front of it
    kinds, size = kinds_of(tuple(texts[at : at + LONGEST_PHRASE]), words)
    kind = next((kind for kind in (NET, GROSS) if kind in kinds), "")
    return (kind, size) if kind and not texts[at + size - 1].endswith(".") else ("", 0)


def _amount(texts: Sequence[str], start: int, words: Lexicon) -> tuple[int, int] | None:
    """From where to where the amount goes; none behind words like "from" and "over"."""
    for index in range(start, min(start + FAR, len(texts))):
        text = texts[index]
        if MONEY.match(text):
            first = index
            while first > start and GROUP.match(texts[first]) and THOUSANDS.match(texts[first - 1]):
                first -= 1
            limits = words.means("mail", squash(texts[first - 1]), "limit")
            return None if limits else (first, index + 1)
        if text[-1:] in ".;!?" and not has_digit(text) and len(text) > 4:
            return None
    return None
