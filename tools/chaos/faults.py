"""The faults: one function each. It returns whether there was anything that the fault could hit."""

from __future__ import annotations

import contextlib
import itertools
import random
import resource
import time
import xmlrpc.client
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import psutil

from tools import postgres
from tools.chaos import servers, traps
from tools.chaos.model import Model
from tools.chaos.servers import Server
from tools.console import Problem

#: How long a fault lasts that does not happen in a moment.
LASTING_SECONDS = 2
#: Errors of PostgreSQL's that may come any time: a conflict, a deadlock, no room on its disk.
DATABASE_ERRORS = ("40001", "40P01", "53100")

WAITING = """
UPDATE po_intake SET {time} WHERE id IN
       (SELECT id FROM po_intake WHERE state = 'new' FOR UPDATE SKIP LOCKED);
UPDATE po_intake_mail SET {time} WHERE id IN
       (SELECT id FROM po_intake_mail WHERE state = 'received' FOR UPDATE SKIP LOCKED);
"""
CRONS_DUE = """
UPDATE ir_cron SET nextcall = now() at time zone 'utc' - interval '1 minute' WHERE id IN
       (SELECT id FROM ir_cron
         WHERE cron_name IN ('Order Intake: open mails', 'Order Intake: read, match and draft')
           FOR UPDATE SKIP LOCKED);
"""
CONTEND = """
SET lock_timeout = '500ms';
UPDATE po_intake SET write_date = now() WHERE state = 'new';
"""
#: A person has to approve; or need not.
ASK = "SET lock_timeout = '2s'; UPDATE po_intake_team SET auto_draft = {}"
TO_APPROVE = "SELECT id FROM po_intake WHERE state = 'review' AND blocking_count = 0 ORDER BY id"


@dataclass
class Scene:
    """Where the faults happen."""

    name: str
    servers: list[Server]
    model: Model
    luck: random.Random

    def family(self) -> Iterable[psutil.Process]:
        return itertools.chain(*(each.family() for each in self.servers))

    def workers(self) -> Iterable[psutil.Process]:
        return itertools.chain(*(each.workers() for each in self.servers))

    def kill_one(self, processes: Iterable[psutil.Process]) -> bool:
        """kill -9 of any of these processes."""
        processes = sorted(processes, key=lambda process: process.pid)
        with contextlib.suppress(psutil.Error):
            if processes:
                self.luck.choice(processes).kill()
                return True
        return False


def request_worker_killed(scene: Scene) -> bool:
    """kill -9 of a process that serves requests, such as a mail that is handed over."""
    crons = servers.cron_workers()
    return scene.kill_one(each for each in scene.workers() if each.pid not in crons)


def cron_worker_killed(scene: Scene) -> bool:
    """kill -9 of a process that works on schedule."""
    crons = servers.cron_workers()
    return scene.kill_one(each for each in scene.workers() if each.pid in crons)


def parser_killed(scene: Scene) -> bool:
    """kill -9 of a process that parses documents."""
    workers = {each.pid for each in scene.workers()} | {each.process.pid for each in scene.servers}
    return scene.kill_one(each for each in scene.family() if each.pid not in workers)


def killed_at_work(scene: Scene) -> bool:
    """kill -9 of a process somewhere in a transaction."""
    end = time.monotonic() + traps.PATIENCE_SECONDS
    while not (busy := servers.at_work(scene.name)) and time.monotonic() < end:
        time.sleep(0.1)
    return scene.kill_one(each for each in scene.workers() if each.pid in busy)


def killed_at_a_place(scene: Scene) -> bool:
    """kill -9 between the writing of a row and its commit."""
    _backend, client = traps.catch(scene.name, scene.luck.choice(traps.PLACES))
    return scene.kill_one(each for each in scene.workers() if each.pid == client)


def killed_asking_the_model(scene: Scene) -> bool:
    """kill -9 while the model thinks."""
    with scene.model.thinking():
        port = scene.model.wait_for_question()
        asking = port and _caller(port)
        return scene.kill_one(each for each in scene.workers() if each.pid == asking)


def server_killed(scene: Scene) -> bool:
    """kill -9 of a whole server."""
    scene.luck.choice(scene.servers).process.kill()
    return True


