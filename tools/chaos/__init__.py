"""`./dev chaos`: mails arrive while everything dies; is anything lost or doubled afterwards?

Two servers work on one database. Mails are delivered as mail servers do it: again and again until
somebody takes them, and some twice at the same moment. Meanwhile faults come one after the other:
all kinds by turns, or only kills, one for so many documents. When all is quiet, every mail must be
exactly one card with its document whole, and every card exactly one order with all its lines.

``scene`` says what a fault is, ``faults`` and ``kills`` have them all, ``traps`` and ``model`` let
them hit at a chosen place; ``servers`` are hit, ``traffic`` goes on, ``balance`` counts.
"""

import argparse
import contextlib
import email
import itertools
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator

import psutil

from tools import database, locks, postgres, smtp_hop
from tools.chaos import balance, traps
from tools.chaos.faults import FAULTS, TO_APPROVE, approve_twice, clock_ahead
from tools.chaos.kills import KILLS
from tools.chaos.model import TIMEOUT_SECONDS, Model
from tools.chaos.scene import Fault, Scene
from tools.chaos.servers import two_servers, wake
from tools.chaos.traffic import Traffic
from tools.console import Problem, say, step
from tools.paths import STATE
from tools.rpc import Odoo
from tools.samples import stream

#: Nothing may stand still for longer.
PATIENCE_SECONDS = 600
WARM_UP_SECONDS = 60
#: So many mails are on their way or worked on, if nobody says how many come in all.
ON_THE_WAY = 12


def main(arguments: list[str]) -> int:
    """Run it, print what happened; 0 only if nothing was lost, doubled, torn or left."""
    parser = argparse.ArgumentParser(prog="./dev chaos", description=__doc__.partition("\n")[0])
    parser.add_argument("--mails", type=int, help="else as many as are worked off")
    parser.add_argument("--lines", type=int, metavar="N", help="lines of an order at most")
    parser.add_argument("--rounds", type=int, default=3, help="so often each fault comes")
    parser.add_argument("--only", metavar="TEXT", default="", help="faults with this in their name")
    parser.add_argument("--brief", action="store_true", help="one fault of each kind")
    parser.add_argument(
        "--pause", type=float, default=10, help="seconds at most until a card ends between faults"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--kill-rate", type=float, metavar="SHARE", help="only kills, in this share of documents"
    )
    chosen = parser.parse_args(arguments)
    if chosen.kill_rate and not chosen.mails:
        parser.error("--kill-rate is a share of --mails")
    # it restarts the server of this checkout's databases
    with (
        locks.exclusive(STATE / "chaos.lock"),
        postgres.running(),
        database.copied(database.with_addon(demo=True), "chaos") as name,
    ):
        result = Run(name, chosen).result()
    print(json.dumps(result, indent=1))
    return 1 if any(result[wrong] for wrong in balance.WRONG) else 0


