"""What values look like, whatever label stands at them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..normalize import find_currency, find_dates
from .lexicon import months, weeks
from .page import Word
from .text import has_digit

EMAIL = re.compile(r"[\w.+\-']+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"\+?\(?\d[\d\s()/.\-\u2013]{4,}\d")
BARE_PHONE = re.compile(
    r"\(?0\d{1,5}\)?[\s/.\-]\s?\d[\d\s/.\-]{3,}\d|\(?\d{3}\)?[\s.\-]\s?\d{3}[\s.\-]\d{3,4}"
    r"|\d{2,3}(?: \d{2,4}){2,4}"
)
"""A number of a telephone under an address, without any label."""
INCOTERM = re.compile(r"\b(EXW|FCA|FAS|FOB|CFR|CIF|CPT|CIP|DAP|DPU|DDP|DAT|DDU)\b", re.IGNORECASE)
SEPARATORS = {"·", "|", "•", "–", "-", "/", ";", "∙", "—"}
COMPANY = re.compile(
    r"(?:(?<!\w)(?:gmbh|mbh|ag|kg|kgaa|ohg|gbr|e\.?\s?k|e\.?\s?u|ug|se|ltd|limited|plc|llp|llc|inc|corp|"
    r"dac|b\.?v|n\.?v|bvba|srl|sprl|cvba|s\.?a|s\.?a\.?s|sasu|sarl|s[aà]rl|eurl|s\.?l|s\.?l\.?u|"
    r"s\.?a\.?u|s\.?r\.?l|s\.?p\.?a|s\.?n\.?c|s\.?a\.?s|lda|unipessoal|sp\.?\s?z\s?o\.?\s?o|"
    r"s\.?r\.?o|a\.?s|aps|ab|oy|kft|vof|co|company|group|holding|eg|stiftung|verein|"
    r"sp\.?\s?j|sp\.?\s?k|spółka|gesellschaft)\b\.?\)?)\s*$",
    re.IGNORECASE,
)
CODE = re.compile(r"^[#(\[]?[\w][\w./\\\-_+:]*[\])]?$")
MARKS = {"no", "nr", "n", "num", "numero", "number", "nummer", "numer", "#", "nro", "nº", "id"}
PAGE = re.compile(r"(?:p[aá]g\.|page|p[aá]gina|seite|strona)\d{1,3}(?:/\d{1,3})?", re.IGNORECASE)
"""The number of a page, as recognition reads it: in one word with its name."""
SERIES = re.compile(r"[A-Z]{2,4}")
"""In front of a number, letters alone are its series."""
DATES = ("order_date", "requested_date")


def suits(kind: str, printed: Sequence[Word]) -> bool:
    """Can these words be a value of this kind?"""
    text = " ".join(word.text for word in printed)
    if kind in DATES:
        return bool(find_dates(text, months(), weeks() if kind == "requested_date" else ()))
    if kind in ("number", "customer_no", "supplier_no", "our_order"):
        return code_of(printed) is not None
    if kind == "revision":
        return len(text) <= 12 and has_digit(text)
    if kind == "currency":
        return find_currency(text) is not None
    if kind == "email":
        return "@" in text
    if kind in ("phone", "fax"):
        return bool(PHONE.search(text))
    if kind in ("vat", "gln"):
        return sum(char.isdigit() for char in text) >= 7
    if kind == "incoterm":
        return bool(INCOTERM.search(text))
    return any(char.isalpha() for char in text)


def number_of(printed: Sequence[Word]) -> list[Word]:
    """The words of a document's number: "ZD 118/05/2026" has a series in front of it."""
    word = code_of(printed)
    if word is None:
        return []
    index = list(printed).index(word)
    series = printed[index - 1] if index else None
    named = series and SERIES.fullmatch(series.text) and series.text.lower() not in MARKS
    return [series, word] if named else [word]


def code_of(printed: Sequence[Word]) -> Word | None:
    """The first word that looks like a number of a document: with a digit, and no date."""
    for word in printed[:3]:
        text = word.text.strip(":,;()[]")
        if has_digit(text) and CODE.match(text) and not PAGE.fullmatch(text):
            return None if find_dates(text, {}) or text.endswith("%") else word
    return None
