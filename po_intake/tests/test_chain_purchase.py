from odoo import fields

from odoo.addons.po_intake.extraction.document import QUOTATION, Party

from .chain import ChainCase


class TestChainPurchase(ChainCase):
    """What is short is bought, and a vendor's offer lives on as a purchase order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vendor = cls.env["res.partner"].create(
            {"name": "Alder Castings Ltd", "is_company": True, "ref": "V-4712", "supplier_rank": 1}
        )
        cls.env["product.supplierinfo"].create(
            {
                "partner_id": cls.vendor.id,
                "product_tmpl_id": cls.bolt.product_tmpl_id.id,
                "price": 40,
                "delay": 3,
            }
        )

    def test_reordering_rule_buys_what_an_order_lacks(self):
        self.put(self.bolt, -98)
        self.bolt.route_ids = self.env.ref("purchase_stock.route_warehouse0_buy")
        rule = self.env["stock.warehouse.orderpoint"].create(
            {
                "product_id": self.bolt.id,
                "warehouse_id": self.house.id,
                "location_id": self.house.lot_stock_id.id,
                "product_min_qty": 0,
                "product_max_qty": 0,
            }
        )
        intake = self.confirmed()
        self.assertEqual(self.now(intake), "Partly reserved")
        rule._procure_orderpoint_confirm()
        bought = self.env["purchase.order.line"].search([("orderpoint_id", "=", rule.id)])
        self.assertEqual(bought.product_qty, 3)
        bought.order_id.button_confirm()
        self.validate(bought.order_id.picking_ids)
        self.assertEqual(self.now(intake), "Reserved")
        self.validate(self.transfers(intake.sale_order_id))
        self.assertEqual(self.now(intake), "Shipped")

    def test_offer_is_ordered_received_billed_and_paid(self):
        self.team.direction = "purchase"
        self.bolt.purchase_method = self.seal.purchase_method = "receive"
        offer = self.order(
            document_type=QUOTATION,
            number="Q-77",
            partner=Party(name="Alder Castings Ltd", reference="V-4712"),
        )
        self.script("offer", offer)
        intake = self.process(self.upload("offer"))
        if intake.state == "review":
            intake.action_approve()
        order = intake.purchase_order_id
        self.assertEqual(self.now(intake), "Drafted")
        order.button_confirm()
        self.assertEqual(self.now(intake), "Confirmed")
        self.validate(order.picking_ids, {self.bolt: 2})
        self.assertEqual(self.now(intake), "Goods partly received")
        self.validate(self.transfers(order))
        self.assertEqual(self.now(intake), "Goods received")
        bill = self.env["account.move"].browse(order.action_create_invoice()["res_id"])
        bill.invoice_date = fields.Date.context_today(bill)
        bill.action_post()
        self.assertEqual(self.now(intake), "Billed")
        self.pay(bill)
        self.assertEqual(self.now(intake), "Paid")
