"""Do we sell or buy by a document, and which of our companies?"""

from odoo.tests import BaseCase

from odoo.addons.po_intake.extraction.document import (
    ORDER_CONFIRMATION,
    OTHER,
    PURCHASE_ORDER,
    QUOTATION,
    Party,
)
from odoo.addons.po_intake.extraction.reader import Hints
from odoo.addons.po_intake.extraction.readers.draft import Draft, put_parties

from .common import IntakeCase


class TestOwnRole(BaseCase):
    """As what our company is printed, in files that name both sides."""

    def role(self, buyer, seller):
        out = Draft("test")
        sides = ({"name": (name, "/")} for name in (buyer, seller))
        put_parties(out, PURCHASE_ORDER, *sides, Hints(own=(Party(name="Ours Ltd"),)))
        return out.document(PURCHASE_ORDER).own_role

    def test_role(self):
        self.assertEqual(self.role("OURS LTD", "Alder Castings"), "buyer")
        self.assertEqual(self.role("Brook Valves", "Ours Ltd"), "seller")
        self.assertIsNone(self.role("Brook Valves", "Alder Castings"))


class TestDirection(IntakeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team.direction = "detect"
        cls.vendor = cls.env["res.partner"].create(
            {
                "name": "Alder Castings Ltd",
                "is_company": True,
                "email": "sales@alder.example",
                "vat": "NL820646660B01",
                "supplier_rank": 1,
            }
        )

    def processed(self, **values):
        text = f"document {len(self.reader.script)}"
        self.script(text, self.order(**values))
        return self.process(self.upload(text))

    def test_by_the_role_our_company_is_printed_in(self):
        for kind in (PURCHASE_ORDER, ORDER_CONFIRMATION, QUOTATION):
            for role, direction in (("seller", "sale"), ("buyer", "purchase")):
                with self.subTest(kind=kind, role=role):
                    intake = self.processed(document_type=kind, own_role=role)
                    self.assertEqual(intake.direction, direction)

    def test_by_the_kind_of_document(self):
        for kind, direction in (
            (PURCHASE_ORDER, "sale"),
            (ORDER_CONFIRMATION, "purchase"),
            (QUOTATION, "purchase"),
        ):
            with self.subTest(kind=kind):
                intake = self.processed(document_type=kind)
                self.assertEqual(intake.direction, direction)
                self.assertNotIn("direction_unsure", self.codes(intake))

    def test_by_the_partner_that_is_named(self):
        for party in (Party(vat="NL820646660B01"), Party(email="Sales@Alder.example")):
            intake = self.processed(document_type=OTHER, partner=party)
            self.assertEqual((intake.direction, intake.direction_unsure), ("purchase", False))

    def test_contradicting_signs_are_a_finding_until_a_person_says(self):
        intake = self.processed(document_type=PURCHASE_ORDER, own_role="buyer")
        self.finding(intake, "direction_unsure")
        self.assertEqual(intake.state, "review")
        intake.direction = "sale"
        self.assertNotIn("direction_unsure", self.codes(intake))

    def test_a_team_that_receives_one_kind_says_so(self):
        self.team.direction = "purchase"
        intake = self.processed(document_type=PURCHASE_ORDER)
        self.assertEqual(intake.direction, "purchase")
        self.finding(intake, "customer_document")
        self.team.direction = "sale"
        self.finding(self.processed(document_type=QUOTATION), "vendor_document")


class TestAddressedCompany(IntakeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team.direction = "purchase"
        cls.sister = cls.env["res.company"].create(
            {"name": "Sister Ltd", "vat": "NL820646660B01", "street": "Quay 1", "zip": "1011"}
        )
        cls.env.user.company_ids += cls.sister
        cls.offer = {"document_type": QUOTATION, "number": "Q-1"}

    def processed(self, party):
        text = f"offer {len(self.reader.script)}"
        self.script(text, self.order(**self.offer, addressee=party))
        return self.process(self.upload(text))

    def theirs(self, direction="purchase"):
        return self.env["po.intake.team"].create(
            {"name": "Theirs", "company_id": self.sister.id, "direction": direction}
        )

    def test_by_each_sign_of_it(self):
        team = self.theirs()
        for party in (
            Party(vat="NL 8206.46.660.B01"),
            Party(name="SISTER Ltd."),
            Party(street="Quay 1", zip="1011"),
        ):
            with self.subTest(party=party):
                intake = self.processed(party)
                self.assertEqual((intake.team_id, intake.company_id), (team, self.sister))

    def test_without_a_team_there_it_stays_and_is_told(self):
        self.theirs("sale")
        intake = self.processed(Party(vat="NL820646660B01"))
        self.assertEqual(intake.company_id, self.company)
        self.assertIn("Sister", self.finding(intake, "other_company").message)

    def test_our_own_company_is_no_news(self):
        self.theirs()
        intake = self.processed(Party(name=self.company.name))
        self.assertEqual(intake.team_id, self.team)
        self.assertNotIn("other_company", self.codes(intake))

    def test_users_of_the_first_company_do_not_see_what_went_on(self):
        self.theirs()
        intake = self.processed(Party(name="Sister Ltd"))
        found = self.env["po.intake"].with_user(self.clerk).search([("id", "=", intake.id)])
        self.assertFalse(found)
