#!/usr/bin/env python3
"""Send a whole corpus through the product, and hold every order against the truth.

    ./dev bench intake --corpus DIR [--json [FILE]] [--only NAME...] [--without-codes]
                       [--teach-half]

DIR holds ``world/*.csv`` (what stands in the database), ``documents/`` and ``truth/``. The world is
imported into a fresh database with Odoo's own import, every document travels as a mail over SMTP,
is read, matched, checked and drafted by the crons of a running Odoo; nothing is called by hand.
What is scored is what a user would find: the intake, and the order if one was drafted. For the
confirmations of vendors there are purchase orders that differ in one thing each.

With ``--teach-half`` the first half of the documents comes first, and a reviewer corrects what
waits for one, as the truth has it, and approves it. What is scored is the second half, which
comes after that.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from xmlrpc.client import Fault

from bench import _figures, _truth, _vendors, _world
from bench._world import World
from tools import database, postgres, smtp_hop
from tools.console import say, step
from tools.rpc import Odoo
from tools.serve import Stage, on_stage

ORDERS = "orders@corpus.example"
PATIENCE_SECONDS = 1800
LINE_FIELDS = [
    "product_id", "product_uom_id", "quantity", "price_unit", "discount", "requested_date",
    "uom_unclear", "ignored",
]  # fmt: skip
FIELDS = [
    "name", "state", "mail_id", "order_reference", "requested_date", "partner_id",
    "partner_shipping_id", "confidence", "document_type", "sale_order_id", "line_ids",
    "finding_ids", "proposal", "purchase_order_id", "direction",
]  # fmt: skip


@dataclass
class Case:
    """One document with its truth, and the intakes that came of it."""

    name: str
    orders: list[dict]
    message_id: str
    intakes: list[dict] = field(default_factory=list)


def main() -> None:
    arguments = _parser().parse_args()
    folder = arguments.corpus
    cases = load_cases(folder, arguments.only)
    with postgres.running():
        template = database.with_addon(demo=False)
        with database.copied(template, "bench") as name:
            with step("World: import"):
                _world.load_into(name, folder / "world", taught=not arguments.without_codes)
            with on_stage(name) as stage:
                world = World(stage.odoo, folder / "world")
                truths = [truth for case in cases for truth in case.orders]
                with step("Our orders that vendors confirm"):
                    planted = _vendors.place_orders(stage.odoo, truths, world)
                started = time.monotonic()
                if arguments.teach_half:
                    half = (len(cases) + 1) // 2
                    deliver(cases[:half], folder, world, stage)
                    with step("Reviewer: correct and approve"):
                        refused = teach(stage.odoo, cases[:half], world)
                    cases = cases[half:]
                deliver(cases, folder, world, stage)
                seconds = time.monotonic() - started
            report = score(cases, world, planted)
    report["seconds"] = round(seconds, 1)
    if arguments.teach_half:
        report["refused to approve"] = refused
    if not _figures.deliver(report, arguments.json):
        show(report)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True)
    _figures.add_option(parser)
    parser.add_argument("--only", nargs="*", default=(), help="names of documents")
    parser.add_argument(
        "--without-codes", action="store_true", help="do not import the customers' item codes"
    )
    parser.add_argument(
        "--teach-half", action="store_true", help="correct one half first, score the other"
    )
    return parser


def load_cases(corpus: Path, only: list[str]) -> list[Case]:
    cases = []
    for path in sorted((corpus / "truth").glob("*.json")):
        name = path.name.removesuffix(".json")
        if only and name not in only:
            continue
        truth = json.loads(path.read_text(encoding="utf-8"))
        cases.append(Case(name, truth.get("documents") or [truth], f"<{name}@corpus.example>"))
    return cases


def deliver(cases: list[Case], folder: Path, world: World, stage: Stage) -> None:
    """Mail the documents, wait until they are worked off, and see what came of them."""
    arrived = stage.odoo("po.intake.mail", "search_count", [])
    with step(f"Mail: send {len(cases)} documents"):
        refused = send(cases, folder / "documents", world, stage)
    with step("Odoo: work them off"):
        wait(stage.odoo, arrived + len(cases) - refused)
    collect(stage.odoo, cases)


def send(cases: list[Case], folder: Path, world: World, stage: Stage) -> int:
    """Mail each document as its sender would; mails of the corpus travel as they are.

    :return: how many the mail server refused
    """
    refused = 0
    for case in cases:
        path = folder / case.name
        message = path.read_bytes() if path.suffix == ".eml" else _wrap(case, path, world)
        if path.suffix == ".eml":
            message = _addressed(message, case)
        target = stage_file(case.name, message)
        for complaint in smtp_hop.send([target], stage.smtp_port):
            say(f"  {complaint}")
            refused += 1
        target.unlink()
    return refused


def stage_file(name: str, message: bytes) -> Path:
    path = Path("/tmp") / f"po_intake_bench_{name}.eml"
    path.write_bytes(message)
    return path


def _sender(case: Case, world: World) -> str:
    truth = case.orders[0]
    printed = (truth.get("partner") or {}).get("email")
    known = world.emails.get((truth.get("world") or {}).get("partner") or "")
    return printed or known or "somebody@stranger.example"


def _wrap(case: Case, path: Path, world: World) -> bytes:
    message = EmailMessage()
    message["From"] = _sender(case, world)
    message["To"] = ORDERS
    message["Subject"] = f"Order {case.name}"
    message["Message-Id"] = case.message_id
    message["Date"] = "Mon, 02 Nov 2026 10:00:00 +0100"
    message.set_content("Please find the document attached.")
    message.add_attachment(
        path.read_bytes(), maintype="application", subtype="octet-stream", filename=path.name
    )
    return message.as_bytes(policy=SMTP)


def _addressed(message: bytes, case: Case) -> bytes:
    """A mail of the corpus, delivered to the address of this database."""
    message = message.replace(b"\r\n", b"\n")
    head, _separator, body = message.partition(b"\n\n")
    own = [line for line in head.splitlines() if line.lower().startswith(b"message-id:")]
    if own:
        case.message_id = own[0].split(b":", 1)[1].strip().decode()
    else:
        head += b"\nMessage-Id: " + case.message_id.encode()
    whole = b"Delivered-To: " + ORDERS.encode() + b"\n" + head + b"\n\n" + body
    return whole.replace(b"\n", b"\r\n")


def wait(odoo: Odoo, mails: int) -> None:
    """Until every mail is opened and no intake is left in state new."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        open_mails = odoo("po.intake.mail", "search_count", [("state", "=", "received")])
        arrived = odoo("po.intake.mail", "search_count", [])
        waiting = odoo("po.intake", "search_count", [("state", "=", "new")])
        if arrived >= mails and not open_mails and not waiting:
            return
        time.sleep(1)
    say("  time is up; what is unfinished counts as not drafted")


