from pathlib import Path

from odoo.tests import TransactionCase, tagged
from odoo.tools.misc import file_path

from odoo.addons.po_intake.models.po_intake_reader import sandbox

FILES = Path(file_path("po_intake/tests/files"))
GOOD = Path(file_path("po_intake/demo/documents/PO-48213.pdf"))
# what a person is told first about each
EXPECTED = {
    "empty.pdf": {"empty_file"},
    "text_as_pdf.pdf": {"broken_file", "nothing_found", "not_an_order", "free_text"},
    "encrypted.pdf": {"encrypted"},
    "no_pages.pdf": {"empty_file", "broken_file"},
    "catalogue_300_pages.pdf": {"too_large", "not_an_order"},
    "cat.jpg": {"no_text", "nothing_found", "empty_file", "not_an_order", "not_installed"},
    "truncated.pdf": None,
    "xref_loop.pdf": None,
    "page_loop.pdf": None,
    "flate_bomb.pdf": None,
    "billion_laughs.xml": None,
    "external_entity.xml": None,
    "empty_archive.xlsx": None,
    "endless_sheet.xlsx": None,
    "zip_bomb.xlsx": None,
    "evil_names.eml": None,
    "headers_only.eml": None,
    "latin_1_undeclared.eml": None,
    "nested_400.eml": None,
}


@tagged("post_install", "-at_install")
class TestBadInput(TransactionCase):
    """Whatever arrives is kept, gets a clear finding, and never stops the next document."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(sandbox().close)

    def upload(self, path):
        intakes = self.env["po.intake"]
        attachment = self.env["ir.attachment"].create({"name": path.name, "raw": path.read_bytes()})
        intakes.create_document_from_attachment(attachment.ids)
        return intakes.search([], order="id desc", limit=1)

    def test_bad_files_leave_findings_and_stop_nobody(self):
        bad = {name: self.upload(FILES / name) for name in EXPECTED}
        good = self.upload(GOOD)
        for _run in range(5):  # a run ends when its time is used up, and comes back
            if "new" in {intake.state for intake in [*bad.values(), good]}:
                with self.enter_registry_test_mode():
                    self.env.ref("po_intake.ir_cron_process").method_direct_trigger()
        for name, intake in bad.items():
            with self.subTest(file=name):
                codes = set(intake.finding_ids.mapped("code"))
                self.assertEqual(intake.state, "review", intake.error)
                self.assertTrue(codes)
                if EXPECTED[name]:
                    self.assertTrue(codes & EXPECTED[name], codes)
                for finding in intake.finding_ids:
                    self.assertNotEqual(finding.message, finding.code, "a sentence is missing")
                self.assertEqual(
                    intake.message_main_attachment_id.raw or b"", (FILES / name).read_bytes()
                )
                self.assertFalse(intake.sale_order_id)
        self.assertEqual(good.order_reference, "PO-48213")
        self.assertEqual(len(good.line_ids), 7)
