"""What the reports of the reorder agent say: both rules side by side, and how sure it was."""

from odoo.tests import tagged

from .reorder import ReorderCase


@tagged("-at_install", "post_install")
class TestReorderReport(ReorderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tools = cls.env["product.category"].create({"name": "Tools"})

    def contest(self, category, rule, forecast, native, weeks=52):
        """A contest as the night keeps it; a side is (cost, stock, sold of 1000, lines, orders)."""
        values = {"weeks": weeks, "rule": rule, "asked_value": 1000, "item_count": 3}
        for side, figures in (("forecast", forecast), ("native", native)):
            names = ("cost", "stock", "sold", "lines", "orders")
            values.update(zip((f"{side}_{name}" for name in names), figures, strict=True))
        return self.env["po.intake.contest"].create(
            {
                **values,
                "company_id": self.company.id,
                "categ_id": category.id,
                "date": self.today,
            }
        )

    def test_it_says_why_a_rule_orders(self):
        won = self.contest(
            self.category, "forecast", (100, 300, 960, 40, 10), (130, 400, 950, 30, 9)
        )
        self.assertIn("saved $\N{NO-BREAK SPACE}30.00", won.why)
        self.assertIn("$\N{NO-BREAK SPACE}100.00 less stock", won.why)
        self.assertIn("1.0 points more served, 10 order lines more", won.why)
        lost = self.contest(self.tools, "native", (150, 500, 950, 30, 9), (130, 400, 950, 30, 9))
        self.assertIn("native rule stays", lost.why)
        self.assertIn("cost $\N{NO-BREAK SPACE}20.00 more", lost.why)
        self.assertTrue(lost.why.endswith("$\N{NO-BREAK SPACE}100.00 less stock"), lost.why)
        lost.weeks = 9
        self.assertIn("9 weeks", lost.why)

    def test_both_rules_stand_side_by_side(self):
        self.contest(self.category, "forecast", (100, 300, 960, 40, 10), (130, 400, 950, 30, 9))
        tools = self.contest(self.tools, "native", (150, 500, 100, 30, 9), (90, 400, 190, 30, 8))
        tools.asked_value = 200
        self.env.flush_all()
        rows = self.env["po.intake.replay"]._read_group(
            [("company_id", "=", self.company.id)],
            ["side"],
            ["stock_value:sum", "fill_rate:avg", "orders:sum", "cost:sum"],
        )
        figures = {side: [round(value, 1) for value in row] for side, *row in rows}
        # a category counts for the fill rate by what is asked of it
        self.assertEqual(figures["forecast"], [800, 88.3, 19, 250])
        self.assertEqual(figures["native"], [800, 95.0, 17, 220])

    def test_a_night_fills_them(self):
        self.sell(self.bolt, *[20, 24, 16, 22, 18] * 12)
        self.stock(self.bolt, 30)
        self.run_agent("demand", "forecast")
        sides = self.env["po.intake.replay"].search([("company_id", "=", self.company.id)])
        self.assertEqual(sorted(sides.mapped("side")), ["forecast", "native"])
        for side in sides:
            self.assertTrue(side.stock_value and side.orders and side.cost)
            self.assertTrue(80 < side.fill_rate <= 100, side.fill_rate)
        self.assertEqual(len(sides.filtered("won")), 1)

    def test_bias_and_error_are_shares_of_what_was_asked_for(self):
        forecasts = self.env["po.intake.forecast"].sudo()
        common = {
            "company_id": self.company.id,
            "warehouse_id": self.warehouse.id,
            "categ_id": self.category.id,
            "date": self.today,
        }
        for name, asked, told, missed in (("Nut", 100, 120, 30), ("Pin", 300, 260, 60)):
            product = self.product(name)
            figures = {"asked": asked, "told": told, "missed": missed}
            forecasts.create({**common, "product_id": product.id, **figures})
        self.env.flush_all()
        ((bias, error),) = self.env["po.intake.accuracy"]._read_group(
            [("company_id", "=", self.company.id)], [], ["bias:avg", "error_share:avg"]
        )
        self.assertEqual((bias, error), (-5.0, 22.5))