def collect(odoo: Odoo, cases: list[Case]) -> None:
    """Read intakes with lines, findings and orders; give each to its case."""
    mails = odoo("po.intake.mail", "search_read", [], ["message_id"])
    message_ids = {mail["id"]: mail["message_id"] for mail in mails}
    by_message: dict[str, list[dict]] = {}
    for intake in odoo("po.intake", "search_read", [], FIELDS, order="id"):
        intake["lines"] = odoo("po.intake.line", "read", intake["line_ids"], LINE_FIELDS)
        intake["findings"] = odoo(
            "po.intake.finding", "read", intake["finding_ids"], ["code", "severity", "parameters"]
        )
        if intake["sale_order_id"]:
            intake["order"] = _order(odoo, intake["sale_order_id"][0])
        elif intake["purchase_order_id"] and intake["document_type"] == "quotation":
            intake["order"] = _vendors.read_order(odoo, intake["purchase_order_id"][0])
        mail = intake["mail_id"]
        by_message.setdefault(message_ids.get(mail and mail[0], ""), []).append(intake)
    for case in cases:
        case.intakes = by_message.get(case.message_id, [])


def _order(odoo: Odoo, order_id: int) -> dict:
    fields = [
        "partner_id", "partner_shipping_id", "client_order_ref", "commitment_date",
        "amount_untaxed",
    ]  # fmt: skip
    [order] = odoo("sale.order", "read", [order_id], fields)
    # noon of the day where the company is: the same day in UTC
    order["date"] = order["commitment_date"][:10] if order["commitment_date"] else None
    order["lines"] = odoo(
        "sale.order.line", "search_read", [("order_id", "=", order_id)],
        ["product_id", "product_uom_id", "product_uom_qty", "price_unit", "discount"],
        order="sequence, id",
    )  # fmt: skip
    return order


