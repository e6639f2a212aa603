import datetime
import io
import zipfile
from decimal import Decimal
from email.message import EmailMessage

from odoo.tests import BaseCase

from ..extraction import cascade
from ..extraction.document import Party
from ..extraction.reader import Hints
from ..extraction.readers.docx import DocxReader
from ..extraction.readers.mail_body import MailBodyReader
from ..extraction.readers.wishes import wishes
from ..extraction.source import Source

US = Party(name="Nord Supply GmbH", vat="DE811111111", email="orders@nord.example")

LETTER = """Hello,

please deliver:

PO number: 4500-77
Date: 2026-03-01
Currency: EUR

Item  Your item no.  Description            Qty  Unit  Unit price   Amount
1     BB-6000        Ball bearing 6000 2RS   14  pcs         1.36    19.04
2     LAF-80         Lever arch file A4      30  pcs         2.00    60.00

Net total: 79.04

Kind regards
Jo Ray

Buyer Works Ltd
12 Station Road
Leeds LS1 4AB
United Kingdom
"""

HTML = """<html><body><p>Guten Tag,</p><p>wir bestellen:</p>
<table><tr><td>Bestell-Nr.:</td><td>B-2026-9</td></tr><tr><td>Datum:</td><td>01.03.2026</td></tr></table>
<table border=1><tr><th>Pos</th><th>Ihre Art.-Nr.</th><th>Bezeichnung</th><th>Menge</th><th>ME</th>
<th>Einzelpreis</th><th>Gesamt</th></tr>
<tr><td>1</td><td>933-A2</td><td>Schraube M4x8</td><td>1.200</td><td>Stk</td><td>0,05</td><td>60,00</td></tr>
<tr><td>2</td><td>934-A4</td><td>Mutter M4</td><td>2.000</td><td>Stk</td><td>0,02</td><td>40,00</td></tr></table>
<p>Nettosumme: 100,00 EUR</p><p>Mit freundlichen Grüßen<br>Eva Berg</p></body></html>"""


def mail(
    text=None, html=None, subject="Purchase order 4500-77", sender="Jo Ray <jo@buyer.example>"
):
    message = EmailMessage()
    message["From"] = sender
    message["Subject"] = subject
    message["Date"] = "Sun, 01 Mar 2026 08:00:00 +0000"
    message["Message-ID"] = "<1@buyer.example>"
    message.set_content(text or "")
    if html:
        message.add_alternative(html, subtype="html")
    return Source("mail.eml", bytes(message))


def rows(document):
    return [
        (line.our_code, line.description, line.quantity, line.uom, line.price_unit)
        for line in document.lines
    ]


