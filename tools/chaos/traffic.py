"""Mail servers: they deliver again and again, at the other door, until somebody takes the mail."""

import contextlib
import itertools
import random
import smtplib
import time
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor

from tools import smtp_hop
from tools.samples.mail import TO

SENDERS = 8
#: Mails do not all come at once: a fault at the door finds some still to hit.
SPREAD_SECONDS = 1
#: Share of mails that a mail server delivers twice at once, as after a lost answer.
TWICE = 0.2
PATIENCE_SECONDS = 600


class Traffic:
    """Delivers in the background, at any of the doors."""

    def __init__(self, doors: list[int], luck: random.Random):
        self._doors, self._luck = doors, luck
        self._pool = ThreadPoolExecutor(SENDERS)
        self._deliveries: list[Future[bool]] = []
        #: Mails that were delivered twice at once.
        self.twice = 0

    def send(self, mails: Iterable[bytes]) -> None:
        """Have mails delivered soon, some of them twice."""
        for mail in mails:
            twice = self._luck.random() < TWICE
            self.twice += twice
            delay = self._luck.random() * SPREAD_SECONDS
            for copy in range(1 + twice):
                self._deliveries.append(self._pool.submit(self._deliver, mail, copy, delay))

    def done(self) -> int:
        """Wait until everything is delivered; return how many deliveries were taken."""
        self._pool.shutdown()
        return sum(each.result() for each in self._deliveries)

    def _deliver(self, mail: bytes, first: int, delay: float) -> bool:
        time.sleep(delay)
        deadline = time.monotonic() + PATIENCE_SECONDS
        for port in itertools.islice(itertools.cycle(self._doors), first, None):
            with contextlib.suppress(smtplib.SMTPException, OSError):
                with smtplib.SMTP(smtp_hop.HOST, port, timeout=60) as link:
                    link.sendmail("sender@customer.example", [TO], mail)
                return True
            if time.monotonic() > deadline:
                return False
            time.sleep(0.5)
        return False
