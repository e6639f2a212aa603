"""Is what somebody claims really on the paper, and where?

A claim is never taken on trust: a text must stand there word for word, a number as a number of
its own, a date as a date. What belongs to one item line must stand near the words that mark it,
so that a figure from elsewhere on the page does not pass for its quantity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from .document import Evidence
from .layout.lexicon import months
from .layout.text import squash
from .normalize import CURRENCIES, DateText, find_dates, number_tokens, to_decimal
from .paper import Paper, Seen

UP = 1.6  # heights above its mark that an item may begin: one printed line
DOWN = 160.0  # points that the last item of a page may go on below its mark
SEPARATORS = frozenset(":;,.()[]{}#=*<>|!?\"'")
"""What may stand right before or behind a code; a hyphen or a slash is part of it."""
NAMES = ("our_code", "partner_code", "barcode", "description")
TALL = 4  # lines that an item may begin above its rarest sign
LEADING = 2.2  # heights from one line of a cell to the next
ALIGNED = 4.0  # points by which lines of a cell may begin apart
NEAR = 8  # lines over which one text of the head may be spread
GROUP_GAP = 0.6  # of the height: a blank between the thousands of one number is narrower


@dataclass(frozen=True)
class Band:
    """The part of a page that belongs to one item line, by the middles of its words."""

    page: int | None
    top: float
    bottom: float

    def holds(self, word: Seen) -> bool:
        return word.page == self.page and self.top <= word.middle < self.bottom


@dataclass(frozen=True)
class Hit:
    """The words that print a claim."""

    words: tuple[Seen, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    def evidence(self, reader: str, confidence: float) -> Evidence:
        """The place as evidence of this reader."""
        first = self.words[0]
        if first.page is None:
            place = first.place
            return Evidence(text=self.text, reader=reader, confidence=confidence, place=place)
        boxes = [word.box for word in self.words if word.page == first.page]
        lefts, tops, rights, bottoms = zip(*boxes)
        bbox = tuple(
            round(value, 2) for value in (min(lefts), min(tops), max(rights), max(bottoms))
        )
        return Evidence(first.page, bbox, self.text, reader, confidence)


class Ground:
    """Looks claims up among the words of a paper."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper

    def text(self, claim: str, band: Band | None = None) -> Hit | None:
        """The words of a text: side by side, or spread over neighbouring lines."""
        wanted = [key for key in map(squash, claim.split()) if key]
        if not wanted:
            return None
        whole = "".join(wanted)
        return next(self._runs(whole, squash, band), None) or self._spread(wanted, band)

    def code(self, claim: str, band: Band | None = None) -> Hit | None:
        """A code, number of a document or address: every sign counts, blanks do not."""
        needle = _strict(claim)
        return next(self._runs(needle, _strict, band), None) or self._wrapped(needle, band)

    def codes(self, claim: str) -> list[Hit]:
        """Every place where a code stands."""
        return list(self._runs(_strict(claim), _strict, None))

    def number(self, claim: str, band: Band | None = None) -> tuple[Hit, str] | None:
        """A number that stands by itself, and how it is printed."""
        wanted = _readings(claim)
        near = self._inside(self._numbers, band)
        return next(((hit, text) for hit, text in near if wanted & _readings(text)), None)

    def date(self, claim: str, band: Band | None = None) -> tuple[Hit, DateText] | None:
        """A day, however it is written in the claim."""
        days = {_days(item) for item in find_dates(claim, months())} or {frozenset()}
        wanted = frozenset().union(*days)
        near = self._inside(self.dates, band)
        return next(((hit, item) for hit, item in near if wanted & _days(item)), None)

    def currency(self, code: str) -> Hit | None:
        """A sign or code of a currency, also where it is glued to an amount."""
        for word in self.paper.words:
            signs = {word.text.lower().strip("().:"), word.text[:1], word.text[-1:]}
            if code in {CURRENCIES.get(sign) for sign in signs}:
                return Hit((word,))
        return None

    @cached_property
    def dates(self) -> list[tuple[Hit, DateText]]:
        """All dates of the paper."""
        found = []
        for line in self.paper.lines:
            text, starts = _joined(line)
            for item in find_dates(text, months()):
                words = [w for w, at in zip(line, starts) if item.start <= at < item.end]
                # a date may begin within a word, like "vom:03.04.2026"
                before = [w for w, at in zip(line, starts) if at <= item.start]
                found.append((Hit(tuple(words or before[-1:])), item))
        return found

    @cached_property
    def _numbers(self) -> list[tuple[Hit, str]]:
        found = []
        for line in self.paper.lines:
            for index, word in enumerate(line):
                found += [(Hit((word,)), text) for text in _own_numbers(word.text)]
                group = _grouped(line[index:])
                if len(group) > 1:
                    found.append((Hit(tuple(group)), "".join(item.text for item in group)))
        return found

    def _inside(self, items: Iterable[tuple[Hit, object]], band: Band | None) -> Iterator:
        return (item for item in items if band is None or band.holds(item[0].words[0]))

    def _runs(self, needle: str, form: Callable[[str], str], band: Band | None) -> Iterator[Hit]:
        """Words side by side, also over the end of a line, that print the needle."""
        if not needle:
            return
        letters, owners, edges = self._strip(form)
        at = letters.find(needle)
        while at >= 0:
            end = at + len(needle)
            if edges[at] and (end == len(letters) or edges[end]):
                numbers = sorted(set(owners[at:end]))
                words = tuple(self.paper.words[number] for number in numbers)
                if band is None or all(band.holds(word) for word in words):
                    yield Hit(words)
            at = letters.find(needle, at + 1)

    def _strip(self, form: Callable[[str], str]) -> tuple[str, list[int], list[bool]]:
        """All letters in one row, which word each is of, and whether a piece begins there."""
        if form not in self._strips:
            letters, owners, edges = [], [], []
            for number, word in enumerate(self.paper.words):
                fresh = True
                for char in word.text:
                    key = form(char)
                    letters += key
                    owners += [number] * len(key)
                    parts = char in SEPARATORS if form is _strict else not char.isalnum()
                    edges += [fresh or parts] * len(key)
                    fresh = parts
            self._strips[form] = "".join(letters), owners, edges
        return self._strips[form]

    @cached_property
    def _strips(self) -> dict[Callable[[str], str], tuple[str, list[int], list[bool]]]:
        return {}

    def _wrapped(self, needle: str, band: Band | None) -> Hit | None:
        """A code that a narrow column broke over lines, each part at the column's left edge."""
        words = [word for word in self.paper.words if band is None or band.holds(word)]
        for word in words if needle else ():
            if len(_strict(word.text)) > 1 and needle.startswith(_strict(word.text)):
                chain = _below(word, needle, words)
                if chain:
                    return Hit(chain)
        return None

    def _spread(self, wanted: Sequence[str], band: Band | None) -> Hit | None:
        """Every wanted word within one item, or within a few lines of the first of them."""
        words = [word for word in self.paper.words if band is None or band.holds(word)]
        keys = [squash(word.text) for word in words]
        starts = [index for index, key in enumerate(keys) if key == wanted[0]]
        for start in starts:
            chosen, place = [], start
            for key in wanted:
                place = _next(keys, words, key, place, words[start].line + NEAR)
                if place is None:
                    break
                chosen.append(words[place])
                place += 1
            else:
                return Hit(tuple(chosen))
        return None


