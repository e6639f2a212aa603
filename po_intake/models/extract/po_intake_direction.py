from odoo import api, models
from odoo.fields import Domain
from odoo.tools import email_normalize

from ...extraction import document as paper
from ...matching.party import domain_of
from ...matching.text import company_key, same_vat

SALE = "sale"
PURCHASE = "purchase"
BY_ROLE = {paper.SELLER: SALE, paper.BUYER: PURCHASE}
BY_TYPE = {
    paper.PURCHASE_ORDER: SALE,
    paper.ORDER_CHANGE: SALE,
    paper.ORDER_CONFIRMATION: PURCHASE,
    paper.QUOTATION: PURCHASE,
}


class PoIntakeDirection(models.AbstractModel):
    """Part of service 1, Extract: do we sell or buy by a document, and which of our companies."""

    _name = "po.intake.direction"
    _description = "Order Intake: Direction"

    @api.model
    def _values(self, intake, document):
        """Direction of a document that was just read, and whether that is sure.

        A team that receives one kind says so; else an order of ours that it names, our company's
        role as it is printed, the kind of document, and as what the sender is known, in this order.
        """
        team = intake.team_id.direction or SALE
        if team != SALE and self._answers_ours(intake, document):
            # many systems print "Order" over a confirmation; others send our own paper back
            confirmed = {"document_type": paper.ORDER_CONFIRMATION}
            return {"direction": PURCHASE, "direction_unsure": False, **confirmed}
        if team != "detect":
            return {"direction": team, "direction_unsure": False}
        signs = self._signs(intake, document)
        found = [signs[name] for name in ("role", "type", "sender") if signs[name]]
        printed = {signs["role"], signs["type"]} - {None}
        return {
            "direction": found[0] if found else SALE,
            "direction_unsure": len(printed) > 1 or not found,
        }

    @api.model
    def _signs(self, intake, document):
        """What each sign speaks for; ``None`` where it does not tell."""
        return {
            "role": BY_ROLE.get(document.get("own_role")),
            "type": BY_TYPE.get(document.get("document_type")),
            "sender": self._by_sender(intake, document),
        }

    @api.model
    def _answers_ours(self, intake, document):
        """Does what looks like an order name one of ours, of the very vendor that it is from?"""
        if document.get("document_type") not in (paper.PURCHASE_ORDER, paper.ORDER_CHANGE):
            return False
        domain = self.env["po.intake.comparison"]._numbers_domain(document)
        if domain is None:
            return False
        # sudo: an order that a person may not see is no less ordered
        orders = self.env["purchase.order"].sudo()
        found = orders.search(Domain("company_id", "=", intake.company_id.id) & domain)
        return any(self._is_from(order.partner_id, intake, document) for order in found)

    @api.model
    def _is_from(self, vendor, intake, document):
        """Is a document from this vendor, by VAT number, name, or domain of e-mail?"""
        party, company = document.get("partner") or {}, vendor.commercial_partner_id
        domains = {domain_of(text) for text in (party.get("email"), intake.email_from)} - {""}
        return (
            same_vat(party.get("vat") or "", company.vat or "")
            or company_key(party.get("name") or "") == company_key(company.name)
            or domain_of(company.email_normalized) in domains
        )

    @api.model
    def _by_sender(self, intake, document):
        """By the partner whose VAT number or address of e-mail it is: customer or vendor alone."""
        party = document.get("partner") or {}
        printed = (party.get("email"), intake.email_from)
        addresses = {email_normalize(text or "") for text in printed}
        named = Domain("email_normalized", "in", list(addresses - {False}))
        if party.get("vat"):
            named |= Domain("vat", "=", party["vat"])
        partners = self.env["res.partner"].search(
            named & Domain("company_id", "in", [False, intake.company_id.id])
        )
        companies = partners.commercial_partner_id | partners
        sides = {
            side
            for side, rank in ((SALE, "customer_rank"), (PURCHASE, "supplier_rank"))
            if any(companies.mapped(rank))
        }
        return sides.pop() if len(sides) == 1 else None

    # which company

    @api.model
    def _addressed_company(self, intake):
        """The one company of ours that a document names, by VAT number, else name and place.

        Empty where none is named, or several are.
        """
        document = intake.document or {}
        # sudo: a document may be for a company that whoever works here does not see
        companies = self.env["res.company"].sudo().search(Domain.TRUE)
        for role in ("addressee", "delivery"):
            party = document.get(role) or {}
            for key in ("vat", "name", "place"):
                wanted = self._key(party, key)
                found = companies.filtered(
                    lambda company, key=key, wanted=wanted: (
                        wanted and self._key(self._known(company), key) == wanted
                    )
                )
                if found:
                    return found if len(found) == 1 else found.browse()
        return companies.browse()

    @api.model
    def _known(self, company):
        return company.partner_id.read(["name", "vat", "street", "zip"])[0]

    @api.model
    def _key(self, party, key):
        """Letters and digits of a sign; empty where it is not complete."""
        texts = [party.get("street"), party.get("zip")] if key == "place" else [party.get(key)]
        if not all(texts):
            return ""
        return "".join(char for char in "".join(texts).casefold() if char.isalnum())

    @api.model
    def _team_of(self, intake, company):
        """The team of a company that takes documents of this direction; one that takes no others
        first."""
        # sudo: as above
        teams = (
            self.env["po.intake.team"]
            .sudo()
            .search(
                [
                    ("company_id", "=", company.id),
                    ("direction", "in", (intake.direction, "detect")),
                ]
            )
        )
        return teams.sorted(lambda team: team.direction == "detect")[:1]
