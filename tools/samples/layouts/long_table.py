"""An Irish order over several pages: repeated heads, sub-headings, sums carried forward."""

from __future__ import annotations

from decimal import Decimal

from ..catalogue import CATEGORIES, PRODUCTS
from ..order import Item, Order
from ..partners import OWN_EU
from ..sheet import HABITS, VERA, VERA_BOLD, Sheet

LEFT, RIGHT = 42, 553
TEAL, GREY = "#0b6e74", "#f0f3f3"
HABIT = HABITS["ie"]
# edge of the text, title, alignment
COLUMNS = (
    (58, "#", "right"),
    (70, "Part no.", "left"),
    (154, "Description", "left"),
    (420, "Qty", "right"),
    (430, "Unit", "left"),
    (492, "Price €", "right"),
    (549, "Value €", "right"),
)


def draw(order: Order) -> bytes:
    pages = _paginate(order)
    sheet = Sheet(f"Purchase Order {order.number}", order.partner.name)
    carried = Decimal(0)
    for number, rows in enumerate(pages, 1):
        if number > 1:
            sheet.turn()
        y = _first_head(sheet, order) if number == 1 else _next_head(sheet, order)
        sheet.text(RIGHT, 806, f"Page {number} of {len(pages)}", VERA, 6.5, "right", "#555555")
        y = _titles(sheet, y)
        if carried:
            y = _sum_row(sheet, y, "Brought forward", carried)
        for row in rows:
            y = _row(sheet, y, *row) if isinstance(row, tuple) else _heading(sheet, y, row)
            carried += row[1].amount if isinstance(row, tuple) else 0
        if number < len(pages):
            _sum_row(sheet, y, "Carried forward", carried)
        else:
            _end(sheet, order, y)
        _foot(sheet, order)
    return sheet.bytes()


def _paginate(order: Order) -> list[list]:
    """Rows by page: (number, item), or the title of a group."""
    rows: list = []
    group = ""
    for number, item in enumerate(order.items, 1):
        category = CATEGORIES[PRODUCTS[item.code].category]
        if category != group:
            rows.append(category)
            group = category
        rows.append((number, item))
    pages, room = [[]], 23
    for place, row in enumerate(rows):
        lone = isinstance(row, str) and room < 2
        if room == 0 or lone:
            pages.append([])
            room = 29
        pages[-1].append(rows[place])
        room -= 1
    return pages


def _first_head(sheet: Sheet, order: Order) -> float:
    partner = order.partner
    sheet.circle(64, 58, 20, fill=TEAL)
    sheet.polygon([(54, 66), (64, 44), (74, 66)], "#ffffff")
    sheet.circle(64, 61, 4, fill=TEAL)
    sheet.text(94, 56, "Ballyroe Facilities", VERA_BOLD, 15, color=TEAL)
    sheet.text(94, 69, "Maintenance · Cleaning · Site services", VERA, 7.5, color="#555555")
    sheet.text(RIGHT, 56, "Purchase Order", VERA_BOLD, 13, "right")
    sheet.text(RIGHT, 70, order.number, VERA, 10, "right")
    blocks = [
        ("Supplier", [OWN_EU.name, OWN_EU.street, f"{OWN_EU.zip} {OWN_EU.city}", "Netherlands"]),
        ("Deliver to", [order.ship_to.name, order.ship_to.street,
                        f"{order.ship_to.city} {order.ship_to.zip}", "Ireland"]),
        ("Invoice to", [partner.name, partner.address.street,
                        f"{partner.address.city} {partner.address.zip}", f"VAT {partner.vat}"]),
    ]  # fmt: skip
    for place, (title, lines) in enumerate(blocks):
        x = LEFT + place * 174
        sheet.text(x, 104, title, VERA_BOLD, 7.5, color=TEAL)
        sheet.line(x, 107, x + 160, 107, 0.6, TEAL)
        sheet.block(x, 119, lines, VERA, 7.8, 10.5, width=166)
    facts = [
        ("Order date", HABIT.date(order.day)),
        ("Our account no.", partner.ref),
        ("Buyer", partner.people[0].name),
        ("Payment", order.extra["terms"]),
        ("Required by", HABIT.date(order.due) if order.due else "as soon as possible"),
    ]
    sheet.box(LEFT, 168, RIGHT - LEFT, 28, fill=GREY, stroke="")
    for place, (label, value) in enumerate(facts):
        x = LEFT + 6 + place * 104
        sheet.text(x, 179, label, VERA, 6.3, color="#555555")
        sheet.text(x, 190, value, VERA, 8)
    return 212


