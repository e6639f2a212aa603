from decimal import Decimal

from odoo.fields import Command, Domain
from odoo.tests import tagged

from odoo.addons.po_intake.extraction.document import OrderLine, Party

from .common import IntakeCase


class MatchCase(IntakeCase):
    """What the matcher suggests for lines and parties."""

    def found(self, description, **values):
        """What is suggested for a line with this description, best first."""
        intake = self.intake(OrderLine(description=description, quantity=Decimal(2), **values))
        return intake.line_ids

    def intake(self, *lines, **values):
        text = f"order {self.env['po.intake'].search_count([])}"
        self.script(text, self.order(lines=lines, number=text, confidence=0.5, **values))
        return self.process(self.upload(text))

    def names(self, line):
        return [item["name"] for item in line.candidates or []]

    def bought(self, product, price):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "order_line": [Command.create({"product_id": product.id, "price_unit": price})],
            }
        )
        order.action_confirm()


@tagged("post_install", "-at_install")
class TestMatchProducts(MatchCase):
    def test_a_new_name_is_found_at_once(self):
        self.seal.name = "Packing ring 35 mm"
        self.assertEqual(self.found("Packing ring 35 mm").product_id, self.seal)
        self.assertFalse(self.found("Sealing ring 20 mm").product_id)

    def test_every_language_finds_and_a_changed_translation_counts(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.bolt.with_context(lang="de_DE").name = "Sechskantschraube M8x40 verzinkt"
        self.assertEqual(self.found("Sechskantschraube M8 x 40 verz.\n").candidates[0]["id"],
                         self.bolt.id)  # fmt: skip
        template = self.bolt.product_tmpl_id
        template.update_field_translations("name", {"de_DE": "Maschinenschraube M8x40 verzinkt"})
        self.assertEqual(self.found("Maschinenschraube M8x40 verzinkt").product_id, self.bolt)

    def test_imported_products_are_found_and_archived_ones_are_not(self):
        self.env["product.product"].load(
            ["name", "default_code"], [["Pallet wrap 500 mm 23 mu clear", "PW-500"]]
        )
        wrap = self.env["product.product"].search([("default_code", "=", "PW-500")])
        self.assertEqual(self.found("Pallet wrap 500mm 23 mu clear").product_id, wrap)
        wrap.active = False
        self.assertNotIn(wrap.display_name, self.names(self.found("Pallet wrap 500mm 23 mu clear")))

    def test_the_variant_whose_values_are_printed(self):
        size, colour = self.env["product.attribute"].create([{"name": "Size"}, {"name": "Colour"}])
        values = self.env["product.attribute.value"]
        sizes = values.create([{"name": n, "attribute_id": size.id} for n in ("M", "L", "XL")])
        colours = values.create([{"name": n, "attribute_id": colour.id} for n in ("red", "blue")])
        template = self.env["product.template"].create(
            {
                "name": "Rain jacket Storm",
                "attribute_line_ids": [
                    Command.create({"attribute_id": item.id, "value_ids": [Command.set(own.ids)]})
                    for item, own in ((size, sizes), (colour, colours))
                ],
            }
        )
        line = self.found("Rain jacket Storm, blue, XL")
        self.assertEqual(
            line.product_id.product_template_attribute_value_ids.mapped("name"), ["XL", "blue"]
        )
        self.assertEqual(len(line.candidates), 5)
        self.assertEqual(line.product_id.product_tmpl_id, template)
        colours[1].name = "petrol"
        self.assertEqual(self.found("Rain jacket Storm petrol XL").product_id, line.product_id)

    def test_one_size_off_is_never_sure(self):
        self.env["product.product"].create({"name": "Hex bolt M8x45 zinc"})
        line = self.found("Hex bolt M8x50 zinc")
        self.assertFalse(line.product_id)
        self.assertIn(self.bolt.display_name, self.names(line))

    def test_suggestions_tell_stock_price_and_earlier_orders(self):
        self.seal.is_storable = True
        location = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        ).lot_stock_id  # fmt: skip
        self.env["stock.quant"]._update_available_quantity(self.seal, location, 7)
        self.bought(self.seal, 2.5)
        line = self.found("Sealing ring", price_unit=Decimal("2.50"))
        [seal] = [item for item in line.candidates if item["id"] == self.seal.id]
        self.assertEqual((seal["free"], seal["price"]), (6, 3.0), "one of 7 is reserved")
        self.assertEqual(seal["forecast"], 6)
        self.assertIn("ordered before", seal["reason"])
        self.assertIn("same price", seal["reason"], "that of the last order")

    def test_a_code_that_another_name_contradicts_waits(self):
        line = self.found("Sealing ring 20 mm", our_code="HB-0840-Z")
        self.assertFalse(line.product_id)

    def test_barcodes_with_and_without_leading_zero(self):
        self.seal.barcode = "0036000291452"
        self.assertEqual(self.found("Ring", barcode="036000291452").product_id, self.seal)

    def test_vendors_codes_and_names_on_vendors_documents(self):
        vendor, other = self.env["res.partner"].create([{"name": "Ringmakers"}, {"name": "Nobody"}])
        self.env["product.supplierinfo"].create(
            [
                {
                    "partner_id": vendor.id,
                    "product_tmpl_id": self.seal.product_tmpl_id.id,
                    "product_code": "RM 77-1",
                    "product_name": "Gasket twenty",
                    "price": 1.5,
                },
                {
                    "partner_id": other.id,
                    "product_tmpl_id": self.bolt.product_tmpl_id.id,
                    "product_code": "RM-771",
                    "price": 1.5,
                },
            ]
        )
        intake = self.env["po.intake"].create(
            {
                "state": "review",
                "direction": "purchase",
                "partner_id": vendor.id,
                "line_ids": [
                    Command.create({"partner_code": "RM771", "quantity": 1, "price_unit": 1.5}),
                    Command.create({"description": "Gasket twenty", "quantity": 1}),
                ],
            }
        )
        self.env["po.intake.matcher"]._match(intake)
        self.assertEqual(intake.line_ids.product_id, self.seal)
        self.assertTrue(all(line.product_id for line in intake.line_ids))


