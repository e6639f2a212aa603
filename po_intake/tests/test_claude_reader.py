"""The reader `claude` over real HTTP, and the claims it has to prove."""

import io
import json
import logging
import socket
from contextlib import redirect_stdout
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from tempfile import NamedTemporaryFile
from unittest.mock import patch

from odoo.tests import BaseCase

from odoo.addons.po_intake.extraction import cascade
from odoo.addons.po_intake.extraction.__main__ import main
from odoo.addons.po_intake.extraction.attempt import attempt
from odoo.addons.po_intake.extraction.claude import api
from odoo.addons.po_intake.extraction.claude.answer import Prices
from odoo.addons.po_intake.extraction.claude.redact import redact
from odoo.addons.po_intake.extraction.claude.request import Config
from odoo.addons.po_intake.extraction.reader import Hints
from odoo.addons.po_intake.extraction.readers.claude import ClaudeReader
from odoo.addons.po_intake.extraction.source import Source
from odoo.addons.po_intake.extraction.view import View

from .messages_server import (
    KEY,
    MessagesServer,
    claimed,
    claims,
    dropped,
    garbage,
    line,
    says,
    status,
)

ORDER = """\
Purchase order PO-4711 of 02.11.2026
Customer no. K-4711 Brook Valves Ltd, Mill Lane 4, 4711 Brookfield
Pos Item Description Quantity Price Amount
1 HB-0840-Z Hex bolt M8x40 zinc 5 pcs 42.00 210.00
2 SR-20 Sealing ring 20 mm 10 pcs 3.00 30.00
Net 240.00 EUR
"""
BOLT = {
    "our_code": "HB-0840-Z",
    "description": "Hex bolt M8x40 zinc",
    "quantity": "5",
    "uom": "pcs",
    "price_unit": "42.00",
    "price_subtotal": "210.00",
}
RING = {
    "our_code": "SR-20",
    "description": "Sealing ring 20 mm",
    "quantity": "10",
    "uom": "pcs",
    "price_unit": "3.00",
    "price_subtotal": "30.00",
}
TRUE = claimed(
    BOLT,
    RING,
    title="Purchase order",
    number="PO-4711",
    order_date="02.11.2026",
    currency="EUR",
    amount_untaxed="240.00",
    partner={"name": "Brook Valves Ltd", "reference": "K-4711", "zip": "4711"},
)


class Eyes:
    """Opens nothing: text is text, and a picture has the words that it is given."""

    def __init__(self, pages=(), drawn=()):
        self.pages, self.drawn = list(pages), set(drawn)

    def view(self, source):
        if self.pages:
            return View(pages=((595.0, 842.0),) * len(self.pages))
        return View(
            rows=tuple(((f"line {n}", text),) for n, text in enumerate(source.text.splitlines(), 1))
        )

    def words(self, source, number, recognize=True):
        if number in self.drawn and not recognize:
            return []
        found = []
        for row, text in enumerate(self.pages[number - 1].splitlines()):
            left = 50.0
            for word in text.split():
                found.append((word, (left, 20.0 * row, left + 6 * len(word), 20.0 * row + 10)))
                left += 6 * len(word) + 3
        return found

    def picture(self, source, number, zoom):
        return b"\x89PNG page"


class ClaudeCase(BaseCase):
    def setUp(self):
        super().setUp()
        self.server = MessagesServer()
        self.addCleanup(self.server.close)
        self.config = Config(KEY, base_url=self.server.url, timeout=5.0)

    def reader(self, eyes=None, **options):
        return ClaudeReader(
            options.pop("config", self.config),
            eyes or Eyes(),
            api.send,
            prices=Prices(2.0, 10.0, 2.5, 0.1),
            **options,
        )

    def read(self, *entries, text=ORDER, eyes=None, hints=None, **options):
        self.server.script = list(entries)
        reading = attempt(
            self.reader(eyes, **options), Source("order.txt", text.encode()), hints or Hints()
        )
        self.assertEqual(self.server.complaints, [])
        return reading

    def ungrounded(self, *documents, **options):
        reading = self.read(claims(*documents), **options)
        return {
            (item.path, item.parameters["value"])
            for document in reading.documents
            for item in document.findings
            if item.code == "ungrounded"
        }


