"""Recognizing the words of a picture. Engines are optional and loaded when first used.

rapidocr carries its models in its wheel and reads poor scans best; tesseract is used where only
that is installed. Either answers words with boxes in pixels of the picture it was given.
"""

from __future__ import annotations

import csv
import io
import logging
import math
import re
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from ..reader import NoText

Corner = tuple[float, float]
WIDE = frozenset("mwMW@%")
"""Letters whose centers are farther from their neighbours' than those of others,"""
WIDE_BY = 0.25
"""by this share of the height of the line."""
GAP = 0.71
"""Distance of centers, in heights of the line, that parts words. In print of eight languages it
was at most .70 within words and mostly .75 and more between cells."""


@dataclass(frozen=True)
class Mark:
    """One recognized word; corners clockwise from the top left one as the text runs.

    :param score: how sure the engine is of its letters on average, 0..1
    :param weakest: the same of the least sure one, since one wrong letter makes another code;
        marks do not count, and figures less, see :data:`FIGURE`
    """

    text: str
    corners: tuple[Corner, Corner, Corner, Corner]
    score: float
    weakest: float = 1.0


GAP_OF_UNIT = 0.62
"""The same between a number and the unit in the next cell."""
SPACED, SPACED_GAP = 0.58, 1.35
"""Titles are set with spaces between their letters. Where centers are usually farther apart than
that, words are parted by so many times the usual distance only, or by a blank that was seen."""
FEWEST_STEPS = 5
"""Fewer distances do not tell what is usual."""
ECHO = 0.4
"""Share of a letter that another word covers, so that it is a part of that."""
ALIKE = (
    (re.compile(r"(?<!\w)S\.r\.[I1|](?!\w)"), "S.r.l"),
    (re.compile(r"^[0oO]\.[0oO]\.$"), "o.o."),
    (re.compile(r"(?<=[a-z\u00df-\u00ff])(?<!Mc)I(?![A-Z0-9])"), "l"),
    (re.compile(r"^I(?=b\W*$)"), "l"),
)
"""Letters that look alike to engines, where only one of them makes sense: in legal forms, by which
names of companies are known, within words of small letters ("exkI.") and in pounds ("Ib")."""
FIGURE = 0.2
"""What the score of a figure counts more than that of a letter: of some fifty codes with a figure
below .7 none was wrong, of six with such a letter one was ("W" for "VV")."""
Letter = tuple[str, float, Sequence[Corner]]
"""One recognized letter, its score and its corners."""
Recognize = Callable[[Any], list[Mark]]
"""Words of a picture, an array of height x width x 3 bytes."""


@lru_cache(maxsize=1)
def engine() -> Recognize:
    """The best engine that is installed.

    :raises NoText: none is
    """
    try:
        return _rapid()
    except ImportError:
        if shutil.which("tesseract"):
            return _tesseract
    raise NoText(reason="no_engine")


def _rapid() -> Recognize:
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    from rapidocr import RapidOCR

    reader = RapidOCR(params={"Global.log_level": "error", "Global.use_cls": False})

    def recognize(picture: Any) -> list[Mark]:
        found = reader(picture, return_word_box=True, return_single_char_box=True)
        if found.boxes is None:  # nothing that looks like text
            return []
        return without_echoes(
            [
                words(text, letters, math.dist(box[0], box[3]))
                for text, letters, box in zip(
                    found.txts, found.word_results, found.boxes, strict=True
                )
            ]
        )

    return recognize


def without_echoes(runs: Sequence[Sequence[Mark]]) -> list[Mark]:
    """The words of all runs, without letters that two runs, which overlap, both begin or end with.

    A word that ends one run ("M8x20") may reach into the next, which then starts with "0".
    """
    marks = [mark for run in runs for mark in run]
    ends = [mark for run in runs for mark in (run[:1] + run[-1:])]
    return [mark for mark in marks if not any(_echoes(mark, other) for other in ends)]


