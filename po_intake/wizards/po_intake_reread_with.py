from odoo import api, fields, models


class PoIntakeRereadWith(models.TransientModel):
    """Which reader is to read a document, alone."""

    _name = "po.intake.reread.with"
    _description = "Read with Another Reader"

    intake_id = fields.Many2one("po.intake", required=True, ondelete="cascade")
    able_readers = fields.Json(readonly=True, help="Codes of those that can read the file.")
    reader = fields.Selection(selection="_selection_reader", required=True)

    @api.model
    def _selection_reader(self):
        return list(self.env["po.intake.reader"]._get_reader_names().items())

    def action_read(self):
        self.intake_id._retry_with(self.reader)
        return {"type": "ir.actions.act_window_close"}
