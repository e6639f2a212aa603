from odoo import api, models

from ...matching.text import code_key


class PoIntakeCheckParty(models.AbstractModel):
    """Part of service 3, Validate: which partner it is, and where it goes."""

    _name = "po.intake.check.party"
    _description = "Order Intake: Check Parties"

    def _check_addressee(self, intake):
        """A vendor's document for another company of ours, which nobody there would take."""
        if intake.direction != "purchase" or intake.route_id:
            return
        company = self.env["po.intake.direction"]._addressed_company(intake)
        if company and company != intake.company_id:
            yield self._finding("other_company", company=company.name)

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
        if intake.direction == "purchase":
            if intake.delivery_text and not self._delivers_to_us(intake):
                yield self._finding("delivery_elsewhere", address=intake.delivery_text)
        elif intake.partner_id and intake.delivery_text and not intake.partner_shipping_id:
            yield self._finding(
                "delivery_unknown",
                address=intake.delivery_text,
                partner=intake.partner_id.display_name,
            )

    @api.model
    def _delivers_to_us(self, intake):
        """Is the printed place of delivery one of our own, by postcode or by name?"""
        printed = (intake.document or {}).get("delivery") or {}
        company = intake.company_id.partner_id
        warehouses = self.env["stock.warehouse"].search([("company_id", "=", intake.company_id.id)])
        places = company | company.child_ids | warehouses.partner_id
        names = {code_key(place.name) for place in places if place.name}
        zips = {code_key(place.zip) for place in places if place.zip}
        name, code = code_key(printed.get("name") or ""), code_key(printed.get("zip") or "")
        return code in zips if code else name in names
