import re
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.http import Request
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.po_intake.controllers import portal
from odoo.addons.po_intake.extraction.document import Party
from odoo.addons.po_intake.models import po_intake_portal

from .common import IntakeCase

LIST = "/my/sent-orders"


@tagged("post_install", "-at_install")
class TestPortal(HttpCase, IntakeCase):
    """What customers see of their orders over HTTP, and what they can send."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.partner"].create(
            {"name": "Alder Castings Ltd", "is_company": True, "ref": "K-4712"}
        )
        cls.jo = cls.login("jo", cls.customer)
        cls.mae = cls.login("mae", cls.customer)
        cls.spy = cls.login("spy", cls.other)

    @classmethod
    def login(cls, name, company):
        user = new_test_user(
            cls.env,
            f"po_intake_{name}",
            groups="base.group_portal",
            email=f"{name}@{'brook-valves' if company == cls.customer else 'alder'}.example",
        )
        user.partner_id.parent_id = company
        return user

    def setUp(self):
        super().setUp()
        self.script("order", self.order())
        self.script("unsure", self.order(number="PO-2", confidence=0.5))
        self.done, self.waiting = self.process(self.upload("order", "unsure"))

    def enter(self, user):
        self.authenticate(user.login, user.login)

    def get(self, path=""):
        return self.url_open(LIST + path)

    def page(self, path=""):
        reply = self.get(path)
        self.assertEqual(reply.status_code, 200)
        return reply.text

    def post(self, path, data=None, files=None, token=None):
        data = {"csrf_token": token or Request.csrf_token(self), **(data or {})}
        return self.url_open(LIST + path, data=data, files=files)

    def send(self, *files, **options):
        return self.post("/upload", files=[("files", item) for item in files], **options)

    def sent(self):
        return self.env["po.intake"].search([("source", "=", "portal")], order="id")

    def ask(self, card):
        """*Send message* in the chatter."""
        card.with_user(self.clerk).message_post(
            body="Which colour?", message_type="comment", subtype_xmlid="mail.mt_comment"
        )

    # who sees what

    def test_contacts_of_one_company_see_its_orders(self):
        for user in (self.jo, self.mae):
            self.enter(user)
            page = self.page()
            self.assertIn("PO-1001", page)
            self.assertIn("PO-2", page)
            self.assertIn("Being checked", page)
            self.assertIn("PO-1001", self.page(f"/{self.done.id}"))

    def test_nobody_sees_the_orders_of_others(self):
        self.enter(self.spy)
        self.assertNotIn("PO-1001", self.page())
        for path in (f"/{self.done.id}", f"/{self.done.id}/document", "/999999999"):
            with mute_logger("odoo.http"):
                self.assertEqual(self.get(path).status_code, 404, path)
        with mute_logger("odoo.http"):
            self.assertEqual(
                self.post(f"/{self.done.id}/answer", {"text": "mine"}).status_code, 404
            )
        self.assertNotIn("mine", " ".join(self.done.message_ids.mapped("body")))

    def test_nobody_sees_anything_without_login(self):
        self.authenticate(None, None)
        for path in ("", f"/{self.done.id}", f"/{self.done.id}/document"):
            self.assertIn("/web/login", self.get(path).url)

    def test_portal_users_have_no_rights_on_the_model(self):
        for user in (self.jo, self.spy):
            for model in ("po.intake", "po.intake.line", "po.intake.finding", "po.intake.team"):
                self.assertFalse(self.env[model].with_user(user).has_access("read"), model)

    def test_card_whose_customer_is_in_doubt_is_shown_to_nobody(self):
        """It names the customer, but somebody else has sent it."""
        self.waiting.finding_ids.create({"intake_id": self.waiting.id, "code": "sender_differs"})
        self.enter(self.jo)
        self.assertNotIn("PO-2", self.page())
        self.waiting.finding_ids.action_waive()
        self.assertIn("PO-2", self.page())

    def test_quarantine_and_purchases_are_not_shown(self):
        self.waiting.state = "quarantine"
        self.done.direction = "purchase"
        self.enter(self.jo)
        page = self.page()
        self.assertNotIn("PO-2", page)
        self.assertNotIn("PO-1001", page)

    def test_page_tells_life_and_order_and_gives_the_document(self):
        order = self.done.sale_order_id
        self.enter(self.jo)
        self.assertNotIn(order.name, self.page(f"/{self.done.id}"), "still a draft")
        order.action_confirm()
        page = self.page(f"/{self.done.id}")
        self.assertIn(f"/my/orders/{order.id}", page)
        self.assertIn("Confirmed", page)
        reply = self.get(f"/{self.done.id}/document")
        self.assertEqual(reply.content, b"order")
        self.assertIn("attachment", reply.headers["Content-Disposition"])
        self.assertEqual(reply.headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("sandbox", reply.headers["Content-Security-Policy"])

    def test_what_a_document_says_is_never_markup(self):
        self.done.order_reference = "<script>alert(1)</script>"
        self.enter(self.jo)
        for path in ("", f"/{self.done.id}"):
            self.assertNotIn("<script>alert(1)", self.page(path))

    def test_notes_and_forwarded_mails_stay_in_the_house(self):
        self.done.message_post(body="Between us: slow payer")
        self.done.message_post(
            body="FYI, the rude one", message_type="email", subtype_xmlid="mail.mt_comment"
        )
        self.ask(self.done)
        self.enter(self.jo)
        page = self.page(f"/{self.done.id}")
        self.assertNotIn("slow payer", page)
        self.assertNotIn("rude one", page)
        self.assertIn("Which colour?", page)

    # what is sent

    def test_upload_goes_the_way_of_a_mail(self):
        self.enter(self.jo)
        self.script("new", self.order(number="PO-3", partner=Party()))
        reply = self.send(("order.txt", b"new"))
        card = self.sent()
        self.assertTrue(reply.url.endswith(f"{LIST}/{card.id}"))
        self.assertEqual((card.state, card.team_id), ("new", self.team))
        self.assertEqual(card.message_main_attachment_id.raw, b"new")
        self.assertFalse(card.message_main_attachment_id.public)
        self.assertEqual(card.create_uid, self.env.ref("po_intake.user_worker"))
        self.process(card)
        self.assertEqual(card.partner_id, self.customer, "who has logged in orders")
        self.assertEqual(card.order_reference, "PO-3")
        self.enter(self.mae)
        self.assertIn("PO-3", self.page())

    def test_order_of_another_customer_waits_and_is_not_shown_to_them(self):
        self.enter(self.spy)
        self.script("theirs", self.order(number="PO-4"))
        self.send(("order.txt", b"theirs"))
        card = self.process(self.sent())
        self.assertEqual((card.state, card.partner_id), ("review", self.customer))
        self.assertIn("sender_differs", self.codes(card))
        self.assertIn("PO-4", self.page())
        self.enter(self.jo)
        self.assertNotIn("PO-4", self.page())

    def test_address_that_a_login_gives_itself_proves_nothing(self):
        """Portal users write their own e-mail address."""
        self.spy.partner_id.email = "office@brook-valves.example"
        self.enter(self.spy)
        self.script("bare", self.order(number="PO-5", partner=Party()))
        self.send(("order.txt", b"bare"))
        self.assertEqual(self.process(self.sent()).partner_id, self.other)

    def test_upload_without_token_is_refused(self):
        self.enter(self.jo)
        with mute_logger("odoo.http"):
            reply = self.send(("order.txt", b"new"), token="wrong")
        self.assertEqual(reply.status_code, 400)
        self.assertFalse(self.sent())

    def test_what_is_refused(self):
        self.enter(self.jo)
        self.patch(portal, "MOST_BYTES", 10)
        self.patch(portal, "MOST_FILES", 2)
        refused = {
            "no kind that we can read": [("order.exe", b"MZ")],
            "too large": [("order.pdf", b"x" * 11)],
            "is empty": [("order.pdf", b"")],
            "at most 2 files": [(f"{number}.pdf", b"x") for number in range(3)],
        }
        for words, files in refused.items():
            self.assertIn(words, self.send(*files).text)
        self.assertIn("choose a file", self.post("/upload").text)
        self.assertFalse(self.sent())

    def test_names_of_files_are_for_display(self):
        self.enter(self.jo)
        self.send(("../../etc/<b>x.pdf", b"x"))
        self.assertEqual(self.sent().source_name, "<b>x.pdf")
        self.assertNotIn("<b>x.pdf", self.page())

    def test_rate_of_uploads_is_limited_for_a_company(self):
        self.patch(po_intake_portal, "MOST_UPLOADS", 2)
        self.enter(self.jo)
        self.send(("1.txt", b"1"))
        self.enter(self.mae)
        self.send(("2.txt", b"2"))
        self.assertIn("go on later", self.send(("3.txt", b"3")).text)
        self.assertEqual(len(self.sent()), 2)
        self.env.cr.execute(
            "UPDATE po_intake SET create_date = %s",
            [fields.Datetime.now() - timedelta(hours=2)],
        )
        self.send(("3.txt", b"3"))
        self.assertEqual(len(self.sent()), 3)

    def test_blocked_senders_are_not_read(self):
        self.env["po.intake.sender"].create({"name": self.jo.email, "policy": "block"})
        self.enter(self.jo)
        self.send(("order.txt", b"new"))
        self.assertEqual(self.sent().state, "quarantine")

    def test_team_that_takes_no_uploads(self):
        self.env["po.intake.team"].search([]).portal_upload = False
        self.enter(self.jo)
        self.assertNotIn("Send a purchase order", self.page())
        self.assertIn("send them by mail", self.send(("order.txt", b"new")).text)
        self.assertFalse(self.sent())

    def test_colleagues_upload_on_the_board(self):
        """Their login says nothing about who orders."""
        self.enter(self.clerk)
        self.assertNotIn("Send a purchase order", self.page())
        self.assertIn("send them by mail", self.send(("order.txt", b"new")).text)
        self.assertFalse(self.sent())

    # questions

    def test_answer_lands_in_the_chatter_and_tells_somebody(self):
        self.team.user_id = self.clerk
        self.enter(self.jo)
        self.post(f"/{self.waiting.id}/answer", {"text": "Size <b>9</b>,\nplease"})
        message = self.waiting.message_ids[0]
        self.assertEqual(message.author_id, self.jo.partner_id)
        self.assertIn("Size &lt;b&gt;9&lt;/b&gt;,<br", message.body)
        self.assertIn("Size", self.waiting.activity_ids.filtered("user_id")[-1].summary)
        self.assertIn("please", self.page(f"/{self.waiting.id}"))

    def test_answers_are_limited(self):
        self.patch(po_intake_portal, "MOST_ANSWERS", 1)
        card = self.waiting.with_user(self.jo).sudo()
        card._portal_answer("one")
        for text in ("two", " "):
            with self.assertRaises(UserError):
                card._portal_answer(text)

    def test_mail_with_a_question_leads_to_the_page(self):
        self.enter(self.jo)
        self.send(("order.txt", b"new"))
        card = self.sent()
        self.assertIn(self.jo.partner_id, card.message_partner_ids)
        self.ask(card)
        mail = self.env["mail.mail"].search([("res_id", "=", card.id)], order="id desc", limit=1)
        self.assertTrue(re.search(rf"{LIST}/{card.id}\b", mail.body_html))

    def test_home_page_leads_there(self):
        self.enter(self.jo)
        self.assertIn(f'href="{LIST}"', self.url_open("/my").text)
