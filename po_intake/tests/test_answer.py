from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from odoo.addons.mail.tests.common import MailCommon
from odoo.addons.po_intake.extraction.document import Party

from .common import IntakeCase

SENDER = "jo@brook-valves.example"


class AnswerCase(IntakeCase, MailCommon):
    """A mailed order, and the mails that go out."""

    def mailed(self, sure=True, **headers):
        """The intake of an order that came by mail."""
        self.script("order", self.order(confidence=0.99 if sure else 0.5))
        self.receive(self.mail("order", **headers))
        return self.open_mails()

    def mails(self, address=SENDER):
        """What stands in the queue, or was sent, for an address."""
        return self._new_mails.filtered(lambda mail: address in (mail.email_to or ""))


@tagged("post_install", "-at_install")
class TestReject(AnswerCase):
    def wizard(self, intake, reply=True, **values):
        wizard = self.env["po.intake.reject"].with_user(self.clerk)
        form = Form(wizard.with_context(default_intake_ids=intake.ids))
        form.reason = "We do not sell <b>pumps</b> any more"
        form.reply = reply
        for name, value in values.items():
            form[name] = value
        return form.save()

    def reject(self, intake, **values):
        wizard = self.wizard(intake, **values)
        with self.mock_mail_gateway():
            wizard.action_reject()
        self.assertEqual(intake.state, "rejected")

    def test_nothing_is_sent_by_default(self):
        self.reject(self.mailed(sure=False), reply=False)
        self.assertFalse(self._new_mails)

    def test_reply_says_why_and_texts_are_escaped(self):
        self.reject(self.mailed(sure=False))
        mail = self.mails()
        self.assertEqual(len(mail), 1)
        self.assertIn("PO-1001", mail.body_html)
        self.assertIn("We do not sell &lt;b&gt;pumps&lt;/b&gt; any more", mail.body_html)

    def test_reply_is_sent_as_the_person_has_written_it(self):
        self.reject(self.mailed(sure=False), subject="About your order", body="<p>Sorry!</p>")
        mail = self.mails()
        self.assertEqual(mail.subject, "About your order")
        self.assertIn("Sorry!", mail.body_html)

    def test_reply_speaks_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.customer.lang = "fr_FR"
        self.env.ref("po_intake.mail_template_reject").with_context(
            lang="fr_FR"
        ).subject = "Votre commande"
        self.assertEqual(self.wizard(self.mailed(sure=False)).subject, "Votre commande")

    def test_reply_speaks_the_language_of_the_document_of_a_stranger(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.script("order", self.order(language="fr", partner=Party(name="Inconnu SA")))
        intake = self.process(self.upload("order"))
        self.assertFalse(intake.partner_id)
        self.assertEqual(intake._answer_language(), "fr_FR")

    def test_stranger_is_answered_only_where_the_address_is_typed(self):
        intake = self.mailed(From="Eve <eve@stranger.example>")
        self.assertEqual(intake.state, "quarantine")
        wizard = self.env["po.intake.reject"].create(
            {"intake_ids": intake.ids, "reason": "No", "reply": True}
        )
        self.assertFalse(wizard.email_to)
        self.reject(intake, email_to="eve@stranger.example")
        self.assertEqual(len(self.mails("eve@stranger.example")), 1)

    def test_machine_is_not_answered_even_if_its_address_is_typed(self):
        intake = self.mailed(sure=False, Auto_Submitted="auto-generated")
        wizard = self.wizard(intake, email_to=SENDER)
        with self.assertRaises(UserError):
            wizard.action_reject()

    def test_several_cards_get_no_reply(self):
        intakes = self.mailed(sure=False) | self.upload("second")
        wizard = self.env["po.intake.reject"].create({"intake_ids": intakes.ids, "reason": "No"})
        self.assertFalse(wizard.can_reply)


@tagged("post_install", "-at_install")
class TestAcknowledge(AnswerCase):
    def test_nobody_is_told_by_default(self):
        with self.mock_mail_gateway():
            self.mailed().sale_order_id.action_confirm()
        self.assertFalse(self.mails())

    def test_customer_is_told_once_when_the_order_is_drafted(self):
        self.team.acknowledge = "drafted"
        with self.mock_mail_gateway():
            order = self.mailed().sale_order_id
            order.action_confirm()
        mail = self.mails()
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.state, "outgoing", "it waits in Odoo's queue")
        self.assertIn("PO-1001", mail.body_html)
        self.assertIn("auto-replied", mail.headers)
        self.assertIn(mail.mail_message_id, order.message_ids)
        self.assertNotIn("access_token", mail.body_html)

    def test_customer_is_told_once_when_the_order_is_confirmed(self):
        self.team.acknowledge = "confirmed"
        with self.mock_mail_gateway():
            order = self.mailed().sale_order_id
            self.assertFalse(self.mails())
            order.action_confirm()
            order.with_context(disable_cancel_warning=True).action_cancel()
            order.action_draft()
            order.action_confirm()
        self.assertEqual(len(self.mails()), 1)

    def test_customer_is_told_in_its_own_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.customer.lang = "fr_FR"
        self.team.acknowledge = "drafted"
        self.env.ref("po_intake.mail_template_acknowledge").with_context(
            lang="fr_FR"
        ).subject = "Votre commande {{ object.client_order_ref }}"
        with self.mock_mail_gateway():
            self.mailed()
        self.assertEqual(self.mails().subject, "Votre commande PO-1001")

    def test_machines_are_not_answered(self):
        self.team.acknowledge = "drafted"
        marks = [
            {"Auto_Submitted": "auto-replied"},
            {"Precedence": "bulk"},
            {"Return_Path": "<>"},
            {"List_Id": "<orders.brook-valves.example>"},
            {"X_Auto_Response_Suppress": "DR, OOF, AutoReply"},
        ]
        for number, mark in enumerate(marks):
            self.reader.script.clear()
            self.script(f"order {number}", self.order(number=f"PO-{number}"))
            with self.subTest(mark), self.mock_mail_gateway():
                self.receive(
                    self.mail(f"order {number}", Message_Id=f"<{number}@x.example>", **mark)
                )
                intake = self.open_mails()
                self.assertEqual(intake.state, "done")
                self.assertFalse(self._new_mails.filtered("email_to"))

    def test_strangers_are_not_answered(self):
        self.team.write({"acknowledge": "drafted", "unknown_sender": "review"})
        intake = self.mailed(From="Eve <eve@stranger.example>").with_user(self.clerk)
        with self.mock_mail_gateway():
            intake.action_approve()
        self.assertFalse(self.mails("eve@stranger.example"))

    def test_order_from_another_customers_address_is_told_to_neither(self):
        self.env["res.partner"].create(
            {"name": "Other Ltd", "is_company": True, "email": "boss@other.example"}
        )
        self.team.acknowledge = "drafted"
        intake = self.mailed(From="boss@other.example").with_user(self.clerk)
        intake.partner_id = self.customer
        self.assertIn("sender_differs", self.codes(intake))
        with self.mock_mail_gateway():
            intake.action_approve()
        self.assertTrue(intake.sale_order_id)
        self.assertFalse(self.mails("boss@other.example"))
