"""Chromium for the browser tests, where Odoo looks for it."""

import platform
import shutil
from pathlib import Path

from tools import system_packages
from tools.console import Problem

#: The names that Odoo's test runner tries, in its order.
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
UBUNTU = (
    "The browser tests need Chrome, and Ubuntu's own Chromium is a snap, locked into a world where "
    "Odoo's test runner does not reach it. Install the package google-chrome-stable that Google "
    "offers for Ubuntu, then try again. Everything but ./dev test goes without."
)


def ensure() -> None:
    """Have a Chromium that tests can steer, or raise Problem that tells how to get one."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found and not _is_snap(Path(found)):
        return
    if platform.freedesktop_os_release()["ID"] == "ubuntu":
        raise Problem(UBUNTU)
    system_packages.install("The browser tests need Chromium", "chromium")


def _is_snap(program: Path) -> bool:
    """Tell whether a program is a snap, or the script that Ubuntu puts in a snap's place."""
    if program.resolve().name == "snap":
        return True
    with program.open("rb") as file:
        head = file.read(2000)
    return head.startswith(b"#!") and b"snap" in head
