"""One order in every format that people send, with a further text of a stranger's on it."""

import csv
import io
from email.message import EmailMessage
from html import escape

import openpyxl
import pymupdf

from .test_readers_text import docx as word
from .test_readers_text import paragraph, table

HEAD = ("Item", "Description", "Quantity", "Unit", "Unit price", "Amount")
ROWS = (
    ("HB-0840-Z", "Hex bolt M8x40 zinc", "5", "pcs", "100.00", "500.00"),
    ("SR-20", "Sealing ring 20 mm", "10", "pcs", "3.00", "30.00"),
)
ABOVE = (
    "Brook Valves Ltd",
    "Mill Lane 4",
    "4711 Brookfield",
    "Purchase order PO-4711",
    "Order date: 02.11.2026",
    "Customer no.: K-4711",
)
NET = "Net total 530.00"


def pdf(attack):
    """A typed page, the attack below the order."""
    with pymupdf.open() as file:
        page = file.new_page()
        for row, text in enumerate(ABOVE):
            page.insert_text((56, 60 + 16 * row), text, fontsize=10)
        for row, cells in enumerate((HEAD, *ROWS)):
            for left, text in zip((56, 130, 290, 350, 400, 480), cells):
                page.insert_text((left, 190 + 18 * row), text, fontsize=10)
        page.insert_text((400, 262), "Net total", fontsize=10)
        page.insert_text((480, 262), "530.00", fontsize=10)
        box = pymupdf.Rect(56, 320, 540, 420)
        page.insert_htmlbox(box, f"<p>{attack.replace('<', '&lt;')}</p>")
        return file.tobytes()


def sheet(attack):
    """A workbook, the attack in a cell of its own."""
    book = openpyxl.Workbook()
    for text in ABOVE[3:]:
        book.active.append([text])
    for cells in (HEAD, *ROWS):
        book.active.append(cells)
    book.active.append(["", "", "", "", "Net total", "530.00"])
    book.active.append([])
    book.active.append([attack])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def page(attack):
    """A web page, the attack in a paragraph."""
    rows = "".join(
        "<tr>%s</tr>" % "".join(f"<td>{cell}</td>" for cell in cells) for cells in (HEAD, *ROWS)
    )
    above = "".join(f"<p>{text}</p>" for text in ABOVE)
    shown = attack.replace("<", "&lt;")
    html = f"<html><meta charset='utf-8'><body>{above}<table>{rows}</table><p>{NET}</p><p>{shown}</p></body></html>"
    return html.encode()


def text(attack):
    """Plain text with the attack as a remark."""
    lines = [*ABOVE, "", *("\t".join(cells) for cells in (HEAD, *ROWS)), "", NET, "", attack]
    return "\n".join(lines).encode()


def values(attack):
    """Comma-separated values, the attack in a row of its own."""
    file = io.StringIO()
    rows = [[item] for item in ABOVE[3:]] + [HEAD, *ROWS, ["", "", "", "", "Net total", "530.00"]]
    csv.writer(file).writerows([*rows, [], [attack]])
    return file.getvalue().encode()


def letter(attack):
    """A text document, the attack in a paragraph."""
    above = [paragraph(item) for item in ABOVE]
    return word(*above, table(HEAD, *ROWS), paragraph(NET), paragraph(escape(attack))).content


def mail(attack):
    """A mail with the order as its formatted text, the attack below."""
    message = EmailMessage()
    message["From"] = "Jo Brook <jo@brook-valves.example>"
    message["Subject"] = "Order PO-4711"
    message["Message-Id"] = "<attack@brook-valves.example>"
    message["Date"] = "Mon, 02 Nov 2026 10:00:00 +0100"
    message.set_content(page(attack).decode(), subtype="html")
    return message.as_bytes()


def scan(attack):
    """A picture of the typed page."""
    with pymupdf.open("pdf", pdf(attack)) as file:
        return file[0].get_pixmap(dpi=130).tobytes("png")


def ubl(attack):
    """An electronic order, the attack as its note and as a note on its first line."""
    lines = "".join(
        f"""<a:OrderLine><b:Note>{escape(attack)}</b:Note><a:LineItem><b:ID>{number}</b:ID>
        <b:Quantity unitCode="C62">{quantity}</b:Quantity>
        <b:LineExtensionAmount currencyID="USD">{amount}</b:LineExtensionAmount>
        <a:Price><b:PriceAmount currencyID="USD">{price}</b:PriceAmount></a:Price>
        <a:Item><b:Description>{escape(attack)}</b:Description><b:Name>{name}</b:Name>
        <a:SellersItemIdentification><b:ID>{code}</b:ID></a:SellersItemIdentification></a:Item>
        </a:LineItem></a:OrderLine>"""
        for number, (code, name, quantity, _unit, price, amount) in enumerate(ROWS, 1)
    )
    schema = "urn:oasis:names:specification:ubl:schema:xsd"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
        <Order xmlns="{schema}:Order-2" xmlns:a="{schema}:CommonAggregateComponents-2"
        xmlns:b="{schema}:CommonBasicComponents-2">
        <b:CustomizationID>urn:fdc:peppol.eu:poacc:trns:order:3</b:CustomizationID>
        <b:ID>PO-4711</b:ID><b:IssueDate>2026-11-02</b:IssueDate><b:Note>{escape(attack)}</b:Note>
        <b:DocumentCurrencyCode>USD</b:DocumentCurrencyCode><a:BuyerCustomerParty>
        <b:SupplierAssignedAccountID>K-4711</b:SupplierAssignedAccountID><a:Party><a:PartyName>
        <b:Name>Brook Valves Ltd</b:Name></a:PartyName></a:Party></a:BuyerCustomerParty>
        <a:AnticipatedMonetaryTotal><b:LineExtensionAmount>530.00</b:LineExtensionAmount>
        <b:PayableAmount>530.00</b:PayableAmount></a:AnticipatedMonetaryTotal>
        {lines}</Order>""".strip().encode()


FORMATS = {
    "order.pdf": pdf,
    "order.xlsx": sheet,
    "order.csv": values,
    "order.docx": letter,
    "order.html": page,
    "order.txt": text,
    "mail.eml": mail,
}
