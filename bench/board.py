#!/usr/bin/env python3
"""How fast do the board and its list open, beside Odoo's own quotations in the same database?

    ./dev bench board [--count N] [--repeat N]

A scratch database gets N intakes with their lines, findings and activities, and N sales orders,
made in SQL. Then every view asks what the browser asks for when it is opened, by an ordinary user
of both apps and with nothing in the ORM's cache: the median of the runs, the queries, and the
ratio to the view of Odoo that shows as many orders in the same way. At last a browser opens the
views by turns: the median until each one stands.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import statistics
import time
from collections.abc import Callable

from lxml import etree

from tools import database, postgres, screenshots, server
from tools.console import step
from tools.paths import STATE

# made in SQL, because making 100,000 cards one by one would take hours
FILL = """
INSERT INTO res_partner (name, complete_name, active, type, is_company, group_on, autopost_bills,
                         group_rfq)
SELECT 'Customer ' || n, 'Customer ' || n, true, 'contact', true, 'default', 'ask', 'default'
  FROM generate_series(1, 2000) n;

INSERT INTO sale_order (name, company_id, partner_id, partner_invoice_id, partner_shipping_id,
                        currency_id, user_id, state, date_order, create_date, amount_untaxed,
                        amount_total, picking_policy, client_order_ref, invoice_status)
SELECT 'B' || n, %(company)s, p.id, p.id, p.id, %(currency)s, %(user)s,
       CASE WHEN n %% 40 = 0 THEN 'draft' ELSE 'sale' END, stamp.at, stamp.at, n %% 5000,
       n %% 5000 * 1.2, 'direct', 'PO-' || n, 'no'
  FROM generate_series(1, %(count)s) n
  CROSS JOIN LATERAL (SELECT now() - n * interval '3 minutes' AS at) stamp
  JOIN res_partner p ON p.name = 'Customer ' || (n %% 2000 + 1);

INSERT INTO po_intake (name, company_id, team_id, user_id, partner_id, currency_id, state, source,
                       direction, received_date, create_date, done_date, order_reference,
                       order_key, requested_date, amount, amount_untaxed, confidence,
                       confidence_level, line_count, blocking_count, touchless, reason, chips,
                       source_name, document_type, card_title, sale_order_id)
SELECT 'IN/B/' || n, %(company)s, %(team)s,
       CASE WHEN n %% 3 = 0 THEN %(user)s END, o.partner_id, %(currency)s, kind.state, 'mail',
       'sale', o.date_order, o.date_order,
       CASE WHEN kind.state IN ('done', 'rejected') THEN o.date_order + interval '1 hour' END,
       'PO-' || n, 'PO' || n, o.date_order + interval '14 days', n %% 5000, n %% 5000,
       CASE WHEN kind.state = 'done' THEN 0.99 ELSE 0.6 END,
       CASE WHEN kind.state = 'done' THEN 'high' ELSE 'medium' END, 5,
       CASE WHEN kind.state = 'review' THEN 1 ELSE 0 END, kind.state = 'done',
       CASE WHEN kind.state = 'review' THEN 'product_unknown'
            WHEN n %% 3 = 0 THEN 'price_differs' END,
       CASE WHEN kind.state = 'review' THEN '[["product_unknown", "blocking", 1],
            ["price_differs", "warning", 1], ["stock_short", "warning", 1]]'::jsonb
            WHEN n %% 3 = 0 THEN '[["price_differs", "warning", 1]]'::jsonb END,
       'order.pdf', 'purchase_order', o.partner_name,
       CASE WHEN kind.state = 'done' THEN o.id END
  FROM generate_series(1, %(count)s) n
  JOIN (SELECT o.*, p.complete_name AS partner_name
          FROM sale_order o JOIN res_partner p ON p.id = o.partner_id) o ON o.name = 'B' || n
  CROSS JOIN LATERAL (SELECT CASE WHEN n %% 50 = 0 THEN 'review' WHEN n %% 301 = 0 THEN 'error'
       WHEN n %% 151 = 0 THEN 'quarantine' WHEN n %% 33 = 0 THEN 'rejected' ELSE 'done' END
       AS state) kind;

UPDATE sale_order o SET po_intake_id = i.id FROM po_intake i WHERE i.sale_order_id = o.id;

INSERT INTO po_intake_line (intake_id, company_id, sequence, description, quantity, price_unit)
SELECT i.id, i.company_id, n * 10, 'Hex bolt', 5, 2
  FROM po_intake i CROSS JOIN generate_series(1, 5) n;

