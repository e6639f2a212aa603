"""What each column of a table holds, decided for all columns together.

Three witnesses: the head, as the word lists know it or as it resembles what they know; the cells,
by their looks; and arithmetic, since quantity times price is the amount. A known head outweighs
looks, and arithmetic that holds in several rows outweighs a head.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from .columns import Grid
from .equations import Figures
from .header import CODES, Head, kind_of, stacked
from .lexicon import Lexicon
from .likeness import likely_kinds
from .lines import Line
from .looks import CERTAIN, KINDS, looks
from .page import Word
from .text import squash

KNOWN, OTHER_SENSE, ALIKE = 6.0, 3.0, 4.0
"""What a head counts for the kind that the lists give it, for another one they give it in some
language, and for one that it surely resembles."""
WHOLE = 0.5
"""What the kind of a whole head counts more than that of its part."""
REPEATED = ("discount", "tax", "ignore", "unknown")
"""Kinds of which a table may have several columns, even if no list knows their heads."""
TWICE = 9.0
"""What a second column of a kind costs, if its head is known for that kind."""
TELLING = 1.0
"""By how much cells must suit quantity and price better than price and quantity."""
USUAL = 0.3
"""What it counts that an amount stands behind its factors, and a unit behind the quantity."""
WIDTH, CHOICES = 128, 4
"""How many assignments are followed, and how many kinds are tried for a column."""
PLAIN = ("pos", "description", "unit", "date", "barcode")
"""Kinds that a head and cells like theirs tell: no other column looks the same."""
OWNED = ("code_own", "code_your", "code_supplier")
"""Whose codes stand in a column, no cell shows; of two columns one is the customer's."""
ROWS, FEW = 40, 4
"""More rows show nothing new; so many show whether known heads suit their cells."""

State = tuple[float, tuple[str, ...]]


def with_roles(grid: Grid, rows: Sequence[Line], words: Lexicon) -> Grid:
    """The grid with the kinds that fit heads, cells and figures best."""
    cells = _cells(grid, rows)
    if not cells or not _is_doubtful(grid, cells, words):
        return grid
    columns = [[row[index] for row in cells if row[index]] for index in range(len(grid.heads))]
    shown = [looks(column, index, words) for index, column in enumerate(columns)]
    scores = [
        _scores(head, column, look, words) for head, column, look in zip(grid.heads, columns, shown)
    ]
    figures = Figures(cells)
    kinds, proved = _best(grid.heads, scores, figures)
    proved -= _exchangeable(grid.heads, kinds, shown, words)
    alone = sum(look.get("description", 0.0) > 0 for look in shown) == 1
    heads = [
        _decided(head, kind, look, kind in proved or (alone and kind == "description"), words)
        for head, kind, look in zip(grid.heads, kinds, shown)
    ]
    return Grid(tuple(heads), grid.borders)


def _cells(grid: Grid, rows: Sequence[Line]) -> list[list[str]]:
    """The texts of the rows that show the columns."""
    texts = [
        [" ".join(word.text for word in cell) for cell in grid.cells(line)]
        for line in [line for line in rows if line.figures >= 2][:ROWS]
    ]
    most = max((sum(map(bool, row)) for row in texts), default=0)
    return [row for row in texts if sum(map(bool, row)) >= 0.6 * most]


def _is_doubtful(grid: Grid, cells: Sequence[Sequence[str]], words: Lexicon) -> bool:
    """Is there a head that no list knows, that others share, or that its cells do not suit?"""
    counts = Counter(grid.kinds)
    if any(count > 1 and kind not in REPEATED[:-1] for kind, count in counts.items()):
        return True
    for index, kind in enumerate(grid.kinds):
        column = [row[index] for row in cells[:FEW] if row[index]]
        if column and (kind == "unknown" or looks(column, index, words).get(kind, 0.0) < 0):
            return True
    return False


def _scores(
    head: Head, column: Sequence[str], look: Mapping[str, float], words: Lexicon
) -> dict[str, float]:
    """How much speaks for each kind of a column, the likeliest only."""
    if not column:
        return {head.kind: 0.0}
    named = _named(head, words)
    said = {
        kind: ALIKE * share
        for kind, share in likely_kinds(head.box.key).items()
        if kind not in OWNED or not named or named & set(CODES)
    }
    said |= dict.fromkeys(words.kinds("column", head.box.key), OTHER_SENSE)
    said |= dict.fromkeys(named, KNOWN)
    if len(named) > 1 and head.kind in named:
        said[head.kind] += WHOLE
    kinds = {*(kind for kind in KINDS if kind not in OWNED), *said}
    scores = {kind: said.get(kind, 0.0) + look.get(kind, 0.0) for kind in kinds}
    best = sorted(scores, key=lambda kind: (-scores[kind], kind))[:CHOICES]
    unread = 0.0 if head.kind == "unknown" else -OTHER_SENSE
    return {"unknown": unread} | {kind: scores[kind] for kind in best if scores[kind] > 0}


