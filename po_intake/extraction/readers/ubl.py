"""UBL 2.1 Order, OrderChange, OrderResponse and Quotation, among them Peppol BIS Ordering 3."""

from __future__ import annotations

from ..document import (
    ORDER_CHANGE,
    ORDER_CONFIRMATION,
    OTHER,
    PURCHASE_ORDER,
    QUOTATION,
    OrderDocument,
    Party,
)
from ..reader import Hints
from ..source import Source
from . import draft, xml
from .draft import Draft, number, per_unit
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


class UblReader:
    """Reads UBL by the names of its elements, whatever profile or customization it states."""

    code = "ubl"
    cost = 10
    sandboxed = True

    def can_read(self, source: Source) -> bool:
        """Is it UBL?"""
        return source.kind == "ubl"

    def read(self, source: Source, hints: Hints) -> tuple[OrderDocument, ...]:
        """The documents in it: one, or several in an envelope (SBDH).

        :raises BrokenSource: not well formed, or with a document type
        """
        root = xml.parse(source.content)
        inner = [Node(child) for child in root.element.iterchildren("{*}*")]
        found = [node for node in inner if node.name in TYPES] or [root]
        return tuple(_document(node, hints) for node in found)


def _document(order: Node, hints: Hints) -> OrderDocument:
    document_type = TYPES.get(order.name, OTHER)
    if document_type == PURCHASE_ORDER and order.text("OrderTypeCode") in CHANGED:
        document_type = ORDER_CHANGE
    out = Draft("ubl")
    if document_type == OTHER:
        return out.document(OTHER)
    _header(order, out)
    buyer = order.one("BuyerCustomerParty")
    seller = order.one("SellerSupplierParty")
    sides = {"buyer": _party(buyer), "seller": _party(seller)}
    partner = draft.other_party(document_type, sides["buyer"][0], sides["seller"][0], hints)
    own = "seller" if partner == "buyer" else "buyer"
    for prefix, side in (("partner", partner), ("addressee", own)):
        _put_party(out, prefix, *sides[side])
    # the number that one side has given the other
    side = buyer if partner == "buyer" else seller
    path = "SupplierAssignedAccountID" if partner == "buyer" else "CustomerAssignedAccountID"
    if side:
        take(out, "partner.reference", side, path)
    _put_party(out, "invoice", *_party(order.one("AccountingCustomerParty")))
    _delivery(order, out)
    _totals(order, out)
    for tag in ("OrderLine", "QuotationLine"):
        for node in order.all(tag):
            _line(node.one("LineItem") or node, out, sent_by_buyer=partner == "buyer")
    return out.document(document_type)


def _header(order: Node, out: Draft) -> None:
    take(out, "number", order, "ID")
    take(out, "revision", order, "SequenceNumberID", "SequenceNumber")
    take(out, "our_order", order, "OrderReference/ID", "RequestForQuotationDocumentReference/ID")
    take_date(out, "order_date", order, "IssueDate")
    take(out, "currency", order, "DocumentCurrencyCode", "PricingCurrencyCode")
    notes = [node for node in order.all("Note") if node.content]
    if notes:
        out.put("note", "\n".join(node.content for node in notes), notes[0].place)
    take(out, "payment_terms", order, "PaymentTerms/Note", "PaymentTerms/ID")
    terms = order.one("DeliveryTerms", "Delivery/DeliveryTerms")
    if terms:
        place = terms.text("DeliveryLocation/Name", "DeliveryLocation/ID", "SpecialTerms")
        code = terms.text("ID")
        out.put("incoterm", " ".join(filter(None, (code, place))), terms.place)


# Path in the document -> path in the party element.
_PARTY = {
    "vat": ("PartyTaxScheme/CompanyID",),
    "street": ("PostalAddress/StreetName",),
    "city": ("PostalAddress/CityName",),
    "zip": ("PostalAddress/PostalZone",),
    "country": ("PostalAddress/Country/IdentificationCode", "PostalAddress/Country/Name"),
    "contact": ("Contact/Name", "Person/FirstName"),
    "phone": ("Contact/Telephone",),
    "email": ("Contact/ElectronicMail",),
}
_NAME = ("PartyName/Name", "PartyLegalEntity/RegistrationName")


