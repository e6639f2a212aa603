"""The taxes of vendors' offers, by the fiscal positions of the Dutch and the German chart.

The charts' modules need not be installed: taxes and positions are made from their own tables.
"""

import csv
from decimal import Decimal

from odoo.fields import Command
from odoo.tools import file_open

from odoo.addons.po_intake.extraction.document import QUOTATION, OrderLine, Party

from .common import IntakeCase

CHARTS = {"NL": ("l10n_nl", "nl"), "DE": ("l10n_de", "de_skr03")}


def table(module, model, chart):
    """The rows of a chart's table: ``{external id: (values, values of its sub-records)}``."""
    found = {}
    with file_open(f"{module}/data/template/{model}-{chart}.csv") as file:
        for row in csv.DictReader(file):
            if row["id"]:
                current = row["id"]
                found[current] = (row, [])
            found[current][1].append(
                {key.split("/")[1]: value for key, value in row.items() if "/" in key and value}
            )
    return found


class Chart:
    """A company with purchase taxes and fiscal positions of a country's chart."""

    def __init__(self, env, country):
        self.country = env["res.country"].search([("code", "=", country)])
        self.company = env["res.company"].create(
            {"name": f"Ours {country}", "country_id": self.country.id}
        )
        env.user.company_ids += self.company
        self.env = env(context={**env.context, "allowed_company_ids": self.company.ids})
        module, chart = CHARTS[country]
        self.positions = {
            name: self._position(row)
            for name, (row, _rows) in table(module, "account.fiscal.position", chart).items()
        }
        self.rows = {
            name: (row, parts)
            for name, (row, parts) in table(module, "account.tax", chart).items()
            if row["type_tax_use"] == "purchase" and row.get("active") != "False"
        }
        group = self.env["account.tax.group"].create({"name": "VAT"})
        self.taxes = {name: self._tax(group, *item) for name, item in self.rows.items()}
        for name, (row, _parts) in self.rows.items():
            self.taxes[name].original_tax_ids = self._all(self.taxes, row["original_tax_ids"])
        # what stands on products: taxes that stand for no other one
        self.sources = [name for name, (row, _) in self.rows.items() if not row["original_tax_ids"]]
        self.products = self.env["product.product"].create(
            [
                {
                    "name": f"Article {name}",
                    "default_code": f"ART-{name}",
                    "supplier_taxes_id": [Command.set(self.taxes[name].ids)],
                }
                for name in self.sources
            ]
        )
        self.team = self.env["po.intake.team"].create(
            {"name": "Vendors", "company_id": self.company.id, "direction": "purchase"}
        )

    def _position(self, row):
        europe = self.env.ref("base.europe")
        group = europe if row["country_group_id"] == "account.europe_vat" else None
        domestic = row["country_group_id"].endswith("mainland_nl") or row["country_id"]
        return self.env["account.fiscal.position"].create(
            {
                "name": row["name"],
                "sequence": int(row["sequence"] or 99),
                "auto_apply": bool(row["auto_apply"]),
                "vat_required": bool(row.get("vat_required")),
                "country_group_id": group.id if group else False,
                "country_id": self.country.id if domestic else False,
            }
        )

    def _tax(self, group, row, parts):
        lines = [
            Command.create(
                {
                    "repartition_type": part["repartition_type"],
                    "document_type": part["document_type"],
                    "factor_percent": float(part.get("factor_percent") or 100),
                }
            )
            for part in parts
        ]
        return self.env["account.tax"].create(
            {
                "name": row["name"],
                "amount": float(row["amount"]),
                "type_tax_use": "purchase",
                "tax_group_id": group.id,
                "country_id": self.country.id,
                "fiscal_position_ids": self._all(self.positions, row["fiscal_position_ids"]).ids,
                "repartition_line_ids": lines,
            }
        )

    def _all(self, records, names):
        first = next(iter(records.values()))
        return first.browse([records[n].id for n in (names or "").split(",") if n in records])

    def expected(self, position, source):
        """By the chart's own table: what the position puts in the place of a tax, else itself."""
        dest = [
            name
            for name, (row, _parts) in self.rows.items()
            if position in row["fiscal_position_ids"].split(",")
            and source in row["original_tax_ids"].split(",")
        ]
        used = any(
            position in row["fiscal_position_ids"].split(",") for row, _ in self.rows.values()
        )
        return self.taxes[source].browse(
            [self.taxes[name].id for name in dest or ([source] if used else [])]
        )

    def rate(self, name):
        """What an invoice of a tax comes to, in percent: nothing under reverse charge."""
        row, parts = self.rows[name]
        shares = [
            float(part.get("factor_percent") or 100)
            for part in parts
            if (part["repartition_type"], part["document_type"]) == ("tax", "invoice")
        ]
        return float(row["amount"]) * sum(shares) / 100


