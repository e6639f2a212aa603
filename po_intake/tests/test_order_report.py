from ast import literal_eval
from datetime import timedelta

from odoo.fields import Command

from .chain import ChainCase


class TestOrderReport(ChainCase):
    """Where orders come from, how long they take, and what comes back."""

    def row(self, order):
        self.env.flush_all()
        self.env.invalidate_all()
        kind = order._name.partition(".")[0]
        rows = self.env["po.intake.order.report"].search(
            [("name", "=", order.name), ("kind", "=", kind)]
        )
        self.assertEqual(len(rows), 1)
        return rows

    def test_sources(self):
        mailed = self.mailed(number="PO-1").sale_order_id
        self.script("upload", self.order(number="PO-2"))
        uploaded = self.process(self.upload("upload")).sale_order_id
        by_hand = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "order_line": [Command.create({"product_id": self.bolt.id})],
            }
        )
        forecast = self.env["purchase.order"].create(
            {
                "partner_id": self.customer.id,
                "po_intake_id": self.env["po.intake"]
                .create({"source": "reorder", "direction": "purchase"})
                .id,
            }
        )
        self.assertEqual(self.row(mailed).channel, "mail")
        self.assertEqual(self.row(uploaded).channel, "upload")
        self.assertEqual(self.row(by_hand).channel, "manual")
        self.assertEqual(self.row(forecast).channel, "reorder")
        mailed.po_intake_id.reading_ids.sudo().reader = "edifact"
        self.assertEqual(self.row(mailed).channel, "edi", "a structured file, if it came by mail")

    def test_time_per_stage(self):
        intake = self.mailed()
        order = intake.sale_order_id
        arrived = order.create_date
        intake.write({"received_date": arrived - timedelta(hours=3), "done_date": arrived})
        order.action_confirm()
        order.date_order = arrived + timedelta(hours=12)
        self.assertFalse(self.row(order).delivered_on)
        order.commitment_date = arrived + timedelta(days=2)
        self.validate(self.transfers(order), {self.bolt: 2})
        self.assertFalse(self.row(order).delivered_on, "the rest is still to come")
        self.validate(self.transfers(order))
        order.picking_ids.move_ids.date = arrived + timedelta(days=4, hours=12)
        invoice = order._create_invoices()
        invoice.invoice_date = (arrived + timedelta(days=5)).date()
        invoice.action_post()
        self.assertFalse(self.row(order).days_to_pay)
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        paid_on = invoice.invoice_date + timedelta(days=14)
        wizard.create({"payment_date": paid_on}).action_create_payments()
        row = self.row(order)
        self.assertEqual((row.hours_to_draft, row.hours_to_confirm), (3, 12))
        self.assertEqual(row.days_to_deliver, 4)
        self.assertEqual(row.days_to_pay, 14)
        self.assertEqual((row.on_time, row.returned), (0, 0))
        self.assertGreaterEqual(row.days_late, 2)

    def test_returns(self):
        order = self.confirmed().sale_order_id
        favourite = literal_eval(self.env.ref("po_intake.filter_orders_returns").domain)
        self.assertNotIn(self.row(order), self.env["po.intake.order.report"].search(favourite))
        self.validate(self.transfers(order))
        self.assertEqual(self.row(order).returned, 0)
        self.assertIn(self.row(order), self.env["po.intake.order.report"].search(favourite))
        self.give_back(order.picking_ids, {self.bolt: 1, self.seal: 0})
        self.assertEqual(self.row(order).returned, 100)

    def test_favourites_can_be_read(self):
        fields = self.env["po.intake.order.report"]._fields
        favourites = self.env["ir.filters"].search([("model_id", "=", "po.intake.order.report")])
        self.assertEqual(len(favourites), 4)
        for favourite in favourites:
            context = literal_eval(favourite.context)
            names = [*context["group_by"], *context["pivot_measures"], context["graph_measure"]]
            for name in names:
                self.assertIn(name.partition(":")[0], {*fields, "__count"})
            self.env[favourite.model_id].search_count(literal_eval(favourite.domain))
