"""Printed values -> an order document, each value with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ..document import INFO, WARNING, Charge, Finding, OrderDocument, OrderLine, Party
from ..normalize import Habit, find_currency, to_decimal
from ..reader import Hints
from .blocks import find_blocks
from .classify import Title, clean_number
from .columns import Grid
from .doubts import doubts, repeatable, whose_codes
from .draft import Draft
from .habits import decide_habit
from .head import read_head
from .header import CODES
from .inline_codes import take_inline_codes
from .items import Printed, read_item, text_width
from .labels import Labels
from .lexicon import Lexicon
from .lines import Line
from .orderlines import build_line, line_charge
from .page import Word
from .parties import VENDOR_TYPES, Found, find_parties
from .remarks import find_note
from .rows import Item, Table
from .running import without_repeats
from .shapes import code_of
from .spoken import spoken_sums
from .totals import NET, Sum, find_sums
from .unnamed import unnamed_charges

CURRENCY = re.compile(
    r"\b(?:EUR|USD|GBP|CHF|PLN|SEK|NOK|DKK|CZK|HUF|CAD|AUD|JPY|CNY)\b|(?:US)?\$|[€£]|\bzł\b"
)
"""A currency in a text: capitals only, since "try" and "cad" are words."""

SUMS = ("amount_untaxed", "amount_tax", "amount_total")


def build(
    kind: str,
    title: Title | None,
    tables: Sequence[Table],
    outside: Sequence[Line],
    labels: Labels,
    words: Lexicon,
    language: str | None,
    hints: Hints,
    reader: str,
) -> OrderDocument:
    """One order document from its item tables and everything around them."""
    draft = Draft(reader)
    printed = [item for table in tables for item in _printed(table, words)]
    take_inline_codes(printed)
    below = _after(tables, outside)
    sums = find_sums(below, words)
    habit = decide_habit(printed, sums, labels, language, hints)
    printed, sums = without_repeats(printed, sums, habit)
    _doubts(draft, habit)
    read_head(draft, kind, title, labels, habit)
    lines, charges = _lines(draft, printed, habit, kind)
    charges += _sums(draft, sums, habit, len(charges))
    _spoken(draft, below, habit, words)
    charges += _unnamed(draft, lines, charges, below, sums, habit)
    _currency(draft, printed, sums, labels, outside, tables)
    _coverage(draft, tables, printed)
    known = [draft.values[path] for path in SUMS if path in draft.values]
    repeated = repeatable(lines, charges, known, "amount_total" in draft.values)
    draft.findings += doubts(tables, printed, below, sums, known, repeated, habit, words)
    unowned = whose_codes(kind in VENDOR_TYPES, tables, printed)
    draft.findings += [unowned] if unowned else []
    parties = find_parties(labels, find_blocks(labels), kind, hints, words)
    if parties.doubtful:
        draft.findings.append(Finding("partner_doubtful", INFO, {}, "partner"))
    _note(draft, find_note(labels, outside, tables, words))
    fields = {key: value for key, value in draft.values.items() if "." not in key}
    document = OrderDocument(
        document_type=kind,
        language=language,
        lines=tuple(lines),
        charges=tuple(charges),
        partner=_party(draft, "partner", parties.partner, _reference(labels, kind)),
        delivery=_party(draft, "delivery", parties.delivery),
        invoice=_party(draft, "invoice", parties.invoice),
        addressee=_party(draft, "addressee", parties.addressee),
        own_role=parties.own_role,
        **fields,
    )
    return replace(document, evidence=draft.evidence, findings=tuple(draft.findings))


def _printed(table: Table, words: Lexicon) -> list[Printed]:
    width = text_width(table.items)
    return [read_item(item, words, width) for item in table.items]


def _note(draft: Draft, note: tuple[str, Sequence[Word]] | None) -> None:
    if note:
        draft.put("note", note[0], note[1], 0.8)


def _doubts(draft: Draft, habit: Habit) -> None:
    if not habit.numbers_certain:
        parameters = {"quantity": habit.quantity, "money": habit.money}
        draft.findings.append(Finding("ambiguous_numbers", WARNING, parameters))
    if not habit.dates_certain:
        draft.findings.append(Finding("ambiguous_dates", WARNING, {"order": habit.dates}))


def _after(tables: Sequence[Table], outside: Sequence[Line]) -> list[Line]:
    """Sums stand under the first rows, never above the table."""
    if not tables:
        return list(outside)
    lines = [line for table in tables[:1] for line in table.lines]
    page, top = lines[0].page, lines[0].y0
    return [line for line in outside if (line.page, line.y0) > (page, top)]


def _lines(
    draft: Draft, printed: Sequence[Printed], habit: Habit, kind: str
) -> tuple[list[OrderLine], list[Charge]]:
    lines: list[OrderLine] = []
    charges: list[Charge] = []
    coded = {code for item in printed for code in item.cells}
    for item in printed:
        charge = line_charge(item, habit)
        if charge:
            path = f"charges.{len(charges)}.amount"
            draft.place(path, item.cells.get("amount") or item.cells.get("price") or ())
            charges.append(charge)
            continue
        line = build_line(item, len(lines), habit, kind, coded, draft)
        if line:
            lines.append(line)
    return lines, charges


def _sums(draft: Draft, sums: Sequence[Sum], habit: Habit, count: int) -> list[Charge]:
    """Net, tax and total of the document; the charges among the sums are returned."""
    values = [(item, to_decimal(item.amount, habit.money)) for item in sums]
    known = [(item, value) for item, value in values if value is not None]
    charges: list[Charge] = []
    for path, kind in (("amount_untaxed", "net"), ("amount_total", "gross")):
        for item, value in _fitting_first(known, kind):
            draft.put(path, value, item.words)
    _tax(draft, known)
    if "amount_untaxed" not in draft.values:
        _net_from_subtotal(draft, known)
    for item, value in known:
        if item.kind in ("charge", "allowance") and value:
            amount = -abs(value) if item.kind == "allowance" else value
            draft.place(f"charges.{count + len(charges)}.amount", item.words)
            charges.append(Charge(item.name, amount))
    return charges


def _spoken(draft: Draft, below: Sequence[Line], habit: Habit, words: Lexicon) -> None:
    """The sums that sentences name, where none stands in a line of its own."""
    if "amount_untaxed" in draft.values or "amount_total" in draft.values:
        return
    for line, after in zip(below, [*below[1:], None]):
        printed = [*line.words, *(after.words if after else ())]
        texts = [word.text for word in printed]
        for spoken in spoken_sums(texts, words):
            path = "amount_untaxed" if spoken.kind == NET else "amount_total"
            amount = to_decimal(" ".join(texts[spoken.start : spoken.end]), habit.money)
            if spoken.first < len(line.words):
                draft.put(path, amount, printed[spoken.first : spoken.end], 0.9)


def _unnamed(
    draft: Draft,
    lines: Sequence[OrderLine],
    charges: Sequence[Charge],
    below: Sequence[Line],
    sums: Sequence[Sum],
    habit: Habit,
) -> list[Charge]:
    """Charges that nothing but the net total knows of."""
    net = draft.values.get("amount_untaxed")
    amounts = [line.price_subtotal for line in lines]
    if not isinstance(net, Decimal) or None in amounts:
        return []
    missing = net - sum((*amounts, *(charge.amount for charge in charges)), Decimal(0))
    result: list[Charge] = []
    for item in unnamed_charges(below, sums, missing, habit):
        draft.place(f"charges.{len(charges) + len(result)}.amount", item.words)
        result.append(Charge(item.name, to_decimal(item.amount, habit.money)))
    return result


def _fitting_first(known: Sequence[tuple[Sum, Decimal]], kind: str) -> list[tuple[Sum, Decimal]]:
    """The sums of a kind; of several nets, as before and after freight, first the taxed one."""
    found = [(item, value) for item, value in known if item.kind == kind]
    if kind != "net" or len(found) < 2:
        return found
    taxes = [value for item, value in known if item.kind == "tax"]
    totals = {value for item, value in known if item.kind == "gross"}
    return sorted(found, key=lambda pair: not any(pair[1] + tax in totals for tax in taxes))


def _tax(draft: Draft, known: Sequence[tuple[Sum, Decimal]]) -> None:
    """One tax, or several rates that together fill the gap between net and total."""
    taxes = [(item, value) for item, value in known if item.kind == "tax"]
    if not taxes:
        return
    net, total = draft.values.get("amount_untaxed"), draft.values.get("amount_total")
    together = sum((value for _item, value in taxes), Decimal(0))
    item, value = taxes[0]
    if len(taxes) > 1 and net is not None and total is not None:
        fitting = [pair for pair in taxes if net + pair[1] == total]
        item, value = (fitting or [(item, together if net + together == total else value)])[0]
    draft.put("amount_tax", value, item.words)


def _net_from_subtotal(draft: Draft, known: Sequence[tuple[Sum, Decimal]]) -> None:
    """Some print "Subtotal" for the net total; tax makes it the total, or it stands alone."""
    tax, total = draft.values.get("amount_tax"), draft.values.get("amount_total")
    charged = any(item.kind in ("charge", "allowance") for item, _value in known)
    alone = tax is None and total is None and not charged
    for item, value in known:
        taxed = tax is not None and total is not None and value + tax == total
        if item.kind == "subtotal" and (alone or taxed):
            draft.put("amount_untaxed", value, item.words)


def _currency(
    draft: Draft,
    printed: Sequence[Printed],
    sums: Sequence[Sum],
    labels: Labels,
    outside: Sequence[Line],
    tables: Sequence[Table],
) -> None:
    for _label, value in labels.values("currency"):
        draft.put("currency", find_currency(value.text), value.words)
    cells = [
        item.cells[kind] for item in printed for kind in ("amount", "price") if kind in item.cells
    ]
    for words in (*(item.words for item in sums), *cells):
        if "currency" in draft.values:
            return
        draft.put("currency", find_currency(" ".join(word.text for word in words)), words)
    heads = [head.box for table in tables if table.header for head in table.header.heads]
    for box in (*heads, *outside):
        if "currency" in draft.values:
            return
        match = CURRENCY.search(box.text)
        if match:
            draft.put("currency", find_currency(match.group()), box.words, 0.9)


def _reference(labels: Labels, kind: str) -> tuple[str, Sequence[Word]] | None:
    """Our number for the other party."""
    wanted = "supplier_no" if kind in VENDOR_TYPES else "customer_no"
    for _label, value in labels.values(wanted):
        word = code_of(value.words)
        if word:
            return clean_number(word.text), [word]
    return None


def _party(
    draft: Draft, name: str, found: Found, reference: tuple[str, Sequence[Word]] | None = None
) -> Party:
    if reference:
        found.put("reference", *reference)
    for key, words in found.words.items():
        draft.place(f"{name}.{key}", words, 0.95)
    return found.party()


def _gaps(printed: Sequence[Printed]) -> list[int]:
    """Positions that are missing from a numbering in equal steps."""
    numbers = [
        int(text) for text in (item.text("pos").strip(".)") for item in printed) if text.isdigit()
    ]
    steps = [right - left for left, right in zip(numbers, numbers[1:])]
    if len(numbers) < len(printed) or len(steps) < 2:
        return []
    usual = max(set(steps), key=steps.count)
    if usual <= 0 or steps.count(usual) < 0.6 * len(steps):
        return []
    return [left + usual for left, step in zip(numbers, steps) if step == 2 * usual][:5]


def _filled(item: Item, grid: Grid, index: int) -> bool:
    return any(row.grid is grid and row.cells[index] for row in item.rows)


def _coverage(draft: Draft, tables: Sequence[Table], printed: Sequence[Printed]) -> None:
    """Lines of the table's body that went nowhere."""
    lost = [
        row.line
        for table in tables
        if table.header
        for row in table.leading
        if any(char.isdigit() for word in row.get("quantity", "amount") for char in word.text)
    ]
    unknown = sorted(
        {
            head.box.text
            for table in tables
            for grid in table.grids
            for index, head in enumerate(grid.heads)
            if (head.kind == "unknown" or not (head.sure or head.over or head.kind in CODES))
            and any(_filled(item, grid, index) for item in table.items)
        }
    )
    if unknown:
        draft.findings.append(Finding("unknown_column", INFO, {"heads": unknown}))
    if lost:
        parameters = {"lines": len(lost), "text": lost[0].text[:80]}
        draft.findings.append(Finding("rows_unread", WARNING, parameters))
    gaps = _gaps(printed)
    if gaps:
        draft.findings.append(Finding("rows_unread", WARNING, {"positions": gaps}))
