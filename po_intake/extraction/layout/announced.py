"""What a sentence announces, where papers have no labels: "Please deliver to our site:"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .address import ends_with_place, is_date, is_place
from .label import Label
from .labels import Labels
from .lines import Box, beside
from .page import Word
from .text import squash

SENTENCE, PARTS = 6, 6
"""Least words of a sentence, and most parts of an address in it."""
NUMBER = re.compile(r"(?:[a-z]{1,6}\.? )?\d+\W?\w?")
"""The number of a house, or of a lot, behind the comma of its street."""
FEWEST, MOST = 3, 16
"""Words of a sentence in front of its colon."""


def delivery_heads(labels: Labels) -> list[Label]:
    """Labels of addresses that are none elsewhere.

    Sentences about a delivery end with a colon above an address; "Delivery" mostly names a day.
    """
    days = [label for label in labels.found if "requested_date" in label.kinds]
    found = [
        Label((), ("delivery",), label.box, label.rest, label.segment, colon=True)
        for label in days
        if not (label.parties or labels.value(label, "requested_date"))
        and ends_with_place(_beside(label, labels))
    ]
    return found + [
        Label((), ("delivery",), segment, [], segment, colon=True)
        for segment in labels.segments
        if FEWEST <= len(segment.words) <= MOST
        and segment.text.endswith(":")
        and not _has_party(labels, segment)
        and _speaks_of(labels, segment.words, "due")
    ]


def spoken_places(labels: Labels) -> Iterator[tuple[Label, list[Box]]]:
    """Addresses in sentences that ask for delivery there, each with the lines it would have."""
    for segment in labels.segments:
        if len(segment.words) < SENTENCE or labels.is_label(segment):
            continue
        if not _speaks_of(labels, segment.words, "due"):
            continue
        printed = [*segment.words, *_next_line(segment, labels)]
        for at, word in enumerate(printed[:-1]):
            rest = printed[at + 1 :]
            named = rest[0].text[:1].isupper()
            to = named and labels.words.means("word", squash(word.text), "to")
            lines = address_lines(rest) if to else []
            if lines:
                yield Label((), ("delivery",), Box([word]), [], segment, colon=True), lines
                break


def _next_line(segment: Box, labels: Labels) -> Sequence[Word]:
    """The words of the line below, where a sentence does not end with its line."""
    if segment.text[-1:] in ".:;":
        return ()
    for other in labels.pages[segment.page]:
        step = other.middle - segment.middle
        if abs(other.x0 - segment.x0) < 2 and 0.5 < step / segment.height < 1.75:
            return other.words
    return ()


def address_lines(printed: Sequence[Word]) -> list[Box]:
    """The parts of an address in one line, up to its place; none if it is no whole address."""
    parts: list[list[Word]] = [[]]
    for word in printed:
        bare = word.text.rstrip(",;:")
        parts[-1].append(word._replace(text=bare))
        if bare == word.text:
            continue
        text = " ".join(part.text for part in parts[-1])
        if is_place(text):
            break
        if len(parts) > 2 and NUMBER.fullmatch(text):
            # "Via Roma, 12"
            number = parts.pop()
            parts[-1] = [*parts[-1][:-1], parts[-1][-1]._replace(text=f"{parts[-1][-1].text},")]
            parts[-1] += number
        parts.append([])
    boxes = [Box(part) for part in parts if part]
    if len(boxes) > 2 and is_place(f"{boxes[-2].text} {boxes[-1].text}"):
        boxes[-2:] = [Box([*boxes[-2].words, *boxes[-1].words])]
    whole = 1 < len(boxes) <= PARTS and is_place(boxes[-1].text.rstrip("."))
    return boxes if whole and not any(is_date(box.text) for box in boxes) else []


def payment(labels: Labels) -> Iterator[tuple[str, Sequence[Word]]]:
    """The terms behind the colon of a sentence about the payment, with their words."""
    for segment in labels.segments:
        end = next((at for at, word in enumerate(segment.words) if word.text[-1:] == ":"), 0)
        if FEWEST <= end + 1 < len(segment.words) and _speaks_of(
            labels, segment.words[: end + 1], "pay"
        ):
            rest = segment.words[end + 1 :]
            stop = next(
                (at for at, word in enumerate(rest) if word.text[-1:] == "."), len(rest) - 1
            )
            terms = rest[: stop + 1]
            yield " ".join(word.text for word in terms).rstrip("."), terms


def _beside(label: Label, labels: Labels) -> str:
    """What stands behind a label, or in the next cell of its line."""
    if label.rest:
        return Box(label.rest).text
    page = labels.pages[label.box.page]
    right = [other for other in page if other.x0 >= label.box.x1 - 1 and beside(label.box, other)]
    return min(right, key=lambda other: other.x0).text if right else ""


def _has_party(labels: Labels, segment: Box) -> bool:
    label = labels.by_segment.get(id(segment))
    return label is not None and bool(label.parties) and label.colon


def _speaks_of(labels: Labels, printed: Sequence[Word], part: str) -> bool:
    """Does one of these words stand for such a part of phrases?"""
    return any(labels.words.means("part", squash(word.text), part) for word in printed)
