from odoo import api, fields, models
from odoo.tools.misc import format_date, formatLang

from ..extraction import document as paper
from ..matching import compare

WHAT = [
    ("client_order_ref", "Order number"),
    ("commitment_date", "Requested delivery"),
    ("partner_shipping_id", "Delivery address"),
    ("currency_id", "Currency"),
    ("quantity", "Quantity"),
    ("price", "Price"),
    ("date", "Delivery date"),
    ("added", "New line"),
    ("missing", "Not listed"),
    ("substituted", "Other product"),
]


class PoIntakeDifference(models.TransientModel):
    """One thing that a document says otherwise than an order, for a person to decide on."""

    _name = "po.intake.difference"
    _description = "Difference Between a Document and an Order"

    change_id = fields.Many2one("po.intake.change", required=True, ondelete="cascade")
    key = fields.Char(required=True, help="The same as long as neither side moves.")
    selected = fields.Boolean("Apply")
    item = fields.Text(readonly=True)
    what = fields.Selection(WHAT, readonly=True)
    ordered = fields.Text("In the order", readonly=True)
    said = fields.Text("In the document", readonly=True)
    hint = fields.Text(readonly=True, help="Why it cannot be applied.")

    @api.model
    def _what(self, what):
        """What differs, in the reader's language."""
        return dict(self._fields["what"]._description_selection(self.env))[what]

    @api.model
    def _describe(self, intake, order):
        """Every difference as (values, source); the source is what the comparison found."""
        comparison = self.env["po.intake.comparison"]
        found = [
            (self._header(intake, order, difference), difference)
            for difference in comparison._header(intake, order)
        ]
        for row in comparison._order_rows(intake, order):
            if row.kind in (compare.ADDED, compare.MISSING, compare.SUBSTITUTED):
                found.append((self._whole(intake, order, row), row))
            else:
                found += [(values, row) for values in self._fields_of(order, row)]
        return found

    # in words

    @api.model
    def _header(self, intake, order, difference):
        old, new = difference.old, difference.new
        field = order._fields[difference.field]
        if field.type == "many2one":
            # sudo: the names of what the order holds anyway
            records = self.env[field.comodel_name].sudo()
            old, new = (records.browse(value or ()).display_name for value in (old, new))
        elif field.type == "datetime":
            old, new = (format_date(self.env, value) for value in (old, new))
        currency = difference.field == "currency_id"
        return {
            "key": f"{difference.field}: {old} > {new}",
            "item": self.env._("Order"),
            "what": difference.field,
            "ordered": old or "–",
            "said": new,
            "hint": currency and self.env._("Prices in another currency are not compared."),
            # a change has a number of its own; the order keeps the one it is known by
            "selected": not currency and difference.field != "client_order_ref",
        }

    @api.model
    def _whole(self, intake, order, row):
        """A line that is new, not listed, or of another product."""
        ordered, said = self._records(order, row)
        old = self._phrase(row.ordered, ordered.product_uom_id, order)
        new = self._phrase(row.said[0] if row.said else None, said.product_uom_id, order)
        if row.kind == compare.SUBSTITUTED and said.product_id:
            new = f"{said.product_id.display_name}: {new}"
        hint = self._hint(row, said) or self._received(ordered, 0)
        # a change may list no more than what it changes; a service may be of our own making; what
        # a vendor does not confirm now may still come
        kept = row.kind == compare.MISSING and (
            intake.document_type in (paper.ORDER_CHANGE, paper.ORDER_CONFIRMATION)
            or ordered.product_id.type == "service"
        )
        return {
            **self._of_line(order, row, row.kind, old, new),
            "hint": hint,
            "selected": not hint and not kept,
        }

    @api.model
    def _fields_of(self, order, row):
        """What differs within a line that both have."""
        ordered, said = self._records(order, row)
        hint = self._hint(row, said)
        decision = {"hint": hint, "selected": not hint}
        new = {item.field: item.new for item in row.differences}
        if compare.QUANTITY in new:
            unit = ordered.product_uom_id
            texts = (
                self._amount(row.ordered.quantity, unit),
                self._amount(new[compare.QUANTITY], unit),
            )
            received = self._received(ordered, new[compare.QUANTITY])
            yield {
                **self._of_line(order, row, "quantity", *texts),
                "hint": hint or received,
                "selected": not (hint or received),
            }
        if compare.PRICE in new or compare.DISCOUNT in new:
            price, discount = row.ordered.price, row.ordered.discount
            texts = (
                self._price(price, discount, order),
                self._price(
                    new.get(compare.PRICE, price), new.get(compare.DISCOUNT, discount), order
                ),
            )
            yield {**self._of_line(order, row, "price", *texts), **decision}

        if compare.DATE in new:
            texts = format_date(self.env, row.ordered.date), self._days(row, ordered)
            yield {**self._of_line(order, row, "date", *texts), **decision}

    @api.model
    def _days(self, row, ordered):
        """When it comes; how many on which day where it comes in parts."""
        days = [part.date for part in row.said]
        if len(set(days)) == 1:
            return format_date(self.env, days[0])
        parts = [
            self.env._(
                "%(quantity)s on %(date)s",
                quantity=self._amount(
                    part.quantity * part.factor / row.ordered.factor, ordered.product_uom_id
                ),
                date=format_date(self.env, part.date or row.ordered.date),
            )
            for part in row.said
        ]
        return ", ".join(parts)

    @api.model
    def _of_line(self, order, row, what, old, new):
        ordered, said = self._records(order, row)
        product = ordered.product_id or said.product_id
        item = product.display_name or (row.ordered or row.said[0]).description
        side = f"order {row.ordered.id}" if row.ordered else f"document {row.said[0].id}"
        return {
            "key": f"{side}, {what}: {old} > {new}",
            "item": item,
            "what": what,
            "ordered": old,
            "said": new,
        }

    @api.model
    def _records(self, order, row):
        """The order line and the first line of the document; a charge is none."""
        ids = [line.id for line in row.said if isinstance(line.id, int)]
        return (
            order.order_line.browse(row.ordered.id if row.ordered else ()),
            self.env["po.intake.line"].browse(ids[:1]),
        )

    @api.model
    def _hint(self, row, said):
        """What a person has to say on the card before a row can be applied."""
        if row.kind in (compare.ADDED, compare.SUBSTITUTED) and said:
            if not said.product_id:
                return self.env._("Choose its product on the card first.")
            if said.quantity <= 0:
                return self.env._("Enter its quantity on the card first.")
        if said.uom_unclear:
            return self.env._("Say on the card which unit is meant first.")
        return False

    @api.model
    def _received(self, ordered, quantity):
        """What was received already is not taken back by a document."""
        if "qty_received" not in ordered._fields or ordered.qty_received <= quantity:
            return False
        received = self._amount(ordered.qty_received, ordered.product_uom_id)
        return self.env._("%s were received already.", received)

    @api.model
    def _phrase(self, line, unit, order):
        """A line like "5.00 Units × $ 42.00"."""
        if line is None:
            return "–"
        price = self._price(line.price, line.discount, order) if line.price is not None else ""
        return " × ".join(filter(None, [self._amount(line.quantity, unit), price]))

    @api.model
    def _amount(self, quantity, unit):
        if quantity is None:
            return "–"
        text = formatLang(self.env, float(quantity), dp="Product Unit")
        return f"{text} {unit.name}" if unit else text

    @api.model
    def _price(self, price, discount, order):
        currency = order.currency_id
        text = formatLang(self.env, float(price), dp="Product Price", currency_obj=currency)
        if discount:
            text += f" −{formatLang(self.env, float(discount), dp='Discount')} %"
        return text
