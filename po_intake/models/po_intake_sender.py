from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import email_domain_extract, email_normalize

from ..matching.lookalike import imitated
from ..matching.party import domain_of


class PoIntakeSender(models.Model):
    """Who may send orders: an address or a whole domain, and for which partner."""

    _name = "po.intake.sender"
    _description = "Order Intake Sender"
    _order = "name"
    _rec_name = "name"
    _check_company_auto = True

    name = fields.Char(
        "Address or domain",
        required=True,
        help="jane@customer.example for one person, customer.example for everybody there.",
    )
    policy = fields.Selection(
        [("allow", "Allowed"), ("block", "Blocked")], required=True, default="allow"
    )
    partner_id = fields.Many2one(
        "res.partner", check_company=True, index="btree_not_null", ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", index=True, default=lambda self: self.env.company)
    note = fields.Char()

    _name_company_uniq = models.UniqueIndex(
        "(name, COALESCE(company_id, 0))", "This sender is already listed."
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["name"] = self._normalize(vals.get("name"))
        return super().create(vals_list)

    def write(self, vals):
        if "name" in vals:
            vals = {**vals, "name": self._normalize(vals["name"])}
        return super().write(vals)

    @api.model
    def _normalize(self, name):
        """The form that is stored and compared: a bare address, or a domain without ``@``."""
        name = (name or "").strip()
        return email_normalize(name) or name.lower().lstrip("@")

    @api.model
    def _for_address(self, email, company):
        """The rule for an address in a company, at most one: the first of :meth:`_rules`."""
        return self._rules(email, company)[:1]

    @api.model
    def _rules(self, email, company):
        """All rules that fit an address, those for itself before those for its domain.

        :param email: any form of an address
        """
        address = email_normalize(email or "")
        if not address:
            return self.browse()
        names = [address, email_domain_extract(address)]
        rules = self.search(
            Domain("name", "in", names) & Domain("company_id", "in", [False, company.id])
        )
        return rules.sorted(lambda rule: (rule.name != address, not rule.company_id))

    @api.model
    def _may_be_read(self, team, email):
        """May a mail from this address be opened, or does it wait in quarantine?"""
        if self._for_address(email, team.company_id).policy == "block":
            return False
        return team.unknown_sender != "quarantine" or self._is_known(team.company_id, email)

    @api.model
    def _is_known(self, company, email):
        """Is an address listed as allowed, a partner's, or of a partner's own domain?"""
        rule = self._for_address(email, company)
        if rule:
            return rule.policy == "allow"
        address = email_normalize(email or "")
        if not address:
            return False
        own = Domain("company_id", "in", [False, company.id])
        partners = self.env["res.partner"]
        if partners.search_count(own & Domain("email_normalized", "=", address), limit=1):
            return True
        # at a provider where anybody can have an address, the domain proves nothing
        domain = domain_of(address)
        return bool(domain) and bool(
            partners.search_count(own & Domain("po_intake_domain", "=", domain), limit=1)
        )

    @api.model
    def _imitated(self, email, company):
        """The partner's domain that an unknown address is made to look like, or nothing."""
        domain = email_domain_extract(email_normalize(email or "") or "")
        if not domain:
            return None
        own = Domain("company_id", "in", [False, company.id])
        rows = self.env["res.partner"]._read_group(
            own & Domain("po_intake_domain", "!=", False), ["po_intake_domain"]
        )
        allowed = self.search_fetch(own & Domain("policy", "=", "allow"), ["name"])
        known = {name for (name,) in rows} | set(map(domain_of, allowed.mapped("name")))
        return imitated(domain, known - {""})

    @api.model
    def _floods(self, team, address):
        """Have a sender, or all together, sent as much in the last hour as the team takes?"""
        intakes = self.env["po.intake"]
        hour = Domain.AND(
            [
                [("team_id", "=", team.id), ("source", "=", "mail"), ("origin_id", "=", False)],
                [("received_date", ">", fields.Datetime.now() - timedelta(hours=1))],
            ]
        )

        def reached(domain, limit):
            return limit > 0 and intakes.search_count(domain, limit=limit) >= limit

        return reached(hour, team.mail_limit) or reached(
            hour & Domain("sender_address", "=", address), team.sender_limit
        )

    @api.model
    def _list(self, intake, policy):
        """Let the sender of an intake in, or keep it out, from now on."""
        address = intake.sender_address
        if not address:
            return
        known = self.search(
            [("name", "=", address), ("company_id", "in", [False, intake.company_id.id])], limit=1
        )
        if known:
            known.policy = policy
        else:
            self.create({"name": address, "policy": policy, "company_id": intake.company_id.id})
