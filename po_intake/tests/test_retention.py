import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

from odoo import fields
from odoo.exceptions import AccessError

from ..extraction.document import Party
from .common import IntakeCase


class TestRetention(IntakeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team.keep_days = 30

    def setUp(self):
        super().setUp()
        self.raw = self.mail("order")

    def _mailed(self, days):
        """A card of a mailed order that was drafted so many days ago."""
        self.script("order", self.order())
        self.receive(self.raw)
        intake = self.open_mails()
        self.assertEqual(intake.state, "done")
        intake.done_date = fields.Datetime.now() - timedelta(days=days)
        return intake

    def _files(self, record):
        return self.env["ir.attachment"].search(
            [("res_model", "=", record._name), ("res_id", "=", record.id)]
        )

    def test_what_is_kept_no_longer_is_erased(self):
        intake = self._mailed(days=31)
        order, mail = intake.sale_order_id, intake.mail_id
        self.assertTrue(self._files(order))
        self.team._gc_documents()
        self.assertTrue(intake.erased_date)
        self.assertFalse(mail.raw)
        self.assertFalse(self._files(intake))
        self.assertFalse(intake.document)
        self.assertFalse(any(intake.reading_ids.mapped("payload")))
        self.assertNotIn("find our order attached", "".join(intake.message_ids.mapped("body")))
        # the order is a record of its own
        self.assertTrue(self._files(order))
        self.assertEqual(len(order.order_line), 2)

    def test_nothing_goes_before_its_time_or_while_it_waits(self):
        young = self._mailed(days=29)
        self.team._gc_documents()
        self.assertFalse(young.erased_date)
        waiting = self.process(self.upload("is no order"))
        self.assertEqual(waiting.state, "review")
        waiting.done_date = fields.Datetime.now() - timedelta(days=99)
        self.team._gc_documents()
        self.assertFalse(waiting.erased_date)

    def test_for_ever_is_for_ever(self):
        self.team.keep_days = 0
        intake = self._mailed(days=4000)
        self.team._gc_documents()
        self.assertFalse(intake.erased_date)

    def test_the_same_mail_is_recognized_after_its_bytes_are_gone(self):
        self._mailed(days=31)
        self.team._gc_documents()
        self.assertFalse(self.receive(self.raw))

    def test_the_same_file_is_recognized_after_its_bytes_are_gone(self):
        self.script("order", self.order())
        intake = self.process(self.upload("order"))
        intake.done_date = fields.Datetime.now() - timedelta(days=31)
        self.team._gc_documents()
        self.assertTrue(intake.erased_date)
        again = self.process(self.upload("order"))
        self.assertEqual(again.duplicate_of_id, intake)

    def test_a_mail_stays_while_one_of_its_orders_waits(self):
        self.script("first", self.order())
        self.script("second", self.order(number="PO-1002", confidence=0.2))
        self.receive(self.mail("first", "second"))
        done, waiting = self.open_mails().sorted("state")
        self.assertEqual([done.state, waiting.state], ["done", "review"])
        done.done_date = fields.Datetime.now() - timedelta(days=31)
        self.team._gc_documents()
        self.assertTrue(done.erased_date)
        self.assertTrue(waiting.mail_id.raw)


class TestPrivacy(IntakeCase):
    def _wizard(self, partner, user=None):
        wizards = self.env["po.intake.privacy"].with_user(user or self.env.ref("base.user_admin"))
        return wizards.create({"partner_id": partner.id})

    def test_one_partners_documents_are_handed_over(self):
        self.script("order", self.order())
        self.receive(self.mail("order"))
        intake = self.open_mails()
        action = self._wizard(self.customer).action_export()
        attachment = self.env["ir.attachment"].browse(
            int(action["url"].split("/")[3].split("?")[0])
        )
        with zipfile.ZipFile(io.BytesIO(attachment.raw)) as archive:
            (card,) = json.loads(archive.read("cards.json"))
            self.assertEqual(card["order_reference"], "PO-1001")
            self.assertEqual(card["order"], intake.sale_order_id.name)
            self.assertEqual(set(archive.namelist()), {"cards.json", *card["files"]})
            mail = next(name for name in card["files"] if name.endswith("mail.eml"))
            self.assertIn(b"Jo Brook", archive.read(mail))

    def test_one_partners_documents_are_erased_and_nobody_elses(self):
        other = self.env["res.partner"].create({"name": "Other", "is_company": True})
        self.script("order", self.order())
        mine = self.process(self.upload("order"))
        self.script("theirs", self.order(number="X-1", partner=None))
        theirs = self.process(self.upload("theirs"))
        theirs.partner_id = other
        theirs._reject("test")
        self._wizard(self.customer).action_erase()
        self.assertTrue(mine.erased_date)
        self.assertFalse(mine.party_name)
        self.assertFalse(theirs.erased_date)

    def test_nothing_of_a_person_is_left_on_an_erased_card(self):
        self.script(
            "order",
            self.order(
                note="Call Jo Brook",
                delivery=Party(name="Jo Brook", street="Secret Lane 1", zip="1", city="Brookfield"),
                partner=Party(name="Jo Brook", reference="K-4711", phone="0711 4711"),
            ),
        )
        self.receive(self.mail("order", Subject="Jo Brook orders"))
        intake = self.open_mails()
        intake.message_post(body="Jo Brook called", message_type="comment")
        intake.with_user(self.clerk)._reject("Jo Brook took it back")
        files = self.env["ir.attachment"].search([("res_model", "=", "po.intake")])
        paths = [file._full_path(file.store_fname) for file in files if file.store_fname]
        self.assertTrue(files and intake.finding_ids)
        self._wizard(self.customer).action_erase()
        self.env.flush_all()
        self.assertFalse(files.exists())
        left = []
        for table in ("po_intake", "po_intake_line", "po_intake_finding", "po_intake_value",
                      "po_intake_correction", "po_intake_reading", "po_intake_mail",
                      "mail_message", "mail_mail", "mail_tracking_value"):  # fmt: skip
            self.env.cr.execute(
                f"SELECT row_to_json(t)::text FROM {table} t WHERE row_to_json(t)::text ~* %s",
                ["secret lane|jo brook|jo@brook|0711 4711"],
            )
            left += [(table, row) for (row,) in self.env.cr.fetchall()]
        self.assertEqual(left, [])
        self.env["ir.attachment"]._gc_file_store_unsafe()
        self.assertFalse([path for path in paths if Path(path).exists()])

    def test_what_is_open_is_told_and_stays(self):
        self.script("order", self.order(confidence=0.2))
        waiting = self.process(self.upload("order"))
        wizard = self._wizard(self.customer)
        self.assertEqual([wizard.intake_count, wizard.open_count], [1, 1])
        self.assertEqual(wizard.action_erase()["params"]["type"], "warning")
        self.assertTrue(waiting.document)

    def test_a_clerk_may_not(self):
        with self.assertRaises(AccessError):
            self._wizard(self.customer, self.clerk)
