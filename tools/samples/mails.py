"""Which mails the demo receives, with which documents, and what each must come to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cache

from . import orders_drafted as drafted
from . import orders_held as held
from . import structured
from .layouts import (
    bon,
    borderless,
    din_letter,
    erp,
    landscape,
    letter,
    long_table,
    rounded,
    terms,
    us_form,
    vendor_confirmation,
    vendor_quotation,
    webshop,
    word,
)
from .logo import signature
from .mail import Mail
from .order import Order

Intakes = list[dict]

BUYERS = {"to_name": "Larkfield Supply Purchasing", "to": "purchasing@demo.example"}


@cache
def documents() -> dict[str, bytes]:
    """Every document that a customer sends, by file name."""
    return {
        "PO-48213.pdf": us_form.draw(drafted.PINECREST),
        "Bestellung_26-10473.pdf": din_letter.draw(drafted.AHRENHOLT),
        "4500078812.pdf": erp.draw(drafted.KESTERMANN),
        "BF-2026-1107 Purchase Order.pdf": long_table.draw(drafted.BALLYROE),
        "Bestelbon IB26-0419.pdf": borderless.draw(drafted.VERHAEGEN),
        "BC_CF-2026-0932.pdf": bon.draw(drafted.MORVANNE),
        "CGA_Morvanne_2025-06.pdf": terms.draw(terms.FRENCH),
        "SS-20984.pdf": webshop.draw(drafted.SABLESTONE),
        "PC-26-0788.pdf": landscape.draw(held.IBARROLA),
        "Ordine OF-2026-1194.pdf": rounded.draw(held.BELLAROSSA),
        "order 147.pdf": letter.draw(held.DUNMORE),
        "Purchase Order.pdf": word.draw(held.BRIGHTWATER),
        "Bestellung_26-10498.pdf": din_letter.draw(drafted.AHRENHOLT_PLANT_2),
        "Bestellung_26-10499.pdf": din_letter.draw(drafted.AHRENHOLT_VERL),
        "AEB_Ahrenholt.pdf": terms.draw(terms.GERMAN),
    }


def attach(*names: str) -> tuple[tuple[str, bytes], ...]:
    return tuple((name, documents()[name]) for name in names)


def expect(order: Order, outcome: str, why: str, file: str) -> dict:
    """What one document must come to, with its lines as (our code, quantity, price, discount).

    The code is null where the document names nothing that is sold here, or does not say which.
    """
    meant = held.meant(order)
    return {
        "outcome": outcome,
        "why": why,
        "file": file,
        "customer": order.partner.name,
        "order_reference": order.number,
        "currency": order.currency,
        "lines": len(order.items),
        "amount_untaxed": float(order.total),
        "delivery": order.ship_to.name,
        "requested_date": order.due.isoformat() if order.due else None,
        "items": [
            [item.code or None, item.quantity, float(item.price), item.discount]
            for item in meant.items
        ],
    }


def mails() -> Iterator[tuple[Mail, Intakes]]:
    """The mails of the demo, in the order in which they are sent."""
    yield from _mails_in_english()
    yield from _mails_in_german()
    yield from _mails_in_other_languages()
    yield from _mails_held()


def _mails_in_english() -> Iterator[tuple[Mail, Intakes]]:
    file = "PO-48213.pdf"
    yield Mail(
        "01_us_form", "Dana Whitlock", "dana.whitlock@pinecrestfab.example",
        "Purchase Order PO-48213",
        "Hello,\n\nPlease find attached our purchase order PO-48213. Kindly confirm receipt and "
        "the ship date.\n\nThanks,\nDana Whitlock\nBuyer, Pinecrest Fabrication Inc.\n"
        "503-555-0142\n",
        datetime(2026, 11, 9, 9, 12, 41), -8, files=attach(file),
    ), [expect(drafted.PINECREST, "drafted", "both item codes, sums agree", file)]  # fmt: skip
    file = "BF-2026-1107 Purchase Order.pdf"
    yield Mail(
        "04_three_pages", "Ballyroe Procurement", "procurement@ballyroe.example",
        "PO BF-2026-1107 - annual restock Dublin",
        "Hi,\n\nOur annual restock order is attached (53 lines, 3 pages). One delivery please, "
        "date as stated on the order.\n\nRegards,\nCiara Nolan\nProcurement Officer\n"
        "Ballyroe Facilities Ltd\n",
        datetime(2026, 11, 12, 16, 48, 5), 0, files=attach(file),
    ), [expect(drafted.BALLYROE, "drafted", "our codes; sums carried over three pages", file)]  # fmt: skip
    file = "SS-20984.pdf"
    yield Mail(
        "07_web_page", "Sable & Stone Ordering", "orders@sablestone.example",
        "New order SS-20984 from Sable & Stone Interiors",
        "A new order has been placed for you in our buying portal.\n\nOrder: SS-20984\n"
        "Ship to: South Portland, ME\n\nThe order is attached as PDF. This mailbox sends orders "
        "only; write to marcus.bell@sablestone.example for questions.\n",
        datetime(2026, 11, 13, 14, 20, 0), -5, files=attach(file),
    ), [expect(drafted.SABLESTONE, "drafted", "our codes under the names, other address", file)]  # fmt: skip


def _mails_in_german() -> Iterator[tuple[Mail, Intakes]]:
    file = "Bestellung_26-10473.pdf"
    sender = ("Sabine Drewes", "s.drewes@ahrenholt.example")
    signed = (
        "Mit freundlichen Grüßen\n\nSabine Drewes\nEinkauf\nAhrenholt Maschinenbau GmbH\n"
        "Telefon +49 30 23125 468\n"
    )
    yield Mail(
        "02_din_letter", *sender, "Bestellung 26-10473",
        "Guten Tag,\n\nanbei erhalten Sie unsere Bestellung 26-10473. Bitte senden Sie uns eine "
        f"Auftragsbestätigung.\n\n{signed}",
        datetime(2026, 11, 10, 10, 3, 17), files=attach(file),
    ), [expect(drafted.AHRENHOLT, "drafted", "both item codes, a date per line", file)]  # fmt: skip
    file = "4500078812.pdf"
    yield Mail(
        "03_erp_two_rows", "Kestermann Beschaffung", "beschaffung@kestermann.example",
        "Bestellung 4500078812",
        "Sehr geehrte Damen und Herren,\n\nals Anlage senden wir Ihnen unsere Bestellung.\n\n"
        "Diese Nachricht wurde automatisch erzeugt.\n",
        datetime(2026, 11, 11, 5, 30, 2), files=attach(file),
    ), [
        expect(drafted.KESTERMANN, "drafted", "only the customer's codes; prices per 100", file),
    ]  # fmt: skip
    names = ("Bestellung_26-10498.pdf", "Bestellung_26-10499.pdf")
    yield Mail(
        "08_two_orders", *sender, "Bestellungen 26-10498 und 26-10499",
        "Guten Tag,\n\nheute zwei Bestellungen: eine für Werk 2, eine für unser Werk in Verl. "
        f"Unsere Einkaufsbedingungen liegen bei.\n\n{signed}",
        datetime(2026, 11, 18, 11, 41, 9), files=attach(*names, "AEB_Ahrenholt.pdf"),
        logo=signature(),
    ), [
        expect(drafted.AHRENHOLT_PLANT_2, "drafted", "first of two orders in one mail", names[0]),
        expect(drafted.AHRENHOLT_VERL, "drafted", "second; terms and logo are no orders", names[1]),
    ]  # fmt: skip


def _mails_in_other_languages() -> Iterator[tuple[Mail, Intakes]]:
    file = "Bestelbon IB26-0419.pdf"
    yield Mail(
        "05_borderless", "Lotte Claes", "lotte.claes@verhaegen.example",
        "Bestelling IB26-0419",
        "Beste,\n\nIn bijlage vindt u onze bestelling. Graag een orderbevestiging.\n\n"
        "Met vriendelijke groeten,\nLotte Claes\nVerhaegen Bouwservice BV\n",
        datetime(2026, 11, 12, 8, 55, 33), files=attach(file),
    ), [expect(drafted.VERHAEGEN, "drafted", "GTINs only, no rules, Dutch", file)]  # fmt: skip
    files = ("BC_CF-2026-0932.pdf", "CGA_Morvanne_2025-06.pdf")
    yield Mail(
        "06_discount_and_terms", "Hélène Marchetti", "h.marchetti@morvanne.example",
        "Commande CF-2026-0932 – à confirmer sous 48 h",
        "Bonjour,\n\nVeuillez trouver ci-joint notre bon de commande CF-2026-0932 ainsi que nos "
        "conditions générales d'achat.\n\nMerci de nous confirmer les délais.\n\nCordialement,\n"
        "Hélène Marchetti\nAteliers Morvanne SAS\n",
        datetime(2026, 11, 13, 9, 27, 50), files=attach(*files),
    ), [expect(drafted.MORVANNE, "drafted", "5 % discount as agreed; terms are no order", files[0])]  # fmt: skip


def _mails_held() -> Iterator[tuple[Mail, Intakes]]:
    file = "PC-26-0788.pdf"
    yield Mail(
        "09_wrong_sum", "Iker Zubiri", "iker.zubiri@ibarrola.example", "Pedido PC-26/0788",
        "Buenos días:\n\nAdjunto les envío nuestro pedido PC-26/0788. Quedo a la espera de su "
        "confirmación.\n\nUn saludo,\nIker Zubiri\nTalleres Ibarrola S.L.\n",
        datetime(2026, 11, 16, 10, 14, 26), files=attach(file),
    ), [expect(held.IBARROLA, "review", "lines sum to 1,664.60, printed is 1,646.60", file)]  # fmt: skip
    file = "Ordine OF-2026-1194.pdf"
    yield Mail(
        "10_unknown_product", "Giulia Ferrante", "giulia.ferrante@bellarossa.example",
        "Ordine OF/2026/1194",
        "Buongiorno,\n\nin allegato il nostro ordine OF/2026/1194. Attendiamo conferma.\n\n"
        "Cordiali saluti,\nGiulia Ferrante\nOfficine Bellarossa S.r.l.\n",
        datetime(2026, 11, 16, 15, 2, 11), files=attach(file),
    ), [expect(held.BELLAROSSA, "review", "RW-24-PRO is nothing we sell", file)]  # fmt: skip
    file = "order 147.pdf"
    yield Mail(
        "11_no_codes", "Aoife Dunmore", "aoife@dunmorejoinery.example", "order",
        "Hello there,\n\norder attached, thanks a million.\n\nAoife\n",
        datetime(2026, 11, 17, 19, 36, 58), 0, files=attach(file),
    ), [expect(held.DUNMORE, "review", "descriptions only; gloves without a size", file)]  # fmt: skip
    file = "Purchase Order.pdf"
    yield Mail(
        "12_stranger", "Procurement Dept.", "procurement@brightwater-trading.example",
        "URGENT PURCHASE ORDER",
        "Dear Sales,\n\nKindly process attached PO on 60 days account and send proforma today.\n"
        "Delivery to our forwarder.\n\nBest regards\nR. Halloway\nBrightwater Global Trading\n",
        datetime(2026, 11, 17, 23, 58, 40), 0, files=attach(file),
    ), [{
        "outcome": "quarantine",
        "why": "nobody knows this sender; nothing is read until a person releases it",
        "file": file,
        "customer": None,
        "order_reference": None,
        "lines": 0,
    }]  # fmt: skip


def other_formats() -> Iterator[tuple[Mail, Intakes]]:
    """Orders that are no PDF, and what vendors send."""
    order, file = structured.UBL, "VD-2026-0611.xml"
    yield Mail(
        "20_ubl", "Van Dorsten Inkoop", "inkoop@vandorsten.example", f"Order {order.number}",
        "Order als UBL-bericht in bijlage.\n", datetime(2026, 11, 18, 7, 45, 10),
        files=((file, structured.ubl(order)),),
    ), [expect(order, "drafted", "UBL order", file)]  # fmt: skip
    order, file = structured.SHEET, "PO-48230.xlsx"
    yield Mail(
        "21_spreadsheet", "Dana Whitlock", "dana.whitlock@pinecrestfab.example",
        f"PO {order.number}", "Hi, our system is down today, so here is the PO as a "
        "spreadsheet.\n\nDana\n", datetime(2026, 11, 18, 10, 40, 0), -8,
        files=((file, structured.spreadsheet(order)),),
    ), [expect(order, "drafted", "order in a spreadsheet", file)]  # fmt: skip
    order = structured.BODY
    yield Mail(
        "22_mail_body", "Aoife Dunmore", "aoife@dunmorejoinery.example", "one more thing",
        structured.body(order), datetime(2026, 11, 19, 8, 9, 30), 0,
    ), [expect(order, "review", "no attachment and no codes", "")]  # fmt: skip
    yield from _mails_of_vendors()


def _mails_of_vendors() -> Iterator[tuple[Mail, Intakes]]:
    file = "AB-260774.pdf"
    yield Mail(
        "23_vendor_confirmation", "Renate Vollmer", "r.vollmer@steinhauer.example",
        "Auftragsbestätigung AB-260774 zu Ihrer Bestellung P04217",
        "Sehr geehrte Damen und Herren,\n\nanbei unsere Auftragsbestätigung.\n\n"
        "Mit freundlichen Grüßen\nRenate Vollmer\n",
        datetime(2026, 11, 17, 13, 22, 45), **BUYERS,
        files=((file, vendor_confirmation.draw()),),
    ), [{
        "outcome": "review",
        "document_type": "order_confirmation",
        "why": "confirms P04217 with a dearer item and a later date",
        "file": file,
        "vendor": "Steinhauer Schraubenwerke GmbH",
        "our_order": vendor_confirmation.OUR_ORDER,
        "lines": len(vendor_confirmation.LINES),
    }]  # fmt: skip
    file = "Q-30518.pdf"
    yield Mail(
        "24_vendor_quotation", "Erin Castillo", "erin.castillo@cascadiatool.example",
        "Quotation Q-30518",
        "Hello,\n\nplease find our quotation attached. Prices hold until March 31, 2028.\n\n"
        "Erin Castillo\nInside sales\n",
        datetime(2026, 11, 18, 15, 31, 12), -8, **BUYERS,
        files=((file, vendor_quotation.draw()),),
    ), [{
        "outcome": "drafted",
        "document_type": "quotation",
        "why": "offers prices with a quantity break: a request for quotation",
        "file": file,
        "vendor": "Cascadia Tool & Safety Corp.",
        "lines": len(vendor_quotation.LINES),
    }]  # fmt: skip
