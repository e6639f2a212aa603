"""One order that came in several forms, like XML beside its PDF, is one order.

The most structured form is taken; what it leaves out is completed from the others, and where
two forms that were read well disagree, that is a finding: what a person sees must be what is
ordered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from . import envelope
from .document import (
    BLOCKING,
    ORDER_CHANGE,
    PURCHASE_ORDER,
    Evidence,
    Finding,
    OrderDocument,
    Party,
)
from .source import BODY, EMBEDDED, PICTURES, SHEETS, STRUCTURED, Source

if TYPE_CHECKING:
    from .cascade import Found

SHOWN = ("pdf", "png", "jpeg")

# Read at least so well, another form may contradict; and then so little is left of confidence.
CREDIBLE = 0.8
DOUBTED = 0.5

_COMPLETED = (
    "revision",
    "our_order",
    "order_date",
    "requested_date",
    "currency",
    "language",
    "payment_terms",
    "incoterm",
    "note",
    "amount_untaxed",
    "amount_tax",
    "amount_total",
)
_PARTIES = ("partner", "addressee", "delivery", "invoice")


def pair(found: Iterable[Found]) -> list[Found]:
    """Each order once, in the order of the files, completed from its other forms."""
    items = list(found)
    groups: dict[Any, list[Found]] = {}
    for position, item in enumerate(items):
        key = _embedded(item, items) or _key(item.document) or position
        groups.setdefault(key, []).append(item)
    return [merged for group in groups.values() for merged in _merge(group)]


def _embedded(item: Found, items: list[Found]) -> tuple[str, str] | None:
    """The identity of the data in a PDF is that of the PDF, however its pages were read."""
    pages = [other for other in items if other.source is item.source]
    inside = [
        other
        for other in items
        if other.source.role == EMBEDDED and other.source.container == item.source.name
    ]
    return _key(inside[0].document) if len(inside) == len(pages) == 1 else None


def form(source: Source) -> int:
    """How much is certain about what a file says: 0 structured data ... 4 text of a mail."""
    if source.kind in STRUCTURED:
        return 0
    if source.role == BODY:
        return 4
    if source.kind in SHEETS:
        return 1
    return 3 if source.kind in PICTURES else 2


def _key(document: OrderDocument) -> tuple[str, str] | None:
    number = re.sub(r"[\W_]", "", document.number or "").lower()
    kind = document.document_type
    return (number, PURCHASE_ORDER if kind == ORDER_CHANGE else kind) if number else None


def _merge(group: list[Found]) -> Iterator[Found]:
    """One result of several files; orders that one file repeats with other lines stay apart."""
    best = min(group, key=lambda item: (form(item.source), -item.document.confidence))
    document, view = best.document, best.view
    for other in group:
        if other is best:
            continue
        if other.source is best.source and _lines(other.document) != _lines(document):
            yield other
            continue
        document = _compare(complete(document, other.document), other)
        if view.kind not in SHOWN and other.source.kind in SHOWN:
            view = other.source
    yield replace(best, document=document, view=view)


def complete(document: OrderDocument, other: OrderDocument) -> OrderDocument:
    """The document with the header values that only another form of it states."""
    values: dict[str, Any] = {}
    evidence = dict(document.evidence)
    for name in _COMPLETED:
        if _is_open(document, name) and getattr(other, name) is not None:
            values[name] = getattr(other, name)
            _copy(evidence, other, name)
    for name in _PARTIES:
        mine, theirs = getattr(document, name), getattr(other, name)
        if not mine and theirs:
            missing = {item.name: getattr(theirs, item.name) for item in fields(Party)}
        elif _same_party(mine, theirs):
            missing = {
                item.name: getattr(theirs, item.name)
                for item in fields(Party)
                if _is_open(document, f"{name}.{item.name}") and getattr(theirs, item.name)
            }
        else:
            continue
        values[name] = replace(mine, **missing)
        for key, value in missing.items():
            if value is not None:
                _copy(evidence, other, f"{name}.{key}")
    if other.document_type == ORDER_CHANGE:
        values["document_type"] = ORDER_CHANGE
    return replace(document, evidence=evidence, **values)


def _is_open(document: OrderDocument, path: str) -> bool:
    """Does the document itself leave this value out? What only the mail says counts as left out."""
    value: Any = document
    for name in path.split("."):
        value = getattr(value, name)
    said = document.evidence.get(path)
    return value is None or bool(said and said.reader == envelope.READER)


def _copy(evidence: dict[str, Evidence], other: OrderDocument, path: str) -> None:
    if path in other.evidence:
        evidence[path] = other.evidence[path]


def _same_party(mine: Party, theirs: Party) -> bool:
    if mine.vat and theirs.vat:
        return _plain(mine.vat) == _plain(theirs.vat)
    return bool(mine.name and theirs.name) and _plain(mine.name) == _plain(theirs.name)


def _plain(text: str | None) -> str:
    return re.sub(r"[\W_]", "", text or "").lower()


def _lines(document: OrderDocument) -> list[tuple[Decimal | None, str]]:
    return [(line.quantity, _plain(line.description)) for line in document.lines]


def _compare(document: OrderDocument, other: Found) -> OrderDocument:
    """With a finding where a credible other form contradicts in what is to be paid or sent."""
    theirs = other.document
    if theirs.confidence < CREDIBLE or document.confidence < CREDIBLE:
        return document
    differing = [
        name
        for name in ("amount_untaxed", "amount_tax", "amount_total")
        if None not in (getattr(document, name), getattr(theirs, name))
        and getattr(document, name) != getattr(theirs, name)
    ]
    quantities = [sorted(line.quantity or 0 for line in item.lines) for item in (document, theirs)]
    if quantities[0] != quantities[1]:
        differing.append("lines")
    findings = [
        Finding("files_mismatch", BLOCKING, {"source": other.source.name}, path)
        for path in differing
    ]
    if not findings:
        return document
    confidence = min(document.confidence, DOUBTED)
    return replace(document, confidence=confidence).with_findings(*findings)
