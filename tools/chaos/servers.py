"""Two Odoo servers on one database, which are started again whenever they die."""

import contextlib
import http.client
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from tools import postgres, server
from tools.console import Problem
from tools.paths import STATE
from tools.rpc import Odoo

PATIENCE_SECONDS = 120
COMMAND = Path(__file__).with_name("odoo_command.py")
#: Who works on schedule listens at PostgreSQL's own database for what is due.
CRON_WORKERS = "SELECT application_name FROM pg_stat_activity WHERE datname = 'postgres'"
#: Who has a transaction open on the database.
AT_WORK = """
SELECT application_name FROM pg_stat_activity
 WHERE datname = current_database() AND application_name LIKE 'odoo-%' AND state <> 'idle'
"""


class Server:
    """An Odoo with processes for requests and for scheduled work."""

    def __init__(self, name: str, place: int):
        self.name = name
        self.port = server.free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._log = (STATE / f"chaos-{place}.log").open("w")
        options = ["--workers=2", "--max-cron-threads=2", "--log-level=warn"]
        options.append("--log-handler=odoo.addons.rpc.controllers.xmlrpc:ERROR")
        ports = [f"--http-port={self.port}", f"--gevent-port={server.free_port()}"]
        python, _odoo, *words = server.command("server", "--database", name, *ports, *options)
        self._words = [python, str(COMMAND), *words]
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

    def wait(self) -> Odoo:
        """The server's models, as soon as it answers."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError, http.client.HTTPException):
                return Odoo(self.address, self.name)
            time.sleep(0.2)
        raise Problem(f"Odoo does not answer on {self.address}. {self._log.name} says why.")

    def family(self) -> list[psutil.Process]:
        """The server, its workers and the processes that parse for them."""
        with contextlib.suppress(psutil.Error):
            parent = psutil.Process(self.process.pid)
            return [parent, *parent.children(recursive=True)]
        return []

    def workers(self) -> list[psutil.Process]:
        """The processes that serve requests or work on schedule."""
        with contextlib.suppress(psutil.Error):
            return psutil.Process(self.process.pid).children()
        return []

    def _end_children(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def stop(self) -> None:
        self._end_children()
        self.process.wait()
        self._log.close()


@contextlib.contextmanager
def two_servers(name: str) -> Iterator[list[Server]]:
    servers = [Server(name, place) for place in range(2)]
    try:
        yield servers
    finally:
        for each in servers:
            each.stop()


def wake(name: str) -> None:
    """Have those look for work now who work on schedule; else they sleep for up to a minute."""
    postgres.query(f"NOTIFY cron_trigger, '{name}'")


def cron_workers() -> set[int]:
    """Process ids of those that work on schedule, on any database."""
    return _process_ids(postgres.query(CRON_WORKERS))


def at_work(name: str) -> set[int]:
    """Process ids of those that are in the middle of a transaction."""
    return _process_ids(postgres.query(AT_WORK, name))


def _process_ids(applications: list[str]) -> set[int]:
    return {int(each.removeprefix("odoo-")) for each in applications if each.startswith("odoo-")}
