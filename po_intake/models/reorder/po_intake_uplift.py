from datetime import timedelta

from odoo import api, fields, models


class PoIntakeUplift(models.Model):
    """A promotion or an event: demand of a product or category will be higher, or lower."""

    _name = "po.intake.uplift"
    _description = "Promotion or Event"
    _order = "date_from desc, id desc"

    name = fields.Char("Occasion", required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda s: s.env.company)
    product_id = fields.Many2one("product.product", index="btree_not_null", ondelete="cascade")
    categ_id = fields.Many2one(
        "product.category", "Category", index="btree_not_null", ondelete="cascade"
    )
    date_from = fields.Date("From", required=True)
    date_to = fields.Date("Until", required=True)
    percent = fields.Float(
        "More by (%)", required=True, help="50 = half as much again; -100 = nothing is sold."
    )

    _dates = models.Constraint("CHECK(date_from <= date_to)", "It ends before it begins.")
    _percent_range = models.Constraint(
        "CHECK(percent >= -100 AND percent <= 1000)", "Between -100 % and 1000 %."
    )
    _what = models.Constraint(
        "CHECK(num_nonnulls(product_id, categ_id) = 1)", "Choose a product or a category."
    )

    @api.model
    def _factors(self, facts, monday):
        """[n, weeks ahead] what the demand of each coming week is multiplied by; or nothing."""
        import numpy as np

        from ...forecast.outlook import AHEAD

        end = monday + timedelta(weeks=AHEAD)
        occasions = self.search(
            [
                ("company_id", "=", self.env.company.id),
                ("date_from", "<", end),
                ("date_to", ">=", monday),
            ]
        )
        if not occasions:
            return None
        factors = np.ones((len(facts), AHEAD))
        products = np.array([row["product_id"] for row in facts])
        categories = np.array([row["categ_id"] for row in facts])
        for occasion in occasions:
            if occasion.product_id:
                rows = products == occasion.product_id.id
            else:
                below = self.env["product.category"].search(
                    [("id", "child_of", occasion.categ_id.id)]
                )
                rows = np.isin(categories, below.ids)
            for week in range(AHEAD):
                days = occasion._days_of_week(monday + timedelta(weeks=week))
                factors[rows, week] *= 1.0 + occasion.percent / 100.0 * days / 7.0
        return factors

    def _days_of_week(self, monday):
        first, last = max(self.date_from, monday), min(self.date_to, monday + timedelta(6))
        return max((last - first).days + 1, 0)
