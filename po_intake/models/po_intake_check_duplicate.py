from odoo import models

from ..extraction import document as paper


class PoIntakeCheckDuplicate(models.AbstractModel):
    """Part of service 3, Validate: whether the order was received before."""

    _name = "po.intake.check.duplicate"
    _description = "Order Intake: Check Duplicates"

    def _check_duplicate_document(self, intake):
        if intake.duplicate_of_id:
            yield {
                "code": "duplicate_document",
                "severity": paper.BLOCKING,
                "parameters": {"name": intake.duplicate_of_id.display_name},
            }

    def _check_duplicate_order(self, intake):
        if not intake.order_key or not intake.partner_id or intake.duplicate_of_id:
            return
        earlier = self.env["po.intake"].search(
            [
                ("id", "!=", intake.id),
                ("company_id", "=", intake.company_id.id),
                ("order_key", "=", intake.order_key),
                ("partner_id", "child_of", intake.partner_id.commercial_partner_id.id),
                ("state", "!=", "rejected"),
                ("direction", "=", intake.direction),
            ],
            order="id",
            limit=1,
        )
        if earlier and earlier.id < intake.id:
            yield {
                "code": "duplicate_order",
                "severity": paper.BLOCKING,
                "parameters": {"number": intake.order_reference, "name": earlier.display_name},
            }
