"""A German ERP printout: every item over two rows, prices per 100, typewriter type."""

from __future__ import annotations

from decimal import Decimal

from ..order import Item, Order
from ..partners import OWN_EU, iban
from ..sheet import HABITS, MONO, SANS, SANS_BOLD, Sheet

LEFT, RIGHT = 57, 550
RED = "#9c1c1f"
BOLD = "Courier-Bold"
HABIT = HABITS["de"]
RULE = "_" * 82


def draw(order: Order) -> bytes:
    sheet = Sheet(f"Bestellung {order.number}", order.partner.name)
    _head(sheet, order)
    y = _titles(sheet, 362)
    for number, item in enumerate(order.items, 1):
        y = _item(sheet, y, number, item)
    _total(sheet, order, y)
    _foot(sheet, order)
    return sheet.bytes()


def _head(sheet: Sheet, order: Order) -> None:
    partner = order.partner
    for place in range(3):
        x = LEFT + place * 13
        sheet.polygon([(x, 36), (x + 8, 36), (x + 20, 62), (x + 12, 62)], RED)
    sheet.text(LEFT + 54, 54, "KESTERMANN", SANS_BOLD, 19, color="#222222")
    sheet.text(LEFT + 55, 65, "A N L A G E N T E C H N I K", SANS, 7.5, color=RED)
    sheet.text(RIGHT, 54, "Bestellung", SANS_BOLD, 16, "right")
    sheet.text(
        LEFT,
        112,
        f"{partner.name} * {partner.address.street} * {partner.address.zip} {partner.address.city}",
        SANS,
        6.2,
        color="#444444",
    )
    sheet.block(LEFT, 130, [
        "Firma", OWN_EU.name, OWN_EU.street, f"NL-{OWN_EU.zip} {OWN_EU.city}",
    ], MONO, 9.5, 12)  # fmt: skip
    info = [
        ("Bestellnummer/Datum", f"{order.number} / {HABIT.date(order.day)}"),
        ("Ansprechpartner", order.partner.people[0].name),
        ("E-Mail", order.partner.people[0].email),
        ("Telefon", "+49 69 90009 318"),
        ("Ihre Lieferantennummer bei uns", "0000204417"),
        ("Unsere Kundennummer bei Ihnen", order.partner.ref),
    ]
    sheet.box(322, 100, RIGHT - 322, 132, stroke="#888888")
    for place, (label, value) in enumerate(info):
        sheet.text(328, 110 + place * 21, label, SANS, 6.5, color="#555555")
        sheet.text(328, 119.5 + place * 21, value, MONO, 9)
    ship = order.ship_to
    sheet.block(LEFT, 252, [
        "Bitte liefern Sie an:",
        f"  {ship.name}",
        f"  {ship.street}, D-{ship.zip} {ship.city}",
        "",
        f"Liefertermin:  Tag {HABIT.date(order.due)}" if order.due else "",
        f"Lieferbed.:    {order.extra['incoterm']}",
        f"Zahlungsbed.:  {order.extra['terms']}",
        "Währung:       EUR",
    ], MONO, 9, 11.5)  # fmt: skip


def _titles(sheet: Sheet, y: float) -> float:
    sheet.text(LEFT, y - 12, RULE, MONO, 10, color="#333333")
    sheet.text(LEFT, y, "Pos.", BOLD, 9)
    sheet.text(102, y, "Material", BOLD, 9)
    sheet.text(190, y, "Bezeichnung", BOLD, 9)
    sheet.text(188, y + 12, "Bestellmenge", BOLD, 9, "right")
    sheet.text(198, y + 12, "Einh.", BOLD, 9)
    sheet.text(406, y + 12, "Preis pro Einheit", BOLD, 9, "right")
    sheet.text(RIGHT, y + 12, "Nettowert", BOLD, 9, "right")
    sheet.text(LEFT, y + 15, RULE, MONO, 10, color="#333333")
    return y + 32


def _item(sheet: Sheet, y: float, number: int, item: Item) -> float:
    sheet.text(LEFT, y, f"{number * 10:05d}", MONO, 9)
    sheet.text(102, y, item.theirs, MONO, 9)
    sheet.text(190, y, item.name, MONO, 9)
    per = f"{HABIT.number(item.price * Decimal(100))} EUR / 100 {item.unit}"
    sheet.text(188, y + 12, HABIT.number(item.quantity, 0), MONO, 9, "right")
    sheet.text(198, y + 12, item.unit, MONO, 9)
    sheet.text(406, y + 12, per, MONO, 9, "right")
    sheet.text(RIGHT, y + 12, HABIT.number(item.amount), MONO, 9, "right")
    return y + 31


def _total(sheet: Sheet, order: Order, y: float) -> None:
    sheet.text(LEFT, y - 14, RULE, MONO, 10, color="#333333")
    sheet.text(190, y + 2, "Gesamtnettowert ohne MwSt    EUR", BOLD, 9)
    sheet.text(RIGHT, y + 2, HABIT.number(order.total), BOLD, 9, "right")
    sheet.text(LEFT, y + 6, RULE, MONO, 10, color="#333333")
    sheet.block(LEFT, y + 32, [order.note], MONO, 8.5, 11, width=RIGHT - LEFT)
    sheet.text(
        LEFT,
        742,
        "Diese Bestellung wurde maschinell erstellt und ist ohne Unterschrift gültig.",
        SANS,
        7.5,
    )


def _foot(sheet: Sheet, order: Order) -> None:
    partner = order.partner
    sheet.line(LEFT, 758, RIGHT, 758, 1.2, RED)
    columns = [
        ["Kestermann Anlagentechnik", "GmbH & Co. KG", partner.address.street,
         f"{partner.address.zip} {partner.address.city}"],
        ["Sitz Mainz, AG Mainz HRA 99208", "phG: Kestermann Verwaltungs-GmbH",
         "AG Mainz HRB 99411", "Geschäftsführer: Uta Kestermann"],
        ["Tel. " + partner.phone, partner.email, "www.kestermann.example",
         "USt-IdNr. " + partner.vat],
        ["Rheinhessische Landesbank", "IBAN " + iban("DE", "559999990081200417"),
         "BIC RHLBDE99XXX"],
    ]  # fmt: skip
    for place, column in enumerate(columns):
        x = (LEFT, 160, 292, 412)[place]
        sheet.block(x, 768, column, SANS, 6.2, 8, color="#444444")
