"""A US vendor quotes: price breaks by quantity, valid until a date."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ..catalogue import PRODUCTS
from ..partners import OWN, VENDORS
from ..sheet import HABITS, VERA, VERA_BOLD, Sheet

LEFT, RIGHT = 44, 568
GOLD, INK = "#c98a12", "#1d2733"
HABIT = HABITS["us"]
NUMBER, DAY, VALID = "Q-30518", date(2026, 11, 18), date(2028, 3, 31)
# our code, quantity, factor on the usual price
LINES = (
    ("CD-125-10", 500, "1.00"),
    ("CD-125-10", 2000, "0.90"),
    ("SG-CLEAR", 200, "1.00"),
    ("HH-YEL", 60, "1.00"),
    ("LED-6060", 40, "0.96"),
)
COLUMNS = (
    (50, "Part number", "left"),
    (126, "Description", "left"),
    (352, "Min. qty", "right"),
    (362, "Unit", "left"),
    (452, "Unit price", "right"),
    (562, "Extended", "right"),
)


def price(code: str, factor: str) -> Decimal:
    return (PRODUCTS[code].vendor_price * Decimal(factor)).quantize(Decimal("0.01"))


def draw() -> bytes:
    vendor = VENDORS["cascadia"]
    sheet = Sheet(f"Quotation {NUMBER}", vendor.name, "letter")
    sheet.box(0, 0, sheet.width, 8, fill=GOLD, stroke="")
    sheet.polygon([(44, 66), (62, 34), (72, 52), (80, 42), (96, 66)], INK)
    sheet.text(106, 52, "Cascadia Tool & Safety", VERA_BOLD, 15, color=INK)
    sheet.text(106, 65, f"{vendor.address.street}, {vendor.address.city}, WA "
               f"{vendor.address.zip}  {vendor.phone}", VERA, 7.5)  # fmt: skip
    sheet.text(RIGHT, 52, "QUOTATION", VERA_BOLD, 15, "right", GOLD)
    facts = [
        ("Quote no.", NUMBER), ("Date", HABIT.date(DAY)), ("Valid until", HABIT.date(VALID)),
        ("Prepared by", vendor.people[0].name), ("Your inquiry", "RFQ of 11/16/2026"),
        ("Terms", "Net 30"),
    ]  # fmt: skip
    sheet.text(LEFT, 100, "Quoted to", VERA_BOLD, 8, color=GOLD)
    sheet.block(LEFT, 113, [OWN.name, OWN.street, f"{OWN.city}, {OWN.state} {OWN.zip}",
                            "Attn: Purchasing"], VERA, 9, 12.5)  # fmt: skip
    for place, (label, value) in enumerate(facts):
        sheet.text(370, 100 + place * 13, label, VERA, 8, color="#666666")
        sheet.text(450, 100 + place * 13, value, VERA, 8.5)
    y = _table(sheet, 200)
    sheet.block(LEFT, y + 24, [
        "Prices in US dollars, FOB Seattle, freight collect. Stock items ship within 5 business "
        "days. Price breaks are per line and shipment; this is not an invoice.",
        "", f"Questions? Write to {vendor.people[0].email}.",
    ], VERA, 8.2, 11.5, width=RIGHT - LEFT)  # fmt: skip
    sheet.text(306, 760, "Cascadia Tool & Safety Corp. · All sales subject to our standard terms",
               VERA, 7, "center", "#666666")  # fmt: skip
    return sheet.bytes()


def _table(sheet: Sheet, y: float) -> float:
    sheet.line(LEFT, y, RIGHT, y, 1.2, GOLD)
    for x, title, align in COLUMNS:
        sheet.text(x, y + 13, title, VERA_BOLD, 7.8, align)
    sheet.line(LEFT, y + 19, RIGHT, y + 19, 0.5, GOLD)
    y += 34
    for code, quantity, factor in LINES:
        product, each = PRODUCTS[code], price(code, factor)
        values = [
            product.vendor_code, product.name, HABIT.number(quantity, 0), "ea",
            "$" + HABIT.number(each), "$" + HABIT.number(each * quantity),
        ]  # fmt: skip
        for (x, _title, align), value in zip(COLUMNS, values, strict=True):
            sheet.text(x, y, value, VERA, 8.2, align)
        sheet.text(126, y + 10.5, f"Your part no. {code}", VERA, 7, color="#666666")
        y += 28
    sheet.line(LEFT, y - 10, RIGHT, y - 10, 0.5, GOLD)
    return y
