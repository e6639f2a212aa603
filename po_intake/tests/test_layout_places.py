"""Where labels, addresses and names stand on papers of strangers."""

from datetime import date
from decimal import Decimal

from odoo.tests import BaseCase

from ..extraction.layout.engine import read_pages
from .test_layout import COLUMNS, HEAD, OWN, one, page
from .test_layout_variants import ITEM, OTHER_ITEM

LETTERHEAD = ([(50, "Alder Works GmbH")], [(50, "Ringstraße 7")], [(50, "73230 Kirchheim")])


def order(*lines):
    """A usual table of items under these lines."""
    return one(page(*lines, None, COLUMNS, ITEM, OTHER_ITEM))


class TestLabels(BaseCase):
    def test_what_a_label_says_is_no_label_itself(self):
        document = order(
            *LETTERHEAD,
            [(330, "Bestellnummer/Datum")],
            [(330, "26-1044 / 11.11.2026")],
            [(50, "Liefertermin:"), (140, "Tag 21.02.2028")],
        )
        self.assertEqual(str(document.order_date), "2026-11-11")
        self.assertEqual(str(document.requested_date), "2028-02-21")

    def test_what_heads_an_address_names_no_person(self):
        document = order(
            [(50, "Alder Works GmbH, Ringstraße 7, 73230 Kirchheim"), (330, "Bestellung 26-1044")],
            [(50, "Firma"), (330, "Ansprechpartner")],
            [(50, "Wharf Supply Europe"), (330, "Kim Voss")],
            [(50, "Waalhavenweg 318")],
            [(50, "NL-3089 KD Rotterdam")],
        )
        self.assertEqual(document.partner.contact, "Kim Voss")

    def test_the_number_of_a_page_is_no_number_of_the_order_above_it(self):
        document = order(
            [(50, "Alder Works GmbH"), (330, "Bestellung")],
            [(50, "Ringstraße 7"), (360, "Seite 1")],
            [(50, "73230 Kirchheim"), (330, "Nummer"), (450, "PO-26104")],
        )
        self.assertEqual(document.number, "PO-26104")

    def test_a_title_in_spaced_letters_is_one_word(self):
        spaced = [(330 + 10 * at, letter) for at, letter in enumerate("BESTELLUNG")]
        lines = [(50, "Alder Works GmbH"), *spaced], [(330, "NUMMER"), (450, "B1752-26")]
        pages = [page(*lines, None, COLUMNS, ITEM, OTHER_ITEM)]
        (document,) = read_pages(pages, OWN, papers=True)
        self.assertEqual((document.document_type, document.number), ("purchase_order", "B1752-26"))

    def test_a_label_may_take_several_lines(self):
        document = order(
            *LETTERHEAD,
            [(330, "Nummer unserer"), (450, "26-1044")],
            [(330, "Bestellung:")],
            [(330, "Unsere"), (450, "K4711")],
            [(330, "Kundennummer")],
            [(330, "bei Ihnen:")],
        )
        self.assertEqual((document.number, document.partner.reference), ("26-1044", "K4711"))

    def test_lines_with_a_value_each_are_labels_of_their_own(self):
        document = order(
            *LETTERHEAD,
            [(330, "Bestellung"), (450, "26-1044")],
            [(330, "Datum"), (450, "05.03.2026")],
        )
        self.assertEqual((document.number, document.order_date), ("26-1044", date(2026, 3, 5)))

    def test_values_under_their_labels_in_a_narrow_column(self):
        """What stands beside the column belongs to the wide one."""
        document = order(
            [(50, "Bestellung")],
            [(50, "Bestellnummer")],
            [(50, "26-1044"), (200, "Larch Supply GmbH")],
            [(50, "Unsere Kundennummer"), (200, "Hafenweg 3")],
            [(50, "K4711")],
            [(50, "Zahlungsbedingungen"), (200, "23552 Lübeck")],
            [(50, "30 Tage netto")],
        )
        self.assertEqual((document.number, document.partner.reference), ("26-1044", "K4711"))
        self.assertEqual(document.payment_terms, "30 Tage netto")

    def test_a_title_carries_number_and_date(self):
        document = order([(50, "Warenbestellung 26-1044 erstellt am 05.03.2026")], *LETTERHEAD)
        self.assertEqual((document.document_type, document.number), ("purchase_order", "26-1044"))
        self.assertEqual(document.order_date, date(2026, 3, 5))

    def test_the_order_of_whoever_confirms_numbers_the_confirmation(self):
        document = order(
            [(50, "Auftragsbestätigung")],
            [(330, "Auftrags-Nr.:"), (450, "88-120")],
            [(330, "Ihre Bestellung:"), (450, "P00042")],
        )
        self.assertEqual(document.document_type, "order_confirmation")
        self.assertEqual((document.number, document.our_order), ("88-120", "P00042"))


