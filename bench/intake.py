#!/usr/bin/env python3
"""Send a whole corpus through the product, and hold every order against the truth.

    ./dev bench intake --corpus DIR [--json FILE] [--only NAME...] [--teach-half]

DIR holds ``world/*.csv`` (what stands in the database), ``documents/`` and ``truth/``. The world is
imported into a fresh database with Odoo's own import, every document travels as a mail over SMTP,
is read, matched, checked and drafted by the crons of a running Odoo; nothing is called by hand.
What is scored is what a user would find: the intake, and the order if one was drafted.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections import Counter
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from tools import database, postgres, smtp_hop
from tools.console import say, step
from tools.rpc import Odoo
from tools.serve import Stage, on_stage

ORDERS = "orders@corpus.example"
PATIENCE_SECONDS = 1800
IMPORTS = {
    "1_uom.uom.csv": "uom.uom",
    "2_res.partner.companies.csv": "res.partner",
    "3_res.partner.contacts_and_addresses.csv": "res.partner",
    "4_product.product.csv": "product.product",
    "5_product.supplierinfo.csv": "product.supplierinfo",
}
LANGUAGES = ("de_DE", "nl_NL", "fr_FR", "es_ES", "it_IT", "pl_PL", "pt_PT")


@dataclass
class Case:
    """One document with its truth, and the intakes that came of it."""

    name: str
    orders: list[dict]
    message_id: str
    intakes: list[dict] = field(default_factory=list)


def main() -> None:
    arguments = _parser().parse_args()
    cases = load_cases(arguments.corpus, arguments.only)
    with postgres.running():
        template = database.with_addon(demo=False)
        with database.copied(template, "bench") as name, on_stage(name) as stage:
            world = World(stage.odoo, arguments.corpus / "world")
            with step("World: import"):
                world.load(taught=not arguments.without_codes)
            with step(f"Mail: send {len(cases)} documents"):
                started = time.monotonic()
                refused = send(cases, arguments.corpus / "documents", world, stage)
            with step("Odoo: work them off"):
                wait(stage.odoo, len(cases) - refused)
            seconds = time.monotonic() - started
            collect(stage.odoo, cases)
            report = score(cases, world)
    report["seconds"] = round(seconds, 1)
    show(report)
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=1, ensure_ascii=False))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--json", type=Path, help="write the whole report here")
    parser.add_argument("--only", nargs="*", default=(), help="names of documents")
    parser.add_argument(
        "--without-codes", action="store_true", help="do not teach the customers' item codes"
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


class World:
    """The master data of a corpus in a database, and the way back from ids to its names."""

    def __init__(self, odoo: Odoo, folder: Path):
        self.odoo = odoo
        self.folder = folder
        self.ids: dict[str, int] = {}
        self.names: dict[tuple[str, int], str] = {}
        self.services = {row["id"] for row in self.rows("4_product.product.csv")
                         if row["type"] == "service"}  # fmt: skip
        self.emails = {row["id"]: row["email"] for row in self.rows("2_res.partner.companies.csv")}

    def rows(self, name: str) -> list[dict]:
        with (self.folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def load(self, *, taught: bool) -> None:
        self._company()
        for language in LANGUAGES:
            found = self.odoo("res.lang", "search", [("code", "=", language)],
                              context={"active_test": False})  # fmt: skip
            self.odoo("res.lang", "write", found, {"active": True})
        for name, model in IMPORTS.items():
            rows = self.rows(name)
            values = [list(row.values()) for row in rows]
            answer = self.odoo(model, "load", list(rows[0]), values)
            problems = [item["message"] for item in answer["messages"]]
            if problems:
                raise SystemExit(f"{name}: {problems[0]}")
        self._read_names()
        self._translate()
        if taught:
            self._teach()

    def _company(self) -> None:
        company = json.loads((self.folder / "world.json").read_text(encoding="utf-8"))["company"]
        [ours] = self.odoo("res.company", "search", [], limit=1)
        country = self.odoo("res.country", "search", [("code", "=", company["country"])])
        inactive = {"context": {"active_test": False}}
        currencies = self.odoo(
            "res.currency", "search", [("name", "in", ["EUR", "GBP", "USD", "CHF", "PLN"])],
            **inactive,
        )  # fmt: skip
        self.odoo("res.currency", "write", currencies, {"active": True})
        [euro] = self.odoo("res.currency", "search", [("name", "=", "EUR")])
        keys = ("name", "street", "zip", "city", "email", "phone", "vat")
        values = {key: company[key] for key in keys}
        values |= {"country_id": country[0], "currency_id": euro}
        self.odoo("res.company", "write", [ours], values)
        digits = self.odoo("decimal.precision", "search", [("name", "=", "Product Price")])
        self.odoo("decimal.precision", "write", digits, {"digits": 4})
        # a company that sells in several currencies has a price list in each of them
        for currency in currencies:
            self.odoo("product.pricelist", "create",
                      {"name": "Prices", "currency_id": currency})  # fmt: skip
        teams = self.odoo("po.intake.team", "search", [])
        self.odoo("po.intake.team", "write", teams,
                  {"direction": "detect", "unknown_sender": "review"})  # fmt: skip

    def _read_names(self) -> None:
        found = self.odoo(
            "ir.model.data", "search_read", [("module", "=", "__import__")],
            ["name", "model", "res_id"],
        )  # fmt: skip
        for item in found:
            self.ids[item["name"]] = item["res_id"]
            self.names[item["model"], item["res_id"]] = item["name"]

    def _translate(self) -> None:
        for row in self.rows("product_translations.csv"):
            context = {"context": {"lang": row["lang"]}}
            product = [self.ids[row["id"]]]
            self.odoo("product.product", "write", product, {"name": row["name"]}, **context)

    def _teach(self) -> None:
        codes = [
            {
                "partner_id": self.ids[row["partner_id/id"]],
                "product_id": self.ids[row["product_id/id"]],
                "code": row["customer_code"],
            }
            for row in self.rows("customer_item_refs.csv")
        ]
        self.odoo("po.intake.item.code", "create", codes)


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
    fields = [
        "name", "state", "mail_id", "order_reference", "partner_id", "partner_shipping_id",
        "confidence", "document_type", "sale_order_id", "line_ids", "finding_ids",
    ]  # fmt: skip
    intakes = odoo("po.intake", "search_read", [], fields, order="id")
    by_message: dict[str, list[dict]] = {}
    for intake in intakes:
        line_fields = ["product_id", "quantity", "price_unit", "description", "our_code",
                       "partner_code", "barcode", "uom_unclear"]  # fmt: skip
        intake["lines"] = odoo("po.intake.line", "read", intake["line_ids"], line_fields)
        intake["findings"] = odoo(
            "po.intake.finding", "read", intake["finding_ids"], ["code", "severity"]
        )
        if intake["sale_order_id"]:
            intake["order"] = _order(odoo, intake["sale_order_id"][0])
        mail = intake["mail_id"]
        by_message.setdefault(message_ids.get(mail and mail[0], ""), []).append(intake)
    for case in cases:
        case.intakes = by_message.get(case.message_id, [])


def _order(odoo: Odoo, order_id: int) -> dict:
    fields = ["partner_id", "partner_shipping_id", "client_order_ref"]
    [order] = odoo("sale.order", "read", [order_id], fields)
    order["lines"] = odoo(
        "sale.order.line", "search_read", [("order_id", "=", order_id)],
        ["product_id", "product_uom_qty", "price_unit", "discount"], order="sequence, id",
    )  # fmt: skip
    return order


def score(cases: list[Case], world: World) -> dict:
    """Count what is right, what is wrong and what waits for a person."""
    counts: Counter = Counter()
    wrong: list[str] = []
    waiting: dict[str, list[str]] = {}
    for case in cases:
        for index, truth in enumerate(case.orders):
            intake = case.intakes[index] if index < len(case.intakes) else None
            label = case.name if len(case.orders) == 1 else f"{case.name}#{index + 1}"
            is_order = truth.get("document_type") == "purchase_order"
            consistent = not truth.get("inconsistent")
            drafted = bool(intake and intake.get("order"))
            counts["documents"] += 1
            counts["orders consistent"] += is_order and consistent
            if drafted:
                faults = _faults(intake["order"], truth, world)
                if not is_order or not consistent:
                    faults.append("must never be drafted by itself")
                counts["drafted right" if not faults else "drafted wrong"] += 1
                counts["drafted consistent"] += is_order and consistent and not faults
                wrong += [f"{label}: {'; '.join(faults)}"] if faults else []
            elif intake:
                counts["review"] += 1
                blocking = [item["code"] for item in intake["findings"]
                            if item["severity"] == "blocking"]  # fmt: skip
                waiting[label] = [f"{intake['confidence']:.2f}", *dict.fromkeys(blocking)]
            else:
                counts["lost"] += 1
                wrong.append(f"{label}: no intake")
            if intake and is_order:
                _count_matches(counts, intake, truth, world)
    return {"counts": dict(counts), "wrong": wrong, "waiting": waiting}


def _faults(order: dict, truth: dict, world: World) -> list[str]:
    faults = []
    expected = truth["world"]
    if _name(world, "res.partner", order["partner_id"]) != expected["partner"]:
        faults.append("partner")
    if expected.get("delivery") and truth.get("delivery"):
        found = _name(world, "res.partner", order["partner_shipping_id"])
        if found != expected["delivery"]:
            faults.append("delivery")
    if _squash(order["client_order_ref"]) != _squash(truth.get("number")):
        faults.append("number")
    charges = _charge_sequences(truth)
    lines = [line for line in truth["lines"] if line["sequence"] not in charges]
    products = {line["sequence"]: line["product"] for line in expected["lines"]}
    services = {products[sequence] for sequence in charges} | world.services
    items = [
        line
        for line in order["lines"]
        if _name(world, "product.product", line["product_id"]) not in services
    ]
    if len(lines) != len(items):
        return [*faults, f"{len(items)} lines, not {len(lines)}"]
    for line, got in zip(lines, items, strict=True):
        if _name(world, "product.product", got["product_id"]) != products[line["sequence"]]:
            faults.append(f"product of line {line['sequence']}")
        if abs(got["product_uom_qty"] - (line["quantity"] or 0)) > 0.005:
            faults.append(f"quantity of line {line['sequence']}")
        price = line.get("price_unit")
        if price is not None and abs(got["price_unit"] - price) > max(0.0051, 0.002 * price):
            faults.append(f"price of line {line['sequence']}")
    return faults


def _count_matches(counts: Counter, intake: dict, truth: dict, world: World) -> None:
    expected = truth["world"]
    found = _name(world, "res.partner", intake["partner_id"])
    counts["partners"] += 1
    counts["partners right"] += found == expected["partner"]
    if expected.get("delivery") and truth.get("delivery"):
        counts["deliveries"] += 1
        ship_to = _name(world, "res.partner", intake["partner_shipping_id"]) or found
        counts["deliveries right"] += ship_to == expected["delivery"]
    charges = _charge_sequences(truth)
    products = {line["sequence"]: line["product"] for line in expected["lines"]}
    lines = [line for line in truth["lines"] if line["sequence"] not in charges]
    for line, got in zip(lines, intake["lines"]):
        coded = any(line.get(key) for key in ("partner_code", "our_code", "barcode"))
        kind = "lines with a code" if coded else "lines without a code"
        right = _name(world, "product.product", got["product_id"]) == products[line["sequence"]]
        counts[kind] += 1
        counts[f"{kind} right"] += right
        counts["lines wrong"] += not right and bool(got["product_id"])
    missing = max(0, len(lines) - len(intake["lines"]))
    counts["lines missing"] += missing


def _charge_sequences(truth: dict) -> set[int]:
    charges = (truth.get("meta") or {}).get("charge_lines") or []
    return {item["sequence"] if isinstance(item, dict) else item for item in charges}


def _name(world: World, model: str, value: list | bool) -> str | None:
    return world.names.get((model, value[0])) if value else None


def _squash(text: str | bool | None) -> str:
    return "".join(char for char in (text or "").casefold() if char.isalnum())


def show(report: dict) -> None:
    counts = report["counts"]

    def share(part: str, whole: str) -> str:
        total = counts.get(whole, 0)
        return (
            f"{counts.get(part, 0):5d} of {total:5d}  {counts.get(part, 0) / total:6.1%}"
            if (total)
            else "    -"
        )

    print()
    for title, part, whole in (
        ("partner right", "partners right", "partners"),
        ("delivery address right", "deliveries right", "deliveries"),
        ("product right, code printed", "lines with a code right", "lines with a code"),
        ("product right, words only", "lines without a code right", "lines without a code"),
        ("consistent orders drafted right", "drafted consistent", "orders consistent"),
    ):
        print(f"{title:34}{share(part, whole)}")
    for key in ("drafted right", "drafted wrong", "review", "lost", "lines wrong", "lines missing"):
        print(f"{key:34}{counts.get(key, 0):5d}")
    print(f"{'seconds':34}{report['seconds']:7.1f}")
    for text in report["wrong"]:
        print(f"WRONG    {text}")
    for name, reasons in report["waiting"].items():
        print(f"waiting  {name}: {', '.join(reasons)}")


if __name__ == "__main__":
    main()
