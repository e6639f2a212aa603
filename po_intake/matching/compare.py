"""Two statements of one order, line by line: which line answers which, and what differs.

On one side stands what an order says, on the other what a document says: a customer's change or
repetition of it, a vendor's confirmation, or what Odoo itself would say. Nothing here decides
which side is right.

Lines are paired in rounds, the surest sign first, so that their order does not matter: the same
item (product, else item code), the same printed position, a description that is alike. Within a
round the closest pair goes first. A further line of an item whose quantity is not reached yet is
part of a split delivery.

Figures are compared in the unit of the ordered line. What one side does not say is no difference.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .text import fold

SAME = "same"
CHANGED = "changed"
ADDED = "added"
MISSING = "missing"
SUBSTITUTED = "substituted"
SPLIT = "split"

PRODUCT = "product"
QUANTITY = "quantity"
PRICE = "price"
DISCOUNT = "discount"
DATE = "date"

# of 100: two wordings of one article, or of one and its successor
_ALIKE = 80.0
# lines that nothing else pairs are held against each other by their words up to this many pairs
_MOST_PAIRS = 40_000
_CENT = Decimal("0.01")
_MICRO = Decimal("0.000001")
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Line:
    """One line as one side states it. ``None`` and empty mean: this side does not say.

    :param id: whatever the caller knows the line by
    :param position: line number as printed or as the order counts
    :param product: the product, where it is known; two products are never the same item
    :param codes: item codes and GTINs in one normal form (``text.code_key``)
    :param quantity: in units of this line
    :param factor: product units in one unit of this line
    :param price: of one unit of this line, before discount
    :param discount: in percent
    :param date: when it is to be delivered
    """

    id: Hashable
    position: str | None = None
    product: Hashable | None = None
    codes: frozenset[str] = frozenset()
    description: str | None = None
    quantity: Decimal | None = None
    factor: Decimal = Decimal(1)
    price: Decimal | None = None
    discount: Decimal | None = None
    date: date | None = None


@dataclass(frozen=True)
class Difference:
    """One value that differs; both values in the unit of the ordered line."""

    field: str
    old: Decimal | date | Hashable | None
    new: Decimal | date | Hashable | None


@dataclass(frozen=True)
class Row:
    """One line of the order and what answers it.

    :param ordered: ``None`` for a line that only the document has
    :param said: lines of the document: none if the order's line is missing there, several if its
        delivery is split
    :param differences: of a split: the sum of the quantities, the first price that differs and
        the last day
    """

    kind: str
    ordered: Line | None = None
    said: tuple[Line, ...] = ()
    differences: tuple[Difference, ...] = ()

    @property
    def is_same(self) -> bool:
        """Is there nothing to decide in this row?"""
        return self.kind == SAME or (self.kind == SPLIT and not self.differences)


def compare(
    ordered: Sequence[Line],
    said: Sequence[Line],
    *,
    quantity_step: Decimal = _CENT,
    price_step: Decimal = _CENT,
) -> tuple[Row, ...]:
    """Pair the lines of an order with those of a document and say what differs.

    :param quantity_step: smallest quantity that the order can state; less than half is rounding
    :param price_step: the same of prices; one that is printed finer is compared as finely
    :return: a row for each line of the order, in its order, then the document's new lines
    """
    answers = _answers(ordered, said)
    rows = [
        _row(
            line, tuple(said[i] for i in sorted(answers.get(index, ()))), quantity_step, price_step
        )
        for index, line in enumerate(ordered)
    ]
    new = [Row(ADDED, said=(said[index],)) for index in _free(said, answers)]
    return (*rows, *new)


def count(rows: Iterable[Row]) -> dict[str, int]:
    """How often what differs: fields of changed lines; kinds of all others."""
    counts: Counter[str] = Counter()
    for row in rows:
        if row.kind in (ADDED, MISSING, SUBSTITUTED):
            counts[row.kind] += 1
        else:
            # price and discount are one matter for people
            fields = {DISCOUNT: PRICE}
            counts.update({fields.get(item.field, item.field) for item in row.differences})
    return dict(counts)


# which line answers which


def _answers(ordered: Sequence[Line], said: Sequence[Line]) -> dict[int, list[int]]:
    """Indexes of the document's lines by the index of the line of the order they answer."""
    answers: dict[int, list[int]] = {}
    _pair(_by_item, ordered, said, answers)
    _join_parts(ordered, said, answers)
    _pair(_by_position, ordered, said, answers)
    _pair(_by_words, ordered, said, answers)
    return answers


def _pair(
    related: Callable[[Mapping[int, Line], Mapping[int, Line]], Iterator[tuple[int, int]]],
    ordered: Sequence[Line],
    said: Sequence[Line],
    answers: dict[int, list[int]],
) -> None:
    """Pair what is not paired yet, by one kind of relation, the closest first."""
    free = _free(said, answers)
    open_lines = {index: line for index, line in enumerate(ordered) if index not in answers}
    pairs = related(open_lines, {index: said[index] for index in free})
    for one, other in sorted(
        pairs, key=lambda pair: (_distance(ordered[pair[0]], said[pair[1]]), abs(pair[0] - pair[1]))
    ):
        if one not in answers and other in free:
            answers[one] = [other]
            free.remove(other)


def _free(said: Sequence[Line], answers: Mapping[int, Sequence[int]]) -> list[int]:
    taken = {index for indexes in answers.values() for index in indexes}
    return [index for index in range(len(said)) if index not in taken]


def _distance(one: Line, other: Line) -> tuple[int, bool]:
    """How far two lines of the same item are from each other; the least is the closest."""
    elsewhere = one.position != other.position
    differing = (_total(one) != _total(other), _net(one) != _net(other), one.date != other.date)
    return elsewhere + sum(differing), elsewhere


