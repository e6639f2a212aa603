"""A shop with a past: what tests of the reorder agent build on."""

from datetime import datetime, time, timedelta

from odoo import fields
from odoo.tests import TransactionCase


class ReorderCase(TransactionCase):
    """A company of its own with a warehouse, a team that reorders, a vendor and a product."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Foresight Ltd"})
        cls.env.user.write({"company_ids": [(4, cls.company.id)], "company_id": cls.company.id})
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": cls.company.ids})
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)])
        cls.team = cls.env["po.intake.team"].create(
            {
                "name": "Purchasing",
                "company_id": cls.company.id,
                "direction": "purchase",
                "reorder": True,
                "reorder_order_cost": 0,  # every week is a release week
            }
        )
        cls.category = cls.env["product.category"].create({"name": "Fasteners"})
        cls.vendor = cls.env["res.partner"].create({"name": "Steel Works", "is_company": True})
        cls.bolt = cls.product("Bolt", price=2.0)
        cls.today = fields.Date.context_today(cls.env.user)
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls.suppliers = cls.env.ref("stock.stock_location_suppliers")

    @classmethod
    def product(cls, name, price=None, **offer):
        """A product that is kept in stock, with one line in the vendor's price list."""
        product = cls.env["product.product"].create(
            {
                "name": name,
                "is_storable": True,
                "categ_id": cls.category.id,
                "standard_price": 2.0,
                "list_price": 5.0,
            }
        )
        if price is not None:
            cls.offer(product, price=price, **offer)
        return product

    @classmethod
    def offer(cls, product, **values):
        return cls.env["product.supplierinfo"].create(
            {
                "partner_id": cls.vendor.id,
                "product_tmpl_id": product.product_tmpl_id.id,
                "company_id": cls.company.id,
                "delay": 14,
                **values,
            }
        )

    @classmethod
    def move(cls, product, quantity, day, source=None, target=None, state="done", **values):
        """A movement as it lies in the database once it is booked."""
        vals = cls.move_values(product, quantity, day, source, target, state, **values)
        return cls.env["stock.move"].create(vals)

    @classmethod
    def move_values(cls, product, quantity, day, source=None, target=None, state="done", **values):
        return {
            "product_id": product.id,
            "product_uom_qty": quantity,
            "product_uom": product.uom_id.id,
            "location_id": (source or cls.warehouse.lot_stock_id).id,
            "location_dest_id": (target or cls.customers).id,
            "company_id": cls.company.id,
            "date": datetime.combine(day, time(12)),
            "state": state,
            **values,
        }

    @classmethod
    def sell(cls, product, *weeks, **values):
        """Deliver a quantity in each of the last weeks, oldest first."""
        monday = cls.today - timedelta(cls.today.weekday())
        cls.env["stock.move"].create(
            [
                cls.move_values(product, quantity, monday - timedelta(7 * back - 2), **values)
                for back, quantity in enumerate(reversed(weeks), 1)
                if quantity
            ]
        )

    @classmethod
    def stock(cls, product, quantity, warehouse=None):
        """Have a quantity on the shelf."""
        location = (warehouse or cls.warehouse).lot_stock_id
        cls.env["stock.quant"]._update_available_quantity(product, location, quantity)

    def run_agent(self, *phases):
        """A day's work of the agent, or the first phases of it."""
        runs = self.env["po.intake.reorder.run"]
        of_today = [("team_id", "=", self.team.id), ("date", "=", self.today)]
        runs.search(of_today).unlink()
        runs._begin()
        run = runs.search(of_today)
        last = phases[-1] if phases else "done"
        while run.phase not in ("done", "failed") and (run.phase in phases or not phases):
            run._queue_work()
        self.assertNotEqual((run.phase, last), ("failed", last))
        self.env.invalidate_all()
        return run

    @classmethod
    def allow(cls, mode):
        """What the agent may do in this company."""
        entries = cls.env["po.intake.authority"]
        entry = entries.search([("company_id", "=", cls.company.id)])
        if entry:
            entry.mode = mode
        else:
            entries.create({"company_id": cls.company.id, "mode": mode})

    def reorder(self):
        """A night of the agent; its cards."""
        known = self.cards()
        self.run_agent()
        return self.cards() - known

    def cards(self):
        return self.env["po.intake"].search(
            [("source", "=", "reorder"), ("team_id", "=", self.team.id)], order="id"
        )

    def propose(self):
        """A night that ends before its cards are drafted; the cards."""
        self.run_agent("demand", "forecast", "propose")
        return self.cards().filtered(lambda card: card.state == "new")

    def draft(self):
        """The rest of that night."""
        run = self.env["po.intake.reorder.run"].search([("team_id", "=", self.team.id)], limit=1)
        while run.phase == "draft":
            run._queue_work()
        self.env.invalidate_all()

    def orders(self):
        """All purchase orders of the company that are not cancelled."""
        return self.env["purchase.order"].search(
            [("company_id", "=", self.company.id), ("state", "!=", "cancel")]
        )
