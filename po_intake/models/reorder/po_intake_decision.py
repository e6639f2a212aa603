from odoo import api, fields, models
from odoo.exceptions import AccessError

REASONS = [
    ("more", "Demand will be higher"),
    ("less", "Demand will be lower"),
    ("stock", "Stock is not what Odoo says"),
    ("vendor", "Price, pack or freight"),
    ("money", "No money or no space"),
    ("elsewhere", "Ordered elsewhere"),
    ("other", "Other"),
]
# what people say; everything else of a proposal is the system's
SAID = {"change_reason", "decision_reason"}


class PoIntakeDecision(models.AbstractModel):
    """Part of a shortage: what became of its proposal, what people changed, and why.

    Kept for tuning: what buyers know and the agent does not is worth more than any method.
    """

    _name = "po.intake.decision"
    _description = "Decision about a Proposal"

    decided_date = fields.Date("Decided on", readonly=True)
    decided_by_id = fields.Many2one("res.users", "Decided by", readonly=True)
    decided_quantity = fields.Float("Ordered", digits="Product Unit", readonly=True)
    decision = fields.Selection(
        [("kept", "As proposed"), ("changed", "Changed"), ("refused", "Refused")], readonly=True
    )
    change_reason = fields.Selection(
        REASONS, "Why changed", help="Why something else is ordered than was proposed."
    )
    decision_reason = fields.Char("In words", help="What the buyer says about it.")
    changed_value = fields.Float(
        "Change in value",
        compute="_compute_changed_value",
        store=True,
        help="What was ordered more or less than proposed, in the company's currency.",
    )

    def write(self, vals):
        """People say why; what was proposed and decided nobody writes by hand."""
        said = vals.keys() <= SAID
        if not (said or self.env.su or self.env.user.has_group("po_intake.group_po_intake_worker")):
            raise AccessError(self.env._("What was proposed stays as it was."))
        return super().write(vals)

    @api.depends("decision", "decided_quantity")
    def _compute_changed_value(self):
        for shortage in self:
            change = shortage.decided_quantity - shortage.quantity if shortage.decision else 0.0
            price = shortage.value / shortage.quantity if shortage.quantity else 0.0
            shortage.changed_value = price * change
