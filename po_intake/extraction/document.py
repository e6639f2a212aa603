"""What one order document says, value by value, with the place each value was found.

The words are those of UBL and Order-X: party, delivery, line item, item code. Numbers keep the
decimals that are printed. A value that the document does not print is ``None``; nothing is
invented. ``OrderDocument.to_json`` and ``from_json`` convert to and from the plain JSON that the
readers' child process, the ledger and ``python -m extraction`` share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

PURCHASE_ORDER = "purchase_order"
ORDER_CHANGE = "order_change"
ORDER_CONFIRMATION = "order_confirmation"
QUOTATION = "quotation"
OTHER = "other"
BUYER = "buyer"
SELLER = "seller"
DOCUMENT_TYPES = (PURCHASE_ORDER, ORDER_CHANGE, ORDER_CONFIRMATION, QUOTATION, OTHER)

INFO = "info"
WARNING = "warning"
BLOCKING = "blocking"
SEVERITIES = (INFO, WARNING, BLOCKING)


@dataclass(frozen=True)
class Evidence:
    """Where one value stands on the paper.

    :param page: 1-based page of the source, ``None`` where the format has no pages
    :param bbox: ``(x0, y0, x1, y1)`` in points from the top left corner of the page as shown
    :param text: the words as printed
    :param reader: code of the reader that found it
    :param confidence: 0..1, how sure the reader is of this one value
    :param place: path in a structured file: XPath, cell or segment
    """

    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    text: str = ""
    reader: str = ""
    confidence: float = 1.0
    place: str | None = None


@dataclass(frozen=True)
class Finding:
    """One remark about a document: a code and its parameters, never a sentence.

    :param code: stable identifier, like ``line_arithmetic``
    :param severity: ``info``, ``warning`` or ``blocking``
    :param parameters: JSON values that the sentence shown to people is made of
    :param path: the value it is about, like ``lines.3.quantity``
    """

    code: str
    severity: str = WARNING
    parameters: Mapping[str, Any] = field(default_factory=dict)
    path: str | None = None


@dataclass(frozen=True)
class Party:
    """A company or person as printed.

    ``country`` is an ISO 3166 code where it is known, ``registry`` the number in the commercial
    register.
    """

    name: str | None = None
    reference: str | None = None
    vat: str | None = None
    registry: str | None = None
    gln: str | None = None
    email: str | None = None
    phone: str | None = None
    contact: str | None = None
    street: str | None = None
    zip: str | None = None
    city: str | None = None
    country: str | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, item.name) for item in fields(self))


@dataclass(frozen=True)
class OrderLine:
    """One item line.

    ``partner_code`` is the sender's own item code, ``our_code`` the receiver's. ``price_unit`` is
    the price of one ``uom`` before discount ("12.30 per 100" is 0.123), ``discount`` is in
    percent, ``price_subtotal`` the printed amount of the line.
    """

    sequence: int = 0
    partner_code: str | None = None
    our_code: str | None = None
    barcode: str | None = None
    description: str | None = None
    quantity: Decimal | None = None
    uom: str | None = None
    price_unit: Decimal | None = None
    discount: Decimal | None = None
    price_subtotal: Decimal | None = None
    requested_date: date | None = None
    note: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Charge:
    """Freight, surcharge or packaging: an amount that is no item. ``place``: line or totals."""

    description: str
    amount: Decimal


@dataclass(frozen=True)
class OrderDocument:
    """One order, confirmation or offer as the document states it.

    ``partner`` is the other party: the customer who orders or the vendor who confirms; never our
    own company. ``our_order`` is the number of ours that the document answers to.
    ``addressee`` is our own company as it is printed, where several companies share one inbox;
    ``own_role`` says whether it is printed as ``buyer`` or as ``seller``, ``None`` where nothing
    tells.
    ``extra`` maps the labels that the caller asked for to what is printed there.
    ``evidence`` maps a path like ``lines.0.quantity`` (list index) to its place on the paper.
    """

    document_type: str = PURCHASE_ORDER
    number: str | None = None
    revision: str | None = None
    our_order: str | None = None
    order_date: date | None = None
    requested_date: date | None = None
    currency: str | None = None
    language: str | None = None
    partner: Party = field(default_factory=Party)
    addressee: Party = field(default_factory=Party)
    own_role: str | None = None
    delivery: Party = field(default_factory=Party)
    invoice: Party = field(default_factory=Party)
    payment_terms: str | None = None
    incoterm: str | None = None
    note: str | None = None
    lines: tuple[OrderLine, ...] = ()
    charges: tuple[Charge, ...] = ()
    amount_untaxed: Decimal | None = None
    amount_tax: Decimal | None = None
    amount_total: Decimal | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    confidence: float = 0.0
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def with_findings(self, *findings: Finding) -> OrderDocument:
        """The same document with more findings."""
        return replace(self, findings=self.findings + findings)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values; dates as ``YYYY-MM-DD``, decimals as numbers."""
        return _plain(asdict(self))

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> OrderDocument:
        """The document that ``to_json`` wrote. Unknown keys are ignored.

        :raises ValueError: a value has a form that no reader writes
        """
        known = _known(cls, data)
        for key in ("partner", "addressee", "delivery", "invoice"):
            known[key] = Party(**_known(Party, data.get(key) or {}))
        known["lines"] = tuple(_line(item) for item in data.get("lines") or ())
        known["charges"] = tuple(
            Charge(item["description"], _decimal(item["amount"]))
            for item in data.get("charges") or ()
        )
        for key in ("amount_untaxed", "amount_tax", "amount_total"):
            known[key] = _decimal(data.get(key))
        for key in ("order_date", "requested_date"):
            known[key] = _date(data.get(key))
        known["extra"] = _texts(data.get("extra"))
        known["evidence"] = {
            path: Evidence(**{**_known(Evidence, item), "bbox": _bbox(item.get("bbox"))})
            for path, item in (data.get("evidence") or {}).items()
        }
        known["findings"] = tuple(
            Finding(**_known(Finding, item)) for item in data.get("findings") or ()
        )
        return cls(**known)


def _known(cls: type, data: Mapping[str, Any]) -> dict[str, Any]:
    names = {item.name for item in fields(cls)}
    return {key: value for key, value in data.items() if key in names}


def _line(data: Mapping[str, Any]) -> OrderLine:
    known = _known(OrderLine, data)
    for key in ("quantity", "price_unit", "discount", "price_subtotal"):
        known[key] = _decimal(data.get(key))
    known["requested_date"] = _date(data.get("requested_date"))
    known["extra"] = _texts(data.get("extra"))
    return OrderLine(**known)


def _texts(value: Any) -> dict[str, str]:
    return {str(key): str(text) for key, text in (value or {}).items()}


def _decimal(value: Any) -> Decimal | None:
    # through text: the shortest decimal that means the same float is what was printed
    return None if value is None else Decimal(str(value))


def _date(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


def _bbox(value: Any) -> tuple[float, float, float, float] | None:
    return tuple(value) if value else None


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value
