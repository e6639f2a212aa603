"""Who really sent a mail, as the company's own mail server says."""

from .common import IntakeCase

ME = "mx.larch.example"


class TestAuthentication(IntakeCase):
    def setUp(self):
        super().setUp()
        self.team.authserv_id = ME
        self.script("order", self.order())

    def arrived(self, *results):
        raw = self.mail("order")
        for result in reversed(results):
            raw = f"Authentication-Results: {result}\n".encode() + raw
        self.receive(raw)
        return self.open_mails()

    def test_proved_sender_is_drafted(self):
        for index, result in enumerate(
            (
                "dmarc=pass header.from=brook-valves.example",
                "spf=pass smtp.mailfrom=jo@brook-valves.example; dkim=none",
                "dkim=pass (2048-bit key) header.d=brook-valves.example header.s=k1; spf=softfail",
            )
        ):
            with self.subTest(result=result):
                self.script("order", self.order(number=f"PO-{index}"))
                raw = self.mail("order", Message_Id=f"<{index}@brook-valves.example>")
                self.receive(f"Authentication-Results: {ME}; {result}\n".encode() + raw)
                intake = self.open_mails()
                self.assertNotIn("sender_forged", self.codes(intake))
                self.assertNotIn("sender_not_authenticated", self.codes(intake))

    def test_forged_sender_waits_in_quarantine(self):
        intake = self.arrived(f"{ME}; dmarc=fail header.from=brook-valves.example; spf=pass")
        self.assertEqual(intake.state, "quarantine")

    def test_released_forgery_is_never_drafted_by_itself(self):
        intake = self.arrived(f"{ME}; dmarc=fail")
        intake.action_release()
        self.process(intake)
        self.assertIn("sender_forged", self.codes(intake))
        self.assertFalse(intake.sale_order_id)

    def test_somebody_elses_verdict_counts_for_nothing(self):
        intake = self.arrived("mx.evil.example; dmarc=pass header.from=brook-valves.example")
        self.assertIn("sender_not_authenticated", self.codes(intake))

    def test_our_servers_first_word_counts(self):
        intake = self.arrived(f"{ME}; dmarc=fail", f"{ME}; dmarc=pass")
        self.assertEqual(intake.state, "quarantine")

    def test_proof_of_another_domain_is_none(self):
        intake = self.arrived(f"{ME}; spf=pass smtp.mailfrom=x@bulk.example; dkim=fail")
        self.assertEqual(intake.state, "quarantine")

    def test_not_asked_for(self):
        self.team.authserv_id = False
        intake = self.arrived(f"{ME}; dmarc=fail")
        self.assertFalse({"sender_forged", "sender_not_authenticated"} & self.codes(intake))
