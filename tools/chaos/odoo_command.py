"""Odoo's own command, of which each database connection names the process that holds it.

Odoo names the process that loaded the registry: the parent of all, where a server forks. A trap
must know which of its children to kill.
"""

import os
import sys

# beside this file lie modules of ours that are nobody else's
sys.path.pop(0)

from odoo.cli.command import main
from odoo.sql_db import ConnectionPool

_borrow = ConnectionPool.borrow


def _borrow_by_name(pool, connection_info):
    return _borrow(pool, {**connection_info, "application_name": f"odoo-{os.getpid()}"})


ConnectionPool.borrow = _borrow_by_name
sys.exit(main())
