"""UBL 2.1 Order, OrderChange, OrderResponse and Quotation, among them Peppol BIS Ordering 3."""

from __future__ import annotations

from collections.abc import Iterator

from ..document import (
    ORDER_CHANGE,
    ORDER_CONFIRMATION,
    OTHER,
    PURCHASE_ORDER,
    QUOTATION,
    OrderDocument,
)
from ..reader import Hints
from . import draft, xml
from .draft import Draft, Side, number, per_unit
from .xml import Node, take, take_date, take_number

TYPES = {
    "Order": PURCHASE_ORDER,
    "OrderChange": ORDER_CHANGE,
    "OrderCancellation": ORDER_CHANGE,
    "OrderResponse": ORDER_CONFIRMATION,
    "OrderResponseSimple": ORDER_CONFIRMATION,
    "Quotation": QUOTATION,
}
CHANGED = ("230", "4", "5")  # UN/EDIFACT 1001: purchase order change request
GTIN = ("0160", "GTIN", "EAN", "UPC")


class UblReader(xml.XmlReader):
    """Reads UBL by the names of its elements, whatever profile or customization it states."""

    code = "ubl"

    def documents(self, root: Node, hints: Hints) -> Iterator[OrderDocument]:
        """One, or several in an envelope (SBDH)."""
        inner = [Node(child) for child in root.element.iterchildren("{*}*")]
        found = [node for node in inner if node.name in TYPES] or [root]
        return (_document(node, hints) for node in found)


def _document(order: Node, hints: Hints) -> OrderDocument:
    document_type = TYPES.get(order.name, OTHER)
    if document_type == PURCHASE_ORDER and order.text("OrderTypeCode") in CHANGED:
        document_type = ORDER_CHANGE
    out = Draft("ubl")
    if document_type == OTHER:
        return out.document(OTHER, place=order.place)
    _header(order, out)
    buyer = _party(order.one("BuyerCustomerParty"), "SupplierAssignedAccountID")
    seller = _party(order.one("SellerSupplierParty"), "CustomerAssignedAccountID")
    by_buyer = draft.put_parties(out, document_type, buyer, seller, hints)
    out.put_party("invoice", _party(order.one("AccountingCustomerParty")))
    _delivery(order, out)
    for tag in ("OrderLine", "QuotationLine"):
        for node in order.all(tag):
            _line(node.one("LineItem") or node, out, sent_by_buyer=by_buyer)
            take(out, f"lines.{out.count - 1}.note", node, "Note")
    _totals(order, out)
    return out.document(document_type, place=order.place)


def _header(order: Node, out: Draft) -> None:
    take(out, "number", order, "ID")
    take(out, "revision", order, "SequenceNumberID", "SequenceNumber")
    take(out, "our_order", order, "OrderReference/ID", "RequestForQuotationDocumentReference/ID")
    take_date(out, "order_date", order, "IssueDate")
    take(out, "currency", order, "DocumentCurrencyCode", "PricingCurrencyCode")
    xml.notes(out, order.all("Note"))
    take(out, "payment_terms", order, "PaymentTerms/Note", "PaymentTerms/ID")
    terms = order.one("DeliveryTerms", "Delivery/DeliveryTerms")
    if terms:
        place = terms.text("DeliveryLocation/Name", "DeliveryLocation/ID", "SpecialTerms")
        code = terms.text("ID")
        if code and place and place.startswith(code):
            code = None
        out.put("incoterm", " ".join(filter(None, (code, place))), terms.place)


_NAME = ("PartyName/Name", "PartyLegalEntity/RegistrationName")
_REGISTERED = "PartyLegalEntity/RegistrationAddress"
# Field -> paths in the party element.
_PARTY = {
    "name": _NAME,
    "vat": ("PartyTaxScheme/CompanyID",),
    "registry": ("PartyLegalEntity/CompanyID",),
    "street": ("PostalAddress/StreetName", "PostalAddress/AddressLine/Line"),
    "city": ("PostalAddress/CityName", f"{_REGISTERED}/CityName"),
    "zip": ("PostalAddress/PostalZone", f"{_REGISTERED}/PostalZone"),
    "country": (
        "PostalAddress/Country/IdentificationCode",
        "PostalAddress/Country/Name",
        f"{_REGISTERED}/Country/IdentificationCode",
    ),
    "contact": ("Contact/Name", "Person/FirstName"),
    "phone": ("Contact/Telephone",),
    "email": ("Contact/ElectronicMail",),
}
# The contact of the ordering role may stand beside the party.
_CONTACT = {
    key: tuple(f"{role}Contact/{name}" for role in ("Buyer", "Seller", "Order", "Delivery"))
    for key, name in (("contact", "Name"), ("phone", "Telephone"), ("email", "ElectronicMail"))
}


def _party(node: Node | None, account: str = "-") -> Side:
    """A party; its reference is the number that the other side has given it."""
    party = node.one("Party") if node else None
    if node is None or party is None:
        return {}
    found = {**xml.side(node, {"reference": (account,), **_CONTACT}), **xml.side(party, _PARTY)}
    for scheme in party.all("PartyTaxScheme"):
        if scheme.text("TaxScheme/ID") == "VAT" and scheme.text("CompanyID"):
            found["vat"] = scheme.text("CompanyID"), scheme.place + "/CompanyID"
    for item in (*party.all("EndpointID"), *party.all("PartyIdentification/ID")):
        if item.get("schemeID") in ("0088", "GLN"):
            found.setdefault("gln", (item.content, item.place))
    building = party.text("PostalAddress/BuildingNumber")
    if building and "street" in found:
        street, place = found["street"]
        found["street"] = f"{street} {building}", place
    return found


