from collections import defaultdict
from dataclasses import replace

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import email_normalize

from ...matching.candidates import PartyCandidate, PartyQuery
from ...matching.keys import party_terms
from ...matching.party import same_person
from ...matching.rank import first_sure, rank_addresses, rank_parties
from .po_intake_match_product import SUGGESTION, SURE

POOL_LIMIT = 60
MOST_ADDRESSES = 1000


class PoIntakeMatchParty(models.AbstractModel):
    """Part of service 2, Match: whom a document is from, and where it goes."""

    _name = "po.intake.match.party"
    _description = "Order Intake: Match Partners"

    @api.model
    def _get_partner_rules(self, intake, query):
        """Hook: domains, in any order, whose partners are looked at closely."""
        rules = []
        found = self.env["po.intake.search"]._ids_by_terms(
            self.env["res.partner"], self._party_terms(query), POOL_LIMIT
        )
        ids = {partner_id for ids in found for partner_id in ids}
        if ids:
            rules.append(Domain("id", "in", list(ids)))
        sender = self._registered(intake, query.email)
        if sender:
            rules.append(Domain("id", "in", sender.ids))
        return rules

    @api.model
    def _party_terms(self, query):
        """What the partner may be found by: its numbers and addresses, then each of its names."""
        signs = party_terms(
            references=filter(None, [query.reference, query.registry]),
            vats=filter(None, [query.vat]),
            addresses=filter(None, [query.email, query.website]),
            phones=filter(None, [query.phone]),
            glns=filter(None, [query.gln]),
        )
        # a sign of its own is worth more than many words of a name
        return [*([sign] for sign in signs), list(party_terms(filter(None, [query.name])))]

    @api.model
    def _registered(self, intake, email):
        """Partners that people have listed this address, or its domain, for."""
        rules = self.env["po.intake.sender"]._rules(email, intake.company_id)
        return rules.filtered(lambda rule: rule.policy == "allow").partner_id

    @api.model
    def _party_query(self, intake):
        """What the document prints about whom it is from."""
        printed = (intake.document or {}).get("partner") or {}
        return PartyQuery(
            name=intake.party_name or None,
            reference=intake.party_reference or None,
            vat=intake.party_vat or None,
            registry=printed.get("registry"),
            gln=printed.get("gln"),
            email=intake.party_email or None,
            phone=intake.party_phone or None,
            website=printed.get("website"),
            street=intake.party_street or None,
            zip=intake.party_zip or None,
            city=intake.party_city or None,
            country=intake.party_country or None,
        )

    @api.model
    def _is_our_own(self, address):
        """Is it a colleague who forwards an order?"""
        return bool(
            self.env["res.users"]
            .sudo()  # whether an address is a colleague's is no secret of the users' records
            .search_count(
                [("partner_id.email_normalized", "=", address), ("share", "=", False)], limit=1
            )
        )

    @api.model
    def _partner_pool(self, intake, query):
        """Whom the query may mean, with all contacts and addresses of their companies."""
        partners = self.env["res.partner"]
        rules = self._get_partner_rules(intake, query)
        if not rules:
            return partners
        allowed = Domain("company_id", "in", [False, intake.company_id.id])
        # our own companies and colleagues never order from us by mail
        ours = self.env["res.company"].sudo().search(Domain.TRUE).partner_id  # sudo: ids only
        found = partners.search(
            allowed & Domain.OR(rules) & Domain("commercial_partner_id", "not in", ours.ids)
        )
        return partners.search(
            allowed & Domain("commercial_partner_id", "in", found.commercial_partner_id.ids),
            limit=MOST_ADDRESSES,
        )

    @api.model
    def _party_candidates(self, intake, partners):
        """Hook: what the wing is told about partners that may be meant."""
        senders = defaultdict(list)
        for sender in self.env["po.intake.sender"].search(
            Domain("partner_id", "in", partners.ids)
            & Domain("company_id", "in", [False, intake.company_id.id])
            & Domain("policy", "=", "allow")
        ):
            senders[sender.partner_id.id].append(sender.name)
        return [
            PartyCandidate(
                id=partner.id,
                commercial_id=partner.commercial_partner_id.id,
                name=partner.name or partner.commercial_company_name or None,
                ref=partner.ref or None,
                vats=(partner.vat,) if partner.vat else (),
                registry=partner.company_registry or None,
                gln=partner._po_intake_gln(),
                emails=tuple(filter(None, [partner.email_normalized, *senders[partner.id]])),
                domains=tuple(filter(None, [partner.website, *senders[partner.id]])),
                phones=(partner.phone,) if partner.phone else (),
                street=partner.street or None,
                zip=partner.zip or None,
                city=partner.city or None,
                country=partner.country_id.code or None,
                is_company=partner.is_company,
                is_customer=partner.customer_rank > 0,
                is_vendor=partner.supplier_rank > 0,
                type=partner.type or "contact",
            )
            for partner in partners
        ]

    def _match_partner(self, intake):
        """By what is printed; where that is not enough, by the sender as well."""
        query = self._party_query(intake)
        # who has logged in wrote the address next to it themselves
        sender = not intake.portal_partner_id and intake.sender_address
        if sender and not self._is_our_own(sender):
            with_sender = replace(query, email=sender)
        else:
            with_sender = query
        pool = self._partner_pool(intake, query)
        if with_sender != query:
            pool |= self._partner_pool(intake, with_sender)
        candidates = self._party_candidates(intake, pool)
        matches = self._rank_partners(intake, query, candidates)
        best = first_sure(matches)
        if not best and with_sender != query:
            matches = self._rank_partners(intake, with_sender, candidates) or matches
            best = first_sure(matches)
        if best:
            intake.partner_id = best.id
        intake.partner_candidates = self._describe(matches, pool)
        intake.partner_score = SURE if best else min(matches[0].score, SUGGESTION) if matches else 0
        intake.partner_reason = self._reason_text(matches[0]) if matches else False
        if not best and not intake.partner_id:
            self._match_login(intake, {match.id for match in matches})

    def _match_login(self, intake, others):
        """Who uploaded it in the portal, where nothing printed speaks for somebody else."""
        company = intake.portal_partner_id
        found = self.env["res.partner"].browse(others).commercial_partner_id
        if company and found <= company:
            intake.write(
                {
                    "partner_id": company.id,
                    "partner_score": SURE,
                    "partner_reason": self.env._("logged in at the portal"),
                }
            )

    @api.model
    def _rank_partners(self, intake, query, candidates):
        """The best companies; of a vendor's document a known vendor, where one is sure."""
        if intake.direction == "purchase":
            vendors = {item.commercial_id for item in candidates if item.is_vendor}
            known = rank_parties(query, [c for c in candidates if c.commercial_id in vendors])
            if first_sure(known):
                return known
        return rank_parties(query, candidates)

    # contact and addresses

    def _match_addresses(self, intake):
        """Who of the partner orders, where the goods go, and where the invoice goes."""
        company = intake.partner_id.commercial_partner_id
        for name in ("partner_contact_id", "partner_invoice_id", "partner_shipping_id"):
            if intake[name] and intake[name].commercial_partner_id != company:
                intake[name] = False  # of the partner that it was before
        if not company:
            return
        children = self.env["res.partner"].search(
            Domain("commercial_partner_id", "=", company.id)
            & Domain("company_id", "in", [False, intake.company_id.id]),
            limit=MOST_ADDRESSES,
        )
        if not intake.partner_contact_id:
            intake.partner_contact_id = self._find_contact(intake, children - company)
        # a vendor delivers to us
        if not intake.partner_shipping_id and intake.delivery_text and intake.direction == "sale":
            printed = (intake.document or {}).get("delivery") or {}
            query = PartyQuery(
                **{key: printed.get(key) for key in ("name", "street", "zip", "city", "country")}
            )
            intake.partner_shipping_id = self._find_address(intake, query, children)
        if not intake.partner_invoice_id:
            own = self._party_query(intake)
            query = PartyQuery(name=own.name, street=own.street, zip=own.zip, city=own.city)
            found = self._find_address(intake, query, children)
            is_invoice = found.type == "invoice"
            default = company.address_get(["invoice"])["invoice"]
            intake.partner_invoice_id = found if is_invoice else children.browse(default)

    @api.model
    def _find_address(self, intake, query, children):
        """The one address that the query names for sure, or none."""
        best = first_sure(rank_addresses(query, self._party_candidates(intake, children)))
        return children.browse(best.id if best else ())

    @api.model
    def _find_contact(self, intake, children):
        """Who orders: by the printed e-mail address or name, else by the sender of the mail."""
        printed = (intake.document or {}).get("partner") or {}
        people = children.filtered(lambda child: child.type == "contact")
        by_mail = people.grouped("email_normalized")
        for address in (intake.party_email, False, intake.email_from):
            found = by_mail.get(email_normalize(address or "") or None)
            if not address and printed.get("contact"):
                found = people.filtered(lambda item: same_person(printed["contact"], item.name))
            if found and len(found) == 1:
                return found
        return children.browse()
