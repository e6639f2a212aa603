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
    WARNING,
    Finding,
    OrderDocument,
    Party,
)
from ..reader import Hints
from ..source import Source
from . import draft
from .draft import Draft, number, per_unit
from .segments import Segment, edifact, messages

TYPES = {
    "ORDERS": PURCHASE_ORDER,
    "ORDCHG": ORDER_CHANGE,
    "ORDRSP": ORDER_CONFIRMATION,
    "QUOTES": QUOTATION,
}
CODES = {"230": ORDER_CHANGE, "231": ORDER_CONFIRMATION, "310": QUOTATION}
REQUESTED = ("2", "69", "358", "63", "17", "76", "10", "61", "200", "67", "64")
BUYER, SELLER, DELIVERY, INVOICE = ("BY", "OB"), ("SU", "SE", "SR"), ("DP", "ST", "CN"), ("IV",)
NOTES = ("AAI", "GEN", "PUR", "DEL", "DIN", "ZZZ", "SUR", "TXD", "OSI", "SIN")
PAYMENT = ("AAB", "PMT", "PMD")
FULL = (35, 70, 256)  # letters that components of texts and names hold at most
GROSS_PRICE, NET_PRICE = ("AAB", "GRP"), ("AAA", "NTP", "CAL", "INF", "INV")


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
        found = messages(edifact(source.content), "UNH", "UNT")
        return tuple(_Message(message, hints).document() for message in found)


