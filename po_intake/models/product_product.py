from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ..matching.keys import index_terms

# a code is the same with or without its hyphens, dots and blanks
CODE_KEY = "regexp_replace(upper(default_code), '[^A-Z0-9]+', '', 'g')"


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product", "po.intake.terms", "po.intake.foreseen"]

    _po_intake_code_key_idx = models.Index(f"(({CODE_KEY})) WHERE default_code IS NOT NULL")

    @api.depends(
        "product_tmpl_id.name",
        "product_tmpl_id.seller_ids.product_name",
        "product_template_attribute_value_ids.product_attribute_value_id.name",
    )
    def _compute_po_intake_terms(self):
        """From all that a product is called: in each language, as a variant and by its vendors."""
        names = defaultdict(set)
        self.product_tmpl_id.with_context(prefetch_langs=True).mapped("name")
        for code, _name in self.env["res.lang"].get_installed():
            for product in self.with_context(lang=code):
                values = product.product_template_attribute_value_ids.product_attribute_value_id
                names[product.id].update((product.product_tmpl_id.name, *values.mapped("name")))
        for product in self:
            told = names[product.id].union(
                product.product_tmpl_id.seller_ids.mapped("product_name")
            )
            product.po_intake_terms = " ".join(index_terms(filter(None, told)))

    @api.model
    def _po_intake_ids_by_code(self, keys):
        """Ids of products whose internal reference has one of these keys.

        :param keys: references in capitals, letters and digits only
        """
        if not keys:
            return []
        self.flush_model(["default_code"])
        query = SQL(
            "SELECT id FROM product_product WHERE default_code IS NOT NULL AND %s IN %s",
            SQL(CODE_KEY),
            tuple(key.upper() for key in keys),
        )
        return [product_id for (product_id,) in self.env.execute_query(query)]

    def _po_intake_names(self):
        """The names of products in every language: ``{id: (name, ...)}``."""
        if not self:
            return {}
        self.env["product.template"].flush_model(["name"])
        query = SQL(
            """
            SELECT product.id, template.name
              FROM product_product product
              JOIN product_template template ON template.id = product.product_tmpl_id
             WHERE product.id IN %s
            """,
            tuple(self.ids),
        )
        return {
            product_id: tuple(dict.fromkeys(names.values()))
            for product_id, names in self.env.execute_query(query)
        }

    def _po_intake_foreseen(self):
        return [("product_id", "in", self.ids)]
