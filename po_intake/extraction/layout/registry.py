"""The number of a company in its country's commercial register, as letterheads print it."""

from __future__ import annotations

import re
from collections.abc import Iterable

_FORMS = re.compile(
    r"\b(?:"
    r"(?P<de>HR[AB]\s?(?:Nr\.?\s?)?\d{2,6}(?:\s[A-Z]\b)?)"  # Germany, Austria's courts alike
    r"|FN\s?(?P<at>\d{4,6}\s?[a-z])\b"
    r"|K\.?v\.?K\.?(?:\s?-?\s?(?:nr|nummer|no)\b)?[\s.:]*(?P<nl>\d{8})\b"
    r"|(?:RCS|R\.C\.S\.)\s[A-ZÀ-Ü][\w\- ]{1,30}?\s(?:[AB]\s)?(?P<fr>\d{3}\s?\d{3}\s?\d{3})\b"
    r"|KRS[\s.:]*(?P<pl>\d{10})\b"
    r"|Company\s(?:reg(?:istration|\.)?\s?)?(?:no|nr|number)[\s.:]*(?P<gb>(?:[A-Z]{2})?\d{6,8})\b"
    r"|R\.?E\.?A\.?[\s.:n°]*(?P<it>[A-Z]{2}\s?[-–]\s?\d{5,7})\b"
    r")",
    re.IGNORECASE,
)


def find_registry(texts: Iterable[str], own: Iterable[str] = ()) -> str | None:
    """The first register number in some lines of print that is not ours.

    >>> find_registry(["Amtsgericht Essen HRB 20417 | USt-IdNr. DE811907980"])
    'HRB 20417'
    >>> find_registry(["KvK-nr.: 08123456", "KvK 24055123"], own=["08123456"])
    '24055123'

    :param own: register numbers of our own companies
    """
    known = {_key(number) for number in own if number}
    for text in texts:
        for match in _FORMS.finditer(text):
            number = next(group for group in match.groups() if group)
            if _key(number) not in known:
                return number
    return None


def _key(number: str) -> str:
    return re.sub(r"\W", "", number).casefold()
