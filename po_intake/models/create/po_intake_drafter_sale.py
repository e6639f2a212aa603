from odoo import api, models
from odoo.exceptions import UserError


class PoIntakeDrafterSale(models.AbstractModel):
    """Part of service 4, Create: a customer's order becomes a quotation of Odoo's own."""

    _name = "po.intake.drafter.sale"
    _description = "Order Intake: Create Sales Orders"

    def _create_sale_order(self, intake):
        order = self.env["sale.order"].create(self._prepare_sale_order(intake))
        charges = self._prepare_charge_lines(intake)
        self._add_lines(intake, order, self._prepare_sale_order_line, charges)
        intake.invalidate_recordset(["sale_order_ids", "sale_order_id"])
        return order

    @api.model
    def _prepare_sale_order(self, intake):
        """Hook: values of the order, without its lines."""
        if not intake.partner_id:
            raise UserError(self.env._("%s has no customer yet.", intake.display_name))
        vals = self._prepare_order(intake, "sale.order")
        if intake.partner_shipping_id:
            vals["partner_shipping_id"] = intake.partner_shipping_id.id
        if intake.partner_invoice_id:
            vals["partner_invoice_id"] = intake.partner_invoice_id.id
        prices = self.env["po.intake.price"]
        if intake.currency_id != prices._partner_currency(intake):
            vals["pricelist_id"] = prices._pricelist(intake).id
        requested = self._requested_day(intake)
        if requested:
            vals["commitment_date"] = self._noon(intake, requested)
        if intake.team_id.user_id and not intake.partner_id.user_id:
            vals["user_id"] = intake.team_id.user_id.id
        return {**vals, **intake.value_ids._order_values("sale.order")}

    @api.model
    def _prepare_sale_order_line(self, line):
        """Hook: values of an order line, without its price (see :meth:`_write_price`)."""
        return {
            **self._prepare_item(line),
            "product_uom_qty": line.quantity,
            **line.value_ids._order_values("sale.order.line"),
        }
