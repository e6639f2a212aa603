"""Cheap search keys, so that a catalogue is asked for a few dozen candidates and never for all.

``index_terms`` are the terms of a product that a database may store (an array or a text column
with an index), ``search_keys`` those of a printed description, the most telling first. Both use
one canonical form, so that "2,5 x 100 mm" finds "2.5x100". ``raw`` holds the spellings for a
plain ``ilike`` on unprepared columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .candidates import LineQuery
from .codes import codes_inside
from .score import split_description
from .text import code_key, digits, fold, weak_code_key
from .tokens import has_digit, tokenize, weight

_MAX_TERMS = 12


@dataclass(frozen=True)
class SearchKeys:
    """What to ask the database for.

    :param codes: normalised item codes (``text.code_key``), printed in columns or in the text
    :param barcodes: digits of printed barcodes
    :param numbers: canonical tokens with digits, longest first
    :param words: canonical words, longest first, without fillers
    :param raw: folded spellings as printed, for ``ilike`` on plain columns; most telling first
    """

    codes: tuple[str, ...] = ()
    barcodes: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    raw: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """Numbers and words as ``index_terms`` writes them, most telling first."""
        return (*self.numbers, *self.words)[:_MAX_TERMS]


def search_keys(description: str | None) -> SearchKeys:
    """The most telling keys of a printed description."""
    if not description:
        return SearchKeys()
    main, extra = split_description(description)
    tokens = [t for t in (*main.ordered, *extra.ordered) if weight(t) >= 1.0 and len(t) > 1]
    numbers = sorted((t for t in tokens if has_digit(t)), key=_telling)
    words = sorted((t for t in tokens if not has_digit(t)), key=_telling)
    first = fold(description.splitlines()[0] if description.splitlines() else "")
    raw = [word.strip(",.;:()[]\"'") for word in first.split()]
    raw = [word for word in raw if len(word) > 1 and weight(word) >= 1.0]
    return SearchKeys(
        codes=tuple(sorted(codes_inside(description))),
        numbers=tuple(numbers),
        words=tuple(words),
        raw=tuple(sorted(dict.fromkeys(raw), key=_telling)),
    )


def line_keys(query: LineQuery) -> SearchKeys:
    """The keys of a whole order line: its codes and those of its description."""
    keys = search_keys(query.description)
    codes = [code for code in (query.partner_code, query.our_code) if code]
    forms = [form(code) for code in codes for form in (code_key, weak_code_key)]
    barcode = digits(query.barcode or "")
    return SearchKeys(
        codes=tuple(dict.fromkeys(form for form in (*forms, *keys.codes) if form)),
        barcodes=(barcode,) if barcode else (),
        numbers=keys.numbers,
        words=keys.words,
        raw=keys.raw,
    )


def index_terms(names: Iterable[str]) -> tuple[str, ...]:
    """The canonical terms of a product, from its names in every language."""
    terms = {
        token
        for name in names
        for token in tokenize(name).ordered
        if weight(token) >= 1.0 and len(token) > 1
    }
    return tuple(sorted(terms))


def trigrams(text: str) -> frozenset[str]:
    """Trigrams of the words of a text as PostgreSQL's pg_trgm cuts them (two blanks before)."""
    found: set[str] = set()
    for word in re.findall(r"[a-z0-9]+", fold(text)):
        padded = f"  {word} "
        found.update(padded[i : i + 3] for i in range(len(padded) - 2))
    return frozenset(found)


def _telling(term: str) -> tuple[int, str]:
    return (-len(term), term)
