"""``python -m extraction FILE...`` prints one JSON object per file, without any database.

Everything is parsed in the sandbox, so a file that kills its parser is a line with an error.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from . import cascade, explain
from .document import BLOCKING, Party
from .reader import Hints, Reader, Usage
from .readers import standard
from .sandbox import Sandbox
from .source import Source

EXPLAIN = "explain"
"""Folder of the pictures, below the current one, where no other is named."""


def main(argv: Sequence[str] | None = None) -> int:
    """Read the files named on the command line. 0 also where files could not be read."""
    arguments = _arguments(argv)
    own = own_parties(arguments.own_company) if arguments.own_company else ()
    hints = Hints(own=own, locale=arguments.locale)
    readers = [
        reader for reader in standard() if not arguments.reader or reader.code in arguments.reader
    ]
    with Sandbox() as sandbox:
        if "claude" in (arguments.reader or ()):
            readers.append(_claude(sandbox, arguments.price))
        for name in arguments.files:
            answer = extract(name, readers, hints, sandbox, arguments.explain)
            print(json.dumps(answer, ensure_ascii=False))
            sys.stdout.flush()
    return 0


def extract(
    name: str,
    readers: Sequence[Reader],
    hints: Hints,
    sandbox: Sandbox,
    folder: Path | None = None,
) -> dict[str, Any]:
    """One file's answer: ``file``, ``result`` or ``error``, ``seconds``.

    :param folder: where pictures of the pages go that show what was read; none by default
    """
    started = time.perf_counter()
    answer: dict[str, Any] = {"file": Path(name).name}
    try:
        content = Path(name).read_bytes()
    except OSError as problem:
        answer["error"] = {"code": "not_found", "message": problem.strerror or str(problem)}
    else:
        source = Source(Path(name).name, content)
        outcome = cascade.run(source, readers, hints, sandbox.execute, sandbox.unpack)
        answer |= _answer(outcome)
        used = [_usage(reading.usage) for reading in outcome.readings if reading.usage]
        if used:
            answer["usage"] = used
    answer["seconds"] = round(time.perf_counter() - started, 4)
    if folder and "result" in answer:
        _explain(outcome, folder, hints, sandbox)
    return answer


def _explain(outcome: cascade.Outcome, folder: Path, hints: Hints, sandbox: Sandbox) -> None:
    """Pictures of the pages of every file that an order was found in."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in dict.fromkeys(item.source for item in outcome.documents):
        evidence = tuple(
            item.document.evidence for item in outcome.documents if item.source == source
        )
        painter = explain.Painter(evidence, str(folder.resolve()), explain.stem(source))
        if painter.can_read(source):
            error = sandbox.execute(painter, source, hints).error
        else:
            error = f"no pages to show ({source.kind})"
        if error:
            print(f"{source.name}: {error}", file=sys.stderr)


def own_parties(path: str) -> tuple[Party, ...]:
    """Who "we" are: the ``company`` (or list of ``companies``) of a JSON file.

    Addresses beside ``email``, like ``orders_email``, are ours as well.
    """
    data = json.loads(Path(path).read_text(encoding="utf-8"))
    if isinstance(data, dict):
        data = data.get("companies") or data.get("company") or data
    known = set(Party.__dataclass_fields__)
    parties = []
    for company in data if isinstance(data, list) else [data]:
        texts = {key: value for key, value in company.items() if isinstance(value, str)}
        parties.append(Party(**{key: value for key, value in texts.items() if key in known}))
        parties += [Party(email=texts[key]) for key in texts if key.endswith("_email")]
    return tuple(parties)


def _usage(usage: Usage) -> dict[str, Any]:
    """What an attempt took, with an estimate of its cost where prices are known."""
    told = asdict(usage)
    if not usage.cost:
        del told["cost"]
    return told


def _claude(sandbox: Sandbox, price: Sequence[float] | None) -> Reader:
    """Claude, by the key in the environment.

    :raises SystemExit: there is none
    """
    from .claude.answer import Prices
    from .claude.request import Config
    from .readers.claude import reader

    key = os.environ.get("ANTHROPIC_API_KEY")
    if not key:
        raise SystemExit("The reader claude needs a key: set ANTHROPIC_API_KEY.")
    names = {"model": "ANTHROPIC_MODEL", "base_url": "ANTHROPIC_BASE_URL"}
    chosen = {name: os.environ[key] for name, key in names.items() if os.environ.get(key)}
    prices = Prices(*price) if price else Prices()
    return reader(Config(key, **chosen), sandbox, always=True, prices=prices)


def _answer(outcome: cascade.Outcome) -> dict[str, Any]:
    results = []
    for item in outcome.documents:
        where = {"name": item.source.name, "digest": item.source.digest, "index": item.index}
        results.append(item.document.to_json() | {"reader": item.reader, "source": where})
    findings = [
        {"code": item.code, "severity": item.severity, "parameters": dict(item.parameters)}
        for item in outcome.findings
    ]
    if results:
        results[0]["findings"] += findings
        return {"result": results if len(results) > 1 else results[0]}
    worst = next((item for item in findings if item["severity"] == BLOCKING), None)
    code = str(worst["code"]) if worst else "nothing_found"
    return {"error": {"code": code, "message": _message(worst)}, "findings": findings}


def _message(finding: dict[str, Any] | None) -> str:
    # for developers; people get a sentence from the server, in their language
    parameters = finding["parameters"] if finding else {}
    return ", ".join(f"{key}: {value}" for key, value in parameters.items())


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = _parser()
    arguments = parser.parse_args(argv)
    if arguments.explain and arguments.explain.is_file():
        # "--explain order.pdf": the folder may be left out, so this is the first file
        arguments.files.insert(0, str(arguments.explain))
        arguments.explain = Path(EXPLAIN)
    if not arguments.files:
        parser.error("the following arguments are required: FILE")
    return arguments


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="extract", description=__doc__)
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--own-company", metavar="JSON", help="file that says who we are")
    parser.add_argument("--locale", help="habit of the sender's country, like de_DE")
    parser.add_argument("--reader", action="append", metavar="CODE", help="ask only this reader")
    parser.add_argument(
        "--price",
        nargs=4,
        type=float,
        metavar=("IN", "OUT", "WRITE", "READ"),
        help="of Claude: US dollars for a million tokens in, out, to and from the cache",
    )
    parser.add_argument(
        "--explain",
        nargs="?",
        const=Path(EXPLAIN),
        type=Path,
        metavar="DIR",
        help=f"write a picture of each page with what was read on it (folder {EXPLAIN})",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
