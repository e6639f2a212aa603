"""What an item prints besides its row of figures, and columns that hold two things."""

from decimal import Decimal

from odoo.tests import BaseCase

from .test_layout import COLUMNS, HEAD, one, page
from .test_layout_variants import ITEM, OTHER_ITEM, renamed


def order(columns, *rows):
    return one(page(*HEAD, columns, *rows))


class TestCodesInOneColumn(BaseCase):
    def test_two_heads_over_each_other_name_two_codes(self):
        columns = [(90, "Réf. article"), (190, "Désignation"), (350, "Qté"), (395, "PU")]
        columns = [*columns, (510, "Montant")]
        rows = [
            [(90, "CV-67578"), (190, "Fil à souder"), (365, "6"), (395, "3,14"), (515, "18,84")],
            [(90, "L-155")],
            [(90, "CV-30811"), (190, "Étiquettes"), (360, "60"), (395, "8,41"), (510, "504,60")],
            [(90, "L-384")],
        ]
        document = order(columns, [(90, "Votre référence")], *rows)
        self.assertEqual(
            [(line.partner_code, line.our_code) for line in document.lines],
            [("CV-67578", "L-155"), ("CV-30811", "L-384")],
        )

    def test_one_code_may_have_a_head_of_two_lines(self):
        columns = [(x, "Product" if "Art" in text else text) for x, text in renamed()]
        document = order(columns, [(90, "Code")], ITEM, OTHER_ITEM)
        codes = [line.our_code or line.partner_code for line in document.lines]
        self.assertEqual(codes, ["10-4711", "10-4712"])

    def test_names_stand_under_codes_as_their_heads_do(self):
        columns = [(50, "Pos"), (90, "Materiaal"), (300, "Aantal"), (395, "Prijs"), (510, "Bedrag")]
        rows = [
            [(50, "1"), (90, "R-4711"), (300, "6"), (395, "3,00"), (515, "18,00")],
            [(90, "M8x30")],
            [(90, "Uw artikelnummer:"), (300, "L-155")],
            [(50, "2"), (90, "R-4712"), (300, "5"), (395, "2,00"), (515, "10,00")],
            [(90, "Ringen")],
            [(90, "Uw artikelnummer:"), (300, "L-156")],
        ]
        document = order(columns, [(90, "Omschrijving")], *rows)
        self.assertEqual(
            [(line.partner_code, line.our_code, line.description) for line in document.lines],
            [("R-4711", "L-155", "M8x30"), ("R-4712", "L-156", "Ringen")],
        )

    def test_positions_close_to_codes_are_two_columns(self):
        columns = [(66, "LINE ITEM"), *renamed()[2:]]
        row, other = ([(66, pos), (80, code)] for pos, code in (("10", "P17377"), ("20", "D8472")))
        document = order(columns, [*row, *ITEM[2:]], [*other, *OTHER_ITEM[2:]])
        codes = [line.our_code or line.partner_code for line in document.lines]
        self.assertEqual(codes, ["P17377", "D8472"])


class TestCodesOverNames(BaseCase):
    def test_a_code_and_its_revision_stand_over_a_name(self):
        columns = [(50, "Line"), (75, "Part Number / Rev / Description"), (350, "Qty")]
        columns = [*columns, (395, "Price"), (510, "Amount")]
        figures = [(365, "6"), (395, "3.00"), (515, "18.00")]
        rows = []
        for number, name in enumerate(("Hex bolt", "Packing tape"), 1):
            rows += [
                [(50, str(number)), (75, f"41-V51-91{number} Rev A"), *figures],
                [(75, name)],
                [(75, f"Mfg/Supplier part: WE8641{number}")],
            ]
        self.assertEqual(
            [
                (line.partner_code, line.our_code, line.description)
                for line in order(columns, *rows).lines
            ],
            [("41-V51-911", "WE86411", "Hex bolt"), ("41-V51-912", "WE86412", "Packing tape")],
        )

    def test_external_numbers_are_those_of_the_supplier(self):
        columns = [(50, "Item number"), (120, "External"), (190, "Description"), *COLUMNS[3:]]
        rows = [
            [(50, f"MAT-7521{number}"), (120, f"WE8641{number}"), *row[2:]]
            for number, row in enumerate((ITEM, OTHER_ITEM))
        ]
        codes = [(line.partner_code, line.our_code) for line in order(columns, *rows).lines]
        self.assertEqual(codes, [("MAT-75210", "WE86410"), ("MAT-75211", "WE86411")])


