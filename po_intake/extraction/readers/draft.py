"""An order document in the making: values by path, each with the place it was found.

Used by the readers of structured files, where each value has one exact place.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from ..document import (
    BUYER,
    ORDER_CONFIRMATION,
    QUOTATION,
    SELLER,
    Charge,
    Evidence,
    Finding,
    OrderDocument,
    OrderLine,
    Party,
)
from ..reader import Hints

PARTIES = ("partner", "addressee", "delivery", "invoice")

NEAR = Decimal("0.05")
CENT = Decimal("0.01")

Side = dict[str, tuple[str, str]]
"""One party: what is known by field of :class:`~..document.Party`, each with its place."""


class Draft:
    """Collects what one order says.

    Paths are those of :attr:`~..document.OrderDocument.evidence`. The first value of a path
    stays; ``None`` and empty text are no values.
    """

    def __init__(self, reader: str) -> None:
        self.reader = reader
        self.values: dict[str, Any] = {}
        self.evidence: dict[str, Evidence] = {}
        self.charges: list[Charge] = []
        self.findings: list[Finding] = []
        self.count = 0

    def put(self, path: str, value: Any, place: str, text: str | None = None) -> None:
        """Set one value, unless it has one."""
        if isinstance(value, str):
            value = clean(value)
        if value is None or value == "" or path in self.values:
            return
        self.values[path] = value
        printed = clean(text if text is not None else str(value))
        self.evidence[path] = Evidence(text=printed, reader=self.reader, place=place)

    def get(self, path: str) -> Any:
        """The value of a path, ``None`` if it has none."""
        return self.values.get(path)

    def line(self) -> str:
        """Begin a line; its prefix for :meth:`put`, like ``lines.3.``."""
        self.count += 1
        return f"lines.{self.count - 1}."

    def charge(self, description: str | None, amount: Decimal | None, place: str) -> None:
        """A charge, or with a negative amount an allowance, of the whole order."""
        if amount:
            path = f"charges.{len(self.charges)}.amount"
            self.charges.append(Charge(clean(description or ""), amount))
            self.evidence[path] = Evidence(text=str(amount), reader=self.reader, place=place)

    def put_party(self, prefix: str, side: Side) -> None:
        """Set what is known of a party; only the partner has a number that concerns us."""
        for key, (value, place) in side.items():
            if key != "reference" or prefix == "partner":
                self.put(f"{prefix}.{key}", value, place)

    def goods(self) -> Decimal | None:
        """The sum of the lines, ``None`` where an amount is missing."""
        total = Decimal(0)
        for index in range(self.count):
            line = self._part(f"lines.{index}.")
            amount = line.get("price_subtotal")
            if amount is None:
                price, quantity = line.get("price_unit"), line.get("quantity")
                if price is None or quantity is None:
                    return None
                amount = price * quantity * (100 - line.get("discount", 0)) / 100
            total += amount
        return total

    def put_goods(self, value: Decimal | None, place: str, text: str | None = None) -> None:
        """A sum of lines: the net total, unless there are charges that it does not hold."""
        extra = sum((charge.amount for charge in self.charges), Decimal(0))
        goods = self.goods()
        if value is None or (extra and (goods is None or abs(goods + extra - value) > NEAR)):
            return
        self.put("amount_untaxed", value, place, text)

    def document(self, document_type: str, place: str = "/") -> OrderDocument:
        """The document; a line without any sequence gets its position.

        :param place: where the file says what it is
        """
        self.evidence["document_type"] = Evidence(
            text=document_type, reader=self.reader, place=place
        )
        values = {key: value for key, value in self.values.items() if "." not in key}
        for name in PARTIES:
            values[name] = Party(**self._part(name + "."))
        lines = []
        for index in range(self.count):
            known = self._part(f"lines.{index}.")
            lines.append(OrderLine(**{"sequence": index + 1, **known}))
        return OrderDocument(
            document_type=document_type,
            lines=tuple(lines),
            charges=tuple(self.charges),
            evidence=self.evidence,
            findings=tuple(self.findings),
            confidence=1.0,
            **values,
        )

    def _part(self, prefix: str) -> dict[str, Any]:
        return {
            key[len(prefix) :]: value
            for key, value in self.values.items()
            if key.startswith(prefix)
        }


def clean(text: str) -> str:
    """Text without blanks at both ends of its lines and without empty lines."""
    lines = (re.sub(r"[ \t\xa0]+", " ", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def number(text: str | None) -> Decimal | None:
    """A number as data formats write it: a decimal point, no thousands.

    >>> number(" 12.50 ")
    Decimal('12.50')
    """
    try:
        value = Decimal((text or "").strip().replace(",", "."))
    except InvalidOperation:
        return None
    if not value.is_finite() or len(value.as_tuple().digits) > 30:
        return None
    # no price of an order is larger, and arithmetic with such exponents overflows
    return value if not value or -12 < value.adjusted() < 15 else None


def iso_date(text: str | None) -> datetime.date | None:
    """The day of ``2026-01-31``, ``2026-01-31T10:00:00+01:00`` or ``20260131``.

    >>> iso_date("2026-01-31T23:00:00-05:00")
    datetime.date(2026, 1, 31)
    """
    match = re.match(r"\s*(\d{4})-?(\d\d)-?(\d\d)", text or "")
    try:
        return datetime.date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def per_unit(price: Decimal | None, basis: Decimal | None) -> Decimal | None:
    """The price of one unit where the price is printed for ``basis`` units."""
    if price is None or not basis or basis == 1:
        return price
    return (price / basis).normalize()


def percent(discount: Decimal | None, gross: Decimal | None) -> Decimal | None:
    """An amount of discount as a percentage of what it was taken from.

    Two decimals as people write them, four where two would change the amount.

    >>> percent(Decimal("100"), Decimal("115"))
    Decimal('86.9565')
    """
    if not discount or not gross:
        return None
    exact = discount * 100 / gross
    value = exact.quantize(Decimal("0.01"))
    if abs(value - exact) * gross / 100 > CENT / 2:
        value = exact.quantize(Decimal("0.0001"))
    return value.normalize()


@dataclass(frozen=True)
class Allowance:
    """What is taken off a line, as a percentage or as an amount; negative where it is added."""

    share: Decimal | None
    amount: Decimal | None
    place: str


def put_discount(out: Draft, prefix: str, allowances: Sequence[Allowance]) -> None:
    """The discount of a line that all its allowances make together, in percent.

    Where quantity times price is the amount of the line already, the price is a net price.
    """
    price, quantity = out.get(prefix + "price_unit"), out.get(prefix + "quantity")
    subtotal = out.get(prefix + "price_subtotal")
    gross = price * quantity if price and quantity else None
    value = together(allowances, gross)
    if value and gross and subtotal and abs(gross - subtotal) <= CENT:
        if abs(gross * (100 - value) / 100 - subtotal) > CENT:
            return
    if value:
        out.put(prefix + "discount", value, allowances[0].place)


def together(allowances: Sequence[Allowance], gross: Decimal | None) -> Decimal | None:
    """All allowances on an amount as one percentage of it."""
    shares = [item.share for item in allowances]
    amounts = [item.amount for item in allowances]
    if len(shares) == 1 and shares[0]:
        return shares[0]
    if gross and amounts and None not in amounts:
        return percent(sum(amounts, Decimal(0)), gross)
    if not shares or None in shares:
        return None
    rest = Decimal(1)  # one after the other, each of what the one before left
    for share in shares:
        rest *= 1 - share / 100
    return (100 - rest * 100).normalize()


def put_parties(out: Draft, document_type: str, buyer: Side, seller: Side, hints: Hints) -> bool:
    """Put the partner and the addressee; is the buyer the partner?"""
    sides = _party(buyer), _party(seller)
    partner = other_party(document_type, *sides, hints)
    out.put_party("partner", buyer if partner == BUYER else seller)
    out.put_party("addressee", seller if partner == BUYER else buyer)
    ours = [is_own(side, hints) for side in sides]
    if ours[0] != ours[1]:
        out.values["own_role"] = BUYER if ours[0] else SELLER
    return partner == BUYER


def _party(side: Mapping[str, tuple[str, str]]) -> Party:
    return Party(**{key: value for key, (value, _place) in side.items()})


def other_party(document_type: str, buyer: Party, seller: Party, hints: Hints) -> str:
    """Which of both is not us: ``buyer`` or ``seller``.

    Where neither is known as ours, the sender of the document is the other party.
    """
    if is_own(buyer, hints) != is_own(seller, hints):
        return SELLER if is_own(buyer, hints) else BUYER
    return SELLER if document_type in (ORDER_CONFIRMATION, QUOTATION) else BUYER


def is_own(party: Party, hints: Hints) -> bool:
    """Is this one of our companies, by VAT number, GLN or name?"""
    return any(
        plain(getattr(party, key)) == plain(getattr(own, key))
        for own in hints.own
        for key in ("vat", "gln", "name")
        if getattr(party, key) and getattr(own, key)
    )


def plain(text: str | None) -> str:
    """Only letters and digits, for comparing."""
    return re.sub(r"[\W_]", "", text or "").casefold()
