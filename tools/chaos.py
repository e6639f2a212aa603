"""`./dev chaos`: mails arrive while everything dies; is anything lost or doubled afterwards?

Two servers work on one database. Senders deliver as mail servers do: again and again until the
gateway takes the mail, and some mails twice. Meanwhile faults come one after the other. When all
is quiet, every mail must be exactly one card, and every card exactly one order.
"""

import argparse
import contextlib
import email
import http.client
import itertools
import json
import os
import random
import resource
import signal
import smtplib
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

import psutil

from tools import database, postgres, server, smtp_hop
from tools.console import Problem, say, step
from tools.paths import STATE
from tools.rpc import Odoo
from tools.samples import stream
from tools.samples.mail import TO

SENDERS = 3
#: Share of mails that a mail server delivers twice, as after a lost answer.
TWICE = 0.2
PATIENCE_SECONDS = 600
#: Once a fault hit, whatever is to be tried again is tried at once: a minute is long here.
HURRY = """
UPDATE po_intake SET retry_at = NULL WHERE id IN
       (SELECT id FROM po_intake WHERE state = 'new' FOR UPDATE SKIP LOCKED);
UPDATE po_intake_mail SET retry_at = NULL WHERE id IN
       (SELECT id FROM po_intake_mail WHERE state = 'received' FOR UPDATE SKIP LOCKED);
UPDATE ir_cron SET nextcall = now() at time zone 'utc' - interval '1 minute'
 WHERE cron_name LIKE 'Order Intake: %';
"""
CONTEND = """
SET lock_timeout = '500ms';
UPDATE po_intake SET write_date = now() WHERE state = 'new';
"""
LEFT = """
SELECT (SELECT count(*) FROM po_intake_mail WHERE state = 'received')
     + (SELECT count(*) FROM po_intake WHERE state = 'new')
"""
CARDS = """
SELECT m.message_id, i.state, coalesce(i.error, f.codes, '')
  FROM po_intake_mail m
  JOIN po_intake i ON i.mail_id = m.id
  LEFT JOIN (SELECT intake_id, string_agg(code, ' ') AS codes FROM po_intake_finding
             WHERE severity = 'blocking' GROUP BY 1) f ON f.intake_id = i.id
"""
ORDERS = "SELECT client_order_ref FROM sale_order WHERE po_intake_id IS NOT NULL"


