from odoo import models


class PoIntakeCheckParty(models.AbstractModel):
    """Part of service 3, Validate: whom a document is from, and where it goes."""

    _name = "po.intake.check.party"
    _description = "Order Intake: Check Parties"

    def _check_sender(self, intake):
        if intake.source != "mail":
            return
        senders, sender = self.env["po.intake.sender"], intake.email_from
        if senders._for_address(sender, intake.company_id).policy == "block":
            yield self._finding("sender_blocked", sender=sender)
        elif not senders._is_known(intake.company_id, sender):
            yield self._finding("sender_unknown", sender=sender)
        # sudo: the raw inbox is for managers, but this mail belongs to this very intake
        mail = intake.mail_id.sudo()
        verdict = self.env["po.intake.authentication"]._verdict(mail, intake.team_id)
        if verdict == "fail":
            yield self._finding("sender_forged", sender=sender)
        elif verdict == "none":
            yield self._finding("sender_not_authenticated", sender=sender)

    def _check_partner(self, intake):
        if intake.partner_id or self._is_blank(intake):
            return
        party = ", ".join(filter(None, [intake.party_name, intake.party_vat, intake.party_email]))
        party = party or intake.email_from
        names = " / ".join(item["name"] for item in (intake.partner_candidates or [])[:3])
        if names:
            yield self._finding("partner_ambiguous", party=party or "–", candidates=names)
        elif party:
            yield self._finding("partner_unknown", party=party)
        else:
            yield self._finding("partner_missing")

    def _check_sender_partner(self, intake):
        """One customer's address under another customer's order: a slip, or a fraud."""
        address = intake.sender_address
        if not address or not intake.partner_id:
            return
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

    def _check_delivery(self, intake):
        if intake.partner_id and intake.delivery_text and not intake.partner_shipping_id:
            yield self._finding(
                "delivery_unknown",
                address=intake.delivery_text,
                partner=intake.partner_id.display_name,
            )
