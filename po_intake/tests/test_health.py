from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import IntakeCase


class TestHealth(IntakeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.health = cls.env["po.intake.health"]
        cls.health._crons().nextcall = fields.Datetime.now() + timedelta(minutes=5)
        cls.team.user_id = cls.env.ref("base.user_admin")

    def _stand_still(self):
        self.env.ref("po_intake.ir_cron_process").nextcall = fields.Datetime.now() - timedelta(
            hours=3
        )

    def test_counts_what_waits_and_for_how_long(self):
        before = self.health._figures()
        intake = self.upload("order")
        intake.received_date = fields.Datetime.now() - timedelta(minutes=95)
        figures = self.health._figures()
        self.assertEqual(figures["documents_waiting"], before["documents_waiting"] + 1)
        self.assertGreaterEqual(figures["oldest_minutes"], 95)
        self.assertIn("waiting_long", figures["problems"])
        self.assertEqual(figures["status"], "trouble")

    def test_a_cron_that_stands_still_is_told_once_and_taken_back(self):
        self.upload("order").state = "rejected"
        self._stand_still()
        self.health._cron_watch()
        self.health._cron_watch()
        self.assertEqual(len(self.team.activity_ids), 1)
        self.assertIn("max_cron_threads", self.team.activity_ids.summary)
        self.env.ref("po_intake.ir_cron_process").nextcall = fields.Datetime.now()
        self.health._cron_watch()
        self.assertFalse(self.team.activity_ids)

    def test_a_cron_that_is_switched_off_is_told(self):
        self.env.ref("po_intake.ir_cron_open_mails").active = False
        self.assertEqual(self.health.default_get(["status"])["status"], "trouble")
        self.assertIn("switched off", self.health.default_get(["problems"])["problems"])

    def test_a_cron_that_fails_each_time_is_told(self):
        cron = self.env.ref("po_intake.ir_cron_process")
        person = new_test_user(self.env, "gone", groups="base.group_system")
        cron.user_id = person
        person.active = False
        with mute_logger("odoo.addons.base.models.ir_cron"), self.enter_registry_test_mode():
            for _run in range(3):
                cron.method_direct_trigger()
        self.assertIn("cron_failing", self.health._figures()["problems"])

    def test_while_the_technical_user_is_archived_all_waits_and_it_is_told(self):
        self.script("one order", self.order())
        intake = self.upload("one order")
        worker, cron = intake._worker(), self.env.ref("po_intake.ir_cron_process")
        for active, state in ((False, "new"), (True, "done")):
            worker.active = active
            self.assertEqual("worker_archived" in self.health._figures()["problems"], not active)
            with self.enter_registry_test_mode():
                cron.method_direct_trigger()
            self.assertEqual(intake.state, state)
            self.assertFalse(intake.error)


@tagged("-at_install", "post_install")
class TestHealthPage(HttpCase):
    def test_only_who_knows_the_token_is_answered(self):
        url = "/po_intake/health"
        self.assertEqual(self.url_open(url).status_code, 404)
        self.assertEqual(self.ask(url, "").status_code, 404)
        self.env["ir.config_parameter"].set_param("po_intake.health_token", "s3cret-wörd")
        self.assertEqual(self.ask(url, "wrong").status_code, 404)
        # in the address it would stand in logs
        self.assertEqual(self.url_open(f"{url}?token=s3cret-wörd").status_code, 404)
        answer = self.ask(url, "s3cret-wörd")
        self.assertIn(answer.status_code, (200, 503))
        self.assertEqual(answer.json()["status"] == "ok", answer.status_code == 200)
        self.assertIn("documents_waiting", answer.json())

    def ask(self, url, token):
        header = f"Bearer {token}".encode("latin-1")
        return self.url_open(url, headers={"Authorization": header})
