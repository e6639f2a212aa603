"""UN/EDIFACT ORDERS, ORDCHG, ORDRSP and QUOTES, directories D.93A and later.

Code lists are those of the UN/EDIFACT directory (1001, 1153, 2005, 3035, 5025, 5125, 7143).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
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
from .draft import Allowance, number, per_unit
from .message import ANSWERS, Message, closed
from .segments import Segment, edifact, messages

TYPES = {
    "ORDERS": PURCHASE_ORDER,
    "ORDCHG": ORDER_CHANGE,
    "ORDRSP": ORDER_CONFIRMATION,
    "QUOTES": QUOTATION,
}
CODES = {"230": ORDER_CHANGE, "231": ORDER_CONFIRMATION, "310": QUOTATION}
CHANGES = ("1", "3", "4", "5")  # functions of a message: cancellation, deletion, change, replace
NO_NOTES = ("ABL", "REG", "TXD", "AAK")  # legal texts, taxes and price conditions
PAYMENT = ("AAB", "PMT", "PMD")
FULL = (35, 70, 256)  # letters that components of texts and names hold at most
GROSS_PRICES, NET_PRICES = ("AAB", "GRP", "AAE"), ("AAA", "NTP", "CAL", "AAF", "INV", "INF")
RETAIL = ("SRP", "RTP")  # kinds of price (5387) that say what a shop asks for
TOTALS = {
    "amount_tax": ("176", "124"),
    "amount_total": ("86", "77", "128", "39", "9"),
}
NETS, GOODS = ("125", "402"), "79"
ARTICLES = ("EN", "SRV", "UP", "EU", "EAN")


class EdifactReader:
    """Reads what the message says, whatever subset (EANCOM, ODETTE, own) it keeps to."""

    code = "edifact"
    cost = 10
    sandboxed = True

    def can_read(self, source: Source) -> bool:
        """Is it EDIFACT?"""
        return source.kind == "edifact"

    def read(self, source: Source, hints: Hints) -> tuple[OrderDocument, ...]:
        """One document per message of the interchange.

        :raises BrokenSource: no segments
        """
        segments = edifact(source.content)
        found = messages(segments, "UNH", "UNT")
        documents = tuple(_Message(message, hints).document() for message in found)
        return closed(documents, segments, "UNB", "UNZ")


class _Message(Message):
    reader, tail = "edifact", "UNT"
    buyers, sellers = ("BY", "OB", "IV"), ("SU", "SE", "SR")
    deliveries, invoices = ("DP", "ST", "CN", "UC"), ("IV",)
    requested = ("2", "69", "358", "63", "17", "76", "10", "200", "67", "64")
    buyer_codes, seller_codes = ("IN", "BP"), ("SA", "VN", "VP", "MF")
    barcodes = ARTICLES

    def __init__(self, segments: list[Segment], hints: Hints) -> None:
        super().__init__(segments, hints, TYPES.get(segments[0].at(1, 0).upper(), OTHER))
        self.allowance: list[Segment] = []
        self.quantities: dict[str, int] = {}  # path -> rank of the kind that was taken
        self.amounts: dict[str, list[tuple[Decimal, Segment]]] = {}
        self.prices: dict[str, dict[str, tuple[Decimal, Segment, str]]] = {}

    # header --------------------------------------------------------------------------------

    def on_bgm(self, segment: Segment) -> None:
        self.type = CODES.get(segment.at(0), self.type)
        if segment.at(2) in CHANGES and self.type == PURCHASE_ORDER:
            self.type = ORDER_CHANGE
        self.put("number", segment.at(1), segment)
        self.put("revision", segment.at(1, 2) or segment.at(1, 1), segment)

    def on_dtm(self, segment: Segment) -> None:
        kind, text = segment.at(0), segment.at(0, 1)
        day = date(text, segment.at(0, 2))
        self.put_requested(kind, day, segment)
        if kind == "137" and not self.line:
            self.out.values.pop("order_date", None)
        if kind in ("137", "4") and not self.line:
            self.put("order_date", day, segment, text)

    def on_ftx(self, segment: Segment) -> None:
        kind, text = segment.at(0), _text(segment)
        if kind in PAYMENT and not self.line:
            self.put("payment_terms", text, segment)
        elif self.line and kind in ("AAA", "PRD"):
            self.describe(text, segment)
        elif text and kind not in (*NO_NOTES, *PAYMENT):
            if self.line:
                self.put(self.line + "note", text, segment)
            else:
                self.notes.append((text, segment.place))

    def on_rff(self, segment: Segment) -> None:
        kind, value = segment.at(0), segment.at(0, 1)
        if self.line:
            return
        if kind in ("VA", "GN", "AHP", "FC"):
            self.about_party(segment, vat=value)
        elif kind == "IT":  # the number of the buyer with the seller, whoever it is said of
            self.sides[""].setdefault("reference", (value, segment.place))
            self.about_party(segment, reference=value)
        elif kind in ("API", "ADE", "AVC", "CR") and self.party in self.buyers:
            self.about_party(segment, reference=value)
        elif kind in ("ON", "VN") and self.type in ANSWERS:
            self.put("our_order", value, segment)

    def on_nad(self, segment: Segment) -> None:
        self.party = segment.at(0)
        if self.line:
            return
        self.sides.setdefault(self.party, {})
        known = {
            "name": _joined(segment, 3),
            "street": _joined(segment, 4),
            "city": segment.at(5),
            "zip": segment.at(7),
            "country": segment.at(8),
        }
        agency, code = segment.at(1, 2), segment.at(1)
        if agency == "9" or (not agency and re.fullmatch(r"\d{13}", code)):
            known["gln"] = code
        elif agency == ("92" if self.party in self.sellers else "91"):
            known["reference"] = code  # given by the one side to the other
        if not known["name"]:
            known = {**_loose(segment), **{key: value for key, value in known.items() if value}}
        self.about_party(segment, **known)

    def on_cta(self, segment: Segment) -> None:
        # the first component is a code of a department, or all there is
        self.about_party(segment, contact=segment.at(1, 1) or segment.at(1))

    def on_com(self, segment: Segment) -> None:
        for address, kind in (part[:2] for part in segment.elements if len(part) > 1):
            key = {"TE": "phone", "AL": "phone", "EM": "email"}.get(kind)
            if key:
                self.about_party(segment, **{key: address.strip()})

    def on_cux(self, segment: Segment) -> None:
        self.put("currency", segment.at(0, 1), segment)

    def on_pat(self, segment: Segment) -> None:
        self.close_parties()
        self.put("payment_terms", segment.at(1, 3), segment)
        if segment.at(2, 2) == "D" and segment.at(0) == "1":
            self.put("payment_terms", f"Net {segment.at(2, 3)} days", segment)

    on_pyt = on_pat

    def on_tod(self, segment: Segment) -> None:
        self.close_parties()
        words = dict.fromkeys(filter(None, (segment.at(2), segment.at(2, 3), segment.at(2, 4))))
        self.put("incoterm", " ".join(words), segment)

    def on_loc(self, segment: Segment) -> None:
        term = self.out.get("incoterm")
        place = segment.at(1, 3)
        if term and place and not self.line and segment.at(0) in ("1", "7") and " " not in term:
            self.out.values["incoterm"] = f"{term} {place}"

    # allowances, taxes and amounts ---------------------------------------------------------

    def on_alc(self, segment: Segment) -> None:
        self.end_allowance()
        self.close_parties()
        self.allowance = [segment]

    def on_pcd(self, segment: Segment) -> None:
        if self.allowance:
            self.allowance.append(segment)

    def on_moa(self, segment: Segment) -> None:
        kind, value = segment.at(0), number(segment.at(0, 1))
        if value is None:
            return
        if self.allowance and kind in ("8", "23", "204"):
            self.allowance.append(segment)
        elif self.line and kind in ("203", "66"):
            self.put(self.line + "price_subtotal", value, segment, segment.at(0, 1))
        elif self.line and kind == "146":
            self.prices.setdefault(self.line, {}).setdefault("INF", (value, segment, str(value)))
        elif not self.line:
            self.amounts.setdefault(kind, []).append((value, segment))

    def end_allowance(self) -> None:
        """An allowance ends where something else begins: it is a charge or a discount."""
        if not self.allowance:
            return
        head, *figures = self.allowance
        self.allowance = []
        amount = next((number(item.at(0, 1)) for item in figures if item.tag == "MOA"), None)
        share = next((number(item.at(0, 1)) for item in figures if item.tag == "PCD"), None)
        sign = 1 if head.at(0) == "A" else -1
        if self.line and (share or amount):
            found = Allowance(share and share * sign, amount and amount * sign, head.place)
            self.allowances.setdefault(self.line, []).append(found)
        elif amount:
            name = head.at(4, 3) or head.at(4) or head.at(1)
            self.out.charge(name, amount * -sign, head.place)

    # lines ---------------------------------------------------------------------------------

    def on_lin(self, segment: Segment) -> None:
        self.end_allowance()
        self.close_parties()
        self.line = self.out.line()
        kind, code = segment.at(2, 1), segment.at(2)
        if not kind:
            kind = "EN" if re.fullmatch(r"\d{8}|\d{12,14}", code) else "SA"
        if code:
            self.codes.append((self.line, kind, code, segment))

    def on_pia(self, segment: Segment) -> None:
        for part in segment.elements[1:]:
            if len(part) > 1 and self.line and part[0].strip():
                self.codes.append((self.line, part[1].strip(), part[0].strip(), segment))

    def on_imd(self, segment: Segment) -> None:
        self.describe(
            _glued(segment.elements[2][3:5] if len(segment.elements) > 2 else ()), segment
        )

    def on_qty(self, segment: Segment) -> None:
        wanted = (
            ("113", "21", "1", "47", "12") if self.type in ANSWERS else ("21", "1", "113", "47")
        )
        kind, path = segment.at(0), self.line + "quantity"
        if not self.line or kind not in wanted:
            return
        known = self.quantities.get(path)
        if known is None or wanted.index(kind) < known:
            self.quantities[path] = wanted.index(kind)
            for name in ("quantity", "uom"):
                self.out.values.pop(self.line + name, None)
            text = segment.at(0, 1)
            self.put(path, number(text), segment, text)
            self.put(self.line + "uom", segment.at(0, 2), segment)

    def on_pri(self, segment: Segment) -> None:
        self.end_allowance()
        price, basis = number(segment.at(0, 1)), number(segment.at(0, 4))
        if not self.line or price is None or segment.at(0, 3) in RETAIL:
            return
        text = segment.at(0, 1) + (f" / {basis}" if basis and basis != 1 else "")
        found = per_unit(price, basis)
        self.prices.setdefault(self.line, {}).setdefault(segment.at(0), (found, segment, text))

    def on_uns(self, segment: Segment) -> None:
        self.end_allowance()
        self.close_parties()
        if segment.at(0) == "S":
            self.line = ""  # what follows belongs to the whole order again

    def on_cnt(self, segment: Segment) -> None:
        if segment.at(0) == "2":
            self.expect_lines(number(segment.at(0, 1)))

    # at the end ----------------------------------------------------------------------------

    def finish(self) -> None:
        self.end_allowance()
        for line, prices in self.prices.items():
            self.put_price(line, prices)
        for path, kinds in {"amount_untaxed": NETS, **TOTALS}.items():
            for kind in kinds:
                found = self.amounts.get(kind)
                if found:
                    # these are told once for each rate of tax
                    value = (
                        sum(item[0] for item in found) if kind in ("124", "125") else found[0][0]
                    )
                    self.put(path, value, found[0][1])

    def put_sums(self) -> None:
        for value, segment in self.amounts.get(GOODS, ())[:1]:
            self.out.put_goods(value, segment.place, segment.at(0, 1))

    def put_price(self, line: str, prices: dict[str, tuple[Decimal, Segment, str]]) -> None:
        """The price before discount where it is told, and what the net price makes of it."""
        gross, net = (
            next((prices[kind] for kind in kinds if kind in prices), None)
            for kinds in (GROSS_PRICES, NET_PRICES)
        )
        if gross or net:
            value, segment, text = gross or net
            self.put(line + "price_unit", value, segment, text)
        if gross and net and gross[0] > net[0] and line not in self.allowances:
            share = draft.percent(gross[0] - net[0], gross[0])
            self.allowances[line] = [Allowance(share, None, net[1].place)]


def date(text: str, form: str) -> datetime.date | None:
    """The day that a DTM value names; formats of code list 2379. Of a period the last day.

    >>> date("260131", "101")
    datetime.date(2026, 1, 31)
    >>> date("202605", "616")
    datetime.date(2026, 1, 26)
    >>> date("2026013120260205", "718")
    datetime.date(2026, 2, 5)
    """
    if form == "616" and re.fullmatch(r"\d{6}", text):
        try:
            return datetime.date.fromisocalendar(int(text[:4]), int(text[4:]), 1)
        except ValueError:
            return None
    digits = re.sub(r"\D", "", text)
    if form in ("718", "719", "711", "713"):
        digits = digits[len(digits) // 2 :]
    if form in ("2", "4"):  # day, month, year
        digits = digits[4:] + digits[2:4] + digits[:2]
    if form in ("101", "201", "2", "713") or len(digits) == 6:
        digits = "20" + digits
    return draft.iso_date(digits)


def _text(segment: Segment) -> str:
    return _glued(segment.elements[3] if len(segment.elements) > 3 else ())


def _loose(segment: Segment) -> dict[str, str]:
    """A party told as lines of text: name, street, and zip with city."""
    parts = segment.elements[2] if len(segment.elements) > 2 else ()
    lines = [part.strip() for part in parts if part.strip()]
    known = dict(zip(("name", "street"), lines))
    town = re.fullmatch(r"(?:[A-Z]{1,2}-)?(\d{4,5})\s+(.+)", lines[2]) if len(lines) > 2 else None
    if town:
        known["zip"], known["city"] = town.groups()
    return known


def _joined(segment: Segment, element: int) -> str:
    parts = segment.elements[element] if element < len(segment.elements) else ()
    if element == 3:  # the last component of a name is its format
        parts = parts[:5]
    return _glued(parts, ", ")


def _glued(parts: Sequence[str], blank: str = " ") -> str:
    """Components as one text; what was cut because a component was full is put together again."""
    text, full = "", False
    for part in parts:
        if part.strip():
            text += part if full or not text else blank + part.lstrip()
        full = len(part) in FULL
        text = text if full else text.rstrip()
    return text.strip()
