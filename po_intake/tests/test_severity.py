from dataclasses import replace
from decimal import Decimal

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form

from odoo.addons.po_intake.extraction.acceptance import accept
from odoo.addons.po_intake.extraction.document import BLOCKING, Finding, Party

from .common import IntakeCase


class TestSeverity(IntakeCase):
    """Each team weighs the findings as it likes, within limits."""

    def weigh(self, code, severity, team=None):
        rows = (team or self.team).severity_ids.filtered(lambda row: row.code == code)
        rows.severity = severity

    def dear(self):
        """An order whose price is a fifth below the list."""
        line = replace(self.order().lines[0], price_unit=Decimal(80), price_subtotal=Decimal(400))
        return self.order(lines=(line,), amount_untaxed=Decimal(400))

    def test_a_warning_holds_no_order_unless_the_team_says_so(self):
        self.script("first", self.dear())
        self.script("second", replace(self.dear(), number="PO-2"))
        self.assertEqual(self.process(self.upload("first")).state, "done")
        self.weigh("price_differs", "blocking")
        self.assertEqual(self.process(self.upload("second")).state, "review")

    def test_what_is_off_is_not_found(self):
        self.weigh("price_differs", "off")
        self.script("order", self.dear())
        self.assertNotIn("price_differs", self.codes(self.process(self.upload("order"))))

    def test_a_team_weighs_what_a_reader_says_too(self):
        document = self.order().with_findings(Finding("hidden_text", BLOCKING))
        self.script("order", replace(document, confidence=0.99))
        self.weigh("hidden_text", "info")
        self.assertEqual(self.process(self.upload("order")).state, "done")

    def test_another_team_goes_by_its_own(self):
        self.weigh("price_differs", "off")
        other = self.env["po.intake.team"].create({"name": "Other"})
        self.script("order", self.dear())
        intake = self.upload("order")
        intake.team_id = other
        self.assertIn("price_differs", self.codes(self.process(intake)))

    def test_some_findings_always_block(self):
        for code in ("duplicate_order", "product_unknown", "quantity_missing"):
            for severity in ("off", "info", "warning"):
                with self.assertRaisesRegex(ValidationError, "always blocks"):
                    self.weigh(code, severity)

    def test_a_new_team_lists_every_finding(self):
        with Form(self.env["po.intake.team"]) as form:
            form.name = "New"
        rows = form.record.severity_ids
        self.assertEqual(rows.mapped("code"), list(self.env["po.intake.severity"]._get_defaults()))
        self.assertFalse(any(rows.mapped("severity")))
        self.assertNotIn("%(", "".join(rows.mapped("example")))

    def test_a_finding_that_is_new_gets_its_row_with_an_update(self):
        self.team.severity_ids.filtered(lambda row: row.code == "price_differs").unlink()
        self.weigh("delivery_unknown", "info")
        self.env["po.intake.severity"]._complete()
        rows = {row.code: row.severity for row in self.team.severity_ids}
        self.assertIn("price_differs", rows)
        self.assertEqual(rows["delivery_unknown"], "info")

    def test_clerks_do_not_weigh(self):
        with self.assertRaises(AccessError):
            self.team.severity_ids[:1].with_user(self.clerk).severity = "info"

    # what waits is checked again

    def waiting(self):
        self.team.auto_draft = False
        self.script("order", self.dear())
        intake = self.process(self.upload("order"))
        self.assertFalse(intake.blocking_count)
        return intake

    def test_what_waits_is_checked_again_after_a_change(self):
        intake = self.waiting()
        self.weigh("price_differs", "blocking")
        self.assertFalse(intake.blocking_count)
        with self.enter_registry_test_mode():
            self.env.ref("po_intake.ir_cron_recheck").method_direct_trigger()
        self.assertEqual(intake.blocking_count, 1)
        self.assertFalse(intake._is_outdated())

    def test_another_tolerance_has_what_waits_checked_again(self):
        intake = self.waiting()
        self.team.price_tolerance = 0.5
        self.assertTrue(intake._is_outdated())
        with self.enter_registry_test_mode():
            self.env.ref("po_intake.ir_cron_recheck").method_direct_trigger()
        self.assertNotIn("price_differs", self.codes(intake))

    def test_an_approval_goes_by_the_rules_of_now(self):
        intake = self.waiting().with_user(self.clerk)
        intake.action_check()
        self.weigh("price_differs", "off")
        intake.action_approve()
        self.assertNotIn("price_differs", self.codes(intake))

    def test_a_card_that_cannot_be_checked_stops_no_other(self):
        bad, good = self.waiting(), self.waiting_too()
        model = self.env.registry["po.intake.policy"]
        check = model._check_kind

        def check_or_fail(policy, intake):
            if intake == bad:
                raise ValueError(intake)
            return check(policy, intake)

        model._check_kind = check_or_fail
        self.addCleanup(delattr, model, "_check_kind")
        self.weigh("price_differs", "blocking")
        with (
            self.enter_registry_test_mode(),
            self.assertLogs("odoo.addons.po_intake.models.ledger.po_intake_recheck", "ERROR"),
        ):
            self.env.ref("po_intake.ir_cron_recheck").method_direct_trigger()
        self.assertEqual(good.blocking_count, 1)
        self.assertFalse(bad._is_outdated())

    def waiting_too(self):
        self.script("too", replace(self.dear(), number="PO-3"))
        return self.process(self.upload("too"))


