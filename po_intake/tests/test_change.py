from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.po_intake.extraction.document import Charge, Party

from .common import IntakeCase


class ChangeCase(IntakeCase):
    """An order of two lines that was drafted, and documents that come later."""

    def setUp(self):
        super().setUp()
        self.bolt.list_price = 42
        self.script("order", self.order())
        self.first = self.process(self.upload("order"))
        self.sale = self.first.sale_order_id
        self.bolts, self.seals = self.sale.order_line

    def changed(self, **values):
        """The lines of the order, the first one with other values."""
        bolts, seals = self.order().lines
        return (replace(bolts, price_subtotal=None, **values), seals)

    def later(self, **values):
        """A document of the same number that comes later, in the hands of the clerk."""
        text = f"later {len(self.reader.script)}"
        self.script(text, self.order(**{"amount_untaxed": None, **values}))
        return self.process(self.upload(text)).with_user(self.clerk)

    def compare(self, intake):
        return (
            self.env["po.intake.change"]
            .with_user(self.clerk)
            .browse(intake.action_compare_order()["res_id"])
        )

    def rows(self, change):
        return [(row.what, row.ordered, row.said) for row in change.difference_ids]

    def finding(self, intake, code):
        return intake.finding_ids.filtered(lambda item: item.code == code)


class TestRepeatedNumber(ChangeCase):
    """What the same order number means."""

    def test_same_content_is_a_duplicate(self):
        later = self.later(number="po 1001")
        self.assertEqual(later.state, "review")
        message = self.finding(later, "duplicate_order").message
        self.assertIn(self.sale.name, message)
        self.assertFalse(later.sale_order_id)

    def test_other_content_is_a_change_in_so_many_rows(self):
        extra = replace(self.order().lines[1], sequence=3, quantity=Decimal(4), our_code="NEW-1")
        self.env["product.product"].create({"name": "Pump", "default_code": "NEW-1"})
        later = self.later(
            lines=(*self.changed(quantity=Decimal(8)), extra), requested_date=date(2031, 5, 6)
        )
        message = self.finding(later, "order_change").message
        for words in (self.sale.name, "1 quantity", "1 new line", "the requested date"):
            self.assertIn(words, message)

    def test_order_that_was_typed_by_hand_counts(self):
        self.env["sale.order"].create(
            {
                "partner_id": self.warehouse.id,
                "client_order_ref": "PO 2002",
                "order_line": [
                    (0, 0, {"product_id": self.bolt.id, "product_uom_qty": 5, "price_unit": 42}),
                    (0, 0, {"product_id": self.seal.id, "product_uom_qty": 10, "price_unit": 3}),
                ],
            }
        )
        self.assertIn("duplicate_order", self.codes(self.later(number="PO-2002")))

    def test_other_customers_and_companies_may_use_the_number(self):
        other = self.env["res.partner"].create({"name": "Other Ltd", "is_company": True})
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.env["sale.order"].create({"partner_id": other.id, "client_order_ref": "PO-3003"})
        self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "company_id": elsewhere.id,
                "warehouse_id": self.env["stock.warehouse"]
                .search([("company_id", "=", elsewhere.id)], limit=1)
                .id,
                "client_order_ref": "PO-3003",
            }
        )
        self.assertEqual(self.later(number="PO-3003").state, "done")

    def test_cancelled_order_may_be_ordered_anew(self):
        self.sale._action_cancel()
        later = self.later()
        self.assertEqual(self.codes(later), {"order_cancelled"})
        later.action_approve()
        self.assertEqual(later.sale_order_id.state, "draft")
        self.assertNotEqual(later.sale_order_id, self.sale)

    def test_living_order_goes_before_a_cancelled_one(self):
        self.sale._action_cancel()
        again = self.later()
        again.action_approve()
        message = self.finding(self.later(note="third"), "duplicate_order").message
        self.assertIn(again.sale_order_id.name, message)

    def test_rejected_document_does_not_count(self):
        rejected = self.later(number="PO-4004", confidence=0.5)
        rejected._reject("no")
        self.assertEqual(self.later(number="PO-4004").state, "done")

    def test_document_that_still_waits_is_named(self):
        waiting = self.later(number="PO-5005", confidence=0.5)
        later = self.later(number="PO-5005", lines=self.changed(quantity=Decimal(9)))
        message = self.finding(later, "order_waiting").message
        self.assertIn(waiting.name, message)
        self.assertIn("1 quantity", message)

    def test_number_that_was_ordered_meanwhile_is_not_approved_unseen(self):
        waiting = self.later(number="PO-5005", confidence=0.5)
        later = self.later(number="PO-5005")
        later.finding_ids.action_waive()
        later.action_approve()
        with self.assertRaisesRegex(UserError, later.sale_order_id.name):
            waiting.action_approve()
        waiting.action_check()
        self.assertIn("duplicate_order", self.codes(waiting))

    def test_change_of_an_order_that_nobody_knows(self):
        later = self.later(number="PO-9", document_type="order_change")
        self.assertIn("order_not_found", self.codes(later))
        with self.assertRaisesRegex(UserError, "kind of document"):
            later.action_approve()

    def test_accepted_finding_stays_accepted_until_the_order_moves(self):
        later = self.later(lines=self.changed(quantity=Decimal(8)))
        self.finding(later, "order_change").action_waive()
        self.env.invalidate_all()
        later.action_check()
        self.assertFalse(self.codes(later))
        self.bolts.product_uom_qty = 6
        self.seals.price_unit = 9
        later.action_check()
        self.assertEqual(self.codes(later), {"order_change"})

    def test_mark_as_duplicate(self):
        later = self.later()
        action = later.action_mark_duplicate()
        wizard = Form(self.env["po.intake.reject"].with_context(**action["context"])).save()
        wizard.action_reject()
        self.assertEqual((later.state, later.duplicate_of_id), ("rejected", self.first))
        self.assertIn(self.first.name, later.reject_reason)
        later.action_reopen()
        self.assertEqual((later.state, later.duplicate_of_id.id), ("review", False))


