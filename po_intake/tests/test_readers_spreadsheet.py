import datetime
import io
from decimal import Decimal

from odoo.tests import BaseCase

from ..extraction.document import Party
from ..extraction.reader import Hints
from ..extraction.readers.spreadsheet import SpreadsheetReader
from ..extraction.source import Source

US = Party(name="Nord Supply GmbH", vat="DE811111111")

FORM = [
    ["Purchase Order", None, None, None, None],
    [None],
    ["PO Number", "PO-77", None, "Delivery address", None],
    ["PO date", datetime.date(2026, 3, 1), None, "Buyer Works Ltd", None],
    ["Currency", "GBP", None, "Dock 5", None],
    [None, None, None, "2 Harbour Road", None],
    [None, None, None, "Hull HU1 1AA", None],
    [None],
    [
        "Item",
        "Our item no.",
        "Your item no.",
        "Description",
        "Qty",
        "Unit",
        "Unit price",
        "Line total",
    ],
    [1, "K-1", "N-1", "Hex bolt M6x25", 1200, "EA", 0.0559, 67.08],
    [2, "K-2", "N-2", "Welding wire", 2.125, "kg", 10.5, 22.31],
    [None],
    [None, None, None, None, None, None, "Net total", 89.39],
]

FLAT = """order_no,order_date,customer,your_code,description,qty,unit,unit_price
77001,2026-03-01,Buyer Works Ltd,N-1,Hex bolt,1200,EA,0.0559
77001,2026-03-01,Buyer Works Ltd,N-2,"Wire, steel",5,kg,10.50
77002,2026-03-02,Buyer Works Ltd,N-3,Glue,7,EA,4.00
"""

GERMAN = """Bestellung;B-2026/9
Datum;01.03.2026
Währung;EUR

Pos.;Ihre Art.-Nr.;Bezeichnung;Menge;ME;E-Preis;Rabatt %;Liefertermin;Gesamt
10;933-A2;Schweißdraht 1,2 mm;30,5;kg;2,20;20;06.04.2026;53,68
20;934-A4;Mutter M4;1.200;Stk;0,05;;13.04.2026;60,00

Nettosumme;113,68
"""


def xlsx(*sheets):
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"S{number}")
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return Source("order.xlsx", buffer.getvalue())


def csv(text, charset="utf-8"):
    return Source("order.csv", text.encode(charset), "text/csv")


def rows(document):
    return [(line.our_code, line.quantity, line.uom, line.price_unit) for line in document.lines]


