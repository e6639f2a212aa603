from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user

from .common import IntakeCase

MODELS = [
    "po.intake",
    "po.intake.line",
    "po.intake.finding",
    "po.intake.reading",
    "po.intake.team",
    "po.intake.severity",
    "po.intake.mail",
    "po.intake.sender",
    "po.intake.item.code",
    "po.intake.refusal",
    "po.intake.correction",
    "po.intake.calibration",
    "po.intake.layout",
]


class TestAccess(IntakeCase):
    def test_nobody_outside_the_groups_reads_anything(self):
        outsiders = [
            new_test_user(self.env, "po_intake_internal", groups="base.group_user"),
            new_test_user(self.env, "po_intake_portal", groups="base.group_portal"),
        ]
        for user in outsiders:
            for model in MODELS:
                with self.subTest(user=user.login, model=model), self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])

    def test_raw_inbox_is_for_managers(self):
        with self.assertRaises(AccessError):
            self.env["po.intake.mail"].with_user(self.clerk).search([])

    def test_ledger_cannot_be_edited(self):
        self.script("order", self.order())
        reading = self.process(self.upload("order")).reading_ids
        for user in (self.clerk, self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError):
                reading.with_user(user).write({"cost": 0})
            with self.assertRaises(AccessError):
                reading.with_user(user).unlink()

    def test_the_log_cannot_be_changed_or_deleted(self):
        self.script("order", self.order())
        intake = self.process(self.upload("order", user=self.clerk))
        note = intake.message_ids.filtered(
            lambda message: message.subtype_id == self.env.ref("po_intake.mt_log")
        )[:1]
        comment = intake.with_user(self.clerk).message_post(body="Mine to change")
        for user in (self.clerk, self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError):
                note.with_user(user).write({"body": "Nothing happened"})
            with self.assertRaises(AccessError):
                note.with_user(user).unlink()
        comment.with_user(self.clerk).write({"body": "changed"})

    def test_documents_cannot_be_made_public(self):
        intake = self.upload("order")
        with self.assertRaises(ValidationError):
            intake.message_main_attachment_id.public = True

    def test_other_companies_are_not_seen(self):
        company = self.env["res.company"].create({"name": "Sister"})
        team = self.env["po.intake.team"].create({"name": "Sister", "company_id": company.id})
        self.script("order", self.order(confidence=0.5))
        theirs = self.env["po.intake"].create({"team_id": team.id})
        ours = self.process(self.upload("order"))
        seen = self.env["po.intake"].with_user(self.clerk).search([])
        self.assertIn(ours, seen)
        self.assertNotIn(theirs, seen)
        with self.assertRaises(AccessError):
            theirs.with_user(self.clerk).action_retry()

    def test_cards_of_a_team_for_members_only_are_seen_by_nobody_else(self):
        self.script("order", self.order(confidence=0.5))
        intake = self.process(self.upload("order"))
        self.team.write({"members_only": True, "member_ids": [(5,)]})
        manager = new_test_user(
            self.env, "po_intake_head", groups="po_intake.group_po_intake_manager"
        )

        def seen(user):
            self.env.invalidate_all()
            records = (intake, intake.line_ids, intake.finding_ids, intake.reading_ids)
            return [
                bool(self.env[record._name].with_user(user).search([("id", "in", record.ids)]))
                for record in records
            ]

        self.assertEqual(seen(self.clerk), [False] * 4)
        self.team.active = False
        self.assertFalse(seen(self.clerk)[0], "archived, it is closed all the same")
        with self.assertRaises(AccessError):
            intake.with_user(self.clerk).get_pane()
        self.assertEqual(seen(manager), [True] * 4)
        intake.user_id = self.clerk
        self.assertEqual(seen(self.clerk), [True] * 4)
        intake.user_id = False
        self.team.member_ids = self.clerk
        self.assertEqual(seen(self.clerk), [True] * 4)

    def test_raw_mails_of_other_companies_are_not_seen(self):
        company = self.env["res.company"].create({"name": "Sister"})
        self.env["po.intake.team"].create(
            {"name": "Sister", "company_id": company.id, "alias_name": "sister-orders"}
        )
        theirs = self.receive(self.mail("x", To="sister-orders@test.example"))
        ours = self.receive(self.mail("y", Message_Id="<2@x.example>"))
        self.assertEqual((theirs.company_id, ours.company_id), (company, self.company))
        manager = new_test_user(
            self.env, "po_intake_boss", groups="po_intake.group_po_intake_manager"
        )
        seen = self.env["po.intake.mail"].with_user(manager).search([])
        self.assertIn(ours, seen)
        self.assertNotIn(theirs, seen)

    def test_address_that_is_taken_is_not_taken_twice(self):
        teams = self.env["po.intake.team"]
        self.assertFalse(teams._free_alias_name("orders"))
        self.assertEqual(teams._free_alias_name("orders-of-nobody"), "orders-of-nobody")

    def test_technical_user_cannot_log_in_and_is_no_manager(self):
        worker = self.env.ref("po_intake.user_worker")
        self.env.cr.execute("SELECT password FROM res_users WHERE id = %s", [worker.id])
        self.assertFalse(self.env.cr.fetchone()[0])
        for group in (
            "base.group_system",
            "purchase.group_purchase_manager",
            "sales_team.group_sale_manager",
            "po_intake.group_po_intake_manager",
        ):
            self.assertFalse(worker.has_group(group), group)
