"""Who is who: the other party, the place of delivery, the invoice address, ourselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from os.path import commonprefix

from ..document import BUYER, ORDER_CONFIRMATION, QUOTATION, SELLER, Party
from ..normalize import find_dates
from ..reader import Hints
from .address import Address, parse_address
from .blocks import Block
from .label import Label
from .labels import Labels
from .letterhead import named_by_mail, take_name_above
from .lexicon import Lexicon
from .lines import Box, beside
from .page import Word
from .registry import find_registry
from .shapes import BARE_PHONE, COMPANY, EMAIL, PHONE
from .text import has_digit, squash

VENDOR_TYPES = (ORDER_CONFIRMATION, QUOTATION)
VAT = re.compile(
    r"\b(?:CHE[-\s]?\d{3}\.?\d{3}\.?\d{3}(?:\s?(?:MWST|TVA|IVA))?"
    r"|(?:AT\s?U|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|GR|HR|HU|IE|IT|LT|LU|LV|MT|NL|NO|PL|PT|RO|SE|SI|SK)"
    r"[\s.-]?(?=[A-Z0-9]*\d)[A-Z0-9](?:[\s.-]?[A-Z0-9]){5,13})(?![A-Za-z0-9])"
)
VAT_DIGITS = 7
"""Least digits of a VAT number; "BE-26-1821" numbers a document."""
PIECES = re.compile(r"\s+[|·•–/-]\s+|\s*[|·•]\s*")
"""What stands between the parts of a letterhead printed in one line."""


@dataclass
class Found:
    """A party in the making: values and the words they come from."""

    values: dict[str, str] = field(default_factory=dict)
    words: dict[str, list[Word]] = field(default_factory=dict)

    def put(self, key: str, text: str | None, words: Sequence[Word]) -> None:
        """Set a value unless there is one."""
        if text and key not in self.values:
            self.values[key] = text.strip()
            self.words[key] = list(words)

    def party(self) -> Party:
        return Party(**self.values)


@dataclass
class Parties:
    """The parties of one document."""

    partner: Found = field(default_factory=Found)
    delivery: Found = field(default_factory=Found)
    invoice: Found = field(default_factory=Found)
    addressee: Found = field(default_factory=Found)
    own_role: str | None = None
    doubtful: bool = False


@dataclass(eq=False)
class _Place:
    """An address on the paper, with the role its label gives it."""

    role: str | None
    address: Address
    block: Block
    own: bool


class Own:
    """Recognizes our own companies, by what the caller told about them."""

    def __init__(self, parties: Sequence[Party]) -> None:
        self.names = [squash(party.name) for party in parties if party.name]
        self.vats = {vat_key(party.vat) for party in parties if party.vat}
        self.places = {
            (squash(party.street), squash(party.zip))
            for party in parties
            if party.street and party.zip
        }
        self.mails = {party.email.lower() for party in parties if party.email}
        self.domains = {mail.rpartition("@")[2] for mail in self.mails}
        self.phones = {_digits(party.phone)[-7:] for party in parties if party.phone}
        self.registries = [party.registry for party in parties if party.registry]
        self.known = bool(parties)

    def name(self, text: str | None) -> bool:
        """Is this one of our names, perhaps with a letter misread?"""
        key = squash(text or "")
        if not key:
            return False
        if any(key == name or (len(name) > 8 and key.startswith(name)) for name in self.names):
            return True
        if not self.names or len(key) < 8:
            return False
        from rapidfuzz.fuzz import ratio

        return any(ratio(key, name) >= 93 for name in self.names)

    def address(self, address: Address) -> bool:
        place = (squash(address.get("street") or ""), squash(address.get("zip") or ""))
        return self.name(address.get("name")) or place in self.places

    def vat(self, text: str) -> bool:
        return vat_key(text) in self.vats

    def email(self, text: str) -> bool:
        text = text.lower()
        return text in self.mails or text.rpartition("@")[2] in self.domains

    def phone(self, text: str) -> bool:
        return _digits(text)[-7:] in self.phones


def find_parties(
    labels: Labels, blocks: Sequence[Block], document_type: str, hints: Hints, words: Lexicon
) -> Parties:
    """Everybody a document names.

    On an order the other party is the buyer or the letterhead, on a confirmation or quotation
    the seller or the letterhead; our own company is never the other party.
    """
    own = Own(hints.own)
    places = _places(blocks, own, document_type, words, labels)
    vendor = document_type in VENDOR_TYPES
    result = Parties()
    main = _main([at for at in places if at.role != "delivery" or at.address.get("name")], vendor)
    if main:
        _name(result.partner, main, places, labels, own)
        _take(result.partner, main.address)
        _add_same(result.partner, main, places)
    else:
        _name_alone(result.partner, labels, own)
    _deliver(result, places, vendor)
    for place in places:
        if place.role == "invoice" and not place.own:
            _take(result.invoice, place.address)
        if place.own and place.role != "delivery":
            _take(result.addressee, place.address)
    _contacts(result.partner, main, labels, own, places)
    found = result.partner
    named = main and named_by_mail(found.values, main.block.lines)
    if named:
        found.values["name"], found.words["name"] = named.text, list(named.words)
    result.own_role = _own_role(places) if own.known else None
    result.doubtful = main is not None and main.role is None and _rivals(main, places)
    return result


def _places(
    blocks: Sequence[Block], own: Own, document_type: str, words: Lexicon, labels: Labels
) -> list[_Place]:
    result = []
    for block in blocks:
        address = parse_address(block.lines, words)
        if address and block.label is None:
            take_name_above(address, block, labels)
        role = _role(block.label)
        if address is None and role in ("buyer", "seller") and block.lines:
            address = _only_name(block)
        if address and (role != "delivery" or {"name", "street"} & set(address.parts)):
            ours = own.address(address)
            if not own.known:
                ours = role == ("buyer" if document_type in VENDOR_TYPES else "seller")
            result.append(_Place(role, address, block, ours))
    return result


def _only_name(block: Block) -> Address | None:
    first = block.lines[0]
    if not COMPANY.search(first.text):
        return None
    address = Address()
    address.put("name", first.text, first.words)
    return address


def _role(label: Label | None) -> str | None:
    if label is None:
        return None
    kinds = list(label.parties)
    return max(kinds, key=kinds.count) if kinds else None


def _main(places: Sequence[_Place], vendor: bool) -> _Place | None:
    """The other party's address: the labelled one, else the letterhead."""
    order = ("seller", None, "invoice") if vendor else ("buyer", None, "invoice", "delivery")
    others = [place for place in places if not place.own and place.address.get("zip")]
    for role in (*order, "seller", "buyer"):
        fitting = [place for place in others if place.role == role]
        if role is None:
            fitting.sort(key=_letterhead_rank)
        if fitting:
            return _letterhead_of(fitting[0], others)
    return next((place for place in places if not place.own), None)


