from dataclasses import replace

from odoo.tests import BaseCase

from ..matching.candidates import PartyCandidate, PartyQuery
from ..matching.party import domain_of
from ..matching.rank import first_sure, rank_addresses, rank_parties

NORD = PartyCandidate(
    id=1,
    commercial_id=1,
    name="Bäckerei Nordmann GmbH",
    ref="K100",
    vats=("DE123456789",),
    emails=("info@nordmann.example",),
    phones=("+49 40 123456-78",),
    street="Hafenstraße 12",
    zip="20457",
    city="Hamburg",
    country="DE",
    is_company=True,
)
NORD_ANNA = PartyCandidate(
    id=11, commercial_id=1, name="Anna Berg", emails=("anna.berg@nordmann.example",)
)
NORD_SHOP = PartyCandidate(
    id=12,
    commercial_id=1,
    name="Bäckerei Nordmann GmbH, Filiale 2",
    street="Am Markt 3",
    zip="21073",
    city="Hamburg",
    type="delivery",
)
NORD_STORE = replace(
    NORD_SHOP, id=13, name="Bäckerei Nordmann GmbH, Filiale 3", street="Am Markt 5"
)
SISTER = PartyCandidate(
    id=2,
    commercial_id=2,
    name="Bäckerei Nordmann Süd AG",
    ref="K200",
    vats=("DE987654321",),
    emails=("einkauf@nordmann.example",),
    street="Lindenweg 1",
    zip="80331",
    city="München",
    is_company=True,
)
PRIVATE = PartyCandidate(
    id=3, commercial_id=3, name="Cafe Rosa", emails=("rosa@gmail.com",), is_company=True
)
ALL = [NORD, NORD_ANNA, NORD_SHOP, NORD_STORE, SISTER, PRIVATE]


class PartyCase(BaseCase):
    def sure(self, candidates=ALL, **query):
        match = first_sure(rank_parties(PartyQuery(**query), candidates))
        return match and match.id

    def reasons(self, **query):
        return {reason.code for reason in rank_parties(PartyQuery(**query), ALL)[0].reasons}


class TestParties(PartyCase):
    """Only what is a company's own identifies it."""

    def test_each_own_mark_is_enough(self):
        self.assertEqual(self.sure(reference="k-100"), 1)
        self.assertEqual(self.sure(vat="DE 123 456 789"), 1)
        self.assertEqual(self.sure(vat="123456789"), 1)
        self.assertEqual(self.sure(email="INFO@nordmann.example"), 1)
        glned = [*ALL, replace(PRIVATE, id=4, commercial_id=4, gln="4012345000009")]
        self.assertEqual(self.sure(glned, gln="4012345 00000 9"), 4)

    def test_a_contact_leads_to_its_company(self):
        match = first_sure(rank_parties(PartyQuery(email="anna.berg@nordmann.example"), ALL))
        self.assertEqual((match.id, match.contact_id), (1, 11))

    def test_a_name_alone_is_never_sure(self):
        self.assertIsNone(self.sure(name="Bäckerei Nordmann GmbH"))
        self.assertIsNone(self.sure(name="Baeckerei Nordman"))
        self.assertEqual(rank_parties(PartyQuery(name="Baeckerei Nordmann"), ALL)[0].id, 1)

    def test_an_exact_name_with_its_address_is_sure(self):
        address = {"street": "Hafenstr. 12", "zip": "D-20457", "city": "Hamburg"}
        self.assertEqual(self.sure(name="BAECKEREI NORDMANN", **address), 1)
        self.assertIsNone(self.sure(name="Bäckerei Nordmark", **address))
        self.assertIsNone(self.sure(name="Bäckerei Nordmann GmbH", city="Hamburg"))

    def test_a_domain_of_two_sisters_does_not_decide(self):
        self.assertIsNone(self.sure(email="neu@nordmann.example"))
        self.assertEqual(
            self.sure(email="neu@nordmann.example", name="Bäckerei Nordmann Süd AG"), 2
        )

    def test_free_mail_proves_no_company(self):
        self.assertEqual(domain_of("rosa@gmail.com"), "")
        self.assertEqual(rank_parties(PartyQuery(email="other@gmail.com"), ALL), ())
        self.assertEqual(self.sure(email="rosa@gmail.com"), 3, "the registered address does")

    def test_another_tax_number_of_the_country_forbids(self):
        self.assertIsNone(self.sure(name="Bäckerei Nordmann GmbH", vat="DE555555555", zip="20457",
                                    street="Hafenstraße 12", city="Hamburg"))  # fmt: skip
        self.assertIn("vat_differs", self.reasons(reference="K100", vat="DE555555555"))

    def test_one_misread_digit_of_the_tax_number_is_outweighed_by_two_proofs(self):
        misread = {"vat": "DE123456780", "reference": "K100"}
        self.assertIsNone(self.sure(**misread))
        self.assertEqual(self.sure(**misread, email="info@nordmann.example"), 1)

    def test_our_number_of_somebody_else_is_not_sure(self):
        self.assertIsNone(self.sure(reference="K100", name="Zimmerei Ostermoor"))

    def test_sender_and_buyer_of_two_companies_are_a_conflict(self):
        query = {"vat": "DE123456789", "email": "einkauf@nordmann.example"}
        self.assertIsNone(self.sure(**query))
        self.assertIn("conflict", self.reasons(**query))

    def test_a_stranger_matches_nobody(self):
        self.assertIsNone(
            self.sure(name="Konditorei Berg AG", vat="CHE-643.677.504 MWST", zip="20457",
                      email="kontakt@konditorei-berg.example", city="Hamburg")
        )  # fmt: skip
        self.assertEqual(rank_parties(PartyQuery(), ALL), ())


