"""How well the printed description and price of a line fit one product.

A description is compared token by token (``tokens.py``) with each name of the product; sizes and
models are exact, words may carry a slip of the pen. Nothing here decides: ``rank.py`` weighs the
description against codes and against the other candidates.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from .candidates import LineQuery, ProductCandidate
from .tokens import (
    FILLER_WEIGHT,
    Tokens,
    has_digit,
    is_plain,
    may_be_typo,
    shape,
    tokenize,
    weight,
)
from .vocabulary import exclusive_kind, is_label

_TYPO_WORTH, _LONG_WORD = 0.85, 9
_CONTRADICTION = 0.55
_WORTH_A_LOOK, _ORDER_WORTH = 0.6, 0.9


@dataclass(frozen=True)
class Description:
    """How well a description fits one candidate.

    :param score: 0..1; 1 is the same tokens on both sides
    :param exact: every token of the first line and of the name is there literally
    :param near: the same, but for slips of the pen and words cut short
    :param covered: every token of the name is there, beside words that the name does not have;
        none of these is a size, a model, a colour or the like
    :param missing: tokens of the name that are not printed
    :param unexplained: printed tokens that the name does not have
    :param aside: tokens of further lines that the name lacks
    :param contradictions: pairs (printed, of the name) of one shape that differ
    """

    score: float = 0.0
    exact: bool = False
    near: bool = False
    covered: bool = False
    missing: tuple[str, ...] = ()
    unexplained: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    contradictions: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=1 << 12)
def split_description(description: str) -> tuple[Tokens, Tokens]:
    """Tokens of the first printed line, and those that only further lines have.

    A further line like "Label: value" tells about the document (customs number, project), not
    about the item, and is left out, unless the label is a size, a colour or the like.
    """
    first, *rest = [line for line in description.splitlines() if line.strip()] or [""]
    told = [value for line in rest for value in (_told(line),) if value]
    main = tokenize(first)
    return main, Tokens(tuple(t for t in tokenize("\n".join(told)).ordered if t not in main.all))


def _told(line: str) -> str:
    label, colon, value = line.partition(":")
    if not colon:
        return line
    return value if any(is_label(token) for token in tokenize(label).ordered) else ""


def describe(description: str, candidate: ProductCandidate) -> Description:
    """The best fit of a description to any of the candidate's names."""
    main, extra = split_description(description)
    names = [name_tokens(name, candidate.attributes) for name in candidate.names]
    shares = [_share(main, name) for name in names]
    # a name in another language than the best one cannot win: leave it out
    enough = max(shares, default=0.0) * _WORTH_A_LOOK
    best = Description()
    for name, share in zip(names, shares):
        if share >= enough:
            fit = _fit(main, extra, name)
            if (fit.exact, fit.score) > (best.exact, best.score):
                best = fit
    return best


@lru_cache(maxsize=1 << 16)
def name_tokens(name: str, attributes: tuple[str, ...] = ()) -> Tokens:
    """Tokens of a product name and of the variant's values that the name does not say."""
    tokens = tokenize(name)
    more = [token for value in attributes for token in tokenize(value).ordered]
    if not more:
        return tokens
    return Tokens(tuple(dict.fromkeys((*tokens.ordered, *more))), tokens.bare)


def overlap(description: str, candidate: ProductCandidate) -> float:
    """A cheap guess of ``describe`` from the shared tokens alone, for short-listing."""
    main, _extra = split_description(description)
    return max((_share(main, name_tokens(n, candidate.attributes)) for n in candidate.names),
               default=0.0)  # fmt: skip


def _share(main: Tokens, name: Tokens) -> float:
    shared = main.all & name.all
    if not shared:
        return 0.0
    return (len(shared) + len(shared & main.numbers)) / (len(main.all) + len(name.all))


