"""Other wordings and arrangements of order documents than the usual ones."""

from dataclasses import replace
from decimal import Decimal

from odoo.tests import BaseCase

from .test_layout import COLUMNS, HEAD, OWN, item, one, page


def renamed(**heads):
    """The usual columns under other heads: ``renamed(Gesamt="Summe")``."""
    return [(x, heads.get(text, text)) for x, text in COLUMNS]


ITEM = item("1", "10-4711", "Sechskantschraube M8x30", "200", "St", "0,50", "100,00")
OTHER_ITEM = item("2", "10-4712", "Scheibe M8 verzinkt", "100", "St", "0,20", "20,00")


class TestHeads(BaseCase):
    def test_names_under_a_head_for_codes_are_descriptions(self):
        columns = renamed(Bezeichnung="Artikel")
        document = one(page(*HEAD, columns, ITEM, OTHER_ITEM))
        self.assertEqual(
            [line.description for line in document.lines],
            ["Sechskantschraube M8x30", "Scheibe M8 verzinkt"],
        )

    def test_any_usual_currency_may_stand_in_a_head(self):
        columns = renamed(Einzelpreis="Preis NOK", Gesamt="Summe SEK")
        document = one(page(*HEAD, columns, ITEM, OTHER_ITEM))
        self.assertEqual(
            [(line.price_unit, line.price_subtotal) for line in document.lines],
            [(Decimal("0.50"), Decimal("100.00")), (Decimal("0.20"), Decimal("20.00"))],
        )

    def test_our_part_is_the_code_of_whoever_writes(self):
        columns = [(x, "Our part" if "Art" in text else text) for x, text in COLUMNS]
        document = one(page(*HEAD, columns, ITEM, OTHER_ITEM))
        self.assertEqual([line.partner_code for line in document.lines], ["10-4711", "10-4712"])


class TestTitles(BaseCase):
    def test_the_second_reminder_is_no_order(self):
        head = [[(50, "2. Mahnung")], [(50, "Alder Works GmbH")], None]
        document = one(page(*head, COLUMNS, ITEM, OTHER_ITEM))
        self.assertEqual(document.document_type, "other")

    def test_the_count_of_a_change_is_not_the_number_of_the_order(self):
        head = [
            [(50, "ORDER CHANGE No. 2")],
            [(50, "to Purchase Order 61-20988 dated 2026-04-28")],
            [(50, "Alder Works GmbH")],
            None,
        ]
        document = one(page(*head, COLUMNS, ITEM, OTHER_ITEM))
        self.assertEqual(document.document_type, "order_change")
        self.assertNotEqual(document.number, "2")
        self.assertLess(document.confidence, 0.95)


class TestConditions(BaseCase):
    """Rows under an item that lead from its gross to its net amount."""

    def conditions(self, *sums):
        item_ = item("1", "10-4711", "Sechskantschraube M8x30", "200", "St", "0,50", "100,00")
        rows = [
            [(80, "Rabatt"), (430, "5,00- %"), (520, "5,00-")],
            [(80, "Nettowert inkl. Rab."), (515, "95,00")],
        ]
        return one(page(*HEAD, COLUMNS, item_, *rows, OTHER_ITEM, None, *sums))

    def test_discount_and_net_value_under_an_item_are_its_own(self):
        document = self.conditions([(400, "Summe netto"), (510, "115,00")])
        self.assertEqual(
            [(line.discount, line.price_subtotal) for line in document.lines],
            [(Decimal("5"), Decimal("95.00")), (None, Decimal("20.00"))],
        )
        self.assertEqual(document.amount_untaxed, Decimal("115.00"))
        self.assertFalse(document.charges)
        self.assertFalse([item for item in document.findings if "mismatch" in item.code])

    def test_two_rows_of_heads_name_what_above_and_how_much_below(self):
        head = [
            [(45, "Pos."), (80, "Material"), (200, "Bezeichnung")],
            [
                (110, "Bestellmenge"),
                (175, "Einheit"),
                (330, "Preis pro Einheit"),
                (500, "Nettowert"),
            ],
        ]
        rows = [
            [(45, "00010"), (80, "10-4711"), (200, "Hydraulikschlauch DN 16")],
            [(185, "80"), (205, "m"), (360, "11,45/1"), (395, "m"), (510, "916,00")],
        ]
        document = one(page(*HEAD, *head, *rows, None, [(400, "Summe netto"), (510, "916,00")]))
        line = document.lines[0]
        self.assertEqual((line.description, line.quantity), ("Hydraulikschlauch DN 16", 80))
        self.assertEqual((line.uom, line.price_unit), ("m", Decimal("11.45")))


class TestSums(BaseCase):
    def test_of_two_nets_the_one_that_makes_the_total_counts(self):
        sums = (
            [(400, "Summe netto"), (510, "120,00")],
            [(400, "Fracht"), (515, "30,00")],
            [(400, "Netto gesamt"), (510, "150,00")],
            [(400, "MwSt. 19 %"), (515, "28,50")],
            [(400, "Gesamtbetrag"), (510, "178,50")],
        )
        document = one(page(*HEAD, COLUMNS, ITEM, OTHER_ITEM, None, *sums))
        self.assertEqual(document.amount_untaxed, Decimal("150.00"))
        self.assertFalse([item for item in document.findings if "mismatch" in item.code])


class TestHabits(BaseCase):
    def test_a_language_is_written_as_at_home(self):
        columns = [(50, "Regel"), (90, "Artikelcode"), (190, "Omschrijving"), (350, "Aantal")]
        rows = (
            [(50, "1"), (90, "10-4711"), (190, "Zeskantmoer M12 verzinkt"), (350, "3.900")],
            [(50, "2"), (90, "10-4712"), (190, "Zeskantbout M12 verzinkt"), (350, "120")],
        )
        head = (
            [(50, "Alder Works B.V."), (380, "Inkooporder")],
            [(380, "Ordernummer:"), (480, "26-1044")],
            [(380, "Gewenste leverdatum:"), (480, "4 mei 2026")],
            None,
        )
        for locale in (None, "en_US"):
            document = one(page(*head, columns, *rows), hints=replace(OWN, locale=locale))
            self.assertEqual([line.quantity for line in document.lines], [3900, 120])
