import re

from odoo import api, fields, models


class PoIntakeItemCode(models.Model):
    """What a partner calls one of our products, and in which unit it counts it."""

    _name = "po.intake.item.code"
    _description = "Partner's Item Code"
    _order = "partner_id, code"
    _rec_name = "code"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="cascade", check_company=True
    )
    code = fields.Char("Their code", required=True)
    code_key = fields.Char(compute="_compute_code_key", store=True, index=True)
    description = fields.Char("Their wording")
    product_id = fields.Many2one(
        "product.product", required=True, index=True, ondelete="cascade", check_company=True
    )
    product_uom_id = fields.Many2one(
        "uom.uom", "Unit", help="The unit they mean when they order with this code."
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )

    _code_uniq = models.UniqueIndex(
        "(company_id, partner_id, code_key)",
        "This partner's code is already taught for another product.",
    )

    @api.depends("code")
    def _compute_code_key(self):
        for item in self:
            item.code_key = self._key(item.code)

    @api.model
    def _key(self, code):
        """What makes a code itself: its letters and digits."""
        return re.sub(r"[\W_]+", "", code or "").upper()

    @api.model
    def _learn(self, intake):
        """Remember from an approved order what its partner calls our products."""
        partner = intake.partner_id.commercial_partner_id
        for line in intake.line_ids:
            if line.partner_code and line.product_id and not line.ignored:
                self.with_company(intake.company_id)._teach(
                    partner, line.partner_code, line.product_id, line.product_uom_id, line._item()
                )

    @api.model
    def _teach(self, partner, code, product, uom, description=None):
        """Remember what a person decided. A code that is known gets the new meaning."""
        key = self._key(code)
        if not key:
            return self.browse()
        company = self.env.company
        vals = {"product_id": product.id, "product_uom_id": uom.id, "description": description}
        known = self.search(
            [
                ("partner_id", "=", partner.id),
                ("code_key", "=", key),
                ("company_id", "=", company.id),
            ]
        )
        if known:
            known.write(vals)
            return known
        return self.create(
            {**vals, "partner_id": partner.id, "code": code, "company_id": company.id}
        )
