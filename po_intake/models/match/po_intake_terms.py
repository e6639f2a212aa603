from odoo import fields, models


class PoIntakeTerms(models.AbstractModel):
    """A record that documents are searched for by terms, see ``po.intake.search``."""

    _name = "po.intake.terms"
    _description = "Found by Terms of a Document"

    po_intake_terms = fields.Text(
        "Search Terms",
        compute="_compute_po_intake_terms",
        store=True,
        copy=False,
        prefetch=False,
        help="What the words of a document find the record by, separated by blanks.",
    )

    _po_intake_terms_idx = models.Index(
        "USING gin (string_to_array(po_intake_terms, ' ')) WHERE active"
    )

    def _compute_po_intake_terms(self):
        raise NotImplementedError
