"""What eyes see of a source, as one sequence of words with their places.

Pages of words and rows of cells become the same: words in lines, each with a page and box or a
place. It is what a language model is shown, and what its claims are looked up in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from .layout.lines import SEGMENT_GAP

Box = tuple[float, float, float, float]
ROW = 10.0  # points that a row of cells is taken to be high
CELL = 100.0


@dataclass(frozen=True)
class Seen:
    """One word. Rows of cells have boxes of their own making, and a ``place`` that counts.

    :param line: number of the printed line, over all pages
    """

    text: str
    box: Box
    line: int
    page: int | None = None
    place: str | None = None

    @property
    def middle(self) -> float:
        return (self.box[1] + self.box[3]) / 2


@dataclass(frozen=True)
class Paper:
    """The words of a source in reading order.

    :param recognized: pages whose words come from a picture
    """

    words: tuple[Seen, ...] = ()
    recognized: frozenset[int] = frozenset()

    @cached_property
    def lines(self) -> list[list[Seen]]:
        """The words line by line."""
        result: list[list[Seen]] = []
        for word in self.words:
            if not result or result[-1][0].line != word.line:
                result.append([])
            result[-1].append(word)
        return result

    @cached_property
    def text(self) -> str:
        """All words, a line for each line."""
        return "\n".join(" ".join(word.text for word in line) for line in self.lines)


def from_pages(
    pages: Iterable[tuple[int, Sequence[tuple[str, Box]]]], recognized: Iterable[int] = ()
) -> Paper:
    """Pages of words with boxes, as :func:`.view.words` gives them.

    :param pages: pairs of a page's number and its words
    """
    words: list[Seen] = []
    count = 0
    for number, items in pages:
        for line in _lines(items):
            words += [Seen(text, box, count, page=number) for text, box in line]
            count += 1
    return Paper(tuple(words), frozenset(recognized))


def from_rows(rows: Iterable[Sequence[tuple[str, str]]]) -> Paper:
    """Rows of cells with ``(place, text)``, as :func:`.view.view` gives them."""
    words = []
    for number, row in enumerate(rows):
        for column, (place, text) in enumerate(row):
            left, top = column * CELL, number * ROW
            parts = text.split()
            wide = CELL / 2 / max(len(parts), 1)
            words += [
                Seen(
                    part,
                    (left + index * wide, top, left + (index + 0.9) * wide, top + ROW - 1),
                    number,
                    place=place,
                )
                for index, part in enumerate(parts)
            ]
    return Paper(tuple(words))


def render(paper: Paper) -> str:
    """The words as a model is shown them: lines, with the column where each piece begins."""
    out: list[str] = []
    page: int | None = None
    for line in paper.lines:
        if line[0].page != page:
            page = line[0].page
            out.append(f"[page {page}]")
        out.append(" | ".join(_pieces(line)))
    return "\n".join(out)


def _pieces(line: Sequence[Seen]) -> list[str]:
    pieces: list[list[Seen]] = []
    for word in line:
        last = pieces[-1][-1] if pieces else None
        if last is None or (
            last.place != word.place
            if word.place
            else word.box[0] - last.box[2] > SEGMENT_GAP * (word.box[3] - word.box[1])
        ):
            pieces.append([])
        pieces[-1].append(word)
    texts = [" ".join(word.text for word in piece) for piece in pieces]
    if line[0].page is None:
        return texts
    return [f"{piece[0].box[0]:.0f}:{text}" for piece, text in zip(pieces, texts)]


def _lines(items: Sequence[tuple[str, Box]]) -> list[list[tuple[str, Box]]]:
    """Words whose middles are at one height, from left to right, from top to bottom."""
    result: list[list[tuple[str, Box]]] = []
    middle = height = 0.0
    for text, box in sorted(items, key=lambda item: (item[1][1] + item[1][3], item[1][0])):
        here, tall = (box[1] + box[3]) / 2, box[3] - box[1]
        if not result or here - middle > 0.5 * min(tall, height):
            result.append([])
            middle, height = here, tall
        result[-1].append((text, box))
    return [sorted(line, key=lambda item: item[1][0]) for line in result]
