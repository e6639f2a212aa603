from dataclasses import replace
from datetime import date
from decimal import Decimal

import psycopg2.errors

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from odoo.addons.po_intake.extraction.document import Charge, Party

from .common import IntakeCase


class TestDrafter(IntakeCase):
    def test_price_of_the_document_survives_a_new_quantity(self):
        self.script("order", self.order())
        order = self.process(self.upload("order")).sale_order_id
        line = order.order_line[0]
        self.assertEqual(line.price_unit, 42)
        line.product_uom_qty = 50
        self.assertEqual(line.price_unit, 42)

    def test_price_of_a_hundred_keeps_its_last_digit(self):
        # 13.50 per 100: of one it is half a cent, which no currency and no price list shows
        self.bolt.list_price = 0.135
        bolts = replace(
            self.order().lines[0],
            quantity=Decimal(3000),
            price_unit=Decimal("0.135"),
            price_subtotal=Decimal(405),
        )
        self.script("order", self.order(lines=(bolts,), amount_untaxed=Decimal(405)))
        intake = self.process(self.upload("order"))
        self.assertAlmostEqual(intake.line_ids.price_unit, 0.135)
        self.assertAlmostEqual(intake.sale_order_id.order_line.price_unit, 0.135)
        self.assertAlmostEqual(intake.sale_order_id.amount_untaxed, 405)

    def test_values_of_the_order(self):
        self.script(
            "order",
            self.order(
                requested_date=date(2031, 5, 6),
                note="Ring <b>twice</b>",
                delivery=Party(
                    name="Brook Valves Ltd, Depot",
                    street="Harbour Road 9",
                    zip="4712",
                    city="Portside",
                ),
            ),
        )
        order = self.process(self.upload("order")).sale_order_id
        self.assertEqual(order.commitment_date.date(), date(2031, 5, 6))
        self.assertEqual(order.partner_shipping_id, self.warehouse)
        self.assertIn("Ring &lt;b&gt;twice", order.note)

    def test_file_and_links_both_ways(self):
        self.script("order", self.order())
        intake = self.process(self.upload("order"))
        order = intake.sale_order_id
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", "sale.order"), ("res_id", "=", order.id)]
        )
        self.assertEqual(attachment.raw, b"order")
        self.assertEqual(order.po_intake_id, intake)
        self.assertIn(order.name, " ".join(intake.message_ids.mapped("body")))
        self.assertIn(intake.name, " ".join(order.message_ids.mapped("body")))

    def test_drafting_again_gives_the_same_order(self):
        self.script("order", self.order())
        intake = self.process(self.upload("order"))
        order = intake.sale_order_id
        self.assertEqual(self.env["po.intake.drafter"]._draft(intake), order)
        self.assertEqual(len(intake.sale_order_ids), 1)

    def test_database_refuses_a_second_order(self):
        self.script("order", self.order())
        intake = self.process(self.upload("order"))
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.UniqueViolation):
            self.env["sale.order"].create(
                {"partner_id": self.customer.id, "po_intake_id": intake.id}
            )

    def test_approval_uses_the_rights_of_the_person(self):
        reader_only = new_test_user(
            self.env, "po_intake_reader", groups="po_intake.group_po_intake_user"
        )
        self.script("order", self.order(confidence=0.5))
        intake = self.process(self.upload("order"))
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
            intake.with_user(reader_only).action_approve()
        action = intake.with_user(self.clerk).action_approve()
        self.assertEqual(intake.state, "done")
        self.assertEqual(action["res_id"], intake.sale_order_id.id)
        self.assertEqual(intake.sale_order_id.create_uid, self.clerk)

    def test_approval_tells_what_is_missing(self):
        self.script("order", self.order(partner=Party(name="Nobody we know")))
        intake = self.process(self.upload("order"))
        with self.assertRaisesRegex(UserError, "no customer"):
            intake.with_user(self.clerk).action_approve()
        intake.partner_id = self.customer
        intake.line_ids[0].product_id = False
        with self.assertRaisesRegex(UserError, "line 1 has no product"):
            intake.with_user(self.clerk).action_approve()

    def test_only_purchase_orders_are_approved(self):
        for kind in ("order_change", "order_confirmation", "quotation", "other"):
            text = f"a {kind}"
            self.script(text, self.order(document_type=kind, number=f"N-{kind}"))
            intake = self.process(self.upload(text)).with_user(self.clerk)
            self.assertEqual(intake.state, "review")
            self.assertTrue(intake.blocking_count, kind)
            with self.assertRaisesRegex(UserError, "kind of document"):
                intake.action_approve()
            self.assertFalse(intake.sale_order_id)

    def test_broken_lines_are_not_approved(self):
        lines = (
            replace(self.order().lines[0], quantity=Decimal(0)),
            replace(self.order().lines[1], uom="gross crates"),
        )
        self.script("order", self.order(lines=lines))
        intake = self.process(self.upload("order")).with_user(self.clerk)
        self.assertLessEqual({"quantity_missing", "unit_unknown"}, self.codes(intake))
        with self.assertRaisesRegex(UserError, "gross crates"):
            intake.action_approve()
        intake.finding_ids.filtered(lambda f: f.code == "unit_unknown").action_waive()
        with self.assertRaisesRegex(UserError, "orders nothing"):
            intake.action_approve()
        intake.line_ids[0].quantity = 3
        intake.action_approve()
        self.assertEqual(intake.sale_order_id.order_line.mapped("product_uom_qty"), [3, 10])

    def test_order_in_a_currency_without_price_list_is_not_approved(self):
        other = "CHF" if self.company.currency_id.name != "CHF" else "EUR"
        self.script("order", self.order(currency=other))
        intake = self.process(self.upload("order")).with_user(self.clerk)
        with self.assertRaisesRegex(UserError, f"no price list in {other}"):
            intake.action_approve()

    def test_deleted_draft_brings_the_card_back(self):
        self.script("order", self.order())
        intake = self.process(self.upload("order"))
        intake.sale_order_id.unlink()
        intake.with_user(self.clerk).action_reopen()
        self.assertEqual(intake.state, "review")

    def test_charge_needs_a_product(self):
        document = self.order(
            charges=(Charge("Freight", Decimal(20)),), amount_untaxed=Decimal(260)
        )
        self.script("order", document)
        intake = self.process(self.upload("order"))
        self.assertIn("charge_without_product", self.codes(intake))
        self.team.charge_product_id = self.env["product.product"].create(
            {"name": "Freight", "type": "service"}
        )
        intake.action_check()
        self.assertNotIn("charge_without_product", self.codes(intake))
        intake.with_user(self.clerk).action_approve()
        freight = intake.sale_order_id.order_line.filtered(lambda line: line.name == "Freight")
        self.assertEqual(freight.price_unit, 20)

    def test_charge_is_the_service_of_that_name(self):
        packing = self.env["product.product"].create(
            {"name": "Packaging of pallets", "type": "service", "list_price": 12.5}
        )
        document = self.order(
            charges=(Charge("Packaging of pallets", Decimal(12)),), amount_untaxed=Decimal(252)
        )
        self.script("order", document)
        order = self.process(self.upload("order")).sale_order_id
        line = order.order_line.filtered(lambda line: line.product_id == packing)
        self.assertEqual(line.price_unit, 12)

    def test_line_that_is_not_ordered_stays_out(self):
        self.script("order", self.order(confidence=0.5))
        intake = self.process(self.upload("order"))
        intake.line_ids[1].ignored = True
        intake.with_user(self.clerk).action_approve()
        self.assertEqual(intake.sale_order_id.order_line.product_id, self.bolt)
