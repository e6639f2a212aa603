"""Hostile bytes are parsed in a limited child process, never in the server.

The child is started once and asked again and again (a new process costs a second, an answer of a
living one two milliseconds). It is never forked from the threaded server. Limits are those of the
kernel; they hold against files that eat memory or time by accident or malice. The child runs as
the same user: it is no jail against code that has taken it over, but it holds no secret, has an
empty environment, and answers in checked JSON only.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import wire
from .attempt import attempt
from .document import WARNING, Finding
from .reader import (
    BrokenSource,
    Hints,
    Reader,
    ReaderError,
    Reading,
    TookTooLong,
    TooLarge,
)
from .source import Source
from .unpack import Limits as UnpackLimits
from .unpack import Unpacked
from .view import View

_CHILD = os.path.join(os.path.dirname(os.path.abspath(__file__)), "sandbox_child.py")
_SUSPICIOUS = (BrokenSource.code, TooLarge.code)
_START = 60.0  # seconds for the child to import; a busy machine is slow


@dataclass(frozen=True)
class Limits:
    """What one child process may use. A reader with ``limits`` of its own gets its own child.

    :param memory: bytes of address space
    :param cpu: seconds of processor time for one document
    :param wall: seconds of waiting for one document
    :param documents: after so many the child is replaced
    :param answer: bytes of one answer
    """

    memory: int = 1_000_000_000
    cpu: int = 10
    wall: float = 30.0
    documents: int = 200
    answer: int = 80_000_000


PATIENT = Limits(memory=4_000_000_000, cpu=200, wall=110.0, documents=20)
"""For text recognition: its models alone take a gigabyte of address space; a cron run of Odoo may
take 120 s."""


class Sandbox:
    """A child process that reads and unpacks, replaced whenever it fails.

    Threads may share one; they wait for each other. Close it, or use it as a context manager.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._children: dict[Limits, _Child] = {}
        self._lock = threading.Lock()

    def execute(self, reader: Reader, source: Source, hints: Hints) -> Reading:
        """A reader's attempt, in the child if it is a sandboxed one. Never raises.

        A child that dies or is too slow gives a reading with error ``too_slow``, ``too_large`` or
        ``broken_file``; the next call gets a new child.
        """
        if not reader.sandboxed:
            return attempt(reader, source, hints)
        started = time.perf_counter()
        limits = getattr(reader, "limits", None) or self.limits
        try:
            data = self._ask(limits, ("read", reader, source, hints))
            return wire.load_reading(data, reader.code)
        except _FailureError as failure:
            error, parameters = failure.code, failure.parameters
        except ValueError as problem:
            error, parameters = BrokenSource.code, {"reason": str(problem)[:200]}
        seconds = time.perf_counter() - started
        return Reading(reader.code, seconds=seconds, error=error, parameters=parameters)

    def unpack(self, source: Source, limits: UnpackLimits | None = None) -> Unpacked:
        """The files inside; when that fails the source itself, with a finding. Never raises."""
        try:
            data = self._ask(self.limits, ("unpack", source, limits))
            if "sources" in data:
                return wire.load_unpacked(data)
            failed = wire.load_reading(data, "")
            code, parameters = failed.error or BrokenSource.code, failed.parameters
        except _FailureError as failure:
            code, parameters = failure.code, failure.parameters
        except ValueError as problem:
            code, parameters = BrokenSource.code, {"reason": str(problem)[:200]}
        finding = Finding(code, WARNING, {"source": source.name, **parameters})
        return Unpacked((source,), (finding,))

    def view(self, source: Source) -> View:
        """How people can look at the source, see :func:`.view.view`.

        :raises ReaderError: it cannot be shown
        """
        shown: View = self._shown("view", self.limits, source)
        return shown

    def picture(self, source: Source, number: int, zoom: float) -> bytes:
        """PNG of one page, see :func:`.view.picture`.

        :raises ReaderError: it cannot be shown
        """
        content: bytes = self._shown("picture", self.limits, source, number, zoom)
        return content

    def words(
        self, source: Source, number: int, recognize: bool = True
    ) -> list[tuple[str, tuple[float, float, float, float]]]:
        """Words and boxes of one page, typed or, which takes seconds, recognized.

        See :func:`.view.words`.

        :param recognize: also recognize the words of a page that has no typed ones
        :raises ReaderError: there is no such page, or no text recognition is installed
        """
        found: list[tuple[str, tuple[float, float, float, float]]]
        found = self._shown("words", self.limits, source, number)
        if found or not recognize:
            return found
        return self._shown("recognized", PATIENT, source, number)

    def _shown(self, verb: str, limits: Limits, *arguments: Any) -> Any:
        try:
            data = self._ask(limits, (verb, *arguments))
            if "error" not in data:
                return wire.load_view(verb, data)
            failed = wire.load_reading(data, "")
            code, parameters = failed.error or BrokenSource.code, dict(failed.parameters)
        except _FailureError as failure:
            code, parameters = failure.code, failure.parameters
        except ValueError as problem:
            code, parameters = BrokenSource.code, {"reason": str(problem)[:200]}
        error = ReaderError(f"{verb}: {code}", **parameters)
        error.code = code
        raise error

    def close(self) -> None:
        """End the child processes."""
        with self._lock:
            while self._children:
                self._children.popitem()[1].kill()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def _ask(self, limits: Limits, request: tuple[Any, ...]) -> dict[str, Any]:
        try:
            content = pickle.dumps(request)
        except (pickle.PicklingError, AttributeError, TypeError) as problem:
            raise _FailureError(BrokenSource.code, reason=type(problem).__name__) from problem
        with self._lock:
            child = self._child(limits)
            try:
                answer = wire.loads(child.ask(content))
            except (_FailureError, ValueError):
                self._drop(limits)
                raise
            # what broke a parser may have broken more
            worn = child.last or child.asked >= limits.documents
            if worn or answer.get("error") in _SUSPICIOUS:
                self._drop(limits)
        return answer

    def _child(self, limits: Limits) -> _Child:
        child = self._children.get(limits)
        if child is None or not child.alive():
            self._drop(limits)
            child = self._children[limits] = _Child(limits)
        return child

    def _drop(self, limits: Limits) -> None:
        child = self._children.pop(limits, None)
        if child:
            child.kill()


