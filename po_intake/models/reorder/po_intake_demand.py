from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

WEEKS_KEPT = 130  # two years and a half: two seasons, and what a replay of one needs before it
FRESH_DAYS = 35  # a night looks at these again: movements are booked late
SHELF_DAYS = 56  # a shelf that is empty for longer is empty on purpose, and hides no demand


class PoIntakeDemand(models.Model):
    """What was asked for of one product in one warehouse and week, oldest week first.

    Written by SQL alone: a hundred products are as many rows a week as a person can read.
    """

    _name = "po.intake.demand"
    _description = "Weekly Demand"
    _order = "week desc, id desc"
    _log_access = False
    _rec_name = "product_id"

    # each foreign key and index more costs a quarter of the first night's count
    warehouse_id = fields.Many2one(
        "stock.warehouse", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="warehouse_id.company_id")
    product_id = fields.Many2one(
        "product.product", required=True, readonly=True, ondelete="cascade"
    )
    week = fields.Date("Week from", required=True, readonly=True)
    quantity = fields.Float("Asked for", digits="Product Unit", readonly=True)
    largest = fields.Float("Largest delivery", digits="Product Unit", readonly=True)
    largest_origin = fields.Char("For", readonly=True, help="What the largest delivery was for.")
    empty_days = fields.Integer(
        "Days without stock", readonly=True, help="Demand of these days could not be seen."
    )

    _demand_uniq = models.UniqueIndex("(product_id, warehouse_id, week)")

    @api.model
    def _condition(self):
        """Hook: which movements (``move``, ``source``, ``target``) are demand, as SQL.

        Odoo's own idea of demand in ``_get_monthly_demand_moves_location_domain``: what leaves a
        warehouse for customers, production or another warehouse. Other than there, a delivery in
        several steps counts once, as it leaves, and what goes back to a vendor does not count.
        """
        return SQL(
            """move.state = 'done' AND source.usage = 'internal'
               AND (target.usage IN ('customer', 'production')
                    OR (target.usage IN ('internal', 'transit')
                        AND target.warehouse_id IS DISTINCT FROM source.warehouse_id))"""
        )

    @api.model
    def _refresh(self, company, since, product_ids):
        """Count the weeks from ``since`` (a Monday) on anew; how many weeks were written.

        :param product_ids: a range, first and last id
        """
        query = SQL(
            """
            INSERT INTO po_intake_demand AS demand
                   (warehouse_id, product_id, week, quantity, largest, largest_origin, empty_days)
            SELECT warehouse.id, move.product_id,
                   date_trunc('week', move.date AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date,
                   sum(move.product_qty), max(move.product_qty),
                   (array_agg(COALESCE(move.origin, move.reference)
                              ORDER BY move.product_qty DESC))[1],
                   0
              FROM stock_move move
              JOIN stock_location source ON source.id = move.location_id
              JOIN stock_location target ON target.id = move.location_dest_id
              JOIN stock_warehouse warehouse ON warehouse.id = source.warehouse_id
             WHERE warehouse.company_id = %(company)s
               AND move.product_id BETWEEN %(first)s AND %(last)s
               AND move.date >= %(since)s AND %(condition)s
             GROUP BY 1, 2, 3
                ON CONFLICT (product_id, warehouse_id, week) DO UPDATE
               SET quantity = EXCLUDED.quantity, largest = EXCLUDED.largest,
                   largest_origin = EXCLUDED.largest_origin
             WHERE (demand.quantity, demand.largest) <> (EXCLUDED.quantity, EXCLUDED.largest)
            """,
            condition=self._condition(),
            **self._bounds(company, since, product_ids),
        )
        self.env.cr.execute(query)
        return self.env.cr.rowcount

    @api.model
    def _refresh_empty_days(self, company, since, product_ids):
        """Note on how many days of each week nothing was on the shelf.

        The stock of a day is the stock of today without what moved since. A day with a movement
        is a day with stock; the end of a long emptiness is not counted (see `SHELF_DAYS`).
        """
        query = SQL(
            """
            WITH flow AS (
                SELECT product_id, warehouse_id, day, sum(quantity) AS quantity FROM (
                    SELECT move.product_id, place.warehouse_id, move.date::date AS day,
                           CASE WHEN place.id = move.location_dest_id THEN move.product_qty
                                ELSE -move.product_qty END AS quantity
                      FROM stock_move move
                      JOIN stock_location place
                           ON place.id IN (move.location_id, move.location_dest_id)
                      JOIN stock_warehouse warehouse ON warehouse.id = place.warehouse_id
                     WHERE warehouse.company_id = %(company)s AND place.usage = 'internal'
                       AND move.state = 'done' AND move.location_id <> move.location_dest_id
                       AND move.product_id BETWEEN %(first)s AND %(last)s
                       AND move.date >= %(since)s
                ) AS moved GROUP BY 1, 2, 3
            ), stock AS (
                SELECT quant.product_id, place.warehouse_id, sum(quant.quantity) AS quantity
                  FROM stock_quant quant
                  JOIN stock_location place ON place.id = quant.location_id
                 WHERE place.usage = 'internal'
                   AND quant.product_id BETWEEN %(first)s AND %(last)s
                 GROUP BY 1, 2
            ), closing AS (
                SELECT flow.product_id, flow.warehouse_id, day,
                       lead(day, 1, CURRENT_DATE) OVER pair AS next_day,
                       COALESCE(stock.quantity, 0) - sum(flow.quantity) OVER all_days
                           + sum(flow.quantity) OVER pair AS quantity
                  FROM flow LEFT JOIN stock USING (product_id, warehouse_id)
                WINDOW pair AS (PARTITION BY flow.product_id, flow.warehouse_id ORDER BY day),
                       all_days AS (PARTITION BY flow.product_id, flow.warehouse_id)
            ), gap AS (
                SELECT product_id, warehouse_id, day + 1 AS begins,
                       LEAST(next_day, day + 1 + %(most)s) AS ends
                  FROM closing WHERE quantity <= 0 AND next_day > day + 1
            ), weekly AS (
                SELECT product_id, warehouse_id, week::date AS week,
                       sum(LEAST(ends, week::date + 7) - GREATEST(begins, week::date)) AS days
                  FROM gap, generate_series(
                       date_trunc('week', begins), ends - 1, interval '7 days') AS week
                 GROUP BY 1, 2, 3
            )
            INSERT INTO po_intake_demand AS demand
                   (warehouse_id, product_id, week, quantity, largest, empty_days)
            SELECT warehouse_id, product_id, week, 0, 0, days
              FROM weekly
             WHERE EXISTS (SELECT FROM po_intake_demand earlier
                            WHERE earlier.product_id = weekly.product_id
                              AND earlier.warehouse_id = weekly.warehouse_id
                              AND earlier.week <= weekly.week AND earlier.quantity > 0)
                ON CONFLICT (product_id, warehouse_id, week) DO UPDATE
               SET empty_days = EXCLUDED.empty_days
             WHERE demand.empty_days <> EXCLUDED.empty_days
            """,
            most=SHELF_DAYS,
            **self._bounds(company, since, product_ids),
        )
        self.env.cr.execute(query)
        return self.env.cr.rowcount

    @api.model
    def _bounds(self, company, since, product_ids):
        first, last = product_ids
        zone = company.partner_id.tz or "UTC"
        bounds = {"company": company.id, "since": since, "first": first, "last": last}
        return {**bounds, "zone": zone}

    @api.model
    def _since(self, company, today):
        """The Monday from which weeks are counted anew: all of them where none is known yet."""
        known = self.search_count([("company_id", "=", company.id)], limit=1)
        back = timedelta(FRESH_DAYS) if known else timedelta(weeks=WEEKS_KEPT)
        return self._monday(today - back)

    @api.model
    def _monday(self, day):
        return day - timedelta(day.weekday())
