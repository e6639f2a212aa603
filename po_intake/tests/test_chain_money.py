from odoo.fields import Command

from .chain import ChainCase


class TestChainMoney(ChainCase):
    """A mailed order to its invoice, its payment and back."""

    def shipped(self, **values):
        intake = self.confirmed(**values)
        self.validate(self.transfers(intake.sale_order_id))
        return intake

    def test_invoiced_on_delivery_and_paid(self):
        intake = self.shipped()
        invoice = intake.sale_order_id._create_invoices()
        self.assertEqual(self.now(intake), "Shipped", "a draft invoice is none")
        invoice.action_post()
        self.assertEqual(self.now(intake), "Invoiced")
        self.assertEqual(self.stage(intake, "invoiced")["names"], [invoice.name])
        self.pay(invoice, 100)
        self.assertEqual(self.now(intake), "Partly paid")
        self.pay(invoice)
        self.assertEqual(self.now(intake), "Paid")

    def test_invoiced_on_order_before_it_is_shipped(self):
        (self.bolt + self.seal).invoice_policy = "order"
        intake = self.confirmed()
        self.pay(self.invoice(intake.sale_order_id))
        self.assertEqual(self.stages(intake), "confirmed✓ reserved✓ invoiced✓ paid✓")
        self.assertEqual(self.now(intake), "Reserved", "where the goods are is asked first")
        self.validate(self.transfers(intake.sale_order_id))
        self.assertEqual(self.now(intake), "Paid")

    def test_each_delivery_is_invoiced(self):
        intake = self.confirmed()
        order = intake.sale_order_id
        self.validate(self.transfers(order), {self.bolt: 3})
        self.pay(self.invoice(order))
        self.assertEqual(self.stage(intake, "invoiced")["state"], "partly")
        self.assertEqual(self.stage(intake, "paid")["state"], "partly")
        self.validate(self.transfers(order))
        self.assertEqual(self.now(intake), "Partly invoiced")
        self.pay(self.invoice(order))
        self.assertEqual(self.now(intake), "Paid")

    def test_what_is_delivered_short_is_invoiced_short(self):
        intake = self.confirmed()
        order = intake.sale_order_id
        self.validate(self.transfers(order), {self.bolt: 3}, backorder=False)
        self.pay(self.invoice(order))
        self.assertEqual(self.now(intake), "Paid")

    def test_down_payment(self):
        intake = self.confirmed()
        wizard = self.env["sale.advance.payment.inv"].create(
            {
                "advance_payment_method": "percentage",
                "amount": 30,
                "sale_order_ids": [Command.set(intake.sale_order_id.ids)],
            }
        )
        invoice = wizard._create_invoices(intake.sale_order_id)
        invoice.action_post()
        self.pay(invoice)
        self.assertEqual(self.stages(intake), "confirmed✓ reserved✓ invoiced½ paid½")

    def test_return_and_credit_note(self):
        intake = self.shipped()
        order = intake.sale_order_id
        invoice = self.invoice(order)
        self.pay(invoice)
        self.give_back(order.picking_ids, {self.bolt: 2, self.seal: 0})
        self.assertEqual(self.now(intake), "Partly returned")
        self.credit(invoice, {self.bolt: 2})
        self.assertEqual(self.now(intake), "Partly refunded")
        self.assertEqual(
            self.stages(intake),
            "confirmed✓ reserved✓ packed✓ shipped✓ returned½ invoiced✓ paid✓ refunded½",
        )

    def test_everything_comes_back(self):
        intake = self.shipped()
        invoice = self.invoice(intake.sale_order_id)
        self.give_back(intake.sale_order_id.picking_ids)
        self.assertEqual(self.now(intake), "Returned")
        self.credit(invoice)
        self.assertEqual(self.now(intake), "Refunded")
        self.assertEqual(self.stage(intake, "invoiced")["state"], "done")

    def test_paid_ahead_in_the_portal(self):
        intake = self.confirmed()
        order = intake.sale_order_id
        provider = self.env["payment.provider"].create({"name": "Test", "code": "none"})
        methods = self.env["payment.method"].with_context(active_test=False)
        self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": methods.search([], limit=1).id,
                "reference": "ahead",
                "amount": order.amount_total,
                "currency_id": order.currency_id.id,
                "partner_id": self.customer.id,
                "state": "done",
                "sale_order_ids": [Command.set(order.ids)],
            }
        )
        self.assertEqual(self.stage(intake, "paid")["state"], "done")
        self.assertEqual(self.now(intake), "Reserved")