class TestClaudeReader(ClaudeCase):
    def test_what_stands_on_the_paper_is_read_with_its_place(self):
        reading = self.read(claims(TRUE))
        (document,) = reading.documents
        self.assertEqual(document.number, "PO-4711")
        self.assertEqual(document.order_date.isoformat(), "2026-11-02")
        self.assertEqual(document.partner.name, "Brook Valves Ltd")
        first, second = document.lines
        self.assertEqual((first.quantity, first.price_unit), (Decimal(5), Decimal("42.00")))
        self.assertEqual((second.our_code, second.price_subtotal), ("SR-20", Decimal("30.00")))
        self.assertEqual(document.evidence["lines.1.quantity"].place, "line 5")
        self.assertEqual(document.evidence["lines.1.quantity"].text, "10")
        self.assertFalse([item for item in document.findings if item.code == "ungrounded"])

    def test_what_it_took_is_told(self):
        usage = self.read(claims(TRUE)).usage
        self.assertEqual((usage.input_tokens, usage.output_tokens), (1200, 300))
        self.assertAlmostEqual(usage.cost, (1200 * 2 + 300 * 10 + 900 * 0.1) / 1e6)
        self.assertEqual((usage.request_id, usage.model), ("req_0001", "claude-sonnet-5-5"))

    def test_pages_give_boxes(self):
        reading = self.read(claims(TRUE), eyes=Eyes([ORDER]))
        evidence = reading.documents[0].evidence["lines.0.our_code"]
        self.assertEqual((evidence.page, evidence.bbox), (1, (59.0, 60.0, 113.0, 70.0)))

    def test_pages_that_are_pictures_are_sent_as_pictures(self):
        reading = self.read(claims(TRUE), eyes=Eyes([ORDER], drawn=[1]))
        kinds = [block["type"] for block in self.server.requests[0]["messages"][0]["content"]]
        self.assertEqual(kinds, ["text", "image", "text"])
        self.assertEqual(reading.documents[0].evidence["number"].page, 1)
        self.assertLess(reading.documents[0].evidence["number"].confidence, 0.95)

    def test_a_file_may_hold_several_orders(self):
        other = claimed(
            {"our_code": "SR-30", "quantity": "7"}, number="PO-4712", document_type="order_change"
        )
        text = ORDER + "Change order PO-4712\n1 SR-30 7 pcs\n"
        reading = self.read(claims(TRUE, other), text=text)
        self.assertEqual([item.number for item in reading.documents], ["PO-4711", "PO-4712"])
        self.assertEqual(reading.documents[1].lines[0].quantity, Decimal(7))

    def test_the_boundary_is_another_one_each_time_and_the_request_the_same(self):
        first = self.read(claims(TRUE)).usage.digest
        second = self.read(claims(TRUE)).usage.digest
        self.assertEqual(first, second)
        ends = [body["messages"][0]["content"][-1]["text"] for body in self.server.requests]
        self.assertNotEqual(*ends)

    def test_whose_documents_stay_in_the_house_are_not_sent(self):
        for withheld in ("Brook Valves", "K-4711"):
            reading = self.read(claims(TRUE), withheld=(withheld,))
            self.assertEqual(reading.error, "model_withheld")
        self.assertEqual(self.server.requests, [])

    def test_bank_details_and_names_stay_in_the_house(self):
        text = ORDER + "Attn: Jo Brook\nIBAN DE89 3704 0044 0532 0130 00 BIC COBADEFFXXX\n"
        config = replace(self.config, redact=True)
        self.read(claims(TRUE), text=text, config=config)
        sent = json.dumps(self.server.requests)
        for secret in ("Jo Brook", "3704", "COBADEFF"):
            self.assertNotIn(secret, sent)
        self.assertIn("[IBAN]", sent)

    def test_what_was_struck_out_is_no_claim(self):
        honest = {**TRUE, "partner": {**TRUE["partner"], "contact": "[NAME]"}, "note": "[IBAN]"}
        config = replace(self.config, redact=True)
        found = self.ungrounded(honest, text=ORDER + "Attn: Jo Brook\n", config=config)
        self.assertEqual(found, set())

    def test_redaction_spares_codes(self):
        text = "1 SE4500000000 valve DE-4711 SWIFTLY"
        self.assertEqual(redact(text), text)

    def test_redaction_sends_no_pictures(self):
        config = replace(self.config, redact=True)
        self.read(claims(TRUE), eyes=Eyes([ORDER], drawn=[1]), config=config)
        kinds = [block["type"] for block in self.server.requests[0]["messages"][0]["content"]]
        self.assertEqual(kinds, ["text", "document", "text"])

    def test_no_log_tells_key_or_content(self):
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        for name in ("anthropic", "httpx", "httpcore", "odoo.addons.po_intake"):
            logger = logging.getLogger(name)
            self.addCleanup(logger.setLevel, logger.level)
            self.addCleanup(logger.removeHandler, handler)
            logger.setLevel(logging.DEBUG)
            logger.addHandler(handler)
        for entry in (claims(TRUE), status(401), status(500), garbage()):
            self.read(entry)
        told = stream.getvalue()
        for secret in (KEY, "HB-0840-Z", "Mill Lane"):
            self.assertNotIn(secret, told)
        self.assertNotIn(KEY, repr(self.reader()))