class TestCharts(IntakeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.charts = {country: Chart(cls.env, country) for country in CHARTS}

    def offered(self, chart, vendor):
        """A request for quotation of this vendor with a product of each domestic tax.

        :return: the order, and its lines by the tax of their products
        """
        lines = tuple(
            OrderLine(
                sequence=number,
                our_code=product.default_code,
                description=product.name,
                quantity=Decimal(1),
                price_unit=Decimal(100),
            )
            for number, product in enumerate(chart.products, 1)
        )
        text = f"offer {len(self.reader.script)}"
        self.script(
            text,
            self.order(
                document_type=QUOTATION,
                number=text,
                partner=Party(reference=vendor.ref),
                currency=chart.company.currency_id.name,
                lines=lines,
                amount_untaxed=None,
            ),
        )
        intake = self.upload(text)
        intake.team_id = chart.team
        order = self.process(intake).purchase_order_id
        self.assertTrue(order, intake.finding_ids.mapped("message"))
        return order, dict(zip(chart.sources, order.order_line, strict=True))

    def vendor(self, **values):
        count = self.env["res.partner"].search_count([])
        return self.env["res.partner"].create(
            {"name": f"Vendor {count}", "is_company": True, "ref": f"V-{4000 + count}",
             "supplier_rank": 1, **values}
        )  # fmt: skip

    def test_every_row_of_both_charts(self):
        for country, chart in self.charts.items():
            for name, position in chart.positions.items():
                vendor = self.vendor()
                vendor.with_company(chart.company).property_account_position_id = position
                order, lines = self.offered(chart, vendor)
                self.assertEqual(order.fiscal_position_id, position)
                for source, line in lines.items():
                    with self.subTest(country=country, position=name, tax=source):
                        expected = chart.expected(name, source)
                        self.assertEqual(line.tax_ids, expected)
                        taxes = {tax: key for key, tax in chart.taxes.items()}
                        rate = sum(chart.rate(taxes[tax]) for tax in expected)
                        self.assertAlmostEqual(line.price_tax, rate)

    def test_position_by_country_and_vat_number(self):
        for country, positions in (
            ("NL", ("l10n_nl_domestic_fiscal_position", "fiscal_position_template_eu",
                    "fiscal_position_template_eu_private", "fiscal_position_template_non_eu")),
            ("DE", ("fiscal_position_domestic_skr03", "fiscal_position_eu_vat_id_partner_skr03",
                    None, None)),
        ):  # fmt: skip
            chart = self.charts[country]
            foreign = {"NL": ("DE", "DE811907980"), "DE": ("NL", "NL820646660B01")}[country]
            code = {record.code: record.id for record in self.env["res.country"].search([])}
            vendors = (
                {"country_id": code[country]},
                {"country_id": code[foreign[0]], "vat": foreign[1]},
                {"country_id": code[foreign[0]]},
                {"country_id": code["US"]},
            )
            for values, name in zip(vendors, positions, strict=True):
                with self.subTest(country=country, vendor=values):
                    order, _lines = self.offered(chart, self.vendor(**values))
                    expected = chart.positions[name] if name else order.fiscal_position_id.browse()
                    self.assertEqual(order.fiscal_position_id, expected)
