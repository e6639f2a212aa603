from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .common import IntakeCase


class TestDoorUpload(IntakeCase):
    def test_one_intake_per_file_and_nothing_is_read_yet(self):
        intakes = self.upload("first", "second", user=self.clerk)
        self.assertEqual(intakes.mapped("state"), ["new", "new"])
        self.assertFalse(intakes.reading_ids)
        self.assertEqual(intakes.mapped("message_main_attachment_id.raw"), [b"first", b"second"])

    def test_upload_goes_to_the_team_of_the_board(self):
        other = self.env["po.intake.team"].create({"name": "North"})
        attachment = self.env["ir.attachment"].create({"name": "x.txt", "raw": b"x"})
        self.env["po.intake"].with_context(
            default_team_id=other.id
        ).create_document_from_attachment(attachment.ids)
        self.assertEqual(other.intake_ids.source_name, "x.txt")

    def test_others_may_not_upload(self):
        user = new_test_user(self.env, "po_intake_nobody", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.upload("first", user=user)

    def test_file_of_another_record_stays_there(self):
        theirs = self.env["ir.attachment"].create(
            {
                "name": "x.txt",
                "raw": b"x",
                "res_model": "res.partner",
                "res_id": self.customer.id,
            }
        )
        self.env["po.intake"].create_document_from_attachment(theirs.ids)
        intake = self.env["po.intake"].search([], limit=1)
        self.assertEqual((theirs.res_model, theirs.res_id), ("res.partner", self.customer.id))
        self.assertEqual(intake.message_main_attachment_id.raw, b"x")
