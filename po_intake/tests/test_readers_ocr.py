import io
from subprocess import CompletedProcess
from unittest import skipUnless
from unittest.mock import patch

from odoo.tests import BaseCase

from ..extraction.document import Evidence, OrderDocument
from ..extraction.layout.page import Page, Word
from ..extraction.reader import EncryptedSource, Hints, NoText, TooLarge
from ..extraction.readers import ocr, orientation, recognition
from ..extraction.readers.ocr import OcrReader
from ..extraction.readers.recognition import Mark
from ..extraction.readers.straighten import level
from ..extraction.source import Source

try:
    import numpy
except ImportError:
    numpy = None
try:
    import rapidocr
except ImportError:
    rapidocr = None


def mark(text, x, y, width, height, score=0.99, tilt=0.0):
    corners = ((x, y), (x + width, y + tilt), (x + width, y + height + tilt), (x, y + height))
    return Mark(text, corners, score)


def pdf(*texts):
    import pymupdf

    document = pymupdf.open()
    for text in texts:
        page = document.new_page()
        if text:
            page.insert_text((72, 72), text)
    return document


def scan(*texts):
    """The same pages as pictures."""
    import pymupdf

    result = pymupdf.open()
    for page in pdf(*texts):
        picture = page.get_pixmap(dpi=150).tobytes("png")
        target = result.new_page(width=page.rect.width, height=page.rect.height)
        target.insert_image(target.rect, stream=picture)
    return result


LINES = """PURCHASE ORDER
Order no.: PO-4711
Date: 2026-03-01

Pos    Your item no.    Description         Qty    Unit    Price    Amount
1       BB-6000           Ball bearing          14     pcs      1.36      19.04
2       LAF-80             Lever arch file        30     pcs      2.00      60.00"""


class TestOcr(BaseCase):
    def test_typed_pages_and_missing_engines_are_told(self):
        typed = pdf("one two three four five six seven eight nine ten eleven twelve thirteen")
        with self.assertRaises(NoText) as caught:
            OcrReader().read(Source("a.pdf", typed.tobytes()), Hints())
        self.assertEqual(caught.exception.parameters, {"reason": "typed"})
        with patch.object(recognition, "engine", side_effect=NoText(reason="no_engine")):
            if numpy:
                with self.assertRaises(NoText):
                    OcrReader().read(Source("a.pdf", scan("x").tobytes()), Hints())

    def test_limits(self):
        many = pdf(*[""] * 30)
        with self.assertRaises(TooLarge):
            OcrReader().read(Source("a.pdf", many.tobytes()), Hints())
        huge = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (60_000).to_bytes(4, "big") * 2 + bytes(10)
        with self.assertRaises(TooLarge):
            OcrReader().read(Source("a.png", huge), Hints())
        locked = pdf("x").tobytes(encryption=5, user_pw="a", owner_pw="b")
        with self.assertRaises(EncryptedSource):
            OcrReader().read(Source("a.pdf", locked), Hints())

    def test_words_in_spaced_letters_stay_whole(self):
        for line in ("INKOOPORDER", "BON DE COMMANDE"):
            letters, x = [], 0.0
            for letter in line:
                if letter != " ":
                    letters.append((letter, 0.99, ((x, 0), (x + 20, 0), (x + 20, 40), (x, 40))))
                x += 33 if letter != " " else 14
            for seen in (line, line.replace(" ", "")):  # the engine may overlook the blank
                marks = recognition.words(seen, letters, 40)
                self.assertEqual([found.text for found in marks], line.split())

    def test_gaps_that_the_engine_overlooked_part_words(self):
        for line, expected in (
            ("25_box", ["25", "box"]),
            ("220.31_110,155.00", ["220.31", "110,155.00"]),
            ("Lot 7", ["Lot", "7"]),
            ("Rossi S.r.I.", ["Rossi", "S.r.l."]),  # letters that look alike
            ("Sp. z 0.o.", ["Sp.", "z", "o.o."]),
            ("Total inkI. 33 Ib", ["Total", "inkl.", "33", "lb"]),
            ("McIver TypeIII", ["McIver", "TypeIII"]),
            ("ab_Mcd", ["abMcd"]),  # capitals such as M are wide
        ):
            letters, x = [], 0.0
            for letter in line:
                if letter not in "_ ":
                    box = ((x, 0), (x + 12, 0), (x + 12, 39), (x, 39))
                    letters.append((letter, 0.9, box))
                x += 13 if letter != "_" else 18
            text = line.replace("_", "")
            marks = recognition.words(text, letters, 39)
            self.assertEqual([found.text for found in marks], expected)
        self.assertEqual(marks[0].corners[0], (0.0, 0.0))

    def test_a_word_is_as_sure_as_its_least_sure_letter(self):
        def weakest(code, weak):
            box = ((0, 0), (12, 0), (12, 39), (0, 39))
            letters = [
                (letter, 0.66 if at == weak else 0.99, box) for at, letter in enumerate(code)
            ]
            return recognition._mark(letters).weakest

        self.assertAlmostEqual(weakest("WV-0595", 0), 0.66)
        self.assertAlmostEqual(weakest("WV-0595", 2), 0.99)  # codes are compared without marks
        self.assertAlmostEqual(weakest("WV-0595", 4), 0.86)  # figures are less easily confused

    def test_letters_that_overlapping_runs_share_count_once(self):
        code = mark("EN-C4-80", 100, 10, 80, 14)
        echo, name = mark("0", 176, 10, 7, 14), mark("Koperta", 190, 10, 60, 14)
        self.assertEqual(recognition.without_echoes([[code], [echo, name]]), [code, name])
        pieces = mark("0", 181, 10, 7, 14)
        self.assertEqual(len(recognition.without_echoes([[code], [pieces, name]])), 3)

    def test_a_layer_of_text_under_a_picture_is_not_what_people_see(self):
        words = "one two three four five six seven eight nine ten " * 3
        below, unpainted, above = pdf(words), pdf(""), pdf("")
        unpainted[0].insert_text((72, 72), words, render_mode=3)
        for document in (below, unpainted, above):
            picture = pdf("x")[0].get_pixmap(dpi=40).tobytes("png")
            document[0].insert_image(document[0].rect, stream=picture)
        above[0].insert_text((72, 72), words)
        typed = [ocr._is_typed(document[0]) for document in (below, unpainted, above)]
        self.assertEqual(typed, [False, False, True])

    def test_places_lead_back_to_the_page_as_scanned(self):
        # a page of 100 x 200 lies on its side: upright it is 200 x 100
        self.assertEqual(ocr._turned_back(10, 20, 200, 100, 1), (80, 10))
        self.assertEqual(ocr._turned_back(10, 20, 100, 200, 2), (90, 180))
        self.assertEqual(ocr._turned_back(10, 20, 200, 100, 3), (20, 190))
        word = Word("77", 10, 10, 30, 20, page=1)
        seen = ocr._Seen(Page(1, 100, 100, (word,)), {word: (50.0, 60.0, 70.0, 80.0)})
        evidence = {"number": Evidence(1, (9.0, 9.0, 31.0, 21.0), "77", "layout", 0.9)}
        document = ocr._restored(OrderDocument(number="77", evidence=evidence), [seen])
        self.assertEqual(document.evidence["number"].bbox, (50.0, 60.0, 70.0, 80.0))
        self.assertEqual(document.evidence["number"].reader, "ocr")