class TestSpreadsheet(BaseCase):
    def read_all(self, source):
        reader = SpreadsheetReader()
        self.assertTrue(reader.can_read(source), source.kind)
        return reader.read(source, Hints(own=(US,)))

    def read(self, source):
        (document,) = self.read_all(source)
        return document

    def test_form(self):
        order = self.read(xlsx(FORM))
        self.assertEqual((order.document_type, order.number), ("purchase_order", "PO-77"))
        self.assertEqual(order.order_date, datetime.date(2026, 3, 1))
        self.assertEqual(order.currency, "GBP")
        self.assertEqual(order.delivery.zip, "HU1 1AA")
        self.assertEqual(
            rows(order),
            [
                ("N-1", 1200, "EA", Decimal("0.0559")),
                ("N-2", Decimal("2.125"), "kg", Decimal("10.5")),
            ],
        )
        self.assertEqual([line.partner_code for line in order.lines], ["K-1", "K-2"])
        self.assertEqual(order.amount_untaxed, Decimal("89.39"))
        evidence = order.evidence["lines.1.quantity"]
        self.assertEqual((evidence.place, evidence.text), ("S1!E11", "2.125"))
        self.assertEqual(evidence.reader, "spreadsheet")

    def test_cover_sheet_belongs_to_the_items(self):
        cover, items = FORM[:8], [["Purchase Order"], *FORM[8:]]
        order = self.read(xlsx(cover, items))
        self.assertEqual(order.number, "PO-77")
        self.assertEqual(len(order.lines), 2)
        self.assertEqual(order.evidence["lines.0.quantity"].place, "S2!E3")

    def test_an_order_on_each_sheet(self):
        second = [list(row) for row in FORM]
        second[2][1] = "PO-78"
        orders = self.read_all(xlsx(FORM, second))
        self.assertEqual([order.number for order in orders], ["PO-77", "PO-78"])

    def test_a_table_goes_on_on_the_next_sheet(self):
        order = self.read(xlsx(FORM[:10], [FORM[8], *FORM[10:]]))
        self.assertEqual((order.number, len(order.lines)), ("PO-77", 2))
        self.assertEqual(order.amount_untaxed, Decimal("89.39"))
        self.assertEqual(order.evidence["lines.1.quantity"].place, "S2!E2")

    def test_bare_lists_on_two_sheets_are_two_orders(self):
        bare = FORM[8:]
        self.assertEqual(len(self.read_all(xlsx(bare, bare))), 2)

    def test_a_column_may_repeat_who_orders(self):
        rows = [
            ["PO number", "Order date", "Purchaser", "Our item no.", "Description", "Qty", "Price"],
            ["77001", "2026-03-01", "Buyer Works Ltd", "K-1", "Hex bolt", "10", "1.50"],
            ["77001", "2026-03-01", "Buyer Works Ltd", "K-2", "Washer", "20", "0.50"],
        ]
        order = self.read(csv("\n".join(";".join(row) for row in rows)))
        self.assertEqual((order.number, order.partner.name), ("77001", "Buyer Works Ltd"))
        self.assertEqual(len(order.lines), 2)

    def test_files_that_repeat_the_order_on_every_row(self):
        first, second = self.read_all(csv(FLAT))
        self.assertEqual((first.number, second.number), ("77001", "77002"))
        self.assertEqual(first.order_date, datetime.date(2026, 3, 1))
        self.assertEqual(
            rows(first),
            [("N-1", 1200, "EA", Decimal("0.0559")), ("N-2", 5, "kg", Decimal("10.50"))],
        )
        self.assertEqual(rows(second), [("N-3", 7, "EA", Decimal("4.00"))])
        self.assertEqual(first.lines[1].description, "Wire, steel")
        self.assertEqual(second.evidence["lines.0.quantity"].place, "F4")

    def test_files_that_repeat_the_place_of_delivery_in_columns(self):
        heads = "PO Ref,Customer Name,Ship To Name,Ship To Street,Ship To Postcode,Ship To City"
        place = "77001,Buyer Works Ltd,Buyer Works Dock 5,2 Harbour Road,HU1 1AA,Hull"
        rows = [f"{place},N-1,Hex bolt,12", f"{place},N-2,Steel wire,5"]
        text = "\n".join([f"{heads},Product Code,Product Name,Qty Required", *rows])
        order = self.read(csv(text))
        self.assertEqual((order.number, order.partner.name), ("77001", "Buyer Works Ltd"))
        self.assertEqual(
            (order.delivery.name, order.delivery.street, order.delivery.zip, order.delivery.city),
            ("Buyer Works Dock 5", "2 Harbour Road", "HU1 1AA", "Hull"),
        )
        self.assertEqual([line.quantity for line in order.lines], [12, 5])

    def test_a_place_of_delivery_under_the_name_of_a_party(self):
        text = (
            "PO Number;Deliver To;Deliver Street;Deliver Town;Deliver Postcode;Your code;Qty\n"
            "77;Buyer Works Ltd, Yard 2;Alton Road;Ross-on-Wye;HR9 5NB;N-1;12\n"
            "77;Buyer Works Ltd, Yard 2;Alton Road;Ross-on-Wye;HR9 5NB;N-2;6\n"
        )
        delivery = self.read(csv(text)).delivery
        self.assertEqual(delivery.name, "Buyer Works Ltd, Yard 2")
        self.assertEqual((delivery.zip, delivery.city), ("HR9 5NB", "Ross-on-Wye"))

    def test_the_address_of_a_party_in_cells_of_its_own(self):
        head = "Nota de encomenda;E26/0763\nCliente;Ria Mansa, S.A.\n"
        address = "Morada;Avenida do Mar, 15;3830-553;Gafanha da Nazaré\n\n"
        rows = "V/ Ref.;Designação;Quant.;Preço unit.\nN-1;Detergente;10;30,71\nN-2;Sal;9;6,88\n"
        partner = self.read(csv(head + address + rows)).partner
        self.assertEqual((partner.name, partner.street), ("Ria Mansa, S.A.", "Avenida do Mar, 15"))
        self.assertEqual((partner.zip, partner.city), ("3830-553", "Gafanha da Nazaré"))

    def test_freight_without_a_code_is_a_charge(self):
        text = "nr;omschrijving;aantal;prijs\nBB-6204;lager 6204;20;3,20\n;verzendkosten;1;7,50\n"
        order = self.read(csv(text))
        self.assertEqual([line.our_code for line in order.lines], ["BB-6204"])
        self.assertEqual([charge.amount for charge in order.charges], [Decimal("7.50")])

    def test_what_the_order_says_once_may_stand_under_the_items(self):
        sheet = [
            ["Buyer Works Ltd"],
            ["2 Harbour Road"],
            ["Hull HU1 1AA"],
            [None],
            ["Supplier part", "Description", "Qty", "Price", "Total"],
            ["N-1", "Hex bolt", 12, 1.5, 18],
            ["N-2", "Steel wire", 5, 2, 10],
            [None],
            ["Order ref", "PO-77"],
            ["Ordered", datetime.date(2026, 3, 1)],
            ["Buyer", "Ann Miller"],
        ]
        order = self.read(xlsx(sheet))
        self.assertEqual((order.number, order.order_date), ("PO-77", datetime.date(2026, 3, 1)))
        self.assertEqual(order.partner.name, "Buyer Works Ltd")

    def test_decimal_commas_in_any_code_page(self):
        for charset in ("utf-8-sig", "cp1252", "cp850", "utf-16"):
            order = self.read(csv(GERMAN, charset))
            self.assertEqual((order.number, order.currency), ("B-2026/9", "EUR"), charset)
            self.assertEqual(order.lines[0].description, "Schweißdraht 1,2 mm")
            self.assertEqual(
                rows(order),
                [
                    ("933-A2", Decimal("30.5"), "kg", Decimal("2.20")),
                    ("934-A4", 1200, "Stk", Decimal("0.05")),
                ],
            )
            self.assertEqual(order.lines[0].discount, 20)
            self.assertEqual(order.lines[1].requested_date, datetime.date(2026, 4, 13))
            self.assertEqual(order.amount_untaxed, Decimal("113.68"))

    def test_sums_directly_below_the_items(self):
        rows_ = [
            ["Purchase Order", "PO-9"],
            ["Bill to", None, "Ship to"],
            ["Buyer Works Ltd", None, "Buyer Works Ltd"],
            ["1 Main Street", None, "5 Harbour Way"],
            ["Leeds LS1 4AB", None, "Hull HU1 2AB"],
            [None],
            ["Line", "SKU", "Product", "Qty", "Unit", "Unit Price", "Amount"],
            [1, "N-1", "Hex bolt", 1200, "pcs", 0.05, 60],
            [2, "N-2", "Nut", 500, "pcs", 0.02, 10],
            [None, None, None, None, None, "Subtotal", 70],
            [None, None, None, None, None, "VAT 20 %", 14],
            [None, None, None, None, None, "Total", 84],
        ]
        order = self.read(xlsx(rows_))
        self.assertEqual(len(order.lines), 2)
        self.assertEqual((order.amount_tax, order.amount_total), (14, 84))
        self.assertEqual(
            (order.number, order.partner.zip, order.delivery.zip), ("PO-9", "LS1 4AB", "HU1 2AB")
        )

    def test_two_bare_columns(self):
        order = self.read(csv("Item,Qty\n933-A2,1200\n934-A4,500\n"))
        self.assertEqual(
            [(line.our_code, line.quantity) for line in order.lines],
            [("933-A2", 1200), ("934-A4", 500)],
        )

    def test_bare_lists(self):
        order = self.read(csv("SKU;Qty\nN-1;5\nN-2;7\nN-3;9\n"))
        self.assertEqual([line.quantity for line in order.lines], [5, 7, 9])