class TestCommand(ClaudeCase):
    """`extract --reader claude` takes the key from the environment and tells what it used."""

    def run_on(self, environment):
        with NamedTemporaryFile(suffix=".txt") as file, StringIO() as out:
            file.write(ORDER.encode())
            file.flush()
            with patch.dict("os.environ", environment), redirect_stdout(out):
                main(["--reader", "claude", "--price", "2", "10", "2.5", "0.1", file.name])
            return json.loads(out.getvalue())

    def test_it_prints_what_was_read_and_used(self):
        self.server.script = [claims(TRUE)]
        url = self.server.url
        answer = self.run_on({"ANTHROPIC_API_KEY": KEY, "ANTHROPIC_BASE_URL": url})
        self.assertEqual(answer["result"]["number"], "PO-4711")
        self.assertEqual(answer["usage"][0]["output_tokens"], 300)
        self.assertAlmostEqual(answer["usage"][0]["cost"], 0.00549)
        self.assertEqual(self.server.complaints, [])

    def test_it_says_why_nothing_was_read(self):
        self.server.script = [status(529)]
        url = self.server.url
        answer = self.run_on({"ANTHROPIC_API_KEY": KEY, "ANTHROPIC_BASE_URL": url})
        self.assertEqual(answer["error"]["code"], "model_busy")
        self.assertEqual([item["code"] for item in answer["findings"]], ["model_busy"])

    def test_without_a_key_it_says_so(self):
        with self.assertRaisesRegex(SystemExit, "ANTHROPIC_API_KEY"):
            self.run_on({"ANTHROPIC_API_KEY": ""})


class TestGrounding(ClaudeCase):
    """What is not on the paper is found out, however likely it looks."""

    def changed(self, **values):
        return {**TRUE, **values}

    def with_bolt(self, **values):
        return self.changed(lines=[line(**{**BOLT, **values}), line(**RING)])

    def test_invented_values_are_marked(self):
        for name, value in (
            ("number", "PO-4712"),
            ("order_date", "03.11.2026"),
            ("amount_untaxed", "2400.00"),
            ("payment_terms", "30 days net"),
            ("currency", "USD"),
        ):
            with self.subTest(name=name):
                found = self.ungrounded(self.changed(**{name: value}))
                self.assertEqual(found, {(name, value)})

    def test_invented_values_of_a_line_are_marked(self):
        for name, value in (
            ("quantity", "50"),
            ("quantity", "9999"),
            ("price_unit", "4.20"),
            ("our_code", "HB-0840-ZZ"),
            ("our_code", "0840"),
            ("barcode", "4006381333931"),
            ("description", "Hex bolt M8x40 brass"),
            ("requested_date", "24.12.2026"),
        ):
            with self.subTest(name=name, value=value):
                found = self.ungrounded(self.with_bolt(**{name: value}))
                self.assertEqual(found, {(f"lines.0.{name}", value)})

    def test_a_figure_from_elsewhere_does_not_pass(self):
        """10 is ordered, but not of the bolts; 40 stands in a name; 4711 in an address."""
        for value in ("10", "40", "4711", "240.00"):
            with self.subTest(value=value):
                found = self.ungrounded(self.with_bolt(quantity=value))
                self.assertEqual(found, {("lines.0.quantity", value)})

    def test_a_code_may_be_broken_in_its_column(self):
        text = ORDER.replace("1 HB-0840-Z Hex", "HB-0840- Hex") + "Z\n"
        lines = text.splitlines()
        text = "\n".join([*lines[:4], "Z", *lines[4:-1]])
        found = self.ungrounded(TRUE, text=text, eyes=Eyes([text]))
        self.assertEqual(found, set())

    def test_a_line_that_does_not_exist_is_marked(self):
        ghost = line(our_code="GH-1", description="Ghost", quantity="5", price_subtotal="1.00")
        found = self.ungrounded(self.changed(lines=[*TRUE["lines"], ghost]))
        self.assertIn(("lines.2.our_code", "GH-1"), found)

    def test_numbers_and_dates_may_be_written_otherwise(self):
        text = ORDER.replace("210.00", "1.210,50").replace("02.11.2026", "2. November 2026")
        document = self.with_bolt(price_subtotal="1210.50")
        found = self.ungrounded({**document, "order_date": "2026-11-02"}, text=text)
        self.assertEqual(found, set())

    def test_an_ungrounded_document_is_never_sure(self):
        self.server.script = [claims(self.with_bolt(quantity="50", price_subtotal="2100.00"))]
        outcome = cascade.run(Source("order.txt", ORDER.encode()), [self.reader()])
        self.assertLessEqual(outcome.documents[0].document.confidence, 0.3)


