import base64
from datetime import timedelta
from decimal import Decimal

from lxml import etree

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.po_intake.extraction import acceptance

from .common import IntakeCase, ScriptedReader


class ReworkCase(IntakeCase):
    """A card that waits, in the hands of the clerk."""

    def setUp(self):
        super().setUp()
        # figures are held against each other as in life
        service = self.env.registry["po.intake.reader"]
        self.patch(service, "_accept", lambda service, document: acceptance.accept(document))
        self.team.auto_draft = False
        self.bolt.list_price = 42
        self.intake = self.card("order")
        self.bolts, self.seals = self.intake.line_ids

    def card(self, text, **values):
        printed = {"amount_total": Decimal(240), "confidence": 0.5, **values}
        self.script(text, self.order(**printed))
        intake = self.process(self.upload(text)).with_user(self.clerk)
        self.assertEqual(intake.state, "review")
        return intake

    def arithmetic(self, intake):
        """Findings of figures that do not agree."""
        return {code for code in self.codes(intake) if "mismatch" in code or "arithmetic" in code}

    def notes(self, intake):
        return " ".join(intake.message_ids.mapped("body"))


@tagged("post_install", "-at_install")
class TestLineParts(ReworkCase):
    def split(self, line, quantity=None):
        wizard = Form(self.env["po.intake.line.split"].with_context(default_line_id=line.id))
        if quantity is not None:
            wizard.quantity = quantity
        wizard.save().with_user(self.clerk).action_split()

    def test_split_shares_quantity_and_amount(self):
        self.split(self.seals, 4)
        lines = self.intake.line_ids.sorted()
        self.assertEqual(lines.mapped("quantity"), [5, 6, 4])
        self.assertEqual(lines.mapped("price_subtotal"), [210, 18, 12])
        self.assertEqual(lines.mapped("sequence"), [10, 20, 30])
        self.assertIn("split", self.notes(self.intake))

    def test_half_of_it_is_proposed(self):
        self.split(self.bolts)
        self.assertEqual(self.intake.line_ids.sorted().mapped("quantity"), [3, 2, 10])

    def test_parts_stand_below_each_other_and_show_the_same_place(self):
        self.split(self.bolts, 2)
        self.assertEqual(self.intake.line_ids.sorted().mapped("document_line"), [0, 0, 1])

    def test_parts_still_add_up_to_what_is_printed(self):
        self.split(self.bolts, 2)
        self.assertFalse(self.arithmetic(self.intake))

    def test_part_that_is_changed_then_does_not(self):
        self.split(self.bolts, 2)
        self.intake.write({"line_ids": [(1, self.bolts.id, {"quantity": 9})]})
        self.assertTrue(self.arithmetic(self.intake))

    def test_nothing_and_all_are_no_parts(self):
        for quantity in (0, 5, 6, -1):
            with self.subTest(quantity), self.assertRaises(UserError):
                self.split(self.bolts, quantity)

    def test_merge_undoes_a_split(self):
        self.split(self.bolts, 2)
        part = self.intake.line_ids.sorted()[1]
        self.assertTrue(part.can_merge)
        part.action_merge()
        lines = self.intake.line_ids.sorted()
        self.assertEqual(lines.mapped("quantity"), [5, 10])
        self.assertEqual(lines.mapped("price_subtotal"), [210, 30])
        self.assertFalse(lines[0].merged_lines)

    def test_two_printed_lines_become_one_that_adds_up(self):
        bolts, seals = self.order().lines
        intake = self.card(
            "twice",
            number="PO-2",
            lines=(bolts, bolts, seals),
            amount_untaxed=Decimal(450),
            amount_total=Decimal(450),
        )
        intake.line_ids.sorted()[1].action_merge()
        lines = intake.line_ids.sorted()
        self.assertEqual(lines.mapped("quantity"), [10, 10])
        self.assertEqual(lines[0]._document_lines(), (0, 1))
        self.assertFalse(self.arithmetic(intake))

    def test_different_items_are_not_merged(self):
        self.assertFalse(self.seals.can_merge)
        with self.assertRaises(UserError):
            self.seals.action_merge()

    def test_parts_become_lines_of_the_order(self):
        self.split(self.bolts, 2)
        self.intake.action_approve()
        quantities = self.intake.sale_order_id.order_line.mapped("product_uom_qty")
        self.assertEqual(quantities, [3, 2, 10])

    def test_card_that_is_done_stays_as_it_is(self):
        self.intake.action_approve()
        with self.assertRaises(UserError):
            self.split(self.bolts, 2)


@tagged("post_install", "-at_install")
class TestSplitOff(ReworkCase):
    def split(self, lines):
        wizard = self.env["po.intake.split"].with_user(self.clerk)
        action = wizard.create({"intake_id": self.intake.id, "line_ids": lines.ids}).action_split()
        return self.intake.browse(action["res_id"])

    def test_lines_move_to_a_card_of_the_same_document(self):
        sibling = self.split(self.seals)
        self.assertEqual((self.intake.line_ids, sibling.line_ids), (self.bolts, self.seals))
        self.assertEqual(sibling.state, "review")
        self.assertEqual(sibling.partner_id, self.customer)
        self.assertEqual(sibling.message_main_attachment_id.raw, b"order")
        self.assertEqual(self.seals._printed()["our_code"], "SR-20")
        self.assertIn(sibling.name, self.notes(self.intake))
        self.assertIn(self.intake.name, self.notes(sibling))

    def test_printed_sums_bind_neither(self):
        sibling = self.split(self.seals)
        self.assertFalse(self.arithmetic(self.intake) | self.arithmetic(sibling))

    def test_both_become_orders_once_a_person_says_so(self):
        sibling = self.split(self.seals)
        sibling.order_reference = "PO-1001-B"
        (self.intake | sibling).action_approve()
        products = [card.sale_order_id.order_line.product_id for card in (self.intake, sibling)]
        self.assertEqual(products, [self.bolt, self.seal])

    def test_split_twice(self):
        bolts, seals = self.order().lines
        self.intake = self.card("three", number="PO-3", lines=(bolts, seals, bolts))
        lines = self.intake.line_ids.sorted()
        self.split(lines[1])
        self.split(lines[2])
        self.assertEqual(self.intake.line_ids, lines[0])

    def test_all_or_nothing_is_no_split(self):
        for lines in (self.intake.line_ids, self.intake.line_ids.browse()):
            with self.assertRaises(UserError):
                self.split(lines)


