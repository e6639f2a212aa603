"""Weeks of delivery as people print them: "KW 23", "week 45 - 2026", "S12/2026", "2026-W07".

Weeks are those of ISO 8601, as Europe counts them. The day meant is the Monday: goods that are
wanted in a week are in time on its first day.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, timedelta

from .layout.text import squash

_YEAR = r"(?:20\d{2}|\d{2})"
_NAMED = re.compile(
    r"(?<![^\W_])(?:(?P<before>20\d{2})\s?[-/.]?\s?)?(?P<name>[^\W\d_]{1,14})\.?\s?(?:n[r\u00b0o]?\.?\s?)?"
    rf"(?P<week>\d{{1,2}})(?!\d)(?:\s?[-\u2013./,']\s?(?P<year>{_YEAR})|\s(?:\w{{2,3}}\s)?(?P<far>20\d{{2}}))?"
    r"(?![\d/]|[.,]\d)"
)
_NUMBERED = re.compile(
    r"(?<![\d.,/-])(?P<week>\d{1,2})(?:\.|st|nd|rd|th|e|ª|ème)?\s?(?P<name>[^\W\d_]{1,14})\.?"
    r"(?:\s?[-/.,]?\s?(?:\w{2,3}\s)?(?P<year>20\d{2}))?(?!\d)"
)


def find_week(text: str, names: Collection[str]) -> tuple[str, int, int | None] | None:
    """``(printed, week, year)`` of the first week in a text; the year where it is printed.

    :param names: squashed words for weeks
    """
    for pattern in (_NAMED, _NUMBERED):
        for match in pattern.finditer(text):
            week, name = int(match["week"]), squash(match["name"])
            # "S3" is a week where nothing stands beside it, else more often a size or a type
            alone = len(name) > 1 or match.group() == text.strip()
            if name not in names or not 1 <= week <= 53 or not alone:
                continue
            found = match.groupdict()
            year = found.get("before") or found.get("far") or found["year"]
            return match.group(), week, int(year) % 100 + 2000 if year else None
    return None


def monday(week: int, year: int) -> date | None:
    """The first day of a week; None where the year has no such week."""
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def next_monday(week: int, since: date) -> date | None:
    """The first day of the next week of this number, the week of a day included."""
    days = [monday(week, year) for year in (since.year - 1, since.year, since.year + 1)]
    return next((day for day in days if day and day > since - timedelta(weeks=1)), None)
