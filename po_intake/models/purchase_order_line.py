from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import float_compare

SHADOW_DAYS = 14  # in which a buyer's own order is an answer to a proposal in the shadow


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    po_intake_shortage_id = fields.Many2one(
        "po.intake.shortage", "Shortage", readonly=True, copy=False, index="btree_not_null"
    )
    po_intake_shortage_key = fields.Char(readonly=True, copy=False)

    po_intake_proposed = fields.Float(
        "Proposed",
        compute="_compute_po_intake_proposed",
        compute_sudo=True,  # who sees the order sees what was proposed
        digits="Product Unit",
        help="By the reorder agent, in the unit of the line.",
    )
    po_intake_changed = fields.Boolean(compute="_compute_po_intake_proposed", compute_sudo=True)
    po_intake_change_reason = fields.Selection(
        related="po_intake_shortage_id.change_reason", readonly=False
    )

    # what a vendor has sold of a product is asked for with each document
    _po_intake_history_idx = models.Index("(partner_id, product_id)")

    # written in the transaction that writes the line: whoever comes second, writes nothing
    _po_intake_shortage_uniq = models.UniqueIndex(
        "(po_intake_shortage_key) WHERE po_intake_shortage_key IS NOT NULL",
        "This shortage was ordered just now.",
    )

    @api.depends("product_qty", "product_uom_id", "po_intake_shortage_id.quantity")
    def _compute_po_intake_proposed(self):
        for line in self:
            shortage = line.po_intake_shortage_id
            proposed = shortage.product_uom_id._compute_quantity(
                shortage.quantity, line.product_uom_id, round=False
            )
            line.po_intake_proposed = proposed
            line.po_intake_changed = bool(shortage) and float_compare(
                line.product_qty, proposed, precision_digits=4
            )

    @api.model
    def _prepare_purchase_order_line_from_procurement(
        self, product_id, product_qty, product_uom, location_dest_id, name, origin, company_id,
        values, po,
    ):  # fmt: skip
        vals = super()._prepare_purchase_order_line_from_procurement(
            product_id, product_qty, product_uom, location_dest_id, name, origin, company_id,
            values, po,
        )  # fmt: skip
        if shortage := values.get("po_intake_shortage"):
            vals["po_intake_shortage_id"] = shortage.id
            vals["po_intake_shortage_key"] = shortage._key()
        return vals

    def unlink(self):
        """A line that a buyer takes out of the agent's request is a refused proposal."""
        refused = self.sudo().po_intake_shortage_id  # sudo: the ledger is the system's
        result = super().unlink()
        refused.filtered(lambda item: item.state == "drafted")._decide("cancelled")
        return result

    def _po_intake_judge(self):
        """When an order is confirmed: what was proposed, and what was bought of it.

        What buyers order by themselves judges the proposals in the shadow.
        """
        proposed = self.filtered("po_intake_shortage_id")
        bought = {
            line.po_intake_shortage_id: line.product_uom_id._compute_quantity(
                line.product_qty, line.po_intake_shortage_id.product_uom_id, round=False
            )
            for line in proposed
        }
        self.po_intake_shortage_id._decide("confirmed", bought)
        shadows = self.env["po.intake.shortage"]
        own = self - proposed
        since = fields.Date.context_today(self) - timedelta(SHADOW_DAYS)
        for shadow in shadows.search(
            [
                ("state", "=", "shadow"),
                ("decision", "=", False),
                ("product_id", "in", own.product_id.ids),
                ("company_id", "in", own.company_id.ids),
                ("release_date", ">=", since),
            ]
        ):
            lines = own.filtered(lambda line, shadow=shadow: line.product_id == shadow.product_id)
            quantity = sum(
                line.product_uom_id._compute_quantity(
                    line.product_qty, shadow.product_uom_id, round=False
                )
                for line in lines
            )
            shadow._judge_shadow(quantity)
