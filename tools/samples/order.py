"""One order as its customer means it: what a layout prints and what a mail is expected to give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from .catalogue import PRODUCTS
from .partners import CUSTOMERS, Address, Partner
from .sheet import CENT


@dataclass(frozen=True)
class Item:
    """One line. ``code`` is ours, ``theirs`` the customer's; prices are per unit."""

    code: str
    quantity: int
    price: Decimal
    name: str
    unit: str = ""
    theirs: str = ""
    barcode: str = ""
    discount: int = 0
    due: date | None = None
    printed: Decimal | None = None

    @property
    def amount(self) -> Decimal:
        """What is printed as the line's amount."""
        if self.printed is not None:
            return self.printed
        net = self.quantity * self.price * (100 - self.discount) / 100
        return net.quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Order:
    """A purchase order. ``printed_total`` overrides the sum, for orders that contradict themselves."""

    number: str
    partner: Partner
    day: date
    items: tuple[Item, ...]
    currency: str = "EUR"
    delivery: Address | None = None
    due: date | None = None
    note: str = ""
    printed_total: Decimal | None = None
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def total(self) -> Decimal:
        if self.printed_total is not None:
            return self.printed_total
        return sum((item.amount for item in self.items), Decimal(0))

    @property
    def ship_to(self) -> Address:
        return self.delivery or self.partner.address


def lines(
    partner_key: str, currency: str, wanted: Iterable[tuple], names: dict[str, str] | None = None,
    unit: str = "", units: dict[str, str] | None = None, discount: int = 0,
) -> tuple[Item, ...]:  # fmt: skip
    """Items from (our code, quantity[, due date]), with the customer's own item codes.

    :param names: what the customer calls the product, by our code; else our own name
    :param units: unit words by our code, where they differ from ``unit``
    """
    theirs = {ours: code for code, ours in CUSTOMERS[partner_key].item_codes.items()}
    items = []
    for code, quantity, *due in wanted:
        product = PRODUCTS[code]
        items.append(Item(
            code, quantity, product.price(currency), (names or {}).get(code, product.name),
            (units or {}).get(code, unit), theirs.get(code, ""), product.barcode, discount,
            due[0] if due else None,
        ))  # fmt: skip
    return tuple(items)
