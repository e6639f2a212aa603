import io
from decimal import Decimal

from odoo.tests import BaseCase

from ..extraction.reader import Hints
from ..extraction.readers.spreadsheet import SpreadsheetReader
from ..extraction.source import Source


def book(*sheets, edit=None):
    import openpyxl

    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    if edit:
        edit(made)
    data = io.BytesIO()
    made.save(data)
    return Source("order.xlsx", data.getvalue())


HEAD = ["Item no.", "Description", "Qty", "Unit", "Price"]


class TestWorksheets(BaseCase):
    """Habits of people who order in Excel."""

    def read(self, source):
        (document,) = SpreadsheetReader().read(source, Hints())
        return document

    def items(self, source):
        return [(line.our_code, line.quantity) for line in self.read(source).lines]

    def test_only_rows_with_a_quantity_are_ordered(self):
        rows = [
            ["Order form 2026"],
            ["Order no.:", "OF-118"],
            [],
            ["Item no.", "Description", "Stock level", "Price", "Qty"],
            ["AB-10", "Bearing 10", 500, 3.2, 20],
            ["AB-11", "Bearing 11", 80, 4.1, 0],
            ["AB-12", "Bearing 12", 80, 4.1, None],
            ["AB-13", "Bearing 13", 80, 4.5, 7],
        ]
        source = book(("Order", rows))
        self.assertEqual(self.items(source), [("AB-10", 20), ("AB-13", 7)])
        self.assertEqual(self.read(source).number, "OF-118")

    def test_blank_rows_headings_and_repeated_heads(self):
        rows = [
            ["PO number", "PO-882"],
            [],
            HEAD,
            ["AB-10", "Bearing 10", 20, "pcs", 3.2],
            [],
            ["Seals"],
            HEAD,
            ["OR-14", "O-ring 14", 100, "pcs", 0.45],
            [None, None, None, "Total", 109],
        ]
        order = self.read(book(("Order", rows)))
        self.assertEqual(
            [(line.our_code, line.description, line.quantity) for line in order.lines],
            [("AB-10", "Bearing 10", 20), ("OR-14", "O-ring 14", 100)],
        )
        self.assertIn(Decimal(109), (order.amount_untaxed, order.amount_total))

    def test_what_excel_hides_is_not_ordered(self):
        def hide(made):
            made["Order"].row_dimensions[3].hidden = True
            made["Order"].column_dimensions["D"].hidden = True

        rows = [
            ["Item no.", "Description", "Qty", "Price"],
            ["AB-10", "Bearing", 20, 9],
            ["AB-11", "Old", 999, 9],
        ]
        order = self.read(book(("Order", rows), edit=hide))
        self.assertEqual(
            [(line.our_code, line.price_unit) for line in order.lines], [("AB-10", None)]
        )

    def test_the_number_that_a_customer_writes_on_a_vendors_form(self):
        for label in ("Your order number:", "No.:"):
            rows = [
                ["Purchase order"],
                [label, "DW-88"],
                [],
                HEAD,
                ["AB-10", "Ring", 20, "pcs", 3.2],
            ]
            self.assertEqual(self.read(book(("Order", rows))).number, "DW-88", label)

    def test_sheets_of_prose_say_nothing(self):
        rows = [["Purchase order", "PO-7741"], [], HEAD, ["AB-10", "Bearing", 20, "pcs", 3.2]]
        source = book(("Instructions", [["How to order"], ["Min. order: 50 EUR"]]), ("Order", rows))
        self.assertEqual(self.read(source).number, "PO-7741")

    def test_codes_and_quantities_without_any_head(self):
        source = Source("order.csv", b"AB-6204;20;pcs\nOR-0143;100;pcs\nAB-6305;7;pcs\n")
        self.assertEqual(self.items(source), [("AB-6204", 20), ("OR-0143", 100), ("AB-6305", 7)])
        prices = Source("prices.csv", b"AB-6204;3,20\nOR-0143;0,45\nAB-6305;4,10\n")
        self.assertEqual(self.items(prices), [])

    def test_an_address_in_merged_cells_with_a_label_for_each_part(self):
        rows = [
            ["Purchase order", None, None, None, "Order no.", "OF-118"],
            ["Company", None, "Alder Works Ltd", None, "Date", "05/03/2026"],
            ["Address", None, "Unit 4, 12 Mill Lane", None, None, None],
            ["Postcode/City", None, "73230 Kirchheim", None, None, None],
            [],
            HEAD,
            ["AB-10", "Bearing 10", 20, "pcs", 3.2],
        ]
        partner = self.read(book(("Order", rows))).partner
        self.assertEqual(
            (partner.name, partner.street, partner.zip, partner.city),
            ("Alder Works Ltd", "Unit 4, 12 Mill Lane", "73230", "Kirchheim"),
        )

    def test_the_values_beside_labels_head_no_address(self):
        rows = [
            ["Alder Works GmbH"],
            ["Ringstraße 2 · 71701 Schwieberdingen"],
            [],
            ["Bestellung an:", None, None, "Bestellnummer", "AW-26-97"],
            ["Grandval Distribution", None, None, "Bestelldatum", "07.09.2026"],
            ["12 Rue du Parc", None, None, "Kundennummer", "76347"],
            ["L-8399 Windhof", None, None, "Lieferadresse", "Alder Works\nAllee 118\n71665 Enz"],
            [],
            ["Artikelnr.", "Bezeichnung", "Menge", "Einheit", "Einzelpreis"],
            ["AB-10", "Lager 10", 20, "Stück", 3.2],
        ]
        partner = self.read(book(("Bestellung", rows))).partner
        self.assertEqual(
            (partner.name, partner.street, partner.zip),
            ("Alder Works GmbH", "Ringstraße 2", "71701"),
        )

    def test_the_company_stands_above_its_address_and_no_word_says_that_it_orders(self):
        rows = [
            ["Bon de commande", "BDC-26-7"],
            ["Entreprise", "Aulnes Rénovation"],
            ["Adresse", "41 rue du Parc, 54000 Nancy"],
            ["Fournisseur", "Grandval Distribution"],
            ["Livraison à", "Aulnes Rénovation, Chantier Sud, Quai Neuf 14, 54100 Nancy"],
            [],
            ["Référence", "Désignation", "Quantité", "Unité", "Prix unitaire"],
            ["AB-10", "Roulement 10", 20, "pce", 3.2],
        ]
        order = self.read(book(("Commande", rows)))
        self.assertEqual(
            (order.partner.name, order.partner.street, order.partner.zip),
            ("Aulnes Rénovation", "41 rue du Parc", "54000"),
        )
        self.assertEqual(order.delivery.zip, "54100")

    def test_a_repeated_place_of_delivery_may_have_no_name(self):
        place = "Polígono Boroa 2", "48340", "Amorebieta"
        rows = [
            ["Nº pedido", "Código", "Descripción", "Cantidad"],
            ["OF-118", "AB-10", "Bearing 10", 20],
            ["OF-118", "AB-11", "Bearing 11", 5],
        ]
        rows[0] += ["Dirección entrega", "CP entrega", "Población entrega"]
        rows[1:] = [[*row, *place] for row in rows[1:]]
        delivery = self.read(book(("Pedido", rows))).delivery
        self.assertEqual((delivery.street, delivery.zip, delivery.city), place)

    def test_a_whole_address_repeated_in_one_column(self):
        place = "Alder Works Ltd, Hall 2, Am Kanal 22, 26919 Brake"
        rows = [
            ["Order no.", "Deliver to", "Item no.", "Description", "Qty"],
            ["OF-118", place, "AB-10", "Bearing 10", 20],
            ["OF-118", place, "AB-11", "Bearing 11", 5],
        ]
        delivery = self.read(book(("Order", rows))).delivery
        self.assertEqual(
            (delivery.name, delivery.street, delivery.zip),
            ("Alder Works Ltd, Hall 2", "Am Kanal 22", "26919"),
        )
