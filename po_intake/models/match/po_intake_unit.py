from decimal import Decimal
from typing import NamedTuple

from odoo import api, models

from ...matching.quantity import convert
from ...matching.units import pack_sizes, parse_unit


class Usual(NamedTuple):
    """A unit that is dealt in, and what one of it costs in the document's currency."""

    unit: models.BaseModel
    price: float


class PoIntakeUnit(models.AbstractModel):
    """Part of service 2, Match: how many of what is meant."""

    _name = "po.intake.unit"
    _description = "Order Intake: Units"

    def _match(self, line):
        """The unit that is meant; ``uom_unclear`` where nothing says how to count.

        The usual unit, if it is the printed one by name, by nature or by the witness of the price;
        else another unit of its family that the database knows, if the price agrees, or if there is
        no price to tell and the printed unit says how many it holds.
        """
        usual = self._usual(line)
        line.product_uom_id = usual.unit
        line.uom_unclear = False
        if not line.uom_text:
            line.product_uom_id = self._unprinted(line, usual)
            return
        if line.uom_text.strip().casefold() == usual.unit.name.casefold():
            return
        printed, known = parse_unit(line.uom_text), self._parse_unit(usual.unit)
        if printed and known and self._means_usual_unit(line, printed, known, usual.price):
            return
        meant = self._find_unit(printed, line.product_id, usual.unit)
        believed = printed and printed.size and not (line.has_price and usual.price)
        if meant and (believed or self._price_agrees(line, meant, usual)):
            line.product_uom_id = meant
        else:
            line.uom_unclear = True

    @api.model
    def _unprinted(self, line, usual):
        """The unit where none is printed: the usual one, or the product's at a price of that."""
        own = line.product_id.uom_id
        by_piece = self._price_agrees(line, own, usual)
        return own if by_piece and not self._price_agrees(line, usual.unit, usual) else usual.unit

    @api.model
    def _usual(self, line):
        """The unit that is dealt in, with what one of it costs, in the document's currency.

        In sales the product's own; in purchase that of the vendor's price list, else the product's
        own at its cost.
        """
        product, intake = line.product_id, line.intake_id
        if intake.direction == "sale":
            return Usual(product.uom_id, product.lst_price)
        convert_price = self.env["po.intake.price"]._in_currency
        # sudo: clerks need no right to read purchase prices for this
        seller = product.sudo()._select_seller(
            partner_id=intake.partner_id, quantity=None, ordered_by="min_qty"
        )
        if seller:
            price = convert_price(intake, seller.price, seller.currency_id)
            return Usual(seller.product_uom_id.sudo(False), price)
        cost = convert_price(intake, product.sudo().standard_price, product.cost_currency_id)
        return Usual(product.uom_id, cost)

    @api.model
    def _means_usual_unit(self, line, printed, known, price):
        """Is one printed unit one of the usual unit?

        :param price: of one usual unit
        """
        conversion = convert(
            Decimal(str(line.quantity)),
            Decimal(str(line.price_unit)) if line.has_price else None,
            printed,
            known,
            packs=pack_sizes(f"{line.description or ''} {line.product_id.name}"),
            catalogue_price=Decimal(str(price)),
        )
        return conversion is not None and not conversion.converted

    @api.model
    def _find_unit(self, printed, product, usual):
        """Another unit of a product's family that a printed one means, or an empty record."""
        if not printed:
            return self.env["uom.uom"]
        units = self.env["uom.uom"].search([("id", "!=", usual.id)])
        family = product.uom_ids | units.filtered(lambda unit: unit._has_common_reference(usual))
        return family.filtered(lambda unit: self._parse_unit(unit) == printed)[:1]

    @api.model
    def _parse_unit(self, unit):
        """What a unit of the database is, by its name in English or as it is shown here."""
        return parse_unit(unit.with_context(lang="en_US").name) or parse_unit(unit.name)

    @api.model
    def _price_agrees(self, line, unit, usual):
        """Is the printed price one of this unit, rather than one of the usual unit?"""
        if not line.has_price or not usual.price:
            return False
        expected = usual.unit._compute_price(usual.price, unit)
        return expected and 0.5 <= line.price_unit / expected <= 2.0
