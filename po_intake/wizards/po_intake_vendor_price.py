from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError


class PoIntakeVendorPrice(models.TransientModel):
    """The prices of a vendor's offer beside those of its price list: which to take over."""

    _name = "po.intake.vendor.price"
    _description = "Update a Vendor's Price List"

    intake_id = fields.Many2one("po.intake", required=True, ondelete="cascade")
    date_start = fields.Date(
        "Valid from", compute="_compute_date_start", store=True, readonly=False
    )
    date_end = fields.Date("Valid until", help="Empty: until further notice.")
    line_ids = fields.One2many(
        "po.intake.vendor.price.line",
        "wizard_id",
        "Prices",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.depends("intake_id")
    def _compute_date_start(self):
        for wizard in self:
            wizard.date_start = wizard.intake_id.order_date or fields.Date.context_today(wizard)

    @api.depends("intake_id")
    def _compute_line_ids(self):
        for wizard in self:
            lines = wizard.intake_id.line_ids.filtered(
                lambda line: line.product_id and line.has_price and not line.ignored
            )
            # one product at several quantities is a scale of prices
            times = Counter(line.product_id for line in lines)
            wizard.line_ids = [
                fields.Command.create(
                    {
                        "line_id": line.id,
                        "min_qty": self._minimum(line, times[line.product_id] > 1),
                    }
                )
                for line in lines
            ]

    @api.model
    def _minimum(self, line, is_scale):
        """From which quantity an offered price holds: as the price list has it for as many."""
        if is_scale:
            return line.quantity
        infos = self.env["product.supplierinfo"]
        known = infos.search(
            infos._po_intake_domain(line.intake_id)
            & infos._po_intake_same_domain(line, line.product_uom_id or line.product_id.uom_id)
        ).mapped("min_qty")
        reached = [least for least in known if least <= line.quantity]
        return max(reached) if reached else min(known, default=0.0)

    def action_apply(self):
        """Write what is ticked into the price list, with the person's own rights."""
        self.ensure_one()
        if self.date_start and self.date_end and self.date_end < self.date_start:
            raise UserError(self.env._("The prices end before they begin."))
        chosen = self.line_ids.filtered("selected")
        for line in chosen:
            line._write_price()
        names = ", ".join(chosen.line_id.product_id.mapped("display_name"))
        if chosen:
            self.intake_id._log(
                self.env._(
                    "%(user)s took over prices of %(vendor)s: %(products)s",
                    user=self.env.user.name,
                    vendor=self.intake_id.partner_id.display_name,
                    products=names[:500],
                )
            )
        return {"type": "ir.actions.act_window_close"}
