"""What a team lets happen without a person, and whom it tells."""

from dataclasses import replace
from decimal import Decimal

from psycopg2 import IntegrityError

from odoo.tests import new_test_user
from odoo.tools import mute_logger

from odoo.addons.po_intake.extraction.document import OrderLine, Party

from .common import IntakeCase


class TestConfirm(IntakeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bolt.list_price = 42
        cls.team.write(
            {"auto_confirm": True, "confirm_amount_limit": 240, "confirm_quantity_limit": 10}
        )

    def confirmed(self, **values):
        self.script("order", self.order(**values))
        return self.process(self.upload("order")).sale_order_id.state

    def test_small_sure_orders_are_confirmed(self):
        self.assertEqual(self.confirmed(), "sale")

    def test_value_over_the_limit_stays_a_draft(self):
        self.team.confirm_amount_limit = 239
        self.assertEqual(self.confirmed(), "draft")

    def test_quantity_over_the_limit_stays_a_draft(self):
        self.team.confirm_quantity_limit = 9
        self.assertEqual(self.confirmed(), "draft")

    def test_a_remark_keeps_it_a_draft(self):
        self.bolt.list_price = 50
        self.assertEqual(self.confirmed(), "draft")

    def test_off_by_default(self):
        self.team.auto_confirm = False
        self.assertEqual(self.confirmed(), "draft")

    def test_what_a_person_approves_is_not_confirmed(self):
        self.team.auto_draft = False
        self.script("order", self.order())
        intake = self.process(self.upload("order")).with_user(self.clerk)
        intake.action_approve()
        self.assertEqual(intake.sale_order_id.state, "draft")

    @mute_logger("odoo.sql_db")
    def test_never_without_limits(self):
        with self.assertRaises(IntegrityError):
            self.team.confirm_amount_limit = 0
            self.team.flush_recordset()


class TestPrices(IntakeCase):
    def test_prices_of_the_document(self):
        self.script("order", self.order())
        order = self.process(self.upload("order")).sale_order_id
        self.assertEqual(order.order_line.mapped("price_unit"), [42, 3])

    def test_prices_of_the_price_list(self):
        self.team.price_policy = "pricelist"
        self.bolt.list_price = 45
        self.script("order", self.order())
        order = self.process(self.upload("order")).sale_order_id
        self.assertEqual(order.order_line.mapped("price_unit"), [45, 3])


class TestNotifications(IntakeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = new_test_user(cls.env, "po_intake_other", groups="base.group_user")
        cls.team.user_id = cls.clerk

    def waiting(self):
        self.script("order", self.order(partner=Party(name="Nobody here")))
        return self.process(self.upload("order"))

    def told(self, intake):
        return self.env["mail.message"].search(
            [
                ("model", "=", "po.intake"),
                ("res_id", "=", intake.id),
                ("message_type", "=", "user_notification"),
            ]
        )

    def test_the_responsible_gets_an_activity(self):
        self.assertEqual(self.waiting().activity_ids.user_id, self.clerk)

    def test_everybody_who_is_to_be_told(self):
        self.team.notify_user_ids = self.clerk + self.other
        self.assertEqual(self.waiting().activity_ids.user_id, self.clerk + self.other)

    def test_a_message_instead(self):
        self.team.notify_by = "message"
        intake = self.waiting()
        self.assertFalse(intake.activity_ids)
        message = self.told(intake)
        self.assertEqual(message.notified_partner_ids, self.clerk.partner_id)

    def test_nothing(self):
        self.team.notify_by = "nothing"
        intake = self.waiting()
        self.assertFalse(intake.activity_ids)
        self.assertFalse(self.told(intake))

    def test_drafted_orders_are_told_on_request(self):
        self.team.write({"notify_by": "message", "notify_drafted": True})
        self.script("order", self.order())
        intake = self.process(self.upload("order"))
        message = self.told(intake)
        self.assertIn(intake.sale_order_id.name, message.body)


class TestCreation(IntakeCase):
    newcomer = Party(
        name="Quarry & Sons", vat="BE0477472701", street="Kaai 3", zip="9000", city="Gent",
        country="BE", email="orders@quarry.example",
    )  # fmt: skip
    unheard = OrderLine(
        sequence=1, partner_code="ZZ-9", description="Basalt paver 10x10", quantity=Decimal(4),
        price_unit=Decimal("2.5"), price_subtotal=Decimal(10),
    )  # fmt: skip

    def test_nothing_is_created_by_default(self):
        self.script("order", self.order(partner=self.newcomer))
        intake = self.process(self.upload("order"))
        self.assertFalse(intake.partner_id)
        self.assertIn("partner_unknown", self.codes(intake))

    def test_customer_where_the_team_allows_it(self):
        self.team.create_partners = True
        self.script("order", self.order(partner=self.newcomer))
        intake = self.process(self.upload("order"))
        self.assertEqual(
            (intake.partner_id.name, intake.partner_id.city, intake.partner_id.country_id.code),
            ("Quarry & Sons", "Gent", "BE"),
        )
        self.assertIn("partner_created", self.codes(intake))
        self.assertTrue(
            any("Quarry" in (message.body or "") and "created" in message.body
                for message in intake.message_ids)
        )  # fmt: skip

    def test_no_customer_from_an_unsure_reading(self):
        self.team.create_partners = True
        self.script("order", self.order(partner=self.newcomer, confidence=0.7))
        self.assertFalse(self.process(self.upload("order")).partner_id)

    def test_no_second_customer_beside_a_similar_one(self):
        self.team.create_partners = True
        self.script("order", self.order(partner=Party(name="Brook Walves", city="Brookfield",
                                                      street="Mill Ln 4")))  # fmt: skip
        before = self.env["res.partner"].search_count([])
        self.process(self.upload("order"))
        self.assertEqual(self.env["res.partner"].search_count([]), before)

    def test_product_where_the_team_allows_it(self):
        self.team.create_products = True
        again = replace(self.unheard, sequence=2)
        self.script("order", self.order(lines=(self.unheard, again), amount_untaxed=Decimal(20)))
        intake = self.process(self.upload("order"))
        product = intake.line_ids.product_id
        self.assertEqual((len(product), product.name, product.list_price),
                         (1, "Basalt paver 10x10", 2.5))  # fmt: skip
        self.assertIn("product_created", self.codes(intake))

    def test_no_product_by_default(self):
        self.script("order", self.order(lines=(self.unheard,), amount_untaxed=Decimal(10)))
        intake = self.process(self.upload("order"))
        self.assertFalse(intake.line_ids.product_id)


class TestRoutes(IntakeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sister = cls.env["res.company"].create({"name": "Sister Ltd", "vat": "NL820646660B01"})
        cls.env.user.company_ids += cls.sister
        Team = cls.env["po.intake.team"]
        cls.export = Team.create({"name": "Export", "company_id": cls.company.id})
        cls.theirs = Team.create({"name": "Theirs", "company_id": cls.sister.id})
        cls.Route = cls.env["po.intake.route"].with_context(
            allowed_company_ids=(cls.company + cls.sister).ids
        )

    def route(self, **values):
        return self.Route.create({"company_id": self.company.id, **values})

    def processed(self, **values):
        self.script("order", self.order(**values))
        intake = self.upload("order")
        intake.email_from = "Jo <jo@brook-valves.example>"
        return self.process(intake)

    def test_by_sender(self):
        self.route(sender="brook-valves.example", team_id=self.export.id)
        intake = self.processed()
        self.assertEqual((intake.team_id, intake.state), (self.export, "done"))

    def test_by_currency_and_not_else(self):
        other = (
            self.env["res.currency"]
            .with_context(active_test=False)
            .search([("name", "!=", self.company.currency_id.name)], limit=1)
        )
        self.route(currency_id=other.id, team_id=self.export.id)
        self.assertEqual(self.processed().team_id, self.team)

    def test_by_addressed_company(self):
        self.route(vat="NL 8206.46.660.B01", team_id=self.theirs.id)
        intake = self.processed(addressee=Party(name="Sister Ltd", vat="NL820646660B01"))
        self.assertEqual((intake.team_id, intake.company_id), (self.theirs, self.sister))
        self.assertEqual(intake.sale_order_id.company_id, self.sister)

    def test_all_conditions_must_hold(self):
        self.route(sender="brook-valves.example", vat="NL820646660B01", team_id=self.export.id)
        self.assertEqual(self.processed().team_id, self.team)

    def test_known_document_in_the_other_company_is_a_duplicate_there(self):
        self.script("order", self.order())
        first = self.upload("order")
        first.team_id = self.theirs
        self.process(first)
        self.route(sender="jo@brook-valves.example", team_id=self.theirs.id)
        second = self.processed()
        self.assertEqual((second.company_id, second.duplicate_of_id), (self.sister, first))

    def test_sent_on_once(self):
        self.route(sender="brook-valves.example", team_id=self.export.id)
        self.route(from_team_id=self.export.id, team_id=self.team.id)
        self.assertEqual(self.processed().team_id, self.export)

    @mute_logger("odoo.sql_db")
    def test_a_route_needs_a_condition(self):
        with self.assertRaises(IntegrityError):
            self.route(team_id=self.export.id)


class TestFields(IntakeCase):
    def mapping(self, label, field, model="sale.order", **values):
        return self.env["po.intake.field"].create(
            {
                "name": label,
                "model": model,
                "field_id": self.env["ir.model.fields"]._get(model, field).id,
                **values,
            }
        )

    def processed(self, **values):
        self.script("order", self.order(**values))
        return self.process(self.upload("order"))

    def test_label_goes_to_a_field_of_the_order(self):
        self.mapping("Project", "origin")
        order = self.processed(extra={"Project": "P-118"}).sale_order_id
        self.assertEqual(order.origin, "P-118")

    def test_key_of_the_reading(self):
        self.mapping("partner.contact", "origin", origin="key")
        order = self.processed(
            partner=Party(name="Brook Valves Ltd", reference="K-4711", contact="Jo Brook")
        ).sale_order_id
        self.assertEqual(order.origin, "Jo Brook")

    def test_field_of_a_line(self):
        self.mapping("Wanted", "customer_lead", model="sale.order.line")
        first, second = self.order().lines
        order = self.processed(lines=(replace(first, extra={"Wanted": "9"}), second)).sale_order_id
        self.assertEqual(order.order_line[0].customer_lead, 9)

    def test_dates_choices_and_records(self):
        self.mapping("Valid", "validity_date")
        self.mapping("Terms", "payment_term_id")
        term = self.env["account.payment.term"].create({"name": "37 days sharp"})
        order = self.processed(
            extra={"Valid": "24.12.2026", "Terms": "37 Days Sharp"}
        ).sale_order_id
        self.assertEqual((str(order.validity_date), order.payment_term_id), ("2026-12-24", term))

    def test_required_field_holds_the_order_until_it_is_filled_in(self):
        self.mapping("Project", "origin", required=True)
        intake = self.processed().with_user(self.clerk)
        self.assertEqual(intake.state, "review")
        self.assertIn("field_missing", self.codes(intake))
        intake.value_ids.text = "P-9"
        self.assertNotIn("field_missing", self.codes(intake))
        intake.action_approve()
        self.assertEqual(intake.sale_order_id.origin, "P-9")

    def test_what_does_not_fit_is_told(self):
        self.mapping("Valid", "validity_date")
        intake = self.processed(extra={"Valid": "soon"})
        self.assertIn("field_not_understood", self.codes(intake))
        untouched = self.env["sale.order"].create({"partner_id": self.customer.id})
        self.assertEqual(intake.sale_order_id.validity_date, untouched.validity_date)

    def test_tried_on_a_document_at_once(self):
        self.script("order", self.order(extra={"Project": "P-118"}))
        sample = self.process(self.upload("order"))
        mapping = self.env["po.intake.field"].new({"name": "Project", "sample_id": sample.id})
        mapping._onchange_sample()
        self.assertEqual(mapping.sample_result, "P-118")
        mapping.name = "Projekt"
        mapping._onchange_sample()
        self.assertIn("not found", mapping.sample_result)

    def test_of_other_teams_is_not_asked_for(self):
        team = self.env["po.intake.team"].create({"name": "Others", "company_id": self.company.id})
        self.mapping("Project", "origin", required=True, team_ids=[(4, team.id)])
        self.assertEqual(self.processed().state, "done")

    def test_what_an_order_is_cannot_be_filled(self):
        with self.assertRaisesRegex(Exception, "cannot be filled"):
            self.mapping("State", "state")
