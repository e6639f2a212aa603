"""Phrases that no list spells out, understood by their parts: "Our PO Ref", "Datum van bestelling".

Labels, heads of columns and names of sums are put together from few words in countless ways. The
word lists' ``part`` section says what each word stands for; :data:`RULES` say what such parts mean
together. Words that belong to other languages than the rest of a phrase are not understood, and
every letter of a phrase must belong to a part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

SHORTEST = 5
"""Letters of a phrase put together; shorter ones are words and names too often."""
LETTERS = 2.5
"""Least letters of a part, on average."""
LONGEST = 48
GLUE = "glue"
ALONE = {frozenset({"wish"})}
"""What one word alone may say: "Required" asks for a day."""
Parts = frozenset[str]
Atoms = Mapping[str, frozenset[str]]
"""What each squashed word of one language may stand for."""

RULES: tuple[tuple[str, str, str, str], ...] = (
    # section, meaning, parts that it needs (several ways parted by |), parts that may be there, too
    ("type", "order_change", "order change", "document our number"),
    ("type", "order_confirmation", "order confirm", "document our your"),
    ("type", "quotation", "offer price|offer document|our offer", "our price"),
    ("type", "purchase_order", "order document|order supplier|order item", "our document"),
    ("label", "our_order", "your order|customer order", "number our"),
    ("label", "other", "your offer", "number date on"),
    (
        "label",
        "number",
        "order number|confirm number|offer number|document number|our order|our confirm|our offer",
        "our order supplier document date",
    ),
    (
        "label",
        "order_date",
        "order date|order on|confirm date|confirm on|offer date|offer on|document date|document on"
        "|date",
        "our order on number",
    ),
    (
        "label",
        "requested_date",
        "due date|due wish|wish date|due on|due|wish",
        "order item due wish date on",
    ),
    ("label", "customer_no", "customer number|customer account|our account", "our your number"),
    ("label", "supplier_no", "supplier number|supplier account|your account", "our your number"),
    ("label", "payment", "pay terms", "our your number"),
    ("label", "incoterm", "due terms", "our your"),
    ("label", "vat", "tax number", "our your"),
    ("label", "note", "note", "our your order supplier due"),
    ("label", "delivery_name", "due name", ""),
    ("label", "delivery_street", "due street", "address"),
    ("label", "delivery_zip", "due zip", "address"),
    ("label", "delivery_city", "due city", "address"),
    ("party", "seller", "supplier address|supplier name", "our order"),
    ("party", "buyer", "customer address|order address|customer name", "our your"),
    ("party", "delivery", "due address|due note", "item our wish"),
    ("party", "invoice", "invoice address", ""),
    ("column", "code_own", "our item|our number", "item number"),
    ("column", "code_your", "your item|your number", "item number order"),
    (
        "column",
        "code_supplier",
        "supplier item|supplier ref|supplier order number",
        "item number ref your order",
    ),
    ("column", "code_customer", "customer item|customer ref", "item number ref your"),
    ("column", "code", "item number", "order"),
    ("column", "description", "text item|text|item wish", "item"),
    (
        "column",
        "quantity",
        "quantity order|quantity wish|quantity due|quantity item|quantity each|number each"
        "|number quantity|number wish",
        "each item",
    ),
    (
        "column",
        "price",
        "price each|price net|price excl|price item|price sort",
        "net excl tax each item order sort",
    ),
    (
        "column",
        "amount",
        "amount|line price|line net",
        "amount net excl tax line item price",
    ),
    ("column", "date", "due date|due wish|wish date|due on|due", "item due wish date on"),
    (
        "total",
        "net",
        "amount net|amount excl|order net",
        "net excl tax order item line document our price",
    ),
    (
        "total",
        "gross",
        "amount gross|amount incl|amount order|order gross",
        "gross incl tax order document our offer confirm price",
    ),
    ("total", "tax", "amount tax", ""),
)
"""The first rules that fit say what a phrase means, the likeliest first."""


class Phrases:
    """What the words of each language mean when they stand together."""

    def __init__(self, languages: Mapping[str, Atoms]) -> None:
        self._languages = languages
        self._starts = {
            language: frozenset(atom[:end] for atom in atoms for end in range(len(atom) + 1))
            for language, atoms in languages.items()
        }
        self.meanings = lru_cache(maxsize=32768)(self._meanings)
        self.begins = lru_cache(maxsize=32768)(self._begins)

    def _meanings(self, section: str, key: str) -> tuple[tuple[str, str], ...]:
        """``(meaning, language)`` of a squashed phrase in a section, the likeliest first."""
        if not SHORTEST <= len(key) <= LONGEST:
            return ()
        found = [
            (rank, meaning, language)
            for language, atoms in self._languages.items()
            for parts in _readings(key, atoms)
            for rank, meaning in _fitting(section, parts)
        ]
        return tuple(
            dict.fromkeys((meaning, language) for _rank, meaning, language in sorted(found))
        )

    def _begins(self, key: str) -> bool:
        """May a phrase begin with these squashed letters?"""
        return len(key) <= LONGEST and any(
            key[end:] in self._starts[language]
            for language, atoms in self._languages.items()
            for end in _ends(key, atoms)
        )


def _fitting(section: str, parts: Parts) -> Iterator[tuple[int, str]]:
    for rank, (where, meaning, ways, more) in enumerate(RULES):
        if where == section:
            allowed = frozenset(more.split())
            for way in ways.split("|"):
                needed = frozenset(way.split())
                if needed <= parts <= needed | allowed:
                    yield rank, meaning
                    break


def _ends(key: str, atoms: Atoms) -> list[int]:
    """Where whole words may end that start with the key's first letter; 0 among them."""
    ends = [0]
    for start in ends:
        for end in range(start + 1, len(key) + 1):
            if key[start:end] in atoms and end not in ends:
                ends.append(end)
    return ends


def _readings(key: str, atoms: Atoms) -> set[Parts]:
    """What a key says if it is two words or more that mean something; fewest words explain it best.

    Glue is left out.
    """
    ends = sorted(_ends(key, atoms))
    if ends[-1] != len(key):
        return set()
    best: dict[int, tuple[int, set[Parts]]] = {0: (0, {frozenset()})}
    for start in ends:
        for end in ends:
            kinds = atoms.get(key[start:end], frozenset()) if end > start else frozenset()
            if start == 0 or end == len(key):
                kinds -= {GLUE}
            if not kinds or start not in best:
                continue
            count = best[start][0] + 1
            known, found = best.get(end, (count, set()))
            if known < count:
                continue
            more = {
                parts if kind == GLUE else parts | {kind}
                for parts in best[start][1]
                for kind in kinds
            }
            best[end] = (count, more | found if known == count else more)
    count, found = best.get(len(key), (0, set()))
    if count > len(key) / LETTERS:
        return set()
    return found if count > 1 else found & ALONE
