"""Vendors' offers: who it is from, what is meant, and what the request for quotation says."""

from datetime import date
from decimal import Decimal

from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.po_intake.extraction.document import QUOTATION, OrderLine, Party

from .common import IntakeCase


class OfferCase(IntakeCase):
    """A vendor with a price list, and offers that are worked off."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team.write({"direction": "purchase", "price_tolerance": 10, "last_price_tolerance": 10})
        cls.vendor = cls.env["res.partner"].create(
            {
                "name": "Alder Castings GmbH",
                "is_company": True,
                "ref": "V-4712",
                "supplier_rank": 1,
                "vat": "DE811907980",
                "company_registry": "HRB 20417",
                "email": "office@alder.example",
                "street": "Werkstr. 4",
                "city": "Essen",
            }
        )
        cls.contact = cls.env["res.partner"].create(
            {"name": "Uwe Seidel", "parent_id": cls.vendor.id, "email": "seidel@alder.example"}
        )
        cls.manager = new_test_user(
            cls.env,
            "po_intake_purchase_manager",
            groups="po_intake.group_po_intake_user,purchase.group_purchase_manager",
        )
        cls.info = cls.price(cls.bolt, 40, product_code="AC-1")

    @classmethod
    def price(cls, product, price, **values):
        return cls.env["product.supplierinfo"].create(
            {
                "partner_id": cls.vendor.id,
                "product_tmpl_id": product.product_tmpl_id.id,
                "price": price,
                **values,
            }
        )

    def line(self, **values):
        return OrderLine(
            **{
                "sequence": 1,
                "partner_code": "AC-1",
                "quantity": Decimal(5),
                "price_unit": Decimal(42),
                **values,
            }
        )

    def offered(self, *lines, **values):
        text = f"offer {len(self.reader.script)}"
        self.script(text, self.order(**{**self.document(*lines), "number": text, **values}))
        return self.process(self.upload(text))

    def document(self, *lines):
        return {
            "document_type": QUOTATION,
            "partner": Party(reference="V-4712"),
            "lines": lines or (self.line(),),
            "amount_untaxed": None,
        }


class TestVendor(OfferCase):
    """Whom an offer is from."""

    def test_by_each_sign_of_its_own(self):
        for party in (
            Party(reference="V-4712"),
            Party(vat="DE 811 907 980"),
            Party(email="office@alder.example"),
            Party(name="Alder Castings GmbH", email="new@alder.example"),
            Party(name="Alder Castings GmbH", registry="HRB 20417"),
        ):
            with self.subTest(party=party):
                self.assertEqual(self.offered(partner=party).partner_id, self.vendor)

    def test_a_similar_name_is_never_enough(self):
        for name in ("Alder Casting GmbH", "Alder Castings AG"):
            intake = self.offered(partner=Party(name=name, city="Essen"))
            self.assertEqual((intake.partner_id.ids, intake.state), ([], "review"))
            self.assertEqual(self.finding(intake, "partner_ambiguous").title, "Vendor unsure")

    def test_contact_is_kept_and_the_order_goes_to_its_company(self):
        intake = self.offered(partner=Party(email="seidel@alder.example"))
        self.assertEqual(
            (intake.partner_id, intake.partner_contact_id), (self.vendor, self.contact)
        )
        self.assertEqual(intake.purchase_order_id.partner_id, self.vendor)

    def test_a_vendor_goes_before_a_customer_with_the_same_signs(self):
        self.vendor.copy({"supplier_rank": 0, "customer_rank": 3, "ref": False})
        self.assertEqual(self.offered(partner=Party(vat="DE811907980")).partner_id, self.vendor)


class TestVendorProduct(OfferCase):
    """What is meant by a line."""

    def product(self, **line):
        return self.offered(self.line(**line)).line_ids.product_id

    def test_by_code_of_this_vendor(self):
        self.assertEqual(self.product(description="?"), self.bolt)

    def test_not_by_the_code_of_another_vendor(self):
        other = self.env["res.partner"].create({"name": "Other", "supplier_rank": 1})
        self.info.partner_id = other
        self.assertFalse(self.product(description="?"))

    def test_by_the_name_that_this_vendor_uses(self):
        self.info.write({"product_name": "Gewindestange verzinkt 8x40", "product_code": False})
        self.assertEqual(
            self.product(partner_code=None, description="Gewindestange verzinkt 8x40"), self.bolt
        )

    def test_by_our_code_and_by_barcode(self):
        self.seal.barcode = "4006381333931"
        self.assertEqual(self.product(partner_code=None, our_code="SR-20"), self.seal)
        self.assertEqual(self.product(partner_code=None, barcode="4006381333931"), self.seal)

    def test_nothing_is_created_for_an_unknown_article(self):
        products = self.env["product.product"].search_count([])
        intake = self.offered(self.line(partner_code="ZZ-77", description="Left-handed widget"))
        self.assertEqual((intake.state, intake.line_ids.product_id.ids), ("review", []))
        self.assertEqual(self.env["product.product"].search_count([]), products)

    def test_confirmed_match_is_written_back_where_the_team_wants_it(self):
        self.info.product_code = False
        for wanted, code in ((False, False), (True, "AC-9")):
            self.team.write({"write_vendor_codes": wanted, "auto_draft": False})
            intake = self.offered(self.line(partner_code="AC-9", our_code="HB-0840-Z"))
            intake.action_approve()
            self.assertEqual(self.info.product_code, code)

    def test_a_code_that_stands_there_is_left_alone(self):
        self.team.write({"write_vendor_codes": True, "auto_draft": False})
        self.offered(self.line(partner_code="AC-9", our_code="HB-0840-Z")).action_approve()
        self.assertEqual(self.info.product_code, "AC-1")

    def test_a_product_without_an_entry_gets_one(self):
        self.team.write({"write_vendor_codes": True, "auto_draft": False})
        self.offered(
            self.line(partner_code="AC-2", our_code="SR-20", price_unit=Decimal("2.5"))
        ).action_approve()
        self.assertEqual(
            (self.seal.seller_ids.product_code, self.seal.seller_ids.price), ("AC-2", 2.5)
        )


class TestRequest(OfferCase):
    """What the request for quotation says."""

    def test_payment_terms_by_name_or_by_days(self):
        terms = self.env.ref("account.account_payment_term_30days")
        terms.with_context(lang="en_US").name = "30 Days"
        for printed, expected in (
            ("30 days", terms),
            ("Zahlbar innerhalb 30 Tagen netto", terms),
            ("30 days, 2% discount in 10 days", terms.browse()),
            ("30 days end of month", terms.browse()),
        ):
            with self.subTest(printed=printed):
                order = self.offered(payment_terms=printed).purchase_order_id
                self.assertEqual(order.payment_term_id, expected)

    def test_without_printed_terms_those_of_the_vendor(self):
        terms = self.env.ref("account.account_payment_term_15days")
        self.vendor.property_supplier_payment_term_id = terms
        self.assertEqual(self.offered().purchase_order_id.payment_term_id, terms)

    def test_price_and_discount(self):
        line = self.offered(self.line(discount=Decimal("7.5"))).purchase_order_id.order_line
        self.assertEqual((line.price_unit, line.discount, line.price_subtotal), (42, 7.5, 194.25))

    def test_date_of_each_line(self):
        days = date(2031, 3, 1), date(2031, 4, 1)
        lines = [self.line(sequence=n, requested_date=day) for n, day in enumerate(days, 1)]
        order = self.offered(*lines).purchase_order_id
        self.assertEqual(order.order_line.mapped(lambda line: line.date_planned.date()), list(days))

    def test_other_currency(self):
        ours = self.company.currency_id.name
        code = "CHF" if ours != "CHF" else "EUR"
        other = self.env["res.currency"].with_context(active_test=False).search(
            [("name", "=", code)]
        )  # fmt: skip
        other.active = True
        intake = self.offered(currency=code)
        order = intake.purchase_order_id
        self.assertEqual((order.currency_id, order.order_line.price_unit), (other, 42))
        self.finding(intake, "other_pricelist")

    def test_currency_that_is_not_active_waits(self):
        intake = self.offered(currency="JPY")
        self.assertFalse(intake.purchase_order_id)
        self.assertIn("not active", self.finding(intake, "currency_differs").message)

    def test_each_company_has_its_own_orders(self):
        sister = self.env["res.company"].create({"name": "Sister Ltd"})
        self.info.company_id = False
        team = self.env["po.intake.team"].create(
            {"name": "Theirs", "company_id": sister.id, "direction": "purchase"}
        )
        self.script("offer", self.order(**self.document()))
        intake = self.upload("offer")
        intake.team_id = team
        order = self.process(intake).purchase_order_id
        self.assertEqual((order.company_id, order.picking_type_id.company_id), (sister, sister))
        self.assertFalse(
            self.env["purchase.order"].with_user(self.manager).search([("id", "=", order.id)])
        )

    def test_stays_a_draft_unless_the_limits_allow(self):
        self.assertEqual(self.offered().purchase_order_id.state, "draft")
        self.team.write(
            {"auto_confirm": True, "confirm_amount_limit": 300, "confirm_quantity_limit": 10}
        )
        self.assertEqual(self.offered().purchase_order_id.state, "purchase")
        large = self.offered(self.line(quantity=Decimal(11)))
        self.assertEqual(large.purchase_order_id.state, "draft")

    def test_approval_in_two_steps_stays_in_force(self):
        self.company.write({"po_double_validation": "two_step", "po_double_validation_amount": 100})
        self.team.write(
            {"auto_confirm": True, "confirm_amount_limit": 300, "confirm_quantity_limit": 10}
        )
        self.assertEqual(self.offered().purchase_order_id.state, "to approve")

    def test_other_taxes_of_a_line(self):
        usual, other = self.env["account.tax"].create(
            [{"name": f"In {rate}", "amount": rate, "type_tax_use": "purchase"} for rate in (20, 7)]
        )
        self.bolt.supplier_taxes_id = usual
        self.team.auto_draft = False
        intake = self.offered(amount_tax=Decimal("14.70"), amount_untaxed=Decimal(210))
        self.finding(intake, "tax_differs")
        intake.line_ids.tax_ids = other
        intake.action_check()
        self.assertNotIn("tax_differs", self.codes(intake))
        intake.action_approve()
        self.assertEqual(intake.purchase_order_id.order_line.tax_ids, other)


@tagged("post_install", "-at_install")
class TestVendorUnit(OfferCase):
    """Quantities in the vendor's purchase unit."""

    def setUp(self):
        super().setUp()
        self.unit = self.env.ref("uom.product_uom_unit")
        self.box = self.env["uom.uom"].create(
            {"name": "Box of 12", "relative_factor": 12, "relative_uom_id": self.unit.id}
        )
        self.price(self.seal, 36, product_uom_id=self.box.id, product_code="AC-2")

    def ordered(self, uom, quantity, price):
        line = self.line(
            partner_code="AC-2", uom=uom, quantity=Decimal(quantity), price_unit=Decimal(price)
        )
        intake = self.offered(line)
        order_line = intake.purchase_order_id.order_line
        return order_line.product_uom_id, order_line.product_qty, order_line.price_unit

    def test_the_vendors_box(self):
        for uom in ("Box of 12", "box", None):
            with self.subTest(uom=uom):
                self.assertEqual(self.ordered(uom, 2, 36), (self.box, 2, 36))

    def test_pieces_of_what_comes_in_boxes(self):
        self.assertEqual(self.ordered("pcs", 24, 3), (self.unit, 24, 3))

    def test_a_piece_at_the_price_of_a_box_is_a_box(self):
        self.assertEqual(self.ordered("pcs", 2, 36), (self.box, 2, 36))

    def test_at_neither_price_it_is_asked(self):
        line = self.line(
            partner_code="AC-2", uom="Sack", quantity=Decimal(2), price_unit=Decimal(17)
        )
        self.finding(self.offered(line), "unit_unknown")


