from odoo import api, models


class PoIntakeTax(models.AbstractModel):
    """Part of service 3, Validate: net and tax as Odoo would put them on the order."""

    _name = "po.intake.tax"
    _description = "Order Intake: Taxes"

    def _totals(self, intake):
        """Net and tax of the order that would be drafted, by Odoo's own engine.

        :return: ``(net, tax)`` in the document's currency, or ``None`` where a line has no product,
            price or quantity yet
        """
        lines = intake.line_ids.filtered(lambda line: not line.ignored)
        if not lines or not all(
            line.product_id and line.has_price and line.quantity > 0 for line in lines
        ):
            return None
        # sudo: of taxes only the sums are told
        self, intake, lines = self.sudo(), intake.sudo(), lines.sudo()
        taxes, position = self.env["account.tax"], self._fiscal_position(intake)
        base_lines = [
            taxes._prepare_base_line_for_taxes_computation(
                {},
                product_id=item["product"],
                tax_ids=item["taxes"] or self._taxes(intake, item["product"], position),
                price_unit=item["price_unit"],
                quantity=item["quantity"],
                discount=item["discount"],
                partner_id=intake.partner_id,
                currency_id=intake.currency_id,
                special_mode="total_excluded",
            )
            for item in self._items(intake, lines)
        ]
        taxes._add_tax_details_in_base_lines(base_lines, intake.company_id)
        taxes._round_base_lines_tax_details(base_lines, intake.company_id)
        totals = taxes._get_tax_totals_summary(
            base_lines=base_lines, currency=intake.currency_id, company=intake.company_id
        )
        return totals["base_amount_currency"], totals["tax_amount_currency"]

    @api.model
    def _items(self, intake, lines):
        """Lines and charges alike: product, quantity, price, discount, and taxes if chosen."""
        for line in lines:
            yield {
                "product": line.product_id,
                "quantity": line.quantity,
                "price_unit": line.price_unit,
                "discount": line.discount,
                "taxes": line.tax_ids,
            }
        for values in self.env["po.intake.drafter"]._prepare_charge_lines(intake):
            yield {
                "product": self.env["product.product"].browse(values["product_id"]),
                "quantity": values["product_uom_qty"],
                "price_unit": values["price_unit"],
                "discount": 0.0,
                "taxes": None,
            }

    @api.model
    def _before_tax(self, price, taxes):
        """An Odoo price without the taxes that it includes, as orders print it; not rounded.

        :param taxes: those that the price was set with
        """
        if not self._included(taxes):
            return price
        details = taxes._get_tax_details(price, 1.0, rounding_method="round_globally")
        return details["total_excluded"]

    @api.model
    def _with_tax(self, price, taxes):
        """A printed price as an order line with these taxes holds it; not rounded."""
        if not self._included(taxes):
            return price
        details = taxes._get_tax_details(
            price, 1.0, rounding_method="round_globally", special_mode="total_excluded"
        )
        included = (item for item in details["taxes_data"] if item["tax"].price_include)
        return details["total_excluded"] + sum(item["tax_amount"] for item in included)

    @api.model
    def _included(self, taxes):
        # sudo: whoever may see an order may see its prices; taxes are for fewer people
        return any(taxes.sudo().flatten_taxes_hierarchy().mapped("price_include"))

    @api.model
    def _fiscal_position(self, intake):
        partner = intake.partner_id
        delivery = intake.partner_shipping_id or partner.browse(
            partner.address_get(["delivery"])["delivery"]
        )
        if intake.direction == "purchase":
            delivery = None
        return self.env["account.fiscal.position"]._get_fiscal_position(partner, delivery)

    @api.model
    def _taxes(self, intake, product, position):
        """The taxes that Odoo puts on a line of this product."""
        return position.map_tax(self._own(intake, product))

    @api.model
    def _own(self, intake, product):
        """The taxes that a product's prices were set with."""
        # sudo: products have taxes of all companies; of these no more than a price is told
        product = product.sudo()
        own = product.supplier_taxes_id if intake.direction == "purchase" else product.taxes_id
        return own._filter_taxes_by_company(intake.company_id)
