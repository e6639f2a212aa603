import datetime
import io
import zipfile
from decimal import Decimal

from odoo.tests import BaseCase

from ..extraction.document import Evidence, OrderDocument
from ..extraction.reader import BrokenSource, EmptySource, EncryptedSource, TooLarge
from ..extraction.readers import flow, tables, typeset
from ..extraction.readers.typeset import Cell, Typesetter
from ..extraction.source import Source


def texts(rows):
    return [[cell.text if cell else None for cell in row] for row in rows]


def xlsx(*sheets):
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"S{number}")
        for row in rows:
            sheet.append(row)
    return book


def saved(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return Source("o.xlsx", buffer.getvalue())


ODS = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="Tabelle 1">
<table:table-row><table:table-cell office:value-type="string"><text:p>Pos</text:p></table:table-cell>
<table:table-cell table:number-columns-repeated="2"/>
<table:table-cell office:value-type="float" office:value="2.125"><text:p>2,125</text:p></table:table-cell>
</table:table-row>
<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>
<table:table-row><table:table-cell office:value-type="date" office:date-value="2026-03-01T00:00:00">
<text:p>01.03.26</text:p></table:table-cell></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


class TestSheets(BaseCase):
    def csv(self, text, charset="utf-8"):
        (rows,) = tables.sheets(Source("o.csv", text.encode(charset), "text/csv"))
        return rows

    def test_typed_values_can_be_read_in_one_way_only(self):
        book = xlsx([["Pos", None, 2.125, 1200, datetime.date(2026, 3, 1), 0.1 + 0.2, 4e12]])
        sheet = book["S1"]
        sheet["H1"], sheet["I1"] = 42, 0.025
        sheet["H1"].number_format, sheet["I1"].number_format = "00000", "0.0%"
        (rows,) = tables.sheets(saved(book))
        self.assertEqual(
            texts(rows),
            [
                [
                    "Pos",
                    None,
                    "2.1250",
                    "1200",
                    "2026-03-01",
                    "0.3",
                    "4000000000000",
                    "00042",
                    "2.5%",
                ]
            ],
        )
        self.assertEqual(rows[0][2].place, "S1!C1")
        self.assertEqual(rows[0][2].printed, "2.125")

    def test_every_visible_sheet_with_content(self):
        book = xlsx([["a"]], [], [["b"]], [["hidden"]])
        book["S4"].sheet_state = "hidden"
        self.assertEqual([texts(rows) for rows in tables.sheets(saved(book))], [[["a"]], [["b"]]])

    def test_formulas_are_not_evaluated(self):
        source = saved(xlsx([["a", '=HYPERLINK("http://attacker.example")', "=1+1"]]))
        self.assertEqual(texts(tables.sheets(source)[0]), [["a"]])

    def test_open_document(self):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as file:
            file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            file.writestr("content.xml", ODS)
        source = Source("o.ods", buffer.getvalue())
        self.assertEqual(source.kind, "ods")
        (rows,) = tables.sheets(source)
        self.assertEqual(texts(rows)[0], ["Pos", None, None, "2.1250"])
        self.assertEqual(texts(rows)[-1][0], "2026-03-01")

    def test_any_separator(self):
        for separator in ";,\t|":
            lines = ["Pos;Text;Qty", "1;Nail;5", '2;"Screw; M4";6'.replace(";", separator)]
            rows = self.csv("\n".join(lines).replace(";", separator))
            self.assertEqual(texts(rows)[1], ["1", "Nail", "5"], separator)
            self.assertEqual(len(rows[2]), 3)
        rows = self.csv("sep=;\nPos;Qty\n1;2,5\n")
        self.assertEqual(texts(rows), [["Pos", "Qty"], ["1", "2,5"]])
        rows = self.csv('Code,Qty\n"=""00123""",5\n="0042",6\n')
        self.assertEqual(texts(rows)[1:], [["00123", "5"], ["0042", "6"]])

    def test_any_code_page(self):
        for text, charset in (
            ("Größe;für;Öl", "utf-8"),
            ("Größe;für;Öl", "utf-8-sig"),
            ("Größe;für;Öl", "cp1252"),
            ("Größe;für;Öl", "cp850"),
            ("Größe;für;Öl", "utf-16"),
            ("Quantité;réf;à l’unité", "cp1252"),
            ("Ilość;średnica;łożysko;wąż", "cp1250"),
            ("Ilość;średnica;łożysko;wąż", "iso8859-2"),
            ("Descripción;año;20 m³;½", "cp1252"),
        ):
            (row,) = self.csv(text, charset)
            self.assertEqual(texts([row]), [text.split(";")], charset)

    def test_what_cannot_be_opened_is_told(self):
        import openpyxl

        for content, error in (
            (b"", EmptySource),
            (b"PK\x03\x04xl/workbook.xml broken", BrokenSource),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), BrokenSource),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
                EncryptedSource,
            ),
        ):
            source = Source("o.xlsx", content)
            with self.assertRaises(error):
                tables.sheets(source if content else saved(openpyxl.Workbook()))

    def test_bombs_are_refused_before_they_are_unpacked(self):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("xl/workbook.xml", b"<x/>")
            file.writestr("xl/worksheets/sheet1.xml", b"<row/>" * 8_000_000)
        with self.assertRaises(TooLarge):
            tables.sheets(Source("o.xlsx", buffer.getvalue()))
        with self.assertRaises(TooLarge):
            self.csv("a;b;c\n" * 30_000)

    def test_a_sheet_may_claim_a_million_rows(self):
        book = xlsx([["Pos", "Qty"], [1, 5]])
        book["S1"].cell(1_000_000, 1).value = None
        book["S1"].cell(900_000, 3).value = "far"
        self.assertEqual(len(tables.sheets(saved(book))[0]), 2)


