from datetime import date
from decimal import Decimal

from odoo.tests import BaseCase

from ..extraction.acceptance import accept
from ..extraction.document import Party
from ..extraction.layout.engine import read_pages
from ..extraction.layout.page import Page, Word
from ..extraction.reader import Hints

OWN = Hints(own=(Party(name="Larch Supply GmbH", street="Hafenweg 3", zip="23552", city="Lübeck"),))
LETTER = 5.0
"""Width of every letter on these pages."""


def page(*lines, number=1, pitch=14.0):
    """A page of texts: each line is a list of ``(x, text)``; a line may be None for a gap."""
    words = []
    for index, line in enumerate(lines):
        for x, text in line or ():
            for part in text.split(" "):
                if part:
                    y = 40 + index * pitch
                    words.append(Word(part, x, y, x + LETTER * len(part), y + 10, number))
                x += LETTER * len(part) + 2.5
    return Page(number, 595, 842, tuple(words))


def read(*pages, hints=OWN):
    return [accept(document) for document in read_pages(pages, hints)]


def one(*pages, hints=OWN):
    (document,) = read(*pages, hints=hints)
    return document


HEAD = (
    [(50, "Alder Works GmbH"), (380, "Bestellung")],
    [(50, "Ringstraße 7")],
    [(50, "73230 Kirchheim"), (380, "Bestellnummer:"), (480, "26-1044")],
    [(380, "Datum:"), (480, "05.03.2026")],
    [(50, "Lieferant"), (380, "Unsere Kundennummer:"), (500, "K4711")],
    [(50, "Larch Supply GmbH"), (380, "Liefertermin:"), (480, "20.03.2026")],
    [(50, "Hafenweg 3")],
    [(50, "23552 Lübeck")],
    None,
)
COLUMNS = [
    (50, "Pos."),
    (90, "Unsere Art.-Nr."),
    (190, "Bezeichnung"),
    (350, "Menge"),
    (395, "ME"),
    (430, "Einzelpreis"),
    (510, "Gesamt"),
]


def item(pos, code, text, quantity, unit, price, amount):
    right = lambda x, value: (x - LETTER * len(value), value)  # noqa: E731
    return [
        (50, pos),
        (90, code),
        (190, text),
        right(380, quantity),
        (395, unit),
        right(485, price),
        right(545, amount),
    ]


