import logging

from odoo import api, fields, models
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

# cards per run of the cron; the next run takes the next ones
BATCH = 500


class PoIntakeRecheck(models.AbstractModel):
    """Cards that wait since before their team changed what counts are checked again, bit by bit."""

    _name = "po.intake.recheck"
    _description = "Order Intake: Check Again"

    checks_version = fields.Integer(
        readonly=True, copy=False, help="Version of the team's rules that it was checked by."
    )

    def _is_outdated(self):
        self.ensure_one()
        return self.checks_version != self.team_id.checks_version

    @api.model
    def _outdated_domain(self):
        teams = self.env["po.intake.team"].search([("checks_version", ">", 0)])
        return Domain("state", "=", "review") & Domain.OR(
            Domain("team_id", "=", team.id) & Domain("checks_version", "!=", team.checks_version)
            for team in teams
        )

    @api.model
    def _cron_recheck(self):
        """Check outdated cards, the newest first; a bad one never stops the others."""
        cron = self.env["ir.cron"]
        domain = self._outdated_domain()
        cron._commit_progress(remaining=self.search_count(domain))
        for intake in self.search(domain, limit=BATCH):
            intake = intake.try_lock_for_update(allow_referencing=True).filtered_domain(domain)
            if not intake:
                continue  # somebody is at it
            intake_id = intake.id
            try:
                self.env["po.intake.policy"]._assess(intake._as_worker(), log=False)
                self.env.flush_all()
            except Exception:
                self.env.cr.rollback()
                _logger.exception("intake=%s could not be checked again", intake_id)
                intake.checks_version = intake.team_id.checks_version
            if not cron._commit_progress(1):
                break
