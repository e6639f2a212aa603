from datetime import timedelta
from math import ceil

from odoo import api, fields, models
from odoo.tools import SQL

LINES_A_STEP = 300  # that are short, in one transaction
NEXT_DAYS = 28  # what is due within them may join to reach a vendor's minimum
HELD = timedelta(hours=12)  # a card waits for the end of the day's proposals, or so long


class PoIntakePropose(models.AbstractModel):
    """Part of service 0: from what is short to an intake for its vendor."""

    _name = "po.intake.propose"
    _description = "Order Intake: Propose"
    _inherit = ["po.intake.reorder.offer"]

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
            self._release(run)
            return 0, 0
        # as many vendors as one step can do, but always one
        ids = [vendor_id for vendor_id, lines in rows if lines <= LINES_A_STEP]
        vendors = self.env["res.partner"].browse(ids or [rows[0][0]])
        count = sum(self._propose_vendor(run, vendor) for vendor in vendors)
        return vendors.ids[-1], count

    @api.model
    def _release(self, run):
        """The day's cards are drafted once the whole day was looked at, and may be stopped."""
        self.env["po.intake.authority"]._watch(run)
        cards = self.env["po.intake"].search(
            [
                ("company_id", "=", run.company_id.id),
                ("source", "=", "reorder"),
                ("state", "=", "new"),
                ("retry_at", "!=", False),
            ]
        )
        cards._own_step().retry_at = False
        cards._enqueue()

    def _propose_vendor(self, run, vendor):
        """Proposals of one vendor, warehouse by warehouse; how many lines."""
        forecasts = self._candidates(run, vendor)
        count = 0
        for rows in forecasts.grouped("warehouse_id").values():
            wanted = self._wanted(run, vendor, rows)
            for items in self._by_currency(wanted).values():
                chosen = self._accepted(run, vendor, items)
                count += self._keep(run, vendor, chosen)
        return count

    @api.model
    def _candidates(self, run, vendor):
        """What is short, and what is due next, of a vendor."""
        forecasts = self.env["po.intake.forecast"].search(
            [
                ("company_id", "=", run.company_id.id),
                ("vendor_id", "=", vendor.id),
                ("date", "=", run.date),
                ("kept_native", "=", False),
                ("room", ">", 0),
                "|",
                ("need", ">", 0),
                ("order_by_date", "<=", run.date + timedelta(NEXT_DAYS)),
            ]
        )
        return forecasts if any(row.need > 0 for row in forecasts) else forecasts.browse()

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

    def _wanted(self, run, vendor, forecasts):
        """Dicts of what may be proposed: allowed, not refused lately, bought, with an offer."""
        shortages = self.env["po.intake.shortage"]
        modes = self.env["po.intake.authority"]._modes(run.company_id)
        pairs = [(row.product_id.id, row.warehouse_id.id) for row in forecasts]
        past = shortages._past(run.company_id, pairs)
        bought, found = {}, []
        for row, pair in zip(forecasts, pairs, strict=True):
            authority, mode = modes(row.categ_id, vendor)
            episode, refused = past[pair]
            amount = row.need or row.room
            silent = refused._is_silent(amount, run.date, run.team_id.reorder_snooze_days)
            if mode == "off" or silent or not self._is_release(vendor, row, run.date):
                continue
            carrier = row.orderpoint_id
            sellers = self._sellers(row.product_id, vendor, run.date)
            if not sellers or not self._is_bought(row, carrier, bought):
                continue
            found.append(
                {
                    "forecast": row,
                    "authority": authority,
                    "mode": mode,
                    "episode": episode,
                    "carrier": carrier,
                    "sellers": sellers,
                    "unit": sellers[0].product_uom_id,
                    "currency": sellers[0].currency_id,
                }
            )
        return found

    @api.model
    def _is_bought(self, forecast, carrier, known):
        """Would Odoo buy it, and not make it or bring it from another warehouse?

        :param known: answers by routes, for Odoo looks for a rule by routes alone
        """
        product, warehouse = forecast.product_id, forecast.warehouse_id
        routes = product.route_ids + product.categ_id.total_route_ids
        key = (warehouse, carrier.route_id, routes)
        if key not in known:
            rule = self.env["stock.rule"]
            for route in (carrier.route_id, warehouse.buy_pull_id.route_id):
                rule = rule or rule._get_rule(
                    product,
                    warehouse.lot_stock_id,
                    {"route_ids": route, "warehouse_id": warehouse},
                )
            known[key] = rule.action == "buy"
        return known[key]

    @api.model
    def _by_currency(self, wanted):
        found = {}
        for item in wanted:
            found.setdefault(item["currency"], []).append(item)
        return found

    def _accepted(self, run, vendor, items):
        """The items with the quantity that the vendor accepts, without those that can wait.

        What the vendor's minimum order value is too high for waits until the last safe day.
        """
        from ...forecast.replenish import Need, acceptable, top_up

        needs = []
        for item in items:
            row, unit = item["forecast"], item["unit"]
            own = row.product_id.uom_id

            def bought(quantity, own=own, unit=unit):
                return own._compute_quantity(quantity, unit, round=False)

            needs.append(
                Need(
                    raw=ceil(bought(row.need or row.room) - 1e-6),
                    daily=bought(row.weekly) / 7.0,
                    offer=self._offer(row.product_id, item["sellers"], item["carrier"]),
                    stock=max(bought(row.position), 0.0),
                    holding_rate=run.team_id.reorder_holding_rate,
                    due=self._due_days(run, row),
                )
            )
        least = self._least_value(vendor, items[0]["currency"], run.company_id, run.date)
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
    def _due_days(self, run, forecast):
        """Days until the last safe day to order; what is promised and missing is due at once."""
        if not forecast.order_by_date:
            return 0 if forecast.need else NEXT_DAYS + 1
        return max((forecast.order_by_date - run.date).days, 0 if forecast.need else 1)

    def _keep(self, run, vendor, items):
        """Write the proposals, and the card of those that are not in the shadow."""
        if not items:
            return 0
        window = self._window(vendor, run.date)
        known = self._known(run, items, window)
        fresh = [item for item in items if self._identity(item) not in known]
        numbers = (
            self.env["po.intake.forecast"].union(*(item["forecast"] for item in fresh))._numbers()
        )
        kept = self.env["po.intake.shortage"].create(
            [
                {
                    **self._prepare_shortage(run, vendor, item, window),
                    "numbers": numbers[item["forecast"]],
                }
                for item in fresh
            ]
        )
        shown = [
            (shortage, item)
            for shortage, item in zip(kept, fresh, strict=True)
            if shortage.state != "shadow"
        ]
        if shown:
            self._put_on_board(run, vendor, window, shown)
        run.proposal_count += len(kept)
        run.proposal_value += sum(kept.mapped("value"))
        return len(kept)

    @api.model
    def _identity(self, item):
        """What is unique in the ledger, beside company and release window."""
        row = item["forecast"]
        return row.warehouse_id.id, row.product_id.id, item["episode"], item["mode"] == "shadow"

    @api.model
    def _known(self, run, items, window):
        """The identities that were proposed already in this window."""
        rows = self.env["po.intake.shortage"].search(
            [
                ("company_id", "=", run.company_id.id),
                ("product_id", "in", [item["forecast"].product_id.id for item in items]),
                ("release_date", "=", window),
            ]
        )
        return {
            (row.warehouse_id.id, row.product_id.id, row.episode, row.state == "shadow")
            for row in rows
        }

    @api.model
    def _prepare_shortage(self, run, vendor, item, window):
        """Hook: values of a proposal."""
        row, found, company = item["forecast"], item["accepted"], run.company_id
        value = item["currency"]._convert(
            found.quantity * (found.price or 0.0), company.currency_id, company, run.date
        )
        return {
            "company_id": company.id,
            "warehouse_id": row.warehouse_id.id,
            "product_id": row.product_id.id,
            "categ_id": row.categ_id.id,
            "vendor_id": vendor.id,
            "episode": item["episode"],
            "release_date": window,
            "state": "shadow" if item["mode"] == "shadow" else "waiting",
            "authority_id": item["authority"].id,
            "raw_quantity": row.need or row.room,
            "quantity": found.quantity,
            "product_uom_id": item["unit"].id,
            "price_unit": found.price or 0.0,
            "currency_id": item["currency"].id,
            "value": value,
            "stock_out_date": row.stock_out_date,
            "order_by_date": row.order_by_date,
            "date_planned": run.date + timedelta(round(row.lead_days)),
            "must_wait": found.must_wait,
            "steps": [
                {"code": s.code, "before": s.before, "after": s.after, "cause": s.cause}
                for s in found.steps
            ],
        }

    def _put_on_board(self, run, vendor, window, shown):
        """One card of a vendor, warehouse, currency and release window; late lines join it."""
        first = shown[0][1]
        quiet = {"tracking_disable": True, "mail_create_nolog": True, "mail_notrack": True}
        intakes = self.env["po.intake"].with_context(**quiet)
        key = "/".join(
            str(part)
            for part in (
                run.company_id.id,
                first["forecast"].warehouse_id.id,
                vendor.id,
                first["currency"].name,
                window,
            )
        )
        same = intakes.search([("reorder_key", "=like", key + "#%")])
        open_card = same.filtered(lambda card: card.state in ("new", "review"))[:1]
        card = open_card or intakes._own_step().create(
            {
                "source": "reorder",
                "retry_at": fields.Datetime.now() + HELD,
                "direction": "purchase",
                "state": "new",
                "team_id": run.team_id.id,
                "partner_id": vendor.id,
                "currency_text": first["currency"].name,
                "reorder_key": f"{key}#{len(same) + 1}",
                "warehouse_id": first["forecast"].warehouse_id.id,
                "source_name": self.env._("Forecast for %s", vendor.name),
            }
        )
        number = len(card.line_ids)
        self.env["po.intake.line"]._own_step().create(
            [
                self._prepare_line(card, shortage, item, 10 * (number + at))
                for at, (shortage, item) in enumerate(shown, 1)
            ]
        )
        if open_card:
            again = {"state": "new", "retry_at": fields.Datetime.now() + HELD}
            card._own_step().write(again)

    @api.model
    def _prepare_line(self, card, shortage, item, sequence):
        """Hook: values of the card's line of a proposal."""
        return {
            "intake_id": card.id,
            "sequence": sequence,
            "shortage_id": shortage.id,
            "product_id": shortage.product_id.id,
            "description": shortage.product_id.display_name,
            "product_uom_id": shortage.product_uom_id.id,
            "quantity": shortage.quantity,
            "price_unit": shortage.price_unit,
            "price_subtotal": shortage.quantity * shortage.price_unit,
            "has_price": bool(shortage.price_unit),
            "requested_date": shortage.date_planned,
            "match_score": 1.0,
            "match_reason": self.env._("Foreseen to run out"),
            "remember": False,
        }
