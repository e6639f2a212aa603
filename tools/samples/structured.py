"""Orders that are no PDF: UBL, a spreadsheet, a mail's own text."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from xml.sax.saxutils import escape

from .order import Item, Order, lines
from .partners import CUSTOMERS, OWN_EU, Address
from .sheet import HABITS

UBL = Order(
    "VD-2026-0611",
    CUSTOMERS["vandorsten"],
    date(2026, 11, 18),
    lines("vandorsten", "EUR", [("CA-3G15", 500), ("CA-5G25", 200), ("LED-6060", 12)], unit="C62",
          units={"CA-3G15": "MTR", "CA-5G25": "MTR"}),
    due=date(2028, 2, 9),
    note="Levering op bouwplaats na telefonische afspraak.",
)  # fmt: skip
SHEET = Order(
    "PO-48230",
    CUSTOMERS["pinecrest"],
    date(2026, 11, 18),
    lines("pinecrest", "USD", [("HB-M8X45-ZN", 600), ("CD-125-10", 150), ("SG-CLEAR", 24)],
          unit="EA"),
    "USD",
)  # fmt: skip
BODY = Order(
    "148",
    CUSTOMERS["dunmore"],
    date(2026, 11, 19),
    lines("dunmore", "EUR", [("AP-8X40", 6), ("WS-45X50-TX", 8)], unit="box"),
)


def ubl(order: Order) -> bytes:
    """A UBL 2.1 order after Peppol BIS Order 3."""
    body = "".join(_ubl_line(order, number, item) for number, item in enumerate(order.items, 1))
    name = order.partner.name
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:CustomizationID>urn:fdc:peppol.eu:poacc:trns:order:3</cbc:CustomizationID>
  <cbc:ProfileID>urn:fdc:peppol.eu:poacc:bis:order_only:3</cbc:ProfileID>
  <cbc:ID>{order.number}</cbc:ID>
  <cbc:IssueDate>{order.day}</cbc:IssueDate>
  <cbc:OrderTypeCode>220</cbc:OrderTypeCode>
  <cbc:Note>{escape(order.note)}</cbc:Note>
  <cbc:DocumentCurrencyCode>{order.currency}</cbc:DocumentCurrencyCode>
  <cac:BuyerCustomerParty>{_ubl_party(name, order.partner.address, order.partner.vat)}
  </cac:BuyerCustomerParty>
  <cac:SellerSupplierParty>{_ubl_party(OWN_EU.name, OWN_EU, "")}
  </cac:SellerSupplierParty>
  <cac:Delivery>
    <cac:RequestedDeliveryPeriod><cbc:EndDate>{order.due}</cbc:EndDate></cac:RequestedDeliveryPeriod>
  </cac:Delivery>
  <cac:AnticipatedMonetaryTotal>
    <cbc:LineExtensionAmount currencyID="{order.currency}">{order.total}</cbc:LineExtensionAmount>
    <cbc:PayableAmount currencyID="{order.currency}">{order.total}</cbc:PayableAmount>
  </cac:AnticipatedMonetaryTotal>
{body}</Order>
""".encode()


def _ubl_party(name: str, address: Address, vat: str) -> str:
    tax = (
        f"<cac:PartyTaxScheme><cbc:CompanyID>{vat}</cbc:CompanyID>"
        "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>"
        if vat
        else ""
    )
    return f"""
    <cac:Party>
      <cac:PartyName><cbc:Name>{escape(name)}</cbc:Name></cac:PartyName>
      <cac:PostalAddress>
        <cbc:StreetName>{escape(address.street)}</cbc:StreetName>
        <cbc:CityName>{escape(address.city)}</cbc:CityName>
        <cbc:PostalZone>{address.zip}</cbc:PostalZone>
        <cac:Country><cbc:IdentificationCode>{address.country}</cbc:IdentificationCode></cac:Country>
      </cac:PostalAddress>{tax}
      <cac:PartyLegalEntity><cbc:RegistrationName>{escape(name)}</cbc:RegistrationName></cac:PartyLegalEntity>
    </cac:Party>"""


def _ubl_line(order: Order, number: int, item: Item) -> str:
    return f"""  <cac:OrderLine>
    <cac:LineItem>
      <cbc:ID>{number}</cbc:ID>
      <cbc:Quantity unitCode="{item.unit}">{item.quantity}</cbc:Quantity>
      <cbc:LineExtensionAmount currencyID="{order.currency}">{item.amount}</cbc:LineExtensionAmount>
      <cac:Price><cbc:PriceAmount currencyID="{order.currency}">{item.price}</cbc:PriceAmount></cac:Price>
      <cac:Item>
        <cbc:Name>{escape(item.name)}</cbc:Name>
        <cac:SellersItemIdentification><cbc:ID>{item.code}</cbc:ID></cac:SellersItemIdentification>
        <cac:StandardItemIdentification><cbc:ID schemeID="0160">{item.barcode}</cbc:ID></cac:StandardItemIdentification>
      </cac:Item>
    </cac:LineItem>
  </cac:OrderLine>
"""


def spreadsheet(order: Order) -> bytes:
    """An order typed into a workbook, with a few lines above the table as people do."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    sheet.title = "PO"
    sheet.append([order.partner.name])
    sheet.append(["Purchase order", order.number])
    sheet.append(["Date", order.day])
    sheet.append(["Currency", order.currency])
    sheet.append([])
    sheet.append(["Our item", "Vendor part", "Description", "Qty", "U/M", "Price", "Amount"])
    for item in order.items:
        sheet.append([item.theirs, item.code, item.name, item.quantity, item.unit,
                      float(item.price), float(item.amount)])  # fmt: skip
    sheet.append([None] * 5 + ["Total", float(order.total)])
    for cell in (sheet["A1"], *sheet[6]):
        cell.font = Font(bold=True)
    for column, width in zip("ABCDEFG", (16, 16, 44, 10, 8, 10, 12), strict=True):
        sheet.column_dimensions[column].width = width
    buffer = io.BytesIO()
    book.save(buffer)
    return _timeless(buffer.getvalue())


def _timeless(workbook: bytes) -> bytes:
    """The same workbook without the moment in which it was saved."""
    buffer, moment = io.BytesIO(), datetime(2026, 11, 18, 9)
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            stamp = rb"\g<1>" + f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode()
            content = re.sub(rb"(<dcterms:\w+ [^>]*>)[^<]*", stamp, old.read(name))
            new.writestr(entry, content)
    return buffer.getvalue()


def body(order: Order) -> str:
    """An order typed into a mail."""
    rows = "\n".join(
        f"{item.quantity} {item.unit}  {item.name}  @ €{HABITS['ie'].number(item.price)}"
        for item in order.items
    )
    return (
        f"Hello there,\n\ncould you put these in the van as well (order {order.number}):\n\n"
        f"{rows}\n\nThanks,\nAoife\n"
    )
