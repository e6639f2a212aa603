"""The document beside the fields, over HTTP and RPC."""

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user

from ..extraction.reader import ReaderError
from .common import IntakeCase
from .test_view import pdf


class TestPane(IntakeCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = new_test_user(cls.env, "po_intake_stranger", groups="base.group_user")

    def intake(self):
        attachment = self.env["ir.attachment"].create(
            {"name": "order.pdf", "raw": pdf("Order 4711 of 1.234,50", "second").content}
        )
        self.env["po.intake"].create_document_from_attachment(attachment.ids)
        return self.env["po.intake"].search([], limit=1)

    def test_pages_and_words(self):
        intake = self.intake().with_user(self.clerk)
        self.assertEqual(len(intake.get_pane()["pages"]), 2)
        self.assertIn("4711", [text for text, _box in intake.get_page_words(1)])

    def test_picture_for_those_who_may_read(self):
        intake = self.intake()
        self.authenticate("po_intake_clerk", "po_intake_clerk")
        answer = self.url_open(f"/po_intake/page/{intake.id}/1")
        self.assertEqual((answer.status_code, answer.headers["Content-Type"]), (200, "image/png"))
        self.assertEqual(self.url_open(f"/po_intake/page/{intake.id}/9").status_code, 404)

    def test_nothing_for_others(self):
        intake = self.intake()
        self.authenticate("po_intake_stranger", "po_intake_stranger")
        self.assertEqual(self.url_open(f"/po_intake/page/{intake.id}/1").status_code, 404)
        with self.assertRaises(AccessError):
            intake.with_user(self.stranger).get_pane()
        with self.assertRaises(AccessError):
            intake.with_user(self.stranger).get_page_words(1)

    def test_evidence_comes_with_what_people_pointed_at(self):
        self.script("order", self.order())
        intake = self.process(self.upload("order")).with_user(self.clerk)
        intake.pick("number", {"page": 1, "bbox": [1, 2, 3, 4], "text": "PO-1", "evil": "x"})
        self.assertEqual(
            intake.get_pane()["evidence"]["number"],
            {"page": 1, "bbox": [1, 2, 3, 4], "text": "PO-1", "confidence": 1.0,
             "reader": "person"},
        )  # fmt: skip

    def test_printed_words_become_values(self):
        intake = self.intake()
        intake.document = {"language": "de"}
        for kind, text, value in (
            ("float", "1.234,50", 1234.5),
            ("monetary", "EUR 12,-", 12.0),
            ("date", "24.12.2026", "2026-12-24"),
            ("char", " HB-1 ", "HB-1"),
            ("date", "soon", False),
        ):
            with self.subTest(text=text):
                found = intake.convert_printed(kind, text)
                self.assertEqual(str(found) if kind == "date" and found else found, value)

    def test_quarantine_shows_nothing(self):
        intake = self.intake()
        intake.state = "quarantine"
        self.assertFalse(intake.get_pane()["pages"])
        self.assertFalse(intake.get_page_words(1))
        with self.assertRaises(ReaderError):
            intake._page_picture(1, 1.0)
