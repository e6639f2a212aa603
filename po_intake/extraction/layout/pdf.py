"""PDF -> pages of words, read in the direction of the text, without what no eye sees."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..document import WARNING, Evidence, Finding, OrderDocument
from ..mupdf import opened
from ..reader import BrokenSource, NoText
from .hidden import hidden_boxes, is_outside
from .page import Page, Word
from .slanted import Direction, directions, slanted_lines

if TYPE_CHECKING:
    import pymupdf

BROKEN = re.compile(r"[\ufffd\ue000-\uf8ff]|\(cid:\d+\)")
"""Characters without meaning: a font that does not say what its glyphs are."""


UNKNOWN = 0xFFFD
"""What stands for a glyph whose character nobody knows."""


@dataclass(frozen=True)
class Sheet:
    """A page, and how to get from its coordinates back to the page as shown.

    :param turn: degrees by which the page as shown was turned clockwise to read it
    """

    page: Page
    turn: int
    width: float
    height: float
    findings: tuple[Finding, ...] = ()
    picture: bool = False


def read_pdf(content: bytes, max_pages: int) -> list[Sheet]:
    """The pages of a PDF with their visible words.

    :raises ReaderError: broken, encrypted, empty, too many pages, or pictures only
    """
    with opened(content, "pdf", max_pages) as pdf:
        try:
            sheets = [_sheet(page, number) for number, page in enumerate(pdf, 1)]
        except (RuntimeError, ValueError) as error:
            raise BrokenSource(str(error)[:200]) from error
    if any(_is_broken(sheet.page) for sheet in sheets):
        sheets = _second_opinion(content, sheets)
    if not any(sheet.page.words for sheet in sheets):
        raise NoText
    return sheets


def _sheet(page: pymupdf.Page, number: int) -> Sheet:
    spans = page.get_texttrace()
    shown = page.rect
    ways = directions(spans)
    turn = _turn(ways, page.rotation)
    hidden = hidden_boxes(page, spans)
    slanted = slanted_lines(page, ways, _flags())
    words, lost = [], []
    crop = page.cropbox
    width, height = crop.width, crop.height
    matrix = page.rotation_matrix if page.rotation else None
    for x0, y0, x1, y1, text, block, line, _index in page.get_text("words", flags=_flags()):
        if slanted and (block, line) in slanted:
            continue
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        if is_outside(x, y, width, height) or (hidden and any(_holds(box, x, y) for box in hidden)):
            lost.append(text)
            continue
        if matrix:
            x0, y0, x1, y1 = _moved((x0, y0, x1, y1), matrix)
        if turn:
            x0, y0, x1, y1 = _turned((x0, y0, x1, y1), turn, shown.width, shown.height)
        # where a line is not broken, a hyphen that may break one is drawn as a plain one
        words.append(Word(text.replace("\xad", "-"), x0, y0, x1, y1, number))
    findings = _findings(number, lost, unreadable(spans))
    size = (shown.height, shown.width) if turn in (90, 270) else (shown.width, shown.height)
    picture = not words and bool(page.get_images())
    return Sheet(
        Page(number, *size, tuple(words)), turn, shown.width, shown.height, findings, picture
    )


def _findings(number: int, lost: Sequence[str], unread: int) -> tuple[Finding, ...]:
    findings = []
    if lost:
        parameters = {"page": number, "words": len(lost), "text": " ".join(lost)[:200]}
        findings.append(Finding("hidden_text", WARNING, parameters))
    if unread:
        parameters = {"page": number, "characters": unread}
        findings.append(Finding("unreadable_text", WARNING, parameters))
    return tuple(findings)


def visible_words(
    page: pymupdf.Page, number: int
) -> list[tuple[str, tuple[float, float, float, float]]]:
    """The words of a page that an eye sees, with their boxes on the page as shown."""
    sheet = _sheet(page, number)
    width, height = sheet.page.width, sheet.page.height
    return [
        (word.text, _turned((word.x0, word.y0, word.x1, word.y1), -sheet.turn % 360, width, height))
        for word in sheet.page.words
    ]


def _flags() -> int:
    import pymupdf

    return pymupdf.TEXTFLAGS_WORDS & ~pymupdf.TEXT_PRESERVE_LIGATURES


def unreadable(spans: Sequence[dict[str, Any]]) -> int:
    """How many characters beside letters or digits the font gives no meaning.

    A bullet or a pictogram standing alone is missed by no one.
    """
    count = 0
    for span in spans:
        codes = [char[0] for char in span["chars"]]
        if UNKNOWN in codes:
            count += sum(
                code == UNKNOWN
                and any(chr(near).isalnum() for near in codes[max(0, at - 1) : at + 2])
                for at, code in enumerate(codes)
            )
    return count


def _turn(ways: Mapping[Direction, int], rotation: int) -> int:
    """How far the page as shown must be turned clockwise until most of its text is upright."""
    votes: dict[int, int] = {}
    for (cosine, sine), letters in ways.items():
        angle = 0 if cosine > 0.7 else 180 if cosine < -0.7 else 90 if sine > 0 else 270
        votes[angle] = votes.get(angle, 0) + letters
    angle = max(votes, key=lambda item: votes[item], default=0)
    return (-angle - rotation) % 360


def _moved(box: Sequence[float], matrix: Any) -> tuple[float, float, float, float]:
    import pymupdf

    rect = pymupdf.Rect(*box) * matrix
    return (rect.x0, rect.y0, rect.x1, rect.y1)


def _turned(
    box: Sequence[float], turn: int, width: float, height: float
) -> tuple[float, float, float, float]:
    """A box of a page of this size, after turning the page clockwise."""
    x0, y0, x1, y1 = box
    if turn == 90:
        return (height - y1, x0, height - y0, x1)
    if turn == 180:
        return (width - x1, height - y1, width - x0, height - y0)
    if turn == 270:
        return (y0, width - x1, y1, width - x0)
    return (x0, y0, x1, y1)


def as_shown(document: OrderDocument, sheets: Sequence[Sheet]) -> OrderDocument:
    """The document with its evidence in coordinates of the pages as shown."""
    turned = {sheet.page.number: sheet for sheet in sheets if sheet.turn}
    if not turned:
        return document
    evidence = {
        path: _shown(item, turned[item.page]) if item.page in turned else item
        for path, item in document.evidence.items()
    }
    return replace(document, evidence=evidence)


def _shown(item: Evidence, sheet: Sheet) -> Evidence:
    if item.bbox is None:
        return item
    box = _turned(item.bbox, -sheet.turn % 360, sheet.page.width, sheet.page.height)
    return replace(item, bbox=tuple(round(value, 1) for value in box))


def _holds(box: Sequence[float], x: float, y: float) -> bool:
    return box[0] - 0.5 <= x <= box[2] + 0.5 and box[1] - 0.5 <= y <= box[3] + 0.5


def _is_broken(page: Page) -> bool:
    if not BROKEN.search(" ".join([word.text for word in page.words])):
        return False
    broken = sum(bool(BROKEN.search(word.text)) for word in page.words)
    return broken > 0.1 * len(page.words)


def _second_opinion(content: bytes, sheets: list[Sheet]) -> list[Sheet]:
    """pdfminer's words for pages whose text PyMuPDF could not make sense of."""
    from .pdfminer import page_words

    numbers = [sheet.page.number for sheet in sheets if _is_broken(sheet.page)]
    others = page_words(content, numbers)
    result = []
    for sheet in sheets:
        page = replace(sheet.page, words=others.get(sheet.page.number, ()))
        better = sheet.page.number in others and not _is_broken(page) and page.words
        result.append(replace(sheet, page=page, turn=0) if better else sheet)
    return result
