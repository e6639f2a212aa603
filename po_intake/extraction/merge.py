"""Two readings of one source: where they agree they are surer, where they differ a person looks.

The first reading is by rules, the second by a witness that may err in other ways, or lie. What
the second says alone is never taken unseen: it is either on the paper and agrees, or is a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from .document import BLOCKING, Finding, OrderDocument, OrderLine
from .layout.text import squash
from .reader import Reading

Accept = Callable[[OrderDocument], OrderDocument]

AGREED = 0.5
"""Agreement takes away this share of the doubt that is left."""
MOST = 0.99
FILE_CODES = ("hidden_text", "text_left_out", "unreadable_text")
"""Findings about the file itself: they hold whoever reads it."""
UNKNOWABLE = ("codes_unowned",)
"""What the paper does not say speaks against no reader of it."""
HEAD = (
    "document_type",
    "number",
    "order_date",
    "requested_date",
    "currency",
    "amount_untaxed",
    "amount_tax",
    "amount_total",
)
PARTY = ("reference", "vat", "zip")
DELIVERY = ("street", "zip")
LINE = (
    "our_code",
    "partner_code",
    "barcode",
    "quantity",
    "price_unit",
    "discount",
    "price_subtotal",
    "requested_date",
)
ALIKE = 80  # of 100
SHOWN = 100  # characters of a value that a finding repeats


def merge(first: Reading | None, second: Reading, accept: Accept, sure: bool = False) -> Reading:
    """The reading to go on with: the surer one of the two, told what the other one says.

    :param first: the best reading by rules; None, or one without documents, where there is none
    :param second: that of a witness; one that failed changes nothing
    :param accept: judges a document anew
    :param sure: the first was accepted: what the witness makes up beside it is of no interest
    """
    if not second.documents:
        return first or second
    if first is None or not first.documents:
        return replace(second, documents=tuple(map(alone, second.documents)))
    pairs = list(_pairs(first.documents, second.documents))
    trusted = _beside(first, accept).confidence >= second.confidence
    base = first if trusted else second
    documents = []
    for mine, other in pairs if trusted else [(theirs, ours) for ours, theirs in pairs]:
        if mine is None:
            continue  # only the doubted reading has it; the count below says so
        documents.append(_merged(mine, other, trusted, sure, accept))
    if len(first.documents) != len(second.documents):
        counts = {"first": str(len(first.documents)), "second": str(len(second.documents))}
        finding = _differ("documents", counts["first"], counts["second"])
        documents = [accept(item.with_findings(finding)) for item in documents]
    return replace(base, documents=tuple(documents))


def _beside(reading: Reading, accept: Accept) -> Reading:
    """A reading as it is compared with that of a witness, who says nothing of `UNKNOWABLE`."""
    told = [
        replace(item, findings=tuple(f for f in item.findings if f.code not in UNKNOWABLE))
        for item in reading.documents
    ]
    if all(len(one.findings) == len(two.findings) for one, two in zip(told, reading.documents)):
        return reading
    return replace(reading, documents=tuple(map(accept, told)))


def alone(document: OrderDocument) -> OrderDocument:
    """A document that only a witness read: nothing by rules bears it out."""
    return _capped(document.with_findings(Finding("single_reading", BLOCKING)))


def differences(first: OrderDocument, second: OrderDocument) -> Iterator[Finding]:
    """What both readings print and print differently, with both values."""
    for name in HEAD:
        yield from _compared(name, getattr(first, name), getattr(second, name))
    for role, names in (("partner", PARTY), ("delivery", DELIVERY)):
        one, other = getattr(first, role), getattr(second, role)
        for name in names:
            yield from _compared(f"{role}.{name}", getattr(one, name), getattr(other, name))
    names = first.partner.name, second.partner.name
    if all(names) and not _alike(*names):
        yield _differ("partner.name", *map(_shown, names))
    if len(first.lines) != len(second.lines):
        yield _differ("lines", str(len(first.lines)), str(len(second.lines)))
        return
    for index, (one, other) in enumerate(zip(first.lines, second.lines)):
        for name in LINE:
            path = f"lines.{index}.{name}"
            yield from _compared(path, getattr(one, name), getattr(other, name), index + 1)


def agree(first: OrderDocument, second: OrderDocument) -> bool:
    """Do both tell the same order: number, and of each line what and how many?"""
    return (
        bool(first.lines)
        and first.number is not None
        and not any(differences(first, second))
        and _same(first.number, second.number)
        and all(_names_item(one, other) for one, other in zip(first.lines, second.lines))
    )


def _merged(
    mine: OrderDocument,
    other: OrderDocument | None,
    trusted: bool,
    sure: bool,
    accept: Accept,
) -> OrderDocument:
    """One document of the surer reading.

    :param trusted: the surer reading is the one by rules
    """
    if other is None:
        return mine if trusted else alone(mine)
    ours, theirs = (mine, other) if trusted else (other, mine)
    if not ours.lines and theirs.lines:
        return mine if trusted else alone(theirs)
    found = tuple(differences(ours, theirs))
    if not trusted:
        found += tuple(item for item in ours.findings if item.code in FILE_CODES)
    elif not sure:
        found += tuple(item for item in theirs.findings if item.code == "ungrounded")
    if found:
        return _capped(accept(mine.with_findings(*found)), found)
    blocked = any(item.severity == BLOCKING for item in (*ours.findings, *theirs.findings))
    if blocked or not agree(ours, theirs):
        return mine
    surer = max(mine.confidence, min(MOST, 1 - (1 - mine.confidence) * AGREED))
    return replace(mine, confidence=round(surer, 3))


def _capped(document: OrderDocument, found: Sequence[Finding] | None = None) -> OrderDocument:
    """Never so sure that anything happens by itself, where a finding says that a person looks."""
    from .acceptance import CONTRADICTED

    blocking = found is None or any(item.severity == BLOCKING for item in found)
    if not blocking:
        return document
    return replace(document, confidence=min(document.confidence, CONTRADICTED))


def _pairs(
    first: Sequence[OrderDocument], second: Sequence[OrderDocument]
) -> Iterator[tuple[OrderDocument | None, OrderDocument | None]]:
    """Documents of the same number belong together, else those at the same place."""
    rest = list(second)
    matched: list[OrderDocument | None] = []
    for item in first:
        found = next((other for other in rest if _same(item.number, other.number)), None)
        if found is not None:
            rest.remove(found)
        matched.append(found)
    for item, found in zip(first, matched):
        yield item, found if found is not None else (rest.pop(0) if rest else None)
    for other in rest:
        yield None, other


def _names_item(one: OrderLine, other: OrderLine) -> bool:
    named = any(getattr(one, name) for name in LINE[:3]) or one.description
    same = squash(one.description or "") == squash(other.description or "")
    codes = any(
        getattr(one, name) and _same(getattr(one, name), getattr(other, name)) for name in LINE[:3]
    )
    return (
        bool(named)
        and (codes or same)
        and one.quantity is not None
        and one.quantity == other.quantity
    )


def _compared(path: str, one: Any, other: Any, line: int | None = None) -> Iterator[Finding]:
    if one is not None and other is not None and not _same(one, other):
        yield _differ(path, _shown(one), _shown(other), line)


def _alike(one: str, other: str) -> bool:
    """Names of one company? With or without its legal form, department or town."""
    from rapidfuzz.fuzz import token_set_ratio

    return _same(one, other) or token_set_ratio(one.lower(), other.lower()) >= ALIKE


def _differ(path: str, first: str, second: str, line: int | None = None) -> Finding:
    parameters: dict[str, Any] = {
        "field": path.rpartition(".")[2],
        "first": first,
        "second": second,
    }
    if line:
        parameters["line"] = line
    return Finding("readers_differ", BLOCKING, parameters, path)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return squash(one) == squash(other)
    return one is not None and one == other


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)[:SHOWN]
