from odoo import api, fields, models

from .po_intake_forecast import RULES


class PoIntakeContest(models.Model):
    """Champion and challenger of one category: what both rules would have cost last year."""

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
                "forecast_cost": verdict.forecast_cost,
                "native_cost": verdict.native_cost,
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
