"""File locks, so that two commands at once neither build the same thing nor stop each other's."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from tools.console import say


@contextlib.contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold a lock for as long as the block runs; whoever comes second waits and says so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("  waiting for another set-up to finish ...")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def shared(path: Path, *, on_last_exit) -> Iterator[None]:
    """Count as one user of something; the last user to leave calls `on_last_exit`.

    A user that was killed no longer counts, because the kernel drops its lock.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_SH)
        try:
            yield
        finally:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                on_last_exit()
