from odoo import api, fields, models


class StockWarehouseOrderpoint(models.Model):
    _name = "stock.warehouse.orderpoint"
    _inherit = ["stock.warehouse.orderpoint", "po.intake.foreseen"]

    # neither Odoo's scheduler nor its clean-up touches rules of this trigger
    trigger = fields.Selection(
        selection_add=[("forecast", "Forecast")], ondelete={"forecast": "set default"}
    )
    po_intake_former_trigger = fields.Char(
        readonly=True, copy=False, help="The trigger before the reorder agent took it over."
    )

    @api.depends("trigger")
    def _compute_qty_to_order_computed(self):
        """Odoo's own idea of what to order; not where the agent orders."""
        ours = self.filtered(lambda point: point.trigger == "forecast")
        ours.qty_to_order_computed = 0.0
        return super(StockWarehouseOrderpoint, self - ours)._compute_qty_to_order_computed()

    @api.depends("trigger")
    def _compute_deadline_date(self):
        ours = self.filtered(lambda point: point.trigger == "forecast")
        ours.deadline_date = False
        return super(StockWarehouseOrderpoint, self - ours)._compute_deadline_date()

    def _po_intake_take_over(self):
        """The agent orders from now on."""
        others = self.filtered(lambda item: item.trigger != "forecast" or not item.active)
        by_former = others.grouped(lambda item: item.active and item.trigger)
        for former, points in by_former.items():
            points.write(
                {
                    "active": True,
                    "trigger": "forecast",
                    "po_intake_former_trigger": former if former != "forecast" else False,
                }
            )

    def _po_intake_hand_back(self):
        """Odoo orders again; a rule that was only the agent's is archived."""
        for former, points in self.grouped("po_intake_former_trigger").items():
            points.write(
                {"trigger": former, "po_intake_former_trigger": False}
                if former
                else {"active": False}
            )

    def _po_intake_foreseen(self):
        return [
            ("product_id", "in", self.product_id.ids),
            ("warehouse_id", "in", self.warehouse_id.ids),
        ]