INSERT INTO po_intake_finding (intake_id, company_id, code, severity, severity_rank, is_check,
                               parameters)
SELECT i.id, i.company_id, kind.code, kind.severity, kind.rank, true, '{"count": 2}'::jsonb
  FROM po_intake i
  JOIN (VALUES ('product_unknown', 'blocking', 2), ('price_differs', 'warning', 1),
               ('stock_short', 'warning', 1)) kind (code, severity, rank)
    ON i.state = 'review' OR kind.code = 'price_differs' AND i.id %% 3 = 0;

INSERT INTO mail_activity (res_model, res_model_id, res_id, res_name, user_id, date_deadline,
                           activity_type_id, active, automated)
SELECT 'po.intake', %(model)s, i.id, i.name, %(user)s, current_date, %(todo)s, true, true
  FROM po_intake i WHERE i.state = 'review'
 UNION ALL -- and as many on the orders, the newest of which are on the first page
SELECT 'sale.order', %(order_model)s, o.id, o.name, %(user)s, current_date, %(todo)s, true, true
  FROM generate_series(1, %(count)s / 50) n JOIN sale_order o ON o.name = 'B' || 2 * n;
"""

# what widgets read beside their own field
ACTIVITIES = (
    "activity_exception_decoration",
    "activity_exception_icon",
    "activity_state",
    "activity_summary",
    "activity_type_icon",
    "activity_type_id",
)
BESIDE = {
    "list_activity": ACTIVITIES,
    "kanban_activity": ACTIVITIES,
    "po_intake_chips": ("reason",),
    "po_intake_confidence": ("confidence_level",),
}


#: Opens an action as its menu does; the milliseconds until the view stands.
OPEN = """
await (async ([action, viewType]) => {
    const started = performance.now();
    await odoo.__WOWL_DEBUG__.root.env.services.action.doAction(action, {
        viewType, clearBreadcrumbs: true,
    });
    return performance.now() - started;
})(%s)
"""
QUOTATIONS = "sale.action_quotations_with_onboarding"
INTAKES = "po_intake.po_intake_action"
OPENED = {
    "quotations, list": (QUOTATIONS, "list"),
    "intakes, list": (INTAKES, "list"),
    "quotations, kanban": (QUOTATIONS, "kanban"),
    "intakes, board": (INTAKES, "kanban"),
}
CLERK = "bench_clerk"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=100_000, metavar="N")
    parser.add_argument("--repeat", type=int, default=9, metavar="N")
    arguments = parser.parse_args()
    with contextlib.ExitStack() as stack:
        stack.enter_context(postgres.running())
        template = database.with_addon(demo=False)
        name = stack.enter_context(database.copied(template, "bench"))
        with step(f"{arguments.count} intakes and as many orders"):
            server.script(name, f"from bench.board import fill\nfill(env, {arguments.count})\n")
            postgres.query("VACUUM ANALYZE", name)  # as they are after a night
        with step("Open the views, on the server"):
            source = f"from bench.board import measure\nmeasure(env, {arguments.repeat})\n"
            found = json.loads(server.script(name, source).strip().splitlines()[-1])
        with step("Open the views, in a browser"):
            opened = browse(name, arguments.repeat)
    report(found, opened)


def browse(name: str, repeat: int) -> dict[str, float]:
    """Open each view some times in a browser, by turns; median milliseconds until it stands."""
    found = {view: [] for view in OPENED}
    options = ("--max-cron-threads=0", "--log-level=warn")
    with (
        server.serving(name, server.free_port(), STATE / "bench.log", *options) as address,
        screenshots.browsing() as page,
    ):
        page.resize(*screenshots.LAPTOP)
        screenshots.sign_in(page, address, CLERK)
        page.wait("!!odoo.__WOWL_DEBUG__?.root")
        for _run in range(repeat + 1):
            for view, action in OPENED.items():
                found[view].append(page.evaluate(OPEN % json.dumps(action)))
    # the first run loads what a server and a browser keep
    return {view: statistics.median(times[1:]) for view, times in found.items()}


def fill(env, count: int) -> None:
    """Make the intakes and orders, in Odoo's shell."""
    groups = "base.group_user", "po_intake.group_po_intake_user"
    groups += ("sales_team.group_sale_salesman_all_leads",)
    user = env["res.users"].create(
        {
            "name": "Clerk",
            "login": CLERK,
            "password": CLERK,
            "group_ids": [(6, 0, [env.ref(name).id for name in groups])],
        }
    )
    env.flush_all()
    env.cr.execute(
        FILL,
        {
            "count": count,
            "company": env.company.id,
            "currency": env.company.currency_id.id,
            "user": user.id,
            "team": env.ref("po_intake.team_orders").id,
            "model": env["ir.model"]._get_id("po.intake"),
            "order_model": env["ir.model"]._get_id("sale.order"),
            "todo": env.ref("mail.mail_activity_data_todo").id,
        },
    )
    env.cr.commit()


