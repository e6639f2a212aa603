from odoo import api, models


class PoIntakeLive(models.AbstractModel):
    """Open boards and forms learn by the bus that something arrived or changed its state.

    Only ids travel, and only to users of this app; what they may see of them is asked for then.
    """

    _name = "po.intake.live"
    _description = "Order Intake Live Board"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._tell_boards()
        return records

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals:
            self._tell_boards()
        return result

    def _tell_boards(self):
        if self:
            users = self.env.ref("po_intake.group_po_intake_user").sudo()  # sudo: only its channel
            users._bus_send("po_intake/changed", {"ids": self.ids})
