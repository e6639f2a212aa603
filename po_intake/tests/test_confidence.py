from dataclasses import replace
from decimal import Decimal

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user

from odoo.addons.po_intake.extraction.document import Finding, OrderLine

from .common import IntakeCase


class TestConfidence(IntakeCase):
    """How sure the whole is, why, and whether that came true."""

    def arrive(self, number="PO-1", **values):
        self.script(number, self.order(number=number, **values))
        return self.process(self.upload(number))

    def vague(self, number, **values):
        """An order of which a person has to have a look, that nothing blocks."""
        return self.arrive(number, confidence=0.6, **values)

    # why

    def test_a_sure_order_needs_no_explanation(self):
        intake = self.arrive()
        self.assertGreaterEqual(intake.confidence, 0.95)
        self.assertFalse(intake.confidence_reasons)

    def test_what_lowers_it_most_is_told_in_words(self):
        words = OrderLine(sequence=1, description="Hex bolt M8x40 zinc", quantity=Decimal(5),
                          price_unit=Decimal(100), price_subtotal=Decimal(500))  # fmt: skip
        intake = self.arrive(lines=(words,), amount_untaxed=Decimal(500), confidence=0.9)
        self.assertEqual(intake.line_ids.product_id, self.bolt)
        told = str(intake.confidence_reasons)
        self.assertIn("Line 1: product matched by description only", told)
        self.assertIn("90 % certainty", told)
        self.assertIn("points", told)
        points = sum(item["points"] for item in intake.doubts)
        self.assertAlmostEqual(intake.confidence, 0.995 - points, 3)

    def test_texts_of_strangers_stay_text(self):
        intake = self.arrive(confidence=0.5)
        intake.doubts = [{"code": "sender", "value": 1, "lines": [], "points": 0.2,
                          "parameters": {"sender": "<b>x</b>", "partner": "y"}}]  # fmt: skip
        self.assertIn("&lt;b&gt;", str(intake.confidence_reasons))

    def test_a_blocked_card_stays_below_every_threshold(self):
        for threshold in (0.95, 0.4):
            self.team.draft_confidence = threshold
            intake = self.arrive(f"B-{threshold}", lines=(
                OrderLine(sequence=1, our_code="NO-SUCH", quantity=Decimal(1)),
            ), amount_untaxed=None)  # fmt: skip
            self.assertLess(intake.confidence, threshold)
            self.assertEqual(intake.state, "review")

    def test_whatever_was_fitted_a_contradiction_stays_doubtful(self):
        self.env["po.intake.calibration"].create({"formula": {"base": 6.0, "prices": {}}})
        finding = Finding(
            "net_mismatch", "blocking", {"computed": "1", "printed": "2"}, "amount_untaxed"
        )
        intake = self.arrive(confidence=0.3, findings=(finding,))
        for finding in intake.finding_ids:
            finding.action_waive()
        intake.action_check()
        self.assertLessEqual(intake.confidence, 0.3)
        self.assertIn("contradicts itself", str(intake.confidence_reasons))

    def test_what_a_person_chooses_raises_it(self):
        words = OrderLine(sequence=1, description="Bolt, as always", quantity=Decimal(5))
        intake = self.vague("C-1", lines=(words,), amount_untaxed=None)
        before = intake.confidence
        intake.line_ids.product_id = self.bolt
        intake.action_check()
        self.assertGreater(intake.confidence, before)

    # what became of it

    def test_an_approval_without_an_edit(self):
        intake = self.vague("D-1")
        intake.with_user(self.clerk).action_approve()
        self.assertEqual((intake.outcome, len(intake.correction_ids)), ("accepted", 0))

    def test_every_corrected_field_is_noted(self):
        intake = self.vague("D-2")
        intake.line_ids[0].write({"product_id": self.seal.id, "quantity": 7})
        intake.order_reference = "D-2/a"
        intake.with_user(self.clerk).action_approve()
        self.assertEqual(intake.outcome, "edited")
        found = {item.field: (item.before, item.after) for item in intake.correction_ids}
        self.assertEqual(set(found), {"product_id", "quantity", "order_reference"})
        self.assertEqual(found["quantity"], ("5", "7"))
        self.assertEqual(found["order_reference"], ("D-2", "D-2/a"))
        self.assertEqual(intake.correction_ids.create_uid, self.clerk)
        with self.assertRaises(AccessError):
            intake.correction_ids.with_user(self.clerk).unlink()

    def test_what_follows_from_the_customer_is_no_correction_of_its_own(self):
        party = replace(self.order().partner, name="Nobody we know", reference=None)
        lesson = {"partner_id": self.customer.id, "code": "X-7", "product_id": self.bolt.id}
        self.env["po.intake.item.code"].create(lesson)
        line = OrderLine(sequence=1, partner_code="X-7", quantity=Decimal(5))
        intake = self.arrive("D-3", partner=party, lines=(line,), amount_untaxed=None)
        self.assertFalse(intake.line_ids.product_id)
        intake.partner_id = self.customer
        self.assertEqual(intake.line_ids.product_id, self.bolt)
        intake.with_user(self.clerk).action_approve()
        self.assertEqual(intake.correction_ids.mapped("field"), ["partner_id"])

    def test_a_draft_that_is_confirmed_as_it_was(self):
        intake = self.arrive("D-4")
        self.assertFalse(intake.outcome)
        intake.sale_order_id.with_user(self.clerk).action_confirm()
        self.assertEqual(intake.outcome, "accepted")

    def test_who_sees_no_intakes_confirms_as_ever(self):
        seller = new_test_user(
            self.env, "po_intake_seller", groups="sales_team.group_sale_salesman_all_leads"
        )
        intake = self.arrive("D-6")
        other = intake.sale_order_id.copy()
        (intake.sale_order_id | other).with_user(seller).action_confirm()
        self.assertEqual(intake.sale_order_id.state, "sale")
        self.assertEqual(intake.outcome, "accepted")

    def test_a_draft_that_is_changed_before_it_is_confirmed(self):
        intake = self.arrive("D-5")
        order = intake.sale_order_id
        order.order_line[0].product_uom_qty = 6
        order.with_user(self.clerk).action_confirm()
        self.assertEqual(intake.outcome, "edited")
        self.assertEqual((intake.correction_ids.field, intake.correction_ids.place),
                         ("quantity", "order"))  # fmt: skip