def connection_cut(scene: Scene) -> bool:
    """PostgreSQL ends the connection of somebody who has written a row."""
    backend, _client = traps.catch(scene.name, scene.luck.choice(traps.PLACES))
    return bool(backend) and bool(postgres.query(f"SELECT pg_terminate_backend({backend})"))


def database_restarted(scene: Scene) -> bool:
    """PostgreSQL ends every connection at once and recovers, as after a crash of its own."""
    postgres.restart()
    return True


def database_errors(scene: Scene) -> bool:
    """A third of what is written meets conflicts, deadlocks, a full disk of the database."""
    place = scene.luck.choice(traps.PLACES)
    with traps.is_set(scene.name, place, scene.luck.choice(DATABASE_ERRORS), 0.3):
        time.sleep(LASTING_SECONDS)
    return True


def rows_contended(scene: Scene) -> bool:
    """Somebody else writes the rows that are worked on."""
    end = time.monotonic() + LASTING_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(Problem):  # they had the row first
            postgres.query(CONTEND, scene.name)
    return True


def disk_full(scene: Scene) -> bool:
    """No file can be written for a while."""
    _limit_files(scene, 0)
    time.sleep(LASTING_SECONDS)
    # those that were started meanwhile have inherited it
    _limit_files(scene, None)
    return True


def _limit_files(scene: Scene, most: int | None) -> None:
    """Let no process of the servers write a file of more bytes; None: as many as before."""
    for process in scene.family():
        with contextlib.suppress(psutil.Error):
            hard = process.rlimit(resource.RLIMIT_FSIZE)[1]
            process.rlimit(resource.RLIMIT_FSIZE, (hard if most is None else most, hard))


def model_cut_off(scene: Scene) -> bool:
    """Nobody answers where the model was."""
    with scene.model.cut_off():
        time.sleep(LASTING_SECONDS)
    return True


def clock_ahead(scene: Scene) -> bool:
    """A clock that jumps: every lease and every waiting time is over."""
    postgres.query(WAITING.format(time="retry_at = NULL") + CRONS_DUE, scene.name)
    servers.wake(scene.name)
    return True


def clock_back(scene: Scene) -> bool:
    """A clock that jumps back: what waits will have to wait for an hour more."""
    hour = "retry_at = coalesce(retry_at, now() at time zone 'utc') + interval '1 hour'"
    postgres.query(WAITING.format(time=hour), scene.name)
    return True


def approved_by_two(scene: Scene) -> bool:
    """Two people press the button at the same moment, each at another server."""
    postgres.query(ASK.format("false"), scene.name)
    end = time.monotonic() + traps.PATIENCE_SECONDS
    try:
        while not (cards := postgres.query(TO_APPROVE, scene.name)):
            if time.monotonic() > end:
                return False
            time.sleep(0.1)
    finally:
        postgres.query(ASK.format("true"), scene.name)
    approve_twice(scene.servers, cards)
    return True


def approve_twice(both: list[Server], cards: list[str]) -> None:
    """Approve cards at all servers at once; whoever comes too late is told so."""

    def press(one: Server, card: str) -> None:
        with contextlib.suppress(xmlrpc.client.Error, OSError):
            one.wait()("po.intake", "action_approve", [int(card)])

    with ThreadPoolExecutor(len(both)) as pool:
        for card in cards:
            list(pool.map(press, both, [card] * len(both)))


def _caller(port: int) -> int | None:
    """Process id of whoever calls from a port of this machine."""
    links = psutil.net_connections("tcp4")
    return next((link.pid for link in links if link.laddr and link.laddr.port == port), None)


Fault = Callable[[Scene], bool]
KILLS: list[Fault] = [
    request_worker_killed,
    cron_worker_killed,
    parser_killed,
    killed_at_work,
    killed_at_a_place,
    server_killed,
]
FAULTS: list[Fault] = [
    *KILLS,
    killed_asking_the_model,
    connection_cut,
    database_restarted,
    database_errors,
    rows_contended,
    disk_full,
    model_cut_off,
    clock_ahead,
    clock_back,
    approved_by_two,
]


def title(fault: Fault) -> str:
    return fault.__name__.replace("_", " ")
