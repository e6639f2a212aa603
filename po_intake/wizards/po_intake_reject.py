from odoo import fields, models


class PoIntakeReject(models.TransientModel):
    """Why a document is not ordered."""

    _name = "po.intake.reject"
    _description = "Reject an Order Intake"

    intake_ids = fields.Many2many("po.intake", required=True)
    reason = fields.Char(required=True)
    duplicate_of_id = fields.Many2one(
        "po.intake", help="The intake that came first, where the document repeats it."
    )

    def action_reject(self):
        self.intake_ids._reject(self.reason, self.duplicate_of_id)
        self.intake_ids._log(
            self.env._(
                "Rejected by %(user)s: %(reason)s", user=self.env.user.name, reason=self.reason
            )
        )
        return {"type": "ir.actions.act_window_close"}
