"""Values by labels that the caller asks for."""

from dataclasses import replace

from odoo.tests import BaseCase

from .test_layout import COLUMNS, HEAD, OWN, item, one, page

ITEM = item("1", "10-4711", "Sechskantschraube M8x30", "200", "St", "0,50", "100,00")
OTHER_ITEM = item("2", "10-4712", "Scheibe M8 verzinkt", "100", "St", "0,20", "20,00")


def asked(*labels, lines=()):
    return replace(OWN, labels=labels, line_labels=lines)


class TestHeadLabels(BaseCase):
    def test_beside_the_label(self):
        rows = ([(50, "Projekt-Nr.:"), (150, "P 26-118")], None)
        document = one(page(*HEAD, *rows, COLUMNS, ITEM), hints=asked("Projekt Nr"))
        self.assertEqual(document.extra, {"Projekt Nr": "P 26-118"})
        place = document.evidence["extra.Projekt Nr"]
        self.assertEqual((place.page, place.text, place.bbox[0]), (1, "P 26-118", 150.0))

    def test_two_labels_in_one_line(self):
        rows = ([(50, "Projekt: P-118 Kostenstelle: 4010")], None)
        document = one(page(*HEAD, *rows, COLUMNS, ITEM), hints=asked("Projekt", "Kostenstelle"))
        self.assertEqual(document.extra, {"Projekt": "P-118", "Kostenstelle": "4010"})

    def test_below_the_label(self):
        rows = ([(50, "Kostenstelle"), (200, "Einkäufer")], [(50, "4010"), (200, "M. Roth")], None)
        document = one(page(*HEAD, *rows, COLUMNS, ITEM), hints=asked("Kostenstelle:"))
        self.assertEqual(document.extra, {"Kostenstelle:": "4010"})

    def test_label_and_value_without_a_blank(self):
        rows = ([(50, "Projekt:P-118")], None)
        document = one(page(*HEAD, *rows, COLUMNS, ITEM), hints=asked("Projekt"))
        self.assertEqual(document.extra, {"Projekt": "P-118"})

    def test_what_is_not_printed_is_not_invented(self):
        document = one(page(*HEAD, COLUMNS, ITEM), hints=asked("Projekt"))
        self.assertEqual(document.extra, {})


class TestLineLabels(BaseCase):
    def test_column_of_that_name(self):
        columns = [*COLUMNS, (555, "KSt")]
        rows = ([*ITEM, (555, "4010")], [*OTHER_ITEM, (555, "4020")])
        document = one(page(*HEAD, columns, *rows), hints=asked(lines=("KSt",)))
        self.assertEqual(
            [(line.partner_code or line.our_code, line.extra) for line in document.lines],
            [("10-4711", {"KSt": "4010"}), ("10-4712", {"KSt": "4020"})],
        )

    def test_label_among_the_lines_of_an_item(self):
        rows = (ITEM, [(190, "Zeichnung: Z-88 B")], OTHER_ITEM)
        document = one(page(*HEAD, COLUMNS, *rows), hints=asked(lines=("Zeichnung",)))
        self.assertEqual([line.extra for line in document.lines], [{"Zeichnung": "Z-88 B"}, {}])
        self.assertEqual(document.evidence["lines.0.extra.Zeichnung"].text, "Z-88 B")

    def test_survives_the_way_through_json(self):
        rows = (ITEM, [(190, "Zeichnung: Z-88 B")])
        document = one(page(*HEAD, COLUMNS, *rows), hints=asked(lines=("Zeichnung",)))
        self.assertEqual(type(document).from_json(document.to_json()).lines, document.lines)
