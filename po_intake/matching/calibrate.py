"""From scores to probabilities: isotonic and logistic calibration, and how reliable they are.

Both are fitted on past cases (score or features, and whether the draft needed no edit), apply to
one case in microseconds, and travel as plain JSON. Pure Python: the samples are hundreds to some
ten thousand cases.

* isotonic: pool adjacent violators (Ayer et al., 1955), linear between the block centres;
* logistic: ridge-penalised maximum likelihood by Newton's method (iteratively reweighted least
  squares), on standardised features; with one feature this is Platt scaling (1999).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# no history is proof: probabilities stay this far from 0 and 1
_DOUBT = 1e-3


@dataclass(frozen=True)
class Isotonic:
    """A rising step curve through ``points``: (score, probability), both ascending."""

    points: tuple[tuple[float, float], ...]

    def apply(self, score: float) -> float:
        """The probability that belongs to a score."""
        xs = [point[0] for point in self.points]
        at = bisect_left(xs, score)
        if at == 0:
            value = self.points[0][1]
        elif at == len(xs):
            value = self.points[-1][1]
        else:
            (x0, y0), (x1, y1) = self.points[at - 1], self.points[at]
            value = y0 + (y1 - y0) * (score - x0) / (x1 - x0)
        return _clip(value)

    def to_json(self) -> dict[str, Any]:
        return {"kind": "isotonic", "points": [list(point) for point in self.points]}


@dataclass(frozen=True)
class Logistic:
    """Log-odds as a weighted sum of standardised features.

    :param weights, means, scales: by feature name; an unknown feature of a case is ignored, a
        missing one counts as average
    """

    bias: float
    weights: Mapping[str, float]
    means: Mapping[str, float]
    scales: Mapping[str, float]

    def apply(self, features: Mapping[str, float]) -> float:
        """The probability that belongs to the features of a case."""
        return _clip(_sigmoid(self.bias + sum(self.contributions(features).values())))

    def contributions(self, features: Mapping[str, float]) -> dict[str, float]:
        """What each feature adds to the log-odds, against an average case: the explanation."""
        return {
            name: weight * (float(features[name]) - self.means[name]) / self.scales[name]
            for name, weight in self.weights.items()
            if features.get(name) is not None
        }

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": "logistic",
            "bias": self.bias,
            "weights": dict(self.weights),
            "means": dict(self.means),
            "scales": dict(self.scales),
        }


def from_json(data: Mapping[str, Any]) -> Isotonic | Logistic:
    """The calibration that ``to_json`` wrote.

    :raises ValueError: the kind is unknown
    """
    if data.get("kind") == "isotonic":
        return Isotonic(tuple((float(x), float(y)) for x, y in data["points"]))
    if data.get("kind") == "logistic":
        return Logistic(data["bias"], data["weights"], data["means"], data["scales"])
    raise ValueError(f"unknown calibration {data.get('kind')!r}")


def fit_isotonic(scores: Sequence[float], right: Sequence[bool]) -> Isotonic:
    """The rising curve nearest to the outcomes in least squares.

    Each block counts one right and one wrong case more than it has (Laplace), so that three
    lucky cases do not promise certainty.

    :raises ValueError: no cases, or not as many outcomes as scores
    """
    if not scores or len(scores) != len(right):
        raise ValueError("as many outcomes as scores are needed, and at least one")
    merged: dict[float, list[float]] = {}
    for score, outcome in zip(scores, right):
        block = merged.setdefault(float(score), [0.0, 0.0])
        block[0] += float(outcome)
        block[1] += 1.0
    blocks: list[list[float]] = []  # sum of outcomes, cases, sum of scores
    for score in sorted(merged):
        outcome, cases = merged[score]
        blocks.append([outcome, cases, score * cases])
        while len(blocks) > 1 and _mean(blocks[-2]) >= _mean(blocks[-1]):
            last = blocks.pop()
            blocks[-1] = [one + two for one, two in zip(blocks[-1], last)]
    points = [(block[2] / block[1], (block[0] + 1.0) / (block[1] + 2.0)) for block in blocks]
    # smoothing may tip small blocks over their neighbours: keep the curve rising
    rising = []
    for x, y in points:
        rising.append((x, max(y, rising[-1][1]) if rising else y))
    return Isotonic(tuple(rising))


def fit_logistic(
    cases: Sequence[Mapping[str, float]], right: Sequence[bool], ridge: float = 1.0
) -> Logistic:
    """The penalised maximum-likelihood weights of the features found in the cases.

    :param ridge: strength of the pull of the weights to zero, in cases; the bias is left free
    :raises ValueError: no cases, or not as many outcomes as cases
    """
    if not cases or len(cases) != len(right):
        raise ValueError("as many outcomes as cases are needed, and at least one")
    names = sorted({name for case in cases for name in case})
    means, scales = {}, {}
    for name in names:
        values = [float(case[name]) for case in cases if case.get(name) is not None]
        means[name] = sum(values) / len(values) if values else 0.0
        spread = sum((v - means[name]) ** 2 for v in values) / len(values) if values else 0.0
        scales[name] = math.sqrt(spread) or 1.0
    rows = [
        [1.0]
        + [
            (float(case[n]) - means[n]) / scales[n] if case.get(n) is not None else 0.0
            for n in names
        ]
        for case in cases
    ]
    solution = _newton(rows, [float(outcome) for outcome in right], ridge)
    weights = dict(zip(names, solution[1:]))
    return Logistic(solution[0], weights, means, scales)


def _newton(rows: list[list[float]], outcomes: list[float], ridge: float) -> list[float]:
    size = len(rows[0])
    beta = [0.0] * size
    # a faint pull on the bias keeps it finite where all outcomes are equal
    pull = [1e-2] + [ridge] * (size - 1)
    for _step in range(50):
        gradient = [-p * b for p, b in zip(pull, beta)]
        hessian = [[pull[i] if i == j else 0.0 for j in range(size)] for i in range(size)]
        for row, outcome in zip(rows, outcomes):
            chance = _sigmoid(sum(b * x for b, x in zip(beta, row)))
            spread = max(chance * (1.0 - chance), 1e-9)
            for i, x in enumerate(row):
                if x:
                    gradient[i] += (outcome - chance) * x
                    line, scaled = hessian[i], spread * x
                    for j, other in enumerate(row):
                        line[j] += scaled * other
        step = _solve(hessian, gradient)
        # far from the optimum a whole Newton step may overshoot
        longest = max(abs(value) for value in step)
        damp = min(1.0, 4.0 / longest) if longest else 1.0
        beta = [b + damp * s for b, s in zip(beta, step)]
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


def _mean(block: Sequence[float]) -> float:
    return block[0] / block[1]


def _sigmoid(value: float) -> float:
    if value >= 0:
        return 1.0 / (1.0 + math.exp(-min(value, 700.0)))
    power = math.exp(max(value, -700.0))
    return power / (1.0 + power)


def _clip(value: float) -> float:
    return min(1.0 - _DOUBT, max(_DOUBT, value))