class TestVendorPrices(OfferCase):
    """The price list takes over what was offered, on a click."""

    def update(self, intake, user=None):
        action = intake.with_user(user or self.manager).action_update_vendor_prices()
        return self.env[action["res_model"]].with_user(self.manager).browse(action["res_id"])

    def test_old_price_ends_and_new_one_begins(self):
        wizard = self.update(self.offered())
        self.assertEqual((wizard.line_ids.known, wizard.line_ids.price), (40, 42))
        with Form(wizard) as form:
            form.date_start = date(2031, 1, 1)
            form.date_end = date(2031, 12, 31)
        wizard.action_apply()
        self.assertEqual((self.info.price, self.info.date_end), (40, date(2030, 12, 31)))
        new = self.bolt.seller_ids - self.info
        self.assertEqual((new.price, new.product_code), (42, "AC-1"))
        self.assertEqual((new.date_start, new.date_end), (date(2031, 1, 1), date(2031, 12, 31)))

    def test_twice_on_a_day_changes_one_entry(self):
        self.update(self.offered()).action_apply()
        self.update(self.offered(self.line(price_unit=Decimal(43)))).action_apply()
        self.assertEqual(self.bolt.seller_ids.mapped("price"), [40, 43])

    def test_scale_of_prices_becomes_minimum_quantities(self):
        lines = [
            self.line(sequence=n, quantity=Decimal(quantity), price_unit=Decimal(price))
            for n, (quantity, price) in enumerate(((10, 42), (100, 39)), 1)
        ]
        wizard = self.update(self.offered(*lines))
        wizard.action_apply()
        scale = (self.bolt.seller_ids - self.info).sorted("min_qty")
        self.assertEqual([(info.min_qty, info.price) for info in scale], [(10, 42), (100, 39)])

    def test_minimum_of_the_price_list_is_kept(self):
        self.info.min_qty = 3
        wizard = self.update(self.offered())
        self.assertEqual((wizard.line_ids.min_qty, wizard.line_ids.known), (3, 40))

    def test_only_what_is_ticked(self):
        lines = (self.line(), self.line(sequence=2, partner_code=None, our_code="SR-20"))
        wizard = self.update(self.offered(*lines))
        wizard.line_ids[0].selected = False
        wizard.action_apply()
        self.assertEqual(self.bolt.seller_ids, self.info)
        self.assertEqual(self.seal.seller_ids.price, 42)

    def test_only_who_may_change_price_lists(self):
        intake = self.offered()
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
            self.update(intake, self.clerk)

    def test_nothing_changes_without_the_click(self):
        self.offered()
        self.assertEqual(self.info.price, 40)