class TestAddresses(BaseCase):
    def test_a_delivery_address_in_one_line_that_wraps(self):
        document = order(
            *HEAD,
            [(50, "Lieferadresse: Alder Works GmbH, Werk 3, Hafenstraße 2, 26122")],
            [(50, "Oldenburg")],
        )
        self.assertEqual(document.delivery.name, "Alder Works GmbH, Werk 3")
        self.assertEqual(
            (document.delivery.street, document.delivery.zip, document.delivery.city),
            ("Hafenstraße 2", "26122", "Oldenburg"),
        )

    def test_a_country_may_follow_the_place(self):
        document = order(
            [(50, "Harland Fabrications Ltd")],
            [(50, "42 Dargan Crescent, Belfast BT3 9JP, United Kingdom")],
            [(50, "Purchase Order 26-1044")],
        )
        self.assertEqual(
            (document.partner.street, document.partner.zip, document.partner.city),
            ("42 Dargan Crescent", "BT3 9JP", "Belfast"),
        )

    def test_a_name_goes_on_behind_its_link(self):
        document = order(
            [(50, "Besteller"), (330, "Bestellung 26-1044")],
            [(50, "Hohenlohe Maschinen GmbH &")],
            [(50, "Co. KG")],
            [(50, "Daimlerstraße 14")],
            [(50, "74653 Künzelsau")],
        )
        self.assertEqual(document.partner.name, "Hohenlohe Maschinen GmbH & Co. KG")

    def test_two_lines_are_one_name_where_the_mail_says_so(self):
        lines = (
            [(50, "Alder Forge"), (330, "Bestellung 26-1044")],
            [(50, "Works GmbH")],
            [(50, "Ringstraße 7")],
            [(50, "73230 Kirchheim")],
        )
        self.assertEqual(order(*lines).partner.name, "Works GmbH")
        mail = [(50, "einkauf@alderforge.example")]
        self.assertEqual(order(*lines, mail).partner.name, "Alder Forge Works GmbH")

    def test_a_legal_form_of_several_words_ends_a_name(self):
        document = order(
            [(50, "Zakłady Mechaniczne Bielsko"), (330, "Bestellung 26-1044")],
            [(50, "Sp. z o.o.")],
            [(50, "ul. Węglowa 18")],
            [(50, "43-300 Bielsko-Biała")],
        )
        self.assertEqual(document.partner.name, "Zakłady Mechaniczne Bielsko Sp. z o.o.")

    def test_a_company_above_an_address_in_one_line(self):
        document = order(
            [(50, "Moldes Marinhenses, S.A."), (330, "Bestellung 26-1044")],
            [(50, "Zona Industrial da Cumeira, Lote 9, 2430-528 Marinha")],
        )
        self.assertEqual(
            (document.partner.name, document.partner.street, document.partner.city),
            ("Moldes Marinhenses, S.A.", "Zona Industrial da Cumeira, Lote 9", "Marinha"),
        )

    def test_a_company_may_be_called_company(self):
        document = order(
            [(50, "Société Nouvelle Poyet &"), (330, "Bestellung 26-1044")],
            [(50, "Fils")],
            [(50, "8 avenue Jean Jaurès")],
            [(50, "01100 Oyonnax")],
        )
        self.assertEqual(document.partner.name, "Société Nouvelle Poyet & Fils")

    def test_a_date_under_a_mail_address_is_no_telephone(self):
        document = order(*LETTERHEAD, [(50, "einkauf@alder.example"), (330, "08-07-2026")])
        self.assertIsNone(document.partner.phone)


