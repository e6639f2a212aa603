from odoo import models


class StockRule(models.Model):
    _inherit = "stock.rule"

    def _make_po_get_domain(self, company_id, values, partner):
        """What the agent orders gets a request of its own; nobody else's need joins it."""
        if intake_id := values.get("po_intake_id"):
            return (
                ("po_intake_id", "=", intake_id),
                ("state", "=", "draft"),
                ("company_id", "=", company_id.id),
            )
        domain = super()._make_po_get_domain(company_id, values, partner)
        return (*domain, ("po_intake_reorder", "=", False))

    def _prepare_purchase_order(self, company_id, origins, values):
        vals = super()._prepare_purchase_order(company_id, origins, values)
        if intake_id := values[0].get("po_intake_id"):
            vals.update(po_intake_id=intake_id, po_intake_reorder=True)
        return vals
