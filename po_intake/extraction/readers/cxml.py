"""cXML 1.2 OrderRequest, ConfirmationRequest and QuoteMessage, as procurement portals send them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..document import (
    ORDER_CHANGE,
    ORDER_CONFIRMATION,
    OTHER,
    PURCHASE_ORDER,
    OrderDocument,
)
from ..reader import Hints
from . import xml
from .draft import NEAR, Draft, iso_date, number, per_unit, percent
from .xml import Node, take

PEOPLE = ("buyer", "purchasingAgent", "requester", "endUser", None)
FIRST = ("0", "1", "01")  # the first version of an order is no revision
GTIN = ("EANID", "EAN", "EAN13", "EAN8", "GTIN", "GTIN13", "GTIN14", "UPCID", "UPC", "UPC12")


class CxmlReader(xml.XmlReader):
    """Reads purchase orders; cXML names no buyer, so who is billed is the buyer."""

    code = "cxml"
    external_doctype = True

    def documents(self, root: Node, hints: Hints) -> Iterator[OrderDocument]:
        """The one order in it; anything else of cXML is ``other``."""
        order = root.one("Request/OrderRequest")
        confirmed = root.one("Request/ConfirmationRequest")
        out = Draft(self.code)
        kind = OTHER
        if order is not None:
            kind = _order(root, order, out)
        elif confirmed is not None:
            kind = ORDER_CONFIRMATION
            _credentials(root, out)
            _confirmation(confirmed, out)
        yield out.document(kind, place=(order or confirmed or root).place)


def _order(root: Node, order: Node, out: Draft) -> str:
    head = order.one("OrderRequestHeader")
    if head is not None:
        _header(head, out)
    _credentials(root, out)
    items = list(order.all("ItemOut"))
    for item in items:
        _line(item, out)
        _address(out, "delivery", item.one("ShipTo/Address"))
    if head is None:
        return PURCHASE_ORDER
    _totals(head, out)
    return ORDER_CHANGE if head.get("type") in ("update", "delete") else PURCHASE_ORDER


def _attribute(out: Draft, path: str, node: Node, name: str) -> None:
    out.put(path, node.get(name), f"{node.place}/@{name}")


def _money(out: Draft, path: str, node: Node, source: str) -> None:
    found = node.one(source)
    if found is not None:
        out.put(path, number(found.content), found.place, found.content)


def _header(head: Node, out: Draft) -> None:
    _attribute(out, "number", head, "orderID")
    if head.get("orderVersion") not in FIRST:
        _attribute(out, "revision", head, "orderVersion")
    for path, name in (("order_date", "orderDate"), ("requested_date", "requestedDeliveryDate")):
        value = head.get(name)
        out.put(path, iso_date(value), f"{head.place}/@{name}", value)
    total = head.one("Total/Money")
    if total is not None:
        _attribute(out, "currency", total, "currency")
    _address(out, "delivery", head.one("ShipTo/Address"))
    _address(out, "invoice", head.one("BillTo/Address"))
    contacts = [node for node in head.all("Contact") if node.get("role") in PEOPLE]
    for node in contacts:
        take(out, "partner.contact", node, "Name")
        take(out, "partner.email", node, "Email")
        _phone(out, "partner.phone", node)
    sold = next((node for node in head.all("Contact") if node.get("role") == "soldTo"), None)
    _address(out, "partner", sold if sold is not None else head.one("BillTo/Address"))
    _payment(head, out)
    terms = head.one("TermsOfDelivery")
    if terms is not None:
        code = terms.one("TransportTerms")
        words = [code.content or code.get("value")] if code is not None else []
        words.append(terms.text("Comments"))
        out.put("incoterm", " ".join(filter(None, words)), terms.place)
    _own_text(out, "note", head.one("Comments"))


def _payment(head: Node, out: Draft) -> None:
    take(out, "payment_terms", head, "PaymentTerm/Description", "PaymentTerm/Extrinsic")
    for node in head.all("Extrinsic"):
        name = (node.get("name") or "").casefold().replace(" ", "")
        if name in ("paymentterms", "paymentterm"):
            out.put("payment_terms", node.content, node.place)
        elif name in ("customernumber", "customerno", "suppliercustomernumber"):
            out.put("partner.reference", node.content, node.place)
        elif name in ("buyervatid", "vatid"):
            out.put("partner.vat", node.content, node.place)
    days = [
        node.get("payInNumberOfDays") or node.get("payInNumberofDays")
        for node in head.all("PaymentTerm")
    ]
    whole = [int(text) for text in days if text and text.isdigit()]
    if whole:  # shorter ones are for those who take a discount
        out.put("payment_terms", f"Net {max(whole)} days", head.place + "/PaymentTerm")


def _totals(head: Node, out: Draft) -> None:
    """The total is that of the goods by the standard; many portals say what is paid instead."""
    for name in ("Shipping", "SpecialHandling"):
        node = head.one(name)
        if node is not None:
            description = node.one("Description")
            text = description.own if description is not None else name
            out.charge(text or name, number(node.text("Money")), node.place)
    _money(out, "amount_tax", head, "Tax/Money")
    node, tax = head.one("Total/Money"), out.get("amount_tax")
    total = number(node.content) if node is not None else None
    if node is None or total is None:
        return
    goods, charges = out.goods(), sum((item.amount for item in out.charges), Decimal(0))
    if not tax or (goods is not None and abs(goods + charges + tax - total) <= NEAR):
        extra = charges and goods is not None and abs(goods - total) <= NEAR
        if not extra:  # of the goods alone, neither net nor total of the order
            out.put("amount_total", total, node.place, node.content)
    else:
        out.put_goods(total, node.place, node.content)


def _own_text(out: Draft, path: str, node: Node | None) -> None:
    """Text beside which short names or attachments may stand."""
    if node is not None:
        out.put(path, node.own, node.place)


def _credentials(root: Node, out: Draft) -> None:
    """The sender's GLN and VAT number may be how the portal knows them."""
    for node in root.all("Header/From/Credential"):
        domain = (node.get("domain") or "").casefold()
        identity = node.one("Identity")
        if identity is not None and domain in ("vat", "vatid"):
            out.put("partner.vat", identity.content, identity.place)
        elif identity is not None and domain in ("gln", "ean"):
            out.put("partner.gln", identity.content, identity.place)
    take(out, "partner.email", root, "Header/From/Correspondent/Contact/Email")
    take(out, "partner.name", root, "Header/From/Correspondent/Contact/Name")
    for node in root.all("Header/From/Credential"):
        if (node.get("domain") or "").casefold() in ("companyname", "name"):
            take(out, "partner.name", node, "Identity")