class TestChange(ChangeCase):
    """The differences, and what applying them does."""

    def test_every_row_with_both_values(self):
        self.sale.order_line[1].unlink()
        self.sale.partner_shipping_id = self.customer
        bolts, seals = self.changed(quantity=Decimal(8), price_unit=Decimal("41.5"))
        later = self.later(
            lines=(bolts, seals),
            requested_date=date(2031, 5, 6),
            delivery=Party(
                name="Brook Valves Ltd, Depot",
                street="Harbour Road 9",
                zip="4712",
                city="Portside",
            ),
        )
        rows = {what: (ordered, said) for what, ordered, said in self.rows(self.compare(later))}
        self.assertEqual(
            set(rows), {"quantity", "price", "added", "commitment_date", "partner_shipping_id"}
        )
        self.assertEqual([text.split()[0] for text in rows["quantity"]], ["5.00", "8.00"])
        self.assertIn("42.00", rows["price"][0])
        self.assertIn("41.50", rows["price"][1])
        self.assertIn("10.00", rows["added"][1])

    def test_apply_writes_into_the_draft_and_ends_the_card(self):
        later = self.later(
            lines=self.changed(quantity=Decimal(8), price_unit=Decimal("41.5")),
            requested_date=date(2031, 5, 6),
        )
        before = self.env["sale.order"].search_count([])
        action = self.compare(later).action_apply()
        self.assertEqual((action["res_model"], action["res_id"]), ("sale.order", self.sale.id))
        self.assertEqual((self.bolts.product_uom_qty, self.bolts.price_unit), (8, 41.5))
        self.assertEqual(self.seals.product_uom_qty, 10)
        self.assertEqual(self.sale.commitment_date.date(), date(2031, 5, 6))
        self.assertEqual((later.state, later.sale_order_id), ("done", self.sale))
        self.assertEqual(self.env["sale.order"].search_count([]), before)
        self.assertEqual(self.sale._po_intakes(), self.first | later)

    def test_both_chatters_tell_what_was_done_and_by_whom(self):
        later = self.later(lines=self.changed(quantity=Decimal(8), price_unit=Decimal("41.5")))
        change = self.compare(later)
        change.difference_ids.filtered(lambda row: row.what == "price").selected = False
        change.action_apply()
        for record in (self.sale, later):
            text = " ".join(record.message_ids.mapped("body"))
            done, left = text.split("Left as it is:")
            self.assertIn("5.00", done)
            self.assertIn("8.00", done)
            self.assertIn("41.50", left)
        self.assertIn(self.clerk.name, self.sale.message_ids[0].body)
        self.assertIn(later.name, self.sale.message_ids[0].body)
        self.assertEqual(self.sale.message_ids[0].author_id, self.clerk.partner_id)

    def test_only_what_is_ticked(self):
        later = self.later(lines=self.changed(quantity=Decimal(8), price_unit=Decimal("41.5")))
        change = self.compare(later)
        change.difference_ids.filtered(lambda row: row.what == "quantity").selected = False
        change.action_apply()
        self.assertEqual((self.bolts.product_uom_qty, self.bolts.price_unit), (5, 41.5))

    def test_new_quantity_keeps_the_price(self):
        self.sale.order_line = [(5, 0, 0)]
        self.sale.order_line = [
            (0, 0, {"product_id": self.bolt.id, "product_uom_qty": 5, "price_unit": 42}),
            (0, 0, {"product_id": self.seal.id, "product_uom_qty": 10}),
        ]
        self.compare(self.later(lines=self.changed(quantity=Decimal(8)))).action_apply()
        self.assertEqual(self.sale.order_line[0].product_uom_qty, 8)
        self.assertEqual(self.sale.order_line[0].price_unit, 42)

    def test_new_missing_and_other_product(self):
        pump = self.env["product.product"].create({"name": "Pump", "default_code": "NEW-1"})
        bolts, seals = self.order().lines
        other = replace(bolts, our_code="NEW-1", description="Pump", price_unit=Decimal(40))
        later = self.later(lines=(other,))
        self.assertEqual(
            [row[0] for row in self.rows(self.compare(later))], ["substituted", "missing"]
        )
        self.compare(later).action_apply()
        self.assertEqual(self.sale.order_line, self.bolts)
        self.assertEqual(
            (self.bolts.product_id, self.bolts.price_unit, self.bolts.product_uom_qty),
            (pump, 40, 5),
        )
        again = self.later(lines=(other, replace(seals, quantity=Decimal(3))))
        self.compare(again).action_apply()
        self.assertEqual(self.sale.order_line.product_id, pump | self.seal)
        self.assertEqual(self.sale.order_line[-1].product_uom_qty, 3)

    def test_charge_is_a_line(self):
        freight = self.env["product.product"].create({"name": "Freight", "type": "service"})
        self.team.charge_product_id = freight
        later = self.later(charges=(Charge("Freight", Decimal(20)),))
        self.assertEqual([row[0] for row in self.rows(self.compare(later))], ["added"])
        self.compare(later).action_apply()
        self.assertEqual(self.sale.order_line[-1].price_unit, 20)
        dearer = self.later(charges=(Charge("Freight", Decimal(25)),))
        self.compare(dearer).action_apply()
        self.assertEqual(
            self.sale.order_line.filtered(lambda line: line.product_id == freight).price_unit, 25
        )

    def test_change_that_lists_only_what_changes_takes_nothing_away(self):
        later = self.later(
            document_type="order_change", lines=self.changed(quantity=Decimal(8))[:1]
        )
        self.assertEqual(self.codes(later), {"order_change"})
        change = self.compare(later)
        ticked = {row.what: row.selected for row in change.difference_ids}
        self.assertEqual(ticked, {"quantity": True, "missing": False})
        change.action_apply()
        self.assertEqual(self.sale.order_line.mapped("product_uom_qty"), [8, 10])

    def test_change_to_nothing_takes_the_line_away(self):
        later = self.later(document_type="order_change", lines=self.changed(quantity=Decimal(0)))
        self.compare(later).action_apply()
        self.assertEqual(self.sale.order_line, self.seals)

    def test_split_delivery_is_one_quantity(self):
        bolts, seals = self.changed(quantity=Decimal(3))
        later = self.later(lines=(bolts, replace(bolts, quantity=Decimal(4)), seals))
        self.assertEqual([row[0] for row in self.rows(self.compare(later))], ["quantity"])
        self.compare(later).action_apply()
        self.assertEqual(self.sale.order_line.mapped("product_uom_qty"), [7, 10])

    def test_confirmed_order_is_not_written_but_somebody_is_asked(self):
        self.sale.user_id = new_test_user(
            self.env, "po_intake_salesman", groups="sales_team.group_sale_salesman"
        )
        self.sale.action_confirm()
        later = self.later(lines=self.changed(quantity=Decimal(8)))
        self.compare(later).action_apply()
        self.assertEqual(self.bolts.product_uom_qty, 5)
        activity = self.sale.activity_ids
        self.assertEqual(activity.user_id, self.sale.user_id)
        self.assertIn("8.00", activity.note)
        self.assertIn("confirmed", self.sale.message_ids[0].body)
        self.assertEqual((later.state, later.sale_order_id), ("done", self.sale))

    def test_cancelled_order_is_not_changed(self):
        later = self.later(lines=self.changed(quantity=Decimal(8)))
        change = self.compare(later)
        self.sale._action_cancel()
        with self.assertRaisesRegex(UserError, "cancelled"):
            change.action_apply()

    def test_applying_twice_does_nothing_more(self):
        later = self.later(lines=self.changed(quantity=Decimal(8)))
        change, again = self.compare(later), self.compare(later)
        change.action_apply()
        self.bolts.product_uom_qty = 9
        notes = self.sale.message_ids
        for repeated in (change, again):
            self.assertEqual(repeated.action_apply()["res_id"], self.sale.id)
        self.assertEqual(self.bolts.product_uom_qty, 9)
        self.assertEqual(self.sale.message_ids, notes)

    def test_order_that_moved_meanwhile_is_not_overwritten(self):
        later = self.later(lines=self.changed(quantity=Decimal(8)))
        change = self.compare(later)
        self.assertEqual(len(self.rows(change)), 1)
        self.bolts.product_uom_qty = 6
        with self.assertRaisesRegex(UserError, "changed meanwhile"):
            change.action_apply()
        self.assertEqual((self.bolts.product_uom_qty, later.state), (6, "review"))

    def test_line_without_a_product_has_to_be_completed_first(self):
        stranger = replace(self.order().lines[0], our_code="?", description="Left-handed widget")
        later = self.later(lines=(*self.order().lines, stranger))
        change = self.compare(later)
        row = change.difference_ids
        self.assertEqual((row.what, row.selected), ("added", False))
        row.selected = True
        with self.assertRaisesRegex(UserError, "Choose its product"):
            change.action_apply()

    def test_nothing_ticked_is_no_change(self):
        change = self.compare(self.later(lines=self.changed(quantity=Decimal(8))))
        change.difference_ids.selected = False
        with self.assertRaisesRegex(UserError, "Nothing is ticked"):
            change.action_apply()

    def test_rights_are_those_of_the_person(self):
        viewer = new_test_user(
            self.env, "po_intake_viewer", groups="po_intake.group_po_intake_user"
        )
        later = self.later(lines=self.changed(quantity=Decimal(8)))
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
            change = later.with_user(viewer).action_compare_order()
            self.env["po.intake.change"].with_user(viewer).browse(change["res_id"]).action_apply()
        self.assertEqual(self.bolts.product_uom_qty, 5)

    def test_order_may_be_chosen_by_hand(self):
        later = self.later(
            number="C-77", document_type="order_change", lines=self.changed(quantity=Decimal(8))
        )
        self.assertIn("order_not_found", self.codes(later))
        with Form(self.compare(later)) as form:
            form.order_id = self.sale
        change = form.record
        ticked = {row.what: row.selected for row in change.difference_ids}
        self.assertEqual(ticked, {"client_order_ref": False, "quantity": True})
        change.action_apply()
        self.assertEqual((self.bolts.product_uom_qty, self.sale.client_order_ref), (8, "PO-1001"))

    def test_other_currency_is_told_and_prices_are_left_alone(self):
        other = (
            self.env["res.currency"]
            .with_context(active_test=False)
            .search([("name", "=", "CHF" if self.company.currency_id.name != "CHF" else "EUR")])
        )
        other.active = True
        later = self.later(
            currency=other.name, lines=self.changed(quantity=Decimal(8), price_unit=Decimal(9))
        )
        change = self.compare(later)
        self.assertEqual([row[0] for row in self.rows(change)], ["currency_id", "quantity"])
        change.action_apply()
        self.assertEqual((self.bolts.product_uom_qty, self.bolts.price_unit), (8, 42))

    def test_same_day_is_no_difference_wherever_the_company_is(self):
        self.company.partner_id.tz = "Pacific/Auckland"
        self.sale.commitment_date = datetime(2031, 5, 5, 23, 30)
        later = self.later(requested_date=date(2031, 5, 6))
        self.assertIn("duplicate_order", self.codes(later))

    def test_deleted_order_brings_the_card_back(self):
        later = self.later(lines=self.changed(quantity=Decimal(8)))
        self.compare(later).action_apply()
        self.sale.unlink()
        later.action_reopen()
        self.assertEqual(later.state, "review")


@tagged("post_install", "-at_install")
class TestChangeUnits(ChangeCase):
    """Quantities in other units than the order's."""

    def test_quantity_that_the_orders_unit_cannot_hold(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self.bolts.write({"product_uom_id": dozen.id, "product_uom_qty": 1})
        self.bolts.price_unit = 504
        later = self.later(lines=self.changed(quantity=Decimal(25)))
        self.assertEqual([row[0] for row in self.rows(self.compare(later))], ["quantity"])
        self.compare(later).action_apply()
        self.assertEqual(
            (self.bolts.product_uom_id, self.bolts.product_uom_qty, self.bolts.price_unit),
            (self.bolt.uom_id, 25, 42),
        )

    def test_quantity_that_it_can_hold_stays_in_it(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self.bolts.write({"product_uom_id": dozen.id, "product_uom_qty": 1})
        self.bolts.price_unit = 504
        self.compare(self.later(lines=self.changed(quantity=Decimal(24)))).action_apply()
        self.assertEqual(
            (self.bolts.product_uom_id, self.bolts.product_uom_qty, self.bolts.price_unit),
            (dozen, 2, 504),
        )
