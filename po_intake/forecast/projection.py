"""The stock of the coming days: when it runs out, and when that must be prevented."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .outlook import AHEAD, Items, Outlook
from .series import Array, Whole


@dataclass(frozen=True)
class Projection:
    """When the stock runs out, as day indexes from today; -1 = not within the outlook."""

    stock_out: Whole
    order_by: Whole


def project(
    outlook: Outlook, items: Items, on_hand: Array, incoming: Array, outgoing: Array
) -> Projection:
    """Day by day: on hand + what arrives - what is promised - what is expected.

    :param incoming: [n, days] units that arrive on each coming day; ``outgoing`` alike.
        Days past their end bring nothing.
    Promised units count before expected ones: a day needs the larger of the two sums, for an
    order that is already here was part of the forecast.
    """
    days = 7 * AHEAD
    expected = np.cumsum(np.repeat(outlook.weekly() / 7.0, 7, axis=1), axis=1)
    arrived, promised = _by_day(incoming, days), _by_day(outgoing, days)
    stock = on_hand[:, None] + arrived - np.maximum(expected, promised)
    out = stock < -1e-9
    day = np.where(out.any(1), out.argmax(1), -1)
    order_by = np.where(day < 0, -1, np.maximum(day - np.ceil(items.lead_days), 0))
    return Projection(day.astype(np.int64), order_by.astype(np.int64))


def _by_day(moves: Array, days: int) -> Array:
    """[n, any] -> [n, days] running sums."""
    known = np.cumsum(moves[:, :days], axis=1)
    missing = days - known.shape[1]
    if not missing:
        return known
    last = known[:, -1:] if known.shape[1] else np.zeros((len(moves), 1))
    return np.hstack([known, np.repeat(last, missing, axis=1)])