def _delivery(order: Node, out: Draft) -> None:
    delivery = order.one("Delivery")
    if delivery is None:
        return
    address = delivery.one(
        "DeliveryLocation/Address",
        "DeliveryAddress",
        "AlternativeDeliveryLocation/Address",
        "DeliveryParty/PostalAddress",
    )
    if address:
        names = {"street": "StreetName", "city": "CityName", "zip": "PostalZone"}
        for key, tag in names.items():
            take(out, f"delivery.{key}", address, tag)
        take(out, "delivery.country", address, "Country/IdentificationCode", "Country/Name")
    take(out, "delivery.name", delivery, *(f"DeliveryParty/{path}" for path in _NAME))
    take(out, "delivery.name", delivery, "DeliveryLocation/Name")
    take(out, "delivery.contact", delivery, "DeliveryParty/Contact/Name")
    take(out, "delivery.phone", delivery, "DeliveryParty/Contact/Telephone")
    _requested(out, "requested_date", delivery)


def _requested(out: Draft, path: str, delivery: Node) -> None:
    # of a period the last day: the goods must be there by then
    for period in ("Promised", "Requested", "Estimated"):
        tag = f"{period}DeliveryPeriod"
        take_date(out, path, delivery, f"{tag}/EndDate", f"{tag}/StartDate")
    take_date(out, path, delivery, "LatestDeliveryDate", "RequestedDeliveryDate")


def _totals(order: Node, out: Draft) -> None:
    total = order.one("AnticipatedMonetaryTotal", "LegalMonetaryTotal", "QuotedMonetaryTotal")
    if total:
        take_number(out, "amount_untaxed", total, "TaxExclusiveAmount")
        take_number(out, "amount_total", total, "TaxInclusiveAmount", "PayableAmount")
    take_number(out, "amount_tax", order, "TaxTotal/TaxAmount")
    for node in order.all("AllowanceCharge"):
        amount = number(node.text("Amount"))
        reason = node.text("AllowanceChargeReason", "AllowanceChargeReasonCode")
        out.charge(reason, amount and (amount if xml.is_charge(node) else -amount), node.place)
    goods = total.one("LineExtensionAmount") if total else None
    if goods is not None:
        out.put_goods(number(goods.content), goods.place, goods.content)


def _line(item: Node, out: Draft, sent_by_buyer: bool) -> None:
    prefix = out.line()
    take_number(out, prefix + "quantity", item, "Quantity")
    quantity = item.one("Quantity")
    if quantity is not None:
        out.put(prefix + "uom", quantity.get("unitCode"), quantity.place + "/@unitCode")
    take_number(out, prefix + "price_subtotal", item, "LineExtensionAmount")
    buyers, sellers = "Item/BuyersItemIdentification/ID", "Item/SellersItemIdentification/ID"
    own, other = (buyers, sellers) if sent_by_buyer else (sellers, buyers)
    take(out, prefix + "partner_code", item, own)
    take(out, prefix + "our_code", item, other)
    code = item.one("Item/StandardItemIdentification/ID")
    if code is not None and ((code.get("schemeID") or "GTIN") in GTIN or _is_gtin(code.content)):
        out.put(prefix + "barcode", code.content, code.place)
    _description(item, out, prefix)
    _price(item, out, prefix)
    take(out, prefix + "note", item, "Note")
    delivery = item.one("Delivery")
    if delivery is not None:
        _requested(out, prefix + "requested_date", delivery)


def _is_gtin(text: str) -> bool:
    return text.isdigit() and len(text) in (8, 12, 13, 14)


def _description(item: Node, out: Draft, prefix: str) -> None:
    parts: list[str] = []
    for node in (*item.all("Item/Name"), *item.all("Item/Description")):
        if node.content and node.content not in parts:
            parts.append(node.content)
    place = item.one("Item/Name", "Item/Description", "Item")
    out.put(prefix + "description", "\n".join(parts), place.place if place else item.place)


def _price(item: Node, out: Draft, prefix: str) -> None:
    """Price of one unit before discount; discounts may stand with the price and with the line."""
    node = item.one("Price/PriceAmount")
    price = number(node.content) if node is not None else None
    basis = number(item.text("Price/BaseQuantity"))
    taken = item.one("Price/AllowanceCharge")
    off = number(taken.text("Amount")) if taken is not None else None
    found = []
    if taken is not None and off and price is not None and not xml.is_charge(taken):
        gross = number(taken.text("BaseAmount")) or price + off
        amount = per_unit(off * (out.get(prefix + "quantity") or 1), basis)
        found.append(draft.Allowance(draft.percent(off, gross), amount, taken.place))
        node, price = taken.one("BaseAmount") or node, gross
    if node is not None and price is not None:
        text = node.content + (f" / {basis}" if basis and basis != 1 else "")
        out.put(prefix + "price_unit", per_unit(price, basis), node.place, text)
    found += [_allowance(node, out, prefix) for node in item.all("AllowanceCharge")]
    draft.put_discount(out, prefix, found)


def _allowance(node: Node, out: Draft, prefix: str) -> draft.Allowance:
    factor = number(node.text("MultiplierFactorNumeric"))
    base = number(node.text("BaseAmount"))
    amount = number(node.text("Amount"))
    if base is None:
        price, quantity = out.get(prefix + "price_unit"), out.get(prefix + "quantity")
        base = price * quantity if price and quantity else None
    exact = draft.percent(amount, base)
    if factor is not None and exact is not None and abs(factor * 100 - exact) < abs(factor - exact):
        factor *= 100  # UBL says a factor, BIS a percentage
    return xml.allowance(node, factor if factor is not None else exact, amount)
