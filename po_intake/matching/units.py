"""Unit words and codes of eight languages as codes of UN/ECE Recommendation 20 and 21.

Packages carry the "X" prefix that Recommendation 20 gives to codes of Recommendation 21 ("XBX"
box, "XPK" pack). A package without a size says nothing about how many pieces are in it: that is
``Unit.size``, printed ("box of 100", "VE 10", "2 x 12") or unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from .text import fold

PIECE = "C62"

# code -> words and abbreviations in en de nl fr es it pt pl, and other codes, all folded
_WORDS: dict[str, str] = {
    "C62": "c62 h87 ea each pc pcs pce pz pza pzs piece pieces unit units unite unites un u "
    "unid und ud uds uni unidad unidades uz st stk stck stuck stueck stuks stks stuk pezzo pezzi "
    "pieza piezas peca pecas n nr szt sztuk sztuka sztuki item items one no ex expl",
    "PR": "pr pair pairs paar par pares paire paires paio paia para pary npr",
    "SET": "set sets satz garnitur kit kits jeu jeux juego jgo jg conjunto cj serie kpl komplet",
    "DZN": "dzn dz dzd doz dozen dozens dtz dtzd dutzend dozijn douz douzaine douzaines docena "
    "docenas dozzina dozzine duzia duzias tuzin",
    "CEN": "cen hundert hundred hundreds honderd cent cento ciento centaines hunderd c100 100st "
    "100stk 100pcs 100pc 100stuck",
    "MIL": "mil tsd tausend thousand thousands duizend mille millier milliers tys tysiac millar "
    "milheiro 1000st 1000stk 1000pcs tst",
    "MTR": "mtr m meter meters metre metres metro metri metros lfm lm lfdm lfdmtr ml mb strm mts",
    "CMT": "cmt cm centimeter centimetre centimetro",
    "MMT": "mmt mm millimeter millimetre milimetro millimetro",
    "KMT": "kmt km kilometer kilometre",
    "MTK": "mtk m2 qm sqm squaremeter quadratmeter",
    "MTQ": "mtq m3 cbm kubikmeter cubicmeter",
    "INH": "inh in inch inches zoll",
    "FOT": "fot ft foot feet",
    "YRD": "yrd yd yard yards",
    "KGM": "kgm kg kgs kilo kilos kilogram kilograms kilogramm kilogramme kilogramo chilo quilo",
    "GRM": "grm g gr gram grams gramm gramme grammes gramo gramos grammo grammi",
    "TNE": "tne t to ton tonne tonnes tonnen tons tonelada tonnellata tona",
    "LBR": "lbr lb lbs pound pounds",
    "ONZ": "onz oz ounce ounces",
    "LTR": "ltr l lt liter liters litre litres litro litros litri litr litry",
    "MLT": "mlt milliliter millilitre mililitro millilitro",
    "CLT": "clt cl centiliter centilitre",
    "GLL": "gll gal gallon gallons",
    "HUR": "hur h hr hrs hour hours std stunde stunden uur heure heures hora horas ora ore godz",
    "DAY": "day days tag tage dag dagen jour jours dia dias giorno giorni dzien dni",
    "XBX": "xbx bx box boxes doos ds boite boites bte caja cajas cja cx caixa caixas "
    "scatola scatole sc scat schachtel schachteln pudelko pudelka kiste kisten",
    "XCT": "xct ct ctn cts carton cartons karton kartons kt krt kar ktn kart kartonnen cartone "
    "cartoni cf",
    "XPK": "xpk pk pkt pack packs package packages pak pakken pck pac pkg pckg packung packungen "
    "paket pakete ve vpe vpk verpakking paq pq paquet paquets paqt pqt paquete paquetes conf "
    "confezione confezioni op opak opakowanie opakowan pct pacote pacotes emb embalagem bundle "
    "gebinde geb lot lote",
    "XPA": "xpa packet packets paeckchen",
    "XRO": "xro rl ro rll roll rolls rol rolle rollen rouleau rouleaux rlx rollo rollos rotolo "
    "rotoli rt rolo rolos rolka rolki rolek",
    "XBG": "xbg bg bag bags beutel btl zak zakken zk sachet sachets bolsa bolsas bls sacchetto "
    "sacchetti saco sacos worek worki sack saecke sacke sac sacs",
    "XBO": "xbo bo bottle bottles flasche flaschen fl fles flessen bouteille bouteilles botella "
    "botellas bottiglia bottiglie garrafa garrafas butelka butelki",
    "XCA": "xca ca can cans dose dosen blik blikken lata latas lattina puszka puszki",
    "XCI": "xci canister kanister jerrycan bidon bidons bidone tanica bidao",
    "XDR": "xdr dr drum drums fass fasser vat vaten fut futs barril tambor fusto beczka",
    "XBJ": "xbj bucket eimer emmer seau cubo secchio balde wiadro",
    "XTU": "xtu tu tube tubes tuben tubo tubi tuba kartusche kartuschen",
    "XPX": "xpx px pal pallet pallets palette paletten palettes pll palet palets pale paleta "
    "palety palete bancale",
    "XST": "xst sheet sheets blatt bogen vel vellen feuille feuilles hoja hojas foglio fogli folha "
    "folhas arkusz arkuszy",
    "XBE": "xbe bund bundel bunt fagot fascio mazzo wiazka",
    "XSL": "xsl spool spools spule spulen bobine bobines bobina bobinas spoel",
}  # fmt: skip
_CODE = {word: code for code, words in _WORDS.items() for word in words.split()}

# exact multiples: code -> (base code, how many)
_MULTIPLES: dict[str, tuple[str, Decimal]] = {
    "DZN": (PIECE, Decimal(12)), "CEN": (PIECE, Decimal(100)), "MIL": (PIECE, Decimal(1000)),
    "CMT": ("MTR", Decimal("0.01")), "MMT": ("MTR", Decimal("0.001")),
    "KMT": ("MTR", Decimal(1000)), "INH": ("MTR", Decimal("0.0254")),
    "FOT": ("MTR", Decimal("0.3048")), "YRD": ("MTR", Decimal("0.9144")),
    "GRM": ("KGM", Decimal("0.001")), "TNE": ("KGM", Decimal(1000)),
    "LBR": ("KGM", Decimal("0.45359237")), "ONZ": ("KGM", Decimal("0.028349523125")),
    "MLT": ("LTR", Decimal("0.001")), "CLT": ("LTR", Decimal("0.01")),
}  # fmt: skip

_JOINERS = r"(?:of|a|von|zu|mit|van|met|de|da|di|per|x|po|je|=|/|:|-)"
_PACK_WORDS = "|".join(
    sorted(
        (re.escape(w) for c, ws in _WORDS.items() if c.startswith("X") and c not in ("XST", "XSL")
         for w in ws.split() if len(w) > 1),
        key=len,
        reverse=True,
    )
)  # fmt: skip
_COUNT = r"(\d{1,3}(?:[.,']\d{3})+|\d{1,6})"
_PIECES = r"(?:\s*(?:st|stk|stck|stuck|stuks|pcs?|pieces?|pz|pezzi|uds?|un|szt|sztuk|pieza?s)\b\.?)"
_MEASURE = r"(?!\s*(?:[mcdk]?m|in|zoll|k?g|[mc]?l)\b|[.,]?\d|\s*x\s*\d|[a-z])"
_TIMES = re.compile(rf"(?<![\w.,]){_COUNT}\s*x\s*{_COUNT}{_MEASURE}")
_WORD_FIRST = re.compile(
    rf"(?<![a-z])({_PACK_WORDS})\.?\s*(?:{_JOINERS}\s*)*\(?{_COUNT}(?:{_PIECES}|{_MEASURE})\)?"
)
_COUNT_FIRST = re.compile(rf"(?<![\w.,]){_COUNT}\s*(?:-|er[ -])?\s*({_PACK_WORDS})(?![a-z])")
_MOST_IN_A_PACK = 100_000


@dataclass(frozen=True)
class Unit:
    """A unit as it was meant.

    :param code: of UN/ECE Recommendation 20, packages of 21 with "X"
    :param size: units in one package where it is printed ("box of 100"); ``None`` if it is not
    """

    code: str
    size: int | None = None

    @property
    def is_package(self) -> bool:
        return self.code.startswith("X")


@lru_cache(maxsize=1 << 12)
def parse_unit(text: str | None) -> Unit | None:
    """What a printed unit, an EDI code or a unit's name in the database means.

    >>> parse_unit("Stck."), parse_unit("VE 10"), parse_unit("Box of 100")
    (Unit(code='C62', size=None), Unit(code='XPK', size=10), Unit(code='XBX', size=100))

    :return: ``None`` if the word is unknown; never a guess
    """
    folded = fold(text or "").strip(" .,;:()")
    if not folded:
        return None
    bare = re.sub(r"[\s.\-']", "", folded)
    if bare in _CODE:
        return Unit(_CODE[bare])
    for pattern, word, count in ((_WORD_FIRST, 1, 2), (_COUNT_FIRST, 2, 1)):
        match = pattern.fullmatch(folded)
        if match:
            return Unit(_CODE[match[word]], _whole(match[count]))
    return None


def unece_code(text: str | None) -> str | None:
    """Only the code of ``parse_unit``."""
    unit = parse_unit(text)
    return unit.code if unit else None


def pack_sizes(text: str | None) -> tuple[int, ...]:
    """How many pieces a package holds, wherever a text says so; in order, each once.

    >>> pack_sizes("Nitrile gloves size M, box of 100"), pack_sizes("Batterie AA 2 x 12")
    ((100,), (24,))
    """
    folded = fold(text or "")
    found = [(m.start(), _whole(m[2])) for m in _WORD_FIRST.finditer(folded)]
    found += [(m.start(), _whole(m[1])) for m in _COUNT_FIRST.finditer(folded)]
    found += [(m.start(), _whole(m[1]) * _whole(m[2])) for m in _TIMES.finditer(folded)]
    sizes = [size for _start, size in sorted(found) if 1 < size <= _MOST_IN_A_PACK]
    return tuple(dict.fromkeys(sizes))


def fixed_factor(one: str, other: str) -> Decimal | None:
    """How many of unit ``other`` one unit ``one`` is, where nature or custom fixes it.

    >>> fixed_factor("DZN", "C62"), fixed_factor("MTR", "CMT"), fixed_factor("KGM", "C62")
    (Decimal('12'), Decimal('100'), None)
    """
    if one == other:
        return Decimal(1)
    base, factor = _MULTIPLES.get(one, (one, Decimal(1)))
    other_base, other_factor = _MULTIPLES.get(other, (other, Decimal(1)))
    if base != other_base:
        return None
    ratio = factor / other_factor
    return ratio.quantize(Decimal(1)) if ratio == ratio.to_integral_value() else ratio


def _whole(count: str) -> int:
    return int(re.sub(r"[.,']", "", count))
