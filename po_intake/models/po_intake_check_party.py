from odoo import models


class PoIntakeCheckParty(models.AbstractModel):
    """Part of service 3, Validate: which partner it is, and where it goes."""

    _name = "po.intake.check.party"
    _description = "Order Intake: Check Parties"

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

    def _check_delivery(self, intake):
        if intake.partner_id and intake.delivery_text and not intake.partner_shipping_id:
            yield self._finding(
                "delivery_unknown",
                address=intake.delivery_text,
                partner=intake.partner_id.display_name,
            )
