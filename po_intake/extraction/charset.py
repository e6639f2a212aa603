"""Code pages of text that says none, or a wrong one."""

from __future__ import annotations

import re

# Bytes beside letters that are Polish letters, or those of DOS, and signs in Windows 1252. Letters
# that both Central European code pages share do not tell them apart.
_CENTRAL = re.compile(rb"[\xb3\xbf\xa3\xb9\x9f\x8f](?=[a-z\xe0-\xff])")
_LATIN_2 = re.compile(rb"(?<=[a-z])[\xb1\xb6\xbc]|[\xb6\xa6](?=[a-z])")
_DOS = re.compile(rb"(?<=[A-Za-z])[\x81\x82\x84\x85\x8a\x94\xa4](?=[a-z])|\b[\x8e\x99](?=[a-z])")


def guess(content: bytes) -> str | None:
    """UTF-8 where it explains every byte, else the code page that makes words of the bytes.

    ``None`` where Windows 1252 explains them as well as any other.
    """
    try:
        content.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        central, latin, dos = (
            len(pattern.findall(content)) for pattern in (_CENTRAL, _LATIN_2, _DOS)
        )
    if latin:
        return "iso8859-2"
    if dos > central:
        return "cp850"
    return "cp1250" if central else None
