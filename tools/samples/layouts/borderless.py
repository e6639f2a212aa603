"""A Belgian order without a single rule in its table; items are named by GTIN only."""

from __future__ import annotations

from ..order import Item, Order
from ..partners import OWN_EU, iban
from ..sheet import HABITS, SANS, SANS_BOLD, Sheet

LEFT, RIGHT = 96, 551
ORANGE, INK = "#d9571e", "#2b2b33"
HABIT = HABITS["nl"]
COLUMNS = (
    (96, "EAN-code", "left"),
    (178, "Omschrijving", "left"),
    (408, "Aantal", "right"),
    (416, "Eenh.", "left"),
    (484, "Stukprijs", "right"),
    (551, "Bedrag", "right"),
)


def draw(order: Order) -> bytes:
    sheet = Sheet(f"Bestelbon {order.number}", order.partner.name)
    _head(sheet, order)
    y = _table(sheet, order, 300)
    _totals(sheet, order, y + 10)
    _foot(sheet, order)
    return sheet.bytes()


def _head(sheet: Sheet, order: Order) -> None:
    partner = order.partner
    sheet.box(0, 0, 62, sheet.height, fill="#faf1ec", stroke="")
    for place, height in enumerate((34, 52, 24)):
        sheet.box(16 + place * 11, 84 - height, 9, height, fill=ORANGE, stroke="")
    sheet.text(LEFT, 62, "verhaegen", SANS_BOLD, 24, color=INK)
    sheet.text(LEFT, 76, "bouwservice", SANS, 11, color=ORANGE)
    sheet.block(RIGHT, 50, [
        partner.address.street, f"{partner.address.zip} {partner.address.city}", "België",
        partner.phone, partner.email,
    ], size=7.8, leading=10.5, align="right", color="#555555")  # fmt: skip
    sheet.text(LEFT, 134, "Bestelbon", SANS_BOLD, 20, color=INK)
    facts = [
        ("Bestelnummer", order.number),
        ("Datum", HABIT.date(order.day)),
        ("Klantnummer", partner.ref),
        ("Besteld door", partner.people[0].name),
        ("Levering gewenst", HABIT.date(order.due) if order.due else ""),
    ]
    for place, (label, value) in enumerate(facts):
        sheet.text(LEFT, 156 + place * 13, label, size=8.5, color="#777777")
        sheet.text(LEFT + 82, 156 + place * 13, value, SANS_BOLD if not place else SANS, 8.5)
    for x, title, address in ((310, "Leverancier", OWN_EU), (432, "Leveradres", order.ship_to)):
        sheet.text(x, 156, title, size=8.5, color="#777777")
        name = address.name.split(", ")
        sheet.block(x, 169, [*name, address.street, f"{address.zip} {address.city}"], size=8.5,
                    leading=12)  # fmt: skip


def _table(sheet: Sheet, order: Order, y: float) -> float:
    sheet.text(LEFT, y - 38, "Gelieve te leveren:", size=9.5)
    for x, title, align in COLUMNS:
        sheet.text(x, y - 12, title, size=8, align=align, color=ORANGE)
    y += 8
    for item in order.items:
        y = _row(sheet, y, item)
    return y


def _row(sheet: Sheet, y: float, item: Item) -> float:
    values = [
        item.barcode, item.name, HABIT.number(item.quantity, 0), item.unit,
        HABIT.number(item.price), HABIT.number(item.amount),
    ]  # fmt: skip
    for (x, _title, align), value in zip(COLUMNS, values, strict=True):
        sheet.text(x, y, value, size=8.8, align=align, color=INK)
    return y + 19


def _totals(sheet: Sheet, order: Order, y: float) -> None:
    total = "€ " + HABIT.number(order.total)
    rows = [("Totaal excl. btw", total), ("Btw verlegd", "€ 0,00"), ("Totaal te betalen", total)]
    for place, (label, value) in enumerate(rows):
        font = SANS_BOLD if place == 2 else SANS
        sheet.text(484, y + place * 15, label, font, 9, "right", INK)
        sheet.text(551, y + place * 15, value, font, 9, "right", INK)
    sheet.block(LEFT, y + 74, [order.note, "", "Met vriendelijke groeten,", ""], size=9,
                leading=12.5, width=400)  # fmt: skip
    person = order.partner.people[0]
    sheet.scribble(LEFT, y + 152, person.name, INK)
    sheet.block(LEFT, y + 168, [person.name, person.function], size=9)


def _foot(sheet: Sheet, order: Order) -> None:
    partner = order.partner
    sheet.block(LEFT, 800, [
        f"{partner.name}   btw {partner.vat[:2]} {partner.vat[2:6]}.{partner.vat[6:9]}."
        f"{partner.vat[9:]}   RPR Gent   IBAN {iban('BE', '999000418267')}",
        "Op deze bestelling zijn onze aankoopvoorwaarden van toepassing.",
    ], size=7, leading=9.5, color="#777777")  # fmt: skip
