"""The printed quantity and price in the product's own unit, or an honest refusal.

Three facts are kept apart: the unit that was ordered, the pack printed on the line, and what the
catalogue says. A quantity is converted by a factor that nature fixes (a dozen is twelve) or that
somebody stored, or when the price is the witness: the ordered price over the catalogue price is
the factor within 0.5 %. Quantity x price never changes. Everything else is for a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .units import PIECE, Unit, fixed_factor

WITNESS_TOLERANCE = Decimal("0.005")
# two packages whose prices differ by more than this do not hold the same
_SANE = Decimal("0.55")


@dataclass(frozen=True)
class Conversion:
    """A quantity in the product's unit.

    :param factor: product units in one ordered unit
    :param code: why: ``same``, ``alike`` (two words for one package), ``assumed`` (no unit is
        printed), ``fixed``, ``stored``, ``price_witness``
    :param whole: the quantity is a whole number of product units, or was none before
    """

    quantity: Decimal
    price_unit: Decimal | None
    factor: Decimal
    code: str
    whole: bool = True

    @property
    def converted(self) -> bool:
        return self.factor != 1


def convert(
    quantity: Decimal,
    price_unit: Decimal | None,
    ordered: Unit | None,
    product: Unit,
    *,
    packs: Iterable[int] = (),
    stored: Mapping[Unit, Decimal] | None = None,
    catalogue_price: Decimal | None = None,
) -> Conversion | None:
    """The ordered quantity and price in the product's unit.

    :param ordered: the printed unit; ``None`` if none is printed
    :param product: the unit the product is sold in, with its size where the unit has one
    :param packs: pack sizes printed on the line or known for the product
    :param stored: product units in one ordered unit, for units somebody has set a factor for;
        the unit with its printed size wins over the one without
    :param catalogue_price: of one product unit, in the same currency
    :return: ``None`` where a person must say how many are meant
    """
    stored = stored or {}
    if ordered is None:
        return _made(quantity, price_unit, Decimal(1), "assumed")
    for unit in (ordered, Unit(ordered.code)):
        if unit in stored:
            return _made(quantity, price_unit, stored[unit], "stored")
    witness = _witness(price_unit, catalogue_price, _possible(ordered, product, packs))
    if witness is not None:
        return _made(quantity, price_unit, witness, "price_witness")
    ratio = _ratio(price_unit, catalogue_price)
    if ordered.is_package and product.is_package and ratio and not _SANE < ratio < 1 / _SANE:
        return None
    return _by_units(quantity, price_unit, ordered, product)


def _by_units(
    quantity: Decimal, price_unit: Decimal | None, ordered: Unit, product: Unit
) -> Conversion | None:
    sizes = (ordered.size, product.size)
    if ordered.is_package and product.is_package:
        if None not in sizes and ordered.size != product.size:
            return None
        code = "same" if ordered.code == product.code else "alike"
        return _made(quantity, price_unit, Decimal(1), code)
    factor = fixed_factor(ordered.code, product.code)
    if factor is None:
        return None
    return _made(quantity, price_unit, factor, "same" if factor == 1 else "fixed")


def _possible(ordered: Unit, product: Unit, packs: Iterable[int]) -> set[Decimal]:
    """Factors that a price may bear witness to; one only where the units do not say so."""
    if ordered.code == product.code and product.size in (ordered.size, None):
        return set()
    sizes = {size for size in (*packs, ordered.size, product.size) if size and size > 1}
    found: set[Decimal] = set()
    for size in sizes:
        if ordered.is_package and (not product.is_package or product.size != size):
            found.add(Decimal(size) / (product.size or 1))
        if product.is_package and ordered.code == PIECE:
            found.add(Decimal(1) / Decimal(size))
        if product.is_package and not ordered.is_package and ordered.code != PIECE:
            multiple = fixed_factor(ordered.code, PIECE)
            if multiple:
                found.add(multiple / Decimal(size))
    return found | {Decimal(1)}


def _witness(
    price: Decimal | None, catalogue: Decimal | None, factors: Iterable[Decimal]
) -> Decimal | None:
    """The one factor that the ratio of the prices equals; none if two would do."""
    ratio = _ratio(price, catalogue)
    if ratio is None:
        return None
    fitting = [f for f in factors if abs(ratio / f - 1) <= WITNESS_TOLERANCE]
    return fitting[0] if len(fitting) == 1 else None


def _ratio(price: Decimal | None, catalogue: Decimal | None) -> Decimal | None:
    if not price or not catalogue or price <= 0 or catalogue <= 0:
        return None
    return Decimal(price) / Decimal(catalogue)


def _made(quantity: Decimal, price: Decimal | None, factor: Decimal, code: str) -> Conversion:
    total = quantity * factor
    broken = total != total.to_integral_value() and quantity == quantity.to_integral_value()
    return Conversion(
        quantity=total,
        price_unit=None if price is None else price / factor,
        factor=factor,
        code=code,
        whole=not broken,
    )
