from datetime import date
from decimal import Decimal

from odoo.tests import BaseCase

from ..extraction.layout.lexicon import months
from ..extraction.normalize import (
    decide_dates,
    decide_numbers,
    find_currency,
    find_dates,
    to_decimal,
)


def row(quantity, price, amount, discount="", per=""):
    return (quantity, price, discount, per, amount)


class TestNumbers(BaseCase):
    def test_printed_forms_of_the_countries(self):
        for text, mark, value in (
            ("1.234,56", ",", "1234.56"),
            ("1,234.56 USD", ".", "1234.56"),
            ("1 232,60", ",", "1232.60"),
            ("1'617.00", ".", "1617.00"),
            ("1’305.52 CHF", ".", "1305.52"),
            ("€ 74.9400", ".", "74.9400"),
            ("12,50-", ",", "-12.50"),
            ("-3,5", ",", "-3.5"),
        ):
            self.assertEqual(to_decimal(text, mark), Decimal(value), text)

    def test_printed_decimals_are_kept(self):
        self.assertEqual(str(to_decimal("0,1600", ",")), "0.1600")

    def test_a_number_that_does_not_fit_the_habit_is_none(self):
        self.assertIsNone(to_decimal("1.23,45", "."))
        self.assertIsNone(to_decimal("12,34", "."))
        self.assertIsNone(to_decimal("n/a", ","))

    def test_arithmetic_tells_thousands_from_decimals(self):
        habit = decide_numbers(["4.002"], ["1,76", "7.043,52"], [row("4.002", "1,76", "7.043,52")])
        self.assertEqual(to_decimal("4.002", habit.quantity), 4002)
        habit = decide_numbers(
            ["27.000"], ["315.00", "8505.00"], [row("27.000", "315.00", "8505.00")]
        )
        self.assertEqual(to_decimal("27.000", habit.quantity), 27)

    def test_quantities_may_be_written_otherwise_than_money(self):
        rows = [row("2.000", "740.79", "1481.58"), row("12.000", "47.93", "575.16")]
        habit = decide_numbers([r[0] for r in rows], [r[1] for r in rows], rows, "de")
        self.assertEqual((habit.quantity, habit.money), (".", "."))
        self.assertTrue(habit.numbers_certain)

    def test_discount_and_price_unit_take_part(self):
        rows = [row("1.500", "41,83", "56,47", "10", "1.000")]
        habit = decide_numbers(["1.500"], ["41,83", "56,47"], rows)
        self.assertEqual(to_decimal("1.500", habit.quantity), 1500)

    def test_without_witness_the_doubt_is_said(self):
        self.assertFalse(decide_numbers(["1.500", "2.000"], [], [], "en").numbers_certain)
        self.assertTrue(decide_numbers(["15", "20"], [], [], "en").numbers_certain)


class TestDates(BaseCase):
    def day(self, text, order="dmy"):
        (found,) = find_dates(text, months())
        return found.value(order)

    def test_forms_of_eight_languages(self):
        for text in (
            "5.3.2026", "05.03.26", "2026-03-05", "05-MAR-2026", "5. März 2026", "March 5, 2026",
            "5 maart 2026", "5 mars 2026", "5 de marzo de 2026", "5 marzo 2026",
            "5 de março de 2026", "5 marca 2026", "5th March 2026",
        ):  # fmt: skip
            self.assertEqual(self.day(text), date(2026, 3, 5), text)

    def test_what_is_no_date(self):
        for text in ("M8x40", "2026/05374", "1.234,56", "+49 30 12-34-56", "12/2026", "DIN 933"):
            self.assertEqual(find_dates(text, months()), [], text)

    def test_one_date_of_the_document_decides_for_all(self):
        dates = find_dates("03/04/2026 and 03/16/2026", months())
        self.assertEqual(decide_dates(dates), ("mdy", True))
        self.assertEqual(dates[0].value("mdy"), date(2026, 3, 4))

    def test_nothing_is_delivered_before_it_is_ordered(self):
        ordered, wanted = find_dates("05/06/2026 03/07/2026", months())
        order, _certain = decide_dates([ordered, wanted], None, ordered, [wanted])
        self.assertEqual(wanted.value(order), date(2026, 7, 3))

    def test_short_dates_begin_with_the_year_as_the_long_one_does(self):
        ordered, *wanted = find_dates("2025-11-12 26-01-12 25-12-31", {})
        self.assertEqual(decide_dates([ordered, *wanted], "dmy", ordered, wanted), ("ymd", True))
        self.assertEqual(wanted[0].value("ymd"), date(2026, 1, 12))
        ordered, *wanted = find_dates("2025-11-12 12-01-26 31-12-25", {})
        self.assertEqual(decide_dates([ordered, *wanted], None, ordered, wanted), ("dmy", True))

    def test_open_dates_without_a_witness_are_uncertain(self):
        dates = find_dates("03/04/2026", months())
        self.assertEqual(decide_dates(dates)[1], False)


class TestCurrency(BaseCase):
    def test_signs_and_codes(self):
        for text, code in (
            ("EUR 12,50", "EUR"), ("12.50 €", "EUR"), ("£5.00", "GBP"), ("$ 9", "USD"),
            ("100 zł", "PLN"), ("CHF 1’305.52", "CHF"), ("12 Stk", None),
        ):  # fmt: skip
            self.assertEqual(find_currency(text), code, text)
