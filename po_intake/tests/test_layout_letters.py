"""Orders written as letters: sentences say what forms have labels for."""

from datetime import date

from odoo.tests import BaseCase

from .test_layout import one, page

LETTER = (
    [(300, "Alder Works GmbH")],
    [(300, "Ringstraße 7")],
    [(300, "73230 Kirchheim")],
    None,
    [(50, "Larch Supply GmbH")],
    [(50, "Auftragsannahme")],
    [(50, "Hafenweg 3")],
    [(50, "23552 Lübeck")],
    None,
    [(330, "Kirchheim, 26. Oktober 2026")],
    [(50, "Bestellung 26-955 – Ihr Angebot vom 17.10.2026, unsere Kundennummer K59990")],
    [(50, "vielen Dank für Ihr Angebot. Wir bestellen hiermit zu den angebotenen Konditionen:")],
    None,
    [(70, "Menge"), (140, "Artikel"), (320, "Ihre Art.-Nr."), (400, "Preis je Einheit")],
    [(50, "1.000 Stück"), (140, "Passscheibe 12x18x0,1"), (320, "719401"), (440, "0,37 €")],
    [(60, "300 Stück"), (140, "Schieferhaken 80 mm"), (320, "473843"), (440, "0,38 €")],
    None,
    [(50, "Bitte liefern Sie die Ware bis spätestens 12.11.2026 an unsere Baustelle:")],
    [(84, "Baustelle Kita Sonnenhügel")],
    [(84, "Am Kanal 22")],
    [(84, "26919 Brake")],
    None,
    [(50, "Die Zahlung erfolgt wie gewohnt: 30 Tage netto. Eine kurze Auftragsbestätigung")],
    [(50, "per Mail genügt uns.")],
)


class TestLetters(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = one(page(*LETTER))

    def test_a_department_of_ours_is_no_title(self):
        self.assertEqual(self.order.document_type, "purchase_order")
        self.assertEqual(self.order.number, "26-955")

    def test_the_closing_text_is_no_item(self):
        codes = [line.our_code for line in self.order.lines]
        self.assertEqual(codes, ["719401", "473843"])

    def test_a_number_behind_a_comma(self):
        self.assertEqual(self.order.partner.reference, "K59990")

    def test_a_sentence_announces_where_and_when_to_deliver(self):
        delivery = self.order.delivery
        self.assertEqual(delivery.name, "Baustelle Kita Sonnenhügel")
        self.assertEqual((delivery.street, delivery.city), ("Am Kanal 22", "Brake"))
        self.assertEqual(self.order.requested_date, date(2026, 11, 12))

    def test_a_sentence_says_how_it_is_paid(self):
        self.assertEqual(self.order.payment_terms, "30 Tage netto")

    def test_the_subject_may_name_the_order(self):
        """The number was lost behind "Betreff:", a label that asks for no value itself."""
        for subject in ("Betreff: Bestellung Nr. 44/2026", "Oggetto: Ordine n. 44/2026"):
            lines = list(LETTER)
            lines[10] = [(50, subject)]
            self.assertEqual(one(page(*lines)).number, "44/2026")
