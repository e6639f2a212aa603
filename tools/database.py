"""Databases: slow ones are built once and kept, quick copies of them are what one works on.

Two layers are kept. The base is Odoo with the modules that the addon builds on: it takes more
than a minute, so it also goes into the cache, for the next checkout. On top of it the addon is
installed; that is done again whenever a file of the addon changes that a database sees.
"""

import ast
import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tools import locks, odoo_source, postgres, python_env, server
from tools.console import run, step
from tools.paths import ADDON, CACHE, DASHBOARD, GLUE, STATE, digest, digest_files

#: Parts of the addon that leave no trace in a database: pure Python, tests, texts.
UNSEEN = set("extraction forecast matching tests i18n readme documents mails __pycache__".split())
#: What databases are copied for; such a copy ends with the process whose number it carries.
PURPOSES = {"bench", "chaos", "demo", "i18n", "test"}
#: The one that outlives the command that made it.
LASTING = "lasting"
FILESTORES = server.DATA_DIR / "filestore"

#: What is not needed, but must get on with the addon where it is there.
SHOP = ["spreadsheet_dashboard", "website_sale"]

#: Compiled once here, the stylesheets and scripts need not be compiled in every browser test.
COMPILE_ASSETS = """
env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
"""


def with_addon(*, demo: bool) -> str:
    """Return a kept database with the addon as its files are now. Copy it, never change it."""
    with locks.exclusive(STATE / "databases.lock"):
        kind = "demo" if demo else "test"
        base = _base(demo=demo)
        name = f"addon_{kind}_{digest(base, _digest())}"
        if name not in names():
            with step("Database: install the addon"), _building(name) as building:
                copy(base, building)
                _install([ADDON.name], building, demo=demo)
        return name


def with_glue(*, demo: bool) -> str:
    """Return a kept database with the addon and what connects it to the job queue."""
    base = with_addon(demo=demo)
    with locks.exclusive(STATE / "databases.lock"):
        name = f"glue_{'demo' if demo else 'test'}_{digest(base, _digest(GLUE))}"
        if name not in names():
            with step("Database: install the job queue"), _building(name) as building:
                copy(base, building)
                _install([GLUE.name], building, demo=demo)
        return name


def with_shop() -> str:
    """Return a kept database with the addon beside Odoo's online shop and dashboards."""
    with locks.exclusive(STATE / "databases.lock"):
        base = _shop()
        name = f"shop_test_{digest(base, _digest(), _digest(DASHBOARD))}"
        if name not in names():
            with step("Database: install the addon beside the shop"), _building(name) as building:
                copy(base, building)
                _install([ADDON.name, DASHBOARD.name], building, demo=False)
        return name


def lasting() -> str:
    """Return the database of `./dev serve`, with the addon as its files are now."""
    mark = STATE / f"{LASTING}.addon"
    if LASTING not in names():
        copy(with_addon(demo=True), LASTING)
    elif not mark.exists() or mark.read_text() != _digest():
        with step("Database: update the addon"):
            update(LASTING)
    mark.write_text(_digest())
    return LASTING


@contextlib.contextmanager
def copied(source: str, purpose: str) -> Iterator[str]:
    """Have a copy of a database for as long as the block runs."""
    _drop_orphans()
    name = f"{purpose}_{os.getpid()}"
    copy(source, name)
    try:
        yield name
    finally:
        drop(name)


