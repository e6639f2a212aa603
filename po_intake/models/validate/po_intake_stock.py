from datetime import datetime, time

from odoo import api, fields, models
from odoo.fields import Domain


class PoIntakeStock(models.AbstractModel):
    """Part of service 3, Validate: what there is, and what there will be."""

    _name = "po.intake.stock"
    _description = "Order Intake: Stock"

    def _shortages(self, intake):
        """Lines that the forecast does not cover on the day of delivery, for all lines at once.

        A product on several lines is used up in their order. As in Odoo's own forecast of a
        quotation, products that are procured to order are never short.

        :return: ``{line: (forecast left for it, free now)}``, in the product's own unit
        """
        lines = intake.line_ids.filtered(
            lambda line: (
                line.product_id.is_storable
                and line.quantity > 0
                and not line.ignored
                and not line.uom_unclear
            )
        )
        warehouse = self._warehouse(intake)
        lines -= self._made_to_order(lines, warehouse)
        # sudo: how much there is may be told to whoever reviews the order
        products = lines.product_id.sudo().with_context(
            warehouse_id=warehouse.id, to_date=self._end_of(self._day(intake))
        )
        left = {product.id: product.virtual_available for product in products}
        shortages = {}
        for line in lines:
            product = line.product_id
            unit = line.product_uom_id or product.uom_id
            needed = unit._compute_quantity(line.quantity, product.uom_id, raise_if_failure=False)
            before = left[product.id]
            left[product.id] -= needed
            if product.uom_id.compare(before, needed) < 0:
                free = products.browse(product.id).free_qty
                shortages[line] = (max(before, 0.0), max(free, 0.0))
        return shortages

    @api.model
    def _unsupplied(self):
        """Domain of products of which nobody orders more when they run short."""
        return Domain("orderpoint_ids", "not any", [("company_id", "=", self.env.company.id)])

    @api.model
    def _day(self, intake):
        """When the goods are wanted: the first day that is asked for, but not before today."""
        dates = [line.requested_date for line in intake.line_ids if line.requested_date]
        today = fields.Date.context_today(intake)
        return max(intake.requested_date or min(dates, default=today), today)

    @api.model
    def _end_of(self, day):
        return datetime.combine(day, time.max)

    @api.model
    def _warehouse(self, intake):
        """Odoo's own choice for an order of this company."""
        user = intake.team_id.user_id or self.env.user
        # sudo: the responsible's default warehouse is no secret
        return user.sudo().with_company(intake.company_id)._get_default_warehouse_id()

    @api.model
    def _made_to_order(self, lines, warehouse):
        route = warehouse.mto_pull_id.route_id
        return lines.filtered(
            lambda line: (
                route
                and route in line.product_id.route_ids | line.product_id.categ_id.total_route_ids
            )
        )
