from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import UserError


class PoIntakeDrafterPurchase(models.AbstractModel):
    """Part of service 4, Create: a vendor's offer becomes a request for quotation of Odoo's own."""

    _name = "po.intake.drafter.purchase"
    _description = "Order Intake: Create Purchase Orders"

    def _create_purchase_order(self, intake):
        order = self.env["purchase.order"].create(self._prepare_purchase_order(intake))
        lines = intake.line_ids.filtered(lambda line: not line.ignored)
        order_lines = self.env["purchase.order.line"].create(
            [{**self._prepare_purchase_order_line(line), "order_id": order.id} for line in lines]
        )
        for line, order_line in zip(lines, order_lines, strict=True):
            # written afterwards, it stays when the quantity changes
            if line.has_price and intake.team_id.price_policy != "pricelist":
                order_line.write({"price_unit": line.price_unit, "discount": line.discount})
        order_lines.create(
            [{**vals, "order_id": order.id} for vals in self._prepare_purchase_charges(intake)]
        )
        intake.invalidate_recordset(["purchase_order_ids", "purchase_order_id"])
        return order

    @api.model
    def _prepare_purchase_order(self, intake):
        """Hook: values of the order, without its lines."""
        if not intake.partner_id:
            raise UserError(self.env._("%s has no vendor yet.", intake.display_name))
        vals = {
            "po_intake_id": intake.id,
            "po_intake_key": self._unique_key(intake, "purchase.order"),
            "company_id": intake.company_id.id,
            "partner_id": intake.partner_id.id,
            "partner_ref": intake.order_reference,
            "currency_id": intake.currency_id.id,
            "origin": intake.name,
        }
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
        if intake.note:
            # what a stranger wrote is text, never markup
            vals["note"] = Markup("<p>%s</p>") % intake.note
        if intake.team_id.user_id:
            vals["user_id"] = intake.team_id.user_id.id
        own = intake.value_ids.filtered(lambda value: not value.line_id)
        return {**vals, **own._order_values("purchase.order")}

    @api.model
    def _prepare_purchase_order_line(self, line):
        """Hook: values of an order line; its taxes follow from the vendor's fiscal position."""
        intake = line.intake_id
        if not line.product_id:
            raise UserError(
                self.env._(
                    "%(intake)s: line %(line)s has no product yet.",
                    intake=intake.display_name,
                    line=line.sequence // 10,
                )
            )
        vals = {
            "product_id": line.product_id.id,
            "product_uom_id": (line.product_uom_id or line.product_id.uom_id).id,
            "product_qty": line.quantity,
            "sequence": line.sequence,
        }
        day = line.requested_date or self._requested_day(intake)
        if day:
            vals["date_planned"] = self._noon(intake, day)
        return {**vals, **line.value_ids._order_values("purchase.order.line")}

    @api.model
    def _prepare_purchase_charges(self, intake):
        """Hook: order lines for freight and other charges that the offer lists."""
        return [
            {**{key: vals[key] for key in ("product_id", "name", "price_unit", "sequence")},
             "product_qty": 1.0}
            for vals in self._prepare_charge_lines(intake)
        ]  # fmt: skip
