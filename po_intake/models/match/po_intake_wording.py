import hashlib
import re

from odoo import api, fields, models
from odoo.fields import Domain

from ...matching.text import fold


class PoIntakeWording(models.AbstractModel):
    """How a partner names one of our products: by its code, or where it prints none, in words."""

    _name = "po.intake.wording"
    _description = "Partner's Wording"
    _order = "partner_id, code, description, id"
    _rec_name = "code"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="cascade", check_company=True
    )
    code = fields.Char("Their code")
    code_key = fields.Char(compute="_compute_code_key", store=True, precompute=True, index=True)
    description = fields.Char("Their wording")
    description_key = fields.Char(
        compute="_compute_description_key", store=True, precompute=True, index=True
    )
    product_id = fields.Many2one(
        "product.product", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    intake_id = fields.Many2one(
        "po.intake", "Taught from", readonly=True, index="btree_not_null", ondelete="set null"
    )

    @api.depends("code")
    def _compute_code_key(self):
        for item in self:
            item.code_key = self._key(item.code) or False

    @api.depends("description")
    def _compute_description_key(self):
        for item in self:
            item.description_key = self._wording_key(item.description) or False

    @api.depends("code", "description")
    def _compute_display_name(self):
        for item in self:
            item.display_name = item.code or (item.description or "").split("\n")[0][:80]

    @api.model
    def _key(self, code):
        """What makes a code itself: its letters and digits."""
        return re.sub(r"[\W_]+", "", code or "").upper()

    @api.model
    def _wording_key(self, text):
        """What makes a wording itself: everything but case, accents and how lines are broken."""
        words = fold(text or "")
        return hashlib.sha256(words.encode()).hexdigest() if words else ""

    @api.model
    def _named(self, line):
        """How a line of a document names its item, as values of a record."""
        code = line.partner_code or line.our_code
        return {"code": code if self._key(code) else False, "description": line.description}

    @api.model
    def _of_partner(self, partner, company):
        return partner._po_intake_same("partner_id") & Domain("company_id", "=", company.id)

    @api.model
    def _find(self, partner, company, named):
        """The records of exactly this code, or of exactly this wording without a code."""
        key = self._key(named["code"])
        wording = self._wording_key(named["description"])
        if key:
            same = Domain("code_key", "=", key)
        elif wording:
            same = Domain("code_key", "=", False) & Domain("description_key", "=", wording)
        else:
            return self.browse()
        return self.search(self._of_partner(partner, company) & same)
