"""Phrases that no word list spells out, understood by their parts."""

from datetime import date

from odoo.tests import BaseCase

from ..extraction.layout.lexicon import lexicon
from ..extraction.layout.text import squash
from .test_layout import COLUMNS, one, page
from .test_layout_variants import ITEM, OTHER_ITEM, renamed


def meanings(section, *phrases):
    return [lexicon().kinds(section, squash(phrase))[:1] for phrase in phrases]


class TestParts(BaseCase):
    def test_labels_of_numbers_and_dates(self):
        numbers = meanings("label", "Our PO Ref", "Hausbestellkennung", "Onze inkooporder-code")
        self.assertEqual(numbers, [["number"]] * 3)
        dates = meanings("label", "Order dated", "Datum van bestelling", "Emissione ordine")
        self.assertEqual(dates, [["order_date"]] * 3)
        due = meanings("label", "Delivery no later than", "Lever uiterlijk", "Dostawa najpóźniej")
        self.assertEqual(due, [["requested_date"]] * 3)

    def test_whose_number_it_is(self):
        found = meanings("label", "Your purchase order ref", "Vs. ordine n.", "Ihre Bestellkennung")
        self.assertEqual(found, [["our_order"]] * 3)

    def test_columns_and_sums(self):
        codes = meanings("column", "Our Stock Code Ref", "Hausartikelnummer", "Kod wł. towaru")
        self.assertEqual(codes, [["code_own"]] * 3)
        sums = meanings(
            "total", "Total nett goods", "Suma łącznie bez VAT", "Gesamtsumme exkl. USt."
        )
        self.assertEqual(sums, [["net"]] * 3)

    def test_other_words_are_no_phrases(self):
        for text in ("zwart", "Nord", "Bestellung Müller", "dagen", "Partner", "Artikelstraße"):
            self.assertFalse(any(meanings("label", text)), text)
            self.assertFalse(any(meanings("column", text)), text)

    def test_the_list_knows_better(self):
        """ "Ihre Referenz" heads a column of codes, but labels our order on a confirmation."""
        self.assertEqual(meanings("label", "Ihre Referenz"), [["our_order"]])


class TestPapers(BaseCase):
    def test_an_order_in_words_of_its_own(self):
        head = (
            [(50, "Alder Works GmbH"), (380, "Warenbestellung")],
            [(50, "Ringstraße 7")],
            [
                (50, "73230 Kirchheim"),
                (330, "Hausbestellkennung (bitte angeben):"),
                (520, "26-1044"),
            ],
            [(380, "Bestellung erfasst am:"), (500, "05.03.2026")],
            [(380, "Lieferung gewünscht bis:"), (510, "20.03.2026")],
            None,
        )
        columns = renamed(
            **{
                "Unsere Art.-Nr.": "Hausartikelkennung",
                "Einzelpreis": "Preis/ME",
                "Gesamt": "Nettowert",
            }
        )
        document = one(page(*head, columns, ITEM, OTHER_ITEM))
        self.assertEqual((document.document_type, document.number), ("purchase_order", "26-1044"))
        self.assertEqual(document.order_date, date(2026, 3, 5))
        self.assertEqual(document.requested_date, date(2026, 3, 20))
        self.assertEqual([line.partner_code for line in document.lines], ["10-4711", "10-4712"])

    def test_two_known_heads_that_touch_stay_two(self):
        columns = [(x, text) for x, text in COLUMNS if text not in ("ME", "Einzelpreis")]
        columns = [*columns, (418, "Einheit"), (453, "Einzelpreis")]
        document = one(page([(50, "Bestellung 26-1044")], None, columns, ITEM, OTHER_ITEM))
        self.assertEqual([str(line.price_unit) for line in document.lines], ["0.50", "0.20"])
