import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...extraction.claude import batch as claude_batch
from ...extraction.claude.answer import LATER, ModelError
from ...extraction.reader import AnswerPending, ReaderError
from .po_intake_model_waiting import LOST_AFTER

_logger = logging.getLogger(__name__)

# the service answers within a day or says that it will not
OVERDUE = timedelta(hours=30)


class PoIntakeModelBatch(models.Model):
    """Requests that were sent together, to be answered within the hour for half the price.

    It is committed before anything is sent. A batch without a name was interrupted: whether the
    service has it nobody knows, so its requests are never sent again by themselves.
    """

    _name = "po.intake.model.batch"
    _description = "Batch of Calls to a Language Model"
    _order = "id desc"

    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="cascade")
    name = fields.Char("Batch", readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("ended", "Ended"), ("failed", "Failed")],
        required=True,
        default="open",
        readonly=True,
    )
    error = fields.Char(readonly=True)
    retry_at = fields.Datetime("Asked to wait until", readonly=True)
    call_ids = fields.One2many("po.intake.model.call", "batch_id", "Calls", readonly=True)

    _open_idx = models.Index("(company_id) WHERE state = 'open'")

    @api.model
    def _enlist(self, company, price, again, config, request):
        """The answer to a request, if it has come; else the next batch takes it along.

        The counterpart of ``po.intake.model.call._ask``.

        :raises AnswerPending: it has not come yet
        :raises ModelError: it never will, or the budget is used up
        """
        if not price:
            raise ModelError("model_unpriced", model=config.model)
        calls = self.env["po.intake.model.call"]
        _call, answer = calls._open(company, price._prices(), again, request, batch=True)
        if not answer:
            raise AnswerPending
        return answer

    # the cron

    @api.model
    def _cron_batches(self):
        """Fetch what was answered, then send what waits, one batch for each company."""
        cron = self.env["ir.cron"]
        opened = self.search([("state", "=", "open")])
        waiting = self.env["po.intake.model.call"]._read_group(
            [("state", "=", "queued")], ["company_id"]
        )
        cron._commit_progress(remaining=len(opened) + len(waiting) + 1)
        for batch in opened:
            batch._guarded(batch._collect)
        for (company,) in waiting:
            self._guarded(lambda company=company: self._send(company))
        self._guarded(self.env["po.intake"]._hear_lost)

    def _guarded(self, work):
        """Do a piece of work and commit it; one that fails does not stop the others."""
        try:
            work()
            self.env.flush_all()
        except Exception:
            self.env.cr.rollback()
            _logger.exception("batch %s failed", self.ids)
        self.env["ir.cron"]._commit_progress(1)

    # sending

    @api.model
    def _send(self, company):
        """Send what waits; on record, and committed, before anything is sent."""
        queue = Domain("state", "=", "queued") & Domain("company_id", "=", company.id)
        calls = self.env["po.intake.model.call"].search(queue, order="id")
        calls -= calls._withdraw()
        last = self.search([("company_id", "=", company.id)], limit=1)
        calls = calls._fitting(claude_batch.MOST, claude_batch.BYTES)
        if not calls or (last.retry_at and last.retry_at > fields.Datetime.now()):
            return
        batch = self.create({"company_id": company.id})
        calls.write({"state": "sent", "batch_id": batch.id})
        self.env["ir.cron"]._commit_progress()
        batch._submit(calls)

    def _submit(self, calls):
        config = self.env["po.intake.claude"]._config(self.company_id)
        try:
            self.name = claude_batch.submit(config, [(call.digest, call.body) for call in calls])
        except ReaderError as problem:
            self._refused(calls, problem)
        calls.filtered(lambda call: call.state != "queued").body = False
        _logger.info("model batch=%s calls=%s error=%s", self.name, len(calls), self.error)

    def _refused(self, calls, problem):
        """The service did not take the batch: the calls wait for the next one, or fail."""
        wait = timedelta(seconds=problem.parameters.get("retry_after") or 0)
        self.write(
            {
                "state": "failed",
                "error": problem.code,
                "retry_at": fields.Datetime.now() + wait if wait else False,
            }
        )
        if problem.code in LATER:
            calls.write({"state": "queued", "batch_id": False})
        else:
            calls._settle(dict.fromkeys(calls.mapped("digest"), problem))

    # fetching

    def _collect(self):
        """Keep what came of each request, and have the cards that waited for it read again."""
        sent = self.call_ids.filtered(lambda call: call.state == "sent")
        age = fields.Datetime.now() - self.create_date
        if not self.name:
            if age > LOST_AFTER:
                self._end(sent)
            return
        config = self.env["po.intake.claude"]._config(self.company_id)
        try:
            found = claude_batch.results(config, self.name)
        except ReaderError as problem:
            _logger.info("model batch=%s error=%s", self.name, problem.code)
            self.error, found = problem.code, None
        if found is not None:
            self.state = "ended"
            lost = ModelError("model_bad_answer", reason="missing")
            sent._settle({digest: found.get(digest, lost) for digest in sent.mapped("digest")})
        elif age > OVERDUE:
            self._end(sent)

    def _end(self, calls):
        """Nobody knows what became of it: what it may cost stays set aside."""
        problem = ModelError("model_interrupted")
        self.write({"state": "failed", "error": problem.code})
        calls._settle(dict.fromkeys(calls.mapped("digest"), problem))
