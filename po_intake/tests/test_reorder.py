from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .reorder import ReorderCase

YEAR = [10] * 60


@tagged("post_install", "-at_install")
class TestReorder(ReorderCase):
    """From a shortage to a request for quotation that the vendor accepts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.allow("draft")
        cls.sell(cls.bolt, *YEAR)
        cls.stock(cls.bolt, 5)

    def test_shortage_becomes_a_request_with_its_numbers(self):
        card = self.reorder()
        self.assertEqual(
            (card.state, card.source, card.partner_id), ("done", "reorder", self.vendor)
        )
        shortage = card.line_ids.shortage_id
        order = card.purchase_order_id
        line = order.order_line
        self.assertEqual((order.state, line.product_id), ("draft", self.bolt))
        self.assertEqual((line.product_qty, line.price_unit), (shortage.quantity, 2.0))
        self.assertTrue(line.orderpoint_id)
        self.assertEqual(order.picking_type_id.warehouse_id, self.warehouse)
        self.assertEqual(shortage.state, "drafted")
        self.assertEqual(shortage.numbers["on_hand"], 5)
        self.assertEqual(shortage.date_planned, self.today + timedelta(14))
        self.assertGreaterEqual(order.date_order.date(), self.today)
        self.assertEqual(card.touchless, True)

    def test_night_after_orders_nothing_more(self):
        self.reorder()
        self.assertFalse(self.reorder())
        self.assertEqual(len(self.orders()), 1)

    def test_warehouses_get_requests_of_their_own(self):
        branch = self.env["stock.warehouse"].create(
            {"name": "Branch", "code": "BR", "company_id": self.company.id}
        )
        self.sell(self.bolt, *[4] * 60, source=branch.lot_stock_id)
        cards = self.reorder()
        self.assertEqual(cards.warehouse_id, self.warehouse + branch)
        orders = cards.purchase_order_ids
        self.assertEqual(orders.picking_type_id.warehouse_id, self.warehouse + branch)

    def test_companies_are_strangers(self):
        other = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        self.env.user.company_ids = [(4, other.id)]
        self.env["po.intake.authority"].create({"company_id": other.id, "mode": "draft"})
        self.env["po.intake.team"].create(
            {"name": "Elsewhere", "company_id": other.id, "direction": "purchase", "reorder": True}
        )
        self.reorder()
        self.assertEqual(self.orders().company_id, self.company)

    # never twice

    def test_card_that_waits_is_not_proposed_once_more(self):
        self.bolt.seller_ids.price = 0
        card = self.reorder()
        self.assertEqual(card.state, "review")
        card.line_ids.shortage_id.release_date -= timedelta(7)  # a window later
        self.assertFalse(self.reorder())
        card.with_context(po_intake_stage=True).unlink()
        self.assertTrue(self.reorder(), "nothing waits any more")

    def test_what_was_ordered_meanwhile_is_not_ordered_again(self):
        card = self.propose()
        self.buyers_order(40)
        self.draft()
        self.assertEqual((card.state, card.has_order), ("review", False))
        self.assertEqual(card.finding_ids.filtered("is_check").mapped("code")[0], "reorder_ordered")
        with self.assertRaises(UserError):
            card.action_approve()
        card.finding_ids.filtered(lambda item: item.code == "reorder_ordered").action_waive()
        card.action_approve()
        self.assertTrue(card.has_order)

    def test_what_is_ordered_while_a_card_waits_is_seen_at_its_approval(self):
        self.bolt.seller_ids.price = 0
        card = self.reorder()
        self.bolt.seller_ids.price = 2.0
        self.buyers_order(40)
        with self.assertRaises(UserError):
            card.action_approve()

    def buyers_order(self, quantity):
        return self.env["purchase.order"].create(
            {
                "partner_id": self.vendor.id,
                "company_id": self.company.id,
                "order_line": [
                    (0, 0, {"product_id": self.bolt.id, "product_qty": quantity, "price_unit": 2})
                ],
            }
        )

    # many cards at once

    def test_vendors_are_drafted_together(self):
        seal = self.from_another_vendor("Seal")
        self.propose()
        self.draft()
        run = self.env["po.intake.reorder.run"].search([("team_id", "=", self.team.id)])
        self.assertEqual(run.figures["draft"]["steps"], 2, "one for the cards, one to see the end")
        self.assertEqual(self.orders().partner_id, self.vendor + seal.seller_ids.partner_id)
        for order in self.orders():
            self.assertEqual(order.order_line.po_intake_shortage_id.vendor_id, order.partner_id)
            self.assertIn("Stock runs out on", "".join(order.message_ids.mapped("body")))

    def test_card_that_fails_stops_no_other(self):
        seal = self.from_another_vendor("Seal")
        cards = self.propose()
        failing = cards.filtered(lambda card: card.partner_id != self.vendor)
        refusing = True

        def hook(drafter, intake, order):
            """What an integrator adds finds fault with one of the orders that were written."""
            if refusing and intake == failing:
                raise UserError(self.env._("no cost centre"))

        self.patch(type(self.env["po.intake.drafter"]), "_after_draft", hook)
        with mute_logger("odoo.addons.po_intake.models.reorder.po_intake_reorder_draft"):
            self.draft()
        self.assertEqual((cards - failing).state, "done")
        self.assertEqual((failing.state, failing.attempts), ("new", 1))
        self.assertTrue(failing.retry_at)
        self.assertEqual(self.orders().partner_id, self.vendor)
        refusing = False
        failing._as_worker()._process()
        self.assertEqual(failing.purchase_order_id.order_line.product_id, seal)

    def from_another_vendor(self, name):
        """A product that is short, too, of a vendor of its own."""
        vendor = self.env["res.partner"].create({"name": f"{name} Works", "is_company": True})
        product = self.product(name, price=1.0, partner_id=vendor.id)
        self.sell(product, *YEAR)
        return product

    # never mixed with what people do

    def test_buyers_request_stays_the_buyers(self):
        buyers = self.env["purchase.order"].create(
            {
                "partner_id": self.vendor.id,
                "company_id": self.company.id,
                "user_id": self.vendor.buyer_id.id,
            }
        )
        order = self.reorder().purchase_order_id
        self.assertNotEqual(order, buyers)
        self.assertFalse(buyers.order_line)

    def test_scheduler_never_joins_the_agents_request(self):
        order = self.reorder().purchase_order_id
        seal = self.product("Seal", price=1.0)
        self.env["stock.warehouse.orderpoint"].create(
            {
                "product_id": seal.id,
                "warehouse_id": self.warehouse.id,
                "location_id": self.warehouse.lot_stock_id.id,
                "company_id": self.company.id,
                "product_min_qty": 5,
                "product_max_qty": 10,
            }
        )
        self.env["stock.rule"].run_scheduler(company_id=self.company.id)
        self.assertEqual(order.order_line.product_id, self.bolt)
        self.assertEqual((self.orders() - order).order_line.product_id, seal)

    def test_scheduler_leaves_what_the_agent_orders(self):
        point = self.env["stock.warehouse.orderpoint"].create(
            {
                "product_id": self.bolt.id,
                "warehouse_id": self.warehouse.id,
                "location_id": self.warehouse.lot_stock_id.id,
                "company_id": self.company.id,
                "product_min_qty": 5000,
                "product_max_qty": 9000,
            }
        )
        self.assertTrue(self.reorder())
        self.assertEqual(point.trigger, "forecast")
        self.env["stock.rule"].run_scheduler(company_id=self.company.id)
        self.assertEqual(len(self.orders().order_line), 1)
        self.env["po.intake.authority"].search([("company_id", "=", self.company.id)]).mode = "off"
        self.assertEqual(point.trigger, "auto")

    def test_agents_own_rules_come_and_go(self):
        point = self.reorder().purchase_order_id.order_line.orderpoint_id
        self.assertEqual((point.trigger, point.create_uid.login), ("forecast", "po_intake_reorder"))
        self.env["po.intake.authority"].search([("company_id", "=", self.company.id)]).unlink()
        self.assertFalse(point.active)
        self.orders().button_cancel()
        self.env["po.intake.shortage"].search([]).decided_date = self.today - timedelta(60)
        self.allow("draft")
        again = self.reorder().purchase_order_id.order_line.orderpoint_id
        self.assertEqual((again, again.active), (point, True))
        self.team.reorder = False
        self.assertFalse(point.active)

    def test_made_products_are_not_bought(self):
        route = self.env["stock.route"].create(
            {"name": "From elsewhere", "product_selectable": True, "sequence": 1}
        )
        branch = self.env["stock.warehouse"].create(
            {"name": "Branch", "code": "BR", "company_id": self.company.id}
        )
        self.env["stock.rule"].create(
            {
                "name": "pull",
                "route_id": route.id,
                "action": "pull",
                "picking_type_id": self.warehouse.int_type_id.id,
                "location_src_id": branch.lot_stock_id.id,
                "location_dest_id": self.warehouse.lot_stock_id.id,
                "warehouse_id": self.warehouse.id,
                "company_id": self.company.id,
            }
        )
        self.bolt.route_ids = route
        self.assertFalse(self.reorder())

    # remembered

    def test_cancelled_proposal_comes_back_only_when_the_need_has_grown(self):
        card = self.reorder()
        shortage = card.line_ids.shortage_id
        card.purchase_order_id.button_cancel()
        self.assertEqual((shortage.state, shortage.decision), ("cancelled", "refused"))
        self.assertFalse(self.reorder())
        self.move(
            self.bolt, 4 * shortage.raw_quantity, self.today + timedelta(3), state="confirmed"
        )
        again = self.reorder()
        self.assertGreater(again.line_ids.shortage_id.raw_quantity, 1.25 * shortage.raw_quantity)
        self.assertEqual(again.line_ids.shortage_id.episode, 1)

    def test_growth_of_a_quarter_brings_a_refused_proposal_back(self):
        card = self.reorder()
        shortage = card.line_ids.shortage_id
        card.purchase_order_id.button_cancel()
        need = shortage.raw_quantity
        shortage.raw_quantity = need / 1.2
        self.assertFalse(self.reorder())
        shortage.raw_quantity = need / 1.26
        self.assertTrue(self.reorder())

    def test_cancelled_proposal_comes_back_after_the_silence(self):
        card = self.reorder()
        card.purchase_order_id.button_cancel()
        card.line_ids.shortage_id.decided_date -= timedelta(28)
        self.assertTrue(self.reorder())

    def test_rejected_card_is_remembered_with_its_reason(self):
        self.bolt.seller_ids.price = 0
        card = self.reorder()
        self.env["po.intake.reject"].create(
            {"intake_ids": card.ids, "reason": "Discontinued"}
        ).action_reject()
        shortage = card.line_ids.shortage_id
        self.assertEqual((shortage.state, shortage.decision_reason), ("rejected", "Discontinued"))
        self.assertFalse(self.reorder())

    def test_line_that_the_buyer_deletes_is_remembered(self):
        seal = self.product("Seal", price=1.0)
        self.sell(seal, *YEAR)
        order = self.reorder().purchase_order_id
        order.order_line.filtered(lambda line: line.product_id == seal).unlink()
        shortages = self.env["po.intake.shortage"].search([("company_id", "=", self.company.id)])
        states = {item.product_id: item.state for item in shortages}
        self.assertEqual(states, {self.bolt: "drafted", seal: "cancelled"})

    def test_what_the_buyer_changed_is_kept(self):
        order = self.reorder().purchase_order_id
        line = order.order_line
        line.product_qty += 7
        order.button_confirm()
        shortage = line.po_intake_shortage_id
        self.assertEqual((shortage.state, shortage.decision), ("confirmed", "changed"))
        self.assertEqual(shortage.decided_quantity, shortage.quantity + 7)

    # who may

    def test_off_and_shadow_write_no_order(self):
        self.allow("off")
        self.assertFalse(self.reorder())
        self.assertFalse(
            self.env["po.intake.shortage"].search([("vendor_id", "=", self.vendor.id)])
        )
        self.allow("shadow")
        self.assertFalse(self.reorder())
        shortage = self.env["po.intake.shortage"].search([("vendor_id", "=", self.vendor.id)])
        self.assertEqual((shortage.state, shortage.product_id), ("shadow", self.bolt))
        self.assertFalse(self.orders())
        self.allow("draft")
        self.assertTrue(self.reorder(), "the shadow does not stand in the way")

    def test_narrowest_authority_speaks(self):
        authority = self.env["po.intake.authority"]
        authority.create(
            {"company_id": self.company.id, "categ_id": self.category.id, "mode": "shadow"}
        )
        child = self.env["product.category"].create(
            {"name": "Bolts", "parent_id": self.category.id}
        )
        self.bolt.categ_id = child
        self.assertFalse(self.reorder())
        authority.create(
            {
                "company_id": self.company.id,
                "categ_id": self.category.id,
                "partner_id": self.vendor.id,
                "mode": "draft",
            }
        )
        self.assertTrue(self.reorder())

    def test_agent_is_no_purchase_manager(self):
        agent = self.env["po.intake.reorder"]._agent()
        self.assertFalse(agent.has_group("purchase.group_purchase_manager"))
        self.assertTrue(agent.has_group("purchase.group_purchase_user"))

    def test_person_approves_a_card_that_waited(self):
        self.bolt.seller_ids.price = 0
        card = self.reorder()
        self.bolt.seller_ids.price = 3.0
        buyer = new_test_user(
            self.env,
            "reorder_buyer",
            groups="po_intake.group_po_intake_user,purchase.group_purchase_user",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        card.line_ids.write({"quantity": 60, "price_unit": 3.0})
        card.with_user(buyer).action_approve()
        line = card.purchase_order_id.order_line
        self.assertEqual((line.product_qty, line.price_unit), (60, 3.0))
        self.assertFalse(card.touchless)
