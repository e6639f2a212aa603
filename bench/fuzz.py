#!/usr/bin/env python3
"""What do broken and hostile files do to the process that has them read?

    ./dev bench fuzz [--count N] [--seed N] [--json [FILE]]

The demo's documents and mails and the hostile files of the tests are changed at random: cut, torn,
flipped, doubled, mixed with one another, filled with wrong numbers. Each is unpacked and read as
if it had been mailed (without recognition of scans, which has a child of its own). Told are the
outcomes by kind, the children it took, the most memory of one, and failures of the process that
asks, which in Odoo is the worker.
"""

from __future__ import annotations

import argparse
import random
import re
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import _figures
import psutil

from extraction.reader import Hints
from extraction.readers import standard
from extraction.sandbox import Sandbox
from extraction.source import Source
from tools.paths import ADDON

FOLDERS = ("demo/documents", "demo/mails", "tests/files")
#: Bytes that parsers stumble over.
STONES = (b"\x00", b"\xff\xfe", b"\xf0\x9f\x92\xa3", b"<" * 50, b"(" * 500, b"%" * 9, b"9" * 400)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=2000, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    _figures.add_option(parser)
    arguments = parser.parse_args()
    figures = run(arguments.count, random.Random(arguments.seed))
    if not _figures.deliver(figures, arguments.json):
        for name, value in figures.items():
            print(f"{name:24} {value}")


def run(count: int, luck: random.Random) -> dict:
    """Feed so many files to a child process; whatever it cannot bear must come back as words."""
    seeds = sorted(
        path
        for folder in FOLDERS
        for path in (ADDON / folder).iterdir()
        if path.suffix not in (".md", "")
    )
    readers = [reader for reader in standard() if reader.code != "ocr"]
    outcomes: Counter[str] = Counter()
    slowest, peak, failures, children, started = 0.0, 0, 0, set(), time.monotonic()
    with Sandbox() as sandbox:
        for _file in range(count):
            source = mutant(seeds, luck)
            began = time.monotonic()
            try:
                for part in sandbox.unpack(source).sources:
                    outcomes[read(sandbox, readers, part)] += 1
            except Exception:
                traceback.print_exc()
                failures += 1
            slowest = max(slowest, time.monotonic() - began)
            for child in psutil.Process().children():
                children.add(child.pid)
                peak = max(peak, high_water(child.pid))
    return {
        "files": count,
        "parts": sum(outcomes.values()),
        **dict(outcomes.most_common()),
        "children": len(children),
        "megabytes of a child": peak,
        "slowest file, seconds": round(slowest, 1),
        "seconds": round(time.monotonic() - started, 1),
        "failures of the worker": failures,
    }


def read(sandbox: Sandbox, readers: list, source: Source) -> str:
    """What became of one part of a file: ``read``, ``nothing``, or the code of a failure."""
    worst = "nothing"
    for reader in readers:
        if reader.can_read(source):
            reading = sandbox.execute(reader, source, Hints())
            if reading.documents:
                return "read"
            worst = reading.error or worst
    return worst


def mutant(seeds: list[Path], luck: random.Random) -> Source:
    """One file of the seeds, changed up to four times."""
    path = luck.choice(seeds)
    content = path.read_bytes()
    for _change in range(luck.randint(1, 4)):
        content = luck.choice(CHANGES)(content, seeds, luck)
    # now and then it claims to be something else
    name = path.name if luck.random() < 0.9 else luck.choice(seeds).name
    return Source(name=name, content=content)


def _cut(content: bytes, _seeds: list[Path], luck: random.Random) -> bytes:
    return content[: luck.randrange(len(content) + 1)]


def _tear(content: bytes, _seeds: list[Path], luck: random.Random) -> bytes:
    start = luck.randrange(len(content) + 1)
    return content[:start] + content[start + luck.randrange(1, 2000) :]


def _flip(content: bytes, _seeds: list[Path], luck: random.Random) -> bytes:
    changed = bytearray(content)
    for _byte in range(luck.randint(1, 60)):
        if changed:
            changed[luck.randrange(len(changed))] = luck.randrange(256)
    return bytes(changed)


def _double(content: bytes, _seeds: list[Path], luck: random.Random) -> bytes:
    start = luck.randrange(len(content) + 1)
    chunk = content[start : start + luck.randrange(1, 3000)]
    return content[:start] + chunk * luck.randint(2, 40) + content[start:]


def _stumble(content: bytes, _seeds: list[Path], luck: random.Random) -> bytes:
    place = luck.randrange(len(content) + 1)
    return content[:place] + luck.choice(STONES) * luck.randint(1, 20) + content[place:]


def _mix(content: bytes, seeds: list[Path], luck: random.Random) -> bytes:
    other = luck.choice(seeds).read_bytes()
    start = luck.randrange(len(content) + 1)
    begin = luck.randrange(len(other) + 1)
    return content[:start] + other[begin : begin + 20_000] + content[start:]


def _count_wrong(content: bytes, _seeds: list[Path], luck: random.Random) -> bytes:
    """Numbers that say how long or how many: as large or as negative as they come."""
    places = list(re.finditer(rb"\d+", content))
    for place in sorted(luck.sample(places, min(len(places), 5)), key=lambda m: -m.start()):
        wrong = luck.choice((b"0", b"-1", b"4294967296", b"99999999999999999999", b"1e308"))
        content = content[: place.start()] + wrong + content[place.end() :]
    return content


CHANGES: tuple[Callable[[bytes, list[Path], random.Random], bytes], ...] = (
    _cut,
    _tear,
    _flip,
    _double,
    _stumble,
    _mix,
    _count_wrong,
)


def high_water(pid: int) -> int:
    """The most megabytes that a living process has had in memory so far."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found.group(1)) >> 10 if found else 0


if __name__ == "__main__":
    main()
