from odoo import api, fields, models
from odoo.exceptions import UserError


class PoIntakeChange(models.TransientModel):
    """A document beside the order that it repeats or changes: which differences to apply."""

    _name = "po.intake.change"
    _description = "Compare a Document with an Order"

    intake_id = fields.Many2one("po.intake", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="intake_id.company_id")
    commercial_partner_id = fields.Many2one(related="intake_id.partner_id.commercial_partner_id")
    order_id = fields.Many2one("sale.order")
    order_state = fields.Selection(related="order_id.state")
    difference_ids = fields.One2many(
        "po.intake.difference",
        "change_id",
        "Differences",
        compute="_compute_difference_ids",
        store=True,
        readonly=False,
    )

    @api.depends("intake_id", "order_id")
    def _compute_difference_ids(self):
        lines = self.env["po.intake.difference"]
        for change in self:
            found = lines._describe(change.intake_id, change.order_id) if change.order_id else []
            change.difference_ids = [
                fields.Command.clear(),
                *[fields.Command.create(values) for values, _source in found],
            ]

    def action_apply(self):
        """Apply what is ticked; the order opens."""
        self.ensure_one()
        intake, order = self.intake_id, self.order_id
        if intake.state == "done":
            return intake.action_open_order()
        if not order:
            raise UserError(self.env._("Choose the order to compare with."))
        found = self.env["po.intake.difference"]._describe(intake, order)
        keys = {values["key"] for values, _source in found}
        if keys != set(self.difference_ids.mapped("key")):
            raise UserError(
                self.env._("The order or the document has changed meanwhile. Compare them again.")
            )
        ticked = set(self.difference_ids.filtered("selected").mapped("key"))
        chosen = [(values, source) for values, source in found if values["key"] in ticked]
        hints = [values for values, _source in chosen if values["hint"]]
        if hints:
            raise UserError("\n".join(f"{values['item']}: {values['hint']}" for values in hints))
        if not chosen:
            raise UserError(
                self.env._("Nothing is ticked. If nothing is to change, mark it as a duplicate.")
            )
        left = [values for values, _source in found if values["key"] not in ticked]
        self.env["po.intake.changer"]._apply(intake, order, chosen, left)
        return intake.action_open_order()

    def action_mark_duplicate(self):
        """The document says nothing new: end it, with the reason."""
        return self.intake_id.action_mark_duplicate()
