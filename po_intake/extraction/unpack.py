"""Takes apart what arrived: mails, archives, PDFs with files inside, down to what can be read.

Everything here handles hostile bytes: run it in the sandbox. Only the standard library, olefile
and, for files inside PDFs, PyMuPDF are used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from .containers import archive, outlook, pdf, rfc822, tnef
from .document import WARNING, Finding
from .reader import ReaderError, TooLarge
from .source import CONTAINERS, Mail, Source

Members = Iterator["Source | Finding | Mail"]


@dataclass(frozen=True)
class Limits:
    """How much is unpacked at most. What passes a limit is left out with a finding.

    :param size: bytes of one file
    :param total: bytes of all files together
    :param sources: number of files
    :param depth: a mail in an archive in a mail is two
    :param parts: MIME parts or archive entries that are looked at
    :param ratio: unpacked size to packed size of an archive's entry
    """

    size: int = 20_000_000
    total: int = 50_000_000
    sources: int = 50
    depth: int = 4
    parts: int = 500
    ratio: int = 100


@dataclass(frozen=True)
class Unpacked:
    """The files inside, in the order found; a PDF stands before the files embedded in it.

    :param mail: envelope of the outermost mail, where there is one: who sent it to us
    """

    sources: tuple[Source, ...]
    findings: tuple[Finding, ...] = ()
    mail: Mail | None = None


def unpack(source: Source, limits: Limits | None = None) -> Unpacked:
    """Everything readable inside the source; the source itself if it holds nothing.

    Never raises for what the bytes are: what cannot be unpacked is told by a finding.
    """
    run = _Run(limits or Limits())
    run.add(source, 0)
    return Unpacked(tuple(run.sources), tuple(run.findings), run.mail)


class _Run:
    """Depth-first walk with one budget for everything that comes out."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.sources: list[Source] = []
        self.findings: list[Finding] = []
        self.mail: Mail | None = None
        self.bytes = 0
        self.seen: set[tuple[str, str]] = set()

    def add(self, source: Source, depth: int) -> None:
        opened = _OPENERS.get(source.kind)
        if source.kind in CONTAINERS and depth >= self.limits.depth:
            self.refuse(source, "depth", self.limits.depth)
            return
        if source.kind not in CONTAINERS:
            if not self.keep(source):
                return
            if depth >= self.limits.depth:
                return
        if opened:
            self.open(source, opened, depth)

    def open(self, source: Source, opener: Callable[[Source, Limits], Members], depth: int) -> None:
        try:
            for member in opener(source, self.limits):
                if isinstance(member, Finding):
                    self.findings.append(member)
                elif isinstance(member, Mail):
                    self.mail = self.mail or member
                else:
                    self.add(_inherit(member, source), depth + 1)
        except ReaderError as error:
            self.tell(source, error.code, **error.parameters)
        except RecursionError:
            self.tell(source, TooLarge.code, limit="depth")
        except MemoryError:
            raise
        except Exception as error:  # parsers of hostile bytes raise anything
            self.tell(source, "broken_file", exception=type(error).__name__)

    def keep(self, source: Source) -> bool:
        """Take one file, within the budget; the same bytes in the same role only once."""
        if (source.digest, source.role) in self.seen:
            return False
        self.seen.add((source.digest, source.role))
        if len(source.content) > self.limits.size:
            return self.refuse(source, "size", self.limits.size)
        if self.bytes + len(source.content) > self.limits.total:
            return self.refuse(source, "total", self.limits.total)
        if len(self.sources) >= self.limits.sources:
            return self.refuse(source, "sources", self.limits.sources)
        self.bytes += len(source.content)
        self.sources.append(source)
        return True

    def refuse(self, source: Source, limit: str, value: int) -> bool:
        known = {(item.code, item.parameters.get("limit")) for item in self.findings}
        if (TooLarge.code, limit) not in known:  # one remark, not three thousand
            self.tell(source, TooLarge.code, limit=limit, value=value)
        return False

    def tell(self, source: Source, code: str, /, **parameters: object) -> None:
        self.findings.append(Finding(code, WARNING, parameters | {"source": source.name}))


def _inherit(member: Source, parent: Source) -> Source:
    """What a file owes to what it was found in: the envelope, and the name of its container."""
    mail = member.mail or parent.mail
    if member.mail and parent.mail and not member.mail.forwarder:
        # a mail inside a mail was passed on by the outer mail's sender
        outer = parent.mail.forwarder or parent.mail.sender
        mail = replace(member.mail, forwarder=outer)
    return replace(member, mail=mail, container=member.container or parent.name)


_OPENERS: dict[str, Callable[[Source, Limits], Members]] = {
    "eml": rfc822.members,
    "msg": outlook.members,
    "zip": archive.members,
    "tnef": tnef.members,
    "pdf": pdf.members,
}
