from odoo import fields, models


class PoIntakeLayout(models.Model):
    """What a correction taught about the way one partner lays out its orders."""

    _name = "po.intake.layout"
    _description = "Learned Layout"
    _order = "partner_id, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    partner_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    rules = fields.Json(help="Marks of the page and what stands where, as the reader stores it.")
