"""Forms that are filled in, and letterheads: where names, days and addresses stand on them."""

from datetime import date

from odoo.tests import BaseCase

from ..extraction.layout.engine import read_pages
from ..extraction.layout.lexicon import lexicon
from ..extraction.layout.page import Page, Word
from ..extraction.layout.text import squash
from .test_layout import COLUMNS, OWN, page
from .test_layout_places import LETTERHEAD, order
from .test_layout_variants import ITEM, OTHER_ITEM


def typed(x, y, text, pitch=6.0):
    """Words of a typewriter: a blank is as wide as a letter."""
    words = []
    for part in text.split(" "):
        words.append(Word(part, x, y, x + pitch * len(part), y + 10, 1))
        x += pitch * (len(part) + 1)
    return words


class TestForms(BaseCase):
    def test_values_filled_in_with_a_typewriter(self):
        form = page(
            *LETTERHEAD,
            [(50, "Official order")],
            [(330, "Order number")],
            [(330, "Date of order")],
            None,
            COLUMNS,
            ITEM,
            OTHER_ITEM,
        )
        filled = [*typed(450, 96, "OO 132297"), *typed(450, 110, "12 January 2026")]
        words = [word for word in form.words if word.y0 != 82]
        (document,) = read_pages([Page(1, 595, 842, (*words, *filled))], OWN)
        self.assertEqual((document.number, document.order_date), ("OO 132297", date(2026, 1, 12)))

    def test_an_address_with_a_label_for_each_of_its_parts(self):
        document = order(
            [(50, "Bestelformulier")],
            [(50, "Bedrijf:"), (150, "Alder Works B.V.")],
            [(50, "Adres:"), (150, "Turfvaart 5")],
            [(150, "8064 CX")],
            [(50, "Postcode/plaats:"), (150, "Zwartsluis")],
            [(50, "Besteld door:"), (150, "Kim Voss")],
        )
        partner = document.partner
        self.assertEqual((partner.name, partner.street), ("Alder Works B.V.", "Turfvaart 5"))
        self.assertEqual((partner.zip, partner.city), ("8064 CX", "Zwartsluis"))

    def test_an_address_set_in_under_its_label(self):
        document = order(
            *LETTERHEAD,
            [(50, "Lieferadresse: Alder Works GmbH, Lager Nord")],
            [(100, "Am Kanal 22, 26919 Brake")],
        )
        self.assertEqual(document.delivery.name, "Alder Works GmbH, Lager Nord")
        self.assertEqual(
            (document.delivery.street, document.delivery.zip), ("Am Kanal 22", "26919")
        )

    def test_a_day_behind_the_number_of_a_register(self):
        document = order(*LETTERHEAD, [(50, "Ordine")], [(50, "Prot. n. 1813 del 10/06/2026")])
        self.assertEqual(document.order_date, date(2026, 6, 10))

    def test_letters_of_the_kind_in_front_of_a_portuguese_number(self):
        head = ([(50, "Nota de encomenda")], [(50, "ENC 2026/5694")], [(50, "Data 05/06/2026")])
        text = [(50, "Agradecemos o fornecimento dos seguintes artigos, com entrega prevista:")]
        columns = [(50, "Artigo"), (190, "Designação"), (350, "Quantidade"), (430, "Preço")]
        goods = [(50, "A-100"), (190, "Filtro de óleo"), (350, "5"), (430, "5,86")]
        (document,) = read_pages([page(*LETTERHEAD, *head, text, None, columns, goods)], OWN)
        self.assertEqual((document.language, document.number), ("pt", "ENC 2026/5694"))

    def test_the_day_of_the_order_beside_the_day_that_it_falls_due(self):
        document = order(
            *LETTERHEAD,
            [(50, "Encomenda a fornecedor EF 1/989")],
            [(50, "Data"), (160, "Vencimento da encomenda"), (325, "Condição de pagamento")],
            [(50, "11-05-2026"), (160, "Entrega até 08-06-2026"), (325, "60 dias")],
        )
        self.assertEqual(document.order_date, date(2026, 5, 11))
        self.assertEqual(document.requested_date, date(2026, 6, 8))
        self.assertEqual(document.payment_terms, "60 dias")

    def test_the_number_of_a_page_under_the_title_is_no_number(self):
        document = order([(50, "Purchase order")], [(50, "Page1")], *LETTERHEAD)
        self.assertIsNone(document.number)

    def test_a_sum_without_tax_named_by_its_parts(self):
        self.assertEqual(lexicon().kinds("total", squash("Total cost excluding VAT")), ["net"])


class TestLetterheads(BaseCase):
    def test_an_ornament_is_no_name(self):
        document = order([(50, "★")], *LETTERHEAD)
        self.assertEqual(document.partner.name, "Alder Works GmbH")

    def test_a_phone_behind_an_address_in_one_line(self):
        line = "Alder Works KG, Ringstraße 7, 73230 Kirchheim, Fon 04746 932743, a@alder.example"
        document = order(
            [(50, line)],
            [(50, "Lieferadresse: Alder Works KG, Am Kanal 22, 26919 Brake")],
        )
        self.assertEqual((document.partner.street, document.partner.zip), ("Ringstraße 7", "73230"))

    def test_a_name_in_large_letters_over_its_address(self):
        form = page(
            None,
            [(150, "Wellington Drive, Salisbury, SP4 7PU Telephone 01980 591241")],
            None,
            [(50, "Official order OO-132297")],
            None,
            COLUMNS,
            ITEM,
            OTHER_ITEM,
        )
        name = [Word("Alder", 180, 28, 230, 48, 1), Word("Trust", 235, 28, 290, 48, 1)]
        (document,) = read_pages([Page(1, 595, 842, (*name, *form.words))], OWN)
        self.assertEqual(
            (document.partner.name, document.partner.street, document.partner.city),
            ("Alder Trust", "Wellington Drive", "Salisbury"),
        )
