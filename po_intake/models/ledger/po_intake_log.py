from markupsafe import Markup

from odoo import models


class PoIntakeLog(models.AbstractModel):
    """What the stages of the work tell in the chatter, under a subtype of its own."""

    _name = "po.intake.log"
    _inherit = ["mail.thread"]
    _description = "Order Intake Log"

    def _log(self, body, details=()):
        """One note in the chatter under the log's own subtype. Texts are escaped.

        :param body: a sentence
        :param details: further sentences, shown as a list
        """
        for intake in self:
            html = Markup("<p>%s</p>") % body
            if details:
                items = Markup("").join(Markup("<li>%s</li>") % item for item in details)
                html += Markup("<ul>%s</ul>") % items
            intake._note(html)

    def _note(self, html):
        """Post a note of the log; where nobody follows the log, without looking whom to tell."""
        self.ensure_one()
        log = self.env.ref("po_intake.mt_log")
        # sudo: who follows the card is nothing to the worker, and the log is the system's
        if self.sudo().message_follower_ids.filtered(lambda item: log in item.subtype_ids):
            self.message_post(body=html, subtype_id=log.id)
            return
        author = self.env.user.partner_id
        self.env["mail.message"].sudo().create(
            {
                "model": self._name,
                "res_id": self.id,
                "body": html,
                "message_type": "notification",
                "subtype_id": log.id,
                "is_internal": True,
                "author_id": author.id,
                "email_from": author.email_formatted,
                "reply_to": author.email_formatted,
                "record_company_id": self.company_id.id,
                "email_add_signature": False,
            }
        )
