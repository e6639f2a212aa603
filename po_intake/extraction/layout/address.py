"""Lines of an address -> name, street, zip code, city, country."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..normalize import find_dates
from .lexicon import Lexicon, months
from .lines import Box
from .page import Word
from .shapes import COMPANY, EMAIL, PHONE, SEPARATORS
from .text import has_digit, squash

UK_CODE = r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}"
IRISH_CODE = r"[A-Z]\d[\dW]\s?[A-Z\d]{4}"
_FRONT = re.compile(
    r"^(?:[A-Z]{1,3}[-\u2013 ]\s?)?"
    r"(?P<zip>\d{4}\s[A-Z]{2}|\d{4}-\d{3}|\d{2}-\d{3}|\d{3}\s\d{2}|\d{4,5})"
    r"\s+(?![A-Z]{2}$)(?P<city>[^\W\d_a-z][^\d@:;]*(?:\s\d{1,2})?)$"
)
_US = re.compile(
    r"^(?P<city>[^\W\d_][^\d,]+),?\s+(?P<state>[A-Z]{2})\.?,?\s+(?P<zip>\d{5}(?:-\d{4})?)$"
)
_BEHIND = re.compile(rf"^(?P<city>[^\W\d_][^\d,]*?),?\s+(?P<zip>{UK_CODE}|{IRISH_CODE})$")
_BEFORE = re.compile(rf"^(?P<zip>{UK_CODE}|{IRISH_CODE}),?\s+(?P<city>[^\W\d_][^\d]+)$")
_CODE_ALONE = re.compile(
    r"^(?:[A-Z]{1,2}-)?(?:\d{4}\s[A-Z]{2}|\d{4}-\d{3}|\d{2}-\d{3}|\d{3}\s\d{2}|\d{4,5})$"
)
_ZIP_ALONE = re.compile(rf"^(?P<zip>{UK_CODE}|{IRISH_CODE}|\d{{5}}|\d{{4}}\s[A-Z]{{2}})$")
STREET = re.compile(r"\s\d{1,5}\s?[a-zA-Z]?(?:[-/]\d+)?$|^\d{1,5}[a-z]?\s")
AREA = re.compile(
    r"(?:Z\.?[AI]\.?C?\.?|Zone|Parc|Pol[ií]gono|Pol\.|P\.\s?I\.|Zona|Industriepark|Gewerbe\w+|"
    r"Industrie\w+|Bedrijv\w+|Parque|Strefa|Unit|Suite|Block)(?!\w)",
    re.IGNORECASE,
)
"""An industrial estate in front of the street is part of the street, no name."""
LINK = re.compile(r"(?:&|\+|\b(?:und|and|et|e|y|i|en))$")
"""At the end of a line, the name goes on in the next."""
LINKED = re.compile(r"[&+]\s")
"""At the beginning of a line, it goes on with the name above."""
SPACED = re.compile(r"^(?:\w\s){3,}\w$")
"""Letters set wide apart, as under a logo."""
_LEGAL_TAIL = re.compile(
    r"\s+(?:au capital|cap\.|capital|con capital|mit Sitz|Sitz|Reg\.).*$", re.IGNORECASE
)
_HYPHEN = re.compile(r"\w-$")
_PROVINCE = re.compile(
    r"\s*\((?!Oder|Main|Saale|Spree|Aisch|Elster|Dosse|Hann|Westf|Sieg|Ruhr|Wied|Eder|Lahn)"
    r"[^\W\d_a-z][^()\d]+\)$|,\s*[A-Z]{2}$"
)
"""Provinces stand behind towns in Italy and Spain; in Germany rivers, which belong to the name."""
_ANNEX = re.compile(
    r"(?:b[\u00e2a]t|bldg|building|geb|halle|tor|esc|[\u00e9e]tage|piso|nave|local|apt|suite|unit|"
    r"floor|int|scala|lok|hal|porte|puerta|planta|dock|gate)\b",
    re.IGNORECASE,
)
"""A part of a building is no street."""
_PART = re.compile(
    r"(?:warehouse|unit|building|bldg|depot|gate|dock|halle|tor|lager|nave|capannone|bâtiment|hal)"
    r"\.?\s?\w?\d+\w?",
    re.IGNORECASE,
)
"""A numbered part of a site."""
_END = re.compile(r"(?<=[^\W\d_]{4})\.$")
"""The end of a sentence, not of an abbreviation as in "Frankfurt a. M."."""
_LAST = re.compile(r"(?:\s*,\s*|\s+[-–—]\s+|\s*\()([^,()–—]+?)\)?$")
"""What stands behind a city: "Onda - España", "Cantù (Italia)"."""
_TOWN = re.compile(r"[^\W\d_a-z][^\d@:;,]+$")
_CONTACT = re.compile(
    r"(?:,\s*|\s+)(?=(?:[^\W\d_][\w-]*\.?\s?:?\s?)?(?:\+|\(?0)\d[\d\s()/.-]{5,}|[\w.+-]+@)"
)
"""Behind an address in one line: a phone, with the word in front of it, or an address of mail."""
_TOWN_GAP = 1.4
"""A town stands so close behind its code, in shares of the height."""
_SPLIT = re.compile(r"\s+[·|•–∙—*-]\s+|\s*[·|•∙]\s*")


Piece = tuple[str, Sequence[Word]]
"""A part of an address, with the words it was read from."""


@dataclass
class Address:
    """Parts of an address, each with the words it was read from.

    :param more: lines between name and street
    :param above: a line above the name, which may be its beginning
    """

    parts: dict[str, str] = field(default_factory=dict)
    words: dict[str, list[Word]] = field(default_factory=dict)
    more: list[str] = field(default_factory=list)
    above: Piece | None = None

    def put(self, key: str, text: str, words: Sequence[Word]) -> None:
        """Set a part unless it is known."""
        if text and key not in self.parts:
            self.parts[key] = text.strip(" ,;")
            self.words[key] = list(words)

    def get(self, key: str) -> str | None:
        return self.parts.get(key)


def parse_address(lines: Sequence[Box], words: Lexicon) -> Address | None:
    """The address that these lines print; None without a place.

    The name is the first line; lines between it and the street (a department, a warehouse)
    belong to the name of a place and are kept in ``more``.
    """
    pieces = [piece for line in _unwrapped(lines) for piece in _pieces(line)]
    pieces = _with_town(_with_city(pieces), words)
    places = [index for index, (text, _words) in enumerate(pieces) if index and _place(text)]
    # "2250 Industrial Parkway" looks like a place, until the real one follows
    place = next((index for index in places if index + 1 not in places), None)
    if place is None:
        return None
    result = Address()
    match = _place(pieces[place][0])
    result.put("zip", match["zip"], pieces[place][1])
    result.put("city", _PROVINCE.sub("", match["city"]), pieces[place][1])
    _country(result, pieces, place, words)
    head = [item for item in pieces[:place] if not _is_noise(item[0], words)]
    _name_and_street(result, head)
    return result


def with_towns(segments: Sequence[Box]) -> list[Box]:
    """The segments of a line, with a code joined to the town that stands wider behind it."""
    result: list[Box] = []
    for segment in segments:
        last = result[-1] if result else None
        near = last is not None and segment.x0 - last.x1 < _TOWN_GAP * segment.height
        if near and _CODE_ALONE.match(last.text) and _TOWN.match(segment.text):
            result[-1] = Box([*last.words, *segment.words])
        else:
            result.append(segment)
    return result


def _with_city(pieces: list[Piece]) -> list[Piece]:
    """The lines, with a code alone in its line joined to the town above it."""
    result: list[Piece] = []
    for text, words in pieces:
        town = result[-1][0] if len(result) > 1 else ""
        plain = town and not has_digit(town) and not COMPANY.search(town)
        if plain and _ZIP_ALONE.match(text.strip()):
            joined = f"{text.strip()} {town.strip(' ,')}"
            if _place(joined):
                result[-1] = (joined, [*result[-1][1], *words])
                continue
        result.append((text, words))
    return result


def _with_town(pieces: list[Piece], words: Lexicon) -> list[Piece]:
    """The lines, with a code alone in its line joined to the town under it, if it has none."""
    result: list[Piece] = []
    for text, printed in pieces:
        code = result[-1][0].strip() if result else ""
        town = _TOWN.match(text.strip()) and squash(text) not in words.country
        if len(result) > 1 and town and _CODE_ALONE.match(code):
            result[-1] = (f"{code} {text.strip()}", [*result[-1][1], *printed])
        else:
            result.append((text, printed))
    return result


def _unwrapped(lines: Sequence[Box]) -> list[Box]:
    """The lines, with one joined to the next where a whole address in one line wraps."""
    result: list[Box] = []
    for line in lines:
        above = result[-1] if result else None
        if above and "," in above.text and not _place(above.text):
            joined = joined_lines(above, line)
            whole = _place(line.text) or ends_with_place(line.text)
            wraps = above.text.rstrip().endswith(",") or not whole
            if wraps and len(_cut_commas(joined.text)) > 2 > len(_cut_commas(above.text)):
                result[-1] = joined
                continue
        result.append(line)
    return result


def joined_lines(above: Box, line: Box) -> Box:
    """Two lines as one; a code or a name may be parted at its hyphen ("3750-" above "164")."""
    last, first = above.words[-1], line.words[0]
    if not _HYPHEN.search(last.text):
        return Box([*above.words, *line.words])
    whole = first._replace(text=last.text + first.text)
    return Box([*above.words[:-1], whole, *line.words[1:]])


def _pieces(line: Box) -> list[Piece]:
    """A line, cut where an address is printed in one line."""
    text = line.text
    if _place(text) or (not _SPLIT.search(text) and "," not in text):
        return [(text, line.words)]
    parts = [part.strip() for part in _SPLIT.split(text) if part.strip()]
    cut: list[str] = []
    for part in parts:
        cut += _cut_commas(part)
    return [(part, line.words) for part in cut] if len(cut) > 1 else [(text, line.words)]


def is_place(text: str) -> bool:
    """Is this a zip code and a city, or a city and a postcode?"""
    return _place(text) is not None


def ends_with_place(text: str) -> bool:
    """Is this a whole address in one line?"""
    return len(_cut_commas(text)) > 1


def ends_in_zip(text: str) -> bool:
    """Is this a place as in the United States, "Dover DE 19901", which ends like a number?"""
    return _US.match(text) is not None


def _cut_commas(text: str) -> list[str]:
    """Cut "Street 1, 12345 City" at the comma before the place, and nowhere else."""
    if _place(text) or "," not in text:
        return [text]
    contact = _CONTACT.search(text)
    if contact and len(_cut_commas(text[: contact.start()])) > 1:
        return _cut_commas(text[: contact.start()])
    for match in reversed(list(re.finditer(r",\s*", text))):
        tail = text[match.end() :]
        if _place(tail):
            return [*_cut_head(text[: match.start()]), tail]
    return [text]


def _cut_head(text: str) -> list[str]:
    """ "Name, Warehouse 2, Street 5" in its parts; a number alone belongs to the street.

    Without a company in front it is all street ("Suite 9, 22 Quay Chambers").
    """
    if "," not in text:
        return [text]
    parts: list[str] = []
    for part in text.split(","):
        number = re.fullmatch(r"\s*\d{1,5}\s?[a-zA-Z]?(?:\s?bis|\s?ter)?\s*", part)
        estate = len(parts) > 1 and AREA.match(parts[-1])
        annex = len(parts) > 1 and _ANNEX.match(part.strip()) and not _ANNEX.match(parts[-1])
        if parts and (number or estate or annex or _only_legal_form(part.partition("(")[0])):
            parts[-1] += "," + part
        else:
            parts.append(part.strip())
    first = parts[0].partition("(")[0].strip()
    plain = not has_digit(first) and not AREA.match(first)
    named = plain and STREET.search(parts[-1])
    return parts if len(parts) > 1 and (COMPANY.search(first) or named) else [text]


def _place(text: str) -> dict[str, str] | None:
    text = text.strip(" ,")
    for pattern in (_FRONT, _US, _BEHIND, _BEFORE):
        match = pattern.match(text)
        if match and len(text) < 60:
            return {"zip": match["zip"].strip(), "city": _END.sub("", match["city"].strip(" ,"))}
    head, comma, tail = text.rpartition(",")
    # a country may follow, but "Quay Street, Sheffield S9 2AE" is more than a place
    return _place(head) if comma and "," not in head and not has_digit(tail) else None


def _country(result: Address, pieces: list[Piece], place: int, words: Lexicon) -> None:
    for text, printed in pieces[place + 1 : place + 3]:
        if squash(text) in words.country:
            result.put("country", text, printed)
            return
    behind = _LAST.search(pieces[place][0])
    if behind and squash(behind[1]) in words.country:
        result.put("country", behind[1], pieces[place][1])
        city = result.parts["city"]
        if squash(city).endswith(squash(behind[1])):
            result.parts["city"] = _LAST.sub("", city)


def is_date(text: str) -> bool:
    """Is it a day and nothing else?"""
    dates = find_dates(text, months()) if has_digit(text) else []
    return bool(dates) and dates[0].text.strip() == text.strip()


def _is_noise(text: str, words: Lexicon) -> bool:
    """Lines of an address block that are neither name nor street."""
    first = squash(text.split()[0]) if text.split() else ""
    if first == "co" and "/" not in text:
        # "Co. KG" is no "c/o"
        first = ""
    return bool(
        not any(char.isalnum() for char in text)
        or is_date(text)
        or EMAIL.search(text)
        or (PHONE.fullmatch(text.strip()))
        or words.means("word", first, "salutation")
        or squash(text) in words.country
        or text in SEPARATORS
        or SPACED.match(text)
        or "@" in text
        or text.lower().startswith(("http", "www."))
    )


def _name_and_street(result: Address, head: list[Piece]) -> None:
    if not head:
        return
    named, first, index = _whole_name(head)
    street_alone = STREET.search(named[0]) or AREA.match(named[0])
    if len(head) == 1 and street_alone and not COMPANY.search(named[0]):
        # under a logo the address starts with the street
        result.put("street", named[0], named[1])
        return
    result.put("name", _LEGAL_TAIL.sub("", named[0]), named[1])
    result.above = head[0] if first == 1 else None
    rest = head[index + 1 :]
    street = next(
        (item for item in reversed(rest) if has_digit(item[0])),
        rest[-1] if rest else None,
    )
    if street and _PART.fullmatch(street[0].strip()):
        # "Unit 3" is no street where one follows
        street = rest[-1]
    if street:
        result.put("street", street[0], street[1])
        result.more = [text for text, _words in rest[: rest.index(street)]]
        result.words.setdefault("more", []).extend(
            word for _text, printed in rest[: rest.index(street)] for word in printed
        )


def _whole_name(head: Sequence[Piece]) -> tuple[Piece, int, int]:
    """The name, which may run over two lines, and the indexes of its first and last line."""
    named = next((item for item in head if COMPANY.search(_LEGAL_TAIL.sub("", item[0]))), head[0])
    index = head.index(named)
    linked = index and (LINK.search(head[index - 1][0]) or LINKED.match(named[0]))
    if linked or (index and _only_legal_form(named[0])):
        index -= 1
        named = head[index]
    below = head[index + 1] if index + 1 < len(head) else None
    alone = index == 0 and len(head) > 2 and _only_legal_form(head[1][0])
    if below and (alone or _goes_on(named, below)):
        return (f"{named[0]} {below[0]}", [*named[1], *below[1]]), index, index + 1
    return named, index, index


def _goes_on(name: Piece, below: Piece) -> bool:
    return bool(LINK.search(name[0]) or LINKED.match(below[0])) or (
        not COMPANY.search(name[0]) and _only_legal_form(below[0].partition(",")[0])
    )


def _only_legal_form(text: str) -> bool:
    """Is it the end of a name alone, like "GmbH & Co. KG"?"""
    words = [word for word in text.split() if word not in ("&", "und", "+")]
    if COMPANY.fullmatch(text):
        return True
    return bool(words) and all(COMPANY.fullmatch(word) for word in words)
