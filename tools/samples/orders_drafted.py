"""The orders that are clean enough to be drafted without a person."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from .catalogue import CATEGORIES, PRODUCTS
from .order import Order, lines
from .partners import CUSTOMERS


def _quantity(price: Decimal, place: int) -> int:
    """A quantity that a buyer might choose: many cheap things, few dear ones."""
    steps = ((1, (200, 500, 400)), (5, (100, 50, 120)), (20, (24, 12, 30)), (1000, (4, 2, 6)))
    return next(choice for limit, choice in steps if price < limit)[place % 3]


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

KESTERMANN = Order(
    "4500078812",
    CUSTOMERS["kestermann"],
    date(2026, 11, 11),
    lines(
        "kestermann", "EUR",
        [
            ("HB-M10X60-ZN", 1200), ("HB-M12X80-ZN", 600), ("HN-M10-ZN", 1200),
            ("HN-M12-ZN", 600), ("WA-M10-ZN", 2400), ("TR-M10-1M", 150), ("CA-5G25", 800),
        ],
        {
            "HB-M10X60-ZN": "6kt-Schraube DIN 933 M10x60 8.8 verz.",
            "HB-M12X80-ZN": "6kt-Schraube DIN 933 M12x80 8.8 verz.",
            "HN-M10-ZN": "6kt-Mutter DIN 934 M10 verz.",
            "HN-M12-ZN": "6kt-Mutter DIN 934 M12 verz.",
            "WA-M10-ZN": "Scheibe DIN 125 M10 verz.",
            "TR-M10-1M": "Gewindestange DIN 975 M10x1000 verz.",
            "CA-5G25": "Installationsleitung NYM-J 5x2,5 qmm",
        },
        unit="ST", units={"CA-5G25": "M"},
    ),
    delivery=CUSTOMERS["kestermann"].deliveries[0],
    due=date(2028, 2, 21),
    note="Warenannahme Lager Ginsheim: Mo-Do 7.00-15.00 Uhr, Fr 7.00-12.00 Uhr.",
    extra={"terms": "14 Tage 2 % Skonto, 30 Tage netto", "incoterm": "DAP Ginsheim-Gustavsburg"},
)  # fmt: skip

_LEFT_OUT = {"HB-M8X35-ZN", "HB-M8X40-A2", "LD-AL-8", "WB-150"}
BALLYROE = Order(
    "BF-2026-1107",
    CUSTOMERS["ballyroe"],
    date(2026, 11, 12),
    lines(
        "ballyroe", "EUR",
        [
            (code, _quantity(product.eur, place))
            for place, (code, product) in enumerate(
                sorted(PRODUCTS.items(), key=lambda pair: list(CATEGORIES).index(pair[1].category))
            )
            if code not in _LEFT_OUT
        ],
        unit="each", units={"CA-3G15": "m", "CA-5G25": "m"},
    ),
    due=date(2028, 3, 20),
    note="One delivery, tail-lift vehicle. Please call site office 30 minutes before arrival.",
    extra={"terms": "30 days from invoice"},
)  # fmt: skip

VERHAEGEN = Order(
    "IB26-0419",
    CUSTOMERS["verhaegen"],
    date(2026, 11, 12),
    lines(
        "verhaegen", "EUR",
        [
            ("AP-8X40", 30), ("AP-10X50", 20), ("WS-45X50-TX", 24), ("WS-60X80-TX", 12),
            ("HT-TM8", 10), ("HT-UK18", 15), ("HT-BL18", 40), ("VST-YEL-L", 25), ("HH-WHT", 8),
        ],
        {
            "AP-8X40": "Nylon plug 8x40, doos 100 st.",
            "AP-10X50": "Nylon plug 10x50, doos 50 st.",
            "WS-45X50-TX": "Houtschroef 4,5x50 TX20, doos 200 st.",
            "WS-60X80-TX": "Houtschroef 6,0x80 TX30, doos 100 st.",
            "HT-TM8": "Rolmeter 8 m",
            "HT-UK18": "Afbreekmes 18 mm",
            "HT-BL18": "Afbreekmesjes 18 mm, pak 10 st.",
            "VST-YEL-L": "Veiligheidsvest geel, maat L",
            "HH-WHT": "Veiligheidshelm wit",
        },
        unit="stuks",
    ),
    delivery=CUSTOMERS["verhaegen"].deliveries[0],
    due=date(2028, 1, 24),
    note="Graag leveren tussen 7.30 en 16 uur. Vermeld ons bestelnummer op de pakbon.",
)  # fmt: skip

MORVANNE = Order(
    "CF-2026-0932",
    CUSTOMERS["morvanne"],
    date(2026, 11, 13),
    lines(
        "morvanne", "EUR",
        [
            ("SH-180-5", 12), ("WB-150", 2), ("SP-LVL-60", 10), ("HT-CH500", 8), ("EX-REEL-25", 4),
            ("SG-TINT", 60), ("EP-37", 5), ("CL-5L", 24),
        ],
        {
            "SH-180-5": "Rayonnage 180 x 90 x 40 cm, 5 tablettes",
            "WB-150": "Établi 150 x 70 cm, plateau hêtre",
            "SP-LVL-60": "Niveau à bulle 60 cm aluminium",
            "HT-CH500": "Marteau de charpentier 500 g, manche fibre de verre",
            "EX-REEL-25": "Enrouleur électrique 25 m, 3x1,5 mm²",
            "SG-TINT": "Lunettes de protection teintées",
            "EP-37": "Bouchons d'oreilles SNR 37 dB, boîte de 200 paires",
            "CL-5L": "Nettoyant sols concentré 5 l",
        },
        unit="pce", discount=5,
    ),
    delivery=CUSTOMERS["morvanne"].deliveries[0],
    due=date(2028, 2, 2),
    note="Merci de nous confirmer cette commande sous 48 heures. Livraison sur rendez-vous "
    "uniquement.",
    extra={"terms": "45 jours fin de mois", "incoterm": "DAP Andrézieux-Bouthéon"},
)  # fmt: skip

SABLESTONE = Order(
    "SS-20984",
    CUSTOMERS["sablestone"],
    date(2026, 11, 13),
    lines(
        "sablestone", "USD",
        [
            ("CB-400", 200), ("CB-600", 100), ("PT-50-CL", 72), ("SF-500-BK", 12), ("DP-C5", 2),
            ("LED-6060", 16), ("PR-1000", 24),
        ],
    ),
    "USD",
    CUSTOMERS["sablestone"].deliveries[0],
    note="Receiving is open Monday to Friday, 8 AM to 4 PM. Use dock 5, liftgate required.",
    extra={"terms": "Net 30"},
)  # fmt: skip

AHRENHOLT_PLANT_2 = Order(
    "26-10498",
    CUSTOMERS["ahrenholt"],
    date(2026, 11, 18),
    lines(
        "ahrenholt", "EUR",
        [("HB-M8X40-A2", 500), ("HB-M10X60-ZN", 800), ("HN-M10-ZN", 1600), ("WA-M8-ZN", 3000)],
        {
            "HB-M8X40-A2": "Sechskantschraube DIN 933 M8x40 A2",
            "HB-M10X60-ZN": "Sechskantschraube DIN 933 M10x60 verzinkt",
            "HN-M10-ZN": "Sechskantmutter DIN 934 M10 verzinkt",
            "WA-M8-ZN": "Scheibe DIN 125 M8 verzinkt",
        },
        unit="Stk",
    ),
    delivery=CUSTOMERS["ahrenholt"].deliveries[0],
    note="Bitte bestätigen Sie uns Preise und Termine innerhalb von drei Werktagen.",
    extra={
        "opening": "auf Grundlage unserer Einkaufsbedingungen bestellen wir zur Lieferung an "
        "unser Werk 2:",
        "terms": "30 Tage netto",
        "incoterm": "DAP Bielefeld (Incoterms 2020)",
    },
)  # fmt: skip

AHRENHOLT_VERL = Order(
    "26-10499",
    CUSTOMERS["ahrenholt"],
    date(2026, 11, 18),
    lines(
        "ahrenholt", "EUR",
        [("GL-NIT-10", 96), ("EP-37", 4), ("CB-600", 150), ("PT-50-BR", 144)],
        {
            "GL-NIT-10": "Arbeitshandschuh nitrilbeschichtet Gr. 10",
            "EP-37": "Gehörschutzstöpsel SNR 37 dB, Box 200 Paar",
            "CB-600": "Faltkarton 600 x 400 x 400 mm, zweiwellig",
            "PT-50-BR": "Packband 50 mm x 66 m, braun",
        },
        unit="Stk",
    ),
    delivery=CUSTOMERS["ahrenholt"].deliveries[1],
    note="Anlieferung Werk Verl nur bis 13 Uhr, Tor 2.",
    extra={
        "opening": "auf Grundlage unserer Einkaufsbedingungen bestellen wir zur Lieferung an "
        "unser Werk Verl:",
        "terms": "30 Tage netto",
        "incoterm": "DAP Verl (Incoterms 2020)",
    },
)  # fmt: skip
