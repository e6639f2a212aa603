"""Where the faults happen, and what a fault is."""

from __future__ import annotations

import contextlib
import itertools
import random
import xmlrpc.client
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import psutil

from tools.chaos.model import Model
from tools.chaos.servers import Server
from tools.console import Problem
from tools.rpc import Odoo


@dataclass
class Scene:
    """Two servers, their database and the model that they ask."""

    name: str
    servers: list[Server]
    model: Model
    luck: random.Random

    def odoo(self) -> Odoo:
        """Whichever server answers."""
        for each in self.luck.sample(self.servers, len(self.servers)):
            with contextlib.suppress(Problem, xmlrpc.client.Error, OSError):
                return each.wait()
        raise Problem("No server answers.")

    def family(self) -> Iterable[psutil.Process]:
        """Every process of the servers."""
        return itertools.chain(*(each.family() for each in self.servers))

    def workers(self) -> Iterable[psutil.Process]:
        """Processes that serve requests or work on schedule."""
        return itertools.chain(*(each.workers() for each in self.servers))

    def parsers(self) -> Iterable[psutil.Process]:
        """Processes that parse documents for them."""
        others = {each.pid for each in self.workers()} | {each.process.pid for each in self.servers}
        return (each for each in self.family() if each.pid not in others)

    def kill_one(self, processes: Iterable[psutil.Process]) -> bool:
        """kill -9 of any of these processes."""
        processes = sorted(processes, key=lambda process: process.pid)
        with contextlib.suppress(psutil.Error):
            if processes:
                self.luck.choice(processes).kill()
                return True
        return False

    def kill_worker(self, pid: int | None) -> bool:
        """kill -9 of one of the workers, if it is one of ours."""
        return self.kill_one(each for each in self.workers() if each.pid == pid)


@dataclass(frozen=True)
class Fault:
    """What can happen.

    :param inject: lets it happen; returns whether there was anything that it could hit
    :param brief: it belongs to the short run at the end of the suite
    """

    title: str
    inject: Callable[[Scene], bool]
    brief: bool = True