class TestOrder(BaseCase):
    def test_a_plain_order(self):
        order = one(
            page(
                *HEAD,
                COLUMNS,
                item("10", "A-100", "Hexagon bolt M8", "1.500", "Stk", "0,24", "360,00"),
                item("20", "A-200", "Washer M8", "200", "Stk", "0,04", "8,00"),
                None,
                [(400, "Nettosumme"), (500, "368,00 EUR")],
            )
        )
        self.assertEqual((order.document_type, order.number), ("purchase_order", "26-1044"))
        self.assertEqual(order.order_date, date(2026, 3, 5))
        self.assertEqual(order.requested_date, date(2026, 3, 20))
        self.assertEqual(order.currency, "EUR")
        self.assertEqual(
            (order.partner.name, order.partner.zip, order.partner.city, order.partner.reference),
            ("Alder Works GmbH", "73230", "Kirchheim", "K4711"),
        )
        self.assertEqual(order.addressee.name, "Larch Supply GmbH")
        self.assertEqual(order.amount_untaxed, Decimal("368.00"))
        first = order.lines[0]
        self.assertEqual(
            (first.partner_code, first.description, first.quantity, first.uom, first.price_unit),
            ("A-100", "Hexagon bolt M8", 1500, "Stk", Decimal("0.24")),
        )
        self.assertGreaterEqual(order.confidence, 0.95)

    def test_every_value_has_its_place(self):
        order = one(page(*HEAD, COLUMNS, item("10", "A-100", "Bolt", "15", "Stk", "2,00", "30,00")))
        for path in (
            "number",
            "order_date",
            "partner.name",
            "partner.city",
            "lines.0.quantity",
            "lines.0.partner_code",
            "lines.0.price_unit",
        ):
            self.assertIn(path, order.evidence)
        place = order.evidence["lines.0.price_unit"]
        self.assertEqual((place.page, place.text, place.reader), (1, "2,00", "layout"))
        self.assertAlmostEqual(place.bbox[2], 485, delta=0.2)

    def test_a_contradiction_stays_far_below_acceptance(self):
        order = one(
            page(
                *HEAD,
                COLUMNS,
                item("10", "A-100", "Hexagon bolt M8", "15", "Stk", "2,00", "30,00"),
                item("20", "A-200", "Washer M8", "20", "Stk", "1,00", "20,00"),
                [(400, "Nettosumme"), (500, "90,00 EUR")],
            )
        )
        self.assertIn("net_mismatch", {finding.code for finding in order.findings})
        self.assertLess(order.confidence, 0.5)

    def test_ours_is_never_the_partner_and_kinds_are_told_apart(self):
        lines = (COLUMNS, item("10", "A-100", "Bolt", "15", "Stk", "2,00", "30,00"))
        for title, kind in (
            ("Auftragsbestätigung", "order_confirmation"),
            ("Angebot", "quotation"),
            ("Bestelländerung", "order_change"),
        ):
            head = (
                [(50, "Alder Works GmbH"), (380, title)],
                *HEAD[1:2],
                [(50, "73230 Kirchheim")],
                *HEAD[3:],
            )
            document = one(page(*head, *lines))
            self.assertEqual(
                (document.document_type, document.partner.name), (kind, "Alder Works GmbH")
            )
        for title in ("Rechnung", "Lieferschein", "Anfrage"):
            head = ([(50, "Alder Works GmbH"), (380, title)], *HEAD[1:])
            self.assertEqual(one(page(*head, *lines)).document_type, "other")

    def test_a_number_beside_a_name_heads_no_table(self):
        # "e.K." reads like a column of prices, the label like one of codes
        name = [(50, "Alder & Söhne e.K."), (300, "Bestell-Nr.: 26-1044")]
        rows = [COLUMNS, item("1", "AX-1", "Bolt", "5", "Stk", "2,00", "10,00")]
        order = one(page([(50, "Bestellung")], name, *HEAD[1:2], None, None, *rows))
        self.assertEqual((order.number, order.partner.name), ("26-1044", "Alder & Söhne e.K."))

    def test_text_alone_is_no_order(self):
        self.assertEqual(
            one(page([(50, "Dear all,")], [(50, "our new catalogue is out.")])).document_type,
            "other",
        )


