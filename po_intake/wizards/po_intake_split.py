from odoo import fields, models


class PoIntakeSplit(models.TransientModel):
    """Which lines of a document are an order of their own."""

    _name = "po.intake.split"
    _description = "Split Off an Order"

    intake_id = fields.Many2one("po.intake", required=True, ondelete="cascade")
    line_ids = fields.Many2many(
        "po.intake.line", string="Lines", domain="[('intake_id', '=', intake_id)]"
    )

    def action_split(self):
        """The new card opens; the lines that were not chosen stay where they are."""
        return self.intake_id._split_off(self.line_ids)._get_records_action()
