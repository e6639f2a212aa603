"""Odoo inside a Python program of ours, for benchmarks: an environment on a database copy."""

import contextlib
from collections.abc import Iterator

from tools import database, postgres, server


@contextlib.contextmanager
def environment(*, demo: bool = False) -> Iterator:
    """Yield Odoo's `env` as superuser on a copy of the addon's database that goes afterwards."""
    import odoo.api
    import odoo.modules.registry
    import odoo.sql_db
    import odoo.tools

    with (
        postgres.running(),
        database.copied(database.with_addon(demo=demo), "bench") as name,
        contextlib.ExitStack() as stack,
    ):
        stack.callback(odoo.sql_db.close_all)
        odoo.tools.config.parse_config(
            [f"--config={server.config()}", f"--database={name}", "--log-level=warn"]
        )
        registry = odoo.modules.registry.Registry(name)
        cursor = stack.enter_context(registry.cursor())
        yield odoo.api.Environment(cursor, odoo.api.SUPERUSER_ID, {})
