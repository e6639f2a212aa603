from dataclasses import replace
from functools import partial

from odoo import api, models
from odoo.exceptions import UserError

from ...extraction.claude import summary as claude_summary
from ...extraction.claude.answer import ModelError

MOST = 10  # proposals of one click: somebody waits


class PoIntakeSummary(models.AbstractModel):
    """Claude may tell in a few sentences why a quantity is proposed, of the numbers given alone.

    Our own words stand below, whatever comes of it.
    """

    _name = "po.intake.summary"
    _description = "Order Intake: Summaries of Proposals"

    @api.model
    def _may(self, company):
        """Does the team whose agent works for a company let Claude be asked, and is there a key?"""
        team = self.env["po.intake.authority"]._team_of(company)
        allowed = team.model_consent and team.model_summary and team.model_policy != "never"
        return bool(allowed and company._po_intake_claude_key())

    def _tell(self, shortages):
        """Ask about each of the proposals that has no summary yet.

        :raises UserError: nothing came of any of them, with the reason for whoever waits
        """
        waiting = shortages.filtered(lambda item: not item.summary)[:MOST]
        problem = None
        for shortage in waiting:
            # sudo: settings, prices and the ledger of proposals are the system's
            problem = self.sudo()._tell_one(shortage.sudo()) or problem
        if problem and not any(waiting.mapped("summary")):
            raise UserError(self._why(problem))

    def _tell_one(self, shortage):
        """Keep the summary of a proposal; the error if there is none."""
        company = shortage.company_id
        if not self._may(company):
            raise UserError(self.env._("Proposals of %s are not sent to Claude.", company.name))
        config = self.env["po.intake.claude"]._config(company)
        price = self.env["po.intake.model.price"]._of(config.model)
        send = partial(self.env["po.intake.model.call"]._ask, company, price, False)
        told, reading = claude_summary.ask(
            replace(config, effort=price.effort or None),
            send,
            price._prices(),
            self._figures(shortage),
        )
        if reading.error:
            return ModelError(reading.error, **(reading.parameters or {}))
        shortage.summary = told
        return None

    @api.model
    def _figures(self, shortage):
        """What is sent: label -> figure as this user's language writes it. No name of anything."""
        reasons, numbers = self.env["po.intake.reason"], shortage.numbers or {}
        amount, day = reasons._amount, reasons._day
        own, unit = shortage.product_id.uom_id.name, shortage.product_uom_id.name
        figures = {
            "language": self.env["res.lang"]._get_data(code=self.env.lang or "en_US").name,
            "expected demand in a week": amount(numbers.get("weekly", 0.0), own),
            "expected demand until an order of today arrives": reasons._interval(numbers),
            "days until an order of today arrives": str(round(numbers.get("lead_days", 0.0))),
            "on hand": amount(numbers.get("on_hand", 0.0), own),
            "on its way": amount(numbers.get("incoming", 0.0), own),
            "promised to customers": amount(numbers.get("outgoing", 0.0), own),
            "stock runs out on": day(shortage.stock_out_date),
            "last day to order": day(shortage.order_by_date),
            "is ordered below": amount(numbers.get("reorder_point", 0.0), own),
            "is filled up to": amount(numbers.get("order_up_to", 0.0), own),
            "needed": amount(shortage.raw_quantity, own),
            "proposed": amount(shortage.quantity, unit),
        }
        for number, step in enumerate(shortage.steps or [], 1):
            figures[f"rounding {number}"] = reasons._step(step, unit)
        return {label: value for label, value in figures.items() if value}

    @api.model
    def _why(self, problem):
        """Why there is no summary, for the person who waits for it."""
        sentences = {
            "summary_invented": self.env._(
                "Claude wrote “%s”, which is not among the numbers of the proposal. Its words are "
                "not shown.",
                problem.parameters.get("number"),
            ),
            "summary_markup": self.env._(
                "What Claude wrote is not plain text. Its words are not shown."
            ),
        }
        return sentences.get(problem.code) or self.env["po.intake.claude"]._why(problem)
