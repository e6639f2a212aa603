from collections import defaultdict
from operator import itemgetter

from odoo import api, models
from odoo.tools import SQL, groupby

from .po_intake_demand import WEEKS_KEPT

DAYS_AHEAD = 182  # in which arrivals and promises are looked at one by one
LEAST_RECEIPTS = 5  # of a vendor, before its measured lead times are believed
PAIRS_A_STEP = 5_000


class PoIntakeSupply(models.AbstractModel):
    """Part of service 0: what the database knows of pairs of product and warehouse, by SQL.

    Whatever is handed on is in the product's own unit and the company's currency.
    """

    _name = "po.intake.supply"
    _description = "Order Intake: Supply"

    @api.model
    def _plan(self, company):
        """First (category, product) of each batch of pairs, in order; whole categories where
        they fit.

        Season and errors are pooled over the pairs of one batch.
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT categ_id, product_id, count(*) FROM (%s) AS pair
                    GROUP BY categ_id, product_id ORDER BY categ_id, product_id""",
                self._pairs(company),
            )
        )
        starts, size = [], PAIRS_A_STEP
        for categ_id, group in groupby(rows, itemgetter(0)):
            products = [(product_id, count) for _categ_id, product_id, count in group]
            if size + sum(count for _product_id, count in products) > PAIRS_A_STEP:
                size = PAIRS_A_STEP
            for product_id, count in products:
                if size + count > PAIRS_A_STEP:
                    starts.append((categ_id, product_id))
                    size = 0
                size += count
        return starts

    @api.model
    def _pairs(self, company, start=None, end=None):
        """What is kept in stock, bought, and was asked for or has a reordering rule.

        :param start: first (category, product)
        :param end: the (category, product) after the last
        """
        place = SQL("(COALESCE(template.categ_id, 0), product.id)")
        return SQL(
            """
            SELECT product.id AS product_id, pair.warehouse_id,
                   COALESCE(template.categ_id, 0) AS categ_id, template.id AS template_id
              FROM product_template template
              JOIN product_product product
                   ON product.product_tmpl_id = template.id AND product.active
              JOIN LATERAL (
                   SELECT demand.warehouse_id FROM po_intake_demand demand
                    WHERE demand.product_id = product.id AND demand.quantity > 0
                    UNION
                   SELECT point.warehouse_id FROM stock_warehouse_orderpoint point
                    WHERE point.product_id = product.id AND point.active) AS pair ON true
              JOIN stock_warehouse warehouse
                   ON warehouse.id = pair.warehouse_id AND warehouse.active
                  AND warehouse.company_id = %(company)s
             WHERE template.active AND template.is_storable AND template.purchase_ok
               AND (template.company_id IS NULL OR template.company_id = %(company)s)
               AND %(start)s AND %(end)s
            """,
            company=company.id,
            start=SQL("%s >= %s", place, tuple(start)) if start else SQL("true"),
            end=SQL("%s < %s", place, tuple(end)) if end else SQL("true"),
        )

    @api.model
    def _facts(self, company, day, start, end):
        """Rows (dicts) of a batch of pairs, ordered by category, with their vendor of today.

        The vendor is the first of the price list whose line is valid, as Odoo sorts it, or the
        one that the reordering rule names.
        """
        query = SQL(
            """
            SELECT pair.*, COALESCE(seller.partner_id, 0) AS vendor_id,
                   COALESCE(seller.delay, 0) AS delay,
                   COALESCE(seller.factor / own.factor, 1) AS pack,
                   COALESCE((product.standard_price ->> %(company)s::text)::float, 0) AS cost,
                   COALESCE(seller.price / NULLIF(seller.factor / own.factor, 0), 0) AS price,
                   COALESCE(template.list_price, 0) AS list_price,
                   point.id AS orderpoint_id, COALESCE(point.trigger, '') AS trigger,
                   COALESCE(point.product_min_qty, 0) AS low,
                   COALESCE(point.product_max_qty, 0) AS high
              FROM (%(pairs)s) AS pair
              JOIN product_product product ON product.id = pair.product_id
              JOIN product_template template ON template.id = pair.template_id
              JOIN uom_uom own ON own.id = template.uom_id
              JOIN stock_warehouse warehouse ON warehouse.id = pair.warehouse_id
         LEFT JOIN stock_warehouse_orderpoint point
                   ON point.product_id = pair.product_id AND point.active
                  AND point.location_id = warehouse.lot_stock_id
         LEFT JOIN LATERAL (
                   SELECT info.partner_id, info.delay, info.price, unit.factor
                     FROM product_supplierinfo info
                     JOIN uom_uom unit ON unit.id = info.product_uom_id
                     JOIN res_partner vendor ON vendor.id = info.partner_id AND vendor.active
                    WHERE info.product_tmpl_id = pair.template_id
                      AND (info.product_id IS NULL OR info.product_id = pair.product_id)
                      AND (info.company_id IS NULL OR info.company_id = %(company)s)
                      AND (info.date_start IS NULL OR info.date_start <= %(day)s)
                      AND (info.date_end IS NULL OR info.date_end >= %(day)s)
                    ORDER BY (info.id = point.supplier_id) IS NOT TRUE,
                             info.sequence, info.min_qty, info.price, info.id
                    LIMIT 1) AS seller ON true
             ORDER BY pair.categ_id, pair.product_id, pair.warehouse_id
            """,
            company=company.id,
            pairs=self._pairs(company, start, end),
            day=day,
        )
        self.env.cr.execute(query)
        return self.env.cr.dictfetchall()

    # arrays, one row a pair

    @api.model
    def _history(self, facts, monday):
        """[n, weeks] asked for, [n, weeks] share of the week without stock, up to a Monday."""
        import numpy as np

        rows = self._of_pairs(
            facts,
            SQL(
                """SELECT product_id, warehouse_id, (%(monday)s - week) / 7 AS ago, quantity,
                          empty_days
                     FROM po_intake_demand
                    WHERE week < %(monday)s AND week >= %(monday)s - 7 * %(weeks)s""",
                monday=monday,
                weeks=WEEKS_KEPT,
            ),
        )
        past = max((int(row[1]) for row in rows), default=1)
        weeks, empty = np.zeros((len(facts), past)), np.zeros((len(facts), past))
        for index, ago, quantity, days in rows:
            weeks[index, past - ago] = quantity
            empty[index, past - ago] = days / 7.0
        return weeks, empty

    @api.model
    def _on_hand(self, facts):
        """[n] what lies in the warehouse."""
        return self._sums(
            facts,
            SQL(
                """SELECT quant.product_id, place.warehouse_id, sum(quant.quantity)
                     FROM stock_quant quant JOIN stock_location place
                       ON place.id = quant.location_id AND place.usage = 'internal'
                    GROUP BY 1, 2"""
            ),
        )

    @api.model
    def _incoming(self, facts, day):
        """[n, days] what arrives, what is late today: open receipts and requests of any state."""
        return self._by_day(
            facts,
            SQL(
                """
                SELECT move.product_id, target.warehouse_id, move.date::date - %(day)s,
                       move.product_qty
                  FROM stock_move move
                  JOIN stock_location source ON source.id = move.location_id
                  JOIN stock_location target ON target.id = move.location_dest_id
                 WHERE move.state IN ('waiting', 'confirmed', 'partially_available', 'assigned')
                   AND target.usage = 'internal'
                   AND target.warehouse_id IS DISTINCT FROM source.warehouse_id
                 UNION ALL
                SELECT line.product_id, COALESCE(point.warehouse_id, kind.warehouse_id),
                       line.date_planned::date - %(day)s, line.product_uom_qty
                  FROM purchase_order_line line
                  JOIN purchase_order purchase ON purchase.id = line.order_id
                  JOIN stock_picking_type kind ON kind.id = purchase.picking_type_id
             LEFT JOIN stock_warehouse_orderpoint point ON point.id = line.orderpoint_id
                 WHERE purchase.state IN ('draft', 'sent', 'to approve')
                """,
                day=day,
            ),
        )

    @api.model
    def _outgoing(self, facts, day):
        """[n, days] what is promised: confirmed orders of customers, components, resupply.

        Of a delivery in several steps the last one that is known counts.
        """
        return self._by_day(
            facts,
            SQL(
                """
                SELECT move.product_id, source.warehouse_id, move.date::date - %(day)s,
                       move.product_qty
                  FROM stock_move move
                  JOIN stock_location source ON source.id = move.location_id
                  JOIN stock_location target ON target.id = move.location_dest_id
             LEFT JOIN stock_location final ON final.id = move.location_final_id
                 WHERE move.state IN ('waiting', 'confirmed', 'partially_available', 'assigned')
                   AND source.usage = 'internal' AND target.usage <> 'inventory'
                   AND (target.warehouse_id IS DISTINCT FROM source.warehouse_id
                        OR (final.id IS NOT NULL
                            AND final.warehouse_id IS DISTINCT FROM source.warehouse_id
                            AND NOT EXISTS (SELECT FROM stock_move_move_rel later
                                             WHERE later.move_orig_id = move.id)))
                """,
                day=day,
            ),
        )

    @api.model
    def _lead_times(self, company, vendor_ids):
        """{vendor: (mean days, spread)} from order to arrival, as it was over two years."""
        if not vendor_ids:
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT purchase.partner_id, avg(days), COALESCE(stddev_samp(days), 0)
                  FROM purchase_order purchase
                  JOIN LATERAL (
                       SELECT min(move.date)::date - purchase.date_approve::date AS days
                         FROM purchase_order_line line
                         JOIN stock_move move
                              ON move.purchase_line_id = line.id AND move.state = 'done'
                        WHERE line.order_id = purchase.id) AS receipt ON days IS NOT NULL
                 WHERE purchase.state = 'purchase' AND purchase.company_id = %(company)s
                   AND purchase.date_approve > now() - interval '2 years'
                   AND purchase.partner_id IN %(vendors)s
                 GROUP BY 1 HAVING count(*) >= %(least)s
                """,
                company=company.id,
                vendors=tuple(vendor_ids),
                least=LEAST_RECEIPTS,
            )
        )
        return {vendor: (float(mean), float(spread)) for vendor, mean, spread in rows}

    # from rows to arrays

    @api.model
    def _of_pairs(self, facts, query):
        """The rows of a query that begin with product and warehouse; their index instead."""
        index = {(row["product_id"], row["warehouse_id"]): at for at, row in enumerate(facts)}
        products = list({product for product, _warehouse in index})
        rows = self.env.execute_query(
            SQL("SELECT * FROM (%s) AS every WHERE product_id = ANY(%s)", query, products)
        )
        return [
            (index[product, warehouse], *rest)
            for product, warehouse, *rest in rows
            if (product, warehouse) in index
        ]

    @api.model
    def _sums(self, facts, query):
        import numpy as np

        sums = np.zeros(len(facts))
        for index, quantity in self._of_pairs(facts, query):
            sums[index] = quantity
        return sums

    @api.model
    def _by_day(self, facts, query):
        import numpy as np

        days = np.zeros((len(facts), DAYS_AHEAD))
        for index, day, quantity in self._of_pairs(facts, query):
            days[index, min(max(day, 0), DAYS_AHEAD - 1)] += float(quantity or 0.0)
        return days

    @api.model
    def _vendors(self, facts):
        """{vendor: rows of its pairs}"""
        found = defaultdict(list)
        for at, row in enumerate(facts):
            found[row["vendor_id"]].append(at)
        return found
