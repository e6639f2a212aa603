"""Champion and challenger: the forecast orders only where it would have been the cheaper one.

Choosing by replayed cost and not by forecast error, for the smaller error is often the dearer
stock (Petropoulos, Wang and Disney 2019 on forecasts judged by inventory).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .levels import Terms, reorder_levels
from .outlook import Items, Outlook
from .series import Array, Mask, cumulated, first_week
from .simulate import Played, play

REPLAYED = 52  # weeks, at most
WEEKS_A_YEAR = 52
LEAST_REPLAYED = 13  # a shorter past decides nothing: the native rule stays
LEARNING = 8  # weeks that a forecast needs before it is judged
SAFETIES = 0.8, 0.9, 0.95
EXTRA_DAYS = 7, 14, 30, 45
LOOK_BACKS = 13, 52


@dataclass(frozen=True)
class Replayed:
    """What one rule would have meant in one category.

    ``cost``, ``lines`` and ``orders`` are of a year: one order holds the lines of a vendor and
    week. ``stock_value`` is the mean on hand at cost; ``sold_value`` and ``asked_value`` are
    what was served and asked for in all the weeks, at the price of sale.
    """

    cost: float = 0.0
    stock_value: float = 0.0
    sold_value: float = 0.0
    asked_value: float = 0.0
    lines: float = 0.0
    orders: float = 0.0


@dataclass(frozen=True)
class Contest:
    """What both rules would have meant in one category, each at its own cheapest setting.

    ``rule`` names the winner, "forecast" or "native"; ``weeks`` how many were replayed.
    ``safety``, ``extra_days`` and ``look_back`` (weeks) are the cheapest settings.
    """

    category: object
    rule: str
    weeks: int
    forecast: Replayed = Replayed()
    native: Replayed = Replayed()
    safety: float = SAFETIES[1]
    extra_days: int = EXTRA_DAYS[1]
    look_back: int = LOOK_BACKS[0]


def native_levels(
    weeks: Array, items: Items, extra_days: float, look_back: int = 13, cover_days: float = 30.0
) -> tuple[Array, Array]:
    """[n, W + 1] minimum and maximum a buyer would set each week from the recent average.

    Minimum = daily average x (lead time + ``extra_days``), maximum = minimum + a month.
    """
    past, sums, first = weeks.shape[1], cumulated(weeks), first_week(weeks)
    low, rows = np.zeros((len(weeks), past + 1)), np.arange(len(weeks))
    high = low.copy()
    for week in range(past + 1):
        span = np.clip(week - first, 1, look_back)
        daily = (sums[:, week] - sums[rows, np.maximum(week - span, 0)]) / span / 7.0
        low[:, week] = np.ceil(daily * (items.lead_days + extra_days))
        high[:, week] = low[:, week] + np.ceil(daily * cover_days)
    return low, high


def contest(
    weeks: Array,
    outlook: Outlook,
    items: Items,
    terms: Terms,
    margin: Array,
    *,
    handicap: float = 0.0,
) -> list[Contest]:
    """One verdict a category from the last weeks, at most a year of them.

    :param margin: [n] earned with one unit
    :param handicap: share by which the forecast must be cheaper to win
    """
    past = weeks.shape[1]
    begin = max(past - REPLAYED, LEARNING)
    replayed = past - begin
    if replayed < LEAST_REPLAYED:
        return [Contest(c, "native", max(replayed, 0)) for c in _names(items)]
    seen = weeks[:, begin:]
    mine = [
        play(seen, *past_levels(outlook, items, terms, safety, begin, past), items, terms, margin)
        for safety in SAFETIES
    ]
    settings = [(extra, back) for back in LOOK_BACKS for extra in EXTRA_DAYS]
    theirs = []
    for extra, back in settings:
        low, high = native_levels(weeks, items, extra, back)
        theirs.append(play(seen, low[:, begin:past], high[:, begin:past], items, terms, margin))
    verdicts = []
    for name in _names(items):
        group = items.category == name
        safety, cost = _cheapest([run.cost[group].sum() for run in mine])
        setting, native = _cheapest([run.cost[group].sum() for run in theirs])
        rule = "forecast" if cost < native * (1.0 - handicap) else "native"
        sides = (replayed_as(run, group, items, margin) for run in (mine[safety], theirs[setting]))
        verdicts.append(Contest(name, rule, replayed, *sides, SAFETIES[safety], *settings[setting]))
    return verdicts


def replayed_as(run: Played, group: Mask, items: Items, margin: Array) -> Replayed:
    """The figures of one rule in one category.

    :param group: [n] the items of the category
    :param margin: [n] earned with one unit
    """
    price = items.cost + margin
    ordered, vendor = run.ordered[group], items.vendor[group]
    orders = sum(ordered[vendor == name].any(axis=0).sum() for name in np.unique(vendor))
    return Replayed(
        cost=float(run.cost[group].sum()),
        stock_value=float((run.stock * items.cost)[group].sum()),
        sold_value=float((run.sold * price)[group].sum()),
        asked_value=float((run.asked * price)[group].sum()),
        lines=float(run.lines[group].sum()),
        orders=float(orders * WEEKS_A_YEAR / run.ordered.shape[1]),
    )


def past_levels(
    outlook: Outlook, items: Items, terms: Terms, safety: float, begin: int, end: int
) -> tuple[Array, Array]:
    """[n, end - begin] reorder points and order-up-to levels as the forecast had set them."""
    found = [
        reorder_levels(outlook.as_of(week), items, terms, safety) for week in range(begin, end)
    ]
    return (
        np.stack([level.reorder_point for level in found], axis=1),
        np.stack([level.order_up_to for level in found], axis=1),
    )


def _names(items: Items) -> list:
    return np.unique(items.category).tolist()


def _cheapest(costs: Sequence[float]) -> tuple[int, float]:
    best = int(np.argmin(costs))
    return best, float(costs[best])