class TestMailBody(BaseCase):
    def read(self, source):
        outcome = cascade.run(source, [MailBodyReader()], Hints(own=(US,)))
        (found,) = outcome.documents
        return found.document

    def test_columns_of_blanks(self):
        order = self.read(mail(LETTER))
        self.assertEqual((order.document_type, order.number), ("purchase_order", "4500-77"))
        self.assertEqual(order.order_date, datetime.date(2026, 3, 1))
        self.assertEqual(
            (order.partner.name, order.partner.street, order.partner.zip, order.partner.email),
            ("Buyer Works Ltd", "12 Station Road", "LS1 4AB", "jo@buyer.example"),
        )
        self.assertEqual(
            rows(order),
            [
                ("BB-6000", "Ball bearing 6000 2RS", 14, "pcs", Decimal("1.36")),
                ("LAF-80", "Lever arch file A4", 30, "pcs", Decimal("2.00")),
            ],
        )
        self.assertEqual(order.amount_untaxed, Decimal("79.04"))
        self.assertEqual(order.evidence["lines.1.quantity"].place, "line 11")
        self.assertIsNone(order.evidence["lines.1.quantity"].bbox)

    def test_html_table(self):
        order = self.read(mail("wir bestellen", HTML, "Bestellung B-2026-9"))
        self.assertEqual((order.number, order.amount_untaxed), ("B-2026-9", Decimal("100.00")))
        self.assertEqual(
            rows(order),
            [
                ("933-A2", "Schraube M4x8", 1200, "Stk", Decimal("0.05")),
                ("934-A4", "Mutter M4", 2000, "Stk", Decimal("0.02")),
            ],
        )
        self.assertRegex(order.evidence["lines.0.quantity"].place, r"/tr\[2\]/td\[4\]$")

    def test_a_sentence_below_the_items_is_a_note(self):
        order = self.read(mail(LETTER))
        self.assertIsNone(order.note)
        note = "Partial deliveries only after a call."
        order = self.read(mail(LETTER.replace("Kind regards", f"{note}\n\nKind regards")))
        self.assertEqual((order.note, order.evidence["note"].place), (note, "line 15"))

    def test_goods_go_where_the_mail_says(self):
        address = (
            "Deliver to:\nBuyer Works Ltd\nDock 5\n2 Harbour Road\nHull HU1 1AA\n\nKind regards"
        )
        order = self.read(mail(LETTER.replace("Kind regards", address)))
        self.assertEqual(order.delivery.name, "Buyer Works Ltd, Dock 5")
        self.assertEqual((order.delivery.zip, order.partner.zip), ("HU1 1AA", "LS1 4AB"))

    def test_sentences_and_lists(self):
        text = (
            "Hi,\n\nplease send us by next week:\n\n- 20 pcs 933-A2-04025 hex bolt M4x25\n"
            "- 5 x nitrile gloves size XL\n- ABC-1234: 12 boxes\n\nBest regards\nJo Ray\n+44 123 456789\n"
        )
        order = self.read(mail(text, subject="Order"))
        self.assertEqual(order.document_type, "purchase_order")
        self.assertEqual(
            [(line.our_code, line.quantity, line.uom) for line in order.lines],
            [("933-A2-04025", 20, "pcs"), (None, 5, None), ("ABC-1234", 12, "boxes")],
        )
        self.assertIn("free_text", [finding.code for finding in order.findings])
        self.assertEqual(order.evidence["lines.0.quantity"].place, "line 5")

    def test_what_orders_nothing_is_other(self):
        for text, subject in (
            ("Hello,\n\nour office is closed in 2 weeks.\n\nRegards\nJo", "Holidays"),
            ("Spring sale! 30 % off.\n100 articles reduced.", "Newsletter"),
        ):
            self.assertEqual(self.read(mail(text, subject=subject)).lines, ())


