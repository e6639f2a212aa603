"""Items that people write as sentences and lists: "please send 20 pcs of 4711-B at 1.50"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from .. import normalize
from ..document import (
    INFO,
    OTHER,
    PURCHASE_ORDER,
    Evidence,
    Finding,
    OrderDocument,
    OrderLine,
)
from ..layout.lexicon import Lexicon, lexicon
from ..layout.text import squash
from .typeset import Cell

SURE = 0.7

# What asks for goods, at the start of words, in the languages of the word lists.
_REQUESTS = re.compile(
    r"\b(order|please (?:\w+ ){0,4}(?:send|supply|deliver|ship|provide|add)|"
    r"we (?:need|require|would like)|"
    r"bestell|bitte (?:\w+ ){0,3}(?:liefern|senden|schicken)|liefern sie|benötigen|"
    r"command|veuillez (?:nous )?(?:livrer|envoyer|fournir)|merci de (?:nous )?(?:livrer|envoyer)|"
    r"besoin|bestel|graag|leveren|pedido|solicit|envi(?:ar|en|e)|necesit|ordin|inviar|fornir|"
    r"zamawi|zamów|prosz|encomend|fornec)",
    re.I,
)
_BULLET = re.compile(r"^\s*(?:[-*•·–>]|\(?\d{1,3}[.):]|pos\.?\s*\d+[.:]?|item\s*\d+[.:])\s+", re.I)
_NUMBER = r"\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_FIRST = re.compile(
    rf"^(?P<quantity>{_NUMBER})\s*(?P<times>[x×*]\s+)?(?:(?P<unit>[^\W\d_]{{1,12}}\.?)\s+)?"
    r"(?P<times2>[x×]\s+)?(?:(?:of|von|de|van|di|stk)\s+)?(?P<rest>\S.*)$",
    re.I,
)
_LAST = re.compile(
    rf"^(?P<rest>\S.*?)\s*(?:[:;=,–—-]|\s|\()\s*(?P<times>[x×]\s*)?"
    rf"(?P<quantity>{_NUMBER})\s*(?P<unit>[^\W\d_]{{1,12}})?\.?\)?$",
    re.I,
)
# In the middle of a sentence a number counts only with a unit and a code behind it.
_INSIDE = re.compile(
    rf"\b(?P<quantity>{_NUMBER})\s*(?P<times>[x×]\s*)?(?P<unit>[^\W\d_]{{1,12}}\.?)?\s+"
    r"(?:(?:of|von|de|van|di)\s+)?(?P<rest>[^,;]{3,80}?)(?=[,;]|\.\s|\.$|$| and | und | et )",
    re.I,
)
_PRICE = re.compile(
    rf"\s*(?:@|\bat\b|\bà\b|\ba\b|\bzu je\b|\bzu\b|\bje\b|\bfor\b|\bper\b)?\s*"
    rf"(?:(?P<sign>€|EUR|\$|USD|£|GBP|CHF|PLN|zł)\s*(?P<after>{_NUMBER})|"
    rf"(?P<before>{_NUMBER})\s*(?:€|EUR|\$|USD|£|GBP|CHF|PLN|zł))"
    r"(?:\s*(?:/|per|pro|je|each|ea|stück|stk|pc|pcs)\.?\s*\w*)?\s*(?:each|ea\.?|pro stück)?",
    re.I,
)
_LABEL = (
    r"(?:art(?:ikel|icle|icolo|[ií]culo)?|item|part|sku|code|ref(?:erenc\w*)?|"
    r"mat(?:erial)?|no|nr|n°|#)"
)
_CODE = re.compile(
    rf"(?i:(?P<label>(?:\b(?:our|your|unsere?|ihre?|votre|notre|uw|ons|onze)\s+)?\b{_LABEL}\b"
    rf"(?:[\s.\-]*{_LABEL})*)[\s.:#]*)?(?P<code>(?=[\w./-]*\d)(?=[\w./-]*[-/.A-Z]|\d{{4,}})"
    r"[A-Za-z0-9][\w./-]{2,}[A-Za-z0-9])"
)


# Units of time: "30 days net" asks for nothing.
_TIME = frozenset(
    "day days month months week weeks tag tage tagen monat monate woche wochen jour jours mois "
    "semaine semaines dag dagen maand maanden weken dia dias mes meses semana semanas giorno "
    "giorni mese mesi dzien dni miesiac tydzien".split()
)


@dataclass(frozen=True)
class Wish:
    """One item that a line asks for, with the line's number from 0."""

    line: int
    text: str
    quantity: Decimal
    unit: str | None
    description: str
    code: str | None = None
    own: bool = False  # the writer's own code
    price: Decimal | None = None

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