def _by_item(ordered: Mapping[int, Line], said: Mapping[int, Line]) -> Iterator[tuple[int, int]]:
    for one, other in _sharing(ordered, said, _item_keys):
        if _same_item(ordered[one], said[other]):
            yield one, other


def _by_position(
    ordered: Mapping[int, Line], said: Mapping[int, Line]
) -> Iterator[tuple[int, int]]:
    return _sharing(ordered, said, lambda line: {line.position} - {None})


def _by_words(ordered: Mapping[int, Line], said: Mapping[int, Line]) -> Iterator[tuple[int, int]]:
    from rapidfuzz import fuzz

    if len(ordered) * len(said) > _MOST_PAIRS:
        return
    words = {index: fold(line.description or "") for index, line in said.items()}
    for one, line in ordered.items():
        text = fold(line.description or "")
        for other, candidate in said.items():
            substituted = line.product and candidate.product
            if substituted and _total(line) != _total(candidate):
                continue
            if text and words[other] and fuzz.token_set_ratio(text, words[other]) >= _ALIKE:
                yield one, other


def _sharing(
    ordered: Mapping[int, Line],
    said: Mapping[int, Line],
    keys: Callable[[Line], set[Hashable]],
) -> Iterator[tuple[int, int]]:
    """Pairs of lines that have a key in common."""
    index: defaultdict[Hashable, list[int]] = defaultdict(list)
    for other, line in said.items():
        for key in keys(line):
            index[key].append(other)
    for one, line in ordered.items():
        yield from ((one, other) for key in keys(line) for other in index.get(key, ()))


def _item_keys(line: Line) -> set[Hashable]:
    codes: set[Hashable] = {("code", code) for code in line.codes}
    return codes | ({("product", line.product)} if line.product else set())


def _same_item(one: Line, other: Line) -> bool:
    if one.product and other.product:
        return one.product == other.product
    return bool(one.codes & other.codes)


def _join_parts(
    ordered: Sequence[Line], said: Sequence[Line], answers: dict[int, list[int]]
) -> None:
    """Give left-over lines to lines of the same item whose quantity is not yet reached."""
    for index in _free(said, answers):
        open_lines = [
            (-left, one)
            for one, indexes in answers.items()
            if _same_item(ordered[one], said[index])
            and (left := _left(ordered[one], [said[i] for i in indexes])) > 0
        ]
        if open_lines:
            answers[min(open_lines)[1]].append(index)


def _left(line: Line, parts: Iterable[Line]) -> Decimal:
    """What is not yet answered of a line, in product units; nothing where a side says nothing."""
    totals = [_total(part) for part in parts]
    ordered = _total(line)
    return Decimal(0) if ordered is None or None in totals else ordered - sum(totals)


# what differs


def _row(line: Line, parts: tuple[Line, ...], quantity_step: Decimal, price_step: Decimal) -> Row:
    if not parts:
        return Row(MISSING, line)
    differences = [
        difference
        for difference in (
            _quantity(line, parts, quantity_step),
            *_prices(line, parts, price_step),
            _dates(line, parts),
        )
        if difference
    ]
    products = {part.product for part in parts}
    if line.product and None not in products and products != {line.product}:
        kind = SUBSTITUTED
        differences.insert(0, Difference(PRODUCT, line.product, parts[0].product))
    elif len(parts) > 1:
        kind = SPLIT
    else:
        kind = CHANGED if differences else SAME
    return Row(kind, line, parts, tuple(differences))


def _quantity(line: Line, parts: Sequence[Line], step: Decimal) -> Difference | None:
    totals = [_total(part) for part in parts]
    if line.quantity is None or None in totals:
        return None
    new = sum(totals, Decimal(0)) / line.factor
    return None if _near(line.quantity, new, step) else Difference(QUANTITY, line.quantity, new)


def _prices(line: Line, parts: Sequence[Line], step: Decimal) -> Iterator[Difference]:
    """Price and discount, where the price after discount is another one."""
    own = _net(line)
    for part in parts:
        net = _net(part)
        if own is None or net is None:
            continue
        fine = _as_printed(part.price, step)
        if _near(own * line.factor, net * line.factor, fine):
            continue
        price = part.price * line.factor / part.factor
        discounts = (line.discount or Decimal(0), part.discount or Decimal(0))
        if not _near(line.price, price, fine) or discounts[0] == discounts[1]:
            yield Difference(PRICE, line.price, price)
        if discounts[0] != discounts[1]:
            yield Difference(DISCOUNT, *discounts)
        return


def _dates(line: Line, parts: Sequence[Line]) -> Difference | None:
    days = {part.date for part in parts} - {None}
    if not line.date or not days or days == {line.date}:
        return None
    return Difference(DATE, line.date, max(days))


def _total(line: Line) -> Decimal | None:
    """Quantity in product units."""
    return None if line.quantity is None else line.quantity * line.factor


def _net(line: Line) -> Decimal | None:
    """Price of one product unit after discount."""
    if line.price is None:
        return None
    return line.price * (1 - (line.discount or 0) / _HUNDRED) / line.factor


def _as_printed(price: Decimal, step: Decimal) -> Decimal:
    """``step``, or what the last digit of a finer price is worth: 0.001 of 0.135.

    Of more than six digits it is a quotient that nobody printed.
    """
    last = Decimal(1).scaleb(int(price.normalize().as_tuple().exponent))
    return last if _MICRO <= last < step else step


def _near(one: Decimal, other: Decimal, step: Decimal) -> bool:
    return abs(one - other) <= step / 2