class TestTypedTables(BaseCase):
    """Tables as people type them into a mail."""

    EXPECTED = [
        ("933-A2", "Hex bolt M4x8", 1200, "pcs", Decimal("0.05")),
        ("934-A4", "Nut M4", 500, "pcs", Decimal("0.02")),
    ]

    def read(self, table, **options):
        text = f"Hello,\n\nplease deliver:\n\nPO number: 77\n\n{table}\n\nKind regards\nJo Ray\n"
        source = mail(text, subject="Purchase order 77", **options)
        (found,) = cascade.run(source, [MailBodyReader()], Hints(own=(US,))).documents
        return found.document

    def test_tabs(self):
        table = (
            "Item\tYour part no.\tDescription\tQty\tUnit\tPrice\n"
            "1\t933-A2\tHex bolt M4x8\t1,200\tpcs\t0.05\n2\t934-A4\t\tNut M4\t500\tpcs\t0.02"
        )
        self.assertEqual(rows(self.read(table)), self.EXPECTED)

    def test_bars(self):
        table = (
            "| Item | Your part no. | Description | Qty | Unit | Price |\n|---|---|---|---|---|---|\n"
            "| 1 | 933-A2 | Hex bolt M4x8 | 1,200 | pcs | 0.05 |\n| 2 | 934-A4 | Nut M4 | 500 | pcs | 0.02 |"
        )
        self.assertEqual(rows(self.read(table)), self.EXPECTED)

    def test_two_blanks(self):
        table = (
            "Pos  Your part no.  Description    Qty  Unit  Price\n"
            "1    933-A2         Hex bolt M4x8  1,200  pcs  0.05\n"
            "2    934-A4         Nut M4           500  pcs  0.02"
        )
        self.assertEqual(rows(self.read(table)), self.EXPECTED)

    def test_a_sentence_with_a_day_under_the_rows_is_no_item(self):
        table = (
            "SKU       Qty       Description\n933-A2    12 pcs    Hex bolt M4x8\n"
            "934-A4    5 pcs     Nut M4\n\nDelivery date: 26.03.2026. Prices as offered."
        )
        self.assertEqual([line.quantity for line in self.read(table).lines], [12, 5])

    def test_labelled_values(self):
        table = (
            "Item: 933-A2\nDescription: Hex bolt M4x8\nQuantity: 1,200 pcs\nUnit price: 0.05\n\n"
            "Item: 934-A4\nDescription: Nut M4\nQuantity: 500 pcs\nUnit price: 0.02"
        )
        found = self.read(table)
        self.assertEqual(
            [
                (line.our_code or line.partner_code, line.quantity, line.uom, line.price_unit)
                for line in found.lines
            ],
            [("933-A2", 1200, "pcs", Decimal("0.05")), ("934-A4", 500, "pcs", Decimal("0.02"))],
        )
        self.assertEqual(found.evidence["lines.1.quantity"].place, "line 14")

    def test_several_labelled_values_on_a_line(self):
        table = (
            "Description: Hex bolt M4x8\nQuantity: 1,200 pcs, Your part no.: 933-A2, Price: 0.05\n\n"
            "Description: Nut M4\nQuantity: 500 pcs, Your part no.: 934-A4, Price: 0.02"
        )
        self.assertEqual(rows(self.read(table)), self.EXPECTED)

    def test_in_a_sentence(self):
        found = self.read("go ahead and please send 20 boxes of NG-XL-200 at 15.60 EUR.")
        (line,) = found.lines
        self.assertEqual(
            (line.our_code, line.quantity, line.price_unit), ("NG-XL-200", 20, Decimal("15.60"))
        )

    def test_heads_that_say_too_little(self):
        html = (
            "<p>Wir bestellen</p><table><tr><td>Pos.</td><td>Ihre Artikelnummer</td><td>Artikel</td>"
            "<td>Anzahl</td><td>Einzelpreis</td><td>Gesamtpreis</td></tr>"
            "<tr><td>1</td><td>933-A2</td><td>Schraube M4x8</td><td>1.200 Stk</td><td>0,05 €</td><td>60,00 €</td></tr>"
            "<tr><td>2</td><td>934-A4</td><td>Mutter M4</td><td>500 Stk</td><td>0,02 €</td><td>10,00 €</td></tr>"
            "<tr><td colspan=5>Summe netto</td><td>70,00 €</td></tr></table>"
        )
        (found,) = cascade.run(mail("x", html), [MailBodyReader()], Hints(own=(US,))).documents
        self.assertEqual(
            [(line.our_code, line.partner_code, line.description) for line in found.document.lines],
            [("933-A2", None, "Schraube M4x8"), ("934-A4", None, "Mutter M4")],
        )
        self.assertEqual(found.document.amount_untaxed, Decimal("70.00"))


class TestWishes(BaseCase):
    def test_one_line_each(self):
        for text, expected in (
            ("3 boxes of cable ties (ref. CT-36) @ €12.69 each", (3, "boxes", "CT-36", "12.69")),
            ("10 Stk. Art.-Nr. 4711-B Schraube zu je 1,50 EUR", (10, "Stk.", "4711-B", "1.50")),
            ("1.200 Stück Unterlegscheibe 6,4", (1200, "Stück", None, None)),
            ("2) 100 ABC-77 bolts", (100, None, "ABC-77", None)),
            ("Ordner A4 80 mm geel - 20 stuks", (20, "stuks", None, None)),
        ):
            (wish,) = wishes([text], "." if "€" in text else ",")
            price = str(wish.price) if wish.price else None
            self.assertEqual((wish.quantity, wish.unit, wish.code, price), expected, text)

    def test_numbers_that_ask_for_nothing(self):
        for text in (
            "we met 2 weeks ago",
            "page 3 of 5",
            "Tel. +49 376 01279-65",
            "28309 Bremen",
            "Robert-Bosch-Straße 40",
            "Please deliver before 5 May 2026",
            "30 days net",
            "",
        ):
            self.assertEqual(list(wishes([text], ",")), [], text)


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def paragraph(*runs):
    parts = "".join(
        "<w:r><w:tab/></w:r>" if run is None else f"<w:r><w:t>{run}</w:t></w:r>" for run in runs
    )
    return f"<w:p>{parts}</w:p>"


