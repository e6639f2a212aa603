"""Order numbers and delivery dates that people name in the middle of a sentence."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..document import ORDER_CONFIRMATION, QUOTATION, Evidence, OrderDocument
from ..layout.classify import MARKS
from ..layout.lexicon import lexicon, months
from ..layout.text import squash
from ..normalize import DateText, find_dates
from . import phrases
from .sentences import sentences
from .typeset import Cell

SURE = 0.9
_CODE_BEHIND = re.compile(
    r"[\s:.#=(–-]*(?:(?:no|nr|n°|nº|n\.?\s?º|n|num|numero|número|numéro|number|nummer|numer|ref|réf|reference|"
    r"is|ist|lautet|est|es|è|é|to|jest|with|mit|unter|under)\b[\s.:#°º=–-]*|[#°º]\s*){0,3}"
    r"(?-i:[A-Z]{2,4} )?(?P<code>(?=[\w./-]*\d)[A-Za-z0-9][\w./-]*[A-Za-z0-9])",
    re.I,
)
_COUNTED = re.compile(r"\s*(?:[x×*]|of|off)\s", re.I)
_DAY_MONTH = re.compile(
    r"(?<![\d.,/-])(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º|°)?\s*(?:de |of |d')?\s*"
    r"(?P<month>[^\W\d_]{3,12})\b(?!\.?\s*(?:de |del )?\d{4})"
)
_MONTH_DAY = re.compile(
    r"\b(?P<month>[^\W\d_]{3,12})\.?\s(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d|[.,]?\s*\d{4}|[.,:]\d)"
)
_BARE = re.compile(
    r"(?<![\w.,/-])(?P<day>\d{1,2})(?:/(?P<month>\d{1,2})|\.\s?(?P<month2>\d{1,2})\.)(?![\w/,-]|\s?[x×%€])"
)
_OF = re.compile(
    r"[\s,(]*(?:of|dated|vom|van|d\.?d\.?|du|en date du|del|de|do dia|z|z dnia|from)?[\s:]*", re.I
)
_UNDER = re.compile(
    r"\b(?:under|unter|onder|sous|sotto|con|bajo|com|sob|pod)\s+(?:[^\W\d_]{1,4}\s+)?$", re.I
)
_PLACE = re.compile(r"\s*[^\W\d_a-z][^\d:,]{2,40},\s*(?:[^\W\d_]{1,5}\s+)?")
_BETWEEN = re.compile(r"[\s:,.(]*(?:[^\W\d_]{1,12}\.?,?\s*){0,2}")


def add(
    document: OrderDocument,
    lines: Sequence[Cell],
    subject: str,
    reader: str,
    sent: str | None,
    letter: bool = False,
) -> OrderDocument:
    """The document with the number and the delivery date that its sentences name.

    :param sent: day of the mail, ``YYYY-MM-DD``; dates without a year follow it
    :param letter: a line with a place and a day is its date
    """
    if document.document_type in (ORDER_CONFIRMATION, QUOTATION) or not document.lines:
        return document
    texts = [line.text for line in lines]
    evidence = dict(document.evidence)
    values: dict[str, object] = {}
    if not document.number:
        found = next(_numbers(texts), None) or next(_numbers([subject]), None)
        if found:
            line, code = found
            place = lines[line].place if code in texts[line : line + 1][0] else "Subject"
            values["number"] = code
            evidence["number"] = Evidence(text=code, reader=reader, confidence=SURE, place=place)
    if not document.order_date:
        dated = next(_dated(texts), None) or (next(_letter_dates(texts), None) if letter else None)
        if dated:
            values["order_date"], line, text = dated
            evidence["order_date"] = Evidence(
                text=text, reader=reader, confidence=SURE, place=lines[line].place
            )
    if not document.requested_date:
        day = due_date(texts, datetime.date.fromisoformat(sent) if sent else None)
        if day:
            values["requested_date"], line, text = day[0], day[1], day[2]
            place = lines[line].place
            evidence["requested_date"] = Evidence(
                text=text, reader=reader, confidence=SURE, place=place
            )
    return replace(document, evidence=evidence, **values) if values else document


# numbers ---------------------------------------------------------------------------------


def without(text: str) -> str:
    """The text without order numbers and dates, so that none is taken for an item."""
    for start, end, _code in reversed(list(_mentions(text))):
        text = f"{text[:start]}, {text[end:]}"
    for start, _day, written in sorted(_days(text, datetime.date(2024, 1, 1)), reverse=True):
        text = f"{text[:start]}, {text[start + len(written) :]}"
    return text


def numbered(texts: Sequence[str]) -> bool:
    """Does any line name the number of an order?"""
    return next(_numbers(texts), None) is not None


def headings(texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    """``(line, number)`` of the lines that hold an order number and nothing else."""
    for line, text in enumerate(texts):
        found = list(_mentions(text))
        if len(found) == 1:
            start, end, code = found[0]
            if not re.search(r"[^\W_]", text[:start] + text[end:]):
                yield line, code


def _numbers(texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    for line, text in enumerate(texts):
        for _start, _end, code in _mentions(text):
            yield line, code


def _mentions(text: str) -> Iterator[tuple[int, int, str]]:
    """``(start, end, number)`` of each order number that the text names."""
    labels = [*phrases.spans(text, "label", "our_order", "number", "contact", "customer_no")]
    titles = [*phrases.spans(text, "type", "purchase_order", "order_change", "quotation", "other")]
    named = {first.start() for first, _last, kind in labels if kind != "number"}
    seen = set()
    for first, last, kind in sorted([*labels, *titles], key=lambda item: -item[1].end()):
        match = _CODE_BEHIND.match(text, last.end())
        if kind not in ("number", "purchase_order", "order_change") or not match:
            continue
        if squash(text[first.start() : last.end()]) in MARKS and not _is_under(text, first.start()):
            continue  # "no." alone numbers anything
        if first.start() in named or _is_past(text[: first.start()]):
            continue
        label = text[first.start() : last.end()]
        code = match.group("code")
        begun = match.start("code")
        if begun in seen or _is_of_offer(label) or not _is_number(code, text, match.end()):
            continue
        seen.add(begun)
        yield first.start(), match.end(), code


def _is_under(text: str, start: int) -> bool:
    """ "We order under the number 4711": whoever orders so names the number of the order."""
    return bool(_UNDER.search(text[:start])) and phrases.has(text, "mail", "order")


def _is_past(before: str) -> bool:
    return any(
        not before[last.end() :].strip()
        for _first, last, _kind in phrases.spans(before, "mail", "past")
    )


def _is_of_offer(label: str) -> bool:
    key = squash(label)
    known = lexicon().type
    return any(
        len(phrase) > 3 and phrase in key and not {"purchase_order", "order_change"} & {*kinds}
        for phrase, kinds in (
            (phrase, [kind for kind, _ in found]) for phrase, found in known.items()
        )
    )


def _is_number(code: str, text: str, end: int) -> bool:
    """Is it no date and no quantity?"""
    if find_dates(code, {}) and not code.isdigit() or len(code) < 3:
        return False
    behind = text[end:].split()[:1]
    counted = _COUNTED.match(text, end) or (
        behind and "unit" in lexicon().kinds("word", squash(behind[0]))
    )
    return not (code.isdigit() and (counted or len(code) < 3))


# dates -----------------------------------------------------------------------------------


def _dated(texts: Sequence[str]) -> Iterator[tuple[datetime.date, int, str]]:
    """The day right behind an order number: "order 4711 of 3 May 2026"."""
    for line, text in enumerate(texts):
        for _start, end, _code in _mentions(text):
            for item in find_dates(text, months()):
                day = item.value("dmy")
                if day and item.start >= end and _OF.fullmatch(text[end : item.start]):
                    yield day, line, item.text


def _letter_dates(texts: Sequence[str]) -> Iterator[tuple[datetime.date, int, str]]:
    """The day behind a place, in a line of their own: "Figeac, le 29 juin 2026"."""
    for line, text in enumerate(texts):
        for item in find_dates(text, months())[:1]:
            day = item.value("dmy")
            if day and _PLACE.fullmatch(text[: item.start]) and text.strip().endswith(item.text):
                yield day, line, item.text


def due_date(
    texts: Sequence[str], sent: datetime.date | None
) -> tuple[datetime.date, int, str] | None:
    """The one day by which the sentences want the goods, its line, and the day as written."""
    found = []
    for sentence in sentences(texts):
        for start, day, written in _days(sentence.text, sent):
            if _is_due(sentence.text, start) and not (sent and day < sent):
                found.append((day, sentence.line, written))
    return found[0] if len({day for day, _line, _text in found}) == 1 else None


def _is_due(text: str, start: int) -> bool:
    asked = phrases.has(text, "mail", "order", "please")
    named = [*phrases.spans(text[:start], "mail", "due")]
    named += phrases.spans(text[:start], "label", "requested_date")
    for first, last, _kind in named:
        clear = asked or len(squash(text[first.start() : last.end()])) >= 6
        if clear and _BETWEEN.fullmatch(text[last.end() : start]):
            return True
    return False


def _days(text: str, sent: datetime.date | None) -> Iterator[tuple[int, datetime.date, str]]:
    known: list[DateText] = find_dates(text, months())
    for item in known:
        day = item.value("dmy")
        if day:
            yield item.start, day, item.text
    if sent is None:
        return
    for pattern in (_DAY_MONTH, _MONTH_DAY, _BARE):
        for match in pattern.finditer(text):
            if any(item.start < match.end() and match.start() < item.end for item in known):
                continue
            name = match.group("month") or match.group("month2")
            month = int(name) if name.isdigit() else _month(name, pattern is _MONTH_DAY)
            day = _next(sent, month, int(match.group("day")))
            if day:
                yield match.start(), day, match.group()


def _month(name: str, first: bool) -> int:
    """The number of a month, 0 if it is none; only English ones stand before the day.

    "set" is September and a unit as well: without a year it is the unit.
    """
    key, words = squash(name), lexicon()
    english = ("en" in [language for _kind, language in words.month.get(key, ())]) or not first
    return months().get(key, 0) if english and "unit" not in words.kinds("word", key) else 0


def _next(sent: datetime.date, month: int, day: int) -> datetime.date | None:
    """The first such day on or after the day of the mail."""
    for year in (sent.year, sent.year + 1):
        try:
            found = datetime.date(year, month, day)
        except ValueError:
            return None
        if found >= sent:
            return found
    return None
