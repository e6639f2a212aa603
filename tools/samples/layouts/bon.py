"""A French order form: serif type, striped rows, a discount column, a delivery address apart."""

from __future__ import annotations

from ..order import Item, Order
from ..partners import OWN_EU, iban
from ..sheet import HABITS, SERIF, SERIF_BOLD, Sheet, fit

LEFT, RIGHT = 48, 547
WINE, STRIPE = "#6d1f3c", "#f6eef1"
HABIT = HABITS["fr"]
COLUMNS = (
    (54, "Réf. fournisseur", "left"),
    (134, "Désignation", "left"),
    (352, "Qté", "right"),
    (360, "U.", "left"),
    (424, "P.U. HT", "right"),
    (468, "Rem. %", "right"),
    (541, "Montant HT", "right"),
)


def draw(order: Order) -> bytes:
    sheet = Sheet(f"Bon de commande {order.number}", order.partner.name)
    _head(sheet, order)
    y = _table(sheet, order, 312)
    _totals(sheet, order, y)
    _foot(sheet, order)
    return sheet.bytes()


def _head(sheet: Sheet, order: Order) -> None:
    partner = order.partner
    sheet.polygon([(66, 34), (84, 52), (66, 70), (48, 52)], WINE)
    sheet.polygon([(66, 42), (76, 52), (66, 62), (56, 52)], "#ffffff")
    sheet.text(94, 52, "Ateliers MORVANNE", SERIF_BOLD, 18, color=WINE)
    sheet.text(94, 65, "Tôlerie fine · Chaudronnerie · depuis 1954", "Times-Italic", 9)
    sheet.text(RIGHT, 50, "BON DE COMMANDE", SERIF_BOLD, 15, "right")
    sheet.text(RIGHT, 66, f"N° {order.number} du {HABIT.date(order.day)}", SERIF, 10.5, "right")
    sheet.block(LEFT, 96, [
        partner.address.street, f"{partner.address.zip} {partner.address.city}",
        f"Tél. {partner.phone}", partner.email, f"TVA intracom. {partner.vat}",
    ], SERIF, 9, 11.5)  # fmt: skip
    sheet.box(318, 90, RIGHT - 318, 66, stroke="#888888")
    sheet.block(326, 104, [
        "Fournisseur :", OWN_EU.name, OWN_EU.street, f"{OWN_EU.zip} {OWN_EU.city}, Pays-Bas",
    ], SERIF, 10, 13)  # fmt: skip
    _facts(sheet, order)


def _facts(sheet: Sheet, order: Order) -> None:
    ship = order.ship_to
    sheet.text(LEFT, 184, "Adresse de livraison", SERIF_BOLD, 10, color=WINE)
    name, _comma, site = ship.name.partition(", ")
    sheet.block(LEFT, 197, [name, site, ship.street, f"{ship.zip} {ship.city}"], SERIF, 9.5, 12)
    facts = [
        ("Votre réf. client :", order.partner.ref),
        ("Affaire suivie par :", order.partner.people[0].name),
        ("Conditions de paiement :", order.extra["terms"]),
        ("Incoterm :", order.extra["incoterm"]),
        ("Livraison souhaitée :", HABIT.date(order.due) if order.due else ""),
    ]
    sheet.text(318, 184, "Conditions de la commande", SERIF_BOLD, 10, color=WINE)
    for place, (label, value) in enumerate(facts):
        sheet.text(318, 197 + place * 13, label, SERIF, 9.5, color="#444444")
        sheet.text(424, 197 + place * 13, value, SERIF, 9.5)
    sheet.text(LEFT, 284, "Nous vous prions de bien vouloir nous livrer les articles suivants :",
               SERIF, 10)  # fmt: skip


def _table(sheet: Sheet, order: Order, y: float) -> float:
    sheet.line(LEFT, y - 13, RIGHT, y - 13, 1, WINE)
    for x, title, align in COLUMNS:
        sheet.text(x, y, title, SERIF_BOLD, 9, align, WINE)
    sheet.line(LEFT, y + 6, RIGHT, y + 6, 1, WINE)
    y += 6
    for place, item in enumerate(order.items):
        y = _row(sheet, y, item, place % 2 == 1)
    sheet.line(LEFT, y, RIGHT, y, 1, WINE)
    return y


def _row(sheet: Sheet, y: float, item: Item, striped: bool) -> float:
    wrapped = fit(item.name, 192, SERIF, 9.5)
    height = 8 + 11.5 * len(wrapped)
    if striped:
        sheet.box(LEFT, y, RIGHT - LEFT, height, fill=STRIPE, stroke="")
    values = [
        item.code, "", HABIT.number(item.quantity, 0), item.unit, HABIT.number(item.price),
        HABIT.number(item.discount), HABIT.number(item.amount),
    ]  # fmt: skip
    for (x, _title, align), value in zip(COLUMNS, values, strict=True):
        sheet.text(x, y + 13, value, SERIF, 9.5, align)
    sheet.block(134, y + 13, wrapped, SERIF, 9.5, 11.5)
    return y + height


def _totals(sheet: Sheet, order: Order, y: float) -> None:
    total = HABIT.number(order.total) + " €"
    rows = [("Total HT", total), ("TVA 0 % (autoliquidation)", "0,00 €"), ("Total TTC", total)]
    for place, (label, value) in enumerate(rows):
        font = SERIF_BOLD if place == 2 else SERIF
        sheet.text(352, y + 20 + place * 16, label, font, 10)
        sheet.text(541, y + 20 + place * 16, value, font, 10, "right")
    sheet.line(352, y + 40, 541, y + 40, 0.4)
    sheet.block(LEFT, y + 20, [order.note], SERIF, 9.5, 12, width=270)
    sheet.text(352, y + 96, "Pour Ateliers Morvanne SAS", SERIF, 9.5)
    sheet.scribble(362, y + 128, order.partner.people[0].name)
    sheet.text(352, y + 146, f"{order.partner.people[0].name}, responsable achats", SERIF, 9.5)


def _foot(sheet: Sheet, order: Order) -> None:
    sheet.line(LEFT, 786, RIGHT, 786, 0.5, WINE)
    lines = [
        "Ateliers Morvanne SAS au capital de 180 000 € · 14 rue des Forges, 42000 Saint-Étienne · "
        f"RCS Saint-Étienne 905 712 337 · APE 2511Z · TVA {order.partner.vat}",
        f"Banque du Forez · IBAN {iban('FR', '99999000010004752260A61')} · Commande soumise à nos "
        "conditions générales d'achat jointes.",
    ]
    sheet.block(297, 797, lines, SERIF, 7.5, 9.5, align="center", color="#444444")
