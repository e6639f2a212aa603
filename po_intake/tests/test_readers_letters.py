"""Orders in the sentences of typed letters, and sums that sentences name."""

import datetime
from decimal import Decimal

from odoo.tests import BaseCase

from ..extraction.acceptance import accept
from ..extraction.layout.lexicon import lexicon
from ..extraction.layout.spoken import spoken_sums
from ..extraction.readers.layout import LayoutReader
from ..extraction.source import Source
from .test_layout import OWN

HEAD = (
    "Alder Works GmbH",
    "Ringstraße 7",
    "73230 Kirchheim",
    "",
    "Larch Supply GmbH",
    "Hafenweg 3",
    "23552 Lübeck",
    "",
    "Kirchheim, den 05.03.2026",
    "Unsere Bestellung Nr. 26-1044",
    "",
)
LIST = (
    "bitte liefern Sie uns:",
    "1. 20 Stk Dichtring (Ihre Art.-Nr. AB-62) zu 1,50 EUR",
    "2. 5 m Schlauch (Ihre Art.-Nr. OR-14) zu 4,00 EUR",
    "",
)


def letter(*lines):
    """A letter as a PDF, its lines under each other."""
    import pymupdf

    document = pymupdf.open()
    page = document.new_page(width=595, height=842)
    for number, line in enumerate(lines):
        page.insert_text((50, 60 + 14 * number), line, fontsize=10)
    return Source("letter.pdf", document.tobytes())


def sums(text):
    texts = text.split()
    return [(kind, " ".join(texts[a:b])) for kind, _at, a, b in spoken_sums(texts, lexicon())]


class TestLetters(BaseCase):
    def read(self, *lines):
        (order,) = LayoutReader().read(letter(*lines), OWN)
        return accept(order)

    def values(self, order):
        return [
            (line.our_code, line.description, line.quantity, line.uom, line.price_unit)
            for line in order.lines
        ]

    def test_a_list_in_a_letter(self):
        order = self.read(*HEAD, *LIST, "Der Gesamtwert beträgt 50,00 EUR netto.")
        self.assertEqual((order.document_type, order.number), ("purchase_order", "26-1044"))
        self.assertEqual(order.order_date, datetime.date(2026, 3, 5))
        self.assertEqual(order.partner.name, "Alder Works GmbH")
        self.assertEqual(
            self.values(order),
            [
                ("AB-62", "Dichtring", 20, "Stk", Decimal("1.50")),
                ("OR-14", "Schlauch", 5, "m", Decimal("4.00")),
            ],
        )
        self.assertEqual(order.amount_untaxed, Decimal("50.00"))
        self.assertLess(order.confidence, 0.95)

    def test_items_of_one_sentence_over_two_lines(self):
        order = self.read(
            *HEAD,
            "hiermit bestellen wir 20 Stk Dichtring (Ihre Art.-Nr. AB-62) zu 1,50 EUR sowie",
            "5 m Schlauch (Ihre Art.-Nr. OR-14) zu 4,00 EUR.",
        )
        self.assertEqual([value[0] for value in self.values(order)], ["AB-62", "OR-14"])

    def test_values_have_their_places_on_the_page(self):
        place = self.read(*HEAD, *LIST).evidence["lines.1.quantity"]
        self.assertEqual((place.page, place.reader), (1, "layout"))
        self.assertAlmostEqual(place.bbox[3], 60 + 14 * 13, delta=4)

    def test_a_letter_that_asks_for_an_offer_orders_nothing(self):
        lines = ("Anfrage", "bitte um Angebot über 20 Stk AB-62 und 5 Stk OR-14.")
        self.assertEqual(self.read(*HEAD[:9], *lines).lines, ())

    def test_a_wrong_sum_in_a_sentence_contradicts(self):
        order = self.read(*HEAD, *LIST, "Der Gesamtwert beträgt 60,00 EUR netto.")
        self.assertIn("net_mismatch", [finding.code for finding in order.findings])


class TestSums(BaseCase):
    def test_with_and_without_tax(self):
        for text, expected in (
            ("Le montant total s'élève à 1 234,50 EUR HT.", ("net", "1 234,50")),
            ("Montant total de la commande : 2 548,46 € HT.", ("net", "2 548,46")),
            ("Der Gesamtwert der Bestellung beträgt 368,00 EUR netto.", ("net", "368,00")),
            ("Gesamtbetrag 368,00 EUR zzgl. 19 % MwSt.", ("net", "368,00")),
            ("The total value of this order is 1,200.00 GBP plus VAT.", ("net", "1,200.00")),
            ("Het totaalbedrag is 88,10 EUR inclusief btw.", ("gross", "88,10")),
            ("El importe total asciende a 99,00 EUR.", ("gross", "99,00")),
        ):
            self.assertEqual(sums(text), [expected], text)

    def test_what_is_no_sum_of_the_order(self):
        for text in (
            "Frei Haus ab einem Gesamtwert ab 500,00 EUR.",
            "Orders with a total over 500.00 GBP must be signed.",
            "Der Preis beträgt 3,20 EUR.",
        ):
            self.assertEqual(sums(text), [], text)
