"""A Spanish order on A4 across, with a full grid and both item codes."""

from __future__ import annotations

from ..order import Item, Order
from ..partners import OWN_EU, iban
from ..sheet import HABITS, SANS, SANS_BOLD, Sheet

LEFT, RIGHT = 40, 802
NAVY, SAND = "#20345c", "#f4efe4"
HABIT = HABITS["es"]
# left edge, right edge, title, alignment
COLUMNS = (
    (40, 76, "Pos.", "center"),
    (76, 156, "Código interno", "left"),
    (156, 260, "Ref. proveedor", "left"),
    (260, 496, "Descripción", "left"),
    (496, 552, "Cantidad", "right"),
    (552, 590, "Ud.", "center"),
    (590, 662, "Precio EUR", "right"),
    (662, 734, "Importe EUR", "right"),
    (734, 802, "Entrega", "center"),
)


def draw(order: Order) -> bytes:
    sheet = Sheet(f"Pedido de compra {order.number}", order.partner.name, "A4 landscape")
    _head(sheet, order)
    y = _table(sheet, order, 206)
    _totals(sheet, order, y)
    _foot(sheet, order)
    return sheet.bytes()


def _head(sheet: Sheet, order: Order) -> None:
    partner = order.partner
    for place in range(4):
        sheet.circle(62, 58, 20 - place * 5, fill=(NAVY, "#ffffff")[place % 2])
    sheet.text(94, 56, "Talleres Ibarrola S.L.", SANS_BOLD, 16, color=NAVY)
    sheet.text(94, 69, "Mecanizado y calderería", size=8.5, color="#555555")
    sheet.text(RIGHT, 54, "PEDIDO DE COMPRA", SANS_BOLD, 16, "right", NAVY)
    sheet.text(RIGHT, 70, f"N.º {order.number}", SANS_BOLD, 11, "right")
    blocks = [
        ("Comprador", [
            f"{partner.address.street}, {partner.address.zip} {partner.address.city}",
            f"CIF/NIF-IVA: {partner.vat}", f"Tel. {partner.phone}", partner.email,
        ]),
        ("Proveedor", [
            OWN_EU.name, OWN_EU.street, f"{OWN_EU.zip} {OWN_EU.city} (Países Bajos)",
            f"N.º de cliente: {partner.ref}",
        ]),
        ("Datos del pedido", [
            f"Fecha: {HABIT.date(order.day)}", f"Solicitado por: {partner.people[0].name}",
            f"Forma de pago: {order.extra['terms']}", "Portes: pagados",
        ]),
    ]  # fmt: skip
    for place, (title, lines) in enumerate(blocks):
        x = LEFT + place * 258
        sheet.box(x, 92, 246, 92, fill=SAND, stroke="")
        sheet.text(x + 8, 107, title, SANS_BOLD, 9, color=NAVY)
        sheet.block(x + 8, 124, lines, size=9, leading=14)


def _cell(sheet: Sheet, column: tuple, y: float, value: str, font: str, color: str) -> None:
    left, right, _title, align = column
    at = {"left": left + 5, "right": right - 5, "center": (left + right) / 2}[align]
    sheet.text(at, y, value, font, 8.6, align, color)


def _table(sheet: Sheet, order: Order, y: float) -> float:
    for column in COLUMNS:
        sheet.box(column[0], y, column[1] - column[0], 20, fill=NAVY, stroke=NAVY)
        _cell(sheet, column, y + 13, column[2], SANS_BOLD, "#ffffff")
    y += 20
    for number, item in enumerate(order.items, 1):
        y = _row(sheet, y, number, item)
    return y


def _row(sheet: Sheet, y: float, number: int, item: Item) -> float:
    values = [
        str(number), item.theirs, item.code, item.name, HABIT.number(item.quantity, 0), item.unit,
        HABIT.number(item.price), HABIT.number(item.amount),
        HABIT.date(item.due) if item.due else "",
    ]  # fmt: skip
    for column, value in zip(COLUMNS, values, strict=True):
        sheet.box(column[0], y, column[1] - column[0], 22, stroke="#8893aa", weight=0.4)
        _cell(sheet, column, y + 14.5, value, SANS, "#111111")
    return y + 22


def _totals(sheet: Sheet, order: Order, y: float) -> None:
    total = HABIT.number(order.total)
    rows = [("Base imponible", total), ("IVA 0 % (intracom.)", "0,00"), ("TOTAL PEDIDO EUR", total)]
    for place, (label, value) in enumerate(rows):
        font = SANS_BOLD if place == 2 else SANS
        fill = SAND if place == 2 else ""
        sheet.box(552, y + 8 + place * 20, 110, 20, fill=fill, stroke="#8893aa", weight=0.4)
        sheet.box(662, y + 8 + place * 20, 72, 20, fill=fill, stroke="#8893aa", weight=0.4)
        sheet.text(557, y + 21.5 + place * 20, label, font, 8.6)
        sheet.text(729, y + 21.5 + place * 20, value, font, 8.6, "right")
    sheet.text(LEFT, y + 22, "Observaciones", SANS_BOLD, 8.6, color=NAVY)
    sheet.block(LEFT, y + 36, [order.note], size=8.6, leading=12, width=420)
    sheet.scribble(LEFT + 6, y + 104, order.partner.people[0].name)
    sheet.text(LEFT, y + 120, f"{order.partner.people[0].name} · {order.partner.people[0].function}",
               size=8.6)  # fmt: skip


def _foot(sheet: Sheet, order: Order) -> None:
    sheet.line(LEFT, 552, RIGHT, 552, 0.8, NAVY)
    sheet.text(
        421,
        564,
        f"Talleres Ibarrola S.L. · Inscrita en el Registro Mercantil de Navarra, "
        f"tomo 9904, folio 18 · NIF {order.partner.vat[2:]} · IBAN "
        f"{iban('ES', '99990001380200441872')}",
        size=7,
        align="center",
        color="#555555",
    )
