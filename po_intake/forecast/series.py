"""Weekly demand as arrays [n, weeks], oldest week first: one row a product in a warehouse."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]

WEEKS_A_YEAR = 52


def weekly(days: NDArray[np.floating]) -> Array:
    """[n, 7 * weeks] units a day -> [n, weeks]; the first column must be a Monday."""
    return days.reshape(len(days), -1, 7).sum(2, dtype=float)


def first_week(weeks: Array) -> Whole:
    """[n] the first week with demand; the number of weeks where there was none yet."""
    return (np.cumsum(weeks > 0, axis=1) == 0).sum(1).astype(np.int64)


def weeks_of_year(next_monday: np.datetime64, past: int, ahead: int) -> Whole:
    """[past + ahead] week of the year, 0..51, of the weeks around ``next_monday``."""
    mondays = next_monday.astype("datetime64[D]") + np.arange(-past, ahead) * np.timedelta64(7, "D")
    day = (mondays - mondays.astype("datetime64[Y]")).astype("timedelta64[D]").astype(np.int64)
    return np.minimum(day // 7, WEEKS_A_YEAR - 1)


def fill_gaps(weeks: Array, out_of_stock: Array) -> Array:
    """Demand where it could be seen: each week grown by its share of days without stock, 0..1.

    A week that was empty for most of its time says little; there the mean of the other weeks
    stands in (sales are a censored view of demand: Nahmias 1994).
    """
    share = np.clip(out_of_stock, 0.0, 1.0)
    seen = share < 0.6
    began = np.arange(weeks.shape[1]) >= first_week(weeks)[:, None]
    counted = seen & began
    grown = weeks / np.maximum(1.0 - share, 0.4)
    mean = (grown * counted).sum(1) / np.maximum(counted.sum(1), 1)
    return np.where(seen, grown, np.maximum(weeks, np.where(began, mean[:, None], 0.0)))


def cap_bulk(weeks: Array, factor: float = 6.0) -> Array:
    """Winsorise: no week counts for more than ``factor`` times the mean of the earlier ones.

    The mean is that of earlier weeks with demand, themselves capped; the first two of them are
    taken as they are. One bulk order then moves the level of an item, but does not own it.
    """
    capped = weeks.copy()
    total, seen = np.zeros(len(weeks)), np.zeros(len(weeks))
    for week in range(weeks.shape[1]):
        limit = np.where(seen >= 2, factor * total / np.maximum(seen, 1), np.inf)
        capped[:, week] = np.minimum(weeks[:, week], limit)
        total += capped[:, week]
        seen += capped[:, week] > 0
    return capped


def cumulated(weeks: Array) -> Array:
    """[n, weeks] -> [n, weeks + 1]: the sum of all weeks before each."""
    out = np.zeros((len(weeks), weeks.shape[1] + 1))
    np.cumsum(weeks, axis=1, out=out[:, 1:])
    return out


def span_sum(sums: Array, start: int, span: Array) -> Array:
    """[n] units in the ``span`` [n] weeks (any fraction) from ``start`` on, of cumulated sums.

    Within a week demand is taken as even; what lies past the end counts as nothing.
    """
    last, rows = sums.shape[1] - 1, np.arange(len(sums))
    whole = np.floor(span).astype(np.int64)
    low, high = np.minimum(start + whole, last), np.minimum(start + whole + 1, last)
    part = (span - whole) * (sums[rows, high] - sums[rows, low])
    return sums[rows, low] + part - sums[:, min(start, last)]
