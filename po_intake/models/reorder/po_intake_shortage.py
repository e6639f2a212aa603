from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

STATES = [
    ("shadow", "Shadow"),
    ("waiting", "On the board"),
    ("drafted", "Request for quotation"),
    ("confirmed", "Ordered"),
    ("cancelled", "Cancelled"),
    ("rejected", "Rejected"),
]
ENDED = ("confirmed", "cancelled", "rejected")
REFUSED = ("cancelled", "rejected")
NEAR = 0.2  # share by which an order may differ from a proposal in the shadow
GROWTH = 1.25  # of a need that was refused, before it is proposed again


class PoIntakeShortage(models.Model):
    """One shortage of one product in one warehouse, what was proposed, and what became of it.

    The ledger that keeps an order from being made twice: there is one row of a company,
    warehouse, product, episode and release window, whoever comes at the same moment. An episode
    ends when its proposal is ordered, cancelled or rejected. The numbers stay as they were.
    """

    _name = "po.intake.shortage"
    _description = "Shortage"
    _inherit = ["po.intake.decision"]
    _order = "id desc"
    _rec_name = "product_id"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    warehouse_id = fields.Many2one(
        "stock.warehouse", required=True, readonly=True, index=True, ondelete="cascade"
    )
    product_id = fields.Many2one("product.product", required=True, readonly=True)
    categ_id = fields.Many2one("product.category", "Category", readonly=True, index=True)
    vendor_id = fields.Many2one("res.partner", readonly=True, index=True)
    episode = fields.Integer(readonly=True, help="How many proposals of this product have ended.")
    release_date = fields.Date("Release", required=True, readonly=True)
    state = fields.Selection(STATES, default="waiting", required=True, readonly=True, index=True)
    authority_id = fields.Many2one(
        "po.intake.authority", readonly=True, index="btree_not_null", ondelete="set null"
    )
    order_line_ids = fields.One2many("purchase.order.line", "po_intake_shortage_id", "Ordered by")
    order_id = fields.Many2one(related="order_line_ids.order_id", string="Order")

    # as it was proposed
    raw_quantity = fields.Float(
        "Need", digits="Product Unit", readonly=True, help="In the product's own unit."
    )
    quantity = fields.Float("Proposed", digits="Product Unit", readonly=True)
    product_uom_id = fields.Many2one("uom.uom", "Unit", readonly=True)
    price_unit = fields.Float("Price", min_display_digits="Product Price", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    value = fields.Float(readonly=True, help="Of what was proposed, in the company's currency.")
    stock_out_date = fields.Date("Stock-out", readonly=True)
    order_by_date = fields.Date("Order by", readonly=True)
    date_planned = fields.Date("Arrival", readonly=True)
    must_wait = fields.Boolean(readonly=True, help="No quantity satisfies vendor and caps alike.")
    numbers = fields.Json(readonly=True, help="What the proposal was worked out from.")
    steps = fields.Json(readonly=True, help="From the need to the quantity, step by step.")

    on_hand = fields.Float(compute="_compute_told", digits="Product Unit")
    incoming = fields.Float(compute="_compute_told", digits="Product Unit")
    outgoing = fields.Float("Open demand", compute="_compute_told", digits="Product Unit")
    expected_told = fields.Char(
        "Expected", compute="_compute_told", help="Until the next arrival, nine times of ten."
    )
    steps_told = fields.Char("Rounded", compute="_compute_told", help="From need to quantity.")
    reason = fields.Html("Why this number", compute="_compute_reason", sanitize=False)
    summary = fields.Text("Told by Claude", readonly=True, help="Of the numbers below alone.")
    can_summarize = fields.Boolean(compute="_compute_can_summarize")

    _shortage_uniq = models.UniqueIndex(
        "(company_id, warehouse_id, product_id, episode, release_date, (state = 'shadow'))",
        "This shortage was proposed already.",
    )
    _pair_idx = models.Index("(product_id, warehouse_id, state)")

    @api.depends("numbers", "steps")
    @api.depends_context("lang")
    def _compute_told(self):
        reasons = self.env["po.intake.reason"]
        for shortage in self:
            numbers = shortage.numbers or {}
            for name in ("on_hand", "incoming", "outgoing"):
                shortage[name] = numbers.get(name, 0.0)
            shortage.expected_told = reasons._interval(numbers)
            unit = shortage.product_uom_id.name
            shortage.steps_told = " ".join(
                reasons._step(step, unit) for step in shortage.steps or []
            )

    def _compute_can_summarize(self):
        allowed = {
            company: self.env["po.intake.summary"]._may(company) for company in self.company_id
        }
        for shortage in self:
            shortage.can_summarize = not shortage.summary and allowed[shortage.company_id]

    def action_summarize(self):
        """Have Claude tell why in some sentences."""
        self.env["po.intake.summary"]._tell(self)

    @api.depends("numbers", "steps", "quantity", "summary")
    @api.depends_context("lang")
    def _compute_reason(self):
        reasons = self.env["po.intake.reason"]
        for shortage in self:
            chart = self.env["po.intake.chart"]._draw(shortage.numbers or {})
            shortage.reason = chart + reasons._words(shortage)

    def _reasons(self):
        """The reasons of several shortages, one below the other."""
        return self.env["po.intake.reason"]._page(self)

    def _key(self):
        """The shortage's identity in words, for the line of its order."""
        return (
            f"{self.company_id.id}/{self.warehouse_id.id}/{self.product_id.id}"
            f"/{self.episode}/{self.release_date}"
        )

    @api.model
    def _past(self, company, pairs):
        """``{(product, warehouse): (episode, last refused or none, waits on a card)}`` by ids."""
        past = dict.fromkeys(pairs, (0, self.browse(), False))
        if not pairs:
            return past
        rows = self.env.execute_query(
            SQL(
                """
                SELECT product_id, warehouse_id,
                       count(*) FILTER (WHERE state IN %(ended)s),
                       max(id) FILTER (WHERE state IN %(refused)s),
                       bool_or(state = 'waiting' AND EXISTS (
                           SELECT FROM po_intake_line line
                             JOIN po_intake card ON card.id = line.intake_id
                            WHERE line.shortage_id = shortage.id AND line.ignored IS NOT TRUE
                              AND card.state IN ('new', 'review', 'error')))
                  FROM po_intake_shortage shortage
                 WHERE company_id = %(company)s AND (product_id, warehouse_id) IN %(pairs)s
                 GROUP BY 1, 2
                """,
                company=company.id,
                refused=REFUSED,
                ended=ENDED,
                pairs=tuple(pairs),
            )
        )
        for product, warehouse, count, refused, waits in rows:
            past[product, warehouse] = (count, self.browse(refused or []), waits)
        return past

    def _is_silent(self, need, today, snooze_days):
        """Has this been refused, and has neither the need grown since nor the time passed?"""
        return bool(self) and (
            need < self.raw_quantity * GROWTH - 1e-6
            and today < self.decided_date + timedelta(snooze_days)
        )

    def _decide(self, state, quantities=None):
        """Keep what became of proposals.

        :param quantities: ``{shortage: quantity}`` that was ordered, in the proposal's unit
        """
        for shortage in self.filtered(lambda item: item.state != state):
            ordered = (quantities or {}).get(shortage, 0.0)
            if state in REFUSED:
                decision = "refused"
            elif state == "confirmed":
                same = abs(ordered - shortage.quantity) < 1e-6
                decision = "kept" if same else "changed"
            else:
                decision = False
            shortage.write(
                {
                    "state": state,
                    "decided_date": fields.Date.context_today(shortage) if decision else False,
                    "decided_by_id": self.env.uid if decision else False,
                    "decided_quantity": ordered,
                    "decision": decision,
                }
            )
        if state in ENDED:
            self.authority_id._learn()

    def _judge_shadow(self, ordered):
        """A buyer has ordered what was proposed in the shadow; nearly the same is the same."""
        near = abs(ordered - self.quantity) <= NEAR * max(ordered, self.quantity)
        self.write(
            {
                "decided_date": fields.Date.context_today(self),
                "decided_by_id": self.env.uid,
                "decided_quantity": ordered,
                "decision": "kept" if near else "changed",
            }
        )
        self.authority_id._learn()
