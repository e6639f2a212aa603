"""What EDIFACT and X12 have in common: a walk over segments, and the order that it leaves behind.

Both tell an order as a run of segments whose meaning depends on those before: parties open and
close, lines begin and end. Which qualifier means what differs; how an order is put together from
dates, item codes and parties does not.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from ..document import BLOCKING, ORDER_CONFIRMATION, OTHER, QUOTATION, Finding, OrderDocument
from ..reader import Hints
from . import draft
from .draft import Draft, Side
from .segments import Segment

ANSWERS = (ORDER_CONFIRMATION, QUOTATION)


class Message:
    """One message. A subclass has a method ``on_<tag>`` for each segment that it understands.

    The tuples name qualifiers, the preferred first.
    """

    reader = ""
    tail = ""
    buyers: tuple[str, ...] = ()
    sellers: tuple[str, ...] = ()
    deliveries: tuple[str, ...] = ()
    invoices: tuple[str, ...] = ()
    requested: tuple[str, ...] = ()
    buyer_codes: tuple[str, ...] = ()
    seller_codes: tuple[str, ...] = ()
    barcodes: tuple[str, ...] = ()

    def __init__(self, segments: list[Segment], hints: Hints, document_type: str) -> None:
        self.segments = segments
        self.hints = hints
        self.out = Draft(self.reader)
        self.type = document_type
        self.sides: dict[str, Side] = {"": {}}
        self.party = ""  # whose contacts and references follow; nobody's before the first party
        self.line = ""  # prefix of the line, empty before the first and after the last
        self.notes: list[tuple[str, str]] = []
        self.dates: dict[str, tuple[int, datetime.date, Segment, str]] = {}
        self.codes: list[tuple[str, str, str, Segment]] = []
        self.allowances: dict[str, list[draft.Allowance]] = {}

    def document(self) -> OrderDocument:
        """The order that the message tells; of what is no order only the type."""
        if self.type == OTHER:
            return self.out.document(OTHER, place=self.segments[0].place)
        for segment in self.segments[1:]:
            handler = getattr(self, "on_" + segment.tag.lower(), None)
            if handler:
                handler(segment)
        self.finish()
        for path, (_rank, day, segment, text) in self.dates.items():
            self.put(path, day, segment, text)
        for line, allowances in self.allowances.items():
            draft.put_discount(self.out, line, allowances)
        self.put_sums()
        self.put_codes(self.put_parties())
        if self.notes:
            self.out.put("note", "\n".join(text for text, _place in self.notes), self.notes[0][1])
        self.check_length()
        return self.out.document(self.type, place=self.segments[0].place)

    def finish(self) -> None:
        """Put what is only known when the last segment was seen."""

    def put_sums(self) -> None:
        """Put sums, which may mean this or that, once the lines are complete."""

    def put(self, path: str, value: object, segment: Segment, text: str | None = None) -> None:
        """Put one value, with the segment as its place."""
        self.out.put(path, value, segment.place, text)

    def put_requested(self, kind: str, day: datetime.date | None, segment: Segment) -> None:
        """A day on which goods are wanted; the best of several kinds stays."""
        if day is None or kind not in self.requested:
            return
        path, rank = self.line + "requested_date", self.requested.index(kind)
        if path not in self.dates or rank < self.dates[path][0]:
            self.dates[path] = (rank, day, segment, day.isoformat())

    def describe(self, text: str, segment: Segment) -> None:
        """More text of the line's description."""
        path = self.line + "description"
        known = self.out.values.get(path)
        if not self.line or not text:
            return
        if known is None:
            self.put(path, text, segment)
        elif text not in known:
            self.out.values[path] = f"{known}\n{text}"

    def about_party(self, segment: Segment, **values: str) -> None:
        """What is known about the party that is open; of parties of a line nothing is kept."""
        if not self.line and self.party in self.sides:
            for key, value in values.items():
                if value:
                    self.sides[self.party].setdefault(key, (value, segment.place))

    def close_parties(self) -> None:
        """What follows belongs to the whole order, and to no party."""
        self.party = "-"

    def expect_lines(self, said: Decimal | None) -> None:
        """How many lines the message itself counts."""
        if said is not None and said != self.out.count:
            figures = {"printed": str(said), "computed": self.out.count}
            self.out.findings.append(Finding("line_count_mismatch", BLOCKING, figures))

    def check_length(self) -> None:
        """The closing segment must be there, and know how many segments there were."""
        last = self.segments[-1]
        said = draft.number(last.at(0))
        if last.tag != self.tail:
            self.out.findings.append(Finding("file_cut", BLOCKING, {"segment": self.tail}))
        elif said is not None and said != len(self.segments):
            figures = {"printed": str(said), "computed": len(self.segments)}
            self.out.findings.append(Finding("segment_count_mismatch", BLOCKING, figures))

    def put_parties(self) -> bool:
        """Put all parties; is the buyer the other one?"""
        # contacts before the first party are those of the buyer
        buyer = {**self.sides[""], **self.side(self.buyers)}
        seller = self.side(self.sellers)
        by_buyer = draft.put_parties(self.out, self.type, buyer, seller, self.hints)
        self.out.put_party("delivery", self.side(self.deliveries))
        self.out.put_party("invoice", self.side(self.invoices))
        return by_buyer

    def side(self, codes: Sequence[str]) -> Side:
        """The first of these parties that there is."""
        return next((self.sides[code] for code in codes if self.sides.get(code)), {})

    def put_codes(self, by_buyer: bool) -> None:
        """Put the item codes: the sender's own, ours, and the one of trade."""
        own, other = self.buyer_codes, self.seller_codes
        if not by_buyer:
            own, other = other, own
        names = {"partner_code": own, "our_code": other, "barcode": self.barcodes}
        for name, kinds in names.items():
            for wanted in kinds:
                for line, kind, value, segment in self.codes:
                    if kind == wanted:
                        self.put(line + name, value, segment)


def closed(
    documents: tuple[OrderDocument, ...], segments: Sequence[Segment], head: str, tail: str
) -> tuple[OrderDocument, ...]:
    """The documents; without the end of the interchange the last one says that some may miss."""
    tags = {segment.tag for segment in segments}
    if head not in tags or tail in tags or not documents:
        return documents
    *others, last = documents
    if all(item.code != "file_cut" for item in last.findings):
        last = last.with_findings(Finding("file_cut", BLOCKING, {"segment": tail}))
    return (*others, last)
