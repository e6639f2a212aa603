"""Which mails the demo receives, with which documents, and what each must come to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from . import orders_drafted as drafted
from .layouts import bon, borderless, din_letter, erp, long_table, us_form
from .mail import Mail
from .order import Order


def documents() -> dict[str, bytes]:
    """Every document by file name."""
    return {
        "PO-48213.pdf": us_form.draw(drafted.PINECREST),
        "Bestellung_26-10473.pdf": din_letter.draw(drafted.AHRENHOLT),
        "4500078812.pdf": erp.draw(drafted.KESTERMANN),
        "BF-2026-1107 Purchase Order.pdf": long_table.draw(drafted.BALLYROE),
        "Bestelbon IB26-0419.pdf": borderless.draw(drafted.VERHAEGEN),
        "BC_CF-2026-0932.pdf": bon.draw(drafted.MORVANNE),
    }


def expect(order: Order, outcome: str, why: str, file: str) -> dict:
    """What one document must come to, with its lines as (our code, quantity, price, discount)."""
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
        "items": [
            [item.code, item.quantity, float(item.price), item.discount] for item in order.items
        ],
    }


def MAILS() -> Iterator[tuple[Mail, list[dict]]]:
    files = documents()

    def attach(*names: str) -> tuple[tuple[str, bytes], ...]:
        return tuple((name, files[name]) for name in names)

    yield Mail(
        "01_us_form", "Dana Whitlock", "dana.whitlock@pinecrestfab.example",
        "Purchase Order PO-48213",
        "Hello,\n\nPlease find attached our purchase order PO-48213. Kindly confirm receipt and "
        "the ship date.\n\nThanks,\nDana Whitlock\nBuyer, Pinecrest Fabrication Inc.\n"
        "503-555-0142\n",
        datetime(2026, 11, 9, 9, 12, 41), -8, files=attach("PO-48213.pdf"),
    ), [
        expect(drafted.PINECREST, "drafted", "both item codes, sums agree", "PO-48213.pdf"),
    ]  # fmt: skip
    name = "Bestellung_26-10473.pdf"
    yield Mail(
        "02_din_letter", "Sabine Drewes", "s.drewes@ahrenholt.example",
        "Bestellung 26-10473",
        "Guten Tag,\n\nanbei erhalten Sie unsere Bestellung 26-10473. Bitte senden Sie uns eine "
        "Auftragsbestätigung.\n\nMit freundlichen Grüßen\n\nSabine Drewes\nEinkauf\n"
        "Ahrenholt Maschinenbau GmbH\nTelefon +49 30 23125 468\n",
        datetime(2026, 11, 10, 10, 3, 17), files=attach(name),
    ), [
        expect(drafted.AHRENHOLT, "drafted", "both item codes, a date per line", name),
    ]  # fmt: skip


def LATER() -> Iterator[tuple[Mail, list[dict]]]:
    return iter(())
