from dataclasses import replace

from odoo.exceptions import AccessError
from odoo.tests import BaseCase, new_test_user

from ..extraction.layout.engine import read_pages
from ..extraction.layout.learned import LEARNED, Layout
from ..extraction.layout.page import Page, Word
from ..extraction.reader import Hints
from ..extraction.readers.layout import LayoutReader
from ..extraction.readers.ocr import OcrReader
from .common import IntakeCase

NAME = "Nordwind Armaturen GmbH"


def page(number="NW-7731", day="05/03/2026", wanted="19/03/2026", codes=("A-100", "B-200"), **more):
    """A page of an order whose head names nothing as the word lists do."""
    rows = [
        [(50, more.get("name", NAME)), (400, "Bestellung")],
        [(50, "Hafenstrasse"), (90 + 40, "Flensburg"), (300, "Tel. 0461 1234")],
        [],
        [(50, "Kennwort"), (200, number)],
        [(50, "Geschrieben am"), (200, day)],
        [(50, "Ankunft"), (200, wanted)],
        [(50, "Begleichung"), (200, more.get("terms", "sofort nach Erhalt ohne Abzug"))],
        [],
        [
            (50, "Pos."),
            (80, "Zeichen"),
            (150, "Artikelnummer"),
            (250, "Bezeichnung"),
            (370, "Menge"),
            (430, "Preis"),
            (500, "Betrag"),
        ],
    ]
    for index, code in enumerate(codes, 1):
        rows.append(
            [
                (50, str(index)),
                (80, f"Z{code[2:]}"),
                (150, code),
                (250, "Dichtring flach"),
                (370, "10"),
                (430, "2,50"),
                (500, "25,00"),
            ]
        )
    rows.append([(430, "Summe netto"), (500, f"{25 * len(codes)},00 EUR")])
    words = []
    for line, row in enumerate(rows):
        for x, text in row:
            for part in text.split():
                words.append(Word(part, x, 60 + 16 * line, x + 4.6 * len(part), 70 + 16 * line))
                x += 4.6 * len(part) + 2.4
    return Page(1, 595, 842, tuple(words))


