from odoo import api, fields, models


class PoIntakeValue(models.Model):
    """What one document says for one of the company's own fields. People may correct it."""

    _name = "po.intake.value"
    _description = "Order Intake Value"
    _inherit = ["po.intake.export"]
    _order = "intake_id, line_id, id"
    _rec_name = "text"

    intake_id = fields.Many2one("po.intake", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="intake_id.company_id", store=True, index=True)
    line_id = fields.Many2one("po.intake.line", index="btree_not_null", ondelete="cascade")
    line_number = fields.Integer("Line No.", compute="_compute_line_number")
    mapping_id = fields.Many2one(
        "po.intake.field", "Field", required=True, index=True, ondelete="cascade"
    )
    text = fields.Char("Value", help="As printed, or as somebody corrected it.")
    required = fields.Boolean(related="mapping_id.required")

    _uniq = models.UniqueIndex(
        "(intake_id, mapping_id, COALESCE(line_id, 0))", "This field stands here already."
    )

    @api.depends("line_id.sequence")
    def _compute_line_number(self):
        for value in self:
            value.line_number = value.line_id.sequence // 10

    def write(self, vals):
        """A corrected value is checked at once."""
        result = super().write(vals)
        if "text" in vals:
            self.intake_id.action_check()
        return result

    @api.model
    def _fill(self, intake, document):
        """Keep what a document says for each field; what is required stands there even if empty."""
        intake.value_ids.unlink()
        rows = []
        for mapping in self.env["po.intake.field"]._for_intake(intake):
            places = [(self.env["po.intake.line"], None)]
            if mapping._is_of_line():
                places = [(line, line.document_line) for line in intake.line_ids]
            for line, index in places:
                text = mapping._printed(document, index)
                if text or mapping.required:
                    rows.append(
                        {
                            "intake_id": intake.id,
                            "line_id": line.id,
                            "mapping_id": mapping.id,
                            "text": text,
                        }
                    )
        self.create(rows)

    def _converted(self):
        """``(value, understood)`` of one record, by the document's language."""
        mapping = self.mapping_id
        return mapping._convert(
            self.text, self.env["po.intake.text"]._lang(self.intake_id.document)
        )

    def _order_values(self, model):
        """Values of the fields of an order or one of its lines.

        :param model: ``sale.order``, ``sale.order.line``, ``purchase.order`` or
            ``purchase.order.line``
        """
        vals = {}
        for record in self.filtered(lambda item: item.mapping_id.model == model):
            value, understood = record._converted()
            if understood:
                vals.setdefault(record.mapping_id.field_name, value)
        return vals
