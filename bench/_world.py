"""The master data of a corpus in a database, and the way back from ids to its names.

``load`` runs in Odoo's own shell, in one process and one transaction; ``World`` runs in the bench.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tools import server
from tools.rpc import Odoo

IMPORTS = {
    "1_uom.uom.csv": "uom.uom",
    "2_res.partner.companies.csv": "res.partner",
    "3_res.partner.contacts_and_addresses.csv": "res.partner",
    "4_product.product.csv": "product.product",
    "5_product.supplierinfo.csv": "product.supplierinfo",
}
LANGUAGES = ("de_DE", "nl_NL", "fr_FR", "es_ES", "it_IT", "pl_PL", "pt_PT")
CURRENCIES = ("EUR", "GBP", "USD", "CHF", "PLN")


def rows(folder: Path, name: str) -> list[dict]:
    """The rows of one of the world's files."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load_into(database: str, folder: Path, *, taught: bool) -> None:
    """Import a world into a database that nobody serves at the moment."""
    source = (
        "from pathlib import Path\n"
        "from bench._world import load\n"
        f"load(env, Path({str(folder.resolve())!r}), taught={taught})\n"
        "env.cr.commit()\n"
    )
    server.script(database, source)


def load(env, folder: Path, *, taught: bool) -> None:
    """Import a world: Odoo's own import of its files, translations, and what codes mean.

    :param env: Odoo's environment
    :param taught: teach the customers' item codes as well
    """
    env = env(context={**env.context, "tracking_disable": True})
    languages = env["res.lang"].with_context(active_test=False)
    languages.search([("code", "in", LANGUAGES)]).active = True
    _company(env, folder)
    for name, model in IMPORTS.items():
        found = rows(folder, name)
        _import(env, model, list(found[0]), [list(row.values()) for row in found])
    names: dict[str, dict[str, str]] = {}
    for row in rows(folder, "product_translations.csv"):
        names.setdefault(row["id"], {})[row["lang"]] = row["name"]
    for name, translations in names.items():
        product = env.ref(f"__import__.{name}")
        product.product_tmpl_id.update_field_translations("name", translations)
    if taught:
        head = ["id", "partner_id/id", "product_id/id", "code"]
        keys = ["id", "partner_id/id", "product_id/id", "customer_code"]
        found = rows(folder, "customer_item_refs.csv")
        _import(env, "po.intake.item.code", head, [[row[key] for key in keys] for row in found])


def _import(env, model: str, head: list[str], values: list[list[str]]) -> None:
    answer = env[model].with_context(import_file=True).load(head, values)
    problems = [item["message"] for item in answer["messages"]]
    if problems:
        raise SystemExit(f"{model}: {problems[0]}")


def _company(env, folder: Path) -> None:
    company = json.loads((folder / "world.json").read_text(encoding="utf-8"))["company"]
    currencies = env["res.currency"].with_context(active_test=False)
    currencies = currencies.search([("name", "in", CURRENCIES)])
    currencies.active = True
    values = {
        key: company[key] for key in ("name", "street", "zip", "city", "email", "phone", "vat")
    }
    env.company.write(
        {
            **values,
            "country_id": env["res.country"].search([("code", "=", company["country"])]).id,
            "currency_id": currencies.filtered(lambda item: item.name == "EUR").id,
        }
    )
    env["decimal.precision"].search([("name", "=", "Product Price")]).digits = 4
    # a company that sells in several currencies has a price list in each of them
    env["product.pricelist"].create(
        [{"name": "Prices", "currency_id": currency.id} for currency in currencies]
    )
    env["po.intake.team"].search([]).write({"direction": "detect", "unknown_sender": "review"})


class World:
    """What the database calls the things of a corpus, seen from outside."""

    def __init__(self, odoo: Odoo, folder: Path):
        products = rows(folder, "4_product.product.csv")
        self.services = {row["id"] for row in products if row["type"] == "service"}
        self.units = {row["id"]: row["uom_id/id"].rpartition(".")[2] for row in products}
        self.emails = {
            row["id"]: row["email"] for row in rows(folder, "2_res.partner.companies.csv")
        }
        self.ids: dict[str, int] = {}
        self._names: dict[tuple[str, int], str] = {}
        models = ["res.partner", "product.product", "uom.uom"]
        found = odoo(
            "ir.model.data", "search_read", [("model", "in", models)], ["name", "model", "res_id"]
        )
        for item in sorted(found, key=lambda item: item["id"]):
            self.ids[item["name"]] = item["res_id"]
            self._names.setdefault((item["model"], item["res_id"]), item["name"])

    def name(self, model: str, value: list | bool) -> str | None:
        """The corpus' name of a many2one's value."""
        return self._names.get((model, value[0])) if value else None