def bands(paper: Paper, marks: Sequence[Hit | None]) -> list[Band | None]:
    """For each item line, marked by a hit in the order of the lines, the part of the page it has.

    From just above its mark to the next one; words at the height of the mark always belong.
    """
    result: list[Band | None] = []
    for index, mark in enumerate(marks):
        if mark is None:
            result.append(None)
            continue
        page, top, bottom = mark.words[0].page, *_height(mark)
        before = _neighbour(marks[:index][::-1], page)
        after = _neighbour(marks[index + 1 :], page)
        start = top - UP * (bottom - top)
        start = start if before is None else max(before[1], start)
        end = bottom + DOWN if after is None else after[0]
        result.append(Band(page, min(start, top), max(end, bottom)))
    return result


def mark_lines(ground: Ground, lines: Sequence[Mapping[str, str]]) -> list[Hit | None]:
    """For each claimed line where it begins on the paper, below the line before.

    It is found by its rarest sign, and begins with the topmost of its codes and description.
    """
    order = {id(word): number for number, word in enumerate(ground.paper.words)}
    marks: list[Hit | None] = []
    last = -1
    for line in lines:
        choices = [_places(ground, line, name) for name in (*NAMES, "price_subtotal")]
        below = [[hit for hit in hits if order[id(hit.words[0])] > last] for hits in choices]
        rarest = min(filter(None, below), key=len, default=None)
        best = rarest[0] if rarest else next((hits[0] for hits in choices if hits), None)
        if best:
            at = best.words[0].line
            near = [hits[0] for hits in below[: len(NAMES)] if hits]
            best = min(
                (best, *(hit for hit in near if 0 <= at - hit.words[0].line <= TALL)),
                key=lambda hit: hit.words[0].line,
            )
            last = max(last, order[id(best.words[0])])
        marks.append(best)
    return marks


