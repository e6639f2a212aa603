import io
import struct
import zipfile
import zlib
from email.message import EmailMessage

from odoo.tests import BaseCase

from ..extraction.containers.names import clean
from ..extraction.source import Source
from ..extraction.unpack import Limits, unpack

UBL = b'<?xml version="1.0"?><Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>'
TABLE = "<table><tr><td>Item</td><td>Qty</td></tr></table>"


def mail(text="Please see attached.", html=None, subject="Order 1", sender="Jo Ray <jo@a.example>"):
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "orders@us.example"
    message["Subject"] = subject
    message["Date"] = "Tue, 20 Jan 2026 23:32:14 -0500"
    message["Message-ID"] = "<1@a.example>"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def png(width, height):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    )


def archive(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files:
            target.writestr(name, content)
    return buffer.getvalue()


def names(unpacked):
    return [source.name for source in unpacked.sources]


def codes(unpacked):
    return [finding.code for finding in unpacked.findings]


def open_mail(message, **limits):
    return unpack(Source("mail.eml", bytes(message)), Limits(**limits))


class TestUnpackMail(BaseCase):
    def test_attachments_come_before_the_text(self):
        message = mail()
        message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="o.pdf")
        found = open_mail(message)
        self.assertEqual(names(found), ["o.pdf", "body.txt"])
        self.assertEqual([source.role for source in found.sources], ["file", "body"])
        self.assertEqual(found.sources[0].container, "mail.eml")
        self.assertEqual(found.mail.sender, "jo@a.example")
        self.assertEqual(found.mail.sender_name, "Jo Ray")
        self.assertEqual(found.mail.date, "2026-01-20")

    def test_xml_that_arrives_as_plain_text(self):
        message = mail()
        message.add_attachment(UBL.decode(), subtype="plain", filename="order.xml")
        self.assertEqual(open_mail(message).sources[0].kind, "ubl")

    def test_html_is_taken_where_it_has_a_table(self):
        found = open_mail(mail("plain words", f"<p>Hi</p>{TABLE}"))
        self.assertEqual(names(found), ["body.html"])
        found = open_mail(mail("plain words", "<p>plain words</p>"))
        self.assertEqual(names(found), ["body.txt"])

    def test_logos_are_left_out_and_photos_kept(self):
        message = mail(html='<p>Hi</p><img src="cid:logo"><img src="cid:page">')
        part = message.get_payload()[1]
        part.add_related(png(600, 150), "image", "png", cid="<logo>", filename="image001.png")
        part.add_related(png(1240, 1754), "image", "png", cid="<page>", filename="image002.png")
        message.add_attachment(png(16, 16), maintype="image", subtype="png", filename="fb.png")
        message.add_attachment(png(900, 700), maintype="image", subtype="png", filename="scan.png")
        self.assertEqual(names(open_mail(message)), ["image002.png", "scan.png", "body.txt"])

    def test_mail_in_a_mail_tells_both_people(self):
        inner = mail("I order 5 nails", sender="Buyer <buyer@customer.example>")
        inner.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="o.pdf")
        outer = mail("FYI", subject="Fwd: Order", sender="Rep <rep@us.example>")
        outer.add_attachment(inner)
        found = open_mail(outer)
        pdf = found.sources[0]
        self.assertEqual(pdf.name, "o.pdf")
        self.assertEqual(found.mail.sender, "rep@us.example")
        self.assertEqual(pdf.mail.sender, "buyer@customer.example")
        self.assertEqual(pdf.mail.forwarder, "rep@us.example")

    def test_forwarded_text_belongs_to_its_writer(self):
        text = (
            "please handle\n\nVon: Berta Kunde <b.kunde@kunde.example>\nGesendet: Montag, 1. Juni\n"
            "An: Rep <rep@us.example>\nBetreff: Bestellung\n\nWir bestellen 5 Nägel.\n"
        )
        message = mail(text, subject="WG: Bestellung", sender="Rep <rep@us.example>")
        message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="o.pdf")
        pdf, body = open_mail(message).sources
        self.assertEqual(body.mail.sender, "b.kunde@kunde.example")
        self.assertEqual(body.mail.sender_name, "Berta Kunde")
        self.assertEqual(body.mail.forwarder, "rep@us.example")
        self.assertEqual(body.text.strip(), "Wir bestellen 5 Nägel.")
        self.assertEqual(pdf.mail, body.mail)

    def test_a_forwarded_mail_is_of_the_day_when_it_was_written(self):
        def day(sent):
            text = f"Von: B <b@kunde.example>\nGesendet: {sent}\nBetreff: Bestellung\n\n5 Nägel.\n"
            message = mail(text, subject="WG: Bestellung", sender="Rep <rep@us.example>")
            message.replace_header("Date", "Fri, 18 Sep 2026 09:17:41 +0200")
            return open_mail(message).mail.date, open_mail(message).sources[0].mail.date

        self.assertEqual(day("17. September 2026, 08:12"), ("2026-09-18", "2026-09-17"))
        # the day or the month may come first
        self.assertEqual(day("09/08/2026 08:12"), ("2026-09-18", "2026-09-18"))

    def test_only_the_newest_part_of_a_reply_orders(self):
        quotes = (
            "On Mon, 1 Jun 2026 at 10:00, Rep <rep@us.example> wrote:\n> we offer 99 screws\n",
            "-----Original Message-----\nFrom: Rep\nSubject: Offer\n\nwe offer 99 screws\n",
            "Am 01.06.2026 um 10:00 schrieb Rep:\n> we offer 99 screws\n",
            "From: Rep <rep@us.example>\nSent: Monday\nTo: Jo\nSubject: Offer\n\n99 screws\n",
        )
        for quote in quotes:
            found = open_mail(mail(f"Please send 5 nails.\n\n{quote}", subject="Re: Offer"))
            self.assertEqual(found.sources[0].text.strip(), "Please send 5 nails.", quote)
        html = f'<p>Please send 5 nails.</p><div class="gmail_quote">{TABLE}99 screws</div>'
        text = open_mail(mail("x", html, subject="Re: Offer")).sources[0].text
        self.assertIn("5 nails", text)
        self.assertNotIn("99 screws", text)

    def test_a_mail_that_points_below_is_read_with_what_it_quotes(self):
        older = "\n\n-----Original Message-----\nFrom: Rep\nSubject: Offer\n\n99 pcs A-1\n"
        for quote in (
            "-----Original Message-----\nFrom: Jo\nSubject: Goods\n\n5 pcs A-100\n",
            "On Mon, 1 Jun 2026 at 10:00, Jo <jo@a.example> wrote:\n\n> 5 pcs A-100\n",
        ):
            pointing = "Please deliver as below on our order 4711.\n\nJo\nMill Lane 14\n\n"
            found = open_mail(mail(pointing + quote + older, subject="Re: Goods"))
            text = found.sources[0].text
            self.assertIn("order 4711", text)
            self.assertIn("\n5 pcs A-100", text)
            self.assertNotIn("99 pcs", text)
            counting = "Please deliver the below, but only 3 pcs.\n\n"
            found = open_mail(mail(counting + quote, subject="Re: Goods"))
            self.assertNotIn("A-100", found.sources[0].text)

    def test_a_forwarded_mail_orders_without_what_it_quotes(self):
        text = (
            "Von: B <b@kunde.example>\nGesendet: Montag\nBetreff: Bestellung\n\n5 Stk A-100\n\n"
            "-----Ursprüngliche Nachricht-----\nVon: Rep\nBetreff: Angebot\n\n99 Stk A-1\n"
        )
        message = mail(text, subject="WG: Bestellung", sender="Rep <rep@us.example>")
        self.assertEqual(open_mail(message).sources[0].text.strip(), "5 Stk A-100")

    def test_newsletter_says_that_it_went_to_many(self):
        message = mail()
        message["List-Unsubscribe"] = "<mailto:u@a.example>"
        self.assertTrue(open_mail(message).mail.bulk)

    def test_hostile_mails_are_bounded(self):
        parts = "".join(f"--b\nContent-Type: text/html\n\n<p>{n}</p>\n" for n in range(3000))
        head = "From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        found = unpack(Source("m.eml", (head + parts + "--b--\n").encode()))
        self.assertEqual(codes(found), ["too_large"])
        self.assertEqual(found.findings[0].parameters["limit"], "parts")
        deep = "From: a@b.example\nMIME-Version: 1.0\n" + "".join(
            f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(2000)
        )
        self.assertEqual(codes(unpack(Source("m.eml", deep.encode()))), ["too_large"])
        message = mail()
        for number in range(60):
            message.add_attachment(f"%PDF-{number}".encode(), maintype="application", subtype="pdf")
        found = open_mail(message, sources=10)
        self.assertEqual((len(found.sources), codes(found)), (10, ["too_large"]))

    def test_broken_headers_do_not_stop_the_mail(self):
        content = (
            b"From: =?utf-8?B?!!!?= <a@b.example>\nDate: yesterday\nSubject: =?nope?Q?x?=\n"
            b"Message-ID: <1>\nContent-Type: text/plain; charset=nope\n\nGr\xfc\xdfe\n"
        )
        found = unpack(Source("m.eml", content))
        self.assertEqual(found.sources[0].text.strip(), "Grüße")
        self.assertEqual(found.mail.sender, "a@b.example")
        self.assertIsNone(found.mail.date)