class TestTable(BaseCase):
    def lines(self, *rows, columns=COLUMNS):
        return one(page(*HEAD, columns, *rows)).lines

    def test_wrapped_descriptions_and_remarks(self):
        wide = "Hexagon bolt with a long name"
        bolt, washer = self.lines(
            item("10", "A-100", wide, "15", "Stk", "2,00", "30,00"),
            [(190, "8.8 zinc")],
            [(190, "Zolltarifnr.: 73181558")],
            item("20", "A-200", "Washer", "20", "Stk", "1,00", "20,00"),
        )
        self.assertEqual(bolt.description.splitlines()[0], wide + " 8.8 zinc")
        self.assertEqual(washer.description, "Washer")

    def test_codes_behind_labels_under_the_item(self):
        (line,) = self.lines(
            item("10", "A-100", "Bolt", "15", "Stk", "2,00", "30,00"),
            [(190, "Ihre Art.-Nr.: HB-8")],
            [(190, "EAN: 4015528005723")],
            [(190, "Liefertermin: 01.04.2026")],
        )
        self.assertEqual(
            (line.partner_code, line.our_code, line.barcode), ("A-100", "HB-8", "4015528005723")
        )
        self.assertEqual(line.requested_date, date(2026, 4, 1))
        self.assertEqual(line.description, "Bolt")

    def test_headings_carried_sums_and_charges_are_no_items(self):
        order = one(
            page(
                *HEAD,
                COLUMNS,
                [(50, "Befestigung")],
                item("10", "A-100", "Bolt", "15", "Stk", "2,00", "30,00"),
                [(400, "Übertrag"), (520, "30,00")],
            ),
            page(
                [(380, "Bestellung"), (440, "26-1044"), (500, "Seite 2")],
                COLUMNS,
                [(400, "Übertrag"), (520, "30,00")],
                item("20", "A-200", "Washer", "20", "Stk", "1,00", "20,00"),
                None,
                [(400, "Frachtkosten"), (520, "7,50")],
                [(400, "Nettosumme"), (520, "57,50")],
                number=2,
            ),
        )
        self.assertEqual([line.description for line in order.lines], ["Bolt", "Washer"])
        self.assertEqual(
            [(item.description, item.amount) for item in order.charges],
            [("Frachtkosten", Decimal("7.50"))],
        )
        self.assertEqual(order.amount_untaxed, Decimal("57.50"))
        self.assertGreaterEqual(order.confidence, 0.95)

    def test_prices_per_hundred_in_every_way_of_saying_it(self):
        columns = [*COLUMNS[:5], (430, "Preis/100"), (510, "Gesamt")]
        (line,) = self.lines(
            item("10", "A-1", "Bolt", "1.500", "Stk", "12,00", "180,00"), columns=columns
        )
        self.assertEqual(line.price_unit, Decimal("0.12"))
        (line,) = self.lines(item("10", "A-1", "Bolt", "1.500", "Stk", "12,00 / 100", "180,00"))
        self.assertEqual(line.price_unit, Decimal("0.12"))

    def test_items_in_two_rows_with_two_rows_of_heads(self):
        rows = []
        for pos, code, text, quantity, amount in (
            ("00010", "40018823", "Hexagon bolt", "1.200", "588,00"),
            ("00020", "40018831", "Washer", "600", "294,00"),
        ):
            rows += [
                [(50, pos), (90, code), (180, text)],
                [(100, quantity), (150, "ST"), (250, "49,00 EUR / 100 ST"), (480, amount)],
                None,
            ]
        order = one(
            page(
                *HEAD,
                [(50, "Pos."), (90, "Material"), (180, "Bezeichnung")],
                [(90, "Menge"), (150, "Einh."), (250, "Preis"), (480, "Nettowert")],
                *rows,
                pitch=12.0,
            )
        )
        self.assertEqual(
            [
                (line.partner_code, line.description, line.quantity, line.price_unit)
                for line in order.lines
            ],
            [
                ("40018823", "Hexagon bolt", 1200, Decimal("0.49")),
                ("40018831", "Washer", 600, Decimal("0.49")),
            ],
        )

    def test_free_goods_cost_nothing(self):
        _paid, free = self.lines(
            item("10", "A-1", "Bolt", "15", "Stk", "2,00", "30,00"),
            item("20", "A-1", "Bolt", "1", "Stk", "kostenlos", "0,00"),
        )
        self.assertEqual((free.quantity, free.price_unit), (1, 0))

    def test_heads_that_touch_and_heads_nobody_knows(self):
        columns = [
            (50, "Posten"),
            (90, "Kennzahl"),
            (190, "BezeichnungMenge"),
            (395, "ME"),
            (430, "Einzelpreis"),
            (510, "Gesamt"),
        ]
        (line,) = self.lines(
            item("10", "AX-1001", "Bolt", "15", "Stk", "2,00", "30,00"), columns=columns
        )
        self.assertEqual((line.description, line.quantity), ("Bolt", 15))

    def test_address_lines_under_the_sums_are_no_items(self):
        order = one(
            page(
                *HEAD,
                COLUMNS,
                item("10", "A-100", "Bolt", "15", "Stk", "2,00", "30,00"),
                [(400, "Nettosumme"), (520, "30,00")],
                [
                    (
                        50,
                        "Lieferanschrift: Alder Works GmbH, Werk 2, Am Stadtholz 112, 33609 Bielefeld",
                    )
                ],
            )
        )
        self.assertEqual(len(order.lines), 1)
        self.assertEqual(
            (order.delivery.name, order.delivery.street, order.delivery.zip, order.delivery.city),
            ("Alder Works GmbH, Werk 2", "Am Stadtholz 112", "33609", "Bielefeld"),
        )


