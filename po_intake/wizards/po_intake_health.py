from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

# what has waited for longer is not being worked on
LATE = timedelta(hours=1)
# a run may lose a race for its own record; one that fails again and again has a reason
FAILURES = 3
TECHNICAL_USERS = ("po_intake.user_worker", "po_intake.user_reorder")


class PoIntakeHealth(models.TransientModel):
    """Whether what arrives is worked on: a page for managers, figures for a monitoring system."""

    _name = "po.intake.health"
    _description = "Order Intake Health"
    _rec_name = "status"

    status = fields.Selection(
        [("ok", "All is well"), ("trouble", "Somebody has to look")], readonly=True
    )
    problems = fields.Text(readonly=True)
    mails_waiting = fields.Integer("Mails to be opened", readonly=True)
    mails_failed = fields.Integer("Mails that could not be opened", readonly=True)
    documents_waiting = fields.Integer("Documents to be read", readonly=True)
    documents_failed = fields.Integer("Documents that failed", readonly=True)
    documents_held = fields.Integer("Documents in quarantine", readonly=True)
    documents_review = fields.Integer("Documents for a person", readonly=True)
    oldest_minutes = fields.Integer("Longest wait in minutes", readonly=True)
    budget_spent = fields.Float("Spent on Claude this month (USD)", readonly=True)
    budget = fields.Float("Budget for Claude (USD)", readonly=True)
    cron_ids = fields.Many2many("ir.cron", compute="_compute_cron_ids", compute_sudo=True)

    @api.depends_context("uid")
    def _compute_cron_ids(self):
        self.cron_ids = self._crons()

    @api.model
    def default_get(self, fields_list):
        figures = self._figures()
        texts = self._get_problem_texts()
        figures["problems"] = "\n".join(texts.get(code, code) for code in figures["problems"])
        return {**super().default_get(fields_list), **figures}

    @api.model
    def _get_problem_texts(self):
        """Hook: code of a trouble -> a sentence with what to do."""
        _ = self.env._
        return {
            "cron_stopped": _(
                "A scheduled action is switched off: switch it on under Settings > Technical > "
                "Scheduled Actions."
            ),
            "cron_late": _(
                "Scheduled actions do not run: max_cron_threads must not be 0, and a database "
                "that was restored must have been used once."
            ),
            "cron_failing": _(
                "A scheduled action fails each time: Odoo's log says why. Its user may be archived."
            ),
            "worker_archived": _(
                "A technical user of this app is archived, so nothing is done in its name: restore "
                "it under Settings > Users. What has arrived waits for it."
            ),
            "waiting_long": _("Something has waited for more than an hour to be read."),
        }

    @api.model
    def _figures(self):
        """Counts over all companies, and the codes of what is wrong.

        :return: ``{field: number}``, with ``status`` and ``problems``
        """
        # sudo: numbers alone, of all companies; whoever asks for them was let in before
        mails, intakes = self.env["po.intake.mail"].sudo(), self.env["po.intake"].sudo()
        by_state = dict(intakes._read_group([], ["state"], ["__count"]))
        waiting = mails.search([("state", "=", "received")], limit=1, order="id").mapped(
            "create_date"
        )
        waiting += intakes.search([("state", "=", "new")], limit=1, order="received_date").mapped(
            "received_date"
        )
        oldest = fields.Datetime.now() - min(waiting, default=fields.Datetime.now())
        companies = self.env["res.company"].sudo().search(Domain.TRUE)
        figures = {
            "mails_waiting": mails.search_count([("state", "=", "received")]),
            "mails_failed": mails.search_count([("state", "=", "failed")]),
            "documents_waiting": by_state.get("new", 0),
            "documents_failed": by_state.get("error", 0),
            "documents_held": by_state.get("quarantine", 0),
            "documents_review": by_state.get("review", 0),
            "oldest_minutes": int(oldest.total_seconds() // 60),
            "budget_spent": sum(map(self.env["po.intake.model.call"]._spent, companies)),
            "budget": sum(companies.mapped("po_intake_claude_budget")),
        }
        problems = list(self._problems(oldest))
        return {**figures, "problems": problems, "status": "trouble" if problems else "ok"}

    @api.model
    def _problems(self, oldest):
        crons, now = self._crons(), fields.Datetime.now()
        if not all(crons.mapped("active")):
            yield "cron_stopped"
        if any(cron.active and cron.nextcall < now - LATE for cron in crons):
            yield "cron_late"
        if any(cron.failure_count >= FAILURES for cron in crons):
            yield "cron_failing"
        # sudo: whether they are active, nothing else
        if not all(self.env.ref(name).sudo().active for name in TECHNICAL_USERS):
            yield "worker_archived"
        if oldest > LATE:
            yield "waiting_long"

    @api.model
    def _crons(self):
        """Every scheduled action of this app, copies included, switched on or not."""
        # sudo: when they run, nothing else
        actions = self.env["ir.cron"].sudo().with_context(active_test=False)
        return actions.search([("model_id.model", "=like", "po.intake%")])

    # the watch

    @api.model
    def _cron_watch(self):
        """Tell who is responsible that nothing is being read; take it back when it is again."""
        problems = self._figures()["problems"]
        texts = self._get_problem_texts()
        summary = " ".join(texts.get(code, code) for code in problems)
        kind = self.env.ref("po_intake.mail_activity_health")
        for team in self.env["po.intake.team"].search(Domain.TRUE):
            told = team.activity_ids.filtered(lambda item: item.activity_type_id == kind)
            if not problems:
                told.unlink()
            elif not told and team.user_id:
                team.activity_schedule(
                    activity_type_id=kind.id, summary=summary, user_id=team.user_id.id
                )
