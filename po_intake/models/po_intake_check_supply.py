from odoo import fields, models

from ..extraction import document as paper


class PoIntakeCheckSupply(models.AbstractModel):
    """Part of service 3, Validate: when it can be delivered."""

    _name = "po.intake.check.supply"
    _description = "Order Intake: Check Supply"

    def _check_dates(self, intake):
        dates = {line.requested_date for line in intake.line_ids if line.requested_date}
        if len(dates) > 1 and not intake.requested_date:
            yield {
                "code": "dates_differ",
                "severity": paper.INFO,
                "parameters": {"first": min(dates).isoformat(), "last": max(dates).isoformat()},
            }
        today = fields.Date.context_today(intake)
        if intake.requested_date and intake.requested_date < today:
            yield {
                "code": "requested_date_past",
                "severity": paper.WARNING,
                "parameters": {"date": intake.requested_date.isoformat()},
            }
