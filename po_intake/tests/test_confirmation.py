"""A vendor's confirmation against our purchase order."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user

from odoo.addons.po_intake.extraction.document import (
    ORDER_CONFIRMATION,
    PURCHASE_ORDER,
    QUOTATION,
    OrderLine,
    Party,
)

from .common import IntakeCase

ORDERED = date(2031, 3, 3)


class ConfirmationCase(IntakeCase):
    """A confirmed purchase order of two lines, and a vendor who answers it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team.direction = "purchase"
        cls.vendor = cls.env["res.partner"].create(
            {
                "name": "Alder Castings Ltd",
                "is_company": True,
                "ref": "V-4712",
                "supplier_rank": 1,
                "email": "sales@alder.example",
            }
        )
        (cls.bolt + cls.seal).is_storable = True
        cls.env["product.supplierinfo"].create(
            [
                {"partner_id": cls.vendor.id, "product_tmpl_id": product.product_tmpl_id.id,
                 "price": price, "product_code": code}
                for product, price, code in ((cls.bolt, 42, "AC-1"), (cls.seal, 3, "AC-2"))
            ]
        )  # fmt: skip
        cls.buyer = new_test_user(
            cls.env,
            "po_intake_buyer",
            groups="po_intake.group_po_intake_user,purchase.group_purchase_user",
            email="buyer@ours.example",
        )
        cls.purchase = cls.ordered()
        cls.bolts, cls.seals = cls.purchase.order_line

    @classmethod
    def ordered(cls, **values):
        order = cls.env["purchase.order"].create(
            {
                "partner_id": cls.vendor.id,
                "user_id": cls.buyer.id,
                "order_line": [
                    (0, 0, {"product_id": cls.bolt.id, "product_qty": 5, "price_unit": 42,
                            "date_planned": datetime(2031, 3, 3, 12)}),
                    (0, 0, {"product_id": cls.seal.id, "product_qty": 10, "price_unit": 3,
                            "date_planned": datetime(2031, 3, 3, 12)}),
                ],
                **values,
            }
        )  # fmt: skip
        order.button_confirm()
        return order

    def lines(self, bolts=None, seals=None):
        """The lines of the order as the vendor prints them, with other values."""
        common = {"requested_date": ORDERED}
        return (
            replace(
                OrderLine(sequence=1, partner_code="AC-1", description="Bolt", quantity=Decimal(5),
                          price_unit=Decimal(42), **common),
                **(bolts or {}),
            ),
            replace(
                OrderLine(sequence=2, partner_code="AC-2", description="Ring",
                          quantity=Decimal(10), price_unit=Decimal(3), **common),
                **(seals or {}),
            ),
        )  # fmt: skip

    def confirmed(self, **values):
        """A confirmation that was worked off, in the hands of the buyer."""
        text = f"confirmation {len(self.reader.script)}"
        document = {
            "document_type": ORDER_CONFIRMATION,
            "number": "OC-77",
            "our_order": self.purchase.name,
            "partner": Party(name="Alder Castings Ltd", reference="V-4712"),
            "lines": self.lines(),
            "amount_untaxed": None,
            **values,
        }
        self.script(text, self.order(**document))
        intake = self.process(self.upload(text))
        self.env.invalidate_all()  # a buyer's own request knows nothing of what others have read
        return intake.with_user(self.buyer)

    def compare(self, intake):
        action = intake.action_compare_order()
        return self.env["po.intake.change"].with_user(self.buyer).browse(action["res_id"])

    def whats(self, intake):
        return self.compare(intake).difference_ids.mapped("what")


