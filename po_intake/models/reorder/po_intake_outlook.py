from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

WEEKS_SHOWN = 26
QUARTER = 13
CONTEST_DAYS = 28
BAND = 0.9  # chance that the sum of the demand lies within the band that is shown


class PoIntakeOutlook(models.AbstractModel):
    """Part of service 0: arrays of one batch of pairs go through the wing ``forecast``.

    Everything is worked out for all pairs of the batch at once; no record is loaded.
    """

    _name = "po.intake.outlook"
    _description = "Order Intake: Foresee"

    @api.model
    def _step_forecast(self, run):
        supply, at = self.env["po.intake.supply"], run.step_cursor
        if not at:
            run.plan = supply._plan(run.company_id)
        plan, facts = run.plan or [], []
        if plan:
            starts = [*plan, None]
            facts = supply._facts(run.company_id, run.date, starts[at], starts[at + 1])
        if facts:
            self._foresee(run, facts)
        if at + 1 < len(plan):
            return at + 1, len(facts)
        self.env["po.intake.forecast"]._forget(run.company_id)
        return 0, len(facts)

    def _foresee(self, run, facts):
        """Write the forecasts of a batch."""
        import numpy as np

        from ...forecast.outlook import foresee
        from ...forecast.series import fill_gaps

        supply = self.env["po.intake.supply"]
        monday = self.env["po.intake.demand"]._monday(run.date)
        weeks, empty = supply._history(facts, monday)
        weeks = fill_gaps(weeks, empty)
        items, spread = self._items(run, facts)
        outlook = foresee(
            weeks,
            np.datetime64(monday),
            items,
            uplift=self.env["po.intake.uplift"]._factors(facts, monday),
            launched=np.array([row["orderpoint_id"] is not None for row in facts]),
            methods=self.env["po.intake.reorder"]._get_forecast_methods(),
        )
        batch = {
            "facts": facts,
            "weeks": weeks,
            "items": items,
            "spread": spread,
            "outlook": outlook,
            "on_hand": supply._on_hand(facts),
            "incoming": supply._incoming(facts, run.date),
            "outgoing": supply._outgoing(facts, run.date),
        }
        verdicts = self._verdicts(run, batch)
        values = {
            **self._levels(run, batch, verdicts, monday),
            **self._demand_values(batch, monday),
        }
        values = {**values, **self._stock_values(run, batch, values)}
        self._write(run, batch, verdicts, values)

    @api.model
    def _items(self, run, facts):
        """The wing's items; lead times as measured where they are longer than what is stated."""
        import numpy as np

        from ...forecast.outlook import Items

        supply, extra = self.env["po.intake.supply"], run.company_id.days_to_purchase
        measured = supply._lead_times(
            run.company_id, [vendor for vendor in supply._vendors(facts) if vendor]
        )
        stated = np.array([row["delay"] + extra for row in facts], float)
        lead = np.array([measured.get(row["vendor_id"], (0.0, 0.0))[0] for row in facts])
        spread = np.array([measured.get(row["vendor_id"], (0.0, 0.0))[1] for row in facts])
        cost = np.array([float(row["cost"] or row["price"] or 1.0) for row in facts])
        items = Items(
            category=np.array([row["categ_id"] for row in facts]),
            vendor=np.array([row["vendor_id"] for row in facts]),
            lead_days=np.maximum(stated, lead),
            cost=cost,
            pack=np.array([float(row["pack"]) for row in facts]),
            lead_spread=spread,
        )
        return items, spread

    @api.model
    def _terms(self, team):
        from ...forecast.levels import Terms

        return Terms(team.reorder_holding_rate, team.reorder_line_cost, team.reorder_order_cost)

    @api.model
    def _verdicts(self, run, batch):
        """{category: verdict} of champion and challenger, renewed every four weeks."""
        import numpy as np

        from ...forecast.select import contest

        contests = self.env["po.intake.contest"]
        categories = np.unique(batch["items"].category).tolist()
        domain = Domain("company_id", "=", run.company_id.id) & Domain("categ_id", "in", categories)
        known = contests.search(domain & Domain("date", ">", run.date - timedelta(CONTEST_DAYS)))
        if set(categories) - {verdict.categ_id.id or 0 for verdict in known}:
            margin = [
                max(float(row["list_price"]) - cost, 0.2 * cost)
                for row, cost in zip(batch["facts"], batch["items"].cost, strict=True)
            ]
            found = contest(
                batch["weeks"],
                batch["outlook"],
                batch["items"],
                self._terms(run.team_id),
                np.array(margin),
            )
            known = contests._store(run, batch, found, known)
        return {verdict.categ_id.id or 0: verdict for verdict in known}

    @api.model
    def _levels(self, run, batch, verdicts, monday):
        """Reorder point and order-up-to level, by the rule that won in the pair's category."""
        import numpy as np

        from ...forecast.levels import in_release_week, release_every, reorder_levels
        from ...forecast.select import native_levels

        items, outlook, terms = batch["items"], batch["outlook"], self._terms(run.team_id)
        every = release_every(outlook, items, terms)
        release = in_release_week(np.datetime64(monday), every, items.vendor)
        point, up_to = np.zeros(len(items.cost)), np.zeros(len(items.cost))
        for categ_id, verdict in verdicts.items():
            group = items.category == categ_id
            if verdict.rule == "forecast":
                safety = run.team_id.reorder_safety or verdict.safety
                found = reorder_levels(outlook, items, terms, safety, every=every, release=release)
                low, high = found.reorder_point, found.order_up_to
            else:
                lows, highs = native_levels(
                    batch["weeks"], items, verdict.extra_days, verdict.look_back
                )
                low, high = lows[:, -1], highs[:, -1]
            point, up_to = np.where(group, low, point), np.where(group, high, up_to)
        return {"reorder_point": point, "order_up_to": up_to}

    @api.model
    def _demand_values(self, batch, monday):
        """Arrays and lists of what is expected, and of what the past taught."""
        import numpy as np

        outlook, weeks = batch["outlook"], batch["weeks"]
        low, high = (band[:, :WEEKS_SHOWN] for band in outlook.interval(BAND))
        expected = np.cumsum(outlook.weekly(), axis=1)[:, :WEEKS_SHOWN]
        span = outlook.span
        until = outlook.demand(span)
        size = outlook.scale()
        edge = (1.0 - BAND) / 2.0
        seen = weeks[:, -QUARTER:]
        past = outlook.past_season.shape[1]
        told = (
            outlook.past_level[:, past - seen.shape[1] : past]
            * (outlook.past_season[:, past - seen.shape[1] :])
        )
        arrivals = batch["incoming"][:, : 7 * WEEKS_SHOWN].reshape(len(weeks), WEEKS_SHOWN, 7)
        arrived = np.cumsum(arrivals.sum(2), axis=1)
        return {
            "level": outlook.level,
            "weekly": outlook.rate(),
            "expected": until,
            "expected_low": np.maximum(until + outlook.errors.quantile(edge) * size, 0.0),
            "expected_high": np.maximum(until + outlook.errors.quantile(1.0 - edge) * size, 0.0),
            "told": told.sum(1),
            "asked": seen.sum(1),
            "missed": np.abs(told - seen).sum(1),
            "weeks": [
                {"expected": mean, "low": least, "high": most, "arrivals": come}
                for mean, least, most, come in zip(
                    *(np.round(array, 2).tolist() for array in (expected, low, high, arrived)),
                    strict=True,
                )
            ],
            "bulk": self._bulk(weeks, monday),
        }

    @api.model
    def _bulk(self, weeks, monday):
        """For each pair the weeks of the last year that count for less than they were."""
        import numpy as np

        from ...forecast.series import cap_bulk

        capped = cap_bulk(weeks)
        past = weeks.shape[1]
        found = [None] * len(weeks)
        for index, week in zip(*np.nonzero(weeks - capped > 0.5), strict=True):
            if week >= past - 52:
                found[index] = [
                    *(found[index] or []),
                    {
                        "week": (monday - timedelta(weeks=int(past - week))).isoformat(),
                        "quantity": round(float(weeks[index, week]), 2),
                        "counted": round(float(capped[index, week]), 2),
                    },
                ]
        return found

    @api.model
    def _stock_values(self, run, batch, values):
        """Position, need and the days that matter.

        What is promised until the next arrival counts as far as it exceeds what is expected
        anyway; what should have been delivered already counts in full.
        """
        import numpy as np

        from ...forecast.projection import project

        items, on_hand = batch["items"], batch["on_hand"]
        incoming, outgoing = batch["incoming"], batch["outgoing"]
        days = np.arange(outgoing.shape[1])[None, :]
        due = days <= np.ceil(items.lead_days)[:, None] + 1
        promised = np.where(due, outgoing, 0.0)[:, 1:].sum(1)
        more = np.maximum(promised - values["expected"], 0.0)
        position = on_hand + incoming.sum(1) - outgoing[:, 0] - more
        room = np.maximum(values["order_up_to"] - position, 0.0)
        short = position < values["reorder_point"] - 1e-9
        # without an order-up-to level only what is promised is ordered
        owed = np.maximum(-position, 0.0)
        projection = project(batch["outlook"], items, on_hand, incoming, outgoing)
        return {
            "on_hand": on_hand,
            "incoming": incoming.sum(1),
            "outgoing": outgoing.sum(1),
            "position": position,
            "need": np.where(short, room, owed),
            "room": np.maximum(room, owed),
            "stock_out_date": self._dates(run, projection.stock_out),
            "order_by_date": self._dates(run, projection.order_by),
            "stock_value": np.maximum(on_hand, 0.0) * items.cost,
            "lead_days": items.lead_days,
            "lead_spread": batch["spread"],
        }

    @api.model
    def _dates(self, run, days):
        return [run.date + timedelta(day) if day >= 0 else None for day in days.tolist()]

    @api.model
    def _write(self, run, batch, verdicts, values):
        from psycopg2.extras import Json

        fixed = ("product_id", "warehouse_id", "company_id", "date", "categ_id", "vendor_id",
                 "orderpoint_id", "rule", "kept_native")  # fmt: skip
        lists = []
        for name, column in values.items():
            plain = column if isinstance(column, list) else column.round(4).tolist()
            lists.append([Json(item) for item in plain] if name in ("weeks", "bulk") else plain)
        rows = []
        for fact, *own in zip(batch["facts"], *lists, strict=True):
            rule = verdicts[fact["categ_id"]].rule
            rows.append(
                (
                    fact["product_id"],
                    fact["warehouse_id"],
                    run.company_id.id,
                    run.date,
                    fact["categ_id"] or None,
                    fact["vendor_id"] or None,
                    fact["orderpoint_id"],
                    rule,
                    rule == "native" and fact["trigger"] == "auto",
                    *own,
                )
            )
        self.env["po.intake.forecast"]._store((*fixed, *values), rows)
