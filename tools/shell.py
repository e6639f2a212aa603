"""`./dev shell`: Odoo's Python shell on the lasting database."""

from tools import database, postgres, server
from tools.console import call


def main(arguments: list[str]) -> int:
    """Open the shell; `env` is Odoo's environment. Arguments are Odoo's."""
    with postgres.running():
        words = ("shell", "--database", database.lasting(), "--log-level=warn", *arguments)
        return call(server.command(*words))
