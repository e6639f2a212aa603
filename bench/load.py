#!/usr/bin/env python3
"""How many mailed orders an hour does one machine take, and does a person notice?

    ./dev bench load [--sizes N,N,N] [--lanes 1,2,queue] [--workers N] [--json [FILE]]

Small typed orders travel over SMTP into an Odoo with several workers on a scratch database each:
through the gateway, the raw inbox, the offline reader, the matcher and the drafter. The time runs
from the first mail until the last order is drafted. Meanwhile somebody opens the list of orders
again and again. `queue` is OCA's job queue with two jobs at once; the numbers are lanes of cron.

Beside the time stand the seconds of processor that a document costs, which do not depend on what
else the machine does: of Odoo, of its children that read documents, and of PostgreSQL.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import smtplib
import statistics
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import _figures
import psutil

from tools import database, postgres, server, smtp_hop
from tools.chaos import balance
from tools.console import step
from tools.paths import STATE
from tools.rpc import Odoo
from tools.samples import stream
from tools.samples.mail import TO

#: Mails that are on their way at once.
SENDERS = 4
QUEUE = "queue"
PATIENCE_SECONDS = 1800
FOUND = """
SELECT (SELECT count(*) FROM po_intake WHERE source = 'mail'),
       (SELECT count(*) FROM po_intake WHERE source = 'mail' AND state = 'done'),
       (SELECT count(DISTINCT client_order_ref) FROM sale_order WHERE po_intake_id IS NOT NULL),
       (SELECT count(*) FROM sale_order WHERE po_intake_id IS NOT NULL)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="100,300,900", help="mails of each run")
    parser.add_argument("--lanes", default="1,2,queue", help="who works on them")
    parser.add_argument("--workers", type=int, default=2, help="of Odoo, for people's requests")
    _figures.add_option(parser)
    arguments = parser.parse_args()
    sizes = [int(size) for size in arguments.sizes.split(",")]
    mails = [mail for _number, mail in stream.mails(max(sizes))]
    figures = []
    with postgres.running():
        for lanes in arguments.lanes.split(","):
            for size in sizes:
                with step(f"{size} mails, {lanes}"):
                    figures.append(measure(mails[:size], lanes, arguments.workers))
    if not _figures.deliver(figures, arguments.json):
        report(figures)


def measure(mails: list[bytes], lanes: str, workers: int) -> dict:
    """One run on a database of its own."""
    template = database.with_glue(demo=True) if lanes == QUEUE else database.with_addon(demo=True)
    port = server.free_port()
    with contextlib.ExitStack() as stack:
        name = stack.enter_context(database.copied(template, "bench"))
        options, crons = serving_options(lanes, workers), 1
        address = stack.enter_context(server.serving(name, port, STATE / "bench.log", *options))
        odoo = Odoo(address, name)
        odoo("po.intake.team", "write", odoo("po.intake.team", "search", []), {"sender_limit": 0})
        if lanes != QUEUE:
            crons = int(lanes)
        open_lanes(odoo, crons)
        idle = clicks(odoo, seconds=5)
        spent = processor_seconds(port)
        busy: list[float] = []
        memory: dict[str, int] = {}
        done = threading.Event()
        watcher = threading.Thread(target=watch, args=(odoo, port, done, busy, memory))
        started = time.monotonic()
        watcher.start()
        try:
            send(mails, stack.enter_context(smtp_hop.listening(odoo)))
            taken = time.monotonic() - started
            wait(name, len(mails))
            seconds = time.monotonic() - started
            spent = {kind: now - spent[kind] for kind, now in processor_seconds(port).items()}
        finally:
            done.set()
            watcher.join()
        received, drafted, numbers, orders = map(int, postgres.query(FOUND, name)[0].split("|"))
    return {
        "lanes": lanes,
        "mails": len(mails),
        "seconds": seconds,
        "seconds_smtp": taken,
        "documents_per_hour": 3600 * len(mails) / seconds,
        "processor_seconds": {kind: each / len(mails) for kind, each in spent.items()},
        "drafted": drafted,
        "lost": len(mails) - received,
        "doubled": received - len(mails) if received > len(mails) else orders - numbers,
        "click_idle": statistics.median(idle),
        "click_busy": statistics.median(busy),
        "click_busy_95": statistics.quantiles(busy, n=20)[-1],
        "megabytes": memory,
    }


def serving_options(lanes: str, workers: int) -> list[str]:
    """How Odoo is started; lanes of cron need a process each, and mails one more."""
    options = [f"--workers={workers}", f"--gevent-port={server.free_port()}", "--log-level=warn"]
    if lanes == QUEUE:
        os.environ["ODOO_QUEUE_JOB_CHANNELS"] = "root:2"
        return [*options, "--max-cron-threads=1", "--load=base,web,rpc,queue_job"]
    return [*options, f"--max-cron-threads={int(lanes) + 1}"]


