"""One attempt of one reader at one source, with every failure told as a result."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Any

from .document import OrderDocument
from .reader import (
    BrokenSource,
    Hints,
    MissingLibrary,
    Reader,
    ReaderError,
    Reading,
    TooLarge,
)
from .source import Source


def attempt(reader: Reader, source: Source, hints: Hints) -> Reading:
    """What the reader makes of the source, here and now; nothing that it raises gets out.

    Memory that runs out is ``too_large``; an exception that no reader should raise is
    ``broken_file`` with the name of its class, since hostile bytes make parsers raise anything.
    """
    started = time.perf_counter()
    documents: tuple[OrderDocument, ...] = ()
    error: str | None = None
    parameters: Mapping[str, Any] = {}
    try:
        documents = tuple(reader.read(source, hints))
    except ReaderError as problem:
        error, parameters = problem.code, problem.parameters
    except ModuleNotFoundError as problem:
        error, parameters = MissingLibrary.code, {"library": problem.name or str(problem)[:80]}
    except MemoryError:
        error, parameters = TooLarge.code, {"limit": "memory"}
    except Exception as problem:
        error, parameters = BrokenSource.code, {"exception": type(problem).__name__}
    seconds = time.perf_counter() - started
    used = getattr(reader, "used", None)
    return Reading(
        reader.code,
        documents,
        seconds,
        _pages(documents),
        error,
        parameters,
        used() if used else None,
    )


def _pages(documents: Iterable[OrderDocument]) -> int:
    pages = (item.page or 0 for document in documents for item in document.evidence.values())
    return max(pages, default=0)
