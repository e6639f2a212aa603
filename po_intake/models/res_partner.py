from odoo import api, fields, models
from odoo.fields import Domain

from ..matching.keys import party_terms
from ..matching.party import domain_of

# native, but of modules that are not always there
GLN_FIELDS = ("global_location_number", "peppol_eas", "peppol_endpoint")
WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]
# the scheme of a GLN in the code list of Peppol
GLN_SCHEME = "0088"


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "po.intake.terms"]

    po_intake_withhold = fields.Boolean(
        "Never send to Claude",
        help="Documents that come from this partner, or name it, are read on this server only.",
    )
    po_intake_domain = fields.Char(
        "Own mail domain",
        compute="_compute_po_intake_domain",
        store=True,
        copy=False,
        index="btree_not_null",
        help="Of a company's own address; none of providers where anybody has an address.",
    )
    po_intake_minimum_value = fields.Float(
        "Minimum order value",
        help="In the currency of purchases from this vendor. Orders that are worth less wait for "
        "more, or are filled up with what is due next.",
    )
    po_intake_release_weekday = fields.Selection(
        WEEKDAYS,
        "Ordered on",
        help="The reorder agent orders on this day; on others only what cannot wait.",
    )

    @api.depends("email_normalized", "is_company")
    def _compute_po_intake_domain(self):
        for partner in self:
            address = partner.is_company and partner.email_normalized
            partner.po_intake_domain = domain_of(address or "") or False

    @api.depends(
        lambda self: (
            "name",
            "ref",
            "vat",
            "company_registry",
            "email",
            "website",
            "phone",
            *(name for name in GLN_FIELDS if name in self._fields),
        )
    )
    def _compute_po_intake_terms(self):
        for partner in self:
            partner.po_intake_terms = " ".join(
                party_terms(
                    names=filter(None, [partner.name]),
                    references=filter(None, [partner.ref, partner.company_registry]),
                    vats=filter(None, [partner.vat]),
                    addresses=filter(None, [partner.email, partner.website]),
                    phones=filter(None, [partner.phone]),
                    glns=filter(None, [partner._po_intake_gln()]),
                )
            )

    def _po_intake_same(self, name):
        """Domain of records whose partner is of the same company as this one.

        Unlike ``child_of`` it needs no query for each level of contacts.

        :param name: the field that holds the partner
        """
        # which partners may be seen says nothing about the records that name them
        return Domain(name, "any!", [("commercial_partner_id", "=", self.commercial_partner_id.id)])

    def _po_intake_withheld(self):
        """Are its documents, or those of a company above it, never sent to Claude?"""
        partner = self
        while partner and not partner.po_intake_withhold:
            partner = partner.parent_id
        return bool(partner)

    def _po_intake_gln(self):
        """The GLN, wherever the modules that are installed keep it."""
        self.ensure_one()
        if "global_location_number" in self._fields and self.global_location_number:
            return self.global_location_number
        if "peppol_endpoint" in self._fields and self.peppol_eas == GLN_SCHEME:
            return self.peppol_endpoint or None
        return None
