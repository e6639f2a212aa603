"""Holds an order, or an intake as it would be drafted, against the truth of its document."""

from __future__ import annotations

from bench._world import World
from matching.quantity import convert
from matching.units import parse_unit

CENT = 0.011
DRAFTED = ("purchase_order", "quotation")


def is_order(truth: dict) -> bool:
    """May an order, or of a vendor's offer a request for quotation, come of the document?"""
    return truth.get("document_type") in DRAFTED and not truth.get("inconsistent")


def item_lines(truth: dict) -> list[dict]:
    """The lines of the truth that order goods, each with the name of its product."""
    charges = (truth.get("meta") or {}).get("charge_lines") or []
    charges = {item["sequence"] if isinstance(item, dict) else item for item in charges}
    products = {line["sequence"]: line["product"] for line in truth["world"]["lines"]}
    return [
        {**line, "product": products.get(line["sequence"])}
        for line in truth["lines"]
        if line["sequence"] not in charges
    ]


def faults(order: dict, truth: dict, world: World) -> list[str]:
    """What is wrong with an order; nothing where it is what the document orders.

    :param order: values of the order with its ``lines``; many2one values as RPC gives them
    """
    if not is_order(truth):
        return ["must never be drafted by itself"]
    found = []
    expected = truth["world"]
    if world.name("res.partner", order["partner_id"]) != expected["partner"]:
        found.append("partner")
    if not ships_right(order, truth, world):
        found.append("delivery")
    if squash(order["client_order_ref"]) != squash(truth.get("number")):
        found.append("number")
    offered = truth["document_type"] == "quotation"
    # an offer without a date is planned by the vendor's lead time
    if order["date"] != wanted_on(truth) and not (offered and wanted_on(truth) is None):
        found.append(f"date {order['date']}, not {wanted_on(truth)}")
    lines = item_lines(truth)
    goods = [
        line
        for line in order["lines"]
        if world.name("product.product", line["product_id"]) not in world.services
    ]
    if len(lines) != len(goods):
        return [*found, f"{len(goods)} lines, not {len(lines)}"]
    for line, got in zip(lines, goods, strict=True):
        found += [f"{what} of line {line['sequence']}" for what in line_faults(line, got, world)]
    net = truth.get("amount_untaxed")
    # amounts are rounded to the cent, prices to the four decimals that the database keeps
    allowed = 0.02 + sum(0.006 + 0.00005 * (line["quantity"] or 0) for line in lines)
    if net is not None and abs(order["amount_untaxed"] - net) > allowed:
        found.append(f"net {order['amount_untaxed']}, not {net}")
    return found


def line_faults(line: dict, got: dict, world: World) -> list[str]:
    """What is wrong with one line: product, quantity, unit, price, discount.

    Quantity and price may stand in another unit than the printed one, if they say the same.
    """
    found = []
    if world.name("product.product", got["product_id"]) != line["product"]:
        found.append("product")
    ratio = factor(line, got, world)
    if ratio is None:
        return [*found, "unit"]
    if abs(got["product_uom_qty"] - (line["quantity"] or 0) * ratio) > 0.005:
        found.append("quantity")
    price = line.get("price_unit")
    if price is not None:
        allowed = max(0.0051 if price > 2.5 else 0, 0.002 * price)
        if abs(got["price_unit"] * ratio - price) > allowed:
            found.append("price")
        if abs((got["discount"] or 0) - (line.get("discount") or 0)) > 0.005:
            found.append("discount")
    return found


def factor(line: dict, got: dict, world: World) -> float | None:
    """How many of the order line's unit one printed unit is; None where it is another one."""
    unit = world.name("uom.uom", got["product_uom_id"])
    if unit == world.units.get(line["product"]) or not line.get("uom"):
        return 1.0
    printed, known = parse_unit(line["uom"]), parse_unit(got["product_uom_id"][1])
    if not printed or not known:
        return None
    conversion = convert(1, None, printed, known)
    return float(conversion.factor) if conversion else None


def ships_right(order: dict, truth: dict, world: World) -> bool:
    """Do the goods go where the document says?"""
    expected = truth["world"].get("delivery")
    if not expected or not truth.get("delivery") or truth["document_type"] == "quotation":
        return True
    ship_to = order["partner_shipping_id"] or order["partner_id"]
    return world.name("res.partner", ship_to) == expected


def wanted_on(truth: dict) -> str | None:
    """The day that the order must keep: the document's, else the first one of its lines."""
    lines = [line["requested_date"] for line in truth["lines"] if line.get("requested_date")]
    return truth.get("requested_date") or min(lines, default=None)


def squash(text: str | bool | None) -> str:
    """Letters and digits of a text."""
    return "".join(char for char in (text or "").casefold() if char.isalnum())
