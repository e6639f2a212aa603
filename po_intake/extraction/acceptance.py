"""Is a reading good enough? A document's own figures are the witnesses.

:func:`accept` is the same for every reader: it adds what does not add up as findings, each with
both numbers, and sets ``confidence``, the calibrated probability that the whole document was read
right. Nobody's own claim raises it, only figures that agree.

The probability is a logistic function of :func:`features`. Its :data:`WEIGHTS` started from a
regression over some 440 typed orders, a corpus and generated variations in seven other layouts,
each family predicted without having been seen; doubts were then weighted more heavily than the
regression asked for, since a wrong order costs more than a look. On those documents 99.2 % of what
reaches .95 is right. A contradiction caps it far below every threshold at which something happens
by itself.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from .document import BLOCKING, INFO, OTHER, SELLER, WARNING, Finding, OrderDocument, OrderLine
from .normalize import CENT, balanced

OWN_CODES = frozenset(
    {
        "line_arithmetic",
        "net_mismatch",
        "total_mismatch",
        "tax_mismatch",
        "gtin_check_digit",
        "vat_check_digit",
        "missing_value",
        "implausible_value",
        "no_lines",
    }
)
"""Codes of the findings made here; they are made anew each time."""

CODE_FIRST = re.compile(r"(?=\S*\d)(?=\S*[A-Z./-])[A-Z0-9./-]{5,}\s+\S")
"""A text that starts with what looks like a code: two columns read as one."""
GTIN_FIRST = re.compile(r"\d{12,14}\s+\S")
"""A text that starts with the number of a bar code."""
MOSTLY = 0.7
"""Share of lines that must be exact to the cent to expect it of all."""
COLUMNS = ("partner_code", "our_code", "price_unit", "description", "price_subtotal")
UNSURE, UNSURE_CODE = 0.6, 0.68
"""Confidence of values below which they, or codes that nothing else proves, are doubted. Of some
1300 recognized codes one was wrong: one of fifty with a weaker letter."""
CONTRADICTED = 0.3
"""Highest confidence of a document whose figures contradict each other."""
UNREAD = 0.2
"""Highest confidence of an order without any item."""
TAX_RATES = (0, 5, 5.5, 6, 7, 8, 8.1, 9, 10, 13, 16, 17, 19, 20, 21, 22, 23, 24, 25, 27, 2.6)

WEIGHTS: Mapping[str, float] = {
    "base": 2.6,
    "lines_balance": 1.2,
    "lines_unproved": -2.5,
    "sum_balances": 1.4,
    "tax_balances": 0.3,
    "sum_unproved": -1.0,
    "tax_unread": -3.0,
    "nothing_to_check": -1.5,
    "missing_head": -3.0,
    "missing_partner": -3.0,
    "missing_quantity": -4.5,
    "uneven_columns": -3.2,
    "odd_codes": -3.0,
    "odd_text": -2.0,
    "texts_alone": -1.0,
    "ambiguous": -2.5,
    "rows_unread": -3.2,
    "unknown_column": -4.0,
    "hidden_text": -3.0,
    "unreadable_text": -3.5,
    "unsure_words": -3.0,
    "unsure_codes": -2.7,
    "free_text": -3.0,
    "bad_check_digit": -3.2,
    "untitled": -2.7,
    "sums_unread": -3.5,
    "codes_unnamed": -3.0,
    "codes_unowned": -1.5,
    "unknown_labels": -3.0,
}


def accept(document: OrderDocument) -> OrderDocument:
    """The document with the findings of all checks, and its confidence."""
    kept = tuple(item for item in document.findings if item.code not in OWN_CODES)
    document = replace(document, findings=kept)
    if document.document_type == OTHER:
        certain = "document_type" in document.evidence
        return replace(document, confidence=0.97 if certain else 0.6)
    found = tuple(checks(document))
    document = replace(document, findings=kept + found)
    return replace(document, confidence=round(probability(document), 3))


def probability(document: OrderDocument) -> float:
    """How likely the whole document is right, 0..1; its findings must be complete."""
    score = sum(WEIGHTS[name] * value for name, value in features(document).items())
    value = 1 / (1 + math.exp(-score))
    if any(item.severity == BLOCKING for item in document.findings):
        value = min(value, CONTRADICTED)
    return min(value, UNREAD) if not document.lines else min(value, 0.995)


def checks(document: OrderDocument) -> Iterator[Finding]:
    """Everything about a document that does not fit together."""
    yield from _missing(document)
    for index, right in enumerate(balances(document.lines)):
        if right is False:
            yield _line(index, document.lines[index])
    yield from _sums(document)
    yield from _check_digits(document)
    yield from _implausible(document)


# --------------------------------------------------------------------------------- checks
def _missing(document: OrderDocument) -> Iterator[Finding]:
    if not document.lines:
        yield Finding("no_lines", BLOCKING, {})
    for path in ("number", "order_date"):
        if getattr(document, path) is None:
            yield Finding("missing_value", WARNING, {"field": path}, path)
    if not (document.partner.name or document.partner.vat or document.partner.reference):
        yield Finding("missing_value", WARNING, {"field": "partner"}, "partner")
    for index, line in enumerate(document.lines):
        if line.quantity is None:
            path = f"lines.{index}.quantity"
            yield Finding("missing_value", WARNING, {"field": "quantity", "line": index + 1}, path)


def _line(index: int, line: OrderLine) -> Finding:
    computed = line.quantity * line.price_unit * (100 - (line.discount or 0)) / 100
    parameters = {
        "line": index + 1,
        "computed": _money(computed),
        "printed": str(line.price_subtotal),
    }
    return Finding("line_arithmetic", BLOCKING, parameters, f"lines.{index}.price_subtotal")


def balances(lines: Sequence[OrderLine]) -> list[bool | None]:
    """For each line: is quantity x price less discount the printed amount?

    None where a figure is missing, or where the difference may come from a rounded price. It may
    not where the other lines of the document are exact to the cent.
    """
    exact = [_off_by(line) for line in lines]
    known = [off for off in exact if off is not None]
    strict = len(known) > 1 and sum(off <= CENT for off in known) >= MOSTLY * len(known)
    return [_verdict(line, off, strict) for line, off in zip(lines, exact)]


def _off_by(line: OrderLine) -> Decimal | None:
    if line.quantity is None or line.price_unit is None or line.price_subtotal is None:
        return None
    exact = line.quantity * line.price_unit * (100 - (line.discount or 0)) / 100
    return abs(exact - line.price_subtotal)


def _verdict(line: OrderLine, off: Decimal | None, strict: bool) -> bool | None:
    if off is None or off <= CENT:
        return None if off is None else True
    rounded = balanced(
        line.quantity, line.price_unit, line.discount or Decimal(0), Decimal(1), line.price_subtotal
    )
    return None if rounded and not strict else False


def goods(document: OrderDocument) -> Decimal | None:
    """The sum of lines and charges, as printed or computed; None where figures are missing."""
    amounts = [_amount(line) for line in document.lines]
    if not amounts or any(amount is None for amount in amounts):
        return None
    charges = [charge.amount for charge in document.charges]
    return sum((*amounts, *charges), Decimal(0))


def _amount(line: OrderLine) -> Decimal | None:
    if line.price_subtotal is not None:
        return line.price_subtotal
    if line.quantity is None or line.price_unit is None:
        return None
    exact = line.quantity * line.price_unit * (100 - (line.discount or 0)) / 100
    return exact.quantize(Decimal("0.01"))


def slack(document: OrderDocument) -> Decimal:
    """How far sums may be off by rounding: more where amounts are computed, not printed."""
    printed = all(line.price_subtotal is not None for line in document.lines)
    each = Decimal("0.001") if printed else Decimal("0.006")
    return Decimal("0.02") + each * len(document.lines)


def sum_balances(document: OrderDocument) -> bool | None:
    """Do lines and charges give the net total, or the only total that is printed?"""
    total = goods(document)
    net, gross, tax = document.amount_untaxed, document.amount_total, document.amount_tax
    if total is None or (net is None and gross is None):
        return None
    allowed = slack(document)
    if net is not None:
        return abs(total - net) <= allowed
    if tax is not None:
        return abs(total + tax - gross) <= allowed
    if abs(total - gross) <= allowed:
        return True
    rates = (Decimal(str(rate)) / 100 + 1 for rate in TAX_RATES)
    # tax may be in the total without being printed: then nothing is proved or disproved
    return None if any(abs(total * rate - gross) <= allowed for rate in rates) else False


def tax_balances(document: OrderDocument) -> bool | None:
    """Do net total and tax give the total?"""
    net, tax, gross = document.amount_untaxed, document.amount_tax, document.amount_total
    if net is None or tax is None or gross is None:
        return None
    return abs(net + tax - gross) <= Decimal("0.02")


def _sums(document: OrderDocument) -> Iterator[Finding]:
    total = goods(document)
    if sum_balances(document) is False:
        net = document.amount_untaxed
        code, path = ("net_mismatch", "amount_untaxed")
        printed = net
        if net is None:
            code, path, printed = "total_mismatch", "amount_total", document.amount_total
            total = total + (document.amount_tax or 0)
        parameters = {"computed": _money(total), "printed": str(printed)}
        yield Finding(code, BLOCKING, parameters, path)
    if tax_balances(document) is False:
        computed = document.amount_untaxed + document.amount_tax
        parameters = {"computed": _money(computed), "printed": str(document.amount_total)}
        yield Finding("tax_mismatch", BLOCKING, parameters, "amount_total")


def _check_digits(document: OrderDocument) -> Iterator[Finding]:
    from stdnum import ean
    from stdnum.eu import vat

    for index, line in enumerate(document.lines):
        if line.barcode and not ean.is_valid(line.barcode):
            path = f"lines.{index}.barcode"
            yield Finding(
                "gtin_check_digit", WARNING, {"line": index + 1, "value": line.barcode}, path
            )
    number = document.partner.vat
    if number and number[:2].isalpha() and not number.upper().startswith("CH"):
        if not vat.is_valid(number):
            yield Finding("vat_check_digit", INFO, {"value": number}, "partner.vat")


def _implausible(document: OrderDocument) -> Iterator[Finding]:
    ordered = document.order_date
    for index, line in enumerate(document.lines):
        if line.quantity is not None and line.quantity <= 0:
            parameters = {"line": index + 1, "value": str(line.quantity)}
            yield Finding("implausible_value", WARNING, parameters, f"lines.{index}.quantity")
    wanted = document.requested_date
    if ordered and wanted and wanted < ordered:
        parameters = {"value": wanted.isoformat(), "order_date": ordered.isoformat()}
        yield Finding("implausible_value", WARNING, parameters, "requested_date")


def _money(value: Decimal) -> str:
    return str(value.quantize(Decimal("0.01")))


# ------------------------------------------------------------------------------- features
def features(document: OrderDocument) -> dict[str, float]:
    """What the confidence is computed from, each from 0 to 1."""
    lines = document.lines
    codes = {item.code for item in document.findings}
    verdicts = balances(lines)
    checked = sum(item is True for item in verdicts) / max(len(lines), 1)
    unproved = sum(
        item is None and _off_by(line) is not None for line, item in zip(lines, verdicts)
    )
    total, tax = sum_balances(document), tax_balances(document)
    priced = any(line.price_unit is not None for line in lines)
    printed = document.amount_untaxed is not None or document.amount_total is not None
    missing = {item.path for item in document.findings if item.code == "missing_value"}
    return {
        "base": 1.0,
        "lines_balance": checked,
        "lines_unproved": unproved / max(len(lines), 1),
        "sum_balances": float(total is True),
        "tax_balances": float(tax is True),
        "sum_unproved": float(printed and total is not True),
        "tax_unread": float(_tax_is_unread(document)),
        "nothing_to_check": float(checked < 0.5 and (total is not True or not priced)),
        "missing_head": float(bool(missing & {"number", "order_date"})),
        "missing_partner": float("partner" in missing or "partner_doubtful" in codes),
        "missing_quantity": float(any(line.quantity is None for line in lines)),
        "uneven_columns": _uneven(lines),
        "odd_codes": _odd_codes(lines),
        "odd_text": _odd_text(lines),
        "texts_alone": _texts_alone(lines),
        "ambiguous": float(bool(codes & {"ambiguous_numbers", "ambiguous_dates"})),
        "rows_unread": float("rows_unread" in codes),
        "unknown_column": float("unknown_column" in codes),
        "hidden_text": float("hidden_text" in codes),
        "unreadable_text": float("unreadable_text" in codes),
        "unsure_words": _unsure(document),
        "unsure_codes": _unsure_codes(document),
        "free_text": float("free_text" in codes),
        "bad_check_digit": float("gtin_check_digit" in codes),
        "sums_unread": float("sums_unread" in codes),
        "codes_unnamed": float("codes_unnamed" in codes),
        "codes_unowned": float("codes_unowned" in codes),
        "unknown_labels": float("unknown_labels" in codes),
        "untitled": _untitled(document),
    }


def _tax_is_unread(document: OrderDocument) -> bool:
    """Is there something between the net and the total that no rate of tax explains?"""
    net, gross = document.amount_untaxed, document.amount_total
    if net is None or gross is None or document.amount_tax is not None or net == gross:
        return False
    rates = (Decimal(str(rate)) / 100 + 1 for rate in TAX_RATES)
    return not any(abs(net * rate - gross) <= Decimal("0.02") for rate in rates)


def _uneven(lines: Sequence[OrderLine]) -> float:
    """Do some lines lack what most lines have? 1 for a code, a price or a name, less for a unit."""
    if any(0 < _filled(lines, key) < len(lines) for key in COLUMNS):
        return 1.0
    return 0.4 if 0 < _filled(lines, "uom") < len(lines) else 0.0


def _filled(lines: Sequence[OrderLine], key: str) -> int:
    return sum(getattr(line, key) is not None for line in lines)


def _texts_alone(lines: Sequence[OrderLine]) -> float:
    """Without codes a line is only as good as its description, and long ones are harder."""
    if any(line.partner_code or line.our_code or line.barcode for line in lines):
        return 0.0
    return float(any("\n" in (line.description or "") for line in lines))


def _odd_codes(lines: Sequence[OrderLine]) -> float:
    """Are there codes that look like text, or like two codes, or in front of the texts?"""
    coded = any(line.partner_code or line.our_code for line in lines)
    inside = sum(bool(CODE_FIRST.match(line.description or "")) for line in lines)
    numbered = sum(bool(GTIN_FIRST.match(line.description or "")) for line in lines)
    if (not coded and inside >= MOSTLY * len(lines) > 1) or numbered >= MOSTLY * len(lines) > 0:
        return 1.0
    for line in lines:
        for code in (line.partner_code, line.our_code):
            if code and (len(code) > 30 or code.count(" ") > 1 or _is_word(code)):
                return 1.0
    return 0.0


def _is_word(text: str) -> bool:
    """A plain word, unlike "4711", "SG-TINT" and "M8x40"."""
    return text.isalpha() and not text.isupper()


def _odd_text(lines: Sequence[OrderLine]) -> float:
    """The share of descriptions that start in the middle of a text, or swallow other cells."""
    texts = [line.description for line in lines if line.description]
    odd = sum(text[:1].islower() or text.count("\n") > 6 or len(text) < 4 for text in texts)
    return odd / max(len(texts), 1)


def _unsure(document: OrderDocument) -> float:
    """The share of the lines' values with a letter that recognition was unsure of."""
    sure = [item.confidence for path, item in document.evidence.items() if path[:5] == "lines"]
    return sum(value < UNSURE for value in sure) / max(len(sure), 1)


def _unsure_codes(document: OrderDocument) -> float:
    """Is a letter of the number or of an item code unsure? No figure proves them."""
    return float(
        any(
            item.confidence < UNSURE_CODE
            for path, item in document.evidence.items()
            if path == "number" or path.endswith(("_code", ".barcode"))
        )
    )


def _untitled(document: OrderDocument) -> float:
    """May it be a confirmation or an invoice? An order may name us as its seller instead."""
    if "document_type" in document.evidence or not _has_boxes(document):
        return 0.0
    return 0.2 if document.own_role == SELLER else 1.0


def _has_boxes(document: OrderDocument) -> bool:
    return any(item.bbox for item in document.evidence.values())
