"""From weeks of demand to the outlook of each item: level, season and how wrong it may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .errors import Errors, past_errors
from .methods import Method, combined, with_analogues
from .season import seasonal_index
from .series import Array, Mask, Whole, cap_bulk, cumulated, first_week, span_sum, weeks_of_year

AHEAD = 52  # weeks that are looked ahead


@dataclass(frozen=True)
class Items:
    """What a buyer knows of n pairs of product and warehouse, arrays [n].

    ``lead_days`` from order to arrival, ``lead_spread`` its standard deviation in days,
    ``pack`` the purchase multiple, ``cost`` of a unit. Category and vendor only need to compare.
    """

    category: NDArray
    vendor: NDArray
    lead_days: Array
    cost: Array
    pack: Array
    lead_spread: Array | float = 0.0

    @property
    def span(self) -> Array:
        """[n] weeks that the stock must last for: until the next order of tomorrow arrives."""
        return (np.asarray(self.lead_days, float) + 1.0) / 7.0


@dataclass(frozen=True)
class Outlook:
    """``level`` [n] units in a usual week, ``season`` [n, AHEAD] its factor in each coming week.

    ``past_level`` [n, W + 1] and ``past_season`` [n, W]: what was said at the start of each week.
    """

    level: Array
    season: Array
    span: Array
    errors: Errors
    lead_spread: Array | float
    past_level: Array
    past_season: Array

    def weekly(self) -> Array:
        """[n, AHEAD] expected units in each coming week."""
        return self.level[:, None] * self.season

    @cached_property
    def season_sums(self) -> Array:
        """[n, AHEAD + 1] the season's factors of all weeks before each coming one."""
        return cumulated(self.season)

    def demand(self, span: Array) -> Array:
        """[n] expected units in the coming ``span`` weeks, of `AHEAD` at most."""
        return self.level * span_sum(self.season_sums, 0, np.minimum(span, AHEAD))

    def rate(self, extra: float = 8.0) -> Array:
        """[n] units a week, on average until ``extra`` weeks after the next arrival."""
        return self.demand(self.span + extra) / (self.span + extra)

    def as_of(self, week: int) -> Outlook:
        """The outlook as it was at the start of a past week; season and errors as known today."""
        season = np.hstack([self.past_season[:, week:], self.season])[:, :AHEAD]
        return replace(self, level=self.past_level[:, week], season=season)

    def scale(self) -> Array:
        """[n] usual error of the demand until the next arrival, late vendors included."""
        own = self.errors.scale(self.demand(self.span))
        late = self.level * self.lead_spread / 7.0
        return np.hypot(own, late)

    def interval(self, safety: float = 0.9) -> tuple[Array, Array]:
        """[n, AHEAD] twice: the band that holds the sum up to each week with chance ``safety``.

        Measured over lead times; carried to other spans by the same power of the demand.
        """
        total = np.cumsum(self.weekly(), axis=1)
        size = self.errors.scale(total.T).T
        low, high = ((1 - safety) / 2, (1 + safety) / 2)
        return (
            np.maximum(total + self.errors.quantile(low) * size, 0.0),
            np.maximum(total + self.errors.quantile(high) * size, 0.0),
        )


def foresee(
    weeks: Array,
    next_monday: np.datetime64,
    items: Items,
    *,
    uplift: Array | None = None,
    launched: Mask | None = None,
    methods: Sequence[Method] | None = None,
) -> Outlook:
    """Forecast all items at once.

    :param weeks: [n, W] units asked for in each week up to ``next_monday``, oldest first
    :param uplift: [n, AHEAD] factors for promotions and events; 1 = none
    :param launched: [n] items that are to be sold though nothing was asked for yet
    """
    past, first = weeks.shape[1], first_week(weeks)
    capped = cap_bulk(weeks)
    week_of = weeks_of_year(next_monday, past, AHEAD)
    season = seasonal_index(capped, week_of[:past], items.category)[:, week_of]
    level = combined(capped / season[:, :past], methods)
    errors = past_errors(weeks, level, season, items.span, items.cost)
    ahead = season[:, past:] if uplift is None else season[:, past:] * uplift
    now = with_analogues(level[:, past], _age(first, past, launched), items.category)
    return Outlook(now, ahead, items.span, errors, items.lead_spread, level, season[:, :past])


def _age(first: Whole, past: int, launched: Mask | None) -> Whole:
    """[n] weeks since the first sale; -1 for what was never sold and is not to be."""
    age = past - first
    return np.where((age == 0) & ~(False if launched is None else launched), -1, age)
