"""When to order and up to what level: safety from past errors, cover from cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .outlook import Items, Outlook
from .series import Array, Mask, Whole

STOP = 0.02  # units a week; below, an item is left to fade out
COVER_DAYS = 7.0, 200.0  # bounds of one order
ORDER_SHARE = 0.3  # of the cost of an order, borne by one of its lines
MOST_WEEKS = 2  # between two release weeks of a vendor
EARLY = 0.9  # of the demand until the next release week is ordered ahead in this one
HOLD = 0.8  # usual errors by which the reorder point is lower outside of release weeks


@dataclass(frozen=True)
class Terms:
    """What holding and ordering cost: a year and unit of value, a line, an order."""

    holding_rate: float = 0.25
    line_cost: float = 2.0
    order_cost: float = 10.0


@dataclass(frozen=True)
class Levels:
    """[n] units each: below ``reorder_point`` an order up to ``order_up_to`` is due."""

    reorder_point: Array
    order_up_to: Array


def economic_quantity(outlook: Outlook, items: Items, terms: Terms) -> Array:
    """[n] units of one order: the economic order quantity (Harris 1913), within `COVER_DAYS`.

    Taken from the demand expected after the next arrival, so that the last order before the end
    of a season is small.
    """
    rate = np.maximum(outlook.rate(), 1e-9)
    one_order = terms.line_cost + ORDER_SHARE * terms.order_cost
    value = max(terms.holding_rate, 1e-6) * np.maximum(items.cost, 1e-6)
    quantity = np.sqrt(2.0 * rate * 52.0 * one_order / value)
    cover = np.clip(quantity / rate, COVER_DAYS[0] / 7.0, COVER_DAYS[1] / 7.0)
    return outlook.demand(outlook.span + cover) - outlook.demand(outlook.span)


def release_every(outlook: Outlook, items: Items, terms: Terms) -> Whole:
    """[n] weeks between two orders to the item's vendor, at least 1.

    The economic order interval of all its items together: sqrt(2 x order cost / holding cost a
    year of its demand) (Silver, Pyke and Thomas 2017, coordinated replenishment).
    """
    _vendors, index = np.unique(items.vendor, return_inverse=True)
    index = index.reshape(-1)
    value = np.bincount(index, outlook.rate() * 52.0 * items.cost)[index]
    interval = np.sqrt(
        2.0 * terms.order_cost / np.maximum(max(terms.holding_rate, 1e-6) * value, 1e-9)
    )
    return np.clip(np.round(52.0 * interval), 1, MOST_WEEKS).astype(np.int64)


def in_release_week(next_monday: np.datetime64, every: Whole, vendor_number: Whole) -> Mask:
    """[n] is this one of the vendor's weeks; the vendors take turns."""
    epoch = np.datetime64("1970-01-05")  # a Monday
    week = (next_monday.astype("datetime64[D]") - epoch).astype(np.int64) // 7
    return (week + vendor_number) % every == 0


def reorder_levels(
    outlook: Outlook,
    items: Items,
    terms: Terms,
    safety: float,
    *,
    every: Whole | None = None,
    release: Mask | None = None,
) -> Levels:
    """Reorder point and order-up-to level of each item.

    ``safety`` is the chance that stock lasts until an order arrives. With ``every`` and
    ``release`` (see `release_every`) the items of a vendor are ordered together: in its week
    also what would soon be due, in other weeks only what cannot wait.
    """
    usual = outlook.scale()
    demand = outlook.demand(outlook.span)
    point = demand + outlook.errors.quantile(safety) * usual
    ahead = np.zeros_like(demand)
    if every is not None:
        ahead = EARLY * (outlook.demand(outlook.span + every) - demand)
    target = np.ceil(np.maximum(point, 1.0)) + ahead
    if release is not None:
        point = np.where(release, point + ahead, point - HOLD * usual)
    point = np.ceil(np.maximum(point, 1.0))
    # what is ordered is rounded up to whole packs: half a pack more than asked for on average
    lot = economic_quantity(outlook, items, terms) - items.pack / 2.0
    target += np.maximum(np.ceil(lot), 1.0)
    alive = outlook.level >= STOP
    return Levels(
        np.where(alive, point, 0.0), np.where(alive, np.maximum(target, point + 1.0), 0.0)
    )
