import numpy as np

from odoo.tests import BaseCase

from ..forecast.levels import Terms
from ..forecast.outlook import foresee
from ..forecast.select import contest, native_levels, replayed_as
from ..forecast.simulate import Played, play
from .test_forecast_outlook import MONDAY, items


class TestPlay(BaseCase):
    """The replay counts what a shop would have counted."""

    def run_levels(self, weeks, point, up_to, **facts):
        weeks = np.atleast_2d(np.asarray(weeks, float))
        point, up_to = np.full(weeks.shape, point), np.full(weeks.shape, up_to)
        n = len(weeks)
        return play(weeks, point, up_to, items(n, 7.0, **facts), Terms(), np.ones(n))

    def test_always_in_stock(self):
        run = self.run_levels(np.full(52, 10.0), 25.0, 50.0)
        self.assertEqual(run.sold[0], 520)

    def test_lost_sales_cost_their_margin(self):
        run = self.run_levels(np.full(52, 10.0), 0.0, 0.0)
        self.assertEqual((run.sold[0], run.lines[0], run.cost[0]), (0, 0, 520))

    def test_whole_packs(self):
        run = self.run_levels([30.0] + [0.0] * 51, 10.0, 35.0, pack=np.array([48.0]))
        self.assertAlmostEqual(run.stock[0], (5 + 15 + 53 * 51 - 48) / 52, delta=1)


class TestContest(BaseCase):
    """The forecast orders only where it would have been cheaper."""

    def contest(self, weeks, category=None, **facts):
        n = len(weeks)
        category = np.array(category or ["any"] * n)
        known = items(n, category=category)
        outlook = foresee(weeks, MONDAY, known)
        return contest(weeks, outlook, known, Terms(), np.full(n, 1.5), **facts)

    def test_short_past_decides_nothing(self):
        (verdict,) = self.contest(np.full((3, 15), 5.0))
        self.assertEqual(verdict.rule, "native")

    def test_cheaper_rule_wins_in_each_category(self):
        draw = np.random.default_rng(6)
        steady = draw.poisson(20, (20, 90))
        rare = draw.poisson(3, (20, 90)) * (draw.random((20, 90)) < 0.1)
        names = ["steady"] * 20 + ["rare"] * 20
        for verdict in self.contest(np.vstack([steady, rare]).astype(float), names):
            self.assertEqual(
                verdict.rule == "forecast", verdict.forecast.cost < verdict.native.cost
            )
            self.assertEqual(verdict.weeks, 52)

    def test_both_sides_are_told_in_figures_that_people_know(self):
        weeks = np.random.default_rng(9).poisson(12, (6, 90)).astype(float)
        (verdict,) = self.contest(weeks)
        for side in (verdict.forecast, verdict.native):
            self.assertEqual(side.asked_value, weeks[:, -52:].sum() * 3.5)
            self.assertTrue(0.8 * side.asked_value < side.sold_value <= side.asked_value)
            self.assertGreater(side.stock_value, 0)
            self.assertTrue(side.orders <= side.lines <= 6 * side.orders)

    def test_an_order_holds_the_lines_of_one_vendor_and_week(self):
        known = items(4, vendor=np.array(["a", "a", "b", "b"]))
        ordered = np.zeros((4, 52), bool)
        ordered[:2, 5] = ordered[2, 5] = ordered[3, 9] = True
        zeros = np.zeros(4)
        run = Played(zeros, ordered.sum(1), zeros, zeros, zeros, ordered)
        side = replayed_as(run, np.ones(4, bool), known, zeros)
        self.assertEqual((side.lines, side.orders), (4, 3))

    def test_handicap_gives_doubt_to_the_native_rule(self):
        weeks = np.random.default_rng(7).poisson(8, (20, 90)).astype(float)
        (free,), (hard,) = self.contest(weeks), self.contest(weeks, handicap=0.9)
        self.assertEqual(hard.rule, "native")
        self.assertEqual(free.forecast, hard.forecast)

    def test_native_rule_sees_nothing_of_the_future(self):
        weeks = np.random.default_rng(8).poisson(8, (5, 60)).astype(float)
        low, high = native_levels(weeks, items(5), 14)
        again, _high = native_levels(weeks[:, :40], items(5), 14)
        np.testing.assert_array_equal(low[:, :41], again)
        self.assertTrue((high >= low).all())
