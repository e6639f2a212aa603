from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain


class PoIntakeRefusal(models.Model):
    """A product that a person has refused for what a partner prints: it is not suggested again.

    Deleting it allows the suggestion again.
    """

    _name = "po.intake.refusal"
    _description = "Refused Suggestion"
    _inherit = ["po.intake.wording"]

    _refusal_uniq = models.UniqueIndex(
        "(company_id, partner_id, COALESCE(code_key, ''), COALESCE(description_key, ''),"
        " product_id)",
        "This suggestion is already refused.",
    )

    @api.model
    def _refuse(self, line):
        """Keep that what was suggested for a line is not what its partner means."""
        intake, named = line.intake_id, self._named(line)
        known = self._find(intake.partner_id, intake.company_id, named)
        if line.suggested_product_id in known.product_id:
            return known
        if not self._key(named["code"]) and not self._wording_key(named["description"]):
            return known
        return self.create(
            {
                **named,
                "partner_id": intake.partner_id.commercial_partner_id.id,
                "product_id": line.suggested_product_id.id,
                "company_id": intake.company_id.id,
                "intake_id": intake.id,
            }
        )

    @api.model
    def _withdraw(self, line):
        """Somebody chose after all what was refused before."""
        intake = line.intake_id
        known = self._find(intake.partner_id, intake.company_id, self._named(line))
        known.filtered(lambda item: item.product_id == line.product_id).unlink()

    @api.model
    def _refused(self, intake, lines):
        """Products that are not to be suggested: ``{line: products}``.

        What a person has just cleared on a line is not put back on it either.
        """
        found = defaultdict(self.env["product.product"].browse)
        for line in lines:
            found[line] = line.suggested_product_id
        if not intake.partner_id:
            return found
        named = {line: self._named(line) for line in lines}
        codes = [self._key(item["code"]) for item in named.values() if item["code"]]
        words = [self._wording_key(item["description"]) for item in named.values()]
        refusals = self.search(
            self._of_partner(intake.partner_id, intake.company_id)
            & (Domain("code_key", "in", codes) | Domain("description_key", "in", words))
        )
        for line, item in named.items():
            key, wording = self._key(item["code"]), self._wording_key(item["description"])
            same = refusals.filtered(
                lambda refusal, key=key, wording=wording: (
                    refusal.code_key == key if key else refusal._is_wording(wording)
                )
            )
            found[line] |= same.product_id
        return found

    def _is_wording(self, wording):
        return bool(wording) and not self.code_key and self.description_key == wording
