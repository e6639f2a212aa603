from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    po_intake_id = fields.Many2one(
        "po.intake", "Order Intake", index=True, copy=False, readonly=True, ondelete="restrict"
    )

    _po_intake_uniq = models.UniqueIndex(
        "(po_intake_id) WHERE po_intake_id IS NOT NULL",
        "An order intake is drafted once only.",
    )

    def action_open_po_intake(self):
        """The document this order was made from."""
        return self.po_intake_id._get_records_action()
