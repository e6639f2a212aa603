"""How wrong the forecast was over past lead times, and what that says about the next one.

Split-conformal prediction (Papadopoulos et al. 2002; Lei et al. 2018): the error of demand over
a lead time is divided by what such an error usually is for that item, and ONE table of quantiles
of these is kept for all items. Nothing is assumed about the distribution, and lumpy items share
the experience of all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .series import Array, cumulated, span_sum

POWER = 0.5  # errors grow with demand ** POWER, as those of independent orders do (Poisson)
OWN_EVIDENCE = 30.0  # closed windows at which an item's own errors count half
LOOK_BACK = 60  # weeks; older errors are of another business
LEAST = 0.05  # units; below, a window tells nothing of an item's errors


@dataclass(frozen=True)
class Errors:
    """The pooled table and each item's own scale.

    ``values`` [k] scaled errors in rising order, ``share`` [k] their cumulated weight, 0..1;
    ``relative`` [n] the mean absolute error as a factor of forecast ** POWER.
    """

    values: Array
    share: Array
    relative: Array

    def scale(self, forecast: Array) -> Array:
        """The usual size of an error of this forecast of a lead time, units."""
        return self.relative * np.maximum(forecast, LEAST) ** POWER

    def quantile(self, safety: float) -> float:
        """Scaled error that is not exceeded with the chance ``safety`` (0..1)."""
        if not len(self.values):
            return 2.0 * safety  # nothing known: once or twice the usual error
        return float(np.interp(safety, self.share, self.values))


def past_errors(actual: Array, level: Array, season: Array, span: Array, cost: Array) -> Errors:
    """Learn from all windows of ``span`` [n] weeks that have closed.

    :param actual: [n, W] demand as it was, bulk orders and all
    :param level: [n, W + 1] as of each week, see `methods`
    :param season: [n, W + more] factor of each week
    :param cost: [n] of a unit: the table weighs an error by the money that it binds
    """
    past = actual.shape[1]
    begin = max(4, past - LOOK_BACK)
    demand, factors = cumulated(actual), cumulated(season)
    seen, expected = [], []
    for week in range(begin, past):
        closed = (week + span <= past) & (level[:, week] > 0)
        forecast = level[:, week] * span_sum(factors, week, span)
        expected.append(np.where(closed, forecast, 0.0))
        seen.append(np.where(closed, span_sum(demand, week, span), 0.0))
    if not expected:
        return Errors(np.zeros(0), np.zeros(0), np.ones(len(actual)))
    return _pool(np.array(seen).T, np.array(expected).T, cost)


def _pool(seen: Array, expected: Array, cost: Array) -> Errors:
    closed = expected > 0
    error, grown = seen - expected, np.where(closed, expected, 0.0) ** POWER
    usual = np.abs(error).sum() / max(grown.sum(), 1e-9) or 1.0
    count = closed.sum(1)
    mean_grown = np.maximum(grown.sum(1) / np.maximum(count, 1), 1e-3)
    own = np.abs(error).sum(1) / mean_grown
    relative = (own + OWN_EVIDENCE * usual) / (count + OWN_EVIDENCE)

    told = expected > LEAST
    scaled = (error / (relative[:, None] * np.maximum(expected, LEAST) ** POWER))[told]
    money = (np.maximum(cost, 1e-6)[:, None] * expected)[told]
    order = np.argsort(scaled)
    weight = np.cumsum(money[order])
    return Errors(scaled[order], weight / weight[-1] if len(weight) else weight, relative)
