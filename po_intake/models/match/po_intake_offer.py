from collections import defaultdict
from datetime import date
from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain


class Bought(NamedTuple):
    """What a partner has had of a product: how often, and the last price of one product unit."""

    times: int = 0
    price: float | None = None


class PoIntakeOffer(models.AbstractModel):
    """Part of service 2, Match: what speaks for a suggestion beside its name.

    Stock, price and earlier orders, asked for all suggestions of a document at once.
    """

    _name = "po.intake.offer"
    _description = "Order Intake: Stock and Prices of Suggestions"

    @api.model
    def _bought(self, intake, products):
        """What this partner has ordered before: ``{product id: Bought}``."""
        found = defaultdict(Bought)
        if not intake.partner_id or not products:
            return found
        purchase = intake.direction == "purchase"
        lines = self.env["purchase.order.line" if purchase else "sale.order.line"].sudo()
        # sudo: a clerk who sees own orders only is still told what the customer usually takes
        groups = lines._read_group(
            Domain("product_id", "in", products.ids)
            & Domain("state", "in", ("purchase", "done") if purchase else ("sale", "done"))
            & Domain("company_id", "=", intake.company_id.id)
            & intake.partner_id._po_intake_same("partner_id" if purchase else "order_partner_id"),
            ["product_id"],
            ["__count", "id:max"],
        )
        last = {line.id: line for line in lines.browse([newest for _p, _n, newest in groups])}
        for product, times, newest in groups:
            line = last[newest]
            same = line.currency_id == intake.currency_id
            price = line.product_uom_id._compute_price(line.price_unit, product.uom_id)
            found[product.id] = Bought(times, price if same else None)
        return found

    @api.model
    def _unit_prices(self, intake, products):
        """What the customer pays for one before tax, in the document's currency, by product id."""
        if intake.direction == "purchase" or not products:
            return {}
        pricelist = self.env["po.intake.price"]._pricelist(intake)
        prices = pricelist._get_products_price(products, 1.0, currency=intake.currency_id)
        taxes = self.env["po.intake.tax"]
        return {
            product.id: taxes._before_tax(prices[product.id], taxes._own(intake, product))
            for product in products
        }

    @api.model
    def _offers(self, intake, ranked):
        """Stock and price of the suggestions: ``{(line, product id): {...}}``.

        :param ranked: the matches of each line
        :return: ``price`` in the document's currency; of storable products ``free`` (now) and
            ``forecast`` (on ``date``, when the line is wanted), both in ``uom``
        """
        ids = {line: [match.id for match in matches] for line, matches in ranked.items()}
        offers = defaultdict(dict)
        for values in (self._prices(intake, ids), self._stock(intake, ids)):
            for key, offer in values.items():
                offers[key].update(offer)
        return offers

    @api.model
    def _prices(self, intake, ids):
        """The customer's own price for the ordered quantity; nothing for vendors' documents."""
        if intake.direction == "purchase":
            return {}
        products = self.env["product.product"].browse(
            {product_id for found in ids.values() for product_id in found}
        )
        wanted = {
            (line, product.id): (product, line.quantity, product.uom_id)
            for line in ids
            for product in products.browse(ids[line]).with_prefetch(products.ids)
        }
        prices = self.env["po.intake.price"]._prices(intake, wanted)
        return {key: {"price": price} for key, price in prices.items()}

    @api.model
    def _stock(self, intake, ids):
        """Free quantity now and forecast at the requested date, of storable products."""
        stock = {}
        service = self.env["po.intake.stock"]
        by_day = defaultdict(list)
        for line in ids:
            by_day[max(line.requested_date or date.min, service._day(intake))].append(line)
        for day, lines in by_day.items():
            wanted = {product_id for line in lines for product_id in ids[line]}
            # sudo: how much there is may be told to whoever reviews the order
            products = self.env["product.product"].sudo().browse(wanted)
            storable = products.filtered("is_storable").with_context(
                warehouse_id=service._warehouse(intake).id, to_date=service._end_of(day)
            )
            known = {
                product.id: {
                    "free": product.free_qty,
                    "forecast": product.virtual_available,
                    "uom": product.uom_id.name,
                    "date": day.isoformat(),
                }
                for product in storable
            }
            for line in lines:
                for product_id in known.keys() & set(ids[line]):
                    stock[line, product_id] = known[product_id]
        return stock
