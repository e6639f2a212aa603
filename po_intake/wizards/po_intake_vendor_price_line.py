from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain


class PoIntakeVendorPriceLine(models.TransientModel):
    """One price of an offer."""

    _name = "po.intake.vendor.price.line"
    _description = "Price of an Offer"

    wizard_id = fields.Many2one("po.intake.vendor.price", required=True, ondelete="cascade")
    line_id = fields.Many2one("po.intake.line", required=True, ondelete="cascade")
    selected = fields.Boolean("Take over", default=True)
    product_id = fields.Many2one(related="line_id.product_id")
    product_uom_id = fields.Many2one("uom.uom", "Unit", compute="_compute_known")
    currency_id = fields.Many2one(related="line_id.currency_id")
    price = fields.Float("Offered", related="line_id.price_unit")
    discount = fields.Float(related="line_id.discount")
    min_qty = fields.Float("From a quantity of", digits="Product Unit")
    supplierinfo_id = fields.Many2one("product.supplierinfo", compute="_compute_known")
    known = fields.Float(
        "In the price list", min_display_digits="Product Price", compute="_compute_known"
    )

    @api.depends("line_id", "min_qty", "wizard_id.date_start")
    def _compute_known(self):
        for line in self:
            line.product_uom_id = line.line_id.product_uom_id or line.line_id.product_id.uom_id
            line.supplierinfo_id = line._find()
            line.known = line.supplierinfo_id.price

    def _find(self):
        """The entry that the offer takes the place of, valid when the offer begins."""
        printed, infos = self.line_id, self.env["product.supplierinfo"]
        start = self.wizard_id.date_start
        same = infos._po_intake_same_domain(printed, self.product_uom_id)
        same &= Domain("min_qty", "=", self.min_qty)
        valid = Domain("date_end", "=", False) | Domain("date_end", ">=", start)
        begun = Domain("date_start", "=", False) | Domain("date_start", "<=", start)
        domain = infos._po_intake_domain(printed.intake_id) & same
        return infos.search(domain & valid & begun if start else domain, limit=1)

    def _write_price(self):
        """Change the entry that begins on the same day; end an earlier one, and begin a new one."""
        wizard, old = self.wizard_id, self.supplierinfo_id
        prices = {"price": self.price, "discount": self.discount, "date_end": wizard.date_end}
        if old and old.date_start == wizard.date_start:
            old.write(prices)
            return
        printed, infos = self.line_id, self.env["product.supplierinfo"]
        vendor = printed.intake_id.partner_id.commercial_partner_id
        values = {
            **infos._po_intake_values(printed, vendor),
            **prices,
            "min_qty": self.min_qty,
            "date_start": wizard.date_start,
        }
        if old:
            kept = ("product_name", "delay", "sequence")
            values.update(
                {name: old[name] for name in kept},
                product_id=old.product_id.id,
                product_code=old.product_code or printed.partner_code,
            )
            if wizard.date_start:
                old.date_end = wizard.date_start - timedelta(days=1)
        infos.create(values)
