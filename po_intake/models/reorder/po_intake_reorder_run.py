import logging
import time
from contextlib import suppress

import psycopg2.errors

from odoo import api, fields, models
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

PHASES = [
    ("demand", "Count demand"),
    ("forecast", "Foresee"),
    ("propose", "Propose"),
    ("draft", "Draft"),
    ("done", "Done"),
    ("failed", "Failed"),
]


class PoIntakeReorderRun(models.Model):
    """One day's work of the reorder agent of one team: how far it is, and what it took.

    A queue row of which each step is one transaction: a process that dies loses one step, and
    the next one goes on from there.
    """

    _name = "po.intake.reorder.run"
    _description = "Reorder Run"
    _inherit = ["po.intake.queue"]
    _order = "date desc, id desc"
    _rec_name = "date"

    team_id = fields.Many2one(
        "po.intake.team", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="team_id.company_id", store=True, index=True)
    date = fields.Date(required=True, readonly=True)
    phase = fields.Selection(PHASES, default="demand", required=True, readonly=True)
    step_cursor = fields.Integer(readonly=True, help="The last id or batch that is done.")
    since = fields.Date("Demand from", readonly=True)
    plan = fields.Json(readonly=True, help="First category and product of each batch to foresee.")
    figures = fields.Json(readonly=True, help="Seconds, steps and rows of each phase.")
    proposal_count = fields.Integer("Proposals", readonly=True)
    proposal_value = fields.Float("Value of proposals", readonly=True)

    _team_date_uniq = models.UniqueIndex("(team_id, date)", "The agent has run today already.")
    _due_idx = models.Index("(id) WHERE phase NOT IN ('done', 'failed')")

    @api.model
    def _cron_reorder(self):
        """Begin the day's runs, and work on all that are not finished."""
        self._begin()
        # whoever archives the agent stops its work
        if self.env["po.intake.reorder"]._agent().active:
            self._work_off()

    @api.model
    def _begin(self):
        """A run for each team that reorders and has none of today."""
        teams = self.env["po.intake.team"].search([("reorder", "=", True)])
        for team in teams:
            today = fields.Date.context_today(team.with_context(tz=team.company_id.partner_id.tz))
            if not self.search_count([("team_id", "=", team.id), ("date", "=", today)], limit=1):
                since = self.env["po.intake.demand"]._since(team.company_id, today)
                with suppress(psycopg2.errors.UniqueViolation), self.env.cr.savepoint():
                    self.create({"team_id": team.id, "date": today, "since": since})

    def _queue_domain(self):
        return Domain("phase", "not in", ("done", "failed"))

    def _queue_work(self):
        """One step of the phase; the phase that has nothing left hands over to the next one."""
        phase, started = self.phase, time.monotonic()
        service = self.env["po.intake.reorder"]._as_agent(self.company_id)
        self.env.flush_all()  # the steps look at the tables themselves
        cursor, rows = getattr(service, f"_step_{phase}")(self)
        self._note(phase, time.monotonic() - started, rows)
        if cursor:
            self.write({"step_cursor": cursor, "attempts": 0, "error": False})
        else:
            order = [code for code, _label in PHASES]
            following = order[order.index(phase) + 1]
            self.write({"phase": following, "step_cursor": 0, "attempts": 0, "error": False})
        _logger.info("reorder=%s stage=%s cursor=%s rows=%s", self.id, phase, cursor, rows)

    def _note(self, phase, seconds, rows):
        figures = dict(self.figures or {})
        known = figures.get(phase) or {"seconds": 0.0, "steps": 0, "rows": 0}
        figures[phase] = {
            "seconds": round(known["seconds"] + seconds, 3),
            "steps": known["steps"] + 1,
            "rows": known["rows"] + rows,
        }
        self.figures = figures

    def _queue_given_up(self):
        self.phase = "failed"
        self.team_id._tell_manager(
            self.env._("The reorder agent could not finish its work: %s", self.error)
        )
