"""The demo's second source: a product that runs out becomes a request for quotation."""

import time

from tools.rpc import Odoo

#: How long a night's work may take on the slowest machine.
PATIENCE_SECONDS = 120
SHOWN = "product_id vendor_id stock_out_date order_by_date quantity state".split()
COLUMNS = ("product", "vendor", "stock-out", "order by", "quantity", "state", "request")


def work(odoo: Odoo) -> list[dict]:
    """Have the reorder agent work as it does each night; return its proposals as rows."""
    teams = odoo("po.intake.team", "search", [("reorder", "=", True)])
    odoo("po.intake.team", "action_reorder_now", teams)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and not _is_done(odoo):
        time.sleep(0.2)
    rows = []
    for shortage in odoo("po.intake.shortage", "search_read", [], SHOWN, order="id"):
        product = odoo("product.product", "read", [shortage["product_id"][0]], ["default_code"])
        domain = [("po_intake_shortage_id", "=", shortage["id"])]
        lines = odoo("purchase.order.line", "search_read", domain, ["order_id"])
        rows.append(
            {
                "product": product[0]["default_code"],
                "vendor": shortage["vendor_id"][1],
                "stock-out": shortage["stock_out_date"] or "",
                "order by": shortage["order_by_date"] or "",
                "quantity": f"{shortage['quantity']:g}",
                "state": shortage["state"],
                "request": lines[0]["order_id"][1] if lines else "",
            }
        )
    return rows


def table(rows: list[dict]) -> str:
    """Return the proposals as lines of text in columns."""
    cells = [COLUMNS, *(tuple(row[name] for name in COLUMNS) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    )


def differences(rows: list[dict], planned: list[dict]) -> list[str]:
    """Return a sentence for everything that was foreseen other than planned."""
    complaints = []
    for plan in planned:
        found = next((row for row in rows if row["product"] == plan["product"]), None)
        if found is None:
            complaints.append(f"{plan['product']}: was not proposed")
            continue
        complaints += [
            f"{plan['product']}: {name} is {found[name]}, not {wanted}"
            for name, wanted in plan.items()
            if found[name] != wanted
        ]
        if not found["request"]:
            complaints.append(f"{plan['product']}: there is no request for quotation")
    return complaints


def _is_done(odoo: Odoo) -> bool:
    """Are all runs finished, and all their cards drafted or before a person?"""
    runs = odoo("po.intake.reorder.run", "search_read", [], ["phase"])
    waiting = odoo("po.intake", "search_count", [("source", "=", "reorder"), ("state", "=", "new")])
    return bool(runs) and not waiting and all(run["phase"] in ("done", "failed") for run in runs)
