"""How well one product fits one order line: its codes, its description, its price.

A code identifies, a description describes: ``code_evidence`` finds which of the printed codes
name the candidate and how strongly, ``describe`` compares the tokens of the description with those
of every name. Neither decides; ``rank.py`` weighs them against each other and against the other
candidates.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from .candidates import LineQuery, ProductCandidate, Reason
from .text import code_key, digits, weak_code_key
from .tokens import Tokens, has_digit, may_be_typo, shape, tells_apart, tokenize, weight

# How sure each kind of code is by itself. The order is the order of trust; a code in the column
# of the other side, or equal only without leading zeros, needs a description that agrees.
TAUGHT, BARCODE, DEFAULT_CODE, VENDOR_CODE = 0.985, 0.98, 0.975, 0.96
CROSSED, WEAK_CODE, IN_DESCRIPTION = 0.88, 0.85, 0.85
SELF_SUFFICIENT = 0.95
_SHORT_CODE = 4

# cost of a word that is only nearly there, and of one that is there within a compound
_TYPO_WORTH = 0.85
_EXTRA_LINE_WORTH = 0.2
_CONTRADICTION = 0.55


@dataclass(frozen=True)
class CodeEvidence:
    """The strongest code that names the candidate: its worth (0..1) and what it is called."""

    worth: float = 0.0
    reason: Reason | None = None


@dataclass(frozen=True)
class Description:
    """How well a description fits one candidate.

    :param score: 0..1; 1 is the same tokens on both sides
    :param exact: every token of the first line and of the name is there literally
    :param missing: tokens of the name that are not printed
    :param unexplained: printed tokens that the name does not have
    :param aside: telling tokens (colour, material, size) of further lines that the name lacks
    :param contradictions: pairs (printed, of the name) of one shape that differ
    """

    score: float = 0.0
    exact: bool = False
    missing: tuple[str, ...] = ()
    unexplained: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    contradictions: tuple[tuple[str, str], ...] = ()


def code_evidence(query: LineQuery, candidate: ProductCandidate) -> CodeEvidence:
    """The strongest evidence that one of the printed codes names this candidate."""
    ours, theirs = code_key(query.our_code or ""), code_key(query.partner_code or "")
    own = code_key(candidate.default_code or "")
    taught = {code_key(code): code for code in candidate.partner_codes}
    vendor = {code_key(code): code for code in candidate.vendor_codes}
    barcode = digits(query.barcode or "")
    found: list[tuple[float, str, str | None]] = []
    if theirs and theirs in taught:
        found.append((TAUGHT, "partner_code", taught[theirs]))
    if barcode and barcode.lstrip("0") == digits(candidate.barcode or "").lstrip("0"):
        found.append((BARCODE, "barcode", candidate.barcode))
    if ours and ours == own:
        found.append((DEFAULT_CODE, "default_code", candidate.default_code))
    if theirs and theirs in vendor:
        found.append((VENDOR_CODE, "vendor_code", vendor[theirs]))
    if not found:
        found = _doubtful_codes(query, candidate, taught, vendor)
    worth, code, value = max(found, default=(0.0, "", None))
    return CodeEvidence(worth, Reason(code, {"value": value})) if code else CodeEvidence()


def _doubtful_codes(
    query: LineQuery,
    candidate: ProductCandidate,
    taught: dict[str, str],
    vendor: dict[str, str],
) -> list[tuple[float, str, str | None]]:
    ours, theirs = code_key(query.our_code or ""), code_key(query.partner_code or "")
    own = code_key(candidate.default_code or "")
    found: list[tuple[float, str, str | None]] = []
    if theirs and theirs == own:
        found.append((CROSSED, "default_code_crossed", candidate.default_code))
    if ours and ours in taught:
        found.append((CROSSED, "partner_code_crossed", taught[ours]))
    if ours and ours in vendor:
        found.append((CROSSED, "vendor_code_crossed", vendor[ours]))
    printed = {digits(code) for code in (query.our_code or "", query.partner_code or "")}
    barcode = digits(candidate.barcode or "")
    if len(barcode) >= 8 and barcode in printed:
        found.append((CROSSED, "barcode_crossed", candidate.barcode))
    if not found:
        known = {weak_code_key(code): code for code in (*taught, *vendor, own) if code}
        for weak in (weak_code_key(ours), weak_code_key(theirs)):
            if weak and weak in known:
                found.append((WEAK_CODE, "code_without_zeros", known[weak]))
    if not found and query.description:
        inside = codes_inside(query.description)
        for code in (candidate.default_code, candidate.barcode, *taught, *vendor):
            if code and is_telling_code(code) and code_key(code) in inside:
                found.append((IN_DESCRIPTION, "code_in_description", code))
                break
    return found


def is_telling_code(code: str) -> bool:
    """Is a code long and odd enough to be believed when it stands in running text?"""
    key = code_key(code)
    return len(key) > _SHORT_CODE and has_digit(key)


@lru_cache(maxsize=1 << 12)
def codes_inside(description: str) -> frozenset[str]:
    """Keys of everything in a text that can be an item code: words and pairs of words."""
    keys = [code_key(word) for word in description.split()]
    pairs = [one + two for one, two in zip(keys, keys[1:])]  # noqa: B905 (unequal on purpose)
    return frozenset(key for key in (*keys, *pairs) if len(key) > _SHORT_CODE and has_digit(key))


@lru_cache(maxsize=1 << 12)
def split_description(description: str) -> tuple[Tokens, Tokens]:
    """Tokens of the first printed line, and those that only further lines have.

    A further line like "Label: value" tells about the document (customs number, project), not
    about the item, and is left out.
    """
    first, *rest = [line for line in description.splitlines() if line.strip()] or [""]
    told = [line for line in rest if ":" not in line]
    main = tokenize(first)
    return main, Tokens(tuple(t for t in tokenize("\n".join(told)).ordered if t not in main.all))


def describe(description: str, candidate: ProductCandidate) -> Description:
    """The best fit of a description to any of the candidate's names."""
    main, extra = split_description(description)
    best = Description()
    for name in candidate.names:
        fit = _fit(main, extra, name_tokens(name, candidate.attributes))
        if (fit.score, fit.exact) > (best.score, best.exact):
            best = fit
    return best