class Run:
    """One run on a database of its own."""

    def __init__(self, name: str, chosen: argparse.Namespace):
        self.name, self.chosen = name, chosen
        self.luck = random.Random(chosen.seed)
        self.plan = self._plan()
        self.injected: Counter[str] = Counter()
        self.survived: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self.sent: list[str] = []
        #: Faults after which no card has ended yet, with how many had ended before.
        self.open: list[tuple[str, int]] = []

    def result(self) -> dict:
        """Let it happen, wait until all is quiet, and count."""
        self.started = time.monotonic()
        traps.build(self.name)
        # what our own cluster does for speed would lose what was committed when it is killed,
        # nor is a database complete that was copied a moment ago
        postgres.query(f'ALTER DATABASE "{self.name}" SET synchronous_commit = on')
        postgres.query("CHECKPOINT")
        with contextlib.ExitStack() as stack:
            model = stack.enter_context(contextlib.closing(Model()))
            servers = stack.enter_context(two_servers(self.name))
            self.scene = Scene(self.name, servers, model, self.luck)
            odoos = [each.wait() for each in servers]
            set_up(odoos[0], None if self.chosen.kill_rate else model.url)
            doors = [stack.enter_context(smtp_hop.listening(odoo)) for odoo in odoos]
            traffic = Traffic(doors, self.luck)
            with step(f"Mails among {len(self.plan)} faults"):
                try:
                    self._trouble(traffic)
                except KeyboardInterrupt:
                    say("  No more mails; what was sent is counted.")
                deliveries = traffic.done()
            with step("Quiet: what is left is worked off"):
                self._settle()
        return {
            "mails": len(self.sent),
            "deliveries": deliveries,
            "delivered twice at once": traffic.twice,
            "questions to the model": model.questions,
            "seconds": round(time.monotonic() - self.started),
            "nothing to hit": dict(self.missed),
            "injected": dict(self.injected),
            "survived": dict(self.survived),
            "faults": f"{self.survived.total()} of {self.injected.total()} survived",
            **balance.count(self.name, self.sent),
        }

    def _plan(self) -> list[Fault]:
        """The faults in the order in which they come."""
        chosen = self.chosen
        if chosen.kill_rate:
            return self.luck.choices(KILLS, k=round(chosen.mails * chosen.kill_rate))
        faults = [
            fault
            for fault in FAULTS
            if chosen.only in fault.title and (fault.brief or not chosen.brief)
        ]
        rounds = [self.luck.sample(faults, len(faults)) for _round in range(chosen.rounds)]
        return list(itertools.chain(*rounds))

    def _trouble(self, traffic: Traffic) -> None:
        """One fault after the other, each among its share of the mails.

        One that found nothing to hit comes again at the end.
        """
        mails, seen, again = self._mails(), 0, len(self.plan)
        share = 1 / len(self.plan)
        for place, fault in enumerate(self.plan):
            if self.chosen.kill_rate:
                self._wait_for_cards((place - self.luck.random()) / self.chosen.kill_rate)
            elif place:
                # the first card has everything loaded
                self._wait_for_cards(seen + 1, self.chosen.pause if place > 1 else WARM_UP_SECONDS)
            traffic.send(itertools.islice(mails, self._due(share * (place + 1), seen)))
            hit = self._inject(fault)
            if not hit and again:
                self.plan.append(fault)
                again -= 1
            seen = balance.ended(self.name)
            passed = time.monotonic() - self.started
            what = fault.title if hit else f"{fault.title}: nothing to hit"
            say(f"  {place + 1} {what}; {seen} cards after {passed:.0f} s")

    def _due(self, share: float, ended: int) -> int:
        """How many mails come now: up to this share of them, or enough to go on with."""
        if self.chosen.mails:
            return round(self.chosen.mails * share) - len(self.sent)
        return max(1, ended + ON_THE_WAY - len(self.sent))

    def _mails(self) -> Iterator[bytes]:
        for _number, mail in stream.mails(sys.maxsize, self.chosen.lines):
            self.sent.append(email.message_from_bytes(mail)["Message-ID"].strip())
            yield mail

    def _wait_for_cards(self, wanted: float, patience: float = PATIENCE_SECONDS) -> None:
        """Return when so many have ended, or it takes too long."""
        deadline = time.monotonic() + patience
        while balance.ended(self.name) < wanted and time.monotonic() < deadline:
            self._revive()
            time.sleep(0.5)

    def _inject(self, fault: Fault) -> bool:
        """Let a fault happen, if there is anything to hit; return whether there was."""
        before, hit = balance.ended(self.name), False
        with contextlib.suppress(psutil.Error, Problem):
            hit = fault.inject(self.scene)
        (self.injected if hit else self.missed)[fault.title] += 1
        if hit:
            self.open.append((fault.title, before))
        self._revive()
        return hit

    def _revive(self) -> None:
        """Start what has died, and see which faults have been outlived."""
        for each in self.scene.servers:
            each.revive()
        with contextlib.suppress(Problem):
            wake(self.name)
            self._outlive(balance.ended(self.name))

    def _outlive(self, ended: int) -> None:
        self.survived.update(name for name, before in self.open if before < ended)
        self.open = [(name, before) for name, before in self.open if before >= ended]

    def _settle(self) -> None:
        """Return when nothing waits any more, or nothing gets on."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            self._revive()
            if not balance.left(self.name):
                if not (cards := postgres.query(TO_APPROVE, self.name)):
                    self._outlive(balance.ended(self.name) + 1)  # those that hit nothing are over
                    return
                approve_twice(self.scene.servers, cards)
            clock_ahead(self.scene)
            time.sleep(1)


def set_up(odoo: Odoo, model_url: str | None) -> None:
    """No limit of mails, two cards at once, and a second reader for each, if there is a model."""
    teams, companies = odoo("po.intake.team", "search", []), odoo("res.company", "search", [])
    odoo("po.intake.team", "write", teams, {"sender_limit": 0})
    domain = [("model_id.model", "=", "po.intake"), ("code", "=", "model._cron_process()")]
    odoo("ir.cron", "copy", odoo("ir.cron", "search", domain), {"active": True})
    if model_url:
        asked = {
            "po_intake_claude_key": "key",
            "po_intake_claude_url": model_url,
            "po_intake_claude_timeout": TIMEOUT_SECONDS,
            "po_intake_claude_budget": 1_000_000,
        }
        odoo("res.company", "write", companies, asked)
        odoo("po.intake.team", "write", teams, {"model_consent": True, "model_policy": "always"})
