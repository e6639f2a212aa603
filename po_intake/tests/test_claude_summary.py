"""Claude tells why so much is proposed: of the numbers given alone, and never in our words' way."""

import json

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged

from ..extraction.claude.answer import ModelError
from ..extraction.claude.summary import checked
from .messages_server import KEY, MessagesServer, dropped
from .test_reorder_pages import BoughtCase


class TestGrounded(BaseCase):
    """What a summary may hold."""

    values = ("1,358 Units", "12/01/2026", "62 (47 to 1,358)", "30.5")

    def refused(self, text):
        with self.assertRaises(ModelError) as caught:
            checked(text, self.values)
        return caught.exception

    def test_given_numbers_pass_as_they_were_given(self):
        text = "About 62 are expected (47 to 1,358).\n It runs out on 12/01/2026, with 30.5."
        self.assertEqual(checked(text, self.values), text.replace("\n ", " "))

    def test_every_other_number_is_found_out(self):
        for number in ("63", "1.358", "358", "12", "2026", "01/12/2026", "6", "30", "½", "²", "٣"):
            with self.subTest(number=number):
                problem = self.refused(f"It needs {number} of them.")
                self.assertEqual(problem.code, "summary_invented")
                self.assertEqual(problem.parameters["number"], number)

    def test_numbers_in_words_are_numbers(self):
        for word in ("two", "a Dozen", "half", "nineteen", "twice as much"):
            self.assertEqual(self.refused(f"Order {word}.").code, "summary_invented", word)
        checked("Someone often weighs a thirteenth-century hundredweight", self.values)

    def test_only_plain_words_pass(self):
        for text in ("", "<b>62</b>", "[62](x)", "see https://a.example", "**62**", "&lt;62",
                     "62\u202e", "a" * 701):  # fmt: skip
            self.assertEqual(self.refused(text).code, "summary_markup", text)


@tagged("-at_install", "post_install")
class TestClaudeSummary(BoughtCase):
    def setUp(self):
        super().setUp()
        self.server = MessagesServer()
        self.addCleanup(self.server.close)
        self.company.write({"po_intake_claude_key": KEY, "po_intake_claude_url": self.server.url})
        self.team.write({"model_consent": True, "model_summary": True})
        self.card = self.proposal().with_user(self.buyer)
        self.shortage = self.card.line_ids.shortage_id

    def tell(self, *entries):
        self.server.script = [
            {"summary": entry} if isinstance(entry, str) else entry for entry in entries
        ]
        with self.enter_registry_test_mode():
            self.card.action_summarize()
        self.assertEqual(self.server.complaints, [])

    def refused(self, *entries):
        with self.assertRaises(UserError) as caught:
            self.tell(*entries)
        self.assertFalse(self.shortage.summary)
        self.assertIn("on hand", self.shortage.reason, "our own words stay")
        return str(caught.exception)

    def test_it_is_shown_above_our_own_words(self):
        self.assertTrue(self.card.can_summarize)
        self.tell("It has 30 Units left & runs out soon.")
        self.assertIn("Claude: It has 30 Units left &amp; runs out soon.", self.shortage.reason)
        self.assertIn("30 Units on hand", self.card.reorder_reason)
        self.assertFalse(self.card.can_summarize)

    def test_an_invented_number_is_refused_and_named(self):
        self.assertIn("“4711”", self.refused("It sells 4711 a week."))

    def test_markup_is_refused(self):
        self.refused("It has <script>alert(30)</script> 30 Units.")
        self.assertNotIn("script", self.card.reorder_reason)

    def test_a_failure_leaves_our_own_words(self):
        self.refused(dropped())

    def test_nothing_but_figures_is_sent(self):
        self.tell("It runs out.")
        sent = json.dumps(self.server.requests)
        self.assertIn("on hand: 30 Units", sent)
        for kept in ("Bolt", "Steel Works", "Foresight", "Fasteners"):
            self.assertNotIn(kept, sent)

    def test_it_is_on_the_ledger_within_the_budget_and_paid_once(self):
        self.company.po_intake_claude_budget = 0.01
        self.assertIn("0.01", self.refused("It runs out."))
        self.assertEqual(self.server.requests, [])
        self.company.po_intake_claude_budget = 20
        self.tell("It runs out.")
        self.shortage.sudo().summary = False
        self.tell("It runs out.")
        calls = self.env["po.intake.model.call"].search([("company_id", "=", self.company.id)])
        answered = calls.filtered(lambda call: call.state == "answered")
        self.assertEqual((len(self.server.requests), len(answered)), (1, 1))
        self.assertGreater(answered.cost, 0)

    def test_no_team_is_asked_that_did_not_agree(self):
        for values in (
            {"model_summary": False},
            {"model_summary": True, "model_consent": False},
            {"model_consent": True, "model_policy": "never"},
        ):
            with self.subTest(values=values):
                self.team.write(values)
                self.env.invalidate_all()
                self.assertFalse(self.card.can_summarize)
                self.refused("It runs out.")
        self.assertEqual(self.server.requests, [])
        self.assertFalse(self.env["po.intake.team"].new({}).model_summary, "off by default")
