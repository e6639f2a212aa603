"""What people see of a document: pages, words, rows."""

from odoo.tests import BaseCase

from ..extraction.reader import ReaderError
from ..extraction.sandbox import Sandbox
from ..extraction.source import Source


def pdf(*texts, rotation=0):
    """A PDF with one text on each page, 100 points from the left and the top."""
    import pymupdf

    with pymupdf.open() as file:
        for text in texts:
            page = file.new_page(width=400, height=300)
            page.insert_text((100, 100), text, fontsize=10)
            page.set_rotation(rotation)
        return Source("order.pdf", file.tobytes())


class TestView(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sandbox = Sandbox()
        cls.addClassCleanup(cls.sandbox.close)

    def test_a_picture_has_no_typed_words(self):
        import pymupdf

        with pymupdf.open("pdf", pdf("a").content) as file:
            picture = Source("scan.png", file[0].get_pixmap().tobytes("png"))
        self.assertEqual(len(self.sandbox.view(picture).pages), 1)
        self.assertEqual(self.sandbox.words(picture, 1, recognize=False), [])

    def test_pages_with_their_sizes(self):
        self.assertEqual(self.sandbox.view(pdf("a", "b")).pages, ((400.0, 300.0), (400.0, 300.0)))

    def test_a_page_as_a_picture(self):
        import pymupdf

        picture = pymupdf.Pixmap(self.sandbox.picture(pdf("a"), 1, 2.0))
        self.assertEqual((picture.width, picture.height), (800, 600))

    def test_words_stand_where_the_page_shows_them(self):
        for rotation, where in ((0, (100, 90)), (90, (200, 100)), (180, (290, 200))):
            with self.subTest(rotation=rotation):
                found = self.sandbox.words(pdf("Order 4711", rotation=rotation), 1)
                self.assertEqual(sorted(text for text, _box in found), ["4711", "Order"])
                box = next(box for text, box in found if text == "Order")
                corner = min(box[0], box[2]), min(box[1], box[3])
                far = [abs(a - b) for a, b in zip(corner, where, strict=True)]
                self.assertLess(max(far), 25, f"{box}")

    def test_spreadsheet_as_rows_of_cells(self):
        source = Source("order.csv", b"Item;Qty\nHB-1;5\nSR-2;7\n")
        rows = [row for row in self.sandbox.view(source).rows if row]
        self.assertEqual(rows[1], (("A2", "HB-1"), ("B2", "5")))

    def test_text_of_a_mail(self):
        mail = b"From: a@b.example\nSubject: Order\nContent-Type: text/plain\n\nHi\n5 x HB-1\n"
        rows = self.sandbox.view(Source("mail.eml", mail)).rows
        self.assertIn((("line 2", "5 x HB-1"),), rows)

    def test_markup_stays_text(self):
        html = b"<html><body><p>5 x <b>&lt;script&gt;</b></p><script>x()</script></body></html>"
        texts = [text for row in self.sandbox.view(Source("a.html", html)).rows for _p, text in row]
        self.assertIn("5 x <script>", texts)
        self.assertNotIn("x()", " ".join(texts))

    def test_what_is_broken_says_so(self):
        with self.assertRaises(ReaderError) as caught:
            self.sandbox.view(Source("order.pdf", b"%PDF-1.7 nothing"))
        self.assertEqual(caught.exception.code, "broken_file")

    def test_no_such_page(self):
        with self.assertRaises(ReaderError):
            self.sandbox.picture(pdf("a"), 2, 1.0)
