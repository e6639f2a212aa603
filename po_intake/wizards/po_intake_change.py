from odoo import api, fields, models
from odoo.exceptions import UserError


class PoIntakeChange(models.TransientModel):
    """A document beside the order that it repeats, changes or confirms: what to apply of it."""

    _name = "po.intake.change"
    _description = "Compare a Document with an Order"

    intake_id = fields.Many2one("po.intake", required=True, ondelete="cascade")
    direction = fields.Selection(related="intake_id.direction")
    document_type = fields.Selection(related="intake_id.document_type")
    company_id = fields.Many2one(related="intake_id.company_id")
    commercial_partner_id = fields.Many2one(related="intake_id.partner_id.commercial_partner_id")
    order_id = fields.Many2one("sale.order")
    purchase_order_id = fields.Many2one("purchase.order")
    has_order = fields.Boolean(compute="_compute_order")
    # what may be done with the order
    order_state = fields.Selection(
        [
            ("open", "Open"),
            ("confirmed", "Confirmed"),
            ("locked", "Locked"),
            ("cancel", "Cancelled"),
        ],
        compute="_compute_order",
    )
    difference_ids = fields.One2many(
        "po.intake.difference",
        "change_id",
        "Differences",
        compute="_compute_difference_ids",
        store=True,
        readonly=False,
    )

    def _target(self):
        """The order that the document is compared with, of either kind."""
        return self.order_id if self.direction == "sale" else self.purchase_order_id

    @api.depends("order_id.state", "purchase_order_id.state", "purchase_order_id.locked")
    def _compute_order(self):
        for change in self:
            order = change._target()
            change.has_order = bool(order)
            change.order_state = order and change._state(order)

    @api.model
    def _state(self, order):
        if order.state == "cancel":
            return "cancel"
        if order._name == "purchase.order":
            return "locked" if order.locked else "open"
        return "confirmed" if order.state == "sale" else "open"

    @api.depends("intake_id", "order_id", "purchase_order_id")
    def _compute_difference_ids(self):
        for change in self:
            found = change._found()
            change.difference_ids = [
                fields.Command.clear(),
                *[fields.Command.create(values) for values, _source in found],
            ]

    def _found(self, lang=None):
        """Every difference, now, as ``po.intake.difference._describe`` gives them."""
        order = self._target()
        lines = self.env["po.intake.difference"].with_context(lang=lang or self.env.lang)
        return lines._describe(self.intake_id, order) if order else []

    def action_apply(self):
        """Apply what is ticked; the order opens."""
        self.ensure_one()
        intake, order = self.intake_id, self._target()
        if intake.state == "done":
            return intake.action_open_order()
        if not order:
            raise UserError(self.env._("Choose the order to compare with."))
        found = self._unmoved()
        chosen = self._ticked(found)
        hints = [values for values, _source in chosen if values["hint"]]
        if hints:
            raise UserError("\n".join(f"{values['item']}: {values['hint']}" for values in hints))
        if not chosen and (found or self.direction == "sale"):
            raise UserError(
                self.env._(
                    "Nothing is ticked. If nothing is to change, mark it as a duplicate, or "
                    "reject it."
                )
            )
        left = [values for values, source in found if (values, source) not in chosen]
        self.env["po.intake.changer"]._apply(intake, order, chosen, left)
        return intake.action_open_order()

    def action_apply_all(self):
        """Accept everything that can be applied."""
        self.ensure_one()
        self.difference_ids.selected = False
        self.difference_ids.filtered(lambda row: not row.hint).selected = True
        return self.action_apply()

    def _unmoved(self):
        """What differs now, if it is what the person sees.

        :raises UserError: the order or the document has changed meanwhile
        """
        found = self._found()
        if {values["key"] for values, _source in found} != set(self.difference_ids.mapped("key")):
            raise UserError(
                self.env._("The order or the document has changed meanwhile. Compare them again.")
            )
        return found

    def _ticked(self, found):
        ticked = set(self.difference_ids.filtered("selected").mapped("key"))
        return [(values, source) for values, source in found if values["key"] in ticked]

    # the vendor is told

    def action_answer(self):
        """A mail to the vendor with what is not ticked; the rest is accepted when it is sent."""
        self.ensure_one()
        refused = [row for row in self.difference_ids if not row.selected]
        if not refused:
            raise UserError(self.env._("Untick first what the vendor is to correct."))
        action = self.intake_id.action_reject()
        action["name"] = self.env._("Answer the Vendor")
        action["context"] |= {
            "default_change_id": self.id,
            "default_reply": True,
            "default_reason": self.env._("Differs from %s", self._target().name),
        }
        return action

    def _refused(self, lang):
        """What is not ticked, in words of a language: ``[{item, what, ordered, said}]``."""
        refused = set(self.difference_ids.filtered(lambda row: not row.selected).mapped("key"))
        what = self.env["po.intake.difference"].with_context(lang=lang)._what
        # keys hold words of the person's language
        pairs = zip(self._unmoved(), self._found(lang), strict=True)
        return [
            {**told, "what": what(told["what"])}
            for (own, _source), (told, _same) in pairs
            if own["key"] in refused
        ]

    def action_mark_duplicate(self):
        """The document says nothing new: end it, with the reason."""
        return self.intake_id.action_mark_duplicate()