def teach(odoo: Odoo, cases: list[Case], world: World) -> dict[str, str]:
    """Correct what waits for a reviewer, as the truth has it, and approve it.

    :return: what was not approved, and why
    """
    refused = {}
    for case in cases:
        for truth, intake in zip(case.orders, case.intakes):
            if intake["state"] != "review" or not _truth.is_order(truth):
                continue
            try:
                _correct(odoo, intake, truth, world)
                _press(odoo, "po.intake", "action_approve", [intake["id"]])
            except Fault as fault:
                refused[case.name] = fault.faultString.strip().splitlines()[-1][:200]
            [now] = odoo("po.intake", "read", [intake["id"]], ["state"])
            if now["state"] != "done":
                refused.setdefault(case.name, "still waits")
    return refused


def _press(odoo: Odoo, model: str, button: str, ids: list[int]) -> None:
    """Press a button; what it answers may be nothing, which Odoo's XML-RPC cannot say."""
    try:
        odoo(model, button, ids)
    except Fault as fault:
        if "cannot marshal None" not in fault.faultString:
            raise


def _correct(odoo: Odoo, intake: dict, truth: dict, world: World) -> None:
    """Write what is right where something else stands, as a person would on the form."""
    expected = truth["world"]
    wanted = {
        "document_type": truth["document_type"],
        "order_reference": truth.get("number") or False,
        "requested_date": truth.get("requested_date") or False,
        "partner_id": world.ids.get(expected["partner"], False),
    }
    if truth.get("delivery") and expected.get("delivery"):
        wanted["partner_shipping_id"] = world.ids[expected["delivery"]]
    changed = {
        key: value
        for key, value in wanted.items()
        if value != (intake[key][0] if isinstance(intake[key], list) else intake[key])
    }
    lines = _truth.item_lines(truth)
    commands = [
        [1, got["id"], values]
        for line, got in zip(lines, intake["lines"])
        if (values := _corrected(line, got, world))
    ]
    commands += [[1, got["id"], {"ignored": True}] for got in intake["lines"][len(lines) :]]
    if commands:
        changed["line_ids"] = commands
    if changed:
        odoo("po.intake", "write", [intake["id"]], changed)
    findings = odoo(
        "po.intake.finding", "search",
        [("intake_id", "=", intake["id"]), ("waived_by_id", "=", False)],
    )  # fmt: skip
    _press(odoo, "po.intake.finding", "action_waive", findings)


def _corrected(line: dict, got: dict, world: World) -> dict:
    if line["product"] is None:
        return {"ignored": True}
    order_line = {**got, "product_uom_qty": got["quantity"]}
    wrong = _truth.line_faults(line, order_line, world)
    values: dict = {}
    if "product" in wrong:
        values["product_id"] = world.ids[line["product"]]
    if "quantity" in wrong:
        values["quantity"] = line["quantity"] or 0
    if "price" in wrong:
        values["price_unit"] = line["price_unit"]
    if "discount" in wrong:
        values["discount"] = line.get("discount") or 0
    return values


def score(cases: list[Case], world: World, planted: dict[str, str]) -> dict:
    """Count what is right, what is wrong and what waits for a person."""
    counts: Counter = Counter()
    report: dict = {"wrong": [], "waiting": {}, "doubts": [], "confirmations": {}}
    for case in cases:
        for index, truth in enumerate(case.orders):
            intake = case.intakes[index] if index < len(case.intakes) else None
            label = case.name if len(case.orders) == 1 else f"{case.name}#{index + 1}"
            counts["documents"] += 1
            counts["orders consistent"] += _truth.is_order(truth)
            if not intake:
                counts["lost"] += 1
                report["wrong"].append(f"{label}: no intake")
                continue
            ours = planted.get((truth.get("world") or {}).get("our_order"))
            if ours:
                wrong = _vendors.score_confirmation(counts, intake, truth, ours)
                report["confirmations"][label] = f"{ours}: {intake['state']}, {wrong or 'right'}"
                continue
            counts["directions"] += 1
            counts["directions right"] += _direction_right(intake, truth)
            _count_decision(counts, report, label, intake, truth, world)
            if truth.get("document_type") == "purchase_order":
                _count_matches(counts, intake, truth, world)
    return {"counts": dict(counts), **report}


def _direction_right(intake: dict, truth: dict) -> bool:
    bought = truth["document_type"] in ("quotation", "order_confirmation")
    return truth["document_type"] == "other" or (intake["direction"] == "purchase") == bought


