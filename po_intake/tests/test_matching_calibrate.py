import json
from random import Random

from odoo.tests import BaseCase

from ..matching.calibrate import fit_isotonic, fit_logistic, from_json
from ..matching.reliability import reliability, wilson_low


class TestCalibrate(BaseCase):
    """Stated probabilities come true."""

    def setUp(self):
        super().setUp()
        random = Random(5)
        self.scores = [random.random() for _ in range(4000)]
        self.right = [random.random() < score**2 for score in self.scores]

    def test_isotonic_learns_a_bent_scale(self):
        before = reliability(self.scores, self.right)
        curve = fit_isotonic(self.scores, self.right)
        after = reliability([curve.apply(score) for score in self.scores], self.right)
        self.assertLess(after.error, before.error / 5)
        self.assertAlmostEqual(curve.apply(0.7), 0.49, delta=0.05)

    def test_isotonic_never_falls(self):
        curve = fit_isotonic(self.scores[:60], self.right[:60])
        values = [curve.apply(x / 100) for x in range(-10, 120)]
        self.assertEqual(values, sorted(values))

    def test_few_lucky_cases_promise_no_certainty(self):
        curve = fit_isotonic([0.9, 0.95, 0.99], [True, True, True])
        self.assertLess(curve.apply(0.99), 0.9)

    def test_logistic_finds_what_matters_and_explains_it(self):
        random = Random(6)
        cases = [{"margin": random.gauss(0, 1), "noise": random.gauss(0, 1)} for _ in range(2000)]
        right = [random.random() < 1 / (1 + 2.718 ** (-2 * case["margin"])) for case in cases]
        model = fit_logistic(cases, right)
        self.assertLess(reliability([model.apply(case) for case in cases], right).error, 0.03)
        parts = model.contributions({"margin": -2.0, "noise": 1.0})
        self.assertEqual(min(parts, key=parts.get), "margin")

    def test_one_kind_of_outcome_stays_finite(self):
        model = fit_logistic([{"a": 1.0}, {"a": 2.0}], [True, True])
        self.assertTrue(0.5 < model.apply({"a": 1.5}) < 1.0)
        self.assertTrue(0.5 < model.apply({}) < 1.0, "a missing feature is an average one")

    def test_both_survive_json(self):
        cases = [{"a": score} for score in self.scores]
        for model, query in (
            (fit_isotonic(self.scores, self.right), 0.63),
            (fit_logistic(cases, self.right), {"a": 0.63}),
        ):
            again = from_json(json.loads(json.dumps(model.to_json())))
            self.assertEqual(again.apply(query), model.apply(query))
        with self.assertRaises(ValueError):
            from_json({"kind": "oracle"})

    def test_nothing_to_learn_from(self):
        for fit in (fit_isotonic, fit_logistic):
            with self.assertRaises(ValueError):
                fit([], [])

    def test_reliability_counts_every_case_once(self):
        table = reliability([0.0, 0.5, 0.95, 1.0], [False, True, True, True])
        self.assertEqual(sum(bin_.cases for bin_ in table.bins), 4)
        self.assertEqual(table.bins[-1].observed, 1.0)
        self.assertLess(wilson_low(20, 20), 0.9, "twenty of twenty is not certainty")
