from datetime import datetime, time

from markupsafe import Markup
from pytz import timezone, utc

from odoo import api, fields, models
from odoo.exceptions import UserError


class PoIntakeDrafter(models.AbstractModel):
    """Service 4, Create: one intake becomes one draft order of Odoo's own."""

    _name = "po.intake.drafter"
    _description = "Order Intake: Create"
    _inherit = ["po.intake.drafter.sale", "po.intake.drafter.purchase", "po.intake.procurer"]

    def _draft(self, intake):
        """The draft order of an intake, with the rights of whoever calls.

        An intake that has its order already gives that order back: nothing is ordered twice. The
        unique key on the order holds where two workers come here at the same moment.
        """
        intake.ensure_one()
        order = intake.sale_order_id or intake.purchase_order_id
        if order:
            return order
        intake = intake.with_company(intake.company_id)
        self = self.with_env(intake.env)
        if intake.source == "reorder":
            return self._draft_reorders(intake)[intake]
        if intake.direction == "purchase":
            order = self._create_purchase_order(intake)
        else:
            order = self._create_sale_order(intake)
        self._attach_document(intake, order)
        self._after_draft(intake, order)
        self._log(intake, order)
        if intake.direction == "sale":
            intake._acknowledge(order, "drafted")
        return order

    def _draft_reorders(self, intakes):
        """``{intake: request}`` of cards of the reorder agent, all of one company."""
        drafted = intakes.filtered("purchase_order_id")
        orders = {intake: intake.purchase_order_id for intake in drafted}
        fresh = (intakes - drafted).with_company(intakes.company_id)
        if fresh:
            self = self.with_env(fresh.env)
            made = self._procure(fresh)
            for intake, order in made.items():
                self._attach_document(intake, order)
                self._after_draft(intake, order)
            self._log_reorders(made)
            orders |= made
        return orders

    # what sales and purchase orders share

    @api.model
    def _prepare_order(self, intake, model):
        """Values that an order of either kind has from its intake."""
        vals = {
            "po_intake_id": intake.id,
            "po_intake_key": self._unique_key(intake, model),
            "company_id": intake.company_id.id,
            "partner_id": intake.partner_id.id,
            self.env[model]._po_intake_reference: intake.order_reference,
            "origin": intake.name,
        }
        if intake.note:
            # what a stranger wrote is text, never markup
            vals["note"] = Markup("<p>%s</p>") % intake.note
        return vals

    @api.model
    def _prepare_item(self, line):
        """Values that a line of either kind of order has from a line of its intake."""
        if not line.product_id:
            raise UserError(
                self.env._(
                    "%(intake)s: line %(line)s has no product yet.",
                    intake=line.intake_id.display_name,
                    line=line.sequence // 10,
                )
            )
        return {
            "product_id": line.product_id.id,
            "product_uom_id": (line.product_uom_id or line.product_id.uom_id).id,
            "sequence": line.sequence,
        }

    def _add_lines(self, intake, order, prepare, charges):
        """Give an order its lines.

        :param prepare: makes the values of an order line out of a line of the intake
        :param charges: values of the lines for charges
        """
        lines = intake.line_ids.filtered(lambda line: not line.ignored)
        order_lines = order.order_line.create(
            [{**prepare(line), "order_id": order.id} for line in lines]
        )
        for line, order_line in zip(lines, order_lines, strict=True):
            self._write_price(line, order_line)
        for order_line in order_lines.create([{**vals, "order_id": order.id} for vals in charges]):
            order_line.price_unit = self._order_price(order_line, order_line.price_unit)

    @api.model
    def _write_price(self, line, order_line):
        """Put the document's price on an order line.

        A price that is given when the line is created counts as the catalogue's own, and the next
        change of the quantity would put the catalogue's price back. Written afterwards, it stays.
        """
        by_document = line.intake_id.team_id.price_policy != "pricelist"
        if line.has_price and by_document:
            price = self._order_price(order_line, line.price_unit)
            order_line.write({"price_unit": price, "discount": line.discount})

    @api.model
    def _order_price(self, order_line, price):
        """A printed price, which is one before tax, as the order line's taxes want it."""
        return self.env["po.intake.tax"]._with_tax(price, order_line.tax_ids)

    @api.model
    def _unique_key(self, intake, model):
        """What no order has that is drafted at this very moment by somebody else.

        An order that is drafted once more, because a person wants that, goes without.
        """
        if not intake.order_key:
            return False
        key = f"{intake.partner_id.commercial_partner_id.id}/{intake.order_key}"
        # sudo: an order that a person may not see is no less ordered
        taken = (
            self.env[model]
            .sudo()
            .search_count(
                [("company_id", "=", intake.company_id.id), ("po_intake_key", "=", key)], limit=1
            )
        )
        return False if taken else key

    @api.model
    def _requested_day(self, intake):
        """The one date that an order has in Odoo: the first one keeps every promise."""
        return intake.requested_date or min(
            (line.requested_date for line in intake.line_ids if line.requested_date), default=None
        )

    @api.model
    def _zone(self, intake):
        return timezone(intake.company_id.partner_id.tz or self.env.user.tz or "UTC")

    @api.model
    def _noon(self, intake, day):
        """Noon of a day where the company is, as Odoo stores it: a date stays the same date."""
        noon = self._zone(intake).localize(datetime.combine(day, time(12)))
        return noon.astimezone(utc).replace(tzinfo=None)

    @api.model
    def _day(self, intake, moment):
        """The day where the company is of a moment as Odoo stores it; ``None`` of none."""
        return utc.localize(moment).astimezone(self._zone(intake)).date() if moment else None

    @api.model
    def _prepare_charge_lines(self, intake):
        """Hook: order lines for freight and other charges that the document lists."""
        values = []
        for charge in (intake.document or {}).get("charges") or []:
            product = self.env["po.intake.matcher"]._charge_product(intake, charge["description"])
            if product and charge["amount"]:
                values.append(
                    {
                        "product_id": product.id,
                        "name": charge["description"],
                        "product_uom_qty": 1.0,
                        "price_unit": charge["amount"],
                        "sequence": 9999,
                    }
                )
        return values

    # afterwards

    def _confirm(self, intake, order):
        """Confirm a draft that nobody looked at; where Odoo refuses, it stays a draft."""
        try:
            with self.env.cr.savepoint():
                if intake.source == "reorder":
                    order.po_intake_auto_date = fields.Date.context_today(order)
                order._po_intake_confirm()
        except UserError as error:
            intake._log(self.env._("The order stays a draft: %s", error))
            intake._ask_person(self.env._("%s could not be confirmed", order.display_name))
        else:
            sentence = self.env._("%s was confirmed, as the team's limits allow.", order.name)
            if order.state == "to approve":
                sentence = self.env._("%s waits for its approval.", order.name)
            intake._log(sentence)

    @api.model
    def _attach_document(self, intake, order):
        """The file as it came belongs to the order, too."""
        attachment = intake.message_main_attachment_id
        if attachment:
            attachment.copy({"res_model": order._name, "res_id": order.id})

    @api.model
    def _after_draft(self, intake, order):
        """Hook: called with the finished draft, in the same transaction."""

    def _log(self, intake, order):
        origin = self.env._("Made from %s.", intake._get_html_link())
        order.message_post(body=Markup("<p>%s</p>") % origin)
        intake._log(self.env._("Draft order %s was created.", order._get_html_link()))

    def _log_reorders(self, orders):
        """The same for requests of the reorder agent, with its reasons; in two statements."""
        on_order, on_card = {}, {}
        for intake, order in orders.items():
            reason = self.env["po.intake.reason"]._body(intake._shortages())
            origin = self.env._("Made from %s.", intake._get_html_link())
            on_order[order.id] = Markup("<p>%s</p>%s") % (origin, reason)
            created = self.env._("Draft order %s was created.", order._get_html_link())
            on_card[intake.id] = Markup("<p>%s</p>%s") % (created, reason)
        self.env["purchase.order"].browse(on_order)._message_log_batch(on_order)
        notes = self.env["po.intake"].browse(on_card)._message_log_batch(on_card)
        notes.subtype_id = self.env.ref("po_intake.mt_log")
