"""Several orders in one file or on one page, copies, and text across the page."""

from odoo.tests import BaseCase

from ..extraction.acceptance import accept
from ..extraction.layout.engine import read_pages
from ..extraction.layout.pdf import unreadable
from ..extraction.reader import Hints
from ..extraction.readers.layout import LayoutReader
from ..extraction.source import Source
from .test_layout import COLUMNS, HEAD, LETTER, OWN, item, one, page, read
from .test_layout_pdf import pdf

BOLT = item("10", "A-100", "Bolt M8", "15", "Stk", "2,00", "30,00")
WASHER = item("20", "A-200", "Washer M8", "10", "Stk", "0,50", "5,00")
NUT = item("30", "A-300", "Nut M8", "10", "Stk", "1,50", "15,00")


def total(amount):
    return [(400, "Nettosumme"), (545 - LETTER * len(amount), amount)]


def numbered(head, number):
    return tuple(
        line and [(x, text.replace("26-1044", number)) for x, text in line] for line in head
    )


class TestSeveralOrders(BaseCase):
    def test_two_orders_on_one_page(self):
        first = (*HEAD, COLUMNS, BOLT, WASHER, None, total("35,00"), None, None)
        second = (*numbered(HEAD, "26-1045"), COLUMNS, NUT, None, total("15,00"))
        orders = read(page(*first, *second))
        self.assertEqual([order.number for order in orders], ["26-1044", "26-1045"])
        self.assertEqual([len(order.lines) for order in orders], [2, 1])
        self.assertTrue(all(order.confidence >= 0.95 for order in orders))

    def test_one_order_in_two_tables_on_one_page(self):
        order = one(page(*HEAD, COLUMNS, BOLT, None, COLUMNS, NUT, None, total("45,00")))
        self.assertEqual((order.number, len(order.lines)), ("26-1044", 2))

    def test_a_text_that_goes_on_on_the_next_page_belongs_to_the_last_item(self):
        rest, below = [(190, "DIN 933, verzinkt")], [(400, "Nettosumme"), (525, "50,00")]
        for head in ((), (COLUMNS,)):
            order = one(
                page(*HEAD, COLUMNS, BOLT, WASHER),
                page([(50, "Alder Works GmbH")], None, *head, rest, NUT, None, below, number=2),
            )
            self.assertEqual(
                [line.description.splitlines() for line in order.lines],
                [["Bolt M8"], ["Washer M8", "DIN 933, verzinkt"], ["Nut M8"]],
            )

    def test_a_copy_of_every_page_counts_once(self):
        body = (*HEAD, COLUMNS, BOLT, WASHER, None, total("35,00"))
        order = one(page(*body), page([(250, "KOPIE")], *body, number=2))
        self.assertEqual(len(order.lines), 2)

    def test_the_same_items_under_another_number_are_another_order(self):
        body = (COLUMNS, BOLT, WASHER, None, total("35,00"))
        orders = read(page(*HEAD, *body), page(*numbered(HEAD, "26-1045"), *body, number=2))
        self.assertEqual([order.number for order in orders], ["26-1044", "26-1045"])


class TestQuantityAndUnit(BaseCase):
    def test_heads_so_near_that_they_read_as_one(self):
        columns = [*COLUMNS[:3], (347, "Menge"), (374.5, "Einheit"), *COLUMNS[5:]]
        rows = [
            [
                *cells[:3],
                (372 - LETTER * len(cells[3][1]), cells[3][1]),
                (380, "100 St"),
                *cells[5:],
            ]
            for cells in (
                item("10", "A-100", "Bolt M8", "500", "", "12,00", "60,00"),
                item("20", "A-200", "Nut M8", "2000", "", "3,00", "60,00"),
            )
        ]
        order = one(page(*HEAD, columns, *rows, None, total("120,00")))
        self.assertEqual([line.quantity for line in order.lines], [500, 2000])
        self.assertEqual([line.uom for line in order.lines], ["St", "St"])


class TestPapersWithoutTitle(BaseCase):
    """A table alone does not make a paper an order."""

    def kind(self, head, papers):
        lines = (*head, None, COLUMNS, BOLT, WASHER, None, total("35,00"))
        (document,) = read_pages([page(*lines)], OWN, papers=papers)
        return document.document_type

    def test_that_does_not_speak_of_an_order(self):
        head = ([(50, "Alder Works GmbH"), (380, "Bewegungsjournal")], [(50, "Nummer: 4711")])
        self.assertEqual(self.kind(head, papers=True), "other")

    def test_that_orders_in_a_sentence(self):
        head = ([(50, "Alder Works GmbH")], [(50, "Wir bestellen wie besprochen")])
        self.assertEqual(self.kind(head, papers=True), "purchase_order")

    def test_a_bare_table_of_a_file_may_be_one(self):
        self.assertEqual(self.kind(([(50, "Alder Works GmbH")],), papers=False), "purchase_order")


class TestAcrossThePage(BaseCase):
    def read(self, content):
        (document,) = LayoutReader().read(Source("order.pdf", content), Hints())
        return accept(document)

    def test_a_watermark_is_part_of_no_line(self):
        import pymupdf

        def watermark(page):
            for x in range(60, 540, 60):
                point = pymupdf.Point(x, 150)
                page.insert_text(point, "DRAFT 99", morph=(point, pymupdf.Matrix(40)))

        self.assertEqual(self.read(pdf(watermark)).lines, self.read(pdf()).lines)

    def test_a_remark_along_the_margin_is_part_of_no_line(self):
        def margin(page):
            page.insert_text((30, 200), "Form 88 of 2025, IBAN 4711 0815", fontsize=9, rotate=90)

        plain, order = self.read(pdf()), self.read(pdf(margin))
        self.assertEqual((order.number, order.lines), (plain.number, plain.lines))


class TestUnreadable(BaseCase):
    def test_only_letters_within_words_count(self):
        def span(text):
            return {"chars": [(ord(char), 0, (0, 0), (0, 0, 1, 1)) for char in text]}

        self.assertEqual(unreadable([span("F\ufffdrderanlagen"), span("\ufffd Tel. 123")]), 1)
