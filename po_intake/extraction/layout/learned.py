"""What a person's correction teaches about a partner's layout, and how it is used again.

A corrected value is looked for among the words of the page and remembered by its neighbours: the
label left of it or above it, or the head of its column. Squashed words, never coordinates, so that
a longer order does not move the rule away from its value. The letterhead is the mark by which the
layout is known again. A rule that finds nothing, or nothing plausible, changes nothing; a column of
quantities or prices is believed only where the amounts of the lines do not speak against it.

``Hints.layouts`` carries layouts as :meth:`Layout.to_json` writes them. A lesson,
``{"lesson": {path: value}, "who": [names], "places": {path: {page, bbox}}}`` (where a person
pointed), may stand there instead: then each document comes
with a finding :data:`LEARNED`, whose parameters hold the layout that the values teach. So learning
runs where reading runs, in the limited child process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from ..document import INFO, Finding, OrderDocument
from ..reader import Hints
from . import learned_places as places
from .learned_columns import COLUMNS, cells, column, evidence, head_of, with_columns
from .lines import Line
from .page import Word
from .text import squash

LEARNED = "layout_learned"
PATHS = (*places.KINDS, *COLUMNS)
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
    pointed = lesson.get("places") or {}
    found = [
        learn(lines, document, path, value, pointed.get(path))
        for path, value in corrections.items()
    ]
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


def learn(
    lines: Sequence[Line],
    document: OrderDocument,
    path: str,
    value: Any,
    pointed: Mapping[str, Any] | None = None,
) -> Rule | None:
    """Where the corrected value stands, as a rule; ``None`` where nothing tells its place.

    :param value: as the document's JSON has it; for a path of all lines
        a mapping of the line's index, as text, to its value
    :param pointed: ``page`` and ``bbox`` where a person said that it stands
    """
    if path in COLUMNS:
        head = head_of(lines, document, path, value)
        return Rule(path, above=head) if head else None
    if path not in places.KINDS or not value:
        return None
    best = None
    for spot in places.printed(lines, path, str(value)):
        rule = Rule(path, spot.left, spot.above, spot.words, spot.order)
        rank = spot.rank + 10 * spot.is_at(pointed)
        if (spot.left or spot.above) and (best is None or rank > best[0]):
            best = (rank, rule)
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
    heads = {rule.path: rule.above for rule in rules if rule.path in COLUMNS}
    table = cells(lines, document) if heads else []
    columns = {path: column(table, head, path, document) for path, head in heads.items()}
    return with_columns(document, {path: found for path, found in columns.items() if found})


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
    return replace(document, evidence={**document.evidence, path: evidence(printed)})


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
