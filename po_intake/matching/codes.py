"""Which of the printed codes name a product, and how strongly.

A code in its own column that equals the product's is enough by itself. A code in the column of
the other side, one that is equal only without leading zeros, and one found in running text are
hints that a description must confirm.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .candidates import LineQuery, ProductCandidate, Reason
from .text import code_key, digits, weak_code_key
from .tokens import has_digit

# the order is the order of trust
TAUGHT, BARCODE, DEFAULT_CODE, VENDOR_CODE = 0.985, 0.98, 0.975, 0.96
CROSSED, WEAK_CODE, IN_DESCRIPTION = 0.88, 0.85, 0.85
SELF_SUFFICIENT = 0.95
_SHORT_CODE = 4
_SHORTEST_BARCODE = 8


@dataclass(frozen=True)
class CodeEvidence:
    """The strongest code that names the candidate: its worth (0..1) and what it is called."""

    worth: float = 0.0
    reason: Reason | None = None


def code_evidence(query: LineQuery, candidate: ProductCandidate) -> CodeEvidence:
    """The strongest evidence that one of the printed codes names this candidate."""
    theirs, ours = code_key(query.partner_code or ""), code_key(query.our_code or "")
    barcode = _barcode(query.barcode)
    if not (theirs or ours or barcode or query.description):
        return CodeEvidence()
    own, known_barcode = candidate.default_code or "", _barcode(candidate.barcode)
    in_columns = (
        (TAUGHT, "partner_code", theirs, candidate.partner_codes),
        (DEFAULT_CODE, "default_code", ours, (own,)),
        (VENDOR_CODE, "vendor_code", theirs, candidate.vendor_codes),
        (CROSSED, "default_code_crossed", theirs, (own,)),
        (CROSSED, "partner_code_crossed", ours, candidate.partner_codes),
        (CROSSED, "vendor_code_crossed", ours, candidate.vendor_codes),
    )
    found = [
        CodeEvidence(worth, Reason(name, {"value": code}))
        for worth, name, printed, known in in_columns
        if printed
        for code in known
        if code_key(code) == printed
    ]
    if known_barcode and known_barcode == barcode:
        found.append(CodeEvidence(BARCODE, Reason("barcode", {"value": candidate.barcode})))
    elif known_barcode and known_barcode in (_barcode(theirs), _barcode(ours)):
        found.append(CodeEvidence(CROSSED, Reason("barcode_crossed", {"value": candidate.barcode})))
    if not found:
        found = list(_hints(theirs, ours, query.description, candidate))
    return max(found, key=lambda evidence: evidence.worth, default=CodeEvidence())


def _barcode(text: str | None) -> str:
    """Digits without leading zeros (a UPC-A is a GTIN-13 with one); empty if too short."""
    found = digits(text or "")
    return found.lstrip("0") if len(found) >= _SHORTEST_BARCODE else ""


def _hints(
    theirs: str, ours: str, description: str | None, candidate: ProductCandidate
) -> Iterator[CodeEvidence]:
    codes = (candidate.default_code or "", *candidate.partner_codes, *candidate.vendor_codes)
    weak = {weak_code_key(theirs), weak_code_key(ours)} - {""}
    inside = codes_inside(description) if description else frozenset()
    for code in filter(None, codes):
        if weak and weak_code_key(code) in weak:
            yield CodeEvidence(WEAK_CODE, Reason("code_without_zeros", {"value": code}))
    if inside:
        for code in filter(None, (*codes, candidate.barcode)):
            if is_telling_code(code) and code_key(code) in inside:
                yield CodeEvidence(IN_DESCRIPTION, Reason("code_in_description", {"value": code}))


def is_telling_code(code: str) -> bool:
    """Is a code long and odd enough to be believed when it stands in running text?"""
    key = code_key(code)
    return len(key) > _SHORT_CODE and has_digit(key)


@lru_cache(maxsize=1 << 12)
def codes_inside(description: str) -> frozenset[str]:
    """Keys of everything in a text that can be an item code: words and pairs of words."""
    keys = [code_key(word) for word in description.split()]
    pairs = [one + two for one, two in zip(keys, keys[1:])]
    return frozenset(key for key in (*keys, *pairs) if len(key) > _SHORT_CODE and has_digit(key))
