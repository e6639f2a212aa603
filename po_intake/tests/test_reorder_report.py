"""What the reports of the reorder agent say: both rules side by side, and how sure it was."""

from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import format_date

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


@tagged("-at_install", "post_install")
class TestReorderChart(ReorderCase):
    """What a picture says must be true of the numbers, and nothing else may get into it."""

    def forecast(self, *weeks, stock=40, **product):
        bolt = self.product("Bolt <b>M8</b>", price=2.0)
        self.sell(bolt, *weeks)
        self.stock(bolt, stock)
        self.run_agent("demand", "forecast")
        return self.env["po.intake.forecast"].search([("product_id", "=", bolt.id)])

    def test_it_marks_the_days_that_matter(self):
        forecast = self.forecast(*[20, 24, 16, 22, 18] * 6)
        chart = forecast.chart
        for label, day in (("order by", "order_by_date"), ("runs out", "stock_out_date")):
            self.assertIn(
                f"{label} {format_date(self.env, forecast[day], date_format='MMM d')}", chart
            )
        self.assertIn("an order of today arrives", chart)
        self.assertEqual(chart.count("<rect"), 26)
        self.assertNotIn("M8", chart)

    def test_what_is_on_its_way_is_in_it(self):
        bolt = self.forecast(*[20, 24, 16, 22, 18] * 6).product_id
        self.assertNotIn("+300", self.env["po.intake.forecast"].search([]).chart)
        day = self.today + timedelta(10)
        self.move(bolt, 300, day, self.suppliers, self.warehouse.lot_stock_id, "assigned")
        self.run_agent("demand", "forecast")
        self.assertIn("+300", self.env["po.intake.forecast"].search([]).chart)

    def test_a_bulk_order_does_not_flatten_the_rest(self):
        chart = self.forecast(*[20, 24, 16, 22, 18] * 5, 4000, 20, 18).chart
        self.assertIn("4,000", chart)
        self.assertEqual(chart.count('opacity="0.4"'), 1)

    def test_product_and_rule_lead_to_it(self):
        forecast = self.forecast(*[20] * 30)
        product = forecast.product_id
        rule = self.env["stock.warehouse.orderpoint"].create(
            {"product_id": product.id, "warehouse_id": self.warehouse.id, "trigger": "manual"}
        )
        for record in (product, product.product_tmpl_id, rule):
            self.assertEqual(record.action_po_intake_forecast()["res_id"], forecast.id)
        unknown = self.product("Never sold").action_po_intake_forecast()
        self.assertFalse(unknown.get("res_id"))
