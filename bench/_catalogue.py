"""A made-up catalogue of near twins, and orders that name its items as people would.

Nothing of it comes from a real catalogue: kinds of goods in four languages, multiplied by sizes,
materials, colours and packs, so that thousands of names differ in one figure or one word only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from random import Random

LANGUAGES = ("en_US", "de_DE", "fr_FR", "es_ES")

# kind of goods in four languages | pattern of its sizes
_KINDS = (
    ("Hex bolt", "Sechskantschraube", "Vis à tête hexagonale", "Tornillo hexagonal", "M{a}x{b}"),
    ("Countersunk screw", "Senkkopfschraube", "Vis à tête fraisée", "Tornillo avellanado",
     "{a}x{b}"),
    ("Ball bearing", "Rillenkugellager", "Roulement à billes", "Rodamiento de bolas", "6{a}{c}"),
    ("O-ring", "O-Ring", "Joint torique", "Junta tórica", "{b} x {a} mm"),
    ("Hydraulic hose", "Hydraulikschlauch", "Flexible hydraulique", "Manguera hidráulica",
     "DN{a} {b} cm"),
    ("Cable tie", "Kabelbinder", "Collier de serrage", "Brida para cables", "{a} x {b} mm"),
    ("Drill bit", "Spiralbohrer", "Foret hélicoïdal", "Broca helicoidal", "{a}.{c} mm"),
    ("Packing tape", "Packband", "Ruban adhésif", "Cinta de embalaje", "{b} mm x {a} m"),
    ("Work trousers", "Arbeitshose", "Pantalon de travail", "Pantalón de trabajo", "{b}"),
    ("LED panel", "LED-Panel", "Panneau LED", "Panel LED", "{b}x{b} {a} W"),
)  # fmt: skip
# product lines, told apart by their name; each size comes in so many of them
_SERIES, _SERIES_OF_ONE = 40, 6
_MATERIALS = (
    ("steel", "Stahl", "acier", "acero"),
    ("stainless steel", "Edelstahl", "inox", "acero inoxidable"),
    ("galvanised", "verzinkt", "zingué", "galvanizado"),
    ("brass", "Messing", "laiton", "latón"),
)
_COLOURS = (
    ("black", "schwarz", "noir", "negro"),
    ("white", "weiß", "blanc", "blanco"),
    ("blue", "blau", "bleu", "azul"),
)
_PACKS = (
    ("", "", "", ""),
    ("box of 50", "50 Stück", "boîte de 50", "caja de 50"),
    ("box of 200", "200 Stück", "boîte de 200", "caja de 200"),
)
_SYLLABLES = ("al", "bor", "cen", "dur", "fix", "gra", "hol", "kor", "lum", "nov", "pro", "tec")


@dataclass(frozen=True)
class Item:
    """A product: its code, GTIN, names by language and price."""

    code: str
    barcode: str
    names: dict[str, str]
    price: float


@dataclass(frozen=True)
class Line:
    """A printed line and the index of the product that is meant."""

    description: str
    price: float
    wanted: int


def items(count: int) -> list[Item]:
    """So many products; the first of a larger catalogue are not those of a smaller one."""
    made = list(_names(Random(4711), count))
    random = Random(count)
    random.shuffle(made)
    if len(made) < count:
        raise ValueError(f"only {len(made)} of {count} names")
    return [
        Item(
            code=f"{number:06d}-{random.randrange(100):02d}",
            barcode=_gtin(400_000_000_000 + number),
            names=dict(zip(LANGUAGES, names)),
            price=round(random.uniform(0.05, 250), 2),
        )
        for number, names in enumerate(made[:count])
    ]


def _names(random: Random, count: int) -> Iterator[tuple[str, ...]]:
    series = ["".join(pair).capitalize() for pair in product(_SYLLABLES, repeat=2)]
    random.shuffle(series)
    # sizes grow with the catalogue, as they do where the same goods come in ever more of them
    goods = len(_KINDS) * len(_MATERIALS) * len(_COLOURS) * len(_PACKS) * _SERIES_OF_ONE
    sizes = round((count / goods) ** 0.5) + 3
    seen = set()
    for a, b, kind, material, colour, pack in product(
        range(sizes), range(sizes), _KINDS, _MATERIALS, _COLOURS, _PACKS
    ):
        for line in random.sample(series[:_SERIES], _SERIES_OF_ONE):
            size = kind[4].format(a=4 + 2 * a, b=20 + 5 * b, c=b % 10)
            names = tuple(
                " ".join(filter(None, (kind[at], line, size, material[at], colour[at], pack[at])))
                for at in range(len(LANGUAGES))
            )
            if names not in seen:
                seen.add(names)
                yield names


def _gtin(number: int) -> str:
    digits = f"{number:012d}"
    odd, even = (sum(map(int, digits[start::2])) for start in (0, 1))
    return f"{digits}{-(odd + 3 * even) % 10}"


def company_names(count: int) -> list[tuple[str, str]]:
    """Two made-up words for each of so many companies."""
    words = ["".join(parts) for parts in product(_SYLLABLES, repeat=3)]
    random = Random(count)
    return [(random.choice(words).capitalize(), random.choice(words)) for _n in range(count)]


def lines(catalogue: list[Item], count: int) -> list[Line]:
    """What customers print: other languages, words moved, lost, misspelt or cut short."""
    random = Random(len(catalogue) + 1)
    made = []
    for wanted in random.sample(range(len(catalogue)), count):
        item = catalogue[wanted]
        name = item.names[random.choice(LANGUAGES)]
        made.append(Line(_as_typed(name, random), item.price, wanted))
    return made


def _as_typed(name: str, random: Random) -> str:
    words = name.split()
    kind = random.choice(("as it is", "upper", "moved", "slip", "short", "comma"))
    long = [at for at, word in enumerate(words) if len(word) >= 7 and word.isalpha()]
    if kind == "upper":
        return name.upper()
    if kind == "moved":
        return " ".join([*words[1:], words[0]])
    if kind == "comma":
        return f"{' '.join(words[:2])}, {' '.join(words[2:])}"
    if kind == "slip" and long:
        at = random.choice(long)
        cut = random.randrange(2, len(words[at]) - 1)
        words[at] = words[at][:cut] + words[at][cut + 1 :]
    if kind == "short" and long:
        at = random.choice(long)
        words[at] = words[at][: max(5, len(words[at]) * 3 // 4)] + "."
    return " ".join(words)
