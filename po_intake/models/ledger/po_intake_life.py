from datetime import datetime

from odoo import api, fields, models

from ..report.po_intake_progress_kind import CANCELLED, DONE, OPEN, PARTLY, stage

# what counts for more than how far the order had come before
ENDS = ("refunded", "returned")
GOODS = ("reserved", "packed", "shipped", "arrived")


class PoIntakeLife(models.AbstractModel):
    """Part of the ledger: the life of an order, from the document to the payment and back.

    Nothing of it is stored: it is read from the order, its transfers, invoices and payments.
    """

    _name = "po.intake.life"
    _description = "Order Intake: Life of the Order"

    # sudo: how far an order has come is no secret; what a stage opens keeps its own rights
    life = fields.Json("Progress", compute="_compute_life", compute_sudo=True)

    @api.depends("state", "sale_order_id.state", "purchase_order_id.state")
    @api.depends_context("lang")
    def _compute_life(self):
        progress = self.env["po.intake.progress"]
        reached = {
            **progress._progress(self.sale_order_id),
            **progress._progress(self.purchase_order_id),
        }
        for intake in self:
            order = intake.sale_order_id or intake.purchase_order_id
            stages = {"received": stage(DONE, date=intake.received_date)}
            if order:
                stages["drafted"] = stage(DONE, order, intake.done_date)
                stages |= reached[order]
            texts = self._get_life_texts(order._name if order else "sale.order")
            intake.life = {
                "stages": [self._told(code, item, texts) for code, item in stages.items()],
                "now": self._told(*self._now(stages), texts) if order else False,
            }

    @api.model
    def _now(self, stages):
        """The stage that answers "where is my order?".

        :return: its code and the stage
        """
        for code in ENDS:
            if code in stages:
                return code, stages[code]
        reached = next(iter(stages.items()))
        for code, item in stages.items():
            # of goods on their way in parts the furthest part counts, of money the nearest
            halfway = reached[1]["state"] == PARTLY and code not in GOODS
            if item["state"] == OPEN or halfway:
                break
            reached = code, item
        return reached

    @api.model
    def _told(self, code, item, texts):
        """A stage as the browser gets it."""
        state, records, date = item["state"], item["records"], item["date"]
        label, partly = texts[code]
        if state == CANCELLED:
            label = self.env._("Cancelled")
        to_string = fields.Datetime.to_string if isinstance(date, datetime) else str
        return {
            "code": code,
            "state": state,
            "label": partly if state == PARTLY else label,
            "date": to_string(date) if date else False,
            "note": item["note"] or False,
            "model": records._name if records else False,
            "ids": records.ids if records else [],
            "names": records.mapped("name") if records else [],
        }

    @api.model
    def _get_life_texts(self, model):
        """Hook: code of a stage -> what it is called, whole and half.

        :param model: of the order
        """
        _ = self.env._
        texts = {
            "received": (_("Received"), _("Received")),
            "drafted": (_("Drafted"), _("Drafted")),
            "confirmed": (_("Confirmed"), _("Confirmed")),
            "reserved": (_("Reserved"), _("Partly reserved")),
            "packed": (_("Packed"), _("Partly packed")),
            "shipped": (_("Shipped"), _("Partly shipped")),
            "arrived": (_("Goods received"), _("Goods partly received")),
            "invoiced": (_("Invoiced"), _("Partly invoiced")),
            "paid": (_("Paid"), _("Partly paid")),
            "returned": (_("Returned"), _("Partly returned")),
            "refunded": (_("Refunded"), _("Partly refunded")),
        }
        if model == "purchase.order":
            texts["invoiced"] = (_("Billed"), _("Partly billed"))
        return texts
