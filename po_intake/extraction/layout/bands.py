"""Where on the pages the lines of an order stand, by the evidence of what was read of them."""

from __future__ import annotations

from typing import NamedTuple

from ..document import OrderDocument


class Band(NamedTuple):
    """From the top to the bottom of what was read of an item, in points, where it starts."""

    page: int
    top: float
    bottom: float


def bands(document: OrderDocument) -> list[Band | None]:
    """The band of each line of the order; ``None`` for a line without a place on a page."""
    boxes: dict[str, list[Band]] = {}
    for path, item in document.evidence.items():
        part, _dot, rest = path.partition(".")
        if part == "lines" and item.page and item.bbox:
            _x0, top, _x1, bottom = item.bbox
            boxes.setdefault(rest.partition(".")[0], []).append(Band(item.page, top, bottom))
    return [_first(boxes.get(str(index), [])) for index in range(len(document.lines))]


def _first(boxes: list[Band]) -> Band | None:
    if not boxes:
        return None
    page = min(box.page for box in boxes)
    here = [box for box in boxes if box.page == page]
    return Band(page, min(box.top for box in here), max(box.bottom for box in here))
