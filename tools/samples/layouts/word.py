"""An order made from a word processor's template by somebody we do not know."""

from __future__ import annotations

from ..order import Item, Order
from ..partners import OWN
from ..sheet import HABITS, SANS, SANS_BOLD, Sheet

LEFT, RIGHT = 64, 531
BLUE, BAND = "#2f5496", "#d9e2f3"
HABIT = HABITS["ie"]
COLUMNS = (
    (70, "Item", "left"),
    (160, "Description", "left"),
    (394, "Quantity", "right"),
    (454, "Unit price", "right"),
    (525, "Total", "right"),
)


def draw(order: Order) -> bytes:
    sheet = Sheet(f"Purchase Order {order.number}", order.partner.name)
    partner = order.partner
    sheet.text(LEFT, 74, partner.name, SANS_BOLD, 18, color=BLUE)
    sheet.text(LEFT, 90, f"{partner.address.street}, {partner.address.city} {partner.address.zip}",
               size=9, color="#555555")  # fmt: skip
    sheet.text(LEFT, 132, "PURCHASE ORDER", SANS, 20, color=BLUE)
    sheet.line(LEFT, 140, RIGHT, 140, 1, BLUE)
    sheet.block(LEFT, 162, [
        f"PO number: {order.number}", f"Date: {HABIT.date(order.day)}",
        f"Contact: {partner.people[0].name}, {partner.people[0].email}",
        "Payment: on 60 days account",
    ], size=10, leading=14)  # fmt: skip
    sheet.block(394, 162, [
        "To:", OWN.name, OWN.street, f"{OWN.city}, {OWN.state} {OWN.zip}",
    ], size=10, leading=14)  # fmt: skip
    y = _table(sheet, order, 240)
    sheet.block(LEFT, y + 34, [
        "Ship urgently to our forwarder at the address below. Freight forward.",
        f"{order.ship_to.name}, {order.ship_to.street}, {order.ship_to.zip} {order.ship_to.city}",
    ], size=10, leading=14, width=RIGHT - LEFT)  # fmt: skip
    return sheet.bytes()


def _table(sheet: Sheet, order: Order, y: float) -> float:
    sheet.box(LEFT, y, RIGHT - LEFT, 20, fill=BLUE, stroke=BLUE)
    for x, title, align in COLUMNS:
        sheet.text(x, y + 13.5, title, SANS_BOLD, 9.5, align, "#ffffff")
    y += 20
    for place, item in enumerate(order.items):
        y = _row(sheet, y, item, place % 2 == 0)
    sheet.text(454, y + 16, "Total EUR", SANS_BOLD, 10, "right")
    sheet.text(525, y + 16, HABIT.number(order.total), SANS_BOLD, 10, "right")
    return y + 20


def _row(sheet: Sheet, y: float, item: Item, banded: bool) -> float:
    sheet.box(LEFT, y, RIGHT - LEFT, 20, fill=BAND if banded else "", stroke="#8eaadb")
    values = [
        item.code, item.name, HABIT.number(item.quantity, 0), HABIT.number(item.price),
        HABIT.number(item.amount),
    ]  # fmt: skip
    for (x, _title, align), value in zip(COLUMNS, values, strict=True):
        sheet.text(x, y + 13.5, value, size=9.5, align=align)
    return y + 20
