"""Attacks that no single part answers for: markup, addresses, formulas, logs, other companies."""

import html
import io
import json
import logging
import re
import socket
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pymupdf

from odoo.exceptions import AccessError
from odoo.http import Request
from odoo.tests import HttpCase, new_test_user, tagged

from ..extraction.document import Party
from ..extraction.reader import Hints
from ..extraction.readers import standard
from ..extraction.sandbox import Sandbox
from ..extraction.source import Source
from .common import IntakeCase
from .test_access import MODELS

SCRIPT = "<img src=x onerror=alert(1)>"
FORMULA = "=HYPERLINK('http://evil.example')"
CANARY = "Canary-4711"


class TestMarkup(IntakeCase):
    def order_of(self, text):
        """An order that says the same in every field."""
        order = self.order()
        lines = tuple(
            replace(line, description=text, our_code=text, partner_code=text, uom=text)
            for line in order.lines
        )
        party = Party(
            **dict.fromkeys("name reference vat email phone street zip city country".split(), text)
        )
        return replace(
            order, number=text, note=text, partner=party, delivery=party, lines=lines,
            payment_terms=text, incoterm=text,
        )  # fmt: skip

    def test_what_a_document_says_is_text_in_every_chatter(self):
        self.script("order", self.order_of(SCRIPT))
        self.receive(
            self.mail("order", Subject=SCRIPT, From=f'"{SCRIPT}" <jo@brook-valves.example>')
        )
        intake = self.open_mails()
        intake.partner_id = self.customer
        intake.line_ids.product_id = self.bolt
        intake.finding_ids.action_waive()
        intake.with_user(self.clerk).action_approve()
        records = (intake, intake.sale_order_id)
        bodies = [str(body) for record in records for body in record.message_ids.mapped("body")]
        self.assertIn(html.escape(SCRIPT), "".join(bodies))
        shown = [*bodies, str(intake.confidence_reasons or ""), *intake.mapped("activity_ids.note")]
        self.assertNotIn("<img src=x", "".join(map(str, shown)).replace('"', ""))

    def test_the_web_client_makes_no_markup_of_texts(self):
        """Cards and pane are drawn by Owl, which escapes what it is not told to trust."""
        folder = Path(__file__).parents[1] / "static/src"
        files = [path for path in folder.rglob("*") if path.suffix in (".js", ".xml")]
        self.assertTrue(files)
        trusted = re.compile(r"\bmarkup\(|t-raw|innerHTML|outerHTML|insertAdjacentHTML")
        found = [path.name for path in files if trusted.search(path.read_text())]
        self.assertEqual(found, [])


