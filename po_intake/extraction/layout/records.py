"""Items printed as blocks of labels and values, one block an item, instead of rows of a table.

The labels are the heads of the table that such blocks make, and each block is a row of it: what is
known of heads, cells and figures holds for them as well. Blocks stand under each other, in one
column of the page or in several. Tried only where no table was found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from .anchors import Row, is_total
from .columns import Grid
from .fields import COUNT, Field, Strip, read_strips
from .header import CODES, Head, Header
from .lexicon import Lexicon
from .lines import Box, Line
from .looks import CODE, looks
from .page import Word
from .roles import with_roles
from .rows import FAR_BELOW, Item, Table
from .text import has_digit

WHAT = ("description", *CODES, "barcode")
SURELY = ("quantity", "price", "amount")
LEAST = 0.7
"""Share of the blocks that must say what is ordered, and how much."""
WIDER = 1.18
"""The blank that parts two blocks is wider than those inside by this factor."""
EDGE = 4.0
"""Points by which texts of one column of blocks may begin left of its labels."""
NARROW = 80.0
"""Columns of blocks are wider than this."""
LEVEL = 3.0
"""Blocks are beside each other if their tops differ by fewer points."""
USUAL = 1.2
"""Lines follow each other at so many heights at least."""
APART = 1.5
"""What stands so many steps under a single block is none of its values."""
ALONE = 3
"""Fewest labels of a single block."""


@dataclass(eq=False)
class Record:
    """The strips of one item, from top to bottom; ``free`` are its texts under no label."""

    strips: list[Strip]
    fields: list[Field] = field(init=False)
    free: list[Box] = field(init=False)

    def __post_init__(self) -> None:
        self.fields = [item for strip in self.strips for item in strip.fields]
        self.free = [box for strip in self.strips for box in strip.free]

    @property
    def kinds(self) -> set[str]:
        """What its labels name, with figures behind those that need them."""
        return {
            item.kind
            for item in self.fields
            if any(has_digit(word.text) for word in item.value)
            or (item.value and item.kind not in SURELY)
        }

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(item.key for item in self.fields)

    @property
    def tells(self) -> bool:
        """Does it say what is ordered, and how many or at least for how much?"""
        much = self.kinds & set(SURELY)
        return ("quantity" in much or len(much) > 1) and bool(self.kinds & set(WHAT) or self.free)


def find_records(pages: Sequence[Sequence[Line]], words: Lexicon) -> list[Table]:
    """The items of these pages as tables, one for each page; none where no blocks repeat."""
    strips = [strip for lines in pages for strip in read_strips(_in_lanes(lines, words), words)]
    records = _records(strips, words)
    return _tables(_ordered(records), words) if records else []


# ----------------------------------------------------------------------------------- lanes
def _in_lanes(lines: Sequence[Line], words: Lexicon) -> list[tuple[Line, Line, int]]:
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


# --------------------------------------------------------------------------------- records
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


# ---------------------------------------------------------------------------------- tables
def _tables(records: Sequence[Record], words: Lexicon) -> list[Table]:
    heads, cells = _cells(records, words)
    lines = [
        Line([word for cell in row for word in cell] or record.strips[0].line.words)
        for record, row in zip(records, cells)
    ]
    grid = Grid(heads, (), dict(zip(lines, cells)))
    named = with_roles(grid, lines, words)
    grid = Grid(named.heads, (), grid._read)
    items = [_item(record, line, grid) for record, line in zip(records, lines)]
    tables: dict[int, Table] = {}
    header = Header(grid.heads, (), 0.0)
    for record, item in zip(records, items):
        own = record.strips[0].line.page
        for strip in record.strips:
            table = tables.setdefault(strip.line.page, Table(header, [grid]))
            if all(strip.printed is not line for line in table.lines):
                table.lines.append(strip.printed)
        tables[own].items.append(item)
    return [tables[page] for page in sorted(tables)]


def _cells(
    records: Sequence[Record], words: Lexicon
) -> tuple[tuple[Head, ...], list[list[list[Word]]]]:
    """The labels of all blocks as heads, and the values of each block in their order."""
    labels: dict[str, Field] = {}
    for item in (item for record in records for item in record.fields):
        labels.setdefault(item.key, item)
    heads = [Head(item.kind, Box(item.label)) for item in labels.values()]
    found = [{item.key: item.value for item in record.fields} for record in records]
    rows = [[values.get(key, []) for key in labels] for values in found]
    if not any(head.kind == "description" for head in heads):
        for kind, column in _of_texts(records, heads, words):
            heads.append(Head(kind, _bare(column), sure=kind != "code"))
            for row, cell in zip(rows, column):
                row.append(cell)
    return tuple(heads), rows


def _bare(column: Sequence[Sequence[Word]]) -> Box:
    """A head without words, above the first cell of a column."""
    first = next(cell[0] for cell in column if cell)
    return Box([first._replace(text="", y0=2 * first.y0 - first.y1, y1=first.y0)])


def _of_texts(
    records: Sequence[Record], heads: Sequence[Head], words: Lexicon
) -> Iterator[tuple[str, list[list[Word]]]]:
    """What the first texts of each block say under no label: a count, a code, the name."""
    kinds = {head.kind for head in heads}
    while any(record.free for record in records):
        texts = [list(record.free.pop(0).words) if record.free else [] for record in records]
        filled = [text for text in texts if text]
        if "pos" not in kinds and all(COUNT.match(text[0].text) for text in filled):
            kinds.add("pos")
            yield "pos", [text[:1] for text in texts]
            texts = [text[1:] for text in texts]
            filled = [text for text in texts if text]
        coded = filled and all(len(text) > 1 and CODE.match(text[0].text) for text in filled)
        if coded and not kinds & {"code", *CODES[1:4]}:
            kinds.add("code")
            yield "code", [text[:1] for text in texts]
            texts = [text[1:] for text in texts]
        if not filled:
            continue
        look = looks([" ".join(word.text for word in text) for text in filled], 2, words)
        named = look["description"] >= look["code"]
        yield "description" if named else "unknown", texts
        if named:
            return


def _item(record: Record, line: Line, grid: Grid) -> Item:
    """A block as the rows of an item: its values, and each further text as a line of its own."""
    kinds = grid.kinds
    column = kinds.index("description") if "description" in kinds else len(kinds) - 1
    top = next(strip.line for strip in record.strips if strip.fields)
    anchor = Row(line, grid, grid.cells(line))
    rows = {True: [], False: []}
    for box in record.free:
        cells: list[list[Word]] = [[] for _kind in kinds]
        cells[column] = list(box.words)
        rows[(box.page, box.y0) < (top.page, top.y0)].append(Row(Line(box.words), grid, cells))
    return Item([*rows[True], anchor, *rows[False]], anchor)