class TestUnpackArchive(BaseCase):
    def test_files_without_litter(self):
        content = archive(
            [("in/o.pdf", b"%PDF-1.4"), ("__MACOSX/x", b"x"), (".DS_Store", b"x"), ("in/", b"")]
        )
        self.assertEqual(names(unpack(Source("a.zip", content))), ["o.pdf"])

    def test_mail_in_archive_in_mail(self):
        message = mail()
        content = archive([("inner.eml", bytes(mail("I order")))])
        message.add_attachment(content, maintype="application", subtype="zip", filename="a.zip")
        self.assertEqual(names(open_mail(message)), ["body.txt", "body.txt"])
        self.assertEqual(codes(open_mail(message, depth=1)), ["too_large"])

    def test_bombs_are_refused(self):
        zeros = archive([("bomb.txt", b"0" * 30_000_000)])
        found = unpack(Source("a.zip", zeros))
        self.assertEqual((names(found), codes(found)), ([], ["too_large"]))
        many = archive([(f"{n}.txt", b"x") for n in range(600)])
        self.assertEqual(codes(unpack(Source("a.zip", many))), ["too_large"])
        nested = b"x"
        for _level in range(10):
            nested = archive([("a.zip", nested)])
        self.assertEqual(codes(unpack(Source("a.zip", nested))), ["too_large"])

    def test_locked_and_broken_archives_are_told(self):
        content = bytearray(archive([("o.pdf", b"%PDF-1.4")]))
        for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            content[content.index(mark) + offset] |= 1
        self.assertEqual(codes(unpack(Source("a.zip", bytes(content)))), ["encrypted"])
        self.assertEqual(codes(unpack(Source("a.zip", bytes(content[:40])))), ["broken_file"])

    def test_xml_embedded_in_a_pdf(self):
        import pymupdf

        document = pymupdf.open()
        document.new_page()
        document.embfile_add("order-x.xml", UBL)
        document.embfile_add("readme.txt", b"hello")
        pdf, xml = unpack(Source("o.pdf", document.tobytes())).sources
        self.assertEqual((pdf.name, xml.name, xml.role), ("o.pdf", "order-x.xml", "embedded"))
        self.assertEqual(xml.container, "o.pdf")

    def test_xml_that_a_page_or_the_document_is_associated_with(self):
        import pymupdf

        document = pymupdf.open()
        page = document.new_page()
        page.add_file_annot((9, 9), UBL, "note.xml")
        stream, file = document.get_new_xref(), document.get_new_xref()
        document.update_object(stream, "<</Type/EmbeddedFile>>")
        document.update_stream(stream, UBL + b" ")
        document.update_object(file, f"<</Type/Filespec/UF(af.xml)/EF<</F {stream} 0 R>>>>")
        document.xref_set_key(document.pdf_catalog(), "AF", f"[{file} 0 R]")
        _pdf, *found = unpack(Source("o.pdf", document.tobytes())).sources
        self.assertEqual([xml.name for xml in found], ["note.xml", "af.xml"])
        self.assertEqual({xml.kind for xml in found}, {"ubl"})

    def test_a_file_that_is_named_twice_is_one(self):
        import pymupdf

        document = pymupdf.open()
        document.new_page().add_file_annot((9, 9), UBL, "o.xml")
        document.embfile_add("order-x.xml", UBL)
        self.assertEqual(len(unpack(Source("o.pdf", document.tobytes())).sources), 2)

    def test_other_files_are_handed_through(self):
        for content in (b"", b"%PDF-broken", b"abc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
            self.assertEqual(names(unpack(Source("f", content))), ["f"])


def tnef(*files):
    """A winmail.dat with these files."""

    def attribute(level, kind, data):
        return struct.pack("<BII", level, kind, len(data)) + data + struct.pack("<H", 0)

    content = struct.pack("<IH", 0x223E9F78, 1) + attribute(
        1, 0x00089006, struct.pack("<I", 0x10000)
    )
    for name, data in files:
        wide = name.encode("utf-16-le") + b"\0\0"
        long = struct.pack("<IIII", 1, 0x3707001F, 1, len(wide)) + wide
        content += attribute(2, 0x00069002, bytes(14)) + attribute(2, 0x00018010, b"SHORT~1.PDF\0")
        content += attribute(2, 0x0006800F, data) + attribute(2, 0x00069005, long)
    return content


class TestUnpackTnef(BaseCase):
    def test_files_with_their_long_names(self):
        content = tnef(("Bestellung Größe.pdf", b"%PDF-1"), ("b.xml", UBL))
        message = mail()
        message.add_attachment(
            content, maintype="application", subtype="ms-tnef", filename="winmail.dat"
        )
        self.assertEqual(names(open_mail(message)), ["Bestellung Größe.pdf", "b.xml", "body.txt"])

    def test_broken_ones_are_told(self):
        content = tnef(("o.pdf", b"%PDF-1" * 50))
        self.assertEqual(codes(unpack(Source("winmail.dat", content[:120]))), ["broken_file"])


class TestCleanNames(BaseCase):
    def test_names_are_for_display_only(self):
        self.assertEqual(clean("../../etc/passwd"), "passwd")
        self.assertEqual(clean("C:\\orders\\a.pdf"), "a.pdf")
        self.assertEqual(clean("inv\u202efdp.exe"), "invfdp.exe")
        self.assertEqual(clean("a\x00b\x07.pdf"), "ab.pdf")
        self.assertEqual(clean("two\r\nlines.pdf"), "two lines.pdf")
        self.assertEqual(clean("", "file"), "file")
        self.assertEqual(clean("...", "file"), "file")
        long = clean("x" * 500 + ".pdf")
        self.assertEqual((len(long), long[-4:]), (150, ".pdf"))


def compound(tree):
    """A compound file (MS-CFB) of nested storages and streams, padded past the mini stream."""
    entries, bodies = [], []

    def add(name, content):
        index = len(entries)
        entries.append([name, content, -1, -1])
        return index

    def chain(children):
        """Siblings as a list along the right hand, each storage with its own children."""
        first = before = -1
        for name, content in children.items():
            index = add(name, content)
            if isinstance(content, dict):
                entries[index][3] = chain(content)
            first = index if first < 0 else first
            if before >= 0:
                entries[before][2] = index
            before = index
        return first

    add("Root Entry", {})
    entries[0][3] = chain(tree)
    sectors = []
    fat = []
    for entry in entries:
        content = entry[1]
        start = 0xFFFFFFFE
        if isinstance(content, bytes) and content:
            entry[1] = content = content.ljust(4096, b"\0")
            count = -(-len(content) // 512)
            start = len(sectors)
            sectors += [content[at * 512 : at * 512 + 512].ljust(512, b"\0") for at in range(count)]
            fat += [start + at + 1 for at in range(count - 1)] + [0xFFFFFFFE]
        bodies.append(start)
    listing = b""
    for number, ((name, content, right, child), start) in enumerate(
        zip(entries, bodies, strict=True)
    ):
        raw = name.encode("utf-16-le") + b"\0\0"
        kind = 5 if not number else 1 if isinstance(content, dict) else 2
        size = len(content) if isinstance(content, bytes) else 0
        links = struct.pack("<3I", 0xFFFFFFFF, right % 2**32, child % 2**32)
        listing += raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1) + links
        listing += bytes(36) + struct.pack("<IQ", start, size)
    listing = listing.ljust(-(-len(listing) // 512) * 512, b"\0")
    directory = len(sectors)
    count = len(listing) // 512
    sectors += [listing[at * 512 : at * 512 + 512] for at in range(count)]
    fat += [directory + at + 1 for at in range(count - 1)] + [0xFFFFFFFE]
    tables = -(-(len(fat) + 2) // 128)
    first = len(sectors)
    fat += [0xFFFFFFFD] * tables
    fat += [0xFFFFFFFF] * (tables * 128 - len(fat))
    sectors += [struct.pack("<128I", *fat[at * 128 : at * 128 + 128]) for at in range(tables)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, tables, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", *range(first, first + tables), *[0xFFFFFFFF] * (109 - tables))
    return head + b"".join(sectors)


def outlook(subject, body, sender=None, headers="", attachments=(), html=None):
    """The storage of a mail as Outlook saves it."""

    def wide(text):
        return text.encode("utf-16-le")

    storage = {"__properties_version1.0": bytes(32), "__substg1.0_0037001F": wide(subject)}
    storage["__substg1.0_1000001F"] = wide(body)
    if sender:
        storage["__substg1.0_0C1A001F"] = wide(sender[0])
        storage["__substg1.0_5D01001F"] = wide(sender[1])
    if headers:
        storage["__substg1.0_007D001F"] = wide(headers)
    if html:
        storage["__substg1.0_10130102"] = html.encode()
    for number, (name, content) in enumerate(attachments):
        inner = {"__properties_version1.0": bytes(8), "__substg1.0_3707001F": wide(name)}
        key = "000D" if isinstance(content, dict) else "0102"
        inner["__substg1.0_3701" + key] = content
        storage[f"__attach_version1.0_#{number:08X}"] = inner
    return storage


class TestUnpackOutlook(BaseCase):
    def open(self, storage):
        source = Source("m.msg", compound(storage))
        self.assertEqual(source.kind, "msg")
        return unpack(source)

    def test_attachments_text_and_envelope(self):
        found = self.open(
            outlook("Bestellung", "Größe 5", ("Jo Ray", "jo@a.example"), "", [("o.pdf", b"%PDF-1")])
        )
        self.assertEqual(names(found), ["o.pdf", "body.txt"])
        self.assertEqual(found.sources[1].text, "Größe 5")
        self.assertEqual((found.mail.sender, found.mail.sender_name), ("jo@a.example", "Jo Ray"))
        self.assertEqual(found.mail.subject, "Bestellung")

    def test_headers_of_the_journey_know_best(self):
        headers = "From: Eva <eva@b.example>\r\nDate: Tue, 20 Jan 2026 08:00:00 +0100\r\n\r\n"
        found = self.open(outlook("x", "Hi", ("Eva", "/O=EXCHANGE/CN=EVA"), headers))
        self.assertEqual((found.mail.sender, found.mail.date), ("eva@b.example", "2026-01-20"))

    def test_mail_in_a_mail(self):
        inner = outlook(
            "Order", "5 nails", ("Buyer", "b@c.example"), attachments=[("o.pdf", b"%PDF-2")]
        )
        outer = outlook(
            "FW: Order", "FYI", ("Rep", "rep@us.example"), attachments=[("Order", inner)]
        )
        found = self.open(outer)
        self.assertEqual(names(found), ["o.pdf", "body.txt", "body.txt"])
        self.assertEqual(found.sources[0].mail.sender, "b@c.example")
        self.assertEqual(found.sources[0].mail.forwarder, "rep@us.example")

    def test_html_table(self):
        found = self.open(outlook("x", "flat", html=f"<p>Hi</p>{TABLE}"))
        self.assertEqual(names(found), ["body.html"])

    def test_broken_files_are_told(self):
        content = compound(outlook("x", "Hi", attachments=[("o.pdf", b"%PDF-1" * 500)]))
        for end in range(600, len(content), 700):
            unpack(Source("m.msg", content[:end]))
        broken = content[:512] + "__properties_version1.0".encode("utf-16-le")
        self.assertEqual(codes(unpack(Source("m.msg", broken))), ["broken_file"])
