from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from odoo import fields
from odoo.tests import tagged

from .common import IntakeCase


@tagged("post_install", "-at_install")
class TestExpectation(IntakeCase):
    """What the document says beside what Odoo would say."""

    def row(self, key, number=0, **values):
        """The row of one value of one line, or of the whole where there is no such line."""
        self.script("order", self.order(confidence=0.5, **values))
        intake = self.process(self.upload("order")).with_user(self.clerk)
        rows = {row["key"]: row for row in intake.get_differences()}
        return rows.get(f"{intake.line_ids[number].id}.{key}") or rows[key]

    def line(self, **values):
        bolts, seals = self.order().lines
        return (replace(bolts, **values), seals)

    def test_price_against_the_price_list(self):
        row = self.row("price")
        self.assertEqual((row["status"], row["note"]), ("differs", "-58.0 %"))
        self.assertIn("42.00", row["printed"])
        self.assertIn("100.00", row["expected"])

    def test_price_of_the_price_list(self):
        self.assertEqual(self.row("price", 1)["status"], "same")

    def test_price_within_the_tolerance(self):
        self.bolt.list_price = 44.0
        self.assertEqual(self.row("price")["status"], "within")

    def test_no_printed_price_is_not_compared(self):
        row = self.row("price", lines=self.line(price_unit=None, price_subtotal=None))
        self.assertEqual((row["status"], row["printed"]), ("unknown", "–"))

    def test_quantity_in_the_unit_of_the_stock(self):
        self.script("order", self.order(confidence=0.5))
        intake = self.process(self.upload("order"))
        line = intake.line_ids[0]
        line.product_uom_id = self.env.ref("uom.product_uom_dozen")
        rows = {row["key"]: row for row in intake.get_differences()}
        row = rows[f"{line.id}.quantity"]
        self.assertEqual((row["status"], row["expected"]), ("converted", "60 Units"))

    def test_parts_of_a_line_are_held_against_the_whole(self):
        self.script("order", self.order(confidence=0.5))
        intake = self.process(self.upload("order")).with_user(self.clerk)
        part = intake.line_ids.sorted()[0]._split(2)
        rows = {row["key"]: row for row in intake.get_differences()}
        self.assertEqual(rows[f"{part.id}.quantity"]["status"], "converted")

    def test_unit_that_is_not_clear(self):
        self.assertEqual(self.row("unit", lines=self.line(uom="Gebinde"))["status"], "differs")

    def test_day_against_the_lead_time(self):
        self.bolt.sale_delay = 10
        soon = fields.Date.today() + timedelta(days=3)
        row = self.row("date", requested_date=soon)
        self.assertEqual((row["status"], row["note"]), ("differs", "7 days too early"))

    def test_tax_and_total(self):
        self.bolt.taxes_id = self.seal.taxes_id = self.env["account.tax"].create(
            {"name": "20 %", "amount": 20.0, "company_id": self.company.id}
        )
        printed = {"amount_tax": Decimal("45.60"), "amount_total": Decimal("285.60")}
        self.assertEqual(self.row("net", **printed)["status"], "same")
        self.assertEqual(self.row("tax", **printed)["status"], "differs")
        self.assertEqual(self.row("total", **printed)["status"], "differs")

    def test_queries_do_not_grow_with_the_lines(self):
        counts = []
        for copies in (5, 40):
            lines = self.order().lines * copies
            self.script(f"order {copies}", self.order(lines=lines, confidence=0.5))
            intake = self.process(self.upload(f"order {copies}")).with_user(self.clerk)
            intake.get_differences()  # fills the registry's own caches
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            intake.get_differences()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0], "80 lines against 10")
        self.assertLess(counts[0], 80)
