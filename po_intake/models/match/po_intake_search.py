import math

from odoo import api, models
from odoo.tools import SQL, split_every

# a word that more records than this share does not find any of them by itself
FEW = 1000
# how many records a term stands for that is too rare for the statistics
RARE = 1e-4
# searches that are sent to the database at once
MOST_SEARCHES = 100
ARRAY = SQL("string_to_array(po_intake_terms, ' ')")


class PoIntakeSearch(models.AbstractModel):
    """Part of service 2, Match: finds a few records among very many by the terms they share.

    Products and partners keep their terms in ``po_intake_terms``, separated by blanks, under an
    index. Records are fetched by their rare terms, or by common ones only together; PostgreSQL's
    own statistics tell which are common. So the work does not grow with the catalogue.
    """

    _name = "po.intake.search"
    _description = "Order Intake: Search"

    @api.model
    def _ids_by_terms(self, model, wanted, limit):
        """The records that share the most telling terms, best first.

        :param model: an empty recordset of a model with terms
        :param wanted: lists of terms, one for each item that is looked for
        :return: a list of ids for each of these
        """
        model.flush_model(["active", "po_intake_terms"])
        common, size = self._statistics(model)
        keys = [tuple(dict.fromkeys(terms)) for terms in wanted]
        found = {}
        # an order repeats items, a search does not
        for part in split_every(MOST_SEARCHES, dict.fromkeys(filter(None, keys))):
            searches = [
                self._query(model, {term: common.get(term, RARE) for term in key}, size, limit)
                for key in part
            ]
            [row] = self.env.execute_query(
                SQL("SELECT %s", SQL(", ").join(SQL("ARRAY(%s)", query) for query in searches))
            )
            found.update(zip(part, row, strict=True))
        return [found.get(key, []) for key in keys]

    @api.model
    def _statistics(self, model):
        """Which share of the records has each common term, and how many records there are.

        Asked for once in a transaction.
        """
        known = self.env.cr.cache.setdefault(self._name, {})
        if model._table not in known:
            known[model._table] = self._read_statistics(model)
        return known[model._table]

    @api.model
    def _read_statistics(self, model):
        index = f"{model._table}_po_intake_terms_idx"
        rows = self.env.execute_query(
            SQL(
                """
                SELECT most_common_elems::text::text[], most_common_elem_freqs
                  FROM pg_stats
                 WHERE schemaname = current_schema AND tablename = %s
                """,
                index,
            )
        )
        common = {}
        for terms, shares in rows:
            # behind the shares of the terms stand those of the least and the most common one
            common.update(zip(terms or (), shares or ()))
        [(size,)] = self.env.execute_query(
            SQL("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", model._table)
        )
        return common, max(size, 1.0)

    @api.model
    def _query(self, model, shares, size, limit):
        """The records with any of the rare terms, or with the common ones together."""
        rare, common = self._part(shares, size)
        where = [SQL("%s && %s", ARRAY, rare)] if rare else []
        if common:
            where.append(SQL("%s @> %s", ARRAY, common))
        # what a term tells is the logarithm of how rare it is (Spärck Jones, 1972)
        score = SQL(" + ").join(
            SQL(
                "CASE WHEN strpos(' ' || po_intake_terms || ' ', %s) > 0 THEN %s ELSE 0 END",
                f" {term} ",
                -math.log(min(share, 0.99)) * (0.5 if term.endswith("~") else 1.0),
            )
            for term, share in shares.items()
        )
        return SQL(
            """
            SELECT id
              FROM %(table)s
             WHERE active AND (%(where)s)
             ORDER BY %(score)s DESC, length(po_intake_terms), id
             LIMIT %(limit)s
            """,
            table=SQL.identifier(model._table),
            where=SQL(" OR ").join(where),
            score=score,
            limit=limit,
        )

    @api.model
    def _part(self, shares, size):
        """Terms that are few enough to be fetched by, and common ones to be fetched together."""
        rare, together = [], []
        expected, remaining = 0.0, size
        for term, share in sorted(shares.items(), key=lambda item: item[1]):
            if expected + share * size <= FEW or (not rare and share <= RARE):
                expected += share * size
                rare.append(term)
            elif remaining > FEW / 10:
                remaining *= share
                together.append(term)
        return rare, together
