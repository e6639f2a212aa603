from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.po_intake.tests.chain import ChainCase


@tagged("post_install", "-at_install")
class TestChainShop(ChainCase):
    """Orders of Odoo's own online shop beside mailed ones; needs website_sale."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env["website"].search([("company_id", "=", cls.company.id)], limit=1)
        (cls.bolt + cls.seal).write({"is_published": True, "website_published": True})

    def bought(self, product, quantity):
        """A cart of the shop that was confirmed and paid with a payment provider."""
        cart = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "website_id": self.website.id,
                "company_id": self.company.id,
            }
        )
        cart._cart_add(product_id=product.id, quantity=quantity)
        self.paid(cart)
        cart.action_confirm()
        return cart

    def paid(self, order):
        methods = self.env["payment.method"].with_context(active_test=False)
        provider = self.env["payment.provider"].create({"name": "Test", "code": "none"})
        self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": methods.search([], limit=1).id,
                "reference": f"shop-{order.id}",
                "amount": order.amount_total,
                "currency_id": order.currency_id.id,
                "partner_id": self.customer.id,
                "state": "done",
                "sale_order_ids": [Command.set(order.ids)],
            }
        )

    def progress(self, order):
        self.env.flush_all()
        self.env.invalidate_all()
        stages = self.env["po.intake.progress"]._progress(order)[order]
        return {code: stage["state"] for code, stage in stages.items()}

    def test_order_of_the_shop(self):
        order = self.bought(self.bolt, 3)
        self.assertEqual(self.progress(order)["paid"], "done")
        self.assertEqual(self.progress(order)["reserved"], "done")
        self.validate(self.transfers(order))
        self.assertEqual(self.progress(order)["shipped"], "done")
        self.env.flush_all()
        row = self.env["po.intake.order.report"].search([("name", "=", order.name)])
        self.assertEqual(row.channel, "shop")

    def test_tracking_number_is_told(self):
        """The shop brings Odoo's carriers along, which keep them."""
        order = self.bought(self.bolt, 3)
        delivery = self.transfers(order)
        delivery.carrier_tracking_ref = "1Z-999"
        self.validate(delivery)
        stages = self.env["po.intake.progress"]._progress(order)[order]
        self.assertEqual(stages["shipped"]["note"], "1Z-999")

    def test_forecast_sees_what_the_shop_sold(self):
        order = self.bought(self.bolt, 7)
        self.validate(self.transfers(order))
        self.env.flush_all()
        demand = self.env["po.intake.demand"]
        since = demand._monday(fields.Date.today() - timedelta(days=7))
        demand._refresh(self.company, since, (self.bolt.id, self.bolt.id))
        rows = demand.search([("product_id", "=", self.bolt.id)])
        self.assertEqual(sum(rows.mapped("quantity")), 7)

    def test_stock_is_promised_once_on_a_mixed_day(self):
        """Orders by mail, of the shop and by hand, with too little stock for all of them."""
        self.put(self.bolt, -88)  # 12 are left
        first = self.confirmed(number="PO-1")
        in_shop = self.bought(self.bolt, 5)
        second = self.confirmed(number="PO-2")
        self.assertEqual(self.now(first), "Reserved")
        self.assertEqual(self.progress(in_shop)["reserved"], "done")
        self.assertEqual(self.now(second), "Partly reserved")
        moves = self.env["stock.move"].search(
            [
                ("product_id", "=", self.bolt.id),
                ("state", "in", ("assigned", "partially_available")),
            ]
        )
        self.assertEqual(sum(moves.mapped("quantity")), 12)
