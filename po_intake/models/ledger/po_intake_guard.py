from odoo import api, models


class _OwnStep:
    """Marks in the context what our own code does. A caller from outside can name no such thing."""

    def __repr__(self):
        return "own step"


OWN_STEP = _OwnStep()


class PoIntakeGuard(models.AbstractModel):
    """Fields that are for reading only are so for every caller, not in the views alone.

    What was read, what was decided and what came of it is written by the steps of the work. People
    press buttons and correct what the views let them correct, also through RPC and imports.
    """

    _name = "po.intake.guard"
    _description = "Order Intake: Guard of Technical Fields"

    def _own_step(self):
        """The same records in the hands of our own code, with the rights of the same user."""
        return self.with_context(po_intake_stage=OWN_STEP)

    @api.model
    def _is_own_step(self):
        return self.env.context.get("po_intake_stage") is OWN_STEP

    @api.model
    def _is_guarded(self, field):
        """Hook: is a field written by our own code alone?"""
        return field.readonly

    def _has_field_access(self, field, operation):
        if operation == "write" and self._is_guarded(field):
            if not self.env.su and not self._is_own_step():
                return False
        return super()._has_field_access(field, operation)
