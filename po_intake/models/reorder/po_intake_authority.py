from odoo import api, fields, models

MODES = [
    ("off", "Off"),
    ("shadow", "Shadow: computes and shows"),
    ("draft", "Draft: requests for quotation"),
    ("auto", "Auto: confirms within the ceilings"),
]
ORDER = [code for code, _label in MODES]
JUDGED = 50  # the last decisions that count
DECISIONS = 20  # before more is offered
EDITS_OFFER = 0.10  # share of edited or refused proposals up to which more is offered
EDITS_DEMOTE = 0.30  # share from which the agent loses a step
DRIFT = 1.5  # times the norm of a day
NORM_RUNS = 20
LEAST_RUNS = 5


class PoIntakeAuthority(models.Model):
    """What the reorder agent may do for a category, a vendor, or both; earned by decisions."""

    _name = "po.intake.authority"
    _description = "Authority of the Reorder Agent"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "company_id, categ_id, partner_id, id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    categ_id = fields.Many2one(
        "product.category", "Category", index=True, ondelete="cascade", help="Empty: all of them."
    )
    partner_id = fields.Many2one(
        "res.partner", "Vendor", index=True, ondelete="cascade", help="Empty: all of them."
    )
    mode = fields.Selection(MODES, default="shadow", required=True, tracking=True)
    since = fields.Date(
        "In this mode since", default=fields.Date.context_today, readonly=True, copy=False
    )
    since_shortage = fields.Integer(
        readonly=True, copy=False, help="Only later proposals were made in this mode."
    )
    offered = fields.Boolean("More is offered", readonly=True, copy=False, tracking=True)
    decision_count = fields.Integer("Decisions", compute="_compute_decisions")
    edit_share = fields.Float("Edited or refused", compute="_compute_decisions")
    currency_id = fields.Many2one(related="company_id.currency_id")
    open_count = fields.Integer("Open", compute="_compute_open", help="Proposals to decide.")
    open_value = fields.Monetary("Worth", compute="_compute_open")

    _scope_uniq = models.UniqueIndex(
        "(company_id, COALESCE(categ_id, 0), COALESCE(partner_id, 0))",
        "There is an entry for this category and vendor already.",
    )

    @api.depends("categ_id", "partner_id")
    def _compute_display_name(self):
        for authority in self:
            parts = [authority.categ_id.display_name, authority.partner_id.display_name]
            authority.display_name = " · ".join(filter(None, parts)) or self.env._("Everything")

    def _compute_decisions(self):
        for authority in self:
            authority.decision_count, authority.edit_share = authority._judged()

    def _compute_open(self):
        """Proposals that nobody has decided yet, also those in the shadow."""
        groups = self.env["po.intake.shortage"]._read_group(
            [
                ("authority_id", "in", self.ids),
                ("state", "in", ("shadow", "waiting", "drafted")),
                ("decision", "=", False),
            ],
            ["authority_id"],
            ["__count", "value:sum"],
        )
        found = {authority.id: figures for authority, *figures in groups}
        for authority in self:
            authority.open_count, authority.open_value = found.get(authority.id, (0, 0.0))

    def _judged(self):
        """The number of the last decisions in this mode, and the share of those that edited."""
        judged = self.env["po.intake.shortage"].search(
            [
                ("authority_id", "=", self.id),
                ("decision", "!=", False),
                ("id", ">", self.since_shortage),
            ],
            order="decided_date desc, id desc",
            limit=JUDGED,
        )
        edited = judged.filtered(lambda item: item.decision != "kept")
        return len(judged), len(edited) / len(judged) if judged else 0.0

    def write(self, vals):
        if "mode" in vals:
            last = self.env["po.intake.shortage"].search([], order="id desc", limit=1)
            today = fields.Date.context_today(self)
            vals = {**vals, "since": today, "since_shortage": last.id, "offered": False}
        result = super().write(vals)
        if "mode" in vals:
            self._hand_back(self.company_id)
        return result

    @api.model
    def _modes(self, company):
        """A function ``(category, vendor) -> (authority, mode)``: the narrowest entry speaks."""
        entries = {
            (entry.categ_id.id, entry.partner_id.id): entry
            for entry in self.search([("company_id", "=", company.id)])
        }

        def mode(category, vendor):
            path = [int(part) for part in (category.parent_path or "").split("/") if part]
            for partner in (vendor.id, False):
                for categ_id in (*reversed(path), False):
                    if entry := entries.get((categ_id, partner)):
                        return entry, entry.mode
            return self.browse(), "off"

        return mode

    # earned and lost

    def _learn(self):
        """After decisions: offer more where little was edited, take a step back where much was."""
        for authority in self.sudo():  # sudo: decided by buyers, kept by the system
            count, edited = authority._judged()
            if count < DECISIONS:
                continue
            level = ORDER.index(authority.mode)
            if edited >= EDITS_DEMOTE and level > ORDER.index("shadow"):
                authority._demote(level, edited)
            else:
                authority.offered = edited <= EDITS_OFFER and level < ORDER.index("auto")

    def _demote(self, level, edited):
        share = round(100 * edited)
        self.mode = ORDER[level - 1]
        self.message_post(
            body=self.env._(
                "%(share)s %% of the last proposals were edited or refused: one step back.",
                share=share,
            )
        )
        self._team_of(self.company_id)._tell_manager(
            self.env._("The reorder agent lost a step for %s.", self.display_name)
        )

    @api.model
    def _team_of(self, company):
        """The team whose agent works for a company."""
        return self.env["po.intake.team"].search(
            [("company_id", "=", company.id), ("reorder", "=", True)], limit=1
        )

    def action_promote(self):
        """Accept the offer of one more step."""
        for authority in self.filtered("offered"):
            authority.mode = ORDER[min(ORDER.index(authority.mode) + 1, len(ORDER) - 1)]

    def unlink(self):
        companies = self.company_id
        result = super().unlink()
        self._hand_back(companies)
        return result

    @api.model
    def _hand_back(self, companies):
        """Where the agent no longer orders, Odoo's scheduler does again."""
        # sudo: whoever sets up the agent need not be a stock manager
        carriers = self.env["stock.warehouse.orderpoint"].sudo()
        for company in companies:
            works = self._team_of(company)
            modes = self._modes(company)
            points = carriers.search(
                [("company_id", "=", company.id), ("trigger", "=", "forecast")]
            )
            points.filtered(
                lambda point, works=works, modes=modes: (
                    not works
                    or modes(point.product_id.categ_id, point.effective_vendor_id)[1]
                    in ("off", "shadow")
                )
            )._po_intake_hand_back()

    # the brake

    @api.model
    def _watch(self, run):
        """Stop the agent when a day proposes far more than usual."""
        past = run.search(
            [
                ("team_id", "=", run.team_id.id),
                ("phase", "=", "done"),
                ("proposal_count", ">", 0),
                ("id", "!=", run.id),
            ],
            limit=NORM_RUNS,
        )
        if len(past) < LEAST_RUNS:
            return
        for name in ("proposal_count", "proposal_value"):
            norm = sum(past.mapped(name)) / len(past)
            if run[name] > DRIFT * norm + (1 if name == "proposal_count" else 0):
                run.team_id.sudo()._reorder_stop(  # sudo: the agent may not write on teams
                    self.env._(
                        "The proposals of %(day)s are %(times)s times those of a usual day.",
                        day=run.date,
                        times=round(run[name] / norm, 1) if norm else "-",
                    )
                )
                return
