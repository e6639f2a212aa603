"""A purchase order as US systems print it: boxes, rules and a bordered table. US Letter."""

from __future__ import annotations

from ..order import Item, Order
from ..partners import OWN, Address
from ..sheet import HABITS, SANS_BOLD, SANS_ITALIC, Sheet, fit

LEFT, RIGHT = 40, 572
GREEN, PALE = "#1f5a3c", "#e6efe9"
# left edge, right edge, title, alignment
COLUMNS = (
    (40, 64, "LN", "center"),
    (64, 124, "OUR ITEM NO.", "left"),
    (124, 204, "VENDOR PART NO.", "left"),
    (204, 390, "DESCRIPTION", "left"),
    (390, 432, "QTY", "right"),
    (432, 462, "U/M", "center"),
    (462, 514, "UNIT PRICE", "right"),
    (514, 572, "AMOUNT", "right"),
)


def draw(order: Order) -> bytes:
    sheet = Sheet(f"Purchase Order {order.number}", order.partner.name, "letter")
    _head(sheet, order)
    bottom = _table(sheet, order)
    _foot(sheet, order, bottom)
    return sheet.bytes()


def _logo(sheet: Sheet, x: float, y: float) -> None:
    for place, half in enumerate((9, 13, 17)):
        top = y + place * 10
        sheet.polygon([(x, top), (x - half, top + 17), (x + half, top + 17)], GREEN)
    sheet.box(x - 2.5, y + 37, 5, 7, fill="#7a5230", stroke="")


def _head(sheet: Sheet, order: Order) -> None:
    partner, habit = order.partner, HABITS["us"]
    _logo(sheet, 60, 36)
    sheet.text(88, 56, "PINECREST", SANS_BOLD, 20, color=GREEN)
    sheet.text(88, 70, "FABRICATION INC.", SANS_BOLD, 9.5, color="#444444")
    address = partner.address
    sheet.block(88, 84, [
        f"{address.street}  |  {address.city}, {address.state} {address.zip}",
        f"Tel {partner.phone}  |  {partner.email}",
    ], size=7.5, color="#555555")  # fmt: skip
    sheet.text(RIGHT, 56, "PURCHASE ORDER", SANS_BOLD, 17, "right")
    labels = [("P.O. Number", order.number), ("Date", habit.date(order.day)), ("Page", "1 of 1")]
    for place, (label, value) in enumerate(labels):
        y = 64 + place * 15
        sheet.box(412, y, 70, 15, fill=PALE)
        sheet.box(482, y, 90, 15)
        sheet.text(416, y + 10.5, label, size=8)
        sheet.text(486, y + 10.5, value, SANS_BOLD, 9)
    _party(sheet, LEFT, "VENDOR", OWN, ["Attn: Order desk", "Our account with you: " + partner.ref])
    _party(sheet, 220, "SHIP TO", order.ship_to, ["Attn: Receiving, dock 3"])
    _party(sheet, 400, "BILL TO", address, ["Attn: Accounts Payable"])
    _terms(sheet, order)


def _party(sheet: Sheet, x: float, title: str, address: Address, more: list[str]) -> None:
    width = 172
    sheet.box(x, 124, width, 14, fill=GREEN, stroke=GREEN)
    sheet.text(x + 5, 134, title, SANS_BOLD, 8, color="#ffffff")
    sheet.box(x, 138, width, 64)
    lines = [address.name, address.street, f"{address.city}, {address.state} {address.zip}", *more]
    sheet.block(x + 5, 150, lines, size=8.5, leading=11.5, width=width - 8)


def _terms(sheet: Sheet, order: Order) -> None:
    habit = HABITS["us"]
    cells = [
        ("BUYER", order.partner.people[0].name, 110),
        ("TERMS", order.extra["terms"], 84),
        ("SHIP VIA", order.extra["via"], 112),
        ("F.O.B.", order.extra["fob"], 84),
        ("DATE REQUIRED", habit.date(order.due) if order.due else "", 142),
    ]
    x = LEFT
    for title, value, width in cells:
        sheet.box(x, 212, width, 13, fill=PALE)
        sheet.box(x, 225, width, 16)
        sheet.text(x + 4, 221.5, title, SANS_BOLD, 7, color="#333333")
        sheet.text(x + 4, 236, value, size=8.5)
        x += width


def _table(sheet: Sheet, order: Order) -> float:
    top = 254
    for left, right, title, align in COLUMNS:
        sheet.box(left, top, right - left, 18, fill=GREEN, stroke="#ffffff")
        at = {"left": left + 4, "right": right - 4, "center": (left + right) / 2}[align]
        sheet.text(at, top + 12, title, SANS_BOLD, 6.8, align, "#ffffff")
    y = top + 18
    for number, item in enumerate(order.items, 1):
        y = _row(sheet, y, number, item)
    floor = max(y, 520)
    for left, right, *_rest in COLUMNS:
        sheet.box(left, top + 18, right - left, floor - top - 18, stroke="#777777")
    return floor


def _row(sheet: Sheet, y: float, number: int, item: Item) -> float:
    habit = HABITS["us"]
    wrapped = fit(item.name, 178, size=8.5)
    height = 8 + 11 * len(wrapped)
    values = [
        str(number), item.theirs, item.code, "", habit.number(item.quantity, 0), item.unit,
        habit.number(item.price), habit.number(item.amount),
    ]  # fmt: skip
    for (left, right, _title, align), value in zip(COLUMNS, values, strict=True):
        at = {"left": left + 4, "right": right - 4, "center": (left + right) / 2}[align]
        sheet.text(at, y + 12, value, size=8.5, align=align)
    sheet.block(208, y + 12, wrapped, size=8.5, leading=11)
    sheet.line(LEFT, y + height, RIGHT, y + height, 0.3, "#bbbbbb")
    return y + height


def _foot(sheet: Sheet, order: Order, y: float) -> None:
    habit = HABITS["us"]
    rows = [
        ("Subtotal", habit.number(order.total)),
        ("Sales tax (resale, exempt)", "0.00"),
        ("TOTAL USD", "$" + habit.number(order.total)),
    ]
    for place, (label, value) in enumerate(rows):
        last = place == 2
        sheet.box(390, y + place * 17, 124, 17, fill=PALE if last else "")
        sheet.box(514, y + place * 17, 58, 17, fill=PALE if last else "")
        font = SANS_BOLD if last else "Helvetica"
        sheet.text(396, y + place * 17 + 11.5, label, font, 8.5)
        sheet.text(568, y + place * 17 + 11.5, value, font, 8.5, "right")
    sheet.text(LEFT, y + 14, "Notes", SANS_BOLD, 8)
    sheet.block(LEFT, y + 26, [order.note], size=8, width=330)
    sheet.scribble(60, 676, order.partner.people[0].name)
    sheet.line(LEFT, 684, 240, 684, 0.6)
    sheet.text(LEFT, 694, f"Authorized by {order.partner.people[0].name}", size=7.5)
    sheet.line(LEFT, 724, RIGHT, 724, 0.8, GREEN)
    sheet.block(LEFT, 735, [
        "This order is subject to Pinecrest Fabrication's standard terms of purchase, rev. 2025-03. "
        "Show the P.O. number on all packages, packing slips and invoices.",
        "No substitutions or back orders without the buyer's written consent.",
    ], SANS_ITALIC, 7, color="#555555", width=RIGHT - LEFT)  # fmt: skip
