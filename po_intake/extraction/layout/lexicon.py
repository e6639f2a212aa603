"""The word lists of ``words/*.txt`` as dictionaries of squashed phrases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from .phrases import Phrases
from .text import spellings, squash

WORDS = Path(__file__).resolve().parent.parent / "words"
LONGEST_PHRASE = 7
COMPOSED = ("type", "label", "party", "column", "total")
"""Sections whose phrases are also understood by their parts."""

Entry = tuple[str, str]
"""``(key, language)`` of one phrase."""


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Phrases of all languages by section. Each dictionary maps a squashed phrase to entries."""

    type: dict[str, list[Entry]] = field(default_factory=dict)
    column: dict[str, list[Entry]] = field(default_factory=dict)
    label: dict[str, list[Entry]] = field(default_factory=dict)
    party: dict[str, list[Entry]] = field(default_factory=dict)
    total: dict[str, list[Entry]] = field(default_factory=dict)
    word: dict[str, list[Entry]] = field(default_factory=dict)
    mail: dict[str, list[Entry]] = field(default_factory=dict)
    number: dict[str, list[Entry]] = field(default_factory=dict)
    month: dict[str, list[Entry]] = field(default_factory=dict)
    country: dict[str, list[Entry]] = field(default_factory=dict)
    part: dict[str, list[Entry]] = field(default_factory=dict)

    def entries(self, section: str, key: str) -> Sequence[Entry]:
        """What a squashed phrase can mean in a section: as listed, else by its parts."""
        listed = getattr(self, section).get(key)
        if listed or section not in COMPOSED:
            return listed or ()
        return self._phrases.meanings(section, key)

    def knows(self, section: str, key: str) -> bool:
        """Is the squashed phrase one of a section?"""
        return bool(self.entries(section, key))

    def kinds(self, section: str, key: str) -> list[str]:
        """What a squashed phrase can mean in a section."""
        return [kind for kind, _language in self.entries(section, key)]

    def means(self, section: str, key: str, *kinds: str) -> bool:
        """Can the phrase mean one of these?"""
        return any(kind in kinds for kind, _language in self.entries(section, key))

    def starts(self, texts: Sequence[str], *sections: str) -> Sequence[tuple[int, str]]:
        """``(words, squashed key)`` of the starts of a text that may be phrases, longest first."""
        return _starts(self, tuple(texts[:LONGEST_PHRASE]), sections)

    def begins(self, key: str, *sections: str) -> bool:
        """Does a phrase of one of the sections begin with these squashed letters?"""
        if key == "#" or any(key in self._starts[section] for section in sections):
            return True
        return any(section in COMPOSED for section in sections) and self._phrases.begins(key)

    @cached_property
    def _phrases(self) -> Phrases:
        languages: dict[str, dict[str, frozenset[str]]] = {}
        for phrase, entries in self.part.items():
            for part, language in entries:
                atoms = languages.setdefault(language, {})
                atoms[phrase] = atoms.get(phrase, frozenset()) | {part}
        return Phrases(languages)

    @cached_property
    def _starts(self) -> dict[str, frozenset[str]]:
        """All beginnings of the phrases of those sections that are read word by word."""
        return {
            section: frozenset(
                phrase[:end] for phrase in getattr(self, section) for end in range(len(phrase) + 1)
            )
            for section in ("type", "column", "label", "party", "total", "word")
        }

    def pick(self, section: str, key: str, language: str | None) -> str | None:
        """The meaning in this language, else the one most languages agree on."""
        entries = self.entries(section, key)
        if key not in getattr(self, section):
            entries = [entry for entry in entries if language in (None, entry[1])]
        if not entries:
            return None
        for kind, spoken in entries:
            if spoken == language:
                return kind
        kinds = [kind for kind, _language in entries]
        return max(kinds, key=kinds.count)


@lru_cache(maxsize=16384)
def _starts(
    words: Lexicon, texts: tuple[str, ...], sections: tuple[str, ...]
) -> tuple[tuple[int, str], ...]:
    """A page is looked through for labels, for sums and for the end of a table."""
    result: list[tuple[int, str]] = []
    key = ""
    for size, text in enumerate(texts, 1):
        key = squash(text) if key in ("", "#") else key + squash(text).strip("#")
        if not words.begins(key, *sections):
            break
        result.append((size, key))
    return tuple(reversed(result))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """All word lists, read once per process."""
    result = Lexicon()
    for path in sorted(WORDS.glob("??.txt")):
        for section, key, phrase in _phrases(path):
            table = getattr(result, section)
            for spelling in spellings(phrase) or {squash(phrase)}:
                entry = (key, path.stem)
                if spelling and entry not in table.setdefault(spelling, []):
                    table[spelling].append(entry)
    return result


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """Squashed month names and abbreviations of all languages -> 1..12."""
    return {name: int(entries[0][0]) for name, entries in lexicon().month.items()}


@lru_cache(maxsize=1)
def weeks() -> frozenset[str]:
    """Squashed words for weeks of all languages."""
    return frozenset(
        phrase
        for phrase, entries in lexicon().word.items()
        if any(kind == "week" for kind, _language in entries)
    )


def languages(keys: set[str]) -> dict[str, int]:
    """How many of these squashed words are frequent in each language."""
    votes: dict[str, int] = {}
    for key in keys:
        for kind, language in lexicon().word.get(key, ()):
            if kind == "language":
                votes[language] = votes.get(language, 0) + 1
    return votes


def _phrases(path: Path) -> Iterator[tuple[str, str, str]]:
    section = ""
    for row in path.read_text(encoding="utf-8").splitlines():
        row = row.strip()
        if row.startswith("[") and row.endswith("]"):
            section = row[1:-1]
        elif row and not row.startswith("# ") and "=" in row:
            key, _, phrases = row.partition("=")
            for phrase in phrases.split("|"):
                yield section, key.strip(), phrase.strip()
