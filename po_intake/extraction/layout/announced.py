"""What a sentence announces, where papers have no labels: "Please deliver to our site:"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .labels import Label, Labels
from .lines import Box
from .page import Word
from .text import squash

FEWEST, MOST = 3, 16
"""Words of a sentence in front of its colon."""


def delivery_heads(labels: Labels) -> list[Label]:
    """Sentences about a delivery that end with a colon, as labels of what stands below them."""
    return [
        Label((), ("delivery",), segment, [], segment, colon=True)
        for segment in labels.segments
        if FEWEST <= len(segment.words) <= MOST
        and segment.text.endswith(":")
        and not _has_party(labels, segment)
        and _speaks_of(labels, segment.words, "due")
    ]


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


def _has_party(labels: Labels, segment: Box) -> bool:
    label = labels.by_segment.get(id(segment))
    return label is not None and bool(label.parties) and label.colon


def _speaks_of(labels: Labels, printed: Sequence[Word], part: str) -> bool:
    """Does one of these words stand for such a part of phrases?"""
    return any(labels.words.means("part", squash(word.text), part) for word in printed)
