from ast import literal_eval
from datetime import timedelta

from odoo import fields

from .common import IntakeCase


class TestReport(IntakeCase):
    """Figures for whoever leads the team."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["po.intake"].search([]).unlink()

    def group(self, model, groupby, *aggregates):
        return self.env[model]._read_group([], [groupby], aggregates)

    def test_what_waits_is_not_touchless_and_has_no_hours(self):
        self.script("sure", self.order())
        self.script("unsure", self.order(number="PO-2", confidence=0.5))
        self.script("open", self.order(number="PO-3", confidence=0.5))
        sure, unsure, _open = self.process(self.upload("sure", "unsure", "open"))
        unsure.action_approve()
        for card, hours in ((sure, 1), (unsure, 3)):
            card.received_date = card.done_date - timedelta(hours=hours)
        self.env.flush_all()
        rows = self.group("po.intake.report", "team_id", "touchless:avg", "hours:avg", "__count")
        ((team, touchless, hours, count),) = rows
        self.assertEqual((team, hours, count), (self.team, 2.0, 3))
        self.assertAlmostEqual(touchless, 1 / 3)

    def test_stated_confidence_against_what_was_right(self):
        """Of the proposals that were stated to be rather unsure, one of two was right."""
        self.script("one", self.order(confidence=0.6))
        self.script("two", self.order(number="PO-2", confidence=0.6))
        one, two = self.process(self.upload("one", "two"))
        self.assertEqual((one + two).mapped("state"), ["review", "review"])
        two.line_ids[0].quantity = 7
        (one + two).action_approve()
        self.env.flush_all()
        ((band, stated, right, corrections),) = self.group(
            "po.intake.report", "band", "stated:avg", "right:avg", "correction_count:sum"
        )
        self.assertAlmostEqual(
            stated, (one.proposal["confidence"] + two.proposal["confidence"]) / 2
        )
        self.assertLessEqual(int(band), 100 * stated)
        self.assertEqual((right, corrections), (0.5, 1))

    def test_findings_are_counted_in_words(self):
        self.env["po.intake"].create(
            {"finding_ids": [(0, 0, {"code": "price_differs"}), (0, 0, {"code": "of_an_addon"})]}
        )
        rows = dict(self.group("po.intake.finding", "kind", "__count"))
        self.assertEqual(rows, {"price_differs": 1, False: 1})

    def test_readings_by_team(self):
        self.script("sure", self.order())
        self.process(self.upload("sure"))
        rows = self.group("po.intake.reading", "team_id", "document_count:sum")
        self.assertEqual(rows, [(self.team, 1)])

    def test_favourites_can_be_opened(self):
        """What a favourite groups by and measures is there."""
        filters = self.env["ir.filters"].search([("model_id", "=like", "po.intake%")])
        self.assertGreaterEqual(len(filters), 5)
        for favourite in filters:
            context = literal_eval(favourite.context)
            measures = {context["graph_measure"], *context["pivot_measures"]} - {"__count"}
            aggregates = [
                f"{name}:{self.env[favourite.model_id]._fields[name].aggregator}"
                for name in sorted(measures)
            ]
            self.env[favourite.model_id].formatted_read_group(
                literal_eval(favourite.domain), context["group_by"], aggregates
            )

    def test_only_managers_and_their_companies(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        team = self.env["po.intake.team"].create({"name": "There", "company_id": company.id})
        self.env["po.intake"].create({"team_id": team.id, "received_date": fields.Datetime.now()})
        self.env.flush_all()
        self.clerk.group_ids += self.env.ref("po_intake.group_po_intake_manager")
        self.assertFalse(self.env["po.intake.report"].with_user(self.clerk).search([]))
