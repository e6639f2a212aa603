"""Item lines of a document, replaced by those of another reading of the same paper."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from .document import OrderDocument

Value = TypeVar("Value")


def lines_on(document: OrderDocument, page: int) -> set[int]:
    """Indexes of the lines that have a value on this page."""
    return {
        int(path.split(".")[1])
        for path, item in document.evidence.items()
        if path.startswith("lines.") and item.page == page
    }


def graft(
    document: OrderDocument, removed: Collection[int], piece: OrderDocument, at: int
) -> tuple[OrderDocument, dict[int, int]]:
    """The document with the lines of a piece instead of some of its own.

    Evidence and findings of lines go with their line; everything else stays the document's.

    :param removed: indexes of the lines that go
    :param at: number of remaining lines before the new ones
    :return: the document, not judged anew, and where the remaining lines are now
    """
    kept = [index for index in range(len(document.lines)) if index not in removed]
    count = len(piece.lines)
    moved = {old: new if new < at else new + count for new, old in enumerate(kept)}
    placed = {index: at + index for index in range(count)}
    remaining = [document.lines[index] for index in kept]
    lines = (*remaining[:at], *piece.lines, *remaining[at:])
    own, other = renumbered(document.evidence, moved), renumbered(piece.evidence, placed)
    evidence = {**own, **{path: item for path, item in other.items() if _is_of_line(path)}}
    result = replace(
        document,
        lines=tuple(replace(line, sequence=number) for number, line in enumerate(lines, 1)),
        evidence=evidence,
        findings=(*_findings(document, moved), *_findings(piece, placed, lines_only=True)),
    )
    return result, moved


def renumbered(values: Mapping[str, Value], places: Mapping[int, int]) -> dict[str, Value]:
    """Values by path, with lines at their new places; those of other lines are left out.

    >>> renumbered({"number": 1, "lines.0.uom": 2, "lines.1.uom": 3}, {1: 0})
    {'number': 1, 'lines.0.uom': 3}
    """
    moved = {_renumbered(path, places): value for path, value in values.items()}
    return {path: value for path, value in moved.items() if path}


def _findings(
    document: OrderDocument, places: Mapping[int, int], lines_only: bool = False
) -> list[Any]:
    found = []
    for item in document.findings:
        path = item.path or ""
        if not _is_of_line(path):
            found += [] if lines_only else [item]
            continue
        path = _renumbered(path, places)
        if path:
            line = {"line": int(path.split(".")[1]) + 1} if "line" in item.parameters else {}
            found.append(replace(item, path=path, parameters={**item.parameters, **line}))
    return found


def _is_of_line(path: str) -> bool:
    words = path.split(".")
    return words[0] == "lines" and len(words) > 1 and words[1].isdecimal()


def _renumbered(path: str, places: Mapping[int, int]) -> str:
    """The path with its line at the new place; empty where there is none."""
    if not _is_of_line(path):
        return path
    _lines, index, *rest = path.split(".")
    new = places.get(int(index))
    return "" if new is None else ".".join(["lines", str(new), *rest])
