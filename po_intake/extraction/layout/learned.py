"""What a person's correction teaches about a partner's layout, and how it is used again.

A corrected value is looked for among the words of the page and remembered by its neighbours: the
label left of it or above it, or the head of its column. Squashed words, never coordinates, so that
a longer order does not move the rule away from its value. The letterhead is the mark by which the
layout is known again. A rule that finds nothing, or nothing plausible, changes nothing; no rule
touches a quantity, price or amount.

``Hints.layouts`` carries layouts as :meth:`Layout.to_json` writes them. A lesson,
``{"lesson": {path: value}, "who": [names]}``, may stand there instead: then each document comes
with a finding :data:`LEARNED`, whose parameters hold the layout that the values teach. So learning
runs where reading runs, in the limited child process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from ..document import INFO, Evidence, Finding, OrderDocument
from ..reader import Hints
from . import learned_places as places
from .columns import grids
from .draft import Draft
from .header import find_headers
from .lexicon import lexicon
from .lines import Line
from .page import Word
from .text import squash

LEARNED = "layout_learned"
READER = "learned"
SURE = 0.9
"""Confidence in what a rule finds: below what a reader finds by a label that it knows."""
CODES = ("lines.partner_code", "lines.our_code")
PATHS = (*places.KINDS, *CODES)
MOST = 40
"""Words of a mark, names of a partner, rules of a layout: at most so many of each."""


@dataclass(frozen=True)
class Rule:
    """Where one value stands. Texts are squashed; empty where nothing usable stands there.

    :param path: path of the document's value; ``lines.partner_code`` means that of every line
    :param left: what stands in front of it on its line
    :param above: what stands above it, or the head of its column
    :param words: how many words it takes; 0 for all that stand together
    :param order: ``dmy`` or ``mdy`` for dates that can be read both ways
    """

    path: str
    left: str = ""
    above: str = ""
    words: int = 0
    order: str = ""


@dataclass(frozen=True)
class Layout:
    """Rules, and the mark of the pages that they are for.

    :param who: names and numbers of the partner, squashed; one of them stands on the page
    :param words: squashed words of its letterhead and foot
    """

    who: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "who": list(self.who),
            "words": list(self.words),
            "rules": [asdict(rule) for rule in self.rules],
        }

    @classmethod
    def from_json(cls, data: Any) -> Layout:
        """The layout that :meth:`to_json` wrote.

        :raises ValueError: it was written by something else
        """
        try:
            rules = tuple(Rule(**item) for item in data["rules"][:MOST])
            layout = cls(tuple(data["who"][:MOST]), tuple(data["words"][:MOST]), rules)
        except (KeyError, TypeError, AttributeError) as problem:
            raise ValueError(f"no layout: {type(problem).__name__}") from problem
        texts = [*layout.who, *layout.words]
        for rule in rules:
            texts += [getattr(rule, item.name) for item in fields(rule) if item.name != "words"]
            if type(rule.words) is not int or rule.path not in PATHS:
                raise ValueError("rule")
        if not all(isinstance(text, str) and len(text) <= 200 for text in texts):
            raise ValueError("text")
        return layout

    def fits(self, printed: str, keys: set[str]) -> float:
        """How well a page bears the mark, 0..1; 0 when it is another one's.

        :param printed: all words of the pages, squashed, in one text
        :param keys: the squashed words
        """
        if self.who and not any(name in printed for name in self.who):
            return 0.0
        share = sum(word in keys for word in self.words) / max(len(self.words), 1)
        return share if share >= (0.6 if self.who else 0.8) else 0.0

    def is_like(self, other: Layout) -> bool:
        """Are both marks of one layout?"""
        shared = len(set(self.words) & set(other.words))
        return shared >= 0.6 * max(len(self.words), len(other.words))

    def taught(self, rules: Sequence[Rule], corrected: Sequence[str] = ()) -> Layout:
        """With these rules; what was known of their paths and the corrected ones is forgotten."""
        gone = {*corrected, *(rule.path for rule in rules)}
        kept = [rule for rule in self.rules if rule.path not in gone]
        return replace(self, rules=(*kept, *rules)[:MOST])


def recall(lines: Sequence[Line], document: OrderDocument, hints: Hints) -> OrderDocument:
    """The document as the layout that fits these lines says; with a lesson, what it teaches."""
    if not hints.layouts:
        return document
    for item in hints.layouts:
        if "lesson" in item:
            layout = study(lines, document, item, hints)
            parameters = {"layout": layout.to_json()} if layout.words else {}
            return document.with_findings(Finding(LEARNED, INFO, parameters))
    keys = {squash(word.text) for line in lines for word in line.words}
    printed = "".join(line.key for line in lines)
    best, score = None, 0.0
    for item in hints.layouts:
        try:
            layout = Layout.from_json(item)
        except ValueError:  # of a newer or older version
            continue
        fit = layout.fits(printed, keys)
        if fit > score:
            best, score = layout, fit
    return apply(lines, best.rules, document) if best else document


def study(
    lines: Sequence[Line], document: OrderDocument, lesson: Mapping[str, Any], hints: Hints
) -> Layout:
    """The layout that a lesson teaches; without rules where nothing can be learned safely."""
    corrections = lesson["lesson"]
    found = [learn(lines, document, path, value) for path, value in corrections.items()]
    rules = tuple(rule for rule in found if rule)
    printed = "".join(line.key for line in lines)
    party = document.partner
    ours = {squash(text) for own in hints.own for text in (own.name, own.vat) if text}
    names = (*lesson.get("who", ()), party.name, party.vat, party.email)
    who = {squash(name) for name in names if name} - ours
    who = {name for name in who if 5 <= len(name) <= 200 and name in printed}
    words = _mark(lines, hints)
    if not words or (not who and len(words) < 4):
        return Layout()
    return Layout(tuple(sorted(who))[:MOST], words, rules)


def learn(lines: Sequence[Line], document: OrderDocument, path: str, value: Any) -> Rule | None:
    """Where the corrected value stands, as a rule; ``None`` where nothing tells its place.

    :param value: as the document's JSON has it; for a path of all lines
        a mapping of the line's index, as text, to its value
    """
    if path in CODES:
        return _learn_column(lines, document, path, value)
    if path not in places.KINDS or not value:
        return None
    best = None
    for spot in places.printed(lines, path, str(value)):
        rule = Rule(path, spot.left, spot.above, spot.words, spot.order)
        if (spot.left or spot.above) and (best is None or spot.rank > best[0]):
            best = (spot.rank, rule)
    # what the rule finds on the very page that taught it must be what it was taught
    found = places.value(lines, best[1], document) if best else None
    return best[1] if best and found and squash(str(found[0])) == squash(str(value)) else None


def apply(lines: Sequence[Line], rules: Sequence[Rule], document: OrderDocument) -> OrderDocument:
    """The document with what the rules find, each value with its evidence."""
    for rule in rules:
        if rule.path in places.KINDS:
            found = places.value(lines, rule, document)
            if found:
                document = _with(document, rule.path, *found)
    codes = [rule for rule in rules if rule.path in CODES]
    cells = _cells(lines, document) if codes else []
    columns = {rule.path: _column(cells, rule) for rule in codes}
    return _with_codes(document, columns) if any(columns.values()) else document


def _with(document: OrderDocument, path: str, value: Any, printed: Sequence[Word]) -> OrderDocument:
    """The document with one value, unless it has it already."""
    name, _dot, part = path.partition(".")
    if part:
        party = getattr(document, name)
        if getattr(party, part) == value:
            return document
        document = replace(document, **{name: replace(party, **{part: value})})
    elif getattr(document, name) == value:
        return document
    else:
        document = replace(document, **{name: value})
    return replace(document, evidence={**document.evidence, path: _evidence(printed)})


def _evidence(printed: Sequence[Word]) -> Evidence:
    draft = Draft(READER)
    draft.place("", printed, SURE)
    return draft.evidence[""]


def _mark(lines: Sequence[Line], hints: Hints) -> tuple[str, ...]:
    """Words of the letterhead and of the foot of the first page that are not ours."""
    page = [line for line in lines if line.page == lines[0].page]
    ours = {
        squash(word)
        for own in hints.own
        for text in (own.name, own.street, own.city, own.email)
        for word in (text or "").split()
    }
    keys: list[str] = []
    for line in [*page[:6], *page[6:][-3:]]:
        for word in line.words:
            key = squash(word.text)
            if len(key) >= 3 and key.isalpha() and key not in ours and key not in keys:
                keys.append(key)
    return tuple(keys[:MOST])


# ---------------------------------------------------------------- columns of item codes
def _cells(lines: Sequence[Line], document: OrderDocument) -> list[list[tuple[str, list[Word]]]]:
    """For each line of the order ``(squashed head, words)`` of the cells in its rows."""
    bands = [_band(document, index) for index in range(len(document.lines))]
    result: list[list[tuple[str, list[Word]]]] = [[] for _band_ in bands]
    for number in sorted({line.page for line in lines}):
        page = [line for line in lines if line.page == number]
        for header in find_headers(page, lexicon(), document.language):
            below = [line for line in page if line.y0 >= header.lines[-1].middle]
            for grid in grids(header, below):
                for index, band in enumerate(bands):
                    if band is None or band[0] != number:
                        continue
                    following = bands[index + 1] if index + 1 < len(bands) else None
                    last = following[1] if following and following[0] == number else band[2]
                    for line in below:
                        if band[1] - 2 <= line.middle < last:
                            cells = zip(grid.heads, grid.cells(line))
                            result[index] += [(head.box.key, cell) for head, cell in cells if cell]
    return result


def _band(document: OrderDocument, index: int) -> tuple[int, float, float] | None:
    """``(page, top, bottom)`` of one line of the order, in points."""
    start = f"lines.{index}."
    found = [item for path, item in document.evidence.items() if path.startswith(start)]
    boxes = [(item.page, *item.bbox) for item in found if item.page and item.bbox]
    if not boxes:
        return None
    page = min(box[0] for box in boxes)
    here = [box for box in boxes if box[0] == page]
    return page, min(box[2] for box in here), max(box[4] for box in here) + 2


def _learn_column(
    lines: Sequence[Line], document: OrderDocument, path: str, values: Mapping[str, str]
) -> Rule | None:
    cells = _cells(lines, document)
    votes: list[str] = []
    for index, value in values.items():
        if index.isdigit() and int(index) < len(cells) and squash(value):
            heads = [
                head for head, words in cells[int(index)] if places.key(words) == squash(value)
            ]
            votes += [head for head in heads[:1] if head]
    if not votes:
        return None
    return Rule(path, above=max(votes, key=votes.count))


def _column(
    cells: Sequence[Sequence[tuple[str, list[Word]]]], rule: Rule
) -> dict[int, tuple[str, list[Word]]]:
    """The codes in the rule's column by line; nothing unless nearly every line has one."""
    result = {}
    for index, row in enumerate(cells):
        column = [words for head, words in row if head == rule.above]
        for at, words in enumerate(column):
            text = " ".join(word.text for word in words)
            if text.endswith("-") and at + 1 < len(column):  # wrapped in its cell
                words = [*words, *column[at + 1]]
                text += " ".join(word.text for word in column[at + 1])
            if places.is_code(text):
                result[index] = (text, words)
                break
    return result if len(result) >= 0.8 * len(cells) else {}


def _with_codes(
    document: OrderDocument, columns: Mapping[str, Mapping[int, tuple[str, list[Word]]]]
) -> OrderDocument:
    """The lines with their codes; a code that moved no longer stands where it was."""
    lines, evidence = list(document.lines), dict(document.evidence)
    for path, found in columns.items():
        name = path.partition(".")[2]
        other = "our_code" if name == "partner_code" else "partner_code"
        for index, (text, words) in found.items():
            known = (getattr(lines[index], name), getattr(lines[index], other))
            # a code wrapped in its cell was read as a whole
            whole = [code for code in known if code and squash(code).startswith(squash(text))]
            text = max([text, *whole], key=len)
            line = replace(lines[index], **{name: text})
            evidence[f"lines.{index}.{name}"] = _evidence(words)
            moved = squash(getattr(line, other) or "") == squash(text)
            if moved and index not in columns.get(f"lines.{other}", {}):
                line = replace(line, **{other: None})
                evidence.pop(f"lines.{index}.{other}", None)
            lines[index] = line
    return replace(document, lines=tuple(lines), evidence=evidence)