def _party(node: Node | None) -> tuple[Party, dict[str, str]]:
    """A party, and the place of each of its values."""
    party = node.one("Party") if node else None
    values: dict[str, str] = {}
    places: dict[str, str] = {}
    if node is None or party is None:
        return Party(), {}
    for key, paths in {"name": _NAME, **_PARTY}.items():
        # the contact of the ordering role may stand beside the party
        outer = tuple(path.replace("Contact/", "BuyerContact/") for path in paths)
        found = next((item for path in paths for item in party.all(path) if item.content), None)
        if found is None and key in ("contact", "phone", "email"):
            found = next((item for path in outer for item in node.all(path) if item.content), None)
        if found is not None:
            values[key], places[key] = draft.clean(found.content), found.place
    for item in (*party.all("EndpointID"), *party.all("PartyIdentification/ID")):
        if item.get("schemeID") in ("0088", "GLN") and "gln" not in values:
            values["gln"], places["gln"] = item.content, item.place
    number_ = party.text("PostalAddress/BuildingNumber")
    if number_ and "street" in values:
        values["street"] += f" {number_}"
    return Party(**values), places


def _put_party(out: Draft, prefix: str, party: Party, places: dict[str, str]) -> None:
    for key, place in places.items():
        out.put(f"{prefix}.{key}", getattr(party, key), place)


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
        if not any(True for _ in order.all("AllowanceCharge")):
            take_number(out, "amount_untaxed", total, "LineExtensionAmount")
    take_number(out, "amount_tax", order, "TaxTotal/TaxAmount")
    for node in order.all("AllowanceCharge"):
        amount = number(node.text("Amount"))
        sign = 1 if node.text("ChargeIndicator") in ("true", "1") else -1
        reason = node.text("AllowanceChargeReason", "AllowanceChargeReasonCode")
        out.charge(reason, amount * sign if amount else None, node.place)


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
    if code is not None and (code.get("schemeID") or "GTIN") in GTIN:
        out.put(prefix + "barcode", code.content, code.place)
    _description(item, out, prefix)
    _price(item, out, prefix)
    take(out, prefix + "note", item, "Note")
    delivery = item.one("Delivery")
    if delivery is not None:
        _requested(out, prefix + "requested_date", delivery)


def _description(item: Node, out: Draft, prefix: str) -> None:
    parts: list[str] = []
    for node in (*item.all("Item/Name"), *item.all("Item/Description")):
        if node.content and node.content not in parts:
            parts.append(node.content)
    place = item.one("Item/Name", "Item/Description", "Item")
    out.put(prefix + "description", "\n".join(parts), place.place if place else item.place)


def _price(item: Node, out: Draft, prefix: str) -> None:
    """Price of one unit before discount; a discount may stand with the price or the line."""
    node = item.one("Price/PriceAmount")
    price = number(node.content) if node is not None else None
    basis = number(item.text("Price/BaseQuantity"))
    gross = item.one("Price/AllowanceCharge/BaseAmount")
    taken = number(item.text("Price/AllowanceCharge/Amount"))
    if gross is not None and taken and price is not None:
        node, price = gross, number(gross.content)
        place = gross.place.replace("BaseAmount", "Amount")
        out.put(prefix + "discount", draft.percent(taken, price), place)
    if node is not None:
        value = per_unit(price, basis)
        text = node.content + (f" / {basis}" if basis and basis != 1 else "")
        out.put(prefix + "price_unit", value, node.place, text)
    allowances = [
        found
        for found in item.all("AllowanceCharge")
        if found.text("ChargeIndicator") in ("false", "0")
    ]
    if len(allowances) == 1:
        _line_discount(allowances[0], out, prefix)


def _line_discount(allowance: Node, out: Draft, prefix: str) -> None:
    factor = number(allowance.text("MultiplierFactorNumeric"))
    base = number(allowance.text("BaseAmount"))
    amount = number(allowance.text("Amount"))
    if base is None:
        price, quantity = out.get(prefix + "price_unit"), out.get(prefix + "quantity")
        base = price * quantity if price and quantity else None
    exact = draft.percent(amount, base)
    if factor is not None and exact is not None and abs(factor * 100 - exact) < abs(factor - exact):
        factor *= 100  # UBL says a factor, BIS a percentage
    out.put(prefix + "discount", factor if factor is not None else exact, allowance.place)
