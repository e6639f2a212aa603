import base64

from odoo import api, fields, models
from odoo.exceptions import UserError


class PoIntakeAttach(models.TransientModel):
    """A further file of an order: another one of the mail, or one that is uploaded."""

    _name = "po.intake.attach"
    _description = "Add a File to an Order Intake"

    intake_id = fields.Many2one("po.intake", required=True, ondelete="cascade")
    file_ids = fields.Many2many(
        "ir.attachment", string="Files at hand", compute="_compute_file_ids"
    )
    attachment_id = fields.Many2one(
        "ir.attachment", "File", domain="[('id', 'in', file_ids)]", ondelete="cascade"
    )
    upload = fields.Binary("or upload one", attachment=False)
    upload_name = fields.Char()
    mode = fields.Selection(
        [
            ("append", "Add its lines to this order"),
            ("replace", "Take it as the document: what was read and corrected so far is replaced"),
        ],
        "What for",
        required=True,
        default="append",
    )

    @api.depends("intake_id")
    def _compute_file_ids(self):
        for wizard in self:
            wizard.file_ids = wizard.intake_id._family_files()

    def action_add(self):
        attachment = self.attachment_id
        if self.upload:
            attachment = attachment.create(
                {
                    "name": self.upload_name,
                    "raw": base64.b64decode(self.upload),
                    "res_model": "po.intake",
                    "res_id": self.intake_id.id,
                }
            )
        if not attachment or not (self.upload or attachment in self.file_ids):
            raise UserError(self.env._("Choose a file, or upload one."))
        if self.mode == "replace":
            self.intake_id._take_file(attachment)
        else:
            self.intake_id._append_file(attachment)
        return {"type": "ir.actions.act_window_close"}
