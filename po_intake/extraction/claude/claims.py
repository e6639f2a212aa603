"""From the claims of an answer to order documents: each value looked up, then read by our rules."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from ..document import BLOCKING, WARNING, Charge, Evidence, Finding, OrderDocument, OrderLine, Party
from ..grounding import Band, Ground, Hit, bands, mark_lines
from ..layout.lexicon import languages, lexicon, months
from ..layout.text import squash
from ..normalize import (
    CURRENCIES,
    DateText,
    Habit,
    decide_dates,
    decide_numbers,
    find_currency,
    find_dates,
    to_decimal,
)
from ..paper import Paper
from .redact import MARKS
from .schema import AMOUNTS, HEAD, PARTY, PLACE

TYPED, RECOGNIZED = 0.95, 0.9
"""Confidence of a value that was found on a typed page, and on one that is a picture."""
STRICT = frozenset({"number", "our_order", "reference", "vat", "email", "zip"})
CODES = ("partner_code", "our_code", "barcode")
MONEY = ("price_unit", "price_subtotal")
SHOWN = 100  # characters of a claim that a finding repeats


def to_documents(claims: Mapping[str, Any], paper: Paper, reader: str) -> tuple[OrderDocument, ...]:
    """The documents that an answer claims, with evidence for what was found on the paper.

    What was not found keeps its value, with a confidence of 0 and the finding ``ungrounded``.

    :param claims: an answer of the form of :func:`.schema.schema`
    """
    ground = Ground(paper)
    return tuple(_Taking(item, ground, reader).document() for item in claims["documents"])


@dataclass
class _Taking:
    """One claimed document on its way into ours."""

    claims: Mapping[str, Any]
    ground: Ground
    reader: str
    evidence: dict[str, Evidence] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def document(self) -> OrderDocument:
        claims = self.claims
        self.title()
        self.habit = self.decided()
        marks = mark_lines(self.ground, claims["lines"])
        parts = bands(self.ground.paper, marks)
        lines = tuple(self.line(i, item, parts[i]) for i, item in enumerate(claims["lines"]))
        head = {name: self.text(name, claims[name]) for name in HEAD}
        amounts = {name: self.number(name, claims[name], self.habit.money) for name in AMOUNTS}
        return OrderDocument(
            document_type=claims["document_type"],
            **head,
            **amounts,
            order_date=self.day("order_date", claims["order_date"]),
            requested_date=self.day("requested_date", claims["requested_date"]),
            currency=self.currency(claims["currency"]),
            language=self.language,
            partner=self.party("partner", PARTY),
            delivery=self.party("delivery", PLACE),
            lines=lines,
            charges=tuple(self.charges()),
            evidence=self.evidence,
            findings=(*self.findings, *self.doubts()),
        )

    # what the document as a whole is like

    def title(self) -> None:
        hit = self.ground.text(self.claims["title"])
        if hit:
            self.keep("document_type", hit)

    @property
    def language(self) -> str | None:
        votes = languages({squash(word.text) for word in self.ground.paper.words})
        return max(votes, key=votes.__getitem__) if votes else None

    def decided(self) -> Habit:
        """How this document writes numbers and dates: from the paper, not from the answer."""
        lines = self.claims["lines"]
        names = ("quantity", "price_unit", "discount", "price_per", "price_subtotal")
        rows = [tuple(self.printed(line[name]) for name in names) for line in lines]
        money = [text for row in rows for text in (row[1], row[4])]
        money += [self.printed(self.claims[name]) for name in AMOUNTS]
        numbers = decide_numbers([row[0] for row in rows], money, rows, self.language)
        dates, ordered = [item for _hit, item in self.ground.dates], self.claims["order_date"]
        found = self.ground.date(ordered) if ordered else None
        usual = "mdy" if numbers.money == "." and self.language == "en" else None
        order, certain = decide_dates(dates, usual, found[1] if found else None)
        return Habit(numbers.quantity, numbers.money, order, numbers.numbers_certain, certain)

    def printed(self, claim: str) -> str:
        found = self.ground.number(claim) if claim else None
        return found[1] if found else claim

    def doubts(self) -> list[Finding]:
        codes = []
        if not self.habit.numbers_certain:
            codes.append("ambiguous_numbers")
        if not self.habit.dates_certain:
            codes.append("ambiguous_dates")
        return [Finding(code, WARNING) for code in codes]

    # values

    def keep(self, path: str, hit: Hit) -> None:
        drawn = self.ground.paper.recognized
        sure = RECOGNIZED if hit.words[0].page in drawn else TYPED
        self.evidence[path] = hit.evidence(self.reader, sure)

    def miss(self, path: str, claim: str) -> None:
        self.evidence[path] = Evidence(reader=self.reader, confidence=0.0)
        parameters: dict[str, Any] = {"field": path.rpartition(".")[2], "value": claim[:SHOWN]}
        words = path.split(".")
        if words[0] == "lines":
            parameters["line"] = int(words[1]) + 1
        self.findings.append(Finding("ungrounded", BLOCKING, parameters, path))

    def text(self, path: str, claim: str, band: Band | None = None) -> str | None:
        claim = claim.strip()
        if not claim or any(mark in claim for mark in MARKS):
            return None  # nothing is printed there, or what is printed was not sent
        name = path.rpartition(".")[2]
        look = self.ground.code if name in STRICT or name in CODES else self.ground.text
        hit = look(claim, band)
        self.keep(path, hit) if hit else self.miss(path, claim)
        return claim

    def number(self, path: str, claim: str, mark: str, band: Band | None = None) -> Decimal | None:
        claim = claim.strip()
        if not claim:
            return None
        found = self.ground.number(claim, band)
        if found:
            self.keep(path, found[0])
            claim = _signed(found[1], claim)
        else:
            self.miss(path, claim)
        value = to_decimal(claim, mark)
        return value if value is not None else to_decimal(claim, "." if mark == "," else ",")

    def day(self, path: str, claim: str, band: Band | None = None) -> date | None:
        claim = claim.strip()
        if not claim:
            return None
        found = self.ground.date(claim, band) or (self.ground.date(claim) if band else None)
        item: DateText | None
        if found:
            self.keep(path, found[0])
            item = found[1]
        else:
            self.miss(path, claim)
            item = next(iter(find_dates(claim, months())), None)
        return item.value(self.habit.dates) if item else None

    def currency(self, claim: str) -> str | None:
        code = find_currency(claim) or CURRENCIES.get(claim.strip().lower())
        if not code:
            return None
        hit = self.ground.currency(code)
        self.keep("currency", hit) if hit else self.miss("currency", claim)
        return code

    def party(self, role: str, names: Sequence[str]) -> Party:
        claims = self.claims[role]
        texts = {name: self.text(f"{role}.{name}", claims[name]) for name in names}
        country = self.text(f"{role}.country", claims["country"])
        known = lexicon().pick("country", squash(country or ""), self.language)
        code = country if country and re.fullmatch(r"[A-Z]{2}", country) else None
        return Party(**texts, country=known or code)

    def line(self, index: int, claims: Mapping[str, str], band: Band | None) -> OrderLine:
        base = f"lines.{index}"
        texts = {
            name: self.text(f"{base}.{name}", claims[name], band)
            for name in (*CODES, "description")
        }
        money = {
            name: self.number(f"{base}.{name}", claims[name], self.habit.money, band)
            for name in MONEY
        }
        per = self.number(f"{base}.price_per", claims["price_per"], self.habit.quantity)
        if per and money["price_unit"] is not None:
            money["price_unit"] /= per
        discount = self.number(f"{base}.discount", claims["discount"], self.habit.money, band)
        return OrderLine(
            sequence=index + 1,
            **texts,
            **money,
            quantity=self.number(f"{base}.quantity", claims["quantity"], self.habit.quantity, band),
            uom=self.unit(f"{base}.uom", claims["uom"], band),
            discount=discount if discount is None else abs(discount),
            requested_date=self.day(f"{base}.requested_date", claims["requested_date"], band),
        )

    def unit(self, path: str, claim: str, band: Band | None) -> str | None:
        """A unit stands in the line, glued to its quantity, or once in the head of its column."""
        claim = claim.strip()
        if not claim:
            return None
        hit = self.ground.text(claim, band) or self.ground.text(claim)
        if hit is None:
            glued = [word for word in self.ground.paper.words if word.text[:1].isdigit()]
            ends = [word for word in glued if word.text.lower().endswith(claim.lower())]
            hit = Hit((ends[0],)) if ends else None
        self.keep(path, hit) if hit else self.miss(path, claim)
        return claim

    def charges(self) -> list[Charge]:
        found = []
        for index, item in enumerate(self.claims["charges"]):
            base = f"charges.{index}"
            amount = self.number(f"{base}.amount", item["amount"], self.habit.money)
            name = self.text(f"{base}.description", item["description"])
            if amount is not None:
                found.append(Charge(name or "", amount))
        return found


def _signed(printed: str, claim: str) -> str:
    """The printed number with the sign that is claimed; signs may stand apart on the paper."""
    minus = claim.strip()[:1] in "-\u2212\u2013" or claim.strip()[-1:] in "-\u2212"
    return f"-{printed}" if minus and not printed.startswith("-") else printed