class TestFlow(BaseCase):
    def blocks(self, html):
        found = []
        for block in flow.html(html):
            if isinstance(block, flow.Table):
                found.append(texts(block.rows))
            elif block.text:
                found.append(block.text)
        return found

    def test_text_and_table(self):
        html = """<html><head><style>p {x}</style><title>x</title></head><body>
        <p>Dear all,<br>please   send</p><div>now:</div>
        <table><tr><th>Item</th><th>Qty</th></tr><tr><td>Nail<br><i>4 mm</i></td><td>5</td></tr>
        </table>Thanks<!-- bye --></body></html>"""
        self.assertEqual(
            self.blocks(html),
            ["Dear all,", "please send", "now:", [["Item", "Qty"], ["Nail\n4 mm", "5"]], "Thanks"],
        )

    def test_spans_keep_columns_under_their_heads(self):
        html = """<table><tr><td rowspan=2>A</td><td colspan=2>B</td><td>C</td></tr>
        <tr><td>b1</td><td>b2</td><td>c</td></tr></table>"""
        self.assertEqual(self.blocks(html), [[["A", "B", None, "C"], [None, "b1", "b2", "c"]]])

    def test_tables_that_only_arrange_are_looked_into(self):
        html = "<table><tr><td><p>Hello</p><table><tr><td>1</td><td>2</td></tr></table></td></tr></table>"
        self.assertEqual(self.blocks(html), ["Hello", [["1", "2"]]])

    def test_what_nobody_sees_is_not_read(self):
        html = '<p>5 nails</p><p style="display: none">9999 nails</p><script>x</script>'
        self.assertEqual(self.blocks(html), ["5 nails"])

    def test_hostile_html(self):
        self.assertEqual(self.blocks("<p>a" + "<b>" * 5000 + "x")[0][0], "a")
        self.assertEqual(self.blocks("<td colspan=999999>x</td>"), ["x"])
        self.assertLess(len(self.blocks('<table><tr><td colspan="99999999">x</table>')[0][0]), 200)

    def test_places_lead_back(self):
        (table,) = [
            item
            for item in flow.html("<table><tr><td>x</td></tr></table>")
            if isinstance(item, flow.Table)
        ]
        self.assertEqual(table.rows[0][0].place, "/html/body/table/tr/td")


class TestTypesetter(BaseCase):
    def test_columns_never_touch(self):
        page = Typesetter()
        page.table(
            [[Cell("a very long description", "A1"), Cell("5", "B1")], [None, Cell("66", "B2")]]
        )
        words = {word.text: word for word in page.words}
        self.assertGreater(words["5"].x0 - words["description"].x1, 20)
        self.assertEqual(words["5"].x0, words["66"].x0)
        self.assertGreater(words["66"].y0, words["5"].y1)

    def test_one_blank_is_a_blank_and_two_are_a_gap(self):
        page = Typesetter()
        page.line("Hex bolt  5  pcs", "line 1")
        a, b, c, d = page.words
        self.assertLess(b.x0 - a.x1, 4)
        self.assertGreater(c.x0 - b.x1, 5)
        self.assertGreater(d.x0 - c.x1, 5)

    def test_boxes_turn_back_into_places(self):
        page = Typesetter()
        page.table([[Cell("PO", "A1"), Cell("77.1250", "B1", "77.125")]])
        word = page.words[1]
        box = (word.x0, word.y0, word.x1, word.y1)
        document = OrderDocument(
            amount_total=Decimal("77.125"),
            evidence={"amount_total": Evidence(1, box, "77.1250", "layout", 0.9)},
        )
        (found,) = typeset.read([page], lambda pages: [document], "spreadsheet")
        self.assertEqual(
            found.evidence["amount_total"],
            Evidence(None, None, "77.125", "spreadsheet", 0.9, "B1"),
        )
