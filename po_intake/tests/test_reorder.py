from datetime import timedelta

from odoo.tests import new_test_user, tagged

from .reorder import ReorderCase

YEAR = [10] * 60


@tagged("post_install", "-at_install")
class TestReorder(ReorderCase):
    """From a shortage to a request for quotation that the vendor accepts."""

    def setUp(self):
        super().setUp()
        self.allow("draft")
        self.sell(self.bolt, *YEAR)
        self.stock(self.bolt, 5)

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

    def test_vendors_minimum(self):
        self.bolt.seller_ids.min_qty = 1000
        line = self.reorder().purchase_order_id.order_line
        self.assertEqual((line.product_qty, line.price_unit), (1000, 2.0))

    def test_dozens(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self.bolt.seller_ids.write({"product_uom_id": dozen.id, "min_qty": 30, "price": 20.0})
        line = self.reorder().purchase_order_id.order_line
        self.assertEqual((line.product_qty, line.product_uom_id), (30, dozen))
        self.assertEqual((line.price_unit, line.product_uom_qty), (20.0, 360))

    def test_price_break_is_taken_when_it_pays(self):
        plain = self.reorder().purchase_order_id
        quantity = plain.order_line.product_qty
        plain.button_cancel()
        self.env["po.intake.shortage"].search([]).decided_date = self.today - timedelta(60)
        self.offer(self.bolt, price=1.5, min_qty=quantity + 10)
        line = self.reorder().purchase_order_id.order_line
        self.assertEqual((line.product_qty, line.price_unit), (quantity + 10, 1.5))

    def test_two_lead_times_in_one_request(self):
        slow = self.product("Slow", price=3.0, delay=40)
        self.sell(slow, *YEAR)
        order = self.reorder().purchase_order_id
        self.assertEqual(len(order.order_line), 2)
        self.assertGreaterEqual(order.date_order.date(), self.today)
        days = {(item.date_planned.date() - self.today).days for item in order.order_line}
        self.assertEqual(days, {14, 40})

    def test_expired_price_waits_for_a_person(self):
        self.run_agent()
        self.bolt.seller_ids.date_end = self.today - timedelta(1)
        card = self.draft_cards()
        self.assertEqual((card.state, card.has_order), ("review", False))
        self.assertIn("reorder_no_price", card.finding_ids.mapped("code"))

    def test_vendor_without_price_waits_for_a_person(self):
        self.bolt.seller_ids.price = 0
        card = self.reorder()
        self.assertEqual(card.state, "review")
        self.assertIn("reorder_no_price", card.finding_ids.mapped("code"))

    def test_minimum_order_value_is_filled_up_or_waited_for(self):
        self.vendor.po_intake_minimum_value = 5000
        order = self.reorder().purchase_order_id
        self.assertGreaterEqual(order.amount_untaxed, 5000)
        order.button_cancel()
        self.env["po.intake.shortage"].search([]).decided_date = self.today - timedelta(60)
        self.stock(self.bolt, 18)  # short, but safe for some days
        self.assertFalse(self.reorder())

    def test_release_weekday(self):
        self.stock(self.bolt, 18)
        tomorrow = (self.today.weekday() + 1) % 7
        self.vendor.po_intake_release_weekday = str(tomorrow)
        self.assertFalse(self.reorder(), "it can wait")
        self.vendor.po_intake_release_weekday = str(self.today.weekday())
        self.assertTrue(self.reorder())

    def test_what_cannot_wait_for_the_weekday_is_ordered(self):
        self.vendor.po_intake_release_weekday = str((self.today.weekday() + 3) % 7)
        self.assertTrue(self.reorder())

    def test_foreign_currency(self):
        other = self.env.ref("base.EUR")
        if other == self.company.currency_id:
            other = self.env.ref("base.USD")
        other.active = True
        self.bolt.seller_ids.currency_id = other
        order = self.reorder().purchase_order_id
        self.assertEqual((order.currency_id, order.order_line.price_unit), (other, 2.0))

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
