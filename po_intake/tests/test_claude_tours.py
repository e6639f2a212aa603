from odoo.tests import HttpCase, new_test_user

from .messages_server import claimed, claims
from .test_claude import ClaudeCase
from .test_second_look import FIRST, SECOND, pages


class TestClaudeTours(HttpCase, ClaudeCase):
    """What a clerk has Claude do, in a real browser."""

    browser_size = "1366x768"

    def test_a_value_and_a_page_are_read_again(self):
        user = new_test_user(
            self.env,
            "po_intake_claude_tour",
            groups="po_intake.group_po_intake_user,sales_team.group_sale_salesman_all_leads",
        )
        pdf = pages(FIRST + SECOND)
        self.reader.script[pdf.strip()] = (self.order(number="PO-7007"),)
        attachment = self.env["ir.attachment"].create({"name": "order.pdf", "raw": pdf})
        self.env["po.intake"].create_document_from_attachment(attachment.ids)
        intake = self.env["po.intake"].search([], limit=1)
        self.team.auto_draft = False
        self.process(intake)
        red = {
            "our_code": "SR-21",
            "description": "Sealing ring red",
            "quantity": "20",
            "price_unit": "4.00",
            "price_subtotal": "80.00",
        }
        self.server.script = [{"value": "PO-1001"}, claims(claimed(red))]
        path = f"/odoo/action-po_intake.po_intake_action/{intake.id}"
        self.start_tour(path, "po_intake_second_look", login=user.login)
        self.env.invalidate_all()
        self.assertEqual(self.server.complaints, [])
        self.assertEqual(intake.order_reference, "PO-1001")
        self.assertIn("SR-21", intake.line_ids.mapped("our_code"))
        self.assertEqual(intake.picks["number"]["reader"], "claude")
        self.assertEqual(len(intake.reading_ids.filtered(lambda row: row.reader == "claude")), 2)
