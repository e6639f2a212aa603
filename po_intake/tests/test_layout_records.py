"""Items printed as blocks of labels and values, without any table."""

from decimal import Decimal

from odoo.tests import BaseCase

from .test_layout import HEAD, one, page

GOODS = (
    ("A-100", "Bolt M8 zinc", "1.500 Stk", "0,24 EUR", "360,00 EUR"),
    ("A-200", "Washer M8", "200 Stk", "0,04 EUR", "8,00 EUR"),
    ("A-350", "Rubber ring", "12 m", "2,45 EUR", "29,40 EUR"),
)
LABELS = ("Unsere Art.-Nr.:", "Bezeichnung:", "Menge:", "Einzelpreis:", "Gesamt:")
EXPECTED = [
    ("A-100", "Bolt M8 zinc", 1500, "Stk", Decimal("0.24")),
    ("A-200", "Washer M8", 200, "Stk", Decimal("0.04")),
    ("A-350", "Rubber ring", 12, "m", Decimal("2.45")),
]
NET = [(380, "Summe netto"), (510, "397,40 EUR")]


def block(goods, labels=LABELS, x=50, value=170):
    return [[(x, label), (value, text)] for label, text in zip(labels, goods)]


class TestRecords(BaseCase):
    def values(self, order):
        return [
            (line.partner_code, line.description, line.quantity, line.uom, line.price_unit)
            for line in order.lines
        ]

    def test_a_label_on_each_line_with_and_without_blanks_between_blocks(self):
        for between in ([None], []):
            lines = [line for goods in GOODS for line in (*block(goods), *between)]
            order = one(page(*HEAD, *lines, None, NET))
            self.assertEqual(self.values(order), EXPECTED)
            self.assertEqual(order.amount_untaxed, Decimal("397.40"))
            self.assertGreaterEqual(order.confidence, 0.95)

    def test_several_labels_on_a_line_under_a_numbered_title(self):
        lines = []
        for number, (code, name, quantity, price, amount) in enumerate(GOODS, 1):
            lines += [
                [(50, f"Position {number}: {name}")],
                [(60, f"Unsere Art.-Nr.: {code}"), (300, f"Menge: {quantity}")],
                [(60, f"Einzelpreis: {price} | Gesamt: {amount}")],
                None,
            ]
        self.assertEqual(self.values(one(page(*HEAD, *lines, NET))), EXPECTED)

    def test_blocks_beside_each_other_are_read_row_by_row(self):
        cards = [
            [[(0, goods[1])], *block(goods[:1] + goods[2:], LABELS[:1] + LABELS[2:], 0, 110)]
            for goods in GOODS
        ]
        beside = [
            [*left, *((x + 280, text) for x, text in right)]
            for left, right in zip(cards[0], cards[1])
        ]
        rows = [[(x + 50, text) for x, text in line] for line in (*beside, *cards[2])]
        order = one(page(*HEAD, *rows[:5], None, *rows[5:], None, NET))
        self.assertEqual(self.values(order), EXPECTED)

    def test_labels_over_their_values(self):
        lines = []
        for code, name, *figures in GOODS:
            lines += [
                [(50, name)],
                [(x, text) for x, text in zip((50, 160, 250, 350), (LABELS[0], *LABELS[2:]))],
                [(x, text) for x, text in zip((50, 160, 250, 350), (code, *figures))],
                None,
            ]
        self.assertEqual(self.values(one(page(*HEAD, *lines, NET))), EXPECTED)

    def test_a_block_goes_on_on_the_next_page(self):
        lines = [line for goods in GOODS for line in (*block(goods), None)]
        order = one(
            page(*HEAD, *lines[:8]),
            page([(50, "Alder Works GmbH"), (480, "Seite: 2")], None, *lines[8:], NET, number=2),
        )
        self.assertEqual(self.values(order), EXPECTED)

    def test_texts_in_several_lines_belong_to_their_block(self):
        lines = [line for goods in GOODS for line in (*block(goods), None)]
        lines.insert(2, [(170, "DIN 933, verzinkt")])
        order = one(page(*HEAD, *lines, NET))
        self.assertIn("DIN 933, verzinkt", order.lines[0].description)
        self.assertEqual(self.values(order)[1:], EXPECTED[1:])

    def test_a_label_that_nobody_knows_is_a_doubt(self):
        labels = ("Zwurbel:", *LABELS)
        lines = [
            line
            for at, goods in enumerate(GOODS)
            for line in (*block((f"Q7-{at}", *goods), labels), None)
        ]
        order = one(page(*HEAD, *lines, NET))
        self.assertEqual(
            [value[2:] for value in self.values(order)], [value[2:] for value in EXPECTED]
        )
        self.assertLess(order.confidence, 0.95)

    def test_labels_of_the_head_are_no_items(self):
        self.assertEqual(one(page(*HEAD, [(50, "Menge:"), (170, "siehe Anlage")])).lines, ())

    def test_a_block_without_a_quantity_is_kept_and_told(self):
        lines = [line for goods in GOODS for line in (*block(goods), None)]
        del lines[8]
        order = one(page(*HEAD, *lines, NET))
        self.assertEqual([line.quantity for line in order.lines], [1500, None, 12])
        self.assertLess(order.confidence, 0.95)

    def test_heads_of_pages_are_no_titles_of_blocks(self):
        lines = [line for goods in GOODS for line in block(goods)]
        order = one(
            page(*HEAD, *lines[:10]),
            page([(50, "Alder Works GmbH"), (480, "26-1044")], None, *lines[10:], NET, number=2),
        )
        self.assertEqual(self.values(order), EXPECTED)

    def test_a_code_and_a_name_in_front_of_the_labels(self):
        lines = []
        for code, name, quantity, price, amount in GOODS:
            lines += [
                [(50, code), (130, name)],
                [
                    (50, f"Menge {quantity}"),
                    (200, f"Einzelpreis {price}"),
                    (400, f"Gesamt {amount}"),
                ],
                None,
            ]
        order = one(page(*HEAD, *lines, NET))
        self.assertEqual(
            [(line.our_code, *value[1:]) for line, value in zip(order.lines, self.values(order))],
            EXPECTED,
        )
        self.assertLess(order.confidence, 0.95)

    def test_a_label_that_some_blocks_have(self):
        lines = []
        for goods, less in zip(GOODS, (None, "10 %", "10 %")):
            amount = {"A-200": "7,20 EUR", "A-350": "26,46 EUR"}.get(goods[0], goods[4])
            parts = block((*goods[:4], amount))
            lines += [
                *parts[:4],
                *([[(50, "Rabatt:"), (170, less)]] if less else []),
                parts[4],
                None,
            ]
        order = one(page(*HEAD, *lines, [(380, "Summe netto"), (510, "393,66 EUR")]))
        self.assertEqual([line.discount for line in order.lines], [None, 10, 10])
        self.assertEqual(order.amount_untaxed, Decimal("393.66"))

    def test_columns_of_blocks_that_are_not_level_are_read_one_after_the_other(self):
        first, second, third = (block(goods, x=0, value=110) for goods in GOODS)
        left = [[(50 + x, text) for x, text in line] for line in (*first, *second)]
        right = [None, *([(330 + x, text) for x, text in line] for line in third)]
        rows = [
            [*line, *(right[at] or ())] if at < len(right) else line for at, line in enumerate(left)
        ]
        order = one(page(*HEAD, *rows, None, NET))
        self.assertEqual(self.values(order), EXPECTED)

    def test_a_code_in_front_of_the_name_is_not_the_name_beside_a_code_of_the_buyer(self):
        lines = []
        for number, goods in enumerate(GOODS):
            title = [(50, f"K-10{number} {goods[1]}")]
            lines += [title, *block(goods[:1] + goods[2:], LABELS[:1] + LABELS[2:]), None]
        order = one(page(*HEAD, *lines, NET))
        self.assertEqual([line.our_code for line in order.lines], ["K-100", "K-101", "K-102"])
        self.assertEqual(self.values(order), EXPECTED)
        self.assertLess(order.confidence, 0.95)

    def test_a_block_whose_first_label_is_missing_is_told(self):
        lines = [line for goods in GOODS for line in (*block(goods), None)]
        del lines[6:8]
        order = one(page(*HEAD, *lines))
        self.assertEqual(len(order.lines), 2)
        self.assertIn("rows_unread", [finding.code for finding in order.findings])
        self.assertLess(order.confidence, 0.95)
