"""What a buyer sees and says of a proposal: the card, the request, and why it was changed."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from .reorder import ReorderCase

BUYER = "po_intake.group_po_intake_user,purchase.group_purchase_user,stock.group_stock_user"


class BoughtCase(ReorderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = new_test_user(
            cls.env,
            "po_intake_buyer",
            groups=BUYER,
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    def proposal(self, severity="warning"):
        """A card with one line of bolts; ``blocking`` keeps it on the board."""
        rows = self.team.severity_ids.filtered(lambda row: row.code == "reorder_first")
        rows.severity = severity
        self.allow("draft")
        self.sell(self.bolt, *[20, 24, 16, 22, 18] * 12)
        self.stock(self.bolt, 30)
        return self.reorder()


@tagged("-at_install", "post_install")
class TestReorderPages(BoughtCase):
    def test_the_card_says_what_runs_out_and_when(self):
        card = self.proposal("blocking")
        shortage = card.line_ids.shortage_id
        self.assertEqual(card.state, "review")
        self.assertEqual(card.stock_out_date, shortage.stock_out_date)
        self.assertEqual(card.order_by_date, shortage.order_by_date)
        self.assertEqual(card.reorder_items, self.bolt.display_name)
        line = card.line_ids
        self.assertEqual((line.on_hand, line.incoming, line.outgoing), (30, 0, 0))
        self.assertRegex(line.expected_told, r"^\d+ \(\d+ to \d+\)$")
        self.assertFalse(line.is_changed)

    def test_only_the_first_products_are_named(self):
        for name in ("Nut", "Pin"):
            item = self.product(name, price=2.0)
            self.sell(item, *[20, 24, 16, 22, 18] * 12)
            self.stock(item, 30)
        card = self.proposal("blocking")
        self.assertEqual(len(card.line_ids), 3)
        self.assertTrue(card.reorder_items.endswith(", 1 more"), card.reorder_items)

    def test_what_a_buyer_changes_on_the_card_is_kept_with_the_reason(self):
        card = self.proposal("blocking").with_user(self.buyer)
        card.line_ids.write({"quantity": 500, "change_reason": "more"})
        self.assertTrue(card.line_ids.is_changed)
        card.action_approve()
        order = card.purchase_order_id
        self.assertEqual(order.order_line.po_intake_change_reason, "more")
        self.assertTrue(order.order_line.po_intake_changed)
        order.with_user(self.buyer).button_confirm()
        shortage = self.env["po.intake.shortage"].search([("product_id", "=", self.bolt.id)])
        self.assertEqual((shortage.decision, shortage.change_reason), ("changed", "more"))
        self.assertEqual(shortage.decided_by_id, self.buyer)
        self.assertAlmostEqual(shortage.changed_value, 2.0 * (500 - shortage.quantity))

    def test_what_a_buyer_changes_on_the_request_is_kept_with_the_reason(self):
        order = self.proposal().purchase_order_id.with_user(self.buyer)
        line = order.order_line
        self.assertFalse(line.po_intake_changed)
        self.assertEqual(line.po_intake_proposed, line.product_qty)
        line.write({"product_qty": 10, "po_intake_change_reason": "money"})
        order.button_confirm()
        shortage = line.sudo().po_intake_shortage_id
        self.assertEqual((shortage.decision, shortage.change_reason), ("changed", "money"))
        self.assertLess(shortage.changed_value, 0)

    def test_the_reason_of_a_cancelled_request_can_be_told_later(self):
        order = self.proposal().purchase_order_id
        order.with_user(self.buyer).button_cancel()
        shortage = order.order_line.po_intake_shortage_id
        self.assertEqual(shortage.decision, "refused")
        self.assertAlmostEqual(shortage.changed_value, -shortage.value)
        shortage.with_user(self.buyer).change_reason = "elsewhere"
        groups = self.env["po.intake.shortage"]._read_group(
            [("product_id", "=", self.bolt.id)], ["change_reason"], ["__count"]
        )
        self.assertEqual(groups, [("elsewhere", 1)])

    def test_nobody_rewrites_what_was_proposed(self):
        shortage = self.proposal().line_ids.shortage_id.with_user(self.buyer)
        for values in ({"quantity": 1}, {"state": "rejected"}, {"decision": "kept"}):
            with self.subTest(values=values), self.assertRaises(AccessError):
                shortage.write({**values, "change_reason": "other"})
        with self.assertRaises(AccessError):
            shortage.unlink()

    def test_the_order_shows_its_reasons(self):
        order = self.proposal().purchase_order_id.with_user(self.buyer)
        self.assertEqual(order.po_intake_reason.count("<svg"), 1)
        self.assertIn("o_po_intake_reason", order.po_intake_reason)
        self.assertIn("on hand", order.po_intake_reason)

    def test_the_agent_says_what_the_night_was_like(self):
        self.assertEqual(self.team.reorder_told, "It has not worked yet.")
        runs = self.env["po.intake.reorder.run"].sudo()
        for back, count in ((0, 6), (1, 2), (2, 4), (3, 0)):
            runs.create(
                {
                    "team_id": self.team.id,
                    "date": self.today - timedelta(back),
                    "phase": "done",
                    "proposal_count": count,
                    "proposal_value": 100.0 * count,
                }
            )
        told = self.team.reorder_told.replace("\N{NO-BREAK SPACE}", "")
        self.assertIn("6 proposals worth $600.00", told)
        self.assertIn("usual day: 3, worth $300.00", told)

    def test_authority_shows_what_waits_for_a_decision(self):
        shortage = self.proposal().line_ids.shortage_id
        authority = shortage.authority_id
        self.assertEqual((authority.open_count, authority.open_value), (1, shortage.value))
        shortage.order_id.button_confirm()
        authority.invalidate_recordset()
        self.assertEqual((authority.open_count, authority.decision_count), (0, 1))

    def test_the_beginning_is_with_vendors_whose_receipts_are_known(self):
        def begin():
            wizard = self.env["po.intake.reorder.start"].create({"company_id": self.company.id})
            return {line.partner_id: (line.chosen, line.delivers) for line in wizard.line_ids}

        start = self.env["po.intake.reorder.start"].create({"company_id": self.company.id})
        self.assertTrue(start.is_empty, "nothing was foreseen yet")
        other = self.env["res.partner"].create({"name": "Unknown Ltd"})
        pin = self.product("Pin", price=1.0, partner_id=other.id)
        for item in (self.bolt, pin):
            self.sell(item, *[20, 24, 16, 22, 18] * 12)
        self.run_agent("demand", "forecast")
        self.env.cr.execute("UPDATE po_intake_forecast SET rule = 'forecast'")
        unknown = (True, "unknown")
        self.assertEqual(begin(), {self.vendor: unknown, other: unknown})
        self.receive(5)
        self.assertEqual(begin(), {self.vendor: (True, "known"), other: (False, "unknown")})

    def receive(self, count):
        """Orders that the vendor delivered after its fourteen days."""
        for _number in range(count):
            order = self.env["purchase.order"].create(
                {
                    "partner_id": self.vendor.id,
                    "company_id": self.company.id,
                    "order_line": [Command.create({"product_id": self.bolt.id, "product_qty": 5})],
                }
            )
            order.button_confirm()
            order.date_approve = fields.Datetime.now() - timedelta(14)
            order.picking_ids.move_ids.write({"state": "done", "date": fields.Datetime.now()})
        self.env.flush_all()


@tagged("-at_install", "post_install")
class TestReorderTour(HttpCase, BoughtCase):
    browser_size = "1366x768"

    def test_from_the_board_to_the_request(self):
        card = self.proposal("blocking")
        self.start_tour("/odoo/order-intake", "po_intake_reorder", login=self.buyer.login)
        self.env.invalidate_all()
        self.assertEqual((card.state, card.purchase_order_id.state), ("done", "draft"))
        self.assertEqual(card.purchase_order_id.order_line.product_qty, 500)
        self.assertEqual(card.line_ids.shortage_id.change_reason, "more")
