"""Items printed as blocks of labels and values, one block an item, instead of rows of a table.

The labels are the heads of the table that such blocks make, and each block is a row of it: what is
known of heads, cells and figures holds for them as well. Blocks stand under each other, in one
column of the page or in several. Tried only where no table was found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from .anchors import is_total
from .fields import SURELY, WHAT, Record, Strip, has_figures, read_strips
from .lanes import in_lanes
from .lexicon import Lexicon
from .lines import Line
from .record_tables import tables_of
from .rows import FAR_BELOW, Table

LEAST = 0.7
"""Share of the blocks that must say what is ordered, and how much."""
WIDER = 1.18
"""The blank that parts two blocks is wider than those inside by this factor."""
LEVEL = 3.0
"""Blocks are beside each other if their tops differ by fewer points."""
USUAL = 1.2
"""Lines follow each other at so many heights at least."""
APART = 1.5
"""What stands so many steps under a single block is none of its values."""
ALONE = 3
"""Fewest labels of a single block."""


def find_records(pages: Sequence[Sequence[Line]], words: Lexicon) -> list[Table]:
    """The items of these pages as tables, one for each page; none where no blocks repeat."""
    strips = [strip for lines in pages for strip in read_strips(in_lanes(lines, words), words)]
    records = _records(strips, words)
    if not records:
        return []
    return tables_of(_ordered(records), _orphans(strips, records), words)


def _orphans(strips: Sequence[Strip], records: Sequence[Record]) -> list[Strip]:
    """Lines with the quantity of a block whose first label is missing."""
    used = {id(strip) for record in records for strip in record.strips}
    keys = {item.key for record in records for item in record.fields if item.kind == "quantity"}
    return [
        strip
        for strip in strips
        if id(strip) not in used
        and any(item.key in keys and has_figures(item.value) for item in strip.fields)
    ]


def _records(strips: Sequence[Strip], words: Lexicon) -> list[Record]:
    """The blocks, cut at the label with which most of them are whole and alike."""
    gaps = sorted(
        gap
        for above, below in zip(strips, strips[1:])
        if not (above.bare or below.bare) and (gap := _gap(above, below)) is not None
    )
    sizes = [strip.line.height for strip in strips]
    step = max(gaps[len(gaps) // 4] if gaps else 0.0, USUAL * median(sizes or [0.0]))
    best: list[Record] = []
    worth = (0, 0, 0.0)
    for key in dict.fromkeys(item.key for strip in strips for item in strip.fields):
        records = _started(strips, key, step, words)
        whole = sum(record.tells for record in records)
        if not whole or whole < LEAST * len(records) or not _enough(records):
            continue
        alike = Counter(record.keys for record in records).most_common(1)[0][1]
        found = (whole, alike, _lead(strips, records))
        if found > worth:
            best, worth = records, found
    return best


def _enough(records: Sequence[Record]) -> bool:
    """Do the labels repeat? A single block must have several, each behind a colon."""
    if len(records) > 1:
        return True
    named = [item for item in records[0].fields if item.kind in (*WHAT, *SURELY)]
    return (
        "quantity" in records[0].kinds
        and len(named) >= ALONE
        and all(item.label[-1].text.endswith(":") for item in named)
    )


def _gap(above: Strip, below: Strip) -> float | None:
    """How far a strip stands under another one in its lane; None on another page."""
    if above.lane != below.lane or above.line.page != below.line.page:
        return None
    return below.line.middle - above.line.middle


def _lead(strips: Sequence[Strip], records: Sequence[Record]) -> float:
    """How wide the blanks above blocks are, to prefer the cut that has the widest."""
    at = {id(strip): index for index, strip in enumerate(strips)}
    firsts = [at[id(record.strips[0])] for record in records[1:]]
    gaps = [_gap(strips[index - 1], strips[index]) for index in firsts]
    return median([round(gap, 1) for gap in gaps if gap is not None] or [0.0])


def _started(strips: Sequence[Strip], key: str, step: float, words: Lexicon) -> list[Record]:
    """The blocks that start with a label, with what stands above and below it under none."""
    starts = [index for index, strip in enumerate(strips) if key in strip.keys]
    spans = list(zip(starts, [*starts[1:], len(strips)]))
    bodies = [_body(strips, *span, step, None, words) for span in spans]
    named = [frozenset(name for at in body for name in strips[at].keys) for body in bodies]
    counts = Counter(name for names in named for name in names)
    usual = frozenset(name for name, count in counts.items() if count > 1 or len(bodies) == 1)
    bodies = [_body(strips, *span, step, usual, words) for span in spans]
    if len(named) > 1:
        # nothing but its labels tells where the last one ends
        known = frozenset().union(*named[:-1])
        ends = [at for at in bodies[-1] if strips[at].fields and not strips[at].keys & known]
        bodies[-1] = [at for at in bodies[-1] if not ends or at < ends[0]]
        while not strips[bodies[-1][-1]].fields:
            bodies[-1].pop()
    heads, tails = _texts(strips, bodies, step, words)
    return [
        Record(
            [
                *strips[body[0] - head : body[0]],
                *(strips[at] for at in body),
                *strips[body[-1] + 1 : body[-1] + 1 + tail],
            ]
        )
        for body, head, tail in zip(bodies, heads, tails)
    ]


def _body(
    strips: Sequence[Strip],
    start: int,
    end: int,
    step: float,
    usual: frozenset[str] | None,
    words: Lexicon,
) -> list[int]:
    """The indexes of the lines of a block, from its first to its last line with labels.

    :param usual: labels of several blocks: only these may follow on the next page
    """
    body, texts, seen, far = [start], [], set(strips[start].keys), False
    for index in range(start + 1, end):
        strip, gap = strips[index], _gap(strips[index - 1], strips[index])
        if strip.line.page != strips[body[-1]].line.page:
            if not usual or usual <= seen:
                break
            if not (strip.keys and strip.keys <= usual):
                continue
            texts, far = [], False
        elif gap is None or far or gap > FAR_BELOW * step:
            far = True
            if strip.fields:
                break
            continue
        if not strip.fields:
            if is_total(strip.line, words):
                break
            texts.append(index)
            continue
        if seen & strip.keys or _is_sum(strip, usual, gap, step, words):
            break
        body += [*texts, index]
        texts, seen = [], seen | strip.keys
    return body


def _is_sum(
    strip: Strip,
    usual: frozenset[str] | None,
    gap: float | None,
    step: float,
    words: Lexicon,
) -> bool:
    """Is a label the name of a sum of all items, and no value of the block above it?"""
    if not is_total(strip.line, words):
        return False
    apart = gap is None or gap > APART * step
    return apart if usual is None or strip.keys & usual else True


def _texts(
    strips: Sequence[Strip], bodies: Sequence[Sequence[int]], step: float, words: Lexicon
) -> tuple[list[int], list[int]]:
    """How many lines of text above each block, and below it, belong to it."""
    pairs = [(body[-1], below[0]) for body, below in zip(bodies, bodies[1:])]
    between = [_texts_between(strips, *pair, step, words) for pair in pairs]
    turned = [strips[last].line.page != strips[start].line.page for last, start in pairs]
    # heads and feet of pages are no texts of blocks
    inside = [found for found, turns in zip(between, turned) if not turns] or [(1, 0)]
    head = Counter(head for head, _tail in inside).most_common(1)[0][0]
    tail = max(tail for _head, tail in inside)
    first = _texts_above(strips, bodies[0][0], -1, step, words)
    last = _texts_below(strips, bodies[-1][-1], step, words)
    heads = [first, *(found for found, _tail in between)]
    tails = [*(found for _head, found in between), last]
    return (
        [min(found, head) if turns else found for found, turns in zip(heads, [True, *turned])],
        [min(found, tail) if turns else found for found, turns in zip(tails, [*turned, True])],
    )


def _texts_between(
    strips: Sequence[Strip], last: int, start: int, step: float, words: Lexicon
) -> tuple[int, int]:
    """How many lines between two blocks belong to the lower one, and how many to the upper one."""
    above = _texts_above(strips, start, last, step, words)
    below = _texts_below(strips[:start], last, step, words)
    if above + below <= start - last - 1:
        return above, below
    gaps = [_gap(strips[index], strips[index + 1]) or 0.0 for index in range(last, start)]
    if max(gaps) <= WIDER * min(gaps):
        return start - last - 1, 0
    cut = max(index for index, gap in enumerate(gaps) if gap > 0.97 * max(gaps))
    return len(gaps) - 1 - cut, cut


def _texts_above(
    strips: Sequence[Strip], start: int, last: int, step: float, words: Lexicon
) -> int:
    count = 0
    while start - count - 1 > last:
        strip = strips[start - count - 1]
        gap = _gap(strip, strips[start - count])
        if gap is None or gap > FAR_BELOW * step or strip.fields or is_total(strip.line, words):
            break
        count += 1
    return count


def _texts_below(strips: Sequence[Strip], last: int, step: float, words: Lexicon) -> int:
    count = 0
    while last + count + 1 < len(strips):
        strip = strips[last + count + 1]
        gap = _gap(strips[last + count], strip)
        if gap is None or gap > FAR_BELOW * step or strip.fields or is_total(strip.line, words):
            break
        count += 1
    return count


def _ordered(records: Sequence[Record]) -> list[Record]:
    """The blocks as people read them: row by row, where those beside each other are level."""
    tops = [(record.strips[0].line.page, record.strips[0].line.y0) for record in records]
    lanes = [record.strips[0].lane for record in records]
    first = [top for top, lane in zip(tops, lanes) if not lane]
    level = all(
        any(page == other and abs(y - at) < LEVEL for other, at in first) for page, y in tops
    )
    if not level:
        return sorted(records, key=lambda record: record.strips[0].line.page)
    return sorted(
        records,
        key=lambda record: (
            record.strips[0].line.page,
            round(record.strips[0].line.y0 / LEVEL),
            record.strips[0].lane,
        ),
    )
