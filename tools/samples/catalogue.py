"""What Larkfield Supply sells: the products of the demo, with prices and vendors.

Pure data. Many articles differ from their neighbour in one size, material or colour, because
that is what makes orders go wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

UNIT, METRE = "uom.product_uom_unit", "uom.product_uom_meter"

CATEGORIES = {
    "fasteners": "Fasteners",
    "tools": "Tools",
    "safety": "Safety",
    "packaging": "Packaging",
    "electrical": "Electrical",
    "workplace": "Workplace",
}

# category, code, name, EUR, USD, vendor, vendor's code, vendor's price in the vendor's currency,
# minimum quantity, stock
_ROWS = """
fasteners|HB-M8X35-ZN|Hex bolt DIN 933 M8x35 zinc plated|0.22|0.25|steinhauer|933-08035-VZ|0.11|1000|4200
fasteners|HB-M8X40-ZN|Hex bolt DIN 933 M8x40 zinc plated|0.24|0.27|steinhauer|933-08040-VZ|0.12|1000|6800
fasteners|HB-M8X45-ZN|Hex bolt DIN 933 M8x45 zinc plated|0.26|0.29|steinhauer|933-08045-VZ|0.13|1000|3900
fasteners|HB-M8X40-A2|Hex bolt DIN 933 M8x40 stainless A2|0.58|0.64|steinhauer|933-08040-A2|0.31|500|1500
fasteners|HB-M10X60-ZN|Hex bolt DIN 933 M10x60 zinc plated|0.49|0.55|steinhauer|933-10060-VZ|0.26|500|2600
fasteners|HB-M12X80-ZN|Hex bolt DIN 933 M12x80 zinc plated|0.92|1.03|steinhauer|933-12080-VZ|0.50|200|1400
fasteners|HN-M8-ZN|Hex nut DIN 934 M8 zinc plated|0.08|0.09|steinhauer|934-08-VZ|0.03|2000|12000
fasteners|HN-M10-ZN|Hex nut DIN 934 M10 zinc plated|0.12|0.14|steinhauer|934-10-VZ|0.05|2000|9000
fasteners|HN-M12-ZN|Hex nut DIN 934 M12 zinc plated|0.18|0.20|steinhauer|934-12-VZ|0.08|1000|5000
fasteners|WA-M8-ZN|Washer DIN 125 M8 zinc plated|0.04|0.05|steinhauer|125-08-VZ|0.02|5000|20000
fasteners|WA-M10-ZN|Washer DIN 125 M10 zinc plated|0.06|0.07|steinhauer|125-10-VZ|0.03|5000|15000
fasteners|TR-M10-1M|Threaded rod DIN 975 M10 x 1 m zinc plated|3.15|3.50|steinhauer|975-10-1000|1.80|50|320
fasteners|WS-45X50-TX|Wood screw 4.5x50 TX20, box of 200|9.80|10.90|steinhauer|HS-4550-200|5.40|20|260
fasteners|WS-50X60-TX|Wood screw 5.0x60 TX25, box of 200|12.40|13.75|steinhauer|HS-5060-200|6.90|20|240
fasteners|WS-60X80-TX|Wood screw 6.0x80 TX30, box of 100|11.20|12.45|steinhauer|HS-6080-100|6.20|20|180
fasteners|AP-8X40|Wall plug nylon 8x40, box of 100|6.20|6.90|steinhauer|ND-0840-100|3.30|20|400
fasteners|AP-10X50|Wall plug nylon 10x50, box of 50|5.40|6.00|steinhauer|ND-1050-50|2.90|20|310
tools|HT-CH500|Claw hammer 500 g, fibreglass handle|18.90|21.00|cascadia|CTS-10500|11.20|6|85
tools|HT-SD6|Screwdriver set, 6 pieces|24.50|27.20|cascadia|CTS-20606|14.60|6|60
tools|HT-TM5|Tape measure 5 m|7.95|8.80|cascadia|CTS-30105|4.30|12|140
tools|HT-TM8|Tape measure 8 m|11.50|12.75|cascadia|CTS-30108|6.40|12|110
tools|HT-UK18|Utility knife 18 mm|6.40|7.10|cascadia|CTS-40118|3.20|12|150
tools|HT-BL18|Snap-off blades 18 mm, pack of 10|3.20|3.55|cascadia|CTS-40190|1.50|20|420
tools|CD-125-10|Cutting disc 125 x 1.0 mm, stainless|1.45|1.60|cascadia|CTS-51210|0.70|100|1900
tools|CD-125-16|Cutting disc 125 x 1.6 mm, steel|1.35|1.50|cascadia|CTS-51216|0.66|100|1600
tools|DR-HSS-19|Twist drill set HSS-G 1-10 mm, 19 pieces|39.00|43.30|cascadia|CTS-60019|22.40|5|45
tools|SP-LVL-60|Spirit level 60 cm, aluminium|22.80|25.30|cascadia|CTS-70060|12.90|6|70
safety|GL-DISP-L|Disposable nitrile gloves blue, size L, box of 100|8.90|9.90|cascadia|CTS-81003|4.60|50|520
safety|GL-DISP-XL|Disposable nitrile gloves blue, size XL, box of 100|8.90|9.90|cascadia|CTS-81004|4.60|50|480
safety|SG-CLEAR|Safety glasses, clear lens|4.60|5.10|cascadia|CTS-82001|2.10|50|380
safety|SG-TINT|Safety glasses, tinted lens|5.20|5.75|cascadia|CTS-82002|2.50|50|210
safety|HH-WHT|Safety helmet, white|14.80|16.45|cascadia|CTS-83001|8.10|10|95
safety|HH-YEL|Safety helmet, yellow|14.80|16.45|cascadia|CTS-83002|8.10|10|120
safety|EP-37|Ear plugs SNR 37 dB, box of 200 pairs|28.50|31.65|cascadia|CTS-84037|15.70|5|64
safety|VST-YEL-L|High-visibility vest yellow, size L|5.90|6.55|cascadia|CTS-85013|2.90|25|240
safety|VST-YEL-XL|High-visibility vest yellow, size XL|5.90|6.55|cascadia|CTS-85014|2.90|25|230
safety|FA-KIT-50|First aid kit, 50 persons|39.90|44.30|cascadia|CTS-86050|23.50|5|32
packaging|CB-400|Cardboard box 400 x 300 x 200 mm, single wall|0.89|0.99|polderpak|DZ-403020-E|0.46|200|2400
packaging|CB-600|Cardboard box 600 x 400 x 400 mm, double wall|2.35|2.60|polderpak|DZ-604040-D|1.28|100|1300
packaging|SF-500-CL|Stretch film 500 mm, 23 my, 300 m, clear|7.60|8.45|polderpak|RF-5023-T|4.10|36|290
packaging|SF-500-BK|Stretch film 500 mm, 23 my, 300 m, black|8.10|9.00|polderpak|RF-5023-Z|4.40|36|160
packaging|PT-50-BR|Packing tape 50 mm x 66 m, brown|1.55|1.70|polderpak|TP-5066-B|0.74|72|1100
packaging|PT-50-CL|Packing tape 50 mm x 66 m, clear|1.55|1.70|polderpak|TP-5066-T|0.74|72|950
packaging|DP-C5|Document pouch C5, box of 1000|27.40|30.40|polderpak|PL-C5-1000|15.10|5|75
electrical|CA-3G15|Installation cable NYM-J 3x1.5 mm², per metre|0.72|0.80|steinhauer|NYM-315|0.39|100|3800
electrical|CA-5G25|Installation cable NYM-J 5x2.5 mm², per metre|1.95|2.15|steinhauer|NYM-525|1.10|100|1700
electrical|LED-6060|LED panel 60x60 cm, 36 W, 4000 K|42.00|46.65|cascadia|CTS-91060|25.30|4|58
electrical|LED-T150|LED tube 150 cm, 22 W, 4000 K|9.90|11.00|cascadia|CTS-91150|5.20|25|270
electrical|EX-REEL-25|Cable reel 25 m, 3x1.5 mm²|54.00|60.00|cascadia|CTS-92025|32.80|2|26
workplace|SH-180-5|Shelving unit 180 x 90 x 40 cm, 5 shelves|89.00|98.90|polderpak|ST-189040-5|52.00|4|40
workplace|LD-AL-8|Step ladder aluminium, 8 steps|129.00|143.35|cascadia|CTS-95008|79.00|2|18
workplace|WB-150|Workbench 150 x 70 cm, beech top|349.00|387.80|polderpak|WB-15070-B|215.00|1|9
workplace|CL-5L|Floor cleaner concentrate, 5 l|16.40|18.20|polderpak|RM-VL-5|8.90|12|130
workplace|PR-1000|Industrial paper roll 2-ply, 1000 sheets|12.90|14.35|polderpak|IP-2-1000|7.05|24|175
""".strip()

GLOVE_SIZES = ("Size 8", "Size 9", "Size 10")


@dataclass(frozen=True)
class Product:
    """One article. ``eur`` and ``usd`` are the sales prices of one unit."""

    code: str
    name: str
    category: str
    barcode: str
    eur: Decimal
    usd: Decimal
    vendor: str
    vendor_code: str
    vendor_price: Decimal
    min_qty: int
    stock: int
    variant: str = ""

    @property
    def xmlid(self) -> str:
        return "product_" + self.code.lower().replace("-", "_")

    @property
    def uom(self) -> str:
        return METRE if self.code.startswith("CA-") else UNIT

    def price(self, currency: str) -> Decimal:
        return self.eur if currency == "EUR" else self.usd


def ean13(number: int) -> str:
    """The EAN-13 with the body 4099999 and a five-digit number."""
    body = f"4099999{number:05d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return f"{body}{-total % 10}"


def _products() -> dict[str, Product]:
    products = {}
    for place, row in enumerate(_ROWS.splitlines()):
        category, code, name, eur, usd, vendor, v_code, v_price, min_qty, stock = row.split("|")
        products[code] = Product(
            code, name, category, ean13(1010 + 7 * place), Decimal(eur), Decimal(usd),
            vendor, v_code, Decimal(v_price), int(min_qty), int(stock),
        )  # fmt: skip
    for place, size in enumerate(GLOVE_SIZES):
        code = f"GL-NIT-{size.split()[1].zfill(2)}"
        products[code] = Product(
            code, f"Work gloves nitrile coated, {size.lower()}", "safety", ean13(3010 + 7 * place),
            Decimal("2.90"), Decimal("3.20"), "cascadia", f"CTS-8050{place}", Decimal("1.45"),
            120, (340, 610, 450)[place], variant=size,
        )  # fmt: skip
    return products


PRODUCTS = _products()
