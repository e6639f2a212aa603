"""kill -9 at any moment, and at each of the moments that matter."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from functools import partial

import psutil

from tools import postgres
from tools.chaos import servers, traps
from tools.chaos.scene import Fault, Scene

#: Whoever holds a transaction open and asks nothing for so long waits for somebody else.
WAITS = """
SELECT substr(application_name, 6) FROM pg_stat_activity
 WHERE datname = current_database() AND application_name LIKE 'odoo-%'
   AND state = 'idle in transaction' AND now() - state_change > interval '700 ms'
"""

#: Places for the long run alone: the short one has others like them.
LONG = ("while a mail is opened", "while lines are written", "while a card ends")


def request_worker(scene: Scene) -> bool:
    """A process that serves requests, such as a mail that is handed over."""
    crons = servers.cron_workers()
    return scene.kill_one(each for each in scene.workers() if each.pid not in crons)


def cron_worker(scene: Scene) -> bool:
    """A process that works on schedule."""
    crons = servers.cron_workers()
    return scene.kill_one(each for each in scene.workers() if each.pid in crons)


def server(scene: Scene) -> bool:
    """A whole server."""
    scene.luck.choice(scene.servers).process.kill()
    return True


def at_work(scene: Scene) -> bool:
    """A process somewhere in a transaction."""
    end = time.monotonic() + traps.PATIENCE_SECONDS
    while not (busy := servers.at_work(scene.name)) and time.monotonic() < end:
        time.sleep(0.1)
    return scene.kill_one(each for each in scene.workers() if each.pid in busy)


def at(place: str, scene: Scene) -> bool:
    """A process at one of the places of :mod:`traps`."""
    with traps.caught(scene.name, place) as (_backend, client):
        return scene.kill_worker(client)


def parser(scene: Scene) -> bool:
    """The process that parses a document, while its worker waits for it."""
    with _parsing(scene) as worker:
        return scene.kill_one(each for each in scene.parsers() if each.ppid() == worker)


def in_parse(scene: Scene) -> bool:
    """The worker that waits for its parser."""
    with _parsing(scene) as worker:
        return scene.kill_worker(worker)


@contextlib.contextmanager
def _parsing(scene: Scene) -> Iterator[int | None]:
    """A worker whose parser has a document and stands still; None where none came."""
    held: dict[int, int] = {}  # parser and its worker
    waiting = None
    try:
        end = time.monotonic() + traps.PATIENCE_SECONDS
        while not waiting and time.monotonic() < end:
            for each in scene.parsers():
                with contextlib.suppress(psutil.Error):
                    each.suspend()
                    held[each.pid] = each.ppid()
            idle = {int(row) for row in postgres.query(WAITS, scene.name)}
            waiting = next((worker for worker in held.values() if worker in idle), None)
            time.sleep(0.05)
        yield waiting
    finally:
        for parser_id in held:
            with contextlib.suppress(psutil.Error):
                psutil.Process(parser_id).resume()


def asking_the_model(scene: Scene) -> bool:
    """The worker that waits for the model's answer."""
    with scene.model.thinking():
        port = scene.model.wait_for_question()
        return scene.kill_worker(port and _caller(port))


def _caller(port: int) -> int | None:
    """Process id of whoever calls from a port of this machine."""
    links = psutil.net_connections("tcp4")
    return next((link.pid for link in links if link.laddr and link.laddr.port == port), None)


KILLS = [
    Fault("kill: request worker", request_worker, brief=False),
    Fault("kill: cron worker", cron_worker, brief=False),
    Fault("kill: at work", at_work, brief=False),
    Fault("kill: server", server),
    Fault("kill: parser", parser),
    Fault("kill: in parse", in_parse),
    *(Fault(f"kill: {place}", partial(at, place), place not in LONG) for place in traps.PLACES),
]
