"""What the engine reads: pages of words with boxes, whatever they came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Word(NamedTuple):
    """One word as printed; a tuple, since a page has hundreds.

    Coordinates are points (1/72 inch) from the top left corner of the page as shown.

    :param confidence: of the recognition, 0..1; 1 for typed text
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    page: int = 1
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Page:
    """One page. ``number`` counts from 1; words may come in any order."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]


def split_word(word: Word, cut: int) -> list[Word]:
    """The word cut before its ``cut``-th letter; letters count as equally wide."""
    x = word.x0 + (word.x1 - word.x0) * cut / len(word.text)
    return [
        word._replace(text=word.text[:cut], x1=x),
        word._replace(text=word.text[cut:], x0=x),
    ]
