from math import inf

from odoo import api, models


class PoIntakeReorderOffer(models.AbstractModel):
    """Part of service 0: what a vendor asks for one product, from Odoo's price list."""

    _name = "po.intake.reorder.offer"
    _description = "Order Intake: Vendors' Offers"

    @api.model
    def _sellers(self, product, vendor, day):
        """The vendor's valid lines for a product, in one currency; the best of the list first."""
        sellers = product._get_filtered_sellers(partner_id=vendor, quantity=None, date=day)
        priced = sellers.filtered(lambda seller: seller.price_discounted > 0) or sellers
        return priced.filtered(lambda seller: seller.currency_id == priced[0].currency_id)

    @api.model
    def _offer(self, product, sellers, carrier):
        """The wing's offer, in the unit of the first line of the price list.

        A vendor's unit is bought whole; the reordering rule's multiple, where there is one, too.
        """
        from ...forecast.replenish import Offer, Price

        unit = sellers[0].product_uom_id
        prices = tuple(
            Price(
                seller.product_uom_id._compute_quantity(seller.min_qty, unit, round=False),
                seller.product_uom_id._compute_price(seller.price_discounted, unit),
            )
            for seller in sellers
        )
        multiple = carrier.replenishment_uom_id
        pack = multiple._compute_quantity(1.0, unit, round=False) if multiple else 1.0
        return Offer(prices, pack=max(pack, 1.0), shelf_days=self._shelf_days(product))

    @api.model
    def _shelf_days(self, product):
        """Hook: for how many days a product can be kept; endless where Odoo does not know."""
        if "use_expiration_date" in product._fields and product.use_expiration_date:
            return product.expiration_time or inf
        return inf

    @api.model
    def _least_value(self, vendor, currency, company, day):
        """The vendor's minimum order value in the currency of its prices."""
        least = vendor.po_intake_minimum_value
        own = vendor.with_company(company).property_purchase_currency_id or company.currency_id
        return own._convert(least, currency, company, day) if least else 0.0
