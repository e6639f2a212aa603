"""What people may not write, by whatever door they come."""

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import new_test_user

from .common import IntakeCase


class TestGuard(IntakeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env,
            "po_intake_guard_manager",
            groups="po_intake.group_po_intake_manager,sales_team.group_sale_manager",
        )
        cls.portal = new_test_user(cls.env, "po_intake_guard_portal", groups="base.group_portal")

    def waiting(self):
        """A card on the board, with a finding that blocks."""
        self.script("order", self.order(partner=None))
        intake = self.process(self.upload("order"))
        self.assertEqual((intake.state, bool(intake.blocking_count)), ("review", True))
        return intake

    def rpc(self, user, records, method, *arguments, **options):
        """A call as Odoo's RPC makes it."""
        model = self.env[records._name].with_user(user)
        return call_kw(model, method, [records.ids, *arguments], options)

    def refused(self, records, **values):
        """Nobody may write these values, whatever they say of themselves; nor by the web client."""
        for user in (self.clerk, self.manager, self.portal):
            for name, value in values.items():
                for context in ({}, {"po_intake_stage": True}, {"po_intake_stage": "own step"}):
                    for method in ("write", "web_save"):
                        options = {"specification": {}} if method == "web_save" else {}
                        with (
                            self.subTest(user=user.login, field=name, method=method),
                            self.assertRaises(AccessError),
                        ):
                            call = {**options, "context": context}
                            self.rpc(user, records, method, {name: value}, **call)

    def test_what_became_of_a_card_is_not_written_by_people(self):
        intake = self.waiting()
        order = self.env["sale.order"].create({"partner_id": self.customer.id})
        self.refused(
            intake,
            state="done",
            confidence=1.0,
            touchless=True,
            sale_order_id=order.id,
            changed_sale_order_id=order.id,
            blocking_count=0,
            done_date="2026-11-01",
        )

    def test_what_was_read_and_where_it_came_from_is_not_written_by_people(self):
        intake = self.waiting()
        self.refused(
            intake,
            document={},
            picks={},
            source_digest="0" * 64,
            source="api",
            email_from="ceo@brook-valves.example",
            company_id=self.company.id,
        )
        self.refused(intake.line_ids[:1], match_score=1.0, candidates=[], document_line=1)

    def test_findings_are_neither_lowered_nor_removed_nor_made(self):
        intake = self.waiting()
        finding = intake._blocking_findings()[:1]
        self.refused(finding, severity="info", waived_by_id=self.clerk.id, code="x")
        self.refused(intake, finding_ids=[(2, finding.id)])
        for user in (self.clerk, self.manager, self.portal):
            with self.assertRaises(AccessError):
                self.rpc(user, finding, "unlink")
            with self.assertRaises(AccessError):
                values = {"intake_id": intake.id, "code": "seen", "severity": "info"}
                self.env["po.intake.finding"].with_user(user).create(values)
        self.rpc(self.clerk, finding, "action_waive")
        self.assertEqual(finding.waived_by_id, self.clerk)
        with self.assertRaises(AccessError):
            self.rpc(self.portal, finding, "action_waive")

    def test_a_forged_mark_does_not_keep_a_correction_from_being_checked(self):
        self.script("order", self.order())
        intake = self.upload("order")
        self.team.auto_draft = False
        self.process(intake)
        self.assertFalse(intake.blocking_count)
        context = {"po_intake_stage": True}
        self.rpc(self.clerk, intake, "write", {"document_type": "other"}, context=context)
        self.assertTrue(intake.blocking_count)

    def test_no_card_is_made_with_a_past(self):
        for user in (self.clerk, self.manager, self.portal):
            for values in ({"state": "done"}, {"source": "mail"}, {"name": "X"}):
                with self.assertRaises(AccessError):
                    self.env["po.intake"].with_user(user).create(values)
                defaults = {f"default_{name}": value for name, value in values.items()}
                with self.assertRaises(AccessError):
                    self.env["po.intake"].with_user(user).with_context(**defaults).create({})

    def test_an_order_is_not_tied_to_a_card_by_hand(self):
        intake = self.waiting()
        order = self.env["sale.order"].create({"partner_id": self.customer.id})
        self.refused(order, po_intake_id=intake.id, po_intake_key="1")
        with self.assertRaises(AccessError):
            values = {"partner_id": self.customer.id, "po_intake_id": intake.id}
            self.env["sale.order"].with_user(self.manager).create(values)

    def test_what_has_become_an_order_is_not_rejected(self):
        self.script("sure", self.order())
        intake = self.process(self.upload("sure"))
        self.assertEqual(intake.state, "done")
        wizards = self.env["po.intake.reject"].with_user(self.clerk)
        wizard = wizards.create({"intake_ids": [(6, 0, intake.ids)], "reason": "away with it"})
        with self.assertRaises(UserError):
            self.rpc(self.clerk, wizard, "action_reject")
        with self.assertRaises(UserError):
            self.rpc(self.clerk, intake, "action_block_sender")
        self.assertEqual(intake.state, "done")

    def test_what_the_views_let_people_correct_is_corrected(self):
        intake = self.waiting()
        values = {"partner_id": self.customer.id, "order_reference": "PO-77"}
        self.rpc(self.clerk, intake, "write", values)
        self.rpc(self.clerk, intake.line_ids[:1], "write", {"product_id": self.seal.id})
        self.assertEqual(intake.line_ids[0].match_score, 1.0)
        self.rpc(self.clerk, intake, "action_approve")
        self.assertEqual((intake.state, len(intake.sale_order_ids)), ("done", 1))
