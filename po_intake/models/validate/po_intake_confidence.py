from odoo import api, models
from odoo.tools import email_normalize, escape_psql

from ...extraction import document as paper
from ...matching.calibrate import many
from ...matching.doubts import Doubt, is_weak, match_doubt, reading_doubts
from ...matching.party import domain_of

# a card that waits for a person is never surer than this, nor as sure as its team's threshold
BLOCKED = 0.5
# a printed amount is the product of its line to the cent
CENT = 0.011


class PoIntakeConfidence(models.AbstractModel):
    """Part of service 3, Validate: the probability that the draft needs no edit, and why."""

    _name = "po.intake.confidence"
    _description = "Order Intake: Confidence"

    @api.model
    def _prepare_confidence(self, intake):
        """Values of an intake: how sure it is, and the doubts with what each of them costs.

        Two limits hold whatever was fitted: a blocking finding keeps the whole below the team's
        threshold, and a document that contradicts itself is never surer than its reading.
        """
        if intake.document_type == paper.OTHER or not intake.line_ids or intake.source == "reorder":
            return {"confidence": 0.0, "doubts": []}
        doubts = {doubt.code: doubt for doubt in self._get_doubts(intake) if doubt.value > 0}
        model = self.env["po.intake.calibration"]._current(intake.company_id)
        values = {code: doubt.value for code, doubt in doubts.items()}
        confidence = model.apply(values)
        told = [
            {**self._describe_doubt(doubts[code]), "points": points}
            for code, points in model.shares(values).items()
        ]
        for limit, cause in self._limits(intake):
            if limit < confidence:
                told.append({**self._describe_doubt(cause), "points": confidence - limit})
                confidence = limit
        told.sort(key=lambda item: -item["points"])
        return {"confidence": confidence, "doubts": told}

    @api.model
    def _describe_doubt(self, doubt):
        return {
            "code": doubt.code,
            "value": doubt.value,
            "lines": list(doubt.lines),
            "parameters": dict(doubt.parameters),
        }

    @api.model
    def _limits(self, intake):
        """What a confidence may not exceed: pairs of the limit and its cause."""
        document = intake.document or {}
        if any(item["severity"] == paper.BLOCKING for item in document.get("findings") or []):
            yield document.get("confidence") or 0.0, Doubt("contradiction", 1.0)
        blocking = intake._blocking_findings()
        if blocking:
            threshold = intake.team_id.draft_confidence or BLOCKED
            codes = {"findings": list(dict.fromkeys(blocking.mapped("code")))}
            yield min(BLOCKED, 0.9 * threshold), Doubt("blocking", 1.0, parameters=codes)

    @api.model
    def _get_doubts(self, intake):
        """Hook: what speaks against drafting without a look, as ``matching.doubts.Doubt``.

        A doubt of a code that no calibration knows costs nothing until one was fitted with it.
        """
        lines = intake.line_ids.filtered(lambda line: not line.ignored)
        return [
            *self._reading_doubts(intake, lines),
            *self._partner_doubts(intake),
            *self._line_doubts(intake, lines),
            *self._finding_doubts(intake, lines),
        ]

    @api.model
    def _reading_doubts(self, intake, lines):
        confidence = (intake.document or {}).get("confidence") or 0.0
        share = 0.0
        if lines and self._is_whole(intake, lines):
            contested = intake.finding_ids.filtered(lambda item: item.code == "price_differs")
            agreed = lines - contested.line_id
            share = len([line for line in agreed if self._is_witnessed(line)]) / len(lines)
        return reading_doubts(confidence, share)

    @api.model
    def _is_whole(self, intake, lines):
        """Is nothing missing: a number, no remark of the reader's, lines that give the net?"""
        document = intake.document or {}
        remarks = [
            item for item in document.get("findings") or [] if item["severity"] != paper.INFO
        ]
        if remarks or not intake.order_reference or not intake.amount_untaxed:
            return False
        charges = sum(item["amount"] or 0.0 for item in document.get("charges") or [])
        total = sum(lines.mapped("price_subtotal")) + charges
        return abs(total - intake.amount_untaxed) <= CENT

    @api.model
    def _is_witnessed(self, line):
        """Do the catalogue and the line's own figures bear witness to what was read?

        The product is named by a code, its price is near the catalogue's, and quantity and price
        give the printed amount.
        """
        if not (line.product_id.lst_price and line.has_price and line.price_subtotal):
            return False
        amount = line.quantity * line.price_unit * (1 - line.discount / 100)
        known = line.match_score >= 1.0 or match_doubt(*self._match_evidence(line)) is None
        return known and not line.uom_unclear and abs(amount - line.price_subtotal) <= CENT

    @api.model
    def _match_evidence(self, line):
        """Codes of the reasons for the line's product, and the margin to the next one."""
        first = (line.candidates or [{}])[0]
        if first.get("id") != line.product_id.id:
            return [], None
        return first.get("codes") or [], first.get("margin")

    @api.model
    def _partner_doubts(self, intake):
        if not intake.partner_id:
            yield Doubt("stranger", 1.0)
            return
        first = (intake.partner_candidates or [{}])[0]
        if intake.partner_score < 1.0 and is_weak(first.get("codes") or []):
            yield Doubt("partner_sign", 1.0, parameters={"signs": intake.partner_reason or "–"})
        if intake.source == "mail" and not self._is_partners(intake.email_from, intake.partner_id):
            parameters = {
                "sender": intake.email_from or "–",
                "partner": intake.partner_id.display_name,
            }
            yield Doubt("sender", 1.0, parameters=parameters)

    @api.model
    def _is_partners(self, sender, partner):
        """Is it an address of the partner's company, or one of its domain?"""
        domain = domain_of(email_normalize(sender or "") or "")
        return bool(domain) and bool(
            self.env["res.partner"].search_count(
                [
                    ("commercial_partner_id", "=", partner.commercial_partner_id.id),
                    ("email_normalized", "=like", f"%@{escape_psql(domain)}"),
                ],
                limit=1,
            )
        )

    @api.model
    def _line_doubts(self, intake, lines):
        by_code = {}
        for line in lines:
            if not line.product_id:
                code = "unmatched"
            elif line.match_score >= 1.0:  # a person has chosen it
                continue
            else:
                code = match_doubt(*self._match_evidence(line))
            if code:
                by_code.setdefault(code, []).append(line.sequence // 10)
        for code, numbers in by_code.items():
            yield Doubt(code, many(numbers), tuple(numbers))
        unpriced = tuple(line.sequence // 10 for line in lines if not line.has_price)
        if unpriced:
            yield Doubt("unpriced", len(unpriced) / len(lines), unpriced)

    @api.model
    def _finding_doubts(self, intake, lines):
        """Warnings of the checks; those of the reading are in its confidence already."""
        warnings = intake.finding_ids.filtered(
            lambda item: item.is_check and item.severity == paper.WARNING and not item.waived_by_id
        )
        prices = warnings.filtered(lambda item: item.code == "price_differs")
        if prices:
            numbers = tuple(line.sequence // 10 for line in prices.line_id)
            yield Doubt("price_differs", len(prices) / max(len(lines), 1), numbers)
        others = warnings - prices
        if others:
            codes = {"findings": list(dict.fromkeys(others.mapped("code")))}
            yield Doubt("warning", many(others), parameters=codes)
