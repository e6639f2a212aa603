from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command

from .chain import ChainCase


class TestReadiness(ChainCase):
    """What keeps orders from running by themselves, with the records to mend."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vendor = cls.env["res.partner"].create({"name": "Alder Castings Ltd"})

    def lacking(self, code):
        """The records that a row of the page shows."""
        self.env.flush_all()
        page = self.env["po.intake.readiness"].with_user(self.env.ref("base.user_admin"))
        page = page.with_company(self.company)
        action = page.action_check()
        row = page.search([("code", "=", code), ("create_uid", "=", page.env.uid)])
        self.assertEqual(action["res_model"], row._name)
        action = row.action_show()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(row.count, len(found))
        return found

    def choose(self, product, route):
        """As people do, who are offered only such routes."""
        route.write({"active": True, "product_selectable": True})
        product.route_ids = route

    def test_only_what_was_sold_is_looked_at(self):
        self.assertNotIn(self.bolt, self.lacking("no_supply"))
        self.confirmed()
        self.assertIn(self.bolt, self.lacking("no_supply"))

    def test_supply(self):
        self.confirmed()
        self.env["stock.warehouse.orderpoint"].create(
            {"product_id": self.bolt.id, "warehouse_id": self.house.id}
        )
        self.choose(self.seal, self.house.mto_pull_id.route_id)
        self.assertFalse(self.lacking("no_supply") & (self.bolt + self.seal))

    def test_vendors(self):
        self.confirmed()
        self.assertIn(self.bolt, self.lacking("no_vendor"))
        self.bolt.seller_ids = [Command.create({"partner_id": self.vendor.id, "delay": 0})]
        self.assertNotIn(self.bolt, self.lacking("no_vendor"))
        self.assertIn(self.bolt.seller_ids, self.lacking("no_lead_time"))
        self.bolt.seller_ids.delay = 5
        self.assertNotIn(self.bolt.seller_ids, self.lacking("no_lead_time"))
        self.assertNotIn(self.bolt, self.lacking("vendor_archived"))
        self.vendor.active = False
        self.assertIn(self.bolt, self.lacking("vendor_archived"))

    def test_routes(self):
        self.confirmed()
        buy = self.env.ref("purchase_stock.route_warehouse0_buy")
        self.house.route_ids -= buy
        rules = self.house.route_ids.rule_ids
        rules.filtered(lambda rule: rule.action not in ("pull", "push")).active = False
        self.assertIn(self.bolt, self.lacking("no_route"))
        self.choose(self.bolt, buy)
        self.assertNotIn(self.bolt, self.lacking("no_route"))

    def test_product_data(self):
        self.confirmed()
        products = self.bolt + self.seal
        self.assertFalse(self.lacking("no_code") & products)
        self.assertFalse(self.lacking("no_price") & products)
        self.assertEqual(self.lacking("no_barcode") & products, products)
        self.bolt.write({"default_code": False, "list_price": 0, "barcode": "4006381333931"})
        self.assertEqual(self.lacking("no_code") & products, self.bolt)
        self.assertEqual(self.lacking("no_price") & products, self.bolt)
        self.assertEqual(self.lacking("no_barcode") & products, self.seal)

    def test_customers_without_payment_terms(self):
        self.confirmed()
        self.assertIn(self.customer, self.lacking("no_payment_term"))
        term = self.env["account.payment.term"].create({"name": "30 days"})
        self.customer.with_company(self.company).property_payment_term_id = term
        self.assertNotIn(self.customer, self.lacking("no_payment_term"))

    def test_deliveries(self):
        delivery = self.confirmed().sale_order_id.picking_ids
        self.assertNotIn(delivery, self.lacking("late_delivery"))
        self.assertNotIn(delivery, self.lacking("long_reserved"))
        delivery.scheduled_date = fields.Datetime.now() - timedelta(days=2)
        self.assertIn(delivery, self.lacking("late_delivery"))
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE stock_picking SET create_date = create_date - interval '31 days' WHERE id = %s",
            [delivery.id],
        )
        self.env.invalidate_all()
        self.assertIn(delivery, self.lacking("long_reserved"))
        self.validate(delivery)
        self.assertNotIn(delivery, self.lacking("late_delivery"))

    def test_every_check_has_words(self):
        page = self.env["po.intake.readiness"]
        self.assertEqual(set(page._get_checks()), set(page._get_texts()))

    def test_page_is_for_managers(self):
        with self.assertRaises(AccessError):
            self.env["po.intake.readiness"].with_user(self.clerk).action_check()

    def test_short_line_says_that_nothing_comes(self):
        self.put(self.bolt, -98)
        self.script("short", self.order())
        intake = self.process(self.upload("short"))
        self.assertIn("Hex bolt", self.finding(intake, "no_supply").message)
        self.env["stock.warehouse.orderpoint"].create(
            {"product_id": self.bolt.id, "warehouse_id": self.house.id}
        )
        self.script("again", self.order(number="PO-2"))
        intake = self.process(self.upload("again"))
        self.assertIn("stock_short", self.codes(intake))
        self.assertNotIn("no_supply", self.codes(intake))
