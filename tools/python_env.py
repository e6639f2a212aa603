"""The virtual environment: Odoo and its packages in locked versions, one per set of them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import system_packages
from tools.console import Problem, run, step
from tools.paths import CACHE, TOOLS, digest, digest_files

UV = "uv==0.13.8"
LOCKED = TOOLS / "requirements.txt"
#: Addons of others, whose own requirements are met already.
ADDONS = TOOLS / "requirements-addons.txt"
#: Needed for benchmarks only: the libraries that the addon is measured against.
PEERS = TOOLS / "requirements-bench.txt"


def ensure(odoo: Path, *extra: Path) -> Path:
    """Return the Python of an environment with Odoo from `odoo` and the locked packages.

    `extra` names further locked files. The environment is made when it does not exist yet.
    """
    locked = [LOCKED, *extra]
    key = digest(digest_files(*locked, ADDONS), odoo, sys.version, os.path.realpath(sys.executable))
    venv = CACHE / f"venv-{key}"
    python = venv / "bin/python"
    complete = venv / "complete"
    if not complete.exists():
        with step("Python packages: download and install"):
            make(venv)
            install(python, "--require-hashes", *(f"--requirement={file}" for file in locked))
            install(python, "--require-hashes", "--no-deps", f"--requirement={ADDONS}")
            _link_odoo(venv, odoo)
        complete.touch()
    return python


def make(venv: Path) -> None:
    """Make an empty virtual environment with the Python that runs us."""
    shutil.rmtree(venv, ignore_errors=True)
    base = getattr(sys, "_base_executable", sys.executable)
    try:
        run([base, "-c", "import ensurepip; ensurepip.version()"])
    except Problem:
        system_packages.install("Python cannot make virtual environments", "python3-venv")
    run([base, "-m", "venv", venv])


def install(python: Path, *arguments: object) -> None:
    """Install packages with uv, which is quick, or with pip where uv cannot."""
    pip = [python, "-m", "pip", "--disable-pip-version-check"]
    try:
        command = [uv(python), "pip", "install", "--python", python, *arguments]
        run(command, env=os.environ | _uv_settings(pip))
    except Problem:
        run([*pip, "install", *arguments])


def uv(python: Path) -> Path:
    """Return the user's uv, else one that is installed beside a Python."""
    beside = python.parent / "uv"
    if own := shutil.which("uv"):
        return Path(own)
    if not beside.exists():
        run([python, "-m", "pip", "--disable-pip-version-check", "install", UV])
    return beside


def _uv_settings(pip: list[object]) -> dict[str, str]:
    """Return what pip on this machine knows about package indexes, in uv's words."""

    def setting(name: str) -> str:
        asked = subprocess.run(
            [*pip, "config", "get", f"global.{name}"], capture_output=True, text=True
        )
        variable = "PIP_" + name.upper().replace("-", "_")
        return os.environ.get(variable) or asked.stdout.strip()

    found = {
        "UV_DEFAULT_INDEX": setting("index-url"),
        "UV_INDEX": setting("extra-index-url"),
        "UV_FIND_LINKS": setting("find-links").replace(" ", ","),
        "SSL_CERT_FILE": setting("cert"),
    }
    fixed = {
        # pip takes the best version of all indexes; the locked hashes keep strangers out.
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_PYTHON_DOWNLOADS": "never",
        # Certificates of this machine, as pip does; the second is the name in older versions.
        "UV_SYSTEM_CERTS": "1",
        "UV_NATIVE_TLS": "1",
    }
    return fixed | {name: value for name, value in found.items() if value}


def _link_odoo(venv: Path, odoo: Path) -> None:
    """Make Odoo's source an installed package, as far as Python and pip can tell.

    Addons from the registry require `odoo==19.0.*`, and pytest-odoo imports it.
    """
    (site_packages,) = venv.glob("lib/python3*/site-packages")
    (site_packages / "odoo.pth").write_text(f"{odoo}\n")
    metadata = site_packages / "odoo-19.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: odoo\nVersion: 19.0\n")
    (metadata / "RECORD").write_text("")
    command = venv / "bin/odoo"
    command.write_text(
        f"#!{venv}/bin/python\n"
        "import sys\n\nfrom odoo.cli.command import main\n\nsys.exit(main())\n"
    )
    command.chmod(0o755)
