"""Claude looks again, on a click: at one value, or at one page."""

import json
from datetime import date
from decimal import Decimal

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, new_test_user

from ..extraction.document import Evidence, Finding, OrderDocument, OrderLine
from ..extraction.graft import graft, lines_on
from .messages_server import claimed, claims, status
from .test_claude import ClaudeCase

FIRST = (
    "Purchase order PO-1001",
    "Delivery wanted: 04.01.2027",
    "1 HB-0840-Z Hex bolt 5 pcs 42.00 210.00",
)
SECOND = ("2 SR-20 Sealing ring 10 pcs 3.00 30.00", "3 SR-21 Sealing ring red 20 pcs 4.00 80.00")  # fmt: skip


def pages(*texts):
    """A PDF with these lines of text on each page."""
    import pymupdf

    with pymupdf.open() as file:
        for rows in texts:
            page = file.new_page()
            for number, text in enumerate(rows):
                left = 56
                for word in text.split():
                    page.insert_text((left, 60 + 20 * number), word, fontsize=10)
                    left += 8 * len(word) + 8
        return file.tobytes()


class LookCase(ClaudeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pdf = pages(FIRST, SECOND)

    def setUp(self):
        super().setUp()
        self.team.model_policy = "unsure"
        document = self.order(
            evidence={
                f"lines.{index}.our_code": Evidence(page=index + 1, confidence=0.9)
                for index in range(2)
            }
        )
        self.reader.script[self.pdf.strip()] = (document,)
        attachment = self.env["ir.attachment"].create({"name": "order.pdf", "raw": self.pdf})
        self.env["po.intake"].create_document_from_attachment(attachment.ids)
        self.intake = self.env["po.intake"].search([], limit=1)
        self.team.auto_draft = False
        self.process(self.intake)
        self.assertEqual((self.intake.state, self.server.requests), ("review", []))

    def ask(self, method, *arguments, user=None):
        with self.enter_registry_test_mode():
            answer = getattr(self.intake.with_user(user or self.clerk), method)(*arguments)
        self.assertEqual(self.server.complaints, [])
        return answer


class TestOneValue(LookCase):
    def test_it_answers_with_the_words_on_the_page(self):
        self.server.script = [{"value": "2027-01-04"}]
        place = self.ask("ask_value", "requested_date")["place"]
        self.assertEqual((place["page"], place["text"]), (1, "04.01.2027"))
        self.assertEqual(len(place["bbox"]), 4)
        self.assertFalse(self.intake.requested_date, "the person decides")

    def test_a_value_of_a_line_stands_in_its_line(self):
        self.server.script = [{"value": "10"}]
        place = self.ask("ask_value", "lines.1.quantity")["place"]
        self.assertEqual((place["page"], place["text"]), (2, "10"))
        self.assertIn("SR-20", json.dumps(self.server.requests[0]))
        answer = self.ask("ask_value", "lines.0.quantity")
        self.assertIn("not on the document", answer["error"])

    def test_what_is_not_on_the_paper_is_not_offered(self):
        for value, told in (("31.12.2027", "31.12.2027"), ("", "did not find")):
            with self.subTest(value=value):
                self.server.script = [{"value": value}]
                answer = self.ask("ask_value", "order_date")
                self.assertIn(told, answer["error"])
                self.env["po.intake.model.call"].search([]).unlink()

    def test_it_is_on_the_ledger_of_card_and_company(self):
        self.server.script = [{"value": "PO-1001"}]
        self.ask("ask_value", "number")
        reading = self.intake.reading_ids.filtered(lambda item: item.reader == "claude")
        self.assertAlmostEqual(reading.cost, 0.00549)
        self.assertEqual(self.calls().mapped("state"), ["answered"])

    def test_a_failure_is_told(self):
        self.server.script = [status(529)]
        self.assertIn("busy", self.ask("ask_value", "number")["error"])
        self.assertEqual(self.intake.reading_ids.filtered("error").error, "model_busy")

    def test_who_may_not_is_refused(self):
        stranger = new_test_user(self.env, "po_intake_stranger", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.ask("ask_value", "number", user=stranger)
        self.team.model_consent = False
        self.assertFalse(self.intake.get_pane()["can_ask"])
        with self.assertRaises(UserError):
            self.ask("ask_value", "number")
        self.team.model_consent = True
        self.assertTrue(self.intake.get_pane()["can_ask"])
        self.customer.po_intake_withhold = True
        self.assertFalse(self.intake.get_pane()["can_ask"])
        self.assertEqual(self.server.requests, [])

    def test_only_known_fields_are_asked_for(self):
        self.assertIn("error", self.ask("ask_value", "confidence"))
        self.assertEqual(self.server.requests, [])

    def test_the_batch_is_not_waited_for(self):
        self.team.model_batch = True
        self.server.script = [{"value": "PO-1001"}]
        self.assertIn("place", self.ask("ask_value", "number"))


class TestOnePage(LookCase):
    def page(self, *lines):
        self.server.script = [claims(claimed(*lines))]
        return self.ask("ask_page", 2)

    RING = {"our_code": "SR-20", "description": "Sealing ring", "quantity": "10",
            "uom": "pcs", "price_unit": "3.00", "price_subtotal": "30.00"}  # fmt: skip
    RED = {"our_code": "SR-21", "description": "Sealing ring red", "quantity": "20",
           "uom": "pcs", "price_unit": "4.00", "price_subtotal": "80.00"}  # fmt: skip

    def test_its_lines_take_the_place_of_those_that_were_there(self):
        self.intake.line_ids[0].quantity = 7  # a person's, on another page
        self.assertEqual(self.page(self.RING, self.RED), {"lines": 2})
        lines = self.intake.line_ids
        self.assertEqual(lines.mapped("our_code"), ["HB-0840-Z", "SR-20", "SR-21"])
        self.assertEqual(lines.mapped("quantity"), [7.0, 10.0, 20.0])
        self.assertEqual(lines.mapped("document_line"), [0, 1, 2])
        self.assertEqual(lines[1].product_id, self.seal)
        evidence = self.intake.document["evidence"]
        self.assertEqual(evidence["lines.2.quantity"]["page"], 2)

    def test_only_that_page_is_sent(self):
        self.page(self.RING)
        sent = json.dumps(self.server.requests)
        self.assertIn("SR-21", sent)
        self.assertNotIn("HB-0840-Z", sent)

    def test_what_is_not_on_the_page_blocks(self):
        self.page({**self.RING, "quantity": "99"})
        finding = self.finding(self.intake, "ungrounded")
        self.assertEqual((finding.severity, finding.line_id), ("blocking", self.intake.line_ids[1]))

    def test_a_page_without_lines_changes_nothing(self):
        before = self.intake.line_ids
        self.assertIn("no lines", self.page()["error"])
        self.assertEqual(self.intake.line_ids, before)

    def test_what_is_ordered_is_not_read_again(self):
        self.intake.state = "done"
        with self.assertRaises(UserError):
            self.page(self.RING)


class TestGraft(BaseCase):
    def document(self):
        codes = ("A", "B", "C")
        return OrderDocument(
            number="1",
            lines=tuple(OrderLine(sequence=i, our_code=code) for i, code in enumerate(codes, 1)),
            evidence={
                "number": Evidence(page=1),
                "lines.0.our_code": Evidence(page=1, text="A"),
                "lines.1.our_code": Evidence(page=2, text="B"),
                "lines.2.our_code": Evidence(page=3, text="C"),
            },
            findings=(
                Finding("ungrounded", parameters={"line": 2}, path="lines.1.our_code"),
                Finding("ungrounded", parameters={"line": 3}, path="lines.2.our_code"),
                Finding("ambiguous_dates"),
            ),
        )

    def test_everything_goes_with_its_line(self):
        piece = OrderDocument(
            order_date=date(2026, 1, 1),
            lines=(OrderLine(our_code="X", quantity=Decimal(1)), OrderLine(our_code="Y")),
            evidence={"number": Evidence(page=9), "lines.1.our_code": Evidence(page=2, text="Y")},
        )
        document = self.document()
        self.assertEqual(lines_on(document, 2), {1})
        result, moved = graft(document, {1}, piece, 1)
        self.assertEqual([item.our_code for item in result.lines], ["A", "X", "Y", "C"])
        self.assertEqual([item.sequence for item in result.lines], [1, 2, 3, 4])
        self.assertEqual(moved, {0: 0, 2: 3})
        texts = {path: item.text for path, item in result.evidence.items() if "lines" in path}
        self.assertEqual(
            texts, {"lines.0.our_code": "A", "lines.2.our_code": "Y", "lines.3.our_code": "C"}
        )
        self.assertEqual(result.evidence["number"].page, 1)
        self.assertEqual((result.order_date, result.number), (None, "1"))
        found = [(item.path, item.parameters.get("line")) for item in result.findings]
        self.assertEqual(found, [("lines.3.our_code", 4), (None, None)])