class TestCalibrateWizard(IntakeCase):
    """A manager fits the confidence on what people have accepted and edited."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.env.ref("base.user_admin")

    def history(self, accepted, edited):
        """Intakes of which people have decided: those with words only were often edited."""
        self.env["po.intake"].create(
            [
                {
                    "state": "done",
                    "team_id": self.team.id,
                    "outcome": outcome,
                    "proposal": {"doubts": doubts, "confidence": 0.97, "blocked": False},
                }
                for count, outcome, doubts in (
                    (accepted, "accepted", {"reading": 0.5}),
                    (edited, "edited", {"reading": 0.5, "described": 1.0}),
                )
                for _index in range(count)
            ]
        )

    def wizard(self):
        env = self.env(user=self.manager, context={"allowed_company_ids": self.company.ids})
        return Form(env["po.intake.calibrate"]).save()

    def test_too_few_cases_are_refused_with_a_sentence(self):
        self.history(10, 2)
        wizard = self.wizard()
        self.assertIn("12 intakes", wizard.refusal)
        with self.assertRaises(UserError):
            wizard.action_apply()

    def test_one_kind_of_case_tells_nothing(self):
        self.history(80, 1)
        self.assertIn("1 of 81", self.wizard().refusal)

    def test_fit_apply_and_reset(self):
        self.history(60, 30)
        current = self.env["po.intake.calibration"]._current
        shipped = current(self.company)
        wizard = self.wizard()
        self.assertFalse(wizard.refusal)
        self.assertEqual((wizard.case_count, wizard.edited_count), (90, 30))
        self.assertLess(wizard.log_loss_after, wizard.log_loss_before)
        self.assertLess(wizard.brier_after, wizard.brier_before)
        self.assertIn("<table", wizard.table)
        self.assertEqual(current(self.company), shipped, "nothing is in force before Apply")
        wizard.action_apply()
        fitted = current(self.company)
        self.assertGreater(fitted.prices["described"], shipped.prices["described"])
        other = self.env["res.company"].create({"name": "Sister"})
        self.assertEqual(current(other), shipped)
        self.wizard().action_reset()
        self.assertEqual(current(self.company), shipped)

    def test_an_applied_calibration_changes_what_is_drafted(self):
        words = OrderLine(sequence=1, description="Hex bolt M8x40 zinc", quantity=Decimal(5),
                          price_unit=Decimal(100), price_subtotal=Decimal(500))  # fmt: skip
        self.history(60, 30)
        self.wizard().action_apply()
        self.script("W-1", self.order(number="W-1", lines=(words,), amount_untaxed=Decimal(500)))
        intake = self.process(self.upload("W-1"))
        self.assertEqual(intake.line_ids.product_id, self.bolt)
        self.assertEqual(intake.state, "review")

    def test_clerks_do_not_calibrate(self):
        with self.assertRaises(AccessError):
            self.env["po.intake.calibrate"].with_user(self.clerk).create({})
