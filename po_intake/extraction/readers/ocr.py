"""Orders that are pictures: scans in a PDF, photos, faxes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from .. import mupdf
from ..containers import pictures
from ..document import Evidence, OrderDocument
from ..layout.page import Page, Word
from ..reader import EmptySource, Hints, NoText, TooLarge
from ..sandbox import PATIENT
from ..source import Source
from . import orientation, recognition
from .straighten import level

PAGES = 20  # recognized at most
PIXELS = 50_000_000  # of a picture as it is stored
SIDE = 2200  # pixels of the longer side as it is recognized; A4 at 190 dots per inch
FEW = 60  # a page with fewer typed letters is a picture
STRIP = 0.1  # of a page: smaller pictures are logos
MOSTLY = 0.6  # of a page that pictures fill, for it to be a scan
UNPAINTED = 3  # type of text that is not painted

_seen_last: dict[bytes, tuple[list[recognition.Mark], int]] = {}
"""What was recognized last, by the digest of the picture, in this process."""


@dataclass
class _Seen:
    """A page with where its words really stand, before it was turned and straightened."""

    page: Page
    boxes: dict[Word, tuple[float, float, float, float]]


class OcrReader:
    """Recognizes words and lets the layout engine read them."""

    code = "ocr"
    cost = 60
    sandboxed = True
    limits = PATIENT

    def can_read(self, source: Source) -> bool:
        """A picture, or a PDF that may consist of pictures."""
        return source.kind in mupdf.KINDS

    def read(self, source: Source, hints: Hints) -> tuple[OrderDocument, ...]:
        """The orders on the pages.

        :raises NoText: no engine is installed, or no page is a picture
        :raises ReaderError: broken, locked or too large
        """
        from ..layout.engine import read_pages

        seen = list(_pages(source))
        if not any(item.page.words for item in seen):
            raise EmptySource
        documents = read_pages([item.page for item in seen], hints, papers=True)
        return tuple(_restored(document, seen) for document in documents)


def _pages(source: Source) -> Iterator[_Seen]:
    if (pictures.area(source.content) or 0) > PIXELS:
        raise TooLarge(limit="pixels", value=PIXELS)
    with mupdf.opened(source.content, source.kind) as document:
        typed = [_is_typed(page) for page in document]
        if all(typed):
            raise NoText(reason="typed")
        if typed.count(False) > PAGES:
            raise TooLarge(limit="pages", value=PAGES)
        for number, page in enumerate(document, 1):
            yield _typed(page, number) if typed[number - 1] else _recognized(page, number)


def _is_typed(page: Any) -> bool:
    """Does the page show typed words?

    Text that is not painted, or lies under pictures of the page, is what some other recognition
    made of them.
    """
    pictures_, last = 0.0, -1
    for position, (kind, box) in enumerate(page.get_bboxlog()):
        if kind == "fill-image":
            x0, y0, x1, y1 = box
            share = (x1 - x0) * (y1 - y0) / (abs(page.rect) or 1)
            if share > STRIP:
                pictures_, last = pictures_ + share, position
    shown = sum(
        len(span["chars"])
        for span in page.get_texttrace()
        if span["type"] != UNPAINTED and (pictures_ < MOSTLY or span["seqno"] > last)
    )
    return shown >= FEW


def _typed(page: Any, number: int) -> _Seen:
    words = tuple(Word(item[4], *item[:4], page=number) for item in page.get_text("words"))
    return _Seen(Page(number, page.rect.width, page.rect.height, words), {})


def recognized_words(page: Any, number: int) -> list[tuple[str, tuple[float, float, float, float]]]:
    """The words of a page that is a picture, with their boxes on the page as it was scanned.

    :raises NoText: no engine is installed
    """
    seen = _recognized(page, number)
    return [(word.text, seen.boxes[word]) for word in seen.page.words]


def _recognized(page: Any, number: int) -> _Seen:
    """One page's words, turned upright and straightened, in points of the page."""
    import numpy

    stored = sum(item["width"] * item["height"] for item in page.get_image_info())
    if stored > PIXELS:
        raise TooLarge(limit="pixels", value=PIXELS)
    zoom = SIDE / max(page.rect.width, page.rect.height, 1)
    picture = page.get_pixmap(matrix=_matrix(zoom), alpha=False, colorspace="rgb")
    array = numpy.frombuffer(picture.samples, dtype=numpy.uint8)
    array = array.reshape(picture.height, picture.width, 3)
    marks, turns = _upright(array)
    width, height = page.rect.width, page.rect.height
    if turns % 2:
        width, height = height, width
    lines = level(marks, width * zoom, height * zoom)
    words, boxes = [], {}
    for mark in marks:
        corners = [(x / zoom, y / zoom) for x, y in mark.corners]
        straight = [tuple(part / zoom for part in lines.point(*corner)) for corner in mark.corners]
        word = Word(mark.text, *_box(straight), page=number, confidence=mark.weakest)
        words.append(word)
        boxes[word] = _box([_turned_back(x, y, width, height, turns) for x, y in corners])
    return _Seen(Page(number, width, height, tuple(words)), boxes)


def _upright(array: Any) -> tuple[list[recognition.Mark], int]:
    """What was recognized in a picture; one that was just seen is not recognized again.

    A page is read, laid before a second reader and shown to people within minutes.
    """
    key = hashlib.sha256(array).digest()
    if key not in _seen_last:
        if len(_seen_last) >= PAGES:
            del _seen_last[next(iter(_seen_last))]
        _seen_last[key] = orientation.upright(array, recognition.engine())
    return _seen_last[key]


def _matrix(zoom: float) -> Any:
    import pymupdf

    return pymupdf.Matrix(zoom, zoom)


def _box(corners: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _turned_back(
    x: float, y: float, width: float, height: float, turns: int
) -> tuple[float, float]:
    """A point of the upright page (width x height) on the page as it was scanned."""
    if turns == 1:  # the page was turned counter-clockwise
        return height - y, x
    if turns == 2:
        return width - x, height - y
    return (y, width - x) if turns == 3 else (x, y)


def _restored(document: OrderDocument, seen: list[_Seen]) -> OrderDocument:
    """The document with boxes as they stand on the page that people see."""
    pages = {item.page.number: item for item in seen}
    evidence = {
        path: _unstraightened(item, pages.get(item.page or 0))
        for path, item in document.evidence.items()
    }
    return replace(document, evidence=evidence)


def _unstraightened(item: Evidence, seen: _Seen | None) -> Evidence:
    if item.bbox is None or seen is None:
        return replace(item, reader=OcrReader.code)
    x0, y0, x1, y1 = item.bbox
    found = [
        box
        for word, box in seen.boxes.items()
        if x0 <= (word.x0 + word.x1) / 2 <= x1 and y0 <= (word.y0 + word.y1) / 2 <= y1
    ]
    bbox = item.bbox
    if found:
        lefts, tops, rights, bottoms = zip(*found, strict=True)
        bbox = (min(lefts), min(tops), max(rights), max(bottoms))
    return replace(item, bbox=tuple(round(value, 2) for value in bbox), reader=OcrReader.code)
