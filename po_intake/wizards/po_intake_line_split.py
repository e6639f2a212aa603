from odoo import api, fields, models


class PoIntakeLineSplit(models.TransientModel):
    """How much of a line goes to a line of its own."""

    _name = "po.intake.line.split"
    _description = "Split a Line of an Order Intake"

    line_id = fields.Many2one("po.intake.line", required=True, ondelete="cascade")
    quantity = fields.Float(
        "New line",
        digits="Product Unit",
        compute="_compute_quantity",
        store=True,
        readonly=False,
        required=True,
    )
    rest = fields.Float("This line", digits="Product Unit", compute="_compute_rest")

    @api.depends("line_id")
    def _compute_quantity(self):
        """Half of it; whole pieces where there are whole pieces."""
        for wizard in self:
            whole = wizard.line_id.quantity
            wizard.quantity = whole // 2 if whole == int(whole) and whole > 1 else whole / 2

    @api.depends("line_id", "quantity")
    def _compute_rest(self):
        for wizard in self:
            wizard.rest = wizard.line_id.quantity - wizard.quantity

    def action_split(self):
        self.line_id._split(self.quantity)
        return {"type": "ir.actions.act_window_close"}
