"""Odoo itself: its configuration, its commands, and a server process on loopback."""

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path

from tools import odoo_source, postgres
from tools.console import Problem, run
from tools.paths import ROOT, STATE

CONFIG = STATE / "odoo.conf"
DATA_DIR = STATE / "odoo"
#: Calls to the outside world fail on a machine without one, harmlessly and at length.
QUIET = "odoo.addons.iap,odoo.addons.partner_autocomplete,odoo.addons.snailmail,odoo.addons.sms"


def command(*words: object) -> list[str]:
    """Return the words of an Odoo command (`server`, `shell`, `i18n` ...) with our settings."""
    odoo = Path(sys.prefix) / "bin/odoo"
    return [str(word) for word in (sys.executable, odoo, *words, f"--config={config()}")]


def config() -> Path:
    """Return Odoo's configuration file: our database, our folders, loopback only."""
    others = [odoo_source.ensure() / "addons", Path(sysconfig.get_path("purelib")) / "odoo/addons"]
    addons = [ROOT, *filter(Path.is_dir, others)]
    silenced = ",".join(f"{name}:CRITICAL" for name in QUIET.split(","))
    CONFIG.parent.mkdir(parents=True, exist_ok=True)
    CONFIG.write_text(
        "[options]\n"
        f"addons_path = {','.join(map(str, addons))}\n"
        f"data_dir = {DATA_DIR}\n"
        f"db_host = {postgres.SOCKET}\n"
        f"db_user = {postgres.ROLE}\n"
        "http_interface = 127.0.0.1\n"
        "list_db = False\n"
        f"log_handler = :INFO,{silenced}\n"
        # A limited address space is inherited by Chromium and kills it.
        "limit_memory_hard = 0\n"
        "limit_memory_soft = 0\n"
        "limit_time_cpu = 600\n"
        "limit_time_real = 1200\n"
    )
    return CONFIG


def script(database: str, source: str) -> str:
    """Run Python source in Odoo's shell and return what it prints."""
    return run(command("shell", "--database", database, "--log-level=error"), stdin=source)


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serving(database: str, port: int, log: Path, *options: str) -> Iterator[str]:
    """Have Odoo serve a database while the block runs; yield its address."""
    words = command("server", "--database", database, f"--http-port={port}", *options)
    if shutil.which("setpriv"):
        # Should we be killed, the kernel ends the server for us.
        words = ["setpriv", "--pdeathsig=TERM", *words]
    with log.open("w") as output:
        process = subprocess.Popen(
            words, stdout=output, stderr=output, stdin=subprocess.DEVNULL, start_new_session=True
        )
    try:
        _wait_until_up(process, port, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        # First politely; the second signal makes Odoo leave without waiting for requests.
        for sign in (signal.SIGTERM, signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, sign)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
                break


def _wait_until_up(process: subprocess.Popen, port: int, log: Path, seconds: int = 120) -> None:
    """Return when the server answers; raise Problem with its last words when it does not."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            link.request("GET", "/web/health")
            if link.getresponse().status == 200:
                return
        time.sleep(0.2)
    raise Problem(f"Odoo does not answer. {log} ends:\n{log.read_text()[-3000:]}")
