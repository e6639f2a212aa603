"""The orders that a person must look at, and the one that nobody asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from .order import Item, Order, lines
from .partners import CUSTOMERS, Address, Partner, Person

_IBARROLA_ITEMS = lines(
    "ibarrola", "EUR",
    [
        ("HT-CH500", 24, date(2028, 1, 26)), ("HT-SD6", 12, date(2028, 1, 26)),
        ("CD-125-16", 300, date(2028, 1, 26)), ("CD-125-10", 200, date(2028, 2, 16)),
        ("HH-YEL", 15, date(2028, 2, 16)),
    ],
    {
        "HT-CH500": "Martillo de uña 500 g, mango de fibra",
        "HT-SD6": "Juego de destornilladores, 6 piezas",
        "CD-125-16": "Disco de corte 125 x 1,6 mm acero",
        "CD-125-10": "Disco de corte 125 x 1,0 mm inox",
        "HH-YEL": "Casco de seguridad amarillo",
    },
    unit="ud",
)  # fmt: skip

# the right sum is 1.664,60: two digits changed places
IBARROLA = Order(
    "PC-26/0788",
    CUSTOMERS["ibarrola"],
    date(2026, 11, 16),
    _IBARROLA_ITEMS,
    note="Rogamos confirmen el pedido por correo electrónico. Entregas parciales según las fechas "
    "indicadas. Horario de recepción: de 7:30 a 14:00.",
    printed_total=Decimal("1646.60"),
    extra={"terms": "transferencia a 60 días"},
)

# no ratchet wrench is sold here
BELLAROSSA = Order(
    "OF/2026/1194",
    CUSTOMERS["bellarossa"],
    date(2026, 11, 16),
    (
        *lines(
            "bellarossa", "EUR",
            [("HT-TM5", 20), ("SP-LVL-60", 6)],
            {"HT-TM5": "Flessometro 5 m", "SP-LVL-60": "Livella 60 cm in alluminio"},
            unit="PZ",
        ),
        Item("RW-24-PRO", 4, Decimal("31.50"), "Chiave a cricchetto reversibile 24 mm", "PZ"),
        *lines(
            "bellarossa", "EUR",
            [("LED-T150", 50), ("PR-1000", 24)],
            {"LED-T150": "Tubo LED 150 cm 22 W 4000 K",
             "PR-1000": "Bobina carta industriale 2 veli, 1000 strappi"},
            unit="PZ",
        ),
    ),
    due=date(2028, 1, 28),
    note="Si prega di inviare conferma d'ordine. Consegna dal lunedì al venerdì, ore 8-12.",
    extra={"terms": "bonifico 60 gg d.f.f.m.", "incoterm": "DAP Castel Mella (Incoterms 2020)"},
)  # fmt: skip

# "Work gloves" comes in three sizes, and the letter names none
DUNMORE = Order(
    "147",
    CUSTOMERS["dunmore"],
    date(2026, 11, 17),
    (
        *lines("dunmore", "EUR", [("WS-50X60-TX", 10), ("WS-60X80-TX", 6), ("HT-BL18", 20)]),
        Item("", 24, Decimal("2.90"), "Work gloves nitrile coated"),
        *lines("dunmore", "EUR", [("SP-LVL-60", 2), ("FA-KIT-50", 1)]),
    ),
    note="No great hurry, whenever your van is next in the west. Ring me if anything is short.",
)

BRIGHTWATER = Order(
    "BW-0001",
    Partner(
        "brightwater",
        Address("Brightwater Global Trading", "Suite 9, 22 Quay Chambers", "SW99 9ZZ", "London",
                "GB"),
        "procurement@brightwater-trading.example", "+44 20 7946 0991", "",
        people=(Person("R. Halloway", "procurement@brightwater-trading.example", "Procurement"),),
    ),
    date(2026, 11, 17),
    lines("pinecrest", "EUR", [("WB-150", 20), ("LED-6060", 150), ("EX-REEL-25", 60)]),
    delivery=Address("Transit Warehouse 14", "Dock Road 3", "RM99 9XX", "Grays", "GB"),
)  # fmt: skip


def meant(order: Order) -> Order:
    """The order with the items that are in the catalogue; the others have no code."""
    known = {"RW-24-PRO": ""}
    items = tuple(replace(item, code=known.get(item.code, item.code)) for item in order.items)
    return replace(order, items=items)
