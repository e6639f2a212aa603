"""ANSI ASC X12 850 purchase order, 860 change, 855 acknowledgment and 843 quotation."""

from __future__ import annotations

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
from .draft import Draft, iso_date, number
from .segments import Segment, messages, x12

TYPES = {
    "850": PURCHASE_ORDER,
    "860": ORDER_CHANGE,
    "865": ORDER_CONFIRMATION,
    "855": ORDER_CONFIRMATION,
    "843": QUOTATION,
}
# Begin segment -> elements of number, revision, date.
BEGIN = {"BEG": (2, 3, 4), "BCH": (2, 4, 5), "BAK": (2, 3, 3), "BQR": (1, 9, 2), "BCA": (2, 4, 5)}
BUYER, SELLER = ("BY", "BT", "SO"), ("SE", "SU", "VN", "SF")
DELIVERY, INVOICE = ("ST", "SN"), ("BT", "PR")
REQUESTED = ("002", "106", "074", "077", "067", "017", "010", "038", "063")
BUYER_CODE, SELLER_CODE = ("BP", "IN", "PI", "SK"), ("VP", "VN", "VC", "VA", "SA")
BARCODES = ("UP", "UK", "EN", "UI", "UA", "EO", "GT", "UH")
# Basis of unit price (639): how many units the price is for.
BASIS = {"HP": 100, "PN": 100, "TP": 1000, "TB": 1000, "TT": 10_000}


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
        found = messages(x12(source.content), "ST", "SE")
        return tuple(_Set(one, hints).document() for one in found)


