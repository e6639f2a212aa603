from odoo.tests import HttpCase, new_test_user, tagged

from .common import IntakeCase


@tagged("post_install", "-at_install")
class TestPortalTours(HttpCase, IntakeCase):
    """What a customer does in the portal, in a real browser."""

    browser_size = "1366x768"

    def test_upload_see_state_and_answer(self):
        """A customer sees a mailed order, sends one, and answers what the clerk asks about it."""
        customer = new_test_user(
            self.env, "po_intake_customer", groups="base.group_portal", email="jo@brook.example"
        )
        customer.partner_id.parent_id = self.customer
        self.script("mailed", self.order())
        self.process(self.upload("mailed")).sale_order_id.action_confirm()
        self.script("portal order", self.order(number="PO-2", confidence=0.5))

        self.start_tour("/my", "po_intake_portal_upload", login=customer.login)
        card = self.env["po.intake"].search([("source", "=", "portal")])
        self.process(card)
        self.assertEqual((card.state, card.partner_id), ("review", self.customer))
        card.with_user(self.clerk).message_post(
            body="Which size?", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.start_tour("/my/sent-orders", "po_intake_portal_answer", login=customer.login)
        self.assertIn("Size 9, please", card.message_ids[0].body)
        self.assertEqual(card.message_ids[0].author_id, customer.partner_id)
