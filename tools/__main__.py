"""Hand a command of `./dev` to its module, in the Python that has what the module needs."""

import importlib
import os
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# This folder itself must not be searched: its test.py would hide Python's own.
sys.path[0] = str(ROOT)

from tools import setup  # noqa: E402
from tools.console import Problem, say  # noqa: E402

HELP = """\
po_intake: purchase orders by mail become draft orders in Odoo 19.

  ./dev demo [--once]        Odoo with the addon, fed with sample orders by mail; Ctrl-C ends it
  ./dev test [PYTEST ARGS]   the test suite, or a part: ./dev test po_intake/tests/test_x.py -k y

  ./dev setup                download what the commands need (each does that by itself, too)
  ./dev serve                Odoo on a database that stays, with the demo data
  ./dev shell                Odoo's Python shell on that database
  ./dev mail FILE.eml ...    mail messages to the running demo or server
  ./dev extract FILE ...     read documents without a database; one JSON object for each
  ./dev lint                 every style check; what can be mended is mended
  ./dev i18n [--check]       write the translation template, or say whether it is current
  ./dev bench NAME [ARGS]    run bench/NAME.py beside its peers
  ./dev chaos [--mails N]    mails arrive while everything dies; is anything lost or doubled?
  ./dev screenshots          take the pictures of the documentation anew
  ./dev accessibility        look for barriers on the screens, with axe-core
  ./dev lock                 resolve the locked requirements anew
  ./dev clean [--all]        remove this checkout's databases; with --all the downloads too

ODOO_PATH=/path/to/odoo uses your own Odoo 19.0. Downloads are kept in ~/.cache/po_intake.
"""
#: Command -> whether it runs in the virtual environment.
COMMANDS = {
    "accessibility": True,
    "setup": False,
    "lock": True,
    "clean": False,
    "bench": False,
    "chaos": True,
    "demo": True,
    "extract": True,
    "i18n": True,
    "lint": True,
    "mail": True,
    "screenshots": True,
    "serve": True,
    "shell": True,
    "test": True,
}


def main(arguments: list[str]) -> int:
    """Run one command; return its exit code."""
    # Whoever ends us politely wants what was started ended, too.
    for sign in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, signal.default_int_handler)
    name, *rest = arguments or ["help"]
    if name in ("help", "-h", "--help"):
        print(HELP, end="")
        return 0
    if name not in COMMANDS:
        say(f"There is no ./dev {name}.\n\n{HELP}")
        return 2
    try:
        if COMMANDS[name]:
            python = setup.ensure().python
            if Path(sys.executable) != python:
                os.execv(python, [str(python), __file__, *arguments])
        return importlib.import_module(f"tools.{name}").main(rest)
    except Problem as problem:
        say(f"\n{problem}")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
