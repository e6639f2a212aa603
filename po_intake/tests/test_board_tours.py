from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.po_intake.extraction.document import OrderLine

from .common import IntakeCase


@tagged("post_install", "-at_install")
class TestBoardTours(HttpCase, IntakeCase):
    """What a clerk does on the board and on its list, in a real browser."""

    browser_size = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["po.intake"].search([]).unlink()
        cls.user = new_test_user(
            cls.env,
            "po_intake_board_tour",
            groups="po_intake.group_po_intake_user,sales_team.group_sale_salesman_all_leads,"
            "purchase.group_purchase_user",
        )

    def tour(self, name, path="/odoo/order-intake"):
        self.start_tour(path, name, login=self.user.login)
        self.env.invalidate_all()

    def test_bulk_approve(self):
        """Of the cards that are ticked, those on which nothing blocks become orders."""
        unknown = OrderLine(sequence=1, partner_code="X-99", description="Something", quantity=1)
        self.script("good", self.order(confidence=0.5))
        self.script("bad", self.order(number="PO-2", lines=(unknown,), amount_untaxed=None))
        good, bad = self.process(self.upload("good", "bad"))
        self.assertEqual((good + bad).mapped("state"), ["review", "review"])
        self.env["po.intake"].create({"state": "rejected", "source_name": "Rejected before"})
        self.tour("po_intake_bulk_approve", "/odoo/order-intake?view_type=list")
        self.assertEqual((good.state, bad.state), ("done", "review"))
        self.assertEqual(good.sale_order_id.create_uid, self.user, "with the rights of the clerk")

    def test_sample(self):
        self.tour("po_intake_sample")
        self.assertEqual(self.env["po.intake"].search([]).source_name, "PO-48213.pdf")

    def test_paste(self):
        """Files that are pasted come in as if they had been picked."""
        self.tour("po_intake_paste")
        intakes = self.env["po.intake"].search([], order="id")
        self.assertEqual(intakes.mapped("source_name"), ["first.txt", "second.txt"])

    def test_upload_from_sales(self):
        self.tour("po_intake_upload_from_sales", "/odoo/sales")
        intake = self.env["po.intake"].search([])
        self.assertEqual((intake.source_name, intake.create_uid), ("order.txt", self.user))

    def test_paste_on_sales(self):
        self.tour("po_intake_paste_on_sales", "/odoo/sales")
        self.assertEqual(self.env["po.intake"].search([]).source_name, "order.txt")

    def test_upload_from_purchase(self):
        """A team that takes vendors' documents takes what is dropped on the list of purchases."""
        self.team.direction = "detect"
        self.tour("po_intake_upload_from_purchase", "/odoo/purchase")
        self.assertEqual(self.env["po.intake"].search([]).source_name, "offer.txt")

    def test_first_steps(self):
        """A manager sets the address, wants no model, and sees no more of it."""
        self.user.group_ids += self.env.ref("po_intake.group_po_intake_manager")
        self.tour("po_intake_first_steps")
        self.assertEqual(self.team.alias_name, "purchase-orders")
        self.assertFalse(self.env["po.intake.first.steps"].with_user(self.user).read_steps())
