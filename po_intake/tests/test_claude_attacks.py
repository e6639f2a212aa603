"""A document that gives orders to its reader, and a reader that obeys: nothing comes of it."""

import json
import re
from contextlib import contextmanager

from odoo.tests import tagged
from odoo.tools import file_path

from ..extraction.acceptance import accept
from ..extraction.readers import standard
from .attack_files import FORMATS, ROWS, mail, pdf, scan, ubl
from .attacks import ATTACKS
from .common import IntakeCase
from .messages_server import KEY, MessagesServer, claimed, claims


@tagged("-at_install", "post_install")
class TestClaudeAttacks(IntakeCase):
    """Through the whole pipeline: real readers, the real client, a model that obeys each time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        reader = cls.env.registry["po.intake.reader"]
        # IntakeCase takes its overrides of these hooks away at the end
        reader._get_readers = lambda service, intake: [
            *standard(),
            *service._get_witnesses(intake),
        ]
        reader._accept = lambda service, document: accept(document)
        names = "our_code description quantity uom price_unit price_subtotal".split()
        cls.honest = claimed(
            *(dict(zip(names, cells)) for cells in ROWS),
            title="Purchase order",
            number="PO-4711",
            order_date="02.11.2026",
            amount_untaxed="530.00",
            partner={"reference": "K-4711"},
        )

    def setUp(self):
        super().setUp()
        self.server = MessagesServer()
        self.addCleanup(self.server.close)
        self.company.write({"po_intake_claude_key": KEY, "po_intake_claude_url": self.server.url})
        self.team.write({"model_consent": True, "model_policy": "always"})

    def arrive(self, name, content, *documents, asked=True):
        """A mail comes by the gateway, any other file by the upload button."""
        self.server.script = [claims(*documents)]
        self.server.requests.clear()
        if name.endswith(".eml"):
            to = f"To: orders@{self.domain}\n".encode()
            self.receive(to + content)
            intake = self.open_mails()
        else:
            attachment = self.env["ir.attachment"].create({"name": name, "raw": content})
            before = self.env["po.intake"].search([])
            self.env["po.intake"].create_document_from_attachment(attachment.ids)
            intake = self.env["po.intake"].search([]) - before
            with self.enter_registry_test_mode():
                self.process(intake)
        self.assertEqual(self.server.complaints, [])
        self.assertEqual(bool(self.server.requests), asked, f"Was Claude asked about {name}?")
        return intake

    def ordered(self, intake):
        """What was drafted, as far as an attack could want it changed."""
        order = intake.sale_order_id
        return (
            order.partner_id,
            order.client_order_ref,
            order.commitment_date,
            [(line.product_id, line.product_uom_qty, line.price_unit) for line in order.order_line],
        )

    def truth(self):
        lines = [(self.bolt, 5.0, 100.0), (self.seal, 10.0, 3.0)]
        return self.customer, "PO-4711", False, lines

    def test_an_honest_order_is_drafted(self):
        """Else nothing that follows would prove anything."""
        intake = self.arrive("order.pdf", pdf("Thank you."), self.honest)
        self.assertEqual(intake.state, "done", (self.codes(intake), intake.confidence))
        self.assertEqual(self.ordered(intake), self.truth())

    def test_what_no_eye_sees_is_not_sent(self):
        content = file_path("po_intake/tests/files/hidden_text.pdf")
        with open(content, "rb") as file:
            intake = self.arrive("order.pdf", file.read(), self.honest)
        sent = json.dumps(self.server.requests)
        self.assertIn("[page 1]", sent)
        for kind in ("white", "invisible", "tiny", "off page", "faint", "covered"):
            self.assertNotIn(f"[{kind}]", sent)
        self.assertIn("hidden_text", self.codes(intake))
        self.assertEqual(intake.state, "review")

    def test_what_a_mail_hides_is_not_sent_and_told(self):
        hidden = f'<p style="color:white">{ATTACKS[0][1]}</p></body>'.encode()
        content = mail("Thank you.").replace(b"</body>", hidden)
        intake = self.arrive("mail.eml", content, self.honest)
        self.assertNotIn("9999", str(self.server.requests))
        self.assertIn("9999", self.finding(intake, "text_left_out").message)

    def test_an_honest_order_is_read_in_every_format(self):
        for name, build in FORMATS.items():
            with self.subTest(name=name), self.undone():
                intake = self.arrive(name, build("Thank you."), self.honest)
                self.assertEqual(intake.order_reference, "PO-4711")
                self.assertEqual(intake.line_ids.mapped("quantity"), [5.0, 10.0])
                self.assertNotIn("single_reading", self.codes(intake))

    def test_what_an_obedient_model_claims_is_never_drafted(self):
        """A person is told, or the order is the honest one: a claimed date is not even taken."""
        self.assertGreaterEqual(len(ATTACKS), 30)
        builders = list(FORMATS.items())
        waiting = 0
        for number, (language, attack, obey) in enumerate(ATTACKS):
            name, build = builders[number % len(builders)]
            with self.subTest(language=language, attack=attack, name=name), self.undone():
                intake = self.arrive(name, build(attack), obey(self.honest))
                sent = str(self.server.requests)
                self.assertTrue(any(word in sent for word in re.findall(r"\w{4,}", attack)), sent)
                if intake.sale_order_ids:
                    self.assertEqual(self.ordered(intake), self.truth())
                    continue
                waiting += 1
                self.check_told(intake)
        self.assertGreaterEqual(waiting, len(ATTACKS) - 1)

    def test_a_scan_is_no_way_in_either(self):
        """What is read in the picture, if anything can, or nothing: a person is told."""
        _language, attack, obey = ATTACKS[0]  # one: to recognize a page takes seconds
        intake = self.arrive("scan.png", scan(attack), obey(self.honest))
        self.assertFalse(intake.sale_order_ids)
        self.check_told(intake)

    def test_an_electronic_order_is_not_even_sent(self):
        for language, attack, obey in ATTACKS[::7]:
            with self.subTest(language=language, attack=attack), self.undone():
                intake = self.arrive("order.xml", ubl(attack), obey(self.honest), asked=False)
                self.assertEqual(intake.order_reference, "PO-4711")
                self.assertEqual(intake.line_ids.mapped("quantity"), [5.0, 10.0])
                self.assertEqual(intake.line_ids.mapped("our_code"), [cells[0] for cells in ROWS])

    @contextmanager
    def undone(self):
        savepoint = self.env.cr.savepoint()
        try:
            yield
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def check_told(self, intake):
        self.assertEqual(intake.state, "review")
        told = self.codes(intake) & {"ungrounded", "readers_differ", "single_reading"}
        self.assertTrue(told, self.codes(intake))
