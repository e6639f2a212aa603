import dataclasses
import io
import json
from dataclasses import replace
from decimal import Decimal

from reportlab.pdfgen.canvas import Canvas

from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.po_intake.extraction.document import OrderLine

from .common import IntakeCase


def printed_order():
    """A page that looks like an order, as the bytes of a PDF."""
    target = io.BytesIO()
    page = Canvas(target, invariant=True)
    for row, text in enumerate(("Purchase order PO-1001", "5 HB-0840-Z 42.00", "10 ring 3.00")):
        page.drawString(72, 760 - 20 * row, text)
    page.save()
    return target.getvalue()


@tagged("post_install", "-at_install")
class TestTours(HttpCase, IntakeCase):
    """What a clerk does with mouse and keyboard, in a real browser."""

    browser_size = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(
            cls.env,
            "po_intake_tour",
            groups="po_intake.group_po_intake_user,sales_team.group_sale_salesman_all_leads",
        )
        cls.pdf = printed_order()

    def setUp(self):
        super().setUp()
        self.reader.script[self.pdf.strip()] = (self._order_with_unknown_product(),)

    @classmethod
    def _order_with_unknown_product(cls):
        sure, unsure = cls.order().lines
        unknown = OrderLine(
            sequence=2,
            partner_code="X-99",
            description="Something round",
            quantity=unsure.quantity,
            price_unit=unsure.price_unit,
            price_subtotal=unsure.price_subtotal,
        )
        return cls.order(lines=(sure, unknown))

    def process_all(self):
        with self.enter_registry_test_mode():
            self.env.ref("po_intake.ir_cron_process").method_direct_trigger()
        self.env.invalidate_all()

    def upload_pdf(self):
        """The order on the review board, as if it had been uploaded and read."""
        attachment = self.env(user=self.user)["ir.attachment"].create(
            {"name": "PO-1001.pdf", "raw": self.pdf, "mimetype": "application/pdf"}
        )
        intakes = self.env(user=self.user)["po.intake"]
        intakes.create_document_from_attachment(attachment.ids)
        self.process_all()
        return self.env["po.intake"].search([("source_name", "=", "PO-1001.pdf")])

    def tour(self, name):
        self.start_tour("/odoo/order-intake", name, login=self.user.login)
        self.env.invalidate_all()

    def test_upload_correct_approve(self):
        """From a file on the clerk's desk to the draft order, with the file attached to it."""
        self.env["ir.attachment"].create(
            {
                "name": "order.pdf",
                "url": "/po_intake_tour/order.pdf",
                "raw": self.pdf,
                "mimetype": "application/pdf",
                "public": True,
            }
        )
        self.tour("po_intake_upload")
        intake = self.env["po.intake"].search([("source_name", "=", "PO-1001.pdf")])
        self.assertEqual((intake.state, intake.source), ("new", "upload"))

        self.process_all()
        self.assertEqual(intake.state, "review")
        self.assertIn("product_unknown", self.codes(intake))

        self.tour("po_intake_approve")
        order = intake.sale_order_id
        self.assertEqual(order.state, "draft")
        self.assertEqual(order.client_order_ref, "PO-1001")
        self.assertEqual(order.partner_id, self.customer)
        self.assertEqual(order.order_line.product_id, self.bolt + self.seal)
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", "sale.order"), ("res_id", "=", order.id)]
        )
        self.assertEqual(attachment.raw, self.pdf)
        self.assertEqual(intake.state, "done")

    def test_phone(self):
        """On a phone the document is above the fields, and an order is one tap away."""
        self.on_phone()
        self.reader.script[self.pdf.strip()] = (self.order(confidence=0.6),)
        intake = self.upload_pdf()
        self.assertEqual(intake.state, "review")
        self.tour("po_intake_phone")
        self.assertEqual(intake.sale_order_id.client_order_ref, "PO-1001")

    def on_phone(self):
        self.patch(type(self), "browser_size", "375x667")
        self.patch(type(self), "touch_enabled", True)

    def test_phone_lines(self):
        """A line is split in two, and made one again, with two taps each."""
        self.on_phone()
        self.reader.script[self.pdf.strip()] = (self.order(confidence=0.6),)
        intake = self.upload_pdf()
        self.tour("po_intake_phone_lines")
        self.assertEqual(intake.line_ids.mapped("quantity"), [5, 10])
        self.assertIn("merged two lines", str(intake.message_ids.mapped("body")))

    def test_desk(self):
        """Keys lead to what is missing and to the words; a column is filled at one go."""
        misread = [replace(line, quantity=Decimal(99)) for line in self.order().lines]
        misread[1] = replace(misread[1], our_code=None, description="Something round")
        self.reader.script[self.pdf.strip()] = (self.order(lines=tuple(misread)),)
        intake = self.upload_pdf()
        self.tour("po_intake_desk")
        self.assertEqual(intake.order_reference, "PO-1001")
        self.assertEqual(intake.line_ids.mapped("quantity"), [5, 10])
        picked = {path: place["text"] for path, place in intake.picks.items()}
        self.assertEqual(
            picked, {"number": "PO-1001", "lines.0.quantity": "5", "lines.1.quantity": "10"}
        )

    def test_approve_next(self):
        """After one card comes the next that waits; what is done is passed over."""
        for text, sure in (("PO-1", 0.99), ("PO-2", 0.6), ("PO-3", 0.6)):
            self.script(text, self.order(number=text, confidence=sure))
        cards = self.process(self.upload("PO-1", "PO-2", "PO-3", user=self.user))
        self.assertEqual(cards.mapped("state"), ["done", "review", "review"])
        self.tour("po_intake_approve_next")
        self.assertEqual(cards.mapped("state"), ["done"] * 3)

    def test_rework(self):
        """Lines are reordered, a file is added, an order is split off and is a duplicate."""
        intake = self.upload_pdf()
        self.script("more", self.order(lines=self.order().lines[1:], amount_untaxed=None))
        self.env["ir.attachment"].create(
            {"name": "more.txt", "raw": b"more", "res_model": "po.intake", "res_id": intake.id}
        )
        self.tour("po_intake_rework")
        self.assertEqual(
            intake.line_ids.mapped("description"), ["Something round", "Hex bolt M8x40 zinc"]
        )
        part = self.env["po.intake"].search([("origin_id", "=", intake.id)])
        self.assertEqual(part.line_ids.product_id, self.seal)
        self.assertEqual((part.state, part.duplicate_of_id), ("rejected", intake))

    def test_choose(self):
        """One of the suggested products is taken with a click."""
        sure, unsure = self.order().lines
        vague = dataclasses.replace(unsure, our_code=None, description="Sealing ring")
        self.reader.script[self.pdf.strip()] = (self.order(lines=(sure, vague)),)
        intake = self.upload_pdf()
        self.assertFalse(intake.line_ids[1].product_id)
        self.tour("po_intake_choose")
        self.assertEqual(intake.line_ids[1].product_id, self.seal)

    def test_keyboard(self):
        """An order is reviewed and approved without a mouse."""
        sure, unsure = self.order().lines
        vague = dataclasses.replace(unsure, our_code=None, description="Sealing ring")
        self.reader.script[self.pdf.strip()] = (self.order(lines=(sure, vague)),)
        intake = self.upload_pdf()
        self.tour("po_intake_keyboard")
        self.assertEqual(intake.sale_order_id.order_line.product_id, self.bolt + self.seal)

    def test_reject(self):
        """A document that is not to be ordered leaves the board with a reason."""
        intake = self.upload_pdf()
        self.tour("po_intake_reject")
        self.assertEqual(intake.state, "rejected")
        self.assertEqual(intake.reject_reason, "Ordered by phone already")
        self.assertFalse(intake.sale_order_ids)

    def test_change(self):
        """A changed order is compared with the draft, and only what is ticked is applied."""
        self.script("order", self.order())
        order = self.process(self.upload("order")).sale_order_id
        self.bolt.list_price = 42
        bolts, seals = self.order().lines
        more = replace(bolts, quantity=Decimal(8), price_unit=Decimal(40), price_subtotal=None)
        changed = self.order(lines=(more, seals), amount_untaxed=None)
        self.reader.script[self.pdf.strip()] = (changed,)
        intake = self.upload_pdf()
        self.tour("po_intake_change")
        self.assertEqual(order.order_line[0].product_uom_qty, 8)
        self.assertEqual(order.order_line[0].price_unit, 42)
        self.assertEqual((intake.state, intake.sale_order_id), ("done", order))

    def test_release(self):
        """A stranger's document is read only after a person has released it."""
        self.script("stranger", self.order())
        self.receive(self.mail("stranger", From="Jo <jo@stranger.example>", Subject="Urgent order"))
        intake = self.open_mails()
        self.assertEqual(intake.state, "quarantine")
        self.assertFalse(intake.reading_ids)

        self.tour("po_intake_release")
        self.assertEqual(intake.state, "new")

        self.process_all()
        self.assertIn(intake.state, ("review", "done"))
        self.assertTrue(intake.reading_ids)
        self.assertFalse(self.env["po.intake.sender"].search([("name", "ilike", "stranger")]))


