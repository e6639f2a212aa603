from datetime import date
from decimal import Decimal

from odoo.tests import HttpCase, tagged

from .test_confirmation import ORDERED, ConfirmationCase


@tagged("post_install", "-at_install")
class TestConfirmationTour(HttpCase, ConfirmationCase):
    """What a buyer does with a confirmation that differs, in a real browser."""

    browser_size = "1366x768"

    def test_accept_the_day_and_refuse_the_price(self):
        later = date(2031, 4, 1)
        values = {"price_unit": Decimal(43), "requested_date": later}
        intake = self.confirmed(lines=self.lines(bolts=values))
        self.assertEqual(self.bolts.date_planned.date(), ORDERED)
        self.start_tour(
            "/odoo/action-po_intake.po_intake_action",
            "po_intake_answer_vendor",
            login=self.buyer.login,
        )
        self.assertEqual((intake.state, self.bolts.price_unit), ("done", 42))
        self.assertEqual(self.bolts.date_planned.date(), later)
        mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.assertIn("43.00", mail.body_html)
        self.assertEqual(mail.email_to, "sales@alder.example")