def _own_role(places: Sequence[_Place]) -> str | None:
    """As what our company is printed, by the labels of its addresses; goods and bills are the
    buyer's."""
    roles = {place.role for place in places if place.own} - {None}
    sides = {SELLER if role == SELLER else BUYER for role in roles}
    return sides.pop() if len(sides) == 1 else None


def _letterhead_of(place: _Place, others: Sequence[_Place]) -> _Place:
    """Where bills go may be another address than the one on the letterhead of the same company."""
    label = place.block.label
    if label is None or "invoice" not in label.parties:
        return place
    name = squash(place.address.get("name") or "")
    same = [other for other in others if squash(other.address.get("name") or "") == name]
    return next((other for other in same if other.role is None), place)


def _letterhead_rank(place: _Place) -> tuple[bool, bool, int, float]:
    """Companies before people, full addresses before others, the first page, from the top."""
    box = place.block.lines[0]
    address = place.address
    named = bool(COMPANY.search(address.get("name") or ""))
    return (not named, "street" not in address.parts, box.page, box.y0)


def _rivals(main: _Place, places: Sequence[_Place]) -> bool:
    """Does another company in another place stand on the paper, just as unlabelled?"""
    own = squash(main.address.get("name") or "")
    for place in places:
        name = place.address.get("name") or ""
        other = squash(name)
        same = other in own or own in other or place.address.get("zip") == main.address.get("zip")
        if place.role is None and not place.own and COMPANY.search(name) and not same:
            return True
    return False


def _take(found: Found, address: Address, more: bool = False) -> None:
    for key in ("name", "street", "zip", "city", "country"):
        value = address.get(key)
        if value and key == "name" and more and address.more:
            value = ", ".join([value, *address.more])
        found.put(key, value, address.words.get(key, ()))


