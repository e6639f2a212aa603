from odoo import api, models
from odoo.exceptions import UserError

# numbers of the orders that people part from a document; readers count from zero
PARTED = 1000


class PoIntakeRework(models.AbstractModel):
    """What people look up and do on a card beside approving and rejecting it."""

    _name = "po.intake.rework"
    _description = "Order Intake Rework"

    def get_differences(self):
        """What the document says beside what Odoo would say; asked for when the page is opened."""
        self.ensure_one()
        return self.env["po.intake.expectation"]._rows(self)

    def _check_on_desk(self):
        """Refuse to rework what nobody reviews.

        :raises UserError: with a sentence for the person
        """
        for intake in self:
            if intake.state not in ("review", "error"):
                raise UserError(self.env._("%s is not waiting for a review.", intake.display_name))

    def _check_readable(self):
        """Refuse to read what is ordered, held back, or was parted by hand.

        :raises UserError: with a sentence for the person
        """
        for intake in self:
            if intake.state in ("done", "quarantine"):
                raise UserError(self.env._("%s cannot be read again.", intake.display_name))
            if intake.source_index >= PARTED:
                raise UserError(
                    self.env._(
                        "%(card)s was split off by hand. Read %(origin)s again, which it came of.",
                        card=intake.display_name,
                        origin=intake.origin_id.display_name,
                    )
                )

    def _reworked(self, sentence):
        """Say who did what, and check what came of it."""
        self._log(sentence)
        self.action_check()

    @api.model
    def _dialog(self, name, model, **context):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": context,
        }

    def action_split_order(self):
        """Ask which lines are an order of their own."""
        self.ensure_one()
        self._check_on_desk()
        return self._dialog(
            self.env._("Split Off an Order"), "po.intake.split", default_intake_id=self.id
        )

    def action_snooze(self):
        """Put cards aside until a day, by an activity of Odoo's own."""
        self._check_on_desk()
        snooze = self.env.ref("po_intake.mail_activity_snooze")
        return self._dialog(
            self.env._("Snooze"),
            "mail.activity.schedule",
            active_model=self._name,
            active_ids=self.ids,
            active_id=self[:1].id,
            default_activity_type_id=snooze.id,
        )

    # several orders in one document

    def _split_off(self, lines):
        """Move lines to a card of their own, which shows the same document.

        What is printed of the sums is true of neither card any more.

        :return: the new card
        """
        self.ensure_one()
        self._check_on_desk()
        if not lines or not self.line_ids - lines:
            raise UserError(self.env._("Choose some of the lines, and leave some."))
        self._forget_sums()
        sibling = self._own_step().copy(self._prepare_split())
        shown = self.message_main_attachment_id
        sibling.message_main_attachment_id = shown and shown.copy({"res_id": sibling.id})
        self.value_ids.filtered(lambda value: not value.line_id).copy({"intake_id": sibling.id})
        lines.value_ids.intake_id = sibling
        lines.intake_id = sibling
        for card in self + sibling:
            lines._number(card.line_ids.sorted(lambda line: (line.sequence, line.id)))
        name = self.env.user.name
        self._reworked(
            self.env._("%(user)s moved lines to %(card)s.", user=name, card=sibling.name)
        )
        sibling._reworked(
            self.env._("%(user)s split it off from %(card)s.", user=name, card=self.name)
        )
        return sibling

    def _prepare_split(self):
        document = self.document and {**self.document, "charges": []}
        last = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("source_digest", "!=", False),
                ("source_digest", "=", self.source_digest),
            ],
            order="source_index desc",
            limit=1,
        )
        return {
            "state": "review",
            "origin_id": self.id,
            "document": document,
            "source_digest": self.source_digest,
            "source_index": max(last.source_index + 1, PARTED),
            "duplicate_of_id": False,
        }

    def _forget_sums(self):
        sums = ("amount_untaxed", "amount_tax", "amount_total")
        self._own_step().write(
            {
                **dict.fromkeys(sums, 0.0),
                "document": self.document and {**self.document, **dict.fromkeys(sums)},
            }
        )
