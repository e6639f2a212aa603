import io
import zipfile

from odoo.tests import BaseCase

from ..extraction.source import BODY, Source, decode

UBL = b'<?xml version="1.0"?><!-- <Order> --><Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>'
ISA = (
    "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       "
    "*260101*1200*U*00401*000000001*0*P*>~GS*PO*A*B*20260101*1200*1*X*004010~"
)


def archive(**files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, content in files.items():
            target.writestr(name, content)
    return buffer.getvalue()


class TestSourceKind(BaseCase):
    def check(self, kind, content, name="file", mimetype="", role="file"):
        content = content.encode() if isinstance(content, str) else content
        self.assertEqual(Source(name, content, mimetype, role=role).kind, kind)

    def test_content_beats_name_and_declared_type(self):
        self.check("pdf", b"%PDF-1.7\n...", "order.txt", "text/plain")
        self.check("text", "Hello, this is not a PDF.", "order.pdf", "application/pdf")
        self.check("html", "<html><table><tr><td>1</td></tr></table></html>", "order.xls")
        self.check("ubl", UBL, "order.txt", "text/plain")
        self.check("svg", '<svg xmlns="http://www.w3.org/2000/svg"/>', "logo", "text/plain")

    def test_empty_means_no_visible_byte(self):
        for content in (b"", b" \r\n\t", b"\x00" * 500, b"\xef\xbb\xbf"):
            self.check("empty", content, "order.pdf")

    def test_structured_orders(self):
        cii = "urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100"
        self.check("cii", f'<rsm:SCRDMCCBDACIOMessageStructure xmlns:rsm="{cii}"/>')
        self.check(
            "cxml", '<!DOCTYPE cXML SYSTEM "http://xml.example/cXML.dtd"><cXML payloadID="1"/>'
        )
        self.check("xml", "<?xml version='1.0'?><PurchaseOrder><Nr>1</Nr></PurchaseOrder>")
        self.check("ubl", UBL.decode().encode("utf-16"))
        self.check("edifact", "UNA:+.? '\r\nUNB+UNOC:3+A+B+260101:1200+1'")
        self.check("edifact", "UNB+UNOA:1+A+B+260101:1200+1'")
        self.check("x12", ISA)
        self.check("text", "UNBELIEVABLE offers this week")

    def test_office_files(self):
        self.check("xlsx", archive(**{"xl/workbook.xml": "<x/>"}))
        self.check("docx", archive(**{"word/document.xml": "<x/>"}))
        ods = "application/vnd.oasis.opendocument.spreadsheet"
        self.check("ods", archive(mimetype=ods, **{"content.xml": "<x/>"}))
        self.check("zip", archive(**{"order.pdf": "%PDF-"}))
        self.check("zip", archive(**{"order.xlsx": archive(**{"xl/workbook.xml": "<x/>"})}))
        ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500
        self.check("xls", ole + "Workbook".encode("utf-16-le"))
        self.check("msg", ole + "__properties_version1.0 Workbook".encode("utf-16-le"))
        self.check("encrypted", ole + "EncryptedPackage".encode("utf-16-le"))

    def test_pictures(self):
        self.check("png", b"\x89PNG\r\n\x1a\n....")
        self.check("jpeg", b"\xff\xd8\xff\xe0....")
        self.check("tiff", b"II*\x00....")
        self.check("webp", b"RIFF\x10\x00\x00\x00WEBPVP8 ")

    def test_tables_of_plain_text(self):
        rows = ["Pos;Art;Menge", "1;A;5", "2;B;6", "3;C;7"]
        for separator in ";\t|":
            self.check("csv", "\n".join(rows).replace(";", separator))
        self.check("csv", "sku,qty,price,unit\nA,1,2.5,pcs\nB,2,3.5,pcs\n")
        self.check("csv", "sku\nA\n", "order.csv")
        prose = "Dear Sir, hello, and, well, thanks\nWe want, as always, nails, and glue\n" * 3
        self.check("text", prose)
        self.check("text", "\n".join(rows), role=BODY)
        self.check("unknown", bytes(range(256)) * 4)

    def test_mail_needs_more_than_a_colon(self):
        self.check("eml", "Received: from x\r\nFrom: a@b.example\r\nSubject: Order\r\n\r\nHi")
        self.check("eml", "From: a@b.example\r\nSubject: Order\r\n\r\nHi", "mail.eml")
        self.check("text", "From: Meyer Ltd\nTo: Nord Inc\nDate: 1 May\n\nplease send 5 nails")

    def test_decode_tells_code_pages(self):
        for charset in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
            self.assertEqual(decode("Größe 5 €".encode(charset)), "Größe 5 €")
        self.assertEqual(decode("Łódź".encode("cp1250"), "cp1250"), "Łódź")
        self.assertEqual(decode(b"ok", "no-such-charset"), "ok")
        self.assertIn("a", decode(b"a\x81\x8d"))
