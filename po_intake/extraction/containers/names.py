"""File names as senders write them, made safe to show and to store."""

from __future__ import annotations

import re
import unicodedata

LENGTH = 150


def clean(name: str | None, default: str = "file") -> str:
    """The last part of a path, without control, format and direction characters.

    Such names are for display only; no file is ever opened by one. The ending is kept where a
    long name is cut.

    >>> clean("..\\\\..\\\\etc/pass\\u202ewd\\x00.pdf")
    'passwd.pdf'
    """
    text = unicodedata.normalize("NFC", name or "")
    text = "".join(
        " " if char in "\t\r\n" else char
        for char in text
        if char in "\t\r\n" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    text = re.sub(r"\s+", " ", re.split(r"[/\\]", text)[-1]).strip(" .")
    if not text:
        return default
    if len(text) > LENGTH:
        stem, dot, ending = text.rpartition(".")
        ending = dot + ending if stem and len(ending) <= 10 else ""
        text = text[: LENGTH - len(ending)] + ending
    return text
