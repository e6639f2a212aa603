"""The other direction: our orders that vendors confirm, with planted differences, and their offers.

Before the documents are sent, a purchase order is made for each confirmation of the corpus: what
the confirmation says, less one thing that was ordered otherwise. So it is known what must be found.
"""

from __future__ import annotations

from collections import Counter
from itertools import cycle

from bench import _truth
from bench._world import World
from tools.rpc import Odoo

SAME, PRICE, QUANTITY, MISSING, ADDED, DATE = (
    "same", "price", "quantity", "missing", "added", "date",
)  # fmt: skip
PLANTED = (SAME, PRICE, QUANTITY, MISSING, ADDED, DATE)
NO_DATE = "2026-12-31"


def place_orders(odoo: Odoo, truths: list[dict], world: World) -> dict[str, str]:
    """Order what the confirmations confirm, each with the next kind of difference.

    :return: what was planted, by the number of our order
    """
    planted = {}
    kinds = cycle(PLANTED)
    for truth in truths:
        number = (truth.get("world") or {}).get("our_order")
        if truth["document_type"] != "order_confirmation" or not number:
            continue
        kind = next(kinds)
        lines = [line for line in _truth.item_lines(truth) if line["product"]]
        if kind == DATE and not _truth.wanted_on(truth):
            kind = PRICE
        if kind == ADDED and len(lines) < 2:
            kind = QUANTITY
        values = [_line(odoo, line, truth, world) for line in lines]
        _plant(kind, values, odoo)
        order = odoo(
            "purchase.order",
            "create",
            {
                "name": number,
                "partner_id": world.ids[truth["world"]["partner"]],
                "currency_id": _currency(odoo, truth["currency"]),
                "order_line": [[0, 0, line] for line in values],
            },
        )
        odoo("purchase.order", "button_confirm", [order])
        planted[number] = kind
    return planted


def _currency(odoo: Odoo, name: str) -> int:
    return odoo("res.currency", "search", [("name", "=", name)])[0]


def _line(odoo: Odoo, line: dict, truth: dict, world: World) -> dict:
    product = world.ids[line["product"]]
    [known] = odoo("product.product", "read", [product], ["uom_id"])
    factor = _truth.factor(line, {"product_uom_id": known["uom_id"]}, world) or 1.0
    day = line.get("requested_date") or truth.get("requested_date") or NO_DATE
    return {
        "product_id": product,
        "product_uom_id": known["uom_id"][0],
        "product_qty": (line["quantity"] or 0) * factor,
        "price_unit": (line["price_unit"] or 0) / factor,
        "discount": line.get("discount") or 0,
        "date_planned": f"{day} 11:00:00",
    }


def _plant(kind: str, lines: list[dict], odoo: Odoo) -> None:
    """Let our order say something else than the confirmation will."""
    if kind == PRICE:
        lines[0]["price_unit"] *= 0.9
    elif kind == QUANTITY:
        lines[-1]["product_qty"] += 7
    elif kind == DATE:
        lines[0]["date_planned"] = "2027-06-30 11:00:00"
    elif kind == ADDED:
        lines.pop()
    elif kind == MISSING:
        used = [line["product_id"] for line in lines]
        domain = [("purchase_ok", "=", True), ("id", "not in", used)]
        other = odoo("product.product", "search_read", domain, ["uom_id"], limit=1)[0]
        extra = {"product_id": other["id"], "product_uom_id": other["uom_id"][0]}
        lines.append({**lines[-1], **extra, "price_unit": 1.0})


def score_confirmation(counts: Counter, intake: dict, truth: dict, planted: str) -> str | None:
    """Count what became of a confirmation.

    :return: what is wrong, if anything
    """
    counts["confirmations"] += 1
    found = {
        name: number
        for item in intake["findings"]
        if item["code"] == "answer_differs"
        for name, number in item["parameters"]["differences"].items()
    }
    closed = intake["state"] == "done"
    seen = closed or found or any(i["code"] == "order_confirmed" for i in intake["findings"])
    counts["our order found"] += bool(seen)
    expected = _expected(planted, truth, found)
    counts["differences found exactly"] += bool(seen) and found == expected
    if closed and (planted != SAME or truth.get("inconsistent")):
        counts["closed wrong"] += 1
        return f"closed itself, though planted was {planted}"
    counts["closed right"] += closed
    return None if found == expected else f"found {found}, planted {expected}"


def _expected(planted: str, truth: dict, found: dict[str, int]) -> dict[str, int]:
    """What must be found: what was planted, and charges, which our order does not hold.

    A charge that is no service of ours waits for a person as a finding of its own.
    """
    meta = truth.get("meta") or {}
    charges = len(meta.get("charge_lines") or []) + len(meta.get("charges") or [])
    expected = Counter({} if planted == SAME else {planted: 1})
    more = min(charges, found.get(ADDED, 0) - expected[ADDED])
    expected[ADDED] += max(more, 0)
    return {what: number for what, number in expected.items() if number}


def read_order(odoo: Odoo, order_id: int) -> dict:
    """A request for quotation under the names that a sales order has."""
    fields = ["partner_id", "partner_ref", "currency_id", "amount_untaxed"]
    [order] = odoo("purchase.order", "read", [order_id], fields)
    lines = odoo(
        "purchase.order.line", "search_read", [("order_id", "=", order_id)],
        ["product_id", "product_uom_id", "product_qty", "price_unit", "discount", "date_planned"],
        order="sequence, id",
    )  # fmt: skip
    return {
        **order,
        "partner_shipping_id": False,
        "client_order_ref": order["partner_ref"],
        "date": min((line["date_planned"][:10] for line in lines), default=None),
        "lines": [{**line, "product_uom_qty": line["product_qty"]} for line in lines],
    }
