from odoo import api, fields, models
from odoo.tools import float_compare


class PoIntakeLineShortage(models.AbstractModel):
    """Part of a card's line: the shortage that it is to cover, with its numbers."""

    _name = "po.intake.line.shortage"
    _description = "Order Intake Line: Shortage"

    shortage_id = fields.Many2one(
        "po.intake.shortage", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    on_hand = fields.Float(related="shortage_id.on_hand")
    incoming = fields.Float(related="shortage_id.incoming")
    outgoing = fields.Float(related="shortage_id.outgoing")
    expected_told = fields.Char(related="shortage_id.expected_told")
    stock_out_date = fields.Date(related="shortage_id.stock_out_date")
    order_by_date = fields.Date(related="shortage_id.order_by_date")
    raw_quantity = fields.Float(related="shortage_id.raw_quantity")
    steps_told = fields.Char(related="shortage_id.steps_told")
    proposed_quantity = fields.Float("Proposed", related="shortage_id.quantity")
    change_reason = fields.Selection(related="shortage_id.change_reason", readonly=False)
    is_changed = fields.Boolean(compute="_compute_is_changed")

    @api.depends("quantity", "shortage_id.quantity")
    def _compute_is_changed(self):
        for line in self:
            line.is_changed = bool(line.shortage_id) and float_compare(
                line.quantity, line.shortage_id.quantity, precision_digits=4
            )

    def _refuse_shortages(self):
        waiting = self.shortage_id.filtered(lambda item: item.state == "waiting")
        waiting.sudo()._decide("rejected")  # sudo: the ledger is the system's

    def action_forecast(self):
        """The chart of the line's product."""
        return self.product_id.action_po_intake_forecast()