def add(
    documents: Sequence[OrderDocument], lines: Sequence[Cell], subject: str, reader: str
) -> tuple[OrderDocument, ...]:
    """The documents with the items that their text asks for, if it asks for any.

    What people write freely is understood less surely than a table, so is the confidence.
    """
    written = [line.text for line in lines]
    text = "\n".join((subject, *written))
    if not documents or not asks(text):
        return tuple(documents)
    language = documents[0].language
    tokens = [token for line in written for token in normalize.number_tokens(line)]
    proofs = [mark for mark in map(normalize.decimal_mark, tokens) if mark]
    usual = "." if language in ("en", None) else ","
    found = list(wishes(written, max(".,", key=lambda mark: (proofs.count(mark), mark == usual))))
    if not found:
        return tuple(documents)
    document = documents[0]
    evidence = dict(document.evidence)
    for index, wish in enumerate(found):
        place = Evidence(
            text=wish.text, reader=reader, confidence=SURE, place=lines[wish.line].place
        )
        for name in ("description", "quantity", "uom", "price_unit", "our_code", "partner_code"):
            if getattr(wish.line_of(index), name) is not None:
                evidence[f"lines.{index}.{name}"] = place
    kind = PURCHASE_ORDER if document.document_type == OTHER else document.document_type
    changed = replace(
        document,
        document_type=kind,
        lines=tuple(wish.line_of(index) for index, wish in enumerate(found)),
        evidence=evidence,
        findings=(*document.findings, Finding("free_text", INFO, {"lines": len(found)})),
    )
    return (changed, *documents[1:])


def asks(text: str) -> bool:
    """Does a text ask for goods at all?"""
    return bool(_REQUESTS.search(text))


def wishes(lines: Iterable[str], mark: str) -> Iterator[Wish]:
    """The items that lines of a mail ask for.

    A line counts only where a unit, a times sign or an item code stands beside the number, so
    that "in 2 weeks" and "page 3 of 5" ask for nothing.

    :param mark: decimal mark of the writer
    """
    words = lexicon()
    for number, line in enumerate(lines):
        text = _BULLET.sub("", line.strip())
        wish = _wish(number, text, mark, words) if 3 < len(text) < 200 else None
        if wish:
            yield wish


def _wish(number: int, text: str, mark: str, words: Lexicon) -> Wish | None:
    price, rest = _price(text, mark)
    text_left = rest.strip(" ,;")
    matches = [(pattern, pattern.match(text_left)) for pattern in (_FIRST, _LAST)]
    matches += [(_INSIDE, match) for match in _INSIDE.finditer(text_left)]
    for pattern, match in matches:
        if not match:
            continue
        unit, described = match.group("unit"), match.group("rest").strip(" ,;:-–")
        key = squash(unit or "")
        known = bool(key) and key not in _TIME and "unit" in words.kinds("word", key)
        if unit and not known and pattern is _FIRST:
            described = f"{unit} {described}"
        elif unit and not known:
            continue
        code = _code(described)
        times = match.group("times") or match.groupdict().get("times2")
        quantity = normalize.to_decimal(match.group("quantity"), mark)
        if not quantity or not (known or times or (code and pattern is _FIRST)):
            continue
        if pattern is _INSIDE and not (code and known):
            continue
        if not any(char.isalpha() for char in described) and not code:
            continue
        return Wish(
            number,
            text,
            quantity,
            unit if known else None,
            _without_code(described, code),
            code.group("code") if code else None,
            bool(code and re.match(r"our|unser|notre|ons|onze", code.group("label") or "", re.I)),
            price,
        )
    return None


def _price(text: str, mark: str) -> tuple[Decimal | None, str]:
    """The price that a line names, and the line without it."""
    match = _PRICE.search(text)
    if not match:
        return None, text
    value = normalize.to_decimal(match.group("after") or match.group("before"), mark)
    return value, text[: match.start()] + " " + text[match.end() :]


def _code(text: str) -> re.Match[str] | None:
    """The item code in a description: one with a label before it, else the first or the last."""
    found = list(_CODE.finditer(text))
    labelled = [match for match in found if match.group("label")]
    if labelled:
        return labelled[0]
    edge = [match for match in found if match.start() == 0 or match.end() == len(text)]
    return edge[0] if edge else None


def _without_code(text: str, code: re.Match[str] | None) -> str:
    if code is None:
        return text
    rest = f"{text[: code.start()]} {text[code.end() :]}"
    rest = re.sub(r"[(\[]\s*[)\]]", " ", rest)
    words = rest.split()
    while words and "quantity" in lexicon().kinds("column", squash(words[-1])):
        words.pop()
    return " ".join(words).strip(" ,;:-–()") or text
