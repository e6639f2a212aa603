"""How well one postal address fits a printed one: street, house number, zip, city and name.

A house number is exact, a street name may be abbreviated or misspelt, a zip is compared without
country letter and spaces. Street and number with zip or city identify an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from .candidates import PartyCandidate, PartyQuery, Reason
from .evidence import PartyEvidence
from .text import code_key, fold, loose, site_words

# abbreviation -> stem that the full word is cut down to as well
_STREET_WORDS = {
    "strasse": "str", "stra": "str", "straat": "str", "street": "str", "st": "str", "stret": "str",
    "road": "rd", "avenue": "av", "avenida": "av", "ave": "av", "avda": "av", "lane": "ln",
    "drive": "dr", "boulevard": "bd", "blvd": "bd", "bvd": "bd", "place": "pl", "platz": "pl",
    "plaza": "pl", "piazza": "pl", "plein": "pl", "calle": "c", "carrer": "c", "corso": "cso",
    "viale": "vle", "ulica": "ul", "aleja": "al", "square": "sq", "court": "ct", "chemin": "ch",
    "route": "rte", "allee": "all", "faubourg": "fbg", "saint": "st", "sankt": "st", "rua": "r",
    "rue": "r", "laan": "ln", "weg": "wg", "industriestrasse": "industriestr", "unit": "",
}  # fmt: skip
_STREET, _ZIP, _CITY, _NAME = 0.55, 0.2, 0.12, 0.13
_TYPE_ORDER = {"delivery": 0, "contact": 1, "other": 2, "invoice": 3}


@lru_cache(maxsize=1 << 14)
def street_key(street: str) -> tuple[str, tuple[str, ...]]:
    """Letters of a street, abbreviated, and its numbers with their letters.

    >>> street_key("Robert-Bosch-Straße 40 a"), street_key("40a, Robert Bosch Str.")
    (('robertboschstr', ('40a',)), ('robertboschstr', ('40a',)))
    """
    text = re.sub(r"(\d+)\s+([a-z])(?![a-z0-9])", r"\1\2", fold(street))
    text = re.sub(r"\bc/\s*", "c ", text).replace("'", " ")
    letters, numbers = [], []
    for word in re.findall(r"[a-z0-9]+(?:/\d+)?", text):
        if word[0].isdigit():
            numbers.append(word)
        else:
            letters.append(_stem(word))
    return "".join(letters), tuple(numbers)


def _stem(word: str) -> str:
    if word in _STREET_WORDS:
        return _STREET_WORDS[word]
    for ending in ("strasse", "straat"):
        if word.endswith(ending):
            return loose(word[: -len(ending)]) + "str"
    return loose(word)


def street_similarity(one: str | None, other: str | None) -> float:
    """0..1; 0 if the house numbers differ, since a neighbour is another place."""
    if not one or not other:
        return 0.0
    (letters, numbers), (other_letters, other_numbers) = street_key(one), street_key(other)
    if not letters or not other_letters or not _same_house(numbers, other_numbers):
        return 0.0
    if letters == other_letters:
        return 1.0
    from rapidfuzz import fuzz

    return fuzz.ratio(letters, other_letters) / 100


def _same_house(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """The same numbers, or the same first one with a range or a gate after it."""
    if sorted(one) == sorted(other):
        return True
    within = set(one) <= set(other) or set(other) <= set(one)
    return bool(one and other) and one[0] == other[0] and within


def same_street(one: str | None, other: str | None) -> bool:
    """Is it one street and number, but for abbreviations and a slip of the pen?"""
    return street_similarity(one, other) >= 0.85


def same_zip(one: str | None, other: str | None) -> bool:
    """Equal but for spaces, hyphens and a country letter ("D-28309")."""
    left, right = (zip_key(value or "") for value in (one, other))
    return bool(left) and left == right


def zip_key(text: str) -> str:
    return re.sub(r"^[a-z]{1,3}(?=\d{4})", "", code_key(text))


def address_evidence(query: PartyQuery, candidate: PartyCandidate) -> PartyEvidence:
    """What speaks for one address being the printed ship-to."""
    street = street_similarity(query.street, candidate.street)
    street = street if street >= 0.75 else 0.0
    zips = same_zip(query.zip, candidate.zip)
    city = _similarity(query.city, candidate.city)
    name = name_likeness(query.name, candidate.name)
    asked = [
        (_STREET, street, "street", query.street, candidate.street),
        (_ZIP, float(zips), "zip", query.zip, candidate.zip),
        (_CITY, city, "city", query.city, candidate.city),
        (_NAME, name, "name", query.name, candidate.name),
    ]
    total = sum(part[0] for part in asked if part[3])
    gained = sum(part[0] * part[1] for part in asked if part[3])
    # a printed name alone, or a city alone, is half an address at most
    score = gained / max(total, 0.75) if total else 0.0
    reasons = tuple(
        Reason(code, {"value": value, "similarity": round(likeness, 3)})
        for _weight, likeness, code, printed, value in asked
        if printed and likeness >= 0.75
    )
    place = street >= 0.85 and (zips or (city >= 0.85 and not _zips_differ(query, candidate)))
    site = not query.street and zips and name >= 0.95
    return PartyEvidence(
        score=min(score, 0.999),
        reasons=reasons,
        identifies=place or site,
        rank=_TYPE_ORDER.get(candidate.type, 9),
    )


def own_addresses(candidates: Iterable[PartyCandidate]) -> list[PartyCandidate]:
    """Drop contacts without an address of their own, or with that of their company."""
    pool = list(candidates)
    places = {_place(item) for item in pool if not _is_contact(item)}
    return [
        item
        for item in pool
        if any(_place(item)) and not (_is_contact(item) and _place(item) in places)
    ]


def _is_contact(item: PartyCandidate) -> bool:
    return item.type == "contact" and item.id != item.commercial_id


def _place(item: PartyCandidate) -> tuple[str, ...]:
    return tuple(code_key(value or "") for value in (item.street, item.zip, item.city))


def _zips_differ(query: PartyQuery, candidate: PartyCandidate) -> bool:
    return bool(query.zip and candidate.zip) and not same_zip(query.zip, candidate.zip)


def name_likeness(one: str | None, other: str | None) -> float:
    """0..1: two names of one site, legal forms aside; "Werk 2" and "Werk 3" are far apart."""
    if not one or not other:
        return 0.0
    left, right = site_words(one), site_words(other)
    if sorted(w for w in left if w.isdigit()) != sorted(w for w in right if w.isdigit()):
        return 0.3
    if left and right and (set(left) <= set(right) or set(right) <= set(left)):
        return 1.0 if sorted(left) == sorted(right) else 0.85
    from rapidfuzz import fuzz

    return fuzz.token_sort_ratio(" ".join(left), " ".join(right)) / 100


def _similarity(one: str | None, other: str | None) -> float:
    if not one or not other:
        return 0.0
    from rapidfuzz import fuzz

    return fuzz.ratio(code_key(one), code_key(other)) / 100
