from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

# what two lines must have in common to become one
ALIKE = ("product_id", "product_uom_id", "price_unit", "discount", "requested_date", "ignored")
CODES = ("our_code", "partner_code", "barcode", "uom_text", "factor")


class PoIntakeLineParts(models.AbstractModel):
    """Lines that a person splits in two, or makes one of."""

    _name = "po.intake.line.parts"
    _description = "Order Intake Line Parts"

    merged_lines = fields.Json(
        "Further lines read", readonly=True, help="Indexes of the lines that it was merged with."
    )
    can_merge = fields.Boolean(
        compute="_compute_can_merge", help="Does the line above order the same item likewise?"
    )

    @api.depends("intake_id.line_ids.sequence", *(f"intake_id.line_ids.{n}" for n in ALIKE + CODES))
    def _compute_can_merge(self):
        above = {}
        for intake in self.intake_id:
            lines = intake.line_ids.sorted(lambda line: (line.sequence, line._origin.id))
            above.update(zip(lines[1:], lines, strict=False))
        for line in self:
            line.can_merge = line in above and line._is_like(above[line])

    def _is_like(self, other):
        """Would both be the same line of an order, but for the quantity?"""
        names = ALIKE if self.product_id else ALIKE + CODES
        named = self.product_id or any(self[name] for name in CODES[:3])
        return bool(named) and all(self[name] == other[name] for name in names)

    def _document_lines(self):
        """Indexes of the lines in what was read that this line stands for, or is a part of."""
        self.ensure_one()
        first = (self.document_line,) if self.document_line >= 0 else ()
        return (*first, *(self.merged_lines or ()))

    def action_split(self):
        """Ask how many go to a line of their own."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Split Line"),
            "res_model": "po.intake.line.split",
            "view_mode": "form",
            "target": "new",
            "context": {"default_line_id": self.id},
        }

    def _split(self, quantity):
        """Give a part of the quantity to a new line below.

        :return: the new line
        """
        self.ensure_one()
        self.intake_id._check_on_desk()
        places = self._fields["quantity"].get_digits(self.env)[1]
        if not (
            float_compare(quantity, 0, places) > 0
            and float_compare(self.quantity, quantity, places) > 0
        ):
            raise UserError(
                self.env._("The new line gets more than nothing, and less than the whole.")
            )
        whole, subtotal = self.quantity, self.price_subtotal
        amount = self.currency_id.round(subtotal * quantity / whole)
        part = self._own_step().copy({"quantity": quantity, "price_subtotal": amount})
        self.value_ids.copy({"line_id": part.id})
        self.write({"quantity": whole - quantity, "price_subtotal": subtotal - amount})
        lines = list(self.intake_id.line_ids.sorted(lambda line: (line.sequence, line.id)) - part)
        lines.insert(lines.index(self) + 1, part)
        self._number(lines)
        self.intake_id._reworked(
            self.env._(
                "%(user)s split %(item)s in two.", user=self.env.user.name, item=self._item()
            )
        )
        return part

    def action_merge(self):
        """Make one line of this one and the one above."""
        self.ensure_one()
        intake = self.intake_id
        intake._check_on_desk()
        lines = list(intake.line_ids.sorted(lambda line: (line.sequence, line.id)))
        index = lines.index(self)
        if not index or not self._is_like(lines[index - 1]):
            raise UserError(
                self.env._(
                    "Only neighbours of the same item, unit, price and day can become one line."
                )
            )
        above = lines[index - 1]
        indexes = dict.fromkeys((*above._document_lines(), *self._document_lines()))
        own, *further = indexes or [-1]
        above._own_step().write(
            {
                "quantity": above.quantity + self.quantity,
                "price_subtotal": above.price_subtotal + self.price_subtotal,
                "document_line": own,
                "merged_lines": further or False,
            }
        )
        item = self._item()
        self.unlink()
        self._number(lines[:index] + lines[index + 1 :])
        intake._reworked(
            self.env._("%(user)s merged two lines of %(item)s.", user=self.env.user.name, item=item)
        )

    @api.model
    def _number(self, lines):
        """Number lines in their order: sentences name them by it."""
        for number, line in enumerate(lines, 1):
            if line.sequence != 10 * number:
                line.sequence = 10 * number
