"""Forms of printed text in which two spellings of one thing are equal.

``fold`` removes case, accents and national letters, ``loose`` also German umlaut spellings,
``company_key`` the legal form of a company, ``code_key`` the punctuation of an item code,
``vat_key`` that of a tax number. All are pure, cached and never fail on strange input.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l",
        "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "þ": "th", "ı": "i", "×": "x", "µ": "u", "μ": "u",
        "⁄": "/", "’": "'", "´": "'", "`": "'", "″": '"', "”": '"', "“": '"', "‐": "-", "‑": "-",
        "–": "-", "—": "-", "−": "-", "\u00ad": "", "\u200b": "",
    }
)  # fmt: skip

# Legal forms as they stand at the end of a folded name, dots and spaces removed. The names are
# those of the national company registers (list of forms: ISO 20275 Entity Legal Forms).
_LEGAL_FORMS = frozenset(
    "gmbh mbh gesmbh ggmbh ag kg kgaa ohg og ek ekfr ev eg gbr ug ughaftungsbeschrankt se partg "
    "gmbhcokg gmbhcokgaa agcokg ugcokg gmbhcoohg cokg co kommanditgesellschaft "
    "aktiengesellschaft bv nv vof cv bvba sprl srl sa sas sasu sarl eurl snc scs sca sci scrl "
    "asbl sl slu sau slne scoop spa sapa srls sas snc ss scarl scrl lda unipessoallda "
    "spzoo spolkazoo spolkazograniczonaodpowiedzialnoscia spj spk spzoospk spp sc ltd limited plc "
    "llp lp llc inc incorporated corp corporation company dac clg uc ltda oy oyj ab as asa aps is "
    "ivs hb kb sro akc doo dd kft zrt nyrt bt ooo pty ptyltd gesellschaftmbh".split()
)
_LONGEST_FORM = 6


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Lower case, no accents, national letters spelled out, one space between words."""
    text = text.translate(_LETTERS)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).translate(_LETTERS)
        text = text.encode("ascii", "ignore").decode("ascii")
    return " ".join(text.lower().split())


def loose(word: str) -> str:
    """A folded word in which Mueller equals Müller; the result is a key, not a spelling."""
    if len(word) < 4 or "e" not in word:
        return word
    return _UMLAUT.sub(r"\1", word)


_UMLAUT = re.compile(r"([aou])e(?=[a-z])")


@lru_cache(maxsize=1 << 14)
def words(text: str) -> tuple[str, ...]:
    """Letters-and-digits words of a text, folded and loose."""
    return tuple(loose(word) for word in re.findall(r"[a-z0-9]+", fold(text)))


@lru_cache(maxsize=1 << 14)
def company_words(name: str) -> tuple[str, ...]:
    """The words of a company name without its legal form and without "and" between names.

    >>> company_words("Nord Präzisionsteile GmbH & Co. KG")
    ('nord', 'prazisionsteile')
    """
    folded = re.sub(r"(?<=\b\w)\.\s?(?=\w\b)", "", fold(name).replace("&", " & "))
    parts = [loose(part) for part in re.findall(r"[a-z0-9]+", folded)]
    end = len(parts)
    while end > 1:
        length = next(
            (n for n in range(min(_LONGEST_FORM, end - 1), 0, -1)
             if "".join(parts[end - n : end]) in _LEGAL_FORMS),
            0,
        )  # fmt: skip
        if not length:
            break
        end -= length
    kept = [part for part in parts[:end] if part not in _AND]
    return tuple(kept or parts)


_AND = frozenset(("and", "und", "en", "et", "e", "y", "i", "the"))


@lru_cache(maxsize=1 << 14)
def site_words(name: str) -> tuple[str, ...]:
    """The words of a company's site, the legal form removed wherever it stands.

    >>> site_words("Jansen & Zn B.V., Magazijn Noord")
    ('jansen', 'zn', 'magazijn', 'noord')
    """
    parts = [company_words(part) for part in re.split(r"[,;\n]|\s[-–/]\s", name) if part.strip()]
    return tuple(word for part in parts if "".join(part) not in _LEGAL_FORMS for word in part)


def company_key(name: str) -> str:
    """A company name as one word: equal for all spellings with and without the legal form."""
    return "".join(company_words(name))


@lru_cache(maxsize=1 << 16)
def code_key(code: str) -> str:
    """An item code without case, spaces, hyphens, dots and slashes."""
    return (
        code.lower() if code.isascii() and code.isalnum() else re.sub(r"[^a-z0-9]", "", fold(code))
    )


def weak_code_key(code: str) -> str:
    """``code_key`` without the leading zeros that spreadsheets drop; empty for less than 3 left."""
    key = code_key(code).lstrip("0")
    return key if len(key) >= 3 else ""


_VAT_LANDS = frozenset(
    "at be bg ch cy cz de dk ee el es fi fr gb gr hr hu ie is it li lt lu lv mt nl no pl pt ro rs "
    "se si sk sm tr ua uk xi".split()
)
_VAT_SUFFIX = re.compile(r"(?:mwst|tva|iva|ust)$")


def vat_key(vat: str) -> tuple[str, str]:
    """Country prefix (or empty) and number of a tax number, without punctuation.

    >>> vat_key("CHE-712.399.623 MWST"), vat_key("BE 0585.752.712")
    (('ch', '712399623'), ('be', '585752712'))
    """
    key = _VAT_SUFFIX.sub("", code_key(vat))
    if key.startswith("che") and key[3:].isdigit():
        key = "ch" + key[3:]
    prefix = key[:2] if key[:2] in _VAT_LANDS else ""
    # leading zeros go: Belgium's number is printed with nine and with ten digits
    number = key[len(prefix) :].lstrip("0")
    return {"el": "gr", "uk": "gb"}.get(prefix, prefix), number


def same_vat(one: str, other: str) -> bool:
    """Do two printed tax numbers mean the same, one of them perhaps without its country?"""
    (land, number), (other_land, other_number) = vat_key(one), vat_key(other)
    if len(number) < 6 or number != other_number:
        return False
    return land == other_land or not land or not other_land


@lru_cache(maxsize=1 << 16)
def digits(text: str) -> str:
    """Only the digits."""
    return re.sub(r"[^0-9]", "", text)