def table(*rows):
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def docx(*body, header=""):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        text = f'<w:document xmlns:w="{W}"><w:body>{"".join(body)}</w:body></w:document>'
        file.writestr("word/document.xml", text)
        if header:
            file.writestr("word/header1.xml", f'<w:hdr xmlns:w="{W}">{header}</w:hdr>')
    return Source("order.docx", buffer.getvalue())


class TestDocx(BaseCase):
    def test_letter_with_tabs_and_table(self):
        source = docx(
            paragraph("Purchase Order"),
            paragraph("PO no.:", None, "PO-77"),
            paragraph("Date:", None, "1 March 2026"),
            paragraph(),
            table(
                ("Pos", "Your item no.", "Description", "Qty", "Unit", "Unit price", "Total"),
                ("1", "BB-6000", "Ball bearing", "14", "pcs", "1.36", "19.04"),
                ("2", "LAF-80", "Lever arch file", "30", "pcs", "2.00", "60.00"),
            ),
            paragraph("Net total", None, "79.04 EUR"),
            header=paragraph("Buyer Works Ltd"),
        )
        (order,) = DocxReader().read(source, Hints(own=(US,)))
        self.assertEqual((order.document_type, order.number), ("purchase_order", "PO-77"))
        self.assertEqual(order.order_date, datetime.date(2026, 3, 1))
        self.assertEqual(
            rows(order),
            [
                ("BB-6000", "Ball bearing", 14, "pcs", Decimal("1.36")),
                ("LAF-80", "Lever arch file", 30, "pcs", Decimal("2.00")),
            ],
        )
        self.assertEqual(order.amount_untaxed, Decimal("79.04"))
        self.assertEqual(order.evidence["lines.0.quantity"].place, "document/tbl[5]/tr[2]/tc[4]")

    def test_a_list_without_any_table(self):
        texts = (
            "Purchase Order PO-1",
            "please deliver",
            "20 pcs AB-62 bearing",
            "5 pcs OR-14 ring",
        )
        content = docx(*(paragraph(text) for text in (*texts, "Delivery required: 29/05/2026")))
        (order,) = DocxReader().read(content, Hints())
        self.assertEqual(order.requested_date, datetime.date(2026, 5, 29))
        self.assertEqual(
            [(line.our_code, line.quantity) for line in order.lines], [("AB-62", 20), ("OR-14", 5)]
        )

    def test_a_paragraph_under_a_list_is_no_part_of_it(self):
        texts = (
            "Bon de commande 2026-149",
            "Veuillez nous livrer :",
            "60 pce – Crémone encastrée 400 mm (votre réf. 43.0367) à 25,54 € HT",
            "2 pce – Panneau MDF 16 mm (votre réf. 52.4064) à 65,43 € HT",
            "Montant total de la commande : 1 663,26 € HT. Règlement : 45 jours.",
        )
        (order,) = DocxReader().read(docx(*map(paragraph, texts)), Hints())
        self.assertEqual(order.lines[1].description, "Panneau MDF 16 mm")
        self.assertEqual(order.amount_untaxed, Decimal("1663.26"))
        self.assertEqual(order.evidence["amount_untaxed"].place, "document/p[5]")

    def test_a_letter_begins_with_its_writer_and_its_day(self):
        head = "</w:t><w:br/><w:t>".join(("Quincaillerie Peyre", "19 avenue Foch", "46100 Figeac"))
        texts = (
            head,
            "Figeac, le 29 juin 2026",
            "Objet : notre commande n° 2026-149",
            "Veuillez nous livrer les articles suivants :",
            "60 pce AB-62 joint",
            "5 pce OR-14 panneau",
        )
        (order,) = DocxReader().read(docx(*map(paragraph, texts)), Hints(own=(US,)))
        self.assertEqual(order.order_date, datetime.date(2026, 6, 29))
        self.assertEqual(
            (order.partner.name, order.partner.street, order.partner.zip),
            ("Quincaillerie Peyre", "19 avenue Foch", "46100"),
        )

    def test_deleted_text_is_not_read(self):
        gone = f'<w:p xmlns:w="{W}"><w:del><w:r><w:delText>9999</w:delText></w:r></w:del></w:p>'
        (order,) = DocxReader().read(docx(gone, paragraph("Purchase Order PO-1")), Hints())
        self.assertNotIn("9999", str(order))
