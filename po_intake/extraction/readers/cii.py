"""UN/CEFACT cross industry messages: Order-X, and Factur-X invoices, which order nothing."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal

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
from .draft import Draft, Side, iso_date, number, per_unit
from .xml import Node, take, take_number

# UN/EDIFACT 1001 as Order-X uses it.
TYPES = {
    "220": PURCHASE_ORDER,
    "221": PURCHASE_ORDER,
    "226": PURCHASE_ORDER,
    "227": PURCHASE_ORDER,
    "230": ORDER_CHANGE,
    "231": ORDER_CONFIRMATION,
    "310": QUOTATION,
}
CHANGES = ("1", "3", "4", "5")  # purposes: cancellation, deletion, change, replace
# Subjects of notes (4451) that are legal texts or terms of payment.
NO_NOTES = ("REG", "ABL", "AAB", "PMD", "PMT", "TXD")
ROOTS = {
    "SCRDMCCBDACIOMessageStructure": PURCHASE_ORDER,
    "CrossIndustryOrder": PURCHASE_ORDER,
    "CrossIndustryOrderChange": ORDER_CHANGE,
    "CrossIndustryOrderResponse": ORDER_CONFIRMATION,
    "CrossIndustryQuotation": QUOTATION,
}


class CiiReader(xml.XmlReader):
    """Reads Order-X by the names of its elements, whatever profile it states."""

    code = "cii"

    def documents(self, root: Node, hints: Hints) -> Iterator[OrderDocument]:
        """The one in it, perhaps in an envelope."""
        inner = (Node(child) for child in root.element.iterchildren("{*}*"))
        root = next((node for node in inner if node.name in ROOTS), root)
        out = Draft(self.code)
        document_type = ROOTS.get(root.name, OTHER)
        if document_type != OTHER:
            code = root.text("ExchangedDocument/TypeCode") or ""
            document_type = TYPES.get(code, document_type)
            purpose = root.text("ExchangedDocument/PurposeCode")
            if document_type == PURCHASE_ORDER and purpose in CHANGES:
                document_type = ORDER_CHANGE
            _read(root, out, document_type, hints)
        yield out.document(document_type, place=root.place)


def _put_date(out: Draft, path: str, node: Node | None, *sources: str) -> None:
    for source in sources if node is not None else ():
        found = node.one(f"{source}/DateTimeString", f"{source}/DateTime", f"{source}/DateString")
        if found is not None:
            out.put(path, _date(found), found.place, found.content)


def _date(node: Node) -> datetime.date | None:
    text = node.content
    if node.get("format") == "101":  # two digits of the year
        text = "20" + text
    return iso_date(text)


def _read(root: Node, out: Draft, document_type: str, hints: Hints) -> None:
    head, trade = root.one("ExchangedDocument"), root.one("SupplyChainTradeTransaction")
    take(out, "number", head, "ID")
    _put_date(out, "order_date", head, "IssueDateTime")
    take(out, "revision", head, "RevisionID", "VersionID")
    if head is not None:
        found = [n for n in head.all("IncludedNote") if n.text("SubjectCode") not in NO_NOTES]
        xml.notes(out, [node for note in found for node in note.all("Content")])
    if trade is None:
        return
    agreement = trade.one("ApplicableHeaderTradeAgreement")
    delivery = trade.one("ApplicableHeaderTradeDelivery")
    settlement = trade.one("ApplicableHeaderTradeSettlement")
    sides = (_party(agreement, f"{role}TradeParty") for role in ("Buyer", "Seller"))
    sent_by_buyer = draft.put_parties(out, document_type, *sides, hints)
    out.put_party("delivery", _party(delivery, "ShipToTradeParty"))
    out.put_party("invoice", _party(settlement, "InvoiceeTradeParty"))
    if document_type in (ORDER_CONFIRMATION, QUOTATION):
        take(out, "our_order", agreement, "BuyerOrderReferencedDocument/IssuerAssignedID")
    _requested(out, "requested_date", delivery)
    terms = agreement.one("ApplicableTradeDeliveryTerms") if agreement is not None else None
    if terms is not None:
        parts = terms.text("DeliveryTypeCode"), terms.text("RelevantTradeLocation/Name")
        out.put("incoterm", " ".join(filter(None, parts)), terms.place)
    for node in trade.all("IncludedSupplyChainTradeLineItem"):
        _line(node, out, sent_by_buyer)
    _settlement(settlement, out)


_PARTY = {
    "name": ("Name", "SpecifiedLegalOrganization/TradingBusinessName"),
    "reference": ("ID",),  # given by the other side
    "street": ("PostalTradeAddress/LineOne", "PostalTradeAddress/StreetName"),
    "city": ("PostalTradeAddress/CityName",),
    "zip": ("PostalTradeAddress/PostcodeCode",),
    "country": ("PostalTradeAddress/CountryID",),
    "contact": ("DefinedTradeContact/PersonName", "DefinedTradeContact/DepartmentName"),
    "phone": ("DefinedTradeContact/TelephoneUniversalCommunication/CompleteNumber",),
    "email": (
        "DefinedTradeContact/EmailURIUniversalCommunication/URIID",
        "DefinedTradeContact/EmailURIUniversalCommunication/CompleteNumber",
        "URIUniversalCommunication/URIID",
    ),
}


def _party(node: Node | None, path: str) -> Side:
    party = node.one(path) if node is not None else None
    if party is None:
        return {}
    found = xml.side(party, _PARTY)
    if "@" not in found.get("email", ("@",))[0]:
        del found["email"]
    for key, item_path, schemes in (
        ("gln", "GlobalID", ("0088",)),
        ("vat", "SpecifiedTaxRegistration/ID", ("VA", None)),
    ):
        for item in party.all(item_path):
            if item.get("schemeID") in schemes and item.content:
                found.setdefault(key, (item.content, item.place))
    return found


def _requested(out: Draft, path: str, delivery: Node | None) -> None:
    event = "RequestedDeliverySupplyChainEvent"
    _put_date(
        out,
        path,
        delivery,
        f"{event}/OccurrenceDateTime",
        f"{event}/OccurrenceSpecifiedPeriod/EndDateTime",
        f"{event}/OccurrenceSpecifiedPeriod/StartDateTime",
    )


def _settlement(node: Node | None, out: Draft) -> None:
    if node is None:
        return
    take(out, "currency", node, "OrderCurrencyCode", "InvoiceCurrencyCode")
    take(out, "payment_terms", node, "SpecifiedTradePaymentTerms/Description")
    total = node.one("SpecifiedTradeSettlementHeaderMonetarySummation")
    take_number(out, "amount_untaxed", total, "TaxBasisTotalAmount")
    take_number(out, "amount_tax", total, "TaxTotalAmount")
    take_number(out, "amount_total", total, "GrandTotalAmount", "DuePayableAmount")
    for charge in node.all("SpecifiedTradeAllowanceCharge"):
        amount = number(charge.text("ActualAmount"))
        signed = amount and (amount if xml.is_charge(charge) else -amount)
        out.charge(charge.text("Reason", "ReasonCode"), signed, charge.place)
    for charge in node.all("SpecifiedLogisticsServiceCharge"):
        amount = number(charge.text("AppliedAmount"))
        out.charge(charge.text("Description"), amount, charge.place)
    goods = total.one("LineTotalAmount") if total is not None else None
    if goods is not None:
        out.put_goods(number(goods.content), goods.place, goods.content)


def _line(item: Node, out: Draft, sent_by_buyer: bool) -> None:
    prefix = out.line()
    product = item.one("SpecifiedTradeProduct")
    own, other = "BuyerAssignedID", "SellerAssignedID"
    if not sent_by_buyer:
        own, other = other, own
    take(out, prefix + "partner_code", product, own)
    take(out, prefix + "our_code", product, other)
    take(out, prefix + "barcode", product, "GlobalID")
    if product is not None:
        parts = dict.fromkeys(filter(None, (product.text("Name"), product.text("Description"))))
        out.put(prefix + "description", "\n".join(parts), product.place + "/Name")
    delivery = item.one("SpecifiedLineTradeDelivery")
    if delivery is not None:
        quantities = ("AgreedQuantity", "RequestedQuantity", "BilledQuantity")
        if sent_by_buyer:
            quantities = ("RequestedQuantity", "AgreedQuantity", "BilledQuantity")
        take_number(out, prefix + "quantity", delivery, *quantities)
        quantity = delivery.one(*quantities)
        if quantity is not None:
            out.put(prefix + "uom", quantity.get("unitCode"), quantity.place + "/@unitCode")
        _requested(out, prefix + "requested_date", delivery)
    take_number(
        out,
        prefix + "price_subtotal",
        item.one("SpecifiedLineTradeSettlement"),
        "SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount",
    )
    _price(item, out, prefix)
    take(out, prefix + "note", item, "AssociatedDocumentLineDocument/IncludedNote/Content")


def _price(item: Node, out: Draft, prefix: str) -> None:
    """The price before discount where it is stated with its discount, else the net price."""
    agreement = item.one("SpecifiedLineTradeAgreement")
    if agreement is None:
        return
    gross, net = (agreement.one(f"{kind}PriceProductTradePrice") for kind in ("Gross", "Net"))
    taken = list(gross.all("AppliedTradeAllowanceCharge")) if gross is not None else []
    price = gross if taken or net is None else net
    amount = price.one("ChargeAmount") if price is not None else None
    if price is not None and amount is not None:
        basis = number(price.text("BasisQuantity"))
        text = amount.content + (f" / {basis}" if basis and basis != 1 else "")
        value = per_unit(number(amount.content), basis)
        out.put(prefix + "price_unit", value, amount.place, text)
    found = [_price_allowance(gross, net, taken, out, prefix)] if taken and gross else []
    found += [
        _allowance(node, out, prefix)
        for node in item.all("SpecifiedLineTradeSettlement/SpecifiedTradeAllowanceCharge")
    ]
    draft.put_discount(out, prefix, found)


def _price_allowance(
    gross: Node, net: Node | None, taken: list[Node], out: Draft, prefix: str
) -> draft.Allowance:
    """What the gross price is reduced by: seen in the net price, as amounts or a percentage."""
    price, basis = number(gross.text("ChargeAmount")), number(gross.text("BasisQuantity"))
    paid = number(net.text("ChargeAmount")) if net is not None else None
    share = number(taken[0].text("CalculationPercent")) if len(taken) == 1 else None
    if price is not None and paid is not None and basis == number(net.text("BasisQuantity")):
        off = price - paid
    else:
        amounts = ((number(node.text("ActualAmount")), xml.is_charge(node)) for node in taken)
        off = sum((-value if added else value for value, added in amounts if value), Decimal(0))
    if not off and share and price:
        off = price * share / 100
    total = per_unit(off * (out.get(prefix + "quantity") or 1), basis)
    return draft.Allowance(share or draft.percent(off, price), total, taken[0].place)


def _allowance(node: Node, out: Draft, prefix: str) -> draft.Allowance:
    amount, base = number(node.text("ActualAmount")), number(node.text("BasisAmount"))
    if base is None and out.get(prefix + "quantity"):
        base = (out.get(prefix + "price_unit") or 0) * out.get(prefix + "quantity")
    share = number(node.text("CalculationPercent")) or draft.percent(amount, base)
    return xml.allowance(node, share, amount)