@tagged("post_install", "-at_install")
class TestSnooze(ReworkCase):
    def to_do(self):
        """What the board's own filter shows."""
        view = self.env.ref("po_intake.po_intake_view_search")
        arch = etree.fromstring(self.env["po.intake"].get_view(view.id, "search")["arch"])
        domain = safe_eval(arch.find(".//filter[@name='to_do']").get("domain"))
        return self.env["po.intake"].with_user(self.clerk).search(domain)

    def snooze(self, days):
        context = self.intake.action_snooze()["context"]
        wizard = Form(
            self.env["mail.activity.schedule"].with_user(self.clerk).with_context(**context)
        )
        wizard.date_deadline = fields.Date.context_today(self.intake) + timedelta(days=days)
        wizard.save().action_schedule_activities()

    def test_card_is_out_of_sight_until_its_day(self):
        self.assertIn(self.intake, self.to_do())
        self.snooze(2)
        self.assertNotIn(self.intake, self.to_do())
        self.assertEqual(self.intake.state, "review")

    def test_card_is_back_on_its_day(self):
        self.snooze(0)
        self.assertIn(self.intake, self.to_do())

    def test_other_activities_hide_nothing(self):
        tomorrow = fields.Date.today() + timedelta(days=1)
        self.intake.activity_schedule("mail.mail_activity_data_todo", date_deadline=tomorrow)
        self.assertIn(self.intake, self.to_do())


@tagged("post_install", "-at_install")
class TestReread(ReworkCase):
    def test_chosen_reader_is_asked_alone(self):
        other = ScriptedReader(
            script={b"order": (self.order(number="PO-OTHER"),)}, code="other", cost=9
        )
        self.patch(
            self.env.registry["po.intake.reader"],
            "_get_readers",
            lambda service, intake: [self.reader, other],
        )
        self.patch(
            self.env.registry["po.intake.reader"],
            "_get_reader_names",
            lambda service: {"scripted": "Script", "other": "Other", "third": "Third"},
        )
        action = self.intake.action_retry_with()
        wizard = self.env["po.intake.reread.with"].with_user(self.clerk)
        wizard = wizard.with_context(**action["context"]).create({"reader": "other"})
        self.assertEqual(wizard.able_readers, ["scripted", "other"])
        wizard.action_read()
        self.assertEqual(self.intake.state, "new")
        self.process(self.intake)
        self.assertEqual(self.intake.order_reference, "PO-OTHER")
        self.assertEqual(self.intake.reading_ids[0].reader, "other")

    def test_reading_again_asks_all_again(self):
        self.intake._retry_with("other")
        self.intake.action_retry()
        self.assertFalse(self.intake.chosen_reader)

    def test_card_that_was_split_off_is_not_read_again(self):
        sibling = self.intake._split_off(self.seals)
        with self.assertRaises(UserError):
            sibling.action_retry()


@tagged("post_install", "-at_install")
class TestAddFile(ReworkCase):
    def add(self, text, **values):
        wizard = self.env["po.intake.attach"].with_user(self.clerk)
        upload = {"upload": base64.b64encode(text.encode()), "upload_name": "more.txt"}
        wizard.create({"intake_id": self.intake.id, **upload, **values}).action_add()

    def test_lines_of_a_file_are_added(self):
        seals = self.order().lines[1]
        self.script("more", self.order(lines=(seals,), amount_untaxed=Decimal(30)))
        self.add("more")
        lines = self.intake.line_ids.sorted()
        self.assertEqual(lines.product_id.mapped("default_code"), ["HB-0840-Z", "SR-20"])
        self.assertEqual(lines.mapped("quantity"), [5, 10, 10])
        self.assertEqual(lines.mapped("sequence"), [10, 20, 30])
        self.assertEqual(self.intake.amount_untaxed, 270)
        self.assertFalse(self.arithmetic(self.intake))
        self.assertIn("more.txt", self.notes(self.intake))

    def test_file_becomes_the_document(self):
        self.script("more", self.order(number="PO-2002"))
        self.add("more", mode="replace")
        self.assertEqual(self.intake.order_reference, "PO-2002")
        self.assertEqual(self.intake.message_main_attachment_id.raw, b"more")
        self.assertEqual(len(self.intake.line_ids), 2)
        self.assertEqual(self.intake.line_ids.product_id, self.bolt | self.seal)

    def test_file_without_an_order_changes_nothing(self):
        with self.assertRaises(UserError):
            self.add("our terms of delivery")

    def test_another_file_of_the_mail_is_offered(self):
        self.script("first", self.order(number="PO-3"))
        self.receive(self.mail("first", "second sheet"))
        card = self.open_mails().with_user(self.clerk)
        names = card._family_files().mapped("name")
        self.assertIn("order-1.txt", names)
        self.assertNotIn("order-0.txt", names)
