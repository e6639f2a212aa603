"""Sums and discounts: rates in their names, sums carried forward, prices for a hundred."""

from decimal import Decimal

from odoo.tests import BaseCase

from .test_layout import COLUMNS, HEAD, LETTER, item, one, page

BOLT = item("10", "A-100", "Bolt M8", "15", "Stk", "2,00", "30,00")
WASHER = item("20", "A-200", "Washer M8", "10", "Stk", "0,50", "5,00")
NUT = item("30", "A-300", "Nut M8", "10", "Stk", "1,50", "15,00")


def amount_row(text, amount):
    return [(190, text), (545 - LETTER * len(amount), amount)]


def total(text, amount):
    return [(380, text), (545 - LETTER * len(amount), amount)]


class TestSums(BaseCase):
    def test_a_rate_in_the_name_of_the_tax(self):
        sums = (total("Summe netto", "35,00"), total("zzgl. 19 % MwSt.", "6,65"))
        order = one(page(*HEAD, COLUMNS, BOLT, WASHER, None, *sums, total("Gesamtbetrag", "41,65")))
        self.assertEqual(order.amount_tax, Decimal("6.65"))
        self.assertEqual(order.amount_total, Decimal("41.65"))

    def test_the_total_under_its_swiss_name(self):
        sums = (total("Summe netto", "35,00"), total("zzgl. 19 % MwSt.", "6,65"))
        order = one(page(*HEAD, COLUMNS, BOLT, WASHER, None, *sums, total("Gesamttotal", "41,65")))
        self.assertEqual(order.amount_total, Decimal("41.65"))

    def test_a_total_that_no_tax_explains_is_not_trusted(self):
        sums = (total("Summe netto", "35,00"), total("Gesamtbetrag", "57,30"))
        order = one(page(*HEAD, COLUMNS, BOLT, WASHER, None, *sums))
        self.assertIsNone(order.amount_tax)
        self.assertLess(order.confidence, 0.95)

    def test_a_sentence_names_the_sum(self):
        for sentence in (
            "Der Gesamtwert dieser Bestellung beträgt 35,00 EUR zuzüglich 19 % MwSt.",
            "Bestellwert 35,00 EUR netto",
        ):
            order = one(page(*HEAD, COLUMNS, BOLT, WASHER, None, None, [(50, sentence)]))
            self.assertEqual(order.amount_untaxed, Decimal("35.00"), sentence)
            self.assertIsNone(order.amount_total)

    def test_sums_of_groups_are_no_items(self):
        rows = (BOLT, WASHER, amount_row("Summe Los A", "35,00"))
        rows += (NUT, amount_row("Summe Los B", "15,00"))
        order = one(page(*HEAD, COLUMNS, *rows, None, total("Summe netto", "50,00")))
        self.assertEqual([line.description for line in order.lines[:1]], ["Bolt M8"])
        self.assertEqual(len(order.lines), 3)
        self.assertFalse(order.charges)
        self.assertGreaterEqual(order.confidence, 0.95)

    def test_a_sum_carried_forward_under_the_name_of_a_charge(self):
        carried = amount_row("Transport", "35,00")
        order = one(
            page(*HEAD, COLUMNS, BOLT, WASHER, carried),
            page(COLUMNS, carried, NUT, None, total("Summe netto", "50,00"), number=2),
        )
        self.assertEqual(len(order.lines), 3)
        self.assertFalse(order.charges)

    def test_the_total_above_free_goods_is_the_total(self):
        free = item("30", "A-300", "Nut M8", "10", "Stk", "0,00", "0,00")
        order = one(page(*HEAD, COLUMNS, BOLT, WASHER, free, None, total("Summe", "35,00")))
        self.assertEqual(order.amount_total, Decimal("35.00"))

    def test_freight_as_dear_as_the_only_item_stays_a_charge(self):
        rows = (NUT, amount_row("Fracht", "15,00"))
        order = one(page(*HEAD, COLUMNS, *rows, None, total("Summe netto", "30,00")))
        self.assertEqual([charge.amount for charge in order.charges], [Decimal("15.00")])

    def test_a_charge_that_no_list_knows(self):
        sums = (total("Energiezulage Q3", "4,10"), total("Summe netto", "54,10"))
        order = one(page(*HEAD, COLUMNS, BOLT, WASHER, NUT, None, *sums))
        self.assertEqual([charge.amount for charge in order.charges], [Decimal("4.10")])
        self.assertEqual(order.charges[0].description, "Energiezulage Q3")
        self.assertGreaterEqual(order.confidence, 0.95)

    def test_a_charge_that_no_list_knows_among_the_items(self):
        rows = (BOLT, WASHER, amount_row("Kranpauschale", "9,00"))
        order = one(page(*HEAD, COLUMNS, *rows, None, total("Summe netto", "44,00")))
        self.assertEqual(len(order.lines), 2)
        self.assertEqual([charge.amount for charge in order.charges], [Decimal("9.00")])

    def test_a_row_that_proves_nothing_is_no_charge(self):
        sums = (total("Letzter Umsatz", "4,10"), total("Summe netto", "52,00"))
        order = one(page(*HEAD, COLUMNS, BOLT, WASHER, None, *sums))
        self.assertFalse(order.charges)
        self.assertLess(order.confidence, 0.5)

    def test_a_lone_subtotal_is_the_net_total(self):
        order = one(page(*HEAD, COLUMNS, BOLT, WASHER, None, total("Zwischensumme", "35,00")))
        self.assertEqual(order.amount_untaxed, Decimal("35.00"))

    def test_the_subtotal_that_is_taxed_is_the_net_total(self):
        sums = (total("Warenwert", "35,00"), total("Fracht", "5,00"))
        sums += (total("Zwischensumme", "40,00"), total("USt. 19 %", "7,60"))
        order = one(page(*HEAD, COLUMNS, BOLT, WASHER, None, *sums, total("Gesamtbetrag", "47,60")))
        self.assertEqual(order.amount_untaxed, Decimal("40.00"))


