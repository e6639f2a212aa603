from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    # what a customer has had of a product is asked for with each document
    _po_intake_history_idx = models.Index(
        "(order_partner_id, product_id) WHERE state IN ('sale', 'done')"
    )
