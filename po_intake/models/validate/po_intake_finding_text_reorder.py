from odoo import api, models


class PoIntakeFindingTextReorder(models.AbstractModel):
    """What people read of findings on the reorder agent's proposals."""

    _name = "po.intake.finding.text.reorder"
    _description = "Order Intake: Words of Findings on Proposals"

    @api.model
    def _get_reorder_texts(self):
        """Codes that the reorder agent brings: code -> (title, sentence)."""
        _ = self.env._
        return {
            "reorder_stopped": (
                _("Agent is stopped"),
                _("The reorder agent is stopped: %(reason)s"),
            ),
            "reorder_ordered": (
                _("Ordered meanwhile"),
                _(
                    "Line %(line)s: since it was proposed, %(quantity)s more of %(item)s came or "
                    "were ordered."
                ),
            ),
            "reorder_no_price": (
                _("No valid price"),
                _("Line %(line)s: %(vendor)s has no valid price for %(quantity)s of %(item)s."),
            ),
            "reorder_unreachable": (
                _("Minimum against shelf life"),
                _("Line %(line)s: the vendor's minimum of %(item)s is more than may lie in stock."),
            ),
            "reorder_unusual": (
                _("Larger than ever"),
                _(
                    "Line %(line)s: %(quantity)s of %(item)s; the largest order so far was "
                    "%(most)s."
                ),
            ),
            "reorder_cover": (
                _("Lasts long"),
                _("Line %(line)s: %(item)s would last for %(days)s days."),
            ),
            "reorder_first": (
                _("Ordered for the first time"),
                _("Never ordered before: lines %(lines)s."),
            ),
        }
