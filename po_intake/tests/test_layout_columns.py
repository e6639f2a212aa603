"""Tables whose heads no list knows: cells say where columns are, figures say what they hold."""

from odoo.tests import BaseCase

from ..extraction.layout.likeness import likely_kinds
from .test_layout import COLUMNS, HEAD, LETTER, item, one, page

ROWS = (
    item("10", "A-100", "Bolt M8", "15", "Stk", "2,00", "30,00"),
    item("20", "B-205", "Washer galvanised M8", "10", "Stk", "0,50", "5,00"),
    item("30", "C-310", "Nut M8 steel", "4", "Stk", "0,25", "1,00"),
)
NET = [(380, "Summe netto"), (520, "36,00")]


def under(**heads):
    """The head of the table with other words over some of its columns."""
    names = ("pos", "code", "text", "quantity", "unit", "price", "amount")
    return [
        (x, heads.get(name, text)) for name, (x, text) in zip(names, COLUMNS) if heads.get(name, 1)
    ]


class TestColumns(BaseCase):
    def order(self, columns, *rows, net=NET):
        return one(page(*HEAD, columns, *(rows or ROWS), None, net))

    def values(self, order):
        return [(line.quantity, line.uom, line.price_unit) for line in order.lines]

    def codes(self, order):
        return {finding.code for finding in order.findings}

    def setUp(self):
        super().setUp()
        self.known = self.order(COLUMNS)
        self.assertEqual(len(self.known.lines), 3)
        self.assertGreaterEqual(self.known.confidence, 0.95)

    def test_figures_name_columns_that_no_list_knows(self):
        order = self.order(under(quantity="Zwurb", amount="Grumpf"))
        self.assertEqual(self.values(order), self.values(self.known))
        self.assertNotIn("unknown_column", self.codes(order))
        self.assertGreaterEqual(order.confidence, 0.95)

    def test_what_no_figures_prove_is_not_trusted(self):
        once = [row[:5] for row in ROWS]
        order = self.order(under(quantity="Zwurb", price=None, amount=None), *once, net=None)
        self.assertLess(order.confidence, 0.95)

    def test_a_head_is_missing(self):
        order = self.order(under(unit=None))
        self.assertEqual(self.values(order), self.values(self.known))

    def test_a_slash_parts_two_names_of_one_column(self):
        heads = [(x, "Artigo / V. Ref." if x == 90 else text) for x, text in COLUMNS if x != 190]
        names = ("Massa branca", "Pano grande", "Lata verde", "Fita larga")
        rows = []
        for number, (row, name) in enumerate(zip((*ROWS, ROWS[0]), names)):
            rows.append([(90, name), *(part for part in row if part[0] not in (90, 190))])
            rows.append([(90, f"V. Ref. XA{number}7001")])
        order = self.order(heads, *rows, net=None)
        self.assertEqual(
            [(line.description, line.our_code) for line in order.lines],
            [(name, f"XA{number}7001") for number, name in enumerate(names)],
        )

    def test_a_name_of_several_words_is_one_column(self):
        order = self.order(under(text="Zwurbel der Ware und Name"))
        self.assertEqual(
            [line.description for line in order.lines],
            [line.description for line in self.known.lines],
        )

    def test_figures_outweigh_a_head_that_its_cells_do_not_suit(self):
        order = self.order(under(price="Preiseinheit"))
        self.assertEqual(self.values(order), self.values(self.known))

    def test_a_price_that_no_figures_need_is_not_taken(self):
        rows = [
            [*row[:5], (440 - LETTER * 5, more), *row[5:]]
            for row, more in zip(ROWS, ("99,00", "77,00", "88,00"))
        ]
        columns = [*COLUMNS[:4], (380, "ME"), (415, "Listenpreis"), (466, "Preis"), COLUMNS[6]]
        rows = [[*row[:4], (382, "Stk"), (445 - LETTER * 5, row[5][1]), *row[6:]] for row in rows]
        order = self.order(columns, *rows)
        self.assertEqual(self.values(order), self.values(self.known))

    def test_whose_codes_an_unknown_head_names_is_a_doubt(self):
        order = self.order(under(code="Zwurbelnr."))
        codes = [line.partner_code or line.our_code for line in order.lines]
        self.assertEqual(codes, ["A-100", "B-205", "C-310"])
        self.assertIn("codes_unnamed", self.codes(order))
        self.assertLess(order.confidence, 0.95)

    def test_heads_stand_left_of_their_figures(self):
        columns = [(x - 12 if x > 300 else x, text) for x, text in COLUMNS]
        self.assertEqual(self.values(self.order(columns)), self.values(self.known))

    def test_a_text_that_runs_under_the_figures_stays_one(self):
        below = [(190, "for machines with a long name, 12 mm wide, 4 x")]
        rows = [line for row in ROWS for line in (row, below)]
        order = self.order(COLUMNS, *rows)
        self.assertEqual(self.values(order), self.values(self.known))
        for line in order.lines:
            self.assertTrue(line.description.endswith("12 mm wide, 4 x"), line.description)

    def test_a_code_over_its_text_in_one_column(self):
        columns = [(50, "Pos."), (90, "Unsere Art.-Nr. / Bezeichnung"), *COLUMNS[3:]]
        rows = []
        for row in ROWS:
            rows += [[row[0], row[1], *row[3:]], [(90, row[2][1])]]
        order = self.order(columns, *rows)
        self.assertEqual(self.values(order), self.values(self.known))
        for line, known in zip(order.lines, self.known.lines):
            self.assertEqual(line.partner_code, known.partner_code)
            self.assertEqual(line.description, known.description)

    def test_a_price_for_a_hundred(self):
        right = lambda x, value: (x - LETTER * len(value), value)  # noqa: E731
        rows = [
            [(50, pos), (90, code), (190, "Bolt M8"), right(380, count), right(430, price),
             right(470, "100"), right(545, amount)]
            for pos, code, count, price, amount in (
                ("10", "A-100", "500", "12,00", "60,00"),
                ("20", "B-205", "250", "8,00", "20,00"),
            )
        ]  # fmt: skip
        columns = [*COLUMNS[:3], (350, "Menge"), (405, "Zwurb"), (450, "Grumpf"), (510, "Gesamt")]
        order = self.order(columns, *rows, net=[(380, "Summe netto"), (520, "80,00")])
        self.assertEqual([str(line.price_unit) for line in order.lines], ["0.12", "0.08"])

    def test_the_next_page_has_the_same_columns(self):
        columns = under(pos="Zwurb", code="Unsere Zwurbelnr.")
        last = item("40", "777123", "Nut M8", "4", "Stk", "0,25", "1,00")
        net = [(380, "Summe netto"), (520, "37,00")]
        order = one(page(*HEAD, columns, *ROWS), page(columns, last, None, net, number=2))
        first, other = order.lines[0], order.lines[3]
        self.assertEqual(other.description, "Nut M8")
        for key, code in (("partner_code", "777123"), ("our_code", "777123")):
            self.assertEqual(getattr(other, key), code if getattr(first, key) else None)

    def test_a_bar_code_in_front_of_every_text_is_a_doubt(self):
        rows = [
            item(pos, code, f"{number} Bolt", "10", "Stk", "2,00", "20,00")
            for pos, code, number in (
                ("10", "A-100", "4012345678901"),
                ("20", "B-205", "4012345678918"),
            )
        ]
        order = self.order(COLUMNS, *rows, net=[(380, "Summe netto"), (520, "40,00")])
        self.assertLess(order.confidence, 0.95)

    def test_an_owner_goes_with_the_word_behind_him(self):
        """In tight heads blanks mislead: it is not "No. your" and "No. Description"."""
        heads = [(50, "Pos."), (74, "Art.-Nr. Ihre"), (144, "Art.-Nr. Bezeichnung"), *COLUMNS[3:]]
        rows = [
            [(50, str(n)), (74, f"7-{n}501"), (116, f"KM-88{n}"), (187, "Bolt M8"), *row[3:]]
            for n, row in enumerate(ROWS, 1)
        ]
        order = self.order(heads, *rows)
        self.assertEqual(order.lines[0].our_code, "KM-881")

    def test_two_codes_under_each_other_are_not_believed_to_be_one(self):
        rows = []
        for number, row in enumerate(ROWS):
            rows += [[*row[:1], (90, f"45998{number}5"), *row[2:]], [(90, f"VGK66{number}2")]]
        order = self.order(COLUMNS, *rows)
        self.assertLess(order.confidence, 0.95)


class TestLikeness(BaseCase):
    def test_heads_resemble_those_of_their_kind(self):
        for key, kind in (
            ("unseretechniknummer", "code_own"),
            ("bestmengenangabe", "quantity"),
            ("unitpricenett", "price"),
            ("nombredelarticle", "description"),
        ):
            kinds = likely_kinds(key)
            self.assertEqual(max(kinds, key=kinds.get), kind, key)

    def test_a_word_like_no_other_says_nothing(self):
        self.assertEqual(likely_kinds("zqwxj"), {})
        self.assertEqual(likely_kinds(""), {})
