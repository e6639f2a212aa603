"""The shape of the year: pooled over all items, then by category, then a little of the item's own.

One item of a wholesaler sells in few weeks, so that its own profile is mostly noise; a shape
shared by many is not. Each step mixes the finer profile in by its evidence (shrinkage: Bunn and
Vassilopoulos 1999, Dekker et al. 2004 on pooling the season over a group).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .series import WEEKS_A_YEAR, Array, Whole, first_week

REACH = 4  # weeks to each side that a week's index learns from, ever less with the distance
CATEGORY_EVIDENCE = 1000.0  # weeks with demand at which a category counts half
OWN_EVIDENCE = 50.0  # the same for one item
YOUNG = 26  # weeks; a shorter life says nothing about the shape of a year
BOUNDS = 0.1, 6.0


def seasonal_index(weeks: Array, week_of: Whole, category: NDArray) -> Array:
    """[n, 52] factors with mean 1 for each week of the year; all 1 with less than a year.

    :param weeks: [n, W] demand, bulk orders capped
    :param week_of: [W] week of the year of each column
    :param category: [n] anything that compares
    """
    n, past = weeks.shape
    if past < WEEKS_A_YEAR:
        return np.ones((n, WEEKS_A_YEAR))
    alive = np.arange(past) >= first_week(weeks)[:, None]
    mean = (weeks * alive).sum(1) / np.maximum(alive.sum(1), 1)
    relative = np.where(alive, weeks / np.maximum(mean, 1e-9)[:, None], 0.0)
    sold, lived = _fold(relative, week_of), _fold(alive.astype(float), week_of)
    evidence = (weeks > 0).sum(1).astype(float)
    weight = np.sqrt(mean) * (alive.sum(1) >= YOUNG)

    shared = np.empty((n, WEEKS_A_YEAR))
    everything = _profile(weight @ sold, weight @ lived)
    for value in np.unique(category):
        group = category == value
        known = evidence[group & (weight > 0)].sum()
        trust = known / (known + CATEGORY_EVIDENCE)
        one = _profile(weight[group] @ sold[group], weight[group] @ lived[group])
        shared[group] = trust * one + (1 - trust) * everything
    trust = np.where(alive[:, past - WEEKS_A_YEAR], evidence / (evidence + OWN_EVIDENCE), 0.0)
    mixed = trust[:, None] * _profile(sold, lived) + (1 - trust[:, None]) * shared
    return np.clip(mixed / mixed.mean(1, keepdims=True), *BOUNDS)


def _fold(weeks: Array, week_of: Whole) -> Array:
    """[n, W] -> [n, 52]: sums by week of the year, smoothed around the year."""
    folded = np.zeros((len(weeks), WEEKS_A_YEAR))
    for week, index in enumerate(week_of):
        folded[:, index] += weeks[:, week]
    away = range(-REACH, REACH + 1)
    return sum((REACH + 1 - abs(step)) * np.roll(folded, step, axis=1) for step in away)


def _profile(sold: Array, lived: Array) -> Array:
    """Mean relative demand by week of the year, mean 1 over the year."""
    raw = np.where(lived > 0, sold / np.maximum(lived, 1e-9), 1.0)
    mean = raw.mean(-1, keepdims=True)
    return np.where(mean > 0, raw / np.maximum(mean, 1e-9), 1.0)
