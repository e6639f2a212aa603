import base64
import io
import json
import zipfile

from odoo import api, fields, models
from odoo.fields import Domain

from ..extraction.containers.names import clean
from ..models.ledger.po_intake_retention import ENDED, PRINTED

EXPORTED = (
    "name",
    "state",
    "source",
    "received_date",
    "done_date",
    "document_type",
    "order_reference",
    "order_date",
    "requested_date",
    "amount",
    *PRINTED,
)


class PoIntakePrivacy(models.TransientModel):
    """What is stored of one partner's documents: hand it over, or erase it."""

    _name = "po.intake.privacy"
    _description = "A Partner's Documents"

    partner_id = fields.Many2one("res.partner", required=True, readonly=True)
    intake_ids = fields.Many2many("po.intake", compute="_compute_intake_ids", string="Cards")
    intake_count = fields.Integer("Documents", compute="_compute_intake_ids")
    open_count = fields.Integer(
        "Still open",
        compute="_compute_intake_ids",
        help="Cards that nobody has approved or rejected yet. They are not erased.",
    )

    @api.depends("partner_id")
    def _compute_intake_ids(self):
        for wizard in self:
            intakes = self.env["po.intake"].search(wizard._intakes_domain())
            wizard.intake_ids = intakes
            wizard.intake_count = len(intakes)
            wizard.open_count = len(intakes.filtered(lambda intake: intake.state not in ENDED))

    def _intakes_domain(self):
        """Documents of the company or a person of it, and mails from one of their addresses."""
        family = self.partner_id
        if family.is_company:
            family = family.search([("id", "child_of", family.commercial_partner_id.id)])
        addresses = [address for address in family.mapped("email_normalized") if address]
        return Domain.OR(
            [
                Domain("partner_id", "in", family.ids),
                Domain("partner_contact_id", "in", family.ids),
                Domain("sender_address", "in", addresses),
            ]
        )

    def action_export(self):
        """A zip archive: one JSON file with what is stored, and the documents as they came."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            cards = [self._told(intake, archive) for intake in self.intake_ids]
            archive.writestr("cards.json", json.dumps(cards, indent=2, default=str))
        attachment = self.env["ir.attachment"].create(
            {
                "name": clean(f"{self.partner_id.display_name}.zip"),
                "raw": buffer.getvalue(),
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "download",
        }

    def _told(self, intake, archive):
        """What is stored of one card, as plain values; its files go into the archive."""
        # sudo: the raw inbox is for managers, who alone can open this page
        mail = intake.mail_id.sudo()
        files = {"mail.eml": base64.b64decode(mail.raw)} if mail.raw else {}
        for attachment in self.env["ir.attachment"].search(
            [("res_model", "=", intake._name), ("res_id", "=", intake.id)]
        ):
            files[f"{attachment.id}-{clean(attachment.name)}"] = attachment.raw or b""
        folder = clean(intake.name.replace("/", "-"))
        for name, content in files.items():
            archive.writestr(f"{folder}/{name}", content)
        return {
            **{name: intake[name] or None for name in EXPORTED},
            "document": intake.document or None,
            # sudo: the number alone, which stands on the card, too
            "order": (intake.sale_order_id or intake.purchase_order_id).sudo().name or None,
            "files": [f"{folder}/{name}" for name in files],
        }

    def action_erase(self):
        """Erase the documents of all that has ended, and who is allowed or blocked as sender."""
        erased = self.intake_ids._erase_documents(printed=True)
        self.env["po.intake.sender"].search([("partner_id", "=", self.partner_id.id)]).unlink()
        left = len(self.intake_ids) - len(erased)
        message = self.env._("%s documents were erased.", len(erased))
        if left:
            message += " " + self.env._("%s are still open: approve or reject them first.", left)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "warning" if left else "success",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
