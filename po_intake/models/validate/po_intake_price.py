from odoo import api, fields, models
from odoo.fields import Domain


class PoIntakePrice(models.AbstractModel):
    """Part of services 3 and 4: what Odoo would charge for what a document orders."""

    _name = "po.intake.price"
    _description = "Order Intake: Prices"

    @api.model
    def _partner_currency(self, intake):
        """The currency that Odoo would take for an order of this partner."""
        if intake.direction == "purchase":
            partner = intake.partner_id.with_company(intake.company_id)
            return partner.property_purchase_currency_id or intake.company_id.currency_id
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
    def _expected(self, intake, lines):
        """What one ordered unit of each line should cost, net, in the document's currency.

        :return: price by line; lines that nobody has a price for are left out
        """
        if intake.direction == "purchase":
            return self._vendor_prices(intake, lines)
        return self._list_prices(intake, lines)

    @api.model
    def _list_prices(self, intake, lines):
        return self._prices(
            intake,
            {
                line: (
                    line.product_id,
                    line.quantity,
                    line.product_uom_id or line.product_id.uom_id,
                )
                for line in lines
            },
        )

    @api.model
    def _prices(self, intake, wanted):
        """What the customer's price list says, before tax, in the document's currency.

        As Odoo's ``_compute_price_rule`` does it; that one takes one quantity for all products.
        Here the rules are fetched once.

        :param wanted: ``{key: (product, quantity, unit)}``
        :return: ``{key: price of one unit}``
        """
        pricelist, now = self._pricelist(intake), fields.Datetime.now()
        taxes = self.env["po.intake.tax"]
        products = self.env["product.product"].union(*(item[0] for item in wanted.values()))
        rules = pricelist._get_applicable_rules(products, now)
        prices = {}
        for key, (product, quantity, unit) in wanted.items():
            quantity = quantity or 1.0
            own = unit._compute_quantity(quantity, product.uom_id, raise_if_failure=False)
            rule = next(
                (rule for rule in rules if rule._is_applicable_for(product, own)), rules.browse()
            )
            price = rule._compute_price(
                product, quantity, unit, date=now, currency=intake.currency_id
            )
            prices[key] = taxes._before_tax(price, taxes._own(intake, product))
        return prices

    @api.model
    def _vendor_prices(self, intake, lines):
        prices, taxes = {}, self.env["po.intake.tax"]
        for line in lines:
            unit = line.product_uom_id or line.product_id.uom_id
            seller = line.product_id._select_seller(
                partner_id=intake.partner_id, quantity=line.quantity, uom_id=unit
            )
            if seller.price:
                # whatever unit the vendor sells in, Odoo tells this price of the product's own
                price = line.product_id.uom_id._compute_price(seller.price_discounted, unit)
                net = taxes._before_tax(price, taxes._own(intake, line.product_id))
                prices[line] = self._in_currency(intake, net, seller.currency_id)
        return prices

    @api.model
    def _last(self, intake, lines):
        """What the partner paid last for the product of each line, and in which order.

        :return: ``{line: (net price of one ordered unit in the document's currency, order)}``
        """
        purchase = intake.direction == "purchase"
        # sudo: a clerk who does not see all orders is told of one price, no more
        items = self.env["purchase.order.line" if purchase else "sale.order.line"].sudo()
        partner = "partner_id" if purchase else "order_partner_id"
        latest = items._read_group(
            Domain("company_id", "=", intake.company_id.id)
            & Domain("state", "in", ("purchase", "done") if purchase else ("sale", "done"))
            & Domain("product_id", "in", lines.product_id.ids)
            & Domain("price_unit", ">", 0)
            & intake.partner_id._po_intake_same(partner),
            ["product_id"],
            ["id:max"],
        )
        found = {
            item.product_id: item
            for item in items.browse([item_id for _product, item_id in latest])
        }
        last = {}
        for line in lines:
            item = found.get(line.product_id)
            unit = line.product_uom_id or line.product_id.uom_id
            if item and item.product_uom_id._has_common_reference(unit):
                price = self.env["po.intake.tax"]._before_tax(item.price_unit, item.tax_ids)
                net = price * (1 - item.discount / 100)
                price = item.product_uom_id._compute_price(net, unit)
                last[line] = (self._in_currency(intake, price, item.currency_id), item.order_id)
        return last

    @api.model
    def _in_currency(self, intake, amount, currency):
        """An amount in the document's currency, as of today, not rounded."""
        today = fields.Date.context_today(intake)
        return currency._convert(amount, intake.currency_id, intake.company_id, today, round=False)
