from datetime import timedelta

from odoo import api, fields, models

LARGER = 1.5  # times the largest earlier order of an item: a person looks
COVER_DAYS = 90  # of demand: a person looks
GRAIN = 0.01  # quantities nearer than this are the same


class PoIntakeCheckReorder(models.AbstractModel):
    """Part of service 3, Validate: the guards of what the reorder agent proposes."""

    _name = "po.intake.check.reorder"
    _description = "Order Intake: Check Proposals"

    def _check_reorder_stopped(self, intake):
        if intake.team_id.reorder_paused:
            yield self._finding("reorder_stopped", reason=intake.team_id.reorder_pause_reason or "")

    def _check_reorder_ordered(self, intake):
        """More in stock and on its way than when it was proposed: somebody else ordered it, too.

        By quantities and not by dates, for whoever orders at the same moment has begun earlier.
        """
        lines = self._ordered(intake).filtered("shortage_id")
        more = self._more_supply(lines.shortage_id)
        for line in lines:
            if more[line.shortage_id] > GRAIN:
                yield self._finding(
                    "reorder_ordered",
                    line,
                    item=line.product_id.display_name,
                    quantity=self._amount(more[line.shortage_id], line.product_id.uom_id.name),
                )

    @api.model
    def _more_supply(self, shortages):
        """``{shortage: quantity}`` by which stock and arrivals grew since it was foreseen."""
        supply = self.env["po.intake.supply"]
        for model in ("stock.move", "stock.quant", "purchase.order", "purchase.order.line"):
            self.env[model].flush_model()
        pairs = [
            {"product_id": item.product_id.id, "warehouse_id": item.warehouse_id.id}
            for item in shortages
        ]
        incoming = supply._incoming(pairs, fields.Date.context_today(self)).sum(1)
        found = {}
        for shortage, now in zip(shortages, supply._on_hand(pairs) + incoming, strict=True):
            numbers = shortage.numbers or {}
            then = numbers.get("on_hand", 0.0) + numbers.get("incoming", 0.0)
            found[shortage] = float(now) - then
        return found

    def _check_reorder_price(self, intake):
        """Without a valid price of the vendor Odoo would order at 0.00."""
        day = fields.Date.context_today(intake)
        for line in self._ordered(intake):
            sellers = line.product_id._get_filtered_sellers(
                partner_id=intake.partner_id,
                quantity=line.quantity,
                date=day,
                uom_id=line.product_uom_id,
            )
            if not any(seller.price_discounted > 0 for seller in sellers):
                yield self._finding(
                    "reorder_no_price",
                    line,
                    item=line.product_id.display_name,
                    quantity=self._amount(line.quantity, line.product_uom_id.name),
                    vendor=intake.partner_id.name,
                )

    def _check_reorder_caps(self, intake):
        for line in self._ordered(intake).filtered("shortage_id.must_wait"):
            if line.price_unit:
                yield self._finding("reorder_unreachable", line, item=line.product_id.display_name)

    def _check_reorder_size(self, intake):
        """Far more than was ever ordered at once; a first order has nothing to be held against."""
        lines = self._ordered(intake)
        largest = dict(
            self.env["purchase.order.line"]
            .sudo()  # sudo: a clerk may not see all purchases
            ._read_group(
                [
                    ("product_id", "in", lines.product_id.ids),
                    ("company_id", "=", intake.company_id.id),
                    ("state", "=", "purchase"),
                ],
                ["product_id"],
                ["product_uom_qty:max"],
            )
        )
        first = lines.filtered(lambda line: not largest.get(line.product_id))
        if first:
            yield self._finding("reorder_first", lines=[line.sequence // 10 for line in first])
        for line in lines - first:
            own, most = self._own_quantity(line), largest[line.product_id]
            if own > LARGER * most:
                yield self._finding(
                    "reorder_unusual",
                    line,
                    item=line.product_id.display_name,
                    quantity=self._amount(own, line.product_id.uom_id.name),
                    most=self._amount(most, line.product_id.uom_id.name),
                )

    def _check_reorder_cover(self, intake):
        for line in self._ordered(intake).filtered("shortage_id"):
            numbers = line.shortage_id.numbers
            daily = numbers["weekly"] / 7.0
            covered = max(numbers["position"], 0.0) + self._own_quantity(line)
            if covered > COVER_DAYS * daily:
                yield self._finding(
                    "reorder_cover",
                    line,
                    item=line.product_id.display_name,
                    days=round(covered / daily) if daily > 1e-6 else 999,
                )

    @api.model
    def _own_quantity(self, line):
        return line.product_uom_id._compute_quantity(
            line.quantity, line.product_id.uom_id, round=False
        )

    # may an order that nobody looked at be confirmed

    @api.model
    def _may_confirm_reorder(self, intake, order):
        """Is everything auto, nothing remarked, every price valid, and every ceiling kept?"""
        if not all(map(all, intake.team_id._reorder_ceilings().values())):
            return False
        modes = self.env["po.intake.authority"]._modes(intake.company_id)
        shortages = intake._shortages()
        allowed = shortages and all(
            modes(shortage.categ_id, intake.partner_id)[1] == "auto" for shortage in shortages
        )
        remarks = intake.finding_ids.filtered(
            lambda item: item.severity != "info" and not item.waived_by_id
        )
        first = intake.finding_ids.filtered(lambda item: item.code == "reorder_first")
        priced = all(line.price_subtotal > 0 for line in order.order_line)
        if not allowed or remarks or first or not priced or intake.team_id.reorder_paused:
            return False
        self._take_turn(intake)
        return all(
            value <= most_value and quantity <= most_quantity
            for (value, quantity), (most_value, most_quantity) in self._against_ceilings(
                intake, order
            )
        )

    @api.model
    def _take_turn(self, intake):
        """Whoever confirms at the same moment comes after us, and counts what we confirm."""
        self.env.cr.execute(
            "UPDATE po_intake_team SET write_date = now() AT TIME ZONE 'UTC' WHERE id = %s",
            (intake.team_id.id,),
        )

    @api.model
    def _against_ceilings(self, intake, order):
        """Pairs of (value, quantity) and the team's ceiling of each; no ceiling = never."""
        ceilings = intake.team_id._reorder_ceilings()
        lines = [self._worth(line) for line in order.order_line]
        whole = tuple(map(sum, zip(*lines, strict=True)))
        day = fields.Date.context_today(intake)
        week = self._confirmed(intake, day - timedelta(6), intake.partner_id)
        today = self._confirmed(intake, day)
        for worth in lines:
            yield worth, ceilings["line"]
        yield whole, ceilings["order"]
        yield tuple(map(sum, zip(week, whole, strict=True))), ceilings["vendor_week"]
        yield tuple(map(sum, zip(today, whole, strict=True))), ceilings["day"]

    @api.model
    def _worth(self, line):
        """(value in the company's currency, quantity in the product's unit) of an order line."""
        order = line.order_id
        value = order.currency_id._convert(
            line.price_subtotal, order.company_id.currency_id, order.company_id, order.date_order
        )
        return value, line.product_uom_qty

    @api.model
    def _confirmed(self, intake, since, vendor=None):
        """What the agent itself has confirmed since a day."""
        domain = [
            ("company_id", "=", intake.company_id.id),
            ("po_intake_id.source", "=", "reorder"),
            ("po_intake_id.touchless", "=", True),
            ("state", "in", ("to approve", "purchase")),
            ("po_intake_auto_date", ">=", since),
        ]
        if vendor:
            domain.append(("partner_id", "=", vendor.id))
        orders = self.env["purchase.order"].sudo().search(domain)  # sudo: all of them count
        found = [self._worth(line) for line in orders.order_line]
        return tuple(map(sum, zip(*found, strict=True))) if found else (0.0, 0.0)
