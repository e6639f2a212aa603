from odoo import models

from ...extraction import document as paper


class PoIntakeCheckDuplicate(models.AbstractModel):
    """Part of service 3, Validate: whether the order was received before."""

    _name = "po.intake.check.duplicate"
    _description = "Order Intake: Check Duplicates"

    def _check_duplicate_document(self, intake):
        if intake.duplicate_of_id:
            yield self._finding("duplicate_document", name=intake.duplicate_of_id.display_name)

    def _check_duplicate_order(self, intake):
        """The same number again: the same order, or a change of it."""
        if intake.duplicate_of_id:
            return
        comparison = self.env["po.intake.comparison"]
        known = {"number": intake.order_reference or "–"}
        confirms = (
            intake.direction == "purchase" and intake.document_type == paper.ORDER_CONFIRMATION
        )
        if order := comparison._find_order(intake).sudo():  # sudo: see _find_order
            known["name"] = order.name
            if order.state == "cancel":
                yield self._finding("order_cancelled", **known)
            elif counts := comparison._count(intake, order):
                answers = comparison._answers(intake, order)
                code = "answer_differs" if answers else "order_change"
                yield self._finding(code, **known, differences=counts)
            elif confirms:
                yield self._finding("order_confirmed", **known)
            else:
                yield self._finding("duplicate_order", **known)
        elif earlier := comparison._find_waiting(intake):
            known["name"] = earlier.display_name
            counts = comparison._count_waiting(intake, earlier)
            yield self._finding("order_waiting", **known, differences=counts)
        elif confirms or (
            intake.direction == "sale" and intake.document_type == paper.ORDER_CHANGE
        ):
            yield self._finding("order_not_found", **known)