def _add_same(found: Found, main: _Place, places: Sequence[_Place]) -> None:
    """The same company printed again, with parts that the first place lacks."""
    name = squash(found.values.get("name", ""))
    for place in places:
        address = place.address
        same = squash(address.get("name") or "") == name and not place.own
        if place is main or not same or place.role == "delivery":
            continue
        if not found.values.get("zip") or address.get("zip") == found.values["zip"]:
            _take(found, address)


def _name(found: Found, main: _Place, places: Sequence[_Place], labels: Labels, own: Own) -> None:
    """The name in full: under a logo an address may have none, or only the end of one."""
    name, code = main.address.get("name"), main.address.get("zip")
    for place in places:
        other = place.address.get("name") or ""
        cut = bool(name) and name.endswith("&") and squash(other).startswith(squash(name))
        same = (place.address.get("zip") == code or cut) and not place.own
        longer = name and squash(other).endswith(squash(name)) and len(other) > len(name)
        if same and COMPANY.search(other) and (longer or cut or not name):
            found.put("name", other, place.address.words["name"])
    above = main.address.above
    if above and squash(name or "").startswith(squash(above[0])):
        above = None
    twice = above and sum(_above(place) == squash(above[0]) for place in places) > 1
    if name and above and (twice or _is_one_name(above[0], name, labels)):
        found.put("name", f"{above[0]} {name}", [*above[1], *main.address.words["name"]])
    if not name:
        _name_alone(found, labels, own)


def _above(place: _Place) -> str:
    """The squashed line above a name, which may be its beginning."""
    return squash(place.address.above[0]) if place.address.above else ""


def _is_one_name(above: str, name: str, labels: Labels) -> bool:
    """Do two lines print one name? So it does where it stands in one line, or in a mail address."""
    start, whole = squash(above), squash(above + name)
    for segment in labels.segments:
        domain = segment.text.rpartition("@")[2] if "@" in segment.text else ""
        if whole in segment.key or len(commonprefix([start, squash(domain)])) > 5:
            return True
    return False


def _name_alone(found: Found, labels: Labels, own: Own) -> None:
    """A company on the paper that is not ours, without any address; the largest print wins."""
    best = None
    for segment in labels.segments:
        text = PIECES.split(segment.text)[0].rpartition(": ")[2]
        text = text if COMPANY.search(text) else text.partition(",")[0]
        if COMPANY.search(text) and not own.name(text) and len(text) < 60:
            if best is None or segment.height > 1.15 * best[1].height:
                best = (text, segment)
    if best:
        found.put("name", best[0], best[1].words)


def _whole_delivery(result: Parties, place: _Place) -> None:
    """The name from its first line on, where the other party's name begins with it."""
    above, address = place.address.above, place.address
    partner = squash(result.partner.values.get("name", ""))
    if above and partner.startswith(squash(above[0])) and partner != squash(above[0]):
        address.parts["name"] = f"{above[0]} {address.parts['name']}"
        address.words["name"] = [*above[1], *address.words["name"]]


def _deliver(result: Parties, places: Sequence[_Place], vendor: bool) -> None:
    """Where the goods go; the seller's own address is the recipient of the letter."""
    wanted = [item for item in places if item.role == "delivery" and (vendor or not item.own)]
    place = next(iter(wanted), None)
    if not place:
        return
    _whole_delivery(result, place)
    name = squash(result.partner.values.get("name", ""))
    head = next((text for text in place.address.more if name and squash(text).startswith(name)), "")
    if head:
        # a person may be named above the company
        result.delivery.put("name", head, place.address.words["more"])
    _take(result.delivery, place.address, more=True)


# --------------------------------------------------------------------------------- contacts
def _contacts(
    found: Found,
    main: _Place | None,
    labels: Labels,
    own: Own,
    places: Sequence[_Place],
) -> None:
    inside = _near(main)
    _email(found, labels, own, inside)
    _vat(found, labels, own, inside, places)
    _phone(found, labels, own, inside)
    _registry(found, labels, own)
    theirs = {id(line) for place in places if place.own or place.role for line in place.block.lines}
    # what heads an address elsewhere names a person only where nothing better does
    for label, value in sorted(labels.values("contact"), key=lambda pair: bool(pair[0].parties)):
        if {id(label.segment), id(value)} & theirs or own.name(value.text):
            continue
        text = value.text.partition(",")[0]
        if not any(char.isdigit() or char == "@" for char in text) and len(text) < 40:
            found.put("contact", text, value.words)


