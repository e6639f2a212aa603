from dataclasses import replace
from datetime import date
from decimal import Decimal

from odoo.addons.po_intake.extraction.document import Charge, OrderLine

from .common import IntakeCase


class TestCheckPrices(IntakeCase):
    def arrive(self, *lines, **values):
        number = values.setdefault("number", f"PO-{self.id()}-{len(self.reader.script)}")
        self.script(number, self.order(lines=lines, amount_untaxed=None, **values))
        return self.process(self.upload(number))

    def bolts(self, price, **values):
        return replace(
            self.order().lines[0], price_unit=Decimal(price), price_subtotal=None, **values
        )

    def sell(self, price, quantity=1, confirm=True, partner=None, **values):
        order = self.env["sale.order"].create(
            {
                "partner_id": (partner or self.customer).id,
                "order_line": [
                    (
                        0,
                        0,
                        {
                            "product_id": self.bolt.id,
                            "product_uom_qty": quantity,
                            "price_unit": price,
                            **values,
                        },
                    )
                ],
            }
        )
        if confirm:
            order.action_confirm()
        return order

    def test_the_price_of_the_ordered_quantity_counts(self):
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Breaks",
                "item_ids": [
                    (
                        0,
                        0,
                        {
                            "applied_on": "0_product_variant",
                            "product_id": self.bolt.id,
                            "min_quantity": least,
                            "compute_price": "fixed",
                            "fixed_price": price,
                        },
                    )
                    for least, price in ((1, 90), (100, 50))
                ],
            }
        )
        self.env.user.group_ids += self.env.ref("product.group_product_pricelist")
        self.customer.property_product_pricelist = pricelist
        many, few = self.bolts(50, quantity=Decimal(100)), self.bolts(50, quantity=Decimal(99))
        intake = self.arrive(many, few)
        finding = self.finding(intake, "price_differs")
        self.assertEqual(finding.line_id, intake.line_ids[1])
        self.assertIn("90.00", finding.message)

    def test_another_price_than_last_time_is_told_with_the_order(self):
        self.sell(90)
        last = self.sell(80, discount=10)
        self.sell(55, confirm=False)
        finding = self.finding(self.arrive(self.bolts(90)), "price_changed")
        self.assertEqual(finding.severity, "warning")
        for figure in ("90.00", "72.00", last.name, "+25.0"):
            self.assertIn(figure, finding.message)

    def test_the_same_price_as_last_time_is_no_news(self):
        self.sell(92)
        self.assertNotIn("price_changed", self.codes(self.arrive(self.bolts(95))))

    def test_last_time_may_have_been_by_the_dozen(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self.sell(960, product_uom_id=dozen.id)
        self.assertNotIn("price_changed", self.codes(self.arrive(self.bolts(80))))
        self.assertIn("price_changed", self.codes(self.arrive(self.bolts(960))))

    def test_what_others_paid_is_nothing_to_this_customer(self):
        self.sell(50, partner=self.env["res.partner"].create({"name": "Other"}))
        self.sell(100, partner=self.warehouse)
        self.assertNotIn("price_changed", self.codes(self.arrive(self.bolts(100))))
        self.assertIn("price_changed", self.codes(self.arrive(self.bolts(50))))

    def test_the_team_says_how_much_a_price_may_move(self):
        self.sell(80)
        self.team.last_price_tolerance = 0.3
        self.assertNotIn("price_changed", self.codes(self.arrive(self.bolts(100))))

    def test_a_vendors_price_is_held_against_his_price_list(self):
        self.bolt.seller_ids = [
            (0, 0, {"partner_id": self.customer.id, "price": 30, "min_qty": least, "delay": 1})
            for least in (1, 500)
        ]
        self.team.direction = "purchase"
        intake = self.arrive(self.bolts(45), document_type="quotation")
        finding = self.finding(intake, "price_differs")
        self.assertIn("30.00", finding.message)


class TestCheckTax(IntakeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        country = cls.company.account_fiscal_country_id
        cls.tax = cls.env["account.tax"].create(
            {"name": "Twenty", "amount": 20, "country_id": country.id}
        )
        (cls.bolt | cls.seal).taxes_id = cls.tax

    def arrive(self, **values):
        self.script("order", self.order(**values))
        return self.process(self.upload("order"))

    def test_another_tax_than_odoos_is_told_with_both(self):
        intake = self.arrive(amount_tax=Decimal("24.00"), amount_total=Decimal("264.00"))
        message = self.finding(intake, "tax_differs").message
        for figure in ("24.00", "10.0", "48.00", "20.0"):
            self.assertIn(figure, message)
        self.assertEqual(intake.state, "done", "a warning holds nothing")

    def test_the_same_tax_is_no_news(self):
        intake = self.arrive(amount_tax=Decimal("48.00"), amount_total=Decimal("288.00"))
        self.assertNotIn("tax_differs", self.codes(intake))

    def test_a_document_that_names_no_tax_says_nothing_of_it(self):
        self.assertNotIn("tax_differs", self.codes(self.arrive()))

    def test_the_tax_may_lie_between_the_totals(self):
        self.assertIn("tax_differs", self.codes(self.arrive(amount_total=Decimal("300.00"))))

    def test_the_fiscal_position_counts(self):
        exempt = self.env["account.fiscal.position"].create({"name": "Abroad"})
        self.tax.fiscal_position_ids = False
        none = self.env["account.tax"].create(
            {
                "name": "None",
                "amount": 0,
                "country_id": self.tax.country_id.id,
                "fiscal_position_ids": [(4, exempt.id)],
                "original_tax_ids": [(4, self.tax.id)],
            }
        )
        self.assertEqual(exempt.map_tax(self.tax), none)
        self.customer.property_account_position_id = exempt
        intake = self.arrive(amount_tax=Decimal(0), amount_total=Decimal(240))
        self.assertNotIn("tax_differs", self.codes(intake))

    def test_freight_is_taxed_as_its_product_is(self):
        self.team.charge_product_id = self.env["product.product"].create(
            {"name": "Freight", "type": "service", "taxes_id": [(6, 0, self.tax.ids)]}
        )
        charge = Charge("Freight", Decimal(60))
        right = self.arrive(
            charges=(charge,),
            amount_untaxed=Decimal(300),
            amount_tax=Decimal(60),
            amount_total=Decimal(360),
        )
        self.assertNotIn("tax_differs", self.codes(right))


class TestCheckCredit(IntakeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.account_use_credit_limit = True
        cls.customer.credit_limit = 250

    def arrive(self):
        self.script("order", self.order())
        return self.process(self.upload("order"))

    def owe(self, amount):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.warehouse.id,
                "order_line": [
                    (
                        0,
                        0,
                        {
                            "product_id": self.seal.id,
                            "product_uom_qty": 1,
                            "price_unit": amount,
                            "tax_ids": False,
                        },
                    )
                ],
            }
        )
        order.action_confirm()

    def test_an_order_beyond_the_credit_limit_waits(self):
        (self.bolt | self.seal).taxes_id = False
        self.owe(20)
        intake = self.arrive()
        self.assertEqual(intake.state, "review")
        message = self.finding(intake, "credit_exceeded").message
        for figure in ("20.00", "240.00", "250.00"):
            self.assertIn(figure, message)

    def test_an_order_within_it_does_not(self):
        (self.bolt | self.seal).taxes_id = False
        self.assertEqual(self.arrive().state, "done")

    def test_no_limit_where_the_company_keeps_none(self):
        self.company.account_use_credit_limit = False
        self.owe(1000)
        self.assertNotIn("credit_exceeded", self.codes(self.arrive()))


class TestCheckQueries(IntakeCase):
    """A long order takes no more queries than a short one."""

    def arrive(self, count):
        products = self.env["product.product"].create(
            [
                {
                    "name": f"Part {index} of {count}",
                    "default_code": f"P{count}-{index}",
                    "list_price": 10,
                    "is_storable": True,
                }
                for index in range(count)
            ]
        )
        number = f"PO-{count}"
        lines = [
            OrderLine(
                sequence=index + 1,
                our_code=product.default_code,
                description=product.name,
                quantity=Decimal(3),
                price_unit=Decimal(14),
                price_subtotal=Decimal(42),
            )
            for index, product in enumerate(products)
        ]
        self.script(
            number,
            self.order(
                number=number,
                lines=tuple(lines),
                amount_untaxed=Decimal(42 * count),
                amount_tax=Decimal(1),
                amount_total=Decimal(42 * count + 1),
                requested_date=date(2030, 1, 1),
            ),
        )
        return self.process(self.upload(number))

    def queries(self, intake):
        policy = self.env["po.intake.policy"]
        policy._assess(intake, log=False)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        policy._assess(intake, log=False)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_lines_are_checked_all_at_once(self):
        self.team.auto_draft = False
        short, long = self.arrive(5), self.arrive(50)
        for intake, count in ((short, 5), (long, 50)):
            per_line = intake.finding_ids.filtered("line_id")
            remarks = {"no_supply", "price_differs", "stock_short"}
            self.assertEqual(set(per_line.mapped("code")), remarks)
            self.assertEqual(len(per_line), len(remarks) * count)
        # a few more, since long inserts are parted; one for each of 45 lines would be far more
        self.assertLess(self.queries(long), self.queries(short) + 15)
