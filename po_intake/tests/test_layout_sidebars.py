"""Texts in a stripe beside the item table, where letterheads print their particulars."""

from dataclasses import replace

from odoo.tests import BaseCase

from .test_layout import COLUMNS, item, one, page

ROWS = (
    item("10", "A-100", "Bolt M8", "15", "Stk", "2,00", "30,00"),
    item("20", "B-205", "Washer M8", "10", "Stk", "0,50", "5,00"),
    item("30", "C-310", "Nut M8", "4", "Stk", "0,25", "1,00"),
    item("40", "D-410", "Screw M8", "4", "Stk", "0,50", "2,00"),
)
LETTER = (
    [(50, "Alder Works GmbH")],
    None,
    [(50, "Larch Supply GmbH")],
    [(50, "Hafenweg 3")],
    [(50, "23552 Lübeck")],
    None,
    COLUMNS,
    *ROWS,
    None,
    [(380, "Summe netto"), (510, "38,00")],
)
STRIPE = ("Bestellung", None, "Nummer", "26-1044", None, "Datum", "05.03.2026", "Zahlung")
STRIPE += ("30 Tage netto", "Kontakt", "Jana Sommer")
TREES = ("Ahorn", "Buche", "Eiche", "Linde")


def moved(lines, by):
    return [[(x + by, text) for x, text in line or ()] for line in lines]


def stripe(x, texts):
    return [[(x, text)] if text else None for text in texts]


class TestSidebars(BaseCase):
    def beside(self, lines, texts, x, pitch):
        """The order on these lines with a stripe of texts that have another pitch."""
        letter, side = page(*lines), page(*stripe(x, texts), pitch=pitch)
        return one(replace(letter, words=letter.words + side.words))

    def items(self, order):
        return [(line.partner_code, line.description, line.quantity) for line in order.lines]

    def setUp(self):
        super().setUp()
        self.known = self.items(one(page(*LETTER, [(50, "Bestellung 26-1044")])))
        self.assertEqual(len(self.known), len(ROWS))

    def test_a_stripe_on_the_left_is_no_part_of_the_rows(self):
        order = self.beside(moved(LETTER, 100), STRIPE, 20, 14.4)
        self.assertEqual(self.items(order), self.known)
        self.assertEqual(order.number, "26-1044")

    def test_a_stripe_on_the_right_is_no_part_of_the_rows(self):
        order = self.beside(LETTER, STRIPE, 580, 14.4)
        self.assertEqual(self.items(order), self.known)
        self.assertEqual(order.number, "26-1044")

    def test_a_column_under_an_unknown_head_stays_in_its_rows(self):
        texts = ("Bestellung", "26-1044", None, "Holz", "Wald", None, "Zwurb", *TREES)
        lines = [[part for part in line or () if part[0] != 190] for line in LETTER]
        order = self.beside(moved(lines, 100), texts, 20, 14.0)
        self.assertEqual([line.description for line in order.lines], list(TREES))
