"""An order document in the making: values, each with its place on the paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

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

    def day(self, path: str) -> date | None:
        """The value of a path, if it is a day."""
        value = self.values.get(path)
        return value if isinstance(value, date) else None

    def place(self, path: str, words: Sequence[Word], confidence: float = 0.97) -> None:
        """Say where the value of a path stands."""
        if not words:
            return
        if len(words) == 1:  # most cells of a table
            text, x0, y0, x1, y1, page, sure = words[0]
        else:
            texts, lefts, tops, rights, bottoms, pages, sures = zip(*words)
            text, page, sure = " ".join(texts), pages[0], min(sures)
            if len(set(pages)) > 1:
                here = [word for word in words if word.page == page]
                _texts, lefts, tops, rights, bottoms, *_rest = zip(*here)
            x0, y0, x1, y1 = min(lefts), min(tops), max(rights), max(bottoms)
        box = (round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1))
        sure = round(confidence * sure, 3)
        self.evidence[path] = Evidence(page, box, tidy(text), self.reader, sure)