def measure(env, repeat: int) -> None:
    """Open each view some times; print milliseconds and queries as JSON."""
    user = env["res.users"].search([("login", "=", CLERK)])
    env = env(user=user, context={"lang": "en_US", "tz": "Europe/Berlin"})
    opened = views(env)
    times, queries = {name: [] for name in opened}, {}
    for _run in range(repeat + 1):
        # by turns: whatever else the machine does meets all of them
        for name, action in opened.items():
            env.invalidate_all()
            before, started = env.cr.sql_log_count, time.perf_counter()
            action()
            times[name].append(1000 * (time.perf_counter() - started))
            queries[name] = env.cr.sql_log_count - before
    # the first run loads what a server keeps
    found = {name: (statistics.median(times[name][1:]), queries[name]) for name in opened}
    print(json.dumps(found))


def views(env) -> dict[str, Callable[[], object]]:
    """What is opened, by name; the board and the list with all that the browser asks for."""
    intakes, orders = env["po.intake"], env["sale.order"]
    quotations = env.ref("sale.view_quotation_tree_with_onboarding").id
    cards = env.ref("sale.view_quotation_kanban_with_onboarding").id

    def panel() -> None:
        intakes.search_panel_select_range("team_id", expand=True)
        intakes.search_panel_select_range("state", enable_counters=True, expand=True)

    return {
        "quotations, list": lambda: rows(orders, quotations),
        "intakes, list": lambda: rows(intakes, None, "done_date desc, id"),
        "quotations, kanban by state": lambda: columns(orders, cards),
        "intakes, board": lambda: columns(intakes, None, "done_date desc, id"),
        "  progress bars": lambda: intakes.read_progress_bar(
            [], "state", {"field": "confidence_level", "colors": {"high": "success"}}
        ),
        "  strip": intakes.read_strip,
        "  search panel": panel,
    }


def rows(model, view: int | None, order: str = "") -> None:
    """The first page of a list."""
    arch = etree.fromstring(model.get_view(view, "list")["arch"])
    model.web_search_read([], specification(model, arch), limit=80, order=order, count_limit=10001)


def columns(model, view: int | None, order: str = "") -> None:
    """All columns of a kanban, with their first cards."""
    arch = etree.fromstring(model.get_view(view, "kanban")["arch"])
    model.with_context(read_group_expand=True).web_read_group(
        [],
        ["state"],
        ["__count"],
        auto_unfold=True,
        unfold_read_specification=specification(model, arch),
        unfold_read_default_limit=int(arch.get("limit", 80)),
        order=order,
    )


def specification(model, arch: etree.Element) -> dict:
    """What a view reads of each record."""
    read = {}
    for node in arch.iter("field"):
        for name in (node.get("name"), *BESIDE.get(node.get("widget"), ())):
            is_many2one = model._fields[name].type == "many2one"
            read[name] = {"fields": {"display_name": {}} if is_many2one else {}}
            if not model._fields[name].relational:
                read[name] = {}
    return read


def report(found: dict[str, tuple[float, int]], opened: dict[str, float]) -> None:
    """The tables; each view of ours is held against the one of Odoo above it."""
    print(f"{'on the server':30} {'ms':>8} {'queries':>8} {'x Odoo':>7}")
    peer = 0.0
    for name, (milliseconds, queries) in found.items():
        peer = milliseconds if name.startswith("quotations") else peer
        print(f"{name:30} {milliseconds:8.1f} {queries:8} {milliseconds / peer:7.2f}")
    print(f"\n{'in the browser':30} {'ms':>8} {'x Odoo':>16}")
    peer = opened["quotations, list"]
    for name, milliseconds in opened.items():
        print(f"{name:30} {milliseconds:8.0f} {milliseconds / peer:16.2f}")


if __name__ == "__main__":
    main()
