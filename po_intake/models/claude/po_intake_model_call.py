import logging
import time
from datetime import timedelta

import psycopg2

from odoo import api, fields, models

from ...extraction.claude import api as claude_api
from ...extraction.claude.answer import LATER, Answer, ModelError
from ...extraction.reader import AnswerPending, ReaderError
from .po_intake_model_waiting import LOST_AFTER

_logger = logging.getLogger(__name__)

# after so many failures in a row a company pauses
FAILURES = 5
PAUSE = timedelta(minutes=15)
# failures that say something about the service or the settings, not about one document
BREAKING = LATER | {"model_key_refused", "model_unpaid", "model_forbidden", "model_unknown"}
# an answer may have been made, and billed
UNCERTAIN = {"model_timeout", "model_interrupted"}
LOW = 0.8
# first key of PostgreSQL's advisory lock, any number of our own; the second is the company
LOCK = 1347374153


class PoIntakeModelCall(models.Model):
    """The ledger of calls to a language model: what is paid for is never paid for twice.

    A row is committed, in a transaction of its own, before anything is sent, with the most that
    the call may cost; the answer is committed as soon as it is there. Whatever becomes of the
    intake, the same request finds its answer here.
    """

    _name = "po.intake.model.call"
    _description = "Call to a Language Model"
    _inherit = ["po.intake.model.waiting"]
    _order = "id desc"
    _rec_name = "digest"

    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="cascade")
    digest = fields.Char("Request (SHA-256)", required=True, readonly=True)
    model = fields.Char(readonly=True)
    state = fields.Selection(
        [
            ("queued", "Waits for a Batch"),
            ("sent", "Sent"),
            ("answered", "Answered"),
            ("failed", "Failed"),
            ("erased", "Answer erased"),
        ],
        required=True,
        default="sent",
        readonly=True,
    )
    answer = fields.Json(readonly=True, prefetch=False, groups="base.group_system")
    error = fields.Char(readonly=True)
    retry_at = fields.Datetime("Asked to wait until", readonly=True)
    request_id = fields.Char(readonly=True)
    input_tokens = fields.Integer(readonly=True)
    output_tokens = fields.Integer(readonly=True)
    cache_read_tokens = fields.Integer(readonly=True)
    cache_write_tokens = fields.Integer(readonly=True)
    cost = fields.Float(
        "Cost (USD)",
        digits=(16, 6),
        readonly=True,
        help="Of an open or interrupted call, and of one that was given up: the most it may cost.",
    )
    seconds = fields.Float(digits=(16, 3), readonly=True)

    _digest_uniq = models.UniqueIndex(
        "(company_id, digest) WHERE state IN ('queued', 'sent', 'answered')",
        "This request was already sent.",
    )
    _month_idx = models.Index("(company_id, create_date)")

    @api.model
    def _ask(self, company, price, again, config, request):
        """The answer to a request: the one that was paid for before, or a new one.

        :param price: a ``po.intake.model.price``; without one no budget can be kept
        :param again: a person wants a call that was interrupted to be made again
        :raises ReaderError: there is none; :attr:`LATER` has the codes that pass by themselves
        """
        if not price:
            raise ModelError("model_unpriced", model=config.model)
        call_id, answer = self._open(company, price._prices(), again, request)
        if answer:
            return answer
        started = time.monotonic()
        try:
            answer = claude_api.send(config, request)
        except ReaderError as problem:
            self._close(call_id, self._failed(problem), time.monotonic() - started)
            raise
        values = self._answered(answer, price._prices())
        self._close(call_id, values, time.monotonic() - started)
        return answer

    @api.model
    def _open(self, company, prices, again, request, batch=False):
        """``(id of the new call, None)``, or ``(id, answer)`` of an earlier one; committed.

        :param batch: it is not made now, but waits for the next batch
        """
        try:
            with self.env.registry.cursor() as cr:
                # sudo: a ledger that nobody writes by hand
                ledger = self.with_env(self.env(cr=cr, su=True))
                # one at a time, so that two workers cannot both take the last of the budget
                cr.execute("SELECT pg_advisory_xact_lock(%s, %s)", (LOCK, company.id))
                call_id, answer = ledger._book(company, prices, again, request, batch)
        except psycopg2.Error as problem:
            raise ModelError("model_busy", reason=type(problem).__name__) from problem
        if answer:
            told = self._is_told(company, request.digest)
            answer = Answer.from_json({**answer, "reused": told})
        return call_id, answer

    def _book(self, company, prices, again, request, batch):
        known = self._known(company, request.digest)
        if known.state == "answered":
            return known.id, known.answer
        if known:
            known._give_up(again, batch)
        if batch:
            self._check_failed(company, request.digest, again)
        else:
            self._check_pause(company)
        most = prices.most(request.tokens, request.max_tokens, batch)
        self._check_budget(company, most)
        values = {
            "company_id": company.id,
            "digest": request.digest,
            "model": request.model,
            "cost": most,
        }
        if batch:
            values.update(self._prepare_waiting(request))
        return self.create(values).id, None

    @api.model
    def _is_told(self, company, digest):
        """Does a reading tell already what the answer to this request took?"""
        # sudo: a count
        readings = self.env["po.intake.reading"].sudo()
        return bool(
            readings.search_count(
                [
                    ("request_digest", "=", digest),
                    ("company_id", "=", company.id),
                    ("output_tokens", ">", 0),
                ],
                limit=1,
            )
        )

    @api.model
    def _known(self, company, digest):
        return self.search(
            [
                ("company_id", "=", company.id),
                ("digest", "=", digest),
                ("state", "in", ("queued", "sent", "answered")),
            ],
            limit=1,
        )

    def _give_up(self, again, batch):
        """An open call of the same request: somebody waits for it, or it was interrupted.

        :raises ModelError: it is not to be made again by itself
        """
        if self.state == "queued" and not batch:
            # a person does not want to wait for the next batch
            self.write({**self._failed(ModelError("model_withdrawn")), "body": False})
            self.flush_recordset()
            return
        if self.state == "queued" or self.batch_id:
            raise AnswerPending
        left = self.create_date + LOST_AFTER - fields.Datetime.now()
        if left > timedelta():
            raise ModelError("model_busy", retry_after=left.total_seconds())
        if not again:
            raise ModelError("model_interrupted")
        self.write({"state": "failed", "error": "model_interrupted"})
        self.flush_recordset()

    @api.model
    def _check_pause(self, company):
        """Not while it told us to wait, nor right after several failures in a row.

        :raises ModelError: it is too early
        """
        last = self.search([("company_id", "=", company.id)], limit=FAILURES)
        now = fields.Datetime.now()
        until = last[:1].retry_at or now
        broken = len(last) == FAILURES and all(
            call.state == "failed" and call.error in BREAKING for call in last
        )
        if broken:
            until = max(until, last[0].write_date + PAUSE)
        if until > now:
            wait = (until - now).total_seconds()
            raise ModelError("model_paused" if broken else "model_busy", retry_after=wait)

    @api.model
    def _check_budget(self, company, most):
        spent = self._spent(company)
        if spent + most > company.po_intake_claude_budget:
            raise ModelError("model_budget", **self._sums(company, spent))

    @api.model
    def _spent(self, company):
        """US dollars of this month, open calls at the most that they may cost."""
        start = fields.Datetime.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        # sudo: the sum is no secret of those who set the budget
        ((total,),) = self.sudo()._read_group(
            [("company_id", "=", company.id), ("create_date", ">=", start)],
            aggregates=["cost:sum"],
        )
        return total or 0.0

    @api.model
    def _sums(self, company, spent):
        budget = company.po_intake_claude_budget
        return {"spent": f"{spent:.2f}", "budget": f"{budget:.2f}"}

    @api.model
    def _low(self, company):
        """What a warning says where most of the budget is spent; else nothing."""
        spent = self._spent(company)
        low = spent >= LOW * company.po_intake_claude_budget
        return self._sums(company, spent) if low else None

    @api.model
    def _answered(self, answer, prices):
        return {
            "state": "answered",
            "answer": answer.to_json(),
            "model": answer.model,
            "request_id": answer.request_id,
            "input_tokens": answer.input_tokens,
            "output_tokens": answer.output_tokens,
            "cache_read_tokens": answer.cache_read_tokens,
            "cache_write_tokens": answer.cache_write_tokens,
            "cost": prices.cost(answer),
        }

    @api.model
    def _failed(self, problem):
        values = {
            "state": "failed",
            "error": problem.code,
            "request_id": problem.parameters.get("request_id"),
        }
        wait = problem.parameters.get("retry_after")
        if wait:
            values["retry_at"] = fields.Datetime.now() + timedelta(seconds=wait)
        if problem.code not in UNCERTAIN:
            values["cost"] = 0.0
        return values

    @api.model
    def _close(self, call_id, values, seconds):
        """Keep what came of a call, in a transaction of its own."""
        with self.env.registry.cursor() as cr:
            # sudo: a ledger that nobody writes by hand
            call = self.with_env(self.env(cr=cr, su=True)).browse(call_id)
            call.write({**values, "seconds": seconds})
        _logger.info(
            "model call=%s state=%s error=%s seconds=%.1f",
            call_id, values["state"], values.get("error"), seconds,
        )  # fmt: skip
