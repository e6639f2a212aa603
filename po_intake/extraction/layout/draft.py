"""An order document in the making: values, each with its place on the paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..document import Evidence, Finding
from .page import Word
from .text import tidy


@dataclass
class Draft:
    """What is collected on the way: values by path, places by path, findings."""

    reader: str
    values: dict[str, object] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def put(
        self, path: str, value: object, words: Sequence[Word], confidence: float = 0.97
    ) -> None:
        """Set a value of the document with its place, unless it has one."""
        if value is None or path in self.values:
            return
        self.values[path] = value
        self.place(path, words, confidence)

    def place(self, path: str, words: Sequence[Word], confidence: float = 0.97) -> None:
        """Say where the value of a path stands."""
        if not words:
            return
        page = words[0].page
        here = [word for word in words if word.page == page]
        _texts, x0, y0, x1, y1, *_rest = zip(*here)
        box = (round(min(x0), 1), round(min(y0), 1), round(max(x1), 1), round(max(y1), 1))
        sure = confidence * min(word.confidence for word in words)
        text = tidy(" ".join(word.text for word in words))
        self.evidence[path] = Evidence(page, box, text, self.reader, round(sure, 3))
