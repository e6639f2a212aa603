"""Habits of the programs that print orders: what stands where, and under which name."""

from decimal import Decimal

from odoo.tests import BaseCase

from .test_layout import COLUMNS, HEAD, item, one, page
from .test_layout_variants import ITEM, OTHER_ITEM, renamed

SUM = [(400, "Summe netto"), (510, "120,00")]


def order(*lines, head=HEAD):
    """A usual order with other lines under its items."""
    return one(page(*head, COLUMNS, ITEM, OTHER_ITEM, None, *lines))


class TestNamesOfSums(BaseCase):
    def test_rates_and_currencies_are_no_part_of_a_name(self):
        document = order(
            [(380, "Total EUR ohne MwSt."), (510, "120,00")],
            [(380, "zzgl. 19,00 % USt."), (515, "22,80")],
            [(380, "Total EUR inkl. MwSt."), (510, "142,80")],
        )
        self.assertEqual(document.amount_untaxed, Decimal("120.00"))
        self.assertEqual(document.amount_tax, Decimal("22.80"))
        self.assertEqual(document.amount_total, Decimal("142.80"))

    def test_thousands_may_be_parted_by_narrow_blanks(self):
        document = order(
            [(380, "Total HT"), (500, "14\u202f837,08 zł")],
            [(380, "TVA 20 %"), (500, "2\u202f967,42 zł")],
            [(380, "Total TTC"), (500, "17\u202f804,50 zł")],
        )
        self.assertEqual(document.amount_untaxed, Decimal("14837.08"))
        self.assertEqual(document.amount_total, Decimal("17804.50"))
        self.assertEqual(document.currency, "PLN")

    def test_all_sums_may_stand_in_one_sentence(self):
        text = "Summe netto EUR 120,00, zzgl. 19 % MwSt. 22,80, gesamt EUR 142,80"
        document = order([(50, text)])
        self.assertEqual(document.amount_untaxed, Decimal("120.00"))
        self.assertEqual(document.amount_tax, Decimal("22.80"))
        self.assertEqual(document.amount_total, Decimal("142.80"))

    def test_names_in_a_row_over_their_amounts_are_no_item_table(self):
        document = order(
            [(50, "Nettobetrag"), (200, "MwSt."), (350, "Gesamtbetrag")],
            [(50, "120,00"), (200, "22,80"), (350, "142,80")],
        )
        self.assertEqual(len(document.lines), 2)
        self.assertEqual(document.amount_total, Decimal("142.80"))

    def test_a_delivery_date_under_the_last_item_is_no_charge(self):
        lines = [[(190, "Liefertermin: Tag 18.03.2026")], None, SUM]
        document = one(page(*HEAD, COLUMNS, ITEM, OTHER_ITEM, *lines))
        self.assertEqual(str(document.lines[1].requested_date), "2026-03-18")
        self.assertEqual(document.amount_untaxed, Decimal("120.00"))


class TestTables(BaseCase):
    def test_numbers_may_stand_nearer_to_the_next_head_than_to_their_own(self):
        columns = [
            (50, "Pos."),
            (90, "Bezeichnung"),
            (300, "Menge"),
            (350, "Preis"),
            (430, "Summe"),
        ]
        rows = [
            [(50, "1"), (90, "Gewebeband 50 mm"), (300, "40"), (400, "5,15"), (500, "206,00")],
            [(50, "2"), (90, "Kabelbinder 290"), (300, "10"), (400, "6,35"), (505, "63,50")],
        ]
        document = one(page(*HEAD, columns, *rows, None, [(400, "Summe netto"), (510, "269,50")]))
        self.assertEqual(
            [(line.price_unit, line.price_subtotal) for line in document.lines],
            [(Decimal("5.15"), Decimal("206.00")), (Decimal("6.35"), Decimal("63.50"))],
        )

    def test_codes_of_digits_are_no_positions(self):
        columns = [(50, "Nr."), *COLUMNS[2:]]
        rows = [[(50, "4066.31"), *ITEM[2:]], [(50, "1854.67"), *OTHER_ITEM[2:]]]
        document = one(page(*HEAD, columns, *rows, None, SUM))
        codes = [line.our_code or line.partner_code for line in document.lines]
        self.assertEqual(codes, ["4066.31", "1854.67"])

    def test_product_beside_description_heads_codes(self):
        columns = [(x, "Produkt" if "Art" in text else text) for x, text in COLUMNS]
        document = one(page(*HEAD, columns, ITEM, OTHER_ITEM, None, SUM))
        self.assertEqual(document.lines[0].description, "Sechskantschraube M8x30")
        self.assertIn("10-4711", (document.lines[0].our_code, document.lines[0].partner_code))

    def test_deliveries_of_an_item_are_no_items(self):
        schedule = [(90, "1"), (190, "18.03.2026"), (365, "200"), (395, "St")]
        document = one(page(*HEAD, COLUMNS, ITEM, schedule, OTHER_ITEM, None, SUM))
        self.assertEqual([line.partner_code for line in document.lines], ["10-4711", "10-4712"])
        self.assertEqual(str(document.lines[0].requested_date), "2026-03-18")

    def test_a_unit_under_the_quantity_belongs_to_it(self):
        columns = [head for head in COLUMNS if head[1] != "ME"]
        rows = [[cell for cell in row if cell[1] != "St"] for row in (ITEM, OTHER_ITEM)]
        document = one(page(*HEAD, columns, rows[0], [(365, "St")], rows[1], [(365, "St")]))
        self.assertEqual([line.uom for line in document.lines], ["St", "St"])

    def test_names_may_stand_under_codes_without_a_column_of_their_own(self):
        columns = [(50, "Pos."), (90, "Artikel"), *COLUMNS[3:]]
        rows = []
        for pos, *cells in (ITEM, OTHER_ITEM):
            code, name, *figures = (text for _x, text in cells)
            places = [x for x, _text in cells][2:]
            rows += [[pos, (90, code), *zip(places, figures)], [(90, name)]]
        document = one(page(*HEAD, columns, *rows, None, SUM))
        self.assertEqual(
            [line.description for line in document.lines],
            ["Sechskantschraube M8x30", "Scheibe M8 verzinkt"],
        )


