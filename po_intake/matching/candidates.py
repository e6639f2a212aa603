"""What is asked, what may be the answer, and the answer: the words of the matching wing.

Everything here is a frozen dataclass of plain values, so that the ORM service, a benchmark and a
test speak to the ranking in the same way. Empty text and ``None`` mean the same: not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Reason:
    """Why a candidate got its score: a stable code and the values its sentence is made of."""

    code: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Match:
    """One ranked candidate.

    :param id: of the candidate; for parties that of the commercial partner
    :param score: 0..1, comparable within one ranking and monotonous in the chance to be right
    :param margin: score minus the score of the next candidate; the whole score without a next one.
        Matches after the first carry their distance to the one behind them as well.
    :param sure: the evidence identifies this candidate and nothing contradicts it. At most the
        first match of a ranking is sure.
    :param contact_id: parties only: the person or address below the partner that was recognised
    """

    id: int | str
    score: float
    margin: float
    reasons: tuple[Reason, ...] = ()
    sure: bool = False
    contact_id: int | str | None = None


@dataclass(frozen=True)
class PartyQuery:
    """A company, person or address as printed. ``country`` is an ISO 3166 code or a printed name.

    ``reference`` is our number for the partner; ``email`` may be that of the sender of a mail.
    """

    name: str | None = None
    reference: str | None = None
    vat: str | None = None
    registry: str | None = None
    gln: str | None = None
    email: str | None = None
    phone: str | None = None
    website: str | None = None
    street: str | None = None
    zip: str | None = None
    city: str | None = None
    country: str | None = None


@dataclass(frozen=True)
class PartyCandidate:
    """A partner of the database: a company, or a contact or address below one.

    :param commercial_id: id of the company it belongs to; its own id for the company itself
    :param emails: addresses of the partner and those registered for it
    :param domains: mail or web domains registered for it; never needed for domains of ``emails``
    :param type: Odoo's address type: contact, invoice, delivery, other
    """

    id: int | str
    commercial_id: int | str
    name: str | None = None
    ref: str | None = None
    vats: tuple[str, ...] = ()
    registry: str | None = None
    gln: str | None = None
    emails: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    street: str | None = None
    zip: str | None = None
    city: str | None = None
    country: str | None = None
    is_company: bool = False
    is_vendor: bool = False
    is_customer: bool = False
    type: str = "contact"


@dataclass(frozen=True)
class LineQuery:
    """One order line as printed; ``partner_code`` is the sender's item code, ``our_code`` ours."""

    partner_code: str | None = None
    our_code: str | None = None
    barcode: str | None = None
    description: str | None = None
    quantity: Decimal | float | None = None
    uom: str | None = None
    price_unit: Decimal | float | None = None
    currency: str | None = None


@dataclass(frozen=True)
class ProductCandidate:
    """A product variant of the database.

    :param names: its name in every language that may be printed; order does not matter
    :param vendor_codes: codes of the vendor at hand (purchase) or of all vendors (sale)
    :param partner_codes: item codes of the partner at hand that people have taught
    :param attributes: values of the variant that its names do not say
    :param list_price: catalogue price of one product unit, in the currency of the query
    :param last_price: price of this partner's last order, same unit and currency
    :param ordered_before: how often this partner has ordered it
    """

    id: int | str
    default_code: str | None = None
    barcode: str | None = None
    names: tuple[str, ...] = ()
    vendor_codes: tuple[str, ...] = ()
    partner_codes: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    uom: str | None = None
    list_price: Decimal | float | None = None
    last_price: Decimal | float | None = None
    ordered_before: int = 0
