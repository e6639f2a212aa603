from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...extraction.document import BLOCKING, INFO, WARNING
from ..po_intake_finding import SEVERITIES


class PoIntakeSeverity(models.Model):
    """What one finding means to one team; an empty one, or none, means the default."""

    _name = "po.intake.severity"
    _description = "Order Intake: Severity of a Finding"
    _order = "team_id, sequence, id"
    _rec_name = "title"

    team_id = fields.Many2one("po.intake.team", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="team_id.company_id", store=True, index=True)
    sequence = fields.Integer(readonly=True)
    code = fields.Char(required=True, readonly=True)
    title = fields.Char("Finding", compute="_compute_texts")
    example = fields.Char("What it says", compute="_compute_texts")
    default_severity = fields.Selection(SEVERITIES, "By default", compute="_compute_default")
    is_fixed = fields.Boolean(
        "Always blocks",
        compute="_compute_default",
        help="An order with this finding would be wrong, or be ordered twice: it always waits.",
    )
    severity = fields.Selection(
        [("off", "Off"), *SEVERITIES],
        "In this team",
        help="Empty: as by default. Only what blocks keeps an order from being drafted by itself.",
    )

    _team_code_uniq = models.Constraint(
        "UNIQUE(team_id, code)", "This finding is already in the team's list."
    )

    @api.model
    def _get_defaults(self):
        """Hook: severity of each finding that a team may weigh, in the order they are listed."""
        return {
            # the document
            "not_an_order": BLOCKING,
            "order_change": BLOCKING,
            "vendor_document": BLOCKING,
            "customer_document": BLOCKING,
            "direction_unsure": BLOCKING,
            "other_company": BLOCKING,
            "answer_differs": BLOCKING,
            "order_confirmed": INFO,
            "duplicate_document": BLOCKING,
            "duplicate_order": BLOCKING,
            "order_waiting": BLOCKING,
            "order_cancelled": BLOCKING,
            "order_not_found": BLOCKING,
            "hidden_text": WARNING,
            "text_left_out": INFO,
            "unreadable_text": WARNING,
            "files_mismatch": BLOCKING,
            "field_missing": BLOCKING,
            "field_not_understood": WARNING,
            # who
            "sender_blocked": BLOCKING,
            "sender_unknown": BLOCKING,
            "sender_differs": BLOCKING,
            "sender_forged": BLOCKING,
            "sender_not_authenticated": WARNING,
            "sender_lookalike": BLOCKING,
            "sender_pretends": BLOCKING,
            "reply_to_differs": WARNING,
            "sender_floods": BLOCKING,
            "partner_unknown": BLOCKING,
            "partner_missing": BLOCKING,
            "partner_ambiguous": BLOCKING,
            "partner_doubtful": INFO,
            "delivery_unknown": BLOCKING,
            "delivery_elsewhere": WARNING,
            "credit_exceeded": BLOCKING,
            # what
            "no_lines": BLOCKING,
            "product_unknown": BLOCKING,
            "product_ambiguous": BLOCKING,
            "choice_made": INFO,
            "choice_none": INFO,
            "product_archived": BLOCKING,
            "product_not_sold": BLOCKING,
            "unit_unknown": BLOCKING,
            "unit_converted": INFO,
            "below_minimum": WARNING,
            "packs_not_whole": INFO,
            "quantity_missing": BLOCKING,
            # for how much
            "price_missing": INFO,
            "price_differs": WARNING,
            "price_absurd": BLOCKING,
            "price_changed": WARNING,
            "currency_differs": BLOCKING,
            "other_pricelist": INFO,
            "charge_without_product": BLOCKING,
            "tax_differs": WARNING,
            # when
            "requested_date_past": WARNING,
            "lead_time": WARNING,
            "stock_short": WARNING,
            "no_supply": INFO,
            "dates_differ": INFO,
            # what the reorder agent proposes
            "reorder_stopped": BLOCKING,
            "reorder_ordered": BLOCKING,
            "reorder_no_price": BLOCKING,
            "reorder_unreachable": BLOCKING,
            "reorder_unusual": WARNING,
            "reorder_cover": WARNING,
            "reorder_first": INFO,
            # the reading against itself
            "line_arithmetic": BLOCKING,
            "net_mismatch": BLOCKING,
            "total_mismatch": BLOCKING,
            "tax_mismatch": BLOCKING,
            "line_count_mismatch": BLOCKING,
            "segment_count_mismatch": BLOCKING,
            "file_cut": BLOCKING,
            "rows_unread": WARNING,
            "unknown_column": INFO,
            "sums_unread": INFO,
            "codes_unnamed": INFO,
            "codes_unowned": INFO,
            "unknown_labels": INFO,
            "ambiguous_numbers": WARNING,
            "ambiguous_dates": WARNING,
            "implausible_value": WARNING,
            "missing_value": WARNING,
            "gtin_check_digit": WARNING,
            "vat_check_digit": INFO,
            "free_text": INFO,
            # two readings against each other
            "ungrounded": BLOCKING,
            "readers_differ": BLOCKING,
            "single_reading": BLOCKING,
        }

    @api.model
    def _get_fixed(self):
        """Hook: what always blocks: without a person such an order would be wrong, or be two."""
        return {
            "not_an_order",
            "order_change",
            "vendor_document",
            "customer_document",
            "direction_unsure",
            "answer_differs",
            "duplicate_document",
            "duplicate_order",
            "order_waiting",
            "order_not_found",
            "sender_blocked",
            "sender_forged",
            "sender_unknown",
            "partner_unknown",
            "partner_missing",
            "partner_ambiguous",
            "no_lines",
            "product_unknown",
            "product_ambiguous",
            "product_archived",
            "product_not_sold",
            "unit_unknown",
            "quantity_missing",
            "reorder_no_price",
            "reorder_ordered",
            "reorder_stopped",
            "currency_differs",
            "ungrounded",
            "readers_differ",
        }

    @api.depends("code")
    def _compute_default(self):
        defaults, fixed = self._get_defaults(), self._get_fixed()
        for row in self:
            row.default_severity = defaults.get(row.code, False)
            row.is_fixed = row.code in fixed

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_texts(self):
        findings = self.env["po.intake.finding"]
        texts = findings._get_texts()
        for row in self:
            row.title, sentence = texts.get(row.code, (row.code, ""))
            row.example = findings._fill(sentence, {}, gap="…")

    @api.constrains("code", "severity")
    def _check_fixed(self):
        for row in self:
            if row.severity and row.severity != BLOCKING and row.is_fixed:
                raise ValidationError(
                    self.env._(
                        "“%s” always blocks: without a person such an order would be wrong, or be "
                        "ordered twice.",
                        row.title,
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        if "severity" in vals:
            self.team_id._outdate_checks()
        return result

    @api.model
    def _complete(self, teams=None):
        """Give teams a row for each finding that they lack, so that people see them all."""
        archived_too = self.env["po.intake.team"].with_context(active_test=False)
        for team in teams or archived_too.search(Domain.TRUE):
            known = set(team.severity_ids.mapped("code"))
            self.create(
                [
                    {"team_id": team.id, "code": code, "sequence": sequence}
                    for sequence, code in enumerate(self._get_defaults())
                    if code not in known
                ]
            )

    @api.model
    def _levels(self, team):
        """What the team has decided: ``{code: severity or "off"}``; what is not in it is not."""
        chosen = {row.code: row.severity for row in team.severity_ids if row.severity}
        return {**chosen, **dict.fromkeys(self._get_fixed(), BLOCKING)}
