"""How much the cells of a column look like values of each kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ..normalize import find_dates
from .equations import parted
from .lexicon import Lexicon, months, weeks
from .text import has_digit, squash

POSITION = re.compile(r"^\d{1,6}(?:[.\-/]\d{1,4})*[.)]?$")
GTIN = re.compile(r"^\d{12,14}$")
CODE = re.compile(r"^(?=.*\d)[A-Z0-9][A-Z0-9./_-]{3,}$", re.IGNORECASE)
BASIS = re.compile(r"^(?:/|per|je|pro|par|por|za)?\s?(?:1|10|100|1[.,]?000|10[.,]?000)\b", re.I)
NUMBER = re.compile(r"^\W{0,3}(?:[A-Z]{3} ?)?-?\d[\d.,' ]*-?(?:\s?[^\W\d]{1,3}\.?|\s?[€$£%])?$")
COUNTED = re.compile(r"^\d[\d.,' ]*\s?(?:×|[^\W\d][\w.²³]{0,9}\.?)$")
MONEY = re.compile(r"\d[.,]\d{2,4}(?!\d)")
CURRENCY = re.compile(r"[€$£]|\b(?:EUR|USD|GBP|CHF|PLN)\b|\bzł", re.I)
DECIMALS = re.compile(r"[.,](\d+)\D*$")
HUNDREDS = re.compile(r"^10{1,4}\s")
PERCENT = re.compile(r"^-?\d{1,2}(?:[.,]\d{1,3})?\s?%?$")
DAY = re.compile(r"^\d{1,2}[./]\d{1,2}\.?$")
KINDS = (
    "pos", "barcode", "unit", "date", "description", "code", "code_own", "code_your",
    "code_supplier", "code_customer", "quantity", "price", "amount", "discount", "tax", "per",
)  # fmt: skip
CODES = ("code", "code_own", "code_your", "code_supplier", "code_customer")
EVEN = re.compile(r"^(?:\d{4,}[.,]\d{2,}|0\d+[.,]\d+|\d\d[.,]\d{4})$")
UNIFORM, FEWEST = 1.5, 3
"""What numbers of one make say for codes, and in how many rows at least."""
NEVER = -4.0
"""Cells of another make: a head that the lists know is doubted, any other is wrong."""
CERTAIN = 5.0
"""Cells that prove their kind: a sequence, words of a closed list, check digits."""
COUNTING = 4
"""So many numbers that grow from row to row count the rows, in whatever steps."""
PRICED = 3.0
"""What numbers of which each is for so many of a unit say for prices."""
MOST = 0.7
"""Share of the filled cells that must agree."""


def looks(column: Sequence[str], index: int, words: Lexicon) -> dict[str, float]:
    """For each kind what the filled cells of a column say for it or, below zero, against it."""
    if not column:
        return {}

    def share(test: Callable[[str], object]) -> float:
        return sum(bool(test(cell)) for cell in column) / len(column)

    result = dict.fromkeys(KINDS, NEVER)
    if share(GTIN.match) >= MOST:
        result["barcode"] = CERTAIN if share(_is_gtin) >= MOST else 1.0
    if share(lambda cell: words.means("word", squash(HUNDREDS.sub("", cell)), "unit")) >= MOST:
        result["unit"] = CERTAIN
    if share(lambda cell: find_dates(cell, months(), weeks())) >= MOST:
        result["date"] = 4.0
    elif share(_is_day) >= MOST:
        result["date"] = 1.0
    if result["date"] < 0:
        result |= _names(column, share)
    if share(POSITION.match) >= MOST and index < 2:
        result["pos"] = _position(column)
        if result["pos"] < 0:
            result |= {kind: max(result[kind], 2.0) for kind in CODES}
    if share(lambda cell: parted(cell)[1]) >= MOST:
        # "4.94 / 1 pc", "20.40 per 100 m"
        result |= {"description": NEVER, "price": PRICED}
    elif share(lambda cell: NUMBER.match(cell) or COUNTED.match(cell)) >= MOST:
        result |= _numbers(column, share, money=not _is_uniform(column))
        result["per"] = result["per"] if index else NEVER
    return result


def _is_gtin(cell: str) -> bool:
    from stdnum import ean

    return bool(GTIN.match(cell)) and bool(ean.is_valid(cell))


def _is_day(cell: str) -> bool:
    """A day without its year: "24 Jun", "24.06."."""
    return bool(DAY.match(cell)) or any(squash(word) in months() for word in cell.split())


def _position(column: Sequence[str]) -> float:
    """Do they count up? Codes of digits come in any order."""
    numbers = [[int(part) for part in re.findall(r"\d+", cell)] for cell in column]
    if len(numbers) > 1 and numbers == sorted(numbers) and len(set(column)) == len(column):
        steps = {right[-1] - left[-1] for left, right in zip(numbers, numbers[1:])}
        counts = len(numbers) >= COUNTING or steps <= {1, 5, 10, 100}
        return CERTAIN if counts and min(steps) > 0 and max(steps) <= 100 else 0.5
    if len(numbers) == 1:
        return 2.0 if numbers[0] in ([1], [10], [100]) else 0.0
    if max(map(len, column)) < 4:
        return 0.0
    return 2 * NEVER


def _names(
    column: Sequence[str], share: Callable[[Callable[[str], object]], float]
) -> dict[str, float]:
    """Codes and descriptions."""
    codes = share(CODE.match)
    texts = share(lambda cell: len(cell) > 3 and sum(map(str.isalpha, cell)) > 2)
    several = share(lambda cell: " " in cell and not CODE.match(cell.split()[0]))
    result = {}
    if texts >= MOST and codes < MOST:
        usual = sum(map(len, column)) / len(column)
        result["description"] = 1.0 + (1.5 if several >= MOST else 0.0) + min(usual / 20, 1.5)
    elif texts >= MOST:
        result["description"] = -1.0
    plain = share(lambda cell: has_digit(cell) and " " not in cell and not MONEY.search(cell))
    if plain >= MOST:
        mixed = share(lambda cell: re.search(r"[A-Za-z]", cell))
        long = share(lambda cell: len(cell) >= 4) >= MOST
        value = (3.0 if mixed >= MOST else 2.0) if codes >= MOST else 0.5 if long else -2.0
        if len(set(column)) < 0.6 * len(column):
            value -= 2.0
        result |= dict.fromkeys(CODES, value)
    elif _is_uniform(column):
        result |= dict.fromkeys(CODES, UNIFORM)
    return result


def _is_whole(cell: str) -> bool:
    """A number without decimals, or with nothing but zeros: "12", "12,00", "1.200"."""
    found = DECIMALS.search(cell)
    digits = found.group(1) if found else "0"
    return not digits.strip("0") or (len(digits) == 3 and cell[:1] != "0")


def _is_uniform(column: Sequence[str]) -> bool:
    """Long numbers of one make, like "5412.21" and "1707.50", are codes; no amounts run so even."""
    makes = {re.sub(r"\d", "9", cell) for cell in column}
    return (
        len(makes) == 1
        and EVEN.match(column[0]) is not None
        and len(column) >= FEWEST
        and len(set(column)) > MOST * len(column)
    )


def _numbers(
    column: Sequence[str], share: Callable[[Callable[[str], object]], float], money: bool
) -> dict[str, float]:
    """Quantities, prices and the like.

    :param money: may these be amounts?
    """
    money = money and share(MONEY.search) >= MOST
    whole = share(_is_whole) >= MOST
    priced = 1.0 if share(CURRENCY.search) >= MOST else 0.0
    long = share(lambda cell: re.fullmatch(r"\d{5,}", cell)) >= MOST
    result = {
        "quantity": (0.5 if money and not whole else 1.5) - 2.0 * priced - (3.0 if long else 0.0),
        "price": (1.0 if money and whole else 2.0 if money else 0.0)
        + priced
        - (3.0 if long else 0.0),
        "amount": (2.0 if money else 0.0) + priced - (3.0 if long else 0.0),
    }
    if share(COUNTED.match) >= MOST and not priced:
        result["quantity"] = 2.0
    if share(BASIS.match) == 1:
        result["per"] = 1.0 if any(cell != "1" for cell in column) else 0.5
    if share(PERCENT.match) >= MOST:
        percent = share(lambda cell: "%" in cell) >= MOST
        result["discount"] = 3.0 if percent else 0.5
        result["tax"] = (3.0 if percent else 0.0) if len(set(column)) <= 2 else 0.0
    return result
