"""Pages of words -> order documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ..document import OTHER, PURCHASE_ORDER, Charge, Evidence, OrderDocument, OrderLine
from ..normalize import decide_dates, decide_numbers, find_currency, find_dates, number_tokens, to_decimal
from .blocks import Blocks
from .header import CODES, find_headers
from .lexicon import languages, lexicon, months
from .lines import Line, page_lines
from .page import Page
from .rows import Item, Table, is_total, read_on, read_table, total_kind
from .text import squash, tidy

READER = "layout"


def read_pages(pages: Sequence[Page], hints) -> tuple[OrderDocument, ...]:
    words = lexicon()
    lines = {page.number: page_lines(page) for page in pages}
    every = [line for number in sorted(lines) for line in lines[number]]
    if not every:
        return ()
    votes = languages({squash(word.text) for line in every for word in line.words})
    language = max(votes, key=votes.get) if votes else None
    tables = _tables(lines, words, language)
    return (_document(pages, every, tables, words, language, hints),)


def _tables(lines, words, language) -> list[Table]:
    tables: list[Table] = []
    grids = None
    for number in sorted(lines):
        page = lines[number]
        headers = find_headers(page, words, language)
        if not headers and grids:
            table = read_on(grids, page, words)
            if table.items:
                tables.append(table)
            continue
        for index, header in enumerate(headers):
            last = header.lines[-1].index
            end = headers[index + 1].lines[0].index if index + 1 < len(headers) else len(page)
            table = read_table(header, page[last + 1 : end], words)
            if table.items:
                tables.append(table)
                grids = table.grids
    return tables


def _cell(item: Item, *kinds: str) -> list:
    if item.anchor and item.anchor.get(*kinds):
        return item.anchor.get(*kinds)
    for row in item.rows:
        found = row.get(*kinds)
        if found:
            return found
    return []


def _text(words) -> str:
    return tidy(" ".join(word.text for word in words))


def _document(pages, every, tables, words, language, hints) -> OrderDocument:
    items = [item for table in tables for item in table.items]
    quantities = [_text(_cell(item, "quantity")) for item in items]
    prices = [_text(_cell(item, "price")) for item in items]
    amounts = [_text(_cell(item, "amount")) for item in items]
    discounts = [_text(_cell(item, "discount")) for item in items]
    pers = [_text(_cell(item, "per")) for item in items]
    inside = {id(line) for table in tables for line in table.lines}
    inside |= {id(line) for table in tables if table.header for line in table.header.lines}
    outside = [line for line in every if id(line) not in inside]
    totals = _total_lines(outside, words)
    equations = list(zip(quantities, prices, discounts, pers, amounts))
    habit = decide_numbers(quantities, [*prices, *amounts, *(text for _k, text, _l in totals)], equations, language)
    dates = [date for line in every for date in find_dates(line.text, months())]
    order, _certain = decide_dates(dates, "mdy" if language == "en" and False else None)
    evidence: dict[str, Evidence] = {}

    def seen(path, printed, confidence=0.97):
        if printed:
            box = (
                min(word.x0 for word in printed),
                min(word.y0 for word in printed),
                max(word.x1 for word in printed),
                max(word.y1 for word in printed),
            )
            evidence[path] = Evidence(
                printed[0].page, tuple(round(v, 1) for v in box), _text(printed), READER, confidence
            )

    lines, charges = [], []
    for item in items:
        line = _line(item, len(lines), habit, order, seen, words)
        if line is None:
            continue
        if line.quantity is None and line.price_subtotal is not None:
            charges.append(Charge(line.description or "", line.price_subtotal))
            continue
        lines.append(line)
    sums = {}
    for kind, text, printed in totals:
        value = to_decimal(text, habit.money)
        if value is None:
            continue
        if kind == "charge":
            if value:
                charges.append(Charge(_text(printed[:3]), value))
        elif kind not in sums:
            sums[kind] = value
            seen({"net": "amount_untaxed", "tax": "amount_tax", "gross": "amount_total"}.get(kind, kind), printed)
    blocks = Blocks(outside, words, hints.own, order)
    values = blocks.values()
    for path, printed in values.pop("evidence").items():
        seen(path, printed)
    whole = " ".join(line.text for line in every)
    document = OrderDocument(
        document_type=_kind(every, words, bool(lines)),
        language=language,
        currency=_currency([*prices, *amounts], whole),
        lines=tuple(lines),
        charges=tuple(charges),
        amount_untaxed=sums.get("net") or (sums.get("subtotal") if not charges else None),
        amount_tax=sums.get("tax"),
        amount_total=sums.get("gross"),
        evidence=evidence,
        **values,
    )
    return document


def _currency(cells, whole):
    for text in cells:
        found = find_currency(text)
        if found:
            return found
    return find_currency(whole)


def _kind(every, words, has_lines):
    best = None
    for line in every[:40]:
        for segment in line.segments:
            for size in range(min(6, len(segment.words)), 0, -1):
                key = squash("".join(word.text for word in segment.words[:size]))
                kinds = words.kinds("type", key)
                if kinds:
                    rank = (segment.height, -line.words[0].y0)
                    if best is None or rank > best[0]:
                        best = (rank, kinds[0])
                    break
    if best:
        return best[1]
    return PURCHASE_ORDER if has_lines else OTHER


def _total_lines(lines, words):
    found = []
    for line in lines:
        kind = is_total(line, words)
        if kind in ("net", "tax", "gross", "subtotal", "charge"):
            tokens = [word for word in line.words if any(char.isdigit() for char in word.text) and "%" not in word.text]
            if tokens:
                found.append((kind, tokens[-1].text, list(line.words)))
    return found


CODE_OF = {
    "code_own": "partner_code", "code_customer": "partner_code",
    "code_your": "our_code", "code_supplier": "our_code", "code": "partner_code", "barcode": "barcode",
}  # fmt: skip


def _line(item, index, habit, order, seen, words):
    path = f"lines.{index}."
    values = {"sequence": index + 1}
    quantity = _cell(item, "quantity")
    if quantity:
        values["quantity"] = to_decimal(_text(quantity), habit.quantity)
        seen(path + "quantity", quantity)
        unit = [word for word in quantity if not any(char.isdigit() for char in word.text)]
        if unit:
            values["uom"] = _text(unit)
    unit = _cell(item, "unit")
    if unit:
        values["uom"] = _text(unit)
        seen(path + "uom", unit)
    per = to_decimal(_text(_cell(item, "per")), habit.quantity) if _cell(item, "per") else None
    for kind, key in (("price", "price_unit"), ("amount", "price_subtotal"), ("discount", "discount")):
        cell = _cell(item, kind)
        value = to_decimal(_text(cell), habit.money) if cell else None
        if value is not None:
            values[key] = value / per if key == "price_unit" and per else value
            seen(path + key, cell)
    for kind in CODES:
        cell = _cell(item, kind)
        if cell:
            values[CODE_OF[kind]] = _text(cell)
            seen(path + CODE_OF[kind], cell)
    description = [word for row in item.rows for word in row.get("description")]
    if description:
        values["description"] = "\n".join(filter(None, (_text(row.get("description")) for row in item.rows)))
        seen(path + "description", description)
    cell = _cell(item, "requested_date", "date")
    dates = find_dates(_text(cell), months()) if cell else []
    if dates:
        values["requested_date"] = dates[0].value(order)
        seen(path + "requested_date", cell)
    if not description and not any(key in values for key in CODE_OF.values()):
        return None
    return OrderLine(**values)
