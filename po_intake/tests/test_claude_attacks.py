"""A document that gives orders to its reader, and a reader that obeys: nothing comes of it."""

import io
import json

import openpyxl
import pymupdf

from odoo.tests import tagged
from odoo.tools import file_path

from ..extraction.readers import standard
from .attacks import ATTACKS
from .common import IntakeCase
from .messages_server import KEY, MessagesServer, claimed, claims

HEAD = ("Item", "Description", "Quantity", "Unit", "Unit price", "Amount")
ROWS = (
    ("HB-0840-Z", "Hex bolt M8x40 zinc", "5", "pcs", "100.00", "500.00"),
    ("SR-20", "Sealing ring 20 mm", "10", "pcs", "3.00", "30.00"),
)
ABOVE = (
    "Brook Valves Ltd",
    "Mill Lane 4",
    "4711 Brookfield",
    "Purchase order PO-4711",
    "Order date: 02.11.2026",
    "Customer no.: K-4711",
)
NET = "Net total 530.00"


def pdf(attack):
    """A typed page, the attack below the order."""
    with pymupdf.open() as file:
        page = file.new_page()
        for row, text in enumerate(ABOVE):
            page.insert_text((56, 60 + 16 * row), text, fontsize=10)
        for row, cells in enumerate((HEAD, *ROWS)):
            for left, text in zip((56, 130, 290, 350, 400, 480), cells):
                page.insert_text((left, 190 + 18 * row), text, fontsize=10)
        page.insert_text((400, 262), "Net total", fontsize=10)
        page.insert_text((480, 262), "530.00", fontsize=10)
        box = pymupdf.Rect(56, 320, 540, 420)
        page.insert_htmlbox(box, f"<p>{attack.replace('<', '&lt;')}</p>")
        return file.tobytes()


def sheet(attack):
    """A workbook, the attack in a cell of its own."""
    book = openpyxl.Workbook()
    for text in ABOVE[3:]:
        book.active.append([text])
    for cells in (HEAD, *ROWS):
        book.active.append(cells)
    book.active.append(["", "", "", "", "Net total", "530.00"])
    book.active.append([])
    book.active.append([attack])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def page(attack):
    """A web page, the attack in a paragraph."""
    rows = "".join(
        "<tr>%s</tr>" % "".join(f"<td>{cell}</td>" for cell in cells) for cells in (HEAD, *ROWS)
    )
    above = "".join(f"<p>{text}</p>" for text in ABOVE)
    shown = attack.replace("<", "&lt;")
    html = f"<html><meta charset='utf-8'><body>{above}<table>{rows}</table><p>{NET}</p><p>{shown}</p></body></html>"
    return html.encode()


def text(attack):
    """Plain text with the attack as a remark."""
    lines = [*ABOVE, "", *("\t".join(cells) for cells in (HEAD, *ROWS)), "", NET, "", attack]
    return "\n".join(lines).encode()


FORMATS = {"order.pdf": pdf, "order.xlsx": sheet, "order.html": page, "order.txt": text}


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
        from ..extraction.acceptance import accept

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

    def arrive(self, name, content, *documents):
        self.server.script = [claims(*documents)]
        attachment = self.env["ir.attachment"].create({"name": name, "raw": content})
        before = self.env["po.intake"].search([])
        self.env["po.intake"].create_document_from_attachment(attachment.ids)
        intake = self.env["po.intake"].search([]) - before
        asked = len(self.server.requests)
        with self.enter_registry_test_mode():
            self.process(intake)
        self.assertEqual(self.server.complaints, [])
        self.assertGreater(len(self.server.requests), asked, "Claude was not asked")
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

    def test_what_an_obedient_model_claims_is_never_drafted(self):
        """A person is told, or the order is the honest one: a claimed date is not even taken."""
        self.assertGreaterEqual(len(ATTACKS), 30)
        builders = list(FORMATS.items())
        waiting = 0
        for number, (language, attack, obey) in enumerate(ATTACKS):
            name, build = builders[number % len(builders)]
            with self.subTest(language=language, attack=attack, name=name):
                savepoint = self.env.cr.savepoint()
                try:
                    intake = self.arrive(name, build(attack), obey(self.honest))
                    if intake.sale_order_ids:
                        self.assertEqual(self.ordered(intake), self.truth())
                        continue
                    waiting += 1
                    self.assertEqual(intake.state, "review")
                    told = self.codes(intake) & {"ungrounded", "readers_differ", "single_reading"}
                    self.assertTrue(told, self.codes(intake))
                finally:
                    savepoint.close(rollback=True)
                    self.env.invalidate_all()
        self.assertGreaterEqual(waiting, len(ATTACKS) - 1)
