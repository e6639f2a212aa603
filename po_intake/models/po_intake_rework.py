from odoo import models


class PoIntakeRework(models.AbstractModel):
    """What people look up and do on a card beside approving and rejecting it."""

    _name = "po.intake.rework"
    _description = "Order Intake Rework"

    def get_differences(self):
        """What the document says beside what Odoo would say; asked for when the page is opened."""
        self.ensure_one()
        return self.env["po.intake.expectation"]._rows(self)
