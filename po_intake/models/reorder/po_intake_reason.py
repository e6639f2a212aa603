from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_amount, format_date, formatLang

TOLD = 15  # proposals in one message
EMPTY_DAYS = 7  # of half a year; fewer are not worth a word


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

    # pages: a chart and the words for each proposal

    @api.model
    def _page(self, shortages):
        """One proposal below the other, folded where there are several."""
        fold = Markup("<details%s><summary class='fs-5 py-1'>%s</summary>%s</details>")
        return Markup("").join(
            fold
            % (
                Markup(" open='open'") if len(shortages) == 1 else "",
                self._headline(shortage),
                shortage.reason,
            )
            for shortage in shortages
        )

    @api.model
    def _headline(self, shortage):
        """What is proposed of what, in a line."""
        amount = self._amount(shortage.quantity, shortage.product_uom_id.name)
        return f"{shortage.product_id.display_name}: {amount}"

    @api.model
    def _words(self, shortage):
        """What Claude tells, if it was asked, and our own words."""
        told = Markup("")
        if shortage.summary:
            told = Markup("<p>%s</p>") % self.env._("Claude: %s", shortage.summary)
        return told + self._list(shortage)

    @api.model
    def _list(self, shortage):
        return Markup("<ul>%s</ul>") % Markup("").join(
            Markup("<li>%s</li>") % text for text in self._why(shortage)
        )

    # tables, of nothing that the chatter's sanitizer takes out

    @api.model
    def _body(self, shortages):
        """A table of the proposals, then why each of them is what it is; the first ones only."""
        if not shortages:
            return Markup("")
        more, shortages = shortages[TOLD:], shortages[:TOLD]
        reasons = Markup("").join(
            Markup("<p><b>%s</b></p>%s") % (shortage.product_id.display_name, self._words(shortage))
            for shortage in shortages
        )
        if more:
            rest = self.env._("%s more under Why.", len(more))
            reasons += Markup("<p>%s</p>") % rest
        return self._tabulate(shortages) + reasons

    @api.model
    def _tabulate(self, shortages):
        """The numbers of proposals side by side, each with a small chart."""
        heads = (
            self.env._("Product"),
            self.env._("On hand"),
            self.env._("Incoming"),
            self.env._("Promised"),
            self.env._("Expected"),
            self.env._("Stock-out"),
            self.env._("Order by"),
            self.env._("Needed"),
            self.env._("Proposed"),
            self.env._("Price"),
            self.env._("Past and expected weeks"),
        )
        table = Markup(
            '<div class="table-responsive" style="overflow-x:auto">'
            '<table class="table table-sm o_po_intake_reason"><tr>%s</tr>%s</table></div>'
        )
        return table % (
            Markup("").join(Markup("<th>%s</th>") % head for head in heads),
            Markup("").join(map(self._row, shortages)),
        )

    @api.model
    def _row(self, shortage):
        numbers = shortage.numbers or {}
        cells = (
            shortage.product_id.display_name,
            *(self._amount(numbers.get(name, 0.0)) for name in
              ("on_hand", "incoming", "outgoing")),
            self._interval(numbers),
            self._day(shortage.stock_out_date),
            self._day(shortage.order_by_date),
            self._amount(shortage.raw_quantity),
            self._amount(shortage.quantity, shortage.product_uom_id.name),
            format_amount(self.env, shortage.price_unit, shortage.currency_id),
            self.env["po.intake.chart"]._bars(numbers),
        )  # fmt: skip
        return Markup("<tr>%s</tr>") % Markup("").join(
            Markup("<td>%s</td>") % cell for cell in cells
        )

    @api.model
    def _interval(self, numbers):
        """What is expected until the next arrival, with its band."""
        return self.env._(
            "%(expected)s (%(low)s to %(high)s)",
            expected=self._amount(numbers.get("expected", 0.0)),
            low=self._amount(numbers.get("expected_low", 0.0)),
            high=self._amount(numbers.get("expected_high", 0.0)),
        )
