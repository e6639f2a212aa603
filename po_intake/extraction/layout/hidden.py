"""Text that is in a PDF but that nobody sees: white, tiny, transparent, covered, off the page.

Suspects are found by how their text is drawn, which costs next to nothing; only suspects are
looked at in the picture of the page. A box of text that shows one colour only shows no text: so
white letters on a blue head stay, and white letters on white paper go.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .painted import Rectangle, filled_areas

if TYPE_CHECKING:
    import pymupdf

TINY = 2.5
"""Letters smaller than this many points are read by no one."""
FAINT = 0.15
LIGHT = 0.8
"""Brighter text, from 0 to 1, may vanish on white paper."""
INVISIBLE = 3
"""Text render mode of text that is not painted, like the text layer of a scan."""
BAND = 24.0
"""Height of a band of a page, in points, for looking covers up."""
LOWEST = 20000.0
"""No page is higher, in points."""
SAME_COLOUR = 24
"""Grey levels (of 255) that a picture may differ by and still show nothing."""


def hidden_boxes(page: pymupdf.Page, spans: Sequence[dict[str, Any]]) -> list[Rectangle]:
    """Boxes of text that cannot be seen, in coordinates of the page before its rotation.

    :param spans: what ``page.get_texttrace()`` gives
    """
    suspects, certain = [], []
    covers = _by_height(_covers(page, spans))
    for span in spans:
        if span["type"] == INVISIBLE:
            if not _scanned(page):
                certain.append(span["bbox"])
        elif span["size"] < TINY or span.get("opacity", 1) < FAINT:
            certain.append(span["bbox"])
        elif _is_light(span.get("color")) or (covers and _is_covered(span, covers)):
            suspects.append(span["bbox"])
    return certain + _unseen(page, suspects)


def is_outside(x: float, y: float, width: float, height: float) -> bool:
    """Is the middle of a word off a page of this size, before its rotation?"""
    return not (-1 <= x <= width + 1 and -1 <= y <= height + 1)


@lru_cache(maxsize=256)
def _is_light(colour: tuple[float, ...] | None) -> bool:
    if not colour:
        return False
    if len(colour) == 4:
        return 1 - min(1.0, max(colour[:3]) + colour[3]) > LIGHT
    return min(colour) > LIGHT


def _covers(page: pymupdf.Page, spans: Sequence[dict[str, Any]]) -> list[tuple[int, Rectangle]]:
    """Painted areas that come after some text in drawing order, with their place in it."""
    last = min((span["seqno"] for span in spans), default=0)
    return [
        (index, box)
        for index, box in filled_areas(page)
        if index > last and box[3] - box[1] > 4 and box[2] - box[0] > 4
    ]


def _by_height(covers: Sequence[tuple[int, Rectangle]]) -> dict[int, list[tuple[int, Rectangle]]]:
    """The same by bands of the page, so that a table of many cells is soon looked through."""
    bands: dict[int, list[tuple[int, Rectangle]]] = {}
    for index, box in covers:
        for band in range(int(max(box[1], 0) // BAND), int(min(box[3], LOWEST) // BAND) + 1):
            bands.setdefault(band, []).append((index, box))
    return bands


def _is_covered(span: dict[str, Any], covers: dict[int, list[tuple[int, Rectangle]]]) -> bool:
    x0, y0, x1, y1 = span["bbox"]
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return any(
        index > span["seqno"] and box[0] <= x <= box[2] and box[1] <= y <= box[3]
        for index, box in covers.get(int(y // BAND), ())
    )


def _scanned(page: pymupdf.Page) -> bool:
    """Is the page a picture, so that its invisible text is the text of the picture?"""
    area = abs(page.rect)
    for image in page.get_image_info():
        x0, y0, x1, y1 = image["bbox"]
        if (x1 - x0) * (y1 - y0) > 0.6 * area:
            return True
    return False


def _unseen(page: pymupdf.Page, boxes: Sequence[Rectangle]) -> list[Rectangle]:
    """Those boxes that show one colour only."""
    if not boxes:
        return []
    import pymupdf

    shown = _as_shown(page, boxes)
    lefts, tops, rights, bottoms = zip(*shown)
    clip = (int(min(lefts)), int(min(tops)), int(max(rights)) + 1, int(max(bottoms)) + 1)
    clip = pymupdf.Rect(*clip) & page.rect
    if clip.is_empty:
        return list(boxes)
    picture = page.get_pixmap(dpi=72, colorspace=pymupdf.csGRAY, alpha=False, clip=clip)
    samples, stride, x, y = picture.samples, picture.stride, picture.x, picture.y
    width, height = picture.width, picture.height
    result = []
    for box, (x0, y0, x1, y1) in zip(boxes, shown):
        left, right = _pixels(x0 - x, x1 - x, width)
        rows = range(*_pixels(y0 - y, y1 - y, height))
        greys = set(b"".join([samples[row * stride + left : row * stride + right] for row in rows]))
        if not greys or max(greys) - min(greys) < SAME_COLOUR:
            result.append(box)
    return result


def _as_shown(page: pymupdf.Page, boxes: Sequence[Rectangle]) -> Sequence[Rectangle]:
    """The boxes on the page after its rotation."""
    if not page.rotation:
        return boxes
    import pymupdf

    matrix = page.rotation_matrix
    return [tuple(pymupdf.Rect(*box) * matrix) for box in boxes]


def _pixels(start: float, end: float, size: int) -> tuple[int, int]:
    """First and last but one pixel of a stretch, within a picture of this size."""
    return max(int(start), 0), min(int(end) + 1, size)
