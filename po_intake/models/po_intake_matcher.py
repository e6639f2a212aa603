from odoo import api, models


class PoIntakeMatcher(models.AbstractModel):
    """Service 2, Match: fetches the candidates, lets the wing rank them, writes the choice.

    The engine and its words; partners and products lie in files of their own.
    """

    _name = "po.intake.matcher"
    _description = "Order Intake: Match"
    _inherit = ["po.intake.match.party", "po.intake.match.product"]

    def _match(self, intake, log=True):
        """Match the partner, its addresses and every line that nobody has chosen yet.

        :param log: tell people in the chatter
        """
        if intake.source == "reorder":
            return  # no document: partner and products are known
        intake = intake.with_company(intake.company_id)
        self = self.with_env(intake.env)
        chosen = intake.partner_id
        if not chosen:
            self._match_partner(intake)
        elif not intake.partner_score:
            intake.write({"partner_score": 1.0, "partner_reason": self._by_person()})
        self._match_addresses(intake)
        self._match_lines(intake)
        if log:
            self._log(intake)

    @api.model
    def _by_person(self):
        return self.env._("Chosen by %s", self.env.user.name)

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
            "registry": _("commercial register"),
            "phone": _("phone"),
            "name": _("name"),
            "similar_name": _("similar name"),
            "name_differs": _("another name"),
            "address": _("address"),
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
