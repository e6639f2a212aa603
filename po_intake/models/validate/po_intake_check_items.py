from odoo import api, models
from odoo.fields import Domain
from odoo.tools import float_compare

from ...extraction import document as paper
from ...matching.text import code_key


class PoIntakeCheckItems(models.AbstractModel):
    """Part of service 3, Validate: what is ordered, and how many of it."""

    _name = "po.intake.check.items"
    _description = "Order Intake: Check Items"

    def _check_lines(self, intake):
        if intake.document_type == paper.OTHER or self._is_blank(intake):
            return
        if not intake.line_ids:
            yield self._finding("no_lines")
        for line in self._ordered(intake):
            if line.quantity <= 0:
                yield self._finding("quantity_missing", line)

    def _check_products(self, intake):
        lines = self._ordered(intake)
        unknown = lines.filtered(lambda line: not line.product_id)
        retired = self._retired(intake, unknown)
        for line in unknown:
            names = " / ".join(item["name"] for item in (line.candidates or [])[:3])
            if line in retired:
                yield self._not_orderable(line, retired[line])
            elif names:
                yield self._finding("product_ambiguous", line, item=line._item(), candidates=names)
            else:
                yield self._finding("product_unknown", line, item=line._item())
        allowed = self.env["po.intake.matcher"]._product_domain(intake)
        orderable = lines.product_id.filtered_domain(allowed)
        for line in (lines - unknown).filtered(lambda line: line.product_id not in orderable):
            yield self._not_orderable(line, line.product_id)

    @api.model
    def _not_orderable(self, line, product):
        return self._finding(
            "product_not_sold" if product.active else "product_archived",
            line,
            item=line._item(),
            product=product.display_name,
        )

    @api.model
    def _retired(self, intake, lines):
        """Products that a code on these lines names, but that may not be ordered any more.

        :return: product by line
        """
        keys = {
            line: set(self._keys(line.our_code, line.partner_code, line.barcode)) for line in lines
        }
        codes = set().union(*keys.values())
        if not codes:
            return {}
        products = self.env["product.product"].with_context(active_test=False)
        named = products.search(
            Domain("company_id", "in", [False, intake.company_id.id])
            & (
                Domain("id", "in", products._po_intake_ids_by_code(codes))
                | Domain("barcode", "in", [line.barcode for line in lines if line.barcode])
            )
        )
        by_code = {
            key: product
            for product in named
            for key in self._keys(product.default_code, product.barcode)
        }
        lessons = self.env["po.intake.item.code"]._taught(intake, keys)
        allowed = self.env["po.intake.matcher"]._product_domain(intake)
        retired = {}
        for line in lines:
            meant = products.union(*(by_code.get(key, products) for key in keys[line]))
            meant |= lessons[line].product_id
            if meant and not meant.filtered_domain(allowed):
                retired[line] = meant[:1]
        return retired

    @api.model
    def _keys(self, *codes):
        return [code_key(code).upper() for code in codes if code and code_key(code)]

    def _check_units(self, intake):
        for line in self._ordered(intake).filtered("product_id"):
            own, unit = line.product_id.uom_id, line.product_uom_id
            if line.uom_unclear:
                yield self._finding("unit_unknown", line, printed=line.uom_text, unit=own.name)
            elif (unit and unit != own) or line.factor not in (0.0, 1.0):
                taught = line.factor not in (0.0, 1.0)
                printed = line._printed().get("quantity") if taught else line.quantity
                yield self._finding(
                    "unit_converted",
                    line,
                    printed=self._amount(printed or line.quantity, line.uom_text or unit.name),
                    quantity=self._amount(
                        (unit or own)._compute_quantity(line.quantity, own, raise_if_failure=False),
                        own.name,
                    ),
                )

    def _check_multiples(self, intake):
        """Whole packs, where the product comes in packs; what the vendor sells at least."""
        for line in self._ordered(intake).filtered(
            lambda line: line.product_id and line.quantity > 0 and not line.uom_unclear
        ):
            if intake.direction == "sale":
                yield from self._check_packs(line)
            elif intake.partner_id:
                yield from self._check_minimum(intake, line)

    @api.model
    def _check_minimum(self, intake, line):
        """The least that the vendor's price list takes, in the vendor's unit."""
        product, unit = line.product_id, line.product_uom_id or line.product_id.uom_id
        sellers = product._get_filtered_sellers(partner_id=intake.partner_id, quantity=None)
        least = sellers.sorted("min_qty")[:1]
        ordered = unit._compute_quantity(
            line.quantity, least.product_uom_id or unit, raise_if_failure=False
        )
        places = self.env["decimal.precision"].precision_get("Product Unit")
        if least and float_compare(ordered, least.min_qty, precision_digits=places) < 0:
            yield self._finding(
                "below_minimum",
                line,
                quantity=self._amount(ordered, least.product_uom_id.name),
                minimum=self._amount(least.min_qty, least.product_uom_id.name),
            )

    @api.model
    def _check_packs(self, line):
        """The smallest pack, of those that the product lists, must come out whole."""
        product, unit = line.product_id, line.product_uom_id or line.product_id.uom_id
        packs = product.uom_ids.filtered(lambda pack: pack.factor > product.uom_id.factor)
        pack = packs.sorted("factor")[:1]
        if not pack:
            return
        count = unit._compute_quantity(line.quantity, pack, round=False, raise_if_failure=False)
        if abs(count - round(count)) > 1e-6:
            size = pack._compute_quantity(1.0, product.uom_id, raise_if_failure=False)
            yield self._finding(
                "packs_not_whole",
                line,
                quantity=self._amount(line.quantity, unit.name),
                pack=pack.name,
                size=self._amount(size, product.uom_id.name),
            )
