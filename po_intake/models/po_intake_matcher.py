from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import email_normalize

from ..matching.candidates import LineQuery, PartyCandidate, PartyQuery, ProductCandidate
from ..matching.keys import line_keys
from ..matching.party import domain_of
from ..matching.quantity import convert
from ..matching.rank import first_sure, rank_addresses, rank_parties, rank_products
from ..matching.text import code_key
from ..matching.units import pack_sizes, parse_unit

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
            rules.append(Domain("ref", "=ilike", query.reference))
        addresses = {email_normalize(text or "") for text in (query.email, intake.party_email)}
        addresses = [address for address in addresses if address]
        if addresses:
            rules.append(Domain("email_normalized", "in", addresses))
        rules += [
            Domain("email_normalized", "=like", f"%@{domain_of(address)}")
            for address in addresses
            if domain_of(address)
        ]
        if query.vat:
            key = code_key(query.vat).upper()
            rules.append(Domain("vat", "in", [query.vat, key, key[2:]]))
        if query.name:
            words = sorted(query.name.split(), key=len, reverse=True)[:2]
            rules += [Domain("name", "ilike", word) for word in words if len(word) > 3]
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
        ours = self.env["res.company"].sudo().search([]).partner_id  # sudo: ids only
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
    def _taught_codes(self, intake, keys):
        """What people have taught about this partner's codes: ``{product id: (code, ...)}``."""
        taught = defaultdict(tuple)
        if not intake.partner_id:
            return taught
        items = self.env["po.intake.item.code"].search(
            [
                ("partner_id", "child_of", intake.partner_id.commercial_partner_id.id),
                ("company_id", "=", intake.company_id.id),
                ("code_key", "in", [key.upper() for key in keys]),
            ]
        )
        for item in items:
            taught[item.product_id.id] += (item.code,)
        return taught

    @api.model
    def _product_domain(self, intake):
        """Which products may be ordered at all."""
        return (
            Domain("company_id", "in", [False, intake.company_id.id])
            & Domain("active", "=", True)
            & Domain("purchase_ok" if intake.direction == "purchase" else "sale_ok", "=", True)
        )

    def _match_lines(self, intake):
        lines = intake.line_ids.filtered(lambda line: not line.product_id and not line.ignored)
        if not lines:
            return
        queries = {line: self._line_query(line) for line in lines}
        keys = {line: line_keys(query) for line, query in queries.items()}
        products = self.env["product.product"]
        allowed = self._product_domain(intake)
        codes = {code for found in keys.values() for code in found.codes}
        taught = self._taught_codes(intake, codes)
        rules = [
            rule for query in queries.values() for rule in self._get_product_rules(intake, query)
        ]
        ids = {*taught, *products._po_intake_ids_by_code(codes)}
        by_code = products.search(
            allowed & Domain.OR([Domain("id", "in", list(ids)), *rules]), limit=50 * POOL_LIMIT
        )
        for line in lines:
            by_words = products.browse(products._po_intake_ids_by_words(keys[line].raw))
            pool = by_code | by_words.filtered_domain(allowed)
            self._match_line(line, queries[line], pool, taught)

    def _match_line(self, line, query, pool, taught):
        names = pool._po_intake_names()
        matches = rank_products(
            query,
            [
                ProductCandidate(
                    id=product.id,
                    default_code=product.default_code or None,
                    barcode=product.barcode or None,
                    names=names.get(product.id, ()),
                    partner_codes=taught.get(product.id, ()),
                    attributes=tuple(
                        product.product_template_attribute_value_ids.mapped("name")
                    ),
                    uom=product.uom_id.name,
                    list_price=product.lst_price,
                )
                for product in pool
            ],
        )
        best = first_sure(matches)
        line.candidates = self._describe(matches, pool)
        line.match_score = SURE if best else min(matches[0].score, SUGGESTION) if matches else 0
        line.match_reason = self._reason_text(matches[0]) if matches else False
        if best:
            line.product_id = best.id
            self._match_unit(line)

    # how many of what

    def _match_unit(self, line):
        """The unit that is meant; ``uom_unclear`` where nothing says how to count.

        The product's own unit, if it is the printed one by name, by nature or by the witness of
        the price; else another unit of its family that the database knows, if the price agrees.
        """
        own = line.product_id.uom_id
        line.product_uom_id = own
        line.uom_unclear = False
        if not line.uom_text or line.uom_text.strip().casefold() == own.name.casefold():
            return
        printed, known = parse_unit(line.uom_text), self._parse_unit(own)
        if printed and known and self._means_own_unit(line, printed, known):
            return
        meant = self._find_unit(printed, line.product_id)
        if meant and self._price_agrees(line, meant):
            line.product_uom_id = meant
        else:
            line.uom_unclear = True

    @api.model
    def _means_own_unit(self, line, printed, known):
        """Is one printed unit one unit of the product?"""
        conversion = convert(
            Decimal(str(line.quantity)),
            Decimal(str(line.price_unit)) if line.has_price else None,
            printed,
            known,
            packs=pack_sizes(f"{line.description or ''} {line.product_id.name}"),
            catalogue_price=Decimal(str(line.product_id.lst_price)),
        )
        return conversion is not None and not conversion.converted

    @api.model
    def _find_unit(self, printed, product):
        """Another unit of a product's family that a printed one means, or an empty record."""
        own = product.uom_id
        if not printed:
            return self.env["uom.uom"]
        units = self.env["uom.uom"].search([("id", "!=", own.id)])
        family = product.uom_ids | units.filtered(lambda unit: unit._has_common_reference(own))
        return family.filtered(lambda unit: self._parse_unit(unit) == printed)[:1]

    @api.model
    def _parse_unit(self, unit):
        """What a unit of the database is, by its name in English or as it is shown here."""
        return parse_unit(unit.with_context(lang="en_US").name) or parse_unit(unit.name)

    @api.model
    def _price_agrees(self, line, unit):
        """Is the printed price one of this unit, rather than one of the product's own unit?"""
        if not line.has_price or not line.product_id.lst_price:
            return False
        own = line.product_id.uom_id
        expected = own._compute_price(line.product_id.lst_price, unit)
        return expected and 0.5 <= line.price_unit / expected <= 2.0

    # reasons

    def _describe(self, matches, pool):
        """The candidates for the people who choose, best first."""
        return [
            {
                "id": match.id,
                "name": pool.browse(match.id).display_name,
                "score": match.score,
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
