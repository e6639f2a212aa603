"""Text across the page: watermarks, stamps, remarks along the margin. It is no part of a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pymupdf

ALONG = 0.9986
"""Cosine of 3 degrees: text that leans less runs with the rest."""
Direction = tuple[float, float]


def directions(spans: Sequence[dict[str, Any]]) -> dict[Direction, int]:
    """How many characters run in each direction, as ``(cosine, sine)``.

    :param spans: what ``page.get_texttrace()`` gives
    """
    ways: dict[Direction, int] = {}
    for span in spans:
        way = span["dir"]
        ways[way] = ways.get(way, 0) + len(span["chars"])
    return ways


def slanted_lines(
    page: pymupdf.Page, ways: Mapping[Direction, int], flags: int
) -> set[tuple[int, int]]:
    """``(block, line)`` of the text that runs in another direction than most of the page.

    :param ways: see :func:`directions`
    :param flags: those that the words of the page are taken with
    """
    main = _main(ways)
    if all(_along(way, main) for way in ways):
        return set()
    blocks = page.get_text("dict", flags=flags)["blocks"]
    return {
        (block["number"], index)
        for block in blocks
        for index, line in enumerate(block.get("lines", ()))
        if not _along(line["dir"], main)
    }


def _main(ways: Mapping[Direction, int]) -> Direction:
    """The direction of most characters."""
    votes: dict[Direction, int] = {}
    for (cosine, sine), letters in ways.items():
        key = (round(cosine, 2), round(sine, 2))
        votes[key] = votes.get(key, 0) + letters
    return max(votes, key=lambda item: votes[item], default=(1.0, 0.0))


def _along(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] * other[0] + one[1] * other[1] >= ALONG - 0.005
