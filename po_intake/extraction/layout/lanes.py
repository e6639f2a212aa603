"""Columns of blocks: where a page prints blocks of labels beside each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .fields import Strip, read_strips
from .lexicon import Lexicon
from .lines import Line
from .page import Word

EDGE = 4.0
"""Points by which texts of one column of blocks may begin left of its labels."""
NARROW = 80.0
"""Columns of blocks are wider than this."""


def in_lanes(lines: Sequence[Line], words: Lexicon) -> list[tuple[Line, Line, int]]:
    """The lines of a page, cut where blocks stand beside each other; lane by lane."""
    edges = _edges(read_strips([(line, line, 0) for line in lines], words))
    cut = [
        (Line(part, index=line.index, gap=line.gap), line, lane)
        for line in lines
        for lane, part in enumerate(_cut(line, edges))
        if part
    ]
    return sorted(cut, key=lambda part: part[2])


def _edges(strips: Sequence[Strip]) -> list[float]:
    """Where the second and further columns of blocks begin.

    There all labels stand again, as far to the right as any other; labels within a text, behind
    values of any width, do not.
    """
    places: dict[str, set[int]] = {}
    for item in (item for strip in strips for item in strip.fields if item.kind != "unknown"):
        places.setdefault(item.key, set()).add(round(item.label[0].x0))
    starts = [sorted(found) for found in places.values() if len(found) > 1]
    steps = Counter(tuple(x - found[0] for x in found) for found in starts)
    usual, count = max(steps.items(), key=lambda step: step[1], default=((), 0))
    if count < 2 or any(far - near < NARROW for near, far in zip(usual, usual[1:])):
        return []
    alike = [found for found in starts if tuple(x - found[0] for x in found) == usual]
    return [min(column) - EDGE for column in list(zip(*alike))[1:]]


def _cut(line: Line, edges: Sequence[float]) -> list[list[Word]]:
    """The words of a line by lane; all in the first one where a text runs over an edge."""
    if any(part.x0 < edge < part.x1 for part in line.segments for edge in edges):
        return [list(line.words)]
    lanes: list[list[Word]] = [[] for _edge in range(len(edges) + 1)]
    for word in line.words:
        lanes[sum(word.x0 > edge for edge in edges)].append(word)
    return lanes
