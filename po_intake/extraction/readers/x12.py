"""ANSI ASC X12 850 purchase order, 860 change, 855 acknowledgment and 843 quotation.

Releases from 003040 on; code lists are those of the standard (98, 128, 235, 374, 522, 639).
"""

from __future__ import annotations

import datetime
from decimal import Decimal

from ..document import (
    ORDER_CHANGE,
    ORDER_CONFIRMATION,
    OTHER,
    PURCHASE_ORDER,
    QUOTATION,
    OrderDocument,
)
from ..reader import Hints
from ..source import Source
from . import draft
from .draft import Allowance, number
from .message import ANSWERS, Message, closed
from .segments import Segment, messages, x12

TYPES = {
    "850": PURCHASE_ORDER,
    "860": ORDER_CHANGE,
    "865": ORDER_CONFIRMATION,
    "855": ORDER_CONFIRMATION,
    "843": QUOTATION,
}
# Begin segment -> elements of number, revision, date.
BEGIN = {"BEG": (2, 3, 4), "BCH": (2, 4, 5), "BQR": (1, 9, 2), "BCA": (2, 4, 5)}
CHANGES = ("01", "03", "04", "05")  # purposes: cancellation, delete, change, replace
# Basis of unit price (639) -> how many units the price is for.
BASIS = {
    **dict.fromkeys(("PN",), 10),
    **dict.fromkeys(("LD", "PD", "TD", "WD"), 12),
    **dict.fromkeys(("HP", "LC", "QH", "TC", "WC", "HF"), 100),
    **dict.fromkeys(("TP", "LM", "QS", "TM", "WM", "TF"), 1000),
    "TT": 10_000,
    "HT": 100_000,
}
DOZENS = ("DZ", "DZN")
RETAIL = ("RES", "RTL", "MSR", "SRP", "RET")  # kinds of price (236) that a shop asks for
AMOUNTS = {
    "amount_total": ("TT", "GV", "BAP"),
    "amount_tax": ("T", "TX"),
    "amount_untaxed": ("N", "NT", "13"),
}


class X12Reader:
    """Reads what the transaction set says, whatever release and partner guide it keeps to."""

    code = "x12"
    cost = 10
    sandboxed = True

    def can_read(self, source: Source) -> bool:
        """Is it X12?"""
        return source.kind == "x12"

    def read(self, source: Source, hints: Hints) -> tuple[OrderDocument, ...]:
        """One document per transaction set of the interchange.

        :raises BrokenSource: the interchange header is broken
        """
        segments = x12(source.content)
        found = messages(segments, "ST", "SE")
        documents = tuple(_Set(message, hints).document() for message in found)
        return closed(documents, segments, "ISA", "IEA")


