from odoo import api, fields, models

from ...matching.calibrate import Calibration
from ...matching.doubts import SHIPPED


class PoIntakeCalibration(models.Model):
    """How a company's confidence is computed, fitted on its own history.

    The newest one in force counts; without one, what the addon ships. Archiving it undoes it.
    """

    _name = "po.intake.calibration"
    _description = "Calibration of Confidence"
    _order = "id desc"
    _rec_name = "create_date"

    active = fields.Boolean("In force", default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    formula = fields.Json(required=True, help="Base and price of each doubt, in log-odds.")
    case_count = fields.Integer("Cases")
    edited_count = fields.Integer("Edited")
    log_loss_before = fields.Float(digits=(16, 4))
    log_loss_after = fields.Float(digits=(16, 4))
    brier_before = fields.Float(digits=(16, 4))
    brier_after = fields.Float(digits=(16, 4))

    @api.model_create_multi
    def create(self, vals_list):
        calibrations = super().create(vals_list)
        calibrations._outdate_checks()
        return calibrations

    def write(self, vals):
        result = super().write(vals)
        self._outdate_checks()
        return result

    def _outdate_checks(self):
        """What waits for a person is judged anew."""
        teams = self.env["po.intake.team"]
        teams.search([("company_id", "in", self.company_id.ids)])._outdate_checks()

    @api.model
    def _current(self, company):
        """The calibration in force for a company, as ``matching.calibrate.Calibration``."""
        # sudo: a figure of the company's, whoever assesses the intake
        found = self.sudo().search([("company_id", "=", company.id)], limit=1)
        try:
            return Calibration.from_json(found.formula) if found else SHIPPED
        except ValueError:
            return SHIPPED

    @api.model
    def _put_in_force(self, company, values):
        """Let a calibration count from now on, instead of those before it."""
        self._reset(company)
        return self.create({**values, "company_id": company.id})

    @api.model
    def _reset(self, company):
        """Back to what the addon ships; what was in force stays on record."""
        self.search([("company_id", "=", company.id)]).active = False

    @api.model
    def action_calibrate(self):
        """Fit anew on what people have accepted and edited, and show what it would change."""
        return self.env["ir.actions.act_window"]._for_xml_id("po_intake.po_intake_calibrate_action")
