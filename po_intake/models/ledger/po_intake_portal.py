from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import plaintext2html

# what a customer's login may send in an hour
MOST_UPLOADS = 60
MOST_ANSWERS = 60
MOST_SIGNS = 5000
# a card whose customer is in doubt is shown to nobody outside
DOUBTS = (
    "partner_missing",
    "partner_unknown",
    "partner_ambiguous",
    "sender_blocked",
    "sender_unknown",
    "sender_lookalike",
    "sender_forged",
    "sender_differs",
    "sender_pretends",
)
# what people write to each other; notes and the log are none of the customer's business
WRITTEN = ("comment", "email_outgoing", "auto_comment")


class PoIntakePortal(models.AbstractModel):
    """Part of the ledger: what customers see of their orders in the portal, and send there.

    Portal users have no rights on any model of this app. The methods here choose what one of them
    may see, with the system's rights, and the pages show nothing else.
    """

    _name = "po.intake.portal"
    _inherit = ["mail.thread"]
    _description = "Order Intake: Portal"

    portal_partner_id = fields.Many2one(
        "res.partner",
        "Uploaded by",
        readonly=True,
        index="btree_not_null",
        copy=False,
        help="The company whose login sent the document in the portal.",
    )

    # what is seen

    @api.model
    def _portal_domain(self, partner):
        """Cards that the company of a contact may see.

        What it uploaded itself; of what came by mail and other ways the orders that are its own
        for sure: drafted ones, and others as long as nobody doubts whose they are.
        """
        family = ("child_of", partner.commercial_partner_id.ids)
        doubts = [("code", "in", DOUBTS), ("waived_by_id", "=", False)]
        sure = Domain("state", "in", ("done", "rejected")) | (
            Domain("state", "in", ("review", "error")) & Domain("finding_ids", "not any", doubts)
        )
        return Domain("direction", "=", "sale") & (
            Domain("portal_partner_id", *family) | (Domain("partner_id", *family) & sure)
        )

    @api.model
    def _portal_cards(self):
        """What the current user may see.

        :return: the model with the system's rights, and the domain to search it with
        """
        return self.sudo(), self._portal_domain(self.env.user.partner_id)

    @api.model
    def _portal_card(self, intake_id):
        """One card with the system's rights, or none where it is not the user's."""
        cards, domain = self._portal_cards()
        return cards.search(domain & Domain("id", "=", intake_id))

    def _portal_status(self):
        """How far it is, in the customer's words."""
        self.ensure_one()
        if self.state == "done" and self.life["now"]:
            return self.life["now"]["label"]
        return {
            "new": self.env._("Received"),
            "done": self.env._("Received"),
            "rejected": self.env._("Not accepted"),
        }.get(self.state, self.env._("Being checked"))

    def _portal_order(self):
        """The order that came of it, where the current user may open it."""
        order = self.sale_order_id
        may_open = order and order.with_user(self.env.user).has_access("read")
        return order if may_open and order.state != "draft" else order.browse()

    def _portal_messages(self):
        """What was written between the customer and us, oldest first."""
        partner = self.env.user.partner_id.commercial_partner_id
        comment = self.env.ref("mail.mt_comment")
        messages = self.message_ids.filtered(
            lambda item: (
                item.subtype_id == comment
                and not item.is_internal
                # a colleague may have forwarded a mail with remarks of their own
                and (
                    item.message_type in WRITTEN or item.author_id.commercial_partner_id == partner
                )
            )
        )
        return messages.sorted("id")

    # what is sent

    @api.model
    def _portal_team(self):
        """The team that takes what customers upload in the portal, or none."""
        if self.env.user._is_internal():
            return self.env["po.intake.team"]  # colleagues have the board
        return (
            self.env["po.intake.team"]
            .sudo()
            .search(  # sudo: portal users know no teams
                [
                    ("company_id", "=", self.env.company.id),
                    ("direction", "!=", "purchase"),
                    ("portal_upload", "=", True),
                ],
                limit=1,
            )
        )

    @api.model
    def _portal_check_rate(self, model, domain, most):
        """Refuse what is more than a person does in an hour."""
        recent = Domain("create_date", ">", fields.Datetime.now() - timedelta(hours=1))
        # sudo: counts of one's own company only
        if self.env[model].sudo().search_count(recent & Domain(domain), limit=most) >= most:
            raise UserError(self.env._("That is a lot for one hour. Please go on later."))

    @api.model
    def _portal_upload(self, files):
        """Door of the portal: one card per file, stored and nothing else.

        :param files: list of (name, bytes)
        :return: the cards, with the system's rights
        """
        partner = self.env.user.partner_id
        company = partner.commercial_partner_id
        team = self._portal_team()
        if not team:
            raise UserError(self.env._("Orders cannot be uploaded here. Please send them by mail."))
        self._portal_check_rate(
            self._name,
            [("portal_partner_id", "=", company.id)],
            MOST_UPLOADS - len(files) + 1,
        )
        senders = self.env["po.intake.sender"].sudo()  # sudo: only whether this one is blocked
        blocked = senders._for_address(partner.email, team.company_id).policy == "block"
        worker = self.with_user(self._worker()).sudo().with_company(team.company_id)
        return worker._receive_files(
            files,
            {
                "source": "portal",
                "team_id": team.id,
                "direction": "sale",
                "portal_partner_id": company.id,
                "email_from": partner.email_formatted,
                "state": "quarantine" if blocked else "new",
            },
            partner,
        )

    @api.model
    def _receive_files(self, files, values, author):
        """Store files that a customer sent."""
        cards = self.browse()
        for name, content in files:
            card = self.create({**values, "source_name": name})
            attachment = self.env["ir.attachment"].create(
                {"name": name, "raw": content, "res_model": self._name, "res_id": card.id}
            )
            card.message_main_attachment_id = attachment
            # they hear of questions by mail, too
            card.message_subscribe(author.ids)
            card._log(
                self.env._(
                    "%(person)s uploaded %(file)s in the portal.", person=author.name, file=name
                )
            )
            cards |= card
        return cards

    def _portal_answer(self, text):
        """Post what the customer writes, as plain text, and tell whoever looks after the card.

        :param text: as typed; never markup
        """
        self.ensure_one()
        author = self.env.user.partner_id
        text = (text or "").strip()[:MOST_SIGNS]
        if not text:
            raise UserError(self.env._("Please write something."))
        self._portal_check_rate(
            "mail.message",
            [("author_id", "=", author.id), ("model", "=", self._name)],
            MOST_ANSWERS,
        )
        card = self.with_user(self._worker()).sudo()
        card.message_post(
            body=plaintext2html(text),
            author_id=author.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        card._ask_person(
            self.env._("%(person)s wrote in the portal: %(text)s", person=author.name, text=text)
        )

    def _notify_get_recipients_groups(self, message, model_description, msg_vals=False):
        """The button in mails to customers opens their own page; it takes a login."""
        groups = super()._notify_get_recipients_groups(message, model_description, msg_vals)
        for name, _is_member, data in groups if self else ():
            if name == "portal":
                data.update(
                    active=True,
                    has_button_access=True,
                    button_access={"url": f"{self.get_base_url()}/my/sent-orders/{self.id}"},
                )
        return groups