class TestNothingIsFetched(IntakeCase):
    def test_no_reader_follows_an_address(self):
        with socket.create_server(("127.0.0.1", 0)) as server, Sandbox() as sandbox:
            address = f"http://127.0.0.1:{server.getsockname()[1]}/"
            for name, content in self.carriers(address).items():
                for part in sandbox.unpack(Source(name=name, content=content)).sources:
                    for reader in standard():
                        if reader.code != "ocr" and reader.can_read(part):
                            sandbox.execute(reader, part, Hints())
            server.setblocking(False)
            with self.assertRaises(BlockingIOError):
                server.accept()

    def carriers(self, address):
        """Files that name an address where programs like to fetch something."""
        page = f'<link rel=stylesheet href="{address}"><img src="{address}"><table>'
        page += "<tr><td>Item<td>Quantity<tr><td>HB-0840-Z<td>5</table>"
        mail = EmailMessage()
        mail["From"], mail["Subject"] = "jo@brook-valves.example", "Order"
        mail.set_content(f"Our order: {address}")
        mail.add_alternative(page, subtype="html")
        mail.add_attachment(page.encode(), maintype="text", subtype="html", filename="o.html")
        book = openpyxl.Workbook()
        book.active.append([f'=WEBSERVICE("{address}")', "Quantity"])
        book.active["A2"].hyperlink = address
        workbook = io.BytesIO()
        book.save(workbook)
        with pymupdf.open() as file:
            sheet = file.new_page()
            sheet.insert_text((50, 50), f"Purchase order 1 {address}")
            link = {"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(9, 9, 99, 99), "uri": address}
            sheet.insert_link(link)
            paper = file.tobytes()
        dtd = f'<!DOCTYPE Order SYSTEM "{address}">'
        entity = f'<!DOCTYPE Order [<!ENTITY e SYSTEM "{address}">]>'
        order = f'<Order xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{address}"/>'
        return {
            "mail.eml": mail.as_bytes(),
            "order.html": page.encode(),
            "order.xlsx": workbook.getvalue(),
            "order.pdf": paper,
            "dtd.xml": f"{dtd}{order}</Order>".encode(),
            "entity.xml": f"{entity}{order}&e;</Order>".encode(),
        }


class TestQuiet(IntakeCase):
    def test_no_log_tells_what_a_document_says(self):
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        logger = logging.getLogger("odoo.addons.po_intake")
        self.addCleanup(logger.setLevel, logger.level)
        self.addCleanup(logger.removeHandler, handler)
        logger.setLevel(logging.DEBUG)
        logger.addHandler(handler)
        self.script("order", self.order(number=CANARY, note=CANARY))
        self.receive(self.mail("order", f"is no order {CANARY}", Subject=CANARY))
        self.assertTrue(self.open_mails())
        self.receive(self.mail(CANARY, From=f"{CANARY} <x@{CANARY}.example>", Message_Id="<2@x>"))
        self.assertEqual(self.open_mails().mapped("state"), ["quarantine"])
        self.assertIn("stage=processed", stream.getvalue())
        self.assertNotIn(CANARY, stream.getvalue())


class TestRights(IntakeCase):
    def test_other_companies_are_neither_found_nor_counted(self):
        sister = self.env["res.company"].create({"name": "Sister"})
        self.script("unsure", self.order(confidence=0.5))
        self.receive(self.mail("unsure"))
        intake = self.open_mails()
        self.assertTrue(intake.finding_ids and intake.line_ids and intake.reading_ids)
        stranger = new_test_user(
            self.env,
            "po_intake_sister",
            groups="po_intake.group_po_intake_manager,base.group_partner_manager",
            company_id=sister.id,
            company_ids=[(6, 0, sister.ids)],
        )
        self.env.invalidate_all()
        # calibrations and layouts are there only after much was learned
        for name in MODELS:
            model = self.env[name].with_user(stranger)
            with self.subTest(model=name):
                theirs = self.env[name].search([("company_id", "=", self.company.id)])
                domain = [("id", "in", theirs.ids)]
                self.assertFalse(model.search(domain))
                self.assertFalse(model.search_count(domain))
                self.assertFalse(model.name_search("", domain))
                self.assertEqual(model._read_group(domain, [], ["__count"]), [(0,)])
        with self.assertRaises(AccessError):
            intake.with_user(stranger).get_pane()
        with self.assertRaises(AccessError):
            intake.with_user(stranger).action_release()

    def test_the_work_is_done_without_the_systems_rights(self):
        seen = []

        def readers(service, intake):
            seen.append((service.env.su, service.env.user))
            return [self.reader]

        self.script("order", self.order())
        intake = self.upload("order")
        model = self.env.registry["po.intake.reader"]
        before = model.__dict__["_get_readers"]
        model._get_readers = readers
        self.addCleanup(setattr, model, "_get_readers", before)
        with self.enter_registry_test_mode():
            self.env.ref("po_intake.ir_cron_process").method_direct_trigger()
        self.assertEqual(intake.state, "done")
        self.assertEqual(set(seen), {(False, self.env.ref("po_intake.user_worker"))})


@tagged("-at_install", "post_install")
class TestExport(HttpCase, IntakeCase):
    def test_a_formula_of_a_document_is_text_in_an_export(self):
        self.script("order", self.order(number=FORMULA))
        intake = self.process(self.upload("order"))
        self.assertEqual((intake.order_reference, intake.state), (FORMULA, "done"))
        self.authenticate("admin", "admin")
        for record, field in (
            (intake, "order_reference"),
            (intake.sale_order_id, "client_order_ref"),
        ):
            with self.subTest(model=record._name):
                self.assertIn(f"\"'{FORMULA}", self.export("csv", record, field).decode())
                workbook = io.BytesIO(self.export("xlsx", record, field))
                cell = openpyxl.load_workbook(workbook).active["A2"]
                self.assertEqual((cell.value, cell.data_type), (f"'{FORMULA}", "s"))

    def export(self, kind, record, field):
        parameters = {
            "model": record._name,
            "fields": [{"name": field, "label": "Order number", "type": "char"}],
            "ids": record.ids,
            "domain": [],
            "import_compat": False,
            "groupby": [],
        }
        token = Request.csrf_token(self)
        data = {"data": json.dumps(parameters), "csrf_token": token}
        reply = self.url_open(f"/web/export/{kind}", data=data)
        self.assertEqual(reply.status_code, 200)
        return reply.content


class TestCopy(IntakeCase):
    def test_a_copy_for_tests_asks_no_model(self):
        self.company.po_intake_claude_key = "sk-ant-real"
        self.team.model_consent = True
        self.env.flush_all()
        script = Path(__file__).parents[1] / "data/neutralize.sql"
        self.env.cr.execute(script.read_text())
        self.env.invalidate_all()
        self.assertFalse(self.company.po_intake_claude_key)
        self.assertFalse(self.env["po.intake.team"].search([("model_consent", "=", True)]))