class TestConfirmed(ConfirmationCase):
    """Which order it is, and what closes itself."""

    def test_what_is_confirmed_as_ordered_closes_itself(self):
        intake = self.confirmed()
        self.assertEqual((intake.state, intake.purchase_order_id), ("done", self.purchase))
        self.assertTrue(self.purchase.acknowledged)
        self.assertEqual(self.purchase.partner_ref, "OC-77")
        self.assertIn("confirms the order as it is", self.purchase.message_ids[0].body)
        self.assertIn(intake, self.purchase._po_intakes())
        self.assertFalse(intake.purchase_order_ids)

    def test_found_by_our_number_with_more_beside_it(self):
        for printed in (f"{self.purchase.name} / 12.02.2031", f"{self.purchase.name.lower()}"):
            self.assertEqual(self.confirmed(our_order=printed).purchase_order_id, self.purchase)

    def test_an_order_that_names_ours_is_the_vendors_confirmation(self):
        """Many systems print "Order" over a confirmation, or our own paper comes back."""
        for direction in ("purchase", "detect"):
            self.team.direction = direction
            for numbers in (
                {"number": "S00042", "our_order": self.purchase.name},
                {"number": self.purchase.name, "our_order": None},
            ):
                with self.subTest(direction=direction, **numbers):
                    intake = self.confirmed(document_type=PURCHASE_ORDER, **numbers)
                    self.assertEqual(intake.document_type, ORDER_CONFIRMATION)
                    self.assertEqual(intake.purchase_order_id, self.purchase)
        self.assertEqual(self.purchase.partner_ref, "S00042")

    def test_an_order_of_a_customer_that_names_ours_by_chance_is_none(self):
        self.team.direction = "detect"
        party = Party(name="Brook Valves Ltd", reference="K-4711")
        intake = self.confirmed(document_type=PURCHASE_ORDER, partner=party)
        self.assertEqual((intake.direction, intake.document_type), ("sale", PURCHASE_ORDER))

    def test_found_by_the_vendors_number(self):
        self.purchase.partner_ref = "OC 77"
        self.assertEqual(self.confirmed(our_order=None).purchase_order_id, self.purchase)

    def test_found_by_its_content(self):
        other = self.ordered()
        other.order_line[0].product_qty = 50
        self.assertEqual(self.confirmed(our_order=None).purchase_order_id, self.purchase)

    def test_a_number_that_leads_nowhere_is_looked_at(self):
        intake = self.confirmed(our_order="P99999")
        self.assertEqual(intake.state, "review")
        self.finding(intake, "order_confirmed")

    def test_two_orders_of_the_same_content_are_not_guessed(self):
        self.ordered()
        intake = self.confirmed(our_order=None)
        self.assertEqual((intake.state, intake.purchase_order_id.ids), ("review", []))
        self.finding(intake, "order_not_found")

    def test_orders_of_other_vendors_and_companies_are_not_found(self):
        self.purchase.acknowledged = True
        stranger = self.env["res.partner"].create({"name": "Other", "supplier_rank": 1})
        self.purchase.copy({"partner_id": stranger.id, "name": "P-OTHER"})
        self.finding(self.confirmed(our_order="P-OTHER", number="A"), "order_not_found")
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.env["purchase.order"].with_company(company).create(
            {"partner_id": self.vendor.id, "company_id": company.id, "name": "P-ELSEWHERE"}
        )
        self.finding(self.confirmed(our_order="P-ELSEWHERE", number="B"), "order_not_found")

    def test_an_unsure_reading_does_not_close_itself(self):
        intake = self.confirmed(confidence=0.5)
        self.assertEqual(intake.state, "review")
        self.finding(intake, "order_confirmed")
        self.compare(intake).action_apply()
        self.assertEqual((intake.state, self.purchase.acknowledged), ("done", True))

    def test_an_unknown_article_is_never_taken_for_the_ordered_one(self):
        stranger = {"partner_code": "ZZ-9", "description": "Sealing ring 25 mm"}
        intake = self.confirmed(lines=self.lines(seals=stranger))
        self.assertEqual(intake.state, "review")
        self.assertFalse(self.purchase.acknowledged)

    def test_the_same_confirmation_again_changes_nothing(self):
        self.confirmed()
        notes = len(self.purchase.message_ids)
        again = self.confirmed(note="copy")
        self.assertEqual((again.state, again.purchase_order_id), ("done", self.purchase))
        self.assertEqual(len(self.purchase.message_ids), notes + 1)
        self.assertEqual(self.env["purchase.order"].search_count(
            [("partner_id", "=", self.vendor.id)]), 1)  # fmt: skip

    def test_cancelled_order(self):
        self.purchase.button_cancel()
        self.finding(self.confirmed(), "order_cancelled")

    def test_request_that_is_confirmed_is_not_ordered_by_itself(self):
        self.purchase.button_cancel()
        self.purchase.button_draft()
        intake = self.confirmed()
        self.assertEqual((intake.state, self.purchase.state), ("done", "draft"))
        self.assertIn("confirm the order", self.purchase.activity_ids.summary)


