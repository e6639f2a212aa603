"""Whose documents stay in the house."""

from __future__ import annotations

from collections.abc import Iterable

from ..layout.text import squash

SHORT = 6  # letters: shorter names are looked for as words of their own


def names_any(text: str, withheld: Iterable[str]) -> bool:
    """Does a text name somebody whose documents are not to be sent?

    :param withheld: names, addresses or numbers

    >>> names_any("Order of Brook Valves Ltd.", ["brook-valves"])
    True
    >>> names_any("Order of Brookfield", ["Brook"])
    False
    """
    whole = squash(text)
    words = {squash(word) for word in text.split()}
    keys = filter(None, map(squash, withheld))
    return any(key in (whole if len(key) >= SHORT else words) for key in keys)
