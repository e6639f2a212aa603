from odoo import api, fields, models

from ...extraction.claude.answer import Prices


class PoIntakeModelPrice(models.Model):
    """What a language model costs, in US dollars for a million tokens, and how hard it thinks."""

    _name = "po.intake.model.price"
    _description = "Price of a Language Model"
    _order = "name"

    name = fields.Char("Model", required=True)
    input_price = fields.Float("Input", digits=(16, 4), required=True)
    output_price = fields.Float("Output", digits=(16, 4), required=True)
    cache_write_price = fields.Float("Into the Cache", digits=(16, 4))
    cache_read_price = fields.Float("From the Cache", digits=(16, 4))
    batch_share = fields.Float(
        "In a Batch",
        digits=(16, 4),
        default=0.5,
        help="Share of the price that is paid for what is asked in a batch.",
    )
    effort = fields.Selection(
        [("low", "Low"), ("medium", "Medium"), ("high", "High")],
        default="low",
        help="How hard it thinks. Empty for models and servers that do not take it.",
    )

    _name_uniq = models.Constraint("UNIQUE(name)", "This model has a price already.")
    _positive = models.Constraint(
        "CHECK(input_price >= 0 AND output_price >= 0"
        " AND cache_write_price >= 0 AND cache_read_price >= 0 AND batch_share >= 0)",
        "Prices cannot be negative.",
    )

    @api.model
    def _of(self, model):
        """The price of a model, or none."""
        return self.search([("name", "=", model)], limit=1)

    def _prices(self):
        """As the reading wing takes them."""
        return Prices(
            input=self.input_price,
            output=self.output_price,
            cache_write=self.cache_write_price,
            cache_read=self.cache_read_price,
            batch=self.batch_share,
        )
