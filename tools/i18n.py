"""`./dev i18n`: the translation template of the addon, exported by Odoo itself."""

import re
import tempfile
from pathlib import Path

from tools import database, postgres, server
from tools.console import Problem, run, say
from tools.paths import ADDON

TEMPLATE = ADDON / "i18n" / f"{ADDON.name}.pot"
#: Lines that change with the clock and not with the texts.
DATES = re.compile(r'^"(POT-Creation-Date|PO-Revision-Date):.*\n', re.MULTILINE)


def main(arguments: list[str]) -> int:
    """Write the template where texts changed; with --check only say so, and fail."""
    current = TEMPLATE.read_text() if TEMPLATE.exists() else ""
    fresh = _export()
    if DATES.sub("", fresh) == DATES.sub("", current):
        say(f"{TEMPLATE.name} is current.")
        return 0
    if "--check" in arguments:
        raise Problem(f"{TEMPLATE.name} is not current. Run: ./dev i18n")
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_text(fresh)
    say(f"{TEMPLATE.name} is written.")
    return 0


def _export() -> str:
    """Return the template that Odoo makes of the addon as it is now."""
    with postgres.running(), tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / TEMPLATE.name
        with database.copied(database.with_addon(demo=False), "i18n") as name:
            words = ("export", "--database", name, "--output", output, ADDON.name)
            run(server.command("i18n", *words))
        return output.read_text()
