from odoo import models

from ..extraction import document as paper

VENDOR_TYPES = (paper.ORDER_CONFIRMATION, paper.QUOTATION)


class PoIntakeCheckDocument(models.AbstractModel):
    """Part of service 3, Validate: what kind of document it is."""

    _name = "po.intake.check.document"
    _description = "Order Intake: Check Documents"

    def _check_kind(self, intake):
        name = intake.source_name or intake.subject or intake.name
        if intake.document_type == paper.OTHER:
            yield {
                "code": "not_an_order",
                "severity": paper.BLOCKING,
                "parameters": {"source": name},
            }
        elif intake.document_type == paper.ORDER_CHANGE:
            yield {
                "code": "order_change",
                "severity": paper.BLOCKING,
                "parameters": {"number": intake.order_reference or "–"},
            }
        elif intake.direction == "sale" and intake.document_type in VENDOR_TYPES:
            yield {
                "code": "vendor_document",
                "severity": paper.BLOCKING,
                "parameters": {"source": name},
            }
