"""What a paper prints and the reading does not explain: words that no list knows, mostly.

A stranger's paper differs from known ones in its words first. Unknown words do not contradict
anything, so they must be looked for: an amount under the items that became no sum, a column of
codes whose head says nothing, a label under an item that nobody knows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, pairwise

from ..document import INFO, Charge, Finding, OrderLine
from ..normalize import CENT, Habit, to_decimal
from .header import CODES
from .items import Printed
from .lexicon import Lexicon
from .lines import Line
from .page import Word
from .rows import Table
from .text import squash
from .totals import Sum, last_number

MONEY = re.compile(r"\d[.,]\d\d\D{0,4}$")
"""Amounts have two decimals; other numbers under a table are zip codes, days and accounts."""
CODE = re.compile(r"^(?=.*\d)[\w./\-]{4,}$")
WHOLE = re.compile(r"^(?=.*\d)\w[\w./\-]{3,}\w$")
"""A code, and no piece of one that is broken behind a hyphen, or whose end is in the next line."""
MOST = 60
"""Sums of so many items are tried."""
OPEN = ("subtotal", "carry", "charge", "allowance", "tax")
"""Sums of these kinds may be part of another one; nets and totals must be the ones read."""


def doubts(
    tables: Sequence[Table],
    printed: Sequence[Printed],
    below: Sequence[Line],
    sums: Sequence[Sum],
    known: Collection[Decimal],
    repeated: Collection[Decimal],
    habit: Habit,
    words: Lexicon,
) -> Iterator[Finding]:
    """Findings about everything that was printed where values stand, and was not understood.

    :param below: the lines outside the tables, under the first rows
    :param sums: the named sums of these lines
    :param known: net total, tax and total as read
    :param repeated: amounts that may stand under any name, see :func:`repeatable`
    """
    amounts = _unread_sums(tables, below, sums, known, repeated, habit)
    if amounts:
        yield Finding("sums_unread", INFO, {"amounts": amounts[:5]})
    heads = sorted({*_unnamed_codes(tables), *_joined_codes(tables, printed)})
    if heads:
        yield Finding("codes_unnamed", INFO, {"heads": heads})
    labels = _unknown_labels(printed, words)
    if labels:
        yield Finding("unknown_labels", INFO, {"labels": labels[:5]})


def repeatable(
    lines: Sequence[OrderLine], charges: Sequence[Charge], known: Collection[Decimal], total: bool
) -> list[Decimal]:
    """Amounts that say nothing new under any name: charges, and sums of some items in a row.

    The sums of the document are such only once its total is read: a name that no list knows may
    head the total, even where that is the net total's amount, too.
    """
    amounts = [line.price_subtotal or Decimal(0) for line in lines][:MOST]
    sums = [
        amount
        for start in range(len(amounts))
        for count, amount in enumerate(accumulate(amounts[start:]), 1)
        if count < len(lines)
    ]
    return [*(charge.amount for charge in charges), *sums, *(known if total else ())]


def _unread_sums(
    tables: Sequence[Table],
    below: Sequence[Line],
    sums: Sequence[Sum],
    known: Collection[Decimal],
    repeated: Collection[Decimal],
    habit: Habit,
) -> list[str]:
    """Amounts with a name in the block of totals that became no value.

    The total of a stranger may have a name that no list knows; then what was read as the total is
    another sum, or there is none, and a contradiction between the two is not seen either.
    """
    if not tables:
        return []
    last = max((line.page, line.y1) for table in tables for line in table.lines)
    named = {id(word): item.kind for item in sums for word in item.words}
    result = []
    for line in [*(line for line in below if (line.page, line.y0) >= last), *_inside(tables)]:
        amount = last_number(line.words)
        if not amount or not MONEY.search(amount[-1].text) or not _has_name(line, amount):
            continue
        text = " ".join(word.text for word in amount)
        value, kind = to_decimal(text, habit.money), named.get(id(amount[-1]))
        allowed = [*known, *repeated] if kind else repeated
        if value and kind not in OPEN and not _near(abs(value), allowed):
            result.append(text)
    return result


def _near(value: Decimal, others: Collection[Decimal]) -> bool:
    return any(abs(value - abs(other)) <= CENT for other in others)


def _inside(tables: Sequence[Table]) -> list[Line]:
    """Lines under the numbers of the last item that have an amount of their own."""
    items = [item for table in tables[-1:] for item in table.items[-1:] if not item.condition]
    return [
        row.line
        for item in items
        for row in item.rows[item.rows.index(item.anchor) + 1 if item.anchor in item.rows else 0 :]
        if item.anchor and row.grid is item.anchor.grid and row.get("amount")
    ]


def _has_name(line: Line, amount: Sequence[Word]) -> bool:
    """Is there a name in front of the amount, and no whole sentence around it?"""
    name = [word for word in line.words if word.x1 <= amount[0].x0]
    letters = sum(any(char.isalpha() for char in word.text) for word in name)
    return 0 < letters <= 8 and line.words[-1].x1 - amount[-1].x1 < 60


def _unnamed_codes(tables: Sequence[Table]) -> list[str]:
    """Heads of columns taken for codes by what stands in them: whose codes, nothing says."""
    return sorted(
        {
            head.box.text
            for table in tables
            for grid in table.grids
            for head in grid.heads
            if not head.sure and (head.kind in CODES or head.over)
        }
    )


def _joined_codes(tables: Sequence[Table], printed: Sequence[Printed]) -> set[str]:
    """Heads of columns in which two whole codes stand under each other and were taken for one."""
    kinds = {
        kind
        for item in printed
        for kind in CODES
        for above, below in pairwise(item.cells.get(kind, ()))
        if below.y0 > above.y0 + 0.5 * (above.y1 - above.y0)
        and WHOLE.match(above.text)
        and WHOLE.match(below.text)
    }
    heads = (head for table in tables for grid in table.grids for head in grid.heads)
    return {head.box.text for head in heads if head.kind in kinds}


def whose_codes(
    vendor: bool, tables: Sequence[Table], printed: Sequence[Printed]
) -> Finding | None:
    """A finding where codes have no owner, and the usual one is a guess.

    On orders a lone code is the seller's by custom only. Two codes of a vendor's paper, of which
    one is said to be the supplier's, may both be his.
    """
    kinds = {kind for item in printed for kind in item.cells if kind in CODES} - {"barcode"}
    heads = sorted(
        {
            head.box.text
            for table in tables
            for grid in table.grids
            for head in grid.heads
            if head.kind == "code"
        }
    )
    if vendor:
        contested = {"code", "code_supplier"} <= kinds
        return Finding("codes_unnamed", INFO, {"heads": heads}) if contested else None
    return Finding("codes_unowned", INFO, {"heads": heads}) if kinds == {"code"} and heads else None


def _unknown_labels(printed: Sequence[Printed], words: Lexicon) -> list[str]:
    """Labels under items with a code behind them, which may be the code of the item.

    What elsewhere is a label of the head is doubted, too, where no item has any code.
    """
    coded = any(kind in item.cells for item in printed for kind in CODES)
    found = set()
    for item in printed:
        for _continues, text in item.lines[1:]:
            label = [word.text for word in text[:-1]]
            if not 0 < len(label) <= 4 or label[-1][-1:] != ":" or not CODE.match(text[-1].text):
                continue
            key = squash("".join(label))
            known = words.knows("column", key) or (coded and words.knows("label", key))
            if key and not known:
                found.add(" ".join(label))
    return sorted(found)
