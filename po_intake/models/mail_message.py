from odoo import api, models
from odoo.exceptions import AccessError

# what a note of the log says, and where
SAID = {"author_id", "body", "date", "model", "res_id", "subtype_id"}


class MailMessage(models.Model):
    _inherit = "mail.message"

    def write(self, vals):
        """What the log says is never said otherwise."""
        if SAID & vals.keys():
            self._check_po_intake_log()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_po_intake_log(self):
        self._check_po_intake_log()

    def _check_po_intake_log(self):
        """Notes of the intake log are for reading; the system alone takes them away.

        :raises AccessError: somebody else wants to
        """
        if self.env.su:
            return
        log = self.env.ref("po_intake.mt_log", raise_if_not_found=False)
        if log and any(note.model == "po.intake" and note.subtype_id == log for note in self):
            raise AccessError(self.env._("The log of an intake cannot be changed or deleted."))
