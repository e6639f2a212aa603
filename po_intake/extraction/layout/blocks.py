"""Segments that stand under each other -> blocks, like the lines of an address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .address import ends_with_place, joined_lines
from .announced import address_lines, delivery_heads, spoken_places
from .label import Label, without_colon
from .labels import Labels
from .lines import Box, beside, overlap
from .text import has_digit

STEP = 1.75
"""Lines of one block follow each other within this many heights."""
WRAPPED = 3
"""Most lines that an address behind its label runs on over."""
ALIGNED = 4.0
INDENT = 2.0
"""A second line is set in by so many heights at most."""


@dataclass(eq=False)
class Block:
    """Lines under each other; ``label`` says whose they are, where a label stands at them."""

    lines: list[Box] = field(default_factory=list)
    label: Label | None = None

    @property
    def box(self) -> Box:
        return Box([word for line in self.lines for word in line.words])


def find_blocks(labels: Labels) -> list[Block]:
    """All blocks, those with a party's label first."""
    heads = [label for label in labels.found if label.parties]
    heads += delivery_heads(labels)
    named = [block for block in (_labelled(head, labels) for head in heads) if block.lines]
    named += [Block(lines, label) for label, lines in spoken_places(labels)]
    used = {id(line) for block in named for line in block.lines}
    used |= {id(head.segment) for head in heads if head.segment.words[0] is head.box.words[0]}
    free = [segment for segment in labels.segments if id(segment) not in used]
    # addresses that run on over lines are joined from parts of several segments
    starts = {word[1:6] for block in named for line in block.lines for word in line.words}
    free = [segment for segment in free if segment.words[0][1:6] not in starts]
    return [*named, *_stacks(free)]


def _labelled(head: Label, labels: Labels) -> Block:
    """The lines under a label, or beside it and then under each other."""
    block = Block(label=head)
    page = labels.pages[head.box.page]
    stops = {id(other.segment) for other in labels.found if other.parties}
    if head.rest:
        if not head.colon and len(head.box.words) == 1 and len(head.box.key) < 5:
            return block
        start = _wrapped(head, labels)
        below = _under(start, page, stops, head.segment) if start.words == head.rest else []
        block.lines = [start, *(below or _indented(start, head, labels))]
        if start.words != head.rest:
            block.lines = address_lines(start.words) or block.lines
        if len(block.lines) > 1 or head.colon:
            return block
        return Block(label=head)
    below = _under(head.box, page, stops, head.segment, first=True)
    while below and _names_person(below[0], labels):
        below = below[1:]
    if below and not labels.is_label(below[0]):
        block.lines = below
        return block
    right = [
        other
        for other in page
        if other.x0 >= head.box.x1 - 1
        and beside(head.box, other)
        and other is not head.segment
        and id(other) not in stops
    ]
    start = min(right, key=lambda other: (round(other.x0), other.y0), default=None)
    if start is not None and start.x0 - head.box.x1 < 260 and not labels.is_label(start):
        below = _under(start, page, stops, head.segment)
        block.lines = [without_colon(start)]
        for line in below:
            if labels.has_label(line, head) and _is_next(line, head, labels):
                break
            if len(block.lines) == 1 and _shares_cell(start, line, head.box):
                block.lines = [joined_lines(block.lines[0], line)]
            else:
                block.lines.append(line)
    return block


def _is_next(line: Box, head: Label, labels: Labels) -> bool:
    """Is the label left of a line its own, and none of another column with its own value?"""
    page = labels.pages[line.page]
    left = [other for other in page if other.x1 <= line.x0 + 1 and beside(other, line)]
    nearest = max(left, key=lambda other: other.x1, default=None)
    return nearest is not None and (labels.is_label(nearest) or overlap(nearest, head.box) > 0)


def _shares_cell(line: Box, below: Box, label: Box) -> bool:
    """Are two lines one value that is broken in a narrow cell, with its label in their middle?"""
    return line.y0 < label.y0 and label.y1 < below.y1 and beside(label, below)


