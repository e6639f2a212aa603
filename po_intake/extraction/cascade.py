"""From what arrived to the orders in it: unpack, ask readers, decide which files are orders.

Readers are handed in; the cheapest that can read a file is asked first, the next only where its
reading is not accepted. All judgement about values is in :mod:`.acceptance`, all knowledge of
formats in the readers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from . import envelope
from .attempt import attempt
from .document import BLOCKING, INFO, OTHER, WARNING, Finding, OrderDocument
from .merge import merge
from .pairing import pair
from .reader import (
    AnswerPending,
    BrokenSource,
    Hints,
    NoReader,
    NoText,
    Reader,
    Reading,
    is_witness,
)
from .source import BODY, EMBEDDED, FILE, Mail, Source
from .unpack import Unpacked
from .unpack import unpack as unpack_here

Execute = Callable[[Reader, Source, Hints], Reading]
Unpack = Callable[[Source], Unpacked]
Accept = Callable[[OrderDocument], OrderDocument]

ENOUGH = 0.95


@dataclass(frozen=True)
class Found:
    """One order, and which file it stands in.

    :param source: the file whose reading was taken: the order's identity
    :param index: position among the orders of this file
    :param reader: code of the reader whose reading was taken
    :param view: the form of it that people can look at, like the PDF around or beside XML
    """

    document: OrderDocument
    source: Source
    index: int
    reader: str
    view: Source


@dataclass(frozen=True)
class Outcome:
    """Everything that reading gave.

    ``documents`` holds the orders; where nothing orders, at most one document of type ``other``;
    nothing at all where nothing could be read, and then ``findings`` say why. ``readings`` are
    all attempts in the order they were made; their parameters name the ``source``.
    """

    documents: tuple[Found, ...] = ()
    readings: tuple[Reading, ...] = ()
    findings: tuple[Finding, ...] = ()
    mail: Mail | None = None


def run(
    source: Source,
    readers: Iterable[Reader],
    hints: Hints | None = None,
    execute: Execute | None = None,
    unpack: Unpack | None = None,
    accept: Accept | None = None,
    enough: float = ENOUGH,
) -> Outcome:
    """Read everything in the source. Never raises for what the bytes are.

    :param execute: runs one attempt, like :meth:`.sandbox.Sandbox.execute`; here by default
    :param unpack: takes containers apart, like :meth:`.sandbox.Sandbox.unpack`
    :param accept: judges a document: sets its findings and confidence
    :param enough: confidence from which on no further reader is asked
    """
    if accept is None:
        from .acceptance import accept
    unpacked = (unpack or unpack_here)(source)
    ordered = sorted(readers, key=lambda reader: reader.cost)
    asking = _Asking(
        unpacked.sources, ordered, hints or Hints(), execute or attempt, accept, enough
    )
    for role in (EMBEDDED, FILE, BODY):
        # the covering letter of an attached order only repeats or mentions it
        if role != BODY or not asking.orders():
            for item in unpacked.sources:
                if item.role == role:
                    asking.ask(item)
    documents = asking.chosen()
    severity = WARNING if documents else BLOCKING
    findings = tuple(
        replace(finding, severity=severity) for finding in (*unpacked.findings, *asking.failed)
    )
    return Outcome(documents, tuple(asking.readings), (*findings, *asking.notes), unpacked.mail)


@dataclass
class _Asking:
    """Asks the readers about one file after the other, and keeps what they said."""

    sources: tuple[Source, ...]
    readers: list[Reader]
    hints: Hints
    execute: Execute
    accept: Accept
    enough: float
    found: list[Found] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    failed: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    def ask(self, source: Source) -> None:
        hints = _hints(self.hints, source)
        best: Reading | None = None
        readers = [reader for reader in self.readers if _can_read(reader, source)]
        witnesses = [reader for reader in readers if is_witness(reader)]
        readers = [reader for reader in readers if reader not in witnesses]
        inside = self.inside(source)
        if inside and inside.document.document_type == OTHER:
            return  # an invoice, say: its picture orders nothing either
        for reader in readers[:1] if inside else readers:
            reading = self.judged(self.execute(reader, source, hints), source, hints)
            self.readings.append(reading)
            # what a reader of pictures says of pages without text is closer to the cause
            if best is None or _worth(reading) > _worth(best) or best.error == NoText.code:
                best = reading
            if reading.documents and reading.confidence >= self.enough:
                break
        for witness in [] if inside else witnesses:
            best = self.second(best, witness, source, hints)
        orders = best is not None and any(map(is_order, best.documents))
        if not orders and _is_misnamed(source):
            self.failed.append(Finding(BrokenSource.code, WARNING, {"source": source.name}))
        elif best and best.documents:
            self.found += [
                Found(document, source, index, best.reader, self.view(source))
                for index, document in enumerate(best.documents)
            ]
        elif best or source.role != EMBEDDED:
            code = (best.error or "nothing_found") if best else _unread(source)
            parameters = best.parameters if best else {}
            self.failed.append(Finding(code, WARNING, {**parameters, "source": source.name}))

    def second(
        self, best: Reading | None, witness: Reader, source: Source, hints: Hints
    ) -> Reading | None:
        """The best reading after a witness was asked, where it is to be."""
        accepted = bool(best and best.documents) and best.confidence >= self.enough
        if accepted and not getattr(witness, "always", False):
            return best
        reading = self.judged(self.execute(witness, source, hints), source, hints)
        self.readings.append(reading)
        if reading.error and best is None:
            return reading  # nobody else was asked: that is why nothing was read
        if reading.error:
            parameters = {**reading.parameters, "source": source.name}
            severity = INFO if accepted else WARNING
            if reading.error == AnswerPending.code:
                severity = BLOCKING
            self.notes.append(Finding(reading.error, severity, parameters))
            return best
        return merge(best, reading, self.accepted, accepted)

    def view(self, source: Source) -> Source:
        """The PDF around embedded data, else the file itself."""
        return next(
            (
                item
                for item in self.sources
                if source.role == EMBEDDED and item.name == source.container
            ),
            source,
        )

    def judged(self, reading: Reading, source: Source, hints: Hints) -> Reading:
        """The reading with its documents completed from the mail, and accepted or not."""
        documents = reading.documents
        if source.mail:
            documents = tuple(envelope.add(item, hints) for item in documents)
        return replace(
            reading,
            documents=tuple(self.accepted(item) for item in documents),
            parameters={**reading.parameters, "source": source.name},
        )

    def accepted(self, document: OrderDocument) -> OrderDocument:
        """The document judged; what cannot be judged, like absurd numbers, is not trusted."""
        try:
            return self.accept(document)
        except Exception as problem:
            finding = Finding("not_judged", BLOCKING, {"exception": type(problem).__name__})
            return replace(document, confidence=0.0).with_findings(finding)

    def inside(self, source: Source) -> Found | None:
        """What the data embedded in this file says, where it can be trusted."""
        return next(
            (
                item
                for item in self.found
                if item.source.role == EMBEDDED
                and item.source.container == source.name
                and item.document.confidence >= self.enough
            ),
            None,
        )

    def orders(self) -> list[Found]:
        return [item for item in self.found if is_order(item.document)]

    def chosen(self) -> tuple[Found, ...]:
        """The orders, each once, as the files stand; without any, what the mail is instead."""
        orders = sorted(self.orders(), key=lambda item: self.sources.index(item.source))
        if orders:
            return tuple(pair(orders))
        files = [item for item in self.found if item.source.role != BODY]
        unread = [finding for finding in self.failed if finding.code != "nothing_found"]
        rest = files or ([] if unread else self.found)
        return tuple(sorted(rest, key=lambda item: -item.document.confidence)[:1])


def is_order(document: OrderDocument) -> bool:
    """Is it a document that orders, confirms or offers items?"""
    return document.document_type != OTHER and bool(document.lines)


def _worth(reading: Reading) -> tuple[bool, float]:
    return bool(reading.documents), reading.confidence


def _can_read(reader: Reader, source: Source) -> bool:
    try:
        return reader.can_read(source)
    except Exception:  # an integrator's reader must not stop the others
        return False


def _is_misnamed(source: Source) -> bool:
    """Is it text under the name of something else, like a failed download?"""
    named = ("pdf", "png", "jpg", "jpeg", "tif", "tiff", "docx", "xlsx", "ods", "zip")
    return source.extension in named and source.kind in ("text", "html", "csv", "unknown")


def _unread(source: Source) -> str:
    known = {"empty": "empty_file", "encrypted": "encrypted"}
    return known.get(source.kind, NoReader.code)


def _hints(hints: Hints, source: Source) -> Hints:
    mail = source.mail
    if mail is None:
        return hints
    return replace(
        hints,
        sender=mail.sender or hints.sender,
        sender_name=mail.sender_name or hints.sender_name,
        date=mail.date or hints.date,
    )
