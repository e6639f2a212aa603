from odoo.tests import BaseCase

from ..extraction.layout.pdf import read_pdf
from ..extraction.reader import (
    BrokenSource,
    EncryptedSource,
    Hints,
    NoText,
    TooLarge,
)
from ..extraction.readers.layout import LayoutReader
from ..extraction.source import Source

BLACK, WHITE = (0, 0, 0), (1, 1, 1)


def pdf(draw=None, rotation=0, **save):
    """A PDF with a small order; ``draw(page)`` adds what is to be tested."""
    import pymupdf

    document = pymupdf.open()
    page = document.new_page(width=595, height=842)
    for y, row in enumerate(ORDER):
        for x, text in row:
            page.insert_text((x, 60 + 16 * y), text, fontsize=9)
    if draw:
        draw(page)
    page.set_rotation(rotation)
    return document.tobytes(**save)


ORDER = (
    [(50, "Acme Ltd"), (400, "PURCHASE ORDER")],
    [(50, "1 High Street"), (400, "PO number: 4711")],
    [(50, "Leeds, LS1 1AA"), (400, "Date: 05/03/2026")],
    [],
    [
        (50, "Item"),
        (90, "Our item no."),
        (180, "Description"),
        (330, "Qty"),
        (380, "Unit"),
        (430, "Price"),
        (500, "Amount"),
    ],
    [
        (50, "1"),
        (90, "A-100"),
        (180, "Hex bolt M8"),
        (330, "100"),
        (380, "pcs"),
        (430, "0.24"),
        (500, "24.00"),
    ],
    [(430, "Net total"), (500, "24.00 GBP")],
)


def _append(page, operators):
    """Add to what is drawn on a page."""
    page.wrap_contents()
    document, xref = page.parent, page.get_contents()[-1]
    document.update_stream(xref, document.xref_stream(xref) + operators)


def _filled(remark):
    remark.set_colors(stroke=BLACK, fill=BLACK)
    remark.update()


# a grey picture of one pixel, drawn over (40, 380) to (200, 410) of a page of 842 points' height
INLINE = b"\nq 160 0 0 30 40 432 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q\n"


class TestPdf(BaseCase):
    def read(self, content):
        (document,) = LayoutReader().read(Source("order.pdf", content), Hints())
        return document

    def words(self, content):
        return {word.text for sheet in read_pdf(content, 10) for word in sheet.page.words}

    def test_an_order_with_places_on_the_page(self):
        order = self.read(pdf())
        self.assertEqual((order.number, len(order.lines)), ("4711", 1))
        x0, y0, x1, y1 = order.evidence["lines.0.partner_code"].bbox
        self.assertTrue(85 < x0 < x1 < 125 and 125 < y0 < y1 < 150)

    def test_a_soft_hyphen_that_is_drawn_is_a_hyphen(self):
        import pymupdf

        def draw(page):
            writer = pymupdf.TextWriter(page.rect)
            writer.append((50, 700), "A-100", font=pymupdf.Font("helv"))
            writer.write_text(page)

        self.assertIn("A-100", self.words(pdf(draw)))

    def test_places_are_those_of_the_page_as_shown(self):
        import pymupdf

        for rotation in (90, 180, 270):
            content = pdf(rotation=rotation)
            order = self.read(content)
            self.assertEqual((order.number, len(order.lines)), ("4711", 1))
            with pymupdf.open(stream=content) as document:
                page = document[0]
                box = pymupdf.Rect(order.evidence["number"].bbox) * page.derotation_matrix
                self.assertIn("4711", page.get_textbox(box + (-2, -2, 2, 2)))

    def test_what_nobody_sees_is_left_out_and_said(self):
        import pymupdf

        place = pymupdf.Rect(40, 380, 200, 410)
        picture = pymupdf.Pixmap(pymupdf.csRGB, (0, 0, 16, 3))
        picture.clear_with(200)
        tricks = {
            "white": lambda page: page.insert_text(
                (50, 400), "SECRET 9999", fontsize=9, color=WHITE
            ),
            "tiny": lambda page: page.insert_text((50, 400), "SECRET 9999", fontsize=0.8),
            "unpainted": lambda page: page.insert_text(
                (50, 400), "SECRET 9999", fontsize=9, render_mode=3
            ),
            "faint": lambda page: page.insert_text(
                (50, 400), "SECRET 9999", fontsize=9, fill_opacity=0.02
            ),
            "off the page": lambda page: page.insert_text((50, 1200), "SECRET 9999", fontsize=9),
            "covered": lambda page: (
                page.insert_text((50, 400), "SECRET 9999", fontsize=9),
                page.draw_rect(place, color=None, fill=BLACK),
            ),
            "under a picture": lambda page: (
                page.insert_text((50, 400), "SECRET 9999", fontsize=9),
                page.insert_image(place, pixmap=picture, keep_proportion=False),
            ),
            "under a picture of the page's own": lambda page: (
                page.insert_text((50, 400), "SECRET 9999", fontsize=9),
                _append(page, INLINE),
            ),
            "under a remark": lambda page: (
                page.insert_text((50, 400), "SECRET 9999", fontsize=9),
                _filled(page.add_rect_annot(place)),
            ),
        }
        for name, draw in tricks.items():
            with self.subTest(name):
                content = pdf(draw)
                self.assertNotIn("SECRET", self.words(content))
                if name != "off the page":
                    order = self.read(content)
                    self.assertIn("hidden_text", {finding.code for finding in order.findings})

    def test_white_letters_on_a_dark_head_are_seen(self):
        import pymupdf

        def draw(page):
            page.draw_rect(pymupdf.Rect(40, 380, 300, 410), color=None, fill=(0.1, 0.2, 0.5))
            page.insert_text((50, 400), "VISIBLE HEAD", fontsize=11, color=WHITE)

        self.assertIn("VISIBLE", self.words(pdf(draw)))
        self.assertEqual(self.read(pdf(draw)).findings, self.read(pdf()).findings)

    def test_turned_pages_hide_and_show_the_same(self):
        import pymupdf

        def draw(page):
            page.draw_rect(pymupdf.Rect(40, 380, 300, 410), color=None, fill=(0.1, 0.2, 0.5))
            page.insert_text((50, 400), "VISIBLE HEAD", fontsize=11, color=WHITE)
            page.insert_text((50, 500), "SECRET 9999", fontsize=9, color=WHITE)

        for rotation in (90, 180, 270):
            with self.subTest(rotation):
                words = self.words(pdf(draw, rotation))
                self.assertIn("VISIBLE", words)
                self.assertNotIn("SECRET", words)

    def test_files_that_cannot_be_read_say_why(self):
        import pymupdf

        empty = pymupdf.open()
        empty.new_page()
        locked = pdf(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="u", owner_pw="o")
        for content, error in (
            (b"%PDF-1.4 and then nothing", BrokenSource),
            (locked, EncryptedSource),
            (empty.tobytes(), NoText),
        ):
            with self.assertRaises(error):
                read_pdf(content, 10)
        for _page in range(3):
            empty.new_page()
        with self.assertRaises(TooLarge):
            read_pdf(empty.tobytes(), 3)
