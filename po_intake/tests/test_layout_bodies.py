"""Tables none of whose heads a list knows are found by their figures."""

from odoo.tests import BaseCase

from ..extraction.acceptance import accept
from ..extraction.layout.engine import read_pages
from .test_layout import COLUMNS, HEAD, LETTER, OWN, item, one, page, read
from .test_layout_columns import NET, ROWS

STRANGE = [
    (x, name)
    for (x, _known), name in zip(
        COLUMNS, ("Lfn", "Knarz", "Zwurbel", "Grumpf", "Zwu", "Gnarz", "Zump")
    )
]
"""Heads of which no list knows any."""


def accepted(*pages, **known):
    return [accept(order) for order in read_pages(pages, OWN, **known)]


class TestBodies(BaseCase):
    def order(self, columns, *rows, net=NET):
        return one(page(*HEAD, columns, *(rows or ROWS), None, net))

    def values(self, order):
        return [(line.quantity, line.uom, line.price_unit) for line in order.lines]

    def setUp(self):
        super().setUp()
        self.known = self.order(COLUMNS)

    def test_a_table_none_of_whose_heads_is_known_is_found_by_its_figures(self):
        order = self.order(STRANGE)
        self.assertEqual(self.values(order), self.values(self.known))
        self.assertEqual(
            [line.description for line in order.lines],
            [line.description for line in self.known.lines],
        )
        self.assertLess(order.confidence, 0.95)

    def test_a_table_without_any_heads_is_found_by_its_figures(self):
        order = self.order([(50, "Zwurbel und Grumpf bitte")])
        self.assertEqual(self.values(order), self.values(self.known))

    def test_a_strange_table_goes_on_on_the_next_page(self):
        for heads in ([STRANGE], []):
            order = one(
                page(*HEAD, STRANGE, *ROWS),
                page(*heads, *ROWS[:2], None, [(380, "Summe netto"), (520, "71,00")], number=2),
            )
            self.assertEqual(self.values(order), (self.values(self.known) * 2)[:5])

    def test_sums_under_strange_words_are_no_items(self):
        block = (
            [(350, "Zwurb"), (430, "Grumpf"), (510, "Gnarz")],
            [(350, "19,00"), (430, "100,00"), (510, "19,00")],
            [(350, "7,00"), (430, "200,00"), (510, "14,00")],
        )
        (order,) = read(page(*HEAD, *block))
        self.assertEqual(order.lines, ())

    def test_whole_numbers_are_quantities_where_only_figures_tell(self):
        rows = (
            item("10", "A-100", "Bolt M8", "15,00", "", "2,45", "36,75"),
            item("20", "B-205", "Washer M8", "10,00", "", "0,55", "5,50"),
            item("30", "C-310", "Nut M8", "4,00", "", "1,25", "5,00"),
        )
        heads = [head for head in STRANGE if head[1] != "Zwu"]
        order = self.order(heads, *rows, net=[(380, "Summe netto"), (520, "47,25")])
        self.assertEqual([line.quantity for line in order.lines], [15, 10, 4])

    def test_factors_that_could_be_exchanged_are_a_doubt(self):
        rows = (
            item("10", "A-100", "Bolt M8", "15,25", "", "2,45", "37,36"),
            item("20", "B-205", "Washer M8", "10,75", "", "0,55", "5,91"),
            item("30", "C-310", "Nut M8", "4,15", "", "1,25", "5,19"),
        )
        heads = [
            (x, {"Menge": "Grumpf", "Einzelpreis": "Gnarz"}.get(name, name))
            for x, name in COLUMNS
            if name != "ME"
        ]
        order = self.order(heads, *rows, net=[(380, "Summe netto"), (520, "48,46")])
        self.assertIn("unknown_column", [finding.code for finding in order.findings])
        self.assertLess(order.confidence, 0.95)

    def test_a_unit_stands_apart_from_a_wide_price_of_another_row(self):
        rows = (
            item("10", "A-100", "Bolt M8", "15", "Stk", "12.345,00", "185.175,00"),
            item("20", "B-205", "Washer M8", "10", "Pack", "0,50", "5,00"),
            item("30", "C-310", "Nut M8", "4", "Stk", "0,25", "1,00"),
        )
        heads = [head for head in STRANGE if head[1] != "Zwu"]
        order = self.order(heads, *rows, net=[(380, "Summe netto"), (520, "185.181,00")])
        self.assertEqual(
            [(line.uom, str(line.price_unit)) for line in order.lines],
            [("Stk", "12345.00"), ("Pack", "0.50"), ("Stk", "0.25")],
        )


class TestLists(BaseCase):
    """Rows of papers that print no money."""

    def order(self, heads, quantities=("150", "20", "4")):
        rows = [
            [(50, code), (150, name), (400 - LETTER * len(many), many)]
            for code, name, many in zip(
                ("A-100", "B-205", "C-310"), ("Bolt M8", "Rubber ring", "Nut"), quantities
            )
        ]
        (found,) = accepted(page(*HEAD, heads, *rows), papers=True)
        return found

    def test_codes_texts_and_counts_under_heads_that_nobody_knows(self):
        for heads in ([(50, "Zwurb"), (150, "Knarz"), (375, "Grumpf")], None):
            order = self.order(heads)
            self.assertEqual(
                [(line.our_code, line.description, line.quantity) for line in order.lines],
                [("A-100", "Bolt M8", 150), ("B-205", "Rubber ring", 20), ("C-310", "Nut", 4)],
            )
            self.assertLess(order.confidence, 0.95)

    def test_a_lone_column_of_money_holds_prices(self):
        rows = [[row[2], row[3], row[5]] for row in ROWS]
        heads = [(190, "Knarz"), (350, "Grumpf"), (450, "Plonk")]
        (order,) = accepted(page(*HEAD, heads, *rows), papers=True)
        known = one(page(*HEAD, COLUMNS, *ROWS))
        self.assertEqual(
            [(line.quantity, line.price_unit) for line in order.lines],
            [(line.quantity, line.price_unit) for line in known.lines],
        )
        self.assertLess(order.confidence, 0.95)

    def test_numbers_that_only_count_the_rows_are_no_quantities(self):
        self.assertEqual(self.order(None, ("1", "2", "3")).lines, ())


