"""Scores the candidates of one order line and lets their evidence count against each other.

What a code says, what the description says and what was ordered before are weighed here; the
result is ordered, and ``identifies`` tells whether the first may be relied on.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .candidates import LineQuery, ProductCandidate, Reason
from .codes import SELF_SUFFICIENT, CodeEvidence, code_evidence
from .score import Description, describe, name_tokens, overlap, price_ratio
from .tokens import has_digit, tells_apart, weight

# a pool larger than this is cut down by shared tokens before descriptions are compared closely
_SHORT_LIST = 25
# score of a product whose name is exactly the description, no code printed
_DESCRIPTION_ONLY = 0.95
_AGREES, _CLEARLY, _CLEARLY_BETTER, _CONFIRMED = 0.5, 0.85, 0.3, 0.8
# a printed price this near to the catalogue's is the same price, less a discount at most
_SAME_PRICE = 0.1
# nearer than this, and nobody but the product's own price can be meant
_WITNESS = 0.005
_CONFLICT_MALUS, _NUMBERS_MALUS = 0.6, 0.7
_ORDERED_BONUS, _PRICE_BONUS, _PRICE_REACH = 0.04, 0.01, 0.2
_BEST_SCORE = 0.999
# a product that shares less than a third of the wording is no help to anybody
_WORTH_TELLING = 0.1


@dataclass(frozen=True)
class ScoredProduct:
    """A candidate with its evidence; ``disputed`` if other evidence names another product."""

    candidate: ProductCandidate
    code: CodeEvidence
    fit: Description
    score: float
    reasons: tuple[Reason, ...]
    disputed: bool = False


def best_products(query: LineQuery, candidates: Iterable[ProductCandidate]) -> list[ScoredProduct]:
    """Candidates that anything speaks for, best first."""
    pool = [(item, code_evidence(query, item)) for item in candidates]
    scored = _settle([_score(query, item, code) for item, code in _short_list(query, pool)])
    return sorted(
        (item for item in scored if item.score >= _WORTH_TELLING),
        key=lambda item: (-item.score, str(item.candidate.id)),
    )


def identifies(query: LineQuery, scored: Sequence[ScoredProduct]) -> bool:
    """Is the evidence for the first product enough by itself, and uncontradicted?

    A code in its own column is, unless the description tells of something else; a hint needs a
    description that confirms it; a description alone must be the product's name, every size,
    colour and word of it, with nothing telling left over. Where a word of it is misspelt or cut
    short, or another word stands beside it, the price must bear witness.
    """
    best = scored[0]
    fit, names = best.fit, best.candidate.names
    ratio = price_ratio(query, best.candidate)
    taught = best.code.reason is not None and best.code.reason.code == "partner_code"
    # people write one size in several ways ("x1000", "1 m"): a taught code and its price outweigh
    agreed = taught and ratio is not None and abs(ratio - 1.0) <= _SAME_PRICE
    if best.disputed or (fit.contradictions and not agreed):
        return False
    if best.code.worth >= SELF_SUFFICIENT:
        if not query.description or not names or fit.score >= _AGREES / 2:
            return True
        return taught or (ratio is not None and 0.5 <= ratio <= 2.0)
    if _aside(scored):
        return False
    if best.code.worth:
        return fit.score >= _CONFIRMED
    telling = {token for name in names for token in name_tokens(name).ordered if weight(token) >= 1}
    return len(telling) >= 2 and _is_named(fit, ratio)


def _is_named(fit: Description, ratio: float | None) -> bool:
    """Is the description the product's name, as it stands or with the price as a witness?"""
    off = math.inf if ratio is None else abs(ratio - 1.0)
    return fit.exact or (fit.near and off <= _SAME_PRICE) or (fit.covered and off <= _WITNESS)


def _aside(scored: Sequence[ScoredProduct]) -> set[str]:
    """Tokens of further printed lines that set this product apart from its neighbours."""
    tokens = {token for token in scored[0].fit.aside if len(token) > 1}
    of_others = {
        token
        for item in scored[1:]
        for name in item.candidate.names
        for token in tokens & name_tokens(name, item.candidate.attributes).all
        if has_digit(token)
    }
    return of_others | {token for token in tokens if tells_apart(token)}


