from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import email_domain_extract


class PoIntakeRoute(models.Model):
    """A rule that hands intakes over to another team, or to another company's team."""

    _name = "po.intake.route"
    _description = "Order Intake Route"
    _order = "sequence, id"

    name = fields.Char(compute="_compute_name")
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company",
        "Arrives at",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    from_team_id = fields.Many2one(
        "po.intake.team",
        "Arrives at team",
        domain="[('company_id', '=', company_id)]",
        ondelete="cascade",
        help="Only what came in by this team's address or upload; empty for any.",
    )
    sender = fields.Char(help="Address or domain of the sender, like buyer@example.com.")
    vat = fields.Char("Addressed VAT", help="VAT number of ours that the document is made out to.")
    currency_id = fields.Many2one("res.currency")
    team_id = fields.Many2one("po.intake.team", "Goes to", required=True, ondelete="cascade")

    _condition = models.Constraint(
        "CHECK(from_team_id IS NOT NULL OR COALESCE(sender, '') != '' OR COALESCE(vat, '') != ''"
        " OR currency_id IS NOT NULL)",
        "Say at least one condition, else everything would be sent on.",
    )

    @api.depends("team_id", "from_team_id", "sender", "vat", "currency_id")
    def _compute_name(self):
        for route in self:
            conditions = (
                route.from_team_id.name,
                route.sender,
                route.vat,
                route.currency_id.name,
            )
            told = ", ".join(filter(None, conditions))
            route.name = f"{told} → {route.team_id.name or ''}"

    @api.constrains("from_team_id", "team_id")
    def _check_teams(self):
        if any(route.team_id == route.from_team_id for route in self):
            raise ValidationError(self.env._("A route leads to another team."))

    @api.model
    def _follow(self, intake):
        """Hand an intake that was just read to the team that a rule names, once.

        Without a rule a vendor's document goes to the company of ours that it is addressed to.

        :return: the intake, in the hands of the technical user of the company it is now of
        """
        route = self._find(intake)
        # sudo: a rule may lead to a company that whoever works here does not see
        team = route.sudo().team_id or self._addressed_team(intake)
        if not team:
            return intake
        reader, directions = self.env["po.intake.reader"], self.env["po.intake.direction"]
        values = {"team_id": team.id, "route_id": route.id}
        if intake.source_digest and team.company_id != intake.company_id:
            identity = reader.sudo()._identity(
                intake, intake.source_digest, intake.source_index, team.company_id
            )
            values.update(identity)
        rule = route.name or self.env._("addressed to %s", team.company_id.name)
        intake._log(self.env._("Sent on to %(team)s: %(rule)s", team=team.name, rule=rule))
        intake.sudo().write(values)
        intake = intake._as_worker()
        intake.write(directions.with_env(intake.env)._values(intake, intake.document or {}))
        self.env["po.intake.value"].with_env(intake.env)._fill(intake, intake.document or {})
        return intake

    @api.model
    def _addressed_team(self, intake):
        """The team of the other company of ours that a vendor's document is addressed to."""
        directions = self.env["po.intake.direction"]
        none = self.env["po.intake.team"]
        if intake.route_id or intake.direction != "purchase":
            return none
        company = directions._addressed_company(intake)
        if not company or company == intake.company_id:
            return none
        return directions._team_of(intake, company)

    @api.model
    def _find(self, intake):
        """The first rule whose conditions all hold; none for what was sent on already."""
        if intake.route_id:
            return self.browse()
        # sudo: rules lead to companies that whoever works here need not see
        routes = self.sudo().search(
            Domain("company_id", "=", intake.company_id.id)
            & Domain("team_id", "!=", intake.team_id.id)
        )
        return routes.filtered(lambda route: route._holds(intake))[:1]

    def _holds(self, intake):
        """Do all conditions of this rule hold?"""
        address = intake.sender_address or ""
        addressee = (intake.document or {}).get("addressee") or {}
        wanted = (self.sender or "").strip().lower().lstrip("@")
        key = self.env["po.intake.item.code"]._key
        return (
            (not self.from_team_id or self.from_team_id == intake.team_id)
            and (not wanted or wanted in (address, email_domain_extract(address) or ""))
            and (not self.vat or key(self.vat) == key(addressee.get("vat")))
            and (not self.currency_id or self.currency_id.name == intake.currency_text)
        )
