"""What speaks against the sender of a mail, before anything in it is read."""

from datetime import timedelta

from odoo import fields
from odoo.tests import BaseCase

from odoo.addons.po_intake.matching.lookalike import imitated

from .common import IntakeCase


class TestLookalike(BaseCase):
    def test_what_looks_the_same_is_found(self):
        known = ["brook-valves.example", "metallbau-kern.example", "acme.example"]
        for domain, original in (
            ("br00k-valves.example", "brook-valves.example"),
            ("brookvalves.example", "brook-valves.example"),
            ("brook-valve.example", "brook-valves.example"),
            ("brook-valves.other", "brook-valves.example"),
            ("metallbau-kem.example", "metallbau-kern.example"),
            ("аcme.example", "acme.example"),  # the first letter is Cyrillic
            ("xn--cme-5cd.example", "acme.example"),
        ):
            with self.subTest(domain=domain):
                self.assertEqual(imitated(domain, known), original)

    def test_others_are_left_in_peace(self):
        known = ["brook-valves.example", "acme.example", "ask.example"]
        for domain in (
            "brook-valves.example",
            "mail.brook-valves.example",
            "acne.example",  # short names have neighbours
            "book-halves.example",
            "xn--.example",
            "",
        ):
            with self.subTest(domain=domain):
                self.assertIsNone(imitated(domain, known))


class TestSender(IntakeCase):
    def arrived(self, **headers):
        self.receive(self.mail("order", **headers))
        return self.open_mails()

    def test_quarantine_says_why(self):
        intake = self.arrived(From="jo@br00k-valves.example")
        self.assertEqual(intake.state, "quarantine")
        self.assertFalse(intake.reading_ids)
        self.assertEqual(self.codes(intake), {"sender_unknown", "sender_lookalike"})
        message = self.finding(intake, "sender_lookalike").message
        self.assertIn("br00k-valves.example", message)
        self.assertIn("brook-valves.example", message)

    def test_another_companys_partners_are_not_told(self):
        sister = self.env["res.company"].create({"name": "Sister"})
        self.customer.company_id = sister
        self.assertNotIn(
            "sender_lookalike", self.codes(self.arrived(From="jo@br00k-valves.example"))
        )

    def test_many_partners_of_one_domain_are_one_row(self):
        partners = self.env["res.partner"]
        partners.create(
            [
                {"name": f"Plant {place}", "is_company": True, "email": f"p{place}@kern.example"}
                for place in range(20)
            ]
        )
        partners.create({"name": "Jo", "email": "jo@private.example"})
        partners.create({"name": "Firm", "is_company": True, "email": "firm@gmx.de"})
        domains = partners._read_group(
            [("po_intake_domain", "!=", False)], ["po_intake_domain"], ["__count"]
        )
        domains = dict(domains)
        self.assertEqual(domains["kern.example"], 20)
        self.assertFalse({"private.example", "gmx.de"} & set(domains))
        senders, company = self.env["po.intake.sender"], self.company
        self.assertTrue(senders._is_known(company, "anybody@kern.example"))
        self.assertFalse(senders._is_known(company, "anybody@gmx.de"))
        self.customer.email = "office@moved-away.example"
        self.assertFalse(senders._is_known(company, "jo@brook-valves.example"))

    def test_an_address_in_the_name_is_no_address(self):
        self.team.unknown_sender = "review"
        self.script("order", self.order())
        intake = self.arrived(From='"jo@brook-valves.example" <mallory@elsewhere.example>')
        self.assertEqual(intake.state, "review")
        self.assertEqual(self.finding(intake, "sender_pretends").severity, "blocking")

    def test_answers_that_go_elsewhere_are_told(self):
        self.script("order", self.order())
        intake = self.arrived(Reply_To="jo@brook-valves.other")
        self.assertEqual(self.finding(intake, "reply_to_differs").severity, "warning")
        plain = self.arrived(Reply_To="sales@brook-valves.example", Message_Id="<2@x.example>")
        self.assertNotIn("reply_to_differs", self.codes(plain))

    def test_what_exceeds_the_hour_waits_unread(self):
        self.team.sender_limit = 2
        self.script("order", self.order())
        states = [
            self.arrived(Message_Id=f"<{index}@brook-valves.example>")[:1].state
            for index in range(3)
        ]
        self.assertEqual(states[2], "quarantine")
        self.assertNotIn("quarantine", states[:2])
        held = self.env["po.intake"].search([("state", "=", "quarantine")], limit=1)
        self.finding(held, "sender_floods")
        # somebody else is not held up
        other = self.arrived(
            From="Ann <ann@brook-valves.example>", Message_Id="<9@brook-valves.example>"
        )
        self.assertNotEqual(other.state, "quarantine")
        # an hour later all is forgotten
        old = fields.Datetime.now() - timedelta(hours=2)
        self.env["po.intake"].search([]).received_date = old
        self.assertNotEqual(
            self.arrived(Message_Id="<10@brook-valves.example>")[:1].state, "quarantine"
        )

    def test_a_released_card_is_not_held_again(self):
        self.team.sender_limit = 1
        self.script("order", self.order())
        self.arrived(Message_Id="<1@brook-valves.example>")
        held = self.arrived(Message_Id="<2@brook-valves.example>")
        held.action_release()
        self.process(held)
        self.assertNotIn("sender_floods", self.codes(held))

    def test_the_team_as_a_whole_has_a_limit(self):
        self.team.mail_limit = 1
        self.script("order", self.order())
        self.arrived(Message_Id="<1@brook-valves.example>")
        held = self.arrived(From="ann@brook-valves.example", Message_Id="<2@brook-valves.example>")
        self.assertEqual(held.state, "quarantine")