@skipUnless(numpy, "numpy comes with the recognition engine")
class TestLevel(BaseCase):
    WIDTH, HEIGHT = 1500, 2200

    def straightened(self, drop):
        """The middles of level words by line, after they had sunk by ``drop(x, y)`` pixels."""
        places = [(x, y) for y in range(100, 2100, 50) for x in (100, 400, 800, 1200)]
        marks = [mark("word", x, y + round(drop(x, y)), 120, 24) for x, y in places]
        lines = level(marks, self.WIDTH, self.HEIGHT)
        rows = {}
        for (_x, y), found in zip(places, marks):
            (x0, y0), *_others = (lines.point(*corner) for corner in found.corners)
            rows.setdefault(y, []).append(y0)
        return rows

    def test_lines_are_level_after_it(self):
        """Boxes of short words are level even where the lines are not: they say nothing."""
        for drop in (
            lambda x, y: 0.0,
            lambda x, y: -0.012 * x,
            lambda x, y: 0.03 * x,
            lambda x, y: 0.02 * (x - 700) * (y - 1000) / 1000,
        ):
            for ys in self.straightened(drop).values():
                self.assertLess(max(ys) - min(ys), 5)

    def test_two_addresses_side_by_side_do_not_bend_the_page(self):
        left = [mark("left", 100, 100 + 30 * row, 200, 20) for row in range(6)]
        right = [mark("right", 700, 108 + 30 * row, 200, 20) for row in range(6)]
        table = [
            mark("cell", x, 600 + 40 * row - x // 100, 80, 20)
            for row in range(20)
            for x in (100, 400, 700, 1000)
        ]
        lines = level([*left, *right, *table], self.WIDTH, self.HEIGHT)
        self.assertAlmostEqual(lines.slope, -0.01, 3)
        self.assertLess(abs(lines.down), 0.003)

    def test_a_page_of_few_words(self):
        tilted = [mark("word", 100, 50 * line, 400, 20, tilt=8) for line in range(5)]
        self.assertAlmostEqual(level(tilted, self.WIDTH, self.HEIGHT).slope, 0.02, 3)
        self.assertEqual(level([], self.WIDTH, self.HEIGHT).slope, 0.0)


@skipUnless(numpy, "numpy comes with the recognition engine")
class TestOrientation(BaseCase):
    def setUp(self):
        super().setUp()
        self.seen = []

    def recognizer(self, upright_turn):
        """Reads well only after so many quarter turns, told by a white corner."""

        def recognize(picture):
            height, width = picture.shape[:2]
            corners = [picture[0, 0, 0], picture[0, -1, 0], picture[-1, -1, 0], picture[-1, 0, 0]]
            at = [int(value) for value in corners].index(255)  # clockwise from the top left
            self.seen.append(at)
            wide = height > width
            if at == 0:
                return [mark("upright", 10, 10, 80, 10)]
            lies = (10, 10, 10, 80) if wide != (upright_turn % 2 == 0) else (10, 10, 80, 10)
            return [mark("garbage", *lies, score=0.3)]

        picture = numpy.zeros((200, 100, 3), dtype=numpy.uint8)
        picture[0, 0] = 255
        return numpy.ascontiguousarray(numpy.rot90(picture, -upright_turn)), recognize

    def test_upright_pages_are_recognized_once(self):
        picture, recognize = self.recognizer(0)
        marks, turns = orientation.upright(picture, recognize)
        self.assertEqual((marks[0].text, turns, len(self.seen)), ("upright", 0, 1))

    def test_pages_on_their_head(self):
        picture, recognize = self.recognizer(2)
        marks, turns = orientation.upright(picture, recognize)
        self.assertEqual((marks[0].text, turns), ("upright", 2))

    def test_pages_on_their_side_that_the_engine_does_not_see(self):
        picture, recognize = self.recognizer(1)
        blind = lambda array: [item for item in recognize(array) if item.text == "upright"]  # noqa: E731
        marks, turns = orientation.upright(picture, blind)
        self.assertEqual((marks[0].text, turns), ("upright", 1))

    def test_pages_on_their_side_are_recognized_once_and_glanced_at(self):
        page = numpy.full((1600, 1200, 3), 240, dtype=numpy.uint8)
        page[..., 0] = numpy.linspace(150, 240, 1200)  # redder from left to right
        for row in range(100, 1500, 40):
            page[row : row + 12, 100:1100] = 0
        sizes = []

        def recognize(picture):
            sizes.append(picture.size)
            reds = picture[..., 0].max(axis=0)
            if reds[-1] > reds[0]:
                return [mark("upright", 10, 10, 80, 10)]
            return [mark("garbage", 10, 10, *((80, 10) if reds[-1] < reds[0] else (10, 80)), 0.3)]

        for turn in (1, 3):
            sizes.clear()
            marks, turns = orientation.upright(numpy.rot90(page, turn), recognize)
            self.assertEqual((marks[0].text, turns), ("upright", 4 - turn))
            self.assertEqual(sizes.count(page.size), 1)
            self.assertLess(sum(sizes), 1.5 * page.size)

    def test_an_engine_that_does_not_work_is_told(self):
        done = CompletedProcess([], 127, b"", b"no such library")
        working = patch.object(recognition.subprocess, "run", return_value=done)
        with working, self.assertRaises(NoText) as caught:
            recognition._tesseract(numpy.zeros((9, 9, 3), dtype=numpy.uint8))
        self.assertEqual(caught.exception.parameters, {"reason": "engine_failed"})


@skipUnless(rapidocr, "the recognition engine is optional")
class TestRecognition(BaseCase):
    def test_a_scanned_order(self):
        (order,) = OcrReader().read(Source("a.pdf", scan(LINES).tobytes()), Hints())
        self.assertEqual((order.document_type, order.number), ("purchase_order", "PO-4711"))
        self.assertEqual([str(line.quantity) for line in order.lines], ["14", "30"])
        self.assertEqual(order.evidence["number"].reader, "ocr")

    def test_a_photo_that_lies_on_its_side(self):
        from PIL import Image

        picture = scan(LINES)[0].get_pixmap(dpi=150)
        image = Image.frombytes("RGB", (picture.width, picture.height), picture.samples)
        buffer = io.BytesIO()
        image.rotate(90, expand=True).save(buffer, "PNG")
        (order,) = OcrReader().read(Source("a.png", buffer.getvalue()), Hints())
        self.assertEqual(order.number, "PO-4711")
