from datetime import timedelta

from odoo.tests import tagged

from .reorder import ReorderCase

YEAR = [10] * 60


@tagged("post_install", "-at_install")
class TestReorderVendor(ReorderCase):
    """Quantity, price and day are what the vendor accepts, by Odoo's own price list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.allow("draft")
        cls.sell(cls.bolt, *YEAR)
        cls.stock(cls.bolt, 5)

    def ordered(self):
        """The line that the agent orders of a single product."""
        return self.reorder().purchase_order_id.order_line

    def codes(self, line):
        return [step["code"] for step in line.po_intake_shortage_id.steps]

    # how many

    def test_minimum_of_a_hundred(self):
        self.bolt.seller_ids.min_qty = 100
        line = self.ordered()
        self.assertLess(line.po_intake_shortage_id.raw_quantity, 100)
        self.assertEqual((line.product_qty, line.price_unit), (100, 2.0))
        self.assertIn("minimum", self.codes(line))

    def test_dozens_are_ordered_whole(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self.bolt.seller_ids.write({"product_uom_id": dozen.id, "min_qty": 5, "price": 20.0})
        line = self.ordered()
        self.assertEqual((line.product_uom_id, line.price_unit), (dozen, 20.0))
        raw = line.po_intake_shortage_id.raw_quantity
        self.assertEqual(line.product_qty, max(5, -(-raw // 12)))
        self.assertEqual(line.product_uom_qty, 12 * line.product_qty)

    def test_minimum_is_in_the_vendors_unit(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self.bolt.seller_ids.write({"product_uom_id": dozen.id, "min_qty": 30, "price": 20.0})
        self.assertEqual(self.ordered().product_uom_qty, 360)

    def test_multiple_of_the_reordering_rule(self):
        point = self.env["stock.warehouse.orderpoint"].create(
            {
                "product_id": self.bolt.id,
                "warehouse_id": self.warehouse.id,
                "location_id": self.warehouse.lot_stock_id.id,
                "company_id": self.company.id,
                "trigger": "manual",
                "replenishment_uom_id": self.env.ref("uom.product_uom_dozen").id,
            }
        )
        line = self.ordered()
        self.assertEqual((line.orderpoint_id, line.product_qty % 12), (point, 0))

    def test_no_more_than_keeps(self):
        """For how long a product keeps is known where product_expiry is installed, or by a hook."""
        self.bolt.seller_ids.min_qty = 1
        usual = self.ordered()
        self.patch(type(self.env["po.intake.reorder"]), "_shelf_days", lambda *_args: 21)
        self.forget(usual.order_id)
        line = self.ordered()
        self.assertLessEqual(line.product_qty + 5, 31)
        self.assertLess(line.product_qty, usual.product_qty)
        self.assertIn("shelf_life", self.codes(line))

    def test_minimum_that_would_spoil_waits_for_a_person(self):
        self.patch(type(self.env["po.intake.reorder"]), "_shelf_days", lambda *_args: 21)
        self.bolt.seller_ids.min_qty = 400
        card = self.reorder()
        self.assertEqual((card.state, card.has_order), ("review", False))
        self.assertIn("reorder_unreachable", card.finding_ids.mapped("code"))

    def test_negative_stock_is_made_up_for(self):
        self.stock(self.bolt, -25)  # 20 below zero
        line = self.ordered()
        numbers = line.po_intake_shortage_id.numbers
        self.assertEqual(numbers["on_hand"], -20)
        self.assertAlmostEqual(line.product_qty, numbers["order_up_to"] + 20, delta=1)

    # of whom, and for how much

    def test_price_break_is_taken_when_it_pays(self):
        plain = self.reorder().purchase_order_id
        quantity = plain.order_line.product_qty
        self.forget(plain)
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
        card = self.propose()
        self.bolt.seller_ids.date_end = self.today - timedelta(1)
        self.draft()
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
        self.forget(order)
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

    def test_price_of_another_company_is_not_ours(self):
        other = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        self.offer(self.bolt, price=0.5, sequence=-1, company_id=other.id)
        self.assertEqual(self.ordered().price_unit, 2.0)

    def test_price_of_another_variant_is_not_ours(self):
        size = self.env["product.attribute"].create(
            {"name": "Size", "value_ids": [(0, 0, {"name": name}) for name in ("S", "L")]}
        )
        nut = self.env["product.template"].create(
            {
                "name": "Nut",
                "is_storable": True,
                "categ_id": self.category.id,
                "attribute_line_ids": [
                    (0, 0, {"attribute_id": size.id, "value_ids": [(6, 0, size.value_ids.ids)]})
                ],
            }
        )
        small, large = nut.product_variant_ids
        for product, price in ((small, 1.0), (large, 3.0)):
            self.offer(product, price=price, product_id=product.id)
            self.sell(product, *YEAR)
        prices = {line.product_id: line.price_unit for line in self.ordered()}
        self.assertEqual(prices, {self.bolt: 2.0, small: 1.0, large: 3.0})

    def test_price_that_is_not_valid_yet_is_none(self):
        self.bolt.seller_ids.date_start = self.today + timedelta(10)
        self.assertFalse(self.reorder())

    def test_free_goods_are_no_price(self):
        self.bolt.seller_ids.discount = 100
        card = self.reorder()
        self.assertEqual((card.state, card.has_order), ("review", False))
        self.assertIn("reorder_no_price", card.finding_ids.mapped("code"))

    def test_vendor_that_is_archived_is_not_asked(self):
        self.vendor.active = False
        self.assertFalse(self.reorder())

    def test_what_is_not_kept_in_stock_is_not_ordered(self):
        self.env.cr.execute(
            "UPDATE product_template SET is_storable = false WHERE id = %s",
            (self.bolt.product_tmpl_id.id,),
        )
        self.env.invalidate_all()
        self.assertFalse(self.reorder())

    def forget(self, order):
        """Its vendor says no, and much time passes."""
        order.button_cancel()
        self.env["po.intake.shortage"].search([]).decided_date = self.today - timedelta(60)
