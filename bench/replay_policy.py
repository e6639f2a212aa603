"""The forecast wing as a policy of a replay of real demand, see docs/forecast.md.

``levels(history, info, safety)`` is called once a week and safety value with the daily demand
so far; it returns the reorder points and the order-up-to levels of all items. Every four weeks
the forecast has to win against the native rule in each category; where it does not, the native
levels are returned.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "po_intake"))

from forecast.levels import Terms, in_release_week, release_every, reorder_levels
from forecast.outlook import Items, Outlook, foresee
from forecast.select import contest, native_levels
from forecast.series import Array, Mask, Whole, weekly

CONTEST_EVERY = 4  # weeks


@dataclass(frozen=True)
class Week:
    """What is worked out once a week, for all safety values."""

    weeks: Array
    items: Items
    terms: Terms
    outlook: Outlook
    every: Whole
    release: Mask

    @classmethod
    def of(cls, history: np.ndarray, info: dict[str, Any]) -> Week:
        monday = info["date"] + np.timedelta64(1, "D")
        items = Items(
            category=info["category"],
            vendor=info["vendor"],
            lead_days=info["lead_days"].astype(float),
            cost=info["cost"].astype(float),
            pack=info["pack"],
        )
        terms = Terms(info["holding_rate"], info["line_cost"], info["order_cost"])
        weeks = weekly(history)
        outlook = foresee(weeks, monday, items)
        every = release_every(outlook, items, terms)
        release = in_release_week(monday, every, info["vendor"])
        return cls(weeks, items, terms, outlook, every, release)


def levels(
    history: np.ndarray, info: dict[str, Any], safety: float
) -> tuple[np.ndarray, np.ndarray]:
    """Two arrays [n], units; what is worked out once is kept in ``info["memory"]``."""
    memory = info["memory"]
    if memory.get("date") != info["date"]:
        memory.update(date=info["date"], week=Week.of(history, info))
        _hold_contest(memory, info)
    week: Week = memory["week"]
    found = reorder_levels(
        week.outlook, week.items, week.terms, safety, every=week.every, release=week.release
    )
    point, up_to = found.reorder_point, found.order_up_to
    for verdict in memory["native"]:
        group = np.flatnonzero(week.items.category == verdict.category)
        some = _only(week.items, group)
        low, high = native_levels(week.weeks[group], some, 60 * safety, verdict.look_back)
        point[group], up_to[group] = low[:, -1], high[:, -1]
    return point, up_to


def _hold_contest(memory: dict, info: dict[str, Any]) -> None:
    number = memory.get("number", -1) + 1
    memory["number"] = number
    if number % CONTEST_EVERY == 0:
        week: Week = memory["week"]
        verdicts = contest(
            week.weeks, week.outlook, week.items, week.terms, info["price"] - info["cost"]
        )
        memory["native"] = [verdict for verdict in verdicts if verdict.rule == "native"]


def _only(items: Items, group: np.ndarray) -> Items:
    return Items(
        category=items.category[group],
        vendor=items.vendor[group],
        lead_days=items.lead_days[group],
        cost=items.cost[group],
        pack=items.pack[group],
    )
