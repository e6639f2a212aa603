"""Words -> printed lines -> segments (words that stand together within a line)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from .page import Page, Word, split_word
from .text import has_digit, squash

SHORTEST_RULE = 4
RULE = re.compile(r"[-_=*~.·\u2013\u2014]{%d,}" % SHORTEST_RULE)
GLUED = re.compile(
    r"^(\d{8}|\d{12,14})(?=[^\W\d_])"
    r"|^([^\W\d_][^\d]+[^\W\d_.][.)]?)(?=\d[\d.,']*[.,]\d\d$)"
)
SAME_LINE = 0.38
"""Words whose middles differ by less than this share of their height stand on one line."""
SEGMENT_GAP = 0.55
"""A blank wider than this share of the height parts two segments; one blank is about .25."""
PITCH, TYPED_BLANK = 0.03, 1.15
"""Typewritten letters differ so little in width; one blank is at most so many of them wide."""
OTHER_SIZE, BLANK = 0.86, 0.24
"""Letters of another size behind a blank are another segment."""

FEWEST_SPACED, SPACED_ALIKE = 5, 0.2
"""So many single letters are one word in spaced letters; their blanks differ by at most this."""


@dataclass(eq=False)
class Box:
    """Words that belong together, in reading order, with the box around them."""

    words: Sequence[Word]
    page: int = field(init=False)
    x0: float = field(init=False)
    y0: float = field(init=False)
    x1: float = field(init=False)
    y1: float = field(init=False)

    def __post_init__(self) -> None:
        # at once, for nearly every box is asked for all of it
        if len(self.words) == 1:
            self.text, self.x0, self.y0, self.x1, self.y1, self.page, _sure = self.words[0]
            self.height = self.y1 - self.y0
        elif self.words:
            _texts, lefts, tops, rights, bottoms, pages, _sure = zip(*self.words)
            self.page = pages[0]
            self.x0, self.y0 = min(lefts), min(tops)
            self.x1, self.y1 = max(rights), max(bottoms)

    @cached_property
    def height(self) -> float:
        return max(word.y1 - word.y0 for word in self.words)

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    @cached_property
    def text(self) -> str:
        return " ".join([word.text for word in self.words])

    @cached_property
    def figures(self) -> int:
        """How many of the words hold digits."""
        return sum([has_digit(word.text) for word in self.words])

    @cached_property
    def key(self) -> str:
        """The squashed text, to look phrases up."""
        return squash(self.text)


@dataclass(eq=False)
class Line(Box):
    """One printed line of a page, words from left to right."""

    index: int = 0
    gap: float = SEGMENT_GAP

    @cached_property
    def segments(self) -> list[Box]:
        """The line cut at wide blanks."""
        result: list[list[Word]] = [[self.words[0]]]
        sizes = [word.y1 - word.y0 for word in self.words]
        for left, right, one, other in zip(self.words, self.words[1:], sizes, sizes[1:]):
            smaller, larger = (one, other) if one < other else (other, one)
            gap = right.x0 - left.x1
            wide = gap > self.gap * smaller and not _is_typed_blank(left, right)
            if wide or (smaller < OTHER_SIZE * larger and gap > BLANK * smaller):
                result.append([])
            result[-1].append(right)
        return [Box(words) for words in result]


def _is_typed_blank(left: Word, right: Word) -> bool:
    """Is it one blank of a typewriter, with which a printed form is filled in?"""
    pitch = (left.x1 - left.x0) / len(left.text)
    if right.x0 - left.x1 > TYPED_BLANK * pitch:
        return False
    return abs(pitch - (right.x1 - right.x0) / len(right.text)) <= PITCH * pitch


def page_lines(page: Page) -> list[Line]:
    """The lines of a page from top to bottom."""
    rows: list[list[Word]] = []
    middle = height = 0.0
    printed: list[Word] = []
    for word in page.words:
        printed += _clean(word) if len(word.text) >= SHORTEST_RULE else (word,)
    ordered = sorted(printed, key=lambda word: (word.y0 + word.y1, word.x0))
    for word in ordered:
        center, size = (word.y0 + word.y1) / 2, word.y1 - word.y0
        if rows and abs(center - middle) < SAME_LINE * min(size, height):
            rows[-1].append(word)
        else:
            rows.append([word])
            middle, height = center, size
    for row in rows:
        row.sort(key=lambda word: word.x0)
    rows = [_unspaced(row) for row in rows]
    gap = _segment_gap(rows)
    return [Line(row, index=index, gap=gap) for index, row in enumerate(rows)]


def _unspaced(row: list[Word]) -> list[Word]:
    """The line with words in spaced letters ("O R D E R") as the words they are."""
    if sum([len(word.text) == 1 for word in row]) < FEWEST_SPACED:
        return row
    result: list[list[Word]] = []
    for word in row:
        last = result[-1] if result else []
        if last and _is_spaced(last, word):
            last.append(word)
        else:
            result.append([word])
    return [
        part for run in result for part in ([_joined(run)] if len(run) >= FEWEST_SPACED else run)
    ]


def _is_spaced(run: Sequence[Word], word: Word) -> bool:
    """Does a letter stand behind others as far as they stand from each other?"""
    if not all(len(one.text) == 1 and one.text.isalpha() for one in (run[-1], word)):
        return False
    gap, size = word.x0 - run[-1].x1, word.y1 - word.y0
    usual = run[1].x0 - run[0].x1 if len(run) > 1 else gap
    return gap < size and abs(gap - usual) < SPACED_ALIKE * size


def _joined(run: Sequence[Word]) -> Word:
    text = "".join(word.text for word in run)
    return run[0]._replace(text=text, x1=run[-1].x1)


def _clean(word: Word) -> list[Word]:
    """Rules drawn with characters are no words; a bar code's number glued to a text is one."""
    if RULE.search(word.text):
        bare = RULE.sub("", word.text)
        return [word._replace(text=bare)] if bare else []
    match = GLUED.match(word.text) if len(word.text) > 7 else None
    return split_word(word, match.end()) if match else [word]


def _segment_gap(rows: Sequence[Sequence[Word]]) -> float:
    """The blank that parts segments on this page: wider where blanks are, as in typewriting."""
    gaps = sorted(
        (right.x0 - left.x1) / max(right.y1 - right.y0, 1)
        for row in rows
        for left, right in zip(row, row[1:])
        if 0 < right.x0 - left.x1 < 1.1 * (right.y1 - right.y0)
    )
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    return max(SEGMENT_GAP, 1.6 * usual)


def usual_pitch(lines: Sequence[Box]) -> float:
    """The median distance of neighbouring lines, in points."""
    steps = sorted(
        below.middle - above.middle
        for above, below in zip(lines, lines[1:])
        if above.page == below.page and 0 < below.middle - above.middle < 40
    )
    return steps[len(steps) // 2] if steps else 12.0


def joined(boxes: Iterable[Box]) -> Box:
    """One box around several, words in the given order."""
    return Box([word for box in boxes for word in box.words])


def overlap(left: Box, right: Box) -> float:
    """How many points of the x axis two boxes share; negative when they are apart."""
    return min(left.x1, right.x1) - max(left.x0, right.x0)


def beside(left: Box, right: Box) -> bool:
    """Do the boxes stand next to each other: does half of the lower one's height overlap?"""
    shared = min(left.y1, right.y1) - max(left.y0, right.y0)
    return left.page == right.page and shared > 0.3 * min(left.height, right.height)
