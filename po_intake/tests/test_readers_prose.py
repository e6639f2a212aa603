import datetime
from decimal import Decimal

from odoo.tests import BaseCase

from ..extraction import cascade
from ..extraction.reader import Hints
from ..extraction.readers import phrases
from ..extraction.readers.mail_body import MailBodyReader
from ..extraction.readers.mentions import due_date, without
from ..extraction.readers.sentences import sentences
from ..extraction.readers.wishes import wishes
from ..extraction.source import decode
from .test_readers_text import US, mail

SENT = datetime.date(2026, 5, 12)


def asked(text, mark="."):
    return [(str(wish.quantity), wish.unit, wish.code) for wish in wishes(text.split("\n"), mark)]


class TestProse(BaseCase):
    """What people ask for in sentences and lists."""

    def test_several_items_in_one_sentence(self):
        for text, expected in (
            (
                "please send us 20 of your 4711 and 3 boxes of M8x40 hex bolts.",
                [("20", None, "4711"), ("3", "boxes", None)],
            ),
            (
                "we need 1,500 pcs of 934-Z-12 at EUR 0.11 each and 2,000 pcs of 125-Z-12.",
                [("1500", "pcs", "934-Z-12"), ("2000", "pcs", "125-Z-12")],
            ),
            (
                "bitte 20 Stk 933-A2-08040 sowie zwei Kartons KP-A4-80",
                [("20", "Stk", "933-A2-08040"), ("2", "Kartons", "KP-A4-80")],
            ),
            ("Menge 10, Art. BB-6204-2RS, Rillenkugellager", [("10", None, "BB-6204-2RS")]),
            (
                "BB-6204-2RS x 20\nBB-6305-ZZ: 15",
                [("20", None, "BB-6204-2RS"), ("15", None, "BB-6305-ZZ")],
            ),
            ("n. 10 cuscinetti BB-6204-2RS a € 3,10 cad.", [("10", None, "BB-6204-2RS")]),
        ):
            self.assertEqual(asked(text), expected, text)

    def test_short_words_with_a_full_stop_end_no_sentence(self):
        text = "- 20 Stk Dichtring (Ihre Art.-Nr. AB-62) zu 1,50 EUR"
        self.assertEqual(asked(text, ","), [("20", "Stk", "AB-62")])

    def test_what_a_machine_does_is_no_code(self):
        text = "1) 10 ea of Bilge pump 1100 GPH 12V\n2) 4 pcs heater 2000 W\n3) 5 pcs 4711 PVC pipe"
        self.assertEqual(
            asked(text), [("10", "ea", None), ("4", "pcs", None), ("5", "pcs", "4711")]
        )

    def test_prices_with_their_currency(self):
        (wish,) = wishes(["15 szt. BB-6305-ZZ po 12,50 zł"], ",")
        self.assertEqual((wish.price, wish.currency), (Decimal("12.50"), "PLN"))

    def test_units_in_a_column_of_their_own(self):
        text = "   90     Pkg.  Beutel 20x30        Art. 81758\n   20     Rolle Folie 30 cm x 150 m   Art. 70844"
        self.assertEqual(asked(text), [("90", "Pkg.", "81758"), ("20", "Rolle", "70844")])

    def test_names_end_where_the_sentence_goes_on(self):
        (wish,) = wishes(["Please deliver 20 pcs AB-100 wiper seal by 22 May to our depot."], ".")
        self.assertEqual((wish.code, wish.description), ("AB-100", "wiper seal"))

    def test_numbers_and_dates_are_no_items(self):
        self.assertEqual(asked("on our order number 4500012345 please"), [])
        self.assertEqual(asked("Graag uiterlijk 25 mei 2026 in huis", ","), [])
        self.assertNotIn("2026-771", without("Bestell-Nr. 2026-771"))

    def test_lines_that_the_mail_program_wrapped(self):
        lines = [
            "bitte liefern Sie uns 20 Stück 933-A2-08040 Schraube, verzinkt, sowie",
            "10 Stück 934-A2-08 Mutter",
            "- 5 Stück 125-A2-08",
        ]
        self.assertEqual([item.line for item in sentences(lines)], [0, 2])

    def test_a_number_between_code_and_name_counts(self):
        for gap in ("\t", "   "):
            text = gap.join(("933-A2-08040", "20", "Hex bolt M8x40 DIN 933"))
            self.assertEqual(asked(text), [("20", None, "933-A2-08040")])
        self.assertEqual(asked("933-A2-08040 of 20 March"), [])

    def test_items_that_begin_alike_are_not_joined(self):
        items = (
            "40 pieces PT-75-132-WHT Packing tape PP 75 mm x 132 m white",
            "5 pieces SK200-0.7-BLU Ballpoint pen Skripta 200 0.7 mm blue",
        )
        found = asked("We order:\n" + "\n".join(items))
        self.assertEqual(len(found), 2)

    def test_sentences_that_only_tell_of_goods(self):
        self.assertEqual(asked("We were invoiced for 20 pcs but only got 18 of AB-100."), [])
        self.assertEqual(asked("wir haben noch 20 Stk 933-A2-08040 am Lager"), [])
        self.assertEqual(
            asked("Perfect, we'll take 40 pcs of 7-04024."), [("40", "pcs", "7-04024")]
        )
        self.assertEqual(asked("direkt hier: 3 Kartons KP-A4-80"), [("3", "Kartons", "KP-A4-80")])
        self.assertEqual(asked("1 - nr. 8 BB-6204-2RS"), [("8", None, "BB-6204-2RS")])
        self.assertEqual(
            asked("könnten Sie uns bitte 500 Muttern M8 (934-Z-08) schicken?"),
            [("500", None, "934-Z-08")],
        )

    def test_delivery_dates_in_words(self):
        for text, expected in (
            ("Leveren op 20 mei a.u.b.", (2026, 5, 20)),
            ("Bitte bis zum 20. Mai liefern, danke!", (2026, 5, 20)),
            ("Entrega antes del 22 de mayo.", (2026, 5, 22)),
            ("Please deliver by January 7", (2027, 1, 7)),
            ("Delivery required: 29/05/2026", (2026, 5, 29)),
            ("we ordered 20 pcs on 2 May 2026", None),
            ("we are closed from 25 to 29 May", None),
        ):
            found = due_date([text], SENT)
            self.assertEqual(found and found[0], expected and datetime.date(*expected), text)

    def test_mails_about_orders_order_nothing(self):
        for text in (
            "Where is my order 4711? We ordered 20 pcs of BB-6204-2RS.",
            "Bei der Lieferung fehlen 20 Stk 933-A2-08040.",
            "Pourriez-vous nous communiquer votre meilleur prix pour 20 pcs BB-6204-2RS ?",
            "graag ontvangen wij een offerte voor 20 stuks 933-A2-08040",
            "Please quote for:\n20 x BB-6204-2RS",
            "Wir haben Rückstand: laut System fehlen 20 Stk 933-A2-08040. Bitte um Termin.",
            "Dear customer, from 1 June the minimum order is 50 pcs of BB-6204-2RS.",
        ):
            self.assertFalse(phrases.asks(text), text)
        self.assertTrue(phrases.asks("Dzień dobry, proszę o dostawę 20 szt. BB-1"))


