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

MANY = 150
"""Rows, beyond which groups in the middle of a table are not looked for."""


def without_repeats(
    printed: Sequence[Printed], sums: Sequence[Sum], habit: Habit
) -> tuple[list[Printed], list[Sum]]:
    """The rows and the sums of a document without those that only repeat some of the rows."""
    repeated = _repeated_sums(printed, habit)
    kept = [item for index, item in enumerate(printed) if index not in repeated]
    _name_charges(kept)
    amounts = [_amount(item, habit) or Decimal(0) for item in kept]
    return kept, [
        item
        for item in sums
        if not _is_part(item.kind, to_decimal(item.amount, habit.money), amounts)
    ]


def _is_part(kind: str, value: Decimal | None, amounts: Sequence[Decimal]) -> bool:
    """Is a sum that of some rows? "Transport" may carry a page forward, "Sum" end a group."""
    if value is None or value == sum(amounts):
        return False
    return (kind == "charge" and value in list(accumulate(amounts))[1:]) or (
        kind == "gross" and _is_run(value, amounts)
    )


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


def _is_run(value: Decimal, amounts: Sequence[Decimal]) -> bool:
    """Do neighbouring rows add up to it; in long tables only the first or the last ones?"""
    if len(amounts) > MANY:
        return value in accumulate(amounts) or value in accumulate(reversed(amounts))
    before = [Decimal(0), *accumulate(amounts)]
    last = {total: index for index, total in enumerate(before)}
    return any(last.get(total + value, 0) > index for index, total in enumerate(before))


def _name_charges(printed: Sequence[Printed]) -> None:
    """Where rows have quantities, an amount with neither quantity, price nor code is a charge."""
    counted = sum("quantity" in item.cells for item in printed)
    for item in printed if 2 * counted >= len(printed) else ():
        bare = not any(kind in item.cells for kind in ("pos", "quantity", "price", *CODES))
        if bare and "amount" in item.cells and item.description:
            item.charge = True


def _amount(item: Printed, habit: Habit) -> Decimal | None:
    return to_decimal(item.text("amount"), habit.money) if "amount" in item.cells else None


def _near(amount: Decimal, *sums: Decimal) -> bool:
    return any(abs(amount - value) <= CENT for value in sums)
