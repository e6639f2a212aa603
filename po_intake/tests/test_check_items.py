from dataclasses import replace
from decimal import Decimal

from odoo.addons.po_intake.extraction.document import OrderLine

from .common import IntakeCase


class TestCheckItems(IntakeCase):
    def arrive(self, *lines, **values):
        text = f"order {len(self.reader.script)}"
        self.script(text, self.order(number=text, lines=lines, amount_untaxed=None, **values))
        return self.process(self.upload(text))

    def line(self, **values):
        return replace(self.order().lines[1], price_subtotal=None, **values)

    def test_a_code_of_an_archived_product_says_so(self):
        self.seal.active = False
        for code in ({"our_code": "sr 20"}, {"our_code": None, "partner_code": "SR-20"}):
            intake = self.arrive(self.line(description="Ring", **code))
            finding = self.finding(intake, "product_archived")
            self.assertIn("Sealing ring 20 mm", finding.message)
            self.assertEqual((finding.severity, finding.line_id), ("blocking", intake.line_ids))
            self.assertFalse({"product_unknown", "product_ambiguous"} & self.codes(intake))

    def test_a_barcode_of_an_archived_product_says_so(self):
        self.seal.write({"active": False, "barcode": "4006381333931"})
        intake = self.arrive(self.line(our_code=None, barcode="4006381333931", description="x"))
        self.finding(intake, "product_archived")

    def test_a_taught_code_of_an_archived_product_says_so(self):
        self.env["po.intake.item.code"].create(
            {"partner_id": self.customer.id, "code": "RING", "product_id": self.seal.id}
        )
        self.seal.active = False
        intake = self.arrive(self.line(our_code=None, partner_code="RING", description="x"))
        self.finding(intake, "product_archived")

    def test_a_product_that_is_not_for_sale_says_so(self):
        self.seal.sale_ok = False
        self.finding(self.arrive(self.line()), "product_not_sold")

    def test_the_successor_under_the_same_code_is_taken(self):
        self.seal.active = False
        new = self.seal.create({"default_code": "SR-20", "name": "Sealing ring 20 mm"})
        intake = self.arrive(self.line())
        self.assertEqual(intake.line_ids.product_id, new)
        self.assertNotIn("product_archived", self.codes(intake))

    def test_no_twin_is_made_of_an_archived_product(self):
        self.team.create_products = True
        self.seal.active = False
        intake = self.arrive(self.line(description="Quite another wording"))
        self.assertFalse(intake.line_ids.product_id)
        self.finding(intake, "product_archived")

    def test_a_product_that_was_archived_since_says_so(self):
        self.team.auto_draft = False
        intake = self.arrive(self.line())
        self.seal.active = False
        intake.action_check()
        self.finding(intake, "product_archived")

    def test_nothing_is_said_of_lines_that_are_not_ordered(self):
        intake = self.arrive(self.line(our_code="NOPE", description="Nope"), self.line())
        intake.line_ids[0].ignored = True
        intake.action_check()
        self.assertNotIn("product_unknown", self.codes(intake))

    # units

    def test_dozens_are_told_in_pieces(self):
        self.env.ref("uom.product_uom_dozen").active = True
        dozen = self.line(uom="dozen", quantity=Decimal(2), price_unit=Decimal(36))
        intake = self.arrive(dozen)
        self.assertEqual(intake.line_ids.product_uom_id, self.env.ref("uom.product_uom_dozen"))
        finding = self.finding(intake, "unit_converted")
        self.assertIn("2 dozen", finding.message)
        self.assertIn("24 Units", finding.message)
        self.assertEqual(finding.severity, "info")

    def test_a_taught_carton_is_told_in_pieces(self):
        self.env["po.intake.item.code"].create(
            {
                "partner_id": self.customer.id,
                "code": "C-20",
                "product_id": self.seal.id,
                "product_uom_id": self.seal.uom_id.id,
                "uom_text": "Karton",
                "factor": 50,
            }
        )
        carton = OrderLine(
            sequence=1,
            partner_code="C-20",
            uom="Karton",
            quantity=Decimal(3),
            price_unit=Decimal(150),
        )
        message = self.finding(self.arrive(carton), "unit_converted").message
        self.assertIn("3 Karton", message)
        self.assertIn("150 Units", message)

    def test_a_broken_pack_is_told(self):
        self.seal.uom_ids = self.env.ref("uom.product_uom_pack_6")
        whole, broken = self.line(quantity=Decimal(12)), self.line(quantity=Decimal(10))
        intake = self.arrive(whole, broken)
        finding = self.finding(intake, "packs_not_whole")
        self.assertEqual(finding.line_id, intake.line_ids[1])
        self.assertIn("10 Units", finding.message)
        self.assertIn("6 Units", finding.message)
        self.assertEqual(intake.state, "done")

    def test_less_than_the_vendor_sells_is_told(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self.seal.uom_ids = dozen
        self.seal.seller_ids = [
            (
                0,
                0,
                {
                    "partner_id": self.customer.id,
                    "min_qty": 2,
                    "product_uom_id": dozen.id,
                    "price": 36,
                },
            )
        ]
        self.team.direction = "purchase"
        little, enough = self.line(quantity=Decimal(18)), self.line(quantity=Decimal(24))
        intake = self.arrive(little, enough, document_type="quotation")
        finding = self.finding(intake, "below_minimum")
        self.assertEqual(finding.line_id, intake.line_ids[0])
        self.assertIn("1.5", finding.message)
        self.assertIn("2 Dozens", finding.message)
