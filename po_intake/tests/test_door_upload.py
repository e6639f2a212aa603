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

    def test_quotation_list(self):
        """A file that is dropped on Sales' quotations is an intake, and no empty quotation."""
        orders = self.env["sale.order"].with_user(self.clerk)
        attachment = orders.env["ir.attachment"].create({"name": "a.txt", "raw": b"order"})
        before = orders.search_count([])
        action = orders.with_context(
            default_partner_id=self.customer.id
        ).create_document_from_attachment(attachment.ids)
        self.assertEqual(action["res_model"], "po.intake")
        intake = self.env["po.intake"].browse(action["res_id"])
        self.assertEqual((intake.source_name, intake.team_id), ("a.txt", self.team))
        self.assertFalse(intake.partner_id, "nothing is taken from what the list presets")
        self.assertEqual(orders.search_count([]), before)

    def test_lists_of_orders_without_us(self):
        """Who may not use intakes, or has no team for it, gets what Odoo does by itself."""
        user = new_test_user(
            self.env, "po_intake_seller", groups="sales_team.group_sale_salesman_all_leads"
        )
        attachment = self.env(user=user)["ir.attachment"].create({"name": "a.txt", "raw": b"x"})
        action = (
            self.env["sale.order"].with_user(user).create_document_from_attachment(attachment.ids)
        )
        self.assertEqual(action["res_model"], "sale.order")
        self.env["po.intake.team"].search([]).direction = "sale"
        self.assertFalse(self.env["purchase.order"]._po_intake_team())

    def test_purchase_list(self):
        """A file that is dropped on Purchase's list goes to the team for vendors' documents."""
        team = self.env["po.intake.team"].create({"name": "Vendors", "direction": "purchase"})
        self.team.direction = "sale"
        attachment = self.env["ir.attachment"].create({"name": "a.txt", "raw": b"offer"})
        action = self.env["purchase.order"].create_document_from_attachment(attachment.ids)
        self.assertEqual(self.env["po.intake"].browse(action["res_id"]).team_id, team)
