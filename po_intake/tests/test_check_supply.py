from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from odoo import Command, fields
from odoo.tests import Form, new_test_user

from .common import IntakeCase


class TestCheckSupply(IntakeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.context_today(cls.team)
        cls.seal.is_storable = True
        cls.stock = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )

    def arrive(self, *quantities, in_days=10, **values):
        line = replace(self.order().lines[1], price_subtotal=None)
        lines = [replace(line, quantity=Decimal(quantity)) for quantity in quantities]
        text = f"order {len(self.reader.script)}"
        wanted = self.today + timedelta(days=in_days) if in_days is not None else None
        document = self.order(
            number=text, lines=tuple(lines), amount_untaxed=None, requested_date=wanted
        )
        self.script(text, replace(document, **values))
        return self.process(self.upload(text))

    def have(self, quantity):
        self.env["stock.quant"]._update_available_quantity(
            self.seal, self.stock.lot_stock_id, quantity
        )
        # no move told Odoo's memory of it; in life that ends with each transaction
        self.seal.invalidate_recordset()

    def receive(self, quantity, in_days):
        move = self.env["stock.move"].create(
            {
                "product_id": self.seal.id,
                "product_uom_qty": quantity,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": self.stock.lot_stock_id.id,
                "date": fields.Datetime.now() + timedelta(days=in_days),
            }
        )
        move._action_confirm()

    def test_a_line_that_the_stock_does_not_cover_is_told_with_figures(self):
        self.have(4)
        intake = self.arrive(10)
        finding = self.finding(intake, "stock_short")
        for figure in ("10 Units", "4 Units"):
            self.assertIn(figure, finding.message)
        self.assertEqual((finding.severity, intake.state), ("warning", "done"))

    def test_forty_short_lines_do_not_fill_the_chatter(self):
        intake = self.arrive(*[10] * 40)
        short = intake.finding_ids.filtered(lambda f: f.code == "stock_short")
        self.assertEqual(short.line_id, intake.line_ids)
        told = " ".join(message.body for message in intake.message_ids if message.body)
        self.assertEqual(told.count("free now"), 3)
        self.assertIn("37 more", told)

    def test_what_there_is_covers_the_line(self):
        self.have(10)
        self.assertNotIn("stock_short", self.codes(self.arrive(10)))

    def test_two_lines_of_one_product_share_what_there_is(self):
        self.have(15)
        intake = self.arrive(10, 10)
        finding = self.finding(intake, "stock_short")
        self.assertEqual(finding.line_id, intake.line_ids[1])
        self.assertIn("5 Units", finding.message)

    def test_what_comes_in_time_counts(self):
        self.receive(10, in_days=5)
        self.assertNotIn("stock_short", self.codes(self.arrive(10, in_days=10)))
        self.assertIn("stock_short", self.codes(self.arrive(10, in_days=2)))

    def test_dozens_are_held_against_pieces(self):
        self.env.ref("uom.product_uom_dozen").active = True
        self.have(20)
        line = replace(
            self.order().lines[1],
            quantity=Decimal(2),
            uom="dozen",
            price_unit=Decimal(36),
            price_subtotal=None,
        )
        self.finding(self.arrive(lines=(line,)), "stock_short")

    def test_what_is_made_to_order_is_never_short(self):
        route = self.stock.mto_pull_id.route_id
        route.active = True
        self.seal.route_ids = route
        self.assertNotIn("stock_short", self.codes(self.arrive(10)))

    def test_what_is_not_stored_is_never_short(self):
        self.seal.is_storable = False
        self.assertNotIn("stock_short", self.codes(self.arrive(10)))

    def test_a_date_before_the_lead_time_is_told_with_the_possible_day(self):
        self.have(10)
        self.seal.sale_delay = 14
        finding = self.finding(self.arrive(5, 5, in_days=3), "lead_time")
        possible = self.today + timedelta(days=14)
        self.assertEqual(finding.parameters["earliest"], possible.isoformat())
        self.assertIn("1, 2", finding.message)
        self.assertNotIn(possible.isoformat(), finding.message, "dates are shown as people do")

    def test_a_date_after_the_lead_time_is_no_news(self):
        self.have(10)
        self.seal.sale_delay = 14
        self.assertNotIn("lead_time", self.codes(self.arrive(5, in_days=14)))

    def test_what_must_be_bought_first_takes_the_vendors_days_too(self):
        vendor = self.env["res.partner"].create({"name": "Vendor"})
        self.seal.seller_ids = [Command.create({"partner_id": vendor.id, "delay": 20})]
        self.seal.sale_delay = 2
        finding = self.finding(self.arrive(5, in_days=10), "lead_time")
        self.assertEqual(
            finding.parameters["earliest"], (self.today + timedelta(days=22)).isoformat()
        )
        self.have(5)
        self.assertNotIn("lead_time", self.codes(self.arrive(5, in_days=10)))

    def test_a_date_that_has_passed_is_told_and_holds_nothing(self):
        self.have(10)
        self.seal.sale_delay = 14
        intake = self.arrive(5, in_days=-3)
        self.finding(intake, "requested_date_past")
        self.assertNotIn("lead_time", self.codes(intake))
        self.assertEqual(intake.state, "done")

    def test_whoever_may_review_may_check(self):
        """Stock, taxes, credit and earlier orders need no rights beyond those of a reviewer."""
        self.company.account_use_credit_limit = True
        self.customer.credit_limit = 1
        self.team.auto_draft = False
        intake = self.arrive(10, amount_tax=Decimal(99), amount_untaxed=Decimal(30))
        expected = self.codes(intake)
        self.assertLessEqual({"stock_short", "tax_differs", "credit_exceeded"}, expected)
        reviewer = new_test_user(
            self.env, "po_intake_reviewer", groups="po_intake.group_po_intake_user"
        )
        intake.with_user(reviewer).action_check()
        self.assertEqual(self.codes(intake), expected)

    def test_findings_are_listed_with_the_worst_first(self):
        self.team.auto_draft = False
        intake = self.arrive(10, 0)
        severities = intake.finding_ids.sorted().mapped("severity")
        self.assertEqual(severities, sorted(severities, key=["blocking", "warning", "info"].index))
        with Form(self.team) as form:
            self.assertTrue(form.severity_ids)
