"""`./dev chaos`: mails arrive while everything dies; is anything lost or doubled afterwards?

Two servers work on one database. Mails are delivered as mail servers do it: again and again until
somebody takes them, and some twice at the same moment. Meanwhile faults come one after the other:
all kinds by turns, or only kills, one for so many documents. When all is quiet, every mail must be
exactly one card with its document whole, and every card exactly one order with all its lines.
"""

import argparse
import contextlib
import email
import itertools
import json
import random
import time
from collections import Counter
from collections.abc import Iterator

import psutil

from tools import database, locks, postgres, smtp_hop
from tools.chaos import balance, traps
from tools.chaos.faults import (
    FAULTS,
    KILLS,
    TO_APPROVE,
    Fault,
    Scene,
    approve_twice,
    clock_ahead,
    server_killed,
    title,
)
from tools.chaos.model import Model
from tools.chaos.servers import two_servers, wake
from tools.chaos.traffic import Traffic
from tools.console import Problem, say, step
from tools.paths import STATE
from tools.rpc import Odoo
from tools.samples import stream

#: Nothing may stand still for longer.
PATIENCE_SECONDS = 600
WARM_UP_SECONDS = 60


def main(arguments: list[str]) -> int:
    """Run it, print what happened; 0 only if nothing was lost, doubled, torn or left."""
    parser = argparse.ArgumentParser(prog="./dev chaos", description=__doc__.partition("\n")[0])
    parser.add_argument("--mails", type=int, default=300)
    parser.add_argument("--lines", type=int, metavar="N", help="lines of an order at most")
    parser.add_argument("--rounds", type=int, default=3, help="so often each fault comes")
    parser.add_argument(
        "--pause", type=float, default=10, help="seconds at most until a card ends between faults"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--kill-rate", type=float, metavar="SHARE", help="only kills, in this share of documents"
    )
    chosen = parser.parse_args(arguments)
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
        self.injected: Counter[str] = Counter()
        self.survived: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self.sent: list[str] = []
        #: Faults after which no card has ended yet, with how many had ended before.
        self.open: list[tuple[str, int]] = []

    def result(self) -> dict:
        """Let it happen, wait until all is quiet, and count."""
        started = time.monotonic()
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
            with step(f"{self.chosen.mails} mails among faults"):
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
            "questions to the model": model.questions,
            "seconds": round(time.monotonic() - started),
            "nothing to hit": dict(self.missed),
            "injected": dict(self.injected),
            "survived": dict(self.survived),
            "faults": f"{self.survived.total()} of {self.injected.total()} survived",
            **balance.count(self.name, self.sent),
        }

    def _plan(self) -> list[Fault]:
        """The faults in the order in which they come."""
        if self.chosen.kill_rate:
            return self.luck.choices(KILLS, k=round(self.chosen.mails * self.chosen.kill_rate))
        rounds = [self.luck.sample(FAULTS, len(FAULTS)) for _round in range(self.chosen.rounds)]
        return list(itertools.chain(*rounds))

    def _trouble(self, traffic: Traffic) -> None:
        """One fault after the other, each among its share of the mails."""
        plan, mails, seen = self._plan(), self._mails(), 0
        for place, fault in enumerate(plan):
            if self.chosen.kill_rate:
                self._wait_for_cards((place - self.luck.random()) / self.chosen.kill_rate)
            elif place:
                # the first card has everything loaded
                self._wait_for_cards(seen + 1, self.chosen.pause if place > 1 else WARM_UP_SECONDS)
            until = self.chosen.mails * (place + 1) // len(plan)
            traffic.send(itertools.islice(mails, until - len(self.sent)))
            self._inject(fault)
            seen = balance.ended(self.name)
            say(f"  {place + 1} {title(fault)}; {seen} cards")

    def _mails(self) -> Iterator[bytes]:
        for _number, mail in stream.mails(self.chosen.mails, self.chosen.lines):
            self.sent.append(email.message_from_bytes(mail)["Message-ID"].strip())
            yield mail

    def _wait_for_cards(self, wanted: float, patience: float = PATIENCE_SECONDS) -> None:
        """Return when so many have ended, or it takes too long."""
        deadline = time.monotonic() + patience
        while balance.ended(self.name) < wanted and time.monotonic() < deadline:
            self._revive()
            time.sleep(0.5)

    def _inject(self, fault: Fault) -> None:
        before, hit = balance.ended(self.name), False
        with contextlib.suppress(psutil.Error, Problem):
            hit = fault(self.scene)
        (self.injected if hit else self.missed)[title(fault)] += 1
        if hit:
            self.open.append((title(fault), before))
        self._revive()
        if not hit and self.chosen.kill_rate:
            self._inject(server_killed)  # somebody has to die

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
        asked = {"po_intake_claude_key": "key", "po_intake_claude_url": model_url}
        odoo("res.company", "write", companies, asked)
        odoo("po.intake.team", "write", teams, {"model_consent": True, "model_policy": "always"})
