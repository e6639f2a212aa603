from odoo.tests import BaseCase

from ..matching.candidates import LineQuery
from ..matching.keys import index_terms, line_keys, search_keys
from ..matching.text import code_key, company_key, same_vat, weak_code_key
from ..matching.tokens import tokenize


class TestText(BaseCase):
    """Two spellings of one thing are equal; two things never are."""

    def assertSame(self, form, *spellings):
        self.assertEqual({form(text) for text in spellings}, {form(spellings[0])}, spellings)

    def test_legal_forms_do_not_name_a_company(self):
        for one, other in (
            ("Müller & Söhne GmbH & Co. KG", "MUELLER UND SOEHNE"),
            ("Wartex Części Maszyn Sp. z o.o.", "Wartex Czesci Maszyn"),
            ("Officine Padane S.r.l.", "Officine Padane SRL"),
            ("Jansen & Zn B.V.", "Jansen en Zn BV"),
            ("Douro Ferragens, Lda.", "Douro Ferragens"),
            ("Lakefront Works, Inc.", "LAKEFRONT WORKS"),
        ):
            self.assertSame(company_key, one, other)

    def test_a_company_called_like_a_legal_form_keeps_its_name(self):
        self.assertEqual(company_key("AG"), "ag")
        self.assertNotEqual(company_key("Nord Stahl AG"), company_key("Süd Stahl AG"))

    def test_codes_ignore_punctuation_and_weakly_zeros(self):
        self.assertSame(code_key, "EN-C5/W 80", "en.c5.w.80")
        self.assertSame(weak_code_key, "00046741", "46741")
        self.assertEqual(weak_code_key("0007"), "", "one digit is no key")

    def test_tax_numbers_with_and_without_prefix(self):
        self.assertTrue(same_vat("CHE-712.399.623 MWST", "CHE712399623"))
        self.assertTrue(same_vat("BE 585.752.712", "BE0585752712"))
        self.assertTrue(same_vat("655143914", "DE655143914"))
        self.assertFalse(same_vat("AT655143914", "DE655143914"))
        self.assertFalse(same_vat("", ""))


class TestTokens(BaseCase):
    """Sizes are exact, however they are written."""

    def assertSameTokens(self, *texts):
        first = tokenize(texts[0]).all
        for text in texts[1:]:
            self.assertEqual(tokenize(text).all, first, text)

    def test_one_size_in_many_spellings(self):
        self.assertSameTokens("M8x40", "M8 x 40", "m8×40", "M8*40")
        self.assertSameTokens("2,5x100 mm", "2.50 x 100mm")
        self.assertSameTokens("1,5 m", "1500 mm", "150 cm")
        self.assertSameTokens("Ø 12 mm", "ø12mm", "12 mm")
        self.assertSameTokens("DIN 933", "DIN933", "din-933")
        self.assertSameTokens("80 g/m²", "80 gsm", "80g/m2")
        self.assertSameTokens('1/2"', "1/2 Zoll", "1/2 inch")
        self.assertSameTokens("0,75 l", "750 ml", "75 cl")

    def test_neighbours_differ(self):
        for one, other in (
            ("M8x40", "M8x45"),
            ("1.5 m", "1.5 mm"),
            ("size L", "size XL"),
            ("6201 2RS", "6201 ZZ"),
            ("12 V 5 A", "12 V 6 A"),
            ("SPF 30", "SPF 30+"),
            ("-20 °C", "20 °C"),
        ):
            self.assertNotEqual(tokenize(one).all, tokenize(other).all, (one, other))

    def test_colours_and_materials_are_one_word_in_all_languages(self):
        self.assertSameTokens("black", "schwarz", "noir", "negro", "nero", "zwart", "czarny")
        self.assertSameTokens("stainless", "Edelstahl", "inox", "RVS")
        self.assertNotEqual(tokenize("mit").all, tokenize("ohne").all)

    def test_strange_input_is_only_text(self):
        for text in ("", " ", "x", "...", ",", "\x00\ufffd", "١٢ mm", "9" * 400 + " mm", "²³¼"):
            self.assertIsInstance(tokenize(text).ordered, tuple)


class TestKeys(BaseCase):
    """A catalogue is asked for what tells most."""

    def test_terms_of_a_description_are_terms_of_the_product(self):
        terms = set(index_terms(["Cable tie 2.5x100 mm black", "Kabelbinder 2,5x100 mm schwarz"]))
        keys = search_keys("KABELBINDER 2,50 X 100 MM, BLACK\nCustoms no.: 39269097")
        self.assertLessEqual({"2.5x100", "black", "kabelbinder"}, set(keys.terms) & terms)
        self.assertEqual(keys.terms[0], "2.5x100", "sizes come first")
        self.assertNotIn("39269097", keys.terms, "labels of the document are no item")

    def test_codes_of_columns_and_of_text(self):
        keys = line_keys(LineQuery(our_code="00-4711", description="Filter TN-330/B for pump"))
        self.assertLessEqual({"004711", "4711", "tn330b"}, set(keys.codes))
        self.assertEqual(line_keys(LineQuery()).codes, ())
