#!/usr/bin/env python3
"""How long the search for a product takes, and how often it is right, as a catalogue grows.

    ./dev bench match [--products N ...] [--lines N] [--json [FILE]]

For each size a real Odoo database is filled with products in four languages that differ only in
size, material, colour or pack, and with partners. Then printed lines are matched, beside:

    name_search    Odoo's own, with the whole description, then with its words one fewer at a time
    rapidfuzz      token_sort_ratio over every name of the catalogue held in memory
    pg_trgm        PostgreSQL's similarity over the names, with an index of its own

``right`` is the share of lines whose first answer is the product; ``sure, wrong`` counts answers
of ours that would have been relied on and were wrong.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable, Sequence

from bench import _figures
from bench._catalogue import LANGUAGES, Item, Line, company_names, items, lines
from tools.console import say, step
from tools.odoo_env import environment

PARTNERS = 10_000
ORDER = 20
BATCH = 5_000
Answer = Callable[[Line], int | None]


def main() -> None:
    options = _parser().parse_args()
    rows = []
    for size in options.products:
        with environment() as env:
            rows += measure(env, size, options.lines)
    if not _figures.deliver(rows, options.json):
        show(rows)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--products", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--lines", type=int, default=200, help="how many lines are asked for")
    _figures.add_option(parser)
    return parser


def measure(env, size: int, count: int) -> list[dict]:
    """Fill a database and ask for the same lines in every way."""
    catalogue = items(size)
    with step(f"{size:,} products: fill the database"):
        ids = fill_products(env, catalogue)
        fill_partners(env)
    seconds = index(env)
    say(f"  search terms of {size:,} products and {PARTNERS:,} partners: {seconds:.1f} s")
    asked = lines(catalogue, count)
    known = {product_id: at for at, product_id in enumerate(ids)}
    intakes = [
        make_intake(env, asked[start : start + ORDER]) for start in range(0, len(asked), ORDER)
    ]
    ours = ask_ours(env, intakes, asked, known)
    peers = {
        "name_search": name_search(env, known),
        "rapidfuzz": brute_force(catalogue),
        "pg_trgm": trigrams(env, known),
    }
    rows = [{"products": size, "way": "po_intake", "index_seconds": round(seconds, 1), **ours}]
    for name, answer in peers.items():
        # the slow ones are asked for fewer lines
        some = asked if name != "name_search" else asked[:50]
        rows.append({"products": size, "way": name, **ask(answer, some)})
    return rows


def fill_products(env, catalogue: Sequence[Item]) -> list[int]:
    """As a migration would leave them: in the tables, without any of our terms."""
    env["res.lang"].with_context(active_test=False).search(
        [("code", "in", LANGUAGES)]
    ).active = True
    product = env["product.product"].create({"name": "First", "is_storable": True})
    ids = []
    for start in range(0, len(catalogue), BATCH):
        part = catalogue[start : start + BATCH]
        templates = insert_like(
            product.product_tmpl_id,
            [{"name": item.names, "list_price": item.price} for item in part],
        )
        ids += insert_like(
            product,
            [
                {"product_tmpl_id": template, "default_code": item.code, "barcode": item.barcode}
                for template, item in zip(templates, part)
            ],
        )
    return ids


def fill_partners(env) -> None:
    """Companies that nobody of the lines is from: they are only there."""
    company = env["res.partner"].create({"name": "First GmbH", "is_company": True})
    insert_like(
        company,
        [
            {
                "name": f"{one} {other} GmbH",
                "complete_name": f"{one} {other} GmbH",
                "ref": f"K{number}",
                "vat": f"DE{100_000_000 + number}",
                "email": f"info@company-{number}.example",
                "street": f"Road {number}",
                "zip": str(10_000 + number),
                "city": f"City {number % 500}",
            }
            for number, (one, other) in enumerate(company_names(PARTNERS))
        ],
        own_id="commercial_partner_id",
    )


def insert_like(record, rows: Sequence[dict], own_id: str | None = None) -> list[int]:
    """Rows like that of a record but for some columns, as fast as PostgreSQL writes them.

    :param own_id: a column that refers to the new row itself
    :return: the new ids, in the order of the rows
    """
    record.env.flush_all()
    table, cursor = record._table, record.env.cr
    cursor.execute(f"SELECT nextval('{table}_id_seq') FROM generate_series(1, %s)", [len(rows)])
    ids = [row[0] for row in cursor.fetchall()]
    fresh = {"po_intake_terms": None}
    values = [
        json.dumps({**fresh, **row, "id": row_id, **({own_id: row_id} if own_id else {})})
        for row_id, row in zip(ids, rows)
    ]
    cursor.execute(
        f"""
        INSERT INTO {table}
        SELECT (jsonb_populate_record(model, row::jsonb)).*
          FROM {table} model, unnest(%s) row WHERE model.id = %s
        """,
        [values, record.id],
    )
    record.env.invalidate_all()
    return ids


def index(env) -> float:
    """What the addon's installation does with what is there already; returns its seconds."""
    started = time.perf_counter()
    for name in ("product.product", "res.partner"):
        model = env[name].with_context(active_test=False)
        env.add_to_compute(model._fields["po_intake_terms"], model.search([]))
    env.flush_all()
    env.invalidate_all()
    env.cr.execute("ANALYZE")
    return time.perf_counter() - started


