"""UN/CEFACT cross industry messages: Order-X, and Factur-X invoices, which order nothing."""

from __future__ import annotations

import datetime

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
from .draft import Draft, iso_date, number, per_unit
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
ROOTS = {
    "SCRDMCCBDACIOMessageStructure": PURCHASE_ORDER,
    "CrossIndustryOrder": PURCHASE_ORDER,
    "CrossIndustryOrderChange": ORDER_CHANGE,
    "CrossIndustryOrderResponse": ORDER_CONFIRMATION,
    "CrossIndustryQuotation": QUOTATION,
}


class CiiReader:
    """Reads Order-X by the names of its elements, whatever profile it states."""

    code = "cii"
    cost = 10
    sandboxed = True

    def can_read(self, source: Source) -> bool:
        """Is it a cross industry message?"""
        return source.kind == "cii"

    def read(self, source: Source, hints: Hints) -> tuple[OrderDocument, ...]:
        """The one document in it.

        :raises BrokenSource: not well formed, or with a document type
        """
        root = xml.parse(source.content)
        out = Draft(self.code)
        document_type = ROOTS.get(root.name, OTHER)
        if document_type != OTHER:
            code = root.text("ExchangedDocument/TypeCode") or ""
            document_type = TYPES.get(code, document_type)
            _read(root, out, document_type, hints)
        return (out.document(document_type),)


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
        notes = [node for node in head.all("IncludedNote/Content") if node.content]
        if notes:
            out.put("note", "\n".join(node.content for node in notes), notes[0].place)
    if trade is None:
        return
    agreement = trade.one("ApplicableHeaderTradeAgreement")
    delivery = trade.one("ApplicableHeaderTradeDelivery")
    settlement = trade.one("ApplicableHeaderTradeSettlement")
    sent_by_buyer = _parties(agreement, out, document_type, hints)
    _put_party(out, "delivery", *_party(delivery, "ShipToTradeParty"))
    _put_party(out, "invoice", *_party(settlement, "InvoiceeTradeParty"))
    if document_type in (ORDER_CONFIRMATION, QUOTATION):
        take(out, "our_order", agreement, "BuyerOrderReferencedDocument/IssuerAssignedID")
    _requested(out, "requested_date", delivery)
    terms = agreement.one("ApplicableTradeDeliveryTerms") if agreement is not None else None
    if terms is not None:
        parts = terms.text("DeliveryTypeCode"), terms.text("RelevantTradeLocation/Name")
        out.put("incoterm", " ".join(filter(None, parts)), terms.place)
    _settlement(settlement, out)
    for node in trade.all("IncludedSupplyChainTradeLineItem"):
        _line(node, out, sent_by_buyer)


def _parties(agreement: Node | None, out: Draft, document_type: str, hints: Hints) -> bool:
    """Put both parties; is the buyer the other one?"""
    buyer = _party(agreement, "BuyerTradeParty")
    seller = _party(agreement, "SellerTradeParty")
    partner = draft.other_party(document_type, buyer[0], seller[0], hints)
    by_buyer = partner == "buyer"
    _put_party(out, "partner", *(buyer if by_buyer else seller))
    _put_party(out, "addressee", *(seller if by_buyer else buyer))
    take(out, "partner.reference", agreement, "BuyerTradeParty/ID" if by_buyer else "-")
    return by_buyer


_PARTY = {
    "name": ("Name",),
    "gln": ("GlobalID",),
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


def _party(node: Node | None, path: str) -> tuple[Party, dict[str, str]]:
    """A party, and the place of each of its values."""
    party = node.one(path) if node is not None else None
    values: dict[str, str] = {}
    places: dict[str, str] = {}
    if party is None:
        return Party(), {}
    for key, paths in _PARTY.items():
        found = next((item for path in paths for item in party.all(path) if item.content), None)
        if found is None or (key == "gln" and found.get("schemeID") != "0088"):
            continue
        if key == "email" and "@" not in found.content:
            continue
        values[key], places[key] = draft.clean(found.content), found.place
    for item in party.all("SpecifiedTaxRegistration/ID"):
        if item.get("schemeID") in ("VA", None):
            values["vat"], places["vat"] = item.content, item.place
    return Party(**values), places


def _put_party(out: Draft, prefix: str, party: Party, places: dict[str, str]) -> None:
    for key, place in places.items():
        out.put(f"{prefix}.{key}", getattr(party, key), place)


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
    charges = list(node.all("SpecifiedTradeAllowanceCharge"))
    if not charges:
        take_number(out, "amount_untaxed", total, "LineTotalAmount")
    for charge in charges:
        amount = number(charge.text("ActualAmount"))
        sign = 1 if charge.text("ChargeIndicator") == "true" else -1
        out.charge(charge.text("Reason", "ReasonCode"), amount and amount * sign, charge.place)


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
    _price(item, out, prefix)
    take_number(
        out,
        prefix + "price_subtotal",
        item.one("SpecifiedLineTradeSettlement"),
        "SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount",
    )
    take(out, prefix + "note", item, "AssociatedDocumentLineDocument/IncludedNote/Content")


def _price(item: Node, out: Draft, prefix: str) -> None:
    """The price before discount where it is stated with its discount, else the net price."""
    agreement = item.one("SpecifiedLineTradeAgreement")
    if agreement is None:
        return
    gross, net = (agreement.one(f"{kind}PriceProductTradePrice") for kind in ("Gross", "Net"))
    taken = gross.one("AppliedTradeAllowanceCharge") if gross is not None else None
    price = gross if taken is not None else net if net is not None else gross
    amount = price.one("ChargeAmount") if price is not None else None
    if price is None or amount is None:
        return
    basis = number(price.text("BasisQuantity"))
    text = amount.content + (f" / {basis}" if basis and basis != 1 else "")
    value = number(amount.content)
    out.put(prefix + "price_unit", per_unit(value, basis), amount.place, text)
    if taken is not None:
        share = number(taken.text("CalculationPercent"))
        share = share or draft.percent(number(taken.text("ActualAmount")), value)
        out.put(prefix + "discount", share, taken.place)
    for node in item.all("SpecifiedLineTradeSettlement/SpecifiedTradeAllowanceCharge"):
        if node.text("ChargeIndicator") == "false":
            base = number(node.text("BasisAmount"))
            if base is None and out.get(prefix + "quantity"):
                base = (out.get(prefix + "price_unit") or 0) * out.get(prefix + "quantity")
            share = number(node.text("CalculationPercent"))
            share = share or draft.percent(number(node.text("ActualAmount")), base)
            out.put(prefix + "discount", share, node.place)