class TestHead(BaseCase):
    def head(self, *lines, title="Bestellung"):
        sender = [[(50, "Alder Works GmbH"), (380, title)], [(50, "Ringstraße 7")]]
        return [*sender, [(50, "73230 Kirchheim")], None, *lines, None]

    def test_a_series_in_front_of_a_number_is_part_of_it(self):
        head = self.head([(50, "Bestellnummer: ZD 118/05/2026")])
        self.assertEqual(order(SUM, head=head).number, "ZD 118/05/2026")

    def test_labels_beside_each_other_have_their_values_below(self):
        head = self.head(
            [(50, "Bestellnummer"), (170, "Zahlungsbedingungen"), (300, "Versand durch Haus")],
            [(50, "26-1044"), (170, "30 Tage netto"), (300, "Spedition")],
        )
        document = order(SUM, head=head)
        self.assertEqual((document.number, document.payment_terms), ("26-1044", "30 Tage netto"))

    def test_the_revision_may_stand_in_the_title(self):
        head = self.head([(50, "Bestelldatum: 05.03.2026")], title="Bestellung 26-1044, Revision 2")
        document = order(SUM, head=head)
        self.assertEqual((document.number, document.revision), ("26-1044", "2"))

    def test_heads_may_be_all_that_names_the_currency(self):
        columns = renamed(Einzelpreis="Preis (NOK)", Gesamt="Summe (NOK)")
        document = one(page(*HEAD, columns, ITEM, OTHER_ITEM, None, SUM))
        self.assertEqual(document.currency, "NOK")

    def test_a_place_of_delivery_in_one_line_without_a_company(self):
        line = [(50, "Lieferadresse: Zentrallager Nord, Kaistr. 9, 23560 Lübeck")]
        delivery = order(SUM, head=self.head(line)).delivery
        self.assertEqual(
            (delivery.name, delivery.street, delivery.city),
            ("Zentrallager Nord", "Kaistr. 9", "Lübeck"),
        )

    def test_the_sellers_own_address_is_no_place_of_delivery(self):
        lines = [(50, "Empfänger"), (50, "Larch Supply GmbH"), (50, "Hafenweg 3")]
        head = self.head(*[[line] for line in lines], [(50, "23552 Lübeck")])
        self.assertIsNone(order(SUM, head=head).delivery.name)

    def test_a_bare_telephone_number_under_the_address(self):
        head = [
            [(50, "Alder Works GmbH"), (380, "Bestellung 26-1044")],
            [(50, "Ringstraße 7")],
            [(50, "73230 Kirchheim")],
            [(50, "07021 3408-0")],
            None,
        ]
        self.assertEqual(order(SUM, head=head).partner.phone, "07021 3408-0")

    def test_a_date_may_run_over_two_lines_and_no_other_is_taken_for_it(self):
        wrapped = [(50, "Bestelldatum:"), (150, "26. September")], [(150, "2026")]
        due = [(50, "Liefertermin:"), (150, "21.10.2026")]
        head = self.head(*wrapped, [(50, "Bestellnummer: 26-1044")], due)
        document = order(SUM, head=head)
        self.assertEqual(str(document.order_date), "2026-09-26")
        self.assertEqual(str(document.requested_date), "2026-10-21")
        head = self.head([(50, "Bestellnummer: 26-1044")], due)
        self.assertIsNone(order(SUM, head=head).order_date)

    def test_a_date_under_an_unknown_name_is_not_the_day_of_the_order(self):
        for cells in ([(50, "Freigabe Ofen:"), (150, "21.10.2026")], [(50, "Ofen: 21.10.2026")]):
            head = self.head([(50, "Bestellnummer: 26-1044")], cells)
            self.assertIsNone(order(SUM, head=head).order_date)

    def test_a_dutch_postcode_keeps_its_letters(self):
        lines = ["Veen Techniek B.V.", "Industrieweg 23", "8263 AB Kampen"]
        head = [[(50, line)] for line in lines] + [None, [(50, "Bestellung 26-1044")], None]
        self.assertEqual(order(SUM, head=head).partner.zip, "8263 AB")

    def test_a_postcode_in_a_line_of_its_own_belongs_to_the_town_above(self):
        lines = ["Whitcombe Engineering Ltd", "12 Quay Street", "Bristol", "BS4 5NQ"]
        head = [[(50, line)] for line in lines] + [None, [(50, "Bestellung 26-1044")], None]
        partner = order(SUM, head=head).partner
        self.assertEqual((partner.street, partner.zip), ("12 Quay Street", "BS4 5NQ"))
        self.assertEqual(partner.city, "Bristol")


