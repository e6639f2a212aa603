"""Other wordings and arrangements of order documents than the usual ones."""

from decimal import Decimal

from odoo.tests import BaseCase

from .test_layout import COLUMNS, HEAD, item, one, page


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
