from odoo import api, models


class PoIntakeReorder(models.AbstractModel):
    """Service 0 for the second source: from a shortage to an intake for its vendor.

    Only the extension points stand here as yet; nothing is computed and nothing is ordered.
    """

    _name = "po.intake.reorder"
    _description = "Order Intake: Reorder"

    @api.model
    def _get_forecast_methods(self):
        """Hook: the methods of ``forecast`` that may compete for a product's forecast."""
        return []

    @api.model
    def _get_guards(self):
        """Hook: the guards that every proposal has to pass."""
        return []
