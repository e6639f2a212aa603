"""The child process of :mod:`.sandbox`: parses hostile bytes under limits.

Run as a script, by path, so that nothing of Odoo is imported: it makes empty stand-ins for the
packages above the wing, under the same dotted names, and then imports the wing itself.
Requests come from the trusted parent as pickles, answers go back as JSON.
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import math
import os
import pickle
import resource
import signal
import struct
import sys
import types
from collections.abc import Sequence
from typing import BinaryIO

ADDONS = "odoo.addons"
# A process that keeps so much of its memory after a document is not trusted with the next.
FULL = 0.7
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38


class StandIns(importlib.abc.MetaPathFinder):
    """Finds empty packages in place of Odoo's: with a path, but without running their code.

    :param packages: dotted name -> folders, of the packages above the wing
    """

    def __init__(self, packages: dict[str, list[str]]) -> None:
        self.packages = packages

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,
        target: types.ModuleType | None = None,
    ) -> importlib.machinery.ModuleSpec | None:
        """The spec of a stand-in, or ``None`` for modules that are imported as usual."""
        folders = self.packages.get(fullname)
        parent, _dot, name = fullname.rpartition(".")
        if folders is None and parent == ADDONS:  # any addon: an integrator's reader may live there
            folders = [os.path.join(root, name) for root in self.packages.get(ADDONS, ())]
            folders = [folder for folder in folders if os.path.isdir(folder)]
        if not folders:
            return None
        spec = importlib.machinery.ModuleSpec(fullname, None, is_package=True)
        spec.submodule_search_locations = folders
        return spec


def protect(parent: int, memory: int) -> None:
    """Limit this process for good: die with the parent, no core, no new rights, memory."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def allow_seconds(seconds: int) -> None:
    """From now on so many seconds of processor time; the kernel kills what takes more."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = math.ceil(used.ru_utime + used.ru_stime) + seconds
    soft = soft if hard == resource.RLIM_INFINITY else min(soft, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def size() -> int:
    """Bytes of address space in use; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def receive(stream: BinaryIO) -> bytes | None:
    """One frame: eight bytes of length, then the content. ``None`` when the parent is gone."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    size = struct.unpack(">Q", head)[0]
    content = stream.read(size)
    return content if len(content) == size else None


def send(stream: BinaryIO, content: bytes, last: bool = False) -> None:
    """Write one frame; before the content one more byte says whether it is the last."""
    stream.write(struct.pack(">QB", len(content), last))
    stream.write(content)
    stream.flush()


def main() -> None:
    """Serve until the parent closes the pipe."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    # what libraries print must not reach the pipe
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(null, number)
    setup = pickle.loads(receive(requests) or os._exit(1))
    protect(int(sys.argv[1]), setup["memory"])
    sys.path[:] = setup["path"]
    sys.meta_path.insert(0, StandIns(setup["packages"]))
    server = importlib.import_module(setup["wing"] + ".sandbox_server")
    send(answers, b"{}")
    while True:
        content = receive(requests)
        if content is None:
            return
        allow_seconds(setup["cpu"])
        answer = server.answer(content, setup["answer"])
        send(answers, answer, last=size() > FULL * setup["memory"])


if __name__ == "__main__":
    main()
