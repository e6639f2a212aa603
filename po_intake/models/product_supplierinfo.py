from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..extraction.document import QUOTATION

CODE_KEY = "regexp_replace(upper(product_code), '[^A-Z0-9]+', '', 'g')"


class VendorWords(NamedTuple):
    """What a vendor calls a product, and its price in the document's currency."""

    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    price: float | None = None


class ProductSupplierinfo(models.Model):
    _inherit = "product.supplierinfo"

    _po_intake_code_key_idx = models.Index(f"(({CODE_KEY})) WHERE product_code IS NOT NULL")

    @api.model
    def _po_intake_domain(self, intake):
        """The price list of the vendor at hand; nothing where it is not known yet."""
        return intake.partner_id._po_intake_same("partner_id") & Domain(
            "company_id", "in", [False, intake.company_id.id]
        )

    @api.model
    def _po_intake_same_domain(self, line, unit):
        """Entries for the product of a line, in its currency and a unit."""
        return Domain(
            [
                ("product_tmpl_id", "=", line.product_id.product_tmpl_id.id),
                ("product_id", "in", [False, line.product_id.id]),
                ("currency_id", "=", line.currency_id.id),
                ("product_uom_id", "=", unit.id),
            ]
        )

    @api.model
    def _po_intake_product_ids(self, intake, keys):
        """Ids of the products that the vendor at hand calls by one of these codes."""
        if not keys or not intake.partner_id:
            return []
        self.flush_model(["product_code"])
        query = SQL(
            "SELECT id FROM product_supplierinfo WHERE product_code IS NOT NULL AND %s IN %s",
            SQL(CODE_KEY),
            tuple(key.upper() for key in keys),
        )
        ids = [info_id for (info_id,) in self.env.execute_query(query)]
        infos = self.sudo().search(  # sudo: clerks need no right to read purchase prices for this
            Domain("id", "in", ids) & self._po_intake_domain(intake)
        )
        return [
            product_id
            for info in infos
            for product_id in (info.product_id or info.product_tmpl_id.product_variant_ids).ids
        ]

    @api.model
    def _po_intake_vendor_words(self, intake, products):
        """What the vendor at hand calls these products: ``{product id: VendorWords}``."""
        words = defaultdict(VendorWords)
        if intake.direction != "purchase" or not intake.partner_id or not products:
            return words
        infos = self.sudo().search(  # sudo: as above; only names and codes leave this service
            Domain("product_tmpl_id", "in", products.product_tmpl_id.ids)
            & self._po_intake_domain(intake),
            order="product_tmpl_id, min_qty, id",
        )
        by_template = infos.grouped("product_tmpl_id")
        for product in products:
            own = by_template.get(product.product_tmpl_id, infos.browse()).filtered(
                lambda info, product=product: info.product_id in (product, product.browse())
            )
            same = own.filtered(lambda info: info.currency_id == intake.currency_id)[:1]
            words[product.id] = VendorWords(
                tuple(dict.fromkeys(filter(None, own.mapped("product_code")))),
                tuple(dict.fromkeys(filter(None, own.mapped("product_name")))),
                same.product_uom_id._compute_price(same.price, product.uom_id) if same else None,
            )
        return words

    # writing back

    @api.model
    def _po_intake_learn(self, intake):
        """Write what a vendor calls our products into its price list, where the team wants that.

        A code that stands there already is left alone.
        """
        if intake.direction != "purchase" or not intake.team_id.write_vendor_codes:
            return
        vendor = intake.partner_id.commercial_partner_id
        # sudo: a manager of the team allowed it
        infos = self.sudo().with_company(intake.company_id)
        for line in intake.line_ids.filtered(
            lambda line: line.remember and line.partner_code and line.product_id
        ):
            own = infos.search(
                self._po_intake_domain(intake)
                & Domain("product_tmpl_id", "=", line.product_id.product_tmpl_id.id)
                & Domain("product_id", "in", [False, line.product_id.id])
            )
            if not own and line.has_price and intake.document_type == QUOTATION:
                own = infos.create(self._po_intake_values(line, vendor))
            own.filtered(lambda info: not info.product_code).product_code = line.partner_code

    @api.model
    def _po_intake_values(self, line, vendor):
        """What a line of an offer says, as an entry of the vendor's price list."""
        return {
            "partner_id": vendor.id,
            "company_id": line.company_id.id,
            "product_tmpl_id": line.product_id.product_tmpl_id.id,
            "product_id": line.product_id.id,
            "product_code": line.partner_code,
            "product_uom_id": (line.product_uom_id or line.product_id.uom_id).id,
            "currency_id": line.currency_id.id,
            "price": line.price_unit,
            "discount": line.discount,
        }
