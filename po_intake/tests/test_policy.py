from dataclasses import replace
from decimal import Decimal

from odoo.exceptions import UserError

from odoo.addons.po_intake.extraction.document import BLOCKING, Finding, Party
from odoo.addons.po_intake.extraction.reader import ReaderError

from .common import IntakeCase


class TestPolicy(IntakeCase):
    def test_same_file_again_is_told_and_not_ordered(self):
        self.script("order", self.order())
        first = self.process(self.upload("order"))
        second = self.process(self.upload("order"))
        self.assertEqual(second.state, "review")
        self.assertEqual(second.duplicate_of_id, first)
        finding = second.finding_ids.filtered(lambda f: f.code == "duplicate_document")
        self.assertIn(first.name, finding.message)
        self.assertFalse(second.sale_order_id)

    def test_same_order_number_again_is_told(self):
        self.script("order", self.order())
        self.script("as letter", self.order(number="po 1001"))
        first = self.process(self.upload("order"))
        second = self.process(self.upload("as letter"))
        self.assertEqual(first.state, "done")
        self.assertIn("duplicate_order", self.codes(second))
        self.assertFalse(second.sale_order_id)

    def test_duplicate_is_ordered_only_after_somebody_accepts_it(self):
        self.script("order", self.order())
        self.process(self.upload("order"))
        second = self.process(self.upload("order")).with_user(self.clerk)
        with self.assertRaisesRegex(UserError, "already received"):
            second.action_approve()
        second.finding_ids.filtered(lambda f: f.code == "duplicate_document").action_waive()
        second.action_approve()
        self.assertTrue(second.sale_order_id)

    def test_what_somebody_accepted_stays_accepted(self):
        self.script("order", self.order())
        self.process(self.upload("order"))
        second = self.process(self.upload("order"))
        second.finding_ids.filtered(lambda f: f.code == "duplicate_document").action_waive()
        second.action_check()
        self.assertNotIn("duplicate_document", self.codes(second))

    def test_blocking_finding_of_a_reader_blocks(self):
        document = self.order().with_findings(Finding("hidden_text", BLOCKING))
        self.script("order", replace(document, confidence=0.99))
        intake = self.process(self.upload("order"))
        self.assertEqual(intake.state, "review")
        self.assertIn("hidden_text", self.codes(intake))

    def test_customer_is_not_guessed_by_a_name_alone(self):
        self.script("order", self.order(partner=Party(name="Brook Walves")))
        intake = self.process(self.upload("order"))
        self.assertFalse(intake.partner_id)
        finding = intake.finding_ids.filtered(lambda f: f.code == "partner_ambiguous")
        self.assertIn("Brook Valves Ltd", finding.message)

    def test_one_customers_mail_with_anothers_order_waits(self):
        self.env["res.partner"].create(
            {"name": "Other Ltd", "is_company": True, "email": "buyer@other.example"}
        )
        self.script("order", self.order())
        intake = self.upload("order")
        intake.email_from = "Buyer <buyer@other.example>"
        self.process(intake)
        self.assertIn("sender_differs", self.codes(intake))
        self.assertFalse(intake.sale_order_id)

    def test_new_delivery_address_waits(self):
        elsewhere = Party(name="Somebody else", street="Far Away 1", zip="99999", city="Faraway")
        self.script("order", self.order(delivery=elsewhere))
        intake = self.process(self.upload("order"))
        self.assertEqual(intake.state, "review")
        self.assertIn("delivery_unknown", self.codes(intake))

    def test_new_delivery_address_is_made_with_a_click(self):
        elsewhere = Party(name="Site hut", street="Far Away 1", zip="99999", city="Faraway")
        self.script("order", self.order(delivery=elsewhere))
        intake = self.process(self.upload("order")).with_user(self.clerk)
        intake.action_create_delivery_address()
        address = intake.partner_shipping_id
        self.assertEqual(
            (address.parent_id, address.type, address.name, address.city),
            (self.customer, "delivery", "Site hut", "Faraway"),
        )
        self.assertNotIn("delivery_unknown", self.codes(intake))

    def test_price_is_held_against_the_price_list(self):
        cheap = replace(self.order().lines[0], price_unit=Decimal(95), price_subtotal=None)
        low = replace(self.order().lines[0], price_unit=Decimal(80), price_subtotal=None)
        absurd = replace(self.order().lines[0], price_unit=Decimal(4), price_subtotal=None)
        self.script("order", self.order(lines=(cheap, low, absurd)))
        intake = self.process(self.upload("order"))
        found = intake.finding_ids.filtered(lambda f: f.code.startswith("price_"))
        self.assertEqual(
            {finding.line_id.sequence: (finding.code, finding.severity) for finding in found},
            {20: ("price_differs", "warning"), 30: ("price_absurd", "blocking")},
        )
        self.assertEqual(intake.state, "review")

    def test_other_currency_waits(self):
        other = "CHF" if self.company.currency_id.name != "CHF" else "EUR"
        self.script("order", self.order(currency=other))
        intake = self.process(self.upload("order"))
        self.assertIn("currency_differs", self.codes(intake))

    def test_taught_item_code_is_found(self):
        self.env["po.intake.item.code"].create(
            {"partner_id": self.customer.id, "code": "77-X", "product_id": self.bolt.id}
        )
        line = replace(
            self.order().lines[0],
            our_code=None,
            partner_code="77 x",
            description="Our special bolt",
        )
        self.script("order", self.order(lines=(line,)))
        intake = self.process(self.upload("order"))
        self.assertEqual(intake.line_ids.product_id, self.bolt)

    def test_team_that_does_not_draft(self):
        self.team.auto_draft = False
        self.script("order", self.order())
        intake = self.process(self.upload("order"))
        self.assertEqual((intake.state, intake.blocking_count), ("review", 0))

    def test_sentences_follow_the_language_of_the_reader(self):
        self.script("order", self.order(partner=Party(name="Nobody % here")))
        intake = self.process(self.upload("order"))
        finding = intake.finding_ids.filtered(lambda f: f.code == "partner_unknown")
        self.assertIn("Nobody % here", finding.message)

    def test_a_reader_that_gives_up_without_a_reason_has_a_sentence(self):
        self.script("order", ReaderError("broken inside"))
        intake = self.process(self.upload("order"))
        finding = intake.finding_ids.filtered(lambda f: f.code == "unreadable")
        self.assertIn("could not be read", finding.message)
