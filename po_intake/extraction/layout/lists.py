"""Tables without amounts whose heads nobody knows: rows of a text and a count, one under another.

No figures prove such rows. So they are looked for only where nothing else was found on papers, and
what they are taken for stays a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from .bodies import bare_head, head_above
from .header import Head, Header, heads_of
from .lexicon import Lexicon
from .lines import Box, Line, overlap
from .looks import MONEY
from .text import squash

COUNT = re.compile(r"^(\d{1,5})(?:[.,]0{1,3})?(?:\s?[x×])?$")
COUNTED = re.compile(r"^(\d{1,5})(?:[.,]0{1,3})?\s?(?P<unit>[^\W\d_]{1,9}\.?)$")
FEWEST = 3
"""Fewer rows are no list; one less is, of three columns under a head."""
LETTERS = 3
"""Least letters of a text."""
START = 2.0
"""Points by which the texts of a list may begin apart."""
APART = 4.5
"""Rows follow each other within so many heights."""


class Entry(NamedTuple):
    """A row: its line, the text and the count."""

    line: Line
    text: Box
    count: Box
    value: int

    def like(self, other: Entry) -> bool:
        return abs(self.text.x0 - other.text.x0) < START and overlap(self.count, other.count) > 0


def find_list(lines: Sequence[Line], words: Lexicon, language: str | None) -> list[Header]:
    """The head of the longest list of a page, with its text and its count; none without a list."""
    entries = [list(_entries(line, words)) for line in lines]
    best: list[Entry] = []
    for one in (entry for found in entries for entry in found):
        rows = _run([next((e for e in found if one.like(e)), None) for found in entries], one)
        if len(rows) > len(best) and not _counts_rows(rows):
            best = rows
    if len(best) < FEWEST - 1:
        return []
    columns = best[0].text, best[0].count
    band = head_above(lines, best[0].line, columns, least=2)
    if len(best) < FEWEST and not (band and len(best[0].line.segments) > 2):
        return []
    header = (
        heads_of(band, max(band, key=lambda line: len(line.segments)), words, language)
        if band
        else bare_head(best[0].line)
    )
    money = [part for part in best[0].line.segments if MONEY.search(part.text)]
    return [replace(header, heads=_named(header.heads, *columns, money))]


def _entries(line: Line, words: Lexicon) -> Iterator[Entry]:
    """The texts and counts of a line, in all pairs."""
    parts = line.segments
    texts = [part for part in parts if _is_text(part.text)]
    for part in parts:
        found = COUNT.match(part.text) or COUNTED.match(part.text)
        unit = found.groupdict().get("unit") if found else None
        if not found or (unit and not words.means("word", squash(unit), "unit")):
            continue
        for text in texts:
            if text is not part:
                yield Entry(line, text, part, int(found.group(1)))


def _is_text(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= LETTERS and text[-1:] not in ":,"


def _run(entries: Sequence[Entry | None], one: Entry) -> list[Entry]:
    """The rows around one that follow each other closely."""
    rows = [entry for entry in entries if entry]
    runs: list[list[Entry]] = [[]]
    for entry, below in zip(rows, [*rows[1:], None]):
        runs[-1].append(entry)
        if below and below.line.middle - entry.line.middle > APART * one.line.height:
            runs.append([])
    return max(runs, key=len)


def _counts_rows(rows: Sequence[Entry]) -> bool:
    """Do the numbers only count the rows?"""
    steps = {below.value - above.value for above, below in pairwise(rows)}
    return len(steps) == 1 and steps <= {1, 5, 10, 100}


def _named(heads: Sequence[Head], text: Box, count: Box, money: Sequence[Box]) -> tuple[Head, ...]:
    """The heads; those over the texts and the counts by what stands under them.

    :param money: amounts of a row; a lone one is the price, for nothing multiplies
    """
    result = list(heads)
    prices = [("price", box) for box in money] if len(money) == 1 else []
    for kind, box in (("quantity", count), ("description", text), *prices):
        if any(head.kind == kind for head in result):
            continue
        free = [at for at, head in enumerate(result) if head.kind == "unknown"]
        near = max(free, key=lambda at: overlap(result[at].box, box), default=None)
        if near is not None:
            result[near] = replace(result[near], kind=kind, sure=False)
    return tuple(result)
