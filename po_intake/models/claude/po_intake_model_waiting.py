from datetime import timedelta

from odoo import api, fields, models

from ...extraction.claude.answer import FINAL, LATER, ModelError
from ...extraction.reader import AnswerPending, ReaderError

# what is open for longer was interrupted: no worker waits that long for an answer
LOST_AFTER = timedelta(minutes=10)
# how long a request waits for a service that takes no batch
PATIENCE = timedelta(days=1)
# what failed in a batch is not in the very next one
REST = timedelta(minutes=5)


class PoIntakeModelWaiting(models.AbstractModel):
    """Calls that wait for a batch, and what came of them."""

    _name = "po.intake.model.waiting"
    _description = "Call That Waits for a Batch"

    batch_id = fields.Many2one(
        "po.intake.model.batch", readonly=True, index="btree_not_null", ondelete="set null"
    )
    body = fields.Json(
        readonly=True,
        prefetch=False,
        groups="base.group_system",
        help="What is to be sent with the next batch; forgotten as soon as it was sent.",
    )

    @api.model
    def _prepare_waiting(self, request):
        return {"state": "queued", "body": request.body()}

    @api.model
    def _check_failed(self, company, digest, again):
        """What failed in a batch is told, and not put into the next one at once.

        :raises ModelError: it is too early, or asking again would not help
        """
        last = self.search([("company_id", "=", company.id), ("digest", "=", digest)], limit=1)
        now = fields.Datetime.now()
        if last.retry_at and last.retry_at > now:
            raise ModelError(last.error, retry_after=(last.retry_at - now).total_seconds())
        if last.state == "failed" and last.batch_id and last.error in FINAL and not again:
            raise ModelError(last.error)

    def _fitting(self, count, size):
        """As many as one batch takes, the oldest first.

        :param size: bytes of all requests together
        """
        chosen, room = self.browse(), size
        for call in self[:count]:
            room -= len(str(call.body))
            if room < 0 and chosen:
                break
            chosen += call
        return chosen

    def _withdraw(self):
        """Settle what is not to be sent any more: nobody waits for it, or it waited too long.

        Whoever took back a consent, excluded a partner or did the work meanwhile is heard.

        :return: those calls
        """
        now = fields.Datetime.now()
        cards = self._cards()
        late = self.filtered(lambda call: now - call.create_date > PATIENCE)
        # the reading that waits for a call is on record only when all of its card is
        known = self.filtered(lambda call: cards[call] or now - call.create_date > LOST_AFTER)
        idle = known.filtered(lambda call: not any(card._wants_answer() for card in cards[call]))
        late._settle(dict.fromkeys(late.mapped("digest"), ModelError("model_expired")))
        idle -= late
        idle._settle(dict.fromkeys(idle.mapped("digest"), ModelError("model_withdrawn")))
        return late | idle

    def _cards(self):
        """The intakes that wait for each call."""
        readings = self.env["po.intake.reading"].search(
            [
                ("request_digest", "in", self.mapped("digest")),
                ("error", "=", AnswerPending.code),
            ]
        )
        by_digest = readings.grouped(lambda row: (row.company_id, row.request_digest))
        return {
            call: by_digest.get((call.company_id, call.digest), readings.browse()).intake_id
            for call in self
        }

    def _settle(self, results):
        """Keep what came of calls, and have the cards that wait for them read again.

        :param results: an ``Answer`` or the error, by digest
        """
        now, cards = fields.Datetime.now(), self._cards()
        for call in self:
            result = results[call.digest]
            if isinstance(result, ReaderError):
                values = self._failed(result)
                if result.code in LATER:
                    values["retry_at"] = max(values.get("retry_at") or now, now + REST)
            else:
                price = self.env["po.intake.model.price"]._of(call.model)
                values = self._answered(result, price._prices())
                if cards[call] and all(cards[call].mapped("erased_date")):
                    values.update(state="erased", answer=False)
            seconds = (now - call.create_date).total_seconds()
            call.write({**values, "seconds": seconds, "body": False})
            cards[call]._hear()
