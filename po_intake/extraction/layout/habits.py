"""How one document writes numbers and dates, decided over all its values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..normalize import (
    DateText,
    Habit,
    decide_dates,
    decide_numbers,
    find_currency,
    find_dates,
)
from ..reader import Hints
from .equations import basis_of, parted
from .items import Printed
from .labels import Labels
from .lexicon import months, weeks
from .totals import Sum

_MONTH_FIRST_COUNTRIES = ("unitedstates", "usa", "us", "canada")
_STATE = re.compile(r"\b([A-Z]{2})\s+\d{5}(?:-\d{4})?\b")
_STATES = frozenset(
    "AL AK AZ AR CA CO CT FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY "
    "NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY".split()
)
"""Two letters in front of five digits, without Delaware's, which are Germany's, too."""


def price_and_per(item: Printed) -> tuple[str, str]:
    """``(price, price unit)`` as printed; "14,85 / 100" prints both in one cell."""
    price, per = parted(item.text("price"))
    return price, per or item.text("per")


def unit_basis(item: Printed) -> str:
    """The number in a unit like "100 pcs": a price is for so many where that adds up."""
    return "" if price_and_per(item)[1] else basis_of(item.text("unit"))


def _equations(item: Printed) -> list[tuple[str, str, str, str, str]]:
    """What must add up in a row; twice, where the basis of the price is open."""
    price, per = price_and_per(item)
    cells = item.text("quantity"), price, item.text("discount")
    amount = item.text("amount")
    open_basis = "" if per else basis_of(item.text("unit"))
    return [(*cells, basis, amount) for basis in dict.fromkeys((per, open_basis or per))]


def decide_habit(
    items: Sequence[Printed],
    sums: Sequence[Sum],
    labels: Labels,
    language: str | None,
    hints: Hints,
) -> Habit:
    """The habit of a document; see :mod:`..normalize`."""
    equations = [row for item in items for row in _equations(item)]
    quantities = [row[0] for row in equations]
    money = [text for row in equations for text in (row[1], row[4]) if text]
    money += [item.amount for item in sums]
    # English is written everywhere, other languages as at home
    abroad = language in (None, "en") and hints.locale
    usual = hints.locale[:2] if abroad and hints.locale else language
    habit = decide_numbers(quantities, money, equations, usual)
    order, certain = _date_order(items, labels, language, hints, equations)
    return replace(habit, dates=order, dates_certain=certain)


def _date_order(
    items: Sequence[Printed],
    labels: Labels,
    language: str | None,
    hints: Hints,
    equations: Sequence[Sequence[str]],
) -> tuple[str, bool]:
    names = months()
    ordered = [
        found
        for _label, value in labels.values("order_date")
        for found in find_dates(value.text, names)[:1]
    ]
    wanted = [
        found
        for _label, value in labels.values("requested_date")
        for found in find_dates(value.text, names, weeks())[:1]
    ]
    lines = [
        found
        for item in items
        if "date" in item.cells
        for found in find_dates(item.text("date"), names, weeks())[:1]
    ]
    every: list[DateText] = [*ordered, *wanted, *lines]
    if not every:
        return "dmy", True
    usual = _usual(labels, language, hints) if any(found.open for found in every) else None
    return decide_dates(every, usual, ordered[0] if ordered else None, [*wanted, *lines])


def _usual(labels: Labels, language: str | None, hints: Hints) -> str | None:
    """What the country of the paper writes: the month first in the United States only."""
    if language not in (None, "en"):
        return "dmy"
    keys = {segment.key for segment in labels.segments}
    american = (hints.locale or "").endswith(("_US", "_CA")) or bool(
        keys & set(_MONTH_FIRST_COUNTRIES)
    )
    if not american:
        text = " ".join(segment.text for segment in labels.segments)
        states = {match.group(1) for match in _STATE.finditer(text)} & _STATES
        american = bool(states) and find_currency(text) in ("USD", None)
    if american:
        return "mdy"
    return "dmy" if hints.locale or language == "en" else None
