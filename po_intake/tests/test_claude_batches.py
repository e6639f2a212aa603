"""Claude by batches: cheap, within the hour, paid once, and never in the way of an order."""

from contextlib import suppress
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError

from ..extraction.claude import batch as claude_batch
from .messages_server import claims, dropped, says, status, unanswered
from .test_claude import ClaudeCase
from .test_claude_reader import ORDER

HALF = 0.00549 / 2


class BatchCase(ClaudeCase):
    def setUp(self):
        super().setUp()
        self.team.model_batch = True
        self.later = fields.Datetime.now()

    def batch(self, minutes=15):
        """What the two crons do some minutes later: send and fetch, then read what was waiting."""
        self.later += timedelta(minutes=minutes)
        with freeze_time(self.later), self.enter_registry_test_mode():
            self.env.ref("po_intake.ir_cron_batches").method_direct_trigger()
            self.env.ref("po_intake.ir_cron_ask_again").method_direct_trigger()
            self.env.invalidate_all()
            self.process(self.env["po.intake"].search([("state", "=", "new")]))
        self.assertEqual(self.server.complaints, [])

    def sent(self):
        return sum(map(len, self.server.batches.values()))


class TestBatches(BatchCase):
    def test_an_order_waits_for_the_batch_and_is_drafted_then(self):
        intake = self.work()
        self.assertEqual((intake.state, self.server.requests), ("review", []))
        self.assertEqual(self.finding(intake, "answer_pending").severity, "blocking")
        self.assertFalse(intake.activity_ids, "nobody is called before the answer is there")
        self.batch()
        self.assertEqual((self.sent(), intake.state), (1, "review"))
        self.batch()
        self.assertEqual(intake.state, "done", self.codes(intake))
        self.assertEqual(self.server.requests, [], "everything went by batch")

    def test_it_costs_half_and_is_told_once(self):
        intake = self.work()
        self.batch()
        self.batch()
        readings = intake.reading_ids.filtered(lambda item: item.reader == "claude")
        self.assertEqual(sorted(readings.mapped("output_tokens")), [0, 300])
        self.assertAlmostEqual(sum(readings.mapped("cost")), HALF)
        self.assertAlmostEqual(self.calls().cost, HALF)
        self.assertEqual(len(set(readings.mapped("request_digest"))), 1)

    def test_several_orders_go_together_and_get_their_own_answers(self):
        other = {**self.truth, "number": "PO-2"}
        self.server.script = [claims(other), claims(self.truth)]  # the last one is answered first
        first = self.work()
        second = self.work(ORDER.replace("PO-4711", "PO-2"), number="PO-2")
        self.batch()
        self.assertEqual((len(self.server.batches), self.sent()), (1, 2))
        self.batch()
        self.assertEqual([first.state, second.state], ["done", "done"], self.codes(first + second))

    def test_what_was_sent_is_not_kept(self):
        self.work()
        self.assertIn("HB-0840-Z", str(self.calls().body))
        self.batch()
        self.assertFalse(self.calls().body)

    def test_an_answer_is_fetched_when_the_batch_has_ended(self):
        self.server.ended = False
        intake = self.work()
        self.batch()
        self.batch()
        self.assertEqual((intake.state, self.calls().state), ("review", "sent"))
        self.server.ended = True
        self.batch()
        self.assertEqual(intake.state, "done", self.codes(intake))
        self.assertEqual(self.sent(), 1)

    def test_whoever_is_faster_than_the_batch_keeps_the_card(self):
        intake = self.work()
        self.batch()
        intake.line_ids[0].quantity = 7
        self.batch()
        self.assertEqual((intake.state, intake.line_ids[0].quantity), ("review", 7))
        self.assertNotIn("answer_pending", self.codes(intake))

    def test_nothing_is_sent_that_nobody_waits_for(self):
        intake = self.work()
        intake._reject("ordered by phone")
        self.batch()
        self.assertEqual((self.server.batches, self.calls().error), ({}, "model_withdrawn"))
        self.assertEqual((self.calls().cost, self.calls().body), (0.0, False))

    def test_a_consent_that_was_taken_back_holds_for_what_waits(self):
        for values in ({"model_consent": False}, {"model_policy": "never"}):
            with self.subTest(values=values):
                self.team.write({"model_consent": True, "model_policy": "unsure"})
                intake = self.work(f"{ORDER}{values}", number=f"N{len(values)}{list(values)[0]}")
                self.assertIn("answer_pending", self.codes(intake))
                self.team.write(values)
                self.batch()
                self.assertEqual(self.server.batches, {})
                self.assertNotIn("answer_pending", self.codes(intake))

    def test_a_partner_that_was_excluded_meanwhile_is_not_sent(self):
        self.work()
        self.customer.po_intake_withhold = True
        self.batch()
        self.assertEqual(self.server.batches, {})

    def test_an_answer_about_an_erased_document_is_not_kept(self):
        intake = self.work()
        self.batch()
        intake._reject("not ours")
        intake._erase_documents()
        self.batch()
        self.assertEqual((self.calls().state, self.calls().answer), ("erased", False))
        self.assertAlmostEqual(self.calls().cost, HALF)

    def test_the_budget_is_set_aside_at_half_price(self):
        self.work()
        most = self.calls().cost
        self.assertLess(most, 0.1)
        self.company.po_intake_claude_budget = 1.5 * most
        intake = self.work(ORDER.replace("PO-4711", "PO-3"), confidence=0.8, number="PO-3")
        self.finding(intake, "model_budget")

    def test_a_person_who_asks_for_claude_need_not_wait(self):
        self.team.model_policy = "never"
        intake = self.work(confidence=0.8)
        self.team.model_policy = "unsure"
        intake._retry_with("claude")
        self.again(intake)
        self.assertEqual((len(self.server.requests), self.server.batches), (1, {}))

    def test_a_person_need_not_wait_for_what_was_not_sent_yet(self):
        intake = self.work(confidence=0.8)
        intake._retry_with("claude")
        self.again(intake)
        self.assertEqual((len(self.server.requests), len(intake.line_ids)), (1, 2))
        self.batch()
        self.assertEqual(self.server.batches, {})

    def test_what_was_sent_is_waited_for(self):
        self.server.ended = False
        intake = self.work(confidence=0.8)
        self.batch()
        with self.assertRaises(UserError):
            intake._retry_with("claude")

    def test_no_card_waits_for_ever(self):
        """Say, one that was read while its answer came."""
        intake = self.work()
        self.calls().write({"state": "failed", "error": "model_withdrawn"})
        self.batch()
        self.assertEqual(self.finding(intake, "answer_pending").severity, "blocking")
        self.batch()
        self.batch()
        self.assertEqual(intake.state, "done", self.codes(intake))

    def test_always_waits_for_the_second_reading_of_a_sure_order_too(self):
        self.team.model_policy = "always"
        intake = self.work(confidence=0.99)
        self.assertEqual(intake.state, "review")
        self.batch()
        self.batch()
        self.assertEqual(intake.state, "done", self.codes(intake))


