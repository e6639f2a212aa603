"""Charges under the table whose names no word list knows: arithmetic tells what they are."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from ..normalize import CENT, Habit, to_decimal
from .lines import Line
from .totals import Sum, last_number

MOST = 4
"""Of more rows some would add up to anything."""


def unnamed_charges(
    lines: Sequence[Line], sums: Sequence[Sum], missing: Decimal, habit: Habit
) -> list[Sum]:
    """The rows above the net total that make up what the known amounts lack.

    :param lines: below the first rows of the item table
    :param sums: what is known of them
    :param missing: the net total less lines and known charges
    """
    nets = [item for item in sums if item.kind == "net"]
    if not nets or abs(missing) <= CENT:
        return []
    page, bottom = nets[0].words[0].page, nets[0].words[0].y0
    known = {id(word) for item in sums for word in item.words}
    rows = []
    for line in lines:
        above = line.page == page and line.y0 < bottom and line.x1 > nets[0].words[0].x0
        if above and not any(id(word) in known for word in line.words):
            rows += _row(line, habit)
    rows = rows[-MOST:]
    for size in range(len(rows), 0, -1):
        for chosen in combinations(rows, size):
            if abs(sum(value for _item, value in chosen) - missing) <= CENT:
                return [item for item, _value in chosen]
    return []


def _row(line: Line, habit: Habit) -> list[tuple[Sum, Decimal]]:
    """``(row, amount)`` where a line is a name and an amount."""
    amount = last_number(line.words)
    if not amount:
        return []
    value = to_decimal(" ".join(word.text for word in amount), habit.money)
    name = [word for word in line.words if word.x1 <= amount[0].x0]
    text = " ".join(word.text for word in name).strip(" :")
    if not value or not any(char.isalpha() for char in text):
        return []
    printed = " ".join(word.text for word in amount)
    return [(Sum("charge", text, printed, (*name, *amount)), value)]
