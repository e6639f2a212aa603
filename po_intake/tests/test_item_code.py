from dataclasses import replace
from decimal import Decimal

from odoo.exceptions import ValidationError

from odoo.addons.po_intake.extraction.document import OrderLine

from .common import IntakeCase


class TestItemCode(IntakeCase):
    """What a reviewer chooses is remembered for the partner, and used the next time."""

    def arrive(self, number, *lines):
        self.script(number, self.order(number=number, lines=lines, amount_untaxed=None))
        return self.process(self.upload(number))

    def line(self, sequence=1, **values):
        vals = {"description": "Werkstattbedarf laut Muster", "quantity": Decimal(2)}
        return OrderLine(sequence=sequence, price_unit=Decimal(24), **{**vals, **values})

    def approve(self, intake):
        intake.with_user(self.clerk).action_approve()
        return self.env["po.intake.item.code"].search([("partner_id", "=", self.customer.id)])

    def test_their_code_means_a_carton_of_twelve(self):
        first = self.arrive("A-1", self.line(partner_code="X-900", uom="Karton"))
        first.line_ids.write({"product_id": self.seal.id})
        first.line_ids.write({"quantity": 24, "price_unit": 2.0})
        lesson = self.approve(first)
        self.assertEqual((lesson.code, lesson.product_id, lesson.factor), ("X-900", self.seal, 12))
        second = self.arrive(
            "A-2", self.line(partner_code="X 900", uom="Karton", quantity=Decimal(3))
        )
        line = second.line_ids
        self.assertEqual((line.product_id, line.lesson_id), (self.seal, lesson))
        self.assertEqual((line.quantity, line.price_unit), (36, 2))
        self.assertFalse(line.uom_unclear)
        self.assertTrue(second.sale_order_id, "a taught item needs no person")
        self.assertEqual(second.sale_order_id.order_line.product_uom_qty, 36)

    def test_matching_again_does_not_multiply_again(self):
        lesson = self.teach(code="X-900", uom_text="Karton", factor=12)
        order = self.arrive("A-3", self.line(partner_code="X-900", uom="Karton"),
                            self.line(2, description="Gibt es nicht"))  # fmt: skip
        line = order.line_ids[0]
        self.assertEqual((line.quantity, line.price_unit), (24, 2))
        for _again in range(2):
            line._own_step().write({"product_id": False, "suggested_product_id": False})
            order.action_check()
        self.assertEqual((line.lesson_id, line.quantity, line.price_unit), (lesson, 24, 2))

    def test_a_factor_holds_for_the_unit_it_was_taught_for(self):
        self.teach(code="X-900", uom_text="Karton", factor=12)
        order = self.arrive("A-4", self.line(partner_code="X-900", uom="Stk"))
        self.assertEqual(order.line_ids.product_id, self.seal)
        self.assertEqual(order.line_ids.quantity, 2)

    def test_a_misread_quantity_teaches_no_factor(self):
        order = self.arrive("A-5", self.line(partner_code="X-900"))
        order.line_ids.write({"product_id": self.seal.id, "quantity": 20})
        self.assertEqual(self.approve(order).factor, 1)

    def test_what_one_code_means_twice_is_not_remembered(self):
        order = self.arrive(
            "A-20",
            self.line(1, partner_code="MISC", description="This"),
            self.line(2, partner_code="MISC", description="That"),
        )
        order.line_ids[0].product_id = self.seal
        order.line_ids[1].product_id = self.bolt
        self.assertFalse(self.approve(order))

    def test_numbers_of_lines_are_no_codes(self):
        order = self.arrive("A-21", self.line(1, partner_code="10"),
                            self.line(2, partner_code="20"))  # fmt: skip
        order.line_ids.product_id = self.seal
        self.assertFalse(self.approve(order))

    def test_an_order_without_units_tells_nothing_of_printed_ones(self):
        first = self.arrive("A-22", self.line(partner_code="X-900"))
        first.line_ids.product_id = self.seal
        self.approve(first)
        second = self.arrive("A-23", self.line(partner_code="X-900", uom="Palette")).line_ids
        self.assertEqual(second.product_id, self.seal)
        self.assertTrue(second.uom_unclear)

    def test_words_without_a_code_are_remembered(self):
        first = self.arrive("A-6", self.line(description="Das Übliche,\nwie immer"))
        self.assertFalse(first.line_ids.product_id)
        first.line_ids.product_id = self.seal
        lesson = self.approve(first)
        self.assertFalse(lesson.code)
        same = self.arrive("A-7", self.line(description="DAS ÜBLICHE, WIE IMMER")).line_ids
        self.assertEqual((same.product_id, same.lesson_id), (self.seal, lesson))
        other = self.arrive("A-8", self.line(description="Das Übliche, wie nie")).line_ids
        self.assertFalse(other.product_id)

    def test_what_is_forgotten_is_not_used(self):
        lesson = self.teach(code="X-900")
        used = self.arrive("A-9", self.line(partner_code="X-900")).line_ids
        self.assertEqual((used.product_id, lesson.use_count), (self.seal, 1))
        self.assertTrue(lesson.last_used)
        lesson.with_user(self.clerk).unlink()
        self.assertFalse(self.arrive("A-10", self.line(partner_code="X-900")).line_ids.product_id)

    def test_nothing_is_remembered_where_nobody_wants_it(self):
        order = self.arrive("A-11", self.line(partner_code="X-900"))
        order.line_ids.write({"product_id": self.seal.id, "remember": False})
        self.assertFalse(self.approve(order))

    def test_history_tells_the_order_that_taught_it(self):
        order = self.arrive("A-12", self.line(partner_code="X-900"))
        order.line_ids.product_id = self.seal
        lesson = self.approve(order)
        self.assertEqual((lesson.intake_id, lesson.create_uid), (order, self.clerk))
        self.assertIn(order.display_name, lesson.message_ids[0].body)

    def test_a_refused_suggestion_is_not_made_again(self):
        first = self.arrive("A-13", self.line(our_code="SR-20", description="Sealing ring 20 mm"),
                            self.line(2, description="Gibt es nicht"))  # fmt: skip
        line = first.line_ids[0]
        self.assertEqual(line.product_id, self.seal)
        line.product_id = self.bolt
        first.line_ids[1].ignored = True
        lesson = self.approve(first)
        self.assertEqual((lesson.code, lesson.product_id), ("SR-20", self.bolt))
        refusal = self.env["po.intake.refusal"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual((refusal.product_id, refusal.intake_id), (self.seal, first))
        lesson.unlink()
        again = self.arrive(
            "A-14", self.line(our_code="SR-20", description="Sealing ring 20 mm")
        ).line_ids
        self.assertFalse(again.product_id)
        self.assertNotIn(self.seal.id, [item["id"] for item in again.candidates or []])
        refusal.with_user(self.clerk).unlink()
        allowed = self.arrive(
            "A-15", self.line(our_code="SR-20", description="Sealing ring 20 mm")
        ).line_ids
        self.assertEqual(allowed.product_id, self.seal)

    def test_what_is_cleared_stays_clear(self):
        order = self.arrive("A-16", self.line(our_code="SR-20", description="Sealing ring 20 mm"),
                            self.line(2, description="Gibt es nicht"))  # fmt: skip
        order.line_ids[0].product_id = False
        order.action_check()
        self.assertFalse(order.line_ids[0].product_id)

    def test_a_change_of_mind_withdraws_the_refusal(self):
        refusals = self.env["po.intake.refusal"]
        refusals.create({"partner_id": self.customer.id, "code": "X-900", "description": "Seal",
                         "product_id": self.seal.id})  # fmt: skip
        order = self.arrive("A-17", self.line(partner_code="X-900", description="Seal"))
        order.line_ids.product_id = self.seal
        self.approve(order)
        self.assertFalse(refusals.search([("partner_id", "=", self.customer.id)]))

    def test_another_partner_learns_nothing_from_it(self):
        self.teach(code="X-900")
        other = self.env["res.partner"].create(
            {"name": "Hill Pumps plc", "is_company": True, "ref": "K-4712"}
        )
        document = self.order(number="A-18", lines=(self.line(partner_code="X-900"),),
                              amount_untaxed=None)  # fmt: skip
        party = replace(document.partner, name=other.name, reference=other.ref)
        self.script("A-18", replace(document, partner=party))
        intake = self.process(self.upload("A-18"))
        self.assertEqual(intake.partner_id, other)
        self.assertFalse(intake.line_ids.product_id)

    def test_import_of_a_list(self):
        lessons = self.env["po.intake.item.code"]
        [template] = lessons.get_import_templates()
        self.assertTrue(template["template"].endswith(".csv"))
        names = ["id", "partner_id", "code", "description", "product_id", "uom_text", "factor"]
        rows = [
            ["x_1", "Brook Valves Ltd", "X-1", "", "HB-0840-Z", "Karton", "12"],
            ["x_2", "K-4711", "", "The usual", "SR-20", "", "1"],
        ]
        answer = lessons.load(names, rows)
        self.assertFalse(answer["messages"])
        first, second = lessons.browse(answer["ids"])
        self.assertEqual((first.product_id, first.factor), (self.bolt, 12))
        self.assertEqual((second.partner_id, second.product_id), (self.customer, self.seal))
        self.assertFalse(second.code_key)

    def test_a_lesson_names_something(self):
        with self.assertRaises(ValidationError):
            self.teach(code="-", description=False)

    def teach(self, **values):
        vals = {
            "partner_id": self.customer.id,
            "product_id": self.seal.id,
            "product_uom_id": self.seal.uom_id.id,
        }
        return self.env["po.intake.item.code"].create({**vals, **values})
