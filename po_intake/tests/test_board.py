from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.tools.safe_eval import safe_eval

from .common import IntakeCase


class TestBoard(IntakeCase):
    """What the board shows first, counts, filters and groups by."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["po.intake"].search([]).unlink()
        cls.intakes = cls.env["po.intake"].with_user(cls.clerk)
        view = cls.intakes.get_view(view_type="search")
        cls.filters = {
            node.get("name"): safe_eval(node.get("domain"), {"uid": cls.clerk.id})
            for node in etree.fromstring(view["arch"]).iter("filter")
            if node.get("domain")
        }

    def card(self, **values):
        return self.env["po.intake"].create({"state": "review", **values})

    def shown(self, name):
        """The cards that a filter of the board shows to a clerk."""
        return self.intakes.search(self.filters[name])

    def read_group(self, limit=80):
        """The board as the browser asks for it, with all that is on a card."""
        arch = etree.fromstring(self.intakes.get_view(view_type="kanban")["arch"])
        names = {node.get("name") for node in arch.iter("field")}
        specification = {}
        for name in names:
            specification[name] = {}
            if self.intakes._fields[name].relational:
                specification[name] = {"fields": {"display_name": {}}}
        return self.intakes.with_context(read_group_expand=True).web_read_group(
            [],
            ["state"],
            ["__count"],
            auto_unfold=True,
            unfold_read_specification=specification,
            unfold_read_default_limit=limit,
            order=arch.get("default_order"),
        )["groups"]

    def test_strip_counts_what_its_filters_show(self):
        """Whoever clicks on a figure gets as many cards as it said."""
        past = fields.Datetime.now() - timedelta(days=3)
        self.card(received_date=past, amount_untaxed=100)
        self.card(amount_untaxed=50)
        self.card(requested_date=past.date())
        self.card(state="rejected", received_date=past)
        self.script("sure", self.order())
        done = self.process(self.upload("sure"))
        self.assertEqual((done.state, done.touchless), ("done", True))
        strip = self.intakes.read_strip()
        shown = {name: len(self.shown(name)) for name in strip["counts"]}
        self.assertEqual(strip["counts"], shown)
        self.assertEqual(
            shown, {"received_today": 3, "touchless_today": 1, "waiting": 3, "late": 2}
        )
        self.assertEqual(strip["oldest"], fields.Datetime.to_string(past))
        self.assertEqual(strip["value"], 150)

    def test_strip_of_one_team_and_of_an_empty_board(self):
        self.card()
        other = self.env["po.intake.team"].create({"name": "North"})
        strip = self.intakes.read_strip([["team_id", "=", other.id]])
        self.assertFalse(any(strip["counts"].values()))
        self.assertEqual((strip["oldest"], strip["value"]), (False, 0))

    def test_value_is_in_the_currency_of_the_company(self):
        foreign = self.env["res.currency"].create(
            {"name": "XTS", "symbol": "x", "rate_ids": [(0, 0, {"rate": 4.0})]}
        )
        self.card(amount_untaxed=200, currency_text=foreign.name)
        self.assertEqual(self.intakes.read_strip()["value"], 50)

    def test_what_a_person_approves_is_not_touchless(self):
        self.script("unsure", self.order(confidence=0.5))
        intake = self.process(self.upload("unsure"))
        intake.with_user(self.clerk).action_approve()
        self.assertEqual((intake.state, intake.touchless), ("done", False))
        self.assertFalse(self.shown("touchless"))

    def test_quick_filters(self):
        """A filter shows the cards that it names and no others."""
        mine = self.card(user_id=self.clerk.id)
        reorder = self.card(source="reorder")
        price = self.card(finding_ids=[(0, 0, {"code": "price_differs"})])
        twice = self.card(finding_ids=[(0, 0, {"code": "duplicate_order"})])
        unknown = self.card(line_ids=[(0, 0, {"description": "Something"})], partner_id=None)
        self.assertEqual(self.shown("mine"), mine)
        self.assertEqual(self.shown("reorders"), reorder)
        self.assertEqual(self.shown("price_differences"), price)
        self.assertEqual(self.shown("duplicates"), twice)
        self.assertEqual(self.shown("unknown_products"), unknown)
        price.finding_ids.action_waive()
        self.assertFalse(self.shown("price_differences"), "it was accepted")

    def test_reason_is_the_worst_finding(self):
        """Cards are grouped by what a person has to look at first, in words."""
        card = self.card(
            finding_ids=[
                (0, 0, {"code": "price_missing", "severity": "info"}),
                (0, 0, {"code": "price_differs", "severity": "warning"}),
                (0, 0, {"code": "product_unknown", "severity": "blocking"}),
            ]
        )
        self.assertEqual(card.reason, "product_unknown")
        self.assertEqual(
            card.chips, [["product_unknown", "blocking", 1], ["price_differs", "warning", 1]]
        )
        groups = self.intakes.formatted_read_group([], ["reason"], ["__count"])
        self.assertEqual(groups[0]["reason"], "product_unknown")
        words = dict(self.intakes.fields_get(["reason"])["reason"]["selection"])
        self.assertEqual(words["product_unknown"], "Unknown product")
        card.finding_ids.filtered(lambda item: item.code == "product_unknown").action_waive()
        self.assertEqual(card.reason, "price_differs")
        card.finding_ids.unlink()
        self.assertFalse(card.reason)

    def test_oldest_waits_on_top_and_newest_is_done_on_top(self):
        first, second = self.card(), self.card()
        now = fields.Datetime.now()
        done = [self.card(state="done", done_date=now - timedelta(hours=hours)) for hours in (2, 1)]
        columns = {
            group["state"]: [item["id"] for item in group.get("__records", ())]
            for group in self.read_group()
        }
        self.assertEqual(columns["review"], [first.id, second.id])
        self.assertEqual(columns["done"], [done[1].id, done[0].id])

    def test_rejected_cards_are_folded_away(self):
        self.card(state="rejected")
        opened = {group["state"]: "__records" in group for group in self.read_group()}
        self.assertEqual(opened.pop("rejected"), False)
        self.assertEqual(set(opened), {"new", "quarantine", "review", "error", "done"})
        self.assertTrue(all(opened.values()), "empty columns are shown")

    def test_card_names_who_it_is_from(self):
        self.assertEqual(self.card(email_from='"Jo Brook" <jo@x.example>').card_title, "Jo Brook")
        self.assertEqual(self.card(email_from="jo@x.example").card_title, "jo@x.example")
        self.assertEqual(self.card(source_name="a.pdf").card_title, "a.pdf")
        known = self.card(email_from="jo@x.example", partner_id=self.customer.id)
        self.assertEqual(known.card_title, "Brook Valves Ltd")
        self.customer.name = "Brook & Sons"
        self.assertEqual(known.card_title, "Brook & Sons")

    def test_no_query_per_card(self):
        """A board of eighty cards asks the database no more often than one of ten."""
        for index in range(80):
            partner = self.env["res.partner"].create({"name": f"Customer {index}"})
            self.card(
                partner_id=partner.id,
                user_id=self.clerk.id,
                line_ids=[(0, 0, {"description": "Bolt", "quantity": 1})],
                finding_ids=[(0, 0, {"code": "price_differs", "parameters": {"line": index}})],
            )
        taken = []
        for limit in (10, 10, 80):  # the first one loads what is kept for the process
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            groups = self.read_group(limit)
            taken.append(self.env.cr.sql_log_count - before)
            review = next(group for group in groups if group["state"] == "review")
            self.assertEqual(len(review["__records"]), limit)
        self.assertEqual(taken[1], taken[2])

    def test_sample_is_read(self):
        """An empty board offers an order to try; it travels the way of any other."""
        action = self.intakes.action_try_sample()
        intake = self.env["po.intake"].browse(action["res_id"])
        self.assertEqual((intake.state, intake.source_name), ("new", "PO-48213.pdf"))
        self.assertTrue(intake.message_main_attachment_id.raw.startswith(b"%PDF"))
