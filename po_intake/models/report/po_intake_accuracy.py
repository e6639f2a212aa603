from odoo import fields, models
from odoo.tools import SQL

from ..reorder.po_intake_forecast import RULES


class PoIntakeAccuracy(models.Model):
    """How well the last quarter was foreseen, one week ahead: a row a product and warehouse.

    What nobody asked for in that time has no share: it is NULL, and no average counts it.
    """

    _name = "po.intake.accuracy"
    _description = "Accuracy and Bias"
    _auto = False
    _order = "missed desc, id"
    _rec_name = "product_id"

    company_id = fields.Many2one("res.company", readonly=True)
    warehouse_id = fields.Many2one("stock.warehouse", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one("product.category", "Category", readonly=True)
    vendor_id = fields.Many2one("res.partner", readonly=True)
    rule = fields.Selection(RULES, readonly=True)
    asked = fields.Float("Asked for", digits="Product Unit", readonly=True)
    told = fields.Float("Foreseen", digits="Product Unit", readonly=True)
    missed = fields.Float(
        "Errors", digits="Product Unit", readonly=True, help="Of each week, without their sign."
    )
    error_share = fields.Float(
        "Error (%)",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Errors of the weeks as a share of what was asked for.",
    )
    bias = fields.Float(
        "Bias (%)",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="Above zero: more was foreseen than asked for. Below: less.",
    )

    @property
    def _table_query(self):
        return SQL(
            """SELECT id, company_id, warehouse_id, product_id, categ_id, vendor_id, rule,
                      asked, told, missed,
                      100.0 * missed / NULLIF(asked, 0) AS error_share,
                      100.0 * (told - asked) / NULLIF(asked, 0) AS bias
                 FROM po_intake_forecast WHERE asked > 0 OR told > 0.5"""
        )

    def _read_group_select(self, aggregate_spec, query):
        """Products count for the shares of a group by what is asked of them."""
        if aggregate_spec not in ("error_share:avg", "bias:avg"):
            return super()._read_group_select(aggregate_spec, query)
        told, asked, missed = (
            self._field_to_sql(self._table, name, query) for name in ("told", "asked", "missed")
        )
        wrong = missed if aggregate_spec == "error_share:avg" else SQL("%s - %s", told, asked)
        return SQL("100.0 * SUM(%s) / NULLIF(SUM(%s), 0)", wrong, asked)
