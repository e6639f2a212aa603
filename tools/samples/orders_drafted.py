"""The orders that are clean enough to be drafted without a person."""

from __future__ import annotations

from datetime import date

from .order import Order, lines
from .partners import CUSTOMERS

PINECREST = Order(
    "PO-48213",
    CUSTOMERS["pinecrest"],
    date(2026, 11, 9),
    lines(
        "pinecrest", "USD",
        [
            ("HB-M8X40-ZN", 1200), ("HB-M8X45-ZN", 800), ("HN-M8-ZN", 2000), ("CD-125-10", 250),
            ("SG-CLEAR", 40), ("GL-DISP-L", 24), ("SF-500-CL", 36),
        ],
        unit="EA",
    ),
    "USD",
    CUSTOMERS["pinecrest"].deliveries[0],
    date(2028, 1, 14),
    "Deliver between 7:00 AM and 2:30 PM. Pallets max. 48 x 40 in, height 60 in.",
    extra={"terms": "Net 30 days", "via": "Best way ground", "fob": "Destination"},
)  # fmt: skip

AHRENHOLT = Order(
    "26-10473",
    CUSTOMERS["ahrenholt"],
    date(2026, 11, 10),
    lines(
        "ahrenholt", "EUR",
        [
            ("HB-M8X40-ZN", 2500, date(2028, 1, 17)), ("HB-M8X45-ZN", 1500, date(2028, 1, 17)),
            ("HN-M8-ZN", 4000, date(2028, 1, 17)), ("CD-125-10", 400, date(2028, 1, 31)),
            ("DR-HSS-19", 6, date(2028, 1, 31)), ("GL-NIT-09", 120, date(2028, 2, 14)),
        ],
        {
            "HB-M8X40-ZN": "Sechskantschraube DIN 933 M8x40 verzinkt",
            "HB-M8X45-ZN": "Sechskantschraube DIN 933 M8x45 verzinkt",
            "HN-M8-ZN": "Sechskantmutter DIN 934 M8 verzinkt",
            "CD-125-10": "Trennscheibe 125 x 1,0 mm Edelstahl",
            "DR-HSS-19": "Spiralbohrersatz HSS-G 1-10 mm, 19-teilig",
            "GL-NIT-09": "Arbeitshandschuh nitrilbeschichtet Gr. 9",
        },
        unit="Stk",
    ),
    delivery=CUSTOMERS["ahrenholt"].deliveries[0],
    note="Bitte bestätigen Sie uns Preise und Termine innerhalb von drei Werktagen. "
    "Auf Lieferschein und Rechnung bitte unsere Bestellnummer angeben.",
    extra={
        "opening": "auf Grundlage unserer Einkaufsbedingungen bestellen wir zur Lieferung an "
        "unser Werk 2:",
        "terms": "30 Tage netto",
        "incoterm": "DAP Bielefeld (Incoterms 2020)",
    },
)  # fmt: skip
