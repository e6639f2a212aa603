"""From a need to a quantity that the vendor accepts, each rounding step kept as a record.

Pure arithmetic in the vendor's purchase unit; the caller converts units. Steps carry a code and
the quantities before and after, so that a page can say "why this number" in any language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import ceil, floor, inf

GRAIN = 1e-6  # quantities nearer than this are the same


@dataclass(frozen=True)
class Price:
    """Unit price from ``min_quantity`` on."""

    min_quantity: float
    price: float


@dataclass(frozen=True)
class Offer:
    """What a vendor asks for one item. ``shelf_days``, ``cover_days``: inf = no cap."""

    prices: tuple[Price, ...]
    minimum: float = 0.0
    pack: float = 0.0
    shelf_days: float = inf
    cover_days: float = inf


@dataclass(frozen=True)
class Step:
    """One change of the quantity: ``code``, before, after, and the number that caused it.

    Codes: minimum, pack, price_break, shelf_life, cover, vendor_minimum, unreachable (no quantity
    satisfies both the vendor's minimum and a cap: the vendor's minimum stands, a person decides).
    """

    code: str
    before: float
    after: float
    cause: float


@dataclass(frozen=True)
class Quantity:
    """What to order, at what price (None: the vendor has no valid price), and why."""

    raw: float
    quantity: float
    price: float | None
    steps: tuple[Step, ...] = ()

    @property
    def must_wait(self) -> bool:
        """Never confirmed without a person: no price, or caps and minimum contradict."""
        return not self.price or any(step.code == "unreachable" for step in self.steps)


@dataclass(frozen=True)
class Need:
    """One item to be ordered: ``raw`` units wanted, ``daily`` units used up a day, the offer.

    ``stock`` is what is on hand and on its way; ``holding_rate`` a year and unit of value;
    ``due`` the day index by which it must be ordered.
    """

    raw: float
    daily: float
    offer: Offer
    stock: float = 0.0
    holding_rate: float = 0.25
    due: int = 0


def price_at(prices: Sequence[Price], quantity: float) -> float | None:
    """The lowest price above zero that this quantity earns; None where there is none."""
    earned = [p.price for p in prices if p.price > 0 and p.min_quantity <= quantity + GRAIN]
    return min(earned, default=None)


def acceptable(need: Need) -> Quantity:
    """The quantity that the vendor accepts and that is worth its money."""
    offer = need.offer
    if need.raw <= GRAIN:
        return Quantity(need.raw, 0.0, price_at(offer.prices, 0.0))
    walk = _Walk(need.raw)
    floor_price = min((p.min_quantity for p in offer.prices if p.price > 0), default=0.0)
    least = max(offer.minimum, floor_price)
    walk.to("minimum", max(walk.now, least), least)
    walk.to("pack", _up(walk.now, offer.pack), offer.pack)
    walk.to(*_price_break(need, walk.now))
    for code, days in (("shelf_life", offer.shelf_days), ("cover", offer.cover_days)):
        _cap(walk, code, days, need, least)
    return Quantity(need.raw, walk.now, price_at(offer.prices, walk.now), tuple(walk.steps))


def top_up(needs: Sequence[Need], least_value: float, due_first: int = 28) -> list[Quantity]:
    """Quantities of one vendor's order, filled up to its minimum order value.

    What must be ordered now comes first; if it is worth too little, the needs that are due
    next join, nearest first, at most ``due_first`` days ahead; then packs are added to the
    items that use them up fastest, never past a cap. Items that stay out get quantity 0.
    """
    wanted = [acceptable(need) for need in needs]
    joined = {i for i, need in enumerate(needs) if need.due <= 0 and wanted[i].quantity > 0}
    if not joined:
        return [replace(found, quantity=0.0, steps=()) for found in wanted]
    for i in sorted(set(range(len(needs))) - joined, key=lambda i: needs[i].due):
        if _value(wanted, joined) >= least_value or needs[i].due > due_first:
            break
        if wanted[i].quantity > 0:
            joined.add(i)
            step = Step("vendor_minimum", 0.0, wanted[i].quantity, least_value)
            wanted[i] = replace(wanted[i], steps=(step, *wanted[i].steps))
    _add_packs(wanted, needs, joined, least_value)
    return [
        found if i in joined else replace(found, quantity=0.0, steps=())
        for i, found in enumerate(wanted)
    ]


def _add_packs(
    wanted: list[Quantity], needs: Sequence[Need], joined: set[int], least_value: float
) -> None:
    """Raise the quantities in place, a pack at a time, the item of the shortest cover first."""
    open_items = {i for i in joined if wanted[i].price and needs[i].daily > GRAIN}
    while open_items and _value(wanted, joined) < least_value - GRAIN:
        i = min(open_items, key=lambda i: (wanted[i].quantity + needs[i].stock) / needs[i].daily)
        before, pack = wanted[i].quantity, needs[i].offer.pack or 1.0
        missing = (least_value - _value(wanted, joined)) / wanted[i].price
        more = min(missing, max(needs[i].daily * 7.0, pack))  # a week's use at a time
        after = _up(before + more, pack)
        if after > _room(needs[i]) + GRAIN:
            open_items.discard(i)
            continue
        kept = [step for step in wanted[i].steps if step.code != "vendor_minimum"]
        first = next((s for s in wanted[i].steps if s.code == "vendor_minimum"), None)
        step = Step("vendor_minimum", first.before if first else before, after, least_value)
        price = price_at(needs[i].offer.prices, after)
        wanted[i] = Quantity(wanted[i].raw, after, price, (*kept, step))


def _value(wanted: Sequence[Quantity], joined: set[int]) -> float:
    return sum(wanted[i].quantity * (wanted[i].price or 0.0) for i in joined)


def _price_break(need: Need, now: float) -> tuple[str, float, float]:
    """The next break, if what is saved on the whole order beats holding what is more.

    Buying q instead of now saves now x (price difference); the q - now units more lie, on average,
    from the day the smaller order would have been used up for half of their own cover.
    """
    price, best, gain, cause = price_at(need.offer.prices, now), now, 0.0, 0.0
    for step in need.offer.prices:
        if not price or not 0 < step.price < price or step.min_quantity <= now + GRAIN:
            continue
        quantity = _up(step.min_quantity, need.offer.pack)
        if need.daily <= GRAIN or quantity > _room(need) + GRAIN:
            continue
        saved = now * (price - step.price)
        more = quantity - now
        years = (need.stock + now + more / 2.0) / need.daily / 365.0
        net = saved - more * step.price * need.holding_rate * years
        if net > gain:
            best, gain, cause = quantity, net, step.price
    return "price_break", best, cause


def _room(need: Need) -> float:
    """The most that may be ordered under the caps; inf where none applies."""
    days = min(need.offer.shelf_days, need.offer.cover_days)
    return max(days * need.daily - need.stock, 0.0) if days < inf else inf


def _cap(walk: _Walk, code: str, days: float, need: Need, least: float) -> None:
    """Not more than is used up in ``days``, in whole packs; the vendor's least stays."""
    if days == inf:
        return
    most = max(days * need.daily - need.stock, 0.0)
    if walk.now <= most + GRAIN:
        return
    smallest = _up(max(least, need.offer.pack), need.offer.pack)
    lower = _down(most, need.offer.pack)
    if lower + GRAIN < smallest:
        walk.to(code, smallest, days)
        walk.steps.append(Step("unreachable", walk.now, walk.now, most))
    else:
        walk.to(code, lower, days)


def _up(quantity: float, pack: float) -> float:
    return ceil(quantity / pack - GRAIN) * pack if pack > 0 else quantity


def _down(quantity: float, pack: float) -> float:
    return floor(quantity / pack + GRAIN) * pack if pack > 0 else quantity


@dataclass
class _Walk:
    now: float
    steps: list[Step] = field(default_factory=list)

    def to(self, code: str, quantity: float, cause: float) -> None:
        """Go to another quantity and note why; nothing is noted where nothing changes."""
        if abs(quantity - self.now) > GRAIN:
            self.steps.append(Step(code, self.now, quantity, cause))
            self.now = quantity
