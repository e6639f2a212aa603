from odoo import fields, models


class PoIntakeReordered(models.AbstractModel):
    """Part of a purchase order: what the reorder agent has to do with it."""

    _name = "po.intake.reordered"
    _description = "Order Drafted by the Reorder Agent"

    po_intake_reorder = fields.Boolean("Drafted by the reorder agent", readonly=True, copy=False)
    po_intake_auto_date = fields.Date(
        "Confirmed by the agent on", readonly=True, copy=False, index="btree_not_null"
    )

    po_intake_reason = fields.Html(
        "Why", compute="_compute_po_intake_reason", compute_sudo=True, sanitize=False
    )

    def _compute_po_intake_reason(self):
        for order in self:
            shortages = order.order_line.po_intake_shortage_id
            table = self.env["po.intake.reason"]._tabulate(shortages) if shortages else ""
            order.po_intake_reason = table + shortages._reasons()

    def write(self, vals):
        """What becomes of the agent's proposals is remembered, whoever decides it."""
        result = super().write(vals)
        if vals.get("state") == "cancel":
            lines = self.sudo().order_line  # sudo: the ledger is the system's
            lines.po_intake_shortage_id._decide("cancelled")
        elif vals.get("state") == "purchase":
            self.sudo().order_line._po_intake_judge()  # sudo: as above
        return result