def _places(ground: Ground, line: Mapping[str, str], name: str) -> list[Hit]:
    claim = line.get(name) or ""
    if not claim:
        return []
    if name == "description":
        hit = ground.text(claim.splitlines()[0])
        whole = squash(claim.splitlines()[0])
        return list(ground._runs(whole, squash, None)) or ([hit] if hit else [])
    if name == "price_subtotal":
        wanted = _readings(claim)
        return [hit for hit, text in ground._numbers if wanted & _readings(text)]
    return ground.codes(claim)


def _height(hit: Hit) -> tuple[float, float]:
    first = hit.words[0]
    return first.box[1], first.box[3]


def _neighbour(marks: Sequence[Hit | None], page: int | None) -> tuple[float, float] | None:
    near = next((mark for mark in marks if mark), None)
    return _height(near) if near and near.words[0].page == page else None


def _below(word: Seen, needle: str, words: Sequence[Seen]) -> tuple[Seen, ...] | None:
    """The words from this one downwards that make up the whole needle."""
    rest = needle[len(_strict(word.text)) :]
    if not rest:
        return (word,)
    height = word.box[3] - word.box[1]
    for other in words:
        under = 0 < other.middle - word.middle < LEADING * height and other.page == word.page
        aligned = abs(other.box[0] - word.box[0]) < ALIGNED
        if under and aligned and rest.startswith(_strict(other.text)):
            chain = _below(other, rest, words)
            if chain:
                return (word, *chain)
    return None


def _next(
    keys: Sequence[str], words: Sequence[Seen], key: str, start: int, last: int
) -> int | None:
    for index in range(start, len(keys)):
        if words[index].line > last:
            return None
        if keys[index] == key:
            return index
    return None


def _strict(text: str) -> str:
    return "".join(text.lower().split())


def _joined(line: Sequence[Seen]) -> tuple[str, list[int]]:
    starts, text = [], ""
    for word in line:
        starts.append(len(text))
        text += word.text + " "
    return text, starts


def _own_numbers(text: str) -> list[str]:
    """Numbers of a word that are no part of a name: "M8x40" has none, "EUR12,50" and "5pcs" do."""
    found = number_tokens(text)
    if len(found) != 1:
        return []
    before = text[: text.find(found[0])].strip("(-+\u2212~:=")
    behind = text[text.find(found[0]) + len(found[0]) :].strip(").,;:-*%/")
    if before and before.lower() not in CURRENCIES and before.lower() not in ("x", "@"):
        return []
    return found if not any(char.isdigit() for char in behind) else []


def _grouped(words: Sequence[Seen]) -> list[Seen]:
    """Words that are one number with blanks between its thousands."""
    group = list(words[:1])
    if not (group and group[0].text.isdecimal() and len(group[0].text) <= 3):
        return []
    for word in words[1:]:
        gap = word.box[0] - group[-1].box[2]
        same = word.place == group[-1].place
        near = gap < GROUP_GAP * (word.box[3] - word.box[1])
        digits = word.text.replace(",", "").replace(".", "").isdecimal()
        if not (same and near and digits and word.text[:3].isdecimal()):
            break
        group.append(word)
        if not word.text.isdecimal():
            break
        if len(word.text) != 3:
            return []
    return group


def _readings(text: str) -> frozenset:
    """What a printed number can mean: with a point or with a comma before its decimals."""
    return frozenset(
        value for value in (to_decimal(text, mark) for mark in ".,") if value is not None
    )


def _days(item: DateText) -> frozenset:
    return frozenset(
        day for day in (item.value(order) for order in ("dmy", "mdy")) if day is not None
    )