class TestLearned(BaseCase):
    """The second order of a corrected layout reads right, with no model."""

    def read(self, sheet, *layouts):
        (document,) = read_pages([sheet], Hints(layouts=layouts))
        return document

    def teach(self, sheet=None, **corrections):
        lesson = {path.replace("__", "."): value for path, value in corrections.items()}
        document = self.read(sheet or page(), {"lesson": lesson, "who": [NAME]})
        (finding,) = [item for item in document.findings if item.code == LEARNED]
        return finding.parameters.get("layout")

    def test_a_number_under_an_unknown_label(self):
        second = page("NW-8002", codes=("C-300",))
        self.assertNotEqual(self.read(second).number, "NW-8002")
        order = self.read(second, self.teach(number="NW-7731"))
        self.assertEqual(order.number, "NW-8002")
        evidence = order.evidence["number"]
        self.assertEqual((evidence.reader, evidence.text), ("learned", "NW-8002"))
        self.assertLess(evidence.confidence, 1)

    def test_dates_in_the_order_of_the_corrected_one(self):
        layout = self.teach(order_date="2026-03-05", requested_date="2026-03-19")
        order = self.read(page(day="07/04/2026", wanted="11/04/2026"), layout)
        self.assertEqual(str(order.order_date), "2026-04-07")
        american = self.teach(order_date="2026-05-03")
        order = self.read(page(day="07/04/2026"), american)
        self.assertEqual(str(order.order_date), "2026-07-04")

    def test_terms_of_several_words(self):
        layout = self.teach(payment_terms="sofort nach Erhalt ohne Abzug")
        order = self.read(page(terms="in drei Raten"), layout)
        self.assertEqual(order.payment_terms, "in drei Raten")

    def test_a_number_below_its_label(self):
        def stacked(number):
            sheet = page(codes=("A-1",))
            extra = (Word("Zettel", 330, 90, 360, 100), Word(number, 330, 104, 360, 114))
            return replace(sheet, words=sheet.words + extra)

        layout = self.teach(stacked("K/55"), number="K/55")
        self.assertEqual(self.read(stacked("K/71"), layout).number, "K/71")

    def test_the_column_of_their_codes(self):
        values = {"0": "Z100", "1": "Z200"}
        layout = self.teach(lines__partner_code=values)
        order = self.read(page(codes=("C-300", "D-400", "E-500")), layout)
        self.assertEqual([line.partner_code for line in order.lines], ["Z300", "Z400", "Z500"])
        self.assertEqual([line.quantity for line in order.lines], [10, 10, 10])

    def packed(self, *rows):
        """An order whose quantities stand under a head that nobody knows, beside cases."""
        lines = [
            [(50, NAME), (400, "Bestellung")],
            [(50, "Hafenstrasse"), (130, "Flensburg"), (300, "Tel. 0461 1234")],
            [],
            [(50, "Bestellnummer"), (200, "NW-1")],
            [],
            [(50, "Pos."), (90, "Artikelnummer"), (180, "Bezeichnung"), (300, "Menge"),
             (350, "Abruf"), (420, "Preis")],
        ]  # fmt: skip
        for index, (code, cases, pieces, price) in enumerate(rows, 1):
            lines.append(
                [(50, str(index)), (90, code), (180, "Dichtring flach"), (300, cases),
                 (350, pieces), (420, price)]
            )  # fmt: skip
        words = [
            Word(part, x + 30 * at, 60 + 16 * line, x + 30 * at + 4.6 * len(part), 70 + 16 * line)
            for line, row in enumerate(lines)
            for x, text in row
            for at, part in enumerate(text.split())
        ]
        return Page(1, 595, 842, tuple(words))

    def test_the_column_of_quantities(self):
        first = self.packed(("A-100", "2", "24", "2,50"), ("B-200", "3", "36", "1,10"))
        self.assertEqual([line.quantity for line in self.read(first).lines], [2, 3])
        layout = self.teach(first, lines__quantity={"0": "24.0", "1": "36.0"})
        second = self.packed(("C-300", "1", "12", "9,90"), ("D-400", "5", "60", "0,80"))
        order = self.read(second, layout)
        self.assertEqual([line.quantity for line in order.lines], [12, 60])
        self.assertEqual(order.evidence["lines.1.quantity"].text, "60")

    def test_amounts_outweigh_a_learned_column(self):
        layout = self.teach(lines__quantity={"0": "2.5", "1": "2.5"})  # the column of prices
        order = self.read(page(), layout)
        self.assertEqual([line.quantity for line in order.lines], [10, 10])

    def test_where_a_person_pointed_decides(self):
        def twice(first, second):
            sheet = page(codes=("A-1",))
            extra = (
                Word("Auftrag", 300, 108, 335, 118), Word(first, 400, 108, 440, 118),
                Word("Beleg", 300, 124, 335, 134), Word(second, 400, 124, 440, 134),
            )  # fmt: skip
            return replace(sheet, words=sheet.words + extra)

        for place, expected in (([400, 108, 440, 118], "K/71"), ([400, 124, 440, 134], "K/72")):
            lesson = {
                "lesson": {"number": "K/55"},
                "who": [NAME],
                "places": {"number": {"page": 1, "bbox": place}},
            }
            document = self.read(twice("K/55", "K/55"), lesson)
            (finding,) = [item for item in document.findings if item.code == LEARNED]
            order = self.read(twice("K/71", "K/72"), finding.parameters["layout"])
            self.assertEqual(order.number, expected)

    def test_swapped_columns(self):
        first = self.read(page())
        was, right = "partner_code", "our_code"
        if first.lines[0].our_code == "A-100":
            was, right = right, was
        self.assertEqual(getattr(first.lines[0], was), "A-100")
        layout = self.teach(**{f"lines__{right}": {"0": "A-100"}})
        order = self.read(page(codes=("C-300",)), layout)
        self.assertEqual(getattr(order.lines[0], right), "C-300")
        self.assertIsNone(getattr(order.lines[0], was))

    def test_a_code_wrapped_in_its_cell_is_read_whole(self):
        sheet = page(codes=("A-100",))
        layout = self.teach(sheet, lines__our_code={"0": "A-100"})
        cut = page(codes=("C-300-",)).words
        (code,) = [word for word in cut if word.text == "C-300-"]
        rest = Word("BLK", code.x0, code.y0 + 10, code.x0 + 14, code.y1 + 10)
        below = [
            word._replace(y0=word.y0 + 14, y1=word.y1 + 14) if word.y0 > code.y0 + 5 else word
            for word in cut
        ]
        order = self.read(replace(sheet, words=(*below, rest)), layout)
        self.assertEqual(order.lines[0].our_code, "C-300-BLK")

    def test_pages_of_others_are_left_alone(self):
        layout = self.teach(number="NW-7731")
        other = page("X-1", name="Suedstern Pumpen AG")
        self.assertEqual(self.read(other, layout), self.read(other))

    def test_a_rule_that_finds_nonsense_changes_nothing(self):
        layout = self.teach(number="NW-7731", order_date="2026-03-05", requested_date="2026-03-19")
        odd = page(number="folgt", day="demnaechst", wanted="bald")
        self.assertEqual(self.read(odd, layout), self.read(odd))
        early = page(day="07/04/2026", wanted="11/01/2026")
        self.assertIsNone(self.read(early, layout).requested_date)

    def test_what_is_not_printed_teaches_nothing(self):
        taught = self.teach(number="NOT-PRINTED-1", order_date="2020-01-01")
        self.assertFalse(taught["rules"])

    def test_only_well_formed_layouts_come_back(self):
        layout = self.teach(number="NW-7731")
        self.assertEqual(Layout.from_json(layout).to_json(), layout)
        rule = layout["rules"][0]
        for broken in (
            None,
            {},
            {**layout, "rules": [{**rule, "path": "amount_total"}]},
            {**layout, "rules": [{**rule, "left": 5}]},
            {**layout, "who": ["x" * 300]},
        ):
            with self.assertRaises(ValueError):
                Layout.from_json(broken)
            if broken:
                self.assertEqual(self.read(page(), broken), self.read(page()))

    def test_a_new_correction_replaces_the_old_rule(self):
        old = Layout.from_json(self.teach(number="NW-7731", order_date="2026-03-05"))
        new = Layout.from_json(self.teach(page("NW-1"), number="NW-1"))
        self.assertTrue(old.is_like(new))
        paths = [rule.path for rule in old.taught(new.rules).rules]
        self.assertEqual(sorted(paths), ["number", "order_date"])
        self.assertFalse(old.taught((), ("number", "order_date")).rules)


