from odoo import models


class PurchaseOrder(models.Model):
    _name = "purchase.order"
    _inherit = ["purchase.order", "po.intake.order.mixin"]
    _po_intake_reference = "partner_ref"
    _po_intake_direction = "purchase"

    def create_document_from_attachment(self, attachment_ids):
        """A file that is dropped on the list is read like any order that arrives."""
        if team := self._po_intake_team():
            return self._po_intake_upload(team, attachment_ids)
        return super().create_document_from_attachment(attachment_ids)
