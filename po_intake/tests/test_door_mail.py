from email.message import EmailMessage

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import IntakeCase


@tagged("post_install", "-at_install")
class TestDoorMail(IntakeCase):
    def test_mail_is_stored_before_anything_is_parsed(self):
        mail = self.receive(self.mail("order"))
        self.assertEqual(mail.state, "received")
        self.assertFalse(mail.intake_ids)

    def test_mailed_order_becomes_a_draft(self):
        self.script("order", self.order())
        raw = self.mail("order")
        mail = self.receive(raw)
        intake = self.open_mails()
        self.assertEqual(mail.state, "done")
        self.assertEqual(intake.mail_id, mail)
        self.assertEqual(intake.state, "done")
        self.assertEqual(intake.sale_order_id.partner_id, self.customer)

    def test_same_mail_twice_is_one_intake(self):
        self.script("order", self.order())
        raw = self.mail("order")
        self.receive(raw)
        self.assertFalse(self.receive(b"Received: from another.hop.example\r\n" + raw))
        self.assertEqual(len(self.open_mails()), 1)

    def test_other_mail_with_the_same_message_id_is_not_lost(self):
        self.script("order", self.order())
        self.script("second", self.order(number="PO-1002"))
        self.receive(self.mail("order"))
        self.receive(self.mail("second"))
        self.assertEqual(set(self.open_mails().mapped("order_reference")), {"PO-1001", "PO-1002"})

    def test_two_files_are_two_intakes_and_terms_are_none(self):
        self.script("order", self.order())
        self.script("second", self.order(number="PO-1002"))
        self.receive(self.mail("order", "Our terms of delivery", "second"))
        first = self.open_mails()
        rest = self.open_mails()
        self.assertEqual(set((first | rest).mapped("order_reference")), {"PO-1001", "PO-1002"})
        self.assertEqual(len(first | rest), 2)

    def test_reading_one_of_two_again_leaves_the_other_alone(self):
        self.script("order", self.order(confidence=0.5))
        self.script("second", self.order(number="PO-1002", confidence=0.5))
        self.receive(self.mail("order", "second"))
        first, second = self.open_mails() | self.open_mails()
        for intake in (second, first):
            intake.with_user(self.clerk).action_retry()
            self.assertFalse(self.open_mails(), "no new card may come of it")
        self.assertEqual(
            [(first.order_reference, first.duplicate_of_id), (second.order_reference, False)],
            [("PO-1001", first.browse()), ("PO-1002", False)],
        )
        self.assertFalse(second.duplicate_of_id)

    def test_order_in_the_text_brings_the_mail_along(self):
        self.script("Please find our order attached.", self.order())
        raw = self.mail()
        self.receive(raw)
        intake = self.open_mails()
        self.assertEqual(intake.sale_order_id.client_order_ref, "PO-1001")
        self.assertEqual(intake.message_main_attachment_id.raw, raw)

    def test_wildcards_in_an_address_open_no_door(self):
        senders = self.env["po.intake.sender"]
        self.assertTrue(senders._is_known(self.company, "any@brook-valves.example"))
        for address in ("x@_____-______.example", "x@%.example"):
            self.assertFalse(senders._is_known(self.company, address), address)

    def test_logo_in_a_reply_is_no_document(self):
        self.script("order", self.order())
        self.receive(self.mail("order"))
        self.open_mails()
        reply = EmailMessage()
        reply["From"] = "Jo Brook <jo@brook-valves.example>"
        reply["To"] = f"orders@{self.domain}"
        reply["Message-Id"] = "<2@x.example>"
        reply["In-Reply-To"] = "<first@brook-valves.example>"
        reply.set_content("Thanks")
        reply.add_alternative('<p>Thanks <img src="cid:logo"/></p>', subtype="html")
        html = reply.get_payload()[1]
        html.add_related(b"GIF89a", "image", "gif", cid="<logo>", filename="logo.gif")
        self.receive(reply.as_bytes())
        self.assertFalse(self.open_mails())

    def test_unknown_sender_is_kept_but_not_read(self):
        self.script("order", self.order())
        self.receive(self.mail("order", From="mallory@nobody-knows.example"))
        intake = self.open_mails()
        self.assertEqual(intake.state, "quarantine")
        self.assertFalse(intake.reading_ids)
        intake.with_user(self.clerk).action_release_and_allow()
        self.assertEqual(intake.state, "new")
        self.receive(
            self.mail("order", From="mallory@nobody-knows.example", Message_Id="<2@x.example>")
        )
        self.assertNotIn("quarantine", self.open_mails().mapped("state"))

    def test_blocked_sender_stays_out(self):
        self.receive(self.mail("order", From="mallory@nobody-knows.example"))
        intake = self.open_mails()
        intake.with_user(self.clerk).action_block_sender()
        self.assertEqual(intake.state, "rejected")
        self.receive(
            self.mail("x", From="mallory@nobody-knows.example", Message_Id="<2@x.example>")
        )
        self.assertEqual(self.open_mails().state, "quarantine")

    def test_forged_colleague_does_not_own_the_record(self):
        raw = self.mail("order", From=self.clerk.email or "clerk@example.com")
        self.receive(raw)
        intake = self.open_mails()
        self.assertEqual(intake.create_uid, self.env.ref("po_intake.user_worker"))

    def test_reply_with_a_file_is_a_document_of_its_own(self):
        self.script("order", self.order())
        self.script("second", self.order(number="PO-1002"))
        self.receive(self.mail("order"))
        first = self.open_mails()
        self.receive(
            self.mail(
                "second", Message_Id="<2@x.example>", In_Reply_To="<first@brook-valves.example>"
            )
        )
        second = self.open_mails()
        self.assertEqual((first | second).mapped("order_reference"), ["PO-1001", "PO-1002"])

    def test_reply_that_orders_in_its_text_is_a_document_of_its_own(self):
        self.script("order", self.order())
        self.receive(self.mail("order"))
        first = self.open_mails()
        for number, (text, ordering) in enumerate(
            (
                ("Thanks, received. All fine with the 20 pcs.", False),
                (
                    "I am out of the office until 25 May. For orders please call extension 4711.",
                    False,
                ),
                ("Where is my order 4711? We need the 20 pcs of HB-0840-Z.", False),
                ("One more please: send us 20 pcs of HB-0840-Z on our order PO-1003.", True),
            ),
            2,
        ):
            reply = EmailMessage()
            reply["From"] = "Jo Brook <jo@brook-valves.example>"
            reply["To"] = f"orders@{self.domain}"
            reply["Subject"] = "Re: Order"
            reply["Message-Id"] = f"<{number}@x.example>"
            reply["In-Reply-To"] = "<first@brook-valves.example>"
            reply.set_content(text)
            self.receive(reply.as_bytes())
            opened = self.open_mails()
            self.assertEqual(bool(opened), ordering, text)
            self.assertEqual(opened.origin_id, first if ordering else self.env["po.intake"])

    def test_team_of_the_address_gets_it_without_an_alias_domain(self):
        buyers = self.env["po.intake.team"].create(
            {"name": "Buyers", "alias_name": "buyers", "direction": "purchase", "sequence": 99}
        )
        buyers.alias_id.alias_domain_id = False
        self.receive(self.mail("order", To="Buyers <buyers@elsewhere.example>"))
        self.assertEqual(self.open_mails().team_id, buyers)

    def test_mail_is_stored_for_the_company_of_its_domain(self):
        # the first domain of a database takes all addresses that have none
        _south, domain = self.env["mail.alias.domain"].create(
            [{"name": "south.example"}, {"name": "north.example"}]
        )
        north = self.env["res.company"].create({"name": "North", "alias_domain_id": domain.id})
        team = self.env["po.intake.team"].create(
            {"name": "North", "company_id": north.id, "alias_name": "orders", "sequence": 99}
        )
        mail = self.receive(self.mail("order", To="orders@north.example"))
        self.assertEqual(mail.company_id, north)
        self.assertEqual(self.open_mails().team_id, team)

    def test_mail_for_others_goes_odoos_own_way(self):
        self.assertFalse(
            self.env["po.intake.mail"]._is_for_us(self.mail("x", To="nobody@test.example"))
        )

    @mute_logger(
        "odoo.addons.po_intake.models.po_intake_queue", "odoo.addons.mail.models.mail_thread"
    )
    def test_mail_that_cannot_be_opened_is_kept(self):
        mail = self.receive(self.mail("order"))

        def broken(*args, **kwargs):
            raise ValueError("cannot parse")

        self.patch(self.env.registry["mail.thread"], "message_parse", broken)
        for _attempt in range(3):
            mail.retry_at = False
            self.open_mails()
        self.assertEqual(mail.state, "failed")
        self.assertIn("cannot parse", mail.error)
        self.assertTrue(mail.raw)
        self.assertEqual((mail.intake_ids.state, mail.intake_ids.team_id), ("error", self.team))
