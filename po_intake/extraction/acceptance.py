"""Is a reading good enough? Its own figures are the witnesses."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from .document import BLOCKING, OTHER, WARNING, Finding, OrderDocument


def accept(document: OrderDocument) -> OrderDocument:
    """The document with the findings of its arithmetic and its confidence."""
    if document.document_type == OTHER:
        return replace(document, confidence=0.9)
    findings = [*_lines(document), *_totals(document)]
    confidence = 0.98
    if findings:
        confidence = 0.3
    elif not document.lines:
        confidence = 0.0
    else:
        if document.number is None or document.order_date is None:
            confidence -= 0.15
        checked = sum(line.price_subtotal is not None for line in document.lines)
        if not checked and document.amount_untaxed is None:
            confidence -= 0.1
        if any(line.quantity is None for line in document.lines):
            confidence -= 0.3
    return replace(document, findings=document.findings + tuple(findings), confidence=round(confidence, 3))


def _lines(document):
    for index, line in enumerate(document.lines):
        if None in (line.quantity, line.price_unit, line.price_subtotal):
            continue
        exact = line.quantity * line.price_unit * (100 - (line.discount or 0)) / 100
        if abs(exact - line.price_subtotal) > max(Decimal("0.02"), abs(line.quantity) * Decimal("0.005")):
            yield Finding("line_arithmetic", BLOCKING, {"line": index + 1, "computed": f"{exact:.2f}", "printed": str(line.price_subtotal)}, f"lines.{index}.price_subtotal")


def _totals(document):
    amounts = [line.price_subtotal for line in document.lines]
    net = document.amount_untaxed
    if net is not None and amounts and None not in amounts:
        total = sum(amounts) + sum(charge.amount for charge in document.charges)
        if abs(total - net) > Decimal("0.05"):
            yield Finding("total_mismatch", BLOCKING, {"computed": str(total), "printed": str(net)}, "amount_untaxed")
    if None not in (net, document.amount_tax, document.amount_total):
        if abs(net + document.amount_tax - document.amount_total) > Decimal("0.05"):
            yield Finding("tax_mismatch", WARNING, {}, "amount_total")