def _address(out: Draft, prefix: str, node: Node | None) -> None:
    if node is None:
        return
    take(out, f"{prefix}.name", node, "Name")
    streets = [item for item in node.all("PostalAddress/Street") if item.content]
    if streets:
        text = ", ".join(item.content for item in streets)
        out.put(f"{prefix}.street", text, streets[0].place)
    take(out, f"{prefix}.city", node, "PostalAddress/City")
    take(out, f"{prefix}.zip", node, "PostalAddress/PostalCode")
    country = node.one("PostalAddress/Country")
    if country is not None:
        _attribute(out, f"{prefix}.country", country, "isoCountryCode")
        out.put(f"{prefix}.country", country.content, country.place)
    take(out, f"{prefix}.contact", node, "PostalAddress/DeliverTo")
    take(out, f"{prefix}.email", node, "Email")
    _phone(out, f"{prefix}.phone", node)


def _phone(out: Draft, path: str, node: Node) -> None:
    number_ = node.one("Phone/TelephoneNumber")
    if number_ is not None:
        parts = [number_.text(name) for name in ("CountryCode", "AreaOrCityCode", "Number")]
        parts[0] = f"+{parts[0].lstrip('+')}" if parts[0] else None
        out.put(path, " ".join(filter(None, parts)), number_.place)