class TestClaudeFaults(ClaudeCase):
    """Each way to fail has its code, and never raises."""

    def test_every_status_has_its_code(self):
        for code, expected in (
            (400, "model_request_refused"),
            (401, "model_key_refused"),
            (402, "model_unpaid"),
            (403, "model_forbidden"),
            (404, "model_unknown"),
            (408, "model_busy"),
            (409, "model_busy"),
            (413, "model_too_large"),
            (429, "model_busy"),
            (500, "model_busy"),
            (503, "model_busy"),
            (504, "model_busy"),
            (529, "model_busy"),
            (307, "model_request_refused"),
        ):
            with self.subTest(code=code):
                reading = self.read(status(code, location="http://127.0.0.1:1/"))
                self.assertEqual((reading.error, reading.documents), (expected, ()))
        self.assertEqual(len(self.server.requests), 14, "the client retried by itself")

    def test_it_says_when_to_come_back(self):
        reading = self.read(status(429, retry_after="900"))
        self.assertEqual(reading.parameters["retry_after"], 900.0)
        for header in ("soon", "inf", "-5", "nan"):
            with self.subTest(header=header):
                wait = self.read(status(429, retry_after=header)).parameters.get("retry_after")
                self.assertTrue(wait is None or 0 <= wait <= 86_400)

    def test_answers_that_are_none(self):
        for entry, expected in (
            (dropped(), "model_unreachable"),
            (garbage(), "model_bad_answer"),
            (garbage("[]", "application/json"), "model_bad_answer"),
            (garbage("null", "application/json"), "model_bad_answer"),
            (garbage('{"type": "mess', "application/json"), "model_bad_answer"),
            (garbage('{"content": 3}', "application/json"), "model_bad_answer"),
            (says({}, text="I cannot read this."), "model_bad_answer"),
            (says({"documents": [{"number": "1"}]}), "model_bad_answer"),
            (says({"documents": [], "more": 1}), "model_bad_answer"),
            (says(claims({**TRUE, "number": 4711})), "model_bad_answer"),
            (says(claims({**TRUE, "document_type": "invoice"})), "model_bad_answer"),
            (says(claims(TRUE), stop="refusal"), "model_declined"),
            (says(claims(TRUE), stop="max_tokens"), "model_cut"),
        ):
            with self.subTest(expected=expected, body=entry.body[:40]):
                reading = self.read(entry)
                self.assertEqual((reading.error, reading.documents), (expected, ()))

    def test_an_answer_that_is_useless_was_paid_for(self):
        reading = self.read(says(claims(TRUE), stop="max_tokens"))
        self.assertGreater(reading.usage.cost, 0)

    def test_nobody_there(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))  # bound and not listening: refused
            url = f"http://127.0.0.1:{taken.getsockname()[1]}"
            reading = self.read(claims(TRUE), config=replace(self.config, base_url=url))
        self.assertEqual(reading.error, "model_unreachable")
        reading = self.read(claims(TRUE), config=replace(self.config, base_url="no address"))
        self.assertEqual(reading.error, "model_unreachable")

    def test_silence_ends(self):
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))
            silent.listen()  # takes the request and never answers
            url = f"http://127.0.0.1:{silent.getsockname()[1]}"
            config = replace(self.config, base_url=url, timeout=0.3)
            reading = self.read(claims(TRUE), config=config)
        self.assertEqual(reading.error, "model_timeout")
