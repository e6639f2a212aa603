"""A worker that is killed between the draft of an order and the commit of it.

Run as ``python dying_worker.py DATABASE TEXT DOCUMENT [option of Odoo]...``: a file of this text
reads as this document (JSON). A process of its own, because ``kill -9`` leaves none behind.
"""

import json
import os
import signal
import sys


def main(database, text, document, *options):
    from odoo.tools import config

    config.parse_config(list(options), setup_logging=False)

    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry

    registry = Registry(database)

    # a script of its own has no package to be relative to
    # pylint: disable=odoo-addons-relative-import
    from odoo.addons.po_intake.extraction.document import OrderDocument
    from odoo.addons.po_intake.tests.common import ScriptedReader

    read = OrderDocument.from_json(json.loads(document))
    reader = ScriptedReader({text.encode(): (read,)})
    service, drafter = registry["po.intake.reader"], registry["po.intake.drafter"]
    service._get_readers = lambda self, intake: [reader]
    service._accept = lambda self, document: document
    drafter._after_draft = lambda self, intake, order: os.kill(os.getpid(), signal.SIGKILL)
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        for queue in ("po.intake.reorder.run", "po.intake"):
            env[queue]._work_off()


if __name__ == "__main__":
    main(*sys.argv[1:])
