"""Rows under an item that lead from its gross to its net amount.

Programs like SAP print "Discount 5 % 62.50-" and "Net value 1187.50" under an item of 1250.00.
Arithmetic proves such rows, so their names need not be known, and they are never taken for sums
of the document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..normalize import CENT, number_tokens, to_decimal
from .lexicon import Lexicon
from .lines import Line
from .page import Word
from .text import has_digit, squash
from .totals import last_number

REACH = 5
"""A discount stands at most so many lines under the amount that it lessens."""
NEAR = 2.2
"""Rows of conditions follow each other within this many heights."""
PERCENT = re.compile(r"-?\d{1,2}(?:[.,]\d{1,4})?(?=\D*$)")
ALIGNED = 9.0
"""Amounts of one column end within so many points; a minus sign may stand behind them."""


@dataclass(frozen=True)
class Condition:
    """A proved discount.

    :param above: the line with the gross amount
    :param discount: the words of the percentage
    :param net: the words of the net amount
    :param lines: the lines that say nothing else
    """

    above: Line
    discount: tuple[Word, ...]
    net: tuple[Word, ...]
    lines: tuple[Line, ...]


def discount_of(line: Line, words: Lexicon) -> Word | None:
    """The percentage in a line under an item that names nothing else: "less 15 % discount"."""
    figures = [word for word in line.words if has_digit(word.text)]
    if len(figures) != 1 or "%" not in line.text or not PERCENT.match(figures[0].text):
        return None
    name = squash("".join(word.text for word in line.words if word is not figures[0]))
    discount = words.means("column", name, "discount") or words.means("total", name, "allowance")
    return figures[0] if discount else None


def find_conditions(lines: Sequence[Line]) -> list[Condition]:
    """All proved discounts in the body of a table."""
    result: list[Condition] = []
    for index in range(1, len(lines) - 1):
        if "%" not in lines[index].text or not _follows(lines[index], lines[index + 1]):
            continue
        found = _condition(lines, index)
        if found:
            result.append(found)
    return result


def _condition(lines: Sequence[Line], index: int) -> Condition | None:
    """The condition whose discount stands in a line, and whose net amount in the next."""
    row, below = lines[index], lines[index + 1]
    net = last_number(below.words)
    taken = last_number(row.words)
    if not net:
        return None
    for mark in ",.":
        amount = _value(net, mark)
        for percent in _percents(row, mark):
            for above in reversed(lines[max(0, index - REACH) : index]):
                gross = last_number(above.words)
                if not gross or abs(gross[-1].x1 - net[-1].x1) > ALIGNED:
                    continue
                full = _value(gross, mark)
                if full is None or amount is None or not _lessens(full, percent[0], amount):
                    break
                if taken and abs(taken[-1].x1 - net[-1].x1) <= ALIGNED:
                    off = _value(taken, mark)
                    if off is None or abs(full - abs(off) - amount) > CENT:
                        break
                first = _same_above(lines[max(0, index - REACH) : index], above, mark)
                between = () if first is above else (above,)
                return Condition(first, (percent[1],), tuple(net), (*between, row, below))
    return None


def _same_above(lines: Sequence[Line], gross: Line, mark: str) -> Line:
    """The line of the item, where a line "Gross price" repeats its amount."""
    amount = last_number(gross.words) or []
    for line in lines:
        other = last_number(line.words)
        if line is gross or not other or abs(other[-1].x1 - amount[-1].x1) > ALIGNED:
            continue
        if _value(other, mark) == _value(amount, mark):
            return line
    return gross


def _lessens(full: Decimal, percent: Decimal, amount: Decimal) -> bool:
    exact = full * (100 - percent) / 100
    return full > amount > 0 and abs(exact - amount) <= CENT


def _percents(line: Line, mark: str) -> list[tuple[Decimal, Word]]:
    """Numbers of a line that may be its percentage, each with its word."""
    found = []
    for word in line.words:
        if number_tokens(word.text):
            value = to_decimal(word.text, mark)
            if value is not None and 0 < abs(value) < 100:
                found.append((abs(value), word))
    return found


def _value(words: Sequence[Word], mark: str) -> Decimal | None:
    return to_decimal(" ".join(word.text for word in words), mark)


def _follows(above: Line, below: Line) -> bool:
    return 0 < below.middle - above.middle < NEAR * max(above.height, below.height)
