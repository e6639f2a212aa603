from odoo import models

from ...extraction import document as paper


class PoIntakeCheckFields(models.AbstractModel):
    """Checks of the company's own fields."""

    _name = "po.intake.check.fields"
    _description = "Order Intake Check: Fields"

    def _check_fields(self, intake):
        for value in intake.value_ids:
            severity = paper.BLOCKING if value.required else paper.WARNING
            parameters = {"label": value.mapping_id.name, "line": value.line_number or None}
            if not value.text:
                if value.required:
                    yield self._of_line(value, "field_missing", severity, parameters)
            elif not value._converted()[1]:
                parameters = {
                    **parameters,
                    "text": value.text,
                    "target": value.mapping_id.field_label,
                }
                yield self._of_line(value, "field_not_understood", severity, parameters)

    def _of_line(self, value, code, severity, parameters):
        return {
            "code": code,
            "severity": severity,
            "parameters": {key: item for key, item in parameters.items() if item is not None},
            "line": value.line_id,
        }
