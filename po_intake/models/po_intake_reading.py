from odoo import api, fields, models


class PoIntakeReading(models.Model):
    """One attempt of one reader: what it took, what it cost, what came of it. Never edited."""

    _name = "po.intake.reading"
    _description = "Order Intake Reading"
    _order = "id desc"
    _rec_name = "reader"

    intake_id = fields.Many2one("po.intake", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="intake_id.company_id", store=True, precompute=True, index=True
    )
    team_id = fields.Many2one(
        related="intake_id.team_id", store=True, precompute=True, index="btree_not_null"
    )
    reader = fields.Char(required=True)
    source_name = fields.Char("Read from")
    pages = fields.Integer()
    seconds = fields.Float(digits=(16, 3), aggregator="avg")
    confidence = fields.Float(aggregator="avg")
    document_count = fields.Integer("Documents")
    payload = fields.Json(help="The documents as they were read, with evidence.")
    error = fields.Char()
    model = fields.Char("Language model")
    request_id = fields.Char()
    request_digest = fields.Char(index=True)
    input_tokens = fields.Integer()
    output_tokens = fields.Integer()
    cache_read_tokens = fields.Integer()
    cache_write_tokens = fields.Integer()
    cost = fields.Float("Cost (USD)", digits=(16, 6))

    @api.model
    def _prepare_usage(self, usage):
        """What an attempt took, as values; readers on this server take nothing."""
        if usage is None:
            return {}
        return {
            "model": usage.model,
            "request_id": usage.request_id,
            "request_digest": usage.digest,
            "input_tokens": usage.input_tokens,
            "output_tokens": usage.output_tokens,
            "cache_read_tokens": usage.cache_read_tokens,
            "cache_write_tokens": usage.cache_write_tokens,
            "cost": usage.cost,
        }
