from datetime import date, timedelta

from markupsafe import Markup

from odoo import api, models
from odoo.tools import format_date

BARS = 13  # weeks of the past, and as many of the future, in the small chart
BLOCKS = "▁▂▃▄▅▆▇█"  # of the small chart
# of the large chart, in its own units
WIDTH, LEFT, PANEL = 720, 44, 96
WEEKS_TOP, STOCK_TOP = 24, 218
HEIGHT = STOCK_TOP + PANEL + 18
LEAST_SHOWN = 8  # weeks of the stock to come
# seen on white and on black alike
PAST, AHEAD, SOON, COMING = "#868e96", "#3b7ddd", "#d9534f", "#2a9d6f"


class PoIntakeChart(models.AbstractModel):
    """The charts of a forecast: inline SVG for our own pages, characters for the chatter.

    Of numbers and dates alone: nothing that a stranger wrote gets into them.
    """

    _name = "po.intake.chart"
    _description = "Order Intake: Charts of Forecasts"

    @api.model
    def _bars(self, numbers):
        """A chart of nothing but characters, which every sanitizer and mail program leaves."""
        past = (numbers.get("history") or [])[-BARS:]
        ahead = self._weekly((numbers.get("weeks") or {}).get("expected") or [])[:BARS]
        most = max([*past, *ahead, 1e-9])
        high = len(BLOCKS) - 1
        return Markup("").join(
            Markup('<span style="color:%s">%s</span>')
            % (color, "".join(BLOCKS[round(high * max(value, 0.0) / most)] for value in values))
            for values, color in ((past, PAST), (ahead, AHEAD))
        )

    @api.model
    def _draw(self, numbers):
        """Weeks asked for and expected above, the stock to come below, each with its band."""
        weeks = numbers.get("weeks") or {}
        if not weeks.get("expected"):
            return Markup("")
        return Markup(
            '<figure class="o_po_intake_chart"><svg viewBox="0 0 %s %s" role="img" '
            'aria-label="%s">%s%s</svg>%s</figure>'
        ) % (
            WIDTH,
            HEIGHT,
            self._told(numbers),
            self._panel_of_weeks(numbers, weeks),
            self._panel_of_stock(numbers, weeks),
            self._legend(),
        )

    @api.model
    def _told(self, numbers):
        """The chart in words, for those who do not see it."""
        days = numbers.get("stock_out_days")
        told = self.env._(
            "About %(weekly)s a week are expected; %(on_hand)s on hand.",
            weekly=self._number(numbers["weekly"]),
            on_hand=self._number(numbers["on_hand"]),
        )
        if days is None:
            return told
        return f"{told} {self.env._('Stock runs out on %s.', self._day(numbers, days))}"

    @api.model
    def _legend(self):
        entry = Markup('<span class="me-3"><span style="color:%s">%s</span> %s</span>')
        return Markup('<figcaption class="small text-muted">%s</figcaption>') % Markup("").join(
            entry % item
            for item in (
                (PAST, "■", self.env._("asked for")),
                (AHEAD, "■", self.env._("expected, nine times of ten within the band")),
                (COMING, "■", self.env._("arrives")),
                (SOON, "■", self.env._("runs out")),
            )
        )

    # the weeks

    @api.model
    def _panel_of_weeks(self, numbers, weeks):
        """Bars of the past, then the line of what is expected in its band.

        Of a week that counts for less than it was, the bar is pale and cut off. The band of a
        later week is that of the first one, in proportion: what is kept are bands of sums.
        """
        past, ahead = numbers.get("history") or [], self._weekly(weeks["expected"])
        first = ahead[0] or 1.0
        low, high = ([value * weeks[name][0] / first for value in ahead]
                     for name in ("low", "high"))  # fmt: skip
        bulk = self._bulk_bars(numbers, len(past))
        usual = [bulk.get(at, value) for at, value in enumerate(past)]
        most = max([*usual, *high, 1e-9])
        step = (WIDTH - LEFT) / (len(past) + len(ahead))

        def x(week):
            return round(LEFT + step * week, 1)

        def y(value):
            return round(WEEKS_TOP + PANEL * (1 - min(value / most, 1.0)), 1)

        bars = [
            self._bar(x(at), y(value), step, WEEKS_TOP + PANEL, "0.4" if at in bulk else "1")
            for at, value in enumerate(past)
        ]
        cut = [self._text(x(at), WEEKS_TOP - 3, self._number(past[at])) for at in bulk]
        middles = [x(len(past) + at + 0.5) for at in range(len(ahead))]
        foot = WEEKS_TOP + PANEL + 14
        return Markup("").join(
            [
                self._text(0, 14, self.env._("A week"), weight="bold"),
                *bars,
                *cut,
                self._band(middles, map(y, low), map(y, high)),
                self._line(middles, map(y, ahead)),
                self._rule(LEFT, WIDTH, y(0)),
                self._text(0, y(most) + 8, self._number(most)),
                self._text(0, y(0), "0"),
                self._text(LEFT, foot, self._day(numbers, -7 * len(past))),
                self._text(x(len(past)), foot, self.env._("today"), "middle"),
                self._text(WIDTH, foot, self._day(numbers, 7 * len(ahead)), "end"),
                self._rule(x(len(past)), x(len(past)), WEEKS_TOP, WEEKS_TOP + PANEL, dash="3"),
            ]
        )

    @api.model
    def _bulk_bars(self, numbers, past):
        """``{place of a bar: what its week counts for}`` of the weeks that were cut."""
        today = date.fromisoformat(numbers["date"])
        monday = today - timedelta(today.weekday())
        found = {}
        for item in numbers.get("bulk") or []:
            at = past - (monday - date.fromisoformat(item["week"])).days // 7
            if 0 <= at < past:
                found[at] = item["counted"]
        return found

    # the stock

    @api.model
    def _panel_of_stock(self, numbers, weeks):
        """The line of the stock to come in its band, what arrives, and the days that matter."""
        count = self._weeks_shown(numbers, len(weeks["expected"]))
        arrivals = (weeks.get("arrivals") or [0.0] * count)[:count]
        lines = {
            name: self._daily(numbers["on_hand"], arrivals, weeks[name])
            for name in ("expected", "low", "high")
        }
        most = max([*lines["low"], 1e-9])

        def x(days):
            return round(LEFT + (WIDTH - LEFT) * days / (7.0 * count), 1)

        def y(value):
            return round(STOCK_TOP + PANEL * (1 - value / most), 1)

        days = [x(day) for day in range(7 * count + 1)]
        foot = STOCK_TOP + PANEL + 14
        return Markup("").join(
            [
                self._text(0, STOCK_TOP - 56, self.env._("Stock"), weight="bold"),
                self._band(days, map(y, lines["high"]), map(y, lines["low"])),
                self._line(days, map(y, lines["expected"])),
                self._rule(LEFT, WIDTH, y(0)),
                self._text(0, y(most) + 8, self._number(most)),
                self._text(0, y(0), "0"),
                self._text(LEFT, foot, self._day(numbers, 0)),
                self._text(WIDTH, foot, self._day(numbers, 7 * count), "end"),
                *self._receipts(arrivals, x),
                *self._marks(numbers, 7 * count, x),
            ]
        )

    @api.model
    def _daily(self, on_hand, arrivals, used):
        """The stock of each day from today on, of sums up to each week; none is less than none."""
        ends = [on_hand] + [
            on_hand + come - gone for come, gone in zip(arrivals, used, strict=False)
        ]
        steps = [
            before + (after - before) * day / 7.0
            for before, after in zip(ends, ends[1:], strict=False)
            for day in range(7)
        ]
        return [max(stock, 0.0) for stock in (*steps, ends[-1])]

    @api.model
    def _weeks_shown(self, numbers, known):
        """Twice as far as the stock lasts, so that the days that matter lie apart."""
        days = numbers.get("stock_out_days")
        if days is None:
            return known
        return min(max(2 * days // 7, round(numbers["lead_days"] / 7) + 2, LEAST_SHOWN), known)

    @api.model
    def _receipts(self, arrivals, x):
        """A mark at the end of each week in which something arrives."""
        for week, amount in enumerate(self._weekly(arrivals), 1):
            if amount > 0:
                yield self._rule(x(7 * week), x(7 * week), STOCK_TOP, STOCK_TOP + PANEL, COMING, 4)
                yield self._text(
                    x(7 * week) - 3, STOCK_TOP + 10, f"+{self._number(amount)}", "end", COMING
                )

    @api.model
    def _marks(self, numbers, shown, x):
        """A line and a label each: the last day to order, when that arrives, when it runs out."""
        _ = self.env._
        marks = (
            (numbers.get("order_by_days"), _("order by %s"), AHEAD),
            (numbers.get("stock_out_days"), _("runs out %s"), SOON),
            (round(numbers.get("lead_days") or 0), _("an order of today arrives %s"), PAST),
        )
        for row, (days, label, color) in enumerate(marks):
            if days is None or not 0 <= days <= shown:
                continue
            top = STOCK_TOP - 40 + 15 * row
            right = days < 0.6 * shown
            yield self._rule(x(days), x(days), top - 8, STOCK_TOP + PANEL, color, 2)
            yield self._text(
                x(days) + (4 if right else -4),
                top,
                label % self._day(numbers, days),
                "start" if right else "end",
                None if color == PAST else color,
            )

    # pieces

    @api.model
    def _text(self, x, y, text, anchor="start", color=None, weight="normal"):
        return Markup(
            '<text x="%s" y="%s" text-anchor="%s" font-weight="%s" fill="%s">%s</text>'
        ) % (x, y, anchor, weight, color or "currentColor", text)

    @api.model
    def _bar(self, x, y, step, foot, opacity):
        return Markup('<rect x="%s" y="%s" width="%s" height="%s" fill="%s" opacity="%s"/>') % (
            x, y, round(step * 0.8, 1), round(foot - y, 1), PAST, opacity,
        )  # fmt: skip

    @api.model
    def _rule(self, x1, x2, y1, y2=None, color=PAST, dash="0"):
        return Markup(
            '<line x1="%s" x2="%s" y1="%s" y2="%s" stroke="%s" stroke-dasharray="%s"/>'
        ) % (x1, x2, y1, y1 if y2 is None else y2, color, dash)

    @api.model
    def _line(self, xs, ys):
        return Markup('<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>') % (
            " ".join(f"{x},{y}" for x, y in zip(xs, ys, strict=True)),
            AHEAD,
        )

    @api.model
    def _band(self, xs, lows, highs):
        edges = [*zip(xs, lows, strict=True), *reversed([*zip(xs, highs, strict=True)])]
        return Markup('<polygon points="%s" fill="%s" opacity=".2"/>') % (
            " ".join(f"{x},{y}" for x, y in edges),
            AHEAD,
        )

    # words

    @api.model
    def _weekly(self, sums):
        """Sums up to each week -> each week."""
        return [total - before for total, before in zip(sums, [0.0, *sums], strict=False)]

    @api.model
    def _number(self, value):
        return self.env["po.intake.reason"]._amount(value)

    @api.model
    def _day(self, numbers, days):
        """A day so many days after the forecast."""
        day = date.fromisoformat(numbers["date"]) + timedelta(days)
        return format_date(self.env, day, date_format="MMM d")
