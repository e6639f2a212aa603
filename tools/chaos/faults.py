"""All that can happen: one function each, which returns whether there was anything to hit."""

from __future__ import annotations

import contextlib
import resource
import time
import xmlrpc.client
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import psutil

from tools import database, postgres
from tools.chaos import kills, servers, traps
from tools.chaos.model import ANSWERS
from tools.chaos.scene import Fault, Scene
from tools.chaos.servers import Server
from tools.console import Problem

#: How long a fault lasts that does not happen in a moment.
LASTING_SECONDS = 2
#: After so many refusals in a row nobody is asked any more.
REFUSALS = 5
#: So much of a file is written before the disk is full.
TORN_BYTES = 700
#: An upgrade that loses against the work is started again.
UPGRADES = 3

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
#: The model may be asked again: whoever failed, failed long ago.
MODEL_RESTED = """
UPDATE po_intake_model_call SET retry_at = NULL, write_date = write_date - interval '1 hour'
 WHERE state = 'failed' AND write_date > now() at time zone 'utc' - interval '1 hour';
"""
CONTEND = """
SET lock_timeout = '500ms';
UPDATE po_intake SET write_date = now() WHERE state = 'new';
"""
#: A person has to approve; or need not.
ASK = "SET lock_timeout = '2s'; UPDATE po_intake_team SET auto_draft = {}"
TO_APPROVE = "SELECT id FROM po_intake WHERE state = 'review' AND blocking_count = 0 ORDER BY id"


# the database


def connection_cut(scene: Scene) -> bool:
    """PostgreSQL ends the connection of somebody who has written a row."""
    with traps.caught(scene.name, scene.luck.choice(traps.WRITES)) as (backend, _client):
        return bool(backend and postgres.query(f"SELECT pg_terminate_backend({backend})"))


def database_restarted(scene: Scene) -> bool:
    """PostgreSQL ends every connection at once and recovers, as after a crash of its own."""
    postgres.restart()
    return True


def database_error(code: str, scene: Scene) -> bool:
    """A third of what is written somewhere meets an error of PostgreSQL's."""
    with traps.is_set(scene.name, scene.luck.choice(traps.WRITES), code, 0.3):
        time.sleep(LASTING_SECONDS)
    return True


def rows_contended(scene: Scene) -> bool:
    """Somebody else writes the rows that are worked on."""
    end = time.monotonic() + LASTING_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(Problem):  # they had the row first
            postgres.query(CONTEND, scene.name)
    return True


# files


def disk_full(most: int, scene: Scene) -> bool:
    """No file can be written for a while beyond so many bytes."""
    _limit_files(scene, most)
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


# the model


def model_answers(title: str, times: int, scene: Scene) -> bool:
    """The model answers so, for so many questions; then all is well again."""
    with scene.model.answering(title):
        given = scene.model.wait_for_answers(times)
    postgres.query(MODEL_RESTED, scene.name)
    return given


# clocks


def clock_ahead(scene: Scene) -> bool:
    """A clock that jumps: every lease and every waiting time is over."""
    postgres.query(WAITING.format(time="retry_at = NULL") + CRONS_DUE + MODEL_RESTED, scene.name)
    servers.wake(scene.name)
    return True


def clock_back(scene: Scene) -> bool:
    """A clock that jumps back: what waits has to wait for an hour more, until it is right again."""
    hour = "retry_at = coalesce(retry_at, now() at time zone 'utc') + interval '1 hour'"
    postgres.query(WAITING.format(time=hour), scene.name)
    time.sleep(LASTING_SECONDS)
    return clock_ahead(scene)


# people


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


def module_upgraded(scene: Scene) -> bool:
    """Somebody upgrades the addon while mails come and are worked on."""
    for _try in range(UPGRADES):
        with contextlib.suppress(Problem):
            database.update(scene.name)
            return True
    raise Problem("The addon cannot be upgraded.")


def technical_user_archived(scene: Scene) -> bool:
    """Somebody archives the user in whose name all is done, and takes it back."""
    _model, user = _insist(
        scene, "ir.model.data", "check_object_reference", "po_intake", "user_worker"
    )
    _insist(scene, "res.users", "write", [user], {"active": False})
    try:
        time.sleep(LASTING_SECONDS)
    finally:
        _insist(scene, "res.users", "write", [user], {"active": True})
    postgres.query(CRONS_DUE, scene.name)  # else it is noticed within five minutes
    return True


def _insist(scene: Scene, *words: object) -> object:
    """Call a method until it is done: whoever is at work may hold the row."""
    for _try in range(20):
        with contextlib.suppress(xmlrpc.client.Error, OSError):
            return scene.odoo()(*words)
        time.sleep(0.2)
    raise Problem(f"{words} cannot be done.")


def _others() -> Iterator[Fault]:
    yield Fault("connection cut", connection_cut, brief=False)
    yield Fault("PostgreSQL restarted", database_restarted)
    for code, title in (
        ("40001", "serialization failures"),
        ("40P01", "deadlocks"),
        ("53100", "database's disk full"),
    ):
        yield Fault(title, partial(database_error, code), brief=code == "40P01")
    yield Fault("rows contended", rows_contended, brief=False)
    yield Fault("disk full", partial(disk_full, 0), brief=False)
    yield Fault("torn files", partial(disk_full, TORN_BYTES))
    yield Fault("clock ahead", clock_ahead)
    yield Fault("clock back", clock_back)
    yield Fault("approved by two", approved_by_two)
    yield Fault("module upgraded", module_upgraded, brief=False)
    yield Fault("technical user archived", technical_user_archived)
    yield Fault("key revoked", partial(model_answers, "401", REFUSALS))
    for title in ANSWERS:
        yield Fault(
            f"model: {title}", partial(model_answers, title, 1), brief=title in ("529", "dropped")
        )


FAULTS = [
    *kills.KILLS,
    Fault("kill: asking the model", kills.asking_the_model),
    *_others(),
]
