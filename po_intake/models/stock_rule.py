from odoo import api, models


class StockRule(models.Model):
    _inherit = "stock.rule"

    @api.model
    def _get_rule(self, product_id, location_id, values):
        """Products of the same routes share an answer where many needs are worked on at once.

        The value ``po_intake_rules`` is a dict that lives as long as that work.
        """
        known = values.get("po_intake_rules")
        if known is None:
            return super()._get_rule(product_id, location_id, values)
        key = self._po_intake_routes(product_id, location_id, values)
        if key not in known:
            known[key] = super()._get_rule(product_id, location_id, values)
        return known[key]

    def _po_intake_routes(self, product, location, values):
        """All that Odoo's choice of a rule depends on."""
        warehouse = values.get("warehouse_id") or location.warehouse_id
        open_routes = warehouse.route_ids.filtered(
            lambda route: self._filter_warehouse_routes(product, warehouse, route)
        )
        given = [values.get(name) for name in ("route_ids", "packaging_uom_id", "company_id")]
        own = product.route_ids, product.categ_id.total_route_ids
        return location, warehouse, open_routes, *given, *own

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
