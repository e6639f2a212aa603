"""Phrases of the word lists inside sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..layout.lexicon import LONGEST_PHRASE, lexicon
from ..layout.text import squash

TOKEN = re.compile(r"[^\s,;:!?()\[\]\"„“”]+")


def tokens(text: str) -> list[re.Match[str]]:
    """The words of a text with their places."""
    return list(TOKEN.finditer(text))


def spans(
    text: str, section: str, *kinds: str
) -> Iterator[tuple[re.Match[str], re.Match[str], str]]:
    """``(first word, last word, kind)`` of each phrase of a section in the text."""
    parts = tokens(text)
    keys = [squash(part.group()) for part in parts]
    at = 0
    while at < len(parts):
        step = 1
        for size in range(min(LONGEST_PHRASE, len(parts) - at), 0, -1):
            found = _kinds(section, "".join(keys[at : at + size]))
            kind = next((kind for kind in found if kind in kinds), None)
            if kind and keys[at] and keys[at + size - 1]:
                yield parts[at], parts[at + size - 1], kind
                step = size
                break
        at += step


def has(text: str, section: str, *kinds: str) -> bool:
    """Is there any phrase of these kinds in the text?"""
    return next(spans(text, section, *kinds), None) is not None


@lru_cache(maxsize=65536)
def _kinds(section: str, key: str) -> tuple[str, ...]:
    return tuple(lexicon().kinds(section, key))


def asks(text: str) -> bool:
    """Does a text ask for goods, and is it not about a price, a complaint or a delay?"""
    return has(text, "mail", "order") and not declines(text)


def declines(text: str) -> bool:
    """Is a text about something else than an order?"""
    return has(text, "mail", "decline")
