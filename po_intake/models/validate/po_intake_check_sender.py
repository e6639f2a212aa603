from odoo import models
from odoo.tools import email_domain_extract, email_normalize
from odoo.tools.mail import email_split_tuples


class PoIntakeCheckSender(models.AbstractModel):
    """Part of service 3, Validate: who sent a mail, and what speaks against it.

    Nothing but the mail's headers is looked at: these checks run on mails in quarantine, too.
    """

    _name = "po.intake.check.sender"
    _description = "Order Intake: Check Sender"

    def _check_sender(self, intake):
        if intake.source != "mail":
            return
        senders, sender = self.env["po.intake.sender"], intake.email_from
        if senders._for_address(sender, intake.company_id).policy == "block":
            yield self._finding("sender_blocked", sender=sender)
        elif not senders._is_known(intake.company_id, sender):
            yield self._finding("sender_unknown", sender=sender)
            known = senders._imitated(sender, intake.company_id)
            if known:
                domain = email_domain_extract(intake.sender_address)
                yield self._finding("sender_lookalike", domain=domain, known=known)
        # sudo: the raw inbox is for managers, but this mail belongs to this very intake
        mail = intake.mail_id.sudo()
        verdict = self.env["po.intake.authentication"]._verdict(mail, intake.team_id)
        if verdict == "fail":
            yield self._finding("sender_forged", sender=sender)
        elif verdict == "none":
            yield self._finding("sender_not_authenticated", sender=sender)

    def _check_sender_tricks(self, intake):
        """Addresses that are shown to people, but are not the sender's."""
        if intake.source != "mail":
            return
        own = email_domain_extract(intake.sender_address or "")
        shown, _address = next(iter(email_split_tuples(intake.email_from or "")), ("", ""))
        pretended = email_normalize(shown or "")
        if pretended and email_domain_extract(pretended) != own:
            yield self._finding(
                "sender_pretends", shown=pretended, address=intake.sender_address or "–"
            )
        # sudo: the raw inbox is for managers, but this mail belongs to this very intake
        answer = email_normalize(intake.mail_id.sudo().reply_to or "")
        if answer and email_domain_extract(answer) != own:
            yield self._finding(
                "reply_to_differs", reply_to=answer, address=intake.sender_address or "–"
            )

    def _check_sender_rate(self, intake):
        """Only while it waits: who releases it has seen it."""
        if intake.state == "quarantine" and self.env["po.intake.sender"]._floods(
            intake.team_id, intake.sender_address
        ):
            yield self._finding("sender_floods", sender=intake.email_from)

    def _check_sender_partner(self, intake):
        """One customer's address or login under another's order: a slip, or a fraud."""
        address = intake.sender_address
        # who uploads in the portal has logged in; the address there is anybody's to write
        companies = intake.portal_partner_id
        if not intake.partner_id or not (address or companies):
            return
        if not companies:
            senders = self.env["res.partner"].search(
                [
                    ("email_normalized", "=", address),
                    ("company_id", "in", [False, intake.company_id.id]),
                ]
            )
            companies = senders.commercial_partner_id - self.env.companies.partner_id
        if companies and intake.partner_id.commercial_partner_id not in companies:
            yield self._finding(
                "sender_differs",
                sender=companies[:1].display_name,
                partner=intake.partner_id.display_name,
            )

    def _assess_sender(self, intake):
        """Say on a card in quarantine why it is there; nothing is opened for that."""
        found = [
            {**values, "is_check": True}
            for check in (self._check_sender, self._check_sender_tricks, self._check_sender_rate)
            for values in check(intake)
        ]
        for values in self._weigh(intake.team_id, found):
            self._add_finding(intake, values)
