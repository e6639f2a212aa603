"""A mailed order on its way to the payment and back, on real records of Odoo."""

from odoo.fields import Command

from .common import IntakeCase

REACHED = {"open": "", "partly": "½", "done": "✓", "cancelled": "✗"}


class ChainCase(IntakeCase):
    """The team's company with a warehouse, stock and a chart of accounts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        charts = cls.env["account.chart.template"]
        if not cls.company.chart_template:
            charts.try_loading("generic_coa", company=cls.company, install_demo=False)
        cls.house = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        (cls.bolt + cls.seal).write({"is_storable": True, "invoice_policy": "delivery"})
        cls.put(cls.bolt, 100)
        cls.put(cls.seal, 100)

    @classmethod
    def put(cls, product, quantity, lot=None):
        """Count more of a product in the house."""
        cls.env["stock.quant"]._update_available_quantity(
            product, cls.house.lot_stock_id, quantity, lot_id=lot
        )

    def mailed(self, **values):
        """An order that came by mail, drafted without anybody's touch."""
        document = self.order(**values)
        self.script(document.number, document)
        self.receive(self.mail(document.number, Message_Id=f"<{document.number}@brook.example>"))
        intake = self.open_mails()
        self.assertEqual((intake.source, intake.state), ("mail", "done"), self.codes(intake))
        return intake

    def confirmed(self, **values):
        intake = self.mailed(**values)
        intake.sale_order_id.action_confirm()
        return intake

    def stages(self, intake):
        """The life line, what is reached of it: ``confirmed✓ reserved✓ shipped½``."""
        intake.invalidate_recordset(["life"])
        return " ".join(
            stage["code"] + REACHED[stage["state"]]
            for stage in intake.life["stages"]
            if stage["state"] != "open" and stage["code"] not in ("received", "drafted")
        )

    def now(self, intake):
        """What the badge says."""
        intake.invalidate_recordset(["life"])
        return intake.life["now"]["label"]

    def stage(self, intake, code):
        intake.invalidate_recordset(["life"])
        return next(stage for stage in intake.life["stages"] if stage["code"] == code)

    def transfers(self, order, state="assigned"):
        return order.picking_ids.filtered(lambda picking: picking.state == state)

    def validate(self, picking, quantities=None, backorder=True):
        """Have a transfer done; of some products less than was asked for.

        :param backorder: the rest follows later, else it is cancelled
        """
        for move in picking.move_ids:
            move.quantity = (quantities or {}).get(move.product_id, move.product_uom_qty)
            move.picked = True
        context = {"skip_backorder": True}
        if not backorder:
            context["picking_ids_not_to_backorder"] = picking.ids
        picking.with_context(**context).button_validate()
        self.assertEqual(picking.state, "done")

    def give_back(self, picking, quantities=None):
        """The customer sends goods back; they are in the house again."""
        wizard = (
            self.env["stock.return.picking"]
            .with_context(active_id=picking.id, active_model="stock.picking")
            .create({})
        )
        for line in wizard.product_return_moves:
            line.quantity = (quantities or {}).get(line.product_id, line.move_id.quantity)
        action = wizard.action_create_returns()
        back = self.env["stock.picking"].browse(action["res_id"])
        self.validate(back)
        return back

    def invoice(self, order):
        invoice = order._create_invoices()
        invoice.action_post()
        return invoice

    def pay(self, invoice, amount=None):
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({} if amount is None else {"amount": amount})
        )
        wizard.action_create_payments()

    def credit(self, invoice, quantities=None):
        """A credit note for an invoice, for all of it or for some quantities by product."""
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id})
        )
        note = self.env["account.move"].browse(wizard.refund_moves()["res_id"])
        for line in note.invoice_line_ids if quantities else ():
            if line.product_id in quantities:
                line.quantity = quantities[line.product_id]
            else:
                note.invoice_line_ids = [Command.delete(line.id)]
        note.action_post()
        return note
