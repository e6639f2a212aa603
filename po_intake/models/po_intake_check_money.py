from odoo import models
from odoo.tools import format_amount

# times dearer or cheaper than the price list
ABSURD = 2.5


class PoIntakeCheckMoney(models.AbstractModel):
    """Part of service 3, Validate: what it costs."""

    _name = "po.intake.check.money"
    _description = "Order Intake: Check Money"

    def _check_prices(self, intake):
        """Printed prices against the price list, net of discounts, in the document's currency."""
        prices, tolerance = self.env["po.intake.price"], intake.team_id.price_tolerance
        pricelist = prices._pricelist(intake)
        for line in self._ordered(intake):
            if not line.has_price:
                yield self._finding("price_missing", line)
                continue
            if not line.product_id or line.uom_unclear:
                continue
            expected = prices._expected(line, pricelist)
            printed = line.price_unit * (1 - line.discount / 100)
            if not expected or abs(printed / expected - 1) <= tolerance:
                continue
            # so far off that it is rather misread, or meant for another unit, than agreed
            absurd = printed and not 1 / ABSURD < printed / expected < ABSURD
            yield self._finding(
                "price_absurd" if absurd else "price_differs",
                line,
                printed=format_amount(self.env, printed, intake.currency_id),
                expected=format_amount(self.env, expected, intake.currency_id),
                percent=f"{100 * (printed / expected - 1):+.1f}",
            )

    def _check_currency(self, intake):
        if not intake.partner_id or not intake.currency_text:
            return
        prices = self.env["po.intake.price"]
        expected = prices._partner_currency(intake)
        if intake.currency_text == expected.name:
            return
        pricelist = prices._pricelist(intake)
        known = pricelist.currency_id.name == intake.currency_text
        yield self._finding(
            "other_pricelist" if known else "currency_differs",
            printed=intake.currency_text,
            pricelist=expected.name,
            taken=pricelist.display_name,
        )

    def _check_charges(self, intake):
        matcher = self.env["po.intake.matcher"]
        for charge in (intake.document or {}).get("charges") or []:
            if charge["amount"] and not matcher._charge_product(intake, charge["description"]):
                yield self._finding(
                    "charge_without_product",
                    charge=charge["description"],
                    amount=format_amount(self.env, charge["amount"], intake.currency_id),
                )
