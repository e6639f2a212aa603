from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.po_intake.models import po_intake_reorder

from .reorder import ReorderCase


@tagged("post_install", "-at_install")
class TestReorderDemand(ReorderCase):
    """What counts as demand, in which week and warehouse."""

    def weeks(self, product, warehouse=None):
        """{weeks ago: (quantity, largest, days without stock)}"""
        self.run_agent("demand")
        monday = self.today - timedelta(self.today.weekday())
        rows = self.env["po.intake.demand"].search(
            [
                ("product_id", "=", product.id),
                ("warehouse_id", "=", (warehouse or self.warehouse).id),
            ]
        )
        return {
            (monday - row.week).days // 7: (row.quantity, row.largest, row.empty_days)
            for row in rows
        }

    def test_deliveries_of_a_week_are_one_bucket(self):
        self.stock(self.bolt, 100)
        self.sell(self.bolt, 4, 0, 7)
        self.sell(self.bolt, 0, 0, 3)
        self.assertEqual(self.weeks(self.bolt), {3: (4, 4, 0), 1: (10, 7, 0)})

    def test_only_what_leaves_for_customers_counts(self):
        self.stock(self.bolt, 100)
        day = self.today - timedelta(days=7)
        shelf, output = self.warehouse.lot_stock_id, self.warehouse.wh_output_stock_loc_id
        scrap = self.env["stock.location"].search(
            [("usage", "=", "inventory"), ("company_id", "=", self.company.id)], limit=1
        )
        self.move(self.bolt, 5, day, shelf, output, location_final_id=self.customers.id)
        self.move(self.bolt, 5, day, output, self.customers)
        self.move(self.bolt, 11, day, self.customers, shelf)  # a return
        self.move(self.bolt, 13, day, shelf, scrap)
        self.move(self.bolt, 17, day, scrap, shelf)  # found again
        self.move(self.bolt, 19, day, shelf, self.suppliers)  # sent back
        self.move(self.bolt, 23, day, state="cancel")
        self.move(self.bolt, 29, day, state="confirmed")
        self.assertEqual(self.weeks(self.bolt), {1: (5, 5, 0)})

    def test_another_warehouse_is_a_customer(self):
        branch = self.env["stock.warehouse"].create(
            {"name": "Branch", "code": "BR", "company_id": self.company.id}
        )
        self.stock(self.bolt, 100)
        self.stock(self.bolt, 100, branch)
        day = self.today - timedelta(days=7)
        self.move(self.bolt, 5, day, target=branch.lot_stock_id)
        self.move(self.bolt, 2, day, branch.lot_stock_id)
        self.assertEqual(self.weeks(self.bolt), {1: (5, 5, 0)})
        self.assertEqual(self.weeks(self.bolt, branch), {1: (2, 2, 0)})

    def test_days_without_stock_are_known(self):
        monday = self.today - timedelta(self.today.weekday() + 28)
        self.move(self.bolt, 20, monday, self.suppliers, self.warehouse.lot_stock_id)
        self.move(self.bolt, 20, monday + timedelta(1))
        self.move(self.bolt, 5, monday + timedelta(11), self.suppliers, self.warehouse.lot_stock_id)
        self.stock(self.bolt, 5)
        weeks = self.weeks(self.bolt)
        self.assertEqual((weeks[4], weeks[3]), ((20, 20, 5), (0, 0, 4)))
        self.assertNotIn(2, weeks)

    def test_night_adds_what_is_new_and_counts_nothing_twice(self):
        self.stock(self.bolt, 100)
        self.sell(self.bolt, 6, 4)
        self.assertEqual(self.weeks(self.bolt), {2: (6, 6, 0), 1: (4, 4, 0)})
        self.sell(self.bolt, 9, origin="S0042")
        self.assertEqual(self.weeks(self.bolt), {2: (6, 6, 0), 1: (13, 9, 0)})
        row = self.env["po.intake.demand"].search([("product_id", "=", self.bolt.id)], limit=1)
        self.assertEqual(row.largest_origin, "S0042")

    def test_long_past_is_counted_in_steps(self):
        self.patch(po_intake_reorder, "PRODUCTS_A_STEP", 1)
        seal = self.product("Seal", price=1.0)
        for product in (self.bolt, seal):
            self.stock(product, 10)
            self.sell(product, 3)
        run = self.run_agent("demand")
        self.assertGreater(run.figures["demand"]["steps"], 2)
        found = self.env["po.intake.demand"].search([("company_id", "=", self.company.id)])
        self.assertEqual(found.product_id, self.bolt + seal)
