from odoo import api, fields, models
from odoo.tools import format_amount

from .po_intake_forecast import RULES

# the wing's figures of one side, and what our fields are called after
FIGURES = {
    "cost": "cost",
    "stock_value": "stock",
    "sold_value": "sold",
    "lines": "lines",
    "orders": "orders",
}


class PoIntakeContest(models.Model):
    """Champion and challenger of one category: what both rules would have meant last year."""

    _name = "po.intake.contest"
    _description = "Forecast against Native Rule"
    _order = "company_id, native_cost desc, id"
    _rec_name = "categ_id"

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    categ_id = fields.Many2one(
        "product.category", "Category", readonly=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date("Held on", required=True, readonly=True)
    rule = fields.Selection(RULES, "Cheaper", required=True, readonly=True)
    weeks = fields.Integer("Weeks replayed", readonly=True)
    item_count = fields.Integer("Products", readonly=True)
    forecast_cost = fields.Monetary("Forecast, a year", readonly=True)
    native_cost = fields.Monetary("Native, a year", readonly=True)
    saving = fields.Monetary(compute="_compute_saving", store=True)
    forecast_stock = fields.Monetary("Stock: forecast", readonly=True, help="Mean value at cost.")
    native_stock = fields.Monetary("Stock: native", readonly=True, help="Mean value at cost.")
    asked_value = fields.Monetary("Asked for", readonly=True, help="In all weeks, at sales price.")
    forecast_sold = fields.Monetary("Served: forecast", readonly=True)
    native_sold = fields.Monetary("Served: native", readonly=True)
    forecast_fill = fields.Float("Fill rate: forecast", compute="_compute_fill")
    native_fill = fields.Float("Fill rate: native", compute="_compute_fill")
    forecast_lines = fields.Float("Order lines a year: forecast", digits=(16, 0), readonly=True)
    native_lines = fields.Float("Order lines a year: native", digits=(16, 0), readonly=True)
    forecast_orders = fields.Float("Orders a year: forecast", digits=(16, 0), readonly=True)
    native_orders = fields.Float("Orders a year: native", digits=(16, 0), readonly=True)
    why = fields.Char(compute="_compute_why", help="Which rule orders here, and why.")
    safety = fields.Float(readonly=True, help="The service level that was cheapest.")
    extra_days = fields.Integer(
        readonly=True, help="Days beyond the lead time of the native minimum that was cheapest."
    )
    look_back = fields.Integer(readonly=True, help="Weeks of the average that was cheapest.")

    _category_uniq = models.UniqueIndex("(company_id, COALESCE(categ_id, 0))")

    @api.depends("forecast_cost", "native_cost")
    def _compute_saving(self):
        for contest in self:
            contest.saving = contest.native_cost - contest.forecast_cost

    @api.depends("asked_value", "forecast_sold", "native_sold")
    def _compute_fill(self):
        for contest in self:
            asked = contest.asked_value
            contest.forecast_fill = contest.forecast_sold / asked if asked else 0.0
            contest.native_fill = contest.native_sold / asked if asked else 0.0

    @api.depends("rule", "weeks", "forecast_cost", "native_cost")
    @api.depends_context("lang")
    def _compute_why(self):
        from ...forecast.select import LEAST_REPLAYED

        _ = self.env._
        for contest in self:
            if contest.weeks < LEAST_REPLAYED:
                contest.why = _(
                    "The native rule stays: %(weeks)s weeks can be replayed, it takes %(least)s.",
                    weeks=contest.weeks,
                    least=LEAST_REPLAYED,
                )
                continue
            dearer, cheaper = contest.forecast_cost, contest.native_cost
            text = _("The native rule stays: the forecast would have cost %(more)s more: %(parts)s")
            if contest.rule == "forecast":
                dearer, cheaper = cheaper, dearer
                text = _("The forecast orders: it would have saved %(more)s: %(parts)s")
            more = format_amount(self.env, dearer - cheaper, contest.currency_id)
            contest.why = text % {"more": more, "parts": contest._parts()}

    def _parts(self):
        """What speaks for the rule that won, and what against it, against the other one."""
        _ = self.env._
        own, other = ("forecast", "native") if self.rule == "forecast" else ("native", "forecast")
        stock, orders = (self[f"{own}_{name}"] - self[f"{other}_{name}"] for name in
                         ("stock", "lines"))  # fmt: skip
        fill = round(100 * (self[f"{own}_fill"] - self[f"{other}_fill"]), 1)
        amount, orders = format_amount(self.env, abs(stock), self.currency_id), round(orders)
        parts = (
            (stock, _("%s less stock", amount), _("%s more stock", amount)),
            (fill, _("%s points less served", -fill), _("%s points more served", fill)),
            (orders, _("%s order lines fewer", -orders), _("%s order lines more", orders)),
        )
        return ", ".join(less if gap < 0 else more for gap, less, more in parts if gap)

    @api.model
    def _store(self, run, batch, found, known):
        """Keep the verdicts of a batch; those that are fresh stay as they are.

        A category of several batches is judged by the first of them.
        """
        categories = batch["items"].category
        fresh = {verdict.categ_id.id or 0 for verdict in known}
        for verdict in found:
            if verdict.category in fresh:
                continue
            vals = {
                "date": run.date,
                "rule": verdict.rule,
                "weeks": verdict.weeks,
                "item_count": int((categories == verdict.category).sum()),
                "asked_value": verdict.native.asked_value,
                **self._figures("forecast", verdict.forecast),
                **self._figures("native", verdict.native),
                "safety": verdict.safety,
                "extra_days": verdict.extra_days,
                "look_back": verdict.look_back,
            }
            categ_id = verdict.category or False
            pair = [("company_id", "=", run.company_id.id), ("categ_id", "=", categ_id)]
            # sudo: people read verdicts, only the nightly work writes them
            old = self.sudo().search(pair)
            if old:
                old.write(vals)
            else:
                key = {"company_id": run.company_id.id, "categ_id": categ_id}
                old = self.sudo().create({**key, **vals})
            known |= old
        return known

    @api.model
    def _figures(self, side, replayed):
        """The values of one side of the wing's verdict."""
        return {f"{side}_{own}": getattr(replayed, name) for name, own in FIGURES.items()}
