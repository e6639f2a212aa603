"""cXML 1.2 OrderRequest, ConfirmationRequest and QuoteMessage, as procurement portals send them."""

from __future__ import annotations

from ..document import (
    ORDER_CHANGE,
    ORDER_CONFIRMATION,
    OTHER,
    PURCHASE_ORDER,
    OrderDocument,
)
from ..reader import Hints
from ..source import Source
from . import xml
from .draft import Draft, iso_date, number, per_unit
from .xml import Node, take

GTIN = ("EANID", "GTIN", "UPCID", "EAN")


class CxmlReader:
    """Reads purchase orders; cXML names no buyer, so who is billed is the buyer."""

    code = "cxml"
    cost = 10
    sandboxed = True

    def can_read(self, source: Source) -> bool:
        """Is it cXML?"""
        return source.kind == "cxml"

    def read(self, source: Source, hints: Hints) -> tuple[OrderDocument, ...]:
        """The one order in it; anything else of cXML is ``other``.

        :raises BrokenSource: not well formed, or with a document type of its own
        """
        root = xml.parse(source.content, external_doctype=True)
        order = root.one("Request/OrderRequest")
        out = Draft(self.code)
        if order is None:
            confirmed = root.one("Request/ConfirmationRequest")
            kind = ORDER_CONFIRMATION if confirmed is not None else OTHER
            if confirmed is not None:
                _confirmation(confirmed, out)
            return (out.document(kind),)
        head = order.one("OrderRequestHeader")
        kind = PURCHASE_ORDER
        if head is not None:
            if head.get("type") in ("update", "delete"):
                kind = ORDER_CHANGE
            _header(head, out)
        _credentials(root, out)
        for item in order.all("ItemOut"):
            _line(item, out)
        return (out.document(kind),)


def _attribute(out: Draft, path: str, node: Node, name: str) -> None:
    out.put(path, node.get(name), f"{node.place}/@{name}")


def _money(out: Draft, path: str, node: Node, source: str) -> None:
    found = node.one(source)
    if found is not None:
        out.put(path, number(found.content), found.place, found.content)


def _header(head: Node, out: Draft) -> None:
    _attribute(out, "number", head, "orderID")
    _attribute(out, "revision", head, "orderVersion")
    for path, name in (("order_date", "orderDate"), ("requested_date", "requestedDeliveryDate")):
        value = head.get(name)
        out.put(path, iso_date(value), f"{head.place}/@{name}", value)
    total = head.one("Total/Money")
    if total is not None:
        _attribute(out, "currency", total, "currency")
    _address(out, "delivery", head.one("ShipTo/Address"))
    _address(out, "invoice", head.one("BillTo/Address"))
    sold = next((node for node in head.all("Contact") if node.get("role") == "soldTo"), None)
    _address(out, "partner", sold if sold is not None else head.one("BillTo/Address"))
    for node in head.all("Contact"):
        if node.get("role") in ("buyer", "purchasingAgent", "requester", "endUser", None):
            take(out, "partner.contact", node, "Name")
            take(out, "partner.email", node, "Email")
            _phone(out, "partner.phone", node)
    _payment(head, out)
    terms = head.one("TermsOfDelivery")
    if terms is not None:
        code = terms.one("TransportTerms")
        words = [code.content or code.get("value")] if code is not None else []
        words.append(terms.text("Comments"))
        out.put("incoterm", " ".join(filter(None, words)), terms.place)
    take(out, "note", head, "Comments")
    _totals(head, out)


def _payment(head: Node, out: Draft) -> None:
    take(out, "payment_terms", head, "PaymentTerm/Description", "PaymentTerm/Extrinsic")
    for node in head.all("Extrinsic"):
        name = (node.get("name") or "").casefold().replace(" ", "")
        if name in ("paymentterms", "paymentterm"):
            out.put("payment_terms", node.content, node.place)
        elif name in ("customernumber", "customerno", "suppliercustomernumber"):
            out.put("partner.reference", node.content, node.place)
        elif name in ("buyervatid", "buyer vat id"):
            out.put("partner.vat", node.content, node.place)
    for node in head.all("PaymentTerm"):
        days = node.get("payInNumberOfDays") or node.get("payInNumberofDays")
        if days:
            out.put("payment_terms", f"{days} days", node.place)


def _totals(head: Node, out: Draft) -> None:
    """The total of cXML is that of the items, in most portals before tax."""
    tax, total = head.one("Tax/Money"), head.one("Total/Money")
    _money(out, "amount_tax", head, "Tax/Money")
    if total is not None:
        path = "amount_total" if tax is None else "amount_untaxed"
        out.put(path, number(total.content), total.place, total.content)
    for name in ("Shipping", "SpecialHandling"):
        node = head.one(name)
        if node is not None:
            amount = number(node.text("Money"))
            out.charge(node.text("Description") or name, amount, node.place)


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
        elif (node.get("domain") or "").upper() in GTIN:
            out.put(prefix + "barcode", node.get("identifier"), node.place)
    detail = item.one("ItemDetail", "BlanketItemDetail")
    if detail is None:
        return
    description = detail.one("Description")
    if description is not None:
        out.put(prefix + "description", description.content, description.place)
    take(out, prefix + "uom", detail, "UnitOfMeasure")
    for node in detail.all("Extrinsic"):
        if (node.get("name") or "").upper() in GTIN:
            out.put(prefix + "barcode", node.content, node.place)
    price = detail.one("UnitPrice/Money")
    if price is not None:
        basis = detail.one("PriceBasisQuantity")
        units = number(basis.get("quantity")) if basis is not None else None
        text = price.content + (f" / {units}" if units and units != 1 else "")
        value = per_unit(number(price.content), units)
        out.put(prefix + "price_unit", value, price.place, text)
        _attribute(out, "currency", price, "currency")
    share = detail.one("UnitPrice/Modifications/Modification/AdditionalDeduction/DeductionPercent")
    if share is not None:
        out.put(prefix + "discount", number(share.get("percent")), share.place)
    _money(out, prefix + "price_subtotal", item, "SubTotal/Money")
    take(out, prefix + "note", item, "Comments")


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
