from odoo.tests import BaseCase

from ..forecast.replenish import Need, Offer, Price, acceptable, top_up


def need(raw, *prices, daily=1.0, stock=0.0, due=0, rate=0.25, **offer):
    steps = tuple(Price(*step) for step in (prices or [(0, 5.0)]))
    return Need(raw, daily, Offer(steps, **offer), stock, rate, due)


def codes(found):
    return [step.code for step in found.steps]


class TestAcceptable(BaseCase):
    """The vendor takes it, and each change can be explained."""

    def test_enough_is_enough(self):
        found = acceptable(need(20))
        self.assertEqual((found.quantity, found.price, found.steps), (20, 5.0, ()))

    def test_minimum_100_on_a_need_of_20(self):
        found = acceptable(need(20, (100, 4.0)))
        self.assertEqual((found.quantity, found.price), (100, 4.0))
        self.assertEqual([(s.code, s.before, s.after) for s in found.steps], [("minimum", 20, 100)])
        self.assertEqual(acceptable(need(20, minimum=100)).quantity, 100)

    def test_five_dozen(self):
        found = acceptable(need(20 / 12, (5, 30.0), pack=1))
        self.assertEqual((found.quantity, found.price), (5, 30.0))
        found = acceptable(need(61 / 12, (5, 30.0), pack=1))
        self.assertEqual((found.quantity, codes(found)), (6, ["pack"]))

    def test_whole_packs_survive_binary_fractions(self):
        self.assertAlmostEqual(acceptable(need(0.3, pack=0.1)).quantity, 0.3)

    def test_price_break_90_to_100(self):
        found = acceptable(need(90, (0, 5.0), (100, 4.0), daily=3))
        self.assertEqual((found.quantity, found.price, codes(found)), (100, 4.0, ["price_break"]))

    def test_price_break_that_costs_more_to_hold(self):
        for dear in (
            need(90, (0, 5.0), (1000, 4.9), daily=1),  # a thousand days of stock
            need(90, (0, 5.0), (100, 4.999), daily=0.05),  # nearly no saving
            need(90, (0, 5.0), (100, 4.0), daily=0),  # nobody knows when it is sold
        ):
            self.assertEqual(acceptable(dear).quantity, 90)

    def test_price_of_zero_is_no_price(self):
        found = acceptable(need(20, (0, 0.0)))
        self.assertIsNone(found.price)
        self.assertTrue(found.must_wait)
        self.assertEqual(acceptable(need(90, (0, 5.0), (100, 0.0))).quantity, 90)

    def test_shelf_life(self):
        found = acceptable(need(90, daily=2, stock=10, shelf_days=30, pack=6))
        self.assertEqual((found.quantity, codes(found)), (48, ["shelf_life"]))

    def test_no_price_break_past_the_shelf_life(self):
        found = acceptable(need(90, (0, 5.0), (100, 1.0), daily=3, shelf_days=31))
        self.assertEqual(found.quantity, 90)

    def test_cover(self):
        found = acceptable(need(500, daily=2, cover_days=90))
        self.assertEqual((found.quantity, codes(found)), (180, ["cover"]))

    def test_minimum_against_cap_waits_for_a_person(self):
        found = acceptable(need(20, minimum=100, daily=1, cover_days=30))
        self.assertEqual(found.quantity, 100)
        self.assertTrue(found.must_wait)
        self.assertIn("unreachable", codes(found))

    def test_no_need_no_order(self):
        for raw in (0, -5):
            self.assertEqual(acceptable(need(raw, minimum=100)).quantity, 0)

    def test_steps_lead_from_need_to_quantity(self):
        found = acceptable(need(71, (0, 5), (80, 4.5), (100, 3.0), daily=4, minimum=75, pack=12))
        self.assertEqual(found.steps[0].before, found.raw)
        self.assertEqual(found.steps[-1].after, found.quantity)
        for one, next_one in zip(found.steps, found.steps[1:]):
            self.assertEqual(one.after, next_one.before)


class TestTopUp(BaseCase):
    """A vendor that delivers from 500 on."""

    def value(self, found):
        return sum(one.quantity * (one.price or 0) for one in found)

    def test_large_order_stays(self):
        found = top_up([need(120), need(50, due=5)], 500)
        self.assertEqual([one.quantity for one in found], [120, 0])

    def test_what_is_due_next_joins(self):
        found = top_up([need(60), need(30, due=20), need(50, due=5)], 500)
        self.assertEqual([one.quantity for one in found], [60, 0, 50])
        self.assertEqual(codes(found[2]), ["vendor_minimum"])

    def test_packs_are_added_to_the_shortest_cover(self):
        found = top_up([need(20, daily=5, pack=10), need(20, daily=0.5, pack=10)], 500)
        self.assertGreaterEqual(self.value(found), 500)
        self.assertEqual(found[1].quantity, 20)
        self.assertEqual(found[0].quantity, 80)
        self.assertEqual(codes(found[0]), ["vendor_minimum"])

    def test_never_past_a_cap(self):
        found = top_up([need(20, daily=1, cover_days=30)], 500)
        self.assertLessEqual(found[0].quantity, 30)
        self.assertLess(self.value(found), 500)

    def test_nothing_due_nothing_ordered(self):
        found = top_up([need(20, due=9), need(30, due=20)], 500)
        self.assertEqual([one.quantity for one in found], [0, 0])

    def test_far_needs_do_not_join(self):
        found = top_up([need(20, daily=1), need(90, due=200)], 300)
        self.assertEqual(found[1].quantity, 0)
        self.assertGreaterEqual(self.value(found), 300)
