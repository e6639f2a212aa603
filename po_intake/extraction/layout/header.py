"""Finding the head of an item table: the line, or two or three, that names the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .lexicon import Lexicon
from .lines import Box, Line
from .page import Word, split_word
from .text import squash, without_currency

CODES = ("code_own", "code_your", "code_supplier", "code_customer", "code", "barcode")
NUMERIC = ("quantity", "price", "amount", "discount", "tax", "per")
FIGURES = {"quantity", "price", "amount"}
"""No table of items goes without a column of these."""
WHAT = ("description", *CODES)
LONGEST_HEAD = 6
"""Most words of one column head."""
GLUED = re.compile(r"[^\W\d_A-Z][.)]?[A-Z\u00c0-\u00de]")
"""Where a lower case letter meets a capital, two words may have been printed as one."""
GLUED_LENGTH = 6
"""Two words that were printed as one have so many letters at least."""
BASIS = re.compile(r"(?:per|je|pro|par|por|za)?10{1,4}$")
VALUE = re.compile(r"^\D?\d[\d.,']*[.,]\d\d\D?$|\d[./-]\d+[./-]\d|\d{5}|\d{3}[./-]\d")
"""Amounts, dates and numbers stand under heads, not in them."""
QUALIFIED = re.compile(
    r"(?<=[a-z]{4})(?:ht|htva|netto|neto|brutto|(?:excl?|exkl|hors|zzgl|ohne|sin|sem|s|bez)"
    r"(?:btw|vat|tva|iva|mwst|ust|tax)|za(?:szt|jm)|(?:per|je|pro)(?:unit|einh)|(?:stk|stuck|szt))$"
)
"""What may follow the name of a column without changing it."""
LOOSE = 0.65
"""Words of one head are seldom further apart than this share of their height."""
COMPOSED = 1.0
"""What a head understood by its parts counts less than one that is listed."""
PLAIN = 0.12, 0.45
"""A plain blank between two words, in shares of their height."""
ALIGNED = 4.0
"""Lines of one head begin, end or are centred within so many points."""
TORN = 2.5
"""What it costs to part an owner from what he owns, which stands behind him in most languages."""
NEVER_ALONE = 1.6
"""A wider blank than this share of the height parts two column heads."""


@dataclass(frozen=True)
class Head:
    """One column head. ``kind`` is a key of the word lists' column section, or ``unknown``.

    :param sure: is the kind known by the words of the head, or proved by figures?
    :param over: the kind of the codes that stand over the texts of a column, if it is known
    :param under: the kind of the codes, or texts, that stand under the values of a column
    """

    kind: str
    box: Box
    sure: bool = True
    over: str | None = None
    under: str | None = None

    @property
    def center(self) -> float:
        return (self.box.x0 + self.box.x1) / 2


@dataclass(frozen=True)
class Header:
    """The head of a table: its columns from left to right, and the lines it takes."""

    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    score: float

    @property
    def kinds(self) -> list[str]:
        return [head.kind for head in self.heads]


def find_headers(lines: Sequence[Line], words: Lexicon, language: str | None) -> list[Header]:
    """All table heads of one page, from top to bottom."""
    lines = [_unglued(line, words) for line in lines]
    hits = [_hits(line, words) for line in lines]
    result: list[Header] = []
    taken: set[int] = set()
    for index in sorted(range(len(lines)), key=lambda item: -len(hits[item])):
        if len(hits[index]) < 2:
            break
        around = set().union(*hits[max(0, index - 2) : index + 3])
        if index in taken or not around & FIGURES or is_data(lines[index]):
            continue
        header = _best_band(lines, index, words, language)
        if header and not taken & {line.index for line in header.lines}:
            result.append(header)
            taken |= {line.index for line in header.lines}
    return sorted(result, key=lambda header: header.lines[0].index)


def names_columns(line: Line, words: Lexicon) -> bool:
    """May words of a line name two columns at least, as those of a head do?"""
    return len(_hits(_unglued(line, words), words)) > 1


@lru_cache(maxsize=512)
def _unglued(line: Line, words: Lexicon) -> Line:
    """The line with heads parted that touch ("PriceAmount"), where one half is known."""
    long = [word.text for word in line.words if len(word.text) >= GLUED_LENGTH]
    if not any(_seam(text, words) for text in long):
        return line
    parted = [part for word in line.words for part in _parted(word, words)]
    return Line(parted, index=line.index, gap=line.gap)


def _parted(word: Word, words: Lexicon) -> list[Word]:
    cut = _seam(word.text, words)
    if not cut:
        return [word]
    left, right = split_word(word, cut)
    return [left, *_parted(right, words)]


@lru_cache(maxsize=16384)
def _seam(text: str, words: Lexicon) -> int:
    """Where the first of the heads that touch in a word ends; 0 if it is no such word."""
    if len(text) < GLUED_LENGTH or squash(text) in words.column:
        return 0
    for match in GLUED.finditer(text):
        cut = match.end() - 1
        if squash(text[:cut]) in words.column or squash(text[cut:]) in words.column:
            return cut
    for cut in range(2, len(text) - 1):
        if squash(text[:cut]) in words.column and squash(text[cut:]) in words.column:
            return cut
    return 0


@lru_cache(maxsize=512)
def _hits(line: Line, words: Lexicon) -> frozenset[str]:
    """The columns that the words of a line may name, roughly."""
    texts = [word.text for word in line.words]
    pairs = [left + right for left, right in zip(texts, texts[1:])]
    return frozenset(kind for text in (*texts, *pairs) if (kind := _named(text, words)))


@lru_cache(maxsize=16384)
def _named(text: str, words: Lexicon) -> str | None:
    return next(iter(words.kinds("column", squash(text))), None)


def _key(words: Sequence[Word]) -> str:
    return squash("".join(word.text for word in words))


def _best_band(
    lines: Sequence[Line], index: int, words: Lexicon, language: str | None
) -> Header | None:
    best: Header | None = None
    for first, last in ((0, 0), (0, 1), (-1, 0), (-1, 1), (0, 2), (-2, 0)):
        low, high = index + first, index + last
        if low < 0 or high >= len(lines):
            continue
        band = lines[low : high + 1]
        if not _close(band) or any(is_data(line) for line in band):
            continue
        header = heads_of(band, lines[index], words, language)
        if best is None or header.score > best.score + 0.01:
            best = header
    if best is None or not _is_header(best) or _names_sums(best, words):
        return None
    return None if _names_paper(best, words) else best


def _names_paper(header: Header, words: Lexicon) -> bool:
    """A box with the title over the number, beside those of dates and terms, heads no items."""
    segments = [segment for line in header.lines for segment in line.segments]
    return not {"price", "amount"} & set(header.kinds) and any(
        len(segment.words) > 1 and words.knows("type", segment.key) for segment in segments
    )


def _names_sums(header: Header, words: Lexicon) -> bool:
    """Names of sums in a row, over their amounts, are no head of an item table."""
    segments = [segment for line in header.lines for segment in line.segments]
    others = [box for box in segments if not words.knows("total", without_currency(box.key))]
    named = len(segments) - len(others)
    rates = sum(kind_of(box.words, words) == "tax" for box in others)
    if "quantity" in header.kinds or "price" in header.kinds:
        return rates == len(others) and len(segments) > 1 and named > 0
    return 2 * named > len(segments) - rates


def _close(band: Sequence[Line]) -> bool:
    return all(
        below.middle - above.middle < 1.45 * max(above.height, below.height)
        for above, below in zip(band, band[1:])
    )


def is_data(line: Line) -> bool:
    """Figures, or labels in front of values."""
    if any(VALUE.search(word.text) for word in line.words) or any(
        word.text.endswith(":") for word in line.words
    ):
        return True
    return line.figures > max(1, len(line.words) // 4)


def _is_header(header: Header) -> bool:
    kinds = set(header.kinds) - {"unknown", "ignore"}
    known = sum(head.kind != "unknown" for head in header.heads)
    what = kinds & set(WHAT)
    how_many = kinds & FIGURES
    if not kinds & {"quantity", "price", "description"}:
        # a table of taxes has codes and amounts, too
        return False
    return (
        len(kinds) >= 2
        and known >= 0.5 * len(header.heads)
        and bool(how_many)
        and (bool(what) or len(how_many) >= 2 and "quantity" in kinds)
    )


def heads_of(band: Sequence[Line], main: Line, words: Lexicon, language: str | None) -> Header:
    """The best way to part the words of the main line into heads, by dynamic programming.

    Words of the other lines join the head they stand above or below.
    """
    others = [word for line in band if line is not main for word in line.words]
    row = main.words
    best: list[tuple[float, list[tuple[str, list[Word]]]]] = [(0.0, [])]
    for end in range(1, len(row) + 1):
        options = []
        for start in range(max(0, end - LONGEST_HEAD), end):
            part = list(row[start:end])
            if start < end - 1 and (part[0].text == "#" or _widest_gap(part) > NEVER_ALONE):
                continue
            left = row[start - 1].x1 if start else -1e9
            right = row[end].x0 if end < len(row) else 1e9
            kind, score, box = _part(part, others, left, right, words, language)
            score += best[start][0]
            if start:
                score -= _tight(row, start) + _torn(row, start, words)
            options.append((score, [*best[start][1], (kind, box)]))
        best.append(max(options, key=lambda option: option[0]))
    score, parts = best[-1]
    used = {id(word) for _kind, box in parts for word in box}
    left_over = [word for word in others if id(word) not in used]
    for box in _clusters(left_over):
        kind = _kind(_key(box), words, language)
        score += 2.5 * len(box) - 0.6 if kind else -1.2
        parts.append((kind or "unknown", box))
    heads = sorted((Head(kind, Box(box)) for kind, box in parts), key=lambda head: head.center)
    return Header(tuple(_merged(heads)), tuple(band), score)


def _part(
    part: list[Word],
    others: list[Word],
    left: float,
    right: float,
    words: Lexicon,
    language: str | None,
) -> tuple[str, float, list[Word]]:
    """``(kind, score, words)`` of one head with what stands above and below it."""
    x0, x1 = part[0].x0, part[-1].x1
    # a neighbour that reaches under the next head of the main line belongs to that one
    low, high = max(x0 - 25, (left + x0) / 2), min(x1 + 25, (right + x1) / 2)
    near = [word for word in others if low <= (word.x0 + word.x1) / 2 <= high]
    stacked = part
    if near:
        stacked = sorted([*part, *near], key=lambda word: (round((word.y0 + word.y1) / 2), word.x0))
    loose = 1.0 if len(part) > 1 and _widest_gap(part) > LOOSE else 0.0
    for box, cost in ((stacked, 0.2), (part, 0.3)):
        key = _key(box)
        kind, listed = _kind(key, words, language), _kind(key, words, language, composed=False)
        if kind != listed and not _stands_together(box, words):
            kind = listed
        if not listed and _names_both(box, words):
            return "description", 2.5 * len(box) - cost - loose, box
        if kind:
            # a phrase counts for all its words, so that it is never cut into shorter ones;
            # two known heads that nearly touch are two
            return kind, 2.5 * len(box) - cost - loose - (0 if listed else COMPOSED), box
    return "unknown", -1.0 - 0.2 * len(part), stacked


def _names_both(part: Sequence[Word], words: Lexicon) -> bool:
    """Do slashes part a name from a code: "Item / Your ref."? Both stand in one cell."""
    sides: list[list[Word]] = [[]]
    for word in part:
        if word.text == "/":
            sides.append([])
        else:
            sides[-1].append(word)
    if not all(sides):
        return False
    kinds = {kind_of(side, words) for side in sides}
    # "Part number / Rev / Description"
    kinds -= {"ignore"} if len(sides) > 2 else set()
    return len(kinds) == 2 and kinds <= set(WHAT)


def kind_of(printed: Sequence[Word], words: Lexicon) -> str | None:
    """The column that a head names in any language; None where no list knows it."""
    return _kind(_key(printed), words, None)


@lru_cache(maxsize=16384)
def _kind(key: str, words: Lexicon, language: str | None, composed: bool = True) -> str | None:
    """The column that a squashed head names: as listed, else by its parts."""
    bare = without_currency(key)
    # "Price/100" is a price, see items.read_item
    for one in dict.fromkeys((key, bare, BASIS.sub("", bare))):
        if one in words.column or (composed and words.pick("column", one, language)):
            return words.pick("column", one, language)
    plain = QUALIFIED.sub("", bare)
    if plain in words.column:
        return words.pick("column", plain, language)
    # "Discount 1 %" and "Discount 2 %" are discounts
    numbered = words.pick("column", re.sub(r"\d$", "", key), language)
    return "discount" if numbered == "discount" else None


def _stands_together(part: Sequence[Word], words: Lexicon) -> bool:
    """Are the words one head by their places: plain blanks, and lines that are aligned?

    What is ordered, above how much, are two rows of heads.
    """
    lines = [Box(line) for line in _by_lines(part)]
    named = [words.kinds("column", line.key)[:1] for line in lines if line.key in words.column]
    if len(named) == len(lines) > 1:
        kinds = {kind for found in named for kind in found}
        if kinds & set(WHAT) and kinds & set(NUMERIC):
            return False
    least, most = PLAIN
    return all(least < gap < most for line in lines for gap in _gaps(line.words)) and all(
        min(
            abs(line.x0 - lines[0].x0),
            abs(line.x1 - lines[0].x1),
            abs(line.x0 + line.x1 - lines[0].x0 - lines[0].x1) / 2,
        )
        < ALIGNED
        for line in lines[1:]
    )


def stacked(head: Head, words: Lexicon, listed: bool = False) -> Head:
    """The head; with two kinds if a line of it names what stands above, and one what below.

    :param listed: even where both lines together are a name that the lists know
    """
    lines = _by_lines(head.box.words)
    if len(lines) != 2 or (head.box.key in words.column and not listed):
        return head
    above, below = (kind_of(line, words) for line in lines)
    if above == below or above not in WHAT or below not in WHAT:
        return head
    unknown = head.kind == "unknown"
    named = above in CODES and below == "description"
    if named or (below in CODES and (unknown or _are_two_codes(above, below, lines))):
        return Head(above, head.box, under=below)
    return head


def _are_two_codes(above: str, below: str, lines: Sequence[Sequence[Word]]) -> bool:
    """Do two lines name codes of two owners, not one code in two words ("Material / Code")?"""
    return above in CODES and (below != "code" or len(lines[1]) > 1)


def _by_lines(part: Sequence[Word]) -> list[list[Word]]:
    lines: list[list[Word]] = []
    for word in part:
        if lines and abs(lines[-1][0].y0 - word.y0) < 0.5 * (word.y1 - word.y0):
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _widest_gap(part: Sequence[Word]) -> float:
    """In shares of the words' height."""
    return max(_gaps(part))


