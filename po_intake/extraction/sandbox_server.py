"""What the child process does for one request. Imported in the child only."""

from __future__ import annotations

import pickle

from . import view, wire
from .attempt import attempt
from .reader import BrokenSource, ReaderError, Reading, TooLarge
from .unpack import unpack


def answer(request: bytes, limit: int) -> bytes:
    """The answer to one pickled request, as JSON of at most ``limit`` bytes.

    ``("read", reader, source, hints)`` answers a reading, ``("unpack", source, limits)`` files,
    ``("view", source)``, ``("picture", source, page, zoom)``, ``("words", source, page)`` and
    ``("recognized", source, page)`` what people see of it.
    """
    try:
        verb, *arguments = pickle.loads(request)
        if verb == "unpack":
            content = wire.dumps(wire.dump_unpacked(unpack(*arguments)))
        elif verb in ("view", "picture", "words", "recognized"):
            content = wire.dumps(wire.dump_view(verb, getattr(view, verb)(*arguments)))
        else:
            content = wire.dumps(wire.dump_reading(attempt(*arguments)))
        return content if len(content) <= limit else _failure(TooLarge.code, "answer")
    except ReaderError as error:
        return _failure(error.code, str(error)[:200])
    except MemoryError:
        return _failure(TooLarge.code, "memory")
    except Exception as problem:  # a reader that cannot be imported here
        return _failure(BrokenSource.code, type(problem).__name__)


def _failure(code: str, reason: str) -> bytes:
    reading = Reading("", error=code, parameters={"reason": reason})
    return wire.dumps(wire.dump_reading(reading))
