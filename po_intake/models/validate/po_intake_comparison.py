from decimal import Decimal

from odoo import api, models
from odoo.fields import Domain

from ...extraction import document as paper
from ...matching import compare
from ...matching.text import code_key


class PoIntakeComparison(models.AbstractModel):
    """Part of services 3 and 4: what a document says against an order that exists already."""

    _name = "po.intake.comparison"
    _description = "Order Intake: Compare"
    _inherit = ["po.intake.comparison.purchase"]

    # which order

    @api.model
    def _find_order(self, intake):
        """The order of the same number of this customer: rather one that lives, the last one.

        Orders that were typed by hand count as well. A vendor's document names an order of ours.
        """
        if intake.direction == "purchase":
            return self._find_purchase_order(intake)
        if not intake.order_key or not intake.partner_id:
            return self.env["sale.order"]
        # sudo: an order that a person may not see is no less ordered
        found = (
            self.env["sale.order"]
            .sudo()
            .search(self._same_number_domain(intake))
            .filtered(lambda order: order.po_intake_id != intake)
            .sorted(lambda order: (order.state != "cancel", order.id))
        )
        return found[-1:].sudo(False)

    @api.model
    def _same_number_domain(self, intake):
        return (
            Domain("company_id", "=", intake.company_id.id)
            & Domain("po_intake_order_key", "=", intake.order_key)
            & intake.partner_id._po_intake_same("partner_id")
        )

    @api.model
    def _find_waiting(self, intake):
        """An earlier intake of the same number of this customer that is no order yet."""
        if not intake.order_key or not intake.partner_id:
            return intake.browse()
        return intake.search(
            Domain("id", "<", intake.id or 0)
            & Domain("company_id", "=", intake.company_id.id)
            & Domain("order_key", "=", intake.order_key)
            & intake.partner_id._po_intake_same("partner_id")
            & Domain("direction", "=", intake.direction)
            & Domain("state", "in", ("new", "review", "error", "quarantine")),
            order="id",
            limit=1,
        )

    # what differs

    @api.model
    def _rows(self, ordered, said):
        """Compare lines with the precision of the database."""
        digits = self.env["decimal.precision"].precision_get
        return compare.compare(
            ordered,
            said,
            quantity_step=Decimal(1).scaleb(-digits("Product Unit")),
            price_step=Decimal(1).scaleb(-digits("Product Price")),
        )

    @api.model
    def _order_rows(self, intake, order):
        """The lines of an order, each with what the document says of it."""
        priced = not self._other_currency(intake, order)
        return self._rows(self._order_lines(order), self._intake_lines(intake, priced))

    @api.model
    def _count(self, intake, order):
        """How often what differs: what ``matching.compare`` counts, and fields of the header."""
        counts = compare.count(self._order_rows(intake, order))
        return {**counts, **{difference.field: 1 for difference in self._header(intake, order)}}

    @api.model
    def _count_waiting(self, intake, earlier):
        """The same between two documents."""
        return compare.count(self._rows(self._intake_lines(earlier), self._intake_lines(intake)))

    @api.model
    def _order_lines(self, order):
        """Hook: what an order says."""
        lines, taxes = order._po_intake_items(), self.env["po.intake.tax"]
        codes = order._po_intake_item_codes()
        return [
            compare.Line(
                id=line.id,
                position=str(index),
                product=line.product_id.id,
                codes=self._codes(
                    line.product_id.default_code, line.product_id.barcode, *codes[line.product_id]
                ),
                description=line.name,
                quantity=self._decimal(line[order._po_intake_quantity]),
                factor=self._factor(line.product_uom_id, line.product_id),
                price=self._decimal(taxes._before_tax(line.price_unit, line.tax_ids)),
                discount=self._decimal(line.discount),
                date=self._line_day(line),
            )
            for index, line in enumerate(lines, 1)
        ]

    @api.model
    def _line_day(self, line):
        """When a line is to be there, where the order says so line by line."""
        if "date_planned" not in line._fields:
            return None
        return self.env["po.intake.drafter"]._day(line, line.date_planned)

    @api.model
    def _intake_lines(self, intake, priced=True):
        """Hook: what a document says. Its charges are lines, as in the order, named by a pair."""
        # a change may list no more than what it changes: where a line stands says nothing then
        counted = intake.document_type != paper.ORDER_CHANGE
        # a vendor's date for the whole holds for each line, as purchase orders have them
        whole = intake.direction == "purchase" and intake.requested_date
        lines = [
            compare.Line(
                id=line.id,
                position=str(index) if counted else None,
                product=line.product_id.id or None,
                codes=self._codes(line.our_code, line.barcode, line.partner_code),
                description=line.description,
                quantity=self._decimal(line.quantity) if self._says_quantity(line) else None,
                factor=self._factor(line.product_uom_id, line.product_id),
                price=self._decimal(line.price_unit) if priced and line.has_price else None,
                discount=self._decimal(line.discount),
                date=line.requested_date or whole or None,
            )
            for index, line in enumerate(intake.line_ids.filtered(lambda line: not line.ignored), 1)
        ]
        charges = self.env["po.intake.drafter"]._prepare_charge_lines(intake)
        return lines + [
            compare.Line(
                id=("charge", index),
                product=charge["product_id"],
                description=charge["name"],
                quantity=Decimal(1),
                price=self._decimal(charge["price_unit"]) if priced else None,
            )
            for index, charge in enumerate(charges)
        ]

    @api.model
    def _says_quantity(self, line):
        """Is a quantity printed? A change that prints a zero takes the line away."""
        if line.quantity:
            return True
        lines = (line.intake_id.document or {}).get("lines") or []
        read = lines[line.document_line] if 0 <= line.document_line < len(lines) else {}
        return line.intake_id.document_type == paper.ORDER_CHANGE and read.get("quantity") == 0

    @api.model
    def _header(self, intake, order):
        """What differs outside the lines; both values as Odoo's fields of these names hold them."""
        drafter = self.env["po.intake.drafter"]
        pairs = []
        if order._name == "sale.order":
            pairs = [
                (
                    "commitment_date",
                    drafter._day(intake, order.commitment_date),
                    drafter._requested_day(intake),
                ),
                (
                    "partner_shipping_id",
                    order.partner_shipping_id.id,
                    intake.partner_shipping_id.id,
                ),
            ]
            if intake.order_key != order.po_intake_order_key:
                pairs.append(("client_order_ref", order.client_order_ref, intake.order_reference))
        if self._other_currency(intake, order):
            pairs.append(("currency_id", order.currency_id.id, intake.currency_id.id))
        return [compare.Difference(*pair) for pair in pairs if pair[2] and pair[1] != pair[2]]

    @api.model
    def _other_currency(self, intake, order):
        """Is the document in another currency? Then its prices cannot be compared."""
        return bool(intake.currency_text) and intake.currency_id != order.currency_id

    # values

    @api.model
    def _codes(self, *codes):
        return frozenset(code_key(code) for code in codes if code) - {""}

    @api.model
    def _decimal(self, value):
        # through text: the shortest decimal that means the same float
        return Decimal(str(value))

    @api.model
    def _factor(self, unit, product):
        """Product units in one unit."""
        own = product.uom_id
        if not unit or not own or not unit._has_common_reference(own):
            return Decimal(1)
        return self._decimal(unit.factor) / self._decimal(own.factor)
