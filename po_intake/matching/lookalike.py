"""Domains that imitate another one: what a person takes for it at a glance.

The signs that look alike are a small choice from Unicode's confusables (UTS 39).
"""

import contextlib
import unicodedata
from collections.abc import Iterable

from rapidfuzz.distance import OSA

_CYRILLIC = dict(
    zip(
        "\u0430\u0432\u0435\u0456\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0455\u0501",
        "abelkmhopctyxsd",
        strict=True,
    )
)
_GREEK = dict(zip("\u03b1\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5", "alkvoptu", strict=True))
_LATIN = {"0": "o", "1": "l", "3": "e", "5": "s", "i": "l", "-": None}
_SIGNS = str.maketrans({**_CYRILLIC, **_GREEK, **_LATIN})
_PAIRS = (("rn", "m"), ("vv", "w"))
# a name that is shorter has too many neighbours by chance
_LEAST = 6


def imitated(domain: str, known: Iterable[str]) -> str | None:
    """The domain that another one is made to look like, or none.

    :param domain: of a sender who is not known; lower case, punycode or not
    :param known: domains of partners
    """
    name, look = _name(domain), _look(domain)
    known = sorted(set(known))
    if domain in known or any(domain.endswith(f".{other}") for other in known):
        return None
    for other in known:
        if look == _look(other):
            return other
    if len(name) < _LEAST:
        return None
    for other in known:
        # the same name elsewhere, or one slip of the finger away
        if len(_name(other)) >= _LEAST and OSA.distance(name, _name(other)) <= 1:
            return other
    return None


def _name(domain: str) -> str:
    """What a domain is called, without its suffix: the longest label before the last."""
    labels = domain.split(".")
    return max(labels[:-1] or labels, key=len)


def _look(domain: str) -> str:
    """What a domain looks like: the same for all that look alike."""
    # what is no valid name is looked at as it stands
    with contextlib.suppress(UnicodeError):
        domain = domain.encode("ascii").decode("idna")
    look = unicodedata.normalize("NFKD", domain.lower())
    look = "".join(sign for sign in look if not unicodedata.combining(sign)).translate(_SIGNS)
    for pair, sign in _PAIRS:
        look = look.replace(pair, sign)
    return look
