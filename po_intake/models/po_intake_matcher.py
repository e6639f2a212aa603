from collections import defaultdict
from dataclasses import replace

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import email_normalize, escape_psql

from ..matching.candidates import (
    LineQuery,
    Match,
    PartyCandidate,
    PartyQuery,
    ProductCandidate,
    Reason,
)
from ..matching.keys import line_keys
from ..matching.party import domain_of
from ..matching.rank import LIMIT, first_sure, rank_addresses, rank_parties, rank_products
from ..matching.text import code_key, digits, weak_code_key

# what a match counts for whose evidence identifies it; a suggestion never reaches it
SURE = 0.99
SUGGESTION = 0.9
POOL_LIMIT = 200


class PoIntakeMatcher(models.AbstractModel):
    """Service 2, Match: fetches the candidates, lets the wing rank them, writes the choice."""

    _name = "po.intake.matcher"
    _description = "Order Intake: Match"

    def _match(self, intake, log=True):
        """Match the partner, its delivery address and every line that nobody has chosen yet.

        :param log: tell people in the chatter
        """
        intake = intake.with_company(intake.company_id)
        self = self.with_env(intake.env)
        chosen = intake.partner_id
        if not chosen:
            self._match_partner(intake)
        elif not intake.partner_score:
            intake.write({"partner_score": 1.0, "partner_reason": self._by_person()})
        self._match_delivery(intake)
        self._match_lines(intake)
        if log:
            self._log(intake)

    @api.model
    def _by_person(self):
        return self.env._("Chosen by %s", self.env.user.name)

    # who

    @api.model
    def _get_partner_rules(self, intake, query):
        """Hook: domains, in any order, whose partners are looked at closely."""
        rules = []
        if query.reference:
            rules.append(Domain("ref", "=ilike", escape_psql(query.reference)))
        addresses = {email_normalize(text or "") for text in (query.email, intake.party_email)}
        addresses = [address for address in addresses if address]
        if addresses:
            rules.append(Domain("email_normalized", "in", addresses))
        rules += [
            Domain("email_normalized", "=like", f"%@{escape_psql(domain_of(address))}")
            for address in addresses
            if domain_of(address)
        ]
        if query.vat:
            key = code_key(query.vat).upper()
            rules.append(Domain("vat", "in", [query.vat, key, key[2:]]))
        if query.name:
            words = sorted(query.name.split(), key=len, reverse=True)[:2]
            rules += [Domain("name", "ilike", escape_psql(word)) for word in words if len(word) > 3]
        if query.zip and query.street:
            rules.append(Domain("zip", "=", query.zip) & Domain("street", "!=", False))
        return rules

    @api.model
    def _party_query(self, intake):
        """What the document prints about whom it is from."""
        return PartyQuery(
            name=intake.party_name or None,
            reference=intake.party_reference or None,
            vat=intake.party_vat or None,
            email=intake.party_email or None,
            phone=intake.party_phone or None,
            street=intake.party_street or None,
            zip=intake.party_zip or None,
            city=intake.party_city or None,
            country=intake.party_country or None,
        )

    @api.model
    def _is_our_own(self, address):
        """Is it a colleague who forwards an order?"""
        return bool(
            self.env["res.users"]
            .sudo()  # whether an address is a colleague's is no secret of the users' records
            .search_count(
                [("partner_id.email_normalized", "=", address), ("share", "=", False)], limit=1
            )
        )

    @api.model
    def _partner_pool(self, intake, query):
        """Whom the query may mean, with all contacts and addresses of their companies."""
        partners = self.env["res.partner"]
        rules = self._get_partner_rules(intake, query)
        if not rules:
            return partners
        allowed = Domain("company_id", "in", [False, intake.company_id.id])
        # our own companies and colleagues never order from us by mail
        ours = self.env["res.company"].sudo().search(Domain.TRUE).partner_id  # sudo: ids only
        found = partners.search(
            allowed & Domain.OR(rules) & Domain("commercial_partner_id", "not in", ours.ids),
            limit=POOL_LIMIT,
        )
        return partners.search(
            allowed & Domain("id", "child_of", found.commercial_partner_id.ids),
            limit=5 * POOL_LIMIT,
        )

    @api.model
    def _party_candidates(self, partners):
        return [
            PartyCandidate(
                id=partner.id,
                commercial_id=partner.commercial_partner_id.id,
                name=partner.name or partner.commercial_company_name or None,
                ref=partner.ref or None,
                vats=(partner.vat,) if partner.vat else (),
                emails=(partner.email_normalized,) if partner.email_normalized else (),
                phones=(partner.phone,) if partner.phone else (),
                street=partner.street or None,
                zip=partner.zip or None,
                city=partner.city or None,
                country=partner.country_id.code or None,
                is_company=partner.is_company,
                is_customer=partner.customer_rank > 0,
                is_vendor=partner.supplier_rank > 0,
                type=partner.type or "contact",
            )
            for partner in partners
        ]

    def _match_partner(self, intake):
        """By what is printed; where that is not enough, by the sender of the mail as well."""
        query = self._party_query(intake)
        sender = email_normalize(intake.email_from or "")
        if sender and not self._is_our_own(sender):
            with_sender = replace(query, email=sender)
        else:
            with_sender = query
        pool = self._partner_pool(intake, with_sender)
        candidates = self._party_candidates(pool)
        matches = rank_parties(query, candidates)
        best = first_sure(matches)
        if not best and with_sender != query:
            matches = rank_parties(with_sender, candidates) or matches
            best = first_sure(matches)
        if best:
            intake.partner_id = best.id
        intake.partner_candidates = self._describe(matches, pool)
        intake.partner_score = SURE if best else min(matches[0].score, SUGGESTION) if matches else 0
        intake.partner_reason = self._reason_text(matches[0]) if matches else False

    def _match_delivery(self, intake):
        delivery = (intake.document or {}).get("delivery") or {}
        if not intake.partner_id or intake.partner_shipping_id or not intake.delivery_text:
            return
        query = PartyQuery(
            **{key: delivery.get(key) for key in ("name", "street", "zip", "city", "country")}
        )
        children = self.env["res.partner"].search(
            Domain("id", "child_of", intake.partner_id.commercial_partner_id.id)
            & Domain("company_id", "in", [False, intake.company_id.id]),
            limit=5 * POOL_LIMIT,
        )
        best = first_sure(rank_addresses(query, self._party_candidates(children)))
        if best:
            intake.partner_shipping_id = best.id

    # what

    @api.model
    def _get_product_rules(self, intake, query):
        """Hook: domains whose products are looked at for a line; Odoo's own search order here."""
        rules = []
        for code in filter(None, (query.our_code, query.partner_code)):
            vals = {"default_code": code, "barcode": query.barcode}
            order = self.env["product.product"]._get_product_domain_search_order(**vals)
            rules += [domain for _priority, domain in order]
        if query.barcode:
            rules.append(Domain("barcode", "=", query.barcode))
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
        """Products by their codes, for all lines at once; by words only where that is not sure."""
        lines = intake.line_ids.filtered(lambda line: not line.product_id and not line.ignored)
        if not lines:
            return
        queries = {line: self._line_query(line) for line in lines}
        keys = {line: line_keys(query) for line, query in queries.items()}
        codes = {code for found in keys.values() for code in found.codes}
        lessons = self.env["po.intake.item.code"]._taught(
            intake, {line: found.codes for line, found in keys.items()}
        )
        refused = self.env["po.intake.refusal"]._refused(intake, lines)
        taught = self._taught_codes(lessons)
        allowed = self._product_domain(intake)
        by_code = self._products_by_code(intake, queries.values(), codes, taught, allowed)
        pool = self._product_candidates(by_code, taught)
        found = defaultdict(dict)
        for candidate in pool:
            for key in self._candidate_keys(candidate):
                found[key][candidate.id] = candidate
        products = self.env["product.product"]
        for line in lines:
            named = {}
            for key in (*keys[line].codes, *keys[line].barcodes):
                named.update(found[key])
            wording = lessons[line]._by_wording(line)
            matches = self._rank(queries[line], named.values(), refused[line], wording)
            if not first_sure(matches):
                by_words = products.browse(products._po_intake_ids_by_words(keys[line].raw))
                more = (by_words - by_code).filtered_domain(allowed)
                several = [*pool, *self._product_candidates(more, taught)]
                matches = self._rank(queries[line], several, refused[line], wording)
            self._choose(line, matches, lessons[line])

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
        candidates = list(candidates)
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
    def _products_by_code(self, intake, queries, codes, taught, allowed):
        """Every product that a code on any line may name."""
        products = self.env["product.product"]
        rules = [rule for query in queries for rule in self._get_product_rules(intake, query)]
        ids = {*taught, *products._po_intake_ids_by_code(codes)}
        rules.append(Domain("id", "in", list(ids)))
        return products.search(allowed & Domain.OR(rules), limit=50 * POOL_LIMIT)

    @api.model
    def _product_candidates(self, products, taught):
        """Hook: what the wing is told about products that may be meant."""
        names = products._po_intake_names()
        return [
            ProductCandidate(
                id=product.id,
                default_code=product.default_code or None,
                barcode=product.barcode or None,
                names=names.get(product.id, ()),
                partner_codes=taught.get(product.id, ()),
                attributes=tuple(product.product_template_attribute_value_ids.mapped("name")),
                uom=product.uom_id.name,
                list_price=product.lst_price,
            )
            for product in products
        ]

    @api.model
    def _charge_product(self, intake, description):
        """The service that a printed charge is: by its name, else what the team set for charges."""
        services = self.env["product.product"].search(
            self._product_domain(intake) & Domain("type", "=", "service"), limit=POOL_LIMIT
        )
        query = LineQuery(description=description)
        best = first_sure(rank_products(query, self._product_candidates(services, {})))
        return services.browse(best.id) if best else intake.team_id.charge_product_id

    @api.model
    def _candidate_keys(self, candidate):
        """Under which keys of a line a candidate is found."""
        for code in (candidate.default_code, *candidate.partner_codes):
            if code:
                yield code_key(code)
                yield weak_code_key(code)
        if candidate.barcode:
            yield digits(candidate.barcode)

    def _choose(self, line, matches, lessons):
        """Write the sure product on the line, and the best five for whoever reviews it."""
        best = first_sure(matches)
        line.write(
            {
                "candidates": self._describe(
                    matches, self.env["product.product"].browse([match.id for match in matches])
                ),
                "match_score": SURE
                if best
                else min(matches[0].score, SUGGESTION)
                if matches
                else 0.0,
                "match_reason": self._reason_text(matches[0]) if matches else False,
            }
        )
        if best:
            line.product_id = line.suggested_product_id = best.id
            line.lesson_id = lessons._naming(line)[:1]
            if not line.lesson_id._apply(line):
                self.env["po.intake.unit"]._match(line)

    # reasons

    def _describe(self, matches, pool):
        """The candidates for the people who choose, best first."""
        return [
            {
                "id": match.id,
                "name": pool.browse(match.id).display_name,
                "score": match.score,
                "margin": match.margin,
                "codes": [reason.code for reason in match.reasons],
                "reason": self._reason_text(match),
            }
            for match in matches
        ]

    def _reason_text(self, match):
        """Why, in words; the figures of a reason in brackets."""
        texts = self._get_reason_texts()
        words = []
        for reason in match.reasons:
            text = texts.get(reason.code, reason.code)
            value = reason.parameters.get("value")
            words.append(f"{text} ({value})" if value else text)
        return ", ".join(words)[:250]

    @api.model
    def _get_reason_texts(self):
        """Hook: code of a reason of the matching wing -> words for people."""
        _ = self.env._
        return {
            "reference": _("customer number"),
            "email": _("e-mail address"),
            "domain": _("e-mail domain"),
            "vat": _("VAT number"),
            "vat_misread": _("VAT number but for one sign"),
            "vat_differs": _("another VAT number"),
            "gln": _("GLN"),
            "phone": _("phone"),
            "name": _("name"),
            "similar_name": _("similar name"),
            "name_differs": _("another name"),
            "street": _("street"),
            "zip": _("ZIP"),
            "city": _("city"),
            "partner_code": _("their item code"),
            "partner_wording": _("their wording"),
            "barcode": _("barcode"),
            "default_code": _("internal reference"),
            "vendor_code": _("vendor's code"),
            "partner_code_crossed": _("their item code, in our column"),
            "barcode_crossed": _("barcode, in another column"),
            "default_code_crossed": _("internal reference, in their column"),
            "vendor_code_crossed": _("vendor's code, in another column"),
            "code_in_description": _("code in the description"),
            "code_without_zeros": _("code but for leading zeros"),
            "description": _("description"),
            "ordered_before": _("ordered before"),
            "price": _("same price"),
            "differs": _("sizes differ"),
            "conflict": _("something else speaks for another one"),
            "ambiguous": _("another one is as good"),
        }

    def _log(self, intake):
        """Tell people who and what was matched, and why."""
        _ = self.env._
        details = []
        if intake.partner_id:
            details.append(f"{intake.partner_id.display_name}: {intake.partner_reason or ''}")
        for line in intake.line_ids:
            product = line.product_id.display_name if line.product_id else _("no product")
            details.append(
                f"{line.sequence // 10}. {line._item()} → {product}"
                + (f" ({line.match_reason})" if line.match_reason else "")
            )
        intake._log(
            _(
                "Matched: %(found)s of %(lines)s lines.",
                found=len(intake.line_ids.filtered("product_id")),
                lines=len(intake.line_ids),
            ),
            details,
        )
