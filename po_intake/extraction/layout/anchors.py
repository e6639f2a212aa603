"""Which lines of a table hold the numbers of an item, and which a sum or something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from .columns import Grid
from .header import CODES
from .lexicon import LONGEST_PHRASE, Lexicon, lexicon
from .lines import Line
from .page import Word
from .text import has_digit, squash
from .totals import is_longer_label, sum_kinds

POSITION = re.compile(r"^\d{1,6}(?:[.\-/]\d{1,4})*[.)]?$")
QUANTITY = re.compile(
    r"^[^\w.,-]{0,2}-?\d[\d.,'\u2019]*(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?-?"
    r"(?:\s?\(?(?:\u00d7|[^\W\d_][\w.\u00b2\u00b3/ ]{0,14})\)?)?\.?$"
)
UNIT = re.compile(r"[^\W\d_]{1,12}\.?")
DAY = re.compile(r"^\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d\d)\.?$")
CURRENCY = re.compile(r"[€£$%]|\b(?:EUR|USD|GBP|CHF|PLN)\b")
MONEY = re.compile(r"^\D{0,5}\d[\d.,' ]*(?:[.,]\d\d|$)")


@dataclass
class Row:
    """One line of a table body with its words by column kind.

    ``end`` is the last line of the conditions under it.
    """

    line: Line
    grid: Grid
    cells: list[list[Word]]
    end: Line | None = None

    def down_to(self, below: Row) -> float:
        """How far below another row stands, conditions in between not counted."""
        return below.line.middle - (self.end or self.line).middle

    def get(self, *kinds: str) -> list[Word]:
        """Words of the first filled column of one of these kinds."""
        filled = self._filled
        for kind in kinds:
            if kind in filled:
                return filled[kind]
        return []

    @cached_property
    def _filled(self) -> dict[str, list[Word]]:
        """The first filled cell of each kind."""
        result: dict[str, list[Word]] = {}
        for head, words in zip(self.grid.heads, self.cells):
            if words:
                result.setdefault(head.kind, words)
        return result

    def text(self, *kinds: str) -> str:
        return " ".join([word.text for word in self.get(*kinds)])


def row_of(line: Line, choices: list[Grid]) -> Row:
    if len(choices) == 1:
        return Row(line, choices[0], choices[0].cells(line))
    options = [Row(line, grid, grid.cells(line)) for grid in choices]
    return max(options, key=_fits)


def _fits(row: Row) -> float:
    """How well the words of a line suit the columns of a grid."""
    score = 0.0
    for head, cell in zip(row.grid.heads, row.cells):
        if not cell:
            continue
        text = " ".join(word.text for word in cell)
        digits = has_digit(text)
        if head.kind == "quantity":
            score += 1.0 if QUANTITY.match(_bare(text)) else -1.0
        elif head.kind in ("price", "amount"):
            score += 1.0 if MONEY.match(text) else -1.0
        elif head.kind == "pos":
            score += 1.0 if POSITION.match(text) else -1.0
        elif head.kind == "unit":
            score += 0.5 if lexicon().means("word", squash(text), "unit") else -0.5
        elif head.kind in CODES:
            score += 0.6 if digits and len(cell) <= 2 else -0.5
        elif head.kind == "description":
            score += 0.5 if not MONEY.search(text) else -0.5
    return score


def find_anchors(
    rows: Sequence[Row], choices: list[Grid], words: Lexicon, strict: bool
) -> list[int]:
    """Indexes of the lines that hold the numbers of an item.

    :param strict: without a head of the page, more must speak for it
    """
    anchors = [
        index
        for index, row in enumerate(rows)
        if is_anchor(row, choices, words, strict)
        and not (index and _is_row_of_sums(row, rows[index - 1], words))
    ]
    anchors = _without_seconds(rows, anchors, words)
    anchors = _after_sums(rows, _without_sums(rows, anchors, words), words)
    return _without_sentences(rows, _without_schedules(rows, anchors))


def is_anchor(row: Row, choices: list[Grid], words: Lexicon, strict: bool) -> bool:
    """Does this line hold the numbers of an item?"""
    quantity = _count(row, words)
    money = any(
        QUANTITY.match(_bare(text)) for text in (row.text("price"), row.text("amount")) if text
    )
    named = bool(row.get("description", *CODES, "pos"))
    counted = bool(
        quantity
        and QUANTITY.match(_bare(quantity))
        and "%" not in quantity
        and not DAY.match(quantity)
    )
    priced = not quantity and money and named
    if not priced and not (counted and (named or money or len(choices) > 1)):
        return False
    if "%" in row.text("unit"):
        return False
    kind = is_total(row.line, words)
    if kind == "carry" or kind in ("net", "tax", "gross", "subtotal", "allowance"):
        return bool(counted and POSITION.match(row.text("pos")) and money)
    if not counted:
        return bool(row.get("amount")) and not strict and _priced(row, choices)
    whole = money and bool(row.get("price")) and bool(row.get("amount"))
    return not strict or whole or _full(row)


def _count(row: Row, words: Lexicon) -> str:
    """What stands in the column of quantities, without a unit in front: "PZ 144"."""
    cell = row.get("quantity")
    if len(cell) > 1 and UNIT.fullmatch(cell[0].text):
        if row.get("amount") or words.means("word", squash(cell[0].text), "unit"):
            cell = cell[1:]
    return " ".join(word.text for word in cell)


def _bare(text: str) -> str:
    return CURRENCY.sub("", text).strip()


def _priced(row: Row, choices: list[Grid]) -> bool:
    """A line with an amount but no quantity: a charge, or a table without quantities."""
    return bool(row.get("description", *CODES))


def _full(row: Row) -> bool:
    return sum(bool(cell) for cell in row.cells) >= min(4, len(row.cells))


def _is_row_of_sums(row: Row, above: Row, words: Lexicon) -> bool:
    """Sums printed under their names, all in one line."""
    if any(word.text.isalpha() and word.text.upper() != word.text for word in row.line.words):
        return False
    names = [total_kind(segment.words, words) for segment in above.line.segments]
    return sum(name is not None for name in names) >= 2


def _without_seconds(rows: Sequence[Row], anchors: list[int], words: Lexicon) -> list[int]:
    """Anchors without the second lines of items, that have the money for the quantity above."""
    counted = [index for index in anchors if not rows[index].get("price", "amount")]
    if not counted:
        return anchors
    seconds = {
        below
        for above, below in zip(anchors, anchors[1:])
        if above in counted
        and not rows[below].get("quantity", "pos")
        and not is_total(rows[below].line, words)
    }
    return [index for index in anchors if index not in seconds or len(seconds) < len(counted)]


def _without_sums(rows: Sequence[Row], anchors: list[int], words: Lexicon) -> list[int]:
    """Amounts under the first sum are charges of the whole order, no items."""
    counted = [index for index in anchors if rows[index].get("quantity")]
    last = counted[-1] if counted else -1
    sums = ("net", "tax", "gross", "subtotal")
    end = next(
        (at for at in range(last + 1, len(rows)) if is_total(rows[at].line, words) in sums),
        len(rows),
    )
    return [index for index in anchors if index < end]


def _after_sums(rows: Sequence[Row], anchors: list[int], words: Lexicon) -> list[int]:
    """Anchors without the lines under the sums that only look like items."""
    if not anchors:
        return anchors
    numbered = POSITION.match(rows[anchors[0]].text("pos")) is not None
    kept: list[int] = []
    over = False
    for index in range(anchors[0], len(rows)):
        row = rows[index]
        over = over or is_total(row.line, words) in ("net", "tax", "gross")
        if index not in anchors:
            continue
        whole = bool(row.get("price")) and bool(row.get("amount")) and len(row.line.segments) > 3
        place = POSITION.match(row.text("pos")) if numbered else whole
        if not over or (place and not starts_block(row, words)):
            kept.append(index)
    return kept


def _without_schedules(rows: Sequence[Row], anchors: list[int]) -> list[int]:
    """Anchors without the deliveries of an item: a quantity, but neither position nor money."""
    numbered = [index for index in anchors if POSITION.match(rows[index].text("pos"))]
    if not numbered or any(not rows[index].get("price", "amount") for index in numbered):
        return anchors
    return [
        index
        for index in anchors
        if index in numbered or rows[index].get("price", "amount") or index < numbered[0]
    ]


def _without_sentences(rows: Sequence[Row], anchors: list[int]) -> list[int]:
    """Anchors without the sentences under the items that have a number among their words.

    Items have money, or what all items above have: a position, a code.
    """
    money = "price", "amount"
    kinds = money, ("pos",), CODES
    kept = list(anchors)
    while len(kept) > 1:
        last, others = rows[kept[-1]], [rows[index] for index in kept[:-1]]
        usual = [of for of in kinds if all(row.get(*of) for row in others)]
        if not usual or any(last.get(*of) for of in (money, *usual)):
            break
        kept.pop()
    return kept


@lru_cache(maxsize=2048)
def is_total(line: Line, words: Lexicon) -> str | None:
    """The kind of sum that a line prints, like ``net`` or ``carry``."""
    # most segments are figures alone, which name nothing
    named = [part for part in line.segments if len(part.words) > 1 or not has_digit(part.text)]
    kinds = [total_kind(segment.words, words) for segment in named]
    # "Delivery instructions" may stand beside the net total, and is no charge for delivery
    sums = [kind for kind in kinds if kind and kind != "charge"]
    return next(iter(sums or filter(None, kinds)), None)


def total_kind(printed: Sequence[Word], words: Lexicon) -> str | None:
    """What sum the first words name; the longest phrase wins."""
    kinds, size = sum_kinds(printed, words)
    if not kinds or is_longer_label(printed, size, words):
        return None
    return "carry" if "carry" in kinds and "charge" not in kinds else kinds[0]


def starts_block(row: Row, words: Lexicon) -> bool:
    """Does a line under the table start something else: a label, an address, closing words?"""
    first = row.line.segments[0]
    texts = [word.text for word in first.words[:LONGEST_PHRASE]]
    for size, key in words.starts(texts, "word", "party", "label"):
        if words.means("word", key, "stop") or (size > 1 and words.means("word", key, "ordering")):
            return True
        party, label = words.knows("party", key), words.knows("label", key)
        if (party or label) and (
            size == len(first.words) or first.words[size - 1].text[-1:] == ":"
        ):
            return not _names_item_value(key, words)
    return False


def _names_item_value(key: str, words: Lexicon) -> bool:
    return words.knows("column", key) and not words.means("column", key, "amount", "tax")