@lru_cache(maxsize=1 << 16)
def name_tokens(name: str, attributes: tuple[str, ...] = ()) -> Tokens:
    """Tokens of a product name and of the variant's values that the name does not say."""
    tokens = tokenize(name)
    more = [token for value in attributes for token in tokenize(value).ordered]
    return Tokens(tuple(dict.fromkeys((*tokens.ordered, *more)))) if more else tokens


def overlap(description: str, candidate: ProductCandidate) -> float:
    """A cheap upper guess of ``describe``: shared tokens only. For short-listing."""
    main, _extra = split_description(description)
    wanted = main.all
    best = 0.0
    for name in candidate.names:
        tokens = name_tokens(name, candidate.attributes)
        shared = wanted & tokens.all
        if shared:
            worth = len(shared) + len(shared & main.numbers)
            best = max(best, worth / (len(wanted) + len(tokens.all)))
    return best


def _fit(main: Tokens, extra: Tokens, name: Tokens) -> Description:
    shared = main.all & name.all
    missing = [token for token in name.ordered if token not in shared]
    unexplained = [token for token in main.ordered if token not in shared]
    gained_query = gained_name = sum(weight(token) for token in shared)
    if missing and extra.ordered:
        found = [token for token in missing if token in extra.all]
        gained_name += sum(weight(token) for token in found)
        missing = [token for token in missing if token not in extra.all]
    exact = True
    if missing and unexplained:
        gained_query, gained_name, missing, unexplained, exact = _reconcile(
            main, name, missing, unexplained, gained_query, gained_name
        )
    if not gained_name:
        return Description(unexplained=tuple(unexplained), missing=tuple(missing))
    precision = gained_query / (main.weight or 1.0)
    recall = gained_name / (name.weight or 1.0)
    score = 2 * precision * recall / (precision + recall) if precision and recall else 0.0
    contradictions = _contradictions(unexplained, missing, shared)
    if contradictions:
        score *= _CONTRADICTION
    heavy = [token for token in (*missing, *unexplained) if weight(token) >= 1.0]
    return Description(
        score=min(1.0, score),
        exact=exact and not heavy,
        missing=tuple(missing),
        unexplained=tuple(unexplained),
        aside=tuple(t for t in extra.ordered if tells_apart(t) and t not in name.all),
        contradictions=contradictions,
    )


def _reconcile(
    main: Tokens,
    name: Tokens,
    missing: list[str],
    unexplained: list[str],
    gained_query: float,
    gained_name: float,
) -> tuple[float, float, list[str], list[str], bool]:
    """Find words written together or apart, then words with a slip of the pen."""
    exact = True
    for token in list(missing):
        parts = main.joins.get(token)
        if parts and any(part in unexplained for part in parts):
            missing.remove(token)
            gained_name += weight(token)
            for part in parts:
                if part in unexplained:
                    unexplained.remove(part)
                    gained_query += weight(part)
    for token in list(unexplained):
        parts = name.joins.get(token)
        if parts and any(part in missing for part in parts):
            unexplained.remove(token)
            gained_query += weight(token)
            for part in parts:
                if part in missing:
                    missing.remove(part)
                    gained_name += weight(part)
    for token in list(unexplained):
        twin = _typo_of(token, missing)
        if twin:
            exact = False
            unexplained.remove(token)
            missing.remove(twin)
            gained_query += weight(token) * _TYPO_WORTH
            gained_name += weight(twin) * _TYPO_WORTH
    return gained_query, gained_name, missing, unexplained, exact


def _typo_of(token: str, others: list[str]) -> str | None:
    if not may_be_typo(token):
        return None
    from rapidfuzz.distance import OSA

    for other in others:
        if may_be_typo(other):
            allowed = 1 if min(len(token), len(other)) < 9 else 2
            if OSA.distance(token, other, score_cutoff=allowed) <= allowed:
                return other
            if _abbreviates(token, other) or _abbreviates(other, token):
                return other
    return None


def _abbreviates(short: str, long: str) -> bool:
    """Is one word the other's beginning, at least two thirds of it ("schraub" of "schraube")?"""
    return long.startswith(short) and len(short) * 3 >= len(long) * 2


def _contradictions(
    unexplained: list[str], missing: list[str], shared: frozenset[str]
) -> tuple[tuple[str, str], ...]:
    """Sizes that differ, only where the two sides talk about the same kind of thing."""
    if not shared:
        return ()
    pairs = []
    left = [token for token in missing if has_digit(token)]
    for token in unexplained:
        if has_digit(token):
            twin = next((other for other in left if shape(other) == shape(token)), None)
            if twin:
                left.remove(twin)
                pairs.append((token, twin))
    return tuple(pairs)


def price_ratio(query: LineQuery, candidate: ProductCandidate) -> float | None:
    """Printed price over the nearer of last and catalogue price; ``None`` if either is unknown."""
    if not query.price_unit:
        return None
    known = [float(price) for price in (candidate.last_price, candidate.list_price) if price]
    ratios = [float(query.price_unit) / price for price in known if price > 0]
    return min(ratios, key=lambda ratio: abs(ratio - 1), default=None)