class TestMailsOfPeople(BaseCase):
    def read(self, source):
        outcome = cascade.run(source, [MailBodyReader()], Hints(own=(US,)))
        return outcome.documents[0].document

    def test_number_date_and_company_in_running_text(self):
        text = (
            "Hi,\n\nplease add 12 pcs CT-36 and 6 pcs CT-48 on our PO 81178, delivery on 3 June.\n\n"
            "Kind regards\nJo Ray\nBuyer Works Ltd | Phone: +44 113 496 0821\n"
        )
        order = self.read(mail(text, subject="cable ties"))
        self.assertEqual((order.number, order.partner.name), ("81178", "Buyer Works Ltd"))
        self.assertEqual(order.requested_date, datetime.date(2026, 6, 3))
        self.assertEqual(order.partner.phone, "+44 113 496 0821")
        self.assertEqual([line.quantity for line in order.lines], [12, 6])

    def test_a_number_under_which_people_order(self):
        text = "Dann bestellen wir unter der Nummer B-44430:\n\n20 Stück BB-62\n"
        self.assertEqual(self.read(mail(text, subject="Schrauben")).number, "B-44430")
        text = "Bitte liefern Sie 20 Stück BB-62, Rückfragen an Nummer 0171 555 44."
        self.assertIsNone(self.read(mail(text, subject="Schrauben")).number)

    def test_closing_words_of_other_letters(self):
        for closing in ("Bien à vous", "Buon lavoro", "Z wyrazami szacunku", "Many thanks"):
            text = f"Please send 20 pcs BB-62.\n\n{closing}\n\nJo Ray\nBuyer Works Ltd\n"
            self.assertEqual(self.read(mail(text)).partner.name, "Buyer Works Ltd", closing)

    def test_thanks_close_a_mail_only_at_its_end(self):
        goods = "Please send\n\n20 pcs BB-62\n"
        signed = "Thanks,\nJo Ray\nBuyer Works Ltd\n418 Dock Road, Hull HU1 1AA\n757-555-0198\n"
        order = self.read(mail(f"Hi,\n\n{goods}\n{signed}"))
        self.assertEqual(order.partner.phone, "757-555-0198")
        self.assertEqual(order.partner.city, "Hull")
        self.assertEqual(len(self.read(mail(f"Hi Jo,\nThanks!\n{goods}")).lines), 1)

    def test_the_subject_of_a_reply_names_what_is_answered(self):
        text = "Hi,\n\nthanks - please send 20 pcs of BB-6204-2RS.\n\nKind regards\nJo Ray\n"
        order = self.read(mail(text, subject="Re: Quotation 1881"))
        self.assertEqual((order.document_type, order.number), ("purchase_order", None))
        self.assertEqual(len(order.lines), 1)
        thanks = self.read(mail("Thanks, received the 20 pcs.\n", subject="Re: Order 88123"))
        self.assertEqual(thanks.document_type, "other")

    def test_several_orders_in_one_text(self):
        text = (
            "Hi,\n\ntwo orders today:\n\nPO 60201:\n20 x BB-62\n100 x OR-14\n\nPO 60202:\n7 x BB-63\n\n"
            "Kind regards\nJo Ray\n"
        )
        outcome = cascade.run(mail(text, subject="orders"), [MailBodyReader()], Hints(own=(US,)))
        self.assertEqual(
            [(item.document.number, len(item.document.lines)) for item in outcome.documents],
            [("60201", 2), ("60202", 1)],
        )

    def test_goods_go_to_the_address_below_the_label(self):
        text = (
            "Please deliver 20 x BB-62.\n\nPlease ship to:\n\nBuyer Works Ltd\nDock 5\n"
            "2 Harbour Road\nHull HU1 1AA\n\nKind regards\nJo Ray\n"
        )
        order = self.read(mail(text, subject="Order 9"))
        self.assertEqual((order.delivery.street, order.delivery.zip), ("2 Harbour Road", "HU1 1AA"))

    def test_what_is_hidden_in_html_is_not_ordered(self):
        html = (
            "<div style='max-height:0px'>9 x ZZ-99-A</div><p>Our order 7719:</p>"
            "<table><tr><th>Item no.</th><th>Qty</th></tr><tr><td>AB-1</td><td>2</td></tr>"
            "<tr style='display: none'><td>EVIL-1</td><td>999</td></tr></table>"
        )
        order = self.read(mail("x", html, subject="Order 7719"))
        self.assertEqual([line.quantity for line in order.lines], [2])

    def test_a_title_that_is_no_order_orders_nothing(self):
        text = "Please find it below. Open:\n20 pcs BB-6204-2RS\n"
        order = self.read(mail(text, subject="Statement of account April"))
        self.assertEqual((order.document_type, order.lines), ("other", ()))

    def test_a_title_of_something_else_yields_to_a_text_that_orders(self):
        text = "Hello,\n\nwe order 40 off OR-014-3 on PO 8891.\n\nRegards\nJo\n"
        order = self.read(mail(text, subject="Statement of account April"))
        self.assertEqual(order.document_type, "purchase_order")
        self.assertEqual(
            [(line.our_code, line.quantity) for line in order.lines], [("OR-014-3", 40)]
        )
        self.assertLess(order.confidence, 0.95)

    def test_pieces_above_a_column_are_quantities(self):
        html = (
            "<p>our order 66:</p><table><tr><td>Code</td><td>Product</td><td>Pcs</td></tr>"
            "<tr><td>BB-62</td><td>Bearing</td><td>20</td></tr></table>"
        )
        order = self.read(mail("x", html, subject="Order 66"))
        self.assertEqual([(line.our_code, line.quantity) for line in order.lines], [("BB-62", 20)])

    def test_rows_of_a_table_without_a_head(self):
        html = "<p>Please deliver</p><table><tr><td>20</td><td>pcs</td><td>BB-62</td><td>Bearing</td></tr></table>"
        order = self.read(mail("x", html, subject="Order 9"))
        self.assertEqual(
            [(line.quantity, line.uom, line.our_code, line.description) for line in order.lines],
            [(20, "pcs", "BB-62", "Bearing")],
        )

    def test_code_pages_that_mail_programs_declare_wrongly(self):
        text = "Größe: śruba żółta"
        self.assertEqual(decode(text.encode(), "iso-8859-1"), text)
        self.assertEqual(decode("śruba żółta".encode("cp1250"), "iso-8859-1"), "śruba żółta")
        self.assertEqual(decode("Größe".encode("cp1252"), "utf-8"), "Größe")
