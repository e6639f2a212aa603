import json

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import float_compare, float_is_zero, formatLang

from ..extraction import document as paper
from ..extraction.reader import AnswerPending

# a person has to say of each of these that it is all right: approving a card is not enough
TO_BE_WAIVED = (
    "duplicate_document",
    "duplicate_order",
    "order_change",
    "order_waiting",
    "answer_differs",
    "unit_unknown",
    "reorder_ordered",
)
# findings of one kind that the chatter tells one by one; the card lists them all
LOGGED = 3

# the kind of document that becomes an order
DRAFTED = {"sale": paper.PURCHASE_ORDER, "purchase": paper.QUOTATION}

# what a vendor's confirmation is held against is our order, which was checked for these before
NOT_OF_CONFIRMATIONS = {"multiples", "prices", "last_prices", "dates", "supply"}


class PoIntakePolicy(models.AbstractModel):
    """Service 3, Validate: checks become findings, findings and confidence a decision.

    The engine; the checks themselves lie in files of one subject each.
    """

    _name = "po.intake.policy"
    _description = "Order Intake: Validate"
    _inherit = [
        "po.intake.check.document",
        "po.intake.check.duplicate",
        "po.intake.check.sender",
        "po.intake.check.party",
        "po.intake.check.items",
        "po.intake.check.choice",
        "po.intake.check.price",
        "po.intake.check.money",
        "po.intake.check.supply",
        "po.intake.check.fields",
        "po.intake.check.reorder",
        "po.intake.confidence",
    ]

    # checks

    @api.model
    def _get_checks(self):
        """Hook: codes of the checks; ``_check_<code>(intake)`` yields the findings.

        A check yields what :meth:`_finding` makes. Its severity is the team's, else the one of
        ``po.intake.severity._get_defaults()``.
        """
        return [
            "kind",
            "reading",
            "sender",
            "sender_tricks",
            "addressee",
            "duplicate_document",
            "duplicate_order",
            "partner",
            "sender_partner",
            "delivery",
            "lines",
            "products",
            "choices",
            "units",
            "multiples",
            "prices",
            "last_prices",
            "currency",
            "charges",
            "tax",
            "credit",
            "dates",
            "supply",
            "fields",
        ]

    @api.model
    def _checks_of(self, intake):
        """The checks that make sense for a document, or for what the reorder agent proposes."""
        if intake.source == "reorder":
            return self.env["po.intake.reorder"]._get_guards()
        confirms = (
            intake.direction == "purchase" and intake.document_type == paper.ORDER_CONFIRMATION
        )
        needless = NOT_OF_CONFIRMATIONS if confirms else ()
        return [code for code in self._get_checks() if code not in needless]

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
        found = self._weigh(
            intake.team_id,
            [
                {**values, "is_check": True}
                for code in self._checks_of(intake)
                for values in getattr(self, f"_check_{code}")(intake)
            ],
        )
        accepted = {
            key: (finding.waived_by_id.id, finding.waived_date) for key, finding in waived.items()
        }
        # sudo: findings are the checks' own; people accept them
        stale.sudo().unlink()
        created = (
            self.env["po.intake.finding"]
            .sudo()
            .create([self._prepare_finding(intake, values) for values in found])
        )
        for finding in created:
            if self._finding_key(finding) in accepted:
                user_id, date = accepted[self._finding_key(finding)]
                finding.write({"waived_by_id": user_id, "waived_date": date})
        intake.write(self._prepare_confidence(intake))
        intake.checks_version = intake.team_id.checks_version
        if log:
            self._log(intake)

    @api.model
    def _finding(self, code, line=None, **parameters):
        """One finding, as checks yield it.

        :param line: the line that it is about; its number is a parameter, too
        :param parameters: what the sentence is filled with; JSON values
        """
        if line:
            parameters = {"line": line.sequence // 10, **parameters}
        return {"code": code, "line": line, "parameters": parameters}

    @api.model
    def _weigh(self, team, found):
        """The findings with the severities that the team gives them, without those it turned off.

        What the team has not decided keeps the severity it was found with, else the default.
        """
        severities = self.env["po.intake.severity"]
        levels, defaults = severities._levels(team), severities._get_defaults()
        weighed = [
            {
                **values,
                "severity": levels.get(values["code"])
                or values.get("severity")
                or defaults.get(values["code"], paper.WARNING),
            }
            for values in found
        ]
        return [values for values in weighed if values["severity"] != "off"]

    @api.model
    def _ordered(self, intake):
        """The lines that are to become lines of an order."""
        return intake.line_ids.filtered(lambda line: not line.ignored)

    @api.model
    def _amount(self, quantity, unit):
        """A quantity with its unit, for a sentence; no decimals where there are none."""
        places = self.env["decimal.precision"].precision_get("Product Unit")
        whole = float_is_zero(quantity - round(quantity), precision_digits=places)
        return f"{formatLang(self.env, quantity, digits=0 if whole else places)} {unit}"

    @api.model
    def _is_blank(self, intake):
        """Was nothing read? Then the reader's finding says all there is to say."""
        return not intake.document and not intake.line_ids

    def _log(self, intake):
        """Tell people which checks failed, worst first, and how sure the whole is."""
        details = []
        for alike in intake.finding_ids.sorted().grouped("code").values():
            details += alike[:LOGGED].mapped("message")
            if len(alike) > LOGGED:
                more = len(alike) - LOGGED
                details.append(
                    self.env._("%(title)s: %(count)s more.", title=alike[0].title, count=more)
                )
        intake._log(
            self.env._(
                "Checked: %(percent)s %% sure, %(count)s finding(s) block automatic drafting.",
                percent=round(100 * intake.confidence),
                count=intake.blocking_count,
            ),
            details,
        )

    @api.model
    def _finding_key(self, finding):
        # the database keeps the keys of a value in an order of its own
        return finding.code, finding.line_id.id, json.dumps(finding.parameters, sort_keys=True)

    @api.model
    def _prepare_finding(self, intake, values):
        line = values.get("line")
        return {
            "intake_id": intake.id,
            "line_id": line.id if line else False,
            "code": values["code"],
            "severity": values.get("severity") or paper.WARNING,
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
        # sudo: findings are the checks' own
        findings = self.env["po.intake.finding"].sudo()
        return findings.create(self._prepare_finding(intake, values)).with_env(self.env)

    def _decide(self, intake):
        """``draft``, ``close`` or ``review``, and somebody is told of a review."""
        team = intake.team_id
        sure = (
            intake.partner_id
            and intake.line_ids
            and float_compare(intake.confidence, team.draft_confidence, 4) >= 0
            and not intake.blocking_count
        )
        if sure and team.auto_draft and intake.document_type == DRAFTED[intake.direction]:
            return "draft"
        if sure and self._is_confirmed(intake):
            return "close"
        blocking = intake._blocking_findings()
        if AnswerPending.code in blocking.mapped("code"):
            return "review"  # people are asked when the second reading is there
        reasons = blocking.mapped("title")
        intake._ask_person(", ".join(dict.fromkeys(reasons)) or self.env._("Order to review"))
        return "review"

    @api.model
    def _is_confirmed(self, intake):
        """Does a vendor confirm an order of ours in all that it says?"""
        if intake.direction != "purchase" or intake.document_type != paper.ORDER_CONFIRMATION:
            return False
        comparison = self.env["po.intake.comparison"]
        order = comparison._find_order(intake)
        if not order or order.state == "cancel" or not comparison._is_named(intake, order):
            return False
        return not comparison._count(intake, order)

    def _after_drafting(self, intake, order):
        """Confirm an order that nobody looked at if the team lets us; tell who wants to know."""
        if self._may_confirm(intake, order):
            self.env["po.intake.drafter"]._confirm(intake, order)
        if intake.team_id.notify_drafted:
            intake.team_id._tell(intake, self.env._("%s was drafted.", order.display_name))

    @api.model
    def _may_confirm(self, intake, order):
        """Is a draft that no person made within the team's limits, and without any remark?"""
        team = intake.team_id
        if not team.auto_confirm:
            return False
        open_remarks = intake.finding_ids.filtered(
            lambda item: item.severity != paper.INFO and not item.waived_by_id
        )
        amount = order.currency_id._convert(
            order.amount_untaxed, team.company_id.currency_id, team.company_id, order.date_order
        )
        most = max(
            (
                line.product_uom_id._compute_quantity(
                    line[order._po_intake_quantity], line.product_id.uom_id
                )
                for line in order.order_line
                if line.product_id
            ),
            default=0.0,
        )  # fmt: skip
        return (
            not open_remarks
            and float_compare(amount, team.confirm_amount_limit, 2) <= 0
            and float_compare(most, team.confirm_quantity_limit, 2) <= 0
        )

    @api.model
    def _repeated_meanwhile(self, intake):
        """Findings, not stored, of the same order number that nobody could see so far."""
        known = {self._finding_key(finding) for finding in intake.finding_ids}
        fresh = self.env["po.intake.finding"]
        for values in self._check_duplicate_order(intake):
            finding = fresh.new(self._prepare_finding(intake, values))
            if finding.code in TO_BE_WAIVED and self._finding_key(finding) not in known:
                fresh |= finding
        return fresh

    @api.model
    def _check_approvable(self, intake):
        """Refuse an approval that would order twice, half, or what nobody ordered.

        :raises UserError: with a sentence for the person who approves
        """
        # stock moves while a card of the reorder agent waits
        if intake._is_outdated() or intake.source == "reorder":
            self._assess(intake, log=False)
        if intake.source == "reorder":
            self._refuse_twice(intake)
            self._refuse_empty(intake)
            return
        if intake.document_type != DRAFTED[intake.direction]:
            sentences = {
                "sale": self.env._(
                    "%s is not marked as a purchase order. If it is one, correct the kind of "
                    "document first.",
                    intake.display_name,
                ),
                "purchase": self.env._(
                    "%s is not marked as a vendor's offer. Only offers become purchase orders; a "
                    "confirmation belongs to an order that is there already.",
                    intake.display_name,
                ),
            }
            raise UserError(sentences[intake.direction])
        if "currency_differs" in intake._blocking_findings().mapped("code"):
            if intake.direction == "purchase":
                raise UserError(
                    self.env._(
                        "%(currency)s is not active. Activate it, or correct the currency of "
                        "%(intake)s.",
                        currency=intake.currency_text,
                        intake=intake.display_name,
                    )
                )
            raise UserError(
                self.env._(
                    "There is no price list in %(currency)s. Create one, or correct the currency "
                    "of %(intake)s.",
                    currency=intake.currency_text,
                    intake=intake.display_name,
                )
            )
        self._refuse_twice(intake)
        self._refuse_empty(intake)

    @api.model
    def _refuse_twice(self, intake):
        """What looks as if it were ordered already takes a person's word that it is not."""
        pending = intake.finding_ids.filtered(
            lambda item: item.code in TO_BE_WAIVED and not item.waived_by_id
        )
        if intake.source != "reorder":
            pending |= self._repeated_meanwhile(intake)
        if pending:
            raise UserError(
                self.env._(
                    "%(findings)s\nAccept the finding if this is an order of its own; else compare "
                    "it with the order, or reject it.",
                    findings="\n".join(pending.mapped("message")),
                )
            )

    @api.model
    def _refuse_empty(self, intake):
        """An order needs lines, and each of them something to order."""
        lines = self._ordered(intake)
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
