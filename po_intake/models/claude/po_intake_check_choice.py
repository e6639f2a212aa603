from odoo import models


class PoIntakeCheckChoice(models.AbstractModel):
    """Part of service 3, Validate: what Claude says of lines that may mean several products."""

    _name = "po.intake.check.choice"
    _description = "Order Intake: Check Choices"

    def _check_choices(self, intake):
        for line in self._ordered(intake).filtered(lambda line: not line.product_id):
            choice = line.choice or {}
            reason = choice.get("reason") or "–"
            if choice.get("product_id"):
                yield self._finding("choice_made", line, product=choice["name"], reason=reason)
            elif choice:
                yield self._finding("choice_none", line, reason=reason)
