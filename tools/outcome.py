"""What became of the demo's mails: read from Odoo, shown as a table, held against the plan."""

import email
import email.policy
import time
from dataclasses import dataclass
from pathlib import Path

from tools.rpc import Odoo

#: How long the slowest machine may take for all mails.
PATIENCE_SECONDS = 300
#: State of an intake -> what the demo calls it.
OUTCOMES = {
    "done": "drafted",
    "review": "review",
    "quarantine": "quarantine",
    "error": "failed",
    "rejected": "rejected",
    "new": "unfinished",
}
FIELDS = (
    "name mail_id state error source_name order_reference partner_id line_ids confidence "
    "sale_order_id purchase_order_id"
).split()
COLUMNS = ("document", "customer", "lines", "confidence", "outcome", "order", "seconds")


@dataclass(frozen=True)
class Result:
    """One document of a mail, and what was made of it."""

    message_id: str
    document: str
    reference: str
    customer: str
    lines: int
    confidence: float
    outcome: str
    error: str
    order: str
    items: tuple[tuple[str, float, float, float], ...]
    seconds: float


def wait(odoo: Odoo, mails: int) -> list[Result]:
    """Return one result per document as soon as `mails` mails have been worked off."""
    started = time.monotonic()
    finished: dict[int, float] = {}
    while True:
        inbox = odoo("po.intake.mail", "search_read", [], ["message_id", "state"])
        intakes = odoo("po.intake", "search_read", [("mail_id", "!=", False)], FIELDS, order="id")
        seconds = time.monotonic() - started
        for intake in intakes:
            if intake["state"] != "new" or intake["error"]:
                finished.setdefault(intake["id"], seconds)
        opened = [mail for mail in inbox if mail["state"] != "received"]
        if (len(opened) >= mails and len(finished) == len(intakes)) or seconds > PATIENCE_SECONDS:
            break
        time.sleep(0.2)
    message_ids = {mail["id"]: mail["message_id"] for mail in inbox}
    return [
        _result(odoo, intake, message_ids[intake["mail_id"][0]], finished.get(intake["id"], 0))
        for intake in intakes
    ]


def table(results: list[Result]) -> str:
    """Return the results as lines of text in columns."""
    rows = [COLUMNS]
    for result in results:
        confidence = f"{result.confidence:.0%}" if result.lines else ""
        columns = [result.document, result.customer, str(result.lines or ""), confidence]
        rows.append((*columns, result.outcome, result.order, f"{result.seconds:.1f}"))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def differences(results: list[Result], files: list[Path], expected: dict) -> list[str]:
    """Return a sentence for everything that came out other than planned."""
    missing = expected.keys() - {file.name for file in files}
    complaints = [f"{name}: there is no such mail" for name in sorted(missing)]
    for file in files:
        headers = email.message_from_bytes(file.read_bytes(), policy=email.policy.compat32)
        message_id = headers["Message-ID"].strip()
        found = [result for result in results if result.message_id == message_id]
        planned = expected.get(file.name)
        if planned is None:
            complaints.append(f"{file.name}: no outcome is planned for it")
        elif len(found) != len(planned):
            complaints.append(f"{file.name}: {len(found)} documents, not {len(planned)}")
        else:
            for result, plan in zip(found, planned, strict=True):
                complaints += [f"{file.name}: {text}" for text in _compare(result, plan)]
    return complaints


def summary(results: list[Result]) -> dict:
    """Return the counts that `./dev demo --once` ends with."""
    count = [result.outcome for result in results].count
    return {
        "received": len({result.message_id for result in results}),
        "documents": len(results),
        "drafted": count("drafted"),
        "review": count("review"),
        "quarantine": count("quarantine"),
        "failed": count("failed") + count("unfinished"),
        "orders": [result.order for result in results if result.order],
    }


def _compare(result: Result, plan: dict) -> list[str]:
    """Return where a result differs from its plan; of an order that was drafted, every line."""
    if result.outcome == "failed":
        return [f"failed with {result.error}"]
    pairs = [("outcome", result.outcome, plan["outcome"])]
    if result.outcome != "quarantine":
        pairs.append(("lines", result.lines, plan.get("lines", result.lines)))
    if result.outcome == "drafted":
        items = tuple(tuple(item) for item in plan.get("items", result.items))
        pairs += [
            ("customer", result.customer, plan.get("customer", result.customer)),
            ("reference", result.reference, plan.get("order_reference", result.reference)),
            ("items", result.items, items),
        ]
    return [f"{what} is {got}, not {want}" for what, got, want in pairs if got != want]


def _result(odoo: Odoo, intake: dict, message_id: str, seconds: float) -> Result:
    """Return an intake as a result, with the lines of its order."""

    def name(field: str) -> str:
        return intake[field][1] if intake[field] else ""

    return Result(
        message_id=message_id,
        document=intake["source_name"] or intake["name"],
        reference=intake["order_reference"] or "",
        customer=name("partner_id"),
        lines=len(intake["line_ids"]),
        confidence=intake["confidence"],
        # Odoo would try again in a minute, but nothing here can be better by then.
        outcome="failed" if intake["error"] else OUTCOMES[intake["state"]],
        error=intake["error"] or "",
        order=name("sale_order_id") or name("purchase_order_id"),
        items=_items(odoo, intake["sale_order_id"]),
        seconds=seconds,
    )


def _items(odoo: Odoo, order) -> tuple[tuple[str, float, float, float], ...]:
    """Return (product code, quantity, unit price, discount) of each line of an order."""
    if not order:
        return ()
    fields = ["product_id", "product_uom_qty", "price_unit", "discount"]
    domain = [("order_id", "=", order[0]), ("product_id", "!=", False)]
    lines = odoo("sale.order.line", "search_read", domain, fields, order="sequence, id")
    products = [line["product_id"][0] for line in lines]
    codes = {
        product["id"]: product["default_code"]
        for product in odoo("product.product", "read", products, ["default_code"])
    }
    return tuple(
        (codes[line["product_id"][0]], *(line[field] for field in fields[1:])) for line in lines
    )
