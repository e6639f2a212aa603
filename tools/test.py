"""`./dev test`: the suite with pytest-odoo on a real PostgreSQL and a real Chromium."""

import sys
from pathlib import Path

from tools import browser, database, postgres, server
from tools.console import call
from tools.paths import ROOT


def main(arguments: list[str]) -> int:
    """Run pytest with these arguments; return its exit code."""
    browser.ensure()
    with postgres.running():
        template = database.with_addon(demo=False)
        with database.copied(template, "test") as name:
            return call(_pytest(name, arguments), cwd=ROOT)


def _pytest(name: str, arguments: list[str]) -> list[str]:
    """Return the words of the pytest command."""
    odoo = [f"--odoo-config={server.config()}", f"--odoo-database={name}", "--odoo-http"]
    return [sys.executable, "-m", "pytest", *odoo, *map(_absolute, arguments)]


def _absolute(argument: str) -> str:
    """Return a path given from the caller's folder as one that holds in any folder."""
    path, *selection = argument.split("::")
    return "::".join([str(Path(path).resolve()), *selection]) if Path(path).exists() else argument
