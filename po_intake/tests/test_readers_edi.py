from decimal import Decimal

from ..extraction.document import Party
from ..extraction.reader import BrokenSource, Hints
from ..extraction.readers.edifact import EdifactReader, date
from ..extraction.readers.x12 import X12Reader
from ..extraction.source import Source
from .test_readers_structured import StructuredCase, day

EDIFACT = """UNA:+.? '
UNB+UNOC:3+7300010000001:14+4000001000005:14+260301:1015+1'
UNH+1+ORDERS:D:96A:UN:EAN008'
BGM+220+PO?+77+9'
DTM+137:20260301:102'
DTM+2:20260310:102'
FTX+AAI+++Please don?'t stack:pallets'
RFF+CT:K-2026'
NAD+BY+7300010000001::9++Käufer AG:Einkauf+Ring 5+Wien++1010+AT'
RFF+VA:ATU12345678'
RFF+IT:C-12'
CTA+OC+:Eva Berg'
COM+?+43 1 555:TE+eva@kaeufer.example:EM'
NAD+SU+4000001000005::9++Nord Supply Inc'
NAD+DP+++Käufer AG:Lager+Hafen 2+Linz++4020+AT'
CUX+2:EUR:9'
TOD+3++DAP'
LOC+1+:::Linz'
ALC+C++++FC:::Freight'
MOA+8:12.00'
LIN+1++4006381333931:EN'
PIA+1+K-1:IN+N-1:SA'
IMD+F++:::Screw M4 zinc:500 pcs'
QTY+21:500:PCE'
DTM+2:20260312:102'
MOA+203:90.00'
PRI+AAA:18.00:CT::100:PCE'
PRI+AAB:20.00:CT::100:PCE'
LIN+2++:EN'
PIA+5+N-2:SA'
IMD+F++:::Glue'
QTY+21:2.5:KGM'
PRI+AAA:4.00'
ALC+A'
PCD+3:5'
UNS+S'
MOA+79:99.50'
MOA+86:111.50'
CNT+2:2'
UNT+38+1'
UNZ+1+1'
"""


