"""An Italian order: rounded boxes, a grey head, rows parted by dotted space, our codes only."""

from __future__ import annotations

from ..order import Item, Order
from ..partners import OWN_EU, iban
from ..sheet import HABITS, VERA, VERA_BOLD, Sheet, fit

LEFT, RIGHT = 45, 550
ROSE, GREY = "#b3262e", "#ececec"
HABIT = HABITS["it"]
COLUMNS = (
    (52, "Codice articolo", "left"),
    (146, "Descrizione", "left"),
    (350, "U.M.", "left"),
    (414, "Quantità", "right"),
    (474, "Prezzo unit.", "right"),
    (543, "Importo", "right"),
)


def draw(order: Order) -> bytes:
    sheet = Sheet(f"Ordine a fornitore {order.number}", order.partner.name)
    _head(sheet, order)
    y = _table(sheet, order, 300)
    _totals(sheet, order, y)
    _foot(sheet, order)
    return sheet.bytes()


def _head(sheet: Sheet, order: Order) -> None:
    partner = order.partner
    sheet.circle(62, 56, 18, stroke=ROSE, weight=3)
    sheet.polygon([(62, 42), (72, 62), (52, 62)], ROSE)
    sheet.text(90, 54, "OFFICINE BELLAROSSA", VERA_BOLD, 14, color=ROSE)
    sheet.text(90, 67, f"S.r.l. - {partner.address.street} - {partner.address.zip} "
               f"{partner.address.city} (BS)", VERA, 7.4)  # fmt: skip
    sheet.text(90, 77, f"Tel. {partner.phone} - {partner.email} - P.IVA {partner.vat}", VERA, 7.4)
    sheet.rounded(LEFT, 98, 240, 88)
    sheet.text(LEFT + 8, 112, "Spett.le", VERA, 7.4, color="#666666")
    sheet.block(LEFT + 8, 126, [
        OWN_EU.name, OWN_EU.street, f"{OWN_EU.zip} {OWN_EU.city}", "PAESI BASSI",
    ], VERA, 9, 13)  # fmt: skip
    sheet.rounded(310, 98, 240, 88, GREY)
    sheet.text(318, 114, "ORDINE A FORNITORE", VERA_BOLD, 10.5)
    facts = [("Numero", order.number), ("Data", HABIT.date(order.day)),
             ("Ns. codice cliente", partner.ref), ("Rif.", partner.people[0].name)]  # fmt: skip
    for place, (label, value) in enumerate(facts):
        sheet.text(318, 131 + place * 14, label, VERA, 8)
        sheet.text(410, 131 + place * 14, value, VERA_BOLD if not place else VERA, 8.5)
    sheet.rounded(LEFT, 198, RIGHT - LEFT, 62)
    facts = [
        ("Destinazione merce", f"{partner.name}, {partner.address.street}, {partner.address.zip} "
         f"{partner.address.city} (BS)"),
        ("Pagamento", order.extra["terms"]),
        ("Resa", order.extra["incoterm"]),
        ("Consegna richiesta", HABIT.date(order.due) if order.due else "pronta"),
    ]  # fmt: skip
    for place, (label, value) in enumerate(facts):
        sheet.text(LEFT + 8, 212 + place * 13, label, VERA, 7.6, color="#666666")
        sheet.text(LEFT + 108, 212 + place * 13, value, VERA, 7.8)


def _table(sheet: Sheet, order: Order, y: float) -> float:
    sheet.rounded(LEFT, y - 26, RIGHT - LEFT, 20, GREY)
    for x, title, align in COLUMNS:
        sheet.text(x, y - 13, title, VERA_BOLD, 7.6, align)
    y += 10
    for item in order.items:
        y = _row(sheet, y, item)
    return y


def _row(sheet: Sheet, y: float, item: Item) -> float:
    values = [
        item.code, "", item.unit, HABIT.number(item.quantity, 0), HABIT.number(item.price),
        HABIT.number(item.amount),
    ]  # fmt: skip
    for (x, _title, align), value in zip(COLUMNS, values, strict=True):
        sheet.text(x, y, value, VERA, 8, align)
    return sheet.block(146, y, fit(item.name, 196, VERA, 8), VERA, 8, 10.5) + 10


def _totals(sheet: Sheet, order: Order, y: float) -> None:
    total = HABIT.number(order.total)
    sheet.rounded(310, y, 240, 58, GREY)
    rows = [("Totale imponibile", total), ("IVA non imp. art. 41 DL 331/93", "0,00"),
            ("Totale ordine EUR", total)]  # fmt: skip
    for place, (label, value) in enumerate(rows):
        font = VERA_BOLD if place == 2 else VERA
        sheet.text(318, y + 16 + place * 16, label, font, 8.2)
        sheet.text(543, y + 16 + place * 16, value, font, 8.2, "right")
    sheet.block(LEFT, y + 14, ["Note", order.note], VERA, 8, 11, width=240)
    sheet.text(360, y + 92, "Ufficio acquisti", VERA, 8)
    sheet.scribble(364, y + 120, order.partner.people[0].name)
    sheet.text(360, y + 138, order.partner.people[0].name, VERA, 8)


def _foot(sheet: Sheet, order: Order) -> None:
    vat = order.partner.vat
    sheet.line(LEFT, 786, RIGHT, 786, 0.5, "#888888")
    sheet.block(297, 797, [
        f"Officine Bellarossa S.r.l. - Cap. soc. 60.000 euro i.v. - P.IVA {vat} - "
        f"C.F. {vat[2:]} - REA BS-990524",
        f"Banca di Castel Mella - IBAN {iban('IT', 'X9999900001000012400522')}",
    ], VERA, 6.3, 9, align="center", color="#555555")  # fmt: skip
