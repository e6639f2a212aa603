"""Where the lines, the transfers and the invoices of sales and of purchase orders are found."""

from dataclasses import dataclass

OPEN, PARTLY, DONE, CANCELLED = "open", "partly", "done", "cancelled"


@dataclass(frozen=True)
class Kind:
    """Fields and codes of one kind of order."""

    quantity: str
    transfer_link: str
    invoice_link: str
    invoice: str
    refund: str
    # the stage at which the goods have changed hands, and where they are with the other party
    handed_over: str
    partner_place: str

    @property
    def is_sale(self):
        """Do the goods leave the house?"""
        return self.handed_over == "shipped"

    def is_delivery(self, move):
        """Does a stock move bring the goods to where they were ordered for?"""
        ends = (move.location_id.usage, move.location_dest_id.usage)
        theirs, other = ends[::-1] if self.is_sale else ends
        return theirs == self.partner_place != other

    def is_return(self, move):
        """Does a stock move take the goods back?"""
        ends = (move.location_id.usage, move.location_dest_id.usage)
        theirs, other = ends if self.is_sale else ends[::-1]
        return theirs == self.partner_place != other


KINDS = {
    "sale.order": Kind(
        quantity="product_uom_qty",
        transfer_link="sale_line_id",
        invoice_link="sale_line_ids",
        invoice="out_invoice",
        refund="out_refund",
        handed_over="shipped",
        partner_place="customer",
    ),
    "purchase.order": Kind(
        quantity="product_qty",
        transfer_link="purchase_line_id",
        invoice_link="purchase_line_id",
        invoice="in_invoice",
        refund="in_refund",
        handed_over="arrived",
        partner_place="supplier",
    ),
}


def together(states):
    """The state of a whole, of those of its parts; nothing at all is open."""
    states = set(states)
    if states == {DONE}:
        return DONE
    return PARTLY if states & {DONE, PARTLY} else OPEN


def stage(state, records=None, date=None, note=None):
    """One stage of an order's life.

    :param state: ``open``, ``partly``, ``done`` or ``cancelled``
    :param records: what it was read from
    :param date: when it was reached; of an open stage, when it is planned
    :param note: what else there is to say of it, like a tracking number
    """
    return {"state": state, "records": records, "date": date or None, "note": note or None}