class TestEdifact(StructuredCase):
    reader = EdifactReader()
    sample = EDIFACT
    charset = "latin-1"

    def test_order(self):
        order = self.read(EDIFACT)
        self.check(
            order,
            document_type="purchase_order",
            number="PO+77",
            order_date=day("2026-03-01"),
            requested_date=day("2026-03-10"),
            currency="EUR",
            incoterm="DAP Linz",
            note="Please don't stack pallets",
            amount_untaxed=None,  # 79 is the sum of the lines, without the freight
            amount_total=Decimal("111.50"),
            findings=(),
        )
        self.check(
            order.partner,
            name="Käufer AG, Einkauf",
            reference="C-12",
            vat="ATU12345678",
            gln="7300010000001",
            contact="Eva Berg",
            phone="+43 1 555",
            email="eva@kaeufer.example",
            street="Ring 5",
            zip="1010",
            city="Wien",
            country="AT",
        )
        self.check(order.delivery, name="Käufer AG, Lager", street="Hafen 2", city="Linz")
        self.assertEqual([(c.description, c.amount) for c in order.charges], [("Freight", 12)])
        self.check(
            order.lines[0],
            partner_code="K-1",
            our_code="N-1",
            barcode="4006381333931",
            description="Screw M4 zinc 500 pcs",
            quantity=Decimal(500),
            uom="PCE",
            price_unit=Decimal("0.2"),
            discount=Decimal(10),
            price_subtotal=Decimal(90),
            requested_date=day("2026-03-12"),
        )
        self.check(
            order.lines[1],
            our_code="N-2",
            barcode=None,
            quantity=Decimal("2.5"),
            price_unit=Decimal(4),
            discount=Decimal(5),
        )
        self.assertTrue(order.evidence["lines.1.quantity"].place.startswith("QTY["))

    def test_other_separators_and_one_long_line(self):
        content = EDIFACT.replace("\n", "").replace("UNA:+.? '", "UNA:|.? ~")
        head, body = content[:9], content[9:]
        body = body.replace("?'", "\x00").replace("'", "~").replace("\x00", "'")
        body = body.replace("?+", "\x00").replace("+", "|").replace("\x00", "+")
        order = self.read(head + body)
        self.check(order, number="PO+77", note="Please don't stack pallets")
        self.assertEqual(len(order.lines), 2)

    def test_texts_that_were_cut_are_put_together(self):
        first, second = "Sechskantschraube DIN 933 M6x25 Sta", "hl 10.9 blank"
        self.assertEqual(len(first), 35)
        content = EDIFACT.replace("Screw M4 zinc:500 pcs", f"{first}:{second}")
        order = self.read(content)
        self.assertEqual(order.lines[0].description, first + second)

    def test_lines_that_got_lost_are_told(self):
        order = self.changed("CNT+2:2", "CNT+2:3")
        self.assertEqual(order.findings[0].code, "line_count_mismatch")

    def test_kinds_and_several_messages(self):
        body = EDIFACT.partition("UNH")[2].partition("UNZ")[0]
        two = EDIFACT.replace("UNZ", "UNH" + body.replace("PO?+77", "PO78") + "UNZ")
        orders = self.read_all(two)
        self.assertEqual([order.number for order in orders], ["PO+77", "PO78"])
        for old, new, kind in (
            ("ORDERS:D", "ORDRSP:D", "order_confirmation"),
            ("ORDERS:D", "ORDCHG:D", "order_change"),
            ("ORDERS:D", "INVOIC:D", "other"),
            ("BGM+220", "BGM+230", "order_change"),
        ):
            order = self.changed(old, new)
            self.assertEqual(order.document_type, kind)

    def test_the_best_of_several_days_counts(self):
        order = self.changed("DTM+2:20260310:102'", "DTM+64:20260305:102'DTM+63:20260312:102'")
        self.assertEqual(order.requested_date, day("2026-03-12"))
        self.assertEqual(order.evidence["requested_date"].place, "DTM[6]")

    def test_forms_of_days(self):
        for text, form, expected in (
            ("202601311015", "203", "2026-01-31"),
            ("260131", "101", "2026-01-31"),
            ("310126", "2", "2026-01-31"),
            ("31012026", "4", "2026-01-31"),
            ("2026012820260131", "718", "2026-01-31"),
        ):
            self.assertEqual(date(text, form), day(expected), form)
        self.assertIsNone(date("202699", "616"))

    def test_codes_of_manufacturers_do_not_displace_ours(self):
        order = self.changed("PIA+1+K-1:IN+N-1:SA'", "PIA+1+M-1:MF'PIA+1+N-1:SA+K-1:IN'")
        self.check(order.lines[0], our_code="N-1", partner_code="K-1")

    def test_allowances_of_a_line_make_one_discount(self):
        two = "ALC+A'PCD+3:5'ALC+A'PCD+3:10'"
        order = self.changed("ALC+A'\nPCD+3:5'", two)
        self.assertEqual(order.lines[1].discount, Decimal("14.5"))

    def test_a_discount_that_the_price_has_already_is_none(self):
        order = self.changed("PRI+AAB:20.00:CT::100:PCE'", "ALC+A'PCD+3:10'")
        self.check(order.lines[0], price_unit=Decimal("0.18"), discount=None)

    def test_prices_of_shops_are_none(self):
        order = self.changed("PRI+AAA:4.00'", "PRI+AAE:9.99::SRP'PRI+AAA:4.00'")
        self.assertEqual(order.lines[1].price_unit, 4)

    def test_the_base_of_a_charge_is_no_charge(self):
        order = self.changed("MOA+8:12.00'", "MOA+25:90.00'MOA+8:12.00'")
        self.assertEqual(order.charges[0].amount, 12)

    def test_numbers_that_one_side_gives_the_other(self):
        order = self.changed("NAD+SU+4000001000005::9", "NAD+SU+L-9::92", own=())
        self.assertEqual(order.partner.reference, "C-12")
        us = Party(name="Käufer AG, Einkauf")
        content = EDIFACT.replace("ORDERS:D", "ORDRSP:D").replace("4000001000005::9", "L-9::92")
        order = self.read(content, own=(us,))
        self.assertEqual(order.partner.reference, "L-9")

    def test_contacts_without_a_code_before_their_name(self):
        order = self.changed("CTA+OC+:Eva Berg'", "CTA+PD+Eva Berg'")
        self.assertEqual(order.partner.contact, "Eva Berg")

    def test_loose_addresses(self):
        loose = "NAD+BY++Käufer AG:Ring 5:1010 Wien'"
        order = self.changed(
            "NAD+BY+7300010000001::9++Käufer AG:Einkauf+Ring 5+Wien++1010+AT'", loose
        )
        self.check(order.partner, name="Käufer AG", street="Ring 5", zip="1010", city="Wien")

    def test_character_sets_of_the_syntax_identifier(self):
        for level, charset, name in (("D", "iso8859-2", "Łódź"), ("K", "iso8859-9", "İş")):
            content = EDIFACT.replace("UNOC", "UNO" + level).replace("Käufer AG", name)
            self.assertEqual(self.read(content.encode(charset)).delivery.name, f"{name}, Lager")

    def test_files_that_were_cut_off_or_lost_a_segment_say_so(self):
        cut = EDIFACT[: EDIFACT.index("LIN+2")]
        order = self.read(cut)
        self.check(order.findings[0], code="file_cut", severity="blocking")
        order = self.changed("UNZ+1+1'", "")
        self.assertEqual(order.findings[0].parameters, {"segment": "UNZ"})
        order = self.changed("QTY+21:2.5:KGM'\n", "")
        self.check(order.findings[0], code="segment_count_mismatch", severity="blocking")
        self.assertEqual(order.findings[0].parameters, {"printed": "38", "computed": 37})

    def test_no_place_at_which_a_file_ends_breaks_the_reader(self):
        content = EDIFACT.encode("latin-1")
        for end in range(150, content.index(b"UNT"), 7):
            for order in self.read_all(content[:end]):
                self.assertIn("file_cut", {item.code for item in order.findings}, content[:end])


