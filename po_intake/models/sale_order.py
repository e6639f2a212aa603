from odoo import fields, models


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "po.intake.order.mixin"]
    _po_intake_reference = "client_order_ref"
    _po_intake_quantity = "product_uom_qty"
    _po_intake_direction = "sale"

    po_intake_change_ids = fields.One2many(
        "po.intake",
        "changed_sale_order_id",
        "Changes",
        readonly=True,
        help="Documents that came later and changed this order.",
    )

    def create_document_from_attachment(self, attachment_ids):
        """A file that is dropped on the list is read like any order that arrives."""
        if team := self._po_intake_team():
            return self._po_intake_upload(team, attachment_ids)
        return super().create_document_from_attachment(attachment_ids)

    def _po_intake_line_values(self, line):
        return self.env["po.intake.drafter"]._prepare_sale_order_line(line)

    def _po_intake_charge_values(self, intake):
        return self.env["po.intake.drafter"]._prepare_charge_lines(intake)

    def _po_intake_items(self):
        return super()._po_intake_items().filtered(lambda line: not line._is_delivery())

    def _action_confirm(self):
        """A person who confirms a draft has seen it: was it right as it was?"""
        result = super()._action_confirm()
        # sudo: whoever may confirm an order need not see intakes
        for order in self.sudo().filtered("po_intake_id"):
            order.po_intake_id._acknowledge(order, "confirmed")
        if self.env.user != self.env["po.intake"]._worker():
            # sudo: whoever may confirm an order need not see intakes
            for order in self.sudo().filtered("po_intake_id"):
                # an order that a later document has changed says nothing about the first one
                if not order.po_intake_change_ids:
                    order.po_intake_id._judge_order(order)
        return result
