"""Number, dates, terms: what an order says once, with labels in front of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ..document import WARNING, Finding
from ..normalize import DateText, Habit, find_dates
from .announced import payment
from .classify import Title, clean_number, find_number, revision_of
from .draft import Draft
from .labels import Labels
from .lexicon import months, weeks
from .lines import Box, beside
from .page import Word
from .shapes import INCOTERM, code_of
from .text import has_digit, squash, tidy

LETTER_DATE, BEFORE_DATE = 9, 4
"""Most words of "Marinha Grande, 5 de outubro de 2026", and those in front of the date."""
SENTENCE = 6
"""Least words of a sentence."""
DUE_WORDS = 6
"""Words in front of a date that may ask for delivery, two of them at least."""
INCOTERM_PLACE = re.compile(
    r"\b(?:EXW|FCA|FAS|FOB|CFR|CIF|CPT|CIP|DAP|DPU|DDP)"
    r"\s+[^\W\d_a-z][^\W\d_]+(?:[ -][^\W\d_a-z][^\W\d_]+)*(?!\w)"
)


def read_head(draft: Draft, kind: str, title: Title | None, labels: Labels, habit: Habit) -> None:
    """Put everything that stands in the head, or after the items, once for all."""
    if title:
        draft.place("document_type", title.box.words)
    number = find_number(title, kind, labels)
    if number:
        draft.put("number", *number)
    _dates(draft, title, labels, habit, number[1] if number else ())
    for _label, value in labels.values("revision"):
        text = clean_number(value.words[0].text)
        if text and has_digit(text):
            draft.put("revision", text, value.words)
    counted = revision_of(title, labels.words) if title else None
    if counted:
        draft.put("revision", clean_number(counted.text), [counted])
    for _label, value in labels.values("our_order"):
        word = code_of(value.words)
        if word:
            draft.put("our_order", clean_number(word.text), [word])
    _terms(draft, labels)


def _dates(
    draft: Draft, title: Title | None, labels: Labels, habit: Habit, number: Sequence[Word]
) -> None:
    ordered = _date(draft, labels, "order_date", habit)
    if ordered:
        draft.put("order_date", *ordered)
    if "order_date" not in draft.values and title:
        _title_date(draft, title, habit)
    if "order_date" not in draft.values:
        _numbered_date(draft, labels, habit)
    if "order_date" not in draft.values:
        _lonely_date(draft, labels, habit, number)
    due = _date(draft, labels, "requested_date", habit)
    if due:
        draft.put("requested_date", *due)
    if "requested_date" not in draft.values:
        _due_in_text(draft, labels, habit)


def _terms(draft: Draft, labels: Labels) -> None:
    for _label, value in labels.values("payment"):
        if not INCOTERM.match(value.text) and len(value.text) > 3:
            text = tidy(value.text)
            text = text.partition(". ")[0] if len(text) > 70 else text
            draft.put("payment_terms", text.strip(" .;"), value.words, 0.93)
    for text, printed in payment(labels):
        draft.put("payment_terms", text, printed, 0.86)
    for _label, value in labels.values("incoterm"):
        draft.put("incoterm", tidy(value.text).strip(" .;"), value.words, 0.93)
    for segment in labels.segments:
        match = INCOTERM_PLACE.search(segment.text)
        if match and len(segment.text) < 60:
            draft.put("incoterm", match.group(), segment.words, 0.85)


def _date(
    draft: Draft, labels: Labels, path: str, habit: Habit
) -> tuple[date, Sequence[Word]] | None:
    """The date behind the most specific label."""
    best = None
    ordered = draft.day("order_date")
    for label, value in labels.values(path):
        if "other" in label.kinds and path not in label.kinds[:1]:
            continue
        due = path == "requested_date"
        dates: list[DateText] = find_dates(value.text, months(), weeks() if due else ())
        day = dates[0].value(habit.dates, ordered) if dates else None
        if due and day is None and dates:
            draft.findings.append(Finding("ambiguous_dates", WARNING, {"text": value.text}, path))
        if day is None or (due and ordered and day < ordered and not dates[0].week):
            continue
        rank = (label.kinds[0] == path, len(label.box.key) > 4)
        if best is None or rank > best[0]:
            best = (rank, day, value.words)
    return (best[1], best[2]) if best else None


def _title_date(draft: Draft, title: Title, habit: Habit) -> None:
    dates = find_dates(" ".join(word.text for word in title.rest), months())
    if dates:
        draft.put("order_date", dates[0].value(habit.dates), list(title.rest), 0.9)


def _numbered_date(draft: Draft, labels: Labels, habit: Habit) -> None:
    """Whoever registers letters prints the day behind the number: "Prot. n. 1813 del 3/6/2026"."""
    for _label, value in labels.values("number"):
        dates = find_dates(value.text, months())
        number, _day, behind = value.text.partition(dates[0].text) if dates else ("", "", "")
        day = dates[0].value(habit.dates) if len(number.split()) == 2 and not behind else None
        if day and labels.words.means("part", squash(number.split()[1]), "on"):
            draft.put("order_date", day, value.words, 0.86)


def _due_in_text(draft: Draft, labels: Labels, habit: Habit) -> None:
    """Letters ask for delivery in a sentence: "for delivery by 14 July 2026"."""
    for segment in labels.segments:
        if len(segment.words) < SENTENCE or labels.is_label(segment):
            continue
        for found in find_dates(segment.text, months(), weeks()):
            before = segment.text.partition(found.text)[0].split()[-DUE_WORDS:]
            asked = any(
                labels.words.means("label", squash("".join(before[start:])), "requested_date")
                for start in range(len(before) - 1)
            )
            ordered = draft.day("order_date")
            day = found.value(habit.dates, ordered) if asked else None
            if day and not (ordered and day < ordered and not found.week):
                draft.put("requested_date", day, segment.words, 0.86)


def _lonely_date(draft: Draft, labels: Labels, habit: Habit, number: Sequence[Word]) -> None:
    """Letters print the date without a label: beside the number, or "Place, date" on top."""
    due = [word for _label, value in labels.values("requested_date") for word in value.words]
    for segment in labels.segments:
        numbered = bool(number) and number[0] in segment.words
        if not numbered and any(word in due for word in segment.words):
            continue
        if not numbered and (labels.is_label(segment) or len(segment.words) > LETTER_DATE):
            continue
        dates = find_dates(segment.text, months())
        day = dates[0].value(habit.dates) if dates else None
        if day is None:
            continue
        rest = segment.text.replace(dates[0].text, " ")
        if not numbered and _is_named(segment, rest, labels):
            continue
        if numbered or (len(rest.split()) <= BEFORE_DATE and not has_digit(rest)):
            draft.put("order_date", day, segment.words, 0.86)
            return


def _is_named(segment: Box, rest: str, labels: Labels) -> bool:
    """Does a colon, in front of a date, say that an unknown label names it?"""
    if rest.rstrip().endswith(":"):
        return True
    return any(
        other.text.endswith(":") and other.x1 <= segment.x0 + 1 and beside(other, segment)
        for other in labels.pages[segment.page]
    )
