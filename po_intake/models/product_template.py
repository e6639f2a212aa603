from odoo import models


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "po.intake.foreseen"]

    def _po_intake_foreseen(self):
        return [("product_id", "in", self.product_variant_ids.ids)]
