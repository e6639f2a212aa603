"""Lines of a mail as the sentences and list items that its writer meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ..layout.lexicon import lexicon
from ..layout.text import squash

LONG = 50  # characters; so long a line may have been wrapped by the mail program
BULLET = re.compile(
    r"^\s*(?:[-*+•·‣▪●–—>]|\(?\d{1,3}(?:[.)]|\s[-–])|pos\.?\s*\d+[.:]?|item\s*\d+[.:])\s+(?=\S)",
    re.I,
)
_END = re.compile(r"(?<=[\w)\]])[.!?]\s+(?=[A-ZÀ-ÞĄ-Ż¿¡])")
_GOES_ON = re.compile(r"^\s*[a-zà-ÿąćęłńóśźż(]")
_OPEN = re.compile(r",$|(?<![^\W\d_])(?P<word>[^\W\d_]{1,6})$")
_WORD_PARTS = re.compile(r"[.(/-]")
# What links an item to the one before it in a sentence.
AND = "and|und|sowie|en|et|y|e|ed|i|oraz|plus|as well as|ainsi que|así como|nonché|bem como"
_COUNTED = re.compile(rf"(?:,|\s(?:{AND}))\s+\d[\d.,]*(?:\s(?P<unit>[^\W\d_]{{1,12}}\.?))?$", re.I)
_NUMBER_LAST = re.compile(r"\d[.,]\d+$")
_CURRENCY = re.compile(r"\s*(?:[€$£]|(?:EUR|USD|GBP|CHF|PLN|zł)\b)")
_CODE_ALONE = re.compile(r"^\s*(?=\S*\d)\S+\s*$")


@dataclass(frozen=True)
class Sentence:
    """One sentence or list item.

    :param line: number of the line it begins in, from 0
    :param listed: the line holds nothing else
    :param bullet: a sign of a list stands before it
    """

    line: int
    text: str
    listed: bool = False
    bullet: bool = False


def sentences(lines: Sequence[str], begins: Collection[int] = ()) -> Iterator[Sentence]:
    """The lines cut into sentences; lines that a mail program wrapped are joined first.

    :param begins: numbers of lines that are known to begin a paragraph
    """
    for number, text in _unwrapped(lines, begins):
        bullet = BULLET.match(text)
        rest = text[bullet.end() :] if bullet else text.strip()
        parts = list(_parts(rest))
        for part in parts:
            yield Sentence(number, part, len(parts) == 1, bool(bullet))


def _unwrapped(lines: Sequence[str], begins: Collection[int]) -> Iterator[tuple[int, str]]:
    start, text = 0, ""
    for number, line in enumerate(lines):
        if text and number not in begins and _wraps(text, lines[number - 1], line):
            text = f"{text.rstrip()} {line.strip()}"
            continue
        if text.strip():
            yield start, text
        start, text = number, line
    if text.strip():
        yield start, text


def _wraps(text: str, last: str, line: str) -> bool:
    """Does a line only go on with what the last one began?"""
    if len(last.rstrip()) < LONG or not line.strip() or BULLET.match(line):
        return False
    if text.count("(") > text.count(")") or (_NUMBER_LAST.search(text) and _CURRENCY.match(line)):
        return True
    if _CODE_ALONE.match(line) or last.rstrip().endswith((":", ".", "!", "?", ";")):
        return False
    if _begins_alike(text, line):
        return False
    if _GOES_ON.match(line):
        return True
    counted = _COUNTED.search(text.rstrip())
    if counted and (not counted.group("unit") or _is_unit(counted.group("unit"))):
        return True
    ends = _OPEN.search(text.rstrip())
    return bool(ends) and not _is_unit(ends.group("word") or "")


def _begins_alike(text: str, line: str) -> bool:
    """Do both lines begin with a number, or with the same word: items of a list?"""
    above, below = text.split()[0], line.split()[0]
    return above == below or (above[0].isdigit() and below[0].isdigit())


def _is_unit(word: str) -> bool:
    return "unit" in lexicon().kinds("word", squash(word))


def _parts(text: str) -> Iterator[str]:
    start = 0
    for match in _END.finditer(text):
        word = text[start : match.start()].split()[-1:]
        if word and _is_short(word[0]):
            continue
        yield text[start : match.start()].strip()
        start = match.end()
    if text[start:].strip():
        yield text[start:].strip()


def _is_short(word: str) -> bool:
    """Is the full stop behind this word no end: "uds.", "Art.", "Nr."?"""
    word = _WORD_PARTS.split(word)[-1]  # "Art.-Nr" ends as "Nr" does
    key, words = squash(word), lexicon()
    if any(char.isdigit() for char in key):
        return len(key) < 3
    return len(key) < 4 or _is_unit(word) or "glue" in words.kinds("mail", key)
