"""Odoo 19's source: the user's own (`ODOO_PATH`), else unpacked from the distribution's archive.

Odoo is in no Python registry. Debian and Ubuntu package it as pure Python, so their package is
downloaded with a private apt configuration (no root, nothing installed) and unpacked. Where the
archive is, apt on this machine knows; no host name is written here.
"""

import os
import platform
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tools.console import Problem, run, say, step
from tools.paths import CACHE

PACKAGE = "odoo-19"
VERSION = "19.0.0+dfsg-1"
#: Fonts and scripts that the package links to, in versions whose file names still fit.
LINKED = (
    "fonts-font-awesome fonts-inconsolata fonts-montserrat fonts-ocr-b fonts-roboto-unhinted "
    "libjs-jquery libjs-jquery-form libjs-underscore"
).split()
#: What Odoo runs without; the translations alone are 820 MB of 1.2 GB.
LEFT_OUT = (
    "./etc",
    "./usr/bin",
    "./usr/lib/python3/dist-packages/addons",
    "./usr/lib/python3/dist-packages/doc",
    "./usr/lib/python3/dist-packages/setup",
    "*egg-info",
    "*.po",
)
ELSEWHERE = "Get Odoo 19.0 Community yourself and name its folder: ODOO_PATH=/path/to/odoo"


@dataclass(frozen=True)
class Distribution:
    """Where a distribution keeps Odoo 19 and the files that it links to."""

    newest: str
    stable: str
    components: str
    keyring: str


DISTRIBUTIONS = {
    "debian": Distribution("sid", "trixie", "main", "debian-archive-keyring.gpg"),
    "ubuntu": Distribution("devel", "noble", "main universe", "ubuntu-archive-keyring.gpg"),
}


def ensure() -> Path:
    """Return the folder that holds Odoo's `odoo` package, fetching Odoo where need be."""
    if own := os.environ.get("ODOO_PATH"):
        return _check_own(Path(own).expanduser().resolve())
    target = CACHE / f"odoo-{VERSION}"
    packages = target / "usr/lib/python3/dist-packages"
    if not target.exists():
        with step(f"Odoo {VERSION}: download and unpack (130 MB)"):
            _fetch(target)
    return packages


def identity() -> str:
    """Return what tells one Odoo from another: the version, or the user's own commit."""
    if not os.environ.get("ODOO_PATH"):
        return VERSION
    path = ensure()
    if (path / ".git").exists():
        return run(["git", "-C", path, "rev-parse", "HEAD"])
    return str(path)


def _check_own(path: Path) -> Path:
    """Return a user's own Odoo folder, or say why it cannot be used."""
    release = path / "odoo/release.py"
    if not release.is_file() or "(19, 0" not in release.read_text():
        raise Problem(f"ODOO_PATH={path} is not a checkout of Odoo 19.0.")
    return path


def _fetch(target: Path) -> None:
    """Download the packages and unpack them; `target` appears only when it is complete."""
    apt = CACHE / "odoo.apt"
    shutil.rmtree(apt, ignore_errors=True)
    distribution, env = _private_apt(apt)
    download = apt / "download"
    download.mkdir()
    run(["apt-get", "download", _choose_version(env)], env=env, cwd=download)
    linked = [f"{name}/{distribution.stable}" for name in LINKED]
    run(["apt-get", "download", *linked], env=env, cwd=download)

    unpacked = apt / "unpacked"
    unpacked.mkdir()
    for package in sorted(download.glob("*.deb")):
        _unpack(package, unpacked)
    # The package lacks this file; without it the assets of the mail addon do not compile.
    missing = (
        "usr/lib/python3/dist-packages/odoo/addons/mail/static/lib/"
        "selfie_segmentation/selfie_segmentation.js"
    )
    (unpacked / missing).parent.mkdir(parents=True, exist_ok=True)
    (unpacked / missing).write_text("/* left out by the distribution */\n")
    unpacked.rename(target)
    shutil.rmtree(apt)