def pdf(number):
    """The bytes of an order whose number stands under a label of this customer's own."""
    import pymupdf

    rows = [
        [(50, "Brook Valves Ltd"), (400, "PURCHASE ORDER")],
        [(50, "Mill Lane 4, 4711 Brookfield"), (400, "Date: 05/11/2026")],
        [],
        [(50, "Watchword"), (150, number)],
        [],
        [(50, "Item"), (90, "Your item no."), (200, "Description"), (350, "Qty"), (430, "Price")],
        [(50, "1"), (90, "HB-0840-Z"), (200, "Hex bolt M8x40"), (350, "5"), (430, "42.00")],
        [(50, "2"), (90, "SR-20"), (200, "Sealing ring 20 mm"), (350, "10"), (430, "3.00")],
        [(350, "Net total"), (430, "240.00 EUR")],
    ]
    document = pymupdf.open()
    sheet = document.new_page(width=595, height=842)
    for index, row in enumerate(rows):
        for x, text in row:
            sheet.insert_text((x, 60 + 16 * index), text, fontsize=9)
    return document.tobytes()


class TestTeaching(IntakeCase):
    """From a correction on the board to the next order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = LayoutReader()

    def receive_pdf(self, number):
        attachment = self.env["ir.attachment"].create({"name": "order.pdf", "raw": pdf(number)})
        before = self.env["po.intake"].search([])
        self.env["po.intake"].create_document_from_attachment(attachment.ids)
        return self.process(self.env["po.intake"].search([]) - before)

    def approve(self, intake, **values):
        intake.write({"partner_id": self.customer.id, **values})
        intake.finding_ids.write({"waived_by_id": self.clerk.id})
        intake.with_user(self.clerk).action_approve()

    def layouts(self):
        return self.env["po.intake.layout"].search([("partner_id", "=", self.customer.id)])

    def test_the_second_order_reads_right_until_the_layout_is_deleted(self):
        first = self.receive_pdf("BV/7731")
        self.assertNotEqual(first.order_reference, "BV/7731")
        self.approve(first, order_reference="BV/7731")
        layout = self.layouts()
        self.assertEqual((layout.create_uid, layout.name), (self.clerk, "Order number"))
        second = self.receive_pdf("BV/8002")
        self.assertEqual(second.order_reference, "BV/8002")
        self.assertEqual(second.document["evidence"]["number"]["reader"], "learned")
        layout.unlink()
        self.assertNotEqual(self.receive_pdf("BV/9003").order_reference, "BV/9003")

    def test_only_corrections_teach_and_managers_forget(self):
        self.approve(self.receive_pdf("BV/7731"), order_reference="BV/7731")
        layout = self.layouts()
        boss = new_test_user(self.env, "boss", groups="po_intake.group_po_intake_manager")
        for user, values in (
            (self.clerk, {"active": False}),
            (self.clerk, {"rules": {}}),
            (boss, {"rules": {}}),
        ):
            with self.subTest(user=user.login, values=values), self.assertRaises(AccessError):
                layout.with_user(user).write(values)
        for user in (self.clerk, boss):
            with self.assertRaises(AccessError):
                layout.with_user(user).copy()
        with self.assertRaises(AccessError):
            layout.with_user(self.clerk).unlink()
        layout.with_user(boss).unlink()
        self.assertFalse(self.layouts())

    def test_a_wrong_lesson_is_corrected_by_the_next(self):
        self.approve(self.receive_pdf("BV/7731"), order_reference="BV/7731")
        self.approve(self.receive_pdf("BV/8002"), order_reference="NOT-PRINTED-1")
        self.assertFalse(self.layouts())

    def test_what_was_read_right_teaches_nothing(self):
        self.approve(self.receive_pdf("BV/7731"))
        self.assertFalse(self.layouts())

    def test_codes_that_stood_in_the_wrong_column(self):
        first = self.receive_pdf("BV/7731")
        self.assertEqual(first.line_ids.mapped("our_code"), ["HB-0840-Z", "SR-20"])
        for line in first.line_ids:
            line.write({"partner_code": line.our_code, "our_code": False})
        self.approve(first, order_reference="BV/7731")
        self.assertEqual(self.layouts().name, "Order number, Their code")
        second = self.receive_pdf("BV/8002")
        self.assertEqual(second.line_ids.mapped("partner_code"), ["HB-0840-Z", "SR-20"])
        self.assertFalse(any(second.line_ids.mapped("our_code")))
        self.assertEqual(second.line_ids.mapped("quantity"), [5, 10])

    def test_scans_teach_a_moment_later(self):
        cls = type(self)
        self.addCleanup(setattr, cls, "reader", cls.reader)
        cls.reader = OcrReader()

        def scan(number):
            import pymupdf

            with pymupdf.open(stream=pdf(number)) as file:
                picture = file[0].get_pixmap(dpi=170).tobytes()
            attachment = self.env["ir.attachment"].create({"name": "scan.png", "raw": picture})
            before = self.env["po.intake"].search([])
            self.env["po.intake"].create_document_from_attachment(attachment.ids)
            return self.process(self.env["po.intake"].search([]) - before)

        first = scan("BV/7731")
        self.assertNotEqual(first.order_reference, "BV/7731")
        self.approve(first, order_reference="BV/7731")
        self.assertFalse(self.layouts(), "nobody waits for a scan to be read again")
        with self.enter_registry_test_mode():
            self.env.ref("po_intake.ir_cron_learn").method_direct_trigger()
        self.assertTrue(self.layouts())
        self.assertEqual(scan("BV/8002").order_reference, "BV/8002")
