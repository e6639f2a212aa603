"""The lines of a recognized page made level, by how the words on it follow each other.

Paper lies askew on the glass, and on a photo its lines run together at one side. Boxes of single
words tell little of it: they are short, and end at whole pixels. From word to word along a line
the same pixel is seen over a longer way.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .recognition import Mark

ROUNDS = 5
MOST = 2000
"""So many words show enough; each is compared with every other."""
FEWEST = 3
"""Pairs of words that must follow each other to show anything."""
APART, NEAR = 0.8, 30.0
"""The blank between words that are compared, in heights: those that stand nearer were boxed
together, mostly level; those further apart may be of different lines."""
OFF = 0.4
"""Middles of words of one line differ by at most so much of their height."""
STRAY = 5.0
"""Words whose middles are off by so many pixels stand on different lines."""
PIXEL, BENT = 2.0, 0.005
"""What middles scatter by, in pixels, and by what slopes usually vary over a page: lines are taken
for straight and level as far as words do not show the contrary."""


@dataclass(frozen=True)
class Level:
    """How lines run, as a function of the place on the page.

    :param slope: of a line through the middle of the page, clockwise
    :param along: by how much it is more at the right end of the page than in its middle
    :param down: by how much it is more at the bottom
    """

    width: float
    height: float
    slope: float = 0.0
    along: float = 0.0
    down: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point stands once the lines are level."""
        right, below = x - self.width / 2, y - self.height / 2
        drop = self.slope + self.along * right / self.width + 2 * self.down * below / self.height
        return x + self.slope * below, y - right * drop


def level(marks: Sequence[Mark], width: float, height: float) -> Level:
    """How the lines of these words run, on a picture of ``width`` x ``height`` pixels."""
    import numpy

    if not marks:
        return Level(width, height)
    boxes = numpy.array([_box(mark) for mark in marks[:MOST]])
    result = Level(width, height, _slope_of_boxes(marks))
    for rounds in range(ROUNDS):
        pairs = _pairs(boxes, result)
        if len(pairs) < FEWEST:
            break
        if not rounds:
            result = Level(width, height, _usual_slope(pairs))
        result = _fitted(pairs, result)
    return result


def _box(mark: Mark) -> tuple[float, float, float, float]:
    """Left end, right end, middle and height of a word."""
    xs, ys = zip(*mark.corners, strict=True)
    return min(xs), max(xs), sum(ys) / 4, math.dist(mark.corners[0], mark.corners[3])


def _slope_of_boxes(marks: Sequence[Mark]) -> float:
    """What the words' own boxes say, the long ones most."""
    across = down = 0.0
    for (x0, y0), (x1, y1), *_below in (mark.corners for mark in marks):
        across, down = across + (x1 - x0) ** 2, down + (x1 - x0) * (y1 - y0)
    return down / across if across else 0.0


def _pairs(boxes: Any, known: Level) -> Any:
    """Middles of words and of the ones that follow on their lines: x, y, and the way from one to
    the other."""
    import numpy

    left, right, y, height = boxes.T
    x = (left + right) / 2
    _x, straight = known.point(x, y)
    size = numpy.minimum(height[:, None], height[None, :])
    gap = left[None, :] - right[:, None]
    off = numpy.abs(straight[None, :] - straight[:, None])
    gap[(gap < APART * size) | (gap > NEAR * size) | (off > OFF * size)] = numpy.inf
    behind = gap.argmin(axis=1)
    found = numpy.flatnonzero(numpy.isfinite(gap[numpy.arange(len(x)), behind]))
    other = behind[found]
    return numpy.stack([x[found], y[found], x[other] - x[found], y[other] - y[found]], axis=1)


def _fitted(pairs: Any, known: Level) -> Level:
    """Least squares; a pair counts as its middles are exact, so the longer the more.

    Neighbours that are off by more than words of one line are on lines of their own, like those of
    two addresses side by side: their weight goes down to nothing (Tukey's biweight).
    """
    import numpy

    x, y, across, down = pairs.T
    width, height = known.width, known.height
    middle = 2 * (x + across / 2 - width / 2) / width
    below = 2 * (y + down / 2 - height / 2) / height
    terms = numpy.stack([numpy.ones(len(x)), middle, below], axis=1)
    off = down - across * (terms @ [known.slope, known.along, known.down])
    weight = numpy.clip(1 - (off / STRAY) ** 2, 0, None)
    rows = terms * (weight * across / PIXEL)[:, None]
    usual = numpy.diag([0.0, 1 / BENT, 1 / BENT])
    ends = numpy.concatenate([weight * down / PIXEL, numpy.zeros(3)])
    found = numpy.linalg.lstsq(numpy.vstack([rows, usual]), ends, rcond=None)[0]
    return Level(width, height, *map(float, found))


def _usual_slope(pairs: Any) -> float:
    """The median slope, by length."""
    import numpy

    slopes = pairs[:, 3] / pairs[:, 2]
    order = slopes.argsort()
    reach = pairs[order, 2].cumsum()
    return float(slopes[order][numpy.searchsorted(reach, reach[-1] / 2)])