class TestPrices(BaseCase):
    def test_the_unit_says_for_how_many_the_price_is(self):
        row = item("10", "A-100", "Bolt M8", "500", "100 St", "12,00", "60,00")
        order = one(page(*HEAD, COLUMNS, row, WASHER))
        self.assertEqual(order.lines[0].price_unit, Decimal("0.12"))
        self.assertEqual((order.lines[0].quantity, order.lines[0].uom), (500, "St"))

    def test_a_pack_of_a_hundred_is_no_price_for_a_hundred(self):
        row = item("10", "A-100", "Bolt M8", "5", "100 St", "12,00", "60,00")
        order = one(page(*HEAD, COLUMNS, row, WASHER))
        self.assertEqual(order.lines[0].price_unit, Decimal("12.00"))

    def test_amounts_at_the_right_ends_of_boxes_under_their_names(self):
        names = [(50, "Resa"), (150, "Totale imponibile"), (280, "Totale imposta"), (400, "TOTALE")]
        amounts = [(90, "Porto franco"), (250, "35,00"), (370, "7,70"), (515, "42,70")]
        order = one(page(*HEAD, COLUMNS, BOLT, WASHER, None, None, names, amounts))
        self.assertEqual(order.amount_untaxed, Decimal("35.00"))
        self.assertEqual(order.amount_tax, Decimal("7.70"))
        self.assertEqual(order.amount_total, Decimal("42.70"))


class TestDiscounts(BaseCase):
    def columns(self, *names):
        return [*COLUMNS[:5], (430, "Preis"), *names, (515, "Gesamt")]

    def row(self, quantity, price, *discounts, amount):
        cells = [(50, "10"), (90, "A-100"), (190, "Bolt M8"), (350, quantity), (395, "St")]
        return [*cells, (430, price), *discounts, (545 - LETTER * len(amount), amount)]

    def test_two_discounts_in_two_columns(self):
        head = self.columns((462, "Rab.1"), (490, "Rab.2"))
        row = self.row("10", "10,00", (462, "20"), (490, "3"), amount="77,60")
        order = one(page(*HEAD, head, row, None, total("Summe netto", "77,60")))
        self.assertEqual(order.lines[0].discount, Decimal("22.4"))
        self.assertGreaterEqual(order.confidence, 0.95)

    def test_an_amount_above_a_hundred(self):
        head = self.columns((470, "Rabatt"))
        row = self.row("100", "50,00", (470, "250,00"), amount="4.750,00")
        order = one(page(*HEAD, head, row, None, total("Summe netto", "4.750,00")))
        self.assertEqual(order.lines[0].discount, 5)
