from odoo import models


class PurchaseOrder(models.Model):
    _name = "purchase.order"
    _inherit = ["purchase.order", "po.intake.order.mixin"]
    _po_intake_reference = "partner_ref"
