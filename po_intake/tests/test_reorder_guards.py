from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.po_intake.models import po_intake_authority

from .reorder import ReorderCase

CEILINGS = [
    f"reorder_{what}_{measure}"
    for what in ("line", "order", "vendor_week", "day")
    for measure in ("value", "quantity")
]


@tagged("post_install", "-at_install")
class TestReorderGuards(ReorderCase):
    """What keeps the agent from ordering what nobody would."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.allow("auto")
        cls.team.write(dict.fromkeys(CEILINGS, 100_000))
        cls.sell(cls.bolt, *[10] * 60)
        cls.stock(cls.bolt, 5)
        cls.bought(cls.bolt, 100)

    @classmethod
    def bought(cls, product, quantity):
        """An order of long ago that has arrived."""
        order = cls.env["purchase.order"].create(
            {
                "partner_id": cls.vendor.id,
                "company_id": cls.company.id,
                "order_line": [(0, 0, {"product_id": product.id, "product_qty": quantity})],
            }
        )
        order.button_confirm()
        order.picking_ids.move_ids.state = "done"
        return order

    def order(self):
        return self.reorder().purchase_order_id

    def test_small_order_without_remark_is_confirmed(self):
        order = self.order()
        self.assertEqual(order.state, "purchase")
        self.assertEqual(order.po_intake_auto_date, self.today)
        self.assertEqual(order.order_line.po_intake_shortage_id.decision, "kept")

    def test_ceilings_are_never_by_default(self):
        for name in CEILINGS:
            with self.subTest(name):
                self.team[name] = 0
                order = self.order()
                self.assertEqual(order.state, "draft")
                order.button_cancel()
                self.env["po.intake.shortage"].search([]).decided_date = self.today - timedelta(40)
                self.team[name] = 100_000

    def test_ceilings_count_what_was_confirmed_before(self):
        first = self.order()
        self.assertEqual(first.state, "purchase")
        self.team.reorder_vendor_week_value = first.amount_untaxed + 1
        seal = self.product("Seal", price=1.0)
        self.sell(seal, *[10] * 60)
        self.bought(seal, 100)
        self.assertEqual(self.order().state, "draft")

    def test_double_validation_stays_in_force(self):
        self.company.write({"po_double_validation": "two_step", "po_double_validation_amount": 1})
        self.assertEqual(self.order().state, "to approve")

    def test_larger_than_ever_waits(self):
        self.env["purchase.order.line"].search([("product_id", "=", self.bolt.id)]).product_qty = 5
        card = self.reorder()
        self.assertEqual(card.purchase_order_id.state, "draft")
        self.assertIn("reorder_unusual", card.finding_ids.mapped("code"))

    def test_first_order_of_an_item_waits(self):
        seal = self.product("Seal", price=1.0)
        self.sell(seal, *[10] * 60)
        card = self.reorder()
        self.assertEqual(card.purchase_order_id.state, "draft")
        self.assertIn("reorder_first", card.finding_ids.mapped("code"))

    def test_what_lasts_for_more_than_ninety_days_waits(self):
        self.bought(self.bolt, 1000)
        self.bolt.seller_ids.min_qty = 300
        card = self.reorder()
        self.assertEqual(card.purchase_order_id.state, "draft")
        self.assertIn("reorder_cover", card.finding_ids.mapped("code"))

    def test_one_category_in_draft_holds_the_whole_order(self):
        other = self.env["product.category"].create({"name": "Seals"})
        seal = self.product("Seal", price=1.0)
        seal.categ_id = other
        self.sell(seal, *[10] * 60)
        self.bought(seal, 100)
        self.env["po.intake.authority"].create(
            {"company_id": self.company.id, "categ_id": other.id, "mode": "draft"}
        )
        order = self.order()
        self.assertEqual((order.state, len(order.order_line)), ("draft", 2))

    # brakes

    def test_kill_switch_stops_proposals_and_drafts(self):
        card = self.propose()
        self.team.action_reorder_stop()
        self.draft()
        self.assertEqual((card.state, card.has_order), ("review", False))
        self.assertIn("reorder_stopped", card.finding_ids.mapped("code"))
        card._reject("not now")
        self.env["po.intake.shortage"].search([]).decided_date = self.today - timedelta(40)
        self.assertFalse(self.reorder())
        self.team.action_reorder_resume()
        self.assertTrue(self.reorder())

    def test_drift_stops_before_anything_is_drafted(self):
        for back in range(1, 1 + po_intake_authority.LEAST_RUNS):
            self.env["po.intake.reorder.run"].create(
                {
                    "team_id": self.team.id,
                    "date": self.today - timedelta(back),
                    "phase": "done",
                    "proposal_count": 1,
                    "proposal_value": 10,
                }
            )
        card = self.reorder()
        self.assertTrue(self.team.reorder_paused)
        self.assertEqual((card.state, card.has_order), ("review", False))
        self.assertTrue(self.team.activity_ids)

    # earned and lost

    def decide(self, kept, refused):
        authority = self.env["po.intake.authority"].search([("company_id", "=", self.company.id)])
        values = {
            "company_id": self.company.id,
            "warehouse_id": self.warehouse.id,
            "product_id": self.bolt.id,
            "release_date": self.today,
            "authority_id": authority.id,
        }
        shortages = self.env["po.intake.shortage"].create(
            [{**values, "episode": 100 + number, "quantity": 5} for number in range(kept + refused)]
        )
        shortages[:kept]._decide("confirmed", dict.fromkeys(shortages[:kept], 5.0))
        shortages[kept:]._decide("cancelled")
        return authority

    def test_more_is_offered_after_decisions_without_edits(self):
        self.allow("shadow")
        authority = self.decide(19, 0)
        self.assertFalse(authority.offered)
        authority = self.decide(0, 0)
        self.env["po.intake.shortage"].search([("episode", ">=", 100)]).unlink()
        authority = self.decide(20, 0)
        self.assertTrue(authority.offered)
        authority.action_promote()
        self.assertEqual((authority.mode, authority.offered), ("draft", False))
        self.assertEqual(authority.decision_count, 0, "it starts anew")

    def test_edits_cost_a_step(self):
        authority = self.decide(12, 8)
        self.assertEqual(authority.mode, "draft")
        self.assertTrue(self.team.activity_ids)

    def test_buyers_own_orders_judge_the_shadow(self):
        self.allow("shadow")
        self.reorder()
        shadow = self.env["po.intake.shortage"].search([("company_id", "=", self.company.id)])
        self.bought(self.bolt, round(shadow.quantity * 1.1))
        self.assertEqual((shadow.state, shadow.decision), ("shadow", "kept"))

    # why this number

    def test_reason_stands_on_order_card_and_shortage(self):
        self.bolt.seller_ids.min_qty = 60
        self.sell(self.bolt, 900, 0, 0, origin="<b>S0099</b>")
        card = self.reorder()
        shortage, order = card.line_ids.shortage_id, card.purchase_order_id
        self.assertIn("<svg", shortage.reason)
        self.assertIn("&lt;b&gt;S0099", shortage.reason)
        self.assertIn("Stock runs out on", order.po_intake_reason)
        for record in (order, card):
            body = " ".join(record.message_ids.mapped("body"))
            self.assertRegex(body, "color:#3b7ddd[^>]*>[▁-█]+<")
            self.assertIn("Stock runs out on", body)
            self.assertNotIn("<b>S0099", body)

    def test_wizard_begins_with_vendors_in_the_shadow(self):
        self.env["po.intake.authority"].search([("company_id", "=", self.company.id)]).unlink()
        self.run_agent("demand", "forecast")
        forecasts = self.env["po.intake.forecast"].search([("company_id", "=", self.company.id)])
        self.env.cr.execute(
            "UPDATE po_intake_forecast SET rule = 'forecast' WHERE id IN %s",
            (tuple(forecasts.ids),),
        )
        wizard = self.env["po.intake.reorder.start"].create({"company_id": self.company.id})
        self.assertEqual(wizard.line_ids.filtered("chosen").partner_id, self.vendor)
        wizard.action_start()
        entry = self.env["po.intake.authority"].search([("company_id", "=", self.company.id)])
        self.assertEqual((entry.partner_id, entry.mode), (self.vendor, "shadow"))
