import logging
import time
from datetime import timedelta

import psycopg2.errors

from odoo import api, fields, models
from odoo.exceptions import LockError
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

# a cron run of Odoo may take 120 s by default; its own ten-second slices idle in between
BUDGET_SECONDS = 40
# rows that are done in one transaction are kept from others no longer than about this
TOGETHER_SECONDS = 2
# a worker claims at most one of so many rows that are due
SHARE = 4
# between the commit of a claim and the locks of its work; it may be short, for those locks last
LEASE = timedelta(seconds=10)
RETRY_DELAYS = (timedelta(minutes=1), timedelta(minutes=10))
MAX_ATTEMPTS = len(RETRY_DELAYS) + 1


class PoIntakeQueue(models.AbstractModel):
    """Rows that a cron works off; a bad one never stops the others.

    The row lock says who works on a row, so a process that dies leaves nothing behind: PostgreSQL
    drops its locks with its connection. Where the work itself may kill the process, the attempt is
    counted and committed before it starts, and ``_lease`` keeps others away until the row is
    locked again. Quick rows may share a transaction, ``_together``; all or none of them are done.
    """

    _name = "po.intake.queue"
    _description = "Order Intake Queue"

    _lease = None
    # how many quick rows one transaction may work on
    _together = 1

    attempts = fields.Integer(readonly=True, copy=False)
    retry_at = fields.Datetime("Next attempt", readonly=True, copy=False)
    error = fields.Text("Last error", readonly=True, copy=False)

    def _queue_domain(self):
        """Rows that wait for their work, be they due or not."""
        raise NotImplementedError

    def _due_domain(self, at=None):
        """Rows whose time has come, now or at a later moment."""
        return self._queue_domain() & (
            Domain("retry_at", "=", False) | Domain("retry_at", "<=", at or fields.Datetime.now())
        )

    def _queue_work(self):
        """The work on one row, in one transaction. Never commits."""
        raise NotImplementedError

    def _queue_given_up(self):
        """All attempts have failed: put the row aside and tell somebody."""
        raise NotImplementedError

    @api.model
    def _retryable_exceptions(self):
        """Hook: faults that pass by themselves and do not count as an attempt."""
        return (psycopg2.errors.SerializationFailure, psycopg2.errors.DeadlockDetected)

    @api.model
    def _work_off(self, only=Domain.TRUE):
        """Work until nobody is needed or the budget is used up; then come back at once.

        :param only: what is worked on; other rows are left to others
        """
        cron = self.env["ir.cron"]
        deadline = time.monotonic() + BUDGET_SECONDS
        cron._commit_progress(remaining=self.search_count(self._due_domain() & only))
        # look at the time before claiming: a row that was claimed for nothing waits for its lease
        while time.monotonic() < deadline and (rows := self._claim(only)):
            self._work_on(rows)
        if time.monotonic() < deadline:
            self._look_after(only)
            cron._commit_progress(remaining=0)
        elif self.search_count(self._due_domain() & only, limit=1):
            self._trigger_again()

    @api.model
    def _look_after(self, only):
        """Come back soon where others are at work: should they die, nobody else would look."""
        soon = fields.Datetime.now() + LEASE
        if self.search_count(self._due_domain(soon) & only, limit=1):
            self._trigger_again(soon)

    @api.model
    def _claim(self, only=Domain.TRUE):
        """The next rows that are due and that nobody else works on, locked; or none.

        A row that has failed before comes alone: what takes the process down takes no others along.
        Where few wait, other lanes find some, too.
        """
        due = self.search(self._due_domain() & only, limit=50, order="id")
        most = min(self._together, len(due) // SHARE) if self._lease else 1
        try:
            rows = due.try_lock_for_update(allow_referencing=True, limit=max(most, 1))
        except self._retryable_exceptions():
            # another worker finished it between our look and our lock
            self.env.cr.rollback()
            return self._claim(only)
        rows = rows[:1] if rows[:1].attempts else rows.filtered(lambda row: not row.attempts)
        if rows and self._lease:
            rows.write(
                {
                    "attempts": rows[0].attempts + 1,
                    "retry_at": fields.Datetime.now() + self._lease,
                }
            )
            self.env["ir.cron"]._commit_progress()
        return rows

    @api.model
    def _work_on(self, rows):
        """Work on claimed rows, quick ones in one transaction: each begins by reading anew.

        What there was no time for is at once due again. Where anything fails, nothing of it is
        kept, and each of the rows comes alone from then on.
        """
        done = rows
        try:
            done = rows._work_while_quick()
            self.env.flush_all()
        except Exception as error:
            self.env.cr.rollback()
            if len(rows) == 1:
                self._note_fault(rows.id, error)
            else:
                _logger.info("%s %s will be done one by one: %s", self._name, rows.ids, error)
                done = rows.browse()
                rows.retry_at = False
        if done and rows != done:
            # kept at once: a lost race for the next rows would take it back
            (rows - done).write({"attempts": 0, "retry_at": False})
        self.env["ir.cron"]._commit_progress(len(done))

    def _work_while_quick(self):
        """Do as many of these rows as a moment is enough for, at least one.

        :return: the rows that are done, or others' by now
        """
        until = time.monotonic() + TOGETHER_SECONDS
        # a claim with a lease was committed: take the locks again, and look again
        locked = self.try_lock_for_update(allow_referencing=True)
        ours = locked.filtered_domain(self._queue_domain())
        done = self - ours
        for row in ours:
            if row._lease and row.attempts > MAX_ATTEMPTS:
                # it took the process down each time
                row._queue_given_up()
            else:
                row._queue_work()
            done += row
            if time.monotonic() > until:
                break
        return done

    @api.model
    def _note_fault(self, row_id, error):
        """What becomes of a row that met a fault, in a transaction that was rolled back."""
        if isinstance(error, (*self._retryable_exceptions(), psycopg2.errors.UniqueViolation)):
            _logger.info("%s %s will be done again: %s", self._name, row_id, error)
            self._again(row_id, error)
        else:
            _logger.error("%s %s failed", self._name, row_id, exc_info=error)
            self._fail(row_id, error)

    def _keep_for_us(self):
        """Lock rows for what a person does with them, until the transaction ends.

        :raises LockError: somebody else is at it
        """
        others = self - self.try_lock_for_update(allow_referencing=True)
        if others:
            names = ", ".join(others.mapped("display_name"))
            raise LockError(self.env._("Somebody else is just working on %s.", names))

    @api.model
    def _again(self, row_id, error):
        """Take a row back that met a fault which passes by itself.

        A lost race is over already, so the row is due at once; any other fault gets a minute.
        Only what another worker made at the same moment counts as an attempt: it is found the
        next time, or something is wrong.
        """
        row = self.browse(row_id)
        attempts = row.attempts + (0 if self._lease else 1)
        if not isinstance(error, psycopg2.errors.UniqueViolation):
            attempts -= 1
        elif attempts >= MAX_ATTEMPTS:
            return self._fail(row_id, error)
        at = False if isinstance(error, psycopg2.Error) else fields.Datetime.now() + RETRY_DELAYS[0]
        row.write({"retry_at": at, "attempts": attempts})
        return self._trigger_again(at or None)

    @api.model
    def _fail(self, row_id, error):
        """Note a failure; if even that fails, the row is left for the next run."""
        try:
            self.browse(row_id)._queue_failed(error)
            self.env.flush_all()
        except Exception:
            self.env.cr.rollback()
            _logger.exception("%s %s: the failure could not be noted", self._name, row_id)
            self.browse(row_id).retry_at = fields.Datetime.now() + RETRY_DELAYS[-1]

    def _queue_failed(self, error):
        """Note what went wrong, and when to try again; after the last attempt, give up."""
        attempts = self.attempts + (0 if self._lease else 1)
        vals = {"attempts": attempts, "error": f"{type(error).__name__}: {error}"[:500]}
        if attempts < MAX_ATTEMPTS:
            vals["retry_at"] = fields.Datetime.now() + RETRY_DELAYS[attempts - 1]
            self.write(vals)
            self._trigger_again(vals["retry_at"])
        else:
            self.write({**vals, "retry_at": False})
            self._queue_given_up()

    @api.model
    def _wake(self, xmlid):
        """Start a cron at once, and its copies, which are further lanes of the same work."""
        cron = self.env.ref(xmlid).sudo()  # sudo: of the system's
        for lane in cron.search([("model_id", "=", cron.model_id.id), ("code", "=", cron.code)]):
            lane._trigger()

    @api.model
    def _trigger_again(self, at=None):
        """Let the cron of this queue run again, at once or at a time."""
        cron_id = self.env.context.get("cron_id")
        if cron_id:
            self.env["ir.cron"].browse(cron_id)._trigger(at)
