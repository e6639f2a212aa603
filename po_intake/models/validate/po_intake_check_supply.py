from datetime import timedelta

from odoo import api, fields, models


class PoIntakeCheckSupply(models.AbstractModel):
    """Part of service 3, Validate: when it can be delivered."""

    _name = "po.intake.check.supply"
    _description = "Order Intake: Check Supply"

    def _check_dates(self, intake):
        dates = {line.requested_date for line in self._ordered(intake) if line.requested_date}
        if len(dates) > 1 and not intake.requested_date:
            yield self._finding(
                "dates_differ", first=min(dates).isoformat(), last=max(dates).isoformat()
            )
        wanted = intake.requested_date or min(dates, default=None)
        if wanted and wanted < fields.Date.context_today(intake):
            yield self._finding("requested_date_past", date=wanted.isoformat())

    def _check_supply(self, intake):
        """Lead times against the day that is asked for, then stock, line by line."""
        stock = self.env["po.intake.stock"]
        shortages = stock._shortages(intake) if intake.direction == "sale" else {}
        yield from self._check_lead_times(intake, shortages)
        nothing_comes = self._without_supply(intake, shortages)
        day = stock._day(intake).isoformat()
        for line, (forecast, free) in shortages.items():
            unit, own = line.product_uom_id or line.product_id.uom_id, line.product_id.uom_id.name
            yield self._finding(
                "stock_short",
                line,
                item=line.product_id.display_name,
                quantity=self._amount(line.quantity, unit.name),
                forecast=self._amount(forecast, own),
                free=self._amount(free, own),
                date=day,
            )
            if line.product_id in nothing_comes:
                yield self._finding("no_supply", line, item=line.product_id.display_name)

    @api.model
    def _without_supply(self, intake, shortages):
        """Products of short lines that no rule of the company brings in again."""
        products = self.env["product.product"].union(*(line.product_id for line in shortages))
        stock = self.env["po.intake.stock"].with_company(intake.company_id)
        # sudo: whether there is a rule may be told to whoever reviews the order
        return products.sudo().filtered_domain(stock._unsupplied())

    @api.model
    def _check_lead_times(self, intake, shortages):
        """One finding for all lines that cannot be there in time, with the day that all could."""
        today = fields.Date.context_today(intake)
        wanted, earliest = {}, today
        for line in self._ordered(intake).filtered("product_id"):
            day = line.requested_date or intake.requested_date
            ready = today + timedelta(days=self._lead_days(intake, line, line in shortages))
            if day and today <= day < ready:
                wanted[line], earliest = day, max(earliest, ready)
        if wanted:
            yield self._finding(
                "lead_time",
                lines=[line.sequence // 10 for line in wanted],
                date=min(wanted.values()).isoformat(),
                earliest=earliest.isoformat(),
            )

    @api.model
    def _lead_days(self, intake, line, short):
        """Days until the delivery: our own, and the vendor's where it must be bought first."""
        product = line.product_id
        if intake.direction == "purchase":
            sellers = product._get_filtered_sellers(intake.partner_id, quantity=None)
            return sellers[:1].delay
        bought = product._get_filtered_sellers(quantity=None)[:1].delay if short else 0
        return product.sale_delay + bought
