import numpy as np

from odoo.tests import BaseCase

from ..forecast.levels import Terms, in_release_week, release_every, reorder_levels
from ..forecast.methods import combined
from ..forecast.outlook import Items, foresee
from ..forecast.projection import project
from ..forecast.series import cap_bulk, fill_gaps, weekly

MONDAY = np.datetime64("2026-06-01")


def items(n, lead=14.0, **facts):
    facts = {
        "category": np.array(["any"] * n),
        "vendor": np.ones(n, int),
        "lead_days": np.full(n, lead),
        "cost": np.full(n, 2.0),
        "pack": np.ones(n),
    } | facts
    return Items(**facts)


def outlook(weeks, monday=MONDAY, **facts):
    weeks = np.atleast_2d(np.asarray(weeks, float))
    return foresee(weeks, monday, items(len(weeks), **facts))


class TestDemand(BaseCase):
    """What the history of an item says."""

    def test_steady_item(self):
        found = outlook(np.full((1, 60), 7.0))
        np.testing.assert_allclose(found.weekly(), 7.0, rtol=0.02)
        np.testing.assert_allclose(found.demand(found.span), [15.0], rtol=0.02)

    def test_one_bulk_order_does_not_triple_the_forecast(self):
        calm = np.random.default_rng(1).poisson(10, (1, 60)).astype(float)
        bulk = calm.copy()
        bulk[0, -2] = 1000
        self.assertLess(outlook(bulk).level[0], 2.5 * outlook(calm).level[0])
        self.assertLess(cap_bulk(bulk)[0, -2], 70)

    def test_dead_item_fades_out(self):
        weeks = np.zeros((1, 104))
        weeks[0, :40] = 20
        found = outlook(weeks)
        levels = reorder_levels(found, items(1), Terms(), 0.95)
        self.assertLess(found.level[0], 0.02)
        self.assertEqual(levels.order_up_to[0], 0)

    def test_fading_falls_with_every_quiet_week(self):
        weeks = np.zeros((1, 40))
        weeks[0, :20] = 8
        level = combined(weeks)[0]
        self.assertTrue((np.diff(level[20:]) < 0).all())

    def test_new_item_borrows_from_its_category(self):
        weeks = np.zeros((8, 60))
        weeks[:3], weeks[3:6] = 50, 5
        category = np.array(["fast"] * 3 + ["slow"] * 3 + ["fast", "slow"])
        new = np.arange(8) >= 6
        found = foresee(weeks, MONDAY, items(8, category=category), launched=new)
        np.testing.assert_allclose(found.level[6:], [50, 5], rtol=0.05)
        unplanned = foresee(weeks, MONDAY, items(8, category=category))
        np.testing.assert_array_equal(unplanned.level[6:], 0)

    def test_own_weeks_soon_outweigh_the_category(self):
        weeks = np.full((4, 60), 50.0)
        weeks[3] = 0
        weeks[3, -10:] = 5
        self.assertLess(outlook(weeks).level[3], 15)

    def test_nothing_ever_sold(self):
        for past in (0, 1, 30, 80):
            found = outlook(np.zeros((3, past)))
            levels = reorder_levels(found, items(3), Terms(), 0.9)
            np.testing.assert_array_equal(levels.order_up_to, 0)

    def test_weeks_without_stock_are_not_weeks_without_demand(self):
        weeks = np.full((1, 20), 10.0)
        weeks[0, 12:16], weeks[0, 16] = 0, 5
        empty = np.zeros((1, 20))
        empty[0, 12:16], empty[0, 16] = 1.0, 0.5
        np.testing.assert_allclose(fill_gaps(weeks, empty), 10.0)

    def test_days_to_weeks(self):
        np.testing.assert_array_equal(weekly(np.ones((2, 21))), np.full((2, 3), 7))

    def test_each_item_is_judged_by_itself(self):
        """Thousands at once give what one by one would, but for what is pooled on purpose."""
        weeks = np.random.default_rng(2).poisson(4, (6, 45)).astype(float)
        together = combined(weeks)
        for row in range(6):
            np.testing.assert_allclose(combined(weeks[row : row + 1])[0], together[row])


