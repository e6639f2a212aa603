import json
from random import Random

from odoo.tests import BaseCase

from ..matching.calibrate import Calibration, fit, foretold, shortfall, sigmoid
from ..matching.doubts import SHIPPED, is_weak, match_doubt, reading_doubts
from ..matching.reliability import reliability, wilson_low

TRUTH = Calibration(3.0, {"gap": 2.0, "noise": 0.0})


class TestCalibrate(BaseCase):
    """Stated probabilities come true."""

    def setUp(self):
        super().setUp()
        random = Random(5)
        self.cases = [
            {"gap": random.expovariate(1), "noise": random.expovariate(1)} for _ in range(1500)
        ]
        self.right = [random.random() < sigmoid(3.0 - 2.0 * case["gap"]) for case in self.cases]

    def test_prices_are_found_and_come_true(self):
        prior = Calibration(5.0, {"gap": 0.5, "noise": 0.5})
        model = fit(self.cases, self.right, prior)
        self.assertAlmostEqual(model.prices["gap"], 2.0, delta=0.4)
        self.assertLess(model.prices["noise"], 0.2)
        before = reliability([prior.apply(case) for case in self.cases], self.right)
        after = reliability(foretold(self.cases, self.right, prior), self.right)
        self.assertLess(after.log_loss, before.log_loss)
        self.assertLess(after.error, 0.05)

    def test_few_cases_leave_the_prior_as_it_is(self):
        model = fit([{"gap": 1.0}, {}], [True, True], TRUTH)
        self.assertAlmostEqual(model.prices["gap"], 2.0, delta=0.3)
        self.assertAlmostEqual(model.base, 3.0, delta=0.3)

    def test_no_doubt_ever_makes_anybody_surer(self):
        cases = [{"odd": float(index % 2)} for index in range(200)]
        model = fit(cases, [bool(index % 2) for index in range(200)], Calibration(1.0, {}))
        self.assertEqual(model.prices["odd"], 0.0)
        self.assertLessEqual(model.apply({"odd": 3.0}), model.apply({}))

    def test_one_kind_of_outcome_stays_finite(self):
        model = fit([{"gap": 1.0}] * 500, [True] * 500, SHIPPED)
        self.assertLess(model.apply({}), 1.0)

    def test_shares_add_up_to_what_is_lost(self):
        doubts = {"gap": 1.0, "noise": 2.0, "unheard": 9.0}
        shares = TRUTH.shares(doubts)
        self.assertAlmostEqual(sum(shares.values()), TRUTH.apply({}) - TRUTH.apply(doubts))
        self.assertEqual(set(shares), {"gap"})

    def test_json_keeps_it(self):
        again = Calibration.from_json(json.loads(json.dumps(TRUTH.to_json())))
        self.assertEqual(again, TRUTH)
        for nonsense in ({}, {"base": 1}, [], {"base": None, "prices": {}}):
            with self.assertRaises(ValueError):
                Calibration.from_json(nonsense)

    def test_nothing_to_learn_from(self):
        with self.assertRaises(ValueError):
            fit([], [], TRUTH)

    def test_a_reading_without_other_doubts_counts_as_it_is(self):
        for confidence in (0.3, 0.8, 0.97):
            self.assertAlmostEqual(SHIPPED.apply({"reading": shortfall(confidence)}), confidence, 2)

    def test_the_catalogue_bears_witness(self):
        alone = {doubt.code: doubt.value for doubt in reading_doubts(0.9, 0.0)}
        seen = {doubt.code: doubt.value for doubt in reading_doubts(0.9, 1.0)}
        self.assertGreater(SHIPPED.apply(seen), SHIPPED.apply(alone))

    def test_doubt_about_a_match(self):
        self.assertIsNone(match_doubt(["default_code", "description"], 0.01))
        self.assertEqual(match_doubt(["default_code", "conflict"], 0.5), "disputed")
        self.assertEqual(match_doubt(["code_in_description", "description"], 0.5), "hinted")
        self.assertEqual(match_doubt(["description"], 0.5), "described")
        self.assertEqual(match_doubt(["description"], 0.05), "narrow")

    def test_weak_signs_of_a_partner(self):
        self.assertTrue(is_weak(["similar_name", "city"]))
        self.assertFalse(is_weak(["similar_name", "vat"]))

    def test_reliability_counts_every_case_once(self):
        table = reliability([0.0, 0.5, 0.95, 1.0], [False, True, True, True])
        self.assertEqual(sum(bin_.cases for bin_ in table.bins), 4)
        self.assertEqual(table.bins[-1].observed, 1.0)
        self.assertLess(wilson_low(20, 20), 0.9, "twenty of twenty is not certainty")