X12 = (
    "ISA*00*          *00*          *ZZ*BUYER          *ZZ*SELLER         "
    "*260301*1015*U*00401*000000001*0*P*>~\n"
    "GS*PO*BUYER*SELLER*20260301*1015*1*X*004010~\nST*850*0001~\n"
    "BEG*00*SA*PO-77*2*20260301~\nCUR*BY*USD~\nREF*CR*C-12~\n"
    "PER*BD*Eva Berg*TE*+1 555 0100*EM*eva@buyer.example~\n"
    "FOB*PP*DE**01*DAP**Austin~\nITD*01*3*****30*****Net 30 days~\n"
    "DTM*002*20260310~\nN9*L1*notes~\nMSG*Call before delivery~\n"
    "N1*BY*Buyer Corp*9*123~\nN3*1 Main St*Suite 4~\nN4*Austin*TX*73301*US~\n"
    "N1*ST*Buyer Corp Warehouse*92*W2~\nN3*2 Dock Rd~\nN4*Dallas*TX*75201*US~\n"
    "N1*SE*Nord Supply Inc~\n"
    "PO1*1*500*EA*20.00*HP*BP*K-1*VP*N-1*UP*036000291452~\nPID*F****Screw M4 zinc~\n"
    "PO1*2*2.5*LB*4*PE*VN*N-2~\nPID*F****Glue~\nDTM*002*20260401~\nSAC*A*C310*****5~\n"
    "CTT*2~\nAMT*TT*109.50~\nSE*26*0001~\nGE*1*1~\nIEA*1*000000001~\n"
)


