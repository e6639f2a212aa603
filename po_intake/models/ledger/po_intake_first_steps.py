from odoo import api, models
from odoo.exceptions import AccessError


class PoIntakeFirstSteps(models.AbstractModel):
    """The panel of first steps above the board, for managers, until it is closed or done.

    Odoo's onboarding keeps which steps of it were done in a company; it lets administrators alone
    read that, and shows its panel no more.
    """

    _name = "po.intake.first.steps"
    _description = "Order Intake: First Steps"

    @api.model
    def read_steps(self):
        """What the panel shows.

        :return: a list of ``id``, ``title``, ``description``, ``done`` and ``skip``, words for
            doing without; empty where there is nothing to show
        """
        if not self.env.user.has_group("po_intake.group_po_intake_manager"):
            return []
        onboarding = self._onboarding()
        progress = onboarding._search_or_create_progress()
        if progress.is_onboarding_closed or progress.onboarding_state == "done":
            return []
        claude = self.env.ref("po_intake.onboarding_step_claude", raise_if_not_found=False)
        return [
            {
                "id": step.id,
                "title": step.title,
                "description": step.description,
                "done": step.current_step_state != "not_done",
                "skip": step == claude and self.env._("Go on offline"),
            }
            for step in onboarding.step_ids
        ]

    @api.model
    def open_step(self, step_id):
        """Mark a step as done; return the action that does it."""
        step = self._step(step_id)
        step.action_set_just_done()
        return getattr(step.sudo(False), step.panel_step_open_action_name)()

    @api.model
    def skip_step(self, step_id):
        """Mark a step as done that is not wanted."""
        self._step(step_id).action_set_just_done()

    @api.model
    def close(self):
        """Show the panel no more in this company."""
        self._onboarding()._search_or_create_progress().action_close()

    @api.model
    def _onboarding(self):
        if not self.env.user.has_group("po_intake.group_po_intake_manager"):
            raise AccessError(self.env._("First steps are for managers."))
        # sudo: onboarding belongs to administrators, these steps to managers of this app
        return self.env.ref("po_intake.onboarding").sudo()

    @api.model
    def _step(self, step_id):
        return self._onboarding().step_ids.filtered(lambda step: step.id == step_id)
