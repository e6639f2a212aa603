from odoo.addons.po_intake.tests.common import IntakeCase
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.job import Job
from odoo.addons.queue_job.tests.common import trap_jobs


class TestQueueJob(IntakeCase):
    def jobs(self, intakes):
        keys = [f"po_intake:{intake.id}" for intake in intakes]
        return self.env["queue.job"].search([("identity_key", "in", keys)])

    def work(self, intake):
        """What the runner does with the job of an intake; returns when it asks to come again."""
        try:
            with self.enter_registry_test_mode():
                Job.load(self.env, self.jobs(intake).uuid).perform()
        except RetryableJobError as again:
            return again
        finally:
            intake.invalidate_recordset()
        return None

    def test_each_document_is_one_job(self):
        intakes = self.upload("first", "second")
        jobs = self.jobs(intakes)
        self.assertEqual(len(jobs), 2)
        self.assertEqual(set(jobs.mapped("channel")), {"root.po_intake"})
        intakes._enqueue()
        self.assertEqual(self.jobs(intakes), jobs)

    def test_the_job_is_the_systems_whoever_uploads(self):
        with trap_jobs() as trap:
            self.upload("order", user=self.clerk)
            (job,) = trap.enqueued_jobs
        self.assertEqual(job.recordset.env.uid, self.env.ref("base.user_root").id)

    def test_a_sure_order_is_drafted(self):
        self.script("order", self.order())
        intake = self.upload("order")
        self.work(intake)
        self.assertEqual(intake.state, "done")
        self.assertEqual(intake.sale_order_id.create_uid, self.env.ref("po_intake.user_worker"))

    def test_a_job_that_runs_again_changes_nothing(self):
        self.script("order", self.order())
        intake = self.upload("order")
        self.work(intake)
        self.work(intake)
        self.assertEqual(len(intake.sale_order_ids), 1)

    def test_a_failure_is_tried_again_when_the_intake_says_so(self):
        intake = self.upload("order")
        self.addCleanup(delattr, self.env.registry["po.intake.drafter"], "_draft")
        self.script("order", self.order())

        def fail(*_args):
            raise ZeroDivisionError

        self.env.registry["po.intake.drafter"]._draft = fail
        with self.assertLogs("odoo.addons.po_intake.models.po_intake_queue", "ERROR"):
            again = self.work(intake)
        self.assertTrue(again.ignore_retry)
        self.assertAlmostEqual(again.seconds, 60, delta=5)
        self.assertEqual(intake.attempts, 1)
        self.assertIn("ZeroDivisionError", intake.error)
