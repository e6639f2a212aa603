from dataclasses import replace

from odoo import api, models

from ...extraction.claude import choice as claude_choice
from ...extraction.claude.answer import LATER
from ...extraction.document import BLOCKING, INFO, Finding
from ...extraction.reader import AnswerPending

# what a line prints, and how it is called in a question
PRINTED = {
    "partner_code": "their code",
    "our_code": "our code",
    "barcode": "barcode",
    "description": "description",
    "uom_text": "unit",
}


class PoIntakeChoice(models.AbstractModel):
    """Part of service 2, Match: Claude may say which of its candidates a line means.

    It is a suggestion: the line stays without a product until a person chooses one.
    """

    _name = "po.intake.choice"
    _description = "Order Intake: Choose Among Candidates"

    def _ask(self, intake):
        """Ask about the lines that may mean several products, where the team lets us.

        :return: whether anything came of it
        """
        lines = self._open_lines(intake)
        options = lines and intake.team_id.model_choice and self._options(intake)
        if not options:
            return False
        chosen, reading = claude_choice.ask(
            options["config"], options["send"], options["prices"], self._questions(lines)
        )
        source = {"source": self.env._("Unclear items")}
        reading = replace(reading, parameters={**reading.parameters, **source})
        self.env["po.intake.reader"]._keep_readings(intake, [reading])
        if reading.error:
            self._failed(intake, reading)
        for line in lines:
            self._keep(line, chosen.get(line.sequence // 10))
        return True

    @api.model
    def _open_lines(self, intake):
        lines = intake.line_ids.filtered(
            lambda line: not line.product_id and not line.ignored and len(line.candidates or []) > 1
        )
        return lines[: claude_choice.MOST]

    @api.model
    def _options(self, intake):
        """How Claude is asked; nothing where the document stays here, or is just being read."""
        codes = set(intake.finding_ids.mapped("code"))
        if codes & {AnswerPending.code, "model_withheld"}:
            return None
        return self.env["po.intake.claude"]._options_once_read(intake)

    @api.model
    def _questions(self, lines):
        return [
            claude_choice.Question(
                number=line.sequence // 10,
                printed={label: line[name] for name, label in PRINTED.items() if line[name]},
                candidates=[item["name"] for item in line.candidates],
            )
            for line in lines
        ]

    @api.model
    def _failed(self, intake, reading):
        pending = reading.error == AnswerPending.code
        severity = BLOCKING if pending else INFO
        finding = Finding(reading.error, severity, reading.parameters)
        self.env["po.intake.policy"]._add_finding(intake, finding)
        if reading.error in LATER and not intake.ask_at:
            intake._plan_asking([reading])

    @api.model
    def _keep(self, line, choice):
        if not choice:
            return
        item = {} if choice.index is None else line.candidates[choice.index]
        line.choice = {
            "product_id": item.get("id"),
            "name": item.get("name"),
            "reason": choice.reason,
        }
        line.candidates = self._arranged(line, line.candidates)

    @api.model
    def _arranged(self, line, candidates):
        """The candidates with the chosen one first, and why it was chosen."""
        choice = line.choice or {}
        chosen = [item for item in candidates if item["id"] == choice.get("product_id")]
        rest = [item for item in candidates if item not in chosen]
        told = self.env._("Claude: %s", choice.get("reason") or "–")
        return [{**item, "reason": f"{told} · {item['reason']}"} for item in chosen] + rest
