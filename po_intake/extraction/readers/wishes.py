"""The items that a sentence or a line of a list asks for: "20 pcs of 4711-B at 1.50 EUR"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from .. import normalize
from ..document import OrderLine
from ..layout.lexicon import lexicon
from ..layout.text import squash
from . import mentions, phrases
from .sentences import AND, Sentence, sentences

_NUMBER = r"\d{1,3}(?:[.,'\u2019 \u00a0]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_FREE = r"(?<![\w.,/+-])(?<![Øø°#] )"
_ENDS = r"(?![\w°%\"\u2033]|[-/.,]\w)"
_QUANTITY = re.compile(rf"{_FREE}(?P<n>{_NUMBER}){_ENDS}")
_TIMES_BEHIND = re.compile(rf"{_FREE}(?P<n>{_NUMBER})\s?[x×X*](?=\s+\S|[^\W\d])(?!\s?\d+\s?[x×])")
_TIMES_BEFORE = re.compile(rf"(?<=[\s,:;(])[x×X*]\s?(?P<n>{_NUMBER}){_ENDS}")
_UNIT = re.compile(r"\s{0,8}(?P<unit>[^\W\d_]{1,12}\d?\.?|m[23²³])(?=[\s,;:)]|$)", re.I)
_SIGN = r"€|EUR(?:O|OS)?\b|\$|USD|£|GBP|CHF|PLN|zł(?:otych)?"
_PRICE = re.compile(
    rf"\s*(?:@|\b(?:at|à|a|zu|je|zu je|for|per|po|por|voor|pour|per|cena|price|preis|prijs|prix|"
    rf"precio|prezzo|preço)\b\s*(?:[:=]|je\b|each\b)?)?\s*"
    rf"(?:(?P<sign>{_SIGN})\s*(?P<after>{_NUMBER})|(?P<before>{_NUMBER})\s*(?P<sign2>{_SIGN}))"
    r"(?:\s*(?:,-|/|per|pro|je|each|ea\b|la|le|l'|al|por|za|par)\.?\s*(?:[^\W\d_]{1,10}\b\.?)?)?"
    r"(?:\s*(?:each|ea\b\.?|cad(?:auno)?\b\.?|c/u|c\.u\.|p\.?st\.?|netto|net|HT|\+ VAT))*",
    re.I,
)
_PLAIN_PRICE = re.compile(
    rf"\s*(?:@|\b(?:at|à|zu je|je|po)\b)\s*(?P<before>\d+[.,]\d{{1,4}}){_ENDS}"
)
_OWN = (
    r"our|unsere?|ihre?|your|votre|notre|uw|ons|onze|su|sua|vuestr[oa]|nuestr[oa]|vostr[oa]|"
    r"nostr[oa]|voss[oa]|noss[oa]|wasz|nasz|vs\.?|ns\.?"
)
_LABEL = (
    r"(?:art(?:ikel|icle|icolo|[ií]culo|igo)?(?:nummer|nr)?|item|part|sku|code|c[oó]d(?:ice|igo)?|kod|"
    r"r[eé]f(?:[eé]r[eê]nc\w*)?|indeks|mat(?:erial)?|number|numer|nummer|no|nr|n°|nº|n\.º|#)"
)
_CODE = re.compile(
    rf"(?i:(?P<label>(?:\b(?P<whose>{_OWN})\s+)?(?:(?<!\w){_LABEL}(?!\w)[\s.\-:#]*)+"
    rf"|\b(?P<whose2>{_OWN})\s+))?"
    r"(?<![\w./,+-])(?P<code>(?=[\w./+-]*\d)[A-Za-z0-9][\w./+-]*[A-Za-z0-9])(?![\w%°])"
)
# Sizes and standards that stand in names: M8x40, 25x35, A4, 2RS, 8.8; "DIN 933" has two words.
_SIZE = re.compile(
    r"(?:M\d+(?:[.,]\d+)?(?:x\d+(?:[.,]\d+)?)*|[\d.,]+[a-z]?\d?(?:[x×][\d.,]+)+(?:mm|cm|m)?|A\d|"
    r"[\d.,]+(?:mm|cm|m|g|kg|gr|ml|l|v|w|a|kw|bar|er|tlg)|[\d.,/]+|\d{1,3}-\d{1,3})",
    re.I,
)
_STANDARD = re.compile(
    r"\b(?:DIN|ISO|EN|UNI|NF|PN|BS|RAL|typ|type|size|gr|größe|talla|taglia)\W*$", re.I
)
_RATING = re.compile(  # what pumps, motors and tools do, printed behind a number
    r"\s?(?:[WVK]|kW|k?VA|m?Ah|k?Hz|k?Pa|kN|Nm|(?i:gph|gpm|lph|lpm|cfm|rpm|psi|btu|lm|lux|m3/h|l/h))"
    r"(?![\w/-])"
)
_AND = re.compile(
    rf"\s*(?:(?<!\d),|,(?!\d)|;)\s*(?:(?:{AND})\s+)?|\s+(?:{AND}|\+|&)\s+",
    re.I,
)
_MINE = re.compile(r"our|unser|notre|ons|onze|nuestr|nostr|noss|nasz|ns", re.I)
_NAMED = re.compile(r"(?:\bn(?:r?\.|[°º])|\bqt[yéà]\.?|\bhoeveelheid|\bszt\.?)\s*[:=]?\s*$", re.I)
_OF = re.compile(r"\s+(?:of|off|von|de|van|di|x)\s", re.I)
_PRONOUN = re.compile(r"(?:\s+(?:us|me|uns|mir|ons|nous|nos|ci|nam))?\s*$", re.I)
_APART = re.compile(r"(?:[:=–—,;|-]\s*|\s{2,}|\.{3,}\s*)$")
_OFF = re.compile(r"\s+off\b", re.I)  # British for pieces
_SMALL = tuple(str(number) for number in range(1, 13))
_NOT_GOODS = re.compile(
    r"@\w|https?:|www\.|\+\d{2}|\b(?:t[eé]l|fon|phone|fax)\b\.?\s*:?\s*\(?\d|"
    r"\b\d{1,2}[:.]\d\d\s*(?:h|uhr|uur|am|pm)\b",
    re.I,
)
# Units of time: "30 days net" asks for nothing; units of measure count only in front.
_TIME = frozenset(
    "day days month months week weeks tag tage tagen monat monate woche wochen jour jours mois "
    "semaine semaines dag dagen maand maanden weken dia dias mes meses semana semanas giorno "
    "giorni mese mesi dzien dni miesiac tydzien h hr hrs hour hours std heure ore hora horas uur "
    "godz page seite a e i o y n u no nos nr to per".split()
)
_MEASURE = frozenset("m mm cm km g gr kg kgs l ml lt ltr liter litre ft t m2 m3 cbm qm mq".split())


@dataclass(frozen=True)
class Wish:
    """One item that a line asks for, with the line's number from 0.

    :param own: the code is the writer's own
    :param currency: of the price, where it is named
    :param begged: a word like "please" or a list sign stands in front
    :param leads: nothing else stands in front of it in its clause
    """

    line: int
    text: str
    quantity: Decimal
    unit: str | None
    description: str | None
    code: str | None = None
    own: bool = False
    price: Decimal | None = None
    currency: str | None = None
    begged: bool = False
    leads: bool = False

    def line_of(self, index: int) -> OrderLine:
        """The order line that it makes."""
        barcode = self.code if self.code and _is_gtin(self.code) else None
        code = None if barcode else self.code
        return OrderLine(
            sequence=index + 1,
            partner_code=code if self.own else None,
            our_code=None if self.own else code,
            barcode=barcode,
            description=self.description,
            quantity=self.quantity,
            uom=self.unit,
            price_unit=self.price,
        )


def _is_gtin(code: str) -> bool:
    from stdnum import ean

    return len(code) in (8, 12, 13, 14) and ean.is_valid(code)


def wishes(lines: Iterable[str], mark: str, begins: Collection[int] = ()) -> Iterator[Wish]:
    """The items that lines of a mail ask for.

    A number counts only where a unit, a times sign, an item code or a list stands beside it, so
    that "in 2 weeks" and "page 3 of 5" ask for nothing.

    :param mark: decimal mark of the writer
    :param begins: numbers of lines that are known to begin a paragraph
    """
    for sentence in sentences(list(lines), begins):
        if 3 < len(sentence.text) < 2000 and not _NOT_GOODS.search(sentence.text):
            plain = replace(sentence, text=_in_digits(mentions.without(sentence.text)))
            found = list(_cut(plain, mark))
            if found and _counts(sentence, found[0]):
                yield from (replace(wish, text=sentence.text) for wish in found)


def _counts(sentence: Sentence, first: Wish) -> bool:
    """Is it a line of a list, or a sentence that asks for what it names?

    "We were invoiced for 20 pcs" only tells of goods.
    """
    return (
        sentence.bullet
        or first.leads
        or first.begged
        or phrases.has(sentence.text, "mail", "order", "please")
    )


def _cut(sentence: Sentence, mark: str) -> Iterator[Wish]:
    """Cuts a sentence at commas and conjunctions wherever another item begins behind them."""
    text, start = sentence.text, 0
    cuts = [(cut.start(), cut.end()) for cut in _AND.finditer(text)]
    for number, (end, after) in enumerate([*cuts, (len(text), len(text))]):
        wish = Clause(text[start:end], sentence, mark).wish()
        if wish is None:
            continue
        upto = cuts[number + 1][0] if number + 1 < len(cuts) else len(text)
        follows = Clause(text[after:upto], sentence, mark)
        if after == len(text) or follows.begins(bool(wish.code)):
            yield wish
            start = after


@dataclass(frozen=True)
class _Amount:
    """A number that may be a quantity; ``rank`` is how much speaks for it."""

    start: int
    end: int
    value: str
    rank: int
    unit: str | None = None


class Clause:
    """A piece of a sentence with one item at most."""

    def __init__(self, text: str, sentence: Sentence, mark: str) -> None:
        self.text, self.sentence, self.mark = text, sentence, mark
        self.price, self.currency, self.rest = _price(text, mark)
        self.code = _code(self.rest)
        self.amount = self._amount()

    def begins(self, coded: bool) -> bool:
        """Does an item begin right at the start?"""
        wish = self.wish()
        if wish and self.amount:
            first = min(self.amount.start, self.code.start() if self.code else self.amount.start)
            return _is_lead(self.text[:first])
        return bool(coded and self.code and _is_lead(self.text[: self.code.start()]))

    def wish(self) -> Wish | None:
        """The item, if the clause asks for one."""
        amount, code = self.amount, self.code
        if amount is None:
            return None
        quantity = normalize.to_decimal(amount.value, self.mark)
        name = self._name(amount)
        if not quantity or not (code or (name and any(char.isalpha() for char in name))):
            return None
        whose = (code.group("whose") or code.group("whose2") or "") if code else ""
        return Wish(
            self.sentence.line,
            self.text,
            quantity,
            amount.unit,
            name,
            code.group("code") if code else None,
            bool(_MINE.match(whose)),
            self.price,
            self.currency,
            self.sentence.bullet or phrases.has(self.text[: amount.start], "mail", "please"),
            self._leads(amount),
        )

    def _leads(self, amount: _Amount) -> bool:
        """Does nothing stand before the item, or its quantity apart at the end of a line?"""
        first = min(amount.start, self.code.start() if self.code else amount.start)
        if _is_lead(self.text[:first].rpartition(":")[2]):
            return True
        apart = _APART.search(self.rest[: amount.start])
        closes = not re.search(r"[^\W_]", self.rest[amount.end :])
        return self.sentence.listed and closes and bool(apart)

    def _amount(self) -> _Amount | None:
        found = [self._ranked(match) for match in _QUANTITY.finditer(self.rest)]
        for pattern in (_TIMES_BEHIND, _TIMES_BEFORE):
            for match in pattern.finditer(self.rest):
                unit = _unit(self.rest, match.end())
                end = unit.end() if unit else match.end()
                name = unit.group("unit") if unit else None
                found.append(_Amount(match.start(), end, match.group("n"), 5, name))
        free = [item for item in found if item.rank and not self._in_code(item)]
        return max(free, key=lambda item: (item.rank, -item.start)) if free else None

    def _in_code(self, amount: _Amount) -> bool:
        return (
            bool(self.code)
            and amount.start < self.code.end()
            and (self.code.start("code") < amount.end)
        )

    def _ranked(self, match: re.Match[str]) -> _Amount:
        """How much speaks for a number: its name, its unit, the code beside it, its place."""
        before, after = self.rest[: match.start()], self.rest[match.end() :]
        unit = _unit(self.rest, match.end())
        lead = _is_lead(before) or _asks_just(before)
        rank = 0
        if unit and (lead or squash(unit.group("unit")) not in _MEASURE):
            rank = 5
        elif _NAMED.search(before) or _is_named(before):
            rank = 6
        elif _OFF.match(after) and self.code:
            rank = 5
        elif self.code and _beside(self.code, match, before, after):
            rank = 4 if lead or _OF.match(after) else 3
        elif self.code and self._stands_in_list(before, after):
            rank = 3
        elif lead and re.match(r"\s+[^\W\d_]", after):
            # without any code only a list tells a number of goods from any other
            rank = 2 if self.sentence.bullet or self.code else 0
        end = unit.end() if unit and rank else match.end()
        named = unit.group("unit") if unit and rank else None
        return _Amount(match.start(), end, match.group("n"), rank, named)

    def _stands_in_list(self, before: str, after: str) -> bool:
        """Is it the number between code and name: "933-A2-08040  20  Hex bolt"?"""
        code = self.code
        return bool(
            self.sentence.listed
            and code
            and _is_lead(before[: code.start()])
            and len(before) >= code.end()
            and before[code.end() :].isspace()
            and re.match(r"\s+[^\W\d_]", after)
        )

    def _name(self, amount: _Amount) -> str | None:
        """What the goods are called: behind the quantity, or before it where the code stands."""
        code = self.code
        first = min(amount.start, code.start() if code else amount.start)
        closes = not re.search(r"[^\W_]", self.rest[amount.end :])
        listed = self.sentence.listed and (_is_lead(self.rest[:first]) or closes)
        before, after = self.rest[: amount.start], self.rest[amount.end :]
        if code and code.end() <= amount.start:
            before = before[code.end() :] if not listed else _without(before, code)
            parts = (before, after)
        elif code:
            at = amount.end
            cut = _until_tail(self.rest[at:], listed, max(code.end() - at, 0))
            parts = (_without(self.rest[: at + len(cut)], code)[at:],)
        else:
            parts = (_until_tail(after, listed, 0), before if listed else "")
        for part in parts:
            name = _clean(part if part is not after else _until_tail(after, listed, 0))
            if name:
                return name
        return None


def _in_digits(text: str) -> str:
    """ "two boxes" as "2 boxes": small numbers in front of a unit."""
    for first, last, number in reversed(list(phrases.spans(text, "number", *_SMALL))):
        if _unit(text, last.end()) and not text[: first.start()].rstrip().endswith("/"):
            text = text[: first.start()] + number + text[last.end() :]
    return text


def _unit(text: str, at: int) -> re.Match[str] | None:
    """The unit that stands at a place in the text, if it is one of goods."""
    match = _UNIT.match(text, at)
    key = squash(match.group("unit")) if match else ""
    known = key and key not in _TIME and "unit" in lexicon().kinds("word", key)
    return match if known else None


def _is_lead(text: str) -> bool:
    """Is there nothing before an item but words that ask for it, or none?"""
    left = text
    for first, last, _kind in reversed(
        list(phrases.spans(text, "mail", "order", "please", "glue", "due"))
    ):
        left = left[: first.start()] + left[last.end() :]
    return not re.search(r"[^\W_]", left)


def _asks_just(before: str) -> bool:
    """Do words that ask for goods end right here: "could you send us", "bitte"?"""
    text = _PRONOUN.sub("", before).rstrip()
    return any(
        last.end() == len(text)
        for _first, last, _kind in phrases.spans(text, "mail", "order", "please")
    )


def _is_named(before: str) -> bool:
    """Does the head of a quantity column stand in front, like "qty" or "Menge"?"""
    tail = before.rstrip(" :=.-–")
    for first, last, _kind in phrases.spans(tail[-40:], "column", "quantity"):
        if last.end() == len(tail[-40:]) and first.group():
            return True
    return False


def _beside(code: re.Match[str], match: re.Match[str], before: str, after: str) -> bool:
    """Does only a filling word or a dash stand between a number and the code?"""
    if match.end() <= code.start():
        between = after[: code.start() - match.end()]
        return _is_lead(between) or _is_lead(before)
    between = before[code.end() :]
    closes = not re.search(r"[^\W_]", after)
    return closes and (
        not re.search(r"[^\W_]", between) or bool(re.search(r"[:=–—-]\s*$|\s-\s*$", between))
    )


def _price(text: str, mark: str) -> tuple[Decimal | None, str | None, str]:
    """The price that a clause names, its currency, and the clause with blanks in its place."""
    match = _PRICE.search(text) or _PLAIN_PRICE.search(text)
    if not match:
        return None, None, text
    values = match.groupdict()
    digits = values.get("after") or values["before"]
    value = normalize.to_decimal(digits, normalize.decimal_mark(digits) or mark)
    sign = values.get("sign") or values.get("sign2")
    blanks = " " * (match.end() - match.start() - 1) + ";"
    rest = text[: match.start()] + blanks + text[match.end() :]
    return value, normalize.find_currency(sign) if sign else None, rest


def _code(text: str) -> re.Match[str] | None:
    """The item code in a clause: one with a label before it, else the one that looks most so."""
    best, best_rank = None, 0
    for match in _CODE.finditer(text):
        code = match.group("code")
        rank = 3 if match.group("label") and len(code) > 2 else _looks_coded(match, text)
        if rank > best_rank and not normalize.find_dates(code, {}):
            best, best_rank = match, rank
    return best


def _looks_coded(match: re.Match[str], text: str) -> int:
    code = match.group("code")
    if len(code) < 4 or _SIZE.fullmatch(code) or _STANDARD.search(text[: match.start("code")]):
        plain = code.isdigit() and len(code) >= 4
        unit = _unit(text, match.end()) or _RATING.match(text, match.end())
        return int(plain and not unit and not _STANDARD.search(text[: match.start("code")]))
    if not re.search(r"[A-Z]|\d", code) or re.fullmatch(r"\d+[a-zà-ÿ.]+", code):
        return 0
    return 2 if re.search(r"[-/._]", code) or len(code) > 5 else 1


def _without(text: str, code: re.Match[str]) -> str:
    """The text with blanks in place of the code and its label."""
    end = min(code.end(), len(text))
    return text[: code.start()] + " " * (end - code.start()) + text[end:]


def _until_tail(text: str, listed: bool, least: int) -> str:
    """The text up to words that no longer name the goods: "for", "by 3 May".

    :param least: so many characters stay
    """
    for first, last, _kind in phrases.spans(text, "mail", "tail", "due"):
        comma = re.search(r"[,;(]\s*$", text[: first.start()]) or re.match(
            r"\s*(?:,|$)", text[last.end() :]
        )
        if first.start() >= max(least, 1) and (comma or not listed):
            return text[: first.start()]
    return text


def _clean(text: str) -> str | None:
    """A name without the words and signs around it."""
    text = " ".join(re.sub(r"[(\[]\s*[)\]]", " ", text).split())
    while True:
        text = text.strip(" ,;:=.–—-*@•")
        if text.startswith("(") and text.endswith(")"):
            text = text[1:-1]
        words = text.split()
        glue = [_is_glue(word) for word in words]
        first = next((at for at, is_glue in enumerate(glue) if not is_glue), len(words))
        last = next((at for at, is_glue in enumerate(reversed(glue)) if not is_glue), 0)
        shorter = " ".join(words[first : len(words) - last])
        if shorter == text:
            return text if any(char.isalpha() for char in text) else None
        text = shorter


def _is_glue(word: str) -> bool:
    key = squash(word)
    return not key or "glue" in lexicon().kinds("mail", key)
