import logging

from odoo import api, models

_logger = logging.getLogger(__name__)

LINES_A_STEP = 300  # of cards that are drafted in one transaction


class PoIntakeReorderDraft(models.AbstractModel):
    """Part of service 0: the day's cards are drafted, once the whole day was looked at.

    Many cards go through Odoo's procurement at once, as its own scheduler does with its rules.
    """

    _name = "po.intake.reorder.draft"
    _description = "Order Intake: Draft Proposals"

    @api.model
    def _step_draft(self, run):
        """Draft the next cards; those that another worker has in hands are left to it."""
        due = self.env["po.intake"].search(
            [
                ("source", "=", "reorder"),
                ("state", "=", "new"),
                ("company_id", "=", run.company_id.id),
                ("team_id", "=", run.team_id.id),
                ("attempts", "=", 0),  # a card that failed has its own time
                ("id", ">", run.step_cursor),
            ],
            order="id",
            limit=LINES_A_STEP,
        )
        cards, lines = due.browse(), 0
        for card in due:
            lines += len(card.line_ids)
            if cards and lines > LINES_A_STEP:
                break
            cards += card
        if not cards:
            return 0, 0
        ours = cards.try_lock_for_update(allow_referencing=True)
        if ours:
            self._draft_cards(ours._as_worker())
        return cards.ids[-1], len(ours)

    @api.model
    def _draft_cards(self, cards):
        """Work on cards together; where one of them fails, each of them on its own."""
        passing = self.env["po.intake"]._retryable_exceptions()
        try:
            with self.env.cr.savepoint():
                cards._process_reorder()
        except passing:
            raise  # the whole step is done again
        except Exception as error:
            if len(cards) == 1:
                _logger.exception("%s could not be drafted", cards)
                failed = cards.sudo()  # sudo: the queue is the system's
                failed.attempts = 1  # what claims cards one by one counts as it claims
                failed._queue_failed(error)
                return
            for card in cards:
                self._draft_cards(card)
