"""What a reader is, what it answers, and how it fails.

A reader turns one :class:`~.source.Source` into the order documents in it. Readers are handed to
the cascade by its caller; none registers itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from .document import Finding, OrderDocument, Party
from .source import Source


@dataclass(frozen=True)
class Hints:
    """What the caller knows before reading. Every hint is optional.

    :param own: our companies as parties; they are never the ``partner`` of a document
    :param locale: language of the sender's country like ``de_DE``, where it is known
    :param sender: ``From`` of the mail that brought the source, as an address
    :param date: day on which it arrived; mail bodies print none
    :param layouts: learned layouts of this sender, see ``layout/learned.py``
    :param labels: further labels of the head whose values are wanted, as printed
    :param line_labels: the same of the item lines: heads of columns, or labels within an item
    """

    own: tuple[Party, ...] = ()
    locale: str | None = None
    sender: str | None = None
    sender_name: str | None = None
    date: str | None = None
    layouts: tuple[Mapping[str, Any], ...] = ()
    labels: tuple[str, ...] = ()
    line_labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Usage:
    """What an attempt cost. ``cost`` is in US dollars, as the vendor bills.

    :param input_tokens: those that were neither read from nor written to the cache
    :param digest: of the request, by which the answer is found again
    """

    input_tokens: int = 0
    output_tokens: int = 0
    cost: float = 0.0
    model: str | None = None
    request_id: str | None = None
    cache_read_tokens: int = 0
    cache_write_tokens: int = 0
    digest: str | None = None


@dataclass(frozen=True)
class Reading:
    """What one reader made of one source: a row of the ledger.

    An attempt that failed has no documents and an ``error`` (code of a :class:`ReaderError`).
    """

    reader: str
    documents: tuple[OrderDocument, ...] = ()
    seconds: float = 0.0
    pages: int = 0
    error: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    usage: Usage | None = None

    @property
    def confidence(self) -> float:
        """That of the weakest document, 0 when nothing was read."""
        return min((document.confidence for document in self.documents), default=0.0)


class Reader(Protocol):
    """Reads one kind of source.

    ``code`` names it in evidence and ledger; the cascade asks the cheapest ``cost`` first;
    ``sandboxed`` readers run in the limited child process, so they must be picklable, hold no
    connection, and their module must import without Odoo.

    A reader with a true ``witness`` is asked after all others, about what they were not sure of,
    or, with a true ``always``, about everything; its reading is compared with theirs, see
    :mod:`.merge`. One that costs money tells what its last attempt took by ``used()``.
    """

    code: str
    cost: int
    sandboxed: bool

    def can_read(self, source: Source) -> bool:
        """Is this kind of source mine? Cheap: looks at the kind, never parses."""
        ...

    def read(self, source: Source, hints: Hints) -> tuple[OrderDocument, ...]:
        """The documents in the source, most trusted values, each with evidence.

        :raises ReaderError: it cannot be read; the message goes to logs, the code to people
        """
        ...


def is_witness(reader: Reader) -> bool:
    """Is its reading compared with the others', instead of competing with them?"""
    return bool(getattr(reader, "witness", False))


class ReaderError(Exception):
    """A source cannot be read. ``code`` says why, ``parameters`` with what figures."""

    code = "unreadable"

    def __init__(self, message: str = "", **parameters: Any) -> None:
        super().__init__(message or self.code)
        self.parameters = parameters

    def finding(self) -> Finding:
        """The same as a remark on the document."""
        return Finding(self.code, "blocking", self.parameters)


class EmptySource(ReaderError):
    """The file has no bytes, no pages or no words."""

    code = "empty_file"


class EncryptedSource(ReaderError):
    """The file asks for a password."""

    code = "encrypted"


class BrokenSource(ReaderError):
    """The file is not what its name says, or is damaged."""

    code = "broken_file"


class TooLarge(ReaderError):
    """A limit of size, pages, pixels, nesting or rows was passed."""

    code = "too_large"


class TookTooLong(ReaderError):
    """The time allowed for one document was used up, or the child process died."""

    code = "too_slow"


class NoText(ReaderError):
    """Pages are pictures only and no text recognition is installed."""

    code = "no_text"


class MissingLibrary(ReaderError):
    """The server lacks a library that this kind of file needs."""

    code = "not_installed"


class AnswerPending(ReaderError):
    """A witness answers later; until then nothing is to be decided."""

    code = "answer_pending"


class NoReader(ReaderError):
    """No reader knows this kind of file."""

    code = "unknown_format"
