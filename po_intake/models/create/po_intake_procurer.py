from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare


class PoIntakeProcurer(models.AbstractModel):
    """Part of service 4, Create: shortages are ordered through Odoo's own procurement.

    A reordering rule carries each need, so that fiscal position, taxes, currency and dates are
    Odoo's, and what is on its way counts as in progress for everybody.
    """

    _name = "po.intake.procurer"
    _description = "Order Intake: Procure"

    def _procure(self, intakes):
        """``{intake: request for quotation}``, each in one with nobody else's.

        Odoo goes through the needs of all cards at once, as with those of its own rules.
        """
        lines = intakes.line_ids.filtered(lambda line: not line.ignored)
        for intake in intakes - lines.intake_id:
            raise UserError(self.env._("%s has no lines to order.", intake.display_name))
        carriers = self._carriers(lines)
        # sudo: who approves may buy; rules and their routes are the stock manager's
        # the log of the order says where it comes from
        context = {"from_orderpoint": True, "mail_create_nolog": True, "mail_notrack": True}
        rules = self.env["stock.rule"].sudo().with_context(**context)
        procurements = [self._procurement(line, carriers[self._place(line)]) for line in lines]
        known = {}
        for procurement in procurements:
            procurement.values["po_intake_rules"] = known
        rules.run(procurements)
        intakes.invalidate_recordset(["purchase_order_ids", "purchase_order_id"])
        now = fields.Datetime.now()
        for intake in intakes:
            order = intake.purchase_order_ids
            if not order:
                raise UserError(
                    self.env._(
                        "Odoo has a rule that does not buy what %s needs.", intake.display_name
                    )
                )
            if order.date_order < now:
                order.sudo().date_order = now
            ordered = order.order_line.grouped("product_id")
            for line in intake.line_ids & lines:
                self._keep_price(line, ordered[line.product_id])
        lines.shortage_id.sudo()._decide("drafted")  # sudo: the ledger is the system's
        return {intake: intake.purchase_order_ids for intake in intakes}

    @api.model
    def _place(self, line):
        """What a reordering rule is one of."""
        return line.product_id, line.intake_id.warehouse_id

    @api.model
    def _procurement(self, line, carrier):
        """Odoo's own tuple for a line, in the unit of the vendor."""
        intake = line.intake_id
        day = line.requested_date or fields.Date.context_today(intake)
        arrival = self._noon(intake, day)
        sellers = line.product_id._select_seller(
            partner_id=intake.partner_id,
            quantity=line.quantity,
            date=fields.Date.context_today(intake),
            uom_id=line.product_uom_id,
        )
        seller = sellers or line.product_id._get_filtered_sellers(
            partner_id=intake.partner_id, quantity=None
        )
        # what the rule would work out of its own lead times is known here already
        values = {
            "route_ids": carrier.route_id,
            "warehouse_id": carrier.warehouse_id,
            "orderpoint_id": carrier,
            "date_planned": arrival,
            "date_deadline": arrival,
            "date_order": fields.Datetime.now(),
            "supplierinfo_id": seller[:1],
            "po_intake_id": intake.id,
            "po_intake_shortage": line.shortage_id,
        }
        return self.env["stock.rule"].Procurement(
            line.product_id,
            line.quantity,
            line.product_uom_id,
            carrier.location_id,
            carrier.name,
            intake.name,
            intake.company_id,
            values,
        )

    def _carriers(self, lines):
        """``{(product, warehouse): reordering rule}``; one of our own trigger where there is none.

        Rules of Odoo's scheduler become ours: two that order the same thing would quarrel.
        """
        # sudo: rules are the stock manager's; archived ones are unique, too
        points = self.env["stock.warehouse.orderpoint"].sudo().with_context(active_test=False)
        warehouses = lines.intake_id.warehouse_id
        known = points.search(
            [
                ("product_id", "in", lines.product_id.ids),
                ("location_id", "in", warehouses.lot_stock_id.ids),
                ("company_id", "=", self.env.company.id),
            ]
        )
        homes = {warehouse.lot_stock_id: warehouse for warehouse in warehouses}
        carriers = {(point.product_id, homes[point.location_id]): point for point in known}
        places = list(dict.fromkeys(self._place(line) for line in lines))
        points.union(*(carriers[p] for p in places if p in carriers))._po_intake_take_over()
        missing = [place for place in places if place not in carriers]
        created = points.create(
            [
                {
                    "product_id": product.id,
                    "warehouse_id": warehouse.id,
                    "location_id": warehouse.lot_stock_id.id,
                    "company_id": self.env.company.id,
                    "route_id": warehouse.buy_pull_id.route_id.id,
                    "trigger": "forecast",
                }
                for product, warehouse in missing
            ]
        )
        return carriers | dict(zip(missing, created, strict=True))

    @api.model
    def _keep_price(self, line, ordered):
        """A price that a person wrote on the card stays; else it is Odoo's own."""
        shortage = line.shortage_id
        proposed = shortage.price_unit if shortage else line.price_unit
        if float_compare(line.price_unit, proposed, precision_digits=4):
            price = line.product_uom_id._compute_price(line.price_unit, ordered.product_uom_id)
            ordered.sudo().write({"price_unit": price})