class TestPages(BaseCase):
    def test_several_orders_in_one_file(self):
        rows = (COLUMNS, item("10", "A-100", "Bolt", "15", "Stk", "2,00", "30,00"))
        other = list(HEAD)
        other[2] = [(50, "73230 Kirchheim"), (380, "Bestellnummer:"), (480, "26-1045")]
        orders = read(page(*HEAD, *rows), page(*other, *rows, number=2))
        self.assertEqual([order.number for order in orders], ["26-1044", "26-1045"])
        self.assertEqual(orders[1].evidence["number"].page, 2)

    def test_terms_are_noise(self):
        terms = [
            [(50, f"{n}. Lieferung Gesamtbetrag {n} % binnen 30 Tagen 1.000,00 EUR je Woche")]
            for n in range(1, 9)
        ]
        order = one(
            page(
                *HEAD,
                COLUMNS,
                item("10", "A-100", "Bolt", "15", "Stk", "2,00", "30,00"),
                [(400, "Nettosumme"), (520, "30,00")],
            ),
            page([(50, "Allgemeine Einkaufsbedingungen")], *terms, number=2),
        )
        self.assertEqual((len(order.lines), order.amount_total, order.amount_tax), (1, None, None))

    def test_a_covering_letter_goes_with_its_order(self):
        order = one(
            page([(50, "Guten Tag,")], [(50, "anbei unsere Bestellung wie besprochen.")]),
            page(
                *HEAD, COLUMNS, item("10", "A-100", "Bolt", "15", "Stk", "2,00", "30,00"), number=2
            ),
        )
        self.assertEqual(
            (order.document_type, order.number, len(order.lines)), ("purchase_order", "26-1044", 1)
        )


class TestHabits(BaseCase):
    def american(self, *rows):
        return one(
            page(
                [(50, "Redwood Tool Inc."), (380, "Purchase Order")],
                [(50, "2250 Industrial Parkway")],
                [(50, "Columbus, OH 43228"), (380, "PO number:"), (460, "77-12")],
                [(50, "United States"), (380, "Date:"), (460, "03/04/2026")],
                None,
                [
                    (50, "Line"),
                    (90, "Your part no."),
                    (190, "Description"),
                    (350, "Qty"),
                    (395, "Unit"),
                    (430, "Unit price"),
                    (510, "Amount"),
                ],
                *rows,
                [(400, "Total"), (500, "$3,000.00")],
            )
        )

    def test_the_month_comes_first_in_the_united_states(self):
        order = self.american(item("1", "HB-8", "Hex bolt", "1,500", "EA", "2.00", "3,000.00"))
        self.assertEqual(order.order_date, date(2026, 3, 4))
        self.assertEqual((order.currency, order.lines[0].quantity), ("USD", 1500))
        self.assertEqual(order.lines[0].our_code, "HB-8")
        self.assertEqual(
            (order.partner.street, order.partner.zip, order.partner.city),
            ("2250 Industrial Parkway", "43228", "Columbus"),
        )

    def test_quantities_nothing_can_prove_are_a_finding(self):
        columns = COLUMNS[:5]
        rows = (
            item("10", "A-100", "Bolt", "1.500", "Stk", "", "")[:5],
            item("20", "A-200", "Washer", "2.000", "Stk", "", "")[:5],
        )
        order = one(page(*HEAD, columns, *rows))
        self.assertIn("ambiguous_numbers", {finding.code for finding in order.findings})
        self.assertLess(order.confidence, 0.95)
