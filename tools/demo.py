"""`./dev demo`: sample orders travel by mail through a real Odoo, the reorder agent has a night of
work, and tables say what became of each."""

import json

from tools import database, foreseen, outcome, postgres, smtp_hop, stages
from tools.console import say, step
from tools.paths import ADDON
from tools.serve import on_stage, stay

MAILS = ADDON / "demo/mails"
EXPECTED = ADDON / "demo/expected.json"
FORESEEN = ADDON / "demo/foreseen.json"


def main(arguments: list[str]) -> int:
    """Run the demo until Ctrl-C, or with --once until the last mail is worked off."""
    once = "--once" in arguments
    files = sorted(MAILS.glob("*.eml"))
    plans = json.loads(EXPECTED.read_text())
    # Other entries are notes about documents that are not mailed here.
    expected = {name: plan for name, plan in plans.items() if name.endswith(".eml")}
    with postgres.running():
        template = database.with_addon(demo=True)
        with database.copied(template, "demo") as name, on_stage(name) as stage:
            with step(f"Mail: send {len(files)} messages with orders"):
                complaints = smtp_hop.send(files, stage.smtp_port)
            with step("Odoo: read, match and draft"):
                results = outcome.wait(stage.odoo, len(files) - len(complaints))
            print("\n" + outcome.table(results) + "\n", flush=True)
            complaints += outcome.differences(results, files, expected)
            with step("Orders: take some of them on, as far as the credit note"):
                stages.spread(stage.odoo)
            with step("Odoo: foresee what runs out"):
                proposals = foreseen.work(stage.odoo)
            print("\n" + foreseen.table(proposals) + "\n", flush=True)
            complaints += foreseen.differences(proposals, json.loads(FORESEEN.read_text()))
            for complaint in complaints:
                say(f"NOT AS EXPECTED  {complaint}")
            if once:
                summary = {**outcome.summary(results), "foreseen": len(proposals)}
            else:
                say(stage.introduce())
                stay()
    if once:
        print(json.dumps(summary), flush=True)
    return 1 if complaints else 0