def make_intake(env, part: Sequence[Line]):
    return env["po.intake"].create(
        {
            "state": "review",
            "party_name": "Company somewhere GmbH",
            "line_ids": [
                (0, 0, {"description": line.description, "price_unit": line.price, "quantity": 1})
                for line in part
            ],
        }
    )


def ask_ours(env, intakes, asked: Sequence[Line], known: dict[int, int]) -> dict:
    """Match whole orders by the service of the addon itself, written results and all."""
    matcher = env["po.intake.matcher"]
    times, whole, answers = [], [], []
    for intake in intakes:
        env.flush_all()
        env.invalidate_all()
        started = time.perf_counter()
        matcher._match(intake._own_step(), log=False)
        env.flush_all()
        seconds = time.perf_counter() - started
        whole.append(seconds)
        times += [seconds / len(intake.line_ids)] * len(intake.line_ids)
        answers += list(intake.line_ids)
    first = [known.get((line.candidates or [{"id": None}])[0]["id"]) for line in answers]
    sure = [line.product_id and known.get(line.product_id.id) for line in answers]
    wanted = [line.wanted for line in asked]
    five = [
        want in [known.get(item["id"]) for item in line.candidates or []]
        for line, want in zip(answers, wanted)
    ]
    return {
        **_times(times),
        "right": _share(at == want for at, want in zip(first, wanted)),
        "in five": _share(five),
        "sure": _share(bool(line.product_id) for line in answers),
        "sure, wrong": sum(
            bool(line.product_id) and at != want for line, at, want in zip(answers, sure, wanted)
        ),
        "order of 20, s": round(statistics.median(whole), 3),
        "worst order, s": round(max(whole), 3),
    }


def ask(answer: Answer, asked: Sequence[Line]) -> dict:
    """Ask a peer line by line."""
    times, right = [], []
    for line in asked:
        started = time.perf_counter()
        found = answer(line)
        times.append(time.perf_counter() - started)
        right.append(found == line.wanted)
    return {**_times(times), "right": _share(right)}


def name_search(env, known: dict[int, int]) -> Answer:
    def answer(line: Line) -> int | None:
        words = line.description.split()
        while words:
            found = env["product.product"].name_search(" ".join(words), limit=1)
            if found:
                return known.get(found[0][0])
            words.pop()
        return None

    return answer


def brute_force(catalogue: Sequence[Item]) -> Answer:
    from rapidfuzz import fuzz, process, utils

    owners = [at for at, item in enumerate(catalogue) for _name in item.names]
    names = [utils.default_process(name) for item in catalogue for name in item.names.values()]

    def answer(line: Line) -> int | None:
        text = utils.default_process(line.description)
        found = process.extractOne(text, names, scorer=fuzz.token_sort_ratio)
        return owners[found[2]] if found else None

    return answer


def trigrams(env, known: dict[int, int]) -> Answer:
    env.cr.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    env.cr.execute(
        """
        CREATE TEMPORARY TABLE bench_name AS
        SELECT product.id, lower(name.value) AS name
          FROM product_product product
          JOIN product_template template ON template.id = product.product_tmpl_id,
               jsonb_each_text(template.name) name;
        CREATE INDEX ON bench_name USING gist (name gist_trgm_ops(siglen=64));
        ANALYZE bench_name
        """
    )

    def answer(line: Line) -> int | None:
        env.cr.execute(
            "SELECT id FROM bench_name ORDER BY name <-> %s LIMIT 1", [line.description.lower()]
        )
        found = env.cr.fetchone()
        return known.get(found[0]) if found else None

    return answer


def _times(times: Sequence[float]) -> dict:
    ordered = sorted(times)
    return {
        "median ms": round(statistics.median(ordered) * 1000, 2),
        "p95 ms": round(ordered[int(len(ordered) * 0.95)] * 1000, 2),
    }


def _share(found) -> float:
    found = list(found)
    return round(sum(found) / len(found), 4)


def show(rows: Sequence[dict]) -> None:
    columns = ("products", "way", "median ms", "p95 ms", "right", "in five", "sure",
               "sure, wrong", "order of 20, s", "worst order, s", "index_seconds")  # fmt: skip
    print("  ".join(f"{column:>14}" for column in columns))
    for row in rows:
        print("  ".join(f"{row.get(column, ''):>14}" for column in columns))


if __name__ == "__main__":
    main()