def _private_apt(folder: Path) -> tuple[Distribution, dict[str, str]]:
    """Set up an apt of our own in `folder`; return whose archive it reads and its environment."""
    if not shutil.which("apt-get"):
        raise Problem(f"This machine has no apt to fetch Odoo with. {ELSEWHERE}")
    identity = platform.freedesktop_os_release()
    family = [identity["ID"], *identity.get("ID_LIKE", "").split()]
    # A derivative of Ubuntu names both; what is closest comes first.
    name = next((name for name in ("ubuntu", "debian") if name in family), None)
    if not name:
        raise Problem(f"{identity['ID']} is neither Debian nor Ubuntu. {ELSEWHERE}")
    distribution = DISTRIBUTIONS[name]
    for part in ("state/lists/partial", "cache/archives/partial"):
        (folder / part).mkdir(parents=True)
    (folder / "apt.conf").write_text(
        f'Dir::Etc::sourcelist "{folder}/sources.list";\n'
        'Dir::Etc::sourceparts "/dev/null";\n'
        f'Dir::State "{folder}/state";\n'
        f'Dir::Cache "{folder}/cache";\n'
        'Dir::State::status "/dev/null";\n'
        'APT::Sandbox::User "root";\n'
        'Acquire::Languages "none";\n'
        # A mirror that lags behind is good enough for a pinned version; signatures still count.
        'Acquire::Check-Valid-Until "false";\n'
    )
    env = os.environ | {"APT_CONFIG": str(folder / "apt.conf"), "LC_ALL": "C.UTF-8"}
    last_words = "apt names no archive"
    for archive in _archives():
        (folder / "sources.list").write_text(
            "".join(
                f"deb [signed-by=/usr/share/keyrings/{distribution.keyring}] "
                f"{archive} {suite} {distribution.components}\n"
                for suite in (distribution.newest, distribution.stable)
            )
        )
        try:
            run(["apt-get", "update", "--error-on=any"], env=env)
        except Problem as problem:
            # An archive of somebody else: it has no such suite, or another signature.
            last_words = str(problem)
            continue
        return distribution, env
    raise Problem(f"No package archive of {name} could be read:\n{last_words}\n{ELSEWHERE}")


def _archives() -> list[str]:
    """Return the addresses of the package archives that this machine uses, likeliest first."""
    rows = run(
        ["apt-get", "--no-release-info", "indextargets"]
        + ["--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)", "Created-By: Packages"]
    ).splitlines()
    targets = dict.fromkeys(tuple(row.split()) for row in rows)
    return list(
        dict.fromkeys(
            archive
            for archive, suite, component in targets
            if component == "main" and "-" not in suite and "security" not in archive
        )
    )


def _choose_version(env: dict[str, str]) -> str:
    """Return the package with the pinned version, or the newest where that one is gone."""
    rows = run(["apt-cache", "madison", PACKAGE], env=env).splitlines()
    versions = [row.split("|")[1].strip() for row in rows]
    if not versions:
        raise Problem(f"The distribution no longer carries {PACKAGE}. {ELSEWHERE}")
    if VERSION not in versions:
        say(f"  {PACKAGE} {VERSION} is gone from the archive; taking {versions[0]} untried")
        return f"{PACKAGE}={versions[0]}"
    return f"{PACKAGE}={VERSION}"


def _unpack(package: Path, target: Path) -> None:
    """Unpack one package's files into a folder, as nobody in particular."""
    excludes = [f"--exclude={pattern}" for pattern in LEFT_OUT]
    with subprocess.Popen(
        ["dpkg-deb", "--fsys-tarfile", package], stdout=subprocess.PIPE
    ) as archive:
        subprocess.run(
            ["tar", "-x", "--no-same-owner", "--no-same-permissions", *excludes, "-C", target],
            stdin=archive.stdout,
            check=True,
        )
    if archive.returncode:
        raise Problem(f"{package.name} cannot be unpacked; run ./dev setup again.")
