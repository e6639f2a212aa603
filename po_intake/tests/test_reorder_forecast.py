from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.po_intake.models import po_intake_supply

from .reorder import ReorderCase

YEAR = [10] * 60


@tagged("post_install", "-at_install")
class TestReorderForecast(ReorderCase):
    """When stock runs out, by when to order, and how much is missing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sell(cls.bolt, *YEAR)

    def foresee(self, product=None, warehouse=None):
        self.run_agent("demand", "forecast")
        return self.env["po.intake.forecast"].search(
            [
                ("product_id", "=", (product or self.bolt).id),
                ("warehouse_id", "=", (warehouse or self.warehouse).id),
            ]
        )

    def request(self, state="draft", quantity=100, days=7, unit=None):
        """A request for quotation that a buyer has made."""
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.vendor.id,
                "company_id": self.company.id,
                "order_line": [
                    (0, 0, {
                        "product_id": self.bolt.id,
                        "product_qty": quantity,
                        "product_uom_id": (unit or self.bolt.uom_id).id,
                        "date_planned": self.today + timedelta(days),
                    })
                ],
            }
        )  # fmt: skip
        if state == "purchase":
            order.button_confirm()
        elif state != "draft":
            order.state = state
        return order

    def test_stock_out_and_last_day_to_order(self):
        self.stock(self.bolt, 25)
        found = self.foresee()
        self.assertAlmostEqual(found.level, 10, delta=0.5)
        self.assertAlmostEqual((found.stock_out_date - self.today).days, 17, delta=1)
        self.assertAlmostEqual((found.order_by_date - self.today).days, 3, delta=1)
        self.assertEqual((found.on_hand, found.position), (25, 25))

    def test_need_fills_up_to_the_level(self):
        self.stock(self.bolt, 12)
        found = self.foresee()
        self.assertGreater(found.reorder_point, 15)
        self.assertEqual(found.order_by_date, self.today)
        self.assertAlmostEqual(found.need, found.order_up_to - 12, places=2)

    def test_enough_stock_needs_nothing(self):
        self.stock(self.bolt, 500)
        found = self.foresee()
        self.assertEqual(found.need, 0)
        self.assertFalse(
            found.stock_out_date and found.stock_out_date < self.today + timedelta(300)
        )

    def test_every_open_order_is_on_its_way(self):
        self.stock(self.bolt, 10)
        dozen = self.env.ref("uom.product_uom_dozen")
        self.request("draft", 100)
        self.request("sent", 5, unit=dozen)
        self.request("to approve", 10)
        self.request("purchase", 20, days=-10)  # late
        self.request("cancel", 1000)
        found = self.foresee()
        self.assertEqual(found.incoming, 190)
        self.assertEqual(found.position, 200)
        self.assertEqual(found.need, 0)

    def test_promised_beyond_what_is_expected_counts(self):
        self.stock(self.bolt, 100)
        expected = self.foresee().expected
        self.move(self.bolt, 15, self.today + timedelta(3), state="confirmed")
        self.assertEqual(self.foresee().position, 100, "a usual order was foreseen")
        self.move(self.bolt, 45, self.today + timedelta(5), state="confirmed")
        found = self.foresee()
        self.assertAlmostEqual(found.position, 100 - (60 - expected), delta=0.01)
        self.move(self.bolt, 8, self.today - timedelta(2), state="confirmed")
        self.assertAlmostEqual(self.foresee().position, 92 - (60 - expected), delta=0.01)

    def test_delivery_in_two_steps_is_promised_once(self):
        shelf, output = self.warehouse.lot_stock_id, self.warehouse.wh_output_stock_loc_id
        day = self.today + timedelta(3)
        ship = self.move(self.bolt, 7, day, output, state="waiting")
        self.move(
            self.bolt, 7, day, shelf, output, state="confirmed",
            location_final_id=self.customers.id, move_dest_ids=[(4, ship.id)],
        )  # fmt: skip
        self.move(
            self.bolt, 5, day, shelf, output, state="confirmed",
            location_final_id=self.customers.id,
        )  # fmt: skip
        self.assertEqual(self.foresee().outgoing, 12)

    def test_warehouses_have_forecasts_of_their_own(self):
        branch = self.env["stock.warehouse"].create(
            {"name": "Branch", "code": "BR", "company_id": self.company.id}
        )
        self.sell(self.bolt, *[2] * 60, source=branch.lot_stock_id)
        self.stock(self.bolt, 500)
        self.stock(self.bolt, 3, branch)
        self.assertEqual(self.foresee().need, 0)
        found = self.foresee(warehouse=branch)
        self.assertAlmostEqual(found.level, 2, delta=0.2)
        self.assertGreater(found.need, 0)

    def test_dead_item_is_not_ordered(self):
        dead = self.product("Dead", price=1.0)
        self.sell(dead, *[10] * 8, *[0] * 52)
        self.assertEqual(self.foresee(dead).need, 0)

    def test_bulk_order_is_capped_and_told(self):
        self.sell(self.bolt, 900, 0, 0)
        found = self.foresee()
        self.assertEqual(found.bulk[0]["quantity"], 910)
        self.assertLess(found.bulk[0]["counted"], 100)
        self.assertLess(found.level, 25)

    def test_product_without_category(self):
        loose = self.product("Loose", price=1.0)
        loose.categ_id = False
        self.sell(loose, *YEAR)
        self.stock(loose, 100)
        found = self.foresee(loose)
        self.assertAlmostEqual(found.level, 10, delta=0.5)
        self.assertFalse(found.categ_id)

    def test_promotion_raises_the_weeks_that_it_lasts(self):
        plain = self.foresee().weeks["expected"]
        self.env["po.intake.uplift"].create(
            {
                "name": "Spring fair",
                "company_id": self.company.id,
                "categ_id": self.category.id,
                "date_from": self.today + timedelta(28 - self.today.weekday()),
                "date_to": self.today + timedelta(34 - self.today.weekday()),
                "percent": 100,
            }
        )
        raised = self.foresee().weeks["expected"]
        self.assertAlmostEqual(raised[3], plain[3], delta=0.5)
        self.assertAlmostEqual(raised[4] - raised[3], 2 * (plain[4] - plain[3]), delta=0.5)

    def test_lead_time_is_as_measured(self):
        for _number in range(po_intake_supply.LEAST_RECEIPTS):
            order = self.request("purchase", 10)
            order.date_approve = self.today - timedelta(60)
            order.picking_ids.move_ids.write({"state": "done", "date": self.today - timedelta(30)})
        found = self.foresee()
        self.assertEqual((found.lead_days, found.lead_spread), (30, 0))

    def test_batches_cover_every_pair_once(self):
        others = [self.product(f"Item {number}", price=1.0) for number in range(4)]
        for product in others:
            self.sell(product, 3, 3, 3)
        self.patch(po_intake_supply, "PAIRS_A_STEP", 2)
        run = self.run_agent("demand", "forecast")
        self.assertEqual(
            (run.figures["forecast"]["rows"], run.figures["forecast"]["steps"]), (5, 3)
        )
        self.bolt.active = False
        self.foresee()
        found = self.env["po.intake.forecast"].search([("company_id", "=", self.company.id)])
        self.assertEqual(len(found), 4)

    def test_contest_names_the_cheaper_rule_of_a_category(self):
        self.run_agent("demand", "forecast")
        contest = self.env["po.intake.contest"].search([("company_id", "=", self.company.id)])
        self.assertEqual((contest.categ_id, contest.weeks), (self.category, 52))
        self.assertEqual(contest.rule == "forecast", contest.saving > 0)
        rows = self.env["po.intake.forecast"].search([("company_id", "=", self.company.id)])
        self.assertEqual(set(rows.mapped("rule")), {contest.rule})
