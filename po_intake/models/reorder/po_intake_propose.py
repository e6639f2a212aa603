from datetime import timedelta
from math import ceil

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

LINES_A_STEP = 300  # that are short, in one transaction
NEXT_DAYS = 28  # what is due within them may join to reach a vendor's minimum


class PoIntakePropose(models.AbstractModel):
    """Part of service 0: from what is short to what its vendor is to be asked for."""

    _name = "po.intake.propose"
    _description = "Order Intake: Propose"
    _inherit = ["po.intake.reorder.offer", "po.intake.reorder.card"]

    @api.model
    def _step_propose(self, run):
        """Propose for the next vendors of whom something is short."""
        if run.team_id.reorder_paused:
            return 0, 0
        rows = self.env.execute_query(
            SQL(
                """SELECT vendor_id, sum(count(*)) OVER (ORDER BY vendor_id)
                     FROM po_intake_forecast
                    WHERE company_id = %s AND need > 0 AND date = %s AND NOT kept_native
                      AND vendor_id > %s
                    GROUP BY vendor_id ORDER BY vendor_id""",
                run.company_id.id,
                run.date,
                run.step_cursor,
            )
        )
        if not rows:
            self.env["po.intake.authority"]._watch(run)
            return 0, 0
        # as many vendors as one step can do, but always one
        ids = [vendor_id for vendor_id, lines in rows if lines <= LINES_A_STEP]
        vendors = self.env["res.partner"].browse(ids or [rows[0][0]])
        return vendors.ids[-1], self._propose(run, vendors)

    def _propose(self, run, vendors):
        """Proposals of vendors, each warehouse by warehouse; how many lines."""
        wanted = {}
        for item in self._wanted(run, self._candidates(run, vendors)):
            row = item["forecast"]
            wanted.setdefault((row.vendor_id, row.warehouse_id, item["currency"]), []).append(item)
        chosen = [item for items in wanted.values() for item in self._accepted(run, items)]
        return self._keep(run, chosen)

    @api.model
    def _candidates(self, run, vendors):
        """What is short of vendors, and what is due next of those that have a minimum."""
        short, soon = Domain("need", ">", 0), run.date + timedelta(NEXT_DAYS)
        joining = vendors.filtered("po_intake_minimum_value")
        if joining:
            short |= Domain("vendor_id", "in", joining.ids) & Domain("order_by_date", "<=", soon)
        return self.env["po.intake.forecast"].search(
            Domain(
                [
                    ("company_id", "=", run.company_id.id),
                    ("vendor_id", "in", vendors.ids),
                    ("date", "=", run.date),
                    ("kept_native", "=", False),
                    ("room", ">", 0),
                ]
            )
            & short
        )

    @api.model
    def _window(self, vendor, day):
        """The release window of a day: the vendor's last weekday of release, else Monday."""
        weekday = int(vendor.po_intake_release_weekday or 0)
        return day - timedelta((day.weekday() - weekday) % 7)

    @api.model
    def _is_release(self, vendor, forecast, day):
        """May it be ordered today: the vendor's weekday, or what cannot wait for the next one."""
        if not vendor.po_intake_release_weekday:
            return True
        window = self._window(vendor, day)
        following = window + timedelta(7)
        urgent = forecast.order_by_date and forecast.order_by_date < following
        return window == day or bool(urgent)

    def _wanted(self, run, forecasts):
        """Dicts of what may be proposed: allowed, not refused lately, bought, with an offer."""
        shortages = self.env["po.intake.shortage"]
        modes = self.env["po.intake.authority"]._modes(run.company_id)
        pairs = [(row.product_id.id, row.warehouse_id.id) for row in forecasts]
        past = shortages._past(run.company_id, pairs)
        rules, found = {}, []
        for row, pair in zip(forecasts, pairs, strict=True):
            vendor, carrier = row.vendor_id, row.orderpoint_id
            authority, mode = modes(row.categ_id, vendor)
            episode, refused, waits = past[pair]
            amount = row.need or row.room
            silent = refused._is_silent(amount, run.date, run.team_id.reorder_snooze_days)
            # what waits for a person is no order yet, and would be asked for in each window
            if mode == "off" or waits or silent or not self._is_release(vendor, row, run.date):
                continue
            sellers = self._sellers(row.product_id, vendor, run.date)
            if not sellers or not self._is_bought(row, carrier, rules):
                continue
            found.append(
                {
                    "forecast": row,
                    "authority": authority,
                    "mode": mode,
                    "episode": episode,
                    "window": self._window(vendor, run.date),
                    "carrier": carrier,
                    "sellers": sellers,
                    "unit": sellers[0].product_uom_id,
                    "currency": sellers[0].currency_id,
                }
            )
        return found

    @api.model
    def _is_bought(self, forecast, carrier, known):
        """Would Odoo buy it, and not make it, bring it from elsewhere or take it apart?

        :param known: rules that were found before
        """
        product, warehouse = forecast.product_id, forecast.warehouse_id
        if "is_kits" in product._fields and product.is_kits:
            return False  # manufacturing would order the parts, of the kit's vendor
        rule = self.env["stock.rule"]
        for route in (carrier.route_id, warehouse.buy_pull_id.route_id):
            values = {"route_ids": route, "warehouse_id": warehouse, "po_intake_rules": known}
            rule = rule or rule._get_rule(product, warehouse.lot_stock_id, values)
        return rule.action == "buy"

    def _accepted(self, run, items):
        """The items with the quantity that the vendor accepts, without those that can wait.

        What the vendor's minimum order value is too high for waits until the last safe day.

        :param items: of one vendor, warehouse and currency
        """
        from ...forecast.replenish import acceptable, top_up

        vendor, currency = items[0]["forecast"].vendor_id, items[0]["currency"]
        needs = [self._need(run, item) for item in items]
        least = self._least_value(vendor, currency, run.company_id, run.date)
        short = [need for need, item in zip(needs, items, strict=True) if item["forecast"].need]
        worth = sum(
            found.quantity * (found.price or 0.0) for found in (acceptable(need) for need in short)
        )
        if worth >= least:
            quantities = [
                acceptable(need) if item["forecast"].need else None
                for need, item in zip(needs, items, strict=True)
            ]
        else:
            quantities = top_up(needs, least, NEXT_DAYS)
        return [
            {**item, "need": need, "accepted": found}
            for item, need, found in zip(items, needs, quantities, strict=True)
            if found and found.quantity > 0
        ]

    @api.model
    def _need(self, run, item):
        """The wing's need of an item, in the vendor's unit."""
        from ...forecast.replenish import Need

        row, unit = item["forecast"], item["unit"]
        own = row.product_id.uom_id

        def bought(quantity):
            return own._compute_quantity(quantity, unit, round=False)

        return Need(
            raw=ceil(bought(row.need or row.room) - 1e-6),
            daily=bought(row.weekly) / 7.0,
            offer=self._offer(row.product_id, item["sellers"], item["carrier"]),
            stock=max(bought(row.position), 0.0),
            holding_rate=run.team_id.reorder_holding_rate,
            due=self._due_days(run, row),
        )

    @api.model
    def _due_days(self, run, forecast):
        """Days until the last safe day to order; what is promised and missing is due at once."""
        if not forecast.order_by_date:
            return 0 if forecast.need else NEXT_DAYS + 1
        return max((forecast.order_by_date - run.date).days, 0 if forecast.need else 1)
