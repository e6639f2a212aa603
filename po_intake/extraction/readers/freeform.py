"""Orders that people write as sentences and lists, without any table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .. import normalize
from ..document import INFO, ORDER_CHANGE, OTHER, PURCHASE_ORDER, Evidence, Finding, OrderDocument
from . import flow, mentions, phrases, sums
from .typeset import Cell
from .wishes import Wish, wishes

SURE = 0.7
LONELY = 0.9
"""A date without a label is known less surely; in a sentence it is not the order's own."""
_FIELDS = ("description", "quantity", "uom", "price_unit", "our_code", "partner_code", "barcode")


def add(
    documents: Sequence[OrderDocument],
    lines: Sequence[Cell],
    subject: str,
    reader: str,
    answers: bool = False,
    sent: str | None = None,
) -> tuple[OrderDocument, ...]:
    """The documents with the items that their text asks for, if it asks for any.

    What people write freely is understood less surely than a table, so is the confidence.

    :param lines: text outside of tables, and rows of tables without a head
    :param sent: day of the mail: what it says of other days in passing is not the order's
    :param answers: the mail is a reply, so that its subject names what is answered
    """
    if not documents:
        return ()
    written = [line.text for line in lines]
    text = "\n".join(written)
    head = "" if answers else subject
    document = documents[0]
    if phrases.declines(f"{head}\n{text}"):
        return (_nothing(document), *documents[1:])
    asks = phrases.has(text, "mail", "order")
    if document.document_type == OTHER and "document_type" in document.evidence and not asks:
        return tuple(documents)  # its title says that it is something else
    asked = (
        asks
        or phrases.has(head, "mail", "order")
        or phrases.has(head, "type", PURCHASE_ORDER)
        or mentions.numbered(written)
    )
    mark = _mark(written, document.language)
    found = list(wishes(written, mark, flow.paragraphs(lines)))
    if not found or not (asked or any(wish.begged for wish in found)):
        return tuple(documents) if asked and not answers else (_nothing(document), *documents[1:])
    return (
        *(
            sums.add(_ordering(item, part, lines, reader, sent), lines, mark, reader)
            for item, part in _parted(document, found, written)
        ),
        *documents[1:],
    )


def _parted(
    document: OrderDocument, found: Sequence[Wish], written: Sequence[str]
) -> list[tuple[OrderDocument, list[Wish]]]:
    """The items by order, where several numbers stand as headings above them."""
    heads = list(mentions.headings(written))
    groups = [
        (number, [wish for wish in found if line < wish.line < upto])
        for (line, number), upto in zip(heads, [*(at for at, _ in heads[1:]), len(written)])
    ]
    known = [wish for _number, part in groups for wish in part]
    if len({number for number, _part in groups}) < 2 or len(known) < len(found):
        return [(document, list(found))]
    if not all(part for _number, part in groups):
        return [(document, list(found))]
    return [(replace(document, number=number), part) for number, part in groups]


def _nothing(document: OrderDocument) -> OrderDocument:
    """The document as one that orders nothing."""
    if document.document_type == OTHER:
        return document
    evidence = {key: item for key, item in document.evidence.items() if key != "document_type"}
    return replace(document, document_type=OTHER, lines=(), evidence=evidence)


def _mark(written: Sequence[str], language: str | None) -> str:
    """The decimal mark of the writer: as numbers prove, else as the language has it."""
    tokens = [token for line in written for token in normalize.number_tokens(line)]
    proofs = [mark for mark in map(normalize.decimal_mark, tokens) if mark]
    usual = "." if language in ("en", None) else ","
    return max(".,", key=lambda mark: (proofs.count(mark), mark == usual))


def _ordering(
    document: OrderDocument,
    found: Sequence[Wish],
    lines: Sequence[Cell],
    reader: str,
    sent: str | None,
) -> OrderDocument:
    evidence = dict(document.evidence)
    items = tuple(wish.line_of(index) for index, wish in enumerate(found))
    for index, (wish, item) in enumerate(zip(found, items, strict=True)):
        place = Evidence(
            text=wish.text, reader=reader, confidence=SURE, place=lines[wish.line].place
        )
        for name in _FIELDS:
            if getattr(item, name) is not None:
                evidence[f"lines.{index}.{name}"] = place
    ordered = document.order_date
    if sent and ordered and "order_date" in evidence and evidence["order_date"].confidence < LONELY:
        ordered = None
        del evidence["order_date"]
    currencies = {wish.currency for wish in found} - {None}
    currency = document.currency or (currencies.pop() if len(currencies) == 1 else None)
    orders = document.document_type in (PURCHASE_ORDER, ORDER_CHANGE)
    return replace(
        document,
        document_type=document.document_type if orders else PURCHASE_ORDER,
        number=document.number if orders or "number" not in evidence else None,
        order_date=ordered,
        currency=currency,
        lines=items,
        evidence=evidence,
        findings=(*document.findings, Finding("free_text", INFO, {"lines": len(found)})),
    )
