"""Numbers, dates and currencies as people print them.

"1.234" is one thousand and more in Hamburg and one and a bit in London. Nothing here guesses from
one value: a :class:`Habit` is decided once per document, from values that can be read in one way
only and from sums that add up in one way only, and then every value is read by it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from .layout.text import squash
from .weeks import find_week, monday, next_monday

NUMBER = re.compile(
    r"(?<![\w.,])[-\u2212\u2013+]?\s?\d(?:[\d.,'\u2019]*\d)?"
    r"(?:[ \u00a0\u202f]\d{3}(?![\d]))*(?:[.,]\d+)?-?(?![^\W\d_])"
)
_LOOSE = re.compile(r"\d(?:[\d.,'\u2019]*\d)?(?:[ \u00a0\u202f]\d{3}(?!\d))*(?:[.,]\d+)?")
_NUMERIC_DATE = re.compile(
    r"(?<![\d.,/-])(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d/-]|[.,]\d)"
)
_WORD_DATE = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\u00ba|\u00b0)?[.\s-]{0,2}\s?(?:de\s+|d'|of\s+)?"
    r"([^\W\d_]{3,12})\.?[,\s-]{1,2}\s?(?:de\s+|del\s+)?(\d{4}|\d{2})(?!\d)"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_CURRENCY = re.compile(r"US\$|[€£$¥]|[A-Za-zł]{2,4}\.?|K\u010d")
_BLANKS = re.compile(r"[\s'\u2019]")
_COMPACT_DATE = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])([0-3]\d)(?!\d)")

CURRENCIES: Mapping[str, str] = {
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "gbp": "GBP",
    "$": "USD", "us$": "USD", "usd": "USD", "chf": "CHF", "sfr": "CHF", "fr.": "CHF",
    "zł": "PLN", "zl": "PLN", "pln": "PLN", "sek": "SEK", "nok": "NOK", "dkk": "DKK",
    "czk": "CZK", "kč": "CZK", "huf": "HUF", "ron": "RON", "cad": "CAD", "aud": "AUD",
    "jpy": "JPY", "¥": "JPY", "cny": "CNY", "try": "TRY", "eur.": "EUR", "zł.": "PLN",
}  # fmt: skip

Equation = tuple[str, str, str, str, str]
"""Printed quantity, price, discount in percent, price unit, amount; empty where not printed."""


@dataclass(frozen=True)
class Habit:
    """How one document writes.

    :param quantity: decimal mark of quantities
    :param money: decimal mark of prices and amounts
    :param dates: ``dmy`` or ``mdy``
    :param numbers_certain: False when nothing in the document could decide
    :param dates_certain: likewise
    """

    quantity: str = "."
    money: str = "."
    dates: str = "dmy"
    numbers_certain: bool = True
    dates_certain: bool = True


def number_tokens(text: str) -> list[str]:
    """The numbers in a text, as printed, without units and currencies."""
    return [match.group() for match in _LOOSE.finditer(text)]


@lru_cache(maxsize=16384)
def to_decimal(text: str, mark: str) -> Decimal | None:
    """The first number of a text, with ``mark`` before its decimals; None if it does not fit.

    Minus signs before or after ("12,50-") count; thousands may be parted by the other mark, a
    blank or an apostrophe, but only in groups of three.
    """
    found = _LOOSE.search(text)
    if not found:
        return None
    digits = _BLANKS.sub("", found.group())
    other = "." if mark == "," else ","
    whole, _, decimals = digits.partition(mark)
    if mark in decimals or other in decimals:
        return None
    groups = whole.split(other)
    if len(groups) > 1 and (
        not 1 <= len(groups[0]) <= 3 or any(len(group) != 3 for group in groups[1:])
    ):
        return None
    value = Decimal("".join(groups) + ("." + decimals if decimals else ""))
    before, after = text[: found.start()].rstrip(), text[found.end() :].lstrip()
    negative = before.endswith(("-", "\u2212", "\u2013")) or after in ("-", "\u2212")
    return -value if negative else value


def decimal_mark(token: str) -> str | None:
    """The decimal mark that a printed number proves, None if it could be read both ways."""
    dot, comma = token.count("."), token.count(",")
    if dot and comma:
        return "." if token.rindex(".") > token.rindex(",") else ","
    if not dot and not comma:
        return None
    mark, other = (".", ",") if dot else (",", ".")
    if dot + comma > 1:
        return other
    whole, _, rest = token.rpartition(mark)
    whole = _BLANKS.sub("", whole)
    if len(rest) != 3 or len(whole) > 3 or whole.startswith("0"):
        return mark
    return mark if "'" in token or "\u2019" in token else None


CENT = Decimal("0.011")


def balanced(
    quantity: Decimal, price: Decimal, discount: Decimal, per: Decimal, amount: Decimal
) -> bool:
    """Is quantity x price less discount the amount, within rounding of the printed price?"""
    exact = quantity * price / (per or 1) * (100 - discount) / 100
    slack = CENT + abs(quantity) * _half_digit(price) / (per or 1)
    return abs(exact - amount) <= min(slack, max(abs(amount) / 200, CENT))


def _half_digit(value: Decimal) -> Decimal:
    return Decimal(5).scaleb(min(int(value.as_tuple().exponent), 0) - 1)


def decide_numbers(
    quantities: Sequence[str],
    money: Sequence[str],
    equations: Sequence[Equation],
    language: str | None = None,
) -> Habit:
    """The marks of a document: by arithmetic first, then by numbers that prove their mark.

    Quantities and money are decided together, since some programs print the first with three
    decimals ("27.000 x 315.00") and others group them ("4.002 x 1,76").
    """
    best, best_score = ("", ""), None
    quantity_proofs, money_proofs = _proofs(quantities), _proofs(money)
    usual = "." if language in ("en", None) else ","
    scores = {}
    for left in ".,":
        for right in ".,":
            solved = sum(_holds(row, left, right) for row in equations[:40])
            score = (
                4 * solved
                + 2 * (quantity_proofs[left] + money_proofs[right])
                + (1 if left == right else 0)
            )
            scores[left, right] = score
            tie = (score, right == usual)
            if best_score is None or tie > best_score:
                best, best_score = (left, right), tie
    runner_up = max(score for pair, score in scores.items() if pair != best)
    certain = scores[best] > runner_up or not _matters(quantities, money)
    return Habit(quantity=best[0], money=best[1], numbers_certain=certain)


def _proofs(texts: Iterable[str]) -> Counter[str | None]:
    """How many numbers of these texts prove each mark."""
    return Counter(decimal_mark(token) for text in texts for token in number_tokens(text))


def _matters(quantities: Iterable[str], money: Iterable[str]) -> bool:
    tokens = [token for text in (*quantities, *money) for token in number_tokens(text)]
    return any("." in token or "," in token for token in tokens)


def _holds(row: Equation, quantity_mark: str, money_mark: str) -> bool:
    quantity, price, discount, per, amount = row
    values = (
        to_decimal(quantity, quantity_mark),
        to_decimal(price, money_mark),
        to_decimal(amount, money_mark),
    )
    if any(value is None for value in values) or not values[2]:
        return False
    less = _discount(discount, money_mark)
    basis = to_decimal(per, quantity_mark) if per else Decimal(1)
    return balanced(values[0], values[1], less, basis or Decimal(1), values[2])


def _discount(text: str, mark: str) -> Decimal:
    """A percentage proves its own mark more often than not: "2.5" is never 2500."""
    if not text:
        return Decimal(0)
    value = to_decimal(text, decimal_mark((number_tokens(text) or [""])[0]) or mark)
    return value if value is not None else Decimal(0)


@dataclass(frozen=True)
class DateText:
    """A date as printed: ``first``, ``second``, ``year`` of "03/04/2026", the ``week`` of "KW 23",
    else ``fixed``.
    """

    text: str
    start: int
    end: int
    fixed: date | None = None
    first: int = 0
    second: int = 0
    year: int = 0
    mark: str = ""
    week: int = 0

    def value(self, order: str, since: date | None = None) -> date | None:
        """The day, reading an open date by its ``order``: ``dmy``, ``mdy`` or ``ymd``.

        :param since: the day of the order, which a week without a year follows
        """
        if self.fixed:
            return self.fixed
        if self.week:
            return next_monday(self.week, since) if since else None
        if order == "ymd":
            return _day(_year(f"{self.first:02}"), self.second, self.year % 100)
        day, month = (self.first, self.second) if order == "dmy" else (self.second, self.first)
        return _day(self.year, month, day) or _day(self.year, day, month)

    @property
    def proves(self) -> str | None:
        """The order that this date proves by itself."""
        if self.fixed:
            return None
        if self.first > 12:
            return "dmy"
        return "mdy" if self.second > 12 else None

    @property
    def open(self) -> bool:
        """Does its day depend on the order?"""
        return (
            not self.fixed and self.first <= 12 and self.second <= 12 and self.first != self.second
        )


def find_dates(text: str, months: Mapping[str, int], weeks: Collection[str] = ()) -> list[DateText]:
    """All dates in a text, in their order.

    :param months: month names, lower case without accents -> 1..12
    :param weeks: words for weeks, likewise, where a week may stand for a day
    """
    if not any(char.isdigit() for char in text):
        return []
    found: list[DateText] = []
    for match in _NUMERIC_DATE.finditer(text):
        item = _numeric_date(match)
        if item:
            found.append(item)
    for pattern, day, month in ((_WORD_DATE, 1, 2), (_MONTH_FIRST, 2, 1)):
        for match in pattern.finditer(text):
            number = months.get(squash(match.group(month)))
            fixed = number and _day(_year(match.group(3)), number, int(match.group(day)))
            if fixed:
                found.append(DateText(match.group(), match.start(), match.end(), fixed))
    if not found:
        match = _COMPACT_DATE.fullmatch(text.strip())
        fixed = match and _day(*(int(part) for part in match.groups()))
        if fixed:
            found.append(DateText(text, 0, len(text), fixed))
    week = find_week(text, weeks) if weeks and not found else None
    if week:
        printed, number, year = week
        fixed = monday(number, year) if year else None
        start = text.index(printed)
        found.append(DateText(printed, start, start + len(printed), fixed, week=number))
    return sorted(found, key=lambda item: item.start)


def _numeric_date(match: re.Match[str]) -> DateText | None:
    first, mark, second, last = match.groups()
    span = (match.group(), match.start(), match.end())
    if len(first) == 4:
        fixed = _day(int(first), int(second), int(last)) if len(last) == 2 else None
        return DateText(*span, fixed, mark=mark) if fixed else None
    if len(first) > 2:
        return None
    year = _year(last)
    if not (_day(year, int(second), int(first)) or _day(year, int(first), int(second))):
        return None
    return DateText(*span, None, int(first), int(second), year, mark)


def decide_dates(
    dates: Sequence[DateText],
    usual: str | None = None,
    ordered: DateText | None = None,
    wanted: Sequence[DateText] = (),
) -> tuple[str, bool]:
    """``(order, certain)`` of a document's dates.

    :param usual: what the sender's country writes, where it is known
    :param ordered: the date of the order, and ``wanted`` the delivery dates, which follow it
    """
    if _year_first(dates, ordered, wanted):
        return "ymd", not _in_sequence("dmy", ordered, wanted)
    votes = [item.proves for item in dates if item.proves]
    if votes:
        return max(votes, key=votes.count), len(set(votes)) == 1
    if any(item.mark == "." for item in dates):
        return "dmy", True
    if not any(item.open for item in dates):
        return usual or "dmy", True
    sane = [order for order in ("dmy", "mdy") if _in_sequence(order, ordered, wanted)]
    if len(sane) == 1:
        return sane[0], usual in (None, sane[0])
    return usual or "dmy", usual is not None


def _year_first(
    dates: Sequence[DateText], ordered: DateText | None, wanted: Sequence[DateText]
) -> bool:
    """Does "26-01-12" begin with its year, as "2025-11-12" does, the day of the order?"""
    if not (ordered and ordered.fixed and ordered.mark):
        return False
    short = [item for item in dates if not item.fixed and not item.week]
    like = all(item.mark == ordered.mark and item.value("ymd") for item in short)
    return bool(short) and like and _in_sequence("ymd", ordered, wanted)


def _in_sequence(order: str, ordered: DateText | None, wanted: Sequence[DateText]) -> bool:
    start = ordered.value(order) if ordered else None
    days = [item.value(order) for item in wanted]
    return start is None or all(0 <= (day - start).days <= 200 for day in days if day is not None)


def find_currency(text: str) -> str | None:
    """The ISO code of the first currency code or sign in a text."""
    for token in _CURRENCY.findall(text):
        code = CURRENCIES.get(token.lower())
        if code:
            return code
    return None


def _year(text: str) -> int:
    return int(text) + 2000 if len(text) == 2 else int(text)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1990 <= year <= 2100 else None
    except ValueError:
        return None
