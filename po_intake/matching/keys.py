"""Cheap search keys, so that a catalogue is asked for a few dozen candidates and never for all.

``index_terms`` are the terms of a product that a database stores beside it, ``search_keys`` those
of a printed description, the most telling first. Both use one canonical form, so that
"2,5 x 100 mm" finds "2.5x100" and "schwarz" finds "black". Longer words have a stem as well,
which survives endings, abbreviations and slips of the pen behind it. ``party_terms`` are the same
for a company: what is printed of it and what is known of it have a term in common.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .candidates import LineQuery
from .codes import codes_inside
from .party import domain_of
from .score import split_description
from .text import code_key, company_words, digits, vat_key, weak_code_key
from .tokens import has_digit, tokenize, weight

_MAX_TERMS = 16
# words this long have a stem of so many letters
_LONG_WORD, _STEM = 6, 5
_STEM_MARK = "~"


@dataclass(frozen=True)
class SearchKeys:
    """What to ask the database for.

    :param codes: normalised item codes (``text.code_key``), printed in columns or in the text
    :param barcodes: digits of printed barcodes
    :param numbers: canonical tokens with digits, longest first
    :param words: canonical words, longest first, without fillers
    :param stems: stems of the words
    """

    codes: tuple[str, ...] = ()
    barcodes: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """Numbers, words and stems as ``index_terms`` writes them, most telling first."""
        return (*(*self.numbers, *self.words)[:_MAX_TERMS], *self.stems[:_MAX_TERMS])


def search_keys(description: str | None) -> SearchKeys:
    """The most telling keys of a printed description."""
    if not description:
        return SearchKeys()
    main, extra = split_description(description)
    tokens = [t for t in (*main.ordered, *extra.ordered) if weight(t) >= 1.0 and len(t) > 1]
    numbers = sorted((t for t in tokens if has_digit(t)), key=_telling)
    words = sorted((t for t in tokens if not has_digit(t)), key=_telling)
    return SearchKeys(
        codes=tuple(sorted(codes_inside(description))),
        numbers=tuple(numbers),
        words=tuple(words),
        stems=tuple(dict.fromkeys(_stems(words))),
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
        stems=keys.stems,
    )


def index_terms(names: Iterable[str]) -> tuple[str, ...]:
    """The canonical terms of a product, from its names in every language.

    >>> index_terms(["Hex bolt M8 x 40, galvanised", "Sechskantschraube M8x40 verzinkt"])
    ('bolt', 'hex', 'm8x40', 'sechskantschraube', 'sechs~', 'zinc')
    """
    terms = {
        token
        for name in names
        for token in tokenize(name).ordered
        if weight(token) >= 1.0 and len(token) > 1
    }
    return tuple(sorted({*terms, *_stems(terms)}))


def party_terms(
    names: Iterable[str] = (),
    references: Iterable[str] = (),
    vats: Iterable[str] = (),
    addresses: Iterable[str] = (),
    phones: Iterable[str] = (),
    glns: Iterable[str] = (),
) -> tuple[str, ...]:
    """What a company can be found by, printed or known: one term for each kind of sign.

    Words without their vowels survive most slips of the pen.

    :param addresses: e-mail and web addresses; domains of free mail providers give no term

    >>> party_terms(["Brandtner GmbH"], vats=["DE 655 143 914"], phones=["0201 856530"])
    ('brandtner', 'brand~', 'brndtnr~', 'phone:01856530', 'vat:655143914')
    """
    words = {word for name in names for word in company_words(name) if len(word) > 1}
    terms = {*words, *_stems(words), *map(_skeleton, words)} - {""}
    terms |= {f"ref:{key}" for text in references if (key := code_key(text).lstrip("0"))}
    terms |= {f"vat:{key}" for text in vats if len(key := vat_key(text)[1]) >= 6}
    terms |= {f"phone:{key[-8:]}" for text in phones if len(key := digits(text)) >= 7}
    terms |= {f"gln:{key}" for text in glns if len(key := digits(text)) == 13}
    for address in addresses:
        if "@" in address:
            terms.add(f"mail:{address.strip().lower()}")
        if domain := domain_of(address):
            terms.add(f"web:{domain}")
    return tuple(sorted(term for term in terms if " " not in term))


def _stems(words: Iterable[str]) -> list[str]:
    """The beginnings of the longer words; those of sizes and models would mislead."""
    return [
        word[:_STEM] + _STEM_MARK
        for word in words
        if len(word) >= _LONG_WORD and not has_digit(word)
    ]


def _skeleton(word: str) -> str:
    """A word without vowels and doubled letters: what most slips of the pen leave as it is."""
    consonants = re.sub(r"[aeiouy]", "", word)
    key = re.sub(r"(.)\1", r"\1", consonants)
    return key + _STEM_MARK if len(word) >= _STEM and len(key) > 2 and word.isalpha() else ""


def _telling(term: str) -> tuple[int, str]:
    return (-len(term), term)