class TestForms(BaseCase):
    def test_a_hint_in_brackets_may_wrap(self):
        document = order(
            *LETTERHEAD,
            [(330, "Bestell-Nr. (auf Rechnung und"), (500, "Ausgestellt am")],
            [(330, "Lieferschein angeben)"), (500, "05.03.2026")],
            [(330, "26-1044")],
        )
        self.assertEqual((document.number, document.order_date), ("26-1044", date(2026, 3, 5)))

    def test_a_number_may_break_behind_its_hyphen(self):
        document = order(
            *LETTERHEAD,
            [(330, "Bestellnummer"), (430, "Datum")],
            [(330, "L63-"), (430, "05.03.2026")],
            [(330, "9957")],
        )
        self.assertEqual(document.number, "L63-9957")

    def test_a_person_above_the_company_is_not_its_name(self):
        document = order(
            *HEAD,
            [(50, "Lieferung an")],
            [(50, "Anke Reimers")],
            [(50, "Alder Works GmbH, Werk 3")],
            [(50, "Hafenstraße 2")],
            [(50, "26122 Oldenburg")],
        )
        self.assertEqual(document.delivery.name, "Alder Works GmbH, Werk 3")

    def test_a_letter_asks_for_delivery_in_a_sentence(self):
        document = order(
            *LETTERHEAD,
            [(50, "Bestellung 26-1044")],
            [
                (
                    50,
                    "Gemäß Ihrem Angebot vom 01.03.2026 bestellen wir zur Lieferung bis 20.03.2026:",
                )
            ],
        )
        self.assertEqual(document.requested_date, date(2026, 3, 20))

    def test_names_of_sums_over_their_amounts_are_no_second_table(self):
        document = one(
            page(
                *HEAD,
                COLUMNS,
                ITEM,
                OTHER_ITEM,
                None,
                [(300, "Base imponible"), (400, "Cuota IVA"), (480, "Total pedido")],
                [(320, "120,00"), (410, "22,80"), (500, "142,80")],
            )
        )
        self.assertEqual(
            (document.amount_untaxed, document.amount_tax, document.amount_total),
            (Decimal("120.00"), Decimal("22.80"), Decimal("142.80")),
        )

    def test_a_label_in_small_print_is_no_title(self):
        document = order(
            *LETTERHEAD,
            [(50, "Bestellung 26-1044")],
            [(330, "Wareneingang"), (450, "20.03.2026")],
            [(330, "bis:")],
        )
        self.assertEqual((document.document_type, document.number), ("purchase_order", "26-1044"))

    def test_the_number_of_an_order_is_no_vat_number(self):
        document = order(*LETTERHEAD, [(330, "Beleg:"), (400, "BE-26-1821")])
        self.assertIsNone(document.partner.vat)

    def test_a_date_may_break_behind_its_hyphen(self):
        document = order(
            *LETTERHEAD,
            [(50, "Bestellung 26-1044")],
            [(330, "Besteldatum"), (430, "20-09-")],
            [(430, "2026")],
        )
        self.assertEqual(document.order_date, date(2026, 9, 20))

    def test_instructions_for_delivery_may_be_an_address(self):
        document = order(
            *HEAD,
            [(50, "Lieferhinweise")],
            [(50, "Alder Works GmbH, Werk 3")],
            [(50, "Hafenstraße 2")],
            [(50, "26122 Oldenburg")],
        )
        self.assertEqual(document.delivery.city, "Oldenburg")


class TestSettingOfAddresses(BaseCase):
    def test_a_town_may_stand_wider_behind_its_code(self):
        """As in a letterhead at the right edge, where every line begins elsewhere."""
        document = order(
            [(250, "Alder Works GmbH")],
            [(255, "Ringstraße 7")],
            [(252, "73230"), (285, "Kirchheim")],
            [(50, "Bestellung 26-1044")],
            [(50, "Lieferadresse")],
            [(50, "Alder Works GmbH, Werk 3")],
            [(50, "Hafenstraße 2")],
            [(50, "26122 Oldenburg")],
        )
        partner = document.partner
        self.assertEqual((partner.zip, partner.city), ("73230", "Kirchheim"))
        self.assertEqual(document.delivery.city, "Oldenburg")

    def test_who_receives_the_goods_may_stand_above_the_company(self):
        document = order(
            *HEAD,
            [(50, "Ship to")],
            [(50, "Attn: Anke Reimers")],
            [(50, "Alder Works GmbH, Werk 3")],
            [(50, "Hafenstraße 2")],
            [(50, "26122 Oldenburg")],
        )
        delivery = document.delivery
        self.assertEqual((delivery.name, delivery.zip), ("Alder Works GmbH, Werk 3", "26122"))

    def test_an_address_in_one_line_may_run_on_under_its_start(self):
        document = order(
            *HEAD,
            [(50, "Drop to: Alder Works GmbH, Werk 3,")],
            [(90, "Hafenstraße 2, 26122 Oldenburg")],
        )
        delivery = document.delivery
        self.assertEqual((delivery.street, delivery.city), ("Hafenstraße 2", "Oldenburg"))

    def test_a_colon_in_a_column_of_its_own_is_no_part_of_a_name(self):
        line = ": Alder Works GmbH, Entrepôt, Rue du Fret, bât. C, 35310 Bréal"
        document = order(*HEAD, [(50, "LIEU LIVR."), (110, line)])
        delivery = document.delivery
        self.assertEqual(delivery.name, "Alder Works GmbH, Entrepôt")
        self.assertEqual(delivery.street, "Rue du Fret, bât. C")

    def test_a_province_is_no_part_of_the_town(self):
        def city(place):
            return order(
                [(50, "Alder Works GmbH")], [(50, "Ringweg 7")], [(50, place)]
            ).partner.city

        self.assertEqual(city("29640 Fuengirola (Málaga)"), "Fuengirola")
        self.assertEqual(city("15230 Frankfurt (Oder)"), "Frankfurt (Oder)")

    def test_a_town_with_its_zip_code_is_no_number(self):
        """It stands beside the second line of a title, "Purchase" over "Order"."""
        document = order(
            [(200, "Tidewater Works LLC")],
            [(200, "418 Dock Avenue")],
            [(50, "Order"), (200, "Portsmouth VA 23704")],
            [(50, "PO #")],
            [(50, "PO1493")],
        )
        self.assertEqual(document.number, "PO1493")

    def test_the_mail_address_tells_the_name_of_a_public_body(self):
        document = order(
            [(50, "RÉPUBLIQUE FRANÇAISE")],
            [(50, "Département de l'Orne")],
            [(50, "Mairie de Saint-Aubin")],
            [(50, "4 place du Marché")],
            [(50, "61170 Saint-Aubin")],
            [(50, "contact@saint-aubin.example")],
        )
        self.assertEqual(document.partner.name, "Mairie de Saint-Aubin")

    def test_letters_of_a_series_stand_between_title_and_number(self):
        document = order(*LETTERHEAD, None, [(50, "Encomenda a Fornecedor ECF 2026/868")])
        self.assertEqual(document.number, "ECF 2026/868")


