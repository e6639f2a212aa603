"""How sure the whole is: log-odds less a price for every doubt; and how the prices are fitted.

``P(no edit) = 1 / (1 + exp(-(base - sum(price[d] * doubt[d]))))``, a doubt being a number from 0
(none) upwards. This is logistic regression, fitted by Newton's method (iteratively reweighted
least squares; McCullagh & Nelder, Generalized Linear Models, 1989), with two provisos:

* the prices are drawn to those of a prior, as by a normal prior around it (ridge regression,
  le Cessie & van Houwelingen, 1992): where cases are few, the prior stays;
* no price is less than nothing: a further doubt never makes anybody surer.

Pure Python: the samples are some dozen to some thousand cases of a dozen doubts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# no history is proof: probabilities stay this far from 0 and 1
DOUBT = 0.005


@dataclass(frozen=True)
class Calibration:
    """What each doubt costs.

    :param base: log-odds without any doubt
    :param prices: log-odds that one unit of a doubt costs, by its name; a name that is not in it
        costs nothing
    """

    base: float
    prices: Mapping[str, float]

    def apply(self, doubts: Mapping[str, float]) -> float:
        """The probability that belongs to the doubts of a case."""
        return clip(sigmoid(self.base - sum(self._costs(doubts).values())))

    def shares(self, doubts: Mapping[str, float]) -> dict[str, float]:
        """By how much each doubt lowers the probability; together, by how much all do."""
        costs = self._costs(doubts)
        whole = sum(costs.values())
        lost = self.apply({}) - self.apply(doubts)
        return {name: lost * cost / whole for name, cost in costs.items()} if whole else {}

    def _costs(self, doubts: Mapping[str, float]) -> dict[str, float]:
        costs = {name: self.prices.get(name, 0.0) * value for name, value in doubts.items()}
        return {name: cost for name, cost in costs.items() if cost > 0}

    def to_json(self) -> dict[str, Any]:
        return {"base": self.base, "prices": dict(self.prices)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Calibration:
        """The calibration that ``to_json`` wrote.

        :raises ValueError: it is something else
        """
        try:
            prices = {str(name): float(price) for name, price in data["prices"].items()}
            return cls(float(data["base"]), prices)
        except (AttributeError, KeyError, TypeError) as problem:
            raise ValueError("no calibration") from problem


def fit(
    cases: Sequence[Mapping[str, float]],
    right: Sequence[bool],
    prior: Calibration,
    strength: float = 2.0,
) -> Calibration:
    """The prices that explain the outcomes best, near those of the prior.

    :param cases: doubts of each case
    :param right: whether the case needed no edit
    :param strength: inverse variance of the prior: 1 lets a price stray by about 1, 4 by 0.5
    :raises ValueError: no cases, or not as many outcomes as cases
    """
    if not cases or len(cases) != len(right):
        raise ValueError("as many outcomes as cases are needed, and at least one")
    names = sorted({*prior.prices, *(name for case in cases for name in case)})
    centre = [prior.base, *(prior.prices.get(name, 0.0) for name in names)]
    rows = [[1.0, *(-float(case.get(name) or 0.0) for name in names)] for case in cases]
    outcomes = [float(outcome) for outcome in right]
    free = set(range(len(centre)))
    while True:
        found = _newton(rows, outcomes, centre, strength, free)
        worst = min((index for index in free if index), key=found.__getitem__, default=0)
        if not worst or found[worst] >= 0:
            break
        # a doubt that would make people surer counts for nothing
        free.remove(worst)
    return Calibration(found[0], dict(zip(names, found[1:])))


def foretold(
    cases: Sequence[Mapping[str, float]],
    right: Sequence[bool],
    prior: Calibration,
    strength: float = 2.0,
    folds: int = 5,
) -> list[float]:
    """The probability of each case by a fit that has not seen it (cross-validation)."""
    result = [0.0] * len(cases)
    for fold in range(folds):
        kept = [index for index in range(len(cases)) if index % folds != fold]
        model = prior
        if kept:
            model = fit([cases[i] for i in kept], [right[i] for i in kept], prior, strength)
        for index in range(fold, len(cases), folds):
            result[index] = model.apply(cases[index])
    return result


def _newton(
    rows: list[list[float]],
    outcomes: list[float],
    centre: list[float],
    strength: float,
    free: set[int],
) -> list[float]:
    """The posterior's mode over the free parameters; the others are nothing."""
    order = sorted(free)
    beta = [value if index in free else 0.0 for index, value in enumerate(centre)]
    for _step in range(50):
        gradient = [strength * (centre[i] - beta[i]) for i in order]
        hessian = [[strength * (i == j) for j in order] for i in order]
        for row, outcome in zip(rows, outcomes):
            used = [(at, row[i]) for at, i in enumerate(order) if row[i]]
            chance = sigmoid(sum(beta[order[at]] * x for at, x in used))
            spread = max(chance * (1.0 - chance), 1e-9)
            for at, x in used:
                gradient[at] += (outcome - chance) * x
                for other, y in used:
                    hessian[at][other] += spread * x * y
        step = _solve(hessian, gradient)
        # far from the optimum a whole Newton step may overshoot
        longest = max(map(abs, step))
        damp = min(1.0, 4.0 / longest) if longest else 1.0
        for at, i in enumerate(order):
            beta[i] += damp * step[at]
        if longest < 1e-8:
            break
    return beta


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gaussian elimination with partial pivoting; the matrix is small and positive definite."""
    size = len(right)
    rows = [[*line, value] for line, value in zip(matrix, right)]
    for i in range(size):
        pivot = max(range(i, size), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for k in range(i + 1, size):
            factor = rows[k][i] / rows[i][i]
            rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i])]
    result = [0.0] * size
    for i in reversed(range(size)):
        known = sum(rows[i][j] * result[j] for j in range(i + 1, size))
        result[i] = (rows[i][size] - known) / rows[i][i]
    return result


def shortfall(probability: float) -> float:
    """What a probability lacks to near-certainty, in log-odds: 0 for ``1 - DOUBT`` and more."""
    return logit(1.0 - DOUBT) - logit(clip(probability))


def logit(value: float) -> float:
    return math.log(value / (1.0 - value))


def sigmoid(value: float) -> float:
    if value >= 0:
        return 1.0 / (1.0 + math.exp(-min(value, 700.0)))
    power = math.exp(max(value, -700.0))
    return power / (1.0 + power)


def clip(value: float) -> float:
    return min(1.0 - DOUBT, max(DOUBT, value))


def many(values: Iterable[object]) -> float:
    """How much several doubts of one kind weigh: the second one less than the first."""
    return math.log1p(sum(1 for _value in values)) / math.log(2.0)
