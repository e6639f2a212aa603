from dataclasses import replace
from decimal import Decimal

from odoo.tests import tagged

from odoo.addons.po_intake.extraction.document import Charge

from .common import IntakeCase


@tagged("post_install", "-at_install")
class TestPriceTaxes(IntakeCase):
    """Orders print prices before tax; a shop's own may include it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax = cls.env["account.tax"].create(
            {
                "name": "20 % included",
                "amount": 20.0,
                "price_include_override": "tax_included",
                "company_id": cls.company.id,
            }
        )
        # 42 and 3 before tax, as the customer orders
        cls.bolt.write({"list_price": 50.4, "taxes_id": [(6, 0, cls.tax.ids)]})
        cls.seal.write({"list_price": 3.6, "taxes_id": [(6, 0, cls.tax.ids)]})

    def draft(self, **values):
        self.script("order", self.order(**values))
        return self.process(self.upload("order"))

    def test_order_costs_what_is_printed(self):
        intake = self.draft(
            amount_untaxed=Decimal(240), amount_tax=Decimal(48), amount_total=Decimal(288)
        )
        order = intake.sale_order_id
        self.assertAlmostEqual(order.amount_untaxed, 240)
        self.assertAlmostEqual(order.amount_total, 288)
        self.assertEqual(order.order_line.mapped("price_unit"), [50.4, 3.6])

    def test_prices_of_the_shop_are_no_finding(self):
        self.assertFalse(self.draft().finding_ids)

    def test_price_with_tax_is_a_finding(self):
        self.seal.list_price = 3.0
        self.assertIn("price_differs", self.codes(self.draft()))

    def test_only_the_new_price_differs_and_is_written_with_tax(self):
        order = self.draft().sale_order_id
        bolts, seals = self.order().lines
        dearer = replace(seals, price_unit=Decimal("3.10"), price_subtotal=Decimal(31))
        self.script("change", self.order(lines=(bolts, dearer), amount_untaxed=Decimal(241)))
        change = self.process(self.upload("change"))
        wizard = self.env["po.intake.change"].browse(change.action_compare_order()["res_id"])
        rows = [(row.what, row.ordered, row.said) for row in wizard.difference_ids]
        self.assertEqual([row[0] for row in rows], ["price"], rows)
        wizard.action_apply()
        self.assertAlmostEqual(order.order_line[1].price_unit, 3.72)
        self.assertAlmostEqual(order.amount_untaxed, 241)

    def test_charge_costs_what_is_printed(self):
        self.team.charge_product_id = self.env["product.product"].create(
            {"name": "Freight", "type": "service", "taxes_id": [(6, 0, self.tax.ids)]}
        )
        intake = self.draft(charges=(Charge("Freight", Decimal(20)),), amount_untaxed=Decimal(260))
        self.assertAlmostEqual(intake.sale_order_id.amount_untaxed, 260)
