from odoo import api, fields, models

HEAD = [
    ("document_type", "Kind of document"),
    ("partner_id", "Customer"),
    ("partner_shipping_id", "Delivery address"),
    ("order_reference", "Order number"),
    ("requested_date", "Requested delivery"),
]
LINE = [
    ("product_id", "Product"),
    ("product_uom_id", "Unit"),
    ("quantity", "Quantity"),
    ("price_unit", "Price"),
    ("discount", "Discount"),
    ("ignored", "Not ordered"),
]
WHOLE = [("added", "Line added"), ("removed", "Line removed"), ("lines", "Lines of the order")]
# figures that differ by less are the same
EPSILON = 5e-5


class PoIntakeCorrection(models.Model):
    """One value that a person changed: what was proposed, and what is right.

    A ledger: it is written when a card is approved and when its order is confirmed.
    """

    _name = "po.intake.correction"
    _description = "Correction"
    _inherit = ["po.intake.export"]
    _order = "id desc"
    _rec_name = "field"

    intake_id = fields.Many2one("po.intake", required=True, index=True, ondelete="cascade")
    line_id = fields.Many2one("po.intake.line", index="btree_not_null", ondelete="set null")
    company_id = fields.Many2one(related="intake_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="intake_id.partner_id", store=True)
    field = fields.Selection([*HEAD, *LINE, *WHOLE], required=True, index=True)
    place = fields.Selection(
        [("card", "Review card"), ("order", "Draft order")], required=True, default="card"
    )
    before = fields.Char("Proposed")
    after = fields.Char("Corrected to")

    # what is compared

    @api.model
    def _values(self, intake):
        """What an intake proposes, as plain values."""
        return {
            **{name: self._plain(intake[name]) for name, _label in HEAD},
            "lines": {str(line.id): self._line_values(line) for line in intake.line_ids},
        }

    @api.model
    def _line_values(self, line):
        """A line's values, in printed units: what a lesson converts is no correction."""
        values = {name: self._plain(line[name]) for name, _label in LINE}
        factor = line.factor or 1.0
        return {
            **values,
            "quantity": values["quantity"] / factor,
            "price_unit": values["price_unit"] * factor,
        }

    @api.model
    def _order_values(self, order):
        """An order as it was drafted, as plain values."""
        lines = order.order_line.filtered(lambda line: not line.display_type)
        return {
            "partner_id": order.partner_id.id,
            "partner_shipping_id": order.partner_shipping_id.id,
            "order_reference": order.client_order_ref or False,
            "requested_date": str(order.commitment_date or "")[:10] or False,
            "lines": [
                {
                    "product_id": line.product_id.id,
                    "product_uom_id": line.product_uom_id.id,
                    "quantity": line.product_uom_qty,
                    "price_unit": line.price_unit,
                    "discount": line.discount,
                }
                for line in lines
            ],
        }

    @api.model
    def _plain(self, value):
        if isinstance(value, models.BaseModel):
            return value.id
        return str(value) if value and not isinstance(value, (int, float, str)) else value

    @api.model
    def _same(self, before, after):
        if isinstance(before, float) or isinstance(after, float):
            return abs((before or 0.0) - (after or 0.0)) <= EPSILON * max(1.0, abs(before or 0.0))
        return (before or False) == (after or False)

    # what is noted

    @api.model
    def _note_card(self, intake):
        """Note what was changed on a card since it was proposed; give the corrections."""
        before, after = intake.proposal["values"], self._values(intake)
        found = [
            self._prepare(intake, name, before.get(name), after[name])
            for name in self._changed(HEAD, before, after)
        ]
        if any(item["field"] == "partner_id" for item in found):
            # with the customer comes its address: one correction, not two
            found = [
                item
                for item in found
                if item["field"] != "partner_shipping_id" or before["partner_shipping_id"]
            ]
        found += self._line_corrections(intake, before["lines"], after["lines"])
        return self.sudo().create(found)  # sudo: a ledger that nobody writes by hand

    @api.model
    def _line_corrections(self, intake, before, after):
        found = []
        for line in intake.line_ids:
            old, new = before.get(str(line.id)), after[str(line.id)]
            if old is None:
                found.append(self._prepare(intake, "added", None, None, line))
                continue
            for name in self._changed(LINE, old, new):
                # matched by itself when the customer was corrected; a unit comes with its product
                follows = {"product_id": line.product_id == line.suggested_product_id,
                           "product_uom_id": old["product_id"] != new["product_id"]}  # fmt: skip
                if not follows.get(name):
                    found.append(self._prepare(intake, name, old[name], new[name], line))
        gone = before.keys() - after.keys()
        return found + [self._prepare(intake, "removed", None, None) for _line in gone]

    @api.model
    def _note_order(self, intake, order):
        """Note what was changed on an order since it was drafted; give the corrections."""
        before, after = intake.drafted, self._order_values(order)
        found = [
            self._prepare(intake, name, before[name], after[name])
            for name in self._changed(HEAD, before, after)
        ]
        if len(before["lines"]) != len(after["lines"]):
            counts = len(before["lines"]), len(after["lines"])
            found.append(self._prepare(intake, "lines", *counts))
        else:
            found += [
                self._prepare(intake, name, old[name], new[name])
                for old, new in zip(before["lines"], after["lines"], strict=True)
                for name in self._changed(LINE, old, new)
            ]
        return self.sudo().create(  # sudo: a ledger that nobody writes by hand
            [{**item, "place": "order"} for item in found]
        )

    @api.model
    def _changed(self, names, before, after):
        return [
            name
            for name, _label in names
            if name in after and not self._same(before.get(name), after[name])
        ]

    @api.model
    def _prepare(self, intake, name, before, after, line=None):
        return {
            "intake_id": intake.id,
            "line_id": line.id if line else False,
            "field": name,
            "before": self._shown(name, before),
            "after": self._shown(name, after),
        }

    @api.model
    def _shown(self, name, value):
        """A value as people read it."""
        comodel = {
            "partner_id": "res.partner",
            "partner_shipping_id": "res.partner",
            "product_id": "product.product",
            "product_uom_id": "uom.uom",
        }.get(name)
        if comodel and value:
            return self.env[comodel].browse(value).exists().display_name
        if isinstance(value, float):
            return f"{value:g}"
        return str(value) if value or (value == 0 and value is not False) else False
