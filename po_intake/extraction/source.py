"""One thing to read: a file or a mail body, with its bytes, its name and what it really is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Source:
    """Bytes that arrived.

    :param name: file name as sent; for display and as a weak hint only
    :param content: the bytes
    :param mimetype: as the sender declared it; the content decides (see :attr:`kind`)
    :param container: name of the mail, archive or PDF that it was found in
    """

    name: str
    content: bytes
    mimetype: str = ""
    container: str | None = None

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content, hexadecimal: the identity of a document."""
        return hashlib.sha256(self.content).hexdigest()
