import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...extraction.claude.answer import FINAL, LATER
from ...extraction.reader import AnswerPending

_logger = logging.getLogger(__name__)

DELAYS = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
BATCH = 20


class PoIntakeAsking(models.AbstractModel):
    """Cards that Claude could not be asked about are asked about later, unless a person was faster.

    Such a card lies on the board with its offline reading. When the time has come it is read
    again as if it were new; answers that were paid for come from the ledger of calls.
    """

    _name = "po.intake.asking"
    _description = "Order Intake: Ask Again"

    ask_at = fields.Datetime("Claude is asked again", readonly=True, copy=False)
    ask_count = fields.Integer(readonly=True, copy=False)
    ask_anew = fields.Boolean(
        readonly=True, copy=False, help="A person wants an interrupted call to be made again."
    )

    def action_retry(self):
        for intake in self:
            anew = bool(FINAL & set(intake.finding_ids.mapped("code")))
            intake._own_step().write({"ask_anew": anew, "ask_count": 0})
        return super().action_retry()

    def _plan_asking(self, failed):
        """Note when to ask again after these failed readings, the longest wait counts."""
        self.ensure_one()
        waits = [
            timedelta(seconds=reading.parameters.get("retry_after") or 0)
            for reading in failed
            if reading.error in LATER
        ]
        values = {"ask_at": False, "ask_anew": False}
        if waits and self.ask_count < len(DELAYS):
            at = fields.Datetime.now() + max(DELAYS[self.ask_count], *waits)
            values.update(ask_at=at, ask_count=self.ask_count + 1)
            self.env.ref("po_intake.ir_cron_ask_again").sudo()._trigger(at)  # sudo: the system's
        self.write(values)

    @api.model
    def _cron_ask_again(self):
        """Have cards whose time has come read again; those that a person touched stay theirs."""
        cron = self.env["ir.cron"]
        due = Domain("state", "=", "review") & Domain("ask_at", "<=", fields.Datetime.now())
        cron._commit_progress(remaining=self.search_count(due))
        for intake in self.search(due, limit=BATCH, order="ask_at"):
            intake = intake.try_lock_for_update(allow_referencing=True).filtered_domain(due)
            if not intake:
                continue  # somebody is at it
            if intake._is_touched():
                intake._ask_no_more()
            else:
                intake.write({"state": "new", "document": False, "retry_at": False})
                intake._enqueue()
            if not cron._commit_progress(1):
                break

    def _ask_no_more(self):
        """A person was faster: the card is theirs as it is."""
        self.ask_at = False
        pending = self.finding_ids.filtered(lambda item: item.code == AnswerPending.code)
        if pending:
            pending.sudo().unlink()  # sudo: findings are the checks' own
            self._recheck()

    # answers that come later

    def _wants_answer(self):
        """Is an answer still of use, and may the document still be sent?"""
        self.ensure_one()
        if self.state not in ("new", "review") or self.partner_id._po_intake_withheld():
            return False
        theirs = self.state == "review" and self._is_touched()
        return not theirs and bool(self.env["po.intake.claude"]._options(self))

    @api.model
    def _hear_lost(self):
        """Have cards read again that wait for an answer which nobody will give them any more."""
        findings = self.env["po.intake.finding"].search(
            [("code", "=", AnswerPending.code), ("intake_id.state", "=", "review")]
        )
        cards = findings.intake_id.filtered(lambda card: not card.ask_at)
        cards.filtered(lambda card: not card._open_calls())._hear()

    def _open_calls(self):
        """The calls that a card waits for."""
        pending = self.reading_ids.filtered(lambda row: row.error == AnswerPending.code)
        # sudo: the ledger of calls is not for everybody
        calls = self.env["po.intake.model.call"].sudo()
        return calls.search(
            [
                ("company_id", "=", self.company_id.id),
                ("digest", "in", pending.mapped("request_digest")),
                ("state", "in", ("queued", "sent")),
            ]
        )

    def _hear(self):
        """The answers that cards waited for have come: have them read again soon."""
        waiting = self.filtered(lambda card: card.state == "review")
        if waiting:
            waiting.ask_at = fields.Datetime.now()
            self.env.ref("po_intake.ir_cron_ask_again").sudo()._trigger()  # sudo: the system's

    def _is_touched(self):
        """Has a person changed or accepted anything on the card?"""
        self.ensure_one()
        values = self.env["po.intake.correction"]._values(self)
        proposed = (self.proposal or {}).get("values")
        return bool(self.finding_ids.waived_by_id) or values != proposed
