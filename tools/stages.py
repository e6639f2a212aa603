"""Orders of the demo on their further way, so that each stage of an order's life can be seen."""

import xmlrpc.client

from tools.rpc import Odoo

#: How far the orders are taken, one after the other; what is left stays a draft.
WAYS = (
    ("confirm",),
    ("confirm", "deliver_half"),
    ("confirm", "deliver"),
    ("confirm", "deliver", "invoice"),
    ("confirm", "deliver", "invoice", "pay"),
    ("confirm", "deliver", "invoice", "pay", "take_back"),
)


def spread(odoo: Odoo) -> int:
    """Take the drafted orders as far as WAYS says; return how many were taken anywhere."""
    domain = [("po_intake_id", "!=", False), ("state", "=", "draft")]
    orders = odoo("sale.order", "search", domain, order="id")
    hand = _Hand(odoo)
    for order, way in zip(orders, WAYS, strict=False):
        for step in way:
            getattr(hand, step)(order)
    return min(len(orders), len(WAYS))


class _Hand:
    """What people do with an order, through the same buttons."""

    def __init__(self, odoo: Odoo):
        self.odoo = odoo

    def confirm(self, order: int) -> None:
        """Confirm the quotation; Odoo reserves what there is."""
        self._press("sale.order", "action_confirm", [order])

    def deliver(self, order: int) -> None:
        """Ship everything."""
        self._ship(order, share=1.0)

    def deliver_half(self, order: int) -> None:
        """Ship half of it; the rest follows later."""
        self._ship(order, share=0.5)

    def invoice(self, order: int) -> None:
        """Invoice what was shipped."""
        context = {"active_model": "sale.order", "active_ids": [order], "active_id": order}
        self._wizard("sale.advance.payment.inv", "create_invoices", {}, context)
        self._press("account.move", "action_post", self._invoices(order))

    def pay(self, order: int) -> None:
        """The customer pays."""
        context = {"active_model": "account.move", "active_ids": self._invoices(order)}
        self._wizard("account.payment.register", "action_create_payments", {}, context)

    def take_back(self, order: int) -> None:
        """Everything comes back, and a credit note is made for it."""
        (sent,) = self._transfers(order, "done")
        context = {"active_model": "stock.picking", "active_id": sent}
        self._wizard("stock.return.picking", "action_create_returns_all", {}, context)
        for picking in self._transfers(order, "assigned"):
            self._validate(picking, share=1.0)
        (invoice,) = self._invoices(order)
        journal = self.odoo("account.move", "read", [invoice], ["journal_id"])[0]["journal_id"][0]
        context = {"active_model": "account.move", "active_ids": [invoice]}
        values = {"journal_id": journal}
        self._wizard("account.move.reversal", "refund_moves", values, context)
        notes = [("reversed_entry_id", "=", invoice)]
        self._press("account.move", "action_post", self.odoo("account.move", "search", notes))

    def _ship(self, order: int, share: float) -> None:
        for picking in self._transfers(order, "assigned"):
            self._validate(picking, share)

    def _validate(self, picking: int, share: float) -> None:
        domain = [("picking_id", "=", picking)]
        moves = self.odoo("stock.move", "search_read", domain, ["product_uom_qty"])
        if share < 1:
            for move in moves:
                values = {"quantity": move["product_uom_qty"] * share}
                self.odoo("stock.move", "write", [move["id"]], values)
        self.odoo("stock.move", "write", [move["id"] for move in moves], {"picked": True})
        unasked = {"skip_backorder": True, "skip_sms": True}
        self._press("stock.picking", "button_validate", [picking], unasked)

    def _transfers(self, order: int, state: str) -> list[int]:
        domain = [("sale_id", "=", order), ("state", "=", state)]
        return self.odoo("stock.picking", "search", domain)

    def _invoices(self, order: int) -> list[int]:
        domain = [
            ("line_ids.sale_line_ids.order_id", "=", order),
            ("move_type", "=", "out_invoice"),
        ]
        return self.odoo("account.move", "search", domain)

    def _wizard(self, model: str, button: str, values: dict, context: dict) -> None:
        wizard = self.odoo(model, "create", values, context=context)
        self._press(model, button, [wizard], context)

    def _press(self, model: str, button: str, ids: list[int], context: dict | None = None) -> None:
        try:
            self.odoo(model, button, ids, context=context or {})
        except xmlrpc.client.Fault as fault:
            # the button did its work, and shows something that XML-RPC cannot carry
            if "cannot marshal None" not in fault.faultString:
                raise
