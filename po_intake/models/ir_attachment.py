import logging
import os

from odoo import api, models
from odoo.exceptions import UserError, ValidationError

_logger = logging.getLogger(__name__)


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.constrains("public", "res_model")
    def _check_po_intake_private(self):
        """A document that was sent to us is never open to everybody."""
        if any(file.public and file.res_model == "po.intake" for file in self):
            raise ValidationError(self.env._("Documents of an intake cannot be made public."))

    @api.model
    def _get_path(self, bin_data, sha):
        """Write a file anew that a full disk or a crash has torn.

        Odoo takes what is left of it for another file with the same digest, and would refuse the
        right one for ever.
        """
        try:
            return super()._get_path(bin_data, sha)
        except UserError:
            path = self._full_path(f"{sha[:2]}/{sha}")
            with open(path, "rb") as file:
                if self._compute_checksum(file.read()) == sha:
                    raise
            _logger.warning("File %s of the file store was torn and is written anew", sha)
            os.remove(path)
            return super()._get_path(bin_data, sha)
