"""A small firm's letter: typed by hand, no item codes, amounts after dots."""

from __future__ import annotations

from ..order import Item, Order
from ..partners import OWN_EU
from ..sheet import HABITS, SERIF, SERIF_BOLD, Sheet

LEFT, RIGHT = 74, 521
BROWN = "#5b3a1e"
HABIT = HABITS["ie"]


def draw(order: Order) -> bytes:
    sheet = Sheet(f"Order {order.number}", order.partner.name)
    partner, person = order.partner, order.partner.people[0]
    _head(sheet, order)
    sheet.block(LEFT, 142, [OWN_EU.name, OWN_EU.street, f"{OWN_EU.zip} {OWN_EU.city}",
                            "The Netherlands"], SERIF, 11.5, 14.5)  # fmt: skip
    sheet.text(RIGHT, 142, f"{order.day.day} {order.day:%B %Y}", SERIF, 11.5, "right")
    sheet.text(LEFT, 224, f"Our order no. {order.number}", SERIF_BOLD, 12)
    y = sheet.block(LEFT, 250, [
        "Dear all,", "", "could you please send us the following, on our usual account "
        f"({partner.ref}):",
    ], SERIF, 11.5, 14.5, width=RIGHT - LEFT)  # fmt: skip
    y = _list(sheet, order, y + 16)
    y = sheet.block(LEFT, y + 30, [
        order.note, "", "Kind regards,",
    ], SERIF, 11.5, 14.5, width=RIGHT - LEFT)  # fmt: skip
    sheet.scribble(LEFT, y + 26, person.name)
    sheet.text(LEFT, y + 48, person.name, SERIF, 11.5)
    sheet.line(LEFT, 782, RIGHT, 782, 0.4, BROWN)
    sheet.text(297, 795, f"{partner.name} · VAT no. {partner.vat} · Proprietor: {person.name}",
               SERIF, 8.5, "center", "#555555")  # fmt: skip
    return sheet.bytes()


def _head(sheet: Sheet, order: Order) -> None:
    partner = order.partner
    sheet.text(297, 56, "Dunmore & Daughters", SERIF_BOLD, 22, "center", BROWN)
    sheet.text(297, 73, "J O I N E R Y", SERIF, 11, "center", BROWN)
    sheet.text(297, 92, f"{partner.address.street}, {partner.address.city}, Co. Galway "
               f"{partner.address.zip}  ·  {partner.phone}  ·  {partner.email}",
               SERIF, 8.5, "center")  # fmt: skip
    sheet.line(LEFT, 100, RIGHT, 100, 0.8, BROWN)


def _list(sheet: Sheet, order: Order, y: float) -> float:
    for x, title, align in ((96, "Qty", "right"), (110, "Item", "left"), (440, "each", "right"),
                            (RIGHT, "total", "right")):  # fmt: skip
        sheet.text(x, y, title, "Times-Italic", 11, align)
    y += 20
    for item in order.items:
        y = _row(sheet, y, item)
    sheet.text(440, y + 6, "Total", SERIF_BOLD, 11.5, "right")
    sheet.text(RIGHT, y + 6, f"€{HABIT.number(order.total)}", SERIF_BOLD, 11.5, "right")
    return y


def _row(sheet: Sheet, y: float, item: Item) -> float:
    sheet.text(96, y, HABIT.number(item.quantity, 0), SERIF, 11.5, "right")
    sheet.text(110, y, item.name, SERIF, 11.5)
    sheet.text(440, y, f"€{HABIT.number(item.price)}", SERIF, 11.5, "right")
    sheet.text(RIGHT, y, f"€{HABIT.number(item.amount)}", SERIF, 11.5, "right")
    return y + 19