def _line(item: Node, out: Draft) -> None:
    prefix = out.line()
    quantity = item.get("quantity")
    out.put(prefix + "quantity", number(quantity), f"{item.place}/@quantity", quantity)
    day = item.get("requestedDeliveryDate")
    out.put(prefix + "requested_date", iso_date(day), f"{item.place}/@requestedDeliveryDate", day)
    take(out, prefix + "our_code", item, "ItemID/SupplierPartID")
    take(out, prefix + "partner_code", item, "ItemID/BuyerPartID")
    for node in (
        *item.all("ItemID/IdReference"),
        *item.all("ItemDetail/ItemDetailIndustry/ItemDetailRetail/EANID"),
    ):
        if node.name == "EANID":
            out.put(prefix + "barcode", node.content, node.place)
        elif _kind(node.get("domain")) in GTIN:
            out.put(prefix + "barcode", node.get("identifier"), node.place)
    detail = item.one("ItemDetail", "BlanketItemDetail")
    if detail is None:
        return
    _own_text(out, prefix + "description", detail.one("Description"))
    take(out, prefix + "uom", detail, "UnitOfMeasure")
    for node in detail.all("Extrinsic"):
        if _kind(node.get("name")) in GTIN:
            out.put(prefix + "barcode", node.content, node.place)
    _money(out, prefix + "price_subtotal", item, "SubTotal/Money")
    _price(detail, out, prefix)
    _own_text(out, prefix + "note", item.one("Comments"))


def _kind(name: str | None) -> str:
    """The name of a kind of number without the marks that people put into it."""
    return re.sub(r"[\W_]", "", name or "").upper()


def _price(detail: Node, out: Draft, prefix: str) -> None:
    """The price of one unit, before the deductions that are told with it."""
    price = detail.one("UnitPrice/Money")
    if price is None:
        return
    change = detail.one("UnitPrice/Modifications/Modification")
    before = change.one("OriginalPrice/Money") if change is not None else None
    deduction = change.one("AdditionalDeduction") if change is not None else None
    paid, price = number(price.content), before if before is not None else price
    amount = number(price.content)
    basis = detail.one("PriceBasisQuantity")
    units = number(basis.get("quantity")) if basis is not None else None
    factor = number(basis.get("conversionFactor")) if basis is not None else None
    if units and factor:  # units of the price in one unit of the order
        units /= factor
    text = price.content + (f" / {units}" if units and units != 1 else "")
    out.put(prefix + "price_unit", per_unit(amount, units), price.place, text)
    _attribute(out, "currency", price, "currency")
    if deduction is not None:
        share = deduction.one("DeductionPercent")
        taken = number(deduction.text("DeductionAmount/Money"))
        if taken is None and paid is not None and amount is not None:
            taken = amount - paid
        value = number(share.get("percent")) if share is not None else percent(taken, amount)
        out.put(prefix + "discount", value, deduction.place)


def _confirmation(node: Node, out: Draft) -> None:
    head = node.one("ConfirmationHeader")
    if head is not None:
        _attribute(out, "number", head, "confirmID")
        day = head.get("noticeDate")
        out.put("order_date", iso_date(day), f"{head.place}/@noticeDate", day)
        total = head.one("Total/Money")
        if total is not None:
            _attribute(out, "currency", total, "currency")
            out.put("amount_total", number(total.content), total.place, total.content)
    reference = node.one("OrderReference")
    if reference is not None:
        _attribute(out, "our_order", reference, "orderID")
    for item in node.all("ConfirmationItem"):
        prefix = out.line()
        quantity = item.get("quantity")
        out.put(prefix + "quantity", number(quantity), f"{item.place}/@quantity", quantity)
        take(out, prefix + "uom", item, "UnitOfMeasure")
        status = item.one("ConfirmationStatus")
        if status is not None:
            day = status.get("deliveryDate")
            path = prefix + "requested_date"
            out.put(path, iso_date(day), f"{status.place}/@deliveryDate", day)
            _money(out, prefix + "price_unit", status, "UnitPrice/Money")
            part = status.one("ItemIn")
            take(out, prefix + "partner_code", part, "ItemID/SupplierPartID")
            take(out, prefix + "our_code", part, "ItemID/BuyerPartID")
            detail = part.one("ItemDetail") if part is not None else None
            if detail is not None:
                _own_text(out, prefix + "description", detail.one("Description"))
                _price(detail, out, prefix)