class TestSeason(BaseCase):
    """What is sold in one part of the year is ordered before it."""

    def setUp(self):
        super().setUp()
        week = np.arange(104)
        self.monday = np.datetime64("2026-01-05") + np.timedelta64(7 * 104, "D")
        winter = (week % 52 >= 44) & (week % 52 < 51)
        draw = np.random.default_rng(3)
        self.weeks = draw.poisson(np.where(winter, 30.0, 3.0), (40, 104)).astype(float)

    def at(self, weeks_before_end):
        """The outlook some weeks before the end of the two years."""
        cut = self.weeks[:, : 104 - weeks_before_end]
        monday = self.monday - np.timedelta64(7 * weeks_before_end, "D")
        return outlook(cut, monday, lead=28.0)

    def test_ordered_before_its_season(self):
        summer, autumn = self.at(30), self.at(10)
        quiet = reorder_levels(summer, items(40, 28.0), Terms(), 0.9)
        ready = reorder_levels(autumn, items(40, 28.0), Terms(), 0.9)
        self.assertGreater(np.median(ready.reorder_point), 2 * np.median(quiet.reorder_point))

    def test_not_filled_up_after_it(self):
        ahead = self.at(2).demand(np.full(40, 8.0))
        before = self.at(10).demand(np.full(40, 8.0))
        self.assertLess(np.median(ahead), 0.6 * np.median(before))

    def test_a_rare_item_shares_the_season_of_its_kind_not_of_its_category(self):
        week = np.arange(104) % 52
        winter, summer = (week >= 43) & (week < 51), (week >= 22) & (week < 30)
        when = np.where((np.arange(120) % 2 == 0)[:, None], winter, summer)
        weeks = np.random.default_rng(5).poisson(np.where(when, 0.8, 0.02)).astype(float)
        found = outlook(weeks[:, :94], self.monday - np.timedelta64(70, "D"))
        coming = found.season[:, 2:8].mean(1)
        self.assertGreater(np.median(coming[::2]), 3 * np.median(coming[1::2]))

    def test_no_season_in_less_than_a_year(self):
        np.testing.assert_array_equal(outlook(self.weeks[:, 44:90]).season, 1.0)

    def test_promotion(self):
        plan = np.ones((1, 52))
        plan[0, 2:4] = 3
        found = foresee(np.full((1, 30), 10.0), MONDAY, items(1), uplift=plan)
        np.testing.assert_allclose(found.weekly()[0, 1:5], [10, 30, 30, 10], rtol=0.02)


class TestLevels(BaseCase):
    """When to order, and how much of it."""

    def setUp(self):
        super().setUp()
        weeks = np.random.default_rng(4).poisson(12, (30, 70)).astype(float)
        self.weeks, self.outlook = weeks, outlook(weeks)

    def levels(self, safety=0.9, terms=None, n=30, **facts):
        return reorder_levels(self.outlook, items(n, **facts), terms or Terms(), safety)

    def test_promised_service_is_kept(self):
        """Of the lead times that followed, about the promised share was covered."""
        draw = np.random.default_rng(5)
        later = draw.poisson(12 * 15 / 7, (400, 30))
        for safety in (0.8, 0.95):
            covered = (later <= self.levels(safety).reorder_point).mean()
            self.assertAlmostEqual(covered, safety, delta=0.07)

    def test_more_safety_is_more_stock(self):
        low, high = self.levels(0.8), self.levels(0.98)
        self.assertTrue((high.reorder_point > low.reorder_point).all())

    def test_unreliable_vendor_needs_more(self):
        late = foresee(self.weeks, MONDAY, items(30, lead_spread=np.full(30, 10.0)))
        levels = reorder_levels(late, items(30), Terms(), 0.95)
        self.assertTrue((levels.reorder_point > self.levels(0.95).reorder_point).all())

    def test_dear_items_are_bought_in_small_lots(self):
        cost = np.where(np.arange(30) < 15, 0.5, 200.0)
        levels = self.levels(cost=cost)
        lot = levels.order_up_to - levels.reorder_point
        self.assertGreater(lot[:15].min(), 3 * lot[15:].max())

    def test_items_of_a_vendor_go_together(self):
        every = release_every(self.outlook, items(30), Terms(order_cost=150.0))
        self.assertGreater(every.min(), 1)
        vendor = np.ones(30, int)
        weeks = [
            in_release_week(MONDAY + np.timedelta64(7 * step, "D"), every, vendor)[0]
            for step in range(2 * int(every[0]))
        ]
        self.assertEqual(sum(weeks), 2)
        points = {
            release: reorder_levels(
                self.outlook, items(30), Terms(), 0.9, every=every, release=np.full(30, release)
            ).reorder_point
            for release in (True, False)
        }
        self.assertTrue((points[True] > points[False]).all())

    def test_band_holds_the_forecast(self):
        low, high = self.outlook.interval(0.9)
        total = np.cumsum(self.outlook.weekly(), axis=1)
        self.assertTrue((low < total).all() and (total < high).all())

    def test_stock_out_and_order_by(self):
        found = outlook(np.full((4, 30), 7.0), lead=10.0)
        none = np.zeros((4, 0))
        coming = np.zeros((4, 30))
        coming[1, 15] = 100
        promised = np.zeros((4, 5))
        promised[3, 2] = 500
        run = project(found, items(4, 10.0), np.array([20.0, 20, 1e6, 20]), coming, promised)
        self.assertEqual(run.stock_out[[0, 2, 3]].tolist(), [20, -1, 2])
        self.assertEqual(run.order_by[[0, 2, 3]].tolist(), [10, -1, 0])
        self.assertGreater(run.stock_out[1], 110)
        alone = project(found, items(4, 10.0), np.full(4, 20.0), none, none)
        self.assertEqual(alone.stock_out.tolist(), [20] * 4)
