import os

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    # in every backup, and readable by administrators only; the environment's key is in neither
    po_intake_claude_key = fields.Char("Claude: Key", groups="base.group_system", copy=False)
    po_intake_claude_model = fields.Char("Claude: Model", default="claude-sonnet-5-5")
    po_intake_claude_url = fields.Char("Claude: Address", default="https://api.anthropic.com")
    po_intake_claude_timeout = fields.Integer("Claude: Seconds to Wait", default=60)
    po_intake_claude_budget = fields.Float("Claude: USD a Month", default=20.0)
    po_intake_claude_redact = fields.Boolean("Claude: Strike Out Bank Details and Names")

    _po_intake_claude_budget_positive = models.Constraint(
        "CHECK(po_intake_claude_budget >= 0)", "The budget for Claude cannot be negative."
    )

    def _po_intake_claude_key(self):
        """The key to use: the company's own, else that of the environment; never shown."""
        self.ensure_one()
        # sudo: the technical user asks with a key that it may not read
        return self.sudo().po_intake_claude_key or os.environ.get("ANTHROPIC_API_KEY") or ""
