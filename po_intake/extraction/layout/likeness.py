"""What a head of a column that no list knows may mean, by the letters it shares with known ones.

A naive Bayes classifier over the letter sequences of the word lists' column heads: "Hausartikelnr."
shares most with codes, "Unsere" with the sender's own. A translator's new phrase teaches it, too.
Of heads held out of the lists it names four of five rightly; so it is one witness among others.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from .lexicon import lexicon

SIZES = (3, 4, 5)
"""How many letters a sequence has."""
SMOOTHING = 0.9
"""How often a sequence counts as seen under every kind together."""
SHARPNESS = 3.0
"""Sequences overlap and say the same several times: what their mean evidence counts."""
LEAST = 0.3
"""Share of the sequences that must be known, or nothing is said."""


@lru_cache(maxsize=4096)
def likely_kinds(key: str) -> Mapping[str, float]:
    """Probabilities of the kinds of a squashed head; empty for one like no other."""
    if not key:
        return {}
    seen, kinds = _counts()
    every = _sequences(key)
    known = [part for part in every if part in seen]
    if not known or len(known) < LEAST * len(every):
        return {}
    weight = sum(len(part) for part in known) / SHARPNESS
    whole = sum(kinds.values())
    score = dict.fromkeys(kinds, 0.0)
    for part in known:
        counts = seen[part]
        total = sum(counts.values()) + SMOOTHING
        for kind, frequency in kinds.items():
            share = (counts[kind] + SMOOTHING * frequency / whole) / total
            score[kind] += len(part) / weight * math.log(share)
    best = max(score.values())
    odds = {kind: math.exp(value - best) for kind, value in score.items()}
    return {kind: value / sum(odds.values()) for kind, value in odds.items() if value > 0.01}


@lru_cache(maxsize=1)
def _counts() -> tuple[dict[str, Counter[str]], Counter[str]]:
    """How many heads of each kind hold a sequence of letters; how many heads of each kind."""
    seen: dict[str, Counter[str]] = {}
    kinds: Counter[str] = Counter()
    for key, entries in lexicon().column.items():
        names = {kind for kind, _language in entries}
        kinds.update(names)
        for part in _sequences(key):
            seen.setdefault(part, Counter()).update(names)
    return seen, kinds


def _sequences(key: str) -> set[str]:
    framed = f"^{key}$"
    return {framed[at : at + size] for size in SIZES for at in range(len(framed) - size + 1)}
