"""`./dev setup`: everything that is downloaded, in its place. Quick when it is there already."""

import time
from dataclasses import dataclass
from pathlib import Path

from tools import locks, odoo_source, python_env
from tools.console import say
from tools.paths import CACHE


@dataclass(frozen=True)
class Environment:
    """What a command runs with: Odoo's source and the Python that its packages are in."""

    odoo: Path
    python: Path


def ensure(*extra: Path) -> Environment:
    """Return an environment that is complete; `extra` names further locked requirements."""
    with locks.exclusive(CACHE / "setup.lock"):
        odoo = odoo_source.ensure()
        return Environment(odoo, python_env.ensure(odoo, *extra))


def main(arguments: list[str]) -> int:
    """Set everything up that demo, tests and checks need, databases included."""
    started = time.monotonic()
    environment = ensure()
    say(f"Odoo    {environment.odoo}\nPython  {environment.python}")
    say(f"Ready in {time.monotonic() - started:.0f} s. Now: ./dev demo, ./dev test, ./dev help")
    return 0