class TestBatchFaults(BatchCase):
    def test_what_was_not_answered_ends_in_the_reading_of_the_rules(self):
        for number, (entry, code, later) in enumerate(
            (
                (unanswered("expired"), "model_expired", True),
                (unanswered("errored"), "model_busy", True),
                (unanswered("errored", "invalid_request_error"), "model_request_refused", False),
                (unanswered("canceled"), "model_canceled", False),
                (says(claims(self.truth), stop="refusal"), "model_declined", False),
                (says({}, text="Sorry."), "model_bad_answer", False),
            )
        ):
            with self.subTest(code=code):
                self.server.script = [entry]
                intake = self.work(f"{ORDER}{number}", confidence=0.8, number=f"N{number}")
                self.batch()
                self.batch()
                self.assertEqual((intake.state, len(intake.line_ids)), ("review", 2))
                self.finding(intake, code)
                self.assertNotIn("answer_pending", self.codes(intake))
                self.assertEqual(bool(intake.ask_at), later)

    def test_what_expired_goes_into_a_later_batch(self):
        self.server.script = [unanswered("expired"), claims(self.truth)]
        intake = self.work()
        self.batch()
        self.batch()
        self.assertEqual(self.sent(), 1)
        self.batch()  # it is read again, and waits for a batch
        self.batch()
        self.batch()
        self.assertEqual((self.sent(), intake.state), (2, "done"), self.codes(intake))

    def test_what_always_expires_is_not_sent_for_ever(self):
        self.server.script = [unanswered("expired")]
        intake = self.work()
        for _round in range(30):
            self.batch(minutes=300)
        self.assertEqual((self.sent(), intake.state), (5, "review"))
        self.assertFalse(intake.ask_at)

    def test_what_was_cancelled_is_sent_again_by_a_person_only(self):
        self.server.script = [unanswered("canceled"), claims(self.truth)]
        intake = self.work()
        self.batch()
        self.batch()
        self.batch()
        self.assertEqual(self.sent(), 1)
        intake.action_retry()
        self.batch()
        self.batch()
        self.batch()
        self.assertEqual((self.sent(), intake.state), (2, "done"), self.codes(intake))

    def test_a_batch_that_is_not_taken_is_sent_later(self):
        self.server.refusals = [status(529), status(429, retry_after="1800")]
        intake = self.work()
        for batches in (0, 0, 0, 1):
            self.batch(minutes=16)
            self.assertEqual(len(self.server.batches), batches)
        self.batch()
        self.assertEqual(intake.state, "done", self.codes(intake))

    def test_a_batch_that_is_refused_is_told(self):
        for number, code in ((401, "model_key_refused"), (413, "model_too_large")):
            with self.subTest(code=code):
                self.server.refusals = [status(number)]
                intake = self.work(f"{ORDER}{number}", confidence=0.8, number=f"N{number}")
                self.batch()
                self.finding(intake, code)
                self.assertEqual((self.server.batches, self.calls()[0].cost), ({}, 0.0))
        intake.action_retry()
        self.again(intake)
        self.batch()
        self.assertEqual(self.sent(), 1, "what was mended meanwhile works")

    def test_a_service_that_is_away_for_a_day_is_given_up(self):
        self.server.close()
        intake = self.work(confidence=0.8)
        for _round in range(3):
            self.batch(minutes=10 * 60)
        self.finding(intake, "model_expired")

    def test_a_batch_that_was_cut_off_is_not_sent_again(self):
        """It may have been taken: whether it was paid nobody knows."""
        for fault in (dropped(), status(504)):
            with self.subTest(fault=fault.code):
                self.server.refusals = [fault]
                intake = self.work(f"{ORDER}{fault.code}", confidence=0.8, number=str(fault.code))
                for _round in range(3):
                    self.batch()
                self.assertEqual(self.server.batches, {})
                self.finding(intake, "model_interrupted")
                self.assertGreater(self.calls()[0].cost, 0, "what it may cost stays set aside")

    def test_a_server_that_dies_while_sending_pays_once(self):
        class Killed(BaseException):
            pass

        def die(config, requests):
            submit(config, requests)
            raise Killed

        submit = claude_batch.submit
        intake = self.work(confidence=0.8)
        with patch.object(claude_batch, "submit", die), suppress(Killed):
            self.batch()  # assertRaises would take back what was committed
        self.assertEqual(self.sent(), 1)
        for _round in range(3):
            self.batch()
        self.assertEqual(self.sent(), 1)
        self.finding(intake, "model_interrupted")
        intake.action_retry()
        self.again(intake)
        self.batch()
        self.assertEqual(self.sent(), 2, "a person may want it sent again")
