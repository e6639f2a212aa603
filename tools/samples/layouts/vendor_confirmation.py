"""A German vendor confirms our order: prices per 100, a later date, one dearer item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from ..catalogue import PRODUCTS
from ..partners import OWN_EU, VENDORS, iban
from ..sheet import CENT, HABITS, SANS, SANS_BOLD, Sheet

LEFT, RIGHT = 62, 545
STEEL = "#3d4f5d"
HABIT = HABITS["de"]
NUMBER, OUR_ORDER, DAY = "AB-260774", "P04217", date(2026, 11, 17)
COLUMNS = (
    (62, "Pos", "left"),
    (88, "Artikelnr. / Bezeichnung", "left"),
    (300, "Ihre Artikelnr.", "left"),
    (412, "Menge", "right"),
    (420, "ME", "left"),
    (482, "Preis/100", "right"),
    (545, "Betrag EUR", "right"),
)


@dataclass(frozen=True)
class Line:
    """One confirmed line; ``per_100`` is the vendor's price of 100 pieces."""

    code: str
    name: str
    quantity: int
    per_100: Decimal
    due: date

    @property
    def amount(self) -> Decimal:
        return (self.quantity * self.per_100 / 100).quantize(CENT, ROUND_HALF_UP)


LINES = (
    Line("HB-M8X40-ZN", "6kt-Schraube DIN 933 M8x40 8.8 verzinkt", 5000, Decimal("12.00"),
         date(2028, 1, 10)),
    Line("HB-M8X45-ZN", "6kt-Schraube DIN 933 M8x45 8.8 verzinkt", 3000, Decimal("13.50"),
         date(2028, 1, 10)),
    Line("HN-M8-ZN", "6kt-Mutter DIN 934 M8 verzinkt", 10000, Decimal("3.00"),
         date(2028, 1, 31)),
)  # fmt: skip


def draw() -> bytes:
    vendor = VENDORS["steinhauer"]
    sheet = Sheet(f"Auftragsbestätigung {NUMBER}", vendor.name)
    _head(sheet)
    for x, title, align in COLUMNS:
        sheet.text(x, 320, title, SANS_BOLD, 8, align)
    sheet.line(LEFT, 325, RIGHT, 325, 0.8, STEEL)
    y = 341.0
    for number, line in enumerate(LINES, 1):
        y = _row(sheet, y, number, line)
    _end(sheet, y)
    return sheet.bytes()


def _head(sheet: Sheet) -> None:
    vendor = VENDORS["steinhauer"]
    sheet.polygon([(62, 40), (72, 34), (82, 40), (82, 52), (72, 58), (62, 52)], STEEL)
    sheet.circle(72, 46, 5, fill="#ffffff")
    sheet.text(90, 52, "STEINHAUER Schraubenwerke", SANS_BOLD, 15, color=STEEL)
    sheet.text(LEFT, 124, f"{vendor.name} · {vendor.address.street} · {vendor.address.zip} "
               f"{vendor.address.city}", size=6.5, color="#555555")  # fmt: skip
    sheet.block(LEFT, 142, [OWN_EU.name, OWN_EU.street, f"{OWN_EU.zip} {OWN_EU.city}",
                            "Niederlande"], size=10, leading=13)  # fmt: skip
    sheet.text(LEFT, 238, f"Auftragsbestätigung {NUMBER}", SANS_BOLD, 13)
    facts = [
        ("Datum", HABIT.date(DAY)), ("Ihre Bestellung", OUR_ORDER), ("Unser Zeichen", "RV"),
        ("Bearbeiterin", vendor.people[0].name), ("E-Mail", vendor.people[0].email),
        ("Ihre Kundennummer", "118204"),
    ]  # fmt: skip
    for place, (label, value) in enumerate(facts):
        sheet.text(350, 142 + place * 13, label, size=8.5, color="#555555")
        sheet.text(436, 142 + place * 13, value, size=8.5)
    sheet.block(LEFT, 262, [
        "Vielen Dank für Ihre Bestellung, die wir wie folgt bestätigen. Bitte beachten Sie den "
        "geänderten Preis in Position 2 und den Termin in Position 3.",
    ], size=9, leading=12, width=RIGHT - LEFT)  # fmt: skip


def _row(sheet: Sheet, y: float, number: int, line: Line) -> float:
    product = PRODUCTS[line.code]
    values = [
        str(number), product.vendor_code, line.code, HABIT.number(line.quantity, 0), "Stck",
        HABIT.number(line.per_100), HABIT.number(line.amount),
    ]  # fmt: skip
    for (x, _title, align), value in zip(COLUMNS, values, strict=True):
        sheet.text(x, y, value, SANS_BOLD if x == 88 else SANS, 8.8, align)
    sheet.text(88, y + 12, line.name, size=8.8)
    sheet.text(88, y + 23, f"Liefertermin {HABIT.date(line.due)}", size=7.8, color="#555555")
    sheet.line(LEFT, y + 29, RIGHT, y + 29, 0.25, "#bbbbbb")
    return y + 43


def _end(sheet: Sheet, y: float) -> None:
    vendor = VENDORS["steinhauer"]
    total = HABIT.number(sum((line.amount for line in LINES), Decimal(0)))
    sheet.text(482, y + 6, "Nettobetrag EUR", SANS_BOLD, 9, "right")
    sheet.text(RIGHT, y + 6, total, SANS_BOLD, 9, "right")
    sheet.block(LEFT, y + 36, [
        "Steuerfreie innergemeinschaftliche Lieferung.", "Lieferung: DAP Rotterdam",
        "Zahlung: 30 Tage netto", "", "Mit freundlichen Grüßen", vendor.name,
    ], size=9, leading=12.5)  # fmt: skip
    sheet.line(LEFT, 786, RIGHT, 786, 0.5, STEEL)
    sheet.text(303, 798, f"{vendor.name} · AG Hagen HRB 990188 · USt-IdNr. {vendor.vat} · IBAN "
               f"{iban('DE', '449999990018820400')} · {vendor.email}", size=6.8, align="center",
               color="#555555")  # fmt: skip
