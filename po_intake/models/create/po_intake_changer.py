from collections import defaultdict

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...matching import compare


class PoIntakeChanger(models.AbstractModel):
    """Service 4 once more: a document changes the order that exists, instead of making one."""

    _name = "po.intake.changer"
    _description = "Order Intake: Change"
    _inherit = ["po.intake.changer.purchase"]

    def _apply(self, intake, order, chosen, left):
        """Change an order as a document says, with the rights of whoever calls.

        A confirmed sales order is left as it is, and its salesperson is asked; a vendor's answer
        is accepted into a confirmed purchase order, too. Either way the intake is done. An intake
        that is done already changes nothing.

        :param chosen: differences to apply: pairs of values of ``po.intake.difference`` and their
            source, a ``compare.Row`` or a ``compare.Difference`` of the header
        :param left: values of the differences that nobody wants
        """
        intake._keep_for_us()
        if intake.state == "done":
            return
        intake, order = (record.with_company(intake.company_id) for record in (intake, order))
        if order.state == "cancel":
            raise UserError(
                self.env._(
                    "%s is cancelled. Set it to quotation first, or approve the document as an "
                    "order of its own.",
                    order.display_name,
                )
            )
        if order._name == "purchase.order":
            self._check_open(order)
            before = order.amount_total
            self._write(intake, order, chosen)
            self._check_approved(order, before)
            self._acknowledge(intake, order)
            self.env["product.supplierinfo"]._po_intake_learn(intake)
        elif order.state in ("draft", "sent"):
            self._write(intake, order, chosen)
        else:
            self._ask(intake, order, chosen)
        self.env["po.intake.drafter"]._attach_document(intake, order)
        self._log(intake, order, [values for values, _source in chosen], left)
        self._end(intake, order)

    @api.model
    def _end(self, intake, order):
        is_sale = order._name == "sale.order"
        link = "changed_sale_order_id" if is_sale else "changed_purchase_order_id"
        intake._own_step().write(
            {
                "state": "done",
                "done_date": fields.Datetime.now(),
                link: order.id,
                "error": False,
            }
        )
        intake.activity_ids.action_done()

    # an order that may be written

    def _write(self, intake, order, chosen):
        header, lines = {}, defaultdict(set)
        for values, source in chosen:
            if isinstance(source, compare.Row):
                lines[source].add(values["what"])
            else:
                header[source.field] = self._header_value(intake, source)
        if header:
            order.write(header)
        for row, whats in lines.items():
            line = order.order_line.browse(row.ordered.id if row.ordered else ())
            if row.kind == compare.SUBSTITUTED and order.state == "purchase":
                # what was to be received of the old product is not received any more
                order._po_intake_remove(line)
                line = line.browse()
            if row.kind in (compare.ADDED, compare.SUBSTITUTED):
                self._put_line(intake, order, row.said[0], line)
            elif row.kind == compare.MISSING or self._takes_away(row, whats):
                order._po_intake_remove(line)
            else:
                self._write_line(order, row, whats)

    @api.model
    def _header_value(self, intake, difference):
        if difference.field == "commitment_date":
            return self.env["po.intake.drafter"]._noon(intake, difference.new)
        return difference.new

    @api.model
    def _takes_away(self, row, whats):
        return "quantity" in whats and any(
            item.field == compare.QUANTITY and not item.new for item in row.differences
        )

    def _put_line(self, intake, order, said, order_line):
        """Let an order line be what the document says; make one if there is none."""
        if isinstance(said.id, int):
            line = self.env["po.intake.line"].browse(said.id)
            values = order._po_intake_line_values(line)
        else:
            line, values = None, order._po_intake_charge_values(intake)[said.id[1]]
        if order_line:
            order_line.write(values)
        else:
            order_line = order_line.create({**values, "order_id": order.id})
        drafter = self.env["po.intake.drafter"]
        if line:
            drafter._write_price(line, order_line)
        else:
            order_line.price_unit = drafter._order_price(order_line, values["price_unit"])

    def _write_line(self, order, row, whats):
        """Write the quantity, then the price, which the former would change, then the day."""
        line = order.order_line.browse(row.ordered.id)
        price, discount, ratio = line.price_unit, line.discount, 1.0
        new = {item.field: item.new for item in row.differences}
        if "quantity" in whats:
            quantity, unit, ratio = self._quantity(row, line, new[compare.QUANTITY])
            order._po_intake_write_quantity(line, quantity, product_uom_id=unit.id)
        if "price" in whats:
            if compare.PRICE in new:
                price = self.env["po.intake.drafter"]._order_price(line, float(new[compare.PRICE]))
            discount = float(new.get(compare.DISCOUNT, discount))
        if any(said.price is not None for said in row.said):
            line.write({"price_unit": price * ratio, "discount": discount})
        if "date" in whats:
            self._write_dates(order, row, line, "quantity" in whats or compare.QUANTITY not in new)

    @api.model
    def _quantity(self, row, line, quantity):
        """The new quantity in the line's unit; in the document's where that cannot hold it.

        :return: the quantity, its unit, and how many of the line's units one of it is
        """
        said = self.env["po.intake.line"].browse(row.said[0].id)
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        if round(quantity, digits) == quantity or not said.product_uom_id:
            return float(quantity), line.product_uom_id, 1.0
        ratio = row.said[0].factor / row.ordered.factor
        return float(quantity / ratio), said.product_uom_id, float(ratio)

    # a confirmed order

    def _ask(self, intake, order, chosen):
        """An activity for whoever looks after a confirmed order."""
        user = order.user_id or intake.user_id or intake.team_id.user_id or self.env.user
        order.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("Change of order %s", intake.order_reference or intake.name),
            note=self._list([values for values, _source in chosen]),
            user_id=user.id,
        )

    # what people are told

    @api.model
    def _list(self, differences):
        """Differences as a list, texts escaped."""
        items = [
            Markup("<li>%s</li>")
            % self.env._(
                "%(item)s, %(what)s: %(ordered)s → %(said)s",
                item=values["item"],
                what=self.env["po.intake.difference"]._what(values["what"]),
                ordered=values["ordered"],
                said=values["said"],
            )
            for values in differences
        ]
        return Markup("<ul>%s</ul>") % Markup("").join(items) if items else Markup("")

    def _log(self, intake, order, done, left):
        """The same note in both chatters."""
        details = self._list(done)
        if left:
            details += Markup("<p>%s</p>") % self.env._("Left as it is:") + self._list(left)
        order.message_post(body=self._title(order, intake._get_html_link()) + details)
        told = Markup("<p>%s</p>") % self.env._("Compared with %s.", order._get_html_link())
        intake.message_post(
            body=told + self._title(order, Markup("%s") % intake.display_name) + details,
            subtype_xmlid="po_intake.mt_log",
        )

    @api.model
    def _title(self, order, intake):
        if order._name == "purchase.order":
            sentence = self.env._(
                "%(user)s accepted from %(intake)s:", user=self.env.user.name, intake=intake
            )
        elif order.state in ("draft", "sent"):
            sentence = self.env._(
                "Changed by %(user)s as %(intake)s says:", user=self.env.user.name, intake=intake
            )
        else:
            sentence = self.env._(
                "%(intake)s asks for changes. The order is confirmed, so nothing was written: it "
                "may have been picked, delivered or invoiced.",
                intake=intake,
            )
        return Markup("<p>%s</p>") % sentence