class TestCodesInNames(BaseCase):
    COLUMNS = ((50, "Bezeichnung"), (350, "Menge"), (395, "Preis"), (510, "Betrag"))

    def read(self, *names):
        figures = [(365, "6 St"), (395, "3,00"), (515, "18,00")]
        document = order(list(self.COLUMNS), *([(50, name), *figures] for name in names))
        return [(line.our_code, line.description) for line in document.lines]

    def test_every_name_begins_or_ends_with_a_code(self):
        wanted = [("WE55379", "Klebeband 48x100"), ("WE22649-B", "Kabel 3G2,5")]
        in_front = self.read("WE55379 - Klebeband 48x100", "WE22649-B - Kabel 3G2,5")
        self.assertEqual(in_front, wanted)
        behind = self.read("Klebeband 48x100 (WE55379)", "Kabel 3G2,5 (WE22649-B)")
        self.assertEqual(behind, wanted)

    def test_what_not_all_names_have_is_no_code(self):
        for names in (
            ("DIN933 - Schraube M8", "Kabel 3G2,5"),
            ("Handschuh Gr. 9 (EN388)", "Handschuh Gr. 10 (EN388)"),
            ("Lack weiß (RAL9010)", "Schraube M8 (DIN933)"),
        ):
            self.assertEqual(self.read(*names), [(None, name) for name in names])


class TestLinesUnderItems(BaseCase):
    def test_prices_name_units_and_how_many(self):
        rows = [
            [(50, "1"), (90, "R-4711"), *ITEM[3:5], (412, "50,00 / 100 Beutel"), ITEM[-1]],
            [(50, "2"), (90, "R-4712"), *OTHER_ITEM[3:5], (417, "0,20 / 1 Beutel"), OTHER_ITEM[-1]],
        ]
        columns = [head for head in renamed() if head[1] != "Bezeichnung"]
        document = order(columns, *rows)
        prices = [line.price_unit for line in document.lines]
        self.assertEqual(prices, [Decimal("0.5"), Decimal("0.2")])

    def test_how_many_a_price_is_for_stands_under_it(self):
        rows = [[*ITEM[:5], (455, "500,00"), ITEM[-1]], [(190, "blank"), (440, "per 1.000 St")]]
        document = order(renamed(), *rows, OTHER_ITEM)
        self.assertEqual(
            [line.price_unit for line in document.lines], [Decimal("0.5"), Decimal("0.2")]
        )

    def test_a_discount_has_a_line_of_its_own(self):
        for text in ("./. 10 % Rabatt", "Nachlass in % 10,00-", "Less 10 % discount", "Remise 10%"):
            with self.subTest(text=text):
                document = order(
                    renamed(),
                    [*ITEM[:-1], (520, "90,00")],
                    [(190, text)],
                    [*OTHER_ITEM[:-1], (520, "18,00")],
                    [(190, text)],
                    None,
                    [(400, "Summe netto"), (510, "108,00")],
                )
                self.assertEqual([line.discount for line in document.lines], [10, 10])
                self.assertEqual(document.lines[0].description, "Sechskantschraube M8x30")

    def test_a_discount_of_the_order_has_an_amount(self):
        total = [(400, "Summe netto"), (510, "108,00")]
        rows = ITEM, OTHER_ITEM, [(190, "10 % Rabatt"), (515, "-12,00")], total
        document = order(renamed(), *rows)
        self.assertEqual([line.discount for line in document.lines], [None, None])
        self.assertEqual(document.charges[0].amount, Decimal("-12.00"))

    def test_units_may_stand_in_front_of_quantities(self):
        columns = [head for head in renamed() if head[1] != "ME"]
        rows = [
            [*ITEM[:3], (348, "Karton 200"), *ITEM[5:]],
            [(190, "Liefertermin 18.03.2026 - Ihre Nr. L155")],
            [*OTHER_ITEM[:3], (365, "M 100"), *OTHER_ITEM[5:]],
        ]
        document = order(columns, *rows)
        self.assertEqual(
            [(line.quantity, line.uom) for line in document.lines], [(200, "Karton"), (100, "M")]
        )
        self.assertEqual(document.lines[0].our_code, "L155")
        self.assertEqual(document.lines[0].description, "Sechskantschraube M8x30")


class TestBoxesOfOrders(BaseCase):
    def test_the_title_over_the_number_beside_other_boxes_heads_no_items(self):
        boxes = [
            [(50, "BON DE COMMANDE"), (160, "DATE"), (230, "QTÉ COLIS"), (320, "CODE CLIENT")],
            [(50, "BC/26/2072"), (160, "05.03.2026"), (230, "12"), (320, "09866")],
            None,
        ]
        document = one(page(*HEAD[:2], *HEAD[4:], *boxes, renamed(), ITEM, OTHER_ITEM))
        self.assertEqual((document.number, len(document.lines)), ("BC/26/2072", 2))

    def test_names_of_sums_beside_rates_head_no_items(self):
        sums = [
            [(50, "Imponibile"), (200, "% IVA"), (300, "Totale IVA"), (420, "Totale ordine EUR")],
            [(50, "120,00"), (200, "22,00"), (300, "26,40"), (420, "146,40")],
        ]
        document = order(renamed(), ITEM, OTHER_ITEM, None, *sums)
        self.assertEqual(document.amount_total, Decimal("146.40"))
        self.assertEqual(len(document.lines), 2)
