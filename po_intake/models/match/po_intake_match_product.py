from collections import defaultdict
from dataclasses import replace

from odoo import api, models
from odoo.fields import Domain

from ...matching.candidates import LineQuery, Match, ProductCandidate, Reason
from ...matching.keys import line_keys
from ...matching.rank import LIMIT, first_sure, rank_products
from ...matching.text import code_key, digits, weak_code_key

# what a match counts for whose evidence identifies it; a suggestion never reaches it
SURE = 0.99
SUGGESTION = 0.9
# products that are compared closely with one line
POOL_LIMIT = 40
MOST_SERVICES = 200


class PoIntakeMatchProduct(models.AbstractModel):
    """Part of service 2, Match: what is meant by the lines."""

    _name = "po.intake.match.product"
    _description = "Order Intake: Match Products"

    @api.model
    def _get_product_rules(self, intake, query):
        """Hook: domains whose products are looked at for a line; Odoo's own search order here."""
        rules = []
        order = self.env["product.product"]._get_product_domain_search_order
        for code in filter(None, (query.our_code, query.partner_code)):
            rules += [domain for _priority, domain in order(default_code=code)]
        barcode = digits(query.barcode or "")
        if barcode:
            # a UPC is a GTIN-13 without its zero
            forms = {query.barcode, barcode, barcode.lstrip("0").zfill(13), barcode.lstrip("0")}
            rules.append(Domain("barcode", "in", sorted(forms)))
        return rules

    @api.model
    def _line_query(self, line):
        return LineQuery(
            partner_code=line.partner_code or None,
            our_code=line.our_code or None,
            barcode=line.barcode or None,
            description=line.description or None,
            quantity=line.quantity,
            uom=line.uom_text or None,
            price_unit=line.price_unit if line.has_price else None,
            currency=line.currency_id.name,
        )

    @api.model
    def _product_domain(self, intake):
        """Which products may be ordered at all."""
        return (
            Domain("company_id", "in", [False, intake.company_id.id])
            & Domain("active", "=", True)
            & Domain("purchase_ok" if intake.direction == "purchase" else "sale_ok", "=", True)
        )

    def _match_lines(self, intake):
        """A product for each line that names one for sure, and the best five for all of them."""
        lines = intake.line_ids.filtered(lambda line: not line.product_id and not line.ignored)
        if not lines:
            return
        queries = {line: self._line_query(line) for line in lines}
        keys = {line: line_keys(query) for line, query in queries.items()}
        lessons = self.env["po.intake.item.code"]._taught(
            intake, {line: found.codes for line, found in keys.items()}
        )
        refused = self.env["po.intake.refusal"]._refused(intake, lines)
        pools = self._pools(intake, queries, keys, lessons)
        ranked = {
            line: self._rank(
                queries[line], pools[line], refused[line], lessons[line]._by_wording(line)
            )
            for line in lines
        }
        offers = self.env["po.intake.offer"]._offers(intake, ranked)
        for line, matches in ranked.items():
            self._choose(line, matches, lessons[line], offers)

    @api.model
    def _pools(self, intake, queries, keys, lessons):
        """The products that a line may mean: by its codes, and by its words."""
        allowed = self._product_domain(intake)
        products = self.env["product.product"]
        taught = self._taught_codes(lessons)
        by_code = self._products_by_code(intake, queries.values(), keys, taught, allowed)
        by_words = self.env["po.intake.search"]._ids_by_terms(
            products, [keys[line].terms for line in queries], POOL_LIMIT
        )
        ids = {product_id for found in by_words for product_id in found}
        pool = products.search(allowed & Domain("id", "in", list(ids))) | by_code
        candidates = {item.id: item for item in self._product_candidates(intake, pool, taught)}
        named = defaultdict(dict)
        for product_id in by_code.ids:
            for key in self._candidate_keys(candidates[product_id]):
                named[key][product_id] = None
        pools = {}
        for line, found in zip(queries, by_words, strict=True):
            ids = dict.fromkeys(lessons[line].product_id.ids)
            for key in (*keys[line].codes, *keys[line].barcodes):
                ids.update(named[key.lstrip("0")])
            ids.update(dict.fromkeys(found))
            pools[line] = [candidates[key] for key in ids if key in candidates]
        return pools

    @api.model
    def _taught_codes(self, lessons):
        """What people have taught about this partner's codes: ``{product id: (code, ...)}``."""
        taught = defaultdict(tuple)
        for lesson in self.env["po.intake.item.code"].union(*lessons.values()):
            taught[lesson.product_id.id] += (lesson.code,) if lesson.code else ()
        return taught

    @api.model
    def _rank(self, query, candidates, refused, wording):
        """The best products for a line, less those that people have refused for this item.

        Where a refused one would be the best, nobody else becomes sure by its absence, unless
        people have taught that it is meant.

        :param refused: products that are not to be suggested
        :param wording: the product that people have taught for these very words
        """
        matches = rank_products(query, candidates)
        if refused.ids and any(match.id in refused.ids for match in matches):
            kept = [item for item in candidates if item.id not in refused.ids]
            matches = rank_products(query, kept)
            if matches and not any(item.code == "partner_code" for item in matches[0].reasons):
                matches = (replace(matches[0], sure=False), *matches[1:])
        known = wording and not first_sure(matches) and wording not in refused
        if known and any(item.id == wording.id for item in candidates):
            meant = Match(wording.id, SURE, SURE, (Reason("partner_wording"),), sure=True)
            matches = (meant, *(match for match in matches if match.id != wording.id))
        return matches[:LIMIT]

    @api.model
    def _products_by_code(self, intake, queries, keys, taught, allowed):
        """Every product that a code on any line may name."""
        products = self.env["product.product"]
        codes = {code for found in keys.values() for code in found.codes}
        ids = {*taught, *products._po_intake_ids_by_code(codes)}
        if intake.direction == "purchase":
            ids.update(self.env["product.supplierinfo"]._po_intake_product_ids(intake, codes))
        alike = defaultdict(list)
        for query in queries:
            for rule in self._get_product_rules(intake, query):
                fields = {condition.field_expr for condition in rule.iter_conditions()}
                alike[fields.pop() if len(fields) == 1 else rule].append(rule)
        for rules in alike.values():
            # only those on one field: over several, the database would read the whole catalogue
            ids.update(products._search(Domain.OR(rules), limit=POOL_LIMIT * len(rules)))
        return products.search(allowed & Domain("id", "in", list(ids)))

    @api.model
    def _product_candidates(self, intake, products, taught):
        """Hook: what the wing is told about products that may be meant."""
        names = products._po_intake_names()
        vendor = self.env["product.supplierinfo"]._po_intake_vendor_words(intake, products)
        bought = self.env["po.intake.offer"]._bought(intake, products)
        prices = self.env["po.intake.offer"]._unit_prices(intake, products)
        return [
            ProductCandidate(
                id=product.id,
                default_code=product.default_code or None,
                barcode=product.barcode or None,
                names=(*names.get(product.id, ()), *vendor[product.id].names),
                vendor_codes=vendor[product.id].codes,
                partner_codes=taught.get(product.id, ()),
                attributes=tuple(product.product_template_attribute_value_ids.mapped("name")),
                uom=product.uom_id.name,
                list_price=vendor[product.id].price or prices.get(product.id),
                last_price=bought[product.id].price,
                ordered_before=bought[product.id].times,
            )
            for product in products
        ]

    @api.model
    def _charge_product(self, intake, description):
        """The service that a printed charge is: by its name, else what the team set for charges."""
        services = self.env["product.product"].search(
            self._product_domain(intake) & Domain("type", "=", "service"), limit=MOST_SERVICES
        )
        query = LineQuery(description=description)
        best = first_sure(rank_products(query, self._product_candidates(intake, services, {})))
        return services.browse(best.id) if best else intake.team_id.charge_product_id

    @api.model
    def _candidate_keys(self, candidate):
        """Under which keys of a line a candidate is found, without leading zeros."""
        for code in (candidate.default_code, *candidate.partner_codes, *candidate.vendor_codes):
            if code:
                yield code_key(code).lstrip("0")
                yield weak_code_key(code)
        if candidate.barcode:
            yield digits(candidate.barcode).lstrip("0")

    def _choose(self, line, matches, lessons, offers):
        """Write the sure product on the line, and the best five for whoever reviews it."""
        best = first_sure(matches)
        products = self.env["product.product"].browse([match.id for match in matches])
        candidates = [
            {**item, **offers[line, item["id"]]} for item in self._describe(matches, products)
        ]
        if not best:
            candidates = self.env["po.intake.choice"]._arranged(line, candidates)
        values = {
            "candidates": candidates,
            "match_score": min(matches[0].score, SUGGESTION) if matches else 0.0,
            "match_reason": self._reason_text(matches[0]) if matches else False,
        }
        if best:
            found = {"product_id": best.id, "suggested_product_id": best.id, "match_score": SURE}
            values.update(found)
        line.write(values)
        if best:
            line.lesson_id = lessons._naming(line)[:1]
            if not line.lesson_id._apply(line):
                self.env["po.intake.unit"]._match(line)