class TestReadingChecked(IntakeCase):
    """What a document says of itself is held against what people correct."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # real judgement
        cls.env.registry["po.intake.reader"]._accept = lambda service, document: accept(document)

    def misread(self):
        """Five read as six: the line does not add up."""
        line = replace(self.order().lines[0], quantity=Decimal(6))
        return self.order(lines=(line, self.order().lines[1]))

    def test_arithmetic_is_told_with_both_figures_at_its_line(self):
        self.script("order", self.misread())
        intake = self.process(self.upload("order"))
        finding = intake.finding_ids.filtered(lambda f: f.code == "line_arithmetic")
        self.assertEqual(finding.line_id, intake.line_ids[0])
        self.assertIn("252", finding.message)
        self.assertIn("210", finding.message)

    def test_a_corrected_figure_settles_the_arithmetic(self):
        self.script("order", self.misread())
        intake = self.process(self.upload("order"))
        intake.write({"line_ids": [(1, intake.line_ids[0].id, {"quantity": 5})]})
        self.assertNotIn("line_arithmetic", self.codes(intake))

    def test_a_wrong_correction_breaks_the_arithmetic(self):
        self.script("order", self.order(confidence=0.5))
        self.team.auto_draft = False
        intake = self.process(self.upload("order"))
        self.assertNotIn("line_arithmetic", self.codes(intake))
        intake.write({"line_ids": [(1, intake.line_ids[1].id, {"quantity": 11})]})
        finding = intake.finding_ids.filtered(lambda f: f.code == "line_arithmetic")
        self.assertEqual(finding.line_id, intake.line_ids[1])

    def test_a_row_that_was_missing_completes_the_sum(self):
        short = self.order(lines=self.order().lines[:1])
        self.script("order", short)
        intake = self.process(self.upload("order"))
        self.assertIn("net_mismatch", self.codes(intake))
        line = {
            "product_id": self.seal.id,
            "description": "Sealing ring 20 mm",
            "quantity": 10,
            "price_unit": 3,
            "sequence": 20,
        }
        intake.write({"line_ids": [(0, 0, line)]})
        self.assertNotIn("net_mismatch", self.codes(intake))

    def test_a_taught_unit_is_no_correction(self):
        self.env["po.intake.item.code"].create(
            {
                "partner_id": self.customer.id,
                "code": "BOX-20",
                "product_id": self.seal.id,
                "product_uom_id": self.seal.uom_id.id,
                "uom_text": "Karton",
                "factor": 12,
            }
        )
        boxes = replace(
            self.order().lines[1],
            our_code=None,
            partner_code="BOX-20",
            uom="Karton",
            quantity=Decimal(200),
            price_unit=Decimal(35),
            price_subtotal=Decimal(7000),
        )
        self.script("order", self.order(lines=(boxes,), amount_untaxed=Decimal(7000)))
        intake = self.process(self.upload("order"))
        self.assertEqual(intake.line_ids.quantity, 2400)
        self.assertAlmostEqual(intake.line_ids.price_unit, 35 / 12)
        self.assertNotIn("line_arithmetic", self.codes(intake))

    def test_a_finding_of_the_file_stays(self):
        self.script("order", self.order(partner=Party(name="Brook Valves Ltd", vat="DE123456789")))
        intake = self.process(self.upload("order"))
        self.assertIn("vat_check_digit", self.codes(intake))
        intake.action_check()
        self.assertIn("vat_check_digit", self.codes(intake))
