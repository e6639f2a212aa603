from dataclasses import dataclass, field, replace
from decimal import Decimal
from email.message import EmailMessage

from odoo.tests import BaseCase

from ..extraction import cascade
from ..extraction.document import OrderDocument, OrderLine, Party
from ..extraction.reader import EncryptedSource, Hints
from ..extraction.source import Source

NAIL = (OrderLine(1, description="Nail", quantity=Decimal(5)),)


def accept(document):
    """What a reader is sure of is accepted."""
    return document


@dataclass
class Scripted:
    """Answers by the name of the file: documents, or the error to raise."""

    answers: dict
    code: str = "scripted"
    cost: int = 1
    sandboxed: bool = False
    asked: list = field(default_factory=list)

    def can_read(self, source):
        return source.name in self.answers

    def read(self, source, hints):
        self.asked.append((source.name, hints))
        answer = self.answers[source.name]
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, tuple) else (answer,)


def order(number="A1", confidence=1.0, **values):
    values = {"lines": NAIL, **values}
    return OrderDocument(number=number, confidence=confidence, **values)


def other(confidence=1.0):
    return OrderDocument(document_type="other", confidence=confidence)


def mail(*files, text="see attached", sender="jo@a.example"):
    message = EmailMessage()
    message["From"] = sender
    message["Subject"] = "Order"
    message["Message-ID"] = "<1@a.example>"
    message["Date"] = "Tue, 20 Jan 2026 23:32:14 +0000"
    message.set_content(text)
    for name in files:
        content = f"%PDF-{name}".encode()
        message.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return Source("mail.eml", bytes(message))


class TestCascade(BaseCase):
    def run_on(self, source, *readers, **options):
        options.setdefault("accept", accept)
        return cascade.run(source, readers, **options)

    def orders(self, outcome):
        return [(item.document.number, item.source.name, item.index) for item in outcome.documents]

    def codes(self, outcome):
        return [(item.code, item.severity) for item in outcome.findings]

    def test_cheapest_reader_first_and_no_further_once_accepted(self):
        source = Source("a.pdf", b"%PDF-")
        cheap = Scripted({"a.pdf": order("cheap")}, "cheap", 1)
        dear = Scripted({"a.pdf": order("dear")}, "dear", 9)
        outcome = self.run_on(source, dear, cheap)
        self.assertEqual(self.orders(outcome), [("cheap", "a.pdf", 0)])
        self.assertEqual(dear.asked, [])
        doubtful = Scripted({"a.pdf": order("doubtful", 0.4)}, "cheap", 1)
        outcome = self.run_on(source, dear, doubtful)
        self.assertEqual(self.orders(outcome), [("dear", "a.pdf", 0)])
        self.assertEqual([reading.reader for reading in outcome.readings], ["cheap", "dear"])

    def test_best_reading_is_kept_where_none_is_accepted(self):
        source = Source("a.pdf", b"%PDF-")
        first = Scripted({"a.pdf": order("first", 0.6)}, "first", 1)
        second = Scripted({"a.pdf": order("second", 0.5)}, "second", 2)
        broken = Scripted({"a.pdf": KeyError("x")}, "broken", 3)
        outcome = self.run_on(source, first, second, broken)
        self.assertEqual(self.orders(outcome), [("first", "a.pdf", 0)])
        self.assertEqual(outcome.documents[0].reader, "first")
        self.assertEqual(outcome.readings[2].error, "broken_file")

    def test_several_orders_in_one_mail_and_in_one_file(self):
        reader = Scripted(
            {"a.pdf": order("A"), "b.pdf": (order("B1"), order("B2")), "terms.pdf": other()}
        )
        outcome = self.run_on(mail("a.pdf", "b.pdf", "terms.pdf"), reader)
        self.assertEqual(
            self.orders(outcome), [("A", "a.pdf", 0), ("B1", "b.pdf", 0), ("B2", "b.pdf", 1)]
        )
        self.assertEqual(outcome.mail.sender, "jo@a.example")

    def test_the_covering_letter_counts_only_where_nothing_else_orders(self):
        reader = Scripted({"a.pdf": order("A"), "body.txt": order("B")})
        self.assertEqual(self.orders(self.run_on(mail("a.pdf"), reader)), [("A", "a.pdf", 0)])
        reader = Scripted({"a.pdf": other(), "body.txt": order("B")})
        self.assertEqual(self.orders(self.run_on(mail("a.pdf"), reader)), [("B", "body.txt", 0)])

    def test_without_orders_the_mail_is_what_its_file_is(self):
        reader = Scripted({"invoice.pdf": other(), "body.txt": other()})
        outcome = self.run_on(mail("invoice.pdf"), reader)
        self.assertEqual(
            [(item.document.document_type, item.source.name) for item in outcome.documents],
            [("other", "invoice.pdf")],
        )

    def test_what_cannot_be_read_is_said(self):
        reader = Scripted({"a.pdf": EncryptedSource(), "body.txt": other()})
        outcome = self.run_on(mail("a.pdf"), reader)
        self.assertEqual(outcome.documents, ())
        self.assertEqual(self.codes(outcome), [("encrypted", "blocking")])
        self.assertEqual(outcome.findings[0].parameters["source"], "a.pdf")
        reader = Scripted({"a.pdf": EncryptedSource(), "b.pdf": order()})
        outcome = self.run_on(mail("a.pdf", "b.pdf"), reader)
        self.assertEqual(len(outcome.documents), 1)
        self.assertEqual(self.codes(outcome), [("encrypted", "warning")])
        hello = Scripted({"hello.pdf": other()})
        outcome = self.run_on(Source("hello.pdf", b"hello, I am no PDF"), hello)
        self.assertEqual(self.codes(outcome), [("broken_file", "blocking")])
        broken = b"PK\x03\x04" + b"x" * 50
        for content, code in (
            (b"", "empty_file"),
            (b"\x01\x02\x03", "unknown_format"),
            (broken, "broken_file"),
        ):
            outcome = self.run_on(Source("x", content))
            self.assertEqual(self.codes(outcome), [(code, "blocking")])

    def test_envelope_completes_what_the_paper_leaves_out(self):
        reader = Scripted({"a.pdf": order()})
        found = self.run_on(mail("a.pdf"), reader).documents[0].document
        self.assertEqual(found.partner.email, "jo@a.example")
        self.assertEqual(str(found.order_date), "2026-01-20")
        self.assertEqual(found.evidence["partner.email"].place, "From")
        self.assertEqual(reader.asked[0][1].sender, "jo@a.example")
        reader = Scripted({"a.pdf": order(partner=Party(email="sales@a.example"))})
        found = self.run_on(mail("a.pdf"), reader).documents[0].document
        self.assertEqual(found.partner.email, "sales@a.example")

    def test_our_own_sender_is_never_the_partner(self):
        hints = Hints(own=(Party(email="info@us.example"),))
        source = mail("a.pdf", sender="rep@us.example")
        outcome = self.run_on(source, Scripted({"a.pdf": order()}), hints=hints)
        self.assertIsNone(outcome.documents[0].document.partner.email)

    def test_what_cannot_be_judged_is_not_trusted(self):
        def judge(document):
            raise ArithmeticError

        outcome = self.run_on(
            Source("a.pdf", b"%PDF-"), Scripted({"a.pdf": order("A")}), accept=judge
        )
        (found,) = outcome.documents
        self.assertEqual(found.document.confidence, 0.0)
        self.assertEqual(found.document.findings[0].code, "not_judged")

    def test_a_reader_that_fails_to_look_is_passed_over(self):
        class Blind(Scripted):
            def can_read(self, source):
                raise RuntimeError

        outcome = self.run_on(
            Source("a.pdf", b"%PDF-"), Blind({}), Scripted({"a.pdf": order("A")}, cost=2)
        )
        self.assertEqual(self.orders(outcome), [("A", "a.pdf", 0)])


