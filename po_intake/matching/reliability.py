"""How far stated probabilities can be believed: the table a manager sees before and after a fit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.99, 1.0)


@dataclass(frozen=True)
class Bin:
    """The cases whose stated probability lies in [low, high).

    :param stated: mean stated probability; ``None`` without cases, as are the following
    :param observed: share that came out right
    :param lowest: lower end of the 95 % Wilson interval of ``observed``
    """

    low: float
    high: float
    cases: int
    stated: float | None
    observed: float | None
    lowest: float | None


@dataclass(frozen=True)
class Reliability:
    """Reliability of a set of stated probabilities.

    :param brier: mean squared error; 0 is perfect
    :param log_loss: mean negative log-likelihood in nats; 0 is perfect, confident errors cost most
    :param error: expected calibration error: mean gap of stated and observed, by cases
    """

    bins: tuple[Bin, ...]
    cases: int
    brier: float
    log_loss: float
    error: float


def reliability(
    stated: Sequence[float], right: Sequence[bool], edges: Sequence[float] = EDGES
) -> Reliability:
    """The reliability table of stated probabilities against what came out.

    :raises ValueError: not as many outcomes as probabilities
    """
    if len(stated) != len(right):
        raise ValueError("as many outcomes as probabilities are needed")
    pairs = [(float(chance), bool(outcome)) for chance, outcome in zip(stated, right)]
    last = len(edges) - 2
    bins = tuple(
        _bin(low, high, [p for p in pairs if low <= p[0] and (p[0] < high or index == last)])
        for index, (low, high) in enumerate(zip(edges, edges[1:]))
    )
    cases = len(pairs)
    brier = sum((chance - outcome) ** 2 for chance, outcome in pairs) / cases if cases else 0.0
    loss = sum(_surprise(chance if outcome else 1.0 - chance) for chance, outcome in pairs)
    gap = sum(b.cases * abs((b.stated or 0.0) - (b.observed or 0.0)) for b in bins)
    return Reliability(bins, cases, brier, loss / max(cases, 1), gap / max(cases, 1))


def _surprise(chance: float) -> float:
    return -math.log(max(chance, 1e-9))


def _bin(low: float, high: float, pairs: Sequence[tuple[float, bool]]) -> Bin:
    cases = len(pairs)
    if not cases:
        return Bin(low, high, 0, None, None, None)
    hits = sum(outcome for _chance, outcome in pairs)
    stated = sum(chance for chance, _outcome in pairs) / cases
    return Bin(low, high, cases, stated, hits / cases, wilson_low(hits, cases))


def wilson_low(hits: int, cases: int, z: float = 1.96) -> float:
    """Lower end of the Wilson score interval (Wilson, 1927) of a share."""
    share, z2 = hits / cases, z * z
    centre = share + z2 / (2 * cases)
    reach = z * math.sqrt(share * (1 - share) / cases + z2 / (4 * cases * cases))
    return max(0.0, (centre - reach) / (1 + z2 / cases))
