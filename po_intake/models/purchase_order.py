from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

# orders that have waited for longer than this beside the team's days are nobody's business any more
OLDEST = timedelta(days=60)


class PurchaseOrder(models.Model):
    _name = "purchase.order"
    _inherit = ["purchase.order", "po.intake.order.mixin", "po.intake.reordered"]
    _po_intake_reference = "partner_ref"
    _po_intake_quantity = "product_qty"
    _po_intake_direction = "purchase"

    po_intake_change_ids = fields.One2many(
        "po.intake",
        "changed_purchase_order_id",
        "Confirmations",
        readonly=True,
        help="Documents of the vendor that answered this order.",
    )
    po_intake_reminded = fields.Date(
        "Confirmation missed on",
        copy=False,
        readonly=True,
        help="When its buyer was told that the vendor has not confirmed it.",
    )

    def create_document_from_attachment(self, attachment_ids):
        """A file that is dropped on the list is read like any order that arrives."""
        if team := self._po_intake_team():
            return self._po_intake_upload(team, attachment_ids)
        return super().create_document_from_attachment(attachment_ids)

    def _po_intake_item_codes(self):
        codes = defaultdict(tuple)
        # sudo: clerks need no right to read purchase prices for this
        sellers = self.sudo().order_line.product_id.seller_ids
        vendor = self.partner_id.commercial_partner_id
        for seller in sellers.filtered("product_code"):
            if seller.partner_id.commercial_partner_id == vendor:
                for product in seller.product_id or seller.product_tmpl_id.product_variant_ids:
                    codes[product] += (seller.product_code,)
        return codes

    def _po_intake_line_values(self, line):
        return self.env["po.intake.drafter"]._prepare_purchase_order_line(line)

    def _po_intake_charge_values(self, intake):
        return self.env["po.intake.drafter"]._prepare_purchase_charges(intake)

    def _po_intake_write_quantity(self, line, quantity, **values):
        """Day and price stay, which Odoo works out anew otherwise.

        Where they moved, what is to be received less would be sent back instead.
        """
        kept = {name: line[name] for name in ("date_planned", "price_unit", "discount")}
        return super()._po_intake_write_quantity(line, quantity, **{**kept, **values})

    def _po_intake_remove(self, line):
        """A line of a confirmed order stays, with nothing ordered."""
        if self.state == "purchase":
            return self._po_intake_write_quantity(line, 0.0)
        return super()._po_intake_remove(line)

    def _po_intake_confirm(self):
        """Where orders over an amount take an approval, they wait for it."""
        self.button_confirm()

    # confirmations that do not come

    @api.model
    def _cron_po_intake_unconfirmed(self):
        """Tell buyers of orders that the vendor has not confirmed in the days the team gives."""
        teams = self.env["po.intake.team"].search([("confirmation_days", ">", 0)])
        for company, own in teams.grouped("company_id").items():
            team = own.sorted("confirmation_days")[:1]
            for order in self.search(self._po_intake_unconfirmed_domain(team)):
                order.with_company(company)._po_intake_miss_confirmation(team)

    @api.model
    def _po_intake_unconfirmed_domain(self, team):
        """Hook: orders of the team's company whose confirmation is late."""
        due = fields.Datetime.now() - timedelta(days=team.confirmation_days)
        return (
            Domain("company_id", "=", team.company_id.id)
            & Domain("state", "=", "purchase")
            & Domain("acknowledged", "=", False)
            & Domain("po_intake_reminded", "=", False)
            & Domain("receipt_status", "!=", "full")
            & Domain("date_approve", "<=", due)
            & Domain("date_approve", ">=", due - OLDEST)
        )

    def _po_intake_miss_confirmation(self, team):
        """An activity for the buyer, once."""
        user = self.user_id or team.user_id
        self.po_intake_reminded = fields.Date.context_today(self)
        self.activity_schedule(
            "po_intake.mail_activity_unconfirmed",
            summary=self.env._("%s has not confirmed", self.partner_id.name),
            user_id=user.id or self.env.uid,
        )

    def _po_intake_acknowledge(self):
        """The vendor has confirmed: nobody has to ask any more."""
        self.filtered(lambda order: order.state == "purchase").acknowledged = True
        self.activity_unlink(["po_intake.mail_activity_unconfirmed"])
