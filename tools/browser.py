"""Chromium for the browser tests, where Odoo looks for it."""

import platform
import shutil

from tools import system_packages

#: The names that Odoo's test runner tries.
NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")


def ensure() -> None:
    """Have a Chromium, or raise Problem with the command that installs one."""
    if not any(map(shutil.which, NAMES)):
        ubuntu = platform.freedesktop_os_release()["ID"] == "ubuntu"
        package = "chromium-browser" if ubuntu else "chromium"
        system_packages.install("The browser tests need Chromium", package)
