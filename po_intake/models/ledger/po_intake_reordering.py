from datetime import date

from odoo import api, fields, models

NAMED = 2  # products on a card


class PoIntakeReordering(models.AbstractModel):
    """Part of the ledger: a card that stands for foreseen shortages instead of a document."""

    _name = "po.intake.reordering"
    _description = "Order Intake: Reordering"

    reorder_key = fields.Char(readonly=True, copy=False)
    warehouse_id = fields.Many2one("stock.warehouse", readonly=True, index="btree_not_null")

    stock_out_date = fields.Date("Runs out", compute="_compute_first_days")
    order_by_date = fields.Date("Order by", compute="_compute_first_days")
    reorder_items = fields.Char("What runs out", compute="_compute_reorder_items")
    can_summarize = fields.Boolean(compute="_compute_can_summarize")
    reorder_reason = fields.Html("Why", compute="_compute_reorder_reason", sanitize=False)

    _reorder_key_uniq = models.UniqueIndex(
        "(reorder_key) WHERE reorder_key IS NOT NULL", "This was proposed just now."
    )

    @api.depends("line_ids.shortage_id", "line_ids.ignored")
    def _compute_first_days(self):
        """The first of all days on which something runs out, or has to be ordered."""
        for intake in self:
            shortages = intake._shortages()
            for name in ("stock_out_date", "order_by_date"):
                intake[name] = min(filter(None, shortages.mapped(name)), default=False)

    @api.depends("line_ids.shortage_id", "line_ids.ignored")
    def _compute_reorder_items(self):
        for intake in self:
            soonest = intake._shortages().sorted(lambda item: item.stock_out_date or date.max)
            names = soonest[:NAMED].product_id.mapped("display_name")
            more = len(soonest) - len(names)
            rest = [self.env._("%s more", more)] if more else []
            intake.reorder_items = ", ".join([*names, *rest])

    def _compute_reorder_reason(self):
        for intake in self:
            intake.reorder_reason = intake._shortages()._reasons()

    @api.depends("line_ids.shortage_id")
    def _compute_can_summarize(self):
        for intake in self:
            intake.can_summarize = any(intake._shortages().mapped("can_summarize"))

    def action_summarize(self):
        """Have Claude tell why in some sentences for each proposal."""
        self._shortages().action_summarize()

    def _shortages(self):
        """The shortages that the card is to cover; of a document nothing is looked up."""
        foreseen = self.filtered(lambda intake: intake.source == "reorder")
        return foreseen.line_ids.filtered(lambda line: not line.ignored).shortage_id

    def _process_reorder(self):
        """From proposals to requests for quotation, or to a person. Never commits.

        Cards of one team may come together.
        """
        policy, drafter = self.env["po.intake.policy"], self.env["po.intake.drafter"]
        # read for all cards at once what the checks look at card by card
        self.line_ids.shortage_id.fetch(["numbers"])
        self.line_ids.product_id.mapped("display_name")
        self.line_ids.product_id.seller_ids.partner_id.mapped("active")
        for intake in self._own_step():
            policy._assess(intake, log=False)
        blocked = self.filtered("blocking_count")
        blocked.write({"state": "review"})
        for intake in blocked:
            reasons = intake._blocking_findings().mapped("title")
            intake._ask_person(", ".join(dict.fromkeys(reasons)))
        sound = self - blocked
        orders = drafter._draft_reorders(sound)
        # the log tells of the order: that the card is done need not be said once more
        sound.with_context(mail_notrack=True)._end_drafted()
        for intake, order in orders.items():
            if policy._may_confirm_reorder(intake, order):
                drafter._confirm(intake, order)

    def _reject(self, reason, duplicate_of=None):
        """What was rejected is remembered, and why."""
        shortages = self._shortages()
        shortages.sudo().decision_reason = reason  # sudo: the ledger is the system's
        shortages.sudo()._decide("rejected")
        return super()._reject(reason, duplicate_of)
