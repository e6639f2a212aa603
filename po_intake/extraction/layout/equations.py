"""Which columns of a table are quantity, price and amount: where one is the product of others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from ..normalize import balanced, decimal_mark, number_tokens, to_decimal
from .text import has_digit

PER = re.compile(
    r"(?:/|\bper|\bje|\bpro|\bpar|\bpor|\bza|\bpour|\bogni|\bla|\bles|\ble)\s*(\d[\d.,' ]*)",
    re.IGNORECASE,
)
UNIT_BASIS = re.compile(r"^(10{1,4}|10?[.,' ]000)\s?[^\W\d_]")
PROVED, SEEN, AGAINST = 9.0, 3.0, -5.0
"""What products count that hold in several rows, in the only one, and that fail."""
MOST = 0.7
ROWS = 12
"""So many rows are tried."""

Factors = tuple["int | None", ...]
"""Columns of quantity, price, amount, discount, price unit and unit."""


@lru_cache(maxsize=4096)
def parted(price: str) -> tuple[str, str]:
    """``(price, price unit)`` of a text like "14,85 / 100"; the unit is empty where none is."""
    match = PER.search(price)
    if match and has_digit(price[: match.start()]):
        return price[: match.start()], match.group(1)
    return price, ""


def basis_of(unit: str) -> str:
    """The number in a unit like "100 pcs"; a price may be for so many."""
    match = UNIT_BASIS.match(unit)
    return match.group(1) if match else ""


class Figures:
    """The figures of a table's rows.

    :param cells: the texts of the rows, column by column
    """

    def __init__(self, cells: Sequence[Sequence[str]]) -> None:
        self._cells = cells[:ROWS]
        tokens = [token for row in self._cells for cell in row for token in number_tokens(cell)]
        marks = {decimal_mark(token) for token in tokens if len(token) < 12}
        money = [mark for mark in ",." if mark in marks] or [".", ","]
        self._marks = [(left, right) for right in money for left in ",."]
        self._known: dict[Factors, tuple[int, int, int]] = {}

    def speaks_for(self, kinds: Sequence[str]) -> float:
        """How much products of the columns speak for these kinds."""
        held, tried, telling = self._products(kinds)
        if not tried:
            return 0.0
        if held < MOST * tried:
            return AGAINST * (1 - held / tried) if tried > 1 else -1.0
        return PROVED if telling > 1 else SEEN

    def proved(self, kinds: Sequence[str]) -> set[str]:
        """The kinds that products in several rows prove."""
        held, tried, telling = self._products(kinds)
        if telling < 2 or held < MOST * tried:
            return set()
        return {"quantity", "price", "amount", "discount", "per"}

    def _products(self, kinds: Sequence[str]) -> tuple[int, int, int]:
        """In how many rows the product holds, of how many; in how many that proves something."""
        if not {"quantity", "price", "amount"} <= set(kinds):
            return 0, 0, 0
        factors = tuple(
            kinds.index(kind) if kind in kinds else None
            for kind in ("quantity", "price", "amount", "discount", "per", "unit")
        )
        if factors not in self._known:
            self._known[factors] = max(self._count(factors, *marks) for marks in self._marks)
        return self._known[factors]

    def _count(self, factors: Factors, left: str, right: str) -> tuple[int, int, int]:
        held = tried = telling = 0
        for row in self._cells:
            quantity, price, amount, less, per, unit = (
                "" if column is None else row[column] for column in factors
            )
            price, inside = parted(price)
            values = to_decimal(quantity, left), to_decimal(price, right), to_decimal(amount, right)
            if None in values or not values[2]:
                continue
            discount = to_decimal(less, right) or Decimal(0)
            bases = {
                to_decimal(text, left) or Decimal(1) for text in (per or inside, basis_of(unit))
            }
            tried += 1
            if any(balanced(*values[:2], discount, basis, values[2]) for basis in bases):
                held += 1
                telling += values[0] != 1
        return held, tried, telling