def _indented(start: Box, head: Label, labels: Labels) -> list[Box]:
    """The line under an address that runs on, a little further in, up to its place."""
    for other in labels.pages[head.box.page]:
        close = 0.5 * start.height < other.middle - start.middle < STEP * start.height
        set_in = other.x0 - head.box.x0 >= INDENT * start.height
        inside = set_in and other.x0 <= start.x0 + INDENT * start.height
        if close and inside and not labels.is_label(other) and ends_with_place(other.text):
            return [other]
    return []


def _names_person(line: Box, labels: Labels) -> bool:
    """ "Attn: Kim Voss" on top of an address."""
    label = labels.by_segment.get(id(line))
    return label is not None and "contact" in label.kinds and bool(label.rest)


def _wrapped(head: Label, labels: Labels) -> Box:
    """What stands behind a label; of an address in one line with the lines that it runs on over."""
    start = Box(head.rest)
    if "," not in start.text or ends_with_place(start.text):
        return start
    words, last = list(start.words), start
    for _line in range(WRAPPED):
        below = _next(last, start, head, labels)
        if below is None:
            break
        words, last = [*words, *below.words], below
        if ends_with_place(" ".join(word.text for word in words)):
            return Box(words)
    return start


def _next(last: Box, start: Box, head: Label, labels: Labels) -> Box | None:
    """The line under ``last`` that starts where the label or its value does."""
    for other in labels.pages[head.box.page]:
        close = 0.5 * start.height < other.middle - last.middle < STEP * start.height
        aligned = abs(other.x0 - head.box.x0) < ALIGNED or (
            start.text.endswith(",") and abs(other.x0 - start.x0) < ALIGNED
        )
        if close and aligned and not labels.is_label(other):
            return other
    return None


def _under(
    start: Box, page: Sequence[Box], stops: set[int], own: Box, first: bool = False
) -> list[Box]:
    """The lines below ``start`` that are aligned with it, up to a gap or another party."""
    result: list[Box] = []
    last = start
    edge = start
    reach = 2.6 if first else STEP
    for other in sorted(page, key=lambda item: item.y0):
        step = other.middle - last.middle
        if other is own or step < 0.45 * last.height:
            continue
        if step > reach * max(last.height, 8):
            if not (result and step < 2.6 * last.height and _starts_with_digit(other, edge)):
                if overlap(other, edge) > 0 or step > 4 * last.height:
                    break
                continue
        if not _aligned(edge, other) and not (first and not result and overlap(edge, other) > 4):
            continue
        if id(other) in stops:
            break
        result.append(other)
        last = other
        if len(result) == 1 and first:
            edge = other
        reach = STEP
    return result


def _starts_with_digit(other: Box, edge: Box) -> bool:
    """Empty second lines of a street leave a gap in front of the place."""
    return _aligned(edge, other) and has_digit(other.text)


def _aligned(left: Box, right: Box) -> bool:
    slack = max(ALIGNED, 0.35 * min(left.height, right.height))
    return (
        abs(left.x0 - right.x0) < slack
        or abs(left.x1 - right.x1) < slack
        or abs(left.x0 + left.x1 - right.x0 - right.x1) < 2 * 2.5
    )


def _stacks(segments: Sequence[Box]) -> list[Block]:
    blocks: list[Block] = []
    open_blocks: list[Block] = []
    for segment in sorted(segments, key=lambda item: (item.page, item.y0, item.x0)):
        open_blocks = [
            block
            for block in open_blocks
            if block.lines[-1].page == segment.page
            and segment.middle - block.lines[-1].middle < 2.2 * block.lines[-1].height
        ]
        home = next((block for block in open_blocks if _continues(block, segment)), None)
        if home:
            home.lines.append(segment)
        else:
            block = Block([segment])
            blocks.append(block)
            open_blocks.append(block)
    return blocks


def _continues(block: Block, segment: Box) -> bool:
    last = block.lines[-1]
    step = segment.middle - last.middle
    height = max(last.height, segment.height)
    return 0.5 * segment.height < step < STEP * height and any(
        _aligned(line, segment) for line in block.lines[-2:]
    )
