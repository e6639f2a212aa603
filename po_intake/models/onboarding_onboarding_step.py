from odoo import api, models


class OnboardingOnboardingStep(models.Model):
    _inherit = "onboarding.onboarding.step"

    @api.model
    def action_open_po_intake_address(self):
        """Where customers send their orders."""
        return self._po_intake_team_action("po_intake.po_intake_team_view_form_address")

    @api.model
    def action_open_po_intake_threshold(self):
        """How sure a reading must be to become a draft without a person."""
        return self._po_intake_team_action("po_intake.po_intake_team_view_form_threshold")

    @api.model
    def action_open_po_intake_sample(self):
        """An order that comes with this app."""
        return self.env["po.intake"].action_try_sample()

    @api.model
    def action_open_po_intake_claude(self):
        """The settings, for whoever may change them."""
        if self.env.user.has_group("base.group_system"):
            return self.env["ir.actions.act_window"]._for_xml_id(
                "po_intake.po_intake_settings_action"
            )
        message = self.env._("An administrator connects Claude in the settings of this app.")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "info", "message": message},
        }

    @api.model
    def _po_intake_team_action(self, view):
        """The first team of the company in a dialog that shows one thing of it."""
        team = self.env["po.intake"]._default_team()
        return {
            "type": "ir.actions.act_window",
            "name": team.name or self.env._("Team"),
            "res_model": "po.intake.team",
            "res_id": team.id,
            "views": [(self.env.ref(view).id, "form")],
            "target": "new",
        }
