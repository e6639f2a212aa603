from odoo import api, fields, models

# findings of an order that is known already
TO_COMPARE = {
    "duplicate_order",
    "order_change",
    "order_cancelled",
    "order_not_found",
    "answer_differs",
    "order_confirmed",
}
REPETITIONS = {"duplicate_document", "duplicate_order", "order_change", "order_waiting"}


class PoIntakeRepeat(models.AbstractModel):
    """A document of an order that is known already: repeated, or changed."""

    _name = "po.intake.repeat"
    _description = "Order Intake Repetitions"

    duplicate_of_id = fields.Many2one(
        "po.intake",
        "Already received as",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    changed_sale_order_id = fields.Many2one(
        "sale.order",
        "Changed order",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The order that stood before, and that this document changed.",
    )
    changed_purchase_order_id = fields.Many2one(
        "purchase.order",
        "Answered order",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="Our order that this document of the vendor answers.",
    )
    can_compare = fields.Boolean(compute="_compute_repeats")
    is_answer = fields.Boolean(
        compute="_compute_repeats", help="A vendor answers an order of ours otherwise."
    )
    is_repeated = fields.Boolean(compute="_compute_repeats")

    @api.depends("finding_ids.code")
    def _compute_repeats(self):
        for intake in self:
            codes = set(intake.finding_ids.mapped("code"))
            intake.can_compare = bool(codes & TO_COMPARE)
            intake.is_answer = "answer_differs" in codes
            intake.is_repeated = bool(codes & REPETITIONS)

    def action_compare_order(self):
        """Show what the document says beside the order that it repeats or changes."""
        return self._comparison()._get_records_action(
            name=self.env._("Compare with Order"), target="new"
        )

    def action_accept_answer(self):
        """Accept everything that a vendor's answer says otherwise than our order."""
        return self._comparison().action_apply_all()

    def _comparison(self):
        self.ensure_one()
        order = self.env["po.intake.comparison"]._find_order(self)
        link = "order_id" if order._name == "sale.order" else "purchase_order_id"
        return self.env["po.intake.change"].create({"intake_id": self.id, link: order.id})

    def action_mark_duplicate(self):
        """End a document that says what is known already, with the reason filled in."""
        self.ensure_one()
        original, order = self._original()
        name = original.display_name or order.display_name
        action = self.action_reject()
        action["name"] = self.env._("Mark as Duplicate")
        action["context"] |= {
            "default_duplicate_of_id": original.id,
            "default_reason": name and self.env._("Duplicate of %s", name),
        }
        return action

    def _original(self):
        """The intake that this one repeats, and the order, where they are known."""
        comparison = self.env["po.intake.comparison"]
        order = comparison._find_order(self)
        # sudo: the link is no secret
        original = self.duplicate_of_id or order.sudo().po_intake_id.sudo(False)
        return original or comparison._find_waiting(self), order
