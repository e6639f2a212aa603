from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize, float_compare, format_amount

from ..extraction import document as paper

# a person has to say of each of these that it is all right: approving a card is not enough
TO_BE_WAIVED = ("duplicate_document", "duplicate_order", "unit_unknown")

VENDOR_TYPES = (paper.ORDER_CONFIRMATION, paper.QUOTATION)
# times dearer or cheaper than the price list
ABSURD = 2.5


class PoIntakePolicy(models.AbstractModel):
    """Service 3, Validate: checks become findings, findings and confidence a decision."""

    _name = "po.intake.policy"
    _description = "Order Intake: Validate"

    # checks

    @api.model
    def _get_checks(self):
        """Hook: codes of the checks; ``_check_<code>(intake)`` yields the findings.

        A check yields dicts with ``code``, ``severity`` and, where they matter, ``parameters``
        and ``line`` (a record of ``po.intake.line``).
        """
        return [
            "kind",
            "sender",
            "duplicate_document",
            "duplicate_order",
            "partner",
            "sender_partner",
            "delivery",
            "lines",
            "products",
            "prices",
            "currency",
            "charges",
            "dates",
        ]

    def _assess(self, intake, log=True):
        """Make the findings anew, keep what people have accepted, and set the confidence.

        :param log: tell people in the chatter
        """
        intake = intake.with_company(intake.company_id)
        self = self.with_env(intake.env)
        waived = {
            self._finding_key(finding): finding
            for finding in intake.finding_ids.filtered("waived_by_id")
        }
        stale = intake.finding_ids.filtered(lambda item: item.is_check)
        found = [
            {**values, "is_check": True}
            for code in self._get_checks()
            for values in getattr(self, f"_check_{code}")(intake)
        ]
        accepted = {
            key: (finding.waived_by_id.id, finding.waived_date) for key, finding in waived.items()
        }
        stale.unlink()
        created = self.env["po.intake.finding"].create(
            [self._prepare_finding(intake, values) for values in found]
        )
        for finding in created:
            if self._finding_key(finding) in accepted:
                user_id, date = accepted[self._finding_key(finding)]
                finding.write({"waived_by_id": user_id, "waived_date": date})
        intake.confidence = self._confidence(intake)
        if log:
            self._log(intake)

    def _log(self, intake):
        """Tell people which checks failed, and how sure the whole is."""
        intake._log(
            self.env._(
                "Checked: %(percent)s %% sure, %(count)s finding(s) block automatic drafting.",
                percent=round(100 * intake.confidence),
                count=intake.blocking_count,
            ),
            intake.finding_ids.mapped("message"),
        )

    @api.model
    def _finding_key(self, finding):
        return finding.code, finding.line_id.id, str(finding.parameters)

    @api.model
    def _prepare_finding(self, intake, values):
        line = values.get("line")
        return {
            "intake_id": intake.id,
            "line_id": line.id if line else False,
            "code": values["code"],
            "severity": values.get("severity", paper.WARNING),
            "parameters": values.get("parameters") or {},
            "path": values.get("path"),
            "is_check": values.get("is_check", False),
        }

    @api.model
    def _add_finding(self, intake, values):
        """Keep a finding of a reader; ``values`` as a dict or an ``extraction`` Finding."""
        if isinstance(values, paper.Finding):
            values = {
                "code": values.code,
                "severity": values.severity,
                "parameters": dict(values.parameters),
                "path": values.path,
            }
        return self.env["po.intake.finding"].create(self._prepare_finding(intake, values))

    @api.model
    def _confidence(self, intake):
        """A chain is as sure as its weakest link: the reading, the partner, each product."""
        if intake.document_type == paper.OTHER or not intake.line_ids:
            return 0.0
        links = [(intake.document or {}).get("confidence") or 0.0, intake.partner_score]
        links += [line.match_score for line in intake.line_ids if not line.ignored]
        return min(links)

    def _decide(self, intake):
        """``draft`` or ``review``, and somebody is told of a review."""
        team = intake.team_id
        sure = (
            team.auto_draft
            and intake.direction == "sale"
            and intake.document_type == paper.PURCHASE_ORDER
            and intake.partner_id
            and intake.line_ids
            and float_compare(intake.confidence, team.draft_confidence, 4) >= 0
            and not intake.blocking_count
        )
        if sure:
            return "draft"
        reasons = intake._blocking_findings().mapped("title")
        intake._ask_person(", ".join(dict.fromkeys(reasons)) or self.env._("Order to review"))
        return "review"

    @api.model
    def _check_approvable(self, intake):
        """Refuse an approval that would order twice, half, or what nobody ordered.

        :raises UserError: with a sentence for the person who approves
        """
        if intake.direction == "sale" and intake.document_type != paper.PURCHASE_ORDER:
            raise UserError(
                self.env._(
                    "%s is not marked as a purchase order. If it is one, correct the kind of "
                    "document first.",
                    intake.display_name,
                )
            )
        if "currency_differs" in intake._blocking_findings().mapped("code"):
            raise UserError(
                self.env._(
                    "There is no price list in %(currency)s. Create one, or correct the currency "
                    "of %(intake)s.",
                    currency=intake.currency_text,
                    intake=intake.display_name,
                )
            )
        pending = intake.finding_ids.filtered(
            lambda item: item.code in TO_BE_WAIVED and not item.waived_by_id
        )
        if pending:
            raise UserError(
                self.env._(
                    "%(findings)s\nAccept the finding if this is an order of its own, else "
                    "reject the document.",
                    findings="\n".join(pending.mapped("message")),
                )
            )
        lines = intake.line_ids.filtered(lambda line: not line.ignored)
        if not lines:
            raise UserError(self.env._("%s has no lines to order.", intake.display_name))
        for line in lines:
            if line.quantity <= 0:
                raise UserError(
                    self.env._(
                        "Line %(line)s of %(intake)s orders nothing: correct its quantity.",
                        line=line.sequence // 10,
                        intake=intake.display_name,
                    )
                )

    # what is checked

    def _check_kind(self, intake):
        name = intake.source_name or intake.subject or intake.name
        if intake.document_type == paper.OTHER:
            yield {
                "code": "not_an_order",
                "severity": paper.BLOCKING,
                "parameters": {"source": name},
            }
        elif intake.document_type == paper.ORDER_CHANGE:
            yield {
                "code": "order_change",
                "severity": paper.BLOCKING,
                "parameters": {"number": intake.order_reference or "–"},
            }
        elif intake.direction == "sale" and intake.document_type in VENDOR_TYPES:
            yield {
                "code": "vendor_document",
                "severity": paper.BLOCKING,
                "parameters": {"source": name},
            }

    def _check_sender(self, intake):
        if intake.source != "mail":
            return
        rule = self.env["po.intake.sender"]._for_address(intake.email_from, intake.company_id)
        parameters = {"sender": intake.email_from}
        if rule.policy == "block":
            yield {"code": "sender_blocked", "severity": paper.BLOCKING, "parameters": parameters}
        elif not self.env["po.intake.sender"]._is_known(intake.company_id, intake.email_from):
            yield {"code": "sender_unknown", "severity": paper.BLOCKING, "parameters": parameters}

    def _check_duplicate_document(self, intake):
        if intake.duplicate_of_id:
            yield {
                "code": "duplicate_document",
                "severity": paper.BLOCKING,
                "parameters": {"name": intake.duplicate_of_id.display_name},
            }

    def _check_duplicate_order(self, intake):
        if not intake.order_key or not intake.partner_id or intake.duplicate_of_id:
            return
        earlier = self.env["po.intake"].search(
            [
                ("id", "!=", intake.id),
                ("company_id", "=", intake.company_id.id),
                ("order_key", "=", intake.order_key),
                ("partner_id", "child_of", intake.partner_id.commercial_partner_id.id),
                ("state", "!=", "rejected"),
                ("direction", "=", intake.direction),
            ],
            order="id",
            limit=1,
        )
        if earlier and earlier.id < intake.id:
            yield {
                "code": "duplicate_order",
                "severity": paper.BLOCKING,
                "parameters": {"number": intake.order_reference, "name": earlier.display_name},
            }

    @api.model
    def _is_blank(self, intake):
        """Was nothing read? Then the reader's finding says all there is to say."""
        return not intake.document and not intake.line_ids

    def _check_partner(self, intake):
        if intake.partner_id or self._is_blank(intake):
            return
        party = ", ".join(filter(None, [intake.party_name, intake.party_vat, intake.party_email]))
        party = party or intake.email_from
        names = [item["name"] for item in (intake.partner_candidates or [])[:3]]
        known = "partner_unknown" if party else "partner_missing"
        yield {
            "code": "partner_ambiguous" if names else known,
            "severity": paper.BLOCKING,
            "parameters": {"party": party or "–", "candidates": " / ".join(names)},
        }

    def _check_sender_partner(self, intake):
        """One customer's address under another customer's order: a slip, or a fraud."""
        address = email_normalize(intake.email_from or "")
        if not address or not intake.partner_id:
            return
        senders = self.env["res.partner"].search(
            [
                ("email_normalized", "=", address),
                ("company_id", "in", [False, intake.company_id.id]),
            ]
        )
        companies = senders.commercial_partner_id - self.env.companies.partner_id
        if companies and intake.partner_id.commercial_partner_id not in companies:
            yield {
                "code": "sender_differs",
                "severity": paper.BLOCKING,
                "parameters": {
                    "sender": companies[:1].display_name,
                    "partner": intake.partner_id.display_name,
                },
            }

    def _check_delivery(self, intake):
        if intake.partner_id and intake.delivery_text and not intake.partner_shipping_id:
            yield {
                "code": "delivery_unknown",
                "severity": paper.BLOCKING,
                "parameters": {
                    "address": intake.delivery_text,
                    "partner": intake.partner_id.display_name,
                },
            }

    def _check_lines(self, intake):
        if (
            not intake.line_ids
            and intake.document_type != paper.OTHER
            and not self._is_blank(intake)
        ):
            yield {"code": "no_lines", "severity": paper.BLOCKING}
        for line in intake.line_ids:
            parameters = {"line": line.sequence // 10}
            if line.quantity <= 0:
                yield {
                    "code": "quantity_missing",
                    "severity": paper.BLOCKING,
                    "parameters": parameters,
                    "line": line,
                }
            if not line.has_price:
                yield {
                    "code": "price_missing",
                    "severity": paper.INFO,
                    "parameters": parameters,
                    "line": line,
                }

    def _check_products(self, intake):
        for line in intake.line_ids:
            parameters = {"line": line.sequence // 10, "item": line._item()}
            if not line.product_id:
                names = [item["name"] for item in (line.candidates or [])[:3]]
                code = "product_ambiguous" if names else "product_unknown"
                yield {
                    "code": code,
                    "severity": paper.BLOCKING,
                    "parameters": {**parameters, "candidates": " / ".join(names)},
                    "line": line,
                }
            elif line.uom_unclear:
                yield {
                    "code": "unit_unknown",
                    "severity": paper.BLOCKING,
                    "parameters": {
                        **parameters,
                        "printed": line.uom_text,
                        "unit": line.product_id.uom_id.name,
                    },
                    "line": line,
                }

    def _check_prices(self, intake):
        """Printed prices against the price list, net of discounts, in the document's currency."""
        prices, tolerance = self.env["po.intake.price"], intake.team_id.price_tolerance
        pricelist = prices._pricelist(intake)
        for line in intake.line_ids:
            if not line.product_id or not line.has_price or line.ignored or line.uom_unclear:
                continue
            expected = prices._expected(line, pricelist)
            printed = line.price_unit * (1 - line.discount / 100)
            if not expected or abs(printed / expected - 1) <= tolerance:
                continue
            # so far off that it is rather misread, or meant for another unit, than agreed
            absurd = printed and not 1 / ABSURD < printed / expected < ABSURD
            yield {
                "code": "price_differs",
                "severity": paper.BLOCKING if absurd else paper.WARNING,
                "parameters": {
                    "line": line.sequence // 10,
                    "printed": format_amount(self.env, printed, intake.currency_id),
                    "expected": format_amount(self.env, expected, intake.currency_id),
                    "percent": f"{100 * (printed / expected - 1):+.1f}",
                },
                "line": line,
            }

    def _check_currency(self, intake):
        if not intake.partner_id or not intake.currency_text:
            return
        prices = self.env["po.intake.price"]
        expected = prices._partner_currency(intake)
        if intake.currency_text == expected.name:
            return
        pricelist = prices._pricelist(intake)
        parameters = {
            "printed": intake.currency_text,
            "pricelist": expected.name,
            "taken": pricelist.display_name,
        }
        if pricelist.currency_id.name == intake.currency_text:
            yield {"code": "other_pricelist", "severity": paper.INFO, "parameters": parameters}
        else:
            yield {
                "code": "currency_differs",
                "severity": paper.BLOCKING,
                "parameters": parameters,
            }

    def _check_charges(self, intake):
        matcher = self.env["po.intake.matcher"]
        for charge in (intake.document or {}).get("charges") or []:
            if charge["amount"] and not matcher._charge_product(intake, charge["description"]):
                amount = format_amount(self.env, charge["amount"], intake.currency_id)
                yield {
                    "code": "charge_without_product",
                    "severity": paper.BLOCKING,
                    "parameters": {"charge": charge["description"], "amount": amount},
                }

    def _check_dates(self, intake):
        dates = {line.requested_date for line in intake.line_ids if line.requested_date}
        if len(dates) > 1 and not intake.requested_date:
            yield {
                "code": "dates_differ",
                "severity": paper.INFO,
                "parameters": {"first": min(dates).isoformat(), "last": max(dates).isoformat()},
            }
        today = fields.Date.context_today(intake)
        if intake.requested_date and intake.requested_date < today:
            yield {
                "code": "requested_date_past",
                "severity": paper.WARNING,
                "parameters": {"date": intake.requested_date.isoformat()},
            }