class TestPlacesOfDelivery(BaseCase):
    def test_labels_of_another_column_end_no_address(self):
        document = order(
            *LETTERHEAD,
            None,
            [(50, "Bestelling"), (140, "26-1044"), (330, "Afleveradres"), (420, "Loods C")],
            [(50, "Orderdatum"), (140, "05-03-2026"), (420, "Ekkersrijt 7")],
            [(50, "Ons klantnummer"), (140, "16913"), (420, "5692 HB Son")],
            [(330, "E-mail"), (420, "inkoop@alder.example")],
        )
        delivery = document.delivery
        self.assertEqual(
            (delivery.name, delivery.street, delivery.zip, delivery.city),
            ("Loods C", "Ekkersrijt 7", "5692 HB", "Son"),
        )

    def test_a_place_may_have_no_name_and_end_a_sentence(self):
        text = "Lieferung frei Baustelle: Preußerstraße 31, 24340 Eckernförde."
        document = one(page(*HEAD, COLUMNS, ITEM, OTHER_ITEM, None, [(50, text)]))
        delivery = document.delivery
        self.assertEqual(
            (delivery.name, delivery.street, delivery.city),
            (None, "Preußerstraße 31", "Eckernförde"),
        )

    def test_countries_stand_behind_towns(self):
        for text in ("12200 Onda - ESPAÑA", "12200 Onda (España)", "12200 Onda, España"):
            with self.subTest(text=text):
                lines = [(50, "Azulejos Levante S.A.")], [(50, "Calle Mayor 3")], [(50, text)]
                partner = order(*lines, [(330, "Pedido"), (420, "26-1044")]).partner
                self.assertEqual((partner.city, partner.country.lower()), ("Onda", "españa"))

    def test_sentences_ask_for_delivery_to_an_address(self):
        for text in (
            "Wir bitten um Lieferung bis zum 20.03.2026 an Alder Works GmbH, Uferallee 2, 54470 Kues.",
            "Merci de livrer le 20/03/2026 au plus tard à Alder Works GmbH, Uferallee 2, 54470 Kues",
            "Si prega di consegnare presso Alder Works GmbH, Uferallee, 2, 54470 Kues: ore 8-12",
        ):
            with self.subTest(text=text):
                document = one(page(*HEAD, [(50, text)], None, COLUMNS, ITEM, OTHER_ITEM))
                delivery = document.delivery
                self.assertEqual((delivery.name, delivery.city), ("Alder Works GmbH", "Kues"))
                self.assertEqual(delivery.street.replace(",", ""), "Uferallee 2")
                self.assertEqual(document.partner.city, "Kirchheim")

    def test_delivery_is_a_place_where_an_address_follows(self):
        text = "Dostawa: Magazyn Północ, ul. Pużaka 40, 45-272 Opole"
        document = one(page(*HEAD, [(50, text)], None, COLUMNS, ITEM, OTHER_ITEM))
        self.assertEqual(
            (document.delivery.street, document.delivery.city), ("ul. Pużaka 40", "Opole")
        )
        self.assertEqual(document.partner.city, "Kirchheim")

    def test_an_address_runs_on_over_lines_behind_its_label(self):
        document = order(
            *LETTERHEAD,
            None,
            [(300, "Shipping Address: Alder Works GmbH,")],
            [(300, "Goods Inward, Unit 3, Claylands Avenue, Worksop, S81")],
            [(300, "7BQ")],
        )
        delivery = document.delivery
        self.assertEqual(
            (delivery.name, delivery.street, delivery.city, delivery.zip),
            ("Alder Works GmbH, Goods Inward, Unit 3", "Claylands Avenue", "Worksop", "S81 7BQ"),
        )
        self.assertEqual(document.partner.city, "Kirchheim")
