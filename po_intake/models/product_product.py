from odoo import api, models
from odoo.tools import SQL, escape_psql

# a code is the same with or without its hyphens, dots and blanks
CODE_KEY = "regexp_replace(upper(default_code), '[^A-Z0-9]+', '', 'g')"


class ProductProduct(models.Model):
    _inherit = "product.product"

    _po_intake_code_key_idx = models.Index(f"(({CODE_KEY})) WHERE default_code IS NOT NULL")

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

    @api.model
    def _po_intake_ids_by_words(self, words, limit=80):
        """Ids of the products whose names, in any language, share most of these words.

        :param words: folded words of a printed description, the most telling first
        """
        if not words:
            return []
        self.env["product.template"].flush_model(["name"])
        unaccent = self.env.registry.unaccent
        name = unaccent(SQL("template.name::text"))
        hits = [SQL("(%s ILIKE %s)::int", name, f"%{escape_psql(word)}%") for word in words[:8]]
        query = SQL(
            """
            SELECT id FROM (
                SELECT product.id, %(score)s AS score
                  FROM product_product product
                  JOIN product_template template ON template.id = product.product_tmpl_id
                 WHERE product.active
            ) scored
             WHERE score > 0
             ORDER BY score DESC, id
             LIMIT %(limit)s
            """,
            score=SQL(" + ").join(hits),
            limit=limit,
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
