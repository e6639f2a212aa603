from collections import defaultdict

from odoo import api, models

from .po_intake_progress_kind import DONE, OPEN, PARTLY, stage, together

# of stock_delivery
TRACKING = "carrier_tracking_ref"


class PoIntakeProgressGoods(models.AbstractModel):
    """Part of the progress of orders: reserved, packed, handed over, returned.

    Told by the states of the stock moves, line by line, so that units and kits do not matter.
    """

    _name = "po.intake.progress.goods"
    _description = "Order Intake: Progress of Goods"

    @api.model
    def _goods(self, order, lines, transfers, kind):
        """The stages of the goods; none where nothing is delivered."""
        waited_for = []
        for line in lines:
            moves = transfers.get(line)
            if moves is None:
                continue  # a service
            going = moves.filtered(lambda move: move.state != "cancel")
            if going or not moves:  # a line whose moves were all cancelled is not waited for
                waited_for.append(going)
        if not waited_for:
            return {}
        own = self.env["stock.move"].union(*waited_for)
        onward = [moves - self._way_back(moves, kind) for moves in waited_for]
        stages = {}
        if kind.is_sale:
            pickings = own.picking_id
            stages["reserved"] = stage(together(map(self._reserved, onward)), pickings)
            packed = together(self._packed(moves, kind) for moves in onward)
            stages["packed"] = stage(packed, pickings)
        stages[kind.handed_over] = self._handed_over(order, onward, kind)
        returned = own.filtered(lambda move: kind.is_return(move) and move.state == "done")
        if returned:
            stages["returned"] = self._returned(own, returned, kind)
        return stages

    @api.model
    def _way_back(self, moves, kind):
        """Returns, and what they are followed by in the house."""
        back = moves.filtered(kind.is_return)
        return back | (back.move_dest_ids & moves if back else back)

    @api.model
    def _reserved(self, moves):
        """Of one line: what waits for an earlier move says nothing of the stock."""
        levels = {"done": DONE, "assigned": DONE, "partially_available": PARTLY}
        return together(levels.get(move.state, OPEN) for move in moves if move.state != "waiting")

    @api.model
    def _packed(self, moves, kind):
        """Of one line: the steps in the house, or the tick that says it was picked."""
        last = moves.filtered(kind.is_delivery)
        before = moves - last
        ready = [move.state == "done" for move in before]
        if not before:
            ready = [move.picked or move.state == "done" for move in last]
        if ready and all(ready) and last:
            return DONE
        return PARTLY if any(ready) else OPEN

    @api.model
    def _handed_over(self, order, onward, kind):
        """Shipped, or arrived. What has no further moves is closed, be it all or not."""
        moves = self.env["stock.move"].union(*onward)
        deliveries = moves.filtered(kind.is_delivery)
        gone = deliveries.filtered(lambda move: move.state == "done")
        left = moves.filtered(lambda move: move.state != "done")
        state = together(
            OPEN if not own & gone else PARTLY if own & left else DONE for own in onward
        )
        dates = (left if state == OPEN else gone).mapped("date")
        if state == OPEN and kind.is_sale and order.commitment_date:
            dates = [order.commitment_date]
        pickings = (deliveries or moves).picking_id
        return stage(state, pickings, max(dates, default=None), self._tracking(gone))

    @api.model
    def _tracking(self, moves):
        """Tracking numbers, where a module keeps them."""
        if TRACKING not in self._picking_fields():
            return None
        return ", ".join(filter(None, moves.picking_id.mapped(TRACKING)))

    @api.model
    def _picking_fields(self):
        """What is read of transfers; the tracking number is of a module that may be missing."""
        return [name for name in ("name", TRACKING) if name in self.env["stock.picking"]._fields]

    @api.model
    def _returned(self, moves, returned, kind):
        """What came back against what had gone, product by product."""
        balance = defaultdict(float)
        gone = moves.filtered(lambda move: kind.is_delivery(move) and move.state == "done")
        for sign, some in ((1, gone), (-1, returned)):
            for move in some:
                unit = move.product_id.uom_id
                quantity = move.product_uom._compute_quantity(move.quantity, unit, round=False)
                balance[move.product_id] += sign * quantity
        everything = all(product.uom_id.compare(left, 0) <= 0 for product, left in balance.items())
        state = DONE if everything else PARTLY
        return stage(state, returned.picking_id, max(returned.mapped("date")))
