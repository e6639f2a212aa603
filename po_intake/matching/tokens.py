"""Item descriptions as tokens in which sizes, units and models are exact and words are not.

"M8 x 40", "M8x40" and "m8×40" are one token, "M8x45" is another; "1,5 m" equals "1500 mm",
"0.80 mm" equals ",8 mm"; "DIN 933" equals "DIN933". A token with a digit never equals another
one approximately.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from .text import fold, loose
from .vocabulary import canonical, is_polarity, is_telling

# unit -> (base unit, factor): lengths to mm, masses to g, volumes to ml, others to themselves
_UNITS: dict[str, tuple[str, float]] = {
    "um": ("mm", 0.001), "mm": ("mm", 1), "cm": ("mm", 10), "dm": ("mm", 100), "m": ("mm", 1000),
    "mtr": ("mm", 1000), "km": ("mm", 1e6), "mg": ("g", 0.001), "g": ("g", 1), "gr": ("g", 1),
    "kg": ("g", 1000), "ml": ("ml", 1), "cl": ("ml", 10), "dl": ("ml", 100), "l": ("ml", 1000),
    "ltr": ("ml", 1000), "liter": ("ml", 1000), "litre": ("ml", 1000), "litres": ("ml", 1000),
    "g/m2": ("gsm", 1), "gsm": ("gsm", 1), "g/qm": ("gsm", 1), "m2": ("m2", 1), "qm": ("m2", 1),
    "mm2": ("mm2", 1), "qmm": ("mm2", 1), "cm2": ("mm2", 100),
    "m3": ("m3", 1), "v": ("v", 1), "volt": ("v", 1), "kv": ("v", 1000), "w": ("w", 1),
    "watt": ("w", 1), "kw": ("w", 1000), "a": ("a", 1), "ma": ("a", 0.001), "ah": ("ah", 1),
    "mah": ("ah", 0.001), "hz": ("hz", 1), "khz": ("hz", 1000), "bar": ("bar", 1), "gb": ("gb", 1),
    "tb": ("gb", 1000), "k": ("k", 1), "lm": ("lm", 1), "nm": ("nm", 1), "%": ("%", 1),
    '"': ("in", 1), "''": ("in", 1), "in": ("in", 1), "inch": ("in", 1), "zoll": ("in", 1),
    "pouces": ("in", 1), "ft": ("ft", 1), "oz": ("oz", 1), "lb": ("lb", 1), "lbs": ("lb", 1),
}  # fmt: skip

_NUMBER = r"\d+(?:[.,]\d+)*|[.,]\d+"
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
_UNIT_END = r"(?=$|[^a-z0-9/]|x\s*\d|/(?!\w))"
_TOKEN = re.compile(
    rf"""
    (?P<dim>[a-z]{{0,3}}\d+(?:[.,/]\d+)*(?:\s*x\s*\d+(?:[.,/]\d+)*)+(?![a-z0-9])
           |[a-z]{{0,3}}\d+(?:[.,/]\d+)*(?:\s*x\s*\d+(?:[.,/]\d+)*)+(?=(?:{_UNIT}){_UNIT_END}))
        (?:\s*(?P<dim_unit>{_UNIT}){_UNIT_END})?
    |(?P<fraction>\d+/\d+)(?![\d/])(?:\s*(?P<fraction_unit>"|''|zoll\b|inch\b|in\b))?
    |(?P<number>{_NUMBER})(?:\s*(?P<unit>{_UNIT}){_UNIT_END})
    |(?P<bare>{_NUMBER})(?![a-z0-9+])
    |(?P<word>[a-z]{{3,}})(?P<model>\d+(?:[.,]\d+)?)(?![a-z0-9])
    |(?P<mixed>[a-z0-9]+(?:[.,]\d+)?[+]*)
    """,
    re.VERBOSE,
)
_MEASURE = re.compile(r"\d+(?:\.\d+)?(?:mm|ml|g|v|w|a|in)|[a-z]{0,3}\d+(?:\.\d+)?x[\dx.]+")
_DIAMETER = re.compile(r"[ØøΦφ⌀∅]\s*(?=[\d.,])")
_BELOW_ZERO = re.compile(r"(?<![\w])[-−](?=\d+(?:[.,]\d+)?\s*°)")
_NUMERO = re.compile(r"\bno\.?\s*(?=\d)")
_TIMES = re.compile(r"(?<=\d)\s*[*×]\s*(?=\d)|(?<=\d[mc]m)x(?=\d)|(?<=\dm)x(?=\d)")

# words that carry next to nothing, in the languages of the interface
_FILLERS = frozenset(
    "of the an and or for per in und der die das fur von aus en de het een van voor et la le les "
    "du des un une pour los las del para il lo gli di da os as do na art artikel item article "
    "nr ref".split()
)
# a single letter is often a size or a grade, and often nothing
FILLER_WEIGHT, LETTER_WEIGHT, WORD_WEIGHT, NUMBER_WEIGHT = 0.25, 0.6, 1.0, 1.6


@dataclass(frozen=True)
class Tokens:
    """The tokens of one description, in order, each once.

    :param ordered: canonical tokens; those with a digit are exact, the others are words
    :param bare: measures by the number that was printed: "1.5" -> "1500mm"
    """

    ordered: tuple[str, ...]
    bare: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def all(self) -> frozenset[str]:
        return frozenset(self.ordered)

    @cached_property
    def sequence(self) -> tuple[str, ...]:
        """Sizes, models and letters in order: "1/2 to 3/4" is not "3/4 to 1/2"."""
        return tuple(token for token in self.ordered if len(token) == 1 or has_digit(token))

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(token for token in self.ordered if has_digit(token))

    @cached_property
    def joins(self) -> dict[str, tuple[str, str]]:
        """Neighbours written together: "dn" + "12" -> "dn12", "pz2" + "100" -> "pz2x100"."""
        found = {}
        for one, two in zip(self.ordered, self.ordered[1:]):
            if not (one[-1].isdigit() and two[0].isdigit()):
                found[one + two] = (one, two)
            if has_digit(one) and two[0].isdigit():
                found[f"{one}x{two}"] = (one, two)
        return found

    @cached_property
    def weight(self) -> float:
        return sum(weight(token) for token in self.ordered)


@lru_cache(maxsize=1 << 16)
def tokenize(text: str) -> Tokens:
    """Tokens of a printed description or a product name."""
    prepared = fold(_TIMES.sub(" x ", _DIAMETER.sub(" ", _BELOW_ZERO.sub("minus ", text))))
    prepared = _NUMERO.sub("nr ", prepared)
    found: list[str] = []
    bare: dict[str, str] = {}
    for match in _TOKEN.finditer(prepared):
        tokens = _canonical(match)
        found.extend(tokens)
        if match["number"]:
            bare[_plain(match["number"], grouped=True)] = tokens[0]
    return Tokens(tuple(dict.fromkeys(found)), bare)


def _canonical(match: re.Match[str]) -> list[str]:
    kind = match.lastgroup
    if match["dim"]:
        parts = re.split(r"\s*x\s*", match["dim"])
        prefix = re.match(r"[a-z]*", parts[0]).group()  # type: ignore[union-attr]
        parts[0] = parts[0][len(prefix) :]
        return [prefix + "x".join(_plain(part) for part in parts)]
    if match["fraction"]:
        return [match["fraction"] + ("in" if match["fraction_unit"] else "")]
    if match["number"]:
        base, factor = _UNITS[match["unit"]]
        return [f"{float(_plain(match['number'], grouped=True)) * factor:.10g}{base}"]
    if match["bare"]:
        return [_plain(match["bare"], grouped=True)]
    if kind == "model":
        return [_word(match["word"]), _plain(match["model"])]
    word = match["mixed"].replace(",", ".")
    return [_word(word)] if word != "x" else []


def _word(word: str) -> str:
    return canonical(loose(word))


def _plain(number: str, grouped: bool = False) -> str:
    """2,50 -> 2.5; 1.000 -> 1000 if it may be grouped; leading zeros of a code stay."""
    if "/" in number:
        return number
    if grouped and re.fullmatch(r"[1-9]\d{0,2}(?:[.,]\d{3})+", number):
        return re.sub(r"[.,]", "", number)
    whole, dot, decimals = number.replace(",", ".").rpartition(".")
    if not dot:
        return number
    decimals = decimals.rstrip("0")
    whole = whole.replace(".", "") or "0"
    return f"{whole}.{decimals}" if decimals else whole


@lru_cache(maxsize=1 << 16)
def has_digit(token: str) -> bool:
    return not token.isalpha() and any(char.isdigit() for char in token)


@lru_cache(maxsize=1 << 16)
def weight(token: str) -> float:
    """How much a token tells: numbers and models most, fillers next to nothing."""
    if has_digit(token):
        return NUMBER_WEIGHT
    if len(token) == 1:
        return LETTER_WEIGHT
    return FILLER_WEIGHT if token in _FILLERS else WORD_WEIGHT


def tells_apart(token: str) -> bool:
    """Does this token, wherever it is printed, set one item of a family apart from another?"""
    return is_telling(token) or bool(_MEASURE.fullmatch(token))


def is_plain(token: str) -> bool:
    """Is it a word that may be left out: no size or model, no colour, material, side or grade?"""
    return len(token) > 3 and token.isalpha() and not is_telling(token) and not is_polarity(token)


def may_be_typo(token: str) -> bool:
    """May this token be a misspelt form of another? Only longer words that turn no meaning."""
    return len(token) >= 5 and not has_digit(token) and not is_polarity(token)


@lru_cache(maxsize=1 << 16)
def shape(token: str) -> str:
    """The kind of a token with digits: its letters, and "#" for each number.

    Two numbers of one shape that differ contradict each other ("12mm" and "14mm"), two of
    different shapes do not ("12mm" and "80g").
    """
    return re.sub(r"\d+(?:[./]\d+)?", "#", token)
