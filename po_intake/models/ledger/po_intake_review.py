from odoo import fields, models
from odoo.exceptions import UserError


class PoIntakeReview(models.AbstractModel):
    """What people do with a card on the board."""

    _name = "po.intake.review"
    _description = "Order Intake Review"

    def action_approve(self):
        """Draft the order with the rights of the person who approves."""
        # whoever clicks at the same moment is told so, instead of drafting a second order
        self._keep_for_us()
        for intake in self._own_step():
            if intake.state not in ("review", "error"):
                raise UserError(self.env._("%s is not waiting for a review.", intake.display_name))
            intake.env["po.intake.policy"]._check_approvable(intake)
            intake._judge_card()
            intake._draft()
            self.env["po.intake.item.code"]._learn(intake)
            self.env["product.supplierinfo"]._po_intake_learn(intake)
            self.env["po.intake.layout"]._learn(intake)
            intake._log(self.env._("Approved by %s.", self.env.user.name))
        return self.action_open_order()

    def action_approve_next(self):
        """Approve, and let the board show the next card instead of the order."""
        self.action_approve()
        return False

    def action_approve_sure(self):
        """Approve, of several cards, those on which nothing blocks; tell which are left.

        A card that cannot be drafted is left as it is, and does not stop the others.
        """
        done, left = self.browse(), {}
        for intake in self.filtered(lambda card: card.state == "review"):
            if intake.blocking_count:
                reasons = intake._blocking_findings().mapped("title")
                left[intake] = ", ".join(dict.fromkeys(reasons))
                continue
            try:
                with self.env.cr.savepoint():
                    intake.action_approve()
            except UserError as error:
                intake.invalidate_recordset()
                left[intake] = str(error)
            else:
                done |= intake
        return self._tell_approved(done, left)

    def _tell_approved(self, done, left):
        """A notification of what became of several cards."""
        message = self.env._("%s order(s) drafted.", len(done))
        if left:
            names = "; ".join(f"{card.display_name}: {why}" for card, why in left.items())
            message += " " + self.env._("Left on the board: %s", names[:500])
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "warning" if left else "success",
                "sticky": bool(left),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_assign_to_me(self):
        """Take the cards on."""
        self.write({"user_id": self.env.user.id})

    def action_reject(self):
        """Ask for the reason, then reject."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reject"),
            "res_model": "po.intake.reject",
            "view_mode": "form",
            "target": "new",
            "context": {"default_intake_ids": self.ids},
        }

    def _reject(self, reason, duplicate_of=None):
        """End cards without an order.

        :raises UserError: one of them has become an order
        """
        self._keep_for_us()
        for intake in self:
            if intake.state == "done":
                raise UserError(self.env._("%s has become an order.", intake.display_name))
        vals = {"state": "rejected", "reject_reason": reason, "done_date": fields.Datetime.now()}
        if duplicate_of:
            vals["duplicate_of_id"] = duplicate_of.id
        self._own_step().write(vals)
        self.activity_ids.action_done()

    def action_retry(self):
        """Read, match and check once more, from the bytes as they came."""
        self._check_readable()
        again = {"attempts": 0, "retry_at": False, "error": False}
        values = {"state": "new", "document": False, "chosen_reader": False, **again}
        self._own_step().write(values)
        self._enqueue()

    def action_check(self):
        """Match and check again after a correction, without reading again."""
        self.filtered(lambda item: item.state == "review")._recheck()

    def action_release(self):
        """Let a quarantined document be read; the sender stays unknown."""
        held = self.filtered(lambda intake: intake.state == "quarantine")
        held._own_step().write({"state": "new"})
        held._log(self.env._("Released from quarantine by %s.", self.env.user.name))
        held._enqueue()

    def action_release_and_allow(self):
        """Release, and let this sender in from now on."""
        for intake in self:
            self.env["po.intake.sender"]._list(intake, "allow")
        self.action_release()

    def action_block_sender(self):
        """Reject, and keep this sender out from now on."""
        for intake in self:
            self.env["po.intake.sender"]._list(intake, "block")
            intake._reject(self.env._("Sender blocked."))

    def action_reopen(self):
        """Take back to the board what was rejected, or whose draft order was deleted."""
        ended = self._own_step().filtered(
            lambda intake: (
                intake.state == "rejected" or (intake.state == "done" and not intake.has_order)
            )
        )
        ended.write({"state": "review", "reject_reason": False, "done_date": False})
        # what a person took for a duplicate; the very same file stays one
        ended.filtered(
            lambda intake: intake.source_digest != intake.duplicate_of_id.source_digest
        ).duplicate_of_id = False
        ended._log(self.env._("Reopened by %s.", self.env.user.name))

    def action_create_delivery_address(self):
        """Make the printed delivery address one of the customer's, with the person's own rights."""
        for intake in self.filtered("partner_id"):
            printed = (intake.document or {}).get("delivery") or {}
            country = self.env["po.intake.text"]._country(printed.get("country"))
            company = intake.partner_id.commercial_partner_id
            intake.partner_shipping_id = self.env["res.partner"].create(
                {
                    "parent_id": company.id,
                    "type": "delivery",
                    "name": printed.get("name") or company.name,
                    "street": printed.get("street"),
                    "zip": printed.get("zip"),
                    "city": printed.get("city"),
                    "country_id": country.id or company.country_id.id,
                    "company_id": company.company_id.id,
                }
            )
            intake._log(
                self.env._(
                    "%(user)s made %(address)s a delivery address of %(partner)s.",
                    user=self.env.user.name,
                    address=intake.delivery_text,
                    partner=company.display_name,
                )
            )

    def action_update_vendor_prices(self):
        """Show the prices of a vendor's offer beside those of its price list."""
        self.ensure_one()
        wizard = self.env["po.intake.vendor.price"].create({"intake_id": self.id})
        return wizard._get_records_action(name=self.env._("Update Price List"), target="new")

    def action_open_order(self):
        """The order that came of it; several intakes show their list."""
        orders = self.sale_order_id or self.purchase_order_id
        return orders._get_records_action() if orders else False