def open_lanes(odoo: Odoo, count: int) -> None:
    """Copy the scheduled action for each further lane."""
    domain = [("model_id.model", "=", "po.intake"), ("code", "=", "model._cron_process()")]
    (lane,) = odoo("ir.cron", "search", domain)
    for _copy in range(count - 1):
        odoo("ir.cron", "copy", [lane], {"active": True})


def send(mails: list[bytes], port: int) -> None:
    """Deliver all mails over SMTP, some at once."""

    def deliver(part: list[bytes]) -> None:
        with smtplib.SMTP(smtp_hop.HOST, port, timeout=120) as link:
            for mail in part:
                link.sendmail("sender@customer.example", [TO], mail)

    with ThreadPoolExecutor(SENDERS) as pool:
        list(pool.map(deliver, [mails[place::SENDERS] for place in range(SENDERS)]))


def wait(name: str, count: int) -> None:
    """Return when every mail has been opened and every document worked on."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if not balance.left(name):
            return
        time.sleep(0.5)
    raise TimeoutError(f"{count} mails took longer than {PATIENCE_SECONDS} s")


def clicks(odoo: Odoo, seconds: float = 0, until: threading.Event | None = None) -> list[float]:
    """Milliseconds of each opening of the quotation list, one every half second."""
    times = []
    end = time.monotonic() + seconds
    while not until.is_set() if until else time.monotonic() < end:
        started = time.monotonic()
        odoo("sale.order", "web_search_read", [], {"name": {}, "amount_total": {}}, limit=80)
        times.append(1000 * (time.monotonic() - started))
        time.sleep(0.5)
    return times


def watch(
    odoo: Odoo, port: int, done: threading.Event, busy: list[float], memory: dict[str, int]
) -> None:
    """Click, and look at the memory, until the work is done."""
    while not done.is_set():
        busy += clicks(odoo, seconds=2)
        for kind, megabytes in processes(port):
            memory[kind] = max(memory.get(kind, 0), megabytes)


def processor_seconds(port: int) -> dict[str, float]:
    """What Odoo on a port, its readers and PostgreSQL have used so far."""
    odoo = server_processes(port)
    readers = [child for process in odoo for child in process.children() if is_reader(child)]
    postmaster = psutil.Process(int((postgres.DATA / "postmaster.pid").read_text().split()[0]))
    own = [sum(process.cpu_times()[:2]) for process in odoo]
    # readers that have served their time are told with the worker that they belonged to
    ended = [sum(process.cpu_times()[2:4]) for process in odoo]
    backends = [sum(process.cpu_times()[:2]) for process in postmaster.children()]
    return {
        "odoo": sum(own),
        "reader": sum(ended) + sum(sum(process.cpu_times()[:2]) for process in readers),
        "postgresql": sum(backends) + sum(postmaster.cpu_times()[:4]),
    }


def processes(port: int) -> Iterator[tuple[str, int]]:
    """Kind and megabytes, not shared, of each process that the server on a port has started."""
    for process in server_processes(port):
        with contextlib.suppress(psutil.Error):
            for child in process.children():
                kind = "reader" if is_reader(child) else "worker"
                yield kind, child.memory_full_info().uss >> 20


def server_processes(port: int) -> list[psutil.Process]:
    """The server on a port and its workers."""
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if f"--http-port={port}" in (process.info["cmdline"] or [])
    ]


def is_reader(process: psutil.Process) -> bool:
    return "sandbox_child" in " ".join(process.cmdline())


def report(figures: list[dict]) -> None:
    head = f"{'lanes':>6} {'mails':>6} {'seconds':>8} {'an hour':>8} {'drafted':>8} {'lost':>5}"
    print(head + f" {'doubled':>8} {'click ms idle / busy / 95 %':>28}  processor s a document; MB")
    for run in figures:
        click = f"{run['click_idle']:.0f} / {run['click_busy']:.0f} / {run['click_busy_95']:.0f}"
        memory = ", ".join(f"{kind} {size}" for kind, size in sorted(run["megabytes"].items()))
        spent = ", ".join(f"{kind} {each:.3f}" for kind, each in run["processor_seconds"].items())
        print(
            f"{run['lanes']:>6} {run['mails']:6} {run['seconds']:8.1f} "
            f"{run['documents_per_hour']:8.0f} {run['drafted']:8} {run['lost']:5} "
            f"{run['doubled']:8} {click:>28}  {spent}; {memory}"
        )


if __name__ == "__main__":
    main()
