import re

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import escape_psql

from ...extraction import document as paper
from ...matching import compare

# orders of one vendor that are held against a confirmation that names none
MOST_OPEN = 40
# share of the lines that must be the same for a content to be an order's
ALIKE = 0.5


class PoIntakeComparisonPurchase(models.AbstractModel):
    """Part of services 3 and 4: which purchase order a vendor's document is about."""

    _name = "po.intake.comparison.purchase"
    _description = "Order Intake: Find the Purchase Order"

    @api.model
    def _find_purchase_order(self, intake):
        """By our number, by the vendor's number; a confirmation by its content as well."""
        orders = self.env["purchase.order"]
        if not intake.partner_id:
            return orders
        found = self._by_our_number(intake) or self._by_their_number(intake)
        if not found and intake.document_type == paper.ORDER_CONFIRMATION:
            found = self._by_content(intake)
        living = found.sorted(lambda order: (order.state != "cancel", order.id))
        return living[-1:].sudo(False)

    @api.model
    def _answers(self, intake, order):
        """Is it the vendor's answer to an order of ours, rather than an offer of its own accord?"""
        return intake.direction == "purchase" and (
            intake.document_type == paper.ORDER_CONFIRMATION
            or (intake.document_type == paper.QUOTATION and order in self._by_our_number(intake))
        )

    @api.model
    def _is_named(self, intake, order):
        """Does a number lead to the order, or is none printed that would lead elsewhere?"""
        if not (intake.document or {}).get("our_order"):
            return True
        return order in self._by_our_number(intake) | self._by_their_number(intake)

    @api.model
    def _vendor_domain(self, intake):
        company = Domain("company_id", "=", intake.company_id.id)
        return company & intake.partner_id._po_intake_same("partner_id")

    @api.model
    def _search_orders(self, intake, domain, **options):
        # sudo: an order that a person may not see is no less ordered
        orders = self.env["purchase.order"].sudo()
        found = orders.search(self._vendor_domain(intake) & domain, **options)
        return found.filtered(lambda order: order.po_intake_id != intake)

    @api.model
    def _by_our_number(self, intake):
        """Orders whose number is printed, as ours or, on our own paper sent back, as its own."""
        domain = self._numbers_domain(intake.document or {})
        if domain is None:
            return self.env["purchase.order"].sudo()
        return self._search_orders(intake, domain)

    @api.model
    def _numbers_domain(self, document):
        """Orders of the printed numbers; beside ours may stand a date or a sign. ``None``: none."""
        words = set()
        for key in ("our_order", "number"):
            printed = document.get(key) or ""
            words |= {printed.strip(), *re.split(r"[\s/,;]+", printed)} - {""}
        if not words:
            return None
        return Domain.OR(Domain("name", "=ilike", escape_psql(word)) for word in sorted(words))

    @api.model
    def _by_their_number(self, intake):
        """Orders that carry the vendor's own number of this document."""
        if not intake.order_key:
            return self.env["purchase.order"].sudo()
        return self._search_orders(intake, Domain("po_intake_order_key", "=", intake.order_key))

    @api.model
    def _by_content(self, intake):
        """The one open order that the document's lines are nearest to; none where two are."""
        candidates = self._search_orders(
            intake,
            Domain("state", "in", ("sent", "to approve", "purchase"))
            & Domain("acknowledged", "=", False),
            order="id desc",
            limit=MOST_OPEN,
        )
        scores = {order: self._likeness(intake, order) for order in candidates}
        best = max(scores.values(), default=0.0)
        nearest = candidates.filtered(lambda order: scores[order] == best)
        return nearest if best >= ALIKE and len(nearest) == 1 else nearest.browse()

    @api.model
    def _likeness(self, intake, order):
        """0..1: the share of lines of the same product; half of it for another quantity."""
        rows = self.env["po.intake.comparison"]._order_rows(intake, order)
        points = 0.0
        for row in rows:
            same = row.ordered and row.said and row.kind != compare.SUBSTITUTED
            if same and row.said[0].product == row.ordered.product:
                quantities = {item.field for item in row.differences} & {compare.QUANTITY}
                points += 0.5 if quantities else 1.0
        return points / len(rows) if rows else 0.0
