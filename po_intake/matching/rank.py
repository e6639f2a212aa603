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
differs                   sizes, colours or sides contradict (printed, known)
conflict                  other evidence names another candidate (other, by)
email, domain, vat, gln,  what parties have in common (value, candidate)
reference, phone, name,
registry,
similar_name, address
vat_differs, vat_misread, what speaks against a party (printed, known)
name_differs
ambiguous                 another candidate is as good (other)
========================  =========================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .address import address_evidence, own_addresses
from .candidates import LineQuery, Match, PartyCandidate, PartyQuery, ProductCandidate, Reason
from .evidence import PartyEvidence
from .party import company_evidence
from .products import best_products, identifies

LIMIT = 5
# two candidates nearer than this are the same for us: a person must choose
_CLEAR_MARGIN = 0.02
# a company that has no more than the city in common is no suggestion
_WORTH_TELLING = 0.2


def rank_products(
    query: LineQuery, candidates: Iterable[ProductCandidate], limit: int = LIMIT
) -> tuple[Match, ...]:
    """The best products for an order line, best first.

    Trust runs from the partner's taught code over barcode and our code to the vendor's code, then
    codes in the text, then earlier orders, then the description; the price only breaks ties.
    Evidence that names another product lowers the score and gives the reason ``conflict``.
    """
    scored = best_products(query, candidates)
    matches = _with_margins([(s.candidate.id, s.score, s.reasons) for s in scored], limit)
    if matches and matches[0].margin >= _CLEAR_MARGIN and identifies(query, scored):
        matches[0] = replace(matches[0], sure=True)
    return tuple(matches)


def rank_parties(
    query: PartyQuery, candidates: Iterable[PartyCandidate], limit: int = LIMIT
) -> tuple[Match, ...]:
    """The best companies for a printed party, best first; ``Match.id`` is the commercial partner.

    Evidence of contacts and addresses counts for their company; ``Match.contact_id`` is the one
    that was recognised by its own e-mail address. Two companies that are both identified, like
    the sender's and the printed buyer's, give the reason ``conflict``.
    """
    groups: dict[int | str, list[PartyCandidate]] = {}
    for candidate in candidates:
        groups.setdefault(candidate.commercial_id, []).append(candidate)
    found = [(key, company_evidence(query, group)) for key, group in groups.items()]
    return _rank_parties([pair for pair in found if pair[1].score >= _WORTH_TELLING], limit)


def rank_addresses(
    query: PartyQuery, candidates: Iterable[PartyCandidate], limit: int = LIMIT
) -> tuple[Match, ...]:
    """The best address for a printed ship-to among a partner's own and its children's.

    A contact that only repeats the address of its company never competes with it.
    """
    own = own_addresses(candidates)
    return _rank_parties([(item.id, address_evidence(query, item)) for item in own], limit)


def first_sure(matches: Sequence[Match]) -> Match | None:
    """The first match if it may be relied on."""
    return matches[0] if matches and matches[0].sure else None


def _with_margins(
    ranked: Sequence[tuple[int | str, float, tuple[Reason, ...]]], limit: int
) -> list[Match]:
    matches = []
    for index, (key, score, reasons) in enumerate(ranked[:limit]):
        following = ranked[index + 1] if index + 1 < len(ranked) else None
        margin = score - following[1] if following else score
        told = reasons
        if following and index == 0 and margin < _CLEAR_MARGIN:
            told = (*reasons, Reason("ambiguous", {"other": following[0]}))
        matches.append(Match(key, round(score, 4), round(margin, 4), told))
    return matches


def _rank_parties(
    found: Iterable[tuple[int | str, PartyEvidence]], limit: int
) -> tuple[Match, ...]:
    ranked = sorted(
        ((key, evidence) for key, evidence in found if evidence.score > 0),
        key=lambda pair: (-pair[1].score, pair[1].rank, str(pair[0])),
    )
    matches = _with_margins([(key, e.score, e.reasons) for key, e in ranked], limit)
    for index, (_key, evidence) in enumerate(ranked[: len(matches)]):
        matches[index] = replace(matches[index], contact_id=evidence.contact_id)
    if not matches:
        return ()
    best = ranked[0][1]
    rival = next((pair for pair in ranked[1:] if _contests(best, pair[1])), None)
    sure = best.identifies and matches[0].margin >= _CLEAR_MARGIN
    if rival:
        conflict = Reason("conflict", {"other": rival[0], "by": sorted(rival[1].strong)})
        sure = sure and len(best.strong) > len(rival[1].strong)
        matches[0] = replace(matches[0], reasons=(*matches[0].reasons, conflict))
    matches[0] = replace(matches[0], sure=sure)
    return tuple(matches)


def _contests(best: PartyEvidence, other: PartyEvidence) -> bool:
    """Is another company identified by something that does not speak for the best one?"""
    return bool(other.strong - best.strong)
