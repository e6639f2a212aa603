from odoo import api, models


class PoIntakePrice(models.AbstractModel):
    """Part of services 3 and 4: what Odoo would charge for what a document orders."""

    _name = "po.intake.price"
    _description = "Order Intake: Prices"

    @api.model
    def _partner_currency(self, intake):
        """The currency that Odoo would take for an order of this customer."""
        pricelist = intake.partner_id.property_product_pricelist
        return pricelist.currency_id or intake.company_id.currency_id

    @api.model
    def _pricelist(self, intake):
        """The customer's price list; another one if the document is in another currency."""
        own = intake.partner_id.property_product_pricelist
        if not intake.currency_text or self._partner_currency(intake) == intake.currency_id:
            return own
        pricelists = self.env["product.pricelist"].search(
            [
                ("currency_id", "=", intake.currency_id.id),
                ("company_id", "in", [False, intake.company_id.id]),
            ]
        )
        return pricelists.filtered(lambda item: not self._is_contract(item))[:1] or own

    @api.model
    def _is_contract(self, pricelist):
        """Is a price list agreed with particular customers?"""
        return bool(
            self.env["res.partner"].search_count(
                [("specific_property_product_pricelist", "=", pricelist.id)], limit=1
            )
        )

    @api.model
    def _expected(self, line, pricelist):
        """The price list's price of one ordered unit, in the document's currency."""
        return pricelist._get_product_price(
            line.product_id,
            line.quantity or 1.0,
            currency=line.intake_id.currency_id,
            uom=line.product_uom_id,
        )
