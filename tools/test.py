"""`./dev test`: the suite with pytest-odoo on a real PostgreSQL and a real Chromium; some chaos."""

import sys
from pathlib import Path

from tools import browser, chaos, database, postgres, server
from tools.console import call
from tools.paths import ADDON, DASHBOARD, GLUE, ROOT

#: Tests that take Odoo's online shop or its dashboards: in a database of their own.
SHOP = [str(ADDON / "tests/shop_chain.py"), str(DASHBOARD)]
#: One fault of each kind, always in the same order.
SOME_CHAOS = ["--brief", "--lines=2", "--rounds=1", "--pause=5"]


def main(arguments: list[str]) -> int:
    """Run pytest with these arguments, else everything there is; return the exit code.

    With ``--shop`` alone those tests are run that take Odoo's online shop or its dashboards.
    """
    browser.ensure()
    with postgres.running():
        if arguments == ["--shop"]:
            return _run(database.with_shop(), SHOP)
        if not arguments:
            return (
                _run(database.with_addon(demo=False), [])
                or _run(database.with_glue(demo=False), [str(GLUE)])
                or _run(database.with_shop(), SHOP)
                or chaos.main(SOME_CHAOS)
            )
        glue = any(GLUE in [path, *path.parents] for path in map(_path, arguments))
        template = database.with_glue(demo=False) if glue else database.with_addon(demo=False)
        return _run(template, arguments)


def _run(template: str, arguments: list[str]) -> int:
    with database.copied(template, "test") as name:
        return call(_pytest(name, arguments), cwd=ROOT)


def _path(argument: str) -> Path:
    return Path(argument.partition("::")[0]).resolve()


def _pytest(name: str, arguments: list[str]) -> list[str]:
    """Return the words of the pytest command."""
    odoo = [f"--odoo-config={server.config()}", f"--odoo-database={name}", "--odoo-http"]
    return [sys.executable, "-m", "pytest", *odoo, *map(_absolute, arguments)]


def _absolute(argument: str) -> str:
    """Return a path given from the caller's folder as one that holds in any folder."""
    path, *selection = argument.split("::")
    return "::".join([str(Path(path).resolve()), *selection]) if Path(path).exists() else argument
