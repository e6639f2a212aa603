from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..extraction.claude import api as claude_api
from ..extraction.reader import ReaderError

# what is sent there does not leave the machine
HERE = ("localhost", "127.0.0.1", "::1")


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    po_intake_claude_new_key = fields.Char(
        "Key",
        compute="_compute_po_intake_claude_new_key",
        inverse="_inverse_po_intake_claude_new_key",
        help="Only to be set: it is never shown again.",
    )
    po_intake_claude_key_place = fields.Selection(
        [("company", "Set"), ("environment", "From the server's environment")],
        compute="_compute_po_intake_claude",
    )
    po_intake_claude_spent = fields.Float("USD this Month", compute="_compute_po_intake_claude")
    po_intake_claude_team_ids = fields.Many2many(
        "po.intake.team", string="Teams that send", compute="_compute_po_intake_claude"
    )
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
    po_intake_claude_unpriced = fields.Boolean(compute="_compute_po_intake_claude_warnings")
    po_intake_claude_unsafe = fields.Boolean(compute="_compute_po_intake_claude_warnings")

    po_intake_health_token = fields.Char(
        "Token for Monitoring",
        config_parameter="po_intake.health_token",
        help="Who knows it may read the figures under /po_intake/health. Empty: nobody.",
    )

    @api.depends("company_id")
    def _compute_po_intake_claude(self):
        for settings in self:
            company = settings.company_id
            own = company.sudo().po_intake_claude_key  # sudo: only whether there is one
            found = "company" if own else bool(company._po_intake_claude_key()) and "environment"
            settings.po_intake_claude_key_place = found
            settings.po_intake_claude_spent = self.env["po.intake.model.call"]._spent(company)
            settings.po_intake_claude_team_ids = self.env["po.intake.team"].search(
                [
                    ("company_id", "=", company.id),
                    ("model_consent", "=", True),
                    ("model_policy", "!=", "never"),
                ]
            )

    @api.depends("po_intake_claude_model", "po_intake_claude_url")
    def _compute_po_intake_claude_warnings(self):
        for settings in self:
            model, url = settings.po_intake_claude_model, settings.po_intake_claude_url
            priced = self.env["po.intake.model.price"]._of(model)
            settings.po_intake_claude_unpriced = bool(model) and not priced
            address = urlsplit(url or "")
            settings.po_intake_claude_unsafe = (
                address.scheme == "http" and address.hostname not in HERE
            )

    def _compute_po_intake_claude_new_key(self):
        self.po_intake_claude_new_key = False

    def _inverse_po_intake_claude_new_key(self):
        for settings in self:
            key = (settings.po_intake_claude_new_key or "").strip()
            if key:
                settings.company_id.po_intake_claude_key = key
        # the browser gets nothing back
        self.invalidate_recordset(["po_intake_claude_new_key"], flush=False)

    def action_po_intake_forget_key(self):
        """Forget the key; the environment's, if there is one, is used then."""
        self.company_id.po_intake_claude_key = False

    def action_po_intake_test_connection(self):
        """Ask the server for the model. No document is sent."""
        config = self.env["po.intake.claude"]._config(self.company_id)
        if not config.key:
            raise UserError(self.env._("There is no key yet."))
        try:
            name = claude_api.check(config)
        except ReaderError as problem:
            return self._po_intake_tell("danger", self.env["po.intake.claude"]._why(problem))
        message = self.env._("%s answers: key, model and address are right.", name)
        return self._po_intake_tell("success", message)

    @api.model
    def _po_intake_tell(self, kind, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": kind, "message": message, "sticky": kind != "success"},
        }
