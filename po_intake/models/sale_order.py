from odoo import fields, models


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "po.intake.order.mixin"]
    _po_intake_reference = "client_order_ref"

    po_intake_change_ids = fields.One2many(
        "po.intake",
        "changed_sale_order_id",
        "Changes",
        readonly=True,
        help="Documents that came later and changed this order.",
    )

    def _po_intakes(self):
        return super()._po_intakes() | self.po_intake_change_ids
