from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .common import IntakeCase


class TestFirstSteps(IntakeCase):
    """What a manager of the app, who need not be an administrator, sets up first."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env, "po_intake_manager", groups="po_intake.group_po_intake_manager"
        )
        cls.steps = cls.env["po.intake.first.steps"].with_user(cls.manager)

    def open_steps(self):
        return [step["title"] for step in self.steps.read_steps() if not step["done"]]

    def test_steps_are_done_one_by_one(self):
        address, threshold, sample, claude = self.steps.read_steps()
        self.assertEqual(self.steps.open_step(address["id"])["res_id"], self.team.id)
        self.assertEqual(self.steps.open_step(threshold["id"])["res_model"], "po.intake.team")
        self.assertEqual(self.open_steps(), [sample["title"], claude["title"]])
        action = self.steps.open_step(sample["id"])
        self.assertTrue(self.env["po.intake"].browse(action["res_id"]).source_name)
        self.steps.skip_step(claude["id"])
        self.assertFalse(self.steps.read_steps(), "all is done, nothing is shown")

    def test_settings_are_for_administrators(self):
        claude = self.steps.read_steps()[-1]
        self.assertEqual(self.steps.open_step(claude["id"])["tag"], "display_notification")
        admin = self.steps.with_user(self.env.ref("base.user_admin"))
        self.assertEqual(admin.open_step(claude["id"])["res_model"], "res.config.settings")

    def test_closed_in_one_company(self):
        other = self.env["res.company"].create({"name": "Brook North"})
        self.steps.close()
        self.assertFalse(self.steps.read_steps())
        self.manager.company_ids += other
        self.assertTrue(self.steps.with_company(other).read_steps())

    def test_nothing_for_clerks(self):
        steps = self.steps.with_user(self.clerk)
        self.assertFalse(steps.read_steps())
        with self.assertRaises(AccessError):
            steps.close()
