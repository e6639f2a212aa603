"""What people do with several cards at once."""

from odoo.addons.po_intake.extraction.document import Party

from .common import IntakeCase


class TestReview(IntakeCase):
    def waiting(self, **values):
        self.script(str(values), self.order(confidence=0.6, **values))
        return self.process(self.upload(str(values))).with_user(self.clerk)

    def test_bulk_approval_drafts_what_nothing_blocks(self):
        good = self.waiting(number="PO-1")
        unknown = self.waiting(number="PO-2", partner=Party(name="Nobody here"))
        other = self.waiting(number="PO-3")
        answer = (good | unknown | other).action_approve_sure()
        self.assertEqual((good.state, unknown.state, other.state), ("done", "review", "done"))
        self.assertIn("2 order(s)", answer["params"]["message"])
        self.assertIn("Unknown customer", answer["params"]["message"])

    def test_one_that_cannot_be_drafted_does_not_stop_the_others(self):
        good, empty = self.waiting(number="PO-1"), self.waiting(number="PO-2")
        empty.line_ids.quantity = 0
        empty.finding_ids.action_waive()
        (good | empty).action_approve_sure()
        self.assertEqual((good.state, empty.state), ("done", "review"))

    def test_approve_and_next_opens_no_order(self):
        self.assertFalse(self.waiting(number="PO-1").action_approve_next())

    def test_take_on(self):
        card = self.waiting(number="PO-1")
        card.action_assign_to_me()
        self.assertEqual(card.user_id, self.clerk)

    def test_a_card_is_found_by_its_order_number(self):
        card = self.waiting(number="PO-48-11")
        found = self.env["po.intake"].with_user(self.clerk).name_search("48-11")
        self.assertEqual([card_id for card_id, _name in found], card.ids)
