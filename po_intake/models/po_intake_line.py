from odoo import api, fields, models


class PoIntakeLine(models.Model):
    """One line: what the document says, and what it is in our catalogue."""

    _name = "po.intake.line"
    _description = "Order Intake Line"
    _inherit = [
        "po.intake.guard",
        "po.intake.export",
        "po.intake.line.parts",
        "po.intake.line.shortage",
    ]
    _order = "intake_id, sequence, id"
    _rec_name = "description"
    _check_company_auto = True

    intake_id = fields.Many2one("po.intake", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="intake_id.company_id", store=True, precompute=True, index=True
    )
    currency_id = fields.Many2one(related="intake_id.currency_id")
    state = fields.Selection(related="intake_id.state")
    sequence = fields.Integer(default=10)

    # what the document says
    document_line = fields.Integer(
        "Line read", default=-1, readonly=True, help="Index in what was read."
    )
    partner_code = fields.Char("Their code")
    our_code = fields.Char("Our code")
    barcode = fields.Char("GTIN")
    description = fields.Text("Printed description")
    uom_text = fields.Char("Printed unit")
    quantity = fields.Float(digits="Product Unit")
    price_unit = fields.Float("Price", min_display_digits="Product Price")
    has_price = fields.Boolean("Price is printed", default=True)
    discount = fields.Float("Discount (%)", digits="Discount")
    price_subtotal = fields.Monetary("Printed amount")
    requested_date = fields.Date()

    # what it is in our catalogue
    product_id = fields.Many2one(
        "product.product", check_company=True, index="btree_not_null", ondelete="restrict"
    )
    product_uom_id = fields.Many2one("uom.uom", "Unit", ondelete="restrict")
    tax_ids = fields.Many2many(
        "account.tax",
        string="Other taxes",
        check_company=True,
        context={"active_test": False},
        help="Where the document shows another rate: instead of what the vendor's fiscal position "
        "makes of the product's taxes.",
    )
    uom_unclear = fields.Boolean(readonly=True)
    factor = fields.Float(
        "Taught factor",
        digits=(16, 4),
        default=1.0,
        readonly=True,
        help="How many of the unit one printed unit was taught to be.",
    )
    ignored = fields.Boolean(
        "Not ordered", help="Text, a free sample or a charge that is not to be drafted."
    )
    match_score = fields.Float(readonly=True)
    match_reason = fields.Char("Matched by", readonly=True)
    suggested_product_id = fields.Many2one(
        "product.product", "Suggested", readonly=True, index="btree_not_null", ondelete="set null"
    )
    lesson_id = fields.Many2one(
        "po.intake.item.code",
        "Taught as",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="What people have taught about this item, if it was used.",
    )
    remember = fields.Boolean(
        default=True,
        help="When the order is approved, remember product and unit for what this partner prints.",
    )
    choice = fields.Json(
        readonly=True, help="What Claude takes the line for, of the candidates, and why."
    )
    candidates = fields.Json(readonly=True, help="The best five products, with score and reason.")
    value_ids = fields.One2many("po.intake.value", "line_id", "Further fields")
    finding_ids = fields.One2many("po.intake.finding", "line_id", "Findings")

    def write(self, vals):
        """A product that a person chooses is sure, and brings its unit."""
        result = super().write(vals)
        if vals.get("ignored"):
            self._refuse_shortages()
        if "product_id" in vals and not self._is_own_step():
            for line in self._own_step():
                line.update(line._chosen())
        return result

    def unlink(self):
        """Whoever deletes the line of a shortage refuses it."""
        self._refuse_shortages()
        return super().unlink()

    @api.onchange("product_id")
    def _onchange_product_id(self):
        for line in self:
            line.update(line._chosen())

    def _chosen(self):
        """Values that follow from a person's choice of the product."""
        if not self.product_id:
            return {"match_score": 0.0, "match_reason": False, "product_uom_id": False}
        own, unit = self.product_id.uom_id, self.product_uom_id
        return {
            "match_score": 1.0,
            "match_reason": self.env._("Chosen by %s", self.env.user.name),
            "uom_unclear": False,
            "product_uom_id": unit.id if unit and unit._has_common_reference(own) else own.id,
        }

    def _printed(self):
        """What was read for this line; empty for a line that a person added."""
        lines = (self.intake_id.document or {}).get("lines") or []
        index = self.document_line
        return lines[index] if 0 <= index < len(lines) else {}

    def _item(self):
        """The line in a few words, for sentences."""
        self.ensure_one()
        words = [self.our_code or self.partner_code or self.barcode, self.description]
        return " ".join(filter(None, words)).split("\n")[0][:80]
