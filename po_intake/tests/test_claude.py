"""Claude on the board: asked where it may be, paid once, and never in the way of an order."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..extraction.claude.request import Config
from .common import IntakeCase
from .messages_server import (
    KEY,
    MessagesServer,
    claims,
    dropped,
    garbage,
    says,
    silent,
    status,
)
from .test_claude_reader import ORDER, TRUE


@tagged("-at_install", "post_install")
class ClaudeCase(IntakeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # IntakeCase takes its override of this hook away at the end
        cls.env.registry["po.intake.reader"]._get_readers = lambda service, intake: [
            cls.reader,
            *service._get_witnesses(intake),
        ]
        cls.truth = {**TRUE, "currency": ""}

    def setUp(self):
        super().setUp()
        self.server = MessagesServer()
        self.addCleanup(self.server.close)
        self.company.write({"po_intake_claude_key": KEY, "po_intake_claude_url": self.server.url})
        self.team.write({"model_consent": True, "model_policy": "unsure"})
        self.server.script = [claims(self.truth)]

    def work(self, text=ORDER, confidence=0.93, **values):
        """One intake, read by rules with this confidence, then maybe by Claude."""
        values = {"number": "PO-4711", **values}
        self.script(text.strip(), self.order(confidence=confidence, **values))
        intake = self.upload(text)
        self.again(intake)
        return intake

    def again(self, intake):
        with self.enter_registry_test_mode():
            self.process(intake)
        self.assertEqual(self.server.complaints, [])

    def calls(self):
        return self.env["po.intake.model.call"].search([])

    def flush_tracking(self):
        self.env.flush_all()
        self.env.cr.precommit.run()


class TestClaude(ClaudeCase):
    def test_what_the_rules_are_unsure_of_is_asked_and_agreement_drafts(self):
        intake = self.work()
        self.assertEqual(len(self.server.requests), 1)
        self.assertEqual(intake.state, "done", self.codes(intake))
        reading = intake.reading_ids.filtered(lambda item: item.reader == "claude")
        self.assertEqual((reading.input_tokens, reading.output_tokens), (1200, 300))
        self.assertEqual(reading.request_id, "req_0001")
        self.assertAlmostEqual(reading.cost, 0.00549)

    def test_what_the_rules_are_sure_of_stays_in_the_house(self):
        intake = self.work(confidence=0.99)
        self.assertEqual((intake.state, self.server.requests), ("done", []))

    def test_nothing_is_sent_without_key_consent_or_policy(self):
        for record, values in (
            (self.company, {"po_intake_claude_key": False}),
            (self.team, {"model_consent": False}),
            (self.team, {"model_consent": True, "model_policy": "never"}),
        ):
            with self.subTest(values=values), patch.dict("os.environ"):
                record.write(values)
                intake = self.work(text=f"{ORDER}{values}", confidence=0.8)
                self.assertEqual(self.server.requests, [])
                self.assertEqual(intake.state, "review")
                self.assertFalse(self.codes(intake) & {"ungrounded", "readers_differ"})
                record.write({"po_intake_claude_key": KEY} if record == self.company else {})

    def test_who_gave_consent_is_on_record(self):
        self.team.model_consent = False
        self.flush_tracking()
        self.team.message_ids.unlink()
        self.team.model_consent = True
        self.flush_tracking()
        values = self.team.message_ids.sudo().tracking_value_ids
        self.assertEqual(values.field_id.name, "model_consent")

    def test_what_is_in_quarantine_is_not_sent(self):
        intake = self.upload(ORDER)
        intake.state = "quarantine"
        self.assertFalse(self.env["po.intake.reader"]._get_witnesses(intake))

    def test_documents_of_some_partners_stay_in_the_house(self):
        self.customer.po_intake_withhold = True
        intake = self.work()
        self.assertEqual(self.server.requests, [])
        self.finding(intake, "model_withheld")

    def test_a_difference_goes_to_a_person_with_both_values(self):
        text = ORDER.replace(" 5 pcs", " 6 pcs")
        other = [{**self.truth["lines"][0], "quantity": "6"}, self.truth["lines"][1]]
        self.server.script = [claims({**self.truth, "lines": other})]
        intake = self.work(text)
        self.assertEqual(intake.state, "review")
        finding = self.finding(intake, "readers_differ")
        self.assertEqual((finding.parameters["first"], finding.parameters["second"]), ("5", "6"))
        self.assertEqual(finding.line_id, intake.line_ids[0])
        self.assertTrue(finding.message.startswith("Line 1:"), finding.message)

    def test_no_names_of_our_people_are_told(self):
        self.env["res.partner"].create(
            {
                "name": "Petra Sample",
                "parent_id": self.company.partner_id.id,
                "type": "other",
                "street": "Elsewhere 1",
            }
        )
        self.work()
        (request,) = self.server.requests
        self.assertIn(self.company.name, str(request))
        self.assertNotIn("Petra Sample", str(request))

    def test_an_invented_value_goes_to_a_person(self):
        self.server.script = [claims({**self.truth, "payment_terms": "90 days net"})]
        intake = self.work(confidence=0.2)
        self.assertEqual(intake.state, "review")
        self.assertIn("90 days net", self.finding(intake, "ungrounded").message)

    def test_with_a_dead_address_all_is_as_before(self):
        self.server.close()
        intake = self.work(confidence=0.8)
        self.assertEqual((intake.state, len(intake.line_ids)), ("review", 2))
        self.finding(intake, "model_unreachable")


class TestClaudeLedger(ClaudeCase):
    def test_the_same_request_is_paid_once(self):
        intake = self.work(confidence=0.8)
        intake.action_retry()
        self.again(intake)
        self.assertEqual((len(self.server.requests), len(self.calls())), (1, 1))
        costs = intake.reading_ids.filtered(lambda item: item.reader == "claude").mapped("cost")
        self.assertEqual(sorted(bool(cost) for cost in costs), [False, True])

    def test_the_call_is_on_record_before_it_is_made(self):
        seen = []

        def answer(_body):
            self.env.cr.execute("SELECT state, cost FROM po_intake_model_call")
            seen.extend(self.env.cr.fetchall())
            return claims(self.truth)

        self.server.script = [answer]
        self.work(confidence=0.8)
        self.assertEqual([state for state, _cost in seen], ["sent"])
        self.assertGreater(seen[0][1], 0.1, "the most that it may cost is set aside")

    def test_a_call_that_was_interrupted_is_made_again_by_a_person_only(self):
        intake = self.work(confidence=0.8)
        call = self.calls()
        call.write({"state": "sent", "answer": False})
        with freeze_time(fields.Datetime.now() + timedelta(minutes=30)):
            intake.write({"state": "new", "document": False})
            self.again(intake)
            self.finding(intake, "model_interrupted")
            self.assertEqual(len(self.server.requests), 1)
            intake.action_retry()
            self.again(intake)
        self.assertEqual(len(self.server.requests), 2)
        self.assertEqual(self.calls().mapped("state"), ["answered", "failed"])

    def test_a_useless_answer_is_not_bought_twice(self):
        self.server.script = [says({}, text="Sorry.")]
        intake = self.work(confidence=0.8)
        intake.action_retry()
        self.again(intake)
        self.assertEqual(len(self.server.requests), 1)
        self.finding(intake, "model_bad_answer")

    def test_when_the_budget_is_used_up_the_rules_read_alone(self):
        self.company.po_intake_claude_budget = 0.1
        intake = self.work(confidence=0.8)
        self.assertEqual((self.server.requests, intake.state), ([], "review"))
        self.assertEqual(len(intake.line_ids), 2)
        self.finding(intake, "model_budget")

    def test_a_budget_that_runs_low_is_told(self):
        self.company.po_intake_claude_budget = 1.0
        self.env["po.intake.model.call"].create(
            {"company_id": self.company.id, "digest": "x", "state": "answered", "cost": 0.82}
        )
        self.assertEqual(
            self.finding(self.work(confidence=0.8), "model_budget_low").severity, "info"
        )

    def test_last_month_is_paid(self):
        call = self.env["po.intake.model.call"].create(
            {"company_id": self.company.id, "digest": "x", "state": "answered", "cost": 500.0}
        )
        self.env.cr.execute(
            "UPDATE po_intake_model_call SET create_date = create_date - interval '32 days'"
            " WHERE id = %s", [call.id],
        )  # fmt: skip
        call.invalidate_recordset()
        self.work(confidence=0.8)
        self.assertEqual(len(self.server.requests), 1)

    def test_a_model_without_a_price_is_not_asked(self):
        self.company.po_intake_claude_model = "claude-of-tomorrow"
        self.finding(self.work(confidence=0.8), "model_unpriced")
        self.assertEqual(self.server.requests, [])


class TestClaudeFaults(ClaudeCase):
    def test_each_fault_leaves_the_reading_of_the_rules_and_a_finding(self):
        self.company.po_intake_claude_timeout = 1
        wrong_digit = {**self.truth, "lines": [{**TRUE["lines"][0], "quantity": "6"}]}
        for number, (entry, code, later) in enumerate(
            (
                (status(400), "model_request_refused", False),
                (status(401), "model_key_refused", False),
                (status(402), "model_unpaid", False),
                (status(403), "model_forbidden", False),
                (status(404), "model_unknown", False),
                (status(408), "model_busy", True),
                (status(409), "model_busy", True),
                (status(413), "model_too_large", False),
                (status(429), "model_busy", True),
                (status(429, retry_after="900"), "model_busy", True),
                (status(500), "model_busy", True),
                (status(503), "model_busy", True),
                (status(504), "model_busy", True),
                (status(529), "model_busy", True),
                (dropped(), "model_unreachable", True),
                (silent(), "model_timeout", True),
                (garbage(), "model_bad_answer", False),
                (garbage("[]", "application/json"), "model_bad_answer", False),
                (says({"documents": [{}]}), "model_bad_answer", False),
                (says(claims(self.truth), stop="refusal"), "model_declined", False),
                (says(claims(self.truth), stop="max_tokens"), "model_cut", False),
                (says(claims(wrong_digit)), "ungrounded", False),
            )
        ):
            with self.subTest(code=code, number=number):
                self.server.script = [entry]
                intake = self.work(f"{ORDER}{number}", confidence=0.8, number=f"N{number}")
                self.assertEqual((intake.state, len(intake.line_ids)), ("review", 2))
                self.finding(intake, code)
                self.assertEqual(bool(intake.ask_at), later)
                self.assertEqual(len(self.server.requests), number + 1)
            self.calls().unlink()  # each is the first failure

    def test_a_card_that_nobody_touched_is_asked_about_again(self):
        self.server.script = [status(529), claims(self.truth)]
        intake = self.work()
        self.assertEqual(intake.state, "review")
        with freeze_time(intake.ask_at + timedelta(minutes=1)):
            self.ask_again(intake)
            self.assertEqual(intake.state, "new")
            self.again(intake)
        self.assertEqual(intake.state, "done", self.codes(intake))
        self.assertFalse(intake.ask_at)

    def test_a_card_that_somebody_works_on_is_left_alone(self):
        self.server.script = [status(529)]
        intake = self.work()
        intake.line_ids[0].quantity = 7
        with freeze_time(intake.ask_at + timedelta(minutes=1)):
            self.ask_again(intake)
        self.assertEqual((intake.state, intake.line_ids[0].quantity), ("review", 7))

    def test_it_is_not_asked_for_ever(self):
        self.server.script = [status(529)]
        intake = self.work()
        waits = []
        while intake.ask_at and len(waits) < 9:
            waits.append(intake.ask_at)
            with freeze_time(intake.ask_at + timedelta(hours=1)):
                self.ask_again(intake)
                self.again(intake)
        self.assertEqual(len(waits), 4)
        self.assertEqual(intake.state, "review")

    def test_who_was_told_to_wait_waits_with_everything(self):
        self.server.script = [status(429, retry_after="900")]
        first = self.work(confidence=0.8)
        second = self.work(f"{ORDER}2", confidence=0.8, number="PO-2")
        self.assertEqual(len(self.server.requests), 1)
        self.finding(second, "model_busy")
        self.assertGreaterEqual(first.ask_at - fields.Datetime.now(), timedelta(minutes=14))

    def test_after_several_failures_nobody_is_asked_for_a_while(self):
        self.server.script = [status(500)]
        for number in range(7):
            intake = self.work(f"{ORDER}{number}", confidence=0.8, number=f"N{number}")
        self.assertEqual(len(self.server.requests), 5)
        self.finding(intake, "model_paused")
        with freeze_time(fields.Datetime.now() + timedelta(minutes=20)):
            self.work(f"{ORDER}later", confidence=0.8, number="N9")
        self.assertEqual(len(self.server.requests), 6)

    def ask_again(self, intake):
        with self.enter_registry_test_mode():
            self.env.ref("po_intake.ir_cron_ask_again").method_direct_trigger()
        intake.invalidate_recordset()


class TestClaudeSettings(ClaudeCase):
    def settings(self, **values):
        return self.env["res.config.settings"].create(values)

    def test_the_key_is_for_administrators_and_is_never_shown(self):
        with self.assertRaises(AccessError):
            self.company.with_user(self.clerk).read(["po_intake_claude_key"])
        settings = self.settings()
        self.assertEqual(settings.po_intake_claude_key_place, "company")
        self.assertNotIn(KEY, str(settings.read()))
        self.assertNotIn(KEY, repr(self.env["po.intake.claude"]._config(self.company)))

    def test_a_key_is_set_and_forgotten(self):
        settings = self.settings(po_intake_claude_new_key=" sk-other ")
        self.assertNotIn("sk-other", str(settings.read()))
        settings.execute()
        self.assertEqual(self.company.po_intake_claude_key, "sk-other")
        self.settings().execute()
        self.assertEqual(self.company.po_intake_claude_key, "sk-other")
        self.settings().action_po_intake_forget_key()
        self.assertFalse(self.company.po_intake_claude_key)

    def test_the_environment_may_have_the_key(self):
        self.company.po_intake_claude_key = False
        with patch.dict("os.environ", {"ANTHROPIC_API_KEY": "sk-env"}):
            self.assertEqual(self.env["po.intake.claude"]._config(self.company).key, "sk-env")
            self.assertEqual(self.settings().po_intake_claude_key_place, "environment")

    def test_it_warns_of_what_would_not_work_or_not_be_safe(self):
        settings = self.settings()
        for values, unpriced, unsafe in (
            ({"po_intake_claude_url": "https://api.anthropic.com"}, False, False),
            ({"po_intake_claude_url": "http://gateway.example"}, False, True),
            ({"po_intake_claude_url": "http://localhost:8080"}, False, False),
            ({"po_intake_claude_model": "claude-of-tomorrow"}, True, False),
        ):
            with self.subTest(values=values):
                settings.write(values)
                found = settings.po_intake_claude_unpriced, settings.po_intake_claude_unsafe
                self.assertEqual(found, (unpriced, unsafe))

    def test_it_tells_which_teams_send(self):
        self.assertEqual(self.settings().po_intake_claude_team_ids, self.team)
        self.team.model_consent = False
        self.assertFalse(self.settings().po_intake_claude_team_ids)

    def test_the_connection_can_be_tested(self):
        action = self.settings().action_po_intake_test_connection()
        self.assertIn("Claude Test", action["params"]["message"])
        wrong = self.settings(po_intake_claude_new_key="wrong")
        action = wrong.action_po_intake_test_connection()
        self.assertEqual(action["params"]["type"], "danger")
        self.assertIn("key", action["params"]["message"])
        self.assertEqual((self.server.checks, self.server.requests), (2, []))
        self.server.close()
        message = wrong.action_po_intake_test_connection()["params"]["message"]
        self.assertIn("ConnectError", message)

    def test_the_configuration_of_a_company(self):
        self.company.write({"po_intake_claude_redact": True, "po_intake_claude_timeout": 0})
        config = self.env["po.intake.claude"]._config(self.company)
        self.assertTrue(config.redact)
        self.assertEqual(config.timeout, Config("").timeout)