def _next_head(sheet: Sheet, order: Order) -> float:
    sheet.text(LEFT, 50, "Ballyroe Facilities Ltd", VERA_BOLD, 9, color=TEAL)
    sheet.text(RIGHT, 50, f"Purchase Order {order.number} of {HABIT.date(order.day)}", VERA, 8,
               "right")  # fmt: skip
    return 66


def _titles(sheet: Sheet, y: float) -> float:
    sheet.box(LEFT, y, RIGHT - LEFT, 16, fill=TEAL, stroke="")
    for x, title, align in COLUMNS:
        sheet.text(x, y + 11, title, VERA_BOLD, 7, align, "#ffffff")
    return y + 29


def _heading(sheet: Sheet, y: float, title: str) -> float:
    sheet.text(LEFT + 4, y, title, VERA_BOLD, 7.6, color=TEAL)
    return y + 21.5


def _row(sheet: Sheet, y: float, number: int, item: Item) -> float:
    values = [
        str(number), item.code, item.name, HABIT.number(item.quantity, 0), item.unit,
        HABIT.number(item.price), HABIT.number(item.amount),
    ]  # fmt: skip
    for (x, _title, align), value in zip(COLUMNS, values, strict=True):
        sheet.text(x, y, value, VERA, 7.4, align)
    sheet.line(LEFT, y + 6.5, RIGHT, y + 6.5, 0.25, "#c9d2d2")
    return y + 21.5


def _sum_row(sheet: Sheet, y: float, label: str, amount: Decimal) -> float:
    sheet.text(492, y, label, VERA_BOLD, 7.4, "right")
    sheet.text(549, y, HABIT.number(amount), VERA_BOLD, 7.4, "right")
    sheet.line(LEFT, y + 6.5, RIGHT, y + 6.5, 0.6, TEAL)
    return y + 21.5


def _end(sheet: Sheet, order: Order, y: float) -> None:
    total = HABIT.number(order.total)
    rows = [("Total excl. VAT", total), ("VAT (reverse charge)", "0.00"), ("Order total €", total)]
    for place, (label, value) in enumerate(rows):
        sheet.text(492, y + place * 14, label, VERA_BOLD if place == 2 else VERA, 8, "right")
        sheet.text(549, y + place * 14, value, VERA_BOLD if place == 2 else VERA, 8, "right")
    sheet.block(LEFT, y, ["Delivery instructions", order.note], VERA, 7.6, 10.5, width=250)
    sheet.scribble(LEFT + 4, y + 72, order.partner.people[0].name)
    sheet.text(LEFT, y + 88, f"{order.partner.people[0].name}, Procurement Officer", VERA, 7.4)


def _foot(sheet: Sheet, order: Order) -> None:
    partner = order.partner
    sheet.line(LEFT, 784, RIGHT, 784, 0.5, TEAL)
    sheet.text(
        LEFT,
        795,
        f"{partner.name} · {partner.address.street}, {partner.address.city} "
        f"{partner.address.zip} · Tel {partner.phone}",
        VERA,
        6.5,
        color="#555555",
    )
    sheet.text(LEFT, 806, f"Registered in Ireland no. 990418 · VAT {partner.vat} · "
               f"{partner.email}", VERA, 6.5, color="#555555")  # fmt: skip
