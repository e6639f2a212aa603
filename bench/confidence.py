#!/usr/bin/env python3
"""Fit the shipped prices of doubts on what `./dev bench intake` reported, and hold them to account.

    ./dev bench intake --corpus DIR --json with.json
    ./dev bench intake --corpus DIR --without-codes --json without.json
    ./dev bench confidence with.json without.json

A case is a document whose proposal nothing blocked; it is right if an order drafted from it would
have needed no edit. Every table is of cases that the fit has not seen: all cases of one document
are left out together. The last column belongs into `po_intake/matching/doubts.py`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from matching.calibrate import Calibration, fit
from matching.doubts import CAUTION, SHIPPED
from matching.reliability import Reliability, reliability


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reports", type=Path, nargs="+")
    found = [
        item
        for path in parser.parse_args().reports
        for item in json.loads(path.read_text(encoding="utf-8"))["doubts"]
        if not item.get("blocked", True)
    ]
    names = [item["name"] for item in found]
    cases = [item["doubts"] for item in found]
    right = [not item["faults"] for item in found]
    print(f"{len(cases)} cases of {len(set(names))} documents, {len(right) - sum(right)} wrong\n")
    show("as reported", reliability([item["confidence"] for item in found], right))
    show("caution", reliability([CAUTION.apply(case) for case in cases], right))
    show("shipped", reliability([SHIPPED.apply(case) for case in cases], right))
    show("fitted, unseen documents", reliability(unseen(names, cases, right), right))
    fitted = fit(cases, right, CAUTION)
    print(
        f"{'doubt':20} {'caution':>8} {'fitted':>8} {'to ship':>8}   (never cheaper than caution)"
    )
    for name, price in fitted.prices.items():
        cautious = CAUTION.prices.get(name, 0.0)
        print(f"{name:20} {cautious:8.2f} {price:8.2f} {max(price, cautious):8.2f}")


def unseen(names: list[str], cases: list[dict], right: list[bool]) -> list[float]:
    """The probability of each case by a fit without any case of its document."""
    models: dict[str, Calibration] = {}
    for left_out in set(names):
        kept = [index for index, name in enumerate(names) if name != left_out]
        models[left_out] = fit([cases[i] for i in kept], [right[i] for i in kept], CAUTION)
    return [models[name].apply(case) for name, case in zip(names, cases)]


def show(title: str, table: Reliability) -> None:
    """Print one reliability table."""
    print(f"{title}: log loss {table.log_loss:.4f}, Brier {table.brier:.4f}")
    for row in table.bins:
        if row.cases:
            print(
                f"  {row.low:4.0%} - {row.high:4.0%} {row.cases:5d} cases, "
                f"stated {row.stated:6.1%}, right {row.observed:6.1%}, at least {row.lowest:6.1%}"
            )
    print()


if __name__ == "__main__":
    main()
