"""A vendor's offer becomes a request for quotation."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import new_test_user

from odoo.addons.po_intake.extraction.document import ORDER_CONFIRMATION, QUOTATION, Party

from .common import IntakeCase


class TestOffer(IntakeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team.write({"direction": "purchase", "price_tolerance": 10})
        cls.vendor = cls.env["res.partner"].create(
            {"name": "Alder Castings Ltd", "is_company": True, "ref": "V-4712", "supplier_rank": 1}
        )
        cls.env["product.supplierinfo"].create(
            [
                {"partner_id": cls.vendor.id, "product_id": cls.bolt.id, "price": 40, "delay": 3,
                 "product_tmpl_id": cls.bolt.product_tmpl_id.id, "product_code": "AC-1"},
                {"partner_id": cls.vendor.id, "product_id": cls.seal.id, "price": 3, "delay": 3,
                 "product_tmpl_id": cls.seal.product_tmpl_id.id, "product_code": "AC-2"},
            ]
        )  # fmt: skip
        cls.buyer = new_test_user(
            cls.env,
            "po_intake_buyer",
            groups="po_intake.group_po_intake_user,purchase.group_purchase_user",
        )

    def offer(self, **values):
        return self.order(
            **{
                "document_type": QUOTATION,
                "number": "Q-77",
                "partner": Party(name="Alder Castings Ltd", reference="V-4712"),
                "incoterm": "DAP Brookfield",
                "requested_date": date(2027, 3, 1),
                **values,
            }
        )

    def arrived(self, **values):
        self.script("offer", self.offer(**values))
        return self.process(self.upload("offer"))

    def test_offer_becomes_a_request_for_quotation(self):
        intake = self.arrived()
        order = intake.purchase_order_id
        self.assertEqual((intake.state, order.state), ("done", "draft"))
        self.assertEqual(
            (order.partner_id, order.partner_ref, order.incoterm_id.code, order.po_intake_id),
            (self.vendor, "Q-77", "DAP", intake),
        )
        self.assertEqual(
            [(line.product_id, line.product_qty, line.price_unit) for line in order.order_line],
            [(self.bolt, 5, 42), (self.seal, 10, 3)],
        )
        self.assertEqual(set(order.order_line.mapped(lambda line: line.date_planned.date())),
                         {date(2027, 3, 1)})  # fmt: skip

    def test_offered_price_stays_when_the_quantity_changes(self):
        line = self.arrived().purchase_order_id.order_line[0]
        line.product_qty = 50
        self.assertEqual(line.price_unit, 42)

    def test_taxes_follow_the_vendors_fiscal_position(self):
        tax, reverse = self.env["account.tax"].create(
            [
                {"name": "In 20", "amount": 20, "type_tax_use": "purchase"},
                {"name": "Reverse", "amount": 0, "type_tax_use": "purchase"},
            ]
        )
        (self.bolt + self.seal).supplier_taxes_id = tax
        position = self.env["account.fiscal.position"].create({"name": "Abroad"})
        reverse.write({"fiscal_position_ids": position.ids, "original_tax_ids": tax.ids})
        self.vendor.property_account_position_id = position
        self.assertEqual(self.arrived().purchase_order_id.order_line.tax_ids, reverse)

    def test_never_twice(self):
        intake = self.arrived()
        self.assertEqual(self.env["po.intake.drafter"]._draft(intake), intake.purchase_order_id)
        again = self.arrived(order_date=date(2026, 11, 3))
        self.assertFalse(again.purchase_order_id)

    def test_confirmation_makes_no_order(self):
        intake = self.arrived(document_type=ORDER_CONFIRMATION).with_user(self.buyer)
        self.assertEqual((intake.state, intake.purchase_order_ids.ids), ("review", []))
        with self.assertRaisesRegex(UserError, "confirmation"):
            intake.action_approve()

    def test_a_buyer_approves_with_own_rights(self):
        self.team.auto_draft = False
        intake = self.arrived().with_user(self.buyer)
        intake.action_approve()
        self.assertEqual(intake.purchase_order_id.create_uid, self.buyer)
