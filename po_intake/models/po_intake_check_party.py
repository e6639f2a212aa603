from odoo import models
from odoo.tools import email_normalize

from ..extraction import document as paper


class PoIntakeCheckParty(models.AbstractModel):
    """Part of service 3, Validate: whom a document is from, and where it goes."""

    _name = "po.intake.check.party"
    _description = "Order Intake: Check Parties"

    def _check_sender(self, intake):
        if intake.source != "mail":
            return
        rule = self.env["po.intake.sender"]._for_address(intake.email_from, intake.company_id)
        parameters = {"sender": intake.email_from}
        if rule.policy == "block":
            yield {"code": "sender_blocked", "severity": paper.BLOCKING, "parameters": parameters}
        elif not self.env["po.intake.sender"]._is_known(intake.company_id, intake.email_from):
            yield {"code": "sender_unknown", "severity": paper.BLOCKING, "parameters": parameters}

    def _check_partner(self, intake):
        if intake.partner_id or self._is_blank(intake):
            return
        party = ", ".join(filter(None, [intake.party_name, intake.party_vat, intake.party_email]))
        party = party or intake.email_from
        names = [item["name"] for item in (intake.partner_candidates or [])[:3]]
        known = "partner_unknown" if party else "partner_missing"
        yield {
            "code": "partner_ambiguous" if names else known,
            "severity": paper.BLOCKING,
            "parameters": {"party": party or "–", "candidates": " / ".join(names)},
        }

    def _check_sender_partner(self, intake):
        """One customer's address under another customer's order: a slip, or a fraud."""
        address = email_normalize(intake.email_from or "")
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
            yield {
                "code": "sender_differs",
                "severity": paper.BLOCKING,
                "parameters": {
                    "sender": companies[:1].display_name,
                    "partner": intake.partner_id.display_name,
                },
            }

    def _check_delivery(self, intake):
        if intake.partner_id and intake.delivery_text and not intake.partner_shipping_id:
            yield {
                "code": "delivery_unknown",
                "severity": paper.BLOCKING,
                "parameters": {
                    "address": intake.delivery_text,
                    "partner": intake.partner_id.display_name,
                },
            }
