from odoo import api, fields, models
from odoo.tools import email_normalize
from odoo.tools.misc import get_lang

# RFC 3834: what tells other machines that nobody wrote this, and that no machine should answer
AUTOMATIC = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}


class PoIntakeAnswer(models.AbstractModel):
    """What senders are told: that an order was taken in, or, by a person, that it was not."""

    _name = "po.intake.answer"
    _description = "Order Intake Answers"

    acknowledged_date = fields.Datetime("Acknowledged on", readonly=True, copy=False)

    # to whom

    def _answer_address(self):
        """The sender's bare address where a mail may go to it; else none.

        Machines are not answered, nor are our own addresses: that would go round in circles.
        Strangers are not answered either: any address can stand under ``From``.
        """
        self.ensure_one()
        address = self.sender_address
        if not address or self.state == "quarantine" or self._must_not_answer(address):
            return False
        return self.env["po.intake.sender"]._is_known(self.company_id, address) and address

    def _must_not_answer(self, address):
        """Is an address the sender of an automatic mail, or one of ours?"""
        self.ensure_one()
        address = email_normalize(address)
        # sudo: the raw inbox is for managers, aliases are for administrators
        own = self.env["mail.alias.domain"].sudo()._find_aliases([address])
        by_itself = self.mail_id.sudo()._is_automatic()
        return bool(own) or (by_itself and address == self.sender_address)

    def _answer_language(self):
        """The partner's language; that of the document where it is installed; else ours."""
        self.ensure_one()
        # sudo: which language a partner speaks is no secret
        partner = self.partner_id.sudo() or self.env["res.partner"].sudo().search(
            [("email_normalized", "=", self.sender_address or "-")], limit=1
        )
        printed = (self.document or {}).get("language") or ""
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        alike = [code for code in installed if printed and code[:2] == printed[:2].lower()]
        if partner.lang in installed:
            return partner.lang
        return alike[0] if alike else get_lang(self.env, self.company_id.partner_id.lang).code

    # what

    @api.model
    def _render_answer(self, template, record, language, **context):
        """Subject and body of an answer; texts of documents are escaped by the template.

        :param context: further values that the template finds in ``ctx``
        """
        template = template.with_context(**context)
        return tuple(
            template._render_field(field, record.ids, set_lang=language)[record.id]
            for field in ("subject", "body_html")
        )

    def _answer(self, record, address, subject, body, **options):
        """Post a mail in the thread of a record, and to one address alone.

        An address rather than a partner: a partner would get a link into the order, too.
        """
        return record.message_post(
            subject=subject,
            body=body,
            outgoing_email_to=address,
            subtype_xmlid="mail.mt_comment",
            email_layout_xmlid="mail.mail_notification_light",
            force_email_lang=self._answer_language(),
            notify_skip_followers=True,
            **options,
        )

    def _acknowledge(self, order, event):
        """Tell the sender that the order is in, once, and where the team wants that.

        :param event: ``drafted`` or ``confirmed``
        """
        # sudo: whoever confirms an order need not see intakes or templates
        intake, order = self.sudo(), order.sudo()
        if intake.team_id.acknowledge != event or intake.acknowledged_date:
            return
        address = intake._answer_address()
        # one customer's order from another one's address is told to neither
        if not address or "sender_differs" in intake.finding_ids.mapped("code"):
            return
        template = self.env.ref("po_intake.mail_template_acknowledge", raise_if_not_found=False)
        if not template:
            return  # an administrator has deleted it
        intake.acknowledged_date = fields.Datetime.now()
        language = order.partner_id.lang or intake._answer_language()
        subject, body = self._render_answer(template.sudo(), order, language)
        author = order.user_id.partner_id or intake.company_id.partner_id
        intake._answer(
            order,
            address,
            subject,
            body,
            author_id=author.id,
            message_type="auto_comment",
            mail_headers=AUTOMATIC,
            force_send=False,
        )
        intake._log(self.env._("%s was told that the order is in.", address))
