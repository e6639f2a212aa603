import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..extraction import document as paper
from .ledger.read_only_json import ReadOnlyJson
from .po_intake_queue import LEASE

_logger = logging.getLogger(__name__)

STATES = [
    ("new", "New"),
    ("quarantine", "Quarantine"),
    ("review", "To review"),
    ("error", "Failed"),
    ("done", "Done"),
    ("rejected", "Rejected"),
]
SOURCES = [
    ("mail", "E-mail"),
    ("upload", "Upload"),
    ("portal", "Portal"),
    ("api", "API"),
    ("reorder", "Forecast"),
]
# fields that people correct; whatever follows from them is worked out again
CORRECTIONS = {
    "direction",
    "document_type",
    "line_ids",
    "order_reference",
    "partner_id",
    "partner_shipping_id",
    "requested_date",
}
DOCUMENT_TYPES = [
    (paper.PURCHASE_ORDER, "Purchase order"),
    (paper.ORDER_CHANGE, "Order change"),
    (paper.ORDER_CONFIRMATION, "Order confirmation"),
    (paper.QUOTATION, "Quotation"),
    (paper.OTHER, "Something else"),
]


class PoIntake(models.Model):
    """One document that arrived, what was read in it, what was decided, and what came of it."""

    _name = "po.intake"
    _description = "Order Intake"
    _inherit = [
        "po.intake.guard",
        "po.intake.export",
        "po.intake.door",
        "po.intake.answer",
        "mail.thread.main.attachment",
        "mail.activity.mixin",
        "po.intake.queue",
        "po.intake.live",
        "po.intake.life",
        "po.intake.log",
        "po.intake.asking",
        "po.intake.recheck",
        "po.intake.repeat",
        "po.intake.retention",
        "po.intake.trust",
        "po.intake.board",
        "po.intake.pane",
        "po.intake.reordering",
        "po.intake.portal",
        "po.intake.review",
        "po.intake.rework",
        "po.intake.reread",
        "po.intake.second.look",
    ]
    _order = "id desc"
    _rec_names_search = ["name", "order_reference", "source_name"]
    _check_company_auto = True
    _mail_post_access = "read"
    # a scan that takes too long ends the worker: the attempt is counted before it starts
    _lease = LEASE
    _together = 5

    # where it came from
    name = fields.Char(
        "Intake",
        readonly=True,
        copy=False,
        default=lambda self: self.env["ir.sequence"].next_by_code("po.intake") or "/",
    )
    state = fields.Selection(
        STATES, default="new", required=True, readonly=True, group_expand=True, tracking=True
    )
    source = fields.Selection(SOURCES, default="upload", required=True, readonly=True)
    team_id = fields.Many2one(
        "po.intake.team",
        index=True,
        ondelete="restrict",
        tracking=True,
        default=lambda self: self._default_team(),
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, precompute=True, index=True
    )
    user_id = fields.Many2one(
        "res.users", "Responsible", index=True, tracking=True, domain=[("share", "=", False)]
    )
    route_id = fields.Many2one(
        "po.intake.route", "Sent on by", readonly=True, copy=False, ondelete="set null"
    )
    direction = fields.Selection([("sale", "Sale"), ("purchase", "Purchase")], default="sale")
    direction_unsure = fields.Boolean(
        readonly=True, copy=False, help="Nothing, or contradicting signs, said which it is."
    )
    team_direction = fields.Selection(related="team_id.direction", string="Team receives")
    received_date = fields.Datetime(
        "Received", default=fields.Datetime.now, readonly=True, index=True
    )
    done_date = fields.Datetime("Ended on", readonly=True, copy=False)
    subject = fields.Char(readonly=True)
    mail_id = fields.Many2one(
        "po.intake.mail", readonly=True, index="btree_not_null", ondelete="set null"
    )
    origin_id = fields.Many2one(
        "po.intake",
        "Arrived with",
        readonly=True,
        index="btree_not_null",
        help="The intake of the mail or file that this document was found in.",
    )
    source_name = fields.Char("Document", readonly=True)
    source_digest = fields.Char("SHA-256", readonly=True, copy=False)
    source_index = fields.Integer("Order in the file", readonly=True)
    document = ReadOnlyJson(
        "Reading",
        readonly=True,
        copy=False,
        prefetch=False,  # long, and no list shows it
        help="What was read, with evidence.",
    )

    # what the document says
    document_type = fields.Selection(DOCUMENT_TYPES)
    order_reference = fields.Char("Order number", tracking=True)
    order_key = fields.Char(compute="_compute_order_key", store=True, index=True)
    order_revision = fields.Char("Revision")
    order_date = fields.Date()
    requested_date = fields.Date("Requested delivery")
    currency_text = fields.Char("Printed currency")
    payment_terms = fields.Char("Printed payment terms")
    incoterm = fields.Char("Printed incoterm")
    note = fields.Text("Printed note")
    party_name = fields.Char("Printed name")
    party_reference = fields.Char("Printed reference")
    party_vat = fields.Char("Printed VAT")
    party_email = fields.Char("Printed e-mail")
    party_phone = fields.Char("Printed phone")
    party_street = fields.Char("Printed street")
    party_zip = fields.Char("Printed ZIP")
    party_city = fields.Char("Printed city")
    party_country = fields.Char("Printed country")
    delivery_text = fields.Char("Printed delivery address", readonly=True)
    amount_untaxed = fields.Monetary("Printed net")
    amount_tax = fields.Monetary("Printed tax")
    amount_total = fields.Monetary("Printed total")
    amount = fields.Monetary(
        compute="_compute_amount", store=True, help="Net as printed, else the total or the lines."
    )

    # what we decided
    partner_id = fields.Many2one(
        "res.partner", check_company=True, index="btree_not_null", tracking=True
    )
    partner_shipping_id = fields.Many2one(
        "res.partner", "Delivery address", check_company=True, index="btree_not_null"
    )
    partner_contact_id = fields.Many2one(
        "res.partner", "Ordered by", check_company=True, index="btree_not_null"
    )
    partner_invoice_id = fields.Many2one(
        "res.partner", "Invoice address", check_company=True, index="btree_not_null"
    )
    partner_score = fields.Float(readonly=True)
    partner_reason = fields.Char("Partner matched by", readonly=True)
    partner_candidates = fields.Json(readonly=True, copy=False)
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id", store=True)
    line_ids = fields.One2many("po.intake.line", "intake_id", "Lines")
    finding_ids = fields.One2many("po.intake.finding", "intake_id", "Findings")
    value_ids = fields.One2many("po.intake.value", "intake_id", "Further fields")
    reading_ids = fields.One2many("po.intake.reading", "intake_id", "Readings")
    confidence = fields.Float(readonly=True, aggregator="avg")
    confidence_level = fields.Selection(
        [("high", "Sure"), ("medium", "Unsure"), ("low", "Doubtful")],
        compute="_compute_confidence_level",
        store=True,
    )
    blocking_count = fields.Integer(compute="_compute_blocking_count", store=True)
    learn_later = fields.Boolean(
        readonly=True, copy=False, help="Approved; its layout is still to be learned from."
    )
    reject_reason = fields.Char(readonly=True, copy=False, tracking=True)

    # what came of it
    sale_order_ids = fields.One2many("sale.order", "po_intake_id", "Sales orders")
    purchase_order_ids = fields.One2many("purchase.order", "po_intake_id", "Purchase orders")
    # the link is no secret; the orders themselves keep their own rights
    sale_order_id = fields.Many2one("sale.order", compute="_compute_orders", store=True)
    purchase_order_id = fields.Many2one("purchase.order", compute="_compute_orders", store=True)
    has_order = fields.Boolean(compute="_compute_has_order")

    _source_uniq = models.UniqueIndex(
        "(company_id, source_digest, source_index)"
        " WHERE source_digest IS NOT NULL AND duplicate_of_id IS NULL",
        "This document was already received.",
    )
    _learn_idx = models.Index("(id) WHERE learn_later")
    _due_idx = models.Index("(id) WHERE state = 'new'")
    # a column of the board, and the list: the first page without sorting all
    _board_idx = models.Index("(state, done_date DESC, id)")
    _list_idx = models.Index("(done_date DESC, id)")
    # columns, their bars and the search panel are counted without reading the cards
    _count_idx = models.Index("(company_id, state, confidence_level, team_id, user_id)")
    _order_key_idx = models.Index("(partner_id, order_key) WHERE order_key IS NOT NULL")

    @api.model
    def _default_team(self):
        return self.env["po.intake.team"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )

    @api.depends("team_id")
    def _compute_company_id(self):
        for intake in self:
            intake.company_id = intake.team_id.company_id or self.env.company

    @api.depends("order_reference")
    def _compute_order_key(self):
        item_code = self.env["po.intake.item.code"]
        for intake in self:
            intake.order_key = item_code._key(intake.order_reference) or False

    @api.depends("currency_text", "company_id")
    def _compute_currency_id(self):
        known = {
            currency.name: currency
            for currency in self.env["res.currency"].search(
                [("name", "in", [text for text in self.mapped("currency_text") if text])]
            )
        }
        for intake in self:
            intake.currency_id = known.get(intake.currency_text, intake.company_id.currency_id)

    @api.depends("confidence", "document", "team_id.draft_confidence")
    def _compute_confidence_level(self):
        for intake in self:
            if not intake.confidence and not intake.document:
                intake.confidence_level = False  # nothing was read
            elif intake.confidence >= (intake.team_id.draft_confidence or 0.95):
                intake.confidence_level = "high"
            else:
                intake.confidence_level = "medium" if intake.confidence >= 0.5 else "low"

    @api.depends("amount_untaxed", "amount_total", "line_ids.price_subtotal")
    def _compute_amount(self):
        for intake in self:
            lines = sum(intake.line_ids.mapped("price_subtotal"))
            intake.amount = intake.amount_untaxed or intake.amount_total or lines

    @api.depends("finding_ids.severity", "finding_ids.waived_by_id")
    def _compute_blocking_count(self):
        for intake in self:
            intake.blocking_count = len(intake._blocking_findings())

    @api.depends(
        "sale_order_ids",
        "purchase_order_ids",
        "changed_sale_order_id",
        "changed_purchase_order_id",
    )
    def _compute_orders(self):
        for intake in self:
            intake.sale_order_id = intake.sale_order_ids[:1] or intake.changed_sale_order_id
            intake.purchase_order_id = (
                intake.purchase_order_ids[:1] or intake.changed_purchase_order_id
            )

    @api.depends("sale_order_id", "purchase_order_id")
    def _compute_has_order(self):
        for intake in self:
            intake.has_order = bool(intake.sale_order_id or intake.purchase_order_id)

    @api.depends("name", "order_reference")
    def _compute_display_name(self):
        for intake in self:
            intake.display_name = " · ".join(filter(None, [intake.name, intake.order_reference]))

    @api.model_create_multi
    def create(self, vals_list):
        intakes = super().create(vals_list)
        intakes.filtered(lambda intake: intake.state == "new")._enqueue()
        return intakes

    def write(self, vals):
        """What a person corrects on the board is checked at once."""
        result = super().write(vals)
        if "direction" in vals and "direction_unsure" not in vals:
            self._own_step().direction_unsure = False
        if CORRECTIONS & vals.keys() and not self._is_own_step():
            self.filtered(lambda intake: intake.state == "review")._recheck()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_drafted(self):
        changed = self.changed_sale_order_id or self.changed_purchase_order_id
        if self.sale_order_ids or self.purchase_order_ids or changed:
            raise UserError(self.env._("An intake that became an order cannot be deleted."))

    # work

    def _enqueue(self):
        """Hook: have the intakes worked on soon. Here by the cron, which is told at once."""
        if self:
            self._wake("po_intake.ir_cron_process")

    @api.model
    def _worker(self):
        """The technical user who reads, matches and drafts when no person does."""
        return self.env.ref("po_intake.user_worker")

    def _worker_of(self):
        """Who works on a card, or cards of one team, when no person does."""
        agent = self[:1].source == "reorder" and self.env["po.intake.reorder"]._agent()
        return agent or self._worker()

    def _as_worker(self):
        """The same intake in the hands of the technical user, in the intake's company."""
        return (
            self.with_user(self._worker_of())
            .with_company(self.company_id)
            ._own_step()
            .with_context(
                allowed_company_ids=self.company_id.ids,
                lang=self.team_id.user_id.lang or self.company_id.partner_id.lang,
                tracking_disable=False,
                # the team decides who is told; salespeople get no mail for each order besides
                mail_auto_subscribe_no_notify=True,
            )
        )

    @api.model
    def _cron_process(self):
        self._work_off()

    @api.model
    def _work_off(self, only=Domain.TRUE):
        """Nothing is done in the name of an archived user: whoever archives it stops the work."""
        if not self._worker().active:
            only &= Domain("source", "=", "reorder")
        if not self.env["po.intake.reorder"]._agent().active:
            only &= Domain("source", "!=", "reorder")
        return super()._work_off(only)

    def _queue_domain(self):
        return Domain("state", "=", "new")

    def _queue_work(self):
        self._as_worker()._process()

    def _queue_given_up(self):
        self.state = "error"
        self._ask_person(self.env._("Could not be processed: %s", self.error))

    def _process(self):
        """From arrival to a draft order or to the review board. Never commits."""
        self.ensure_one()
        if self.source == "reorder":
            self._process_reorder()
            return
        started = fields.Datetime.now()
        self.env["po.intake.reader"]._read(self)
        intake = self.env["po.intake.route"]._follow(self)
        intake._rematch()
        if intake.env["po.intake.choice"]._ask(intake):
            intake.env["po.intake.policy"]._assess(intake, log=False)
        intake._propose()
        policy = intake.env["po.intake.policy"]
        decision = policy._decide(intake)
        if decision == "draft":
            policy._after_drafting(intake, intake._draft())
        elif decision == "close":
            order = intake.env["po.intake.comparison"]._find_order(intake)
            intake.env["po.intake.changer"]._close(intake, order)
        else:
            intake.state = "review"
        _logger.info("intake=%s stage=processed state=%s since=%s", self.id, self.state, started)

    def _rematch(self):
        """Match and check what stands in the fields now, and say so in the chatter."""
        intake = self._own_step()
        self.env["po.intake.matcher"]._match(intake)
        self.env["po.intake.creator"]._create_missing(intake)
        self.env["po.intake.policy"]._assess(intake)

    def _recheck(self):
        """The same after a correction, without a word: the form shows what changed."""
        for intake in self._own_step():
            self.env["po.intake.matcher"]._match(intake, log=False)
            self.env["po.intake.policy"]._assess(intake, log=False)

    def _draft(self):
        """Make the order; the intake is done."""
        order = self.env["po.intake.drafter"]._draft(self)
        self._end_drafted()
        self._keep_draft(order)
        return order

    def _end_drafted(self):
        self.write(
            {
                "state": "done",
                "done_date": fields.Datetime.now(),
                "error": False,
                "touchless": self.env.user == self._worker_of(),
            }
        )
        self.activity_ids.action_done()

    def _blocking_findings(self):
        return self.finding_ids.filtered(
            lambda item: item.severity == "blocking" and not item.waived_by_id
        )

    def _ask_person(self, summary):
        """Tell the people of the team that somebody has to act, in the way the team chose."""
        for intake in self:
            intake.team_id._tell(intake, summary[:250])
