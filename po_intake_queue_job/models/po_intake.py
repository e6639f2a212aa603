from odoo import SUPERUSER_ID, fields, models
from odoo.fields import Domain

from odoo.addons.queue_job.exception import RetryableJobError

# at least so long until a document is looked at again that somebody else works on
PAUSE_SECONDS = 10


class PoIntake(models.Model):
    _inherit = "po.intake"

    def _enqueue(self):
        """One job for each document; a job that waits already is not doubled."""
        # the job does what the scheduled action does, as the same user
        for intake in self.with_user(SUPERUSER_ID):
            intake.with_delay(
                identity_key=f"po_intake:{intake.id}",
                description=self.env._("Read %s", intake.display_name),
            )._job_work()

    def _job_work(self):
        """Work on one document; come back when its next attempt is due.

        Attempts are counted on the intake, so that the job may be repeated as often as it takes.
        """
        self.ensure_one()
        self._work_off(Domain("id", "=", self.id))
        if self.exists() and self.filtered_domain(self._queue_domain()):
            wait = self.retry_at - fields.Datetime.now() if self.retry_at else None
            raise RetryableJobError(
                self.env._("%s is not done yet.", self.display_name),
                seconds=max(PAUSE_SECONDS, wait.total_seconds() if wait else 0),
                ignore_retry=True,
            )