def _named(head: Head, words: Lexicon) -> set[str]:
    """The kind of a known head, and of one like "Our code / Name" those of its parts."""
    kinds = {head.kind, *(kind_of(part, words) for part in _parts(head))}
    return {kind for kind in kinds if kind and kind != "unknown"}


def _parts(head: Head) -> list[list[Word]]:
    """The words of a head that stand on both sides of a stroke; nothing where there is none."""
    parts: list[list[Word]] = [[]]
    for word in head.box.words:
        if word.text.startswith("/"):
            parts.append([])
        parts[-1].append(word)
        if word.text.endswith("/") and len(word.text) > 1:
            parts.append([])
    return [part for part in parts if part] if len(parts) > 1 else []


def _best(
    heads: Sequence[Head], scores: Sequence[Mapping[str, float]], figures: Figures
) -> tuple[tuple[str, ...], set[str]]:
    """The best kinds of all columns, and those that arithmetic proves."""
    states: list[State] = [(0.0, ())]
    for head, column in zip(heads, scores):
        grown = [
            (
                score + value - (TWICE if kind in kinds and kind not in REPEATED else 0.0),
                (*kinds, kind),
            )
            for score, kinds in states
            for kind, value in column.items()
            if kind not in kinds or kind in (*REPEATED, head.kind)
        ]
        states = sorted(grown, key=lambda state: (-state[0], state[1]))[:WIDTH]
    rated = [(score + figures.speaks_for(kinds) + _usual(kinds), kinds) for score, kinds in states]
    _score, kinds = max(rated, key=lambda state: state[0])
    return kinds, figures.proved(kinds)


def _exchangeable(
    heads: Sequence[Head],
    kinds: Sequence[str],
    shown: Sequence[Mapping[str, float]],
    words: Lexicon,
) -> set[str]:
    """Quantity and price, where neither head nor cells tell which of two factors is which."""
    if not {"quantity", "price"} <= set(kinds):
        return set()
    one, two = kinds.index("quantity"), kinds.index("price")
    if "quantity" in _named(heads[one], words) or "price" in _named(heads[two], words):
        return set()
    taken = shown[one].get("quantity", 0.0) + shown[two].get("price", 0.0)
    turned = shown[one].get("price", 0.0) + shown[two].get("quantity", 0.0)
    return {"quantity", "price"} if taken - turned < TELLING else set()


def _usual(kinds: Sequence[str]) -> float:
    """What the order of the columns says, where nothing else does."""
    at = {kind: index for index, kind in enumerate(kinds)}
    amount = at.get("amount", -1)
    before = sum(kind in at and at[kind] < amount for kind in ("quantity", "price"))
    counted = "unit" in at and at["unit"] == at.get("quantity", -2) + 1
    return USUAL * (before + counted)


def _decided(
    head: Head, kind: str, look: Mapping[str, float], proved: bool, words: Lexicon
) -> Head:
    """The head with its kind, and whether more is known of it than what its cells look like."""
    if kind == head.kind:
        return head
    if kind in CODES and stacked(head, words, listed=True).under == "description":
        return stacked(head, words, listed=True)
    alike = likely_kinds(head.box.key).get(kind, 0.0)
    sure = (
        proved
        or kind in _named(head, words)
        or (head.kind, kind) == ("pos", "code")
        or look.get(kind, 0.0) >= CERTAIN
        or (kind in PLAIN and alike >= 0.5 and look.get(kind, 0.0) > 0)
    )
    if kind in CODES and any(_is_text(part, words) for part in _parts(head)):
        return replace(head, kind="description", sure=sure, over=kind)
    return replace(head, kind=kind, sure=sure)


def _is_text(part: Sequence[Word], words: Lexicon) -> bool:
    kind = kind_of(part, words)
    key = squash("".join(word.text for word in part))
    return (kind or max(likely_kinds(key), key=likely_kinds(key).get, default="")) == "description"
