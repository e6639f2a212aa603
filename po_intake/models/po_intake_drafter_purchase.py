from odoo import api, models
from odoo.exceptions import UserError


class PoIntakeDrafterPurchase(models.AbstractModel):
    """Part of service 4, Create: a vendor's offer becomes a request for quotation of Odoo's own."""

    _name = "po.intake.drafter.purchase"
    _description = "Order Intake: Create Purchase Orders"

    def _create_purchase_order(self, intake):
        order = self.env["purchase.order"].create(self._prepare_purchase_order(intake))
        charges = self._prepare_purchase_charges(intake)
        self._add_lines(intake, order, self._prepare_purchase_order_line, charges)
        intake.invalidate_recordset(["purchase_order_ids", "purchase_order_id"])
        return order

    @api.model
    def _prepare_purchase_order(self, intake):
        """Hook: values of the order, without its lines."""
        if not intake.partner_id:
            raise UserError(self.env._("%s has no vendor yet.", intake.display_name))
        vals = self._prepare_order(intake, "purchase.order")
        vals["currency_id"] = intake.currency_id.id
        requested = self._requested_day(intake)
        if requested:
            vals["date_planned"] = self._noon(intake, requested)
        incoterm = self.env["account.incoterms"].search(
            [("code", "=", (intake.incoterm or "")[:3].upper())], limit=1
        )
        if incoterm:
            vals["incoterm_id"] = incoterm.id
        if intake.payment_terms:
            terms = self.env["account.payment.term"].search(
                [("name", "=ilike", intake.payment_terms.strip())], limit=1
            )
            vals.update({"payment_term_id": terms.id} if terms else {})
        if intake.team_id.user_id:
            vals["user_id"] = intake.team_id.user_id.id
        return {**vals, **intake.value_ids._order_values("purchase.order")}

    @api.model
    def _prepare_purchase_order_line(self, line):
        """Hook: values of an order line; its taxes follow from the vendor's fiscal position."""
        vals = {**self._prepare_item(line), "product_qty": line.quantity}
        day = line.requested_date or self._requested_day(line.intake_id)
        if day:
            vals["date_planned"] = self._noon(line.intake_id, day)
        return {**vals, **line.value_ids._order_values("purchase.order.line")}

    @api.model
    def _prepare_purchase_charges(self, intake):
        """Hook: order lines for freight and other charges that the offer lists."""
        return [
            {**{key: vals[key] for key in ("product_id", "name", "price_unit", "sequence")},
             "product_qty": 1.0}
            for vals in self._prepare_charge_lines(intake)
        ]  # fmt: skip
