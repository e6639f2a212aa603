from markupsafe import Markup

from odoo import api, fields, models

# doubts that the form tells of
TOLD = 3
# not doubts, but limits: nothing is fitted to them
LIMITS = ("blocking", "contradiction")
# a doubt that costs less than this is no news
LEAST_POINTS = 0.005


class PoIntakeTrust(models.AbstractModel):
    """Part of the ledger: what was proposed, how sure that was and why, and what became of it."""

    _name = "po.intake.trust"
    _description = "Order Intake: Trust"

    doubts = fields.Json(
        readonly=True, copy=False, help="What lowers the confidence, and by how much."
    )
    confidence_reasons = fields.Html(compute="_compute_confidence_reasons", sanitize=False)
    proposal = fields.Json(
        readonly=True,
        copy=False,
        prefetch=False,
        help="What stood on the card, and how sure it was, before any person touched it.",
    )
    drafted = fields.Json(
        readonly=True, copy=False, prefetch=False, help="The order as it was drafted."
    )
    outcome = fields.Selection(
        [("accepted", "As proposed"), ("edited", "Edited")],
        readonly=True,
        copy=False,
        help="Did a person change what was proposed, on the card or on the order?",
    )
    correction_ids = fields.One2many("po.intake.correction", "intake_id", "Corrections")

    @api.depends("doubts")
    @api.depends_context("lang")
    def _compute_confidence_reasons(self):
        for intake in self:
            told = [item for item in intake.doubts or [] if item["points"] >= LEAST_POINTS]
            items = Markup("").join(
                Markup("<li>%s</li>") % intake._doubt_sentence(item) for item in told[:TOLD]
            )
            intake.confidence_reasons = Markup("<ul>%s</ul>") % items if items else False

    def _doubt_sentence(self, doubt):
        """One doubt in plain words, with what it costs."""
        texts = self._get_doubt_texts()
        titles = self.env["po.intake.finding"]._get_texts()
        parameters = dict(doubt.get("parameters") or {})
        names = [titles.get(code, (code,))[0] for code in parameters.get("findings") or []]
        parameters["findings"] = ", ".join(names)
        text = texts.get(doubt["code"], doubt["code"])
        text = text % parameters if "%(" in text else text
        lines = doubt.get("lines") or []
        if lines:
            shown = ", ".join(map(str, lines[:5])) + (" …" if len(lines) > 5 else "")
            text = self.env._("Line %(lines)s: %(doubt)s", lines=shown, doubt=text)
        points = round(100 * doubt["points"]) or 1
        return self.env._("%(doubt)s (−%(points)s points)", doubt=text, points=points)

    @api.model
    def _get_doubt_texts(self):
        """Hook: code of a doubt -> words for people."""
        _ = self.env._
        return {
            "reading": _("the document was read with %(percent)s %% certainty"),
            "reading_witnessed": _(
                "the document was read with %(percent)s %% certainty, but the catalogue agrees"
            ),
            "stranger": _("the customer is unknown"),
            "partner_sign": _("the customer is known by a weak sign only: %(signs)s"),
            "sender": _("%(sender)s is not an address of %(partner)s"),
            "unmatched": _("no product was found"),
            "described": _("product matched by description only"),
            "hinted": _("product matched by a code that stands elsewhere"),
            "disputed": _("something speaks for another product"),
            "narrow": _("another product is nearly as likely"),
            "unpriced": _("no price is printed"),
            "price_differs": _("price differs from the price list"),
            "warning": "%(findings)s",
            "contradiction": _("the document contradicts itself"),
            "blocking": _("a person must look: %(findings)s"),
        }

    # what became of it

    def _propose(self):
        """Keep what stands on the card before any person has touched it."""
        for intake in self:
            intake._own_step().write(
                {
                    "proposal": {
                        "confidence": intake.confidence,
                        "blocked": bool(intake._blocking_findings()),
                        "doubts": {
                            item["code"]: item["value"]
                            for item in intake.doubts or []
                            if item["code"] not in LIMITS
                        },
                        "values": self.env["po.intake.correction"]._values(intake),
                    },
                    "outcome": False,
                }
            )
            intake.correction_ids.sudo().unlink()  # sudo: a ledger; read again, proposed anew

    def _keep_draft(self, order):
        """Keep how the order was drafted, to know later whether anybody had to change it."""
        if order._name == "sale.order":
            self._own_step().drafted = self.env["po.intake.correction"]._order_values(order)

    def _judge_card(self):
        """At approval: did the person who approves change what was proposed?"""
        for intake in self.filtered("proposal")._own_step():
            found = self.env["po.intake.correction"]._note_card(intake)
            intake.outcome = "edited" if found else "accepted"

    def _judge_order(self, order):
        """When the order is confirmed by a person: was the draft changed before?"""
        for intake in self.filtered("drafted")._own_step():
            found = self.env["po.intake.correction"]._note_order(intake, order)
            if found or intake.outcome != "edited":
                intake.outcome = "edited" if found else "accepted"
