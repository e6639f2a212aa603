from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import clean_context


class PoIntakeOrderMixin(models.AbstractModel):
    """What sales and purchase orders know of the documents they were made from."""

    _name = "po.intake.order.mixin"
    _description = "Order Made from an Intake"
    _inherit = ["po.intake.guard", "po.intake.export"]
    # the field that holds the other party's number of the order
    _po_intake_reference = None
    # the field of a line that holds how many are ordered
    _po_intake_quantity = None
    # what teams that look after these orders receive
    _po_intake_direction = None

    po_intake_id = fields.Many2one(
        "po.intake", "Order Intake", index=True, copy=False, readonly=True, ondelete="restrict"
    )
    po_intake_order_key = fields.Char(
        "Their number",
        compute="_compute_po_intake_order_key",
        store=True,
        index="btree_not_null",
        help="The other party's order number without case and punctuation.",
    )
    po_intake_key = fields.Char(
        copy=False,
        readonly=True,
        help="Partner and order number, of the first order that was drafted of it.",
    )

    _po_intake_uniq = models.UniqueIndex(
        "(po_intake_id) WHERE po_intake_id IS NOT NULL",
        "An order intake is drafted once only.",
    )
    # holds where two documents of one order are drafted at the same moment; a number that is
    # known already is told on the card, and people may order it again
    _po_intake_key_uniq = models.UniqueIndex(
        "(company_id, po_intake_key) WHERE po_intake_key IS NOT NULL",
        "An order with this number of this partner was drafted just now. Load the card again.",
    )

    @api.model
    def _is_guarded(self, field):
        return field.name.startswith("po_intake_") and super()._is_guarded(field)

    @api.depends(lambda self: [self._po_intake_reference] if self._po_intake_reference else [])
    def _compute_po_intake_order_key(self):
        item_code = self.env["po.intake.item.code"]
        for order in self:
            order.po_intake_order_key = item_code._key(order[self._po_intake_reference]) or False

    def _po_intake_team(self):
        """The team that takes a file which is dropped on the list of these orders, if any."""
        intakes = self.env["po.intake"]
        if not intakes.has_access("create"):
            return self.env["po.intake.team"]
        return self.env["po.intake.team"].search(
            [
                ("company_id", "=", self.env.company.id),
                ("direction", "in", (self._po_intake_direction, "detect")),
            ],
            limit=1,
        )

    def _po_intake_upload(self, team, attachment_ids):
        """The door of the upload button; what the list presets is meant for orders."""
        context = {**clean_context(self.env.context), "default_team_id": team.id}
        intakes = self.env["po.intake"].with_context(context)  # pylint: disable=context-overridden
        return intakes.create_document_from_attachment(attachment_ids)

    def _po_intake_items(self):
        """The lines that a document may speak of: neither texts nor down payments."""
        return self.order_line.filtered(
            lambda line: not line.display_type and not line.is_downpayment
        )

    def _po_intake_item_codes(self):
        """What the other party calls the products of the order: ``{product: codes}``."""
        return defaultdict(tuple)

    # what a document changes in it

    def _po_intake_line_values(self, line):
        """Values of an order line for a line of a document."""
        raise NotImplementedError

    def _po_intake_charge_values(self, intake):
        """Values of order lines for the charges of a document."""
        raise NotImplementedError

    def _po_intake_write_quantity(self, line, quantity, **values):
        """Change how many are ordered in a line, and other values of it."""
        line.write({self._po_intake_quantity: quantity, **values})

    def _po_intake_remove(self, line):
        """Take a line out."""
        line.unlink()

    def _po_intake_confirm(self):
        """Confirm the order, in Odoo's own way."""
        self.action_confirm()

    def _po_intakes(self):
        """The documents that this order came of, and those that came later and changed it."""
        return self.po_intake_id | self.po_intake_change_ids

    def action_open_po_intake(self):
        """The documents that this order came of."""
        return self._po_intakes()._get_records_action(name=self.env._("Order Intake"))
