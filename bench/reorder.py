#!/usr/bin/env python3
"""A night of the reorder agent over a growing stock, beside Odoo's own scheduler.

    ./dev bench reorder [--pairs N ...] [--native-up-to N] [--draft-up-to N] [--json FILE]

For each size a real Odoo database is filled with products that are kept in one warehouse, two
years of deliveries, a vendor's price and a reordering rule each, of which about one in seven has
something to order. Then the agent works through its phases, one transaction a step as its cron
does. On a second database of the same contents Odoo's scheduler goes through the same reordering
rules. The first night counts two years and holds the contest of the rules; before the second,
usual one two products in a hundred are sold out.

Memory is the peak of the process while a phase runs, MiB; processor seconds are those of the
process and of its PostgreSQL backend, and say more than seconds where other programs run beside.
`--native-up-to` and `--draft-up-to` say how many pairs the scheduler is waited for, and the
agent's orders.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.match import insert_like
from tools.console import say, step
from tools.odoo_env import environment

WEEKS = 104
SOLD = 0.2  # share of the weeks in which an item is sold
LEAD_DAYS = 14
ITEMS_A_VENDOR = 200
BATCH = 5_000
SEED = 20


def main() -> None:
    options = _parser().parse_args()
    rows = []
    for size in options.pairs:
        with environment() as env:
            fill(env, size)
            rows += agent(env, size, size <= options.draft_up_to)
        if size <= options.native_up_to:
            with environment() as env:
                fill(env, size)
                rows += scheduler(env, size)
    show(rows)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--native-up-to", type=int, default=10_000, metavar="N")
    parser.add_argument("--draft-up-to", type=int, default=100_000, metavar="N")
    parser.add_argument("--json", type=Path, help="write the figures here")
    return parser


# the stock


def fill(env, size: int) -> None:
    """Products with a past, as a migration would leave them: in the tables."""
    with step(f"{size:,} pairs: fill the database"):
        dice = random.Random(SEED)
        rates = [min(dice.lognormvariate(1.5, 1.0), 200.0) for _item in range(size)]
        products, templates = fill_products(env, size)
        fill_offers(env, templates)
        fill_moves(env, products, rates)
        fill_stock(env, products, rates, dice)
        env.cr.commit()
        env.cr.execute("ANALYZE")
        env.cr.commit()
        env.invalidate_all()


def fill_products(env, size: int) -> tuple[list[int], list[int]]:
    """Storable products, a category for each 500 of them."""
    first = env["product.product"].create(
        {"name": "First", "is_storable": True, "standard_price": 3.0, "list_price": 5.0}
    )
    categories = env["product.category"].create(
        [{"name": f"Category {number}"} for number in range(size // 500 + 1)]
    )
    products, templates = [], []
    for start in range(0, size, BATCH):
        numbers = range(start, min(start + BATCH, size))
        fresh = insert_like(
            first.product_tmpl_id,
            [
                {"name": {"en_US": f"Item {number}"}, "categ_id": categories[number // 500].id}
                for number in numbers
            ],
        )
        templates += fresh
        products += insert_like(
            first,
            [
                {"product_tmpl_id": template, "default_code": f"I-{number}"}
                for template, number in zip(fresh, numbers)
            ],
        )
    return products, templates


def fill_offers(env, templates: list[int]) -> None:
    """A line in a price list for each product."""
    vendors = env["res.partner"].create(
        [{"name": f"Vendor {n}"} for n in range(len(templates) // ITEMS_A_VENDOR + 1)]
    )
    first = env["product.supplierinfo"].create(
        {"partner_id": vendors[0].id, "product_tmpl_id": templates[0], "price": 3.0, "min_qty": 5,
         "delay": LEAD_DAYS}
    )  # fmt: skip
    for start in range(1, len(templates), BATCH):
        insert_like(
            first,
            [
                {
                    "product_tmpl_id": template,
                    "product_id": None,
                    "partner_id": vendors[at // ITEMS_A_VENDOR].id,
                }
                for at, template in enumerate(templates[start : start + BATCH], start)
            ],
        )


def fill_moves(env, products: list[int], rates: list[float]) -> None:
    """Two years of deliveries."""
    warehouse = env["stock.warehouse"].search([], limit=1)
    env.cr.execute("SELECT setseed(0.5)")
    env.cr.execute(
        """
        INSERT INTO stock_move (company_id, product_id, product_uom, location_id,
               location_dest_id, procure_method, product_uom_qty, product_qty, quantity, date,
               state, create_uid, write_uid, create_date, write_date)
        SELECT %s, sale.id, %s, %s, %s, 'make_to_stock', sold, sold, sold,
               now() - week * interval '7 days' - random() * interval '5 days',
               'done', 1, 1, now(), now()
          FROM (SELECT item.id, week, ceil(rate / %s * (0.4 + 1.2 * random())) AS sold
                  FROM unnest(%s, %s) AS item (id, rate), generate_series(1, %s) AS week
                 WHERE random() < %s) AS sale
        """,
        [warehouse.company_id.id, env.ref("uom.product_uom_unit").id, warehouse.lot_stock_id.id,
         env.ref("stock.stock_location_customers").id, SOLD, products, rates, WEEKS, SOLD],
    )  # fmt: skip


def fill_stock(env, products: list[int], rates: list[float], dice: random.Random) -> None:
    """What lies in the warehouse, and a rule of which a few in a hundred have something to do."""
    warehouse = env["stock.warehouse"].search([], limit=1)
    location = warehouse.lot_stock_id
    env["stock.quant"]._update_available_quantity(
        env["product.product"].browse(products[0]), location, 1
    )
    quant = env["stock.quant"].search([("product_id", "=", products[0])])
    point = env["stock.warehouse.orderpoint"].create(
        {
            "product_id": products[0],
            "location_id": location.id,
            "warehouse_id": warehouse.id,
            "route_id": warehouse.buy_pull_id.route_id.id,
            "product_min_qty": 1,
            "product_max_qty": 10,
        }
    )
    for start in range(1, len(products), BATCH):
        part = list(zip(products, rates))[start : start + BATCH]
        insert_like(
            quant,
            [
                {"product_id": product, "quantity": round(rate * dice.uniform(7.5, 25), 0)}
                for product, rate in part
            ],
        )
        insert_like(
            point,
            [
                {
                    "product_id": product,
                    "product_min_qty": round(10.0 * rate),
                    "product_max_qty": round(14.0 * rate),
                }
                for product, rate in part
            ],
        )


# who works


def agent(env, size: int, drafts: bool) -> list[dict]:
    """Two nights of the agent, phase by phase; without drafts up to its cards."""
    company = env.company
    env["po.intake.team"].create(
        {"name": "Buyers", "company_id": company.id, "direction": "purchase", "reorder": True}
    )
    env["po.intake.authority"].create({"company_id": company.id, "mode": "draft"})
    # what Odoo's scheduler orders by itself is left to it where its rule is the cheaper one
    env.cr.execute("UPDATE stock_warehouse_orderpoint SET trigger = 'forecast'")
    runs = env["po.intake.reorder.run"]
    runs._begin()
    run = runs.search([])
    with step(f"{size:,} pairs: the agent's first night"):
        rows = night(env, run, size, "first", drafts)
    drain(env)
    since = env["po.intake.demand"]._since(company, run.date)
    run.write({"phase": "demand", "step_cursor": 0, "since": since})
    with step(f"{size:,} pairs: a usual night of the agent"):
        return rows + night(env, run, size, "usual", drafts)


def night(env, run, size: int, name: str, drafts: bool) -> list[dict]:
    rows, before = [], ordered(env)
    env.cr.commit()
    while run.phase not in ("done", "failed", *(() if drafts else ("draft",))):
        phase = run.phase
        with measured(env) as figures:
            while run.phase == phase:
                run._queue_work()
                env.cr.commit()
        rows.append({"pairs": size, "night": name, "who": "agent", "phase": phase, **figures})
    whole = {
        "seconds": sum(row["seconds"] for row in rows),
        "processor": sum(row["processor"] for row in rows),
        "mib": max(row["mib"] for row in rows),
        "lines": ordered(env) - before,
    }
    return [*rows, {"pairs": size, "night": name, "who": "agent", "phase": "whole", **whole}]


def drain(env) -> None:
    """Between two nights two products in a hundred are sold out."""
    env.cr.execute("UPDATE stock_quant SET quantity = 0 WHERE mod(product_id, 50) = 0")
    env.cr.commit()
    env.invalidate_all()


def scheduler(env, size: int) -> list[dict]:
    """Odoo's own, as its cron runs it, in one transaction: what it has computed stays unwritten."""
    rows = []
    for name in ("first", "usual"):
        before = ordered(env)
        with step(f"{size:,} pairs: Odoo's scheduler, {name} night"), measured(env) as figures:
            env["stock.rule"].run_scheduler()
            env.flush_all()
        env.cr.commit()
        rows.append(
            {
                "pairs": size,
                "night": name,
                "who": "Odoo's scheduler",
                "phase": "whole",
                **figures,
                "lines": ordered(env) - before,
            }
        )
        drain(env)
    return rows


