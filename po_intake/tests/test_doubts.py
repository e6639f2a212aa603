"""Words that no list knows are doubts: nothing contradicts them, so they are looked for."""

from odoo.tests import BaseCase

from .test_layout import COLUMNS, HEAD, LETTER, item, one, page

BOLT = item("10", "A-100", "Bolt M8", "15", "Stk", "2,00", "30,00")
WASHER = item("20", "A-200", "Washer M8", "10", "Stk", "0,50", "5,00")


def total(text, amount):
    return [(380, text), (545 - LETTER * len(amount), amount)]


def under(text):
    return [(190, text)]


class TestDoubts(BaseCase):
    def codes(self, order):
        return {finding.code for finding in order.findings}

    def order(self, *rows):
        return one(page(*HEAD, COLUMNS, *rows))

    def test_an_amount_under_the_items_that_nothing_explains(self):
        net = total("Summe netto", "35,00")
        strange = total("Zwurbel", "41,65")
        sure = self.order(BOLT, WASHER, None, net)
        doubted = self.order(BOLT, WASHER, None, net, None, None, strange)
        self.assertNotIn("sums_unread", self.codes(sure))
        self.assertIn("sums_unread", self.codes(doubted))
        self.assertLess(doubted.confidence, 0.95)

    def test_a_name_that_no_list_knows_in_front_of_the_same_amount(self):
        net = total("Summe netto", "35,00")
        doubted = self.order(BOLT, WASHER, None, net, None, None, total("Zwurbel", "35,00"))
        self.assertIn("sums_unread", self.codes(doubted))

    def test_a_label_under_an_item_that_nobody_knows(self):
        net = total("Summe netto", "35,00")
        known = self.order(BOLT, under("Ihre Artikelnummer: X-4711"), WASHER, None, net)
        doubted = self.order(BOLT, under("Zwurbel: X-4711"), WASHER, None, net)
        self.assertNotIn("unknown_labels", self.codes(known))
        self.assertIn("unknown_labels", self.codes(doubted))
        self.assertLess(doubted.confidence, 0.95)
