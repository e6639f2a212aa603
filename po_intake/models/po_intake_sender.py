from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import email_domain_extract, email_normalize


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
        """The rule for an address in a company: the address itself before its domain.

        :param email: any form of an address
        :return: at most one record
        """
        address = email_normalize(email or "")
        if not address:
            return self.browse()
        names = [address, email_domain_extract(address)]
        rules = self.search(
            Domain("name", "in", names) & Domain("company_id", "in", [False, company.id])
        )
        return rules.sorted(lambda rule: (rule.name != address, not rule.company_id))[:1]
