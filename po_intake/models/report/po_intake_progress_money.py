from odoo import api, models

from .po_intake_progress_kind import DONE, OPEN, PARTLY, stage, together

# what Odoo calls an invoice that nobody has to pay any more
SETTLED = ("paid", "in_payment", "reversed")


class PoIntakeProgressMoney(models.AbstractModel):
    """Part of the progress of orders: invoiced, paid, paid back. Only posted invoices count."""

    _name = "po.intake.progress.money"
    _description = "Order Intake: Progress of Money"

    @api.model
    def _money(self, order, lines, transfers, billed, kind):
        """The stages of the money.

        :param billed: lines of posted invoices and credit notes, by order line
        """
        moves = self.env["account.move.line"].union(*billed.values()).move_id
        invoices = moves.filtered(lambda move: move.move_type == kind.invoice)
        refunds = moves.filtered(lambda move: move.move_type == kind.refund)
        invoiced = together(
            self._invoiced(line, transfers.get(line), billed.get(line, ()), kind) for line in lines
        )
        if invoiced == OPEN and invoices:
            invoiced = PARTLY  # a down payment
        stages = {
            "invoiced": stage(invoiced, invoices, self._last_date(invoices)),
            "paid": stage(self._paid(order, invoiced, invoices), invoices),
        }
        if refunds:
            state = self._refunded(order, invoices, refunds)
            stages["refunded"] = stage(state, refunds, self._last_date(refunds))
        return stages

    @api.model
    def _invoiced(self, line, transfers, invoice_lines, kind):
        """Of one line: what was invoiced once stays so, whatever is credited later."""
        billed = sum(
            (item.product_uom_id or line.product_uom_id)._compute_quantity(
                item.quantity, line.product_uom_id, round=False
            )
            for item in invoice_lines
            if item.move_id.move_type == kind.invoice
        )
        if not billed:
            return OPEN
        enough = line.product_uom_id.compare(billed, line[kind.quantity]) >= 0
        # delivered short, and nothing more will come
        closed = transfers and all(move.state in ("done", "cancel") for move in transfers)
        return DONE if enough or (closed and line.qty_to_invoice <= 0) else PARTLY

    @api.model
    def _paid(self, order, invoiced, invoices):
        if not invoices:
            return self._paid_ahead(order)
        levels = {**dict.fromkeys(SETTLED, DONE), "partial": PARTLY}
        state = together(levels.get(invoice.payment_state, OPEN) for invoice in invoices)
        return PARTLY if state == DONE and invoiced != DONE else state

    @api.model
    def _paid_ahead(self, order):
        """What a customer has paid in the shop or in the portal, before any invoice."""
        ahead = order.amount_paid if order._name == "sale.order" else 0
        if not ahead:
            return OPEN
        enough = order.currency_id.compare_amounts(ahead, order.amount_total) >= 0
        return DONE if enough else PARTLY

    @api.model
    def _refunded(self, order, invoices, refunds):
        back, billed = (
            abs(sum(some.mapped("amount_total_signed"))) for some in (refunds, invoices)
        )
        currency = order.company_id.currency_id
        return DONE if currency.compare_amounts(back, billed) >= 0 else PARTLY

    @api.model
    def _last_date(self, invoices):
        return max(filter(None, invoices.mapped("invoice_date")), default=None)
