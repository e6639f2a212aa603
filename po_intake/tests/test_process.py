from dataclasses import replace
from decimal import Decimal

from odoo.tests import Form

from odoo.addons.po_intake.extraction.document import OTHER, OrderLine
from odoo.addons.po_intake.extraction.reader import EncryptedSource, Reading

from ..models import po_intake_queue
from .common import IntakeCase


class TestProcess(IntakeCase):
    def test_sure_order_is_drafted(self):
        self.script("one order", self.order())
        intake = self.process(self.upload("one order"))
        self.assertEqual(intake.state, "done")
        order = intake.sale_order_id
        self.assertEqual(order.state, "draft")
        self.assertEqual(order.partner_id, self.customer)
        self.assertEqual(order.client_order_ref, "PO-1001")
        self.assertEqual(order.order_line.product_id, self.bolt | self.seal)
        self.assertEqual(order.create_uid, self.env.ref("po_intake.user_worker"))

    def test_salesperson_gets_no_mail_for_each_order_that_drafts_itself(self):
        self.team.user_id = self.clerk
        self.script("one order", self.order())
        order = self.process(self.upload("one order")).sale_order_id
        self.assertEqual(order.user_id, self.clerk)
        self.assertIn(self.clerk.partner_id, order.message_partner_ids)
        self.assertFalse(order.message_ids.notified_partner_ids)

    def test_every_stage_leaves_a_note_of_the_log(self):
        self.script("one order", self.order())
        intake = self.process(self.upload("one order"))
        log = self.env.ref("po_intake.mt_log")
        notes = intake.message_ids.filtered(lambda note: note.subtype_id == log)
        text = " ".join(notes.mapped("body"))
        for word in ("scripted", "internal reference (HB-0840-Z)", "Checked", "Draft order"):
            self.assertIn(word, text)

    def test_who_follows_the_log_is_told_of_each_note(self):
        self.script("one order", self.order())
        intake = self.upload("one order")
        log = self.env.ref("po_intake.mt_log")
        intake.message_subscribe(self.clerk.partner_id.ids, subtype_ids=log.ids)
        self.process(intake)
        notes = intake.message_ids.filtered(lambda note: note.subtype_id == log)
        told = notes.filtered(lambda note: self.clerk.partner_id in note.notified_partner_ids)
        self.assertIn("Draft order", " ".join(told.mapped("body")))
        self.assertEqual(len(told), 4)

    def test_a_torn_file_is_written_anew(self):
        attachments = self.env["ir.attachment"]
        content = b"what an order said once"
        first = attachments.create({"name": "first", "raw": content})
        path = attachments._full_path(first.store_fname)
        with open(path, "wb") as file:
            file.write(content[:4])
        with self.assertLogs("odoo.addons.po_intake.models.ir_attachment", "WARNING"):
            second = attachments.create({"name": "second", "raw": content})
        self.assertEqual(second.raw, content)
        first.invalidate_recordset()
        self.assertEqual(first.raw, content)

    def test_all_lanes_start_at_once(self):
        cron = self.env.ref("po_intake.ir_cron_process")
        lane = cron.copy()
        triggers = self.env["ir.cron.trigger"]
        triggers.search([]).unlink()
        self.upload("order")
        self.assertEqual(triggers.search([]).cron_id, cron | lane)

    def test_order_below_the_threshold_waits(self):
        self.script("doubtful", self.order(confidence=0.8))
        intake = self.process(self.upload("doubtful"))
        self.assertEqual(intake.state, "review")
        self.assertFalse(intake.sale_order_id)
        self.assertEqual(intake.activity_ids.user_id, self.team.user_id)

    def test_unknown_product_waits_with_the_line_named(self):
        stranger = OrderLine(description="Left-handed widget", quantity=Decimal(1))
        self.script("odd", self.order(lines=(stranger,)))
        intake = self.process(self.upload("odd"))
        self.assertEqual(intake.state, "review")
        self.assertIn("product_unknown", self.codes(intake))
        message = intake.finding_ids.filtered(lambda f: f.code == "product_unknown").message
        self.assertIn("Left-handed widget", message)

    def test_something_else_is_never_drafted(self):
        self.script("invoice", self.order(document_type=OTHER))
        intake = self.process(self.upload("invoice"))
        self.assertEqual(intake.state, "review")
        self.assertIn("not_an_order", self.codes(intake))
        self.assertFalse(intake.sale_order_id)

    def test_two_orders_in_one_file_are_two_intakes(self):
        self.script("both", self.order(), self.order(number="PO-1002"))
        first = self.upload("both")
        self.process(first)
        second = self.env["po.intake"].search([("origin_id", "=", first.id)])
        self.process(second)
        self.assertEqual(first.sale_order_id.client_order_ref, "PO-1001")
        self.assertEqual(second.sale_order_id.client_order_ref, "PO-1002")

    def test_unreadable_file_gets_a_sentence_and_stops_nobody(self):
        self.script("locked", EncryptedSource())
        self.script("fine", self.order())
        intakes = self.upload("locked", "fine")
        with self.enter_registry_test_mode():
            self.env.ref("po_intake.ir_cron_process").method_direct_trigger()
        locked, fine = intakes
        self.assertEqual((locked.state, fine.state), ("review", "done"))
        self.assertIn("encrypted", self.codes(locked))
        self.assertIn("password", locked.finding_ids[0].message)

    def test_failing_record_never_stops_the_cron(self):
        self.script("fine", self.order())

        def readers(service, intake):
            if intake.source_name == "order-0.txt":
                raise ValueError("boom")
            return [self.reader]

        model = self.env.registry["po.intake.reader"]
        self.patch(model, "_get_readers", readers)
        bad, good = self.upload("bad", "fine")
        cron = self.env.ref("po_intake.ir_cron_process")
        with self.assertLogs("odoo.addons.po_intake", "ERROR"):
            for _attempt in range(3):
                bad.retry_at = False
                with self.enter_registry_test_mode():
                    cron.method_direct_trigger()
        self.assertEqual((bad.state, good.state), ("error", "done"))
        self.assertIn("boom", bad.error)
        self.assertTrue(bad.activity_ids)

    def test_fault_that_passes_by_itself_is_no_attempt(self):
        def readers(service, intake):
            raise ConnectionError("not now")

        self.patch(self.env.registry["po.intake.reader"], "_get_readers", readers)
        self.patch(
            self.env.registry["po.intake"], "_retryable_exceptions", lambda _: (ConnectionError,)
        )
        intake = self.upload("order")
        with self.enter_registry_test_mode():
            self.env.ref("po_intake.ir_cron_process").method_direct_trigger()
        self.assertEqual((intake.state, intake.attempts, intake.error), ("new", 0, False))
        self.assertTrue(intake.retry_at, "it is not asked again and again")

    def test_run_that_is_out_of_time_leaves_the_rest_at_once_due(self):
        self.script("fine", self.order(confidence=0.5))
        intakes = self.upload("fine", "fine", "fine")
        self.patch(po_intake_queue, "BUDGET_SECONDS", 0)
        cron = self.env.ref("po_intake.ir_cron_process")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(set(intakes.mapped("attempts")), {0})
        self.patch(po_intake_queue, "BUDGET_SECONDS", 40)
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(set(intakes.mapped("state")), {"review"})

    def test_retry_reads_the_same_bytes_again(self):
        intake = self.process(self.upload("late"))
        self.assertEqual(intake.state, "review")
        self.script("late", self.order())
        intake.with_user(self.clerk).action_retry()
        self.process(intake)
        self.assertEqual(intake.state, "done")

    def test_correction_is_checked_at_once_and_remembered(self):
        special = OrderLine(
            description="Our special",
            partner_code="B-9",
            quantity=Decimal(1),
            price_unit=Decimal(3),
        )
        self.script("order", self.order(lines=(special,)))
        intake = self.process(self.upload("order"))
        self.assertIn("product_unknown", self.codes(intake))
        with Form(intake.with_user(self.clerk)) as form, form.line_ids.edit(0) as line:
            line.product_id = self.seal
        self.assertFalse(self.codes(intake))
        self.assertEqual(intake.line_ids.match_score, 1.0)
        intake.with_user(self.clerk).action_approve()
        self.script("next", self.order(number="PO-1002", lines=(special,)))
        following = self.process(self.upload("next"))
        self.assertEqual(following.line_ids.product_id, self.seal)

    def test_ledger_keeps_every_attempt(self):
        self.script("one order", self.order())
        intake = self.process(self.upload("one order"))
        reading = intake.reading_ids
        self.assertEqual(reading.reader, "scripted")
        self.assertEqual(reading.payload[0]["number"], "PO-1001")

    def test_what_was_read_is_not_copied_for_each_look(self):
        """Every line looks at it: copies would take a minute for 500 lines."""
        self.script("one order", self.order())
        intake = self.process(self.upload("one order"))
        intake.invalidate_recordset()
        self.assertIs(intake.document, intake.document)
        self.assertIs(intake.line_ids[0]._printed(), intake.document["lines"][0])

    def test_reading_confidence_is_that_of_the_weakest(self):
        documents = (self.order(), replace(self.order(), confidence=0.2))
        self.assertEqual(Reading("x", documents).confidence, 0.2)

    def test_numbers_are_read_as_the_senders_country_writes_them(self):
        service = self.env["po.intake.reader"]
        self.company.country_id = self.env.ref("base.us")
        self.customer.country_id = self.env.ref("base.nl")
        intake = self.upload("order")
        self.assertEqual(service._get_hints(intake).locale, "en_US")
        intake.email_from = "Jo <office@brook-valves.example>"
        self.assertEqual(service._get_hints(intake).locale, "nl_NL")
        self.customer.country_id = self.env.ref("base.aq")
        self.assertIn(service._get_hints(intake).locale, (None, "en_AQ", "und_AQ"))
