from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

HISTORY_WEEKS = 26
# what a proposal keeps of its forecast
NUMBERS = (
    "on_hand",
    "incoming",
    "outgoing",
    "position",
    "weekly",
    "expected",
    "expected_low",
    "expected_high",
    "lead_days",
    "lead_spread",
    "reorder_point",
    "order_up_to",
    "need",
    "room",
    "rule",
    "bulk",
)

RULES = [("forecast", "Forecast"), ("native", "Minimum and maximum")]
# what is written of each pair, in the order of the columns; the key comes first
KEY = ("product_id", "warehouse_id")


class PoIntakeForecast(models.Model):
    """What is foreseen of one product in one warehouse, as of the last night. Written by SQL."""

    _name = "po.intake.forecast"
    _description = "Demand Forecast"
    _order = "order_by_date, need desc, id"
    _log_access = False
    _rec_name = "product_id"

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    warehouse_id = fields.Many2one(
        "stock.warehouse", required=True, readonly=True, index=True, ondelete="cascade"
    )
    product_id = fields.Many2one(
        "product.product", required=True, readonly=True, ondelete="cascade"
    )
    product_tmpl_id = fields.Many2one(related="product_id.product_tmpl_id")
    categ_id = fields.Many2one(
        "product.category", "Category", readonly=True, index=True, ondelete="set null"
    )
    vendor_id = fields.Many2one(
        "res.partner", readonly=True, index="btree_not_null", ondelete="set null"
    )
    orderpoint_id = fields.Many2one(
        "stock.warehouse.orderpoint",
        "Reordering rule",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    date = fields.Date("As of", required=True, readonly=True)
    rule = fields.Selection(
        RULES, readonly=True, help="Which of the two was cheaper in a replay of the last year."
    )
    kept_native = fields.Boolean(
        "Left to Odoo",
        readonly=True,
        help="The native rule won, and there is a reordering rule: Odoo's scheduler orders.",
    )

    level = fields.Float("A usual week", digits="Product Unit", readonly=True)
    weekly = fields.Float("Expected a week", digits="Product Unit", readonly=True)
    lead_days = fields.Float("Lead time (days)", digits=(8, 1), readonly=True)
    lead_spread = fields.Float("Spread of lead time", digits=(8, 1), readonly=True)
    expected = fields.Float(
        "Until the next arrival", digits="Product Unit", readonly=True, help="Expected demand."
    )
    expected_low = fields.Float("At least", digits="Product Unit", readonly=True)
    expected_high = fields.Float("At most", digits="Product Unit", readonly=True)
    weeks = fields.Json(readonly=True, help="Expected sums up to each coming week, with a band.")
    bulk = fields.Json(readonly=True, help="Weeks of the past that count for less than they were.")

    on_hand = fields.Float(digits="Product Unit", readonly=True)
    incoming = fields.Float(digits="Product Unit", readonly=True)
    outgoing = fields.Float("Open demand", digits="Product Unit", readonly=True)
    position = fields.Float(
        "Covered by", digits="Product Unit", readonly=True, help="Stock and what is on its way."
    )
    reorder_point = fields.Float(digits="Product Unit", readonly=True)
    order_up_to = fields.Float(digits="Product Unit", readonly=True)
    need = fields.Float("To order", digits="Product Unit", readonly=True)
    room = fields.Float(
        "Up to the level", digits="Product Unit", readonly=True, help="Even if nothing is due."
    )
    stock_out_date = fields.Date("Stock-out", readonly=True)
    order_by_date = fields.Date("Order by", readonly=True)

    # one week ahead, over the last quarter: sums, so that groups add up
    told = fields.Float("Foreseen, 13 weeks", digits="Product Unit", readonly=True)
    asked = fields.Float("Asked for, 13 weeks", digits="Product Unit", readonly=True)
    missed = fields.Float("Errors, 13 weeks", digits="Product Unit", readonly=True)
    stock_value = fields.Float("Value on hand", readonly=True)

    chart = fields.Html(compute="_compute_chart", sanitize=False)

    _pair_uniq = models.UniqueIndex("(product_id, warehouse_id)")
    _due_idx = models.Index("(company_id, vendor_id) WHERE need > 0")

    def _compute_chart(self):
        charts, numbers = self.env["po.intake.chart"], self._numbers()
        for forecast in self:
            forecast.chart = charts._draw(numbers[forecast])

    def _numbers(self):
        """What a person needs to follow each forecast, as of now: ``{forecast: JSON values}``."""
        past = self._past_demand()
        found = {}
        for row in self:
            monday = row.env["po.intake.demand"]._monday(row.date)
            weeks = [monday - timedelta(weeks=back) for back in range(HISTORY_WEEKS, 0, -1)]
            demand = past.get((row.product_id.id, row.warehouse_id.id)) or {}
            found[row] = {
                **{name: row[name] for name in NUMBERS},
                "date": row.date.isoformat(),
                "stock_out_days": row._days_until(row.stock_out_date),
                "order_by_days": row._days_until(row.order_by_date),
                "history": [demand[week][0] if week in demand else 0.0 for week in weeks],
                "empty_days": sum(demand[week][1] for week in weeks if week in demand),
                "weeks": row.weeks or {},
                "origins": {
                    item["week"]: demand[fields.Date.to_date(item["week"])][2]
                    for item in row.bulk or []
                    if fields.Date.to_date(item["week"]) in demand
                },
            }
        return found

    def _past_demand(self):
        """``{(product, warehouse): {week: (quantity, empty days, origin)}}`` of the last year."""
        past = defaultdict(dict)
        if not self:
            return past
        since = min(self.mapped("date")) - timedelta(days=7 * 53)
        rows = self.env.execute_query(  # a record for each week would be many
            SQL(
                """SELECT product_id, warehouse_id, week, quantity, empty_days, largest_origin
                     FROM po_intake_demand
                    WHERE product_id = ANY(%s) AND week >= %s""",
                self.product_id.ids,
                since,
            )
        )
        for product_id, warehouse_id, week, *found in rows:
            past[product_id, warehouse_id][week] = found
        return past

    def _days_until(self, day):
        """Days from the forecast to a day; nothing where there is none, or it is not shown."""
        days = (day - self.date).days if day else None
        return days if days is not None and days <= 7 * HISTORY_WEEKS else None

    @api.model
    def _store(self, columns, rows):
        """Write the rows of a batch over those of yesterday.

        :param columns: names, those of the key first
        :param rows: tuples in the order of the columns
        """
        from psycopg2.extras import execute_values

        names = SQL(", ").join(SQL.identifier(name) for name in columns)
        fresh = SQL(", ").join(
            SQL("%s = EXCLUDED.%s", SQL.identifier(name), SQL.identifier(name))
            for name in columns
            if name not in KEY
        )
        query = SQL(
            "INSERT INTO po_intake_forecast (%s) VALUES %%s"
            " ON CONFLICT (product_id, warehouse_id) DO UPDATE SET %s",
            names,
            fresh,
        )
        # the template of the values is psycopg2's own; names are ours
        execute_values(self.env.cr._obj, query.code % query.params, rows, page_size=1_000)

    @api.model
    def _forget(self, company):
        """What is no longer kept in stock, bought or asked for has no forecast."""
        pairs = self.env["po.intake.supply"]._pairs(company)
        self.env.cr.execute(
            SQL(
                """DELETE FROM po_intake_forecast forecast WHERE company_id = %s
                      AND NOT EXISTS (SELECT FROM (%s) AS pair
                                       WHERE pair.product_id = forecast.product_id
                                         AND pair.warehouse_id = forecast.warehouse_id)""",
                company.id,
                pairs,
            )
        )
