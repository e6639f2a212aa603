"""``--json``: the figures of a benchmark for programs instead of people."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path

STANDARD_OUT = Path("-")


def add_option(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--json",
        type=Path,
        nargs="?",
        const=STANDARD_OUT,
        help="write the figures to this file, or print them instead of the table",
    )


def deliver(figures: object, target: Path | None) -> bool:
    """Write or print the figures as the option says.

    :return: are they printed, so that a table would be in the way?
    """
    text = json.dumps(figures, indent=1, ensure_ascii=False)
    if target == STANDARD_OUT:
        print(text)
    elif target:
        target.write_text(text, encoding="utf-8")
    return target == STANDARD_OUT
