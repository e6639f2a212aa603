from odoo import fields, models


class PoIntakeCheckSupply(models.AbstractModel):
    """Part of service 3, Validate: when it can be delivered."""

    _name = "po.intake.check.supply"
    _description = "Order Intake: Check Supply"

    def _check_dates(self, intake):
        dates = {line.requested_date for line in self._ordered(intake) if line.requested_date}
        if len(dates) > 1 and not intake.requested_date:
            yield self._finding(
                "dates_differ", first=min(dates).isoformat(), last=max(dates).isoformat()
            )
        wanted = intake.requested_date or min(dates, default=None)
        if wanted and wanted < fields.Date.context_today(intake):
            yield self._finding("requested_date_past", date=wanted.isoformat())
