"""Heads over the columns that the cells show.

Words over a table say what a column holds, but poorly where it is: a name of two words that no
list knows looks like two heads. The cells know it: what stands apart in most rows is a column.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..normalize import CURRENCIES
from .header import Head, kind_of
from .lexicon import lexicon
from .lines import Box, Line
from .page import Word
from .text import has_digit

Span = tuple[float, float]
"""Left and right end on the x axis, in points."""

FEWEST = 3
"""Fewer columns of cells show nothing."""
FULL = 0.6
"""A row shows the columns if it has this share of the cells of the fullest one."""
ROWS = 40
"""More rows show nothing new."""
COVERED = 0.3
"""Where fewer rows than this share print something, a column ends."""
PAIRS = 0.7
"""Two values stand in a column if this share of its filled cells shows both."""
SLIGHT = 1.0
"""A word that reaches over a column by no more points does not stand over it."""
TOUCHING = 0.82
"""Words of heads nearer than this share of the blank between segments belong together."""
FAR = 1.2
"""Heads further from each other than so many heights are two, whatever the cells show."""
NAMELESS = ("unknown", "ignore")
BARE, LOOSE, STRANGE, ASIDE = 3.0, 3.5, 2.5, 3.0
"""What a column without a head costs, a head without a column, two heads of different kinds and
two that do not touch over one column; the distance of a head costs one for two heights."""


def fitted(
    heads: Sequence[Head], rows: Sequence[Line], apart: Callable[[Head, Head], bool]
) -> list[tuple[Head, Span | None]]:
    """Heads, parted and joined so that each column of cells has one, perhaps a blank one.

    With each head where its cells stand; None where they do not tell.

    :param apart: do the rows show two columns under two neighbours that share a column of cells?
    """
    spans = cell_columns(rows, heads)
    if len(spans) < FEWEST:
        return [(head, None) for head in heads]
    places = [_over(head.box.x0, head.box.x1, spans) for head in heads]
    if places == list(range(len(spans))):
        return list(zip(heads, spans))
    touching = TOUCHING * rows[0].gap
    parts = [part for head in heads for part in _parts(head, spans)]
    parts.sort(key=lambda head: head.center)
    places = _aligned(parts, spans, touching)
    result = [(part, None) for part, place in zip(parts, places) if place is None]
    for at, span in enumerate(spans):
        over = [part for part, place in zip(parts, places) if place == at]
        named = _joined(over, apart) if over else [_blank(span, rows)]
        result += [(head, span if len(named) == 1 else None) for head in named]
    return sorted(result, key=lambda found: found[0].center)


def cell_columns(rows: Sequence[Line], heads: Sequence[Head]) -> list[Span]:
    """Where the cells of the full rows stand, from left to right."""
    full = [line for line in rows if line.figures >= 2 and len(line.segments) >= 3]
    most = max((len(line.segments) for line in full), default=0)
    full = [line for line in full if len(line.segments) >= FULL * most][:ROWS]
    cells = [(segment.x0, segment.x1) for line in full for segment in line.segments]
    covered = _covered(cells, max(COVERED * len(full), 1 if len(full) > 1 else 0))
    usual = [part for span in covered for part in _units_apart(span, full)]
    rest = [cell for cell in cells if not any(_meet(*cell, span) for span in usual)]
    names = [(head.box.x0, head.box.x1) for head in heads]
    named = [span for span in _covered(rest, 0) if any(_meet(*name, span) for name in names)]
    return sorted([*usual, *named])


def _units_apart(span: Span, rows: Sequence[Line]) -> list[Span]:
    """A column, or two where most rows print a unit and a number in it.

    A wide number reaches as far to the left as a unit does in other rows.
    """
    inside = [
        [segment for segment in line.segments if _meet(segment.x0, segment.x1, span)]
        for line in rows
    ]
    pairs = [found for found in inside if len(found) == 2 and _is_unit_and_number(*found)]
    if len(pairs) < PAIRS * sum(map(bool, inside)):
        return [span]
    units, numbers = zip(*pairs)
    return [
        (min(box.x0 for box in boxes), max(box.x1 for box in boxes)) for boxes in (units, numbers)
    ]


def _is_unit_and_number(left: Box, right: Box) -> bool:
    currency = left.key in CURRENCIES
    return not (left.figures or currency) and bool(left.key) and has_digit(right.words[0].text[:2])


def _covered(cells: Sequence[Span], least: float) -> list[Span]:
    """The stretches that more than ``least`` cells cover."""
    ends = sorted([(x0, 1) for x0, _x1 in cells] + [(x1, -1) for _x0, x1 in cells])
    result: list[Span] = []
    depth, start = 0, 0.0
    for x, step in ends:
        before, depth = depth, depth + step
        if before <= least < depth:
            start = x
        elif depth <= least < before and x > start:
            result.append((start, x))
    return result


def _meet(x0: float, x1: float, span: Span) -> bool:
    return x0 < span[1] and span[0] < x1


def _shared(left: Span, right: Span) -> float:
    return min(left[1], right[1]) - max(left[0], right[0])


def _parts(head: Head, spans: Sequence[Span]) -> list[Head]:
    """The head; its parts where words that no list knows as one reach over several columns."""
    places = [_over(word.x0, word.x1, spans) for word in head.box.words]
    known = [index for index, place in enumerate(places) if place is not None]
    if len({places[index] for index in known}) < 2:
        return [head]
    groups: dict[int, list[Word]] = {}
    for word, place in zip(head.box.words, places):
        if place is None:
            near = min(known, key=lambda index: _far(word, head.box.words[index]))
            place = places[near]
        groups.setdefault(place, []).append(word)
    parts = [_head(words) for words in groups.values()]
    known = head.kind not in NAMELESS
    return [head] if known and any(part.kind == "unknown" for part in parts) else parts


def _over(x0: float, x1: float, spans: Sequence[Span]) -> int | None:
    """The column under a stretch."""
    shared = [_shared((x0, x1), span) for span in spans]
    best = max(range(len(spans)), key=lambda at: shared[at])
    return best if shared[best] > SLIGHT else None


def _far(word: Word, other: Word) -> tuple[bool, float]:
    return abs(word.y0 - other.y0) > 2, max(word.x0 - other.x1, other.x0 - word.x1)


def _head(words: Sequence[Word]) -> Head:
    ordered = sorted(words, key=lambda word: (round((word.y0 + word.y1) / 2), word.x0))
    return Head(kind_of(ordered, lexicon()) or "unknown", Box(ordered))


def _aligned(parts: Sequence[Head], spans: Sequence[Span], touching: float) -> list[int | None]:
    """The column of each head, from left to right, at the least cost; None over no column.

    :param touching: the widest blank between words of one head, in heights
    """
    # best[column]: cost and places of the heads so far, the last filled column being that one
    best: dict[int, tuple[float, list[int | None]]] = {-1: (0.0, [])}
    for index, part in enumerate(parts):
        options: dict[int, tuple[float, list[int | None]]] = {}
        loose = LOOSE if _over(part.box.x0, part.box.x1, spans) is None else 2 * LOOSE
        for last, (cost, places) in best.items():
            choices = [(cost + loose, None, last)]
            if last >= 0:
                beside = next(at for at in range(index - 1, -1, -1) if places[at] == last)
                together = _together(parts[beside], part, last, spans, touching)
                choices.append((cost + together, last, last))
            for at in range(last + 1, len(spans)):
                bare = BARE * (at - last - 1)
                choices.append((cost + bare + _distance(part, spans[at]), at, at))
            for price, place, state in choices:
                if state not in options or price < options[state][0]:
                    options[state] = (price, [*places, place])
        best = options
    return min(best.items(), key=lambda item: item[1][0] + BARE * (len(spans) - 1 - item[0]))[1][1]


def _distance(part: Head, span: Span) -> float:
    """From a head to a column, in heights; less than one where they overlap."""
    shared = _shared((part.box.x0, part.box.x1), span)
    if shared > 0:
        width = min(part.box.x1 - part.box.x0, span[1] - span[0])
        return 0.5 * max(0.0, 1 - shared / max(width, 1.0))
    return 0.5 - shared / (2 * part.box.height)


def _together(left: Head, right: Head, at: int, spans: Sequence[Span], touching: float) -> float:
    """What it costs to take two neighbours for one head over a column."""
    strange = left.kind != right.kind and not {left.kind, right.kind} & set(NAMELESS)
    over = _over(right.box.x0, right.box.x1, spans)
    near = over == at or (over is None and _touch(left.box, right.box, touching))
    return (0.0 if near else ASIDE + _distance(right, spans[at])) + (STRANGE if strange else 0.0)


def _touch(left: Box, right: Box, touching: float) -> bool:
    """Do two boxes of words stand beside each other on a line, or under each other?"""
    for word in left.words:
        for other in right.words:
            size = min(word.y1 - word.y0, other.y1 - other.y0)
            gap = max(word.x0 - other.x1, other.x0 - word.x1)
            step = abs(word.y0 + word.y1 - other.y0 - other.y1) / 2
            if (gap < touching * size and step < 0.4 * size) or (gap < 0 and step < 1.6 * size):
                return True
    return False


def _joined(heads: Sequence[Head], apart: Callable[[Head, Head], bool]) -> list[Head]:
    """The heads over one column of cells as one; two where its cells hold two values."""
    result = [heads[0]]
    for head in heads[1:]:
        last = result[-1]
        named = not {last.kind, head.kind} & set(NAMELESS)
        far = head.box.x0 - last.box.x1 > FAR * head.box.height
        if last.kind != head.kind and (named or far) and (named and far or apart(last, head)):
            result.append(head)
            continue
        merged = _head([*last.box.words, *head.box.words])
        if last.kind == head.kind and merged.kind == "unknown":
            merged = Head(last.kind, merged.box)
        result[-1] = merged
    return result


def _blank(span: Span, rows: Sequence[Line]) -> Head:
    """A head without words, over a column whose head is missing."""
    top = rows[0]
    word = Word("", span[0], top.y0 - top.height, span[1], top.y0, top.page)
    return Head("unknown", Box([word]))
