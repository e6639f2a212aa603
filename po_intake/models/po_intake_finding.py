import re

from odoo import api, fields, models
from odoo.tools import format_date

SEVERITIES = [("info", "Information"), ("warning", "Warning"), ("blocking", "Blocking")]
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class PoIntakeFinding(models.Model):
    """One remark about an intake. The sentence is made in the language of whoever reads it."""

    _name = "po.intake.finding"
    _description = "Order Intake Finding"
    _inherit = ["po.intake.export", "po.intake.finding.text"]
    _order = "severity_rank desc, id"
    _rec_name = "title"

    intake_id = fields.Many2one("po.intake", required=True, index=True, ondelete="cascade")
    line_id = fields.Many2one("po.intake.line", index="btree_not_null", ondelete="cascade")
    company_id = fields.Many2one(
        related="intake_id.company_id", store=True, precompute=True, index=True
    )
    code = fields.Char(required=True, index=True)
    kind = fields.Selection(
        lambda self: self.env["po.intake"]._selection_reason(),
        "Finding",
        compute="_compute_kind",
        store=True,
        help="What the code means, in words: reports count by it.",
    )
    severity = fields.Selection(SEVERITIES, required=True, default="warning")
    severity_rank = fields.Integer(compute="_compute_severity_rank", store=True)
    is_check = fields.Boolean(help="Made by a check, and made anew whenever the checks run.")
    parameters = fields.Json()
    path = fields.Char(help="The value it is about, as the reading names it.")
    title = fields.Char(compute="_compute_texts")
    message = fields.Char(compute="_compute_texts")
    color = fields.Integer(compute="_compute_color")
    waived_by_id = fields.Many2one("res.users", "Accepted by", readonly=True)
    waived_date = fields.Datetime("Accepted on", readonly=True)

    @api.depends("code")
    def _compute_kind(self):
        known = self._get_texts()
        for finding in self:
            finding.kind = finding.code if finding.code in known else False

    @api.depends("severity")
    def _compute_severity_rank(self):
        ranks = {code: rank for rank, (code, _label) in enumerate(SEVERITIES)}
        for finding in self:
            finding.severity_rank = ranks.get(finding.severity, 0)

    @api.depends("severity", "waived_by_id")
    def _compute_color(self):
        colors = {"blocking": 1, "warning": 2, "info": 4}
        for finding in self:
            finding.color = 0 if finding.waived_by_id else colors.get(finding.severity, 0)

    @api.depends("code", "parameters", "line_id.sequence", "intake_id.direction")
    @api.depends_context("lang")
    def _compute_texts(self):
        sale = self._get_texts()
        purchase, of_lines = {**sale, **self._get_purchase_texts()}, self._get_line_texts()
        for finding in self:
            texts = purchase if finding.intake_id.direction == "purchase" else sale
            if "line" in (finding.parameters or {}):
                texts = {**texts, **of_lines}
            title, sentence = texts.get(finding.code, (finding.code, finding.code))
            finding.title = title
            finding.message = self._fill(sentence, self._words(finding.parameters or {}))

    @api.model
    def _words(self, parameters):
        """Parameters as people read them: fields and dates in their language, lists with commas."""
        names = self._get_field_names()
        words = {}
        for key, value in parameters.items():
            if isinstance(value, list):
                value = ", ".join(map(str, value))
            elif key == "field":
                value = names.get(value, value)
            elif key == "differences":
                value = self._counted(value)
            elif key != "number" and isinstance(value, str) and ISO_DATE.fullmatch(value):
                value = format_date(self.env, value)
            words[key] = value
        return words

    @api.model
    def _counted(self, counts):
        """How often what differs, like "2 quantities, 1 new line"."""
        phrases = [
            texts[counts[code] > 1] % {"count": counts[code]}
            for code, texts in self._get_difference_texts().items()
            if counts.get(code)
        ]
        return ", ".join(phrases) or self.env._("nothing")

    @api.model
    def _fill(self, sentence, parameters, gap="–"):
        """The sentence with its figures; ``gap`` stands where one is missing."""

        class _Gaps(dict):
            def __missing__(self, key):
                return gap

        return sentence % _Gaps(parameters)

    def action_waive(self):
        """A person says: seen, and it is all right."""
        self.intake_id.check_access("write")
        # sudo: a finding is written by the checks; who may correct a card may accept what it says
        self.sudo().write({"waived_by_id": self.env.uid, "waived_date": fields.Datetime.now()})
        for finding in self:
            finding.intake_id._log(self.env._("Accepted: %s", finding.message))
