from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize, is_html_empty


class PoIntakeReject(models.TransientModel):
    """Why a document is not ordered, and what its sender is told of that, if anything."""

    _name = "po.intake.reject"
    _description = "Reject an Order Intake"

    intake_ids = fields.Many2many("po.intake", required=True)
    reason = fields.Char(required=True)
    duplicate_of_id = fields.Many2one(
        "po.intake", help="The intake that came first, where the document repeats it."
    )
    change_id = fields.Many2one(
        "po.intake.change",
        ondelete="cascade",
        help="The comparison whose differences the vendor is told.",
    )
    can_reply = fields.Boolean(compute="_compute_can_reply")
    reply = fields.Boolean(
        "Reply to the sender", help="A mail that you can read and change before it is sent."
    )
    email_to = fields.Char(
        "To",
        compute="_compute_mail",
        store=True,
        readonly=False,
        help="Empty where the sender is unknown: then type the address if you trust it.",
    )
    subject = fields.Char(compute="_compute_mail", store=True, readonly=False)
    body = fields.Html(compute="_compute_mail", store=True, readonly=False, sanitize_style=True)

    @api.depends("intake_ids")
    def _compute_can_reply(self):
        """One card at a time: what one sender is told is no other one's business."""
        for wizard in self:
            wizard.can_reply = len(wizard.intake_ids) == 1

    @api.depends("reply", "reason", "intake_ids")
    def _compute_mail(self):
        for wizard in self:
            name = "mail_template_differences" if wizard.change_id else "mail_template_reject"
            template = self.env.ref(f"po_intake.{name}", raise_if_not_found=False)
            intake = wizard.intake_ids._origin
            if not wizard.reply or len(intake) != 1:
                wizard.update({"email_to": False, "subject": False, "body": False})
                continue
            wizard.email_to = wizard.email_to or wizard._address(intake)
            if template:
                language = intake._answer_language()
                change = wizard.change_id
                wizard.subject, wizard.body = intake._render_answer(
                    template,
                    intake,
                    language,
                    po_intake_reason=wizard.reason,
                    po_intake_order=change and change._target(),
                    po_intake_differences=change and change._refused(language),
                )

    def _address(self, intake):
        """The sender's; of a vendor's answer that was uploaded, the address of the vendor."""
        address = intake._answer_address()
        if address or not self.change_id:
            return address
        return intake.partner_contact_id.email_normalized or intake.partner_id.email_normalized

    def action_reject(self):
        """Reject; the mail is sent by this click, and by nothing else.

        Of a vendor's answer only what is not ticked is refused.
        """
        if self.change_id.difference_ids.filtered("selected"):
            self.change_id.action_apply()
            self._send()
            return {"type": "ir.actions.act_window_close"}
        self.intake_ids._reject(self.reason, self.duplicate_of_id)
        self.intake_ids._log(
            self.env._(
                "Rejected by %(user)s: %(reason)s", user=self.env.user.name, reason=self.reason
            )
        )
        if self.reply and self.can_reply:
            self._send()
        return {"type": "ir.actions.act_window_close"}

    def _send(self):
        """Send the reply as it stands in the wizard."""
        intake, address = self.intake_ids, email_normalize(self.email_to or "")
        if not address:
            raise UserError(self.env._("Type one address to reply to, or do not reply."))
        if intake._must_not_answer(address):
            raise UserError(
                self.env._(
                    "%s sends automatic mails, or is one of our own addresses: nobody would read "
                    "the reply. Type another address, or do not reply.",
                    address,
                )
            )
        if is_html_empty(self.body):
            raise UserError(self.env._("The reply is empty."))
        intake._answer(intake, address, self.subject, self.body, message_type="comment")