class _Set(Message):
    reader, tail = "x12", "SE"
    buyers, sellers = ("BY", "BT", "SO", "PR"), ("SE", "SU", "VN", "SF")
    deliveries, invoices = ("ST", "SN"), ("BT", "PR")
    requested = ("002", "106", "074", "077", "067", "068", "017", "010", "038", "063", "064", "037")
    buyer_codes = ("BP", "IN", "PI", "SK", "CB")
    seller_codes = ("VP", "VN", "VC", "VA", "VS", "SA", "MG", "MF")
    barcodes = ("UP", "EN", "UK", "UI", "UA", "EO", "GT", "UH")

    def __init__(self, segments: list[Segment], hints: Hints) -> None:
        super().__init__(segments, hints, TYPES.get(segments[0].at(0), OTHER))

    # header --------------------------------------------------------------------------------

    def on_begin(self, segment: Segment) -> None:
        number_at, revision_at, date_at = BEGIN[segment.tag]
        if segment.tag == "BEG" and segment.at(0) in CHANGES:
            self.type = ORDER_CHANGE
        self.put("number", segment.at(number_at), segment)
        self.put("revision", segment.at(revision_at), segment)
        self.put("order_date", date(segment.at(date_at)), segment, segment.at(date_at))

    on_beg = on_bch = on_bqr = on_bca = on_begin

    def on_bak(self, segment: Segment) -> None:
        # 03 is the order that is confirmed, 08 the seller's own number
        self.put("number", segment.at(7) or segment.at(2), segment)
        self.put("our_order", segment.at(2), segment)
        day = segment.at(8) or segment.at(3)
        self.put("order_date", date(day), segment, day)

    def on_cur(self, segment: Segment) -> None:
        self.put("currency", segment.at(1), segment)

    def on_ref(self, segment: Segment) -> None:
        kind, value = segment.at(0), segment.at(1) or segment.text(2)
        if self.line:
            return
        if kind in ("TJ", "VX", "AAO"):
            self.about_party(segment, vat=value)
        elif kind in ("CR", "11", "AJ", "CU", "12") and value:
            self.sides[""].setdefault("reference", (value, segment.place))
        elif kind in ("IA", "VR") and value:  # the vendor's number with the buyer
            for code in self.sellers:
                self.sides.get(code, {}).setdefault("reference", (value, segment.place))
        elif kind == "PO" and self.type in ANSWERS:
            self.put("our_order", value, segment)

    def on_per(self, segment: Segment) -> None:
        self.about_party(segment, contact=segment.text(1))
        for at in (2, 4, 6):
            key = {"TE": "phone", "WP": "phone", "EM": "email"}.get(segment.at(at))
            if key:
                self.about_party(segment, **{key: segment.text(at + 1)})

    def on_dtm(self, segment: Segment) -> None:
        kind, day = segment.at(0), date(segment.at(1), segment.at(4))
        # a period has its last day at the end
        period = segment.at(6) if segment.at(5) == "RD8" else ""
        day = day or draft.iso_date(period.rpartition("-")[2])
        self.put_requested(kind, day, segment)
        if kind == "004" and not self.line:
            self.put("order_date", day, segment, segment.at(1))

    def on_fob(self, segment: Segment) -> None:
        words = dict.fromkeys(filter(None, (segment.at(4), segment.text(6) or segment.text(2))))
        self.put("incoterm", " ".join(words) if segment.at(4) else "", segment)

    def on_itd(self, segment: Segment) -> None:
        self.put("payment_terms", segment.text(11), segment)
        share, days, net = segment.at(2), segment.at(4), segment.at(6)
        words = [f"{share}% {days} days"] if number(share) and days else []
        words += [f"Net {net} days"] if net else []
        self.put("payment_terms", ", ".join(words), segment)

    def on_msg(self, segment: Segment) -> None:
        self.remark(segment.text(0), segment)

    def on_nte(self, segment: Segment) -> None:
        self.remark(segment.text(1), segment)

    def remark(self, text: str, segment: Segment) -> None:
        """A text of the order or of the line."""
        if self.line:
            self.put(self.line + "note", text, segment)
        elif text:
            self.notes.append((text, segment.place))

    # parties -------------------------------------------------------------------------------

    def on_n1(self, segment: Segment) -> None:
        self.party = segment.at(0)
        if self.line:
            return
        self.sides.setdefault(self.party, {})
        kind, code = segment.at(2), segment.at(3)
        self.about_party(segment, name=segment.text(1))
        if kind == "UL":
            self.about_party(segment, gln=code)
        elif kind == ("92" if self.party in self.sellers else "91"):
            self.about_party(segment, reference=code)  # given by the one side to the other

    def on_n2(self, segment: Segment) -> None:
        side = self.sides.get(self.party, {})
        if "name" in side and not self.line and segment.text(0):
            name, place = side["name"]
            side["name"] = (f"{name}, {segment.text(0)}", place)

    def on_n3(self, segment: Segment) -> None:
        street = ", ".join(filter(None, (segment.text(0), segment.text(1))))
        self.about_party(segment, street=street)

    def on_n4(self, segment: Segment) -> None:
        self.about_party(segment, city=segment.text(0), zip=segment.at(2), country=segment.at(3))

    # lines ---------------------------------------------------------------------------------

    def on_po1(self, segment: Segment) -> None:
        self.start_line(segment, 1, 2, 5)

    def on_poc(self, segment: Segment) -> None:
        self.start_line(segment, 2, 4, 7)

    def start_line(self, segment: Segment, quantity: int, uom: int, codes: int) -> None:
        """A line; price and basis stand behind the unit, then pairs of item codes."""
        self.close_parties()
        self.line = self.out.line()
        text, unit = segment.at(quantity), segment.at(uom)
        self.put(self.line + "quantity", number(text), segment, text)
        self.put(self.line + "uom", unit, segment)
        price, basis = number(segment.at(uom + 1)), segment.at(uom + 2)
        units = 1 if unit in DOZENS and basis.endswith("D") else BASIS.get(basis, 1)
        text = segment.at(uom + 1) + (f" / {units}" if units > 1 else "")
        if price is None and basis in ("NC", "NS"):
            price = Decimal(0)  # no charge
        value = draft.per_unit(price, Decimal(units))
        self.put(self.line + "price_unit", value, segment, text)
        self.item_codes(segment, codes)

    def on_lin(self, segment: Segment) -> None:
        self.item_codes(segment, 1)

    def item_codes(self, segment: Segment, start: int) -> None:
        """Pairs of qualifier and code."""
        for at in range(start, len(segment.elements) - 1, 2):
            if self.line and segment.text(at + 1):
                self.codes.append((self.line, segment.at(at), segment.text(at + 1), segment))

    def on_pid(self, segment: Segment) -> None:
        self.describe(segment.text(4), segment)

    def on_sch(self, segment: Segment) -> None:
        if self.line:
            self.put_requested(segment.at(4), date(segment.at(5)), segment)

    def on_ack(self, segment: Segment) -> None:
        if self.line:
            self.put_requested(segment.at(3), date(segment.at(4)), segment)

    def on_ctp(self, segment: Segment) -> None:
        if self.line and segment.at(1) not in RETAIL:
            self.put(self.line + "price_unit", number(segment.at(2)), segment, segment.at(2))

    # amounts -------------------------------------------------------------------------------

    def on_sac(self, segment: Segment) -> None:
        """Allowance or charge: SAC05 is an amount without its decimal point, SAC07 a rate."""
        if segment.at(0) not in ("A", "C"):
            return
        self.close_parties()
        sign = 1 if segment.at(0) == "A" else -1
        share, cents = number(segment.at(6)), number(segment.at(4))
        amount = cents / 100 if cents is not None and "." not in segment.at(4) else cents
        if self.line and (share or amount):
            found = Allowance(share and share * sign, amount and amount * sign, segment.place)
            self.allowances.setdefault(self.line, []).append(found)
        elif amount:
            name = segment.text(14) or segment.at(1)
            self.out.charge(name, amount * -sign, segment.place)

    def on_amt(self, segment: Segment) -> None:
        kind, value = segment.at(0), number(segment.at(1))
        if self.line and kind == "1":
            self.put(self.line + "price_subtotal", value, segment, segment.at(1))
            return
        for path, kinds in AMOUNTS.items():
            if kind in kinds:
                self.put(path, value, segment, segment.at(1))

    def on_txi(self, segment: Segment) -> None:
        if not self.line:
            self.put("amount_tax", number(segment.at(1)), segment, segment.at(1))

    def on_ctt(self, segment: Segment) -> None:
        self.expect_lines(number(segment.at(0)))
        self.line = ""  # what follows belongs to the whole order again
        self.close_parties()


def date(text: str, century: str = "") -> datetime.date | None:
    """A day with or without its century; before release 004010 there was none.

    >>> date("260131")
    datetime.date(2026, 1, 31)
    """
    if len(text) == 6:
        text = (century or "20") + text
    return draft.iso_date(text)
