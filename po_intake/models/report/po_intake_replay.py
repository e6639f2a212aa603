from odoo import fields, models
from odoo.tools import SQL

from ..reorder.po_intake_forecast import RULES


class PoIntakeReplay(models.Model):
    """The contests of forecast and native rule, a row a side: what a pivot lays side by side."""

    _name = "po.intake.replay"
    _description = "Replay of Both Rules"
    _auto = False
    _order = "categ_id, side"
    _rec_name = "categ_id"

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    categ_id = fields.Many2one("product.category", "Category", readonly=True)
    date = fields.Date("Held on", readonly=True)
    side = fields.Selection(RULES, "Rule", readonly=True)
    won = fields.Boolean("Orders here", readonly=True)
    weeks = fields.Integer("Weeks replayed", readonly=True, aggregator="avg")
    item_count = fields.Integer("Products", readonly=True)
    stock_value = fields.Monetary("Stock value", readonly=True, help="Mean on hand, at cost.")
    asked_value = fields.Monetary("Asked for", readonly=True, help="At sales price.")
    sold_value = fields.Monetary("Served", readonly=True, help="At sales price.")
    fill_rate = fields.Float(
        "Fill rate (%)",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Of the value that was asked for, what was served.",
    )
    order_lines = fields.Float("Order lines a year", digits=(16, 0), readonly=True)
    orders = fields.Float(
        "Orders a year",
        digits=(16, 0),
        readonly=True,
        help="One of a vendor and week; of each category by itself.",
    )
    cost = fields.Monetary(
        "Cost a year", readonly=True, help="Of stock, order lines, orders and lost margin."
    )

    @property
    def _table_query(self):
        return SQL(" UNION ALL ").join(
            SQL(
                """
                SELECT 2 * id + %(parity)s AS id, company_id, categ_id, date, %(side)s AS side,
                       rule = %(side)s AS won, weeks, item_count, asked_value,
                       %(stock)s AS stock_value, %(sold)s AS sold_value,
                       100.0 * %(sold)s / NULLIF(asked_value, 0) AS fill_rate,
                       %(lines)s AS order_lines, %(orders)s AS orders, %(cost)s AS cost
                  FROM po_intake_contest""",
                parity=parity,
                side=side,
                **{
                    name: SQL.identifier(f"{side}_{name}")
                    for name in ("stock", "sold", "lines", "orders", "cost")
                },
            )
            for parity, (side, _label) in enumerate(RULES)
        )

    def _read_group_select(self, aggregate_spec, query):
        """Categories count for the fill rate by what is asked of them."""
        if aggregate_spec == "fill_rate:avg":
            return SQL(
                "100.0 * SUM(%s) / NULLIF(SUM(%s), 0)",
                self._field_to_sql(self._table, "sold_value", query),
                self._field_to_sql(self._table, "asked_value", query),
            )
        return super()._read_group_select(aggregate_spec, query)
