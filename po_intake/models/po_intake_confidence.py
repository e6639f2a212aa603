from odoo import api, models

from ..extraction import document as paper


class PoIntakeConfidence(models.AbstractModel):
    """Part of service 3, Validate: how sure the whole is."""

    _name = "po.intake.confidence"
    _description = "Order Intake: Confidence"

    @api.model
    def _confidence(self, intake):
        """A chain is as sure as its weakest link: the reading, the partner, each product."""
        if intake.document_type == paper.OTHER or not intake.line_ids:
            return 0.0
        links = [(intake.document or {}).get("confidence") or 0.0, intake.partner_score]
        links += [line.match_score for line in intake.line_ids if not line.ignored]
        return min(links)
