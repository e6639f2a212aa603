import json
from dataclasses import replace
from functools import partial

from odoo import api, models
from odoo.fields import Domain

from ...extraction.claude.request import Config
from ...extraction.claude.withhold import names_any
from ...matching.party import domain_of

NEVER = "never"
ALWAYS = "always"
MOST_OWN = 20
# a name of fewer letters says too little about whose document it is
NAMES = ("name", "vat", "email_normalized")


class PoIntakeClaude(models.AbstractModel):
    """Part of service 1, Extract: whether Claude is asked about an intake, and how."""

    _name = "po.intake.claude"
    _description = "Order Intake: Ask Claude"

    @api.model
    def _options(self, intake, at_once=False):
        """What the reader ``claude`` is made of, or None where it is not to be asked.

        It takes a key, the consent of the team, and an intake that nobody holds back.

        :param at_once: a person waits for the answer
        """
        team, company = intake.team_id, intake.company_id
        if intake.state == "quarantine" or not team.model_consent or team.model_policy == NEVER:
            return None
        config = self._config(company)
        if not config.key:
            return None
        price = self.env["po.intake.model.price"]._of(config.model)
        config = replace(config, effort=price.effort or None)
        at_once = at_once or bool(intake.chosen_reader)
        if team.model_batch and not at_once:
            ask = self.env["po.intake.model.batch"]._enlist
        else:
            ask = self.env["po.intake.model.call"]._ask
        return {
            "config": config,
            "send": partial(ask, company, price, intake.ask_anew),
            "prices": price._prices(),
            "always": team.model_policy == ALWAYS,
            "withheld": self._withheld(company),
            "own": self._own_names(),
        }

    @api.model
    def _own_names(self):
        """Who we are, as Claude is told it: companies only, no people that work there."""
        # sudo: an order for a sister company is not from a customer, whoever may see that company
        companies = self.env["res.company"].sudo().search(Domain.TRUE, order="id", limit=MOST_OWN)
        return tuple(companies.mapped("name"))

    @api.model
    def _options_once_read(self, intake, at_once=False):
        """The same of a document that was read: None, too, where it names whom to withhold."""
        options = self._options(intake, at_once)
        if not options or intake.partner_id._po_intake_withheld():
            return None
        read = json.dumps([intake.document, intake.email_from], ensure_ascii=False)
        return None if names_any(read, options["withheld"]) else options

    @api.model
    def _why(self, problem):
        """Why Claude gave no answer, for a person who waits for it."""
        findings = self.env["po.intake.finding"]
        sentence = self._get_reasons().get(problem.code)
        if not sentence:
            title, sentence = findings._get_texts().get(problem.code, (problem.code,) * 2)
            source = {"source": self.env._("The document")}
            return f"{title}: {findings._fill(sentence, {**source, **problem.parameters})}"
        return findings._fill(sentence, problem.parameters)

    @api.model
    def _get_reasons(self):
        """Code of a failure -> sentence, where that of the finding speaks of later."""
        _ = self.env._
        return {
            "model_busy": _("Claude is busy (%(status)s). Try again in some minutes."),
            "model_unreachable": _(
                "Claude is not reached (%(reason)s). Are the address in the settings and the way "
                "out of your network right?"
            ),
            "model_timeout": _("Claude takes too long. Try again in some minutes."),
            "model_key_refused": _("The key is not accepted. An administrator has to replace it."),
            "model_unknown": _(
                "The address in the settings answers, but does not know this model (404)."
            ),
            "model_request_refused": _("The request was refused (%(status)s)."),
            "model_bad_answer": _(
                "What came back has not the form that was asked for. Does the address in the "
                "settings speak Anthropic's Messages API?"
            ),
            "model_interrupted": _(
                "The server stopped while Claude was asked; whether that was paid nobody knows. "
                "Asking again may be paid twice."
            ),
        }

    @api.model
    def _config(self, company):
        """How a company reaches Claude."""
        return self._changed(
            Config(company._po_intake_claude_key()),
            model=company.po_intake_claude_model,
            base_url=company.po_intake_claude_url,
            timeout=company.po_intake_claude_timeout,
            redact=company.po_intake_claude_redact,
        )

    @api.model
    def _changed(self, config, **values):
        """The configuration with other values; empty ones keep the default."""
        return replace(config, **{name: value for name, value in values.items() if value})

    @api.model
    def _withheld(self, company):
        """By what a document of a partner is known that is never sent."""
        # sudo: what stays in the house does so whoever has it read; archived partners count too
        every = self.env["res.partner"].sudo().with_context(active_test=False)
        partners = every.search(
            [
                ("po_intake_withhold", "=", True),
                ("company_id", "in", (False, company.id)),
            ]
        )
        family = every.search([("id", "child_of", partners.ids)])
        known = {partner[name] for partner in partners for name in NAMES if partner[name]}
        for partner in family:
            known.update(filter(None, (partner.email_normalized, partner.vat)))
            known.add(domain_of(partner.email_normalized or ""))
        return tuple(sorted(known - {""}))

    @api.model
    def _after_reading(self, intake, readings):
        """Note what a budget has left, and when a call that failed is to be made again."""
        asked = [reading for reading in readings if reading.reader == "claude"]
        intake._plan_asking([reading for reading in asked if reading.error])
        if any(reading.usage and reading.usage.cost for reading in asked):
            low = self.env["po.intake.model.call"]._low(intake.company_id)
            if low:
                values = {"code": "model_budget_low", "severity": "info", "parameters": low}
                self.env["po.intake.policy"]._add_finding(intake, values)
