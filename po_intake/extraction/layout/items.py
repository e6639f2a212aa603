"""One item of a table: its printed cells by meaning, not yet read as numbers or dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..normalize import find_dates
from .anchors import QUANTITY, UNIT, Row
from .conditions import discount_of
from .equations import parted
from .header import CODES
from .lexicon import LONGEST_PHRASE, Lexicon, months, weeks
from .lines import Box
from .page import Word
from .rows import Item
from .text import has_digit, squash, tidy

MONEY = ("price", "amount")
SINGLE = ("pos", "quantity", "unit", "price", "per", "discount", "tax", "amount")
BRACKETED = re.compile(r"^\[([^\]]{2,40})\]$")
BASIS = re.compile(r"(?:/|\b(?:per|je|pro|par|por|za))\s?10{1,4}\b", re.IGNORECASE)
DASHES = {"-", "–", "—"}
FIGURES = re.compile(r"[\d.,%]+")
SEPARATOR = {"|", "·", "•", ";"}


@dataclass
class Printed:
    """The cells of one item.

    ``cells`` maps a column kind to its words; ``lines`` are the lines of the description, each
    with whether it continues the one above; ``charge`` is the name of a charge, if it is one.
    """

    cells: dict[str, list[Word]] = field(default_factory=dict)
    lines: list[tuple[bool, list[Word]]] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    charge: bool = False

    def text(self, kind: str) -> str:
        """What a cell prints, once all cells are read."""
        return self._texts.get(kind, "")

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {
            kind: tidy(" ".join([word.text for word in words]))
            for kind, words in self.cells.items()
        }

    @property
    def description(self) -> str:
        parts: list[str] = []
        for continues, words in self.lines:
            text = " ".join(word.text for word in words)
            if continues and parts:
                parts[-1] += ("" if parts[-1].endswith("-") and text[:1].islower() else " ") + text
            else:
                parts.append(text)
        return "\n".join(tidy(part) for part in parts)


def read_item(item: Item, words: Lexicon, width: tuple[float, float]) -> Printed:
    """The cells of an item.

    :param width: of the description column, see :func:`text_width`
    """
    result = Printed()
    anchor = item.anchor or item.rows[0]
    for kind in SINGLE:
        found = anchor.get(kind)
        if not found and kind == "unit":
            found = _unit_under_quantity(item, anchor, words)
        if not found and kind in ("quantity", *MONEY, "unit", "discount", "per"):
            found = _from_other_rows(item, anchor, kind)
        if found:
            result.cells[kind] = found
    _unit_first(result)
    if item.condition:
        result.cells["discount"] = list(item.condition.discount)
        result.cells["amount"] = list(item.condition.net)
    if "price" in result.cells and "per" not in result.cells:
        basis = _basis_in_head(anchor) or _basis_under_price(item, anchor)
        if basis:
            result.cells["per"] = basis
    if "discount" in result.cells:
        result.cells["discount"] = _stacked_discounts(anchor, result.cells["discount"])
    for row in item.rows:
        _read_row(result, row, row is anchor, words, width)
    _codes_in_text(result)
    _code_over_text(result, item, words)
    result.charge = _is_charge(result, words)
    return result


def _unit_first(result: Printed) -> None:
    """ "PZ 144": the unit in front of the quantity."""
    cell = result.cells.get("quantity", [])
    if len(cell) > 1 and "unit" not in result.cells:
        if UNIT.fullmatch(cell[0].text) and has_digit(cell[1].text[:1]):
            result.cells["unit"], result.cells["quantity"] = cell[:1], cell[1:]


def _basis_in_head(row: Row) -> list[Word]:
    """The head "Price/100" says for how many the price is."""
    for head in row.grid.heads:
        if head.kind == "price" and BASIS.search(head.box.text):
            return [word for word in head.box.words if has_digit(word.text)]
    return []


def _basis_under_price(item: Item, anchor: Row) -> list[Word]:
    """ "per 100 m" under the price."""
    for row in item.rows:
        counted = row is anchor or QUANTITY.match(row.text("quantity"))
        cell = [] if counted else row.get("price")
        text = " ".join(word.text for word in cell)
        price, basis = parted(f"0 {text}") if cell else ("", "")
        if basis and price.strip() == "0":
            return [word._replace(text=basis) for word in cell if has_digit(word.text)][:1]
    return []


def _stacked_discounts(row: Row, first: list[Word]) -> list[Word]:
    """The words of all discount columns, as "10 + 5" prints two in one cell."""
    cells = [cell for head, cell in zip(row.grid.heads, row.cells) if head.kind == "discount"]
    filled = [cell for cell in cells if cell]
    if len(filled) < 2:
        return first
    result = list(filled[0])
    for cell in filled[1:]:
        result += [cell[0]._replace(text="+"), *cell]
    return result


def _unit_under_quantity(item: Item, anchor: Row, words: Lexicon) -> list[Word]:
    """A unit alone in a line of its own, in the column of quantities."""
    for row in item.rows:
        cell = row.get("quantity") if row is not anchor else []
        if len(cell) == 1 and words.means("word", squash(cell[0].text), "unit"):
            return cell
    return []


def _from_other_rows(item: Item, anchor: Row, kind: str) -> list[Word]:
    for row in item.rows:
        cell = row.get(kind) if row is not anchor else []
        text = " ".join(word.text for word in cell)
        if cell and (kind == "unit" or QUANTITY.match(text)) and row.grid is not anchor.grid:
            return cell
        alone = not row.get(*MONEY) if kind == "quantity" else not row.get("quantity")
        if cell and kind in ("quantity", *MONEY) and QUANTITY.match(text) and alone:
            return cell
    return []


def _read_row(result: Printed, row: Row, is_anchor: bool, words: Lexicon, width: float) -> None:
    used: set[int] = set()
    if not is_anchor:
        for segment in _with_values(row.line.segments):
            used |= _labelled(result, segment, words)
        used |= _discounted(result, row, words)
    spilled: list[Word] = []
    for kind in (*CODES, "date"):
        cell = [word for word in row.get(kind) if id(word) not in used]
        below = None if is_anchor else _kind_below(result, row, kind)
        if cell and below == "description":
            cell, spilled = [], spilled + cell
        elif cell and below:
            result.cells[below], cell = cell, []
        if is_anchor and kind in CODES:
            cell, text = _code_and_text(kind, cell)
            spilled += text
        elif kind in CODES and kind in result.cells and _is_name_under_code(row, cell):
            cell, spilled = [], spilled + cell
        if cell and not (kind == "date" and not _is_date_part(cell)):
            _add(result, kind, cell, is_anchor or bool(row.get("quantity")), words)
    text = spilled + _description_words(row, is_anchor, used)
    if not is_anchor and "date" not in result.cells and _is_date(text):
        # a delivery of its own line, with its date where other lines have their texts
        result.cells["date"], text = text, []
    if is_anchor and text:
        text = _inline_label(result, text, words)
    if text:
        result.lines.append((_wraps(result, text, width, words), text))


def _discounted(result: Printed, row: Row, words: Lexicon) -> set[int]:
    """A discount in a line of its own. Returns the used words."""
    percent = discount_of(row.line, words) if "discount" not in result.cells else None
    if not percent:
        return set()
    result.cells["discount"] = [percent]
    return {id(word) for word in row.line.words}


def _with_values(segments: Sequence[Box]) -> list[Box]:
    """The segments, each that ends like a label with its value behind a tab stop."""
    result: list[Box] = []
    for segment in segments:
        if result and result[-1].text.endswith(":"):
            segment = Box([*result.pop().words, *segment.words])
        result.append(segment)
    return result


def _kind_below(result: Printed, row: Row, kind: str) -> str | None:
    """The codes that stand under the first line of a column, as its head of two lines says."""
    under = next((head.under for head in row.grid.heads if head.kind == kind), None)
    return under if kind in result.cells and under not in result.cells else None


def _is_name_under_code(row: Row, cell: Sequence[Word]) -> bool:
    """A word under a code is text: the start of a name, or all of it."""
    if not cell:
        return False
    first = cell[0].text
    word = any(char.islower() for char in first) and not has_digit(first)
    return word or ("description" not in row.grid.kinds and len(cell) > 1)


def _code_and_text(kind: str, cell: list[Word]) -> tuple[list[Word], list[Word]]:
    """A code, and the words of the next column that strayed into its cell."""
    if len(cell) < 2 or not has_digit(cell[0].text):
        return cell, []
    if kind == "barcode" or cell[1].text.isalpha() and not cell[1].text.isupper():
        return cell[:1], cell[1:]
    return cell, []


def _add(result: Printed, kind: str, cell: list[Word], alone: bool, words: Lexicon) -> None:
    """Take a cell, or add it to the one above that it continues, unless it stands ``alone``."""
    known = result.cells.get(kind)
    if known is None:
        result.cells[kind] = cell
    elif alone or words.knows("column", squash(cell[0].text)):
        return
    elif known[-1].y0 < cell[0].y0 and abs(known[0].x0 - cell[0].x0) < 40:
        result.cells[kind] = known + cell


def _is_date(text: Sequence[Word]) -> bool:
    printed = " ".join(word.text for word in text)
    dates = find_dates(printed, months(), weeks()) if len(text) <= 3 else []
    return bool(dates) and dates[0].text == printed


def _is_date_part(cell: Sequence[Word]) -> bool:
    text = " ".join(word.text for word in cell)
    return has_digit(text) or squash(text) in months()


def _description_words(row: Row, is_anchor: bool, used: set[int]) -> list[Word]:
    cell = [word for word in row.get("description") if id(word) not in used]
    if is_anchor or not cell:
        return cell
    # a remark under the numbers may run into the columns on its right
    last = cell[-1]
    for word in row.line.words:
        gap = word.x0 - last.x1
        if word.x0 > last.x0 and 0 <= gap < 0.45 * (word.y1 - word.y0) and id(word) not in used:
            cell.append(word)
            last = word
    return cell


def _wraps(result: Printed, text: list[Word], width: tuple[float, float], words: Lexicon) -> bool:
    """Does a line only continue the one above, because the first word did not fit there?"""
    if not result.lines:
        return False
    above = result.lines[-1][1][-1]
    size = text[0].y1 - text[0].y0
    if text[0].y0 - above.y1 > 0.75 * size:
        return False
    end = above.x1 + 0.25 * size + (text[0].x1 - text[0].x0)
    if end <= width[0] - 0.5 or _is_remark(text, words):
        return False
    # at the widest line of a table nothing tells where the column ends, but its neighbour
    first = text[0].text[:1]
    return first.islower() or first.isdigit() or end > width[1] - 2.0 * size


def _is_remark(text: Sequence[Word], words: Lexicon) -> bool:
    """Origin, tariff number, project and the like have lines of their own."""
    if text[0].text.endswith(":"):
        return True
    for size in range(min(4, len(text)), 0, -1):
        key = squash("".join(word.text for word in text[:size]))
        colon = text[size - 1].text.endswith(":")
        if words.means("column", key, "ignore") and (colon or words.knows("label", key)):
            return True
    return False


def _labelled(result: Printed, segment: Box, words: Lexicon) -> set[int]:
    """Values behind labels in the lines under an item: codes, dates. Returns the used words."""
    used: set[int] = set()
    parts = _parts(segment.words, words)
    for part in parts:
        found = _label_of(part, words)
        if not found:
            continue
        kind, label, value = found
        if kind == "ignore" or not value:
            continue
        if kind == "date":
            text = " ".join(word.text for word in value)
            if "date" not in result.cells and find_dates(text, months(), weeks()):
                result.cells["date"] = value
                used |= {id(word) for word in part}
        elif kind not in result.cells:
            result.cells[kind] = value
            used |= {id(word) for word in part}
    if all(id(word) in used for part in parts for word in part):
        # with the marks between them
        used |= {id(word) for word in segment.words}
    return used


def _parts(printed: Sequence[Word], words: Lexicon) -> list[list[Word]]:
    """The words between marks; between dashes only where each part begins with a label."""
    dashed = _cut(printed, {*SEPARATOR, *DASHES})
    if len(dashed) > 1 and all(_label_of(part, words) for part in dashed):
        return dashed
    return _cut(printed, SEPARATOR)


def _cut(printed: Sequence[Word], marks: set[str]) -> list[list[Word]]:
    parts: list[list[Word]] = [[]]
    for word in printed:
        if word.text in marks:
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part]


def _label_of(part: Sequence[Word], words: Lexicon) -> tuple[str, list[Word], list[Word]] | None:
    """``(kind, label, value)`` of words like "Your item no.: 4711"."""
    for size in range(min(LONGEST_PHRASE, len(part) - 1), 0, -1):
        label = part[:size]
        if any(word.text.endswith(":") for word in label[:-1]):
            continue
        key = squash("".join(word.text for word in label))
        kinds = [kind for kind in words.kinds("column", key) if kind in (*CODES, "date", "ignore")]
        if words.means("label", key, "requested_date"):
            kinds.append("date")
        if not kinds:
            continue
        value = list(part[size:])
        colon = label[-1].text.endswith(":")
        if value[0].text == ":":
            value, colon = value[1:], True
        if not value:
            return None
        short = len(value) == 1 and (has_digit(value[0].text) or value[0].text.isupper())
        date = kinds[0] == "date"
        if not (colon or date or short) or (len(value) > 4 and not date):
            return None
        kind = max(kinds, key=kinds.count)
        if date and squash(label[-1].text) in weeks():
            value = [label[-1]._replace(text=label[-1].text.rstrip(":")), *value]
        return kind, list(label), value if date else value[:3]
    return None


def _inline_label(result: Printed, text: list[Word], words: Lexicon) -> list[Word]:
    """A code behind a label in the same line as the description, like "EAN: 4012345678901"."""
    if not any(word.text.endswith(":") for word in text):
        return text
    for start in range(1, len(text) - 1):
        found = _label_of(text[start:], words)
        if found and found[0] in CODES and text[start + len(found[1]) - 1].text.endswith(":"):
            result.cells.setdefault(found[0], found[2][:1])
            used = {id(word) for word in (*found[1], *found[2][:1])}
            return [word for word in text if id(word) not in used]
    return text


def _codes_in_text(result: Printed) -> None:
    """ "[CODE] name", as Odoo prints it."""
    if not result.lines:
        return
    continues, text = result.lines[0]
    if text and not any(kind in result.cells for kind in CODES if kind != "barcode"):
        match = BRACKETED.match(text[0].text)
        if match and len(text) > 1:
            result.cells["code"] = [text[0]]
            result.codes["code"] = match.group(1)
            result.lines[0] = (continues, text[1:])


def _code_over_text(result: Printed, item: Item, words: Lexicon) -> None:
    """A code, perhaps with its revision, over the texts of a column "Material / Description"."""
    if len(result.lines) < 2 or {"code", "code_own"} & set(result.cells):
        return
    heads = [head for row in item.rows for head in row.grid.heads]
    head = next((head for head in heads if head.kind == "description"), None)
    if head and "/" not in head.box.text and set(CODES) & set(result.cells) - {"barcode"}:
        return
    first = result.lines[0][1]
    alone = len(first) == 1 or (
        len(first) == 3 and words.means("column", squash(first[1].text), "ignore")
    )
    if head and alone and has_digit(first[0].text):
        if not any(char.islower() for char in first[0].text):
            result.cells[head.over or "code"] = first[:1]
            result.lines.pop(0)


def _is_charge(result: Printed, words: Lexicon) -> bool:
    """Freight, packaging or a surcharge in a row of the table."""
    text = result.description.partition("\n")[0]
    key = squash(FIGURES.sub("", text))
    if words.means("total", key, "charge", "allowance"):
        return True
    if "quantity" in result.cells and (result.codes or any(k in result.cells for k in CODES)):
        return False
    first = text.split()
    return "quantity" not in result.cells and any(
        words.means("total", squash(" ".join(first[:size])), "charge", "allowance")
        for size in range(1, min(4, len(first)) + 1)
    )


def text_width(items: Sequence[Item]) -> tuple[float, float]:
    """Right end of the widest description line of a table, and where the next column starts."""
    ends, starts = [0.0], [1e9]
    for row in (row for item in items for row in item.rows):
        cell = row.get("description")
        if cell:
            ends.append(cell[-1].x1)
            starts += [word.x0 for word in row.line.words if word.x0 > cell[-1].x1][:1]
    return max(ends), min(starts)