class TestItemsInCells(BaseCase):
    def test_a_unit_in_brackets_behind_the_quantity(self):
        columns = [head for head in COLUMNS if head[1] != "ME"]
        row = item("1", "10-4711", "Sechskantschraube M8x30", "200 (St)", "", "0,50", "100,00")
        row = [cell for cell in row if cell[1]]
        (line,) = one(page(*HEAD, columns, row, None, [(400, "Netto"), (510, "100,00")])).lines
        self.assertEqual((line.quantity, line.uom), (200, "St"))

    def test_a_sign_of_multiplication_behind_the_quantity(self):
        columns = [head for head in COLUMNS if head[1] != "ME"]
        row = item("1", "10-4711", "Sechskantschraube M8x30", "200 \u00d7", "", "0,50", "100,00")
        row = [cell for cell in row if cell[1]]
        (line,) = one(page(*HEAD, columns, row, None, [(400, "Netto"), (510, "100,00")])).lines
        self.assertEqual((line.quantity, line.uom), (200, None))


class TestTouchingHeads(BaseCase):
    def test_a_code_and_a_name_are_two_columns_where_the_rows_show_two(self):
        columns = [(50, "#"), (90, "Artikelnr."), (142.5, "Bezeichnung"), *COLUMNS[3:]]
        rows = [
            [(142.5, text) if x == 190 else (x, text) for x, text in row]
            for row in (ITEM, OTHER_ITEM)
        ]
        document = one(page(*HEAD, columns, *rows, None, SUM))
        codes = [line.our_code or line.partner_code for line in document.lines]
        self.assertEqual(codes, ["10-4711", "10-4712"])
        self.assertEqual(document.lines[0].description, "Sechskantschraube M8x30")

    def test_of_code_and_article_the_article_may_be_the_name(self):
        columns = [(x, {90: "Code", 190: "Artikel"}.get(x, text)) for x, text in COLUMNS]
        document = one(page(*HEAD, columns, ITEM, OTHER_ITEM, None, SUM))
        self.assertEqual(document.lines[0].description, "Sechskantschraube M8x30")

    def test_a_gross_price_repeated_above_the_discount_belongs_to_it(self):
        rows = [
            [(190, "Bruttopreis"), (515, "100,00")],
            [(190, "Rabatt"), (430, "5,00- %"), (520, "5,00-")],
            [(190, "Nettopreis"), (520, "95,00")],
        ]
        sums = [(400, "Summe netto"), (510, "115,00")]
        document = one(page(*HEAD, COLUMNS, ITEM, *rows, OTHER_ITEM, None, sums))
        self.assertEqual(
            [(line.discount, line.price_subtotal) for line in document.lines],
            [(Decimal("5"), Decimal("95.00")), (None, Decimal("20.00"))],
        )

    def test_an_american_address_without_a_currency_writes_the_month_first(self):
        head = [
            [(50, "Blue Mesa Robotics Inc.")],
            [(50, "1875 Sierra Vista Dr")],
            [(50, "Boulder, CO 80301")],
            None,
            [(50, "PURCHASE ORDER NO: BM-0417"), (380, "DATE: 05/08/2026")],
            None,
        ]
        columns = [(50, "LN"), (90, "ITEM NO"), (190, "DESCRIPTION"), (350, "QTY"), (395, "UM")]
        columns += [(430, "UNIT COST"), (510, "TOTAL")]
        row = item("1", "10-4711", "Hex bolt M8x30", "200", "EA", "0.50", "100.00")
        document = one(page(*head, columns, row, None, [(400, "TOTAL:"), (510, "100.00")]))
        self.assertEqual(str(document.order_date), "2026-05-08")