class TestPairing(BaseCase):
    XML = '<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>'

    def pair(self, xml, pdf):
        message = EmailMessage()
        message["From"] = "jo@a.example"
        message["Message-ID"] = "<1@a.example>"
        message.set_content("Hi")
        message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="o.pdf")
        message.add_attachment(self.XML, filename="o.xml")
        reader = Scripted({"o.xml": xml, "o.pdf": pdf})
        outcome = cascade.run(Source("m.eml", bytes(message)), [reader], accept=accept)
        return outcome.documents

    def test_xml_beats_its_pdf_and_is_completed_by_it(self):
        maker = Party(name="Maker Ltd", city="Ghent")
        xml = order("PO-1", partner=replace(maker, vat="BE0123"), currency="EUR")
        paper = replace(maker, phone="+32 1", email="po@a.example")
        pdf = order("PO 1", 0.97, partner=paper, revision="2", currency="X")
        (found,) = self.pair(xml, pdf)
        self.assertEqual((found.source.name, found.document.number), ("o.xml", "PO-1"))
        self.assertEqual(found.view.name, "o.pdf")
        expected = Party(
            "Maker Ltd", vat="BE0123", phone="+32 1", email="po@a.example", city="Ghent"
        )
        self.assertEqual(found.document.partner, expected)
        self.assertEqual((found.document.revision, found.document.currency), ("2", "EUR"))
        self.assertEqual(found.document.findings, ())

    def test_data_in_a_pdf_is_its_order_however_its_pages_were_read(self):
        import pymupdf

        document = pymupdf.open()
        document.new_page()
        document.embfile_add("order-x.xml", self.XML.encode())
        reader = Scripted({"order-x.xml": order("A1"), "o.pdf": order(None, revision="3")})
        source = Source("o.pdf", document.tobytes())
        (found,) = cascade.run(source, [reader], accept=accept).documents
        self.assertEqual((found.document.number, found.document.revision), ("A1", "3"))
        self.assertEqual((found.source.name, found.view.name), ("order-x.xml", "o.pdf"))

    def test_the_picture_of_an_invoice_orders_nothing(self):
        import pymupdf

        document = pymupdf.open()
        document.new_page()
        document.embfile_add("factur-x.xml", self.XML.encode())
        invoice = replace(order("R1", 0.97), document_type="other")
        reader = Scripted({"factur-x.xml": invoice, "o.pdf": order("R1", 0.97)})
        source = Source("o.pdf", document.tobytes())
        (found,) = cascade.run(source, [reader], accept=accept).documents
        self.assertEqual((found.document.document_type, found.view.name), ("other", "o.pdf"))

    def test_what_the_eye_sees_must_be_what_is_ordered(self):
        more = (OrderLine(1, description="Nail", quantity=Decimal(5000)),)
        (found,) = self.pair(order(lines=more), order(confidence=0.97))
        self.assertEqual(found.document.findings[0].code, "files_mismatch")
        self.assertLess(found.document.confidence, 0.95)
        (found,) = self.pair(order(lines=more), order(confidence=0.3))
        self.assertEqual(found.document.findings, (), "a bad reading is no witness")

    def test_another_number_is_another_order(self):
        self.assertEqual(len(self.pair(order("A1"), order("A2"))), 2)
        self.assertEqual(len(self.pair(order(None), order(None))), 2)