class Server:
    """An Odoo with workers that is started again whenever it has died."""

    def __init__(self, name: str, place: int):
        self.port = server.free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._log = (STATE / f"chaos-{place}.log").open("w")
        options = ["--workers=2", "--max-cron-threads=2", "--log-level=warn"]
        ports = [f"--http-port={self.port}", f"--gevent-port={server.free_port()}"]
        self._words = server.command("server", "--database", name, *ports, *options)
        self.process = self._start()

    def _start(self) -> subprocess.Popen:
        return subprocess.Popen(
            self._words, stdout=self._log, stderr=self._log, start_new_session=True
        )

    def revive(self) -> None:
        """Start again what has died, as systemd would."""
        if self.process.poll() is not None:
            self._end_children()
            self.process = self._start()

    def wait(self, name: str) -> Odoo:
        """The server's models, as soon as it answers."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError, http.client.HTTPException):
                return Odoo(self.address, name)
            time.sleep(0.5)
        raise Problem(f"Odoo does not answer on {self.address}.")

    def family(self) -> list[psutil.Process]:
        """The server and its workers."""
        with contextlib.suppress(psutil.Error):
            parent = psutil.Process(self.process.pid)
            return [parent, *parent.children(recursive=True)]
        return []

    def _end_children(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def stop(self) -> None:
        self._end_children()
        self.process.wait()
        self._log.close()


class Chaos:
    """Faults, each a method; they are injected by turns."""

    def __init__(self, name: str, servers: list[Server], luck: random.Random):
        self.name, self.servers, self.luck = name, servers, luck
        self.injected: Counter[str] = Counter()

    def faults(self) -> dict[str, Callable[[], None]]:
        return {
            "worker killed": self.kill_worker,
            "server killed": self.kill_server,
            "database restarted": self.restart_database,
            "disk full": self.fill_disk,
            "rows contended": self.contend,
            "clock ahead": self.hurry,
        }

    def go_on(self, until: threading.Event, pause: float) -> None:
        """One fault after the other, in an order that nobody knows, until it is over."""
        for round_ in itertools.count():
            faults = list(self.faults().items())
            self.luck.shuffle(faults)
            for title, fault in faults:
                if until.wait(pause):
                    return
                with contextlib.suppress(psutil.Error, Problem):
                    fault()
                    self.injected[title] += 1
                for each in self.servers:
                    each.revive()
            say(f"  round {round_ + 1}: {sum(self.injected.values())} faults so far")

    def kill_worker(self) -> None:
        """kill -9 of a process that serves requests, runs crons or parses."""
        family = self.luck.choice(self.servers).family()[1:]
        if family:
            self.luck.choice(family).kill()

    def kill_server(self) -> None:
        """kill -9 of a whole server."""
        self.luck.choice(self.servers).process.kill()

    def restart_database(self) -> None:
        """PostgreSQL ends every connection at once, as after a crash of its own."""
        postgres.restart()

    def fill_disk(self) -> None:
        """No file can be written for two seconds."""
        self._limit_files(0)
        time.sleep(2)
        # those that were started meanwhile have inherited it
        self._limit_files(None)

    def _limit_files(self, most: int | None) -> None:
        """Let no process of the servers write a file of more bytes; None: as many as before."""
        for process in itertools.chain(*(each.family() for each in self.servers)):
            with contextlib.suppress(psutil.Error):
                hard = process.rlimit(resource.RLIMIT_FSIZE)[1]
                process.rlimit(resource.RLIMIT_FSIZE, (hard if most is None else most, hard))

    def contend(self) -> None:
        """Somebody else writes the rows that are worked on."""
        end = time.monotonic() + 2
        while time.monotonic() < end:
            postgres.query("UPDATE po_intake SET write_date = now() WHERE state = 'new'", self.name)

    def hurry(self) -> None:
        """A clock that jumps: every lease and every waiting time is over."""
        postgres.query(HURRY, self.name)


def main(arguments: list[str]) -> int:
    """Run it, print what happened; 0 only if nothing was lost and nothing doubled."""
    parser = argparse.ArgumentParser(prog="./dev chaos", description=__doc__.partition("\n")[0])
    parser.add_argument("--mails", type=int, default=300)
    parser.add_argument("--pause", type=float, default=3, help="seconds between two faults")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    with postgres.running(), database.copied(database.with_addon(demo=True), "chaos") as name:
        result = run(name, chosen.mails, chosen.pause, random.Random(chosen.seed))
    print(json.dumps(result, indent=1))
    return 1 if result["lost"] or result["doubled"] else 0


def run(name: str, mails: int, pause: float, luck: random.Random) -> dict:
    """What came of so many mails among faults."""
    # what our own cluster does for speed would lose what was committed when it is killed
    postgres.query(f'ALTER DATABASE "{name}" SET synchronous_commit = on')
    postgres.query("UPDATE po_intake_team SET sender_limit = 0", name)
    # nor is a database complete that was copied a moment ago
    postgres.query("CHECKPOINT")
    orders = dict(stream.mails(mails))
    with two_servers(name) as servers:
        chaos, over = Chaos(name, servers, luck), threading.Event()
        trouble = threading.Thread(target=chaos.go_on, args=(over, pause))
        with contextlib.ExitStack() as stack:
            doors = [stack.enter_context(smtp_hop.listening(each.wait(name))) for each in servers]
            trouble.start()
            try:
                with step(f"{mails} mails among faults"):
                    deliveries = send_all(list(orders.values()), doors, luck)
            finally:
                over.set()
                trouble.join()
        with step("Quiet: what is left is worked off"):
            settle(name, servers)
    return {
        "faults": dict(chaos.injected),
        "mails": mails,
        "deliveries": deliveries,
        **count(name, orders.values()),
    }


@contextlib.contextmanager
def two_servers(name: str) -> Iterator[list[Server]]:
    servers = [Server(name, place) for place in range(2)]
    try:
        yield servers
    finally:
        for each in servers:
            each.stop()


def send_all(mails: list[bytes], doors: list[int], luck: random.Random) -> int:
    """Deliver every mail, some twice; return how many deliveries were taken."""
    queue = [*mails, *(mail for mail in mails if luck.random() < TWICE)]
    luck.shuffle(queue)
    with ThreadPoolExecutor(SENDERS) as pool:
        return sum(pool.map(lambda mail: deliver(mail, doors), queue))


def deliver(mail: bytes, doors: list[int]) -> bool:
    """Do as a mail server does: try again, at the other door, until somebody has taken it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    for port in itertools.cycle(doors):
        with contextlib.suppress(smtplib.SMTPException, OSError):
            with smtplib.SMTP(smtp_hop.HOST, port, timeout=60) as link:
                link.sendmail("sender@customer.example", [TO], mail)
            return True
        if time.monotonic() > deadline:
            return False
        time.sleep(0.5)
    return False


def settle(name: str, servers: list[Server]) -> None:
    """Return when nothing waits any more."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        for each in servers:
            each.revive()
        if postgres.query(LEFT, name) == ["0"]:
            return
        postgres.query(HURRY, name)
        time.sleep(5)


def count(name: str, mails: Iterable[bytes]) -> dict:
    """Hold what was sent against what is there."""
    rows = [row.split("|", 2) for row in postgres.query(CARDS, name)]
    cards = Counter(message_id for message_id, _state, _why in rows)
    orders = Counter(postgres.query(ORDERS, name))
    sent = [email.message_from_bytes(mail)["Message-ID"].strip() for mail in mails]
    return {
        "cards": len(rows),
        "drafted": len(orders),
        "for a person": [f"{state}: {why}" for _id, state, why in rows if state != "done"],
        "lost": sum(not cards[message_id] for message_id in sent),
        "doubled": sum(amount - 1 for amount in [*cards.values(), *orders.values()]),
    }
