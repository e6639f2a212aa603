from datetime import date
from decimal import Decimal

from odoo.tests import BaseCase

from ..matching.compare import Difference, Line, compare, count

MAY, JUNE = date(2031, 5, 6), date(2031, 6, 3)


def line(position, product, quantity, price=10, **values):
    """A line in pieces at a price of ten; ``None`` stays what a side does not say."""
    return Line(
        id=f"{position}/{product}",
        position=str(position) if position else None,
        product=product,
        quantity=None if quantity is None else Decimal(quantity),
        price=None if price is None else Decimal(price),
        **values,
    )


class TestCompare(BaseCase):
    def kinds(self, ordered, said):
        return [row.kind for row in compare(ordered, said)]

    def differences(self, ordered, said, **steps):
        """Field, old and new value of every row that answers a line of the order."""
        return [
            (item.field, item.old, item.new)
            for row in compare(ordered, said, **steps)
            for item in row.differences
        ]

    def test_same_lines_in_another_order_are_the_same(self):
        ordered = [line(1, "bolt", 5), line(2, "seal", 10), line(3, "nut", 2)]
        said = [line(1, "nut", 2), line(2, "bolt", 5), line(3, "seal", 10)]
        rows = compare(ordered, said)
        self.assertEqual([row.kind for row in rows], ["same"] * 3)
        self.assertEqual([row.ordered for row in rows], ordered)
        self.assertTrue(all(row.is_same for row in rows))
        self.assertFalse(count(rows))

    def test_every_field_that_changes_is_named_with_both_values(self):
        ordered = [line(1, "bolt", 5, date=MAY, discount=Decimal(10))]
        said = [line(1, "bolt", 8, 12, date=JUNE, discount=Decimal(5))]
        (row,) = compare(ordered, said)
        self.assertEqual(row.kind, "changed")
        self.assertEqual(
            row.differences,
            (
                Difference("quantity", Decimal(5), Decimal(8)),
                Difference("price", Decimal(10), Decimal(12)),
                Difference("discount", Decimal(10), Decimal(5)),
                Difference("date", MAY, JUNE),
            ),
        )
        self.assertEqual(count([row]), {"quantity": 1, "price": 1, "date": 1})

    def test_new_and_missing_lines(self):
        rows = compare(
            [line(1, "bolt", 5), line(2, "seal", 1)], [line(1, "seal", 1), line(2, "pump", 9)]
        )
        self.assertEqual([row.kind for row in rows], ["missing", "same", "added"])
        self.assertEqual(rows[2].said[0].product, "pump")
        self.assertEqual(count(rows), {"missing": 1, "added": 1})

    def test_other_product_at_the_same_position_is_a_substitution(self):
        (row,) = compare([line(1, "bolt", 5)], [line(1, "bolt zinc", 5, 11)])
        self.assertEqual(row.kind, "substituted")
        self.assertEqual([item.field for item in row.differences], ["product", "price"])

    def test_successor_is_found_by_its_wording_without_a_position(self):
        old = line(None, "a", 5, description="Hex bolt M8x40 zinc plated")
        new = line(None, "b", 5, description="Hex bolt M8x40 stainless, zinc plated")
        self.assertEqual(self.kinds([old], [new]), ["substituted"])
        other = line(None, "b", 5, description="Rubber boots size 44")
        self.assertEqual(self.kinds([old], [other]), ["missing", "added"])

    def test_line_without_a_product_is_paired_by_code_position_or_words(self):
        ordered = [
            line(1, "a", 5, codes=frozenset({"hb0840"})),
            line(2, "b", 7, description="Sealing ring 20 mm NBR"),
            line(3, "c", 9),
        ]
        said = [
            line(3, None, 9),
            line(8, None, 7, description="sealing ring NBR 20 mm"),
            line(9, None, 5, codes=frozenset({"hb0840", "4006381333931"})),
        ]
        self.assertEqual(self.kinds(ordered, said), ["same"] * 3)

    def test_two_lines_of_one_product_are_paired_by_their_figures(self):
        ordered = [line(1, "bolt", 5, date=MAY), line(2, "bolt", 10, date=JUNE)]
        said = [line(1, "bolt", 10, date=JUNE), line(2, "bolt", 5, date=MAY)]
        self.assertEqual(self.kinds(ordered, said), ["same", "same"])

    def test_two_lines_of_one_product_keep_their_positions_where_figures_do_not_tell(self):
        ordered = [line(1, "bolt", 5), line(2, "bolt", 10)]
        said = [line(1, "bolt", 10), line(2, "bolt", 5)]
        self.assertEqual(
            self.differences(ordered, said), [("quantity", 5, 10), ("quantity", 10, 5)]
        )

    def test_split_delivery_is_one_row(self):
        ordered = [line(1, "bolt", 10, date=MAY), line(2, "seal", 1)]
        said = [line(1, "bolt", 6, date=MAY), line(2, "bolt", 4, date=JUNE), line(3, "seal", 1)]
        split, same = compare(ordered, said)
        self.assertEqual((split.kind, same.kind), ("split", "same"))
        self.assertEqual(split.said, tuple(said[:2]))
        self.assertEqual(split.differences, (Difference("date", MAY, JUNE),))

    def test_split_without_another_day_is_nothing_to_decide(self):
        (row,) = compare([line(1, "bolt", 10)], [line(1, "bolt", 6), line(2, "bolt", 4)])
        self.assertEqual(row.kind, "split")
        self.assertTrue(row.is_same)

    def test_partial_split_says_how_many_are_left(self):
        self.assertEqual(
            self.differences([line(1, "bolt", 10)], [line(1, "bolt", 6), line(2, "bolt", 2)]),
            [("quantity", 10, 8)],
        )

    def test_line_beside_one_that_is_answered_in_full_is_new(self):
        rows = compare([line(1, "bolt", 10)], [line(1, "bolt", 10), line(2, "bolt", 4)])
        self.assertEqual([row.kind for row in rows], ["same", "added"])

    def test_part_takes_no_other_lines_place(self):
        ordered = [line(1, "bolt", 10), line(2, "seal", 1)]
        self.assertEqual(
            self.kinds(ordered, [line(1, "bolt", 6), line(2, "bolt", 4)]), ["split", "missing"]
        )

    def test_parts_go_where_most_is_open(self):
        ordered = [line(1, "bolt", 10), line(2, "bolt", 100)]
        said = [line(1, "bolt", 10), line(2, "bolt", 60), line(3, "bolt", 40)]
        self.assertEqual(self.kinds(ordered, said), ["same", "split"])

    def test_units_are_converted_before_they_are_compared(self):
        boxes = line(1, "bolt", 2, 120, factor=Decimal(12))
        self.assertEqual(self.kinds([boxes], [line(1, "bolt", 24, 10)]), ["same"])
        self.assertEqual(
            self.differences([boxes], [line(1, "bolt", 36, 11)]),
            [("quantity", 2, 3), ("price", 120, 132)],
        )

    def test_net_price_without_discount_is_the_same_price(self):
        ordered = [line(1, "bolt", 5, 100, discount=Decimal(10))]
        self.assertEqual(self.kinds(ordered, [line(1, "bolt", 5, 90)]), ["same"])
        self.assertEqual(
            self.differences(ordered, [line(1, "bolt", 5, 100)]), [("discount", 10, 0)]
        )

    def test_rounding_is_no_difference(self):
        dozens = line(1, "bolt", "2.08", "1.20", factor=Decimal(12))
        said = [line(1, "bolt", 25, "0.1")]
        self.assertEqual(self.kinds([dozens], said), ["same"])
        finer = {"quantity_step": Decimal("0.001"), "price_step": Decimal("0.0001")}
        self.assertEqual(
            [item[0] for item in self.differences([dozens], said, **finer)], ["quantity"]
        )

    def test_price_of_a_hundred_differs_by_less_than_a_cent(self):
        ordered = [line(1, "bolt", 5000, "0.12")]
        self.assertEqual(
            self.differences(ordered, [line(1, "bolt", 5000, "0.124")]),
            [("price", Decimal("0.12"), Decimal("0.124"))],
        )
        third = str(Decimal("0.36") / 3 + Decimal("0.0000001"))
        self.assertEqual(self.kinds(ordered, [line(1, "bolt", 5000, third)]), ["same"])

    def test_what_a_side_does_not_say_is_no_difference(self):
        ordered = [line(1, "bolt", 5), line(2, "seal", 1, date=MAY)]
        said = [line(1, "bolt", None, None, date=MAY), line(2, "seal", 1, None)]
        self.assertEqual(self.kinds(ordered, said), ["same", "same"])

    def test_nothing_against_something(self):
        self.assertEqual(self.kinds([], [line(1, "bolt", 1)]), ["added"])
        self.assertEqual(self.kinds([line(1, "bolt", 1)], []), ["missing"])
        self.assertFalse(compare([], []))
