"""Words by pdfminer.six: slower, but it understands some fonts that PyMuPDF does not."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from .page import Word


def page_words(content: bytes, numbers: Sequence[int]) -> dict[int, tuple[Word, ...]]:
    """The words of some pages (counted from 1); pages that fail are missing."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams

    wanted = sorted(numbers)
    result: dict[int, tuple[Word, ...]] = {}
    layout = LAParams(boxes_flow=None, char_margin=1.0, line_margin=0.01)
    try:
        pages = extract_pages(
            io.BytesIO(content), page_numbers=[number - 1 for number in wanted], laparams=layout
        )
        for number, page in zip(wanted, pages):
            height = page.height
            result[number] = tuple(
                Word(text, x0, height - y1, x1, height - y0, number)
                for text, x0, y0, x1, y1 in _words(page)
            )
    except Exception:  # a second opinion that fails is no opinion; pdfminer raises all sorts
        return result
    return result


def _words(page: Any) -> Iterator[tuple[str, float, float, float, float]]:
    from pdfminer.layout import LTAnno, LTChar

    for line in _lines(page):
        run: list[LTChar] = []
        for item in line:
            blank = isinstance(item, LTAnno) or not item.get_text().strip()
            if blank and run:
                yield _joined(run)
                run = []
            elif not blank and isinstance(item, LTChar):
                run.append(item)
        if run:
            yield _joined(run)


def _lines(item: Any) -> Iterator[Iterable[Any]]:
    from pdfminer.layout import LTContainer, LTTextLine

    if isinstance(item, LTTextLine):
        yield item
    elif isinstance(item, LTContainer):
        for child in item:
            yield from _lines(child)


def _joined(run: Sequence[Any]) -> tuple[str, float, float, float, float]:
    return (
        "".join(char.get_text() for char in run),
        min(char.x0 for char in run),
        min(char.y0 for char in run),
        max(char.x1 for char in run),
        max(char.y1 for char in run),
    )