@tagged("post_install", "-at_install")
class TestMatchParties(MatchCase):
    def test_signs_of_a_partner(self):
        self.customer.write(
            {
                "vat": "BE0477472701",
                "phone": "+49 (30) 1234-567",
                "website": "https://brookv.example",
            }
        )
        lines = self.order().lines
        for printed in (
            {"vat": "BE 0477.472.701"},
            {"vat": "0477472701"},
            {"name": "BROOK VALVES", "phone": "0049 30 1234567"},
            {"name": "Brook Valves Limited", "email": "jo@brookv.example"},
            {"reference": "K 4711"},
        ):
            with self.subTest(printed=printed):
                intake = self.intake(*lines, partner=Party(**printed))
                self.assertEqual(intake.partner_id, self.customer)

    def test_a_slip_of_the_pen_is_suggested_and_not_relied_on(self):
        intake = self.intake(*self.order().lines, partner=Party(name="Brok Vallves Ltd."))
        self.assertFalse(intake.partner_id)
        self.assertEqual(intake.partner_candidates[0]["id"], self.customer.id)

    def test_a_listed_sender_names_its_partner(self):
        self.env["po.intake.sender"].create(
            {"name": "buyer@agency.example", "partner_id": self.customer.id}
        )
        self.script("sent", self.order(partner=Party(name="Brook Valves")))
        self.receive(self.mail("sent", From="buyer@agency.example"))
        self.assertEqual(self.open_mails().partner_id, self.customer)

    def test_contact_and_addresses(self):
        person, other, invoice = self.env["res.partner"].create(
            [
                {"name": "Anna Brook", "parent_id": self.customer.id, "email": "a@brook.example"},
                {"name": "Jo Field", "parent_id": self.customer.id},
                {
                    "name": "Brook Valves Ltd, Accounts",
                    "parent_id": self.customer.id,
                    "type": "invoice",
                    "street": "Ledger Row 1",
                    "zip": "4711",
                },
            ]
        )
        party = {"name": "Brook Valves Ltd", "reference": "K-4711"}
        lines = self.order().lines
        by_mail = self.intake(*lines, partner=Party(**party, email="a@brook.example"))
        self.assertEqual(by_mail.partner_contact_id, person)
        by_name = self.intake(*lines, partner=Party(**party, contact="Mr Field, Jo"))
        self.assertEqual(by_name.partner_contact_id, other)
        ship_to = Party(name="Brook Valves Depot", street="Harbour Rd. 9", zip="4712")
        intake = self.intake(*lines, partner=Party(**party), delivery=ship_to)
        self.assertFalse(intake.partner_contact_id)
        self.assertEqual(intake.partner_shipping_id, self.warehouse)
        self.assertEqual(intake.partner_invoice_id, invoice)
        order = self.env["po.intake.drafter"]._draft(intake)
        self.assertEqual(order.partner_invoice_id, invoice)
        self.assertEqual(order.partner_shipping_id, self.warehouse)

    def test_another_customer_takes_the_addresses_of_the_first_one_along(self):
        ship_to = Party(name="Brook Valves Depot", street="Harbour Road 9", zip="4712")
        intake = self.intake(*self.order().lines, delivery=ship_to)
        self.assertEqual(intake.partner_shipping_id, self.warehouse)
        other = self.env["res.partner"].create({"name": "Another Ltd", "is_company": True})
        intake.partner_id = other
        self.assertFalse(intake.partner_shipping_id)
        self.assertEqual(intake.partner_invoice_id, other)


@tagged("post_install", "-at_install")
class TestMatchRules(MatchCase):
    # pylint: disable=missing-return
    def test_an_addon_adds_where_to_look(self):
        """Both hooks, overridden as an addon does it."""
        matcher = self.env.registry["po.intake.matcher"]

        def product_rules(service, intake, query):
            rules = super(matcher, service)._get_product_rules(intake, query)
            return [*rules, Domain("description_sale", "=", query.partner_code)]

        def partner_rules(service, intake, query):
            rules = super(matcher, service)._get_partner_rules(intake, query)
            return [*rules, Domain("zip", "=", query.zip)]

        for name, method in (
            ("_get_product_rules", product_rules),
            ("_get_partner_rules", partner_rules),
        ):
            setattr(matcher, name, method)
            self.addCleanup(delattr, matcher, name)
        self.seal.description_sale = "OLD-5"
        party = Party(name="Something else", street="Mill Lane 4", zip="4711", city="Brookfield")
        line = OrderLine(partner_code="OLD-5", description="Ring 20 mm", quantity=Decimal(1))
        intake = self.intake(line, partner=party)
        self.assertIn(self.customer.id, [item["id"] for item in intake.partner_candidates])
        self.assertIn(self.seal.id, [item["id"] for item in intake.line_ids.candidates])
