from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...extraction.layout.text import squash

ORDERS = [
    ("sale.order", "Sales order"),
    ("sale.order.line", "Sales order line"),
    ("purchase.order", "Purchase order"),
    ("purchase.order.line", "Purchase order line"),
]
TYPES = (
    "boolean",
    "char",
    "date",
    "datetime",
    "float",
    "html",
    "integer",
    "many2one",
    "monetary",
    "selection",
    "text",
)


class PoIntakeField(models.Model):
    """One more value that a company wants from its orders, and the field it goes to."""

    _name = "po.intake.field"
    _description = "Order Intake Field"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char("Label or key", required=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    team_ids = fields.Many2many(
        "po.intake.team",
        string="Teams",
        check_company=True,
        help="Only for these teams; empty for all of the company.",
    )
    origin = fields.Selection(
        [("label", "Printed label"), ("key", "Key of the reading")],
        "Where it is found",
        default="label",
        required=True,
        help="A printed label is looked for in the document's head, or for a line as the head of "
        "a column or among the lines of an item. A key names a value that every reading has, "
        "like note, our_order, partner.contact or delivery.name.",
    )
    model = fields.Selection(ORDERS, "Goes to", default="sale.order", required=True)
    field_id = fields.Many2one(
        "ir.model.fields",
        required=True,
        ondelete="cascade",
        help="A field of the order or its lines, those of Odoo Studio included.",
    )
    # what the field is, for people who may not look into Odoo's own fields
    field_name = fields.Char(related="field_id.name", store=True)
    field_type = fields.Selection(related="field_id.ttype", store=True)
    field_relation = fields.Char(related="field_id.relation", store=True)
    field_label = fields.Char("Name of the field", related="field_id.field_description")
    required = fields.Boolean(
        help="An order on which it is missing waits until a person fills it in."
    )
    sample_id = fields.Many2one(
        "po.intake",
        "Try on",
        check_company=True,
        ondelete="set null",
        help="The document that the label is looked for in, at once.",
    )
    sample_result = fields.Text("Found", readonly=True)

    _name_uniq = models.Constraint(
        "UNIQUE(company_id, model, field_id, name)", "This label already goes to this field."
    )

    @api.constrains("field_id", "model")
    def _check_field(self):
        for mapping in self:
            field = mapping.field_id
            if field.model != mapping.model or not mapping._is_fillable(field):
                raise ValidationError(
                    self.env._(
                        "%(field)s cannot be filled from a document.", field=field.display_name
                    )
                )

    @api.onchange("model")
    def _onchange_model(self):
        if self.field_id.model != self.model:
            self.field_id = False

    @api.onchange("name", "origin", "model", "field_id", "sample_id")
    def _onchange_sample(self):
        self.sample_result = self._try() if self.sample_id and self.name else False

    @api.model
    def _is_fillable(self, field):
        """May a value from a document be written there?

        Only plain values: what an order is, whose it is and what state it has is decided elsewhere.
        """
        own = self.env[field.model]._fields.get(field.name)
        decided = ("state", "company_id", "partner_id", "order_id", "po_intake_id", "currency_id")
        return (
            bool(own)
            and field.ttype in TYPES
            and field.store
            and not field.readonly
            and field.name not in (*models.MAGIC_COLUMNS, *decided)
        )

    # what a reader is asked for

    @api.model
    def _of_team(self, intake):
        return Domain("company_id", "=", intake.company_id.id) & Domain(
            "team_ids", "in", [False, intake.team_id.id]
        )

    @api.model
    def _for_intake(self, intake):
        """The mappings that an intake's document is read for."""
        kind = "purchase" if intake.direction == "purchase" else "sale"
        orders = Domain("model", "in", [f"{kind}.order", f"{kind}.order.line"])
        return self.search(self._of_team(intake) & orders)

    @api.model
    def _labels(self, intake):
        """``(labels of the head, labels of the lines)`` for the hints of a reading.

        The direction is open before reading: both sides are asked for.
        """
        mappings = self.search(self._of_team(intake) & Domain("origin", "=", "label"))
        lines = mappings.filtered(lambda mapping: mapping._is_of_line())
        return (
            tuple(dict.fromkeys((mappings - lines).mapped("name"))),
            tuple(dict.fromkeys(lines.mapped("name"))),
        )

    def _is_of_line(self):
        return self.model.endswith(".line")

    def _printed(self, document, index=None):
        """What a reading holds for this mapping, as text; ``None`` where it holds nothing.

        :param document: the JSON of a reading
        :param index: of the line, for fields of lines
        """
        part = document if index is None else document["lines"][index]
        if self.origin == "label":
            return (part.get("extra") or {}).get(self.name)
        for key in self.name.strip().split("."):
            part = part.get(key) if isinstance(part, dict) else None
        return str(part) if part not in (None, "", [], {}) else None

    # what is written

    def _convert(self, text, lang=None):
        """The printed text as the field takes it.

        :param lang: code of the document's language
        :return: ``(value, understood)``
        """
        text = (text or "").strip()
        own = {"selection": self._as_selection, "many2one": self._as_record}.get(self.field_type)
        if not text:
            return text, False
        value = own(text) if own else self.env["po.intake.text"]._as(self.field_type, text, lang)
        return value, value is not None

    def _as_selection(self, text):
        key = squash(text)
        options = self.env[self.model]._fields[self.field_name].get_description(self.env)
        found = {
            value
            for value, label in options.get("selection") or []
            if key in (squash(str(value)), squash(label))
        }
        return found.pop() if len(found) == 1 else None

    def _as_record(self, text):
        records = self.env[self.field_relation]
        for operator in ("=", "=ilike"):
            found = records.name_search(text, operator=operator, limit=2)
            if found:
                break
        return found[0][0] if len(found) == 1 else None

    # the trial

    def _try(self):
        """What the sample document gives for this mapping, as a sentence."""
        sample = self.sample_id._origin
        try:
            documents = self.env["po.intake.reader"]._read_for_trial(sample, self)
        except UserError as error:
            return str(error)
        found = [
            (
                text,
                self._convert(text, self.env["po.intake.text"]._lang(document))
                if self.field_id
                else None,
            )
            for document in documents
            for index in (range(len(document["lines"])) if self._is_of_line() else [None])
            if (text := self._printed(document, index))
        ]
        if not found:
            return self.env._(
                "“%(label)s” was not found in %(document)s.",
                label=self.name,
                document=sample.display_name,
            )
        return "\n".join(
            text
            if not converted
            else f"{text} → {self._shown(converted[0])}"
            if converted[1]
            else self.env._("%s: not understood", text)
            for text, converted in found[:10]
        )

    def _shown(self, value):
        if self.field_type == "many2one":
            return self.env[self.field_relation].browse(value).display_name
        return str(value)