class _FailureError(Exception):
    def __init__(self, code: str, **parameters: Any) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters


class _Child:
    """One child process and the two pipes to it."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.asked = 0
        self.last = False  # it said that it should be replaced
        self.owner = os.getpid()
        self.process = _start()
        assert self.process.stdin and self.process.stdout
        self.requests, self.answers = self.process.stdin.fileno(), self.process.stdout.fileno()
        for number in (self.requests, self.answers):
            os.set_blocking(number, False)
        try:
            self._exchange(pickle.dumps(_setup(limits)), time.monotonic() + _START)
        except _FailureError:
            self.kill()
            raise

    def alive(self) -> bool:
        """Is it still there, and ours? After a fork it belongs to the other process."""
        poll = select.poll()
        poll.register(self.answers, select.POLLIN)  # an idle child says nothing, a dead one EOF
        return self.owner == os.getpid() and self.process.poll() is None and not poll.poll(0)

    def ask(self, content: bytes) -> bytes:
        self.asked += 1
        return self._exchange(content, time.monotonic() + self.limits.wall)

    def kill(self) -> None:
        if self.owner != os.getpid():
            return
        if self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()

    def _exchange(self, content: bytes, deadline: float) -> bytes:
        try:
            self._write(struct.pack(">Q", len(content)) + content, deadline)
            size, self.last = struct.unpack(">QB", self._read(9, deadline))
            if size > self.limits.answer:
                raise _FailureError(TooLarge.code, limit="answer")
            return self._read(size, deadline)
        except (BrokenPipeError, EOFError) as problem:
            raise self._died() from problem

    def _write(self, content: bytes, deadline: float) -> None:
        rest = memoryview(content)
        while rest:
            self._wait(self.requests, select.POLLOUT, deadline)
            rest = rest[os.write(self.requests, rest[:65536]) :]

    def _read(self, size: int, deadline: float) -> bytes:
        content = bytearray()
        while len(content) < size:
            self._wait(self.answers, select.POLLIN, deadline)
            piece = os.read(self.answers, min(size - len(content), 1 << 20))
            if not piece:
                raise EOFError
            content += piece
        return bytes(content)

    def _wait(self, number: int, event: int, deadline: float) -> None:
        poll = select.poll()
        poll.register(number, event)
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            raise _FailureError(TookTooLong.code, limit="wall", value=self.limits.wall)

    def _died(self) -> _FailureError:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        ended = -(self.process.returncode or 0)
        if ended == signal.SIGXCPU:
            return _FailureError(TookTooLong.code, limit="cpu", value=self.limits.cpu)
        if ended == signal.SIGKILL:  # by the kernel, when the machine has no memory left
            return _FailureError(TooLarge.code, limit="memory", signal=ended)
        return _FailureError(BrokenSource.code, signal=ended)


def _start() -> subprocess.Popen[bytes]:
    """Start the child from a thread that lives as long as the child does.

    "Killed with its parent" means, to the kernel, with the *thread* that started it; a thread
    that serves one request ends before the child should.
    """
    started = threading.Event()
    box: dict[str, Any] = {}

    def keep() -> None:
        try:
            box["process"] = subprocess.Popen(
                [sys.executable, "-I", "-X", "utf8", _CHILD, str(os.getpid())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                close_fds=True,
                start_new_session=True,
                cwd="/",
                env=_environment(os.environ),
            )
        except OSError as problem:
            box["problem"] = problem
        started.set()
        if "process" in box:
            box["process"].wait()

    threading.Thread(target=keep, name="po_intake sandbox keeper", daemon=True).start()
    started.wait()
    if "problem" in box:
        raise _FailureError(TookTooLong.code, reason=type(box["problem"]).__name__)
    return box["process"]


def _environment(environ: Mapping[str, str]) -> dict[str, str]:
    # nothing but what the interpreter itself may need to find its libraries
    return {key: environ[key] for key in ("LD_LIBRARY_PATH",) if key in environ}


def _setup(limits: Limits) -> dict[str, Any]:
    """What the child must know: limits, where modules lie, which packages get stand-ins."""
    wing = __package__
    parts = wing.split(".")
    above = [".".join(parts[:count]) for count in range(1, len(parts))]
    packages = {name: [os.path.abspath(path) for path in _paths(name)] for name in above}
    return {
        "memory": limits.memory,
        "cpu": limits.cpu,
        "answer": limits.answer,
        "path": [os.path.abspath(path) for path in sys.path],
        "packages": packages,
        "wing": wing,
    }


def _paths(name: str) -> list[str]:
    return list(getattr(sys.modules.get(name), "__path__", ()))
