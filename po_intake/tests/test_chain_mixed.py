from odoo.fields import Command
from odoo.tests import tagged

from .reorder import ReorderCase


@tagged("post_install", "-at_install")
class TestChainMixed(ReorderCase):
    """A day on which mailed orders, one by hand and the forecast meet at one shelf."""

    def setUp(self):
        super().setUp()
        self.allow("draft")
        self.sell(self.bolt, *[10] * 60)
        self.stock(self.bolt, 5)
        self.sales = self.env["po.intake.team"].create(
            {"name": "Sales", "company_id": self.company.id, "direction": "sale"}
        )
        self.customer = self.env["res.partner"].create({"name": "Brook", "is_company": True})

    def mailed(self, number, quantity):
        """An order that came by mail, approved and confirmed."""
        card = self.env["po.intake"].create(
            {
                "source": "mail",
                "state": "review",
                "team_id": self.sales.id,
                "document_type": "purchase_order",
                "order_reference": number,
                "partner_id": self.customer.id,
                "line_ids": [
                    Command.create(
                        {"product_id": self.bolt.id, "quantity": quantity, "price_unit": 5.0}
                    )
                ],
            }
        )
        card.action_approve()
        card.sale_order_id.action_confirm()
        return card

    def by_hand(self, quantity):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "order_line": [
                    Command.create({"product_id": self.bolt.id, "product_uom_qty": quantity})
                ],
            }
        )
        order.action_confirm()
        return order

    def promised(self):
        """What is reserved for customers, and what lies on the shelf."""
        shelf = self.env["stock.quant"].search(
            [
                ("product_id", "=", self.bolt.id),
                ("location_id", "child_of", self.warehouse.lot_stock_id.id),
            ]
        )
        return sum(shelf.mapped("reserved_quantity")), sum(shelf.mapped("quantity"))

    def now(self, card):
        card.invalidate_recordset(["life"])
        return card.life["now"]["label"]

    def test_stock_is_promised_once_and_bought_once(self):
        first = self.mailed("PO-1", 4)
        hand = self.by_hand(4)
        last = self.mailed("PO-2", 4)
        self.assertEqual(self.promised(), (5, 5))
        self.assertEqual(self.now(first), "Reserved")
        self.assertEqual(hand.picking_ids.move_ids.quantity, 1)
        self.assertEqual(self.now(last), "Confirmed")

        bought = self.reorder()
        self.assertEqual(self.now(bought), "Drafted")
        self.assertGreaterEqual(bought.purchase_order_id.order_line.product_qty, 7)
        bought.purchase_order_id.button_confirm()
        self.assertFalse(self.reorder(), "what is on its way is not bought again")

        receipt = bought.purchase_order_id.picking_ids
        receipt.move_ids.picked = True
        receipt.button_validate()
        (hand.picking_ids | last.sale_order_id.picking_ids).action_assign()
        self.assertEqual(self.now(bought), "Goods received")
        self.assertEqual(self.now(last), "Reserved")
        reserved, on_hand = self.promised()
        self.assertEqual(reserved, 12)
        self.assertLessEqual(reserved, on_hand)
