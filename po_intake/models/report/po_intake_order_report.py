from odoo import api, fields, models
from odoo.tools import SQL

from ...extraction.source import STRUCTURED
from .po_intake_progress_kind import KINDS

CHANNELS = [
    ("mail", "E-mail"),
    ("upload", "Upload"),
    ("portal", "Portal"),
    ("edi", "EDI"),
    ("api", "API"),
    ("reorder", "Forecast"),
    ("shop", "Online shop"),
    ("manual", "By hand"),
]
DAY, HOUR = 86400, 3600


class PoIntakeOrderReport(models.Model):
    """One row per order, by where it came from: how long each stage took, and what came back.

    Read from orders, stock moves and invoices; what has not happened yet is NULL, so that no
    average counts it and no pivot shows a zero. Days are calendar days, nights and weekends
    included.
    """

    _name = "po.intake.order.report"
    _description = "Orders by Source"
    _auto = False
    _order = "ordered_on desc, id"
    _rec_name = "name"

    name = fields.Char("Order", readonly=True)
    kind = fields.Selection(
        [("sale", "Sales order"), ("purchase", "Purchase order")], readonly=True
    )
    intake_id = fields.Many2one("po.intake", "Order Intake", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", readonly=True)
    channel = fields.Selection(CHANNELS, "Source", readonly=True)
    state = fields.Char("Order's state", readonly=True)
    ordered_on = fields.Datetime("Ordered on", readonly=True)
    promised_on = fields.Datetime("Promised for", readonly=True)
    delivered_on = fields.Datetime("Delivered on", readonly=True)
    amount = fields.Float("Net value", readonly=True, help="In the company's currency.")
    hours_to_draft = fields.Float(
        "Hours to draft", readonly=True, aggregator="avg", help="From arrival to the draft order."
    )
    hours_to_confirm = fields.Float(
        "Hours to confirmation", readonly=True, aggregator="avg", help="From draft to confirmation."
    )
    days_to_deliver = fields.Float(
        "Days to delivery",
        readonly=True,
        aggregator="avg",
        help="From confirmation to the last delivery of orders that are delivered whole.",
    )
    days_to_invoice = fields.Float(
        "Days to invoice", readonly=True, aggregator="avg", help="From that to the first invoice."
    )
    days_to_pay = fields.Float(
        "Days to payment",
        readonly=True,
        aggregator="avg",
        help="From the first invoice to the last payment.",
    )
    days_late = fields.Float(
        "Days late",
        readonly=True,
        aggregator="avg",
        help="Last delivery against the promised day; below zero: early.",
    )
    on_time = fields.Float(
        "On time (%)", readonly=True, aggregator="avg", help="Share delivered by the promised day."
    )
    returned = fields.Float(
        "Returned (%)",
        readonly=True,
        aggregator="avg",
        help="Share of the delivered orders of which something came back.",
    )

    @property
    def _table_query(self):
        return SQL("%s UNION ALL %s", self._query("sale.order"), self._query("purchase.order"))

    @api.model
    def _query(self, model):
        """Rows of sales orders or of purchase orders, with ids that cannot meet."""
        is_sale = model == "sale.order"
        confirmed = SQL("o.date_order" if is_sale else "o.date_approve")
        promised = SQL("o.commitment_date" if is_sale else "o.date_planned")
        return SQL(
            """
            SELECT 2 * o.id + %(parity)s AS id, o.name, %(kind)s AS kind, i.id AS intake_id,
                   o.company_id, o.partner_id, %(channel)s AS channel, o.state,
                   o.create_date AS ordered_on, %(promised)s AS promised_on,
                   goods.delivered_on,
                   o.amount_untaxed / COALESCE(NULLIF(o.currency_rate, 0), 1) AS amount,
                   EXTRACT(EPOCH FROM i.done_date - i.received_date) / %(hour)s AS hours_to_draft,
                   EXTRACT(EPOCH FROM confirmed_on - o.create_date) / %(hour)s AS hours_to_confirm,
                   EXTRACT(EPOCH FROM goods.delivered_on - confirmed_on) / %(day)s
                       AS days_to_deliver,
                   money.invoiced_on - goods.delivered_on::date AS days_to_invoice,
                   money.paid_on - money.invoiced_on AS days_to_pay,
                   goods.delivered_on::date - %(promised)s::date AS days_late,
                   100.0 * (goods.delivered_on::date <= %(promised)s::date)::int AS on_time,
                   100.0 * goods.returned::int AS returned
              FROM %(table)s o
              LEFT JOIN po_intake i ON i.id = o.po_intake_id
              LEFT JOIN (%(goods)s) goods ON goods.order_id = o.id
              LEFT JOIN (%(money)s) money ON money.order_id = o.id
             CROSS JOIN LATERAL (SELECT CASE WHEN o.state IN ('sale', 'purchase', 'done')
                                             THEN %(confirmed)s END AS confirmed_on) c
            """,
            parity=0 if is_sale else 1,
            kind="sale" if is_sale else "purchase",
            channel=self._channel(is_sale),
            promised=promised,
            confirmed=confirmed,
            hour=HOUR,
            day=DAY,
            table=SQL.identifier(self.env[model]._table),
            goods=self._goods(model),
            money=self._money(model),
        )

    @api.model
    def _channel(self, is_sale):
        """Where an order came from; a structured document is EDI, whatever brought it."""
        in_shop = is_sale and "website_id" in self.env["sale.order"]._fields
        return SQL(
            """
            CASE WHEN i.id IS NULL THEN CASE WHEN %(shop)s THEN 'shop' ELSE 'manual' END
                 WHEN EXISTS (SELECT FROM po_intake_reading r
                               WHERE r.reader IN %(structured)s AND r.document_count > 0
                                 AND (r.intake_id = i.id OR (r.intake_id = i.origin_id
                                                             AND r.source_name = i.source_name)))
                 THEN 'edi' ELSE i.source END
            """,
            shop=SQL("o.website_id IS NOT NULL") if in_shop else SQL("false"),
            structured=STRUCTURED,
        )

    @api.model
    def _goods(self, model):
        """By order: when the last of it was handed over, if all was, and whether any came back."""
        kind = KINDS[model]
        ours = {"customer": "dest.usage", "supplier": "src.usage"}[kind.partner_place]
        theirs = {"customer": "src.usage", "supplier": "dest.usage"}[kind.partner_place]
        return SQL(
            """
            SELECT l.order_id,
                   CASE WHEN NOT bool_or(m.state NOT IN ('done', 'cancel')
                                         AND %(theirs)s <> %(place)s)
                        THEN MAX(m.date) FILTER (WHERE m.state = 'done' AND %(ours)s = %(place)s)
                   END AS delivered_on,
                   CASE WHEN bool_or(m.state = 'done' AND %(ours)s = %(place)s)
                        THEN bool_or(m.state = 'done' AND %(theirs)s = %(place)s) END AS returned
              FROM stock_move m
              JOIN %(lines)s l ON l.id = m.%(link)s
              JOIN stock_location src ON src.id = m.location_id
              JOIN stock_location dest ON dest.id = m.location_dest_id
             GROUP BY l.order_id
            """,
            ours=SQL(ours),
            theirs=SQL(theirs),
            place=kind.partner_place,
            lines=SQL.identifier(self.env[model].order_line._table),
            link=SQL.identifier(kind.transfer_link),
        )

    @api.model
    def _money(self, model):
        """By order: the day of the first invoice, and of the last payment if all are paid."""
        kind = KINDS[model]
        if model == "sale.order":
            lines = SQL(
                "SELECT l.order_id, a.move_id FROM account_move_line a"
                " JOIN sale_order_line_invoice_rel r ON r.invoice_line_id = a.id"
                " JOIN sale_order_line l ON l.id = r.order_line_id"
            )
        else:
            lines = SQL(
                "SELECT l.order_id, a.move_id FROM account_move_line a"
                " JOIN purchase_order_line l ON l.id = a.purchase_line_id"
            )
        return SQL(
            """
            SELECT b.order_id, MIN(v.invoice_date) AS invoiced_on,
                   CASE WHEN bool_and(v.payment_state IN ('paid', 'in_payment', 'reversed'))
                        THEN MAX(p.paid_on) END AS paid_on
              FROM (SELECT DISTINCT * FROM (%(lines)s) every) b
              JOIN account_move v ON v.id = b.move_id AND v.state = 'posted'
                                 AND v.move_type = %(invoice)s
              LEFT JOIN LATERAL (SELECT MAX(x.max_date) AS paid_on
                                   FROM account_move_line t
                                   JOIN account_partial_reconcile x
                                     ON t.id IN (x.debit_move_id, x.credit_move_id)
                                  WHERE t.move_id = v.id) p ON true
             GROUP BY b.order_id
            """,
            lines=lines,
            invoice=kind.invoice,
        )
