from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date, formatLang

BARS = 13  # weeks of the past, and as many of the future, in the small chart
TOLD = 15  # proposals in one message
BAR_HEIGHT = 28  # pixels
EMPTY_DAYS = 7  # of half a year; fewer are not worth a word
BELOW = 0.25  # of the highest stock is shown below zero
WIDTH, PANEL, GAP = 624, 90, 14  # of the large chart, in its own units
PAST, AHEAD, SOON = "#adb5bd", "#714b67", "#d9534f"


class PoIntakeReason(models.AbstractModel):
    """Why this number: the words, the table and the charts of a proposal.

    All of it from the numbers that were kept with the proposal, so that it stays true.
    """

    _name = "po.intake.reason"
    _description = "Order Intake: Reasons of Proposals"

    # words

    @api.model
    def _why(self, shortage):
        """Plain sentences, in the order in which the number came about."""
        numbers = shortage.numbers or {}
        if not numbers:
            return []
        amount, day = self._amount, self._day
        own = shortage.product_id.uom_id.name
        sentences = [
            self.env._(
                "About %(weekly)s a week are expected; %(expected)s (%(low)s to %(high)s) until "
                "an order of today arrives in %(days)s days.",
                weekly=amount(numbers["weekly"], own),
                expected=amount(numbers["expected"], own),
                low=amount(numbers["expected_low"]),
                high=amount(numbers["expected_high"]),
                days=round(numbers["lead_days"]),
            ),
            self.env._(
                "%(on_hand)s on hand, %(incoming)s on the way, %(outgoing)s promised.",
                on_hand=amount(numbers["on_hand"], own),
                incoming=amount(numbers["incoming"]),
                outgoing=amount(numbers["outgoing"]),
            ),
        ]
        if shortage.stock_out_date:
            sentences.append(
                self.env._(
                    "Stock runs out on %(date)s; the last day to order is %(order_by)s.",
                    date=day(shortage.stock_out_date),
                    order_by=day(shortage.order_by_date),
                )
            )
        sentences.append(
            self.env._(
                "Below %(point)s it is filled up to %(level)s: %(raw)s are missing.",
                point=amount(numbers["reorder_point"]),
                level=amount(numbers["order_up_to"]),
                raw=amount(shortage.raw_quantity, own),
            )
        )
        unit = shortage.product_uom_id.name
        sentences += [self._step(step, unit) for step in shortage.steps or []]
        return [*sentences, *self._remarks(numbers)]

    @api.model
    def _step(self, step, unit):
        """One rounding step in words."""
        _, amount = self.env._, self._amount
        texts = {
            "minimum": _("the vendor's minimum is %s", amount(step["cause"], unit)),
            "pack": _("only whole packs of %s", amount(step["cause"], unit)),
            "price_break": _("from %s on the price is lower", amount(step["cause"], unit)),
            "shelf_life": _("it keeps for %s days", round(step["cause"])),
            "cover": _("at most %s days of demand", round(step["cause"])),
            "vendor_minimum": _(
                "the vendor's minimum order value is %s", formatLang(self.env, step["cause"])
            ),
            "unreachable": _("no quantity satisfies the vendor and the shelf alike"),
        }
        return _(
            "%(before)s became %(after)s: %(why)s.",
            before=amount(step["before"]),
            after=amount(step["after"], unit),
            why=texts.get(step["code"], step["code"]),
        )

    @api.model
    def _remarks(self, numbers):
        """What in the past was not taken as it was."""
        for bulk in (numbers.get("bulk") or [])[-3:]:
            origin = (numbers.get("origins") or {}).get(bulk["week"])
            yield self.env._(
                "The week of %(week)s with %(quantity)s counts as %(counted)s: single large order "
                "%(origin)s.",
                week=self._day(fields.Date.to_date(bulk["week"])),
                quantity=self._amount(bulk["quantity"]),
                counted=self._amount(bulk["counted"]),
                origin=origin or "",
            )
        if numbers.get("empty_days", 0) >= EMPTY_DAYS:
            yield self.env._(
                "On %s days of the last half year nothing was in stock; what was asked for on "
                "them is estimated.",
                numbers["empty_days"],
            )
        if numbers.get("rule") == "native":
            yield self.env._(
                "In this category a minimum and maximum from the recent average was cheaper in "
                "the replay of the last year, and is used."
            )

    @api.model
    def _amount(self, quantity, unit=""):
        """No decimals where they say nothing."""
        digits = 0 if abs(quantity) >= 10 or quantity == round(quantity) else 1
        return f"{formatLang(self.env, quantity, digits=digits)} {unit}".strip()

    @api.model
    def _day(self, date):
        return format_date(self.env, date) if date else ""

    # tables for the chatter, of nothing that its sanitizer takes out

    @api.model
    def _body(self, shortages):
        """A table of the proposals, then why each of them is what it is; the first ones only."""
        if not shortages:
            return Markup("")
        more, shortages = shortages[TOLD:], shortages[:TOLD]
        heads = (
            self.env._("Product"),
            self.env._("On hand"),
            self.env._("Incoming"),
            self.env._("Promised"),
            self.env._("Expected"),
            self.env._("Stock-out"),
            self.env._("Order by"),
            self.env._("Proposed"),
            self.env._("Past and expected weeks"),
        )
        rows = Markup("").join(self._row(shortage) for shortage in shortages)
        table = Markup('<table class="table table-sm o_po_intake_reason"><tr>%s</tr>%s</table>') % (
            Markup("").join(Markup("<th>%s</th>") % head for head in heads),
            rows,
        )
        reasons = Markup("").join(
            Markup("<p><b>%s</b></p><ul>%s</ul>")
            % (
                shortage.product_id.display_name,
                Markup("").join(Markup("<li>%s</li>") % text for text in self._why(shortage)),
            )
            for shortage in shortages
        )
        if more:
            rest = self.env._("%s more under Why.", len(more))
            reasons += Markup("<p>%s</p>") % rest
        return table + reasons

    @api.model
    def _row(self, shortage):
        numbers = shortage.numbers or {}
        cells = (
            shortage.product_id.display_name,
            *(self._amount(numbers.get(name, 0.0)) for name in
              ("on_hand", "incoming", "outgoing", "expected")),
            self._day(shortage.stock_out_date),
            self._day(shortage.order_by_date),
            self._amount(shortage.quantity, shortage.product_uom_id.name),
            self._bars(numbers),
        )  # fmt: skip
        return Markup("<tr>%s</tr>") % Markup("").join(
            Markup("<td>%s</td>") % cell for cell in cells
        )

    @api.model
    def _bars(self, numbers):
        """A chart of nothing but spans."""
        past = (numbers.get("history") or [])[-BARS:]
        ahead = self._weekly((numbers.get("weeks") or {}).get("expected") or [])[:BARS]
        most = max([*past, *ahead, 1e-9])
        bar = Markup(
            '<span style="display:inline-block;width:4px;height:%spx;background-color:%s"></span>'
        )
        return Markup("").join(
            bar % (max(round(BAR_HEIGHT * value / most), 1), color)
            for values, color in ((past, PAST), (ahead, AHEAD))
            for value in values
        )

    @api.model
    def _weekly(self, sums):
        """Sums up to each week -> each week."""
        return [total - before for total, before in zip(sums, [0.0, *sums], strict=False)]

    # the large chart, for our own pages

    @api.model
    def _chart(self, numbers):
        """Inline SVG: weeks asked for and expected above, the stock to come with its band below.

        Of numbers alone: nothing that a stranger wrote gets into it.
        """
        weeks = numbers.get("weeks") or {}
        past, sums = numbers.get("history") or [], weeks.get("expected") or []
        if not sums:
            return Markup("")
        step = WIDTH / (len(past) + len(sums))
        start = step * len(past)
        top = self._panel_of_weeks(past, self._weekly(sums), step)
        below = self._panel_of_stock(numbers, weeks, step, start)
        return Markup(
            '<svg viewBox="0 0 %s %s" role="img" class="w-100" style="max-width:60rem">%s%s'
            '<line x1="%s" x2="%s" y1="0" y2="%s" stroke="%s" stroke-dasharray="3"/></svg>'
        ) % (
            WIDTH,
            2 * PANEL + GAP,
            top,
            below,
            *(round(start, 1),) * 2,
            2 * PANEL + GAP,
            PAST,
        )

    @api.model
    def _panel_of_weeks(self, past, ahead, step):
        most = max([*past, *ahead, 1e-9])
        bar = Markup('<rect x="%s" y="%s" width="%s" height="%s" fill="%s"/>')
        colors = [PAST] * len(past) + [AHEAD] * len(ahead)
        return Markup("").join(
            bar
            % (
                round(at * step, 1),
                round(PANEL * (1 - value / most), 1),
                round(step * 0.8, 1),
                round(PANEL * value / most, 1),
                color,
            )
            for at, (value, color) in enumerate(zip([*past, *ahead], colors, strict=True))
        )

    @api.model
    def _panel_of_stock(self, numbers, weeks, step, start):
        """The line of the stock to come, its band, and where it runs out."""
        arrivals = weeks.get("arrivals") or [0.0] * len(weeks["expected"])
        lines = {
            name: [
                numbers["on_hand"] + come - used
                for come, used in zip(arrivals, weeks[name], strict=False)
            ]
            for name in ("expected", "low", "high")
        }
        most = max([numbers["on_hand"], *lines["low"], 1e-9])
        least = -BELOW * most

        def height(value):
            share = (max(value, least) - least) / (most - least)
            return round(PANEL + GAP + PANEL * (1 - share), 1)

        def points(values):
            pairs = [(start, numbers["on_hand"])]
            pairs += [(start + step * (at + 1), value) for at, value in enumerate(values)]
            return [f"{round(x, 1)},{height(value)}" for x, value in pairs]

        marks = Markup("").join(
            self._mark(start + step * days / 7.0, height(0.0), color)
            for days, color in (
                (numbers.get("order_by_days"), AHEAD),
                (numbers.get("stock_out_days"), SOON),
            )
            if days is not None
        )
        band = " ".join([*points(lines["low"]), *reversed(points(lines["high"]))])
        return Markup(
            '<polygon points="%s" fill="%s" opacity=".15"/>'
            '<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>'
            '<line x1="0" x2="%s" y1="%s" y2="%s" stroke="%s"/>%s'
        ) % (
            band,
            AHEAD,
            " ".join(points(lines["expected"])),
            AHEAD,
            WIDTH,
            *(height(0.0),) * 2,
            SOON,
            marks,
        )

    @api.model
    def _mark(self, x, y, color):
        """A flag on the line of no stock: the last day to order, and the day it runs out."""
        x = round(x, 1)
        return Markup('<polygon points="%s,%s %s,%s %s,%s" fill="%s"/>') % (
            x, y, round(x - 6, 1), y - 12, round(x + 6, 1), y - 12, color,
        )  # fmt: skip
