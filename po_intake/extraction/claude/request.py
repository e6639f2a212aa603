"""One request to the Messages API, as plain data."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..reader import Hints
from .schema import READ, Task

PICTURE_TOKENS = 1600  # of one page's picture, at most: 1568 by the vendor's own formula
LETTERS_PER_TOKEN = 2.5  # fewer than usual, so that an estimate is rather too high


@dataclass(frozen=True)
class Config:
    """How Claude is reached. ``repr`` does not tell the key.

    :param base_url: of the vendor, a gateway or another server that speaks the Messages API
    :param timeout: seconds of waiting for an answer
    :param effort: how hard the model thinks; None for models that do not take it
    :param redact: take bank details and names of people out, and send no pictures
    """

    key: str
    model: str = "claude-sonnet-5-5"
    base_url: str = "https://api.anthropic.com"
    timeout: float = 60.0
    connect: float = 5.0
    max_tokens: int = 16_000
    effort: str | None = "low"
    redact: bool = False

    def __repr__(self) -> str:
        return f"Config({self.model!r}, {self.base_url!r})"


@dataclass(frozen=True)
class Request:
    """What is sent, but for the boundary, which is another one each time.

    :param text: the words of the document, between the boundaries
    :param pictures: PNGs of pages
    :param task: what is asked about it
    """

    model: str
    max_tokens: int
    effort: str | None
    about: str
    text: str
    pictures: tuple[bytes, ...] = ()
    task: Task = READ

    @property
    def digest(self) -> str:
        """SHA-256 of everything that decides the answer, hexadecimal."""
        return hashlib.sha256(json.dumps(self.body(""), sort_keys=True).encode()).hexdigest()

    def body(self, boundary: str | None = None) -> dict[str, Any]:
        """The arguments of ``messages.create``.

        :param boundary: a random one by default, that does not stand in the document
        """
        if boundary is None:
            boundary = secrets.token_hex(12)
        line = f"=== {boundary} ==="
        content: list[dict[str, Any]] = [_text(f"{self.about}\n{line}")]
        content += map(_picture, self.pictures)
        if self.text:
            content.append(_document(self.text))
        content.append(_text(line))
        output: dict[str, Any] = {"format": {"type": "json_schema", "schema": self.task.form}}
        if self.effort:
            output["effort"] = self.effort
        system = {"type": "text", "text": self.task.prompt, "cache_control": {"type": "ephemeral"}}
        return {
            "model": self.model,
            "max_tokens": self.max_tokens,
            "system": [system],
            "messages": [{"role": "user", "content": content}],
            "output_config": output,
        }

    @property
    def size(self) -> int:
        """Bytes of the documents in it."""
        return sum(map(len, self.pictures)) + len(self.text.encode())

    @property
    def tokens(self) -> int:
        """About how many tokens it takes in, rather too many."""
        task = len(self.task.prompt) + len(json.dumps(self.task.form))
        letters = task + len(self.about) + len(self.text)
        return round(letters / LETTERS_PER_TOKEN) + PICTURE_TOKENS * len(self.pictures)


def about(hints: Hints, names: Iterable[str]) -> str:
    """The sentences before the document: who we are, and who sent it."""
    own = "; ".join(dict.fromkeys(filter(None, names))) or "unknown"
    domain = (hints.sender or "").rpartition("@")[2]
    sender = f" It came from the mail domain {domain}." if domain else ""
    return f"The receiver's own companies: {own}.{sender} The file:"


def own_names(hints: Hints) -> Sequence[str]:
    """Names of our companies."""
    return [party.name for party in hints.own if party.name][:20]


def _text(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


def _document(text: str) -> dict[str, Any]:
    source = {"type": "text", "media_type": "text/plain", "data": text}
    return {"type": "document", "source": source}


def _picture(content: bytes) -> dict[str, Any]:
    data = base64.b64encode(content).decode("ascii")
    return {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": data}}