def ordered(env) -> int:
    return env["purchase.order.line"].search_count([("orderpoint_id", "!=", False)])


@contextmanager
def measured(env) -> Iterator[dict]:
    """Seconds, processor seconds and peak memory of what is done within."""
    Path("/proc/self/clear_refs").write_text("5")  # forget the peak so far
    figures: dict = {}
    backend = env.cr._cnx.info.backend_pid
    used, started = processor_seconds(backend), time.perf_counter()
    yield figures
    figures["seconds"] = round(time.perf_counter() - started, 2)
    figures["processor"] = round(processor_seconds(backend) - used, 2)
    status = Path("/proc/self/status").read_text()
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    figures["mib"] = round(int(peak.split()[1]) / 1024)


def processor_seconds(backend: int) -> float:
    """Of this process and of the one that serves it in PostgreSQL, if that runs here."""
    stat = Path(f"/proc/{backend}/stat")
    ticks = stat.read_text().rpartition(")")[2].split()[11:13] if stat.exists() else ()
    return time.process_time() + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def show(rows: list[dict]) -> None:
    say(
        f"{'pairs':>8}  {'night':<6} {'who':<17} {'phase':<9} {'seconds':>8} {'processor':>9}"
        f" {'MiB':>5} {'lines':>6}"
    )
    for row in rows:
        lines = f"{row['lines']:,}" if "lines" in row else ""
        say(
            f"{row['pairs']:>8,}  {row['night']:<6} {row['who']:<17} {row['phase']:<9}"
            f" {row['seconds']:>8.1f} {row['processor']:>9.1f} {row['mib']:>5} {lines:>6}"
        )


if __name__ == "__main__":
    main()
