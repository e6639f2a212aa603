"""Text across the page: watermarks, stamps, remarks along the margin. It is no part of a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pymupdf

ALONG = 0.9986
"""Cosine of 3 degrees: text that leans less runs with the rest."""
Direction = tuple[float, float]


def slanted_lines(
    page: pymupdf.Page, spans: Sequence[dict[str, Any]], flags: int
) -> set[tuple[int, int]]:
    """``(block, line)`` of the text that runs in another direction than most of the page.

    :param spans: what ``page.get_texttrace()`` gives
    :param flags: those that the words of the page are taken with
    """
    main = _main(spans)
    if all(_along(span["dir"], main) for span in spans):
        return set()
    blocks = page.get_text("dict", flags=flags)["blocks"]
    return {
        (block["number"], index)
        for block in blocks
        for index, line in enumerate(block.get("lines", ()))
        if not _along(line["dir"], main)
    }


def _main(spans: Sequence[dict[str, Any]]) -> Direction:
    """The direction of most characters."""
    votes: dict[Direction, int] = {}
    for span in spans:
        key = (round(span["dir"][0], 2), round(span["dir"][1], 2))
        votes[key] = votes.get(key, 0) + len(span["chars"])
    return max(votes, key=lambda item: votes[item], default=(1.0, 0.0))


def _along(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] * other[0] + one[1] * other[1] >= ALONG - 0.005
