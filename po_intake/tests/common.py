"""What tests of this addon and of addons that extend it can build on."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from email.message import EmailMessage

from odoo.tests import TransactionCase, new_test_user

from odoo.addons.po_intake.extraction.document import OrderDocument, OrderLine, Party
from odoo.addons.po_intake.extraction.reader import ReaderError
from odoo.addons.po_intake.models.po_intake_reader import sandbox


@dataclass
class ScriptedReader:
    """Reads from the script: maps the text of a file to its documents, or to an error.

    A text that is not in the script is no order of anybody's.
    """

    script: dict = field(default_factory=dict)
    code: str = "scripted"
    cost: int = 1
    sandboxed: bool = False

    def can_read(self, source):
        return True

    def read(self, source, hints):
        answer = self.script.get(source.content.strip(), ())
        if isinstance(answer, Exception):
            raise answer
        return tuple(answer)


class IntakeCase(TransactionCase):
    """A company with a team, a customer and two products, and a reader that follows a script."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls.env.ref("po_intake.team_orders")
        cls.company = cls.team.company_id
        cls.domain = cls.team.alias_domain_id.name or "test.example"
        cls.customer = cls.env["res.partner"].create(
            {
                "name": "Brook Valves Ltd",
                "is_company": True,
                "ref": "K-4711",
                "email": "office@brook-valves.example",
                "street": "Mill Lane 4",
                "zip": "4711",
                "city": "Brookfield",
            }
        )
        cls.warehouse = cls.env["res.partner"].create(
            {
                "name": "Brook Valves Ltd, Depot",
                "parent_id": cls.customer.id,
                "type": "delivery",
                "street": "Harbour Road 9",
                "zip": "4712",
                "city": "Portside",
            }
        )
        cls.bolt = cls.env["product.product"].create(
            {"name": "Hex bolt M8x40 zinc", "default_code": "HB-0840-Z", "list_price": 100.0}
        )
        cls.seal = cls.env["product.product"].create(
            {"name": "Sealing ring 20 mm", "default_code": "SR-20", "list_price": 3.0}
        )
        cls.clerk = new_test_user(
            cls.env,
            "po_intake_clerk",
            groups="po_intake.group_po_intake_user,sales_team.group_sale_salesman_all_leads,"
            "base.group_partner_manager",
        )
        cls.reader = ScriptedReader()
        cls.addClassCleanup(sandbox().close)
        cls._override("_get_readers", lambda service, intake: [cls.reader])
        # what the script says is taken as it is
        cls._override("_accept", lambda service, document: document)

    @classmethod
    def _override(cls, hook, method):
        """Override a hook of the reader service, as an addon does that extends it."""
        model = cls.env.registry["po.intake.reader"]
        setattr(model, hook, method)
        cls.addClassCleanup(delattr, model, hook)

    @classmethod
    def order(cls, **values):
        """A sure order of the customer: two lines that add up."""
        lines = (
            OrderLine(
                sequence=1,
                our_code="HB-0840-Z",
                description="Hex bolt M8x40 zinc",
                quantity=Decimal(5),
                price_unit=Decimal(42),
                price_subtotal=Decimal(210),
            ),
            OrderLine(
                sequence=2,
                our_code="SR-20",
                description="Sealing ring 20 mm",
                quantity=Decimal(10),
                price_unit=Decimal(3),
                price_subtotal=Decimal(30),
            ),
        )
        vals = {
            "number": "PO-1001",
            "order_date": date(2026, 11, 2),
            "currency": cls.env.ref("po_intake.team_orders").company_id.currency_id.name,
            "partner": Party(name="Brook Valves Ltd", reference="K-4711"),
            "lines": lines,
            "amount_untaxed": Decimal(240),
            "confidence": 0.99,
        }
        return OrderDocument(**{**vals, **values})

    def script(self, text, *documents):
        """Let the reader read these documents (or meet this error) in a file of this text."""
        first = documents[0] if documents else None
        self.reader.script[text.encode()] = (
            first if isinstance(first, ReaderError) else tuple(documents)
        )

    def upload(self, *texts, user=None):
        """Files as the upload button sends them."""
        env = self.env(user=user) if user else self.env
        attachments = env["ir.attachment"].create(
            [
                {"name": f"order-{index}.txt", "raw": text.encode()}
                for index, text in enumerate(texts)
            ]
        )
        before = self.env["po.intake"].search([])
        env["po.intake"].create_document_from_attachment(attachments.ids)
        return self.env["po.intake"].search([], order="id") - before

    def process(self, intakes):
        """What the cron does with new intakes."""
        for intake in intakes:
            intake._as_worker()._process()
        return intakes

    def mail(self, *texts, **headers):
        """Bytes of a mail to the team's address, with a file for each text."""
        message = EmailMessage()
        message["From"] = headers.pop("From", "Jo Brook <jo@brook-valves.example>")
        message["To"] = headers.pop("To", f"orders@{self.domain}")
        message["Subject"] = headers.pop("Subject", "Order")
        message["Message-Id"] = headers.pop("Message_Id", "<first@brook-valves.example>")
        message["Date"] = "Mon, 02 Nov 2026 10:00:00 +0100"
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        message.set_content("Please find our order attached.")
        for index, text in enumerate(texts):
            message.add_attachment(text, filename=f"order-{index}.txt")
        return message.as_bytes()

    def receive(self, raw):
        """Through Odoo's gateway into the raw inbox, as a mail server hands it over."""
        before = self.env["po.intake.mail"].search([])
        with self.enter_registry_test_mode():
            self.env["mail.thread"].message_process(False, raw)
        return self.env["po.intake.mail"].search([], order="id") - before

    def open_mails(self):
        """Run the two crons: open what is in the raw inbox, process what came of it."""
        before = self.env["po.intake"].search([])
        with self.enter_registry_test_mode():
            self.env.ref("po_intake.ir_cron_open_mails").method_direct_trigger()
            self.env.ref("po_intake.ir_cron_process").method_direct_trigger()
        return self.env["po.intake"].search([], order="id") - before

    def finding(self, intake, code):
        """The one open finding of a code."""
        found = intake.finding_ids.filtered(lambda f: f.code == code and not f.waived_by_id)
        self.assertEqual(len(found), 1, f"{code} among {self.codes(intake)}")
        return found

    def codes(self, intake):
        """Codes of the findings that nobody has accepted."""
        return set(intake.finding_ids.filtered(lambda f: not f.waived_by_id).mapped("code"))
