from odoo import api, models
from odoo.tools import format_amount

# times dearer or cheaper than the price list
ABSURD = 2.5


class PoIntakeCheckPrice(models.AbstractModel):
    """Part of service 3, Validate: printed prices against those that are known."""

    _name = "po.intake.check.price"
    _description = "Order Intake: Check Prices"

    def _check_prices(self, intake):
        """Printed prices against the price list, net of discounts, in the document's currency."""
        lines, tolerance = self._ordered(intake), intake.team_id.price_tolerance
        for line in lines.filtered(lambda line: not line.has_price):
            yield self._finding("price_missing", line)
        priced = self._priced(lines)
        expected = self.env["po.intake.price"]._expected(intake, priced)
        for line in priced:
            printed, price = self._net(line), expected.get(line)
            if not price or abs(printed / price - 1) <= tolerance:
                continue
            # so far off that it is rather misread, or meant for another unit, than agreed
            absurd = printed and not 1 / ABSURD < printed / price < ABSURD
            yield self._finding(
                "price_absurd" if absurd else "price_differs",
                line,
                **self._compared(intake, printed, price),
            )

    def _check_last_prices(self, intake):
        """Printed prices against what the partner paid last for the same product."""
        priced = self._priced(self._ordered(intake))
        if not priced or not intake.partner_id:
            return
        last = self.env["po.intake.price"]._last(intake, priced)
        for line, (price, order) in last.items():
            printed = self._net(line)
            if abs(printed / price - 1) > intake.team_id.last_price_tolerance:
                yield self._finding(
                    "price_changed",
                    line,
                    order=order.name,
                    date=order.date_order.date().isoformat(),
                    **self._compared(intake, printed, price),
                )

    @api.model
    def _priced(self, lines):
        """Lines whose printed price can be compared with another one."""
        return lines.filtered(
            lambda line: line.product_id and line.has_price and not line.uom_unclear
        )

    @api.model
    def _net(self, line):
        return line.price_unit * (1 - line.discount / 100)

    @api.model
    def _compared(self, intake, printed, expected):
        """Two amounts and the difference, for a sentence."""
        return {
            "printed": format_amount(self.env, printed, intake.currency_id),
            "expected": format_amount(self.env, expected, intake.currency_id),
            "percent": f"{100 * (printed / expected - 1):+.1f}",
        }
