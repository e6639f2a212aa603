"""Weeks of delivery, in the head and in the lines."""

from datetime import date

from odoo.tests import BaseCase

from ..extraction.layout.lexicon import months, weeks
from ..extraction.normalize import find_dates
from .test_layout import COLUMNS, HEAD, one, page
from .test_layout_variants import ITEM, OTHER_ITEM

ORDERED = date(2026, 10, 20)


def days(text):
    return [found.value("dmy", ORDERED) for found in find_dates(text, months(), weeks())]


def order(due, *under):
    """A usual order that asks for delivery at this time, with lines under its first item."""
    head = [
        [(x, due if text == "20.03.2026" else text) for x, text in line] if line else None
        for line in HEAD
    ]
    return one(page(*head, COLUMNS, ITEM, *under, OTHER_ITEM))


class TestWeeks(BaseCase):
    def test_ways_to_print_a_week(self):
        printed = (
            "KW 42/2026",
            "week 42 - 2026",
            "42. KW 2026",
            "2026-W42",
            "S42/26",
            "sem. 42 2026",
        )
        for text in printed:
            with self.subTest(text=text):
                self.assertEqual(days(text), [date(2026, 10, 12)])

    def test_a_week_without_its_year_follows_the_order(self):
        self.assertEqual(days("CW 43"), [date(2026, 10, 19)])
        self.assertEqual(days("tydzień 23"), [date(2027, 6, 7)])

    def test_what_is_no_week(self):
        for text in ("KW 60", "Sicherheitsschuh S3 Größe 42", "W 12,5"):
            with self.subTest(text=text):
                self.assertEqual(days(text), [])

    def test_an_order_for_a_week_asks_for_its_monday(self):
        document = order("KW 12")
        self.assertEqual(document.requested_date, date(2026, 3, 16))
        self.assertEqual(document.evidence["requested_date"].text, "KW 12")

    def test_lines_for_weeks_of_their_own(self):
        document = order("20.03.2026", [(190, "Liefertermin: KW 14/2026")])
        self.assertEqual(document.lines[0].requested_date, date(2026, 3, 30))

    def test_a_week_that_nothing_puts_into_a_year_is_told(self):
        head = [line for line in HEAD if not line or line[0] != (380, "Datum:")]
        head = [
            [(x, "KW 12" if t == "20.03.2026" else t) for x, t in row] if row else row
            for row in head
        ]
        document = one(page(*head, COLUMNS, ITEM, OTHER_ITEM))
        self.assertIsNone(document.requested_date)
        self.assertIn("ambiguous_dates", {finding.code for finding in document.findings})
