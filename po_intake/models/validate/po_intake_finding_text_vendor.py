from odoo import api, models


class PoIntakeFindingTextVendor(models.AbstractModel):
    """What people read of findings on vendors' documents."""

    _name = "po.intake.finding.text.vendor"
    _description = "Order Intake: Words of Findings on Vendors' Documents"

    @api.model
    def _get_vendor_texts(self):
        """Codes that vendors' documents bring: code -> (title, sentence)."""
        _ = self.env._
        return {
            "direction_unsure": (
                _("Sale or purchase?"),
                _(
                    "It is not clear whether %(source)s is a customer's or a vendor's: say so on "
                    "the card."
                ),
            ),
            "customer_document": (
                _("Not a vendor's document"),
                _("%(source)s looks like a customer's order."),
            ),
            "other_company": (
                _("For another company"),
                _("The document is addressed to %(company)s, which has no team for it."),
            ),
            "answer_differs": (
                _("Differs from our order"),
                _("%(number)s is about %(name)s and differs from it: %(differences)s."),
            ),
            "order_confirmed": (
                _("Confirmed as ordered"),
                _("%(number)s confirms %(name)s; nothing differs."),
            ),
            "delivery_elsewhere": (
                _("Delivered elsewhere"),
                _("%(address)s is no address of ours."),
            ),
        }

    @api.model
    def _get_purchase_texts(self):
        """What a code means on a vendor's document, where that is something else."""
        _ = self.env._
        return {
            "duplicate_order": (
                _("Same offer again"),
                _("%(number)s of this vendor is %(name)s already; nothing in it differs."),
            ),
            "order_change": (
                _("Changes an order"),
                _("%(number)s is about %(name)s. Different: %(differences)s."),
            ),
            "order_cancelled": (
                _("Order was cancelled"),
                _("%(number)s is about %(name)s, which is cancelled."),
            ),
            "order_waiting": (
                _("Same number"),
                _("%(number)s of this vendor waits as %(name)s. Different: %(differences)s."),
            ),
            "order_not_found": (
                _("Our order not found"),
                _("%(number)s confirms an order of ours, but no such order was found."),
            ),
            "partner_unknown": (
                _("Unknown vendor"),
                _("No vendor was found for %(party)s."),
            ),
            "partner_missing": (
                _("Unknown vendor"),
                _("The document does not say whom it is from."),
            ),
            "partner_ambiguous": (
                _("Vendor unsure"),
                _("%(party)s could be %(candidates)s."),
            ),
            "sender_differs": (
                _("Sender is not the vendor"),
                _("The mail is from %(sender)s, the document from %(partner)s."),
            ),
            "price_missing": (
                _("No price"),
                _("Line %(line)s prints no price; that of the vendor's price list is taken."),
            ),
            "product_not_sold": (
                _("Product not bought"),
                _("Line %(line)s: “%(item)s” is %(product)s, which is not to be purchased."),
            ),
            "unit_unknown": (
                _("Unit unclear"),
                _("Line %(line)s is in “%(printed)s”, the vendor sells it in %(unit)s."),
            ),
            "currency_differs": (
                _("Unknown currency"),
                _("The document is in %(printed)s, which is not active."),
            ),
            "other_pricelist": (
                _("Other currency"),
                _("The document is in %(printed)s, this vendor's orders are in %(pricelist)s."),
            ),
            "charge_without_product": (
                _("Charge"),
                _(
                    "“%(charge)s” of %(amount)s is no service that we buy, and the team has no "
                    "product for charges."
                ),
            ),
        }