def _short_list(
    query: LineQuery, pool: list[tuple[ProductCandidate, CodeEvidence]]
) -> list[tuple[ProductCandidate, CodeEvidence]]:
    if len(pool) <= _SHORT_LIST or not query.description:
        return pool
    named = [pair for pair in pool if pair[1].worth]
    others = [pair for pair in pool if not pair[1].worth]
    text = query.description
    return named + heapq.nlargest(_SHORT_LIST, others, key=lambda pair: overlap(text, pair[0]))


def _score(query: LineQuery, candidate: ProductCandidate, code: CodeEvidence) -> ScoredProduct:
    fit = describe(query.description, candidate) if query.description else Description()
    reasons = [code.reason] if code.reason else []
    score = _base_score(query, code, fit)
    if fit.score:
        reasons.append(_description_reason(fit))
    if fit.contradictions:
        printed = [pair[0] for pair in fit.contradictions]
        known = [pair[1] for pair in fit.contradictions]
        reasons.append(Reason("differs", {"printed": printed, "known": known}))
        score *= _NUMBERS_MALUS if code.worth else 1.0
    if score and candidate.ordered_before:
        score += _ORDERED_BONUS * (1.0 - score)
        reasons.append(Reason("ordered_before", {"times": candidate.ordered_before}))
    ratio = price_ratio(query, candidate)
    if score and ratio is not None:
        closeness = max(0.0, 1.0 - abs(ratio - 1.0) / _PRICE_REACH)
        score += _PRICE_BONUS * closeness * (1.0 - score)
        if closeness > 0.95:
            reasons.append(Reason("price", {"ratio": round(ratio, 4)}))
    return ScoredProduct(candidate, code, fit, min(score, _BEST_SCORE), tuple(reasons))


def _description_reason(fit: Description) -> Reason:
    return Reason(
        "description",
        {
            "similarity": round(fit.score, 3),
            "missing": list(fit.missing),
            "unexplained": list(fit.unexplained),
        },
    )


def _base_score(query: LineQuery, code: CodeEvidence, fit: Description) -> float:
    if not code.worth:
        return _DESCRIPTION_ONLY * fit.score**2
    if not query.description:
        return code.worth
    if fit.score >= _AGREES:
        agreement = (fit.score - _AGREES) / (1.0 - _AGREES)
        return code.worth + (_BEST_SCORE - code.worth) * agreement
    if code.worth >= SELF_SUFFICIENT:
        return code.worth - 0.05 * (1.0 - fit.score)
    return code.worth * (0.6 + 0.4 * fit.score)


def _settle(scored: list[ScoredProduct]) -> list[ScoredProduct]:
    """Let evidence that names different products count against each of them."""
    named = [item for item in scored if item.code.worth]
    if not named:
        return scored
    best_text = max(scored, key=lambda item: (item.fit.exact, item.fit.score))
    disputes = {}
    for item in named:
        rival = _rival(item, named, best_text)
        if rival:
            disputes[item.candidate.id] = rival
            # a code that is enough by itself is not overruled by a description, only questioned
            if item.code.worth >= SELF_SUFFICIENT and not rival.code.worth:
                disputes[rival.candidate.id] = item
    return [
        _dispute(item, disputes[item.candidate.id]) if item.candidate.id in disputes else item
        for item in scored
    ]


def _dispute(item: ScoredProduct, rival: ScoredProduct) -> ScoredProduct:
    by = rival.code.reason.code if rival.code.reason else "description"
    conflict = Reason("conflict", {"other": rival.candidate.id, "by": by})
    return replace(
        item,
        score=item.score * _CONFLICT_MALUS,
        reasons=(*item.reasons, conflict),
        disputed=True,
    )


def _rival(
    item: ScoredProduct, named: list[ScoredProduct], best_text: ScoredProduct
) -> ScoredProduct | None:
    """Another candidate that the paper names as well, by its text or by another code."""
    gap = best_text.fit.score - item.fit.score
    clearly = best_text.fit.score >= _CLEARLY and gap >= _CLEARLY_BETTER
    if best_text is not item and (clearly or (best_text.fit.exact and not item.fit.exact)):
        return best_text
    return next((other for other in named if other is not item and _as_good(other, item)), None)


def _as_good(other: ScoredProduct, item: ScoredProduct) -> bool:
    """Does a code of another kind, no weaker, name another product that fits as well?"""
    as_strong = other.code.worth >= min(item.code.worth, SELF_SUFFICIENT)
    return as_strong and other.code != item.code and other.fit.score >= item.fit.score - 0.1
