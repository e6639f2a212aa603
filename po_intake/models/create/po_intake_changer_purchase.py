from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import UserError

# states in which a purchase order may be written; a confirmed one moves its receipts along
OPEN = ("draft", "sent", "to approve", "purchase")


class PoIntakeChangerPurchase(models.AbstractModel):
    """Part of service 4, Change: what a vendor's answer does to our purchase order."""

    _name = "po.intake.changer.purchase"
    _description = "Order Intake: Change Purchase Orders"

    def _close(self, intake, order):
        """End a vendor's answer in which nothing differs, with a note on both sides."""
        intake, order = (record.with_company(intake.company_id) for record in (intake, order))
        self.env["po.intake.drafter"]._attach_document(intake, order)
        confirmed = self.env._(
            "%(vendor)s confirms the order as it is: %(intake)s.",
            vendor=order.partner_id.name,
            intake=intake._get_html_link(),
        )
        order.message_post(body=Markup("<p>%s</p>") % confirmed)
        intake._log(
            self.env._("Nothing differs from %s, so this is closed.", order._get_html_link())
        )
        self._acknowledge(intake, order)
        self._end(intake, order)

    @api.model
    def _acknowledge(self, intake, order):
        """Keep the vendor's number, and that the vendor has answered."""
        # a copy of our own order bears our own number
        ours = intake.order_key == self.env["po.intake.item.code"]._key(order.name)
        if not order.partner_ref and not ours:
            order.partner_ref = intake.order_reference
        order._po_intake_acknowledge()
        if order.state in ("draft", "sent"):
            order.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("The vendor has answered: confirm the order"),
                user_id=(order.user_id or intake.team_id.user_id or self.env.user).id,
            )

    @api.model
    def _check_open(self, order):
        """
        :raises UserError: the order is locked
        """
        if order.locked or order.state not in OPEN:
            raise UserError(
                self.env._(
                    "%s is locked. Unlock it first, or answer the vendor.", order.display_name
                )
            )

    @api.model
    def _check_approved(self, order, before):
        """Refuse what would take a confirmed order over the limit of the one who accepts it.

        :param before: total of the order before it was changed
        :raises UserError: the order takes the approval of a purchase manager
        """
        dearer = order.currency_id.compare_amounts(order.amount_total, before) > 0
        if order.state == "purchase" and dearer and not order._approval_allowed():
            raise UserError(
                self.env._(
                    "With these changes %(order)s comes to more than you may approve. Ask a "
                    "purchase manager to accept them, or answer the vendor.",
                    order=order.display_name,
                )
            )

    @api.model
    def _write_dates(self, order, row, line, quantity_accepted):
        """The day of a line; deliveries on several days become a line each.

        :param line: the order line, its quantity written already
        :param quantity_accepted: is the sum of the parts what is ordered now?
        """
        drafter = self.env["po.intake.drafter"]
        factor = self.env["po.intake.comparison"]._factor(line.product_uom_id, line.product_id)
        days = [part.date for part in row.said]
        if len(set(days)) == 1 or not quantity_accepted:
            line.date_planned = drafter._noon(line, max(day for day in days if day))
            return
        planned = line.date_planned
        for index, part in enumerate(row.said):
            quantity = float(part.quantity * part.factor / factor)
            day = drafter._noon(line, part.date) if part.date else planned
            if index:
                values = {"order_id": order.id, "product_qty": quantity}
                line.copy({**values, "date_planned": day})
            else:
                order._po_intake_write_quantity(line, quantity, date_planned=day)
