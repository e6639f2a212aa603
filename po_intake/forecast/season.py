"""The shape of the year: some kinds of year, and which of them an item's demand looks like.

One item of a wholesaler sells in few weeks, so that its own profile is mostly noise; a shape
shared by many is not. What shares a shape is found in the demand itself (`kinds.Kinds`), with the
category as the first guess; a little of the item's own profile is mixed in by its evidence
(shrinkage: Bunn and Vassilopoulos 1999, Dekker et al. 2004 on pooling the season over a group).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .kinds import Year, find_kinds, smooth
from .series import WEEKS_A_YEAR, Array, Whole, first_week

OWN_EVIDENCE = 100.0  # weeks with demand at which an item's own profile counts half
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
    life = alive.sum(1)
    mean = weeks.sum(1) / np.maximum(life, 1)
    evidence = (weeks > 0).sum(1).astype(float)
    year = Year(
        sold=_fold(weeks / np.maximum(mean, 1e-9)[:, None], week_of),
        lived=_fold(alive.astype(float), week_of),
        evidence=evidence,
        weight=np.sqrt(mean) * (life >= YOUNG),
    )
    shared = find_kinds(year, category)
    trust = np.where(alive[:, past - WEEKS_A_YEAR], evidence / (evidence + OWN_EVIDENCE), 0.0)
    own = smooth(year.sold) / np.maximum(smooth(year.lived), 1e-9)
    own /= np.maximum(own.mean(1, keepdims=True), 1e-9)
    mixed = trust[:, None] * own + (1 - trust[:, None]) * shared
    return np.clip(mixed / mixed.mean(1, keepdims=True), *BOUNDS)


def _fold(weeks: Array, week_of: Whole) -> Array:
    """[n, W] -> [n, 52]: sums by week of the year."""
    folded = np.zeros((len(weeks), WEEKS_A_YEAR))
    for week, index in enumerate(week_of):
        folded[:, index] += weeks[:, week]
    return folded
