"""The note of a document: what stands behind a label, or a sentence after the sums."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .labels import Labels
from .lexicon import LONGEST_PHRASE, Lexicon
from .lines import Box, Line
from .page import Word
from .rows import Table
from .shapes import COMPANY
from .text import squash, tidy
from .totals import sum_kind


def find_note(
    labels: Labels, outside: Sequence[Line], tables: Sequence[Table], words: Lexicon
) -> tuple[str, Sequence[Word]] | None:
    """``(text, words)`` of the note; covering text, closings and terms are none."""
    for _label, value in labels.values("note"):
        rest = _without_covering(value, words)
        if len(rest) >= 2:
            return tidy(" ".join(word.text for word in rest)), rest
    if not tables or not tables[-1].lines:
        return None
    last = tables[-1].lines[-1]
    for segment in (segment for line in outside for segment in line.segments):
        below = segment.page == last.page and segment.y0 > last.y0
        if below and _is_sentence(segment, labels, words):
            return tidy(segment.text), segment.words
    return None


def _is_sentence(segment: Box, labels: Labels, words: Lexicon) -> bool:
    text = segment.text
    return (
        len(segment.words) >= 4
        and not text[0].islower()
        and text.endswith((".", "!"))
        and not labels.is_label(segment)
        and not sum_kind(segment.words, words)
        and not _is_covering(segment, words)
        and not COMPANY.search(text)
        and not re.search(r"@|·|\bIBAN\b|\bwww\.", text)
    )


def _without_covering(value: Box, words: Lexicon) -> list[Word]:
    """The words of a note without sentences like "Please confirm this order"."""
    rest: list[Word] = []
    sentence: list[Word] = []
    for word in value.words:
        sentence.append(word)
        if word is value.words[-1] or (word.text.endswith((".", "!")) and len(word.text) > 3):
            if not _is_covering(Box(sentence), words):
                rest += sentence
            sentence = []
    return rest


def _is_covering(segment: Box, words: Lexicon) -> bool:
    for size in range(min(LONGEST_PHRASE, len(segment.words)), 0, -1):
        key = squash("".join(word.text for word in segment.words[:size]))
        if words.means("word", key, "stop"):
            return True
    return False