def copy(source: str, target: str) -> None:
    """Copy a database with its files, replacing what was there."""
    drop(target)
    postgres.query(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
    if (FILESTORES / source).exists():
        # Odoo never changes a file in place, so both databases may share it.
        shutil.copytree(FILESTORES / source, FILESTORES / target, copy_function=os.link)


def update(name: str) -> None:
    """Upgrade the addon in a database; somebody may be at work in it."""
    _odoo_once(name, "--update", ADDON.name)


def drop(name: str) -> None:
    """Remove a database and its files, if there are any."""
    postgres.query(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    shutil.rmtree(FILESTORES / name, ignore_errors=True)


def names() -> list[str]:
    """Return the names of all databases."""
    return postgres.query("SELECT datname FROM pg_database")


def _base(*, demo: bool) -> str:
    """Return a kept database with what the addon depends on."""
    modules = ast.literal_eval((ADDON / "__manifest__.py").read_text())["depends"]
    locked = digest_files(python_env.LOCKED)
    key = digest(odoo_source.identity(), *sorted(modules), locked, COMPILE_ASSETS)
    name = f"base_{'demo' if demo else 'test'}_{key}"
    if name in names():
        return name
    kept = CACHE / "databases" / f"{name}-pg{_server_version()}"
    with locks.exclusive(CACHE / "databases.lock"), _building(name) as building:
        if kept.exists():
            with step("Database: restore Odoo's modules from the cache"):
                _restore(kept, building)
        else:
            with step("Database: install Odoo's modules (a minute or two, once)"):
                _install(modules, building, demo=demo)
            _keep(building, kept)
    return name


def _shop() -> str:
    """Return a kept database with Odoo's shop and dashboards, and what the addon depends on."""
    base = _base(demo=False)
    name = f"shop_base_{digest(base, *SHOP)}"
    if name not in names():
        with step("Database: install Odoo's shop (a minute or two)"), _building(name) as building:
            copy(base, building)
            _install(SHOP, building, demo=False)
    return name


@contextlib.contextmanager
def _building(name: str) -> Iterator[str]:
    """Give a database its name only when it is complete, and drop what it replaces."""
    building = f"building_{name}"
    drop(building)
    yield building
    postgres.query(f'ALTER DATABASE "{building}" RENAME TO "{name}"')
    if (FILESTORES / building).exists():
        (FILESTORES / building).rename(FILESTORES / name)
    kind = name.rpartition("_")[0]
    for other in names():
        if other.rpartition("_")[0] == kind and other != name:
            drop(other)


def _install(modules: list[str], name: str, *, demo: bool) -> None:
    """Install modules into a database, making it if it does not exist."""
    _odoo_once(name, "--init", ",".join(modules), *(["--with-demo"] if demo else []))
    server.script(name, COMPILE_ASSETS)


def _odoo_once(name: str, *options: str) -> None:
    """Have Odoo install or update something in a database, and end."""
    quiet = ("--stop-after-init", "--no-http", "--max-cron-threads=0", "--log-level=warn")
    run(server.command("server", "--database", name, *options, *quiet))


def _digest(addon: Path = ADDON) -> str:
    """Return what changes with every file of an addon that a database sees."""
    files = sorted(path for path in addon.rglob("*") if path.is_file())
    seen = [path for path in files if not UNSEEN.intersection(path.relative_to(addon).parts)]
    return digest(*seen, digest_files(*seen))


def _keep(name: str, folder: Path) -> None:
    """Write a database and its files into the cache."""
    partial = folder.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    with (partial / "dump").open("wb") as output:
        words = [postgres.programs() / "pg_dump", *postgres.connection(), "--format=custom", name]
        subprocess.run(words, stdout=output, check=True)
    shutil.copytree(FILESTORES / name, partial / "files")
    partial.rename(folder)


def _restore(folder: Path, name: str) -> None:
    """Make a database of what the cache holds."""
    postgres.query(f'CREATE DATABASE "{name}" TEMPLATE template0')
    with (folder / "dump").open("rb") as dump:
        words = [postgres.programs() / "pg_restore", *postgres.connection(), "--no-owner"]
        subprocess.run([*words, "--dbname", name], stdin=dump, check=True)
    shutil.copytree(folder / "files", FILESTORES / name)


def _drop_orphans() -> None:
    """Remove the copies of commands that were killed."""
    for name in names():
        purpose, _, process = name.rpartition("_")
        if purpose in PURPOSES and not Path(f"/proc/{process}").exists():
            drop(name)


def _server_version() -> int:
    return int(postgres.query("SHOW server_version_num")[0]) // 10000
