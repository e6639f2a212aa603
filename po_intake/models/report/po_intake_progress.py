from collections import defaultdict

from odoo import api, models

from .po_intake_progress_kind import CANCELLED, DONE, KINDS, OPEN, stage


class PoIntakeProgress(models.AbstractModel):
    """How far orders have come: told by their transfers, invoices and payments, never stored.

    Works on many orders at once, with the same number of queries for one and for a hundred.
    """

    _name = "po.intake.progress"
    _description = "Order Intake: Progress of Orders"
    _inherit = ["po.intake.progress.goods", "po.intake.progress.money"]

    @api.model
    def _progress(self, orders):
        """How far each order has come.

        :param orders: sales orders or purchase orders, not both
        :return: ``{order: {code: stage}}``, the stages in their order; what does not apply to an
            order is left out
        """
        kind = KINDS[orders._name]
        lines = self._lines(orders, kind)
        transfers = self._transfers(lines, kind)
        billed = self._invoice_lines(orders, kind)
        lines_of = lines.grouped("order_id")
        progress = {}
        for order in orders:
            own = lines_of.get(order, lines.browse())
            stages = {"confirmed": self._confirmed(order)}
            if stages["confirmed"]["state"] != CANCELLED:
                stages |= self._goods(order, own, transfers, kind)
                stages |= self._money(order, own, transfers, billed[order], kind)
            progress[order] = stages
        return progress

    @api.model
    def _lines(self, orders, kind):
        return orders.order_line.search_fetch(
            [
                ("order_id", "in", orders.ids),
                ("display_type", "=", False),
                ("is_downpayment", "=", False),
                (kind.quantity, ">", 0),
            ],
            ["order_id", "product_id", kind.quantity, "product_uom_id", "qty_to_invoice"],
        )

    @api.model
    def _transfers(self, lines, kind):
        """Stock moves by order line; none where goods have none yet, no entry for services."""
        goods = lines.filtered(lambda line: line.product_id and line.product_id.type != "service")
        moves = self.env["stock.move"].search_fetch(
            [(kind.transfer_link, "in", goods.ids), ("state", "!=", "draft")],
            [
                kind.transfer_link,
                "product_id",
                "product_uom",
                "quantity",
                "state",
                "picked",
                "picking_id",
                "location_id",
                "location_dest_id",
                "date",
            ],
        )
        # at once for all orders: what is read order by order later is in the cache then
        moves.picking_id.fetch(self._picking_fields())
        return dict.fromkeys(goods, moves.browse()) | moves.grouped(kind.transfer_link)

    @api.model
    def _invoice_lines(self, orders, kind):
        """Lines of posted invoices and credit notes: ``{order: {order line: lines}}``."""
        posted = self.env["account.move.line"].search_fetch(
            [
                (f"{kind.invoice_link}.order_id", "in", orders.ids),
                ("parent_state", "=", "posted"),
            ],
            ["move_id", "quantity", "product_uom_id", kind.invoice_link],
        )
        posted.move_id.fetch(
            ["name", "move_type", "payment_state", "invoice_date", "amount_total_signed"]
        )
        billed = defaultdict(lambda: defaultdict(posted.browse))
        for item in posted:
            for line in item[kind.invoice_link]:
                billed[line.order_id][line] |= item
        return billed

    @api.model
    def _confirmed(self, order):
        confirmed_on = order.date_order
        if order._name == "purchase.order":
            confirmed_on = order.date_approve
        state = {"sale": DONE, "purchase": DONE, "cancel": CANCELLED}.get(order.state, OPEN)
        return stage(state, order, confirmed_on if state == DONE else None)
