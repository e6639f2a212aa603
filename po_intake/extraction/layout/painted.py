"""Which areas of a page are filled, and when in the order of drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pymupdf

Rectangle = tuple[float, float, float, float]

PATHS = (b" f ", b" F ", b" f* ", b" B ", b" B* ", b" b ", b" b* ")
"""Operators of a page's contents that fill a path (ISO 32000-1, table 60)."""
OTHERS = (b" Do ", b" sh ", b" BI ", b" scn ")
"""Operators that paint anything else than paths and text: pictures, shadings, patterns, forms."""
FILLED = ("fill-path", "fill-image", "fill-shade")
DELIMITERS = bytes.maketrans(b"\0\t\n\f\r()<>[]{}/%", b" " * 15)


def filled_areas(page: pymupdf.Page) -> list[tuple[int, Rectangle]]:
    """Each filled area with its place in the drawing order, as ``page.get_texttrace()`` counts.

    The log of everything that is drawn is dear, so it is asked for only where the contents show
    that more than text and paths may be in it.
    """
    contents = _contents(page)
    if contents is None or page.annot_xrefs() or any(map(contents.__contains__, OTHERS)):
        log = enumerate(page.get_bboxlog())
        return [(index, tuple(box)) for index, (kind, box, *_rest) in log if kind in FILLED]
    if any(map(contents.__contains__, PATHS)):
        paths = page.get_cdrawings()
        return [(path["seqno"], tuple(path["rect"])) for path in paths if "f" in path["type"]]
    return []


def _contents(page: pymupdf.Page) -> bytes | None:
    """A page's contents with a blank around each operator; None if it has none to be read."""
    if not page.parent.is_pdf:
        return None  # a picture has no contents
    try:
        return b" %b " % page.read_contents().translate(DELIMITERS)
    except (RuntimeError, ValueError):
        return None
