"""Ranks the candidates it is given: the best five, with score, margin and reasons.

The caller fetches a pool (by exact codes and by ``keys.search_keys``) and hands plain values over:

    query = LineQuery(our_code="933-Z-08040", description="Hex bolt DIN 933 M8x40", quantity=200)
    pool = [ProductCandidate(id=7, default_code="933-Z-08040", names=("Hex bolt DIN 933 M8x40",))]
    for match in rank_products(query, pool):
        print(match.id, match.score, match.margin, match.sure, [r.code for r in match.reasons])

    best = first_sure(rank_parties(PartyQuery(vat="DE655143914", name="Brandtner GmbH"), partners))
    ship_to = first_sure(rank_addresses(PartyQuery(street="Werkstr. 141", zip="90411"), children))

``sure`` means that the evidence identifies the candidate and nothing contradicts it; a draft may
rest on it. Every other match is a suggestion for a person. Reasons are codes with parameters:

========================  =========================================================
partner_code              the partner's own, taught item code (parameters: value)
barcode, default_code,    the printed code is the product's (value)
vendor_code
..._crossed               the code stands in the column of the other side (value)
code_without_zeros        equal but for leading zeros (value)
code_in_description       the code stands in the description (value)
description               similarity (similarity, missing, unexplained)
ordered_before            the partner has ordered it (times)
price                     printed price equals a known one (ratio)
numbers_differ            printed and catalogue sizes contradict (printed, known)
conflict                  other evidence names another candidate (other, by)
ambiguous                 another candidate is as good (other)
========================  =========================================================
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .address import address_evidence
from .candidates import LineQuery, Match, PartyCandidate, PartyQuery, ProductCandidate, Reason
from .evidence import PartyEvidence
from .party import company_evidence
from .score import (
    SELF_SUFFICIENT,
    CodeEvidence,
    Description,
    code_evidence,
    describe,
    overlap,
    price_ratio,
)
from .text import code_key
from .tokens import weight

LIMIT = 5
# a pool larger than this is cut down by shared tokens before descriptions are compared closely
_SHORT_LIST = 40
# two candidates nearer than this are the same for us: a person must choose
_CLEAR_MARGIN = 0.02
_DESCRIPTION_ONLY = 0.95
_AGREES, _CLEARLY, _CLEARLY_BETTER = 0.5, 0.85, 0.3
_CONFLICT_MALUS, _NUMBERS_MALUS = 0.6, 0.7


@dataclass(frozen=True)
class _Scored:
    candidate: ProductCandidate
    code: CodeEvidence
    fit: Description
    score: float
    reasons: tuple[Reason, ...]
    disputed: bool = False


def rank_products(
    query: LineQuery, candidates: Iterable[ProductCandidate], limit: int = LIMIT
) -> tuple[Match, ...]:
    """The best products for an order line, best first.

    Trust runs from the partner's taught code over barcode and our code to the vendor's code, then
    codes in the text, then the description; earlier orders and prices only break ties. Evidence
    that names another product lowers the score and gives the reason ``conflict``.
    """
    pool = [(item, code_evidence(query, item)) for item in candidates]
    scored = [_score_product(query, item, code) for item, code in _short_list(query, pool)]
    scored = _settle(scored)
    scored = sorted((item for item in scored if item.score > 0), key=_order)
    matches = _with_margins([(s.candidate.id, s.score, s.reasons) for s in scored], limit)
    if matches and _is_sure(query, scored[0], matches[0]):
        matches[0] = replace(matches[0], sure=True)
    return tuple(matches)


def rank_parties(
    query: PartyQuery, candidates: Iterable[PartyCandidate], limit: int = LIMIT
) -> tuple[Match, ...]:
    """The best companies for a printed party, best first; ``Match.id`` is the commercial partner.

    Evidence of contacts and addresses counts for their company; ``Match.contact_id`` is the one
    that was recognised by its own e-mail address or name.
    """
    groups: dict[int | str, list[PartyCandidate]] = {}
    for candidate in candidates:
        groups.setdefault(candidate.commercial_id, []).append(candidate)
    found = [(key, company_evidence(query, members)) for key, members in groups.items()]
    return _party_matches(found, limit)


def rank_addresses(
    query: PartyQuery, candidates: Iterable[PartyCandidate], limit: int = LIMIT
) -> tuple[Match, ...]:
    """The best address for a printed ship-to among a partner's own and its children's.

    A contact that only repeats the address of its company never competes with it.
    """
    found = [(item.id, address_evidence(query, item)) for item in _own_addresses(candidates)]
    return _party_matches(found, limit)


def first_sure(matches: Sequence[Match]) -> Match | None:
    """The first match if it may be relied on."""
    return matches[0] if matches and matches[0].sure else None


def _short_list(
    query: LineQuery, pool: list[tuple[ProductCandidate, CodeEvidence]]
) -> list[tuple[ProductCandidate, CodeEvidence]]:
    if len(pool) <= _SHORT_LIST or not query.description:
        return pool
    named = [pair for pair in pool if pair[1].worth]
    others = [pair for pair in pool if not pair[1].worth]
    text = query.description
    near = heapq.nlargest(_SHORT_LIST, others, key=lambda pair: overlap(text, pair[0]))
    return named + near


def _score_product(query: LineQuery, candidate: ProductCandidate, code: CodeEvidence) -> _Scored:
    fit = describe(query.description, candidate) if query.description else Description()
    reasons = [code.reason] if code.reason else []
    if fit.score:
        reasons.append(
            Reason(
                "description",
                {
                    "similarity": round(fit.score, 3),
                    "missing": list(fit.missing),
                    "unexplained": list(fit.unexplained),
                },
            )
        )
    score = _base_score(query, code, fit)
    if fit.contradictions:
        printed, known = zip(*fit.contradictions)  # noqa: B905 (pairs)
        reasons.append(Reason("numbers_differ", {"printed": list(printed), "known": list(known)}))
        if code.worth:
            score *= _NUMBERS_MALUS
    if candidate.ordered_before and score:
        score += 0.012 * (1.0 - score) ** 0.5 + 0.001
        reasons.append(Reason("ordered_before", {"times": candidate.ordered_before}))
    ratio = price_ratio(query, candidate)
    if ratio is not None and score:
        closeness = max(0.0, 1.0 - 5.0 * abs(ratio - 1.0))
        score += 0.01 * closeness * (1.0 - score) ** 0.5 + 0.001 * closeness
        if closeness > 0.95:
            reasons.append(Reason("price", {"ratio": round(ratio, 4)}))
    return _Scored(candidate, code, fit, min(score, 0.999), tuple(reasons))


def _base_score(query: LineQuery, code: CodeEvidence, fit: Description) -> float:
    if not code.worth:
        return _DESCRIPTION_ONLY * fit.score**2
    if not query.description:
        return code.worth
    if fit.score >= _AGREES:
        return code.worth + (0.995 - code.worth) * (fit.score - _AGREES) / (1.0 - _AGREES)
    if code.worth >= SELF_SUFFICIENT:
        return code.worth - 0.05 * (1.0 - fit.score)
    return code.worth * (0.6 + 0.4 * fit.score)


def _settle(scored: list[_Scored]) -> list[_Scored]:
    """Let evidence that names different products count against both."""
    named = [item for item in scored if item.code.worth]
    if not named:
        return scored
    best_text = max(scored, key=lambda item: item.fit.score)
    result = []
    for item in scored:
        rival = _rival(item, named, best_text) if item.code.worth else None
        if rival:
            other = {"other": rival.candidate.id, "by": _by(rival)}
            item = replace(
                item,
                score=item.score * _CONFLICT_MALUS,
                reasons=(*item.reasons, Reason("conflict", other)),
                disputed=True,
            )
        result.append(item)
    return result


def _rival(item: _Scored, named: list[_Scored], best_text: _Scored) -> _Scored | None:
    """Another candidate that the paper names as well, by a code or clearly by its text."""
    if (
        best_text is not item
        and best_text.fit.score >= _CLEARLY
        and best_text.fit.score - item.fit.score >= _CLEARLY_BETTER
    ):
        return best_text
    for other in named:
        if other is item or other.code.reason is None or item.code.reason is None:
            continue
        same_kind = other.code.reason.code == item.code.reason.code
        as_strong = other.code.worth >= SELF_SUFFICIENT or item.code.worth < SELF_SUFFICIENT
        if not same_kind and as_strong and other.fit.score >= item.fit.score - 0.1:
            return other
    return None


def _by(item: _Scored) -> str:
    return item.code.reason.code if item.code.reason else "description"


def _order(item: _Scored) -> tuple[float, str]:
    return (-item.score, str(item.candidate.id))


def _is_sure(query: LineQuery, best: _Scored, match: Match) -> bool:
    fit, worth = best.fit, best.code.worth
    if best.disputed or match.margin < _CLEAR_MARGIN or fit.contradictions:
        return False
    if worth >= SELF_SUFFICIENT:
        if not query.description or not best.candidate.names or fit.score >= _AGREES / 2:
            return True
        ratio = price_ratio(query, best.candidate)
        taught = best.code.reason is not None and best.code.reason.code == "partner_code"
        return taught or (ratio is not None and 0.5 <= ratio <= 2.0)
    telling = sum(1 for name in best.candidate.names for t in name.split() if weight(t) >= 1.0)
    if worth:
        return fit.score >= 0.8 and not fit.aside and len(code_key(_value(best))) >= 3
    return fit.exact and not fit.aside and telling >= 2


def _value(item: _Scored) -> str:
    return str(item.code.reason.parameters.get("value", "")) if item.code.reason else ""


def _with_margins(
    ranked: list[tuple[int | str, float, tuple[Reason, ...]]], limit: int
) -> list[Match]:
    matches = []
    for index, (key, score, reasons) in enumerate(ranked[:limit]):
        following = ranked[index + 1] if index + 1 < len(ranked) else None
        margin = score - following[1] if following else score
        if following and index == 0 and margin < _CLEAR_MARGIN:
            reasons = (*reasons, Reason("ambiguous", {"other": following[0]}))
        matches.append(Match(key, round(score, 4), round(margin, 4), reasons))
    return matches


def _party_matches(
    found: Iterable[tuple[int | str, PartyEvidence]], limit: int
) -> tuple[Match, ...]:
    ranked = sorted(
        ((key, evidence) for key, evidence in found if evidence.score > 0),
        key=lambda pair: (-pair[1].score, pair[1].rank, str(pair[0])),
    )
    matches = _with_margins([(key, e.score, e.reasons) for key, e in ranked], limit)
    for index, (_key, evidence) in enumerate(ranked[: len(matches)]):
        sure = index == 0 and evidence.identifies and matches[0].margin >= _CLEAR_MARGIN
        matches[index] = replace(matches[index], sure=sure, contact_id=evidence.contact_id)
    return tuple(matches)


def _own_addresses(candidates: Iterable[PartyCandidate]) -> list[PartyCandidate]:
    """Drop contacts without an address of their own, or with that of their company."""
    pool = list(candidates)
    places = {
        _place(item) for item in pool if item.type != "contact" or item.id == item.commercial_id
    }
    return [
        item
        for item in pool
        if any(_place(item))
        and (item.type != "contact" or item.id == item.commercial_id or _place(item) not in places)
    ]


def _place(item: PartyCandidate) -> tuple[str, ...]:
    return tuple(code_key(value or "") for value in (item.street, item.zip, item.city))
