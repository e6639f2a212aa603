"""`./dev clean`: give the disk back."""

import shutil

from tools import postgres
from tools.console import say
from tools.paths import CACHE, STATE


def main(arguments: list[str]) -> int:
    """Remove this checkout's databases and files; with --all also what was downloaded."""
    if postgres.DATA.exists():
        postgres.stop()
    gone = [STATE, postgres.SOCKET]
    if "--all" in arguments and CACHE.exists():
        gone += [path for path in CACHE.iterdir() if path.name != "checkouts"]
    for path in gone:
        if path.is_dir():
            shutil.rmtree(path)
            say(f"removed {path}")
        elif path.exists():
            path.unlink()
    return 0
