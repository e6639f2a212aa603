from odoo import models

from ..extraction import document as paper


class PoIntakeCheckItems(models.AbstractModel):
    """Part of service 3, Validate: what is ordered, and how many of it."""

    _name = "po.intake.check.items"
    _description = "Order Intake: Check Items"

    def _check_lines(self, intake):
        if (
            not intake.line_ids
            and intake.document_type != paper.OTHER
            and not self._is_blank(intake)
        ):
            yield {"code": "no_lines", "severity": paper.BLOCKING}
        for line in intake.line_ids:
            parameters = {"line": line.sequence // 10}
            if line.quantity <= 0:
                yield {
                    "code": "quantity_missing",
                    "severity": paper.BLOCKING,
                    "parameters": parameters,
                    "line": line,
                }
            if not line.has_price:
                yield {
                    "code": "price_missing",
                    "severity": paper.INFO,
                    "parameters": parameters,
                    "line": line,
                }

    def _check_products(self, intake):
        for line in intake.line_ids:
            parameters = {"line": line.sequence // 10, "item": line._item()}
            if not line.product_id:
                names = [item["name"] for item in (line.candidates or [])[:3]]
                code = "product_ambiguous" if names else "product_unknown"
                yield {
                    "code": code,
                    "severity": paper.BLOCKING,
                    "parameters": {**parameters, "candidates": " / ".join(names)},
                    "line": line,
                }
            elif line.uom_unclear:
                yield {
                    "code": "unit_unknown",
                    "severity": paper.BLOCKING,
                    "parameters": {
                        **parameters,
                        "printed": line.uom_text,
                        "unit": line.product_id.uom_id.name,
                    },
                    "line": line,
                }