class TestAddresses(PartyCase):
    """The ship-to of a document among the addresses of its partner."""

    def ship_to(self, candidates=ALL[:4], **query):
        match = first_sure(rank_addresses(PartyQuery(**query), candidates))
        return match and match.id

    def test_street_and_number_with_zip_or_city(self):
        self.assertEqual(self.ship_to(street="Am Markt 3", zip="21073"), 12)
        self.assertEqual(self.ship_to(street="Am Markt 5", city="HAMBURG"), 13)
        self.assertEqual(self.ship_to(street="Hafenstr.12", zip="20457", city="Hambrug"), 1)
        self.assertEqual(self.ship_to(street="Hafenstrasse 12, Tor 3", zip="20457"), None)

    def test_a_neighbour_is_another_place(self):
        self.assertIsNone(self.ship_to(street="Am Markt 7", zip="21073", city="Hamburg"))
        self.assertIsNone(self.ship_to(street="Am Markt 3", zip="80331", city="München"))

    def test_a_site_by_name_and_zip(self):
        self.assertEqual(self.ship_to(name="Bäckerei Nordmann, Filiale 3", zip="21073"), 13)
        self.assertIsNone(self.ship_to(name="Bäckerei Nordmann, Filiale 4", zip="21073"))

    def test_a_contact_with_the_company_address_does_not_compete(self):
        person = replace(NORD_ANNA, street=NORD.street, zip=NORD.zip, city=NORD.city)
        where = {"street": "Hafenstraße 12", "zip": "20457", "city": "Hamburg"}
        self.assertEqual(self.ship_to([person, NORD], **where), 1)

    def test_streets_of_many_countries(self):
        for known, printed in (
            ("Avenida Lehendakari Aguirre, 36", "Avda. Lehendakari Aguirre 36"),
            ("140 Trafford Park Road", "140 Trafford Park Rd."),
            ("ul. Romana Maya 93", "Romana Maya 93"),
            ("131 rue du Faubourg des Postes", "131, Rue du Fbg des Postes"),
        ):
            place = replace(NORD_SHOP, street=known, zip="1000")
            self.assertEqual(self.ship_to([place], street=printed, zip="1000"), 12, printed)
