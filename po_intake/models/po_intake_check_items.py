from odoo import models

from ..extraction import document as paper


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
        for line in self._ordered(intake).filtered(lambda line: not line.product_id):
            names = " / ".join(item["name"] for item in (line.candidates or [])[:3])
            if names:
                yield self._finding("product_ambiguous", line, item=line._item(), candidates=names)
            else:
                yield self._finding("product_unknown", line, item=line._item())

    def _check_units(self, intake):
        for line in self._ordered(intake).filtered("product_id"):
            if line.uom_unclear:
                yield self._finding(
                    "unit_unknown",
                    line,
                    printed=line.uom_text,
                    unit=line.product_id.uom_id.name,
                )