class TestRows(BaseCase):
    """What stands under and beside the rows of items."""

    def test_money_in_the_second_row_belongs_to_the_quantity_in_the_first(self):
        for text in ("", "DIN 933"):
            rows = [
                line
                for row in ROWS
                for line in (row[:5], [*([(190, text)] if text else []), *row[5:]], None)
            ]
            order = one(page(*HEAD, COLUMNS, *rows, NET))
            known = one(page(*HEAD, COLUMNS, *ROWS, None, NET))
            figures = [
                [(line.quantity, line.price_unit, line.price_subtotal) for line in paper.lines]
                for paper in (order, known)
            ]
            self.assertEqual(*figures)
            self.assertGreaterEqual(order.confidence, 0.95)

    def test_a_quantity_alone_in_the_second_row_belongs_to_the_money_in_the_first(self):
        rows = [line for row in ROWS for line in ([*row[:3], *row[5:]], row[3:5], None)]
        order = one(page(*HEAD, COLUMNS, *rows, NET))
        known = one(page(*HEAD, COLUMNS, *ROWS, None, NET))
        self.assertEqual(
            [(line.quantity, line.price_unit) for line in order.lines],
            [(line.quantity, line.price_unit) for line in known.lines],
        )

    def test_codes_of_two_owners_stand_under_each_other(self):
        columns = [*COLUMNS[:1], (90, "Unsere Art."), *COLUMNS[2:]]
        rows = [
            line
            for row, code in zip(ROWS, ("BPW6777", "MPS5945", "DLV8953"))
            for line in (row, [(90, code)])
        ]
        order = one(page(*HEAD, columns, [(90, "Ihre Art.")], *rows, None, NET))
        self.assertEqual(
            [(line.partner_code, line.our_code) for line in order.lines],
            [("A-100", "BPW6777"), ("B-205", "MPS5945"), ("C-310", "DLV8953")],
        )

    def test_a_heading_under_a_code_is_no_part_of_it(self):
        rows = [row[1:] for row in ROWS]
        order = one(page(*HEAD, COLUMNS[1:], *rows[:2], [(90, "PLUMBING")], rows[2], None, NET))
        self.assertEqual([line.partner_code for line in order.lines], ["A-100", "B-205", "C-310"])

    def test_codes_like_amounts_are_codes(self):
        rows = [
            [*row[:3], (300, code), *row[3:5]]
            for row, code in zip(ROWS, ("03111.88", "21092.53", "30101.25"))
        ]
        columns = [*COLUMNS[:3], (290, "Bestellnr. Lieferant"), *COLUMNS[3:5]]
        order = one(page(*HEAD, columns, *rows))
        self.assertEqual(
            [line.our_code for line in order.lines], ["03111.88", "21092.53", "30101.25"]
        )

    def test_a_sentence_with_a_number_is_no_item(self):
        columns = [(50, "Menge"), (120, "Bezeichnung"), (350, "Ihre Art.-Nr."), (480, "Preis")]
        rows = [
            [(50, row[3][1]), (120, row[2][1]), (350, row[1][1]), (485, row[5][1])] for row in ROWS
        ]
        sentence = [(50, "Liefern Sie bitte an unsere Filiale")], [(50, "26919 Brake, Kanal 22")]
        order = one(page(*HEAD, columns, *rows, None, *sentence))
        self.assertEqual(len(order.lines), 3)

    def test_codes_without_an_owner_cost_some_confidence_and_are_told(self):
        orders = {
            name: one(page(*HEAD, [COLUMNS[0], (90, name), *COLUMNS[2:]], *ROWS, None, NET))
            for name in ("Unsere Art.-Nr.", "Artikel-Nr.")
        }
        owned, unowned = orders.values()
        self.assertLess(unowned.confidence, owned.confidence)
        self.assertGreaterEqual(unowned.confidence, 0.95)
        self.assertIn("codes_unowned", [finding.code for finding in unowned.findings])
        self.assertNotIn("codes_unowned", [finding.code for finding in owned.findings])

    def test_a_label_of_the_head_with_a_code_under_an_item_without_codes_is_a_doubt(self):
        columns = [COLUMNS[0], *COLUMNS[2:]]
        rows = [[row[0], *row[2:]] for row in ROWS]
        under = [(190, "Kundennummer: A-4711")]
        plain = one(page(*HEAD, columns, *rows, None, NET))
        order = one(page(*HEAD, columns, rows[0], under, *rows[1:], None, NET))
        self.assertNotIn("unknown_labels", [finding.code for finding in plain.findings])
        self.assertIn("unknown_labels", [finding.code for finding in order.findings])
