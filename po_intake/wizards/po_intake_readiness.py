from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

# sold within these days counts as sold
SOLD_DAYS = 365
# reserved for so many days, and still in the house
RESERVED_DAYS = 30


class PoIntakeReadiness(models.TransientModel):
    """One thing that is missing for orders to run by themselves, with the records to mend.

    The rows are made anew whenever the page is opened; only what was sold lately is looked at.
    """

    _name = "po.intake.readiness"
    _description = "Order Intake: Readiness"
    _order = "sequence, id"
    _rec_name = "title"

    sequence = fields.Integer(readonly=True)
    code = fields.Char(required=True, readonly=True)
    count = fields.Integer("Records", readonly=True)
    title = fields.Char("What", compute="_compute_texts")
    advice = fields.Char("What to do", compute="_compute_texts")

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_texts(self):
        texts = self._get_texts()
        for row in self:
            row.title, row.advice = texts.get(row.code, (row.code, ""))

    @api.model
    def _get_checks(self):
        """Hook: codes of what is looked for, in their order.

        ``_records_<code>()`` returns the model and the domain of the records that lack it.
        """
        return [
            "no_supply",
            "no_vendor",
            "vendor_archived",
            "no_route",
            "no_lead_time",
            "no_code",
            "no_barcode",
            "no_price",
            "no_payment_term",
            "late_delivery",
            "long_reserved",
        ]

    @api.model
    def _get_texts(self):
        """Hook: code -> what is missing, and what to do about it."""
        _ = self.env._
        return {
            "no_supply": (
                _("Products without reordering rule"),
                _("Nobody orders more when they run short. Add a rule, or procure to order."),
            ),
            "no_vendor": (
                _("Bought products without vendor"),
                _("Add a vendor with price and lead time."),
            ),
            "vendor_archived": (
                _("Products whose vendor is archived"),
                _("Choose another vendor, or bring this one back."),
            ),
            "no_route": (
                _("Products without a route that brings them in"),
                _("Choose Buy, Manufacture or another route, or let the warehouse resupply."),
            ),
            "no_lead_time": (
                _("Vendor prices without lead time"),
                _("Deliveries are promised too early. Say how many days the vendor takes."),
            ),
            "no_code": (
                _("Products without internal reference"),
                _("Customers cannot order them by our number."),
            ),
            "no_barcode": (
                _("Products without barcode"),
                _("Orders that name only the GTIN cannot be matched."),
            ),
            "no_price": (
                _("Products without sales price"),
                _("Prices of documents cannot be held against anything."),
            ),
            "no_payment_term": (
                _("Customers without payment terms"),
                _("Their invoices are due at once."),
            ),
            "late_delivery": (
                _("Deliveries that are late"),
                _("Send them and validate, or tell the customer another day."),
            ),
            "long_reserved": (
                _("Deliveries reserved for more than 30 days"),
                _("The goods are kept from other orders. Send them, or unreserve."),
            ),
        }

    @api.model
    def action_check(self):
        """Look, and show what was found."""
        self.search(Domain("create_uid", "=", self.env.uid)).unlink()
        self.create(
            [
                {"sequence": sequence, "code": code, "count": self._count(code)}
                for sequence, code in enumerate(self._get_checks())
            ]
        )
        return self.env["ir.actions.act_window"]._for_xml_id("po_intake.po_intake_readiness_action")

    def action_show(self):
        """The records, to be mended where they are; with the rights of whoever asks."""
        self.ensure_one()
        model, domain = getattr(self, f"_records_{self.code}")()
        ids = self.env[model].sudo().search(domain).ids  # sudo: as they were counted
        return {
            "type": "ir.actions.act_window",
            "name": self.title,
            "res_model": model,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", ids)],
        }

    @api.model
    def _count(self, code):
        model, domain = getattr(self, f"_records_{code}")()
        # sudo: managers of the intake need not be buyers or storekeepers to see figures
        return self.env[model].sudo().search_count(domain)

    # what is looked at

    @api.model
    def _sold(self):
        """Active products that this company sold lately."""
        since = fields.Datetime.now() - timedelta(days=SOLD_DAYS)
        lines = (
            self.env["sale.order.line"]
            .sudo()
            ._search(  # sudo: ids of products only
                [
                    ("company_id", "=", self.env.company.id),
                    ("order_id.date_order", ">=", since),
                    ("state", "!=", "cancel"),
                    ("product_id", "!=", False),
                ]
            )
        )
        return Domain("active", "=", True) & Domain("id", "in", lines.subselect("product_id"))

    @api.model
    def _kept(self):
        """Those of them that are kept in stock, and not procured for each order."""
        to_order = Domain("rule_ids.procure_method", "=", "make_to_order")
        return self._sold() & Domain("is_storable", "=", True) & ~self._routed(to_order)

    @api.model
    def _routed(self, routes):
        """Products that have such routes, be it by their category.

        :param routes: domain of the routes
        """
        categories = self.env["product.category"].sudo().search([("route_ids", "any", routes)])
        return Domain("route_ids", "any", routes) | Domain(
            "categ_id", "any", [("id", "child_of", categories.ids)]
        )

    def _records_no_supply(self):
        return "product.product", self._kept() & self.env["po.intake.stock"]._unsupplied()

    def _records_no_vendor(self):
        bought = Domain("purchase_ok", "=", True) & Domain("seller_ids", "=", False)
        return "product.product", self._kept() & bought

    def _records_vendor_archived(self):
        archived = Domain("seller_ids", "any", [("partner_id.active", "=", False)])
        return "product.product", self._sold() & archived

    def _records_no_route(self):
        houses = (
            self.env["stock.warehouse"]
            .sudo()
            .search(  # sudo: routes only
                [("company_id", "=", self.env.company.id)]
            )
        )
        if any(rule.action not in ("pull", "push") for rule in houses.route_ids.rule_ids):
            return "product.product", Domain.FALSE  # the warehouse resupplies everything
        return "product.product", self._kept() & ~self._routed(Domain.TRUE)

    def _records_no_lead_time(self):
        products = self.env["product.product"].sudo()._search(self._sold())
        return "product.supplierinfo", (
            Domain("delay", "=", 0)
            & Domain("partner_id.active", "=", True)
            & Domain("product_tmpl_id", "in", products.subselect("product_tmpl_id"))
        )

    def _records_no_code(self):
        return "product.product", self._sold() & Domain("default_code", "in", [False, ""])

    def _records_no_barcode(self):
        goods = Domain("type", "=", "consu") & Domain("barcode", "in", [False, ""])
        return "product.product", self._sold() & goods

    def _records_no_price(self):
        return "product.product", self._sold() & Domain("list_price", "=", 0)

    def _records_no_payment_term(self):
        orders = (
            self.env["po.intake"]
            .sudo()
            ._search(  # sudo: ids of customers only
                [
                    ("company_id", "=", self.env.company.id),
                    ("state", "=", "done"),
                    ("direction", "=", "sale"),
                ]
            )
        )
        return "res.partner", (
            Domain("id", "in", orders.subselect("partner_id"))
            & Domain("property_payment_term_id", "=", False)
        )

    @api.model
    def _open_deliveries(self):
        return Domain(
            [
                ("company_id", "=", self.env.company.id),
                ("picking_type_code", "=", "outgoing"),
                ("state", "in", ("confirmed", "waiting", "assigned")),
            ]
        )

    def _records_late_delivery(self):
        late = Domain("scheduled_date", "<", fields.Date.context_today(self))
        return "stock.picking", self._open_deliveries() & late

    def _records_long_reserved(self):
        since = fields.Datetime.now() - timedelta(days=RESERVED_DAYS)
        reserved = Domain("state", "=", "assigned") & Domain("create_date", "<", since)
        return "stock.picking", self._open_deliveries() & reserved
