from odoo import api, fields, models
from odoo.exceptions import UserError

from ..extraction.claude import api as claude_api
from ..extraction.reader import ReaderError


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    po_intake_claude_new_key = fields.Char("Key", help="Only to be set: it is never shown again.")
    po_intake_claude_has_key = fields.Boolean(compute="_compute_po_intake_claude")
    po_intake_claude_spent = fields.Float("USD this Month", compute="_compute_po_intake_claude")
    po_intake_claude_model = fields.Char(
        related="company_id.po_intake_claude_model", readonly=False
    )
    po_intake_claude_url = fields.Char(related="company_id.po_intake_claude_url", readonly=False)
    po_intake_claude_timeout = fields.Integer(
        related="company_id.po_intake_claude_timeout", readonly=False
    )
    po_intake_claude_budget = fields.Float(
        related="company_id.po_intake_claude_budget", readonly=False
    )
    po_intake_claude_redact = fields.Boolean(
        related="company_id.po_intake_claude_redact", readonly=False
    )

    po_intake_health_token = fields.Char(
        "Token for Monitoring",
        config_parameter="po_intake.health_token",
        help="Who knows it may read the figures under /po_intake/health. Empty: nobody.",
    )

    @api.depends("company_id")
    def _compute_po_intake_claude(self):
        for settings in self:
            company = settings.company_id
            settings.po_intake_claude_has_key = bool(company._po_intake_claude_key())
            settings.po_intake_claude_spent = self.env["po.intake.model.call"]._spent(company)

    def set_values(self):
        result = super().set_values()
        key = (self.po_intake_claude_new_key or "").strip()
        if key:
            self.company_id.po_intake_claude_key = key
            self.po_intake_claude_new_key = False
        return result

    def action_po_intake_forget_key(self):
        """Forget the key; the environment's, if there is one, is used then."""
        self.company_id.po_intake_claude_key = False

    def action_po_intake_test_connection(self):
        """Ask the server for the model, with what stands in the form. No document is sent."""
        config = self.env["po.intake.claude"]._config(self.company_id)
        typed = (self.po_intake_claude_new_key or "").strip()
        config = self.env["po.intake.claude"]._changed(
            config,
            key=typed or config.key,
            model=self.po_intake_claude_model or config.model,
            base_url=self.po_intake_claude_url or config.base_url,
        )
        if not config.key:
            raise UserError(self.env._("There is no key yet."))
        try:
            name = claude_api.check(config)
        except ReaderError as problem:
            subject = self.env._("the connection")
            raise UserError(self.env["po.intake.claude"]._why(problem, source=subject)) from None
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%s answers: key, model and address are right.", name),
            },
        }
