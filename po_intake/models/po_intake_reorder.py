from odoo import api, models

PRODUCTS_A_STEP = 4_000  # of which years of movements are counted in one statement
ALL_PRODUCTS = 2**31 - 1


class PoIntakeReorder(models.AbstractModel):
    """Service 0 for the second source: from a shortage to an intake for its vendor.

    Each ``_step_<phase>(run)`` does one bit of a day's work in one transaction and returns where
    to go on, or nothing at the end, and how many rows it wrote. Steps can be done again.
    """

    _name = "po.intake.reorder"
    _description = "Order Intake: Reorder"
    _inherit = ["po.intake.outlook", "po.intake.propose", "po.intake.reorder.draft"]

    @api.model
    def _get_forecast_methods(self):
        """Hook: the methods of ``forecast`` whose mean is the level of a product's demand."""
        from ..forecast.methods import default_methods  # numpy, in the agent's own process only

        return list(default_methods())

    @api.model
    def _get_guards(self):
        """Hook: the checks of a proposed order; ``_check_<code>`` of ``po.intake.policy``."""
        return [
            "reorder_stopped",
            "reorder_ordered",
            "reorder_price",
            "reorder_caps",
            "reorder_size",
            "reorder_cover",
        ]

    @api.model
    def _agent(self):
        """The technical user who proposes and drafts; never one who may approve any amount."""
        return self.env.ref("po_intake.user_reorder")

    @api.model
    def _as_agent(self, company):
        return (
            self.with_user(self._agent())
            .with_company(company)
            .with_context(allowed_company_ids=company.ids, tracking_disable=False)
        )

    @api.model
    def _step_demand(self, run):
        """Years are counted some products at a time, the last weeks all at once."""
        demand = self.env["po.intake.demand"]
        first = run.step_cursor + 1
        if (run.date - run.since).days < 100:
            last = ALL_PRODUCTS
        else:
            self.env.cr.execute(
                "SELECT max(id) FROM (SELECT id FROM product_product WHERE id >= %s"
                " ORDER BY id LIMIT %s) AS batch",
                (first, PRODUCTS_A_STEP),
            )
            last = self.env.cr.fetchone()[0] or ALL_PRODUCTS
        rows = demand._refresh(run.company_id, run.since, (first, last))
        rows += demand._refresh_empty_days(run.company_id, run.since, (first, last))
        return (0 if last == ALL_PRODUCTS else last), rows
