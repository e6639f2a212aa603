"""Packages of the operating system: installed where we may, else named in one command."""

import contextlib
import os
import shutil
import subprocess

from tools.console import Problem, run, step


def install(reason: str, *packages: str) -> None:
    """Install packages with apt.

    Raises Problem with the one command that mends it where we may not, or where there is no apt.
    """
    if not shutil.which("apt-get"):
        names = " ".join(packages)
        raise Problem(f"{reason}: install {names} with this system's package manager.")
    sudo = _become_root()
    if sudo is None:
        command = f"sudo apt-get install --yes {' '.join(packages)}"
        raise Problem(f"{reason}. Run this, then try again:\n\n    {command}")
    with step(f"{reason}: install {' '.join(packages)}"):
        quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--yes", "--quiet"]
        # A stranger's archive that is out of order need not stop us.
        with contextlib.suppress(Problem):
            run([*sudo, *quiet, "update"])
        run([*sudo, *quiet, "install", "--no-install-recommends", *packages])


def _become_root() -> list[str] | None:
    """Return what to put before a command to run it as root, or None where that needs a prompt."""
    if os.getuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True)
    return None if asked.returncode else ["sudo", "-n"]