@tagged("post_install", "-at_install")
class TestLiveBoard(IntakeCase):
    """Open boards need no reload."""

    def told(self):
        """Ids of intakes that the bus has told the users of this app about."""
        self.env.cr.precommit.run()
        group = self.env.ref("po_intake.group_po_intake_user")
        channel = f'"res.groups",{group.id}'
        ids = set()
        for row in self.env["bus.bus"].sudo().search([("message", "like", "po_intake/changed")]):
            self.assertIn(channel, row.channel.replace(" ", ""), "nobody else is told")
            ids.update(json.loads(row.message)["payload"]["ids"])
        return ids

    def test_arrival_and_result_are_told(self):
        """A document that arrives, and what becomes of it, reaches open boards."""
        self.script("order", self.order())
        intake = self.upload("order")
        self.assertIn(intake.id, self.told())
        self.env["bus.bus"].sudo().search([]).unlink()
        self.process(intake)
        self.assertNotEqual(intake.state, "new")
        self.assertIn(intake.id, self.told())

    def test_a_correction_is_not_told(self):
        """What somebody types moves no card, so nobody else's board is disturbed."""
        self.script("order", self.order(confidence=0.5))
        intake = self.process(self.upload("order"))
        self.told()
        self.env["bus.bus"].sudo().search([]).unlink()
        intake.order_reference = "PO-1002"
        self.assertFalse(self.told())
