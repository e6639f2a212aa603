"""`./dev serve`: Odoo with its mail server on a database that stays."""

import contextlib
import json
import signal
import socket
from collections.abc import Iterator
from dataclasses import dataclass

from tools import database, postgres, server, smtp_hop
from tools.console import Problem, say, step
from tools.paths import STATE
from tools.rpc import LOGIN, PASSWORD, Odoo

PORT = 8069
LOG = STATE / "odoo.log"
#: Tells `./dev mail` where the mail server of what runs at the moment listens.
RUNNING = STATE / "running.json"


@dataclass(frozen=True)
class Stage:
    """A running Odoo and the mail server in front of it."""

    odoo: Odoo
    smtp_port: int

    def introduce(self) -> str:
        """Return what somebody needs to know to have a look."""
        return (
            f"Odoo     {self.odoo.address}/odoo/order-intake  login {LOGIN}, password {PASSWORD}\n"
            f"Mail     ./dev mail FILE.eml  (SMTP on {smtp_hop.HOST}:{self.smtp_port})\n"
            f"Log      {LOG}"
        )


@contextlib.contextmanager
def on_stage(name: str) -> Iterator[Stage]:
    """Have Odoo and the mail server run on a database while the block runs."""
    with contextlib.ExitStack() as stack:
        with step("Odoo: start"):
            address = stack.enter_context(server.serving(name, _port(), LOG))
        odoo = Odoo(address, name)
        stage = Stage(odoo, stack.enter_context(smtp_hop.listening(odoo)))
        RUNNING.write_text(json.dumps({"smtp": stage.smtp_port, "address": address}))
        stack.callback(RUNNING.unlink, missing_ok=True)
        yield stage


def running() -> dict:
    """Return where the running Odoo of this checkout is; raise Problem when there is none."""
    if not RUNNING.exists():
        raise Problem("Nothing runs here. Start ./dev demo or ./dev serve in another terminal.")
    return json.loads(RUNNING.read_text())


def stay() -> None:
    """Return when the user presses Ctrl-C or the process is asked to end."""
    say("Ctrl-C ends it.")
    with contextlib.suppress(KeyboardInterrupt):
        signal.pause()
    say("Stopping ...")


def main(arguments: list[str]) -> int:
    """Serve the lasting database until Ctrl-C."""
    with postgres.running():
        name = database.lasting()
        with on_stage(name) as stage:
            say(stage.introduce())
            stay()
    return 0


def _port() -> int:
    """Return Odoo's usual port, or another one where that is taken."""
    with socket.socket() as probe, contextlib.suppress(OSError):
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", PORT))
        return PORT
    return server.free_port()