def _count_decision(
    counts: Counter, report: dict, label: str, intake: dict, truth: dict, world: World
) -> None:
    blocking = [item["code"] for item in intake["findings"] if item["severity"] == "blocking"]
    if intake.get("order"):
        found = _truth.faults(intake["order"], truth, world)
        counts["drafted wrong" if found else "drafted right"] += 1
        report["wrong"] += [f"{label}: {'; '.join(found)}"] if found else []
    else:
        counts["review"] += 1
        report["waiting"][label] = [f"{intake['confidence']:.2f}", *dict.fromkeys(blocking)]
    report["doubts"].append(
        {
            "name": label,
            "faults": _truth.faults(_as_drafted(intake), {**truth, "amount_untaxed": None}, world),
            "blocking": blocking,
            **(intake["proposal"] or {}),
        }
    )


def _as_drafted(intake: dict) -> dict:
    """What an order of the intake would be."""
    if intake.get("order"):
        return intake["order"]
    lines = [{**line, "product_uom_qty": line["quantity"]} for line in intake["lines"]]
    dates = [line["requested_date"] for line in lines if line["requested_date"]]
    return {
        **intake,
        "client_order_ref": intake["order_reference"],
        "date": intake["requested_date"] or min(dates, default=None),
        "lines": [line for line in lines if not line["ignored"]],
    }


def _count_matches(counts: Counter, intake: dict, truth: dict, world: World) -> None:
    expected = truth["world"]
    counts["partners"] += 1
    counts["partners right"] += (
        world.name("res.partner", intake["partner_id"]) == expected["partner"]
    )
    if expected.get("delivery") and truth.get("delivery"):
        counts["deliveries"] += 1
        counts["deliveries right"] += _truth.ships_right(intake, truth, world)
    counts["references"] += 1
    same = _truth.squash(intake["order_reference"]) == _truth.squash(truth.get("number"))
    counts["references right"] += same
    lines = _truth.item_lines(truth)
    for line, got in zip(lines, intake["lines"]):
        coded = any(line.get(key) for key in ("partner_code", "our_code", "barcode"))
        wrong = _truth.line_faults(line, {**got, "product_uom_qty": got["quantity"]}, world)
        for what in ("product", "quantity", "unit", "price"):
            kind = what
            if what == "product":
                kind = "product, code printed" if coded else "product, words only"
            # of a product that is not found nobody can say how it is counted
            if what != "unit" or got["product_id"]:
                counts[f"{kind}, lines"] += 1
                counts[f"{kind}, right"] += what not in wrong
        counts["date, lines"] += 1
        date = line.get("requested_date") or truth.get("requested_date")
        counts["date, right"] += (got["requested_date"] or intake["requested_date"] or None) == date
        counts["lines wrong"] += "product" in wrong and bool(got["product_id"])
    counts["lines missing"] += max(0, len(lines) - len(intake["lines"]))


def show(report: dict) -> None:
    counts = report["counts"]
    rows = [
        ("partner right", "partners right", "partners"),
        ("delivery address right", "deliveries right", "deliveries"),
        ("reference right", "references right", "references"),
    ]
    kinds = ("product, code printed", "product, words only", "quantity", "unit", "price", "date")
    rows += [(f"{what}, per line", f"{what}, right", f"{what}, lines") for what in kinds]
    rows += [
        ("consistent orders drafted right", "drafted right", "orders consistent"),
        ("sale or purchase right", "directions right", "directions"),
        ("confirmed order found", "our order found", "confirmations"),
        ("differences found exactly", "differences found exactly", "confirmations"),
    ]
    print()
    for title, part, whole in rows:
        right, total = counts.get(part, 0), counts.get(whole, 0)
        share = f"{right:5d} of {total:5d}  {right / total:6.1%}" if total else "    -"
        print(f"{title:34}{share}")
    for key in (
        "drafted right", "drafted wrong", "review", "lost", "lines wrong", "lines missing",
        "closed right", "closed wrong",
    ):  # fmt: skip
        print(f"{key:34}{counts.get(key, 0):5d}")
    print(f"{'seconds':34}{report['seconds']:7.1f}")
    for text in report["wrong"]:
        print(f"WRONG    {text}")
    for name, text in report["confirmations"].items():
        print(f"confirms {name}: {text}")
    for name, reasons in report["waiting"].items():
        print(f"waiting  {name}: {', '.join(reasons)}")
    for name, reason in report.get("refused to approve", {}).items():
        print(f"not approved  {name}: {reason}")


if __name__ == "__main__":
    main()
