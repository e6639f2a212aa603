"""What becomes of a confirmation that is answered, does not come, or is our own paper."""

from datetime import date, datetime
from decimal import Decimal

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import Form

from odoo.addons.po_intake.extraction import acceptance
from odoo.addons.po_intake.extraction.document import ORDER_CONFIRMATION
from odoo.addons.po_intake.extraction.readers import standard

from .test_confirmation import ORDERED, ConfirmationCase


class TestAnswer(ConfirmationCase):
    """The vendor is told what is not accepted."""

    def setUp(self):
        super().setUp()
        values = {"price_unit": Decimal(43), "requested_date": date(2031, 4, 1)}
        self.intake = self.confirmed(lines=self.lines(bolts=values))
        self.intake.sudo().email_from = "sales@alder.example"
        self.change = self.compare(self.intake)

    def answer(self):
        action = self.change.action_answer()
        wizard = self.env["po.intake.reject"].with_user(self.buyer)
        return Form(wizard.with_context(**action["context"])).save()

    def test_ticked_is_accepted_and_the_rest_is_told(self):
        self.change.difference_ids.filtered(lambda row: row.what == "price").selected = False
        wizard = self.answer()
        self.assertIn(self.purchase.name, wizard.subject)
        self.assertIn("43.00", wizard.body)
        self.assertNotIn("2031", wizard.body)
        sent = self.env["mail.mail"].search_count([])
        self.assertEqual(self.bolts.date_planned.date(), ORDERED)
        wizard.action_reject()
        self.assertEqual(self.bolts.date_planned.date(), date(2031, 4, 1))
        self.assertEqual((self.bolts.price_unit, self.intake.state), (42, "done"))
        self.assertEqual(self.env["mail.mail"].search_count([]), sent + 1)

    def test_an_uploaded_confirmation_is_answered_to_the_vendor(self):
        self.intake.sudo().email_from = False
        self.change.difference_ids.selected = False
        self.assertEqual(self.answer().email_to, "sales@alder.example")

    def test_nothing_accepted_rejects_the_document(self):
        self.change.difference_ids.selected = False
        self.answer().action_reject()
        self.assertEqual(self.intake.state, "rejected")
        self.assertFalse(self.purchase.acknowledged)

    def test_something_has_to_be_refused(self):
        with self.assertRaisesRegex(UserError, "Untick"):
            self.change.action_answer()


class TestLate(ConfirmationCase):
    """Orders that the vendor does not confirm."""

    def remind(self, day):
        with freeze_time(day):
            self.env["purchase.order"]._cron_po_intake_unconfirmed()
        return self.purchase.activity_ids

    def setUp(self):
        super().setUp()
        self.purchase.date_approve = datetime(2031, 1, 1, 12)
        self.team.confirmation_days = 5

    def test_the_buyer_is_told_once(self):
        self.assertFalse(self.remind("2031-01-05"))
        self.assertEqual(self.remind("2031-01-07").user_id, self.buyer)
        self.assertEqual(len(self.remind("2031-01-08")), 1)

    def test_a_confirmation_settles_it(self):
        self.remind("2031-01-07")
        self.confirmed()
        self.assertFalse(self.purchase.activity_ids)

    def test_nobody_is_told_without_a_number_of_days_nor_of_old_orders(self):
        self.assertFalse(self.remind("2031-06-01"))
        self.team.confirmation_days = 0
        self.assertFalse(self.remind("2031-01-07"))


class TestPrinted(ConfirmationCase):
    """Our own purchase order, as Odoo prints it, comes back with the vendor's changes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        service = cls.env.registry["po.intake.reader"]
        cls.classPatch(service, "_get_readers", lambda service, intake: standard())
        cls.classPatch(service, "_accept", lambda service, document: acceptance.accept(document))
        cls.vendor.write(
            {"street": "Foundry Road 4", "zip": "4720", "city": "Ashford", "vat": "DE811907980"}
        )

    def returned(self, *changes):
        """The printed order with other words in it, uploaded and worked off."""
        report = self.env["ir.actions.report"]
        page, _kind = report._render_qweb_html("purchase.report_purchaseorder", self.purchase.ids)
        for old, new in changes:
            self.assertIn(old, page)
            page = page.replace(old, new)
        attachment = self.env["ir.attachment"].create({"name": "order.html", "raw": page})
        before = self.env["po.intake"].search([])
        self.env["po.intake"].create_document_from_attachment(attachment.ids)
        intake = self.process(self.env["po.intake"].search([]) - before)
        self.env.invalidate_all()
        return intake.with_user(self.buyer)

    def test_price_and_quantity_were_changed(self):
        intake = self.returned(
            (b"42.00", b"43.50"), (b"210.00", b"217.50"), (b"10.00", b"8.00"), (b"30.00", b"24.00")
        )
        self.assertEqual(intake.document_type, ORDER_CONFIRMATION)
        self.assertEqual(intake.partner_id, self.vendor)
        self.assertEqual(self.whats(intake), ["price", "quantity"])
        intake.action_accept_answer()
        self.assertEqual((self.bolts.price_unit, self.seals.product_qty), (43.5, 8))
        self.assertFalse(self.purchase.partner_ref)

    def test_nothing_was_changed(self):
        self.assertFalse(self.whats(self.returned()))
