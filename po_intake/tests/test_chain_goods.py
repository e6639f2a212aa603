from odoo.fields import Command
from odoo.tests import new_test_user

from .chain import ChainCase


class TestChainGoods(ChainCase):
    """A mailed order through the warehouse, with the life line right at each step."""

    def test_draft_is_confirmed_and_reserved(self):
        intake = self.mailed()
        self.assertEqual((self.stages(intake), self.now(intake)), ("", "Drafted"))
        intake.sale_order_id.action_confirm()
        self.assertEqual(self.stages(intake), "confirmed✓ reserved✓")
        self.assertEqual(self.now(intake), "Reserved")

    def test_one_step_delivery(self):
        intake = self.confirmed()
        order = intake.sale_order_id
        delivery = self.transfers(order)
        delivery.move_ids.picked = True
        self.assertEqual(self.stages(intake), "confirmed✓ reserved✓ packed✓")
        self.validate(delivery)
        self.assertEqual(self.stages(intake), "confirmed✓ reserved✓ packed✓ shipped✓")
        self.assertEqual(self.now(intake), "Shipped")
        self.assertEqual(self.stage(intake, "shipped")["ids"], delivery.ids)

    def test_two_step_delivery(self):
        self.house.delivery_steps = "pick_ship"
        intake = self.confirmed()
        order = intake.sale_order_id
        self.assertEqual(self.stages(intake), "confirmed✓ reserved✓")
        self.validate(self.transfers(order))
        self.assertEqual(self.stages(intake), "confirmed✓ reserved✓ packed✓")
        self.assertEqual(self.now(intake), "Packed")
        self.validate(self.transfers(order))
        self.assertEqual(self.now(intake), "Shipped")

    def test_three_step_delivery(self):
        self.house.delivery_steps = "pick_pack_ship"
        intake = self.confirmed()
        order = intake.sale_order_id
        self.validate(self.transfers(order))
        self.assertEqual(self.stages(intake), "confirmed✓ reserved✓ packed½")
        self.assertEqual(self.now(intake), "Partly packed")
        self.validate(self.transfers(order))
        self.assertEqual(self.now(intake), "Packed")
        self.validate(self.transfers(order))
        self.assertEqual(self.now(intake), "Shipped")

    def test_three_steps_with_a_backorder_and_a_return(self):
        self.house.delivery_steps = "pick_pack_ship"
        intake = self.confirmed()
        order = intake.sale_order_id
        self.validate(self.transfers(order), {self.bolt: 2})
        for operation in (self.house.pack_type_id, self.house.out_type_id):
            self.validate(self.transfers(order).grouped("picking_type_id")[operation])
        self.assertEqual(self.stages(intake), "confirmed✓ reserved✓ packed½ shipped½")
        for _step in ("pick", "pack", "ship"):
            self.validate(self.transfers(order))
        self.assertEqual(self.now(intake), "Shipped")
        sent = order.picking_ids.filtered(lambda item: item.location_dest_id.usage == "customer")
        self.give_back(sent[0])
        self.assertEqual(self.stage(intake, "shipped")["state"], "done")
        self.assertEqual(self.now(intake), "Partly returned")

    def test_backorder(self):
        intake = self.confirmed()
        order = intake.sale_order_id
        self.validate(self.transfers(order), {self.bolt: 3})
        self.assertEqual(self.stages(intake), "confirmed✓ reserved✓ packed½ shipped½")
        self.assertEqual(self.now(intake), "Partly shipped")
        self.validate(self.transfers(order))
        self.assertEqual(self.now(intake), "Shipped")

    def test_what_is_cancelled_is_not_waited_for(self):
        intake = self.confirmed()
        self.validate(self.transfers(intake.sale_order_id), {self.bolt: 3}, backorder=False)
        self.assertEqual(self.now(intake), "Shipped")

    def test_too_little_in_stock(self):
        self.put(self.bolt, -97)
        intake = self.confirmed()
        self.assertEqual(self.stages(intake), "confirmed✓ reserved½")
        self.assertEqual(self.now(intake), "Partly reserved")
        self.put(self.bolt, 2)
        intake.sale_order_id.picking_ids.action_assign()
        self.assertEqual(self.now(intake), "Reserved")

    def test_lots_and_serial_numbers(self):
        self.bolt.tracking = "serial"
        self.seal.tracking = "lot"
        self.put(self.bolt, -100)
        self.put(self.seal, -100)
        lots = self.env["stock.lot"]
        serials = lots.create(
            [{"name": f"S-{number}", "product_id": self.bolt.id} for number in range(5)]
        )
        charge = lots.create({"name": "CH-1", "product_id": self.seal.id})
        for serial in serials:
            self.put(self.bolt, 1, serial)
        self.put(self.seal, 10, charge)
        intake = self.confirmed()
        self.assertEqual(self.now(intake), "Reserved")
        delivery = self.transfers(intake.sale_order_id)
        self.validate(delivery)
        self.assertEqual(delivery.move_line_ids.lot_id, serials + charge)
        self.assertEqual(self.now(intake), "Shipped")

    def test_cancelled_order(self):
        intake = self.confirmed()
        intake.sale_order_id._action_cancel()
        self.assertEqual(self.stages(intake), "confirmed✗")
        self.assertEqual(self.now(intake), "Cancelled")

    def test_services_are_not_delivered(self):
        (self.bolt + self.seal).write({"is_storable": False, "type": "service"})
        intake = self.confirmed()
        codes = [stage["code"] for stage in intake.life["stages"]]
        self.assertEqual(codes, ["received", "drafted", "confirmed", "invoiced", "paid"])

    def test_whoever_sees_the_card_sees_its_life(self):
        """Somebody without rights on orders, transfers and invoices."""
        reader = new_test_user(
            self.env, "po_intake_reader", groups="po_intake.group_po_intake_user"
        )
        intake = self.confirmed()
        self.assertFalse(self.env["stock.picking"].with_user(reader).has_access("read"))
        self.env.invalidate_all()
        self.assertEqual(intake.with_user(reader).life["now"]["label"], "Reserved")

    def test_changed_order_has_one_life(self):
        """A document that changed an order shows the life of that order."""
        order = self.confirmed().sale_order_id
        change = self.env["po.intake"].create(
            {"state": "done", "document_type": "order_change", "changed_sale_order_id": order.id}
        )
        self.assertEqual(self.now(change), "Reserved")
        self.validate(self.transfers(order))
        self.assertEqual(self.now(change), "Shipped")

    def test_planned_day_is_told(self):
        intake = self.confirmed()
        order = intake.sale_order_id
        order.commitment_date = "2031-05-06 12:00:00"
        self.assertEqual(self.stage(intake, "shipped")["date"], "2031-05-06 12:00:00")

    def test_stock_is_never_promised_twice(self):
        """Orders by mail, by hand and of a reorder's shortage, on a day with too little stock."""
        self.put(self.bolt, -88)  # 12 are left
        first = self.confirmed(number="PO-1")
        by_hand = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "order_line": [Command.create({"product_id": self.bolt.id, "product_uom_qty": 5})],
            }
        )
        by_hand.action_confirm()
        second = self.confirmed(number="PO-2")
        self.assertEqual(self.now(first), "Reserved")
        self.assertEqual(by_hand.picking_ids.move_ids.quantity, 5)
        self.assertEqual(self.now(second), "Partly reserved")
        moves = self.env["stock.move"].search(
            [
                ("product_id", "=", self.bolt.id),
                ("state", "in", ("assigned", "partially_available")),
            ]
        )
        self.assertEqual(sum(moves.mapped("quantity")), 12)

    def test_no_query_for_each_card(self):
        """A board of many cards asks the database as often as a board of two."""
        few = self.confirmed(number="PO-1") | self.confirmed(number="PO-2")
        many = few
        for number in range(3, 9):
            many |= self.confirmed(number=f"PO-{number}")
        for intake in many:
            self.validate(self.transfers(intake.sale_order_id))
            self.invoice(intake.sale_order_id)
        counts = []
        for cards in (few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            cards.mapped("life")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