def _gaps(part: Sequence[Word]) -> list[float]:
    """The blanks between words, in shares of their height."""
    return [
        (right.x0 - left.x1) / max(right.y1 - right.y0, 1) for left, right in zip(part, part[1:])
    ]


def _tight(row: Sequence[Word], start: int) -> float:
    gap = (row[start].x0 - row[start - 1].x1) / max(row[start].y1 - row[start].y0, 1)
    return 0.7 if gap < 0.36 else 0.0


def _torn(row: Sequence[Word], start: int, words: Lexicon) -> float:
    """What it costs to end a head with "your" where the next word goes with it: "Your no."."""
    owner = squash(row[start - 1].text)
    if not words.means("part", owner, "our", "your"):
        return 0.0
    return TORN if kind_of(row[start - 1 : start + 1], words) in CODES else 0.0


def _clusters(words: list[Word]) -> list[list[Word]]:
    """Left over words of a band, stacked words together, neighbours on a line by their blanks."""
    result: list[list[Word]] = []
    for word in sorted(words, key=lambda item: item.x0):
        size = word.y1 - word.y0
        if result and word.x0 - max(item.x1 for item in result[-1]) < 0.45 * size:
            result[-1].append(word)
        else:
            result.append([word])
    for cluster in result:
        cluster.sort(key=lambda word: (round((word.y0 + word.y1) / 2), word.x0))
    return result


def _merged(heads: Sequence[Head]) -> list[Head]:
    """Unknown neighbours that nearly touch are one head."""
    result: list[Head] = []
    for head in heads:
        last = result[-1] if result else None
        if (
            last
            and last.kind == head.kind == "unknown"
            and head.box.x0 - last.box.x1 < 0.5 * head.box.height
        ):
            result[-1] = Head("unknown", Box([*last.box.words, *head.box.words]))
        else:
            result.append(head)
    return result
