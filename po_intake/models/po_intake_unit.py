from decimal import Decimal

from odoo import api, models

from ..matching.quantity import convert
from ..matching.units import pack_sizes, parse_unit


class PoIntakeUnit(models.AbstractModel):
    """Part of service 2, Match: how many of what is meant."""

    _name = "po.intake.unit"
    _description = "Order Intake: Units"

    def _match(self, line):
        """The unit that is meant; ``uom_unclear`` where nothing says how to count.

        The product's own unit, if it is the printed one by name, by nature or by the witness of
        the price; else another unit of its family that the database knows, if the price agrees.
        """
        own = line.product_id.uom_id
        line.product_uom_id = own
        line.uom_unclear = False
        if not line.uom_text or line.uom_text.strip().casefold() == own.name.casefold():
            return
        printed, known = parse_unit(line.uom_text), self._parse_unit(own)
        if printed and known and self._means_own_unit(line, printed, known):
            return
        meant = self._find_unit(printed, line.product_id)
        if meant and self._price_agrees(line, meant):
            line.product_uom_id = meant
        else:
            line.uom_unclear = True

    @api.model
    def _means_own_unit(self, line, printed, known):
        """Is one printed unit one unit of the product?"""
        conversion = convert(
            Decimal(str(line.quantity)),
            Decimal(str(line.price_unit)) if line.has_price else None,
            printed,
            known,
            packs=pack_sizes(f"{line.description or ''} {line.product_id.name}"),
            catalogue_price=Decimal(str(line.product_id.lst_price)),
        )
        return conversion is not None and not conversion.converted

    @api.model
    def _find_unit(self, printed, product):
        """Another unit of a product's family that a printed one means, or an empty record."""
        own = product.uom_id
        if not printed:
            return self.env["uom.uom"]
        units = self.env["uom.uom"].search([("id", "!=", own.id)])
        family = product.uom_ids | units.filtered(lambda unit: unit._has_common_reference(own))
        return family.filtered(lambda unit: self._parse_unit(unit) == printed)[:1]

    @api.model
    def _parse_unit(self, unit):
        """What a unit of the database is, by its name in English or as it is shown here."""
        return parse_unit(unit.with_context(lang="en_US").name) or parse_unit(unit.name)

    @api.model
    def _price_agrees(self, line, unit):
        """Is the printed price one of this unit, rather than one of the product's own unit?"""
        if not line.has_price or not line.product_id.lst_price:
            return False
        own = line.product_id.uom_id
        expected = own._compute_price(line.product_id.lst_price, unit)
        return expected and 0.5 <= line.price_unit / expected <= 2.0
