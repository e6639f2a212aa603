"""Rows that only repeat what other rows add up to: sums of groups, carried-forward sums.

Their names need not be known: an amount without quantity, price and code that is the sum of the
rows above it, or of those since the last such sum, is no item and no charge.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

from ..normalize import CENT, Habit, to_decimal
from .header import CODES
from .items import Printed
from .totals import Sum


def without_repeats(
    printed: Sequence[Printed], sums: Sequence[Sum], habit: Habit
) -> tuple[list[Printed], list[Sum]]:
    """The rows and the sums of a document without those that only repeat some of the rows."""
    repeated = _repeated_sums(printed, habit)
    kept = [item for index, item in enumerate(printed) if index not in repeated]
    amounts = [_amount(item, habit) or Decimal(0) for item in kept]
    # "Transport" is the carried-forward sum of a page as well as a charge, and "Sum" may be that
    # of the last group
    whole = {sum(amounts)}
    first = set(list(accumulate(amounts))[1:]) - whole
    last = set(accumulate(reversed(amounts))) - whole
    parts = {"charge": first, "gross": first | last}
    return kept, [
        item
        for item in sums
        if to_decimal(item.amount, habit.money) not in parts.get(item.kind, ())
    ]


def _repeated_sums(printed: Sequence[Printed], habit: Habit) -> set[int]:
    """Indexes of the rows that are sums of other rows."""
    result: set[int] = set()
    total = group = Decimal(0)
    members = 0
    for index, item in enumerate(printed):
        amount = _amount(item, habit)
        if amount is None:
            continue
        alone = not any(kind in item.cells for kind in ("quantity", "price", *CODES))
        named = members > 1 or not item.charge
        if alone and amount and members and named and _near(amount, total, group):
            result.add(index)
            group, members = Decimal(0), members if _near(amount, total) else 0
            continue
        total, group, members = total + amount, group + amount, members + 1
    return result


def _amount(item: Printed, habit: Habit) -> Decimal | None:
    return to_decimal(item.text("amount"), habit.money) if "amount" in item.cells else None


def _near(amount: Decimal, *sums: Decimal) -> bool:
    return any(abs(amount - value) <= CENT for value in sums)
