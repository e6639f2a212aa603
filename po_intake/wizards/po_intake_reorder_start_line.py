from odoo import fields, models


class PoIntakeReorderStartLine(models.TransientModel):
    """A vendor that the agent could begin with."""

    _name = "po.intake.reorder.start.line"
    _description = "Vendor to Start the Reorder Agent With"

    start_id = fields.Many2one("po.intake.reorder.start", required=True, ondelete="cascade")
    chosen = fields.Boolean("Shadow")
    partner_id = fields.Many2one("res.partner", "Vendor", readonly=True)
    item_count = fields.Integer("Products", readonly=True)
    weekly = fields.Float("Pieces a week", readonly=True)
    lead_days = fields.Float("Lead time (days)", digits=(8, 1), readonly=True)
    lead_spread = fields.Float("Spread", digits=(8, 1), readonly=True)
    delivers = fields.Selection(
        [
            ("known", "When it says"),
            ("late", "Now early, now late"),
            ("unknown", "Fewer than five receipts"),
        ],
        readonly=True,
    )