def _echoes(mark: Mark, other: Mark) -> bool:
    text = mark.text
    if len(text) > 2 or len(other.text) <= len(text):
        return False
    if not (other.text.endswith(text) or other.text.startswith(text)):
        return False
    shared = 1.0
    for axis in (0, 1):
        low, high = _span(mark, axis)
        from_, to = _span(other, axis)
        shared *= max(min(high, to) - max(low, from_), 0.0) / max(high - low, 1.0)
    return shared > ECHO


def _span(mark: Mark, axis: int) -> tuple[float, float]:
    values = [corner[axis] for corner in mark.corners]
    return min(values), max(values)


def words(text: str, letters: Sequence[Letter], height: float) -> list[Mark]:
    """The words of one recognized line, parted where it has a blank or the picture a gap.

    The engine reads cells that stand close together as one run: "25" and "box" as "25box". The
    letters' places show the gap between them.

    :param letters: those of the text without its blanks
    :param height: of the line in pixels, the measure of gaps
    """
    starts = set()
    position = 0  # in the letters, which have no blanks
    for part in text.split():
        starts.add(position)
        position += len(part)
    if position != len(letters):  # letters of scripts that are told otherwise
        starts = {0}
    centers = [
        (sum(x for x, _y in box) / 4, sum(y for _x, y in box) / 4) for _text, _score, box in letters
    ]
    steps = [
        math.dist(left, right) / height if height else 0.0 for left, right in pairwise(centers)
    ]
    spaced = statistics.median(steps) if len(steps) >= FEWEST_STEPS else 0.0
    for index, step in enumerate(steps, 1):
        if spaced > SPACED:
            gap = step > SPACED_GAP * spaced
        else:
            gap = _is_gap(letters[index - 1][0], letters[index][0], step)
        if gap:
            starts.add(index)
    bounds = sorted({*starts, len(letters)})
    return [_mark(letters[first:last]) for first, last in pairwise(bounds) if first < last]


def _is_gap(left: str, right: str, step: float) -> bool:
    """Do these letters stand too far apart for one word? ``step``: of centers, in line heights."""
    if left.isupper() and right.islower():  # capitals are wide, and begin words
        return False
    wide = (left in WIDE) + (right in WIDE) - (left == ":")  # a colon is narrow, and ends labels
    least = GAP_OF_UNIT if left.isdigit() and right.islower() else GAP
    return step - WIDE_BY * wide > least


def _mark(letters: Sequence[Letter]) -> Mark:
    first, last = letters[0][2], letters[-1][2]
    corners = tuple((float(x), float(y)) for x, y in (first[0], last[1], last[2], first[3]))
    scores = [float(score) for _text, score, _box in letters]
    told = [
        min(score + (FIGURE if letter.isdigit() else 0.0), 1.0)
        for (letter, _score, _box), score in zip(letters, scores)
        if letter.isalnum()
    ]
    text = "".join(text for text, _score, _box in letters)
    for pattern, right in ALIKE:
        text = pattern.sub(right, text)
    return Mark(text, corners, sum(scores) / len(scores), min(told, default=1.0))  # type: ignore[arg-type]


def _tesseract(picture: Any) -> list[Mark]:
    """Words by the command line program; numbers and Latin text need no other language.

    :raises NoText: the program does not work
    """
    height, width = picture.shape[:2]
    with tempfile.NamedTemporaryFile(suffix=".ppm") as file:
        file.write(f"P6 {width} {height} 255\n".encode() + picture.tobytes())
        file.flush()
        command = ["tesseract", file.name, "stdout", "--psm", "11", "tsv"]
        done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        raise NoText(done.stderr.decode("utf-8", "replace")[:200], reason="engine_failed")
    marks = []
    rows = csv.DictReader(io.StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t")
    for row in rows:
        text, score = (row.get("text") or "").strip(), float(row.get("conf") or -1)
        if text and score >= 0:
            x, y, w, h = (float(row[key]) for key in ("left", "top", "width", "height"))
            marks.append(
                Mark(
                    text, ((x, y), (x + w, y), (x + w, y + h), (x, y + h)), score / 100, score / 100
                )
            )
    return marks
