from odoo import models


class PoIntakeForeseen(models.AbstractModel):
    """Part of what demand is foreseen for: the way to its chart."""

    _name = "po.intake.foreseen"
    _description = "Foreseen by the Reorder Agent"

    def _po_intake_foreseen(self):
        """Hook: domain of the forecasts of these records."""
        raise NotImplementedError

    def action_po_intake_forecast(self):
        """The chart; where there is one for each of several warehouses, all of them."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "po_intake.po_intake_forecast_action"
        )
        domain = self._po_intake_foreseen()
        found = self.env["po.intake.forecast"].search(domain)
        if len(found) == 1:
            return {**action, "views": [(False, "form")], "res_id": found.id}
        return {**action, "domain": domain, "context": {}}