def _near(main: _Place | None) -> list[Box]:
    return list(main.block.lines) if main else []


def _email(found: Found, labels: Labels, own: Own, inside: Sequence[Box]) -> None:
    for _label, value in labels.values("email"):
        # an address that wraps stands in several words
        whole = [word.text for word in value.words if EMAIL.search(word.text)]
        match = EMAIL.search((whole or ["".join(word.text for word in value.words)])[0])
        if match and not own.email(match.group()):
            found.put("email", match.group().lower(), value.words)
    for segment in (*inside, *labels.segments):
        if "@" in segment.text:
            for word in segment.words:
                match = EMAIL.search(word.text)
                if match and not own.email(match.group()):
                    found.put("email", match.group().lower(), [word])


def _vat(
    found: Found, labels: Labels, own: Own, inside: Sequence[Box], places: Sequence[_Place]
) -> None:
    """Labelled numbers first; then a bare number in the party's own block, then anywhere."""
    foreign = {id(line) for place in places if place.own for line in place.block.lines}
    for label, value in labels.values("vat"):
        text = vat_text(value.text)
        if text and not own.vat(text) and id(label.segment) not in foreign:
            found.put("vat", text, value.words)
    for segment in (*inside, *labels.segments):
        if not has_digit(segment.text) or id(segment) in foreign:
            continue
        for piece in PIECES.split(segment.text):
            match = VAT.search(piece)
            match = match if match and len(_digits(match.group())) >= VAT_DIGITS else None
            bare = match and (match.group() == piece.strip() or _valid_vat(match.group()))
            if bare and not own.vat(match.group()) and "IBAN" not in piece:
                found.put("vat", match.group(), segment.words)


def vat_text(text: str) -> str | None:
    """The VAT number in the words behind its label, also without a country code."""
    match = VAT.search(text)
    if match and len(_digits(match.group())) >= VAT_DIGITS:
        return match.group().strip()
    match = re.match(r"^(?:[A-Z]{2,4}[-\s]?)?[A-Z0-9]{0,2}\d[\dA-Z .\-/]{5,16}[\dA-Z]", text)
    return match.group().strip() if match else None


def _valid_vat(text: str) -> bool:
    from stdnum.eu import vat

    return bool(vat.is_valid(text))


def vat_key(text: str | None) -> str:
    """A VAT number without blanks, dots and the Swiss ending."""
    key = re.sub(r"[^A-Z0-9]", "", (text or "").upper())
    return re.sub(r"(?:MWST|TVA|IVA)$", "", key)


def _registry(found: Found, labels: Labels, own: Own) -> None:
    for segment in labels.segments:
        if has_digit(segment.text):
            found.put("registry", find_registry([segment.text], own.registries), segment.words)


def _phone(found: Found, labels: Labels, own: Own, inside: Sequence[Box]) -> None:
    mail = found.values.get("email")
    for _label, value in labels.values("phone"):
        match = PHONE.search(value.text)
        if match and not own.phone(match.group()):
            found.put("phone", match.group().strip(), value.words)
    for segment in (*inside, *labels.segments):
        for piece in PIECES.split(segment.text):
            match = PHONE.match(piece)
            if match and piece.startswith(("+", "(+", "00")) and not own.phone(match.group()):
                found.put("phone", match.group().strip(), segment.words)
    near = [
        segment
        for segment in labels.segments
        if mail and (mail in segment.text.lower() or _beside_mail(segment, found))
    ]
    for segment in (*inside, *near):
        for piece in PIECES.split(segment.text):
            bare = BARE_PHONE.fullmatch(piece.strip()) and not find_dates(piece, {})
            if bare and not own.phone(piece) and 7 <= len(_digits(piece)) <= 15:
                found.put("phone", piece.strip(), segment.words)


def _beside_mail(segment: Box, found: Found) -> bool:
    return beside(Box(found.words["email"]), segment)


def _digits(text: str | None) -> str:
    return re.sub(r"\D", "", text or "")
