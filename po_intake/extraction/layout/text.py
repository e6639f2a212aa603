"""Comparing printed words: case, accents, blanks and punctuation do not matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_SPECIAL = str.maketrans(
    {"ß": "ss", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "æ": "ae", "œ": "oe", "°": "o", "đ": "d"}
)
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_CURRENCY_END = re.compile(
    r"(?<=[a-z]{2})(?:in)?(?:eur|usd|gbp|chf|pln|sek|nok|dkk|czk|huf|ron|cad|aud|jpy|cny)$"
)
_UMLAUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


_RATE = re.compile(r"^[(@]?\d{1,2}(?:[.,]\d{1,2})?\s?%?[):,]?$")


_CURRENCY = re.compile(r"^\(?(?:eur|usd|gbp|chf|pln|sek|nok|dkk|czk|huf|ron|[€£$]|zł)[).:]*$", re.I)


def without_rates(texts: Sequence[str]) -> list[str]:
    """Printed words with percentages and currencies left empty.

    "plus 19 % VAT" names the same as "plus VAT", "Total EUR excl. VAT" as "Total excl. VAT".
    """
    texts = ["" if _CURRENCY.match(text) else text for text in texts]
    if not any("%" in text for text in texts):
        return texts
    kept: list[str] = []
    for index, text in enumerate(texts):
        after = texts[index + 1][:1] if index + 1 < len(texts) else ""
        rate = _RATE.match(text) and ("%" in text or after == "%")
        kept.append("" if rate or text.strip("(),:") == "%" else text)
    return kept


@lru_cache(maxsize=65536)
def squash(text: str) -> str:
    """Only lower case letters and digits, without accents; ``#`` alone stays.

    >>> squash("N° de Commande:")
    'nodecommande'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_SPECIAL))
        text = text.encode("ascii", "ignore").decode()
    return _NOT_WORD.sub("", text.lower()) or ("#" if "#" in text else "")


@lru_cache(maxsize=65536)
def has_digit(text: str) -> bool:
    """Is there a digit in the text?"""
    return any(char.isdigit() for char in text)


def spellings(text: str) -> set[str]:
    """The squashed text, and the one with umlauts written as ae, oe, ue."""
    return {squash(text), squash(text.translate(_UMLAUT))} - {""}


def without_currency(key: str) -> str:
    """A squashed column head without a currency code at its end (``preiseur`` -> ``preis``)."""
    return _CURRENCY_END.sub("", key)


def tidy(text: str) -> str:
    """One blank between words, none at the ends."""
    return " ".join(text.split())