@dataclass
class _Alignment:
    """Which printed tokens and which tokens of a name belong together; worked on in steps."""

    main: Tokens
    name: Tokens
    missing: list[str]
    unexplained: list[str]
    printed_worth: float
    name_worth: float
    slips: bool = False

    @classmethod
    def of(cls, main: Tokens, extra: Tokens, name: Tokens) -> _Alignment:
        shared = main.all & name.all
        worth = sum(weight(token) for token in shared)
        absent = [token for token in name.ordered if token not in shared]
        told = sum(weight(token) for token in absent if token in extra.all)
        return cls(
            main,
            name,
            missing=[token for token in absent if token not in extra.all],
            unexplained=[token for token in main.ordered if token not in shared],
            printed_worth=worth,
            name_worth=worth + told,
        )

    def take_printed(self, token: str, share: float = 1.0) -> None:
        self.unexplained.remove(token)
        self.printed_worth += weight(token) * share

    def take_name(self, token: str, share: float = 1.0) -> None:
        self.missing.remove(token)
        self.name_worth += weight(token) * share

    def join(self) -> None:
        """Find words that one side writes together and the other apart."""
        for token in list(self.missing):
            parts = [p for p in self.main.joins.get(token, ()) if p in self.unexplained]
            if parts:
                self.take_name(token)
                for part in parts:
                    self.take_printed(part)
        for token in list(self.unexplained):
            parts = [p for p in self.name.joins.get(token, ()) if p in self.missing]
            if parts:
                self.take_printed(token)
                for part in parts:
                    self.take_name(part)

    def forgive(self) -> None:
        """Accept words with a slip of the pen, and numbers whose unit one side leaves out."""
        for number, measure in self.name.bare.items():
            if number in self.unexplained and measure in self.missing:
                self._accept(number, measure)
        for number, measure in self.main.bare.items():
            if measure in self.unexplained and number in self.missing:
                self._accept(measure, number)
        for token in list(self.unexplained):
            twin = _typo_of(token, self.missing)
            if twin:
                self._accept(token, twin)

    def _accept(self, printed: str, known: str) -> None:
        self.slips = True
        self.take_printed(printed, _TYPO_WORTH)
        self.take_name(known, _TYPO_WORTH)

    @property
    def score(self) -> float:
        """Harmonic mean of the explained shares of both sides (F1), by weight."""
        if not self.printed_worth or not self.name_worth:
            return 0.0
        printed = self.printed_worth / self.main.weight
        known = self.name_worth / self.name.weight
        return min(1.0, 2 * printed * known / (printed + known))


def _fit(main: Tokens, extra: Tokens, name: Tokens) -> Description:
    pairs = _Alignment.of(main, extra, name)
    common = bool(pairs.printed_worth)
    if pairs.missing and pairs.unexplained:
        pairs.join()
        pairs.forgive()
    missing, unexplained = tuple(pairs.missing), tuple(pairs.unexplained)
    contradictions = _contradictions(pairs.unexplained, pairs.missing) if common else ()
    lacking = any(weight(token) > FILLER_WEIGHT for token in missing)
    beside = [token for token in unexplained if weight(token) > FILLER_WEIGHT]
    score = pairs.score * (_CONTRADICTION if contradictions else 1.0)
    # words may change places, sizes may not; further lines come in any order
    in_order = bool(extra.ordered) or main.sequence == name.sequence
    complete = bool(name.ordered) and not lacking and not contradictions
    exact = complete and not beside and not pairs.slips
    if exact and main.ordered != name.ordered:
        from rapidfuzz import fuzz

        score *= _ORDER_WORTH + (1 - _ORDER_WORTH) * fuzz.ratio(main.ordered, name.ordered) / 100
        exact = in_order
    return Description(
        score=score,
        exact=exact,
        near=complete and in_order and not beside,
        covered=complete and in_order and all(is_plain(token) for token in beside),
        missing=missing,
        unexplained=unexplained,
        aside=tuple(token for token in extra.ordered if token not in name.all),
        contradictions=contradictions,
    )


def _typo_of(token: str, others: list[str]) -> str | None:
    if not may_be_typo(token):
        return None
    return next((other for other in others if _nearly_equal(token, other)), None)


@lru_cache(maxsize=1 << 16)
def _nearly_equal(one: str, other: str) -> bool:
    """Is one word the other with a slip of the pen, or cut short by at most a third?"""
    from rapidfuzz.distance import OSA

    if not may_be_typo(other):
        return False
    short, long = sorted((one, other), key=len)
    allowed = 1 if len(short) < _LONG_WORD else 2
    if OSA.distance(short, long, score_cutoff=allowed) <= allowed:
        return True
    return long.startswith(short) and len(short) * 3 >= len(long) * 2


def _contradictions(unexplained: list[str], missing: list[str]) -> tuple[tuple[str, str], ...]:
    """Sizes, colours and sides that differ: where both sides talk about one kind of thing."""
    pairs = []
    left = {token: _subject(token) for token in missing}
    for token in unexplained:
        subject = _subject(token)
        twin = next((t for t, other in left.items() if subject and other == subject), None)
        if twin:
            del left[twin]
            pairs.append((token, twin))
    return tuple(pairs)


def _subject(token: str) -> str | None:
    """What a token speaks of: the shape of a size, or the kind of a colour or side."""
    return shape(token) if has_digit(token) else exclusive_kind(token)


def price_ratio(query: LineQuery, candidate: ProductCandidate) -> float | None:
    """Printed price over the nearer of last and catalogue price; ``None`` if either is unknown."""
    if not query.price_unit:
        return None
    known = [float(price) for price in (candidate.last_price, candidate.list_price) if price]
    ratios = [float(query.price_unit) / price for price in known if price > 0]
    return min(ratios, key=lambda ratio: abs(ratio - 1), default=None)
