"""Sums of an order that people name in sentences, under a list or behind a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..document import Evidence, OrderDocument
from ..layout.lexicon import lexicon
from ..layout.spoken import spoken_sums
from ..layout.totals import NET
from ..normalize import decimal_mark, find_currency, to_decimal
from . import flow
from .sentences import sentences
from .typeset import Cell

SURE = 0.9


def add(document: OrderDocument, lines: Sequence[Cell], mark: str, reader: str) -> OrderDocument:
    """The order with the sums that its text names, where it has none.

    :param mark: decimal mark of the writer
    """
    if document.amount_untaxed is not None or document.amount_total is not None:
        return document
    evidence = dict(document.evidence)
    values: dict[str, object] = {}
    for sentence in sentences([line.text for line in lines], flow.paragraphs(lines)):
        texts = sentence.text.split()
        for spoken in spoken_sums(texts, lexicon()):
            path = "amount_untaxed" if spoken.kind == NET else "amount_total"
            digits = " ".join(texts[spoken.start : spoken.end])
            amount = to_decimal(digits, decimal_mark(digits) or mark)
            if amount is None or path in values:
                continue
            values[path] = amount
            text = " ".join(texts[spoken.first : spoken.end + 1])
            place = lines[sentence.line].place
            evidence[path] = Evidence(text=text, reader=reader, confidence=SURE, place=place)
            if document.currency is None and "currency" not in values:
                values["currency"] = find_currency(text)
    return replace(document, evidence=evidence, **values) if values else document
