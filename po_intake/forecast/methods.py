"""Simple methods for the level of demand, all items at once, and their mean.

Each returns [n, W + 1]: column t is what the method said at the start of week t, from the weeks
before it, so that the past errors of a method come with its forecast. The mean of simple
methods is hard to beat (Bates and Granger 1969; Makridakis et al. 2020 on M4).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from .series import Array, Whole, cumulated, first_week

Method = Callable[[Array, Whole], Array]

NEW = 0.5  # how much of the first week sold is believed: a first order is rarely a usual week


def default_methods() -> tuple[Method, ...]:
    """What `combined` takes the mean of when it is told nothing else."""
    return (lambda weeks, first: moving_average(weeks, first, 4),
            lambda weeks, first: moving_average(weeks, first, 13),
            exponential_smoothing, teunter_syntetos_babai)  # fmt: skip


def combined(weeks: Array, methods: Sequence[Method] | None = None) -> Array:
    """[n, W + 1] the mean of the methods' levels, units a week.

    Taken of their square roots: a single high opinion, after a spike, counts for less.
    """
    first = first_week(weeks)
    levels = [method(weeks, first) for method in methods or default_methods()]
    return np.mean(np.sqrt(np.maximum(levels, 0.0)), axis=0) ** 2


def moving_average(weeks: Array, first: Whole, length: int) -> Array:
    """Mean of the last ``length`` weeks since the first sale, a younger life counted as 4 weeks."""
    n, past = weeks.shape
    sums, rows, level = cumulated(weeks), np.arange(n), np.zeros((n, past + 1))
    for week in range(past + 1):
        span = np.clip(week - first, 1, length)
        begin = np.maximum(week - span, 0)
        level[:, week] = (sums[:, week] - sums[rows, begin]) / np.maximum(span, min(length, 4))
    return level


def exponential_smoothing(weeks: Array, first: Whole, alpha: float = 0.2) -> Array:
    """Simple exponential smoothing (Brown 1956); in the beginning a plain mean."""
    n, past = weeks.shape
    level = np.zeros((n, past + 1))
    for week in range(past):
        age = np.maximum(week - first, 0)
        gain = np.maximum(alpha, 1.0 / (age + 1.0))
        step = level[:, week] + gain * (weeks[:, week] - level[:, week])
        level[:, week + 1] = np.where(week == first, NEW * weeks[:, week], step)
    return level


def teunter_syntetos_babai(
    weeks: Array, first: Whole, alpha: float = 0.2, beta: float = 0.2
) -> Array:
    """Chance of a sale times its size, each smoothed (Teunter, Syntetos and Babai 2011).

    Unlike Croston's, the chance falls in every week without demand: a dead item fades out.
    """
    n, past = weeks.shape
    size, chance, level = np.zeros(n), np.zeros(n), np.zeros((n, past + 1))
    for week in range(past):
        now, new, sold = weeks[:, week], week == first, weeks[:, week] > 0
        gain = np.maximum(beta, 1.0 / (np.maximum(week - first, 0) + 2.0))
        started = week > first
        size = np.where(new, now, np.where(started & sold, size + alpha * (now - size), size))
        chance = np.where(new, NEW, np.where(started, chance + gain * (sold - chance), chance))
        level[:, week + 1] = size * chance
    return level


def with_analogues(level: Array, age: Whole, category: NDArray, weight: float = 2.0) -> Array:
    """[n] levels, those of young items drawn towards the median of their category.

    The category speaks for ``weight`` weeks of an item's life: for all of an item without any
    (``age`` 0), hardly for one of a quarter. ``age`` < 0 means: not planned to be sold, stays 0.
    A category without items of more than 13 weeks borrows from all of them.
    """
    grown = (age > 13) & (level > 0)
    usual = float(np.median(level[grown])) if grown.any() else 0.0
    out = level.copy()
    for value in np.unique(category[age <= 13]):
        group = category == value
        peers = level[group & grown]
        typical = float(np.median(peers)) if len(peers) else usual
        young = group & (age >= 0) & (age <= 13)
        share = weight / (weight + age[young])
        out[young] = (1 - share) * level[young] + share * typical
    return out
