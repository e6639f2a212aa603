from odoo import fields, models
from odoo.tools import SQL

from ..po_intake import DOCUMENT_TYPES, SOURCES, STATES

BANDS = [
    ("0", "below 50 %"),
    ("50", "50 to 80 %"),
    ("80", "80 to 90 %"),
    ("90", "90 to 95 %"),
    ("95", "95 to 99 %"),
    ("99", "99 % and more"),
]


class PoIntakeReport(models.Model):
    """One row per intake, for pivots and graphs: how far it came by itself, and how fast.

    What is not known of an intake is NULL, so that no average counts it.
    """

    _name = "po.intake.report"
    _description = "Intakes Analysis"
    _auto = False
    _order = "received_date desc"
    _rec_name = "intake_id"

    intake_id = fields.Many2one("po.intake", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    team_id = fields.Many2one("po.intake.team", readonly=True)
    user_id = fields.Many2one("res.users", "Responsible", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    state = fields.Selection(STATES, readonly=True)
    source = fields.Selection(SOURCES, readonly=True)
    document_type = fields.Selection(DOCUMENT_TYPES, readonly=True)
    reason = fields.Selection(
        lambda self: self.env["po.intake"]._selection_reason(), "Worst finding", readonly=True
    )
    received_date = fields.Datetime("Received", readonly=True)
    done_date = fields.Datetime("Ended on", readonly=True)
    touchless = fields.Float(
        "Touchless rate",
        readonly=True,
        aggregator="avg",
        help="Share of the orders that needed nobody; what waits for a person counts, too.",
    )
    hours = fields.Float(
        "Hours to order",
        readonly=True,
        aggregator="avg",
        help="From arrival to the draft order, nights and weekends included.",
    )
    band = fields.Selection(BANDS, "Confidence stated", readonly=True)
    stated = fields.Float(
        "Stated to be right",
        readonly=True,
        aggregator="avg",
        help="How sure the proposals were of which it is known whether they were right.",
    )
    right = fields.Float(
        "Were right",
        readonly=True,
        aggregator="avg",
        help="Share of the proposals that people accepted as they were.",
    )
    correction_count = fields.Integer("Corrections", readonly=True)
    line_count = fields.Integer("Lines", readonly=True)

    @property
    def _table_query(self):
        known = SQL("i.outcome IS NOT NULL AND i.proposal IS NOT NULL")
        stated = SQL("CASE WHEN %s THEN (i.proposal->>'confidence')::float END", known)
        bands = SQL(" ").join(
            SQL("WHEN %s >= %s THEN %s", stated, int(code) / 100, code)
            for code, _label in reversed(BANDS)
        )
        return SQL(
            """
            SELECT i.id, i.id AS intake_id, i.company_id, i.team_id, i.user_id, i.partner_id,
                   i.state, i.source, i.document_type, i.reason, i.received_date, i.done_date,
                   i.line_count,
                   CASE WHEN i.state IN ('done', 'review', 'error')
                        THEN (i.state = 'done' AND COALESCE(i.touchless, false))::int END
                       AS touchless,
                   CASE WHEN i.state = 'done'
                        THEN EXTRACT(EPOCH FROM i.done_date - i.received_date) / 3600 END AS hours,
                   CASE %(bands)s END AS band,
                   %(stated)s AS stated,
                   CASE WHEN %(known)s THEN (i.outcome = 'accepted')::int END AS "right",
                   COALESCE(c.correction_count, 0) AS correction_count
              FROM po_intake i
              LEFT JOIN (SELECT intake_id, COUNT(*) AS correction_count
                           FROM po_intake_correction GROUP BY intake_id) c ON c.intake_id = i.id
            """,
            bands=bands,
            stated=stated,
            known=known,
        )
