"""Which way up a picture of a page is, found without recognizing all of it in every direction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .recognition import Mark, Recognize

SURE = 0.92
"""Upright text has a mean score above .98, poor scans included; text upside down below .85."""
LEGIBLE = 0.5
"""Below it nothing was read either way: some engines do not see text that lies on its side."""
TALL = 1.5
STEP = 2
"""Every so many pixels are looked at."""
PAPER = 32
"""Side of the squares, in pixels looked at, that the shade of the paper is taken from."""
DARKER = 30
"""Grey levels (of 255) by which ink is darker than the paper around it."""
STRIPS = 8
"""Profiles are taken in so many strips, so that lines that are not quite level do not blur."""
LYING = 0.5
"""Steps of ink from row to row, in shares of those from column to column. Of 134 upright scans and
photos the least had 1.07, of 12 on their side the most had .23."""
GLANCE = 800
"""Pixels of the side of the piece that shows which way up a page is."""


def upright(picture: Any, recognize: Recognize) -> tuple[list[Mark], int]:
    """The words of a page that may lie on its side or stand on its head.

    :return: words, and the quarter turns (counter-clockwise) after which the page is upright;
        corners are those of the turned page
    """
    best: tuple[float, list[Mark], int] = (-1.0, [], 0)
    for tried, turn in enumerate(_likely_turns(picture, recognize)):
        if tried == 2 and best[0] >= LEGIBLE:
            break
        marks = recognize(_turned(picture, turn))
        # engines turn lines that stand, so that they read well what lies
        score = 0.0 if _lies(marks) else mean_score(marks)
        if score > best[0]:
            best = (score, marks, turn)
        if score >= SURE:
            break
    return best[1], best[2]


def _likely_turns(picture: Any, recognize: Recognize) -> Sequence[int]:
    """Quarter turns, the likeliest first; a glance at a piece of a lying page tells two apart."""
    ink = _ink(picture)
    if not _is_lying(ink):
        return (0, 2, 1, 3)
    row, column = (STEP * place for place in _densest(ink, GLANCE // STEP))
    piece = picture[row : row + GLANCE, column : column + GLANCE]
    reads = mean_score(recognize(_turned(piece, 1))) >= SURE
    return (1, 3, 0, 2) if reads else (3, 1, 0, 2)


def _turned(picture: Any, turns: int) -> Any:
    import numpy

    return numpy.ascontiguousarray(numpy.rot90(picture, turns)) if turns else picture


def _ink(picture: Any) -> Any:
    """Where a picture is darker than the paper around, as 0 and 1."""
    import numpy

    grey = picture[::STEP, ::STEP].mean(axis=2)
    height, width = (size // PAPER * PAPER for size in grey.shape)
    squares = grey[:height, :width].reshape(height // PAPER, PAPER, width // PAPER, PAPER)
    paper = numpy.percentile(squares, 80, axis=(1, 3))
    around = numpy.kron(paper, numpy.ones((PAPER, PAPER)))
    return (grey[:height, :width] < around - DARKER).astype(numpy.float32)


def _is_lying(ink: Any) -> bool:
    """Does ink change more from column to column than from row to row, as lines of text do?"""
    return bool(_steps(ink) < LYING * _steps(ink.T))


def _steps(ink: Any) -> float:
    import numpy

    strips = numpy.array_split(ink, STRIPS, axis=1) if ink.size else []
    profiles = [strip.mean(axis=1) for strip in strips if strip.size]
    return float(sum((numpy.diff(profile) ** 2).sum() for profile in profiles))


def _densest(ink: Any, side: int) -> tuple[int, int]:
    """Top and left of the square with the most ink."""
    height, width = ink.shape
    tops = range(0, max(height - side, 0) + 1, side // 2)
    lefts = range(0, max(width - side, 0) + 1, side // 2)
    places = [(top, left) for top in tops for left in lefts]
    return max(places, key=lambda at: ink[at[0] : at[0] + side, at[1] : at[1] + side].sum())


def mean_score(marks: Sequence[Mark]) -> float:
    """Mean score by letter; 0 without any word."""
    letters = sum(len(mark.text) for mark in marks)
    return sum(mark.score * len(mark.text) for mark in marks) / letters if letters else 0.0


def _lies(marks: Sequence[Mark]) -> bool:
    """Are most longer words taller than wide?"""
    shapes = [
        abs(mark.corners[3][1] - mark.corners[0][1]) + abs(mark.corners[1][1] - mark.corners[0][1])
        > TALL
        * (
            abs(mark.corners[1][0] - mark.corners[0][0])
            + abs(mark.corners[3][0] - mark.corners[0][0])
        )
        for mark in marks
        if len(mark.text) >= 4
    ]
    return sum(shapes) * 2 > len(shapes)