class TestDifferences(ConfirmationCase):
    """What differs, and what accepting it does."""

    def test_every_kind_of_difference_is_counted_and_shown(self):
        later = {"requested_date": date(2031, 4, 1)}
        for lines, what in (
            (self.lines(bolts={"price_unit": Decimal(43)}), "price"),
            (self.lines(bolts={"discount": Decimal(5)}), "price"),
            (self.lines(bolts={"quantity": Decimal(4)}), "quantity"),
            (self.lines(bolts=later), "date"),
            (self.lines()[:1], "missing"),
            ((*self.lines(), replace(self.lines()[0], quantity=Decimal(9))), "added"),
        ):
            with self.subTest(what=what):
                intake = self.confirmed(lines=lines)
                self.finding(intake, "answer_differs")
                self.assertEqual(self.whats(intake), [what])
                self.assertFalse(self.purchase.acknowledged)

    def test_extra_and_substituted(self):
        pump = self.env["product.product"].create({"name": "Pump", "default_code": "PU-1"})
        extra = OrderLine(sequence=3, our_code="PU-1", description="Pump", quantity=Decimal(1),
                          price_unit=Decimal(9))  # fmt: skip
        self.assertEqual(self.whats(self.confirmed(lines=(*self.lines(), extra))), ["added"])
        other = {"our_code": "PU-1", "partner_code": None, "description": "Pump"}
        intake = self.confirmed(lines=self.lines(seals=other))
        self.assertEqual(self.whats(intake), ["substituted"])
        self.compare(intake).action_apply_all()
        new = self.purchase.order_line - self.bolts - self.seals
        self.assertEqual((self.seals.product_qty, new.product_id, new.product_qty), (0, pump, 10))
        self.assertEqual(new.price_unit, 3)

    def test_nothing_is_written_before_somebody_accepts(self):
        self.confirmed(lines=self.lines(bolts={"price_unit": Decimal(43)}))
        self.assertEqual(self.bolts.price_unit, 42)

    def test_accept_all_moves_the_receipt_along(self):
        values = {"price_unit": Decimal(43), "quantity": Decimal(4),
                  "requested_date": date(2031, 4, 1)}  # fmt: skip
        intake = self.confirmed(lines=self.lines(bolts=values))
        intake.action_accept_answer()
        self.assertEqual((self.bolts.price_unit, self.bolts.product_qty), (43, 4))
        self.assertEqual(self.bolts.date_planned.date(), date(2031, 4, 1))
        moves = self.bolts.move_ids.filtered(lambda move: move.state != "cancel")
        self.assertEqual(sum(moves.mapped("product_uom_qty")), 4)
        self.assertEqual(moves.mapped("date_deadline")[0].date(), date(2031, 4, 1))
        self.assertEqual((intake.state, self.purchase.acknowledged), ("done", True))
        self.assertIn("43.00", self.purchase.message_ids[0].body)

    def test_accept_some(self):
        values = {"price_unit": Decimal(43), "requested_date": date(2031, 4, 1)}
        change = self.compare(self.confirmed(lines=self.lines(bolts=values)))
        change.difference_ids.filtered(lambda row: row.what == "price").selected = False
        change.action_apply()
        self.assertEqual(self.bolts.price_unit, 42)
        self.assertEqual(self.bolts.date_planned.date(), date(2031, 4, 1))

    def test_line_that_is_not_confirmed_stays_unless_it_is_ticked(self):
        intake = self.confirmed(lines=self.lines()[:1])
        change = self.compare(intake)
        self.assertEqual(change.difference_ids.mapped("selected"), [False])
        change.difference_ids.selected = True
        change.action_apply()
        self.assertEqual(self.purchase.order_line.mapped("product_qty"), [5, 0])

    def test_split_delivery_becomes_a_line_for_each_day(self):
        first, second = self.lines()
        part = {"quantity": Decimal(2), "requested_date": date(2031, 3, 20)}
        lines = (replace(first, quantity=Decimal(3)), replace(first, **part), second)
        intake = self.confirmed(lines=lines)
        change = self.compare(intake)
        self.assertEqual(change.difference_ids.mapped("what"), ["date"])
        self.assertIn("3.00", change.difference_ids.said)
        change.action_apply()
        parts = self.purchase.order_line.filtered(lambda line: line.product_id == self.bolt)
        self.assertEqual(
            [(line.product_qty, line.date_planned.date(), line.price_unit) for line in parts],
            [(3, ORDERED, 42), (2, date(2031, 3, 20), 42)],
        )
        moves = parts.move_ids.filtered(lambda move: move.state != "cancel")
        self.assertEqual(sum(moves.mapped("product_uom_qty")), 5)

    def test_box_of_twelve_against_pieces(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self.seals.write({"product_qty": 2, "product_uom_id": dozen.id, "price_unit": 36})
        same = {"quantity": Decimal(24), "uom": "pcs"}
        self.assertEqual(self.confirmed(lines=self.lines(seals=same)).state, "done")
        fewer = {"quantity": Decimal(12), "uom": "pcs"}
        intake = self.confirmed(lines=self.lines(seals=fewer))
        self.assertEqual(self.whats(intake), ["quantity"])
        intake.action_accept_answer()
        self.assertEqual((self.seals.product_qty, self.seals.price_unit), (1, 36))

    def test_date_of_the_whole_confirmation_holds_for_its_lines(self):
        lines = tuple(replace(line, requested_date=None) for line in self.lines())
        self.assertEqual(self.confirmed(lines=lines).state, "done")
        intake = self.confirmed(lines=lines, requested_date=date(2031, 5, 5))
        self.assertEqual(self.whats(intake), ["date", "date"])

    def test_what_was_received_is_not_taken_back(self):
        self.bolts.qty_received_method = "manual"
        self.bolts.qty_received = 5
        change = self.compare(self.confirmed(lines=self.lines(bolts={"quantity": Decimal(4)})))
        self.assertIn("received", change.difference_ids.hint)
        self.assertFalse(change.difference_ids.selected)

    def test_locked_order_is_not_written(self):
        self.purchase.locked = True
        change = self.compare(self.confirmed(lines=self.lines(bolts={"quantity": Decimal(4)})))
        self.assertEqual(change.order_state, "locked")
        with self.assertRaisesRegex(UserError, "Unlock"):
            change.action_apply()

    def test_approval_stays_in_force(self):
        self.company.write({"po_double_validation": "two_step", "po_double_validation_amount": 300})
        intake = self.confirmed(lines=self.lines(bolts={"price_unit": Decimal(99)}))
        with self.assertRaisesRegex(UserError, "approve"):
            intake.action_accept_answer()
        self.assertEqual(intake.with_user(self.env.user).state, "review")

    def test_other_currency_is_told_and_prices_are_left_alone(self):
        other = "CHF" if self.company.currency_id.name != "CHF" else "EUR"
        self.env["res.currency"].with_context(active_test=False).search(
            [("name", "=", other)]
        ).active = True
        intake = self.confirmed(currency=other, lines=self.lines(bolts={"price_unit": Decimal(9)}))
        self.assertEqual(self.whats(intake), ["currency_id"])

    def test_order_may_be_chosen_by_hand(self):
        self.ordered()
        intake = self.confirmed(our_order=None, lines=self.lines(bolts={"quantity": Decimal(4)}))
        with Form(self.compare(intake)) as form:
            form.purchase_order_id = self.purchase
        form.record.action_apply()
        self.assertEqual(self.bolts.product_qty, 4)

    def test_offer_that_answers_our_request_updates_it(self):
        self.purchase.button_cancel()
        self.purchase.button_draft()
        self.bolts.price_unit = 0
        intake = self.confirmed(document_type=QUOTATION, number="Q-9")
        self.assertEqual(self.whats(intake), ["price"])
        with self.assertRaisesRegex(UserError, "Accept the finding"):
            intake.action_approve()
        intake.action_accept_answer()
        self.assertEqual((self.bolts.price_unit, self.purchase.partner_ref), (42, "Q-9"))
        self.assertEqual(self.purchase.state, "draft")

    def test_same_offer_again_is_not_drafted_twice(self):
        offer = {"document_type": QUOTATION, "our_order": None, "number": "Q-1"}
        first = self.confirmed(**offer)
        self.assertTrue(first.purchase_order_ids)
        again = self.confirmed(**offer, note="copy")
        self.assertFalse(again.purchase_order_ids)
        self.finding(again, "duplicate_order")
