"""A German business letter after DIN 5008 form B with a table under light rules."""

from __future__ import annotations

from ..order import Item, Order
from ..partners import OWN_EU, iban
from ..sheet import HABITS, SANS, SANS_BOLD, Sheet, fit

LEFT, RIGHT = 71, 541
BLUE = "#14477a"
HABIT = HABITS["de"]
FLOOR = 716


def draw(order: Order) -> bytes:
    sheet = Sheet(f"Bestellung {order.number}", order.partner.name)
    _head(sheet, order)
    y = _titles(sheet, _opening(sheet, order))
    for number, item in enumerate(order.items, 1):
        y = _row(sheet, y, number, item)
    y = _sum(sheet, order, y)
    _closing(sheet, order, y)
    _foot(sheet, order)
    return sheet.bytes()


def _head(sheet: Sheet, order: Order) -> None:
    sheet.circle(487, 52, 17, stroke=BLUE, weight=5)
    for shift in (0, 8, 16):
        sheet.box(508 + shift, 38 + shift / 2, 5, 28 - shift, fill=BLUE, stroke="")
    sheet.text(466, 52, "AHRENHOLT", SANS_BOLD, 17, "right", BLUE)
    sheet.text(466, 66, "Maschinenbau", SANS, 10.5, "right", "#555555")
    address = order.partner.address
    sheet.text(
        LEFT, 138, f"{address.name} · {address.street} · {address.zip} {address.city}",
        size=6.5, color="#444444",
    )  # fmt: skip
    sheet.line(LEFT, 140.5, 300, 140.5, 0.3)
    sheet.block(
        LEFT, 160, [OWN_EU.name, OWN_EU.street, f"{OWN_EU.zip} {OWN_EU.city}", "NIEDERLANDE"],
        size=10, leading=13,
    )  # fmt: skip
    person = order.partner.people[0]
    info = [
        ("Bestellnummer", order.number),
        ("Bestelldatum", HABIT.date(order.day)),
        ("Ansprechpartner/in", person.name),
        ("Telefon", person.phone),
        ("E-Mail", person.email),
        ("Unsere Kunden-Nr.", order.partner.ref),
    ]
    for place, (label, value) in enumerate(info):
        y = 148 + place * 13
        sheet.text(340, y, label, size=8, color="#555555")
        sheet.text(424, y, value, SANS_BOLD if place == 0 else SANS, 8.5)
    for y in (298, 595):
        sheet.line(14, y, 24, y, 0.3, "#999999")


def _opening(sheet: Sheet, order: Order) -> float:
    sheet.text(LEFT, 268, f"Bestellung Nr. {order.number}", SANS_BOLD, 12)
    y = sheet.block(
        LEFT, 290, ["Sehr geehrte Damen und Herren,", "", order.extra["opening"]],
        size=9, leading=11.5, width=RIGHT - LEFT,
    )  # fmt: skip
    return y + 4


# left or right edge of the text, title, alignment
COLUMNS = (
    (71, "Pos.", "left"),
    (98, "Unsere Art.-Nr.", "left"),
    (166, "Ihre Art.-Nr.", "left"),
    (243, "Bezeichnung", "left"),
    (414, "Menge", "right"),
    (422, "ME", "left"),
    (482, "Preis EUR", "right"),
    (541, "Gesamt EUR", "right"),
)


def _titles(sheet: Sheet, y: float) -> float:
    for x, title, align in COLUMNS:
        sheet.text(x, y, title, SANS_BOLD, 8, align)
    sheet.line(LEFT, y + 4.5, RIGHT, y + 4.5, 0.8, BLUE)
    return y + 17


def _row(sheet: Sheet, y: float, number: int, item: Item) -> float:
    values = [
        f"{number * 10}", item.theirs, item.code, "", HABIT.number(item.quantity, 0), item.unit,
        HABIT.number(item.price), HABIT.number(item.amount),
    ]  # fmt: skip
    for (x, _title, align), value in zip(COLUMNS, values, strict=True):
        sheet.text(x, y, value, size=8.5, align=align)
    y = sheet.block(243, y, fit(item.name, 142, size=8.5), size=8.5, leading=10.5)
    if item.due:
        sheet.text(243, y, f"Liefertermin: {HABIT.date(item.due)}", size=7.8, color="#444444")
        y += 11
    sheet.line(LEFT, y - 5, RIGHT, y - 5, 0.25, "#bbbbbb")
    return y + 7


def _sum(sheet: Sheet, order: Order, y: float) -> float:
    sheet.line(LEFT, y - 9, RIGHT, y - 9, 0.8, BLUE)
    sheet.text(370, y + 5, "Nettosumme EUR", SANS_BOLD, 9)
    sheet.text(RIGHT, y + 5, HABIT.number(order.total), SANS_BOLD, 9, "right")
    sheet.text(370, y + 17, "Steuerfreie innergemeinschaftliche Lieferung", size=7, color="#444444")
    return y + 33


def _closing(sheet: Sheet, order: Order, y: float) -> None:
    ship = order.ship_to
    lines = [
        f"Lieferanschrift: {ship.name}, {ship.street}, {ship.zip} {ship.city}",
        f"Zahlungsbedingung: {order.extra['terms']}",
        f"Lieferbedingung: {order.extra['incoterm']}",
    ]
    y = sheet.block(LEFT, y, lines, size=8.5, leading=11, width=RIGHT - LEFT)
    y = sheet.block(LEFT, y + 6, [order.note], size=8.5, leading=11, width=RIGHT - LEFT)
    sheet.text(LEFT, y + 8, "Mit freundlichen Grüßen", size=8.5)
    person = order.partner.people[0]
    sheet.scribble(LEFT + 4, y + 32, person.name)
    sheet.text(LEFT, y + 46, f"i. A. {person.name}, {person.function}", size=8.5)


def _foot(sheet: Sheet, order: Order) -> None:
    partner = order.partner
    sheet.line(LEFT, 768, RIGHT, 768, 0.4, BLUE)
    columns = [
        [partner.name, partner.address.street, f"{partner.address.zip} {partner.address.city}"],
        [f"Telefon {partner.phone}", partner.email, "www.ahrenholt.example"],
        ["Geschäftsführer: Dr. Karl Ahrenholt", "Amtsgericht Bielefeld HRB 990417",
         f"USt-IdNr. {partner.vat}"],
        ["Volksbank Teutoburg eG", "IBAN " + iban("DE", "480999990417002600"), "BIC TEUTDE99XXX"],
    ]  # fmt: skip
    for place, column in enumerate(columns):
        sheet.block(LEFT + place * 122, 779, column, size=6.5, leading=8.5, color="#444444")
