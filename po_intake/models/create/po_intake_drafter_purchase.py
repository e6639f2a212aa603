import re

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...matching.text import fold

# what stands around a number of days that says no more than that: "Zahlbar in 30 Tagen netto"
NEUTRAL = frozenset(
    "net netto nets neto payable payment within days day d zahlbar zahlung innerhalb von tage "
    "tagen binnen in betaling dagen termijn a paiement jours jour pago dias pagamento giorni gg "
    "dni".split()
)


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
        vendor = intake.partner_id.with_company(intake.company_id)
        terms = self._payment_term(intake) or vendor.property_supplier_payment_term_id
        vals = {
            **self._prepare_order(intake, "purchase.order"),
            "currency_id": intake.currency_id.id,
            # what choosing the vendor on the form brings along
            "fiscal_position_id": self.env["po.intake.tax"]._fiscal_position(intake).id,
            "payment_term_id": terms.id,
            "user_id": (vendor.buyer_id or intake.team_id.user_id or self.env.user).id,
        }
        requested = self._requested_day(intake)
        if requested:
            vals["date_planned"] = self._noon(intake, requested)
        incoterm = self.env["account.incoterms"].search(
            [("code", "=", (intake.incoterm or "")[:3].upper())], limit=1
        )
        if incoterm:
            vals["incoterm_id"] = incoterm.id
        return {**vals, **intake.value_ids._order_values("purchase.order")}

    @api.model
    def _payment_term(self, intake):
        """Terms of this name, or of as many days where nothing else is printed; else none."""
        printed = (intake.payment_terms or "").strip()
        terms = self.env["account.payment.term"]
        if not printed:
            return terms
        ours = terms.search([("company_id", "in", [False, intake.company_id.id])])
        same = ours.filtered(lambda term: term.name.casefold() == printed.casefold())
        if same:
            return same[:1]
        words = re.findall(r"\d+|[a-z]+", fold(printed))
        days = [int(word) for word in words if word.isdecimal()]
        if len(days) != 1 or "%" in printed or {*words} - NEUTRAL - {str(days[0])}:
            return terms
        plain = ours.filtered(
            lambda term: (
                len(term.line_ids) == 1
                and term.line_ids.delay_type == "days_after"
                and term.line_ids.nb_days == days[0]
                and not term.early_discount
            )
        )
        return plain[:1]

    @api.model
    def _prepare_purchase_order_line(self, line):
        """Hook: values of an order line.

        Its taxes follow from the vendor's fiscal position, unless a person has chosen others.
        """
        vals = {**self._prepare_item(line), "product_qty": line.quantity}
        if line.tax_ids:
            vals["tax_ids"] = [fields.Command.set(line.tax_ids.ids)]
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
