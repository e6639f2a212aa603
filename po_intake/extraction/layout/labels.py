"""Labels and the values in front of, beside or below which they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .address import with_towns
from .label import (
    SHORT,
    Label,
    hint_size,
    is_subject,
    starts_contact,
    starts_name,
    starts_number,
    without_colon,
)
from .lexicon import LONGEST_PHRASE, Lexicon
from .lines import Box, Line, beside, overlap
from .page import Word
from .shapes import DATES, SEPARATORS, suits
from .text import has_digit

PARAGRAPHS = ("payment", "note", "email", "other")
"""Labels whose values may run over several lines."""
MOST_LINES = 4
"""Lines of one label."""
STACK = 3
"""Least labels in a stack, each over its value."""
ALIGNED = 2.0
FAR = 260.0
"""Most points between a label and its value on the same line."""


class Labels:
    """All labels of some lines, and what they say."""

    def __init__(self, lines: Sequence[Line], words: Lexicon, language: str | None) -> None:
        self.words, self.language = words, language
        self.segments = [segment for line in lines for segment in with_towns(line.segments)]
        self.found: list[Label] = []
        self.by_segment: dict[int, Label] = {}
        self.pages: dict[int, list[Box]] = {}
        for segment in self.segments:
            self.pages.setdefault(segment.page, []).append(segment)
        for index, segment in enumerate(self.segments):
            self._read(index, segment)
        for label in self.found:
            self.by_segment.setdefault(id(label.segment), label)

    # ------------------------------------------------------------------ finding
    def _read(self, index: int, segment: Box) -> None:
        if id(segment) in self.by_segment:
            return
        stacked = self._stacked(index, segment)
        first = self._longest(segment.words, 0)
        if first and not first.colon and first.rest and self._is_awaited(index):
            # "Liefertermin:   Tag 21.02.2028": the word belongs to what the label says
            first = None
        if stacked and (not first or len(stacked.box.words) > len(first.box.words)):
            self.found.append(stacked)
            for part in stacked.parts:
                self.by_segment[id(part)] = stacked
            return
        start = 0
        if first:
            first.segment = segment
            self._close_hint(first, index)
            start = len(first.box.words)
            self.found.append(first)
        self._inner(segment, start, first)

    def _is_awaited(self, index: int) -> bool:
        """Is this the value of a label with a colon that stands alone in front of it?"""
        segment, other = self.segments[index], self.segments[index - 1]
        label = self.by_segment.get(id(other)) or next(
            (found for found in reversed(self.found[-2:]) if found.segment is other), None
        )
        return bool(
            index
            and label
            and label.colon
            and not label.rest
            and other.page == segment.page
            and abs(other.middle - segment.middle) < other.height / 2
            and 0 <= segment.x0 - other.x1 < FAR
        )

    def _close_hint(self, label: Label, index: int) -> None:
        """Let the label reach down to where brackets are closed that it opens."""
        text = label.box.text
        if label.rest or text.count("(") <= text.count(")"):
            return
        for other in self.segments[index + 1 : index + 8]:
            under = 0 < other.middle - label.box.middle < 2 * label.box.height
            if under and other.text.rstrip(":").endswith(")") and _aligned(label.segment, other):
                label.box = Box([*label.box.words, *other.words])
                self.by_segment[id(other)] = label
                return

    def _inner(self, segment: Box, start: int, first: Label | None) -> None:
        """Labels in the middle of a segment: behind a separator, or with a colon."""
        last, position = first, max(start, 1)
        printed = segment.words
        while position < len(printed):
            label = self._longest(printed, position)
            before = printed[position - 1].text
            parted = before in SEPARATORS or (before[-1:] == "," and starts_number(label))
            named = label and (label.colon or parted or starts_contact(label))
            named = named or is_subject(first, printed[position], label)
            if not (label and named and label.rest):
                position += 1
                continue
            label.segment = segment
            if last:
                cut = {id(word) for word in printed[position:]}
                last.rest = [word for word in last.rest if id(word) not in cut]
                last.rest = _without_separators(last.rest)
            self.found.append(label)
            last = label
            position += len(label.box.words)

    def _longest(self, printed: Sequence[Word], start: int) -> Label | None:
        """The longest phrase that is a label and starts at a word."""
        texts = [word.text for word in printed[start : start + LONGEST_PHRASE]]
        for size, key in self.words.starts(texts, "label", "party"):
            kinds, parties = self._meanings("label", key), self._meanings("party", key)
            if not kinds and not parties:
                continue
            part = printed[start : start + size]
            if any(word.text.endswith(":") for word in part[:-1]):
                # "Delivery: week 12", though "delivery week" is a label as well
                continue
            size += hint_size(printed[start + size :])
            part = printed[start : start + size]
            rest = list(printed[start + size :])
            colon = part[-1].text.endswith(":") or bool(rest and rest[0].text.strip() == ":")
            if rest and not colon and starts_name(key, parties, rest):
                parties = []
            if not kinds and not parties:
                continue
            if rest and rest[0].text.strip() in (":", "#", "=", "."):
                rest = rest[1:]
            kinds = list(dict.fromkeys(kinds))
            return Label(tuple(kinds), tuple(parties), Box(part), rest, Box(part), colon)
        return None

    def _meanings(self, section: str, key: str) -> list[str]:
        """Meanings of a phrase, the document's language first; short ones in it only.

        "De" is "from" in Portuguese, and the first word of many Dutch names.
        """
        entries = self.words.entries(section, key)
        spoken = [kind for kind, language in entries if language in (self.language, None)]
        if self.language and len(key) <= SHORT:
            return spoken
        return spoken + [kind for kind, language in entries if language != self.language]

    def _stacked(self, index: int, segment: Box) -> _Stacked | None:
        """A label wrapped over some lines ("Terms of" above "payment")."""
        if (
            len(segment.words) > 4
            or segment.text.endswith(":")
            or has_digit(segment.text)
            or not self.words.begins(segment.key, "label", "party")
        ):
            return None
        parts, found = [segment], None
        for other in self.segments[index + 1 : index + 24]:
            last = parts[-1]
            if other.page != last.page or other.y0 - last.y0 > 2 * last.height:
                break
            if other.y0 <= last.y0 + 0.5 * last.height or not _aligned(segment, other):
                continue
            key = "".join(part.key for part in (*parts, other))
            if not self._goes_on(parts, other, key):
                continue
            parts.append(other)
            found = self._of_lines(parts, key) or found
            if len(parts) == MOST_LINES or other.text.endswith(":"):
                break
        return found

    def _goes_on(self, parts: Sequence[Box], other: Box, key: str) -> bool:
        """May the phrase of some lines go on with another line, which is no label of its own?"""
        listed = key in self.words.label or key in self.words.party
        alone = self.words.knows("label", parts[0].key) if listed else True
        apart = alone and other.key in self.words.label
        return (
            not apart
            and self.words.begins(key, "label", "party")
            and (listed or not self._has_value(other))
        )

    def _has_value(self, line: Box) -> bool:
        """Does something stand beside a line, so that it is a label of its own?"""
        return any(
            0 < other.x0 - line.x1 < FAR and abs(other.middle - line.middle) < 0.3 * line.height
            for other in self.pages[line.page]
        )

    def _of_lines(self, parts: Sequence[Box], key: str) -> _Stacked | None:
        kinds, parties = self.words.kinds("label", key), self.words.kinds("party", key)
        if not kinds and not parties:
            return None
        box = Box([word for part in parts for word in part.words])
        label = _Stacked(tuple(kinds), tuple(parties), box, [], box, parts[-1].text.endswith(":"))
        label.parts = tuple(parts)
        return label

    # ------------------------------------------------------------------ values
    def values(self, kind: str) -> list[tuple[Label, Box]]:
        """The labels that may mean ``kind``, each with its value, in reading order."""
        result = []
        for label in self.found:
            if kind in label.kinds:
                value = self.value(label, kind)
                if value:
                    result.append((label, value))
        return result

    def value(self, label: Label, kind: str) -> Box | None:
        """What stands behind, beside or below a label, if it can be a value of this kind."""
        rest = _without_separators(label.rest)
        if rest and suits(kind, rest):
            box = Box(rest)
            return self._continued(box, label) if kind in PARAGRAPHS else box
        if rest and label.colon:
            return None
        right, below = self._unbroken(self._right(label)), self._unbroken(self._below(label))
        if right and not suits(kind, right.words):
            right = self._wrapped(right) if kind in DATES else None
            right = right if right and suits(kind, right.words) else None
        if below and not suits(kind, below.words):
            below = None
        if right and below and not label.colon and self._stands_over(label, kind, right, below):
            right = None
        best = right or below
        if kind == "note" and below and right is None and self.is_label(below):
            best = below
        if best and kind in PARAGRAPHS:
            return self._continued(best, label)
        return best

    def _stands_over(self, label: Label, kind: str, right: Box, below: Box) -> bool:
        """Is the value what stands below, and what stands beside something else?"""
        if self._in_row_of_labels(label):
            return True
        if abs(below.x0 - label.box.x0) >= 4:
            return False
        plain = kind in PARAGRAPHS and (has_digit(right.text) or not has_digit(below.text))
        heads = not plain and self._heads_a_column(right, below)
        return heads or right.x0 - label.box.x1 > 90 or self._in_stack(label)

    def _right(self, label: Label) -> Box | None:
        box = label.box
        near = [
            without_colon(other)
            for other in self.pages[box.page]
            if other is not label.segment and other.x0 >= box.x1 - 1 and beside(box, other)
        ]
        left = min((other.x0 for other in near), default=0.0)
        # a value of several lines may be centred on its label: then its first line counts
        column = [other for other in near if other.x0 < left + 6]
        nearest = min(column, key=lambda other: other.y0, default=None)
        if nearest is None or nearest.x0 - box.x1 > FAR or self.is_label(nearest):
            return None
        return nearest

    def _unbroken(self, value: Box | None) -> Box | None:
        """The value with its rest, where a narrow cell breaks it behind a hyphen."""
        last = value.words[-1] if value else None
        if value is None or last is None or last.text[-1:] not in ("-", "/"):
            return value
        for other in self.pages[value.page]:
            first = other.words[0]
            close = 0.5 * value.height < other.y0 - value.y0 < 1.6 * value.height
            if close and abs(first.x0 - value.x0) < ALIGNED and has_digit(first.text):
                return Box([*value.words[:-1], last._replace(text=last.text + first.text)])
        return value

    def _wrapped(self, value: Box) -> Box | None:
        """The value with the line under it: "26 settembre" above "2026"."""
        for other in self.pages[value.page]:
            close = 0 < other.middle - value.middle < 1.55 * value.height
            if close and abs(other.x0 - value.x0) < 3:
                return Box([*value.words, *other.words])
        return None

    def _in_row_of_labels(self, label: Label) -> bool:
        """Do labels stand beside each other, so that their values stand below them?"""
        row = [other for other in self.pages[label.box.page] if beside(label.box, other)]
        row.sort(key=lambda other: other.x0)
        heads = [
            self.words.knows("label", other.key) and not other.text.endswith(":") for other in row
        ]
        return any(left and right for left, right in zip(heads, heads[1:]))

    def _heads_a_column(self, right: Box, below: Box) -> bool:
        """Has what stands beside a label its own value below, beside the label's?"""
        return any(
            abs(other.x0 - right.x0) < ALIGNED and beside(other, below) and not self.is_label(other)
            for other in self.pages[below.page]
        )

    def _in_stack(self, label: Label) -> bool:
        """Do most labels over and under this one have their values below?"""
        stacked = [
            self._below(other) is not None
            for other in self.found
            if other.box.page == label.box.page
            and abs(other.box.x0 - label.box.x0) < ALIGNED
            and not other.rest
            and not other.colon
        ]
        return len(stacked) >= STACK and sum(stacked) >= 0.7 * len(stacked)

    def _below(self, label: Label) -> Box | None:
        box = label.box
        near = [
            other
            for other in self.pages[box.page]
            if -2 < other.y0 - box.y1 < 1.5 * box.height and overlap(other, box) > 0
        ]
        nearest = min(
            near, key=lambda other: (round(other.y0), abs(other.x0 - box.x0)), default=None
        )
        return None if nearest is None or self.is_label(nearest) else nearest

    def is_label(self, segment: Box) -> bool:
        """Does the segment start with a label that is not merely a word of a text?"""
        if self.words.knows("total", segment.key):
            return True
        label = self.by_segment.get(id(segment))
        if label is None or label.segment.words[0] is not label.box.words[0]:
            return False
        if not label.rest or label.colon:
            return True
        if label.kinds == ("other",) and len(label.rest) == 1 and has_digit(label.rest[0].text):
            # "Page 1"
            return True
        return any(kind not in PARAGRAPHS and suits(kind, label.rest) for kind in label.kinds) or (
            len(label.box.words) > 1 and bool(set(label.kinds) & set(PARAGRAPHS))
        )

    def _continued(self, value: Box, label: Label) -> Box:
        """The value with the lines it runs on over."""
        words, last = list(value.words), value
        for other in sorted(self.pages[value.page], key=lambda item: item.y0):
            step = other.middle - last.middle
            if step < 0.5 * last.height or other in (value, label.segment):
                continue
            if step > 1.55 * last.height:
                break
            aligned = abs(other.x0 - value.x0) < 3 or abs(other.x1 - value.x1) < 3
            if not aligned or self.is_label(other) or self.has_label(other, label):
                continue
            words += other.words
            last = other
        return Box(words)

    def has_label(self, segment: Box, label: Label) -> bool:
        """Does another label stand left of a line?"""
        return any(
            other is not label and other.box.x1 <= segment.x0 + 1 and beside(other.box, segment)
            for other in self.found
        )


@dataclass(eq=False)
class _Stacked(Label):
    parts: tuple[Box, ...] = ()


def _without_separators(words: list[Word]) -> list[Word]:
    words = list(words)
    while words and words[-1].text in SEPARATORS:
        words.pop()
    while words and words[0].text in SEPARATORS:
        words.pop(0)
    return words


def _aligned(left: Box, right: Box) -> bool:
    """Do they begin, end, or have their middle within 3 points?"""
    return min(abs(left.x0 - right.x0), abs(left.x1 - right.x1), abs(_mid(left, right))) <= 3


def _mid(left: Box, right: Box) -> float:
    return (left.x0 + left.x1 - right.x0 - right.x1) / 2
