import numpy as np

from odoo.tests import BaseCase

from ..forecast.levels import Terms
from ..forecast.outlook import foresee
from ..forecast.select import contest, native_levels
from ..forecast.simulate import play
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
                verdict.rule == "forecast", verdict.forecast_cost < verdict.native_cost
            )
            self.assertEqual(verdict.weeks, 52)

    def test_handicap_gives_doubt_to_the_native_rule(self):
        weeks = np.random.default_rng(7).poisson(8, (20, 90)).astype(float)
        (free,), (hard,) = self.contest(weeks), self.contest(weeks, handicap=0.9)
        self.assertEqual(hard.rule, "native")
        self.assertEqual(free.forecast_cost, hard.forecast_cost)

    def test_native_rule_sees_nothing_of_the_future(self):
        weeks = np.random.default_rng(8).poisson(8, (5, 60)).astype(float)
        low, high = native_levels(weeks, items(5), 14)
        again, _high = native_levels(weeks[:, :40], items(5), 14)
        np.testing.assert_array_equal(low[:, :41], again)
        self.assertTrue((high >= low).all())