class TestX12(StructuredCase):
    reader = X12Reader()
    sample = X12

    def test_order(self):
        order = self.read(X12)
        self.check(
            order,
            document_type="purchase_order",
            number="PO-77",
            revision="2",
            order_date=day("2026-03-01"),
            requested_date=day("2026-03-10"),
            currency="USD",
            payment_terms="Net 30 days",
            incoterm="DAP Austin",
            note="Call before delivery",
            amount_total=Decimal("109.50"),
            findings=(),
        )
        self.check(
            order.partner,
            name="Buyer Corp",
            reference="C-12",
            contact="Eva Berg",
            phone="+1 555 0100",
            email="eva@buyer.example",
            street="1 Main St, Suite 4",
            city="Austin",
            zip="73301",
            country="US",
        )
        self.check(order.delivery, name="Buyer Corp Warehouse", street="2 Dock Rd", city="Dallas")
        self.check(
            order.lines[0],
            partner_code="K-1",
            our_code="N-1",
            barcode="036000291452",
            description="Screw M4 zinc",
            quantity=Decimal(500),
            uom="EA",
            price_unit=Decimal("0.2"),
        )
        self.check(
            order.lines[1],
            our_code="N-2",
            quantity=Decimal("2.5"),
            discount=Decimal(5),
            requested_date=day("2026-04-01"),
        )

    def test_other_separators(self):
        content = X12.replace("\n", "").replace("*", "|").replace("~", "\n").replace(">", ":")
        self.check(self.read(content), number="PO-77", amount_total=Decimal("109.50"))

    def test_kinds(self):
        for old, new, kind in (
            ("ST*850", "ST*810", "other"),
            ("BEG*00", "BEG*05", "order_change"),
        ):
            self.assertEqual(self.changed(old, new).document_type, kind)

    def test_days_before_the_year_2000_had_no_century(self):
        order = self.changed("*20260301~\nCUR", "*260301~\nCUR")
        self.assertEqual(order.order_date, day("2026-03-01"))
        order = self.changed("DTM*002*20260310", "DTM*002*260310***20")
        self.assertEqual(order.requested_date, day("2026-03-10"))

    def test_a_cancelling_day_is_not_the_wanted_one(self):
        order = self.changed("DTM*002*20260310", "DTM*010*20260308~\nDTM*002*20260310")
        self.assertEqual(order.requested_date, day("2026-03-10"))

    def test_bases_of_prices(self):
        for basis, price in (("PN", 2), ("HP", "0.2"), ("TP", "0.02"), ("TB", 20), ("", 20)):
            order = self.changed("*20.00*HP*", f"*20.00*{basis}*")
            self.assertEqual(order.lines[0].price_unit, Decimal(price), basis)

    def test_separators_of_components_are_text_in_texts(self):
        order = self.changed("MSG*Call before", "MSG*Call >1 h before")
        self.assertEqual(order.note, "Call >1 h before delivery")

    def test_contacts_before_the_parties_are_the_buyers(self):
        order = self.changed("N1*BY*", "N1*BT*")
        self.check(order.partner, name="Buyer Corp", contact="Eva Berg", city="Austin")

    def test_terms_of_payment_in_figures(self):
        order = self.changed("ITD*01*3*****30*****Net 30 days", "ITD*08*3*2**10**30")
        self.assertEqual(order.payment_terms, "2% 10 days, Net 30 days")

    def test_discounts_as_amounts(self):
        order = self.changed("SAC*A*C310*****5~", "SAC*A*C310***100~")
        self.assertEqual(order.lines[1].discount, 10)

    def test_counts_that_are_wrong_say_so(self):
        for old, new, code in (
            ("CTT*2", "CTT*3", "line_count_mismatch"),
            ("SE*26", "SE*27", "segment_count_mismatch"),
            ("GE*1*1~\nIEA*1*000000001~\n", "", "file_cut"),  # more orders may have followed
            ("SE*26*0001~\nGE*1*1~\nIEA*1*000000001~\n", "", "file_cut"),
        ):
            self.check(self.changed(old, new).findings[0], code=code, severity="blocking")

    def test_no_place_at_which_a_file_ends_breaks_the_reader(self):
        for end in range(110, len(X12), 7):
            self.reader.read(Source("x", X12[:end].encode()), Hints())
        with self.assertRaises(BrokenSource):
            self.reader.read(Source("x", b"ISA*00*"), Hints())
