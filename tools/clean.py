"""`./dev clean`: give the disk back."""

import shutil
from pathlib import Path

from tools import postgres
from tools.console import say
from tools.paths import CACHE, STATE


def main(arguments: list[str]) -> int:
    """Remove this checkout's databases and files; with --all also what was downloaded."""
    if postgres.DATA.exists():
        postgres.stop()
    gone = [STATE, postgres.SOCKET, *_left_behind()]
    if "--all" in arguments and CACHE.exists():
        gone += [path for path in CACHE.iterdir() if path.name != STATE.parent.name]
    for path in gone:
        if path.is_dir():
            shutil.rmtree(path)
            say(f"removed {path}")
        else:
            path.unlink(missing_ok=True)
    return 0


def _left_behind() -> list[Path]:
    """Return what belongs to checkouts that are no longer there."""
    owners = STATE.parent.glob(f"*/{postgres.OWNER.name}")
    return [owner.parent for owner in owners if not Path(owner.read_text()).exists()]