class _Message:
    """Walks the segments of one message; what they mean depends on those before."""

    def __init__(self, segments: list[Segment], hints: Hints) -> None:
        self.segments = segments
        self.hints = hints
        self.out = Draft("edifact")
        self.type = TYPES.get(segments[0].at(1, 0).upper(), OTHER)
        self.sides: dict[str, dict[str, tuple[str, str]]] = {}
        self.party = ""  # whose CTA, COM and RFF follow
        self.line = ""  # prefix of the line, empty before the first and after the last
        self.allowance: list[Segment] = []
        self.qualified: dict[str, tuple[Decimal, Segment]] = {}
        self.notes: list[Segment] = []
        self.codes: list[tuple[str, str, str, Segment]] = []
        self.lines = 0

    def document(self) -> OrderDocument:
        if self.type == OTHER:
            return self.out.document(OTHER)
        for segment in self.segments[1:]:
            handler = getattr(self, "on_" + segment.tag.lower(), None)
            if handler:
                handler(segment)
        self.end_allowance()
        by_buyer = self.put_parties()
        self.put_codes(by_buyer)
        self.put_totals()
        self.put_discounts()
        if self.notes:
            text = "\n".join(_text(segment) for segment in self.notes)
            self.out.put("note", text, self.notes[0].place)
        return self.out.document(self.type)

    def put(self, path: str, value: object, segment: Segment, text: str | None = None) -> None:
        self.out.put(path, value, segment.place, text)

    # header --------------------------------------------------------------------------------

    def on_bgm(self, segment: Segment) -> None:
        self.type = CODES.get(segment.at(0), self.type)
        if segment.at(2) in ("4", "5") and self.type == PURCHASE_ORDER:
            self.type = ORDER_CHANGE
        self.put("number", segment.at(1), segment)
        self.put("revision", segment.at(1, 1), segment)

    def on_dtm(self, segment: Segment) -> None:
        day = date(segment.at(0, 1), segment.at(0, 2))
        if segment.at(0) in REQUESTED:
            self.put(self.line + "requested_date", day, segment, segment.at(0, 1))
        elif segment.at(0) in ("137", "4") and not self.line:
            self.put("order_date", day, segment, segment.at(0, 1))

    def on_ftx(self, segment: Segment) -> None:
        if segment.at(0) in PAYMENT and not self.line:
            self.put("payment_terms", _text(segment), segment)
        elif segment.at(0) in NOTES and _text(segment):
            if self.line:
                self.put(self.line + "note", _text(segment), segment)
            else:
                self.notes.append(segment)

    def on_rff(self, segment: Segment) -> None:
        kind, value = segment.at(0), segment.at(0, 1)
        if self.line or not value:
            return
        if self.party and kind in ("VA", "GN", "AHP", "FC"):
            self.sides[self.party].setdefault("vat", (value, segment.place))
        elif self.party in BUYER and kind in ("IT", "API", "ADE", "AVC", "CR"):
            self.sides[self.party].setdefault("reference", (value, segment.place))
        elif kind in ("ON", "VN") and self.type in (ORDER_CONFIRMATION, QUOTATION):
            self.put("our_order", value, segment)

    def on_nad(self, segment: Segment) -> None:
        self.party = segment.at(0)
        if self.line:
            return
        side = self.sides.setdefault(self.party, {})
        known = {
            "name": _joined(segment, 3),
            "street": _joined(segment, 4),
            "city": segment.at(5),
            "zip": segment.at(7),
            "country": segment.at(8),
        }
        loose = (
            [part.strip() for part in segment.elements[2] if part.strip()]
            if (len(segment.elements) > 2)
            else []
        )
        if not known["name"] and loose:
            known["name"] = loose[0]
            known["street"] = known["street"] or ", ".join(loose[1:2])
        agency = segment.at(1, 2)
        if agency == "9":
            known["gln"] = segment.at(1)
        elif agency == "91":  # given by the seller: our number for the buyer
            known["reference"] = segment.at(1)
        for key, value in known.items():
            if value:
                side.setdefault(key, (value, segment.place))

    def on_cta(self, segment: Segment) -> None:
        if self.party in self.sides and segment.at(1, 1):
            side = self.sides[self.party]
            side.setdefault("contact", (segment.at(1, 1), segment.place))

    def on_com(self, segment: Segment) -> None:
        for address, kind in (part[:2] for part in segment.elements if len(part) > 1):
            key = {"TE": "phone", "AL": "phone", "EM": "email"}.get(kind)
            if key and self.party in self.sides:
                self.sides[self.party].setdefault(key, (address, segment.place))

    def on_cux(self, segment: Segment) -> None:
        self.put("currency", segment.at(0, 1), segment)

    def on_pat(self, segment: Segment) -> None:
        self.party = ""
        self.put("payment_terms", segment.at(1, 3), segment)

    on_pyt = on_pat

    def on_tod(self, segment: Segment) -> None:
        words = dict.fromkeys(filter(None, (segment.at(2), segment.at(2, 3), segment.at(2, 4))))
        self.put("incoterm", " ".join(words), segment)

    def on_loc(self, segment: Segment) -> None:
        term = self.out.get("incoterm")
        place = segment.at(1, 3)
        if term and place and segment.at(0) in ("1", "7") and " " not in term:
            self.out.values["incoterm"] = f"{term} {place}"

    # allowances, taxes and amounts ---------------------------------------------------------

    def on_alc(self, segment: Segment) -> None:
        self.end_allowance()
        self.allowance = [segment]

    def on_pcd(self, segment: Segment) -> None:
        if self.allowance:
            self.allowance.append(segment)

    def on_moa(self, segment: Segment) -> None:
        kind, value = segment.at(0), number(segment.at(0, 1))
        if value is None:
            return
        if self.allowance and kind in ("8", "23", "204", "25"):
            self.allowance.append(segment)
        elif self.line and kind in ("203", "66"):
            self.put(self.line + "price_subtotal", value, segment, segment.at(0, 1))
        elif self.line and kind == "146":
            self.put(self.line + "price_unit", value, segment, segment.at(0, 1))
        elif not self.line:
            self.qualified.setdefault(kind, (value, segment))

    def end_allowance(self) -> None:
        """An allowance ends where something else begins: it is a charge or a discount."""
        if not self.allowance:
            return
        head, *figures = self.allowance
        self.allowance = []
        amount = next((number(item.at(0, 1)) for item in figures if item.tag == "MOA"), None)
        share = next((number(item.at(0, 1)) for item in figures if item.tag == "PCD"), None)
        taken = head.at(0) == "A"
        if self.line:
            if taken and share:
                self.put(self.line + "discount", share, head)
            elif taken and amount:
                self.qualified[self.line + "discount"] = (amount, head)
        elif amount:
            name = head.at(4, 3) or head.at(4) or head.at(1)
            self.out.charge(name, -amount if taken else amount, head.place)

    # lines ---------------------------------------------------------------------------------

    def on_lin(self, segment: Segment) -> None:
        self.end_allowance()
        self.party = ""
        self.line = self.out.line()
        self.lines += 1
        if segment.at(2, 1) in ("EN", "SRV", "EAN", "UP", "EU", "") and segment.at(2):
            self.put(self.line + "barcode", segment.at(2), segment)
        else:
            self.codes.append((self.line, segment.at(2, 1), segment.at(2), segment))

    def on_pia(self, segment: Segment) -> None:
        for part in segment.elements[1:]:
            if len(part) > 1 and self.line:
                self.codes.append((self.line, part[1], part[0].strip(), segment))

    def on_imd(self, segment: Segment) -> None:
        text = _glued(segment.elements[2][3:5] if len(segment.elements) > 2 else ())
        path = self.line + "description"
        if not self.line or not text:
            return
        if path in self.out.values and text not in self.out.values[path]:
            self.out.values[path] += "\n" + text
        else:
            self.put(path, text, segment)

    def on_qty(self, segment: Segment) -> None:
        if self.line and segment.at(0) in ("21", "1", "113", "47"):
            text = segment.at(0, 1)
            self.put(self.line + "quantity", number(text), segment, text)
            self.put(self.line + "uom", segment.at(0, 2), segment)

    def on_pri(self, segment: Segment) -> None:
        self.end_allowance()
        price, basis = number(segment.at(0, 1)), number(segment.at(0, 4))
        if not self.line or price is None:
            return
        text = segment.at(0, 1) + (f" / {basis}" if basis and basis != 1 else "")
        value = per_unit(price, basis)
        path = self.line + "price_unit"
        if segment.at(0) in GROSS_PRICE:  # the price before discount replaces the net price
            self.out.values.pop(path, None)
        self.put(path, value, segment, text)
        if segment.at(0) in NET_PRICE and value is not None:
            self.qualified[self.line + "net"] = (value, segment)

    def on_uns(self, segment: Segment) -> None:
        self.end_allowance()
        if segment.at(0) == "S":
            self.line = ""  # what follows belongs to the whole order again

    def on_cnt(self, segment: Segment) -> None:
        said = number(segment.at(0, 1))
        if segment.at(0) == "2" and said is not None and said != self.lines:
            figures = {"printed": int(said), "read": self.lines}
            self.out.findings.append(Finding("line_count_mismatch", WARNING, figures))

    # at the end ----------------------------------------------------------------------------

    def put_parties(self) -> bool:
        """Put all parties; is the buyer the other one?"""
        sides = {name: self.side(codes) for name, codes in (("buyer", BUYER), ("seller", SELLER))}
        parties = {
            name: Party(**{key: value for key, (value, _place) in side.items()})
            for name, side in sides.items()
        }
        partner = draft.other_party(self.type, parties["buyer"], parties["seller"], self.hints)
        own = "seller" if partner == "buyer" else "buyer"
        sources = {
            "partner": sides[partner],
            "addressee": sides[own],
            "delivery": self.side(DELIVERY),
            "invoice": self.side(INVOICE),
        }
        for prefix, side in sources.items():
            for key, (value, place) in side.items():
                if key != "reference" or prefix == "partner":
                    self.out.put(f"{prefix}.{key}", value, place)
        return partner == "buyer"

    def side(self, codes: tuple[str, ...]) -> dict[str, tuple[str, str]]:
        return next((self.sides[code] for code in codes if code in self.sides), {})

    def put_codes(self, by_buyer: bool) -> None:
        for line, kind, value, segment in self.codes:
            if kind in ("SA", "MF", "VN", "VP"):
                self.put(line + ("our_code" if by_buyer else "partner_code"), value, segment)
            elif kind in ("IN", "BP"):
                self.put(line + ("partner_code" if by_buyer else "our_code"), value, segment)
            elif kind in ("EN", "SRV", "UP", "EU"):
                self.put(line + "barcode", value, segment)

    def put_totals(self) -> None:
        kinds = {
            "amount_untaxed": ("125", "79", "402"),
            "amount_tax": ("176", "124"),
            "amount_total": ("86", "77", "128", "39", "9"),
        }
        for path, codes in kinds.items():
            for code in codes:
                if code in self.qualified:
                    value, segment = self.qualified[code]
                    self.put(path, value, segment, segment.at(0, 1))

    def put_discounts(self) -> None:
        """Discounts that are told as an amount, as a percentage of the gross amount."""
        for key, (amount, segment) in self.qualified.items():
            line, _dot, name = key.rpartition(".")
            price = self.out.get(f"{line}.price_unit")
            quantity = self.out.get(f"{line}.quantity")
            if name == "discount" and price and quantity:
                share = draft.percent(amount, price * quantity)
                self.put(f"{line}.discount", share, segment)
            elif name == "net" and price and price > amount:
                self.put(f"{line}.discount", draft.percent(price - amount, price), segment)


def date(text: str, form: str) -> datetime.date | None:
    """The first day that a DTM value names; formats of code list 2379.

    >>> date("260131", "101")
    datetime.date(2026, 1, 31)
    >>> date("202605", "616")
    datetime.date(2026, 1, 26)
    """
    if form == "616" and re.fullmatch(r"\d{6}", text):
        try:
            return datetime.date.fromisocalendar(int(text[:4]), int(text[4:]), 1)
        except ValueError:
            return None
    if form in ("101", "201"):
        text = "20" + text
    return draft.iso_date(text)


def _text(segment: Segment) -> str:
    return _glued(segment.elements[3] if len(segment.elements) > 3 else ())


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