class _Set:
    """Walks the segments of one transaction set; what they mean depends on those before."""

    def __init__(self, segments: list[Segment], hints: Hints) -> None:
        self.segments = segments
        self.hints = hints
        self.out = Draft("x12")
        self.type = TYPES.get(segments[0].at(0), OTHER)
        self.sides: dict[str, dict[str, tuple[str, str]]] = {}
        self.party = ""
        self.line = ""
        self.notes: list[Segment] = []
        self.codes: list[tuple[str, str, str, Segment]] = []
        self.buyer_reference: Segment | None = None

    def document(self) -> OrderDocument:
        if self.type == OTHER:
            return self.out.document(OTHER)
        for segment in self.segments[1:]:
            handler = getattr(self, "on_" + segment.tag.lower(), None)
            if handler:
                handler(segment)
        by_buyer = self.put_parties()
        for line, kind, value, segment in self.codes:
            own, other = (BUYER_CODE, SELLER_CODE) if by_buyer else (SELLER_CODE, BUYER_CODE)
            if kind in BARCODES:
                self.put(line + "barcode", value, segment)
            elif kind in own:
                self.put(line + "partner_code", value, segment)
            elif kind in other:
                self.put(line + "our_code", value, segment)
        if self.notes:
            text = "\n".join(segment.at(0) for segment in self.notes)
            self.out.put("note", text, self.notes[0].place)
        return self.out.document(self.type)

    def put(self, path: str, value: object, segment: Segment, text: str | None = None) -> None:
        self.out.put(path, value, segment.place, text)

    def on_begin(self, segment: Segment) -> None:
        number_at, revision_at, date_at = BEGIN[segment.tag]
        if segment.tag == "BEG" and segment.at(0) in ("04", "05"):
            self.type = ORDER_CHANGE
        if segment.tag == "BAK":
            # 02 is the order that is confirmed, 07 the seller's own number
            self.put("number", segment.at(7) or segment.at(2), segment)
            self.put("our_order", segment.at(2), segment)
            day = segment.at(8) or segment.at(3)
            self.put("order_date", iso_date(day), segment, day)
            return
        self.put("number", segment.at(number_at), segment)
        self.put("revision", segment.at(revision_at), segment)
        day = segment.at(date_at)
        self.put("order_date", iso_date(day), segment, day)

    on_beg = on_bch = on_bak = on_bqr = on_bca = on_begin

    def on_cur(self, segment: Segment) -> None:
        self.put("currency", segment.at(1), segment)

    def on_ref(self, segment: Segment) -> None:
        kind, value = segment.at(0), segment.at(1) or segment.at(2)
        if self.line:
            return
        if kind in ("TJ", "VX", "AAO") and self.party:
            self.sides[self.party].setdefault("vat", (value, segment.place))
        elif kind in ("CR", "11", "AJ", "CU", "12") and value:
            self.buyer_reference = self.buyer_reference or segment
        elif kind == "PO" and self.type in (ORDER_CONFIRMATION, QUOTATION):
            self.put("our_order", value, segment)

    def on_per(self, segment: Segment) -> None:
        side = self.sides.setdefault(self.party or "BY", {})
        if segment.at(1):
            side.setdefault("contact", (segment.at(1), segment.place))
        for at in (2, 4, 6):
            key = {"TE": "phone", "WP": "phone", "EM": "email"}.get(segment.at(at))
            if key and segment.at(at + 1):
                side.setdefault(key, (segment.at(at + 1), segment.place))

    def on_dtm(self, segment: Segment) -> None:
        if segment.at(0) in REQUESTED:
            day = segment.at(1)
            self.put(self.line + "requested_date", iso_date(day), segment, day)

    def on_fob(self, segment: Segment) -> None:
        words = dict.fromkeys(filter(None, (segment.at(4), segment.at(6) or segment.at(2))))
        self.put("incoterm", " ".join(words) if segment.at(4) else "", segment)

    def on_itd(self, segment: Segment) -> None:
        self.put("payment_terms", segment.at(11), segment)
        if segment.at(6):
            self.put("payment_terms", f"Net {segment.at(6)} days", segment)

    def on_msg(self, segment: Segment) -> None:
        if self.line:
            self.put(self.line + "note", segment.at(0), segment)
        else:
            self.notes.append(segment)

    def on_n1(self, segment: Segment) -> None:
        self.party = segment.at(0)
        if self.line:
            return
        side = self.sides.setdefault(self.party, {})
        if segment.at(1):
            side.setdefault("name", (segment.at(1), segment.place))
        if segment.at(2) == "UL":
            side.setdefault("gln", (segment.at(3), segment.place))
        elif segment.at(2) == "91":  # given by the seller: our number for the buyer
            side.setdefault("reference", (segment.at(3), segment.place))

    def on_n2(self, segment: Segment) -> None:
        side = self.sides.get(self.party, {})
        if "name" in side and not self.line and segment.at(0):
            name, place = side["name"]
            side["name"] = (f"{name}, {segment.at(0)}", place)

    def on_n3(self, segment: Segment) -> None:
        self.add_address(segment, street=", ".join(filter(None, (segment.at(0), segment.at(1)))))

    def on_n4(self, segment: Segment) -> None:
        self.add_address(segment, city=segment.at(0), zip=segment.at(2), country=segment.at(3))

    def add_address(self, segment: Segment, **values: str) -> None:
        if not self.line and self.party in self.sides:
            for key, value in values.items():
                if value:
                    self.sides[self.party].setdefault(key, (value, segment.place))

    def on_po1(self, segment: Segment) -> None:
        self.start_line(segment, 1, 2, 3, 4, 5)

    def on_poc(self, segment: Segment) -> None:
        self.start_line(segment, 2, 4, 5, 6, 7)

    def start_line(
        self, segment: Segment, quantity: int, uom: int, price: int, basis: int, codes: int
    ) -> None:
        self.line = self.out.line()
        self.put(
            self.line + "quantity", number(segment.at(quantity)), segment, segment.at(quantity)
        )
        self.put(self.line + "uom", segment.at(uom), segment)
        value = number(segment.at(price))
        units = BASIS.get(segment.at(basis), 1)
        text = segment.at(price) + (f" / {units}" if units > 1 else "")
        self.put(self.line + "price_unit", draft.per_unit(value, Decimal(units)), segment, text)
        for at in range(codes, len(segment.elements) - 1, 2):
            self.codes.append((self.line, segment.at(at), segment.at(at + 1), segment))

    def on_lin(self, segment: Segment) -> None:
        for at in range(1, len(segment.elements) - 1, 2):
            self.codes.append((self.line, segment.at(at), segment.at(at + 1), segment))

    def on_pid(self, segment: Segment) -> None:
        path = self.line + "description"
        text = segment.at(4)
        if self.line and text:
            if path in self.out.values:
                self.out.values[path] += "\n" + text
            else:
                self.put(path, text, segment)

    def on_sch(self, segment: Segment) -> None:
        if self.line and segment.at(4) in REQUESTED:
            day = segment.at(5)
            self.put(self.line + "requested_date", iso_date(day), segment, day)

    def on_sac(self, segment: Segment) -> None:
        """Allowance or charge: SAC05 is an amount without its decimal point, SAC07 a rate."""
        taken = segment.at(0) == "A"
        share = number(segment.at(6))
        if self.line:
            if taken and share:
                self.put(self.line + "discount", share, segment)
            return
        cents = number(segment.at(4))
        amount = cents / 100 if cents is not None and "." not in segment.at(4) else cents
        if amount:
            name = segment.at(14) or segment.at(1)
            self.out.charge(name, -amount if taken else amount, segment.place)

    def on_ctp(self, segment: Segment) -> None:
        if self.line and segment.at(2):
            self.put(self.line + "price_unit", number(segment.at(2)), segment, segment.at(2))

    def on_amt(self, segment: Segment) -> None:
        value = number(segment.at(1))
        if self.line and segment.at(0) == "1":
            self.put(self.line + "price_subtotal", value, segment, segment.at(1))
        elif segment.at(0) in ("TT", "GV", "BAP"):
            self.put("amount_total", value, segment, segment.at(1))
        elif segment.at(0) in ("T", "TX"):
            self.put("amount_tax", value, segment, segment.at(1))
        elif segment.at(0) in ("N", "NT", "13"):
            self.put("amount_untaxed", value, segment, segment.at(1))

    def on_txi(self, segment: Segment) -> None:
        if not self.line:
            self.put("amount_tax", number(segment.at(1)), segment, segment.at(1))

    def on_ctt(self, segment: Segment) -> None:
        said = number(segment.at(0))
        if said is not None and said != self.out.count:
            figures = {"printed": int(said), "read": self.out.count}
            self.out.findings.append(Finding("line_count_mismatch", WARNING, figures))
        # what follows belongs to the whole order again, though no party is open
        self.line = ""
        self.party = "-"
        self.sides.setdefault("-", {})

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
        if self.buyer_reference and partner == "buyer":
            segment = self.buyer_reference
            self.put("partner.reference", segment.at(1), segment)
        return partner == "buyer"

    def side(self, codes: tuple[str, ...]) -> dict[str, tuple[str, str]]:
        return next((self.sides[code] for code in codes if code in self.sides), {})
