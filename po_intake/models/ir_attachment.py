from odoo import api, models
from odoo.exceptions import ValidationError


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.constrains("public", "res_model")
    def _check_po_intake_private(self):
        """A document that was sent to us is never open to everybody."""
        if any(file.public and file.res_model == "po.intake" for file in self):
            raise ValidationError(self.env._("Documents of an intake cannot be made public."))
